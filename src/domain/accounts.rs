//! Accounts: the thing that gets a bill and owes money. Its class, its lawful moves, and who may act on it.

use crate::domain::text_enum::text_enum;

text_enum! {
    /// The class of an account; rates, fees and notices depend on it.
    AccountClass {
        /// A household.
        Residential => "residential",
        /// A small business.
        SmallCommercial => "small_commercial",
        /// A business with demand metering.
        Commercial => "commercial",
        /// A plant.
        Industrial => "industrial",
        /// Water for land alone.
        Irrigation => "irrigation",
        /// The city itself.
        Municipal => "municipal",
    }
}

text_enum! {
    /// Where an account stands between set-up and payment close.
    AccountStatus {
        /// Set up, service not yet started.
        Pending => "pending",
        /// Served and billed.
        Active => "active",
        /// Service ended; the final bill is not yet paid.
        Closing => "closing",
        /// Settled and closed.
        Closed => "closed",
        /// Closed with an uncollectable balance.
        WrittenOff => "written_off",
    }
}

impl AccountStatus {
    /// Whether the move is lawful: pending → active → closing → closed or written off. A late charge may reopen a closed account to
    /// closing; a customer who comes back to a closing account makes it active again.
    #[must_use]
    pub fn may_become(self, next: Self) -> bool {
        match self {
            Self::Pending => matches!(next, Self::Active | Self::Closed),
            Self::Active => matches!(next, Self::Closing),
            Self::Closing => matches!(next, Self::Active | Self::Closed | Self::WrittenOff),
            Self::Closed | Self::WrittenOff => matches!(next, Self::Closing),
        }
    }
}

text_enum! {
    /// What a customer is to an account.
    AccountRole {
        /// The customer the bill is addressed to.
        Main => "main",
        /// Also owes what the account owes.
        FinanciallyResponsible => "financially_responsible",
        /// May ask and act, owes nothing.
        Authorized => "authorized",
        /// Gets copies of notices.
        ThirdPartyNotice => "third_party_notice",
        /// Owns the premise.
        Landlord => "landlord",
    }
}

text_enum! {
    /// How an account's bills come. On the customer's own pages they can be read in any case.
    Delivery {
        /// By e-mail alone.
        Email => "email",
        /// On paper alone.
        Paper => "paper",
        /// Both ways.
        Both => "both",
        /// On the customer's own pages alone.
        Portal => "portal",
    }
}

impl Delivery {
    /// The way that two boxes say.
    #[must_use]
    pub const fn of(paper: bool, email: bool) -> Self {
        match (paper, email) {
            (true, true) => Self::Both,
            (true, false) => Self::Paper,
            (false, true) => Self::Email,
            (false, false) => Self::Portal,
        }
    }

    /// Whether bills come on paper.
    #[must_use]
    pub const fn has_paper(self) -> bool {
        matches!(self, Self::Paper | Self::Both)
    }

    /// Whether bills come by e-mail.
    #[must_use]
    pub const fn has_email(self) -> bool {
        matches!(self, Self::Email | Self::Both)
    }
}

/// How many accounts' last bills may show an amount that still proves whose account it is: three in a thousand of all accounts, but at least
/// five and at most ten. An amount that more bills show is guessed too easily.
#[must_use]
pub fn most_sharing(accounts: i64) -> i64 {
    (accounts.saturating_mul(3) / 1_000).clamp(5, 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_closed_account_is_reopened_only_through_closing() {
        assert!(AccountStatus::Closed.may_become(AccountStatus::Closing));
        assert!(!AccountStatus::Closed.may_become(AccountStatus::Active));
        assert!(!AccountStatus::Pending.may_become(AccountStatus::WrittenOff));
    }

    #[test]
    fn an_amount_that_many_bills_show_proves_nothing() {
        assert_eq!(most_sharing(12), 5);
        assert_eq!(most_sharing(2_000), 6);
        assert_eq!(most_sharing(50_000), 10);
    }
}
