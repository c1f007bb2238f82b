//! A civil day as people and files write it: the year, the month and the day, within the years in which a utility keeps books.

use std::str::FromStr;

use chrono::{Datelike, NaiveDate};

/// The years that a day of ours can have. A day outside is a slip of the hand: year 0202, or one that no calendar shows.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2199;

/// A day read from `2026-11-27`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct TypedDay(pub NaiveDate);

/// Text that is not a day of the calendar between 1900 and 2199, written as 2026-11-27.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a day between 1900-01-01 and 2199-12-31, written as 2026-11-27")]
pub struct NotADay(pub String);

/// Whether a day lies in the years of our books.
#[must_use]
pub fn is_ours(day: NaiveDate) -> bool {
    YEARS.contains(&day.year())
}

impl FromStr for TypedDay {
    type Err = NotADay;

    fn from_str(text: &str) -> Result<Self, NotADay> {
        let day = text.parse().ok().filter(|day| is_ours(*day));
        day.map(Self).ok_or_else(|| NotADay(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_days_of_our_years_are_days() {
        assert!("2026-11-27".parse::<TypedDay>().is_ok());
        for slip in [
            "0202-11-27",
            "-262143-01-01",
            "9999-12-31",
            "2026-02-30",
            "27.11.2026",
            "",
        ] {
            assert!(slip.parse::<TypedDay>().is_err(), "{slip}");
        }
    }
}
