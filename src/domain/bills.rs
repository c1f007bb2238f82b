//! Bills and bill runs: their stages, and what a person may do with each.

use chrono::NaiveDate;

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
        /// Falls due within a few days.
        Due => "due",
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

/// So many days before its due date a bill is shown as due.
const DUE_SOON: i64 = 7;

/// What the stage of a bill follows from: rows of its own, never a word that somebody keeps up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// Draft, issued or void.
    pub status: BillStatus,
    /// Whether it was taken back.
    pub is_canceled: bool,
    /// Whether any of it is still owed.
    pub is_open: bool,
    /// When it falls due.
    pub due_on: NaiveDate,
    /// How far its delivery has come; see [`DeliveryState::furthest`].
    pub delivery: Option<DeliveryState>,
}

impl Standing {
    /// Where the bill stands on a day.
    #[must_use]
    pub fn stage(self, today: NaiveDate) -> BillStage {
        match (self.status, self.is_canceled) {
            (BillStatus::Draft, _) => return BillStage::Draft,
            (BillStatus::Void, _) => return BillStage::Void,
            (BillStatus::Issued, true) => return BillStage::Canceled,
            (BillStatus::Issued, false) => {}
        }
        if !self.is_open {
            return BillStage::Paid;
        }
        let days_left = (self.due_on - today).num_days();
        match self.delivery {
            _ if days_left < 0 => BillStage::Overdue,
            Some(DeliveryState::Failed) => BillStage::Undelivered,
            _ if days_left <= DUE_SOON => BillStage::Due,
            Some(DeliveryState::Sent | DeliveryState::Delivered) => BillStage::Delivered,
            Some(DeliveryState::Queued) | None => BillStage::Issued,
        }
    }
}

impl DeliveryState {
    /// How far a delivery over several channels has come: one channel that arrived is enough.
    #[must_use]
    pub fn furthest(states: impl IntoIterator<Item = Self>) -> Option<Self> {
        let far = |state: &Self| match state {
            Self::Failed => 0,
            Self::Queued => 1,
            Self::Sent => 2,
            Self::Delivered => 3,
        };
        states.into_iter().max_by_key(far)
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

#[cfg(test)]
mod tests {
    use super::*;

    fn stage(on: &str, delivery: Option<DeliveryState>, is_open: bool) -> BillStage {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let standing = Standing {
            status: BillStatus::Issued,
            is_canceled: false,
            is_open,
            due_on: day("2026-07-24"),
            delivery,
        };
        standing.stage(day(on))
    }

    #[test]
    fn a_bill_goes_from_issue_to_delivery_to_due_to_overdue_or_paid() {
        use DeliveryState::{Failed, Queued, Sent};
        assert_eq!(stage("2026-07-04", Some(Queued), true), BillStage::Issued);
        assert_eq!(stage("2026-07-05", Some(Sent), true), BillStage::Delivered);
        assert_eq!(
            stage("2026-07-05", Some(Failed), true),
            BillStage::Undelivered
        );
        assert_eq!(stage("2026-07-17", Some(Sent), true), BillStage::Due);
        assert_eq!(stage("2026-07-24", Some(Sent), true), BillStage::Due);
        assert_eq!(stage("2026-07-25", Some(Sent), true), BillStage::Overdue);
        assert_eq!(stage("2026-07-25", Some(Sent), false), BillStage::Paid);
    }

    #[test]
    fn one_channel_that_arrived_is_enough() {
        use DeliveryState::{Failed, Queued, Sent};
        assert_eq!(DeliveryState::furthest([Failed, Queued]), Some(Queued));
        assert_eq!(DeliveryState::furthest([Sent, Failed]), Some(Sent));
        assert_eq!(DeliveryState::furthest([]), None);
    }
}
