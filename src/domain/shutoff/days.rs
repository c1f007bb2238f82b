//! Days as the rules on shut-offs see them: days of the week, holidays and their eves, closed days, and the season that begins on one day of the
//! year and ends on another.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, Days, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::domain::text_enum::text_enum;
use crate::domain::working_days;

text_enum! {
    /// A day of the week.
    Weekday {
        /// Monday.
        Monday => "monday",
        /// Tuesday.
        Tuesday => "tuesday",
        /// Wednesday.
        Wednesday => "wednesday",
        /// Thursday.
        Thursday => "thursday",
        /// Friday.
        Friday => "friday",
        /// Saturday.
        Saturday => "saturday",
        /// Sunday.
        Sunday => "sunday",
    }
}

impl Weekday {
    /// The day of the week of a day.
    #[must_use]
    pub fn of(day: NaiveDate) -> Self {
        match day.weekday() {
            chrono::Weekday::Mon => Self::Monday,
            chrono::Weekday::Tue => Self::Tuesday,
            chrono::Weekday::Wed => Self::Wednesday,
            chrono::Weekday::Thu => Self::Thursday,
            chrono::Weekday::Fri => Self::Friday,
            chrono::Weekday::Sat => Self::Saturday,
            chrono::Weekday::Sun => Self::Sunday,
        }
    }

    /// Whether it is one of the weekend.
    #[must_use]
    pub const fn is_weekend(self) -> bool {
        matches!(self, Self::Saturday | Self::Sunday)
    }
}

/// Whether a day is a legal holiday that does not fall on a weekend.
#[must_use]
pub fn is_holiday(day: NaiveDate) -> bool {
    !Weekday::of(day).is_weekend() && !working_days::is_working_day(day)
}

/// The day so many days, or working days, after another.
#[must_use]
pub fn after(day: NaiveDate, days: u32, in_working_days: bool) -> NaiveDate {
    if in_working_days {
        return usize::try_from(days).map_or(NaiveDate::MAX, |days| working_days::after(day, days));
    }
    day.checked_add_days(Days::new(days.into()))
        .unwrap_or(NaiveDate::MAX)
}

/// The days whose temperature counts for a day: so many before it, itself, and on to the next day, or until the office opens again.
#[must_use]
pub fn felt_on(day: NaiveDate, days_before: u32) -> Vec<NaiveDate> {
    let first = day
        .checked_sub_days(Days::new(days_before.into()))
        .unwrap_or(day);
    let mut felt: Vec<NaiveDate> = first
        .iter_days()
        .take_while(|other| *other <= day)
        .collect();
    for next in day.iter_days().skip(1) {
        felt.push(next);
        let opens = next.succ_opt().is_none_or(working_days::is_working_day);
        if working_days::is_working_day(next) || opens {
            break;
        }
    }
    felt
}

/// A day of every year: `"12-01"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct MonthDay {
    month: u32,
    day: u32,
}

/// Text that is no day of every year.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no day of every year, written as \"12-01\"")]
pub struct NotAMonthDay(String);

impl FromStr for MonthDay {
    type Err = NotAMonthDay;

    fn from_str(text: &str) -> Result<Self, NotAMonthDay> {
        let wrong = || NotAMonthDay(text.to_owned());
        let (month, day) = text.split_once('-').ok_or_else(wrong)?;
        let is_number = |part: &str| part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit());
        let two = |part: &str| part.parse::<u32>().ok().filter(|_| is_number(part));
        let (month, day) = two(month).zip(two(day)).ok_or_else(wrong)?;
        // No leap year, so that every year has it.
        let is_day = NaiveDate::from_ymd_opt(2026, month, day).is_some();
        is_day.then_some(Self { month, day }).ok_or_else(wrong)
    }
}

impl TryFrom<String> for MonthDay {
    type Error = NotAMonthDay;

    fn try_from(text: String) -> Result<Self, NotAMonthDay> {
        text.parse()
    }
}

impl From<MonthDay> for String {
    fn from(day: MonthDay) -> Self {
        day.to_string()
    }
}

impl fmt::Display for MonthDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}-{:02}", self.month, self.day)
    }
}

impl MonthDay {
    fn in_year(self, year: i32) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(year, self.month, self.day)
    }
}

/// The last day of the season that a day lies in; nothing where it lies in none. A season may pass over the new year.
#[must_use]
pub fn season_until(day: NaiveDate, from: MonthDay, last: MonthDay) -> Option<NaiveDate> {
    [day.year().saturating_sub(1), day.year()]
        .into_iter()
        .find_map(|year| {
            let first = from.in_year(year)?;
            let ends_later = last < from;
            let end = last.in_year(year + i32::from(ends_later))?;
            (first <= day && day <= end).then_some(end)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_season_passes_over_the_new_year() {
        let (from, last) = ("11-01".parse().unwrap(), "04-15".parse().unwrap());
        let until = |text: &str| season_until(day(text), from, last);
        assert_eq!(until("2026-10-31"), None);
        assert_eq!(until("2026-11-01"), Some(day("2027-04-15")));
        assert_eq!(until("2027-04-15"), Some(day("2027-04-15")));
        assert_eq!(until("2027-04-16"), None);
        let summer = ("06-01".parse().unwrap(), "09-30".parse().unwrap());
        assert_eq!(
            season_until(day("2026-07-01"), summer.0, summer.1),
            Some(day("2026-09-30"))
        );
        for text in ["13-01", "02-29", "1-1", "12/01", ""] {
            assert!(text.parse::<MonthDay>().is_err(), "{text}");
        }
    }

    #[test]
    fn the_weather_counts_until_somebody_can_turn_it_on_again() {
        let felt = |text: &str| -> Vec<String> {
            let days = felt_on(day(text), 1);
            days.iter().map(ToString::to_string).collect()
        };
        // A Wednesday.
        assert_eq!(
            felt("2026-07-08"),
            ["2026-07-07", "2026-07-08", "2026-07-09"]
        );
        // The Thursday before the Fourth of July, which is kept on Friday.
        let long = [
            "2026-07-01",
            "2026-07-02",
            "2026-07-03",
            "2026-07-04",
            "2026-07-05",
        ];
        assert_eq!(felt("2026-07-02"), long);
    }

    #[test]
    fn holidays_are_days_on_which_others_work() {
        assert!(is_holiday(day("2026-07-03")));
        assert!(!is_holiday(day("2026-07-04")), "a Saturday");
        assert_eq!(after(day("2026-07-01"), 2, true), day("2026-07-06"));
        assert_eq!(after(day("2026-07-01"), 2, false), day("2026-07-03"));
    }
}
