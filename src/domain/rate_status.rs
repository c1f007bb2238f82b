//! Where a version of a rate schedule stands, from the first draft to law; and where anything stands that one person proposes and another
//! approves: a dated factor, a chart of accounts.

use crate::domain::text_enum::text_enum;

text_enum! {
    /// Where a version of a rate schedule stands.
    RateStatus {
        /// Being written.
        Draft => "draft",
        /// Waits for a second person.
        Submitted => "submitted",
        /// In force from its date, never changed again.
        Published => "published",
        /// Given up before it was published.
        Withdrawn => "withdrawn",
    }
}

text_enum! {
    /// Where something stands that two people make law.
    ProposalStatus {
        /// Waits for a second person.
        Proposed => "proposed",
        /// It counts; never changed again.
        Approved => "approved",
        /// Given up before it was approved.
        Withdrawn => "withdrawn",
    }
}

impl RateStatus {
    /// Whether the move is lawful: a draft is submitted, and published by a second person; what is published stays.
    #[must_use]
    pub fn may_become(self, next: Self) -> bool {
        match self {
            Self::Draft => matches!(next, Self::Submitted | Self::Withdrawn),
            Self::Submitted => matches!(next, Self::Draft | Self::Published | Self::Withdrawn),
            Self::Published | Self::Withdrawn => false,
        }
    }
}
