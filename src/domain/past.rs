//! A moment of the past as somebody types it, on the utility's wall clock: what the account screen is shown as of.

use chrono::{LocalResult, NaiveDate, NaiveDateTime, TimeZone, Timelike};
use chrono_tz::Tz;

use crate::domain::text_enum::text_enum;
use crate::domain::typed_day::is_ours;

text_enum! {
    /// What stood open or in force on an account at a moment.
    Matter {
        /// A hold.
        Hold => "hold",
        /// A low income as the office certified it.
        LowIncome => "low_income",
        /// A request of the customer's.
        Request => "request",
        /// A part of a bill in dispute.
        Dispute => "dispute",
        /// A service order.
        Order => "order",
        /// An extension or arrangement.
        Arrangement => "arrangement",
        /// One of its installments.
        Installment => "installment",
        /// A debt that it covers.
        Covered => "covered",
        /// What autopay was allowed.
        Autopay => "autopay",
        /// A level payment plan.
        LevelPlan => "level_plan",
        /// A deposit asked for or held.
        Deposit => "deposit",
        /// A correction that nobody had decided.
        Correction => "correction",
        /// Something that waited for a person.
        Exception => "exception",
        /// An outage or planned work.
        Outage => "outage",
        /// A sign-in that could see the account.
        Login => "login",
        /// Service that a crew had turned off.
        Off => "off",
        /// A call that was going on.
        Call => "call",
    }
}

/// How a moment is written, as a field for a date and a time sends it; with a space where somebody types it.
const WRITTEN: [&str; 3] = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"];

/// A moment of the past.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Past {
    /// The instant, in UTC.
    pub at: NaiveDateTime,
    /// The same on the utility's wall clock.
    pub wall: NaiveDateTime,
    /// Whether the clock showed this time twice on that day: the second time is meant, so that nothing of the first is left out.
    pub is_second: bool,
}

/// Why what was typed is no moment of the past.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotPast {
    /// No date and time.
    Unreadable,
    /// The clock was put forward over it.
    Skipped,
    /// It is still to come.
    ToCome,
}

impl Past {
    /// Reads `2026-05-03T08:15` on the wall clock of a zone; it must not be after now.
    ///
    /// # Errors
    /// Why it is no moment of the past.
    pub fn read(text: &str, zone: Tz, now: NaiveDateTime) -> Result<Self, NotPast> {
        let text = text.trim();
        let mut read = WRITTEN
            .iter()
            .filter_map(|how| NaiveDateTime::parse_from_str(text, how).ok());
        let wall = read
            .next()
            .filter(|wall| is_ours(wall.date()))
            .ok_or(NotPast::Unreadable)?;
        let (at, is_second) = match zone.from_local_datetime(&wall) {
            LocalResult::Single(at) => (at, false),
            LocalResult::Ambiguous(_, second) => (second, true),
            LocalResult::None => return Err(NotPast::Skipped),
        };
        let at = at.naive_utc();
        if at > now {
            return Err(NotPast::ToCome);
        }
        Ok(Self {
            at,
            wall,
            is_second,
        })
    }

    /// The civil day of it.
    #[must_use]
    pub fn on(&self) -> NaiveDate {
        self.wall.date()
    }

    /// How it stands in an address.
    #[must_use]
    pub fn written(&self) -> String {
        let form = if self.wall.second() == 0 {
            "%Y-%m-%dT%H:%M"
        } else {
            "%Y-%m-%dT%H:%M:%S"
        };
        self.wall.format(form).to_string()
    }
}

#[cfg(test)]
mod tests {
    use chrono_tz::America::Chicago;

    use super::*;

    fn now() -> NaiveDateTime {
        "2026-11-30T12:00:00".parse().unwrap()
    }

    #[test]
    fn a_time_on_the_wall_is_an_instant() {
        let past = Past::read("2026-05-03T08:15", Chicago, now()).unwrap();
        assert_eq!(past.at, "2026-05-03T13:15:00".parse().unwrap());
        assert_eq!(past.on(), "2026-05-03".parse().unwrap());
        assert_eq!(past.written(), "2026-05-03T08:15");
        assert_eq!(Past::read(" 2026-05-03 08:15 ", Chicago, now()), Ok(past));
    }

    #[test]
    fn a_time_that_the_clock_skips_or_shows_twice_is_said() {
        let skipped = Past::read("2026-03-08T02:30", Chicago, now());
        assert_eq!(skipped, Err(NotPast::Skipped));
        let twice = Past::read("2026-11-01T01:30", Chicago, now()).unwrap();
        assert!(twice.is_second);
        assert_eq!(twice.at, "2026-11-01T07:30:00".parse().unwrap());
    }

    #[test]
    fn what_is_to_come_and_what_is_nothing_are_refused() {
        let to_come = Past::read("2026-11-30T06:01", Chicago, now());
        assert_eq!(to_come, Err(NotPast::ToCome));
        for slip in [
            "",
            "yesterday",
            "2026-02-30T08:15",
            "0202-05-03T08:15",
            "2026-05-03",
        ] {
            let read = Past::read(slip, Chicago, now());
            assert_eq!(read, Err(NotPast::Unreadable), "{slip}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_text_is_read_as_a_moment_to_come(text in "\\PC{0,24}") {
            if let Ok(past) = Past::read(&text, Chicago, now()) {
                proptest::prop_assert!(past.at <= now());
            }
        }
    }
}
