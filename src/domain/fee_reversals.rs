//! Taking back a whole day of fees: which fees, and where such a reversal stands.

use crate::domain::ledger::EntryKind;
use crate::domain::text_enum::text_enum;

text_enum! {
    /// Fees that rules charge many of on one day.
    FeeKind {
        /// For paying late.
        LateFee => "late_fee",
        /// For payments that came back.
        ReturnedPaymentFee => "returned_payment_fee",
    }
}

text_enum! {
    /// Where a reversal stands.
    ReversalStatus {
        /// It waits for a second person.
        Proposed => "proposed",
        /// The second person approved it, and it is under way.
        Approved => "approved",
        /// Every fee of it is taken back.
        Done => "done",
        /// The second person refused it.
        Refused => "refused",
        /// Whoever ordered it gave it up.
        Withdrawn => "withdrawn",
    }
}

impl FeeKind {
    /// The entries that charge it.
    #[must_use]
    pub const fn entries(self) -> EntryKind {
        match self {
            Self::LateFee => EntryKind::LateFee,
            Self::ReturnedPaymentFee => EntryKind::ReturnedPaymentFee,
        }
    }
}
