//! Sign-ins: the two doors, how far a sign-in has come, how long one lasts, and what a one-time token is for.
//!
//! Sessions, tokens and codes count by the world's clock, never by a demonstration's: moving the town's clock signs nobody out.

use chrono::{NaiveDateTime, TimeDelta};

use crate::domain::text_enum::text_enum;

text_enum! {
    /// Where somebody signs in.
    Door {
        /// Customers.
        Portal => "portal",
        /// Staff.
        Office => "office",
    }
}

text_enum! {
    /// How far a sign-in has come.
    Stage {
        /// All asked for was given.
        Full => "full",
        /// The password was right; the authenticator's code is still to come.
        Totp => "totp",
    }
}

/// How long a new authenticator waits for its first code.
pub const AUTHENTICATOR_WAITS: TimeDelta = TimeDelta::minutes(15);

/// How many recovery codes are made at once.
pub const RECOVERY_CODES: usize = 10;

text_enum! {
    /// What a one-time token opens.
    TokenPurpose {
        /// Proves that an e-mail address is read by the person who gave it.
        VerifyEmail => "verify_email",
        /// Proves that the address a login is to have is read by its holder.
        ChangeEmail => "change_email",
        /// Sets a new password.
        ResetPassword => "reset_password",
        /// Makes the first administrator.
        SetUp => "set_up",
        /// Lets somebody join the staff.
        StaffInvitation => "staff_invitation",
        /// Proves that somebody gets the mail of an account's address.
        ClaimCode => "claim_code",
        /// Pays for an account without a sign-in.
        QuickPay => "quick_pay",
        /// The same, for somebody who has seen its last bill: what is owed is shown too.
        QuickPayWithBill => "quick_pay_with_bill",
    }
}

text_enum! {
    /// Why a sign-in holds an account no more.
    HoldEnd {
        /// The office took it away: whoever had it should not have.
        Taken => "taken",
        /// Its holder closed the sign-in.
        Closed => "closed",
        /// What was shared with it was taken back, or is not wanted any more.
        Unshared => "unshared",
    }
}

text_enum! {
    /// How the office made sure who calls.
    IdentityCheck {
        /// They showed a document with a photo.
        Document => "document",
        /// They answered from the number that the account has.
        CalledBack => "called_back",
        /// They knew what only the customer knows: the last payments, the meter, the bill.
        Answers => "answers",
    }
}

/// The stored form of a secret that somebody holds: its SHA-256. Knowing it opens nothing.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct TokenHash(String);

impl TokenHash {
    /// A hash written in hexadecimal.
    #[must_use]
    pub fn of_hex(hex: String) -> Self {
        Self(hex)
    }

    /// The text of the column.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Door {
    /// How long a session may rest before it ends.
    #[must_use]
    pub const fn idle_limit(self) -> TimeDelta {
        match self {
            Self::Portal => TimeDelta::minutes(60),
            Self::Office => TimeDelta::minutes(30),
        }
    }

    /// How long a session lasts at the most, however busy.
    #[must_use]
    pub const fn whole_limit(self) -> TimeDelta {
        match self {
            Self::Portal => TimeDelta::hours(24),
            Self::Office => TimeDelta::hours(12),
        }
    }
}

impl Stage {
    /// How long a session of this stage lasts at the most: half a sign-in must be finished soon.
    #[must_use]
    pub fn ends_at(self, door: Door, now: NaiveDateTime) -> NaiveDateTime {
        now + match self {
            Self::Full => door.whole_limit(),
            Self::Totp => TimeDelta::minutes(5),
        }
    }
}

impl TokenPurpose {
    /// How long the token opens.
    #[must_use]
    pub const fn lasts(self) -> TimeDelta {
        match self {
            Self::VerifyEmail | Self::ChangeEmail => TimeDelta::hours(48),
            Self::ResetPassword => TimeDelta::hours(1),
            Self::SetUp => TimeDelta::hours(24),
            Self::StaffInvitation => TimeDelta::days(7),
            Self::ClaimCode => TimeDelta::days(21),
            Self::QuickPay | Self::QuickPayWithBill => TimeDelta::hours(2),
        }
    }
}
