//! What a notice of an appointment tells: that somebody comes, comes on another day, does not come, or comes tomorrow.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::ids::{AccountNumber, OrderNumber, RequestNumber};
use crate::domain::orders::{OrderKind, Slot};

/// A day and the part of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Appointment {
    /// The day.
    pub on: NaiveDate,
    /// The part of it.
    pub slot: Slot,
}

/// What every notice of an appointment tells.
#[derive(Clone, Serialize, Deserialize)]
pub struct AppointmentTold {
    /// What we call the person.
    pub name: String,
    /// The account.
    pub account_number: AccountNumber,
    /// The order.
    pub order: OrderNumber,
    /// What somebody comes for.
    pub about: OrderKind,
    /// Where, in one line; nothing where only the words of the order say so.
    pub place: Option<String>,
    /// The request that it comes from.
    pub request: Option<RequestNumber>,
    /// What happened to the appointment, or will.
    pub news: AppointmentNews,
}

/// What happened to an appointment, or will.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AppointmentNews {
    /// Somebody comes.
    Made {
        /// When.
        at: Appointment,
    },
    /// Somebody comes, and not when it was said.
    Moved {
        /// When.
        at: Appointment,
        /// The day that was said before.
        was_on: NaiveDate,
    },
    /// Nobody comes on the day, and another is to be found.
    Off {
        /// The day.
        was_on: NaiveDate,
    },
    /// Nobody comes any more.
    Canceled {
        /// The day.
        was_on: NaiveDate,
    },
    /// Somebody comes tomorrow.
    Tomorrow {
        /// When.
        at: Appointment,
    },
}

/// What is news where an appointment was this before and is that now; nothing where there is none, or where it lies in the past. `goes_on` says
/// whether the order is still to be done.
#[must_use]
pub fn news(
    before: Option<Appointment>,
    now: Option<Appointment>,
    (goes_on, today): (bool, NaiveDate),
) -> Option<AppointmentNews> {
    let before = before.filter(|before| before.on >= today);
    let now = now.filter(|now| goes_on && now.on >= today);
    match (before, now) {
        (None, Some(at)) => Some(AppointmentNews::Made { at }),
        (Some(before), Some(at)) if before != at => Some(AppointmentNews::Moved {
            at,
            was_on: before.on,
        }),
        (Some(_), Some(_)) | (None, None) => None,
        (Some(before), None) => {
            let was_on = before.on;
            Some(if goes_on {
                AppointmentNews::Off { was_on }
            } else {
                AppointmentNews::Canceled { was_on }
            })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(on: &str, slot: Slot) -> Appointment {
        Appointment {
            on: on.parse().unwrap(),
            slot,
        }
    }

    #[test]
    fn only_what_changed_is_news() {
        let today: NaiveDate = "2026-07-02".parse().unwrap();
        let (sixth, seventh) = (
            at("2026-07-06", Slot::Morning),
            at("2026-07-07", Slot::Morning),
        );
        let said = |before, now| news(before, now, (true, today));
        assert_eq!(
            said(None, Some(sixth)),
            Some(AppointmentNews::Made { at: sixth })
        );
        assert_eq!(said(Some(sixth), Some(sixth)), None);
        let moved = AppointmentNews::Moved {
            at: seventh,
            was_on: sixth.on,
        };
        assert_eq!(said(Some(sixth), Some(seventh)), Some(moved));
        let later = at("2026-07-06", Slot::Afternoon);
        assert!(matches!(
            said(Some(sixth), Some(later)),
            Some(AppointmentNews::Moved { .. })
        ));
        let was_on = sixth.on;
        assert_eq!(
            said(Some(sixth), None),
            Some(AppointmentNews::Off { was_on })
        );
        assert_eq!(
            news(Some(sixth), Some(sixth), (false, today)),
            Some(AppointmentNews::Canceled { was_on })
        );
        // What has passed is no news, however it ended.
        let passed = at("2026-07-01", Slot::AllDay);
        assert_eq!(said(Some(passed), None), None);
        assert_eq!(
            said(Some(passed), Some(sixth)),
            Some(AppointmentNews::Made { at: sixth })
        );
    }

    #[test]
    fn nobody_is_told_of_a_shut_off_as_of_an_appointment() {
        assert!(!OrderKind::ShutOff.is_told() && !OrderKind::Tamper.is_told());
        assert!(OrderKind::Reconnect.is_told() && OrderKind::MeterExchange.is_told());
    }
}
