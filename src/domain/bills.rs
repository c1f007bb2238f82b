//! Bills and bill runs: their stages, and what a person may do with each.

use crate::domain::text_enum::text_enum;

text_enum! {
    /// Why a bill was made.
    BillKind {
        /// At the end of a cycle's period.
        Regular => "regular",
        /// At the end of service.
        Final => "final",
        /// In place of a canceled bill.
        Rebill => "rebill",
    }
}

text_enum! {
    /// How far a bill has come.
    BillStatus {
        /// Worked out, not yet owed; staff may look at it and void it.
        Draft => "draft",
        /// Owed; never changed again.
        Issued => "issued",
        /// Given up before it was issued.
        Void => "void",
    }
}

text_enum! {
    /// How far a bill run has come.
    RunStatus {
        /// Working out drafts.
        Drafting => "drafting",
        /// All drafts are there to look at.
        Drafted => "drafted",
        /// Issuing them.
        Issuing => "issuing",
        /// All are issued but those that wait for a person.
        Issued => "issued",
        /// Given up before anything was issued.
        Void => "void",
    }
}

impl RunStatus {
    /// Whether the move is lawful. Once issuing has begun there is no way back: an issued bill is answered by a cancellation. Drafts that
    /// waited for a person are issued later, by the same run.
    #[must_use]
    pub fn may_become(self, next: Self) -> bool {
        match self {
            Self::Drafting => matches!(next, Self::Drafted | Self::Void),
            Self::Drafted => matches!(next, Self::Issuing | Self::Void),
            Self::Issuing => matches!(next, Self::Issued),
            Self::Issued => matches!(next, Self::Issuing),
            Self::Void => false,
        }
    }
}

text_enum! {
    /// Where a bill stands in a customer's or clerk's eyes.
    BillStage {
        /// Worked out.
        Draft => "draft",
        /// Issued, on its way.
        Issued => "issued",
        /// Reached the customer.
        Delivered => "delivered",
        /// Did not reach the customer.
        Undelivered => "undelivered",
        /// Not yet paid after the due date.
        Overdue => "overdue",
        /// Paid.
        Paid => "paid",
        /// Taken back.
        Canceled => "canceled",
        /// Given up before issue.
        Void => "void",
    }
}

text_enum! {
    /// How a bill goes out.
    DeliveryChannel {
        /// On the customer's pages.
        Portal => "portal",
        /// By e-mail.
        Email => "email",
        /// On paper.
        Paper => "paper",
    }
}

text_enum! {
    /// How far a bill's delivery has come.
    DeliveryState {
        /// Waits to go out.
        Queued => "queued",
        /// Went out.
        Sent => "sent",
        /// Arrived.
        Delivered => "delivered",
        /// Did not arrive.
        Failed => "failed",
    }
}

text_enum! {
    /// How far a message of the payment sandbox has come.
    SandboxDeliveryState {
        /// Waits to go out.
        Waiting => "waiting",
        /// Was taken.
        Delivered => "delivered",
        /// Was dropped on purpose.
        Dropped => "dropped",
        /// Was refused for good.
        Failed => "failed",
    }
}
