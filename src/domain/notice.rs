//! Everything we tell people by mail, with the facts each needs. The words are in `templates/email/` and `locales/`.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::autopay::{End, Skip};
use crate::domain::disputes::Outcome;
use crate::domain::ids::{AccountNumber, BillId, BillNumber, PaymentNumber, RequestNumber};
use crate::domain::money::Money;
use crate::domain::requests::{RequestKind, RequestState};
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

/// Whether a notice must reach somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Urgency {
    /// Good to know: it goes by e-mail or not at all.
    GoodToKnow,
    /// It must be told: by letter where there is no e-mail.
    MustReach,
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
    /// Money came: the receipt.
    PaymentReceived(PaymentTold),
    /// A bank or card refused a payment before it settled.
    PaymentFailed {
        /// The payment.
        #[serde(flatten)]
        told: PaymentTold,
        /// The processor's word for why.
        reason: String,
    },
    /// A payment that was on the account was taken back.
    PaymentReturned {
        /// The payment.
        #[serde(flatten)]
        told: PaymentTold,
        /// Why.
        reason: ReturnReason,
        /// The fee that is charged for it.
        fee: Option<Money>,
    },
    /// Money was given back.
    RefundGiven(PaymentTold),
    /// Money that was given back did not arrive: it is on the account again.
    RefundFailed(PaymentTold),
    /// A bill was issued.
    BillReady {
        /// What we call the person.
        name: String,
        /// The account.
        account_number: AccountNumber,
        /// The bill.
        bill: BillId,
        /// What it asks for.
        total: Money,
        /// What is owed in all; negative where we owe the customer.
        balance: Money,
        /// When it falls due.
        due_on: NaiveDate,
    },
    /// News of autopay.
    Autopay(AutopayTold),
    /// News of what a customer asked for.
    Request(RequestTold),
    /// Open this link to join the staff.
    StaffInvitation {
        /// What we call the person.
        name: String,
        /// The link's token.
        token: String,
    },
}

/// What every notice of a payment tells.
#[derive(Clone, Serialize, Deserialize)]
pub struct PaymentTold {
    /// What we call the person.
    pub name: String,
    /// The account.
    pub account_number: AccountNumber,
    /// The payment; none where a credit is paid out that came of no single one.
    pub payment: Option<PaymentNumber>,
    /// How much.
    pub amount: Money,
    /// The civil day it counts from.
    pub on: NaiveDate,
}

/// What every notice of autopay tells.
#[derive(Clone, Serialize, Deserialize)]
pub struct AutopayTold {
    /// What we call the person.
    pub name: String,
    /// The account.
    pub account_number: AccountNumber,
    /// What happened, or will.
    pub news: AutopayNews,
}

/// What happened in autopay, or will.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AutopayNews {
    /// The customer agreed: the copy of the words.
    Joined {
        /// The words, as they were read.
        agreement: String,
        /// The day.
        on: NaiveDate,
    },
    /// A charge is coming.
    Ahead {
        /// How much.
        amount: Money,
        /// When.
        on: NaiveDate,
        /// What the payer recognizes the instrument by.
        method: String,
    },
    /// A bill is not charged.
    Skipped {
        /// Why.
        why: Skip,
        /// When the bill is due.
        due_on: NaiveDate,
    },
    /// A charge was refused.
    Refused {
        /// How much.
        amount: Money,
        /// The processor's word for why.
        reason: String,
        /// When it is tried again; none where it is not.
        again_on: Option<NaiveDate>,
    },
    /// Autopay ended.
    Ended {
        /// Why.
        why: End,
    },
}

/// What every notice of a request tells.
#[derive(Clone, Serialize, Deserialize)]
pub struct RequestTold {
    /// What we call the person.
    pub name: String,
    /// The account.
    pub account_number: AccountNumber,
    /// The request.
    pub number: RequestNumber,
    /// What was asked for.
    pub about: RequestKind,
    /// What happened.
    pub news: RequestNews,
}

/// What happened to a request.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RequestNews {
    /// It came.
    Received {
        /// When it is answered at the latest.
        answer_by: NaiveDate,
    },
    /// A bill is in dispute.
    Disputed {
        /// The bill.
        bill: BillNumber,
        /// How much of it.
        amount: Money,
        /// When it is decided at the latest.
        answer_by: NaiveDate,
    },
    /// It stands otherwise than before.
    Moved {
        /// How.
        state: RequestState,
        /// What the office wrote with it.
        words: Option<String>,
    },
    /// The office wrote.
    Wrote {
        /// What.
        words: String,
    },
    /// A dispute was decided.
    Decided {
        /// How.
        outcome: Outcome,
        /// What was in dispute.
        amount: Money,
        /// Why.
        words: String,
        /// From when it may be charged for being late again.
        late_from: NaiveDate,
    },
}

/// Why a payment was taken back, as far as the customer is told.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReturnReason {
    /// The processor's word.
    Word(String),
    /// What the office wrote.
    Written(String),
    /// We had entered it by mistake.
    Mistake,
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
            Self::PaymentReceived(_) => "payment_received",
            Self::PaymentFailed { .. } => "payment_failed",
            Self::PaymentReturned { .. } => "payment_returned",
            Self::RefundGiven(_) => "refund_given",
            Self::RefundFailed(_) => "refund_failed",
            Self::BillReady { .. } => "bill_ready",
            Self::Autopay(_) => "autopay",
            Self::Request(_) => "request",
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
            | Self::AccountAdded { .. }
            | Self::PaymentReceived(_)
            | Self::PaymentFailed { .. }
            | Self::PaymentReturned { .. }
            | Self::RefundGiven(_)
            | Self::RefundFailed(_)
            | Self::BillReady { .. }
            | Self::Autopay(_)
            | Self::Request(_) => false,
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
        let told = PaymentTold {
            name: "Rosa".to_owned(),
            account_number: AccountNumber::of(1),
            payment: Some(PaymentNumber::of(1)),
            amount: Money::from_cents(8_410),
            on: NaiveDate::MIN,
        };
        let returned = Notice::PaymentReturned {
            told: told.clone(),
            reason: ReturnReason::Word("insufficient_funds".to_owned()),
            fee: None,
        };
        for notice in [Notice::PaymentReceived(told), returned] {
            let facts = serde_json::to_string(&notice).unwrap();
            let read: Notice = serde_json::from_str(&facts).unwrap();
            assert_eq!(read.kind(), notice.kind());
        }
    }
}
