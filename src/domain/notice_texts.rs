//! What a notice is for whoever sends it: whether it asks for money, and whether a text can stand in for it where a mail did not arrive. What
//! fits in a text is told in it whole; the copy of what somebody agreed to, and what is owed to them in writing, does not.

use crate::domain::autopay::Skip;
use crate::domain::notice::{ArrangementNews, AutopayNews, Notice, ScheduledNews};

impl Notice {
    /// Whether it asks for money that may be paid at once: then it carries a link to pay.
    #[must_use]
    pub fn asks_to_pay(&self) -> bool {
        if let Self::BillReady { balance, .. } = self {
            return balance.is_positive();
        }
        if let Self::Arrangement(told) = self {
            let news = &told.news;
            return matches!(
                news,
                ArrangementNews::DueSoon { .. } | ArrangementNews::Late { .. }
            );
        }
        matches!(
            self,
            Self::DueSoon(_) | Self::PastDue(_) | Self::HighBill { .. }
        )
    }

    /// Whether it demands what is owed: then it goes out no more while a hold keeps reminders away.
    #[must_use]
    pub fn duns(&self) -> bool {
        if let Self::Arrangement(told) = self {
            return matches!(
                told.news,
                ArrangementNews::DueSoon { .. }
                    | ArrangementNews::Late { .. }
                    | ArrangementNews::Broken { .. }
            );
        }
        matches!(self, Self::PastDue(_))
    }

    /// Whether a text tells all of it.
    #[must_use]
    pub const fn fits_a_text(&self) -> bool {
        match self {
            Self::PaymentFailed { .. }
            | Self::PaymentReturned { .. }
            | Self::RefundFailed(_)
            | Self::DueSoon(_)
            | Self::PastDue(_)
            | Self::Outage(_)
            | Self::PlannedWork(_)
            | Self::UrgentNotice(_)
            | Self::Appointment(_) => true,
            Self::Autopay(told) => match told.news {
                // Collection is stayed: a few words would ask for money.
                AutopayNews::Skipped {
                    why: Skip::Held, ..
                }
                | AutopayNews::Joined { .. } => false,
                AutopayNews::Ahead { .. }
                | AutopayNews::Skipped { .. }
                | AutopayNews::Refused { .. }
                | AutopayNews::Ended { .. } => true,
            },
            Self::Scheduled(told) => match told.news {
                ScheduledNews::Skipped { .. }
                | ScheduledNews::Refused { .. }
                | ScheduledNews::Canceled { .. } => true,
                ScheduledNews::Planned { .. } | ScheduledNews::TookLess { .. } => false,
            },
            Self::Arrangement(told) => match told.news {
                ArrangementNews::DueSoon { .. }
                | ArrangementNews::Late { .. }
                | ArrangementNews::Broken { .. } => true,
                ArrangementNews::Made { .. }
                | ArrangementNews::Kept
                | ArrangementNews::Reopened { .. }
                | ArrangementNews::Canceled { .. } => false,
            },
            Self::VerifyEmail { .. }
            | Self::AlreadyRegistered { .. }
            | Self::ResetPassword { .. }
            | Self::PasswordChanged { .. }
            | Self::NewDevice { .. }
            | Self::ChangeEmail { .. }
            | Self::EmailChanged { .. }
            | Self::AccountAdded { .. }
            | Self::AccountFollowed { .. }
            | Self::AccountTaken { .. }
            | Self::DeliveryChanged { .. }
            | Self::ClaimCode { .. }
            | Self::PaymentReceived(_)
            | Self::RefundGiven(_)
            | Self::BillReady { .. }
            | Self::PastDueCopy { .. }
            | Self::Sharing(_)
            | Self::HighUsage { .. }
            | Self::HighBill { .. }
            | Self::Usage(_)
            | Self::Digest { .. }
            | Self::TextCode { .. }
            | Self::Request(_)
            | Self::Budget(_)
            | Self::Hold(_)
            | Self::Deposit(_)
            | Self::LeadLine(_)
            | Self::Landlord(_)
            | Self::SignIn(_)
            | Self::Contact(_)
            | Self::StaffInvitation { .. } => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::AccountNumber;
    use crate::domain::notice::AutopayTold;

    #[test]
    fn of_a_charge_that_a_stay_keeps_away_no_text_is_sent() {
        let skipped = |why| {
            Notice::Autopay(AutopayTold {
                name: "Rosa".to_owned(),
                account_number: AccountNumber::of(27),
                is_guest: false,
                news: AutopayNews::Skipped {
                    why,
                    due_on: "2026-07-24".parse().unwrap(),
                },
            })
        };
        assert!(!skipped(Skip::Held).fits_a_text());
        assert!(skipped(Skip::Paused).fits_a_text());
        assert!(!skipped(Skip::Held).duns() && !skipped(Skip::Held).asks_to_pay());
    }
}
