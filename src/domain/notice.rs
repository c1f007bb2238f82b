//! Everything we tell people by mail, with the facts each needs. The words are in `templates/email/` and `locales/`.

use serde::{Deserialize, Serialize};

use crate::domain::ids::AccountNumber;
use crate::domain::text_enum::text_enum;

text_enum! {
    /// How a notice travels.
    Channel {
        /// Electronic mail.
        Email => "email",
        /// A text message.
        Text => "text",
        /// A letter.
        Paper => "paper",
        /// A line in the portal.
        Portal => "portal",
    }
}

text_enum! {
    /// Where a notice stands.
    NoticeState {
        /// To be sent.
        Queued => "queued",
        /// Handed to the mail server.
        Sent => "sent",
        /// Given up.
        Failed => "failed",
    }
}

/// One thing told, and the facts it needs. A token in it is the secret itself: it leaves the outbox with the letter.
#[derive(Clone, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Notice {
    /// Open this link to prove the address is yours.
    VerifyEmail {
        /// What we call the person.
        name: String,
        /// The link's token.
        token: String,
    },
    /// Somebody asked for a login with this address, which already has one.
    AlreadyRegistered {
        /// What we call the person.
        name: String,
    },
    /// Open this link to choose a new password.
    ResetPassword {
        /// What we call the person.
        name: String,
        /// The link's token.
        token: String,
    },
    /// The password was changed; call us if that was not you.
    PasswordChanged {
        /// What we call the person.
        name: String,
    },
    /// An account was added to the login.
    AccountAdded {
        /// What we call the person.
        name: String,
        /// The account.
        account_number: AccountNumber,
    },
    /// The code that proves somebody gets the mail of the account's address.
    ClaimCode {
        /// The account.
        account_number: AccountNumber,
        /// The code to type.
        code: String,
    },
    /// Open this link to join the staff.
    StaffInvitation {
        /// What we call the person.
        name: String,
        /// The link's token.
        token: String,
    },
}

impl Notice {
    /// The word of the row's `kind`, which is also the name of the letter's template.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::VerifyEmail { .. } => "verify_email",
            Self::AlreadyRegistered { .. } => "already_registered",
            Self::ResetPassword { .. } => "reset_password",
            Self::PasswordChanged { .. } => "password_changed",
            Self::AccountAdded { .. } => "account_added",
            Self::ClaimCode { .. } => "claim_code",
            Self::StaffInvitation { .. } => "staff_invitation",
        }
    }

    /// Whether the letter carries a secret, so that no copy of it is kept once it is sent.
    #[must_use]
    pub const fn has_secret(&self) -> bool {
        match self {
            Self::VerifyEmail { .. }
            | Self::ResetPassword { .. }
            | Self::ClaimCode { .. }
            | Self::StaffInvitation { .. } => true,
            Self::AlreadyRegistered { .. }
            | Self::PasswordChanged { .. }
            | Self::AccountAdded { .. } => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kind_of_a_notice_is_its_tag() {
        let notice = Notice::AlreadyRegistered {
            name: "Rosa".to_owned(),
        };
        let facts = serde_json::to_value(&notice).unwrap();
        assert_eq!(facts.get("kind").unwrap(), notice.kind());
    }
}
