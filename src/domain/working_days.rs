//! The days on which the office is open: Monday to Friday but for the legal public holidays of the United States (5 U.S.C. 6103). A holiday
//! on a Saturday is kept on the Friday before it, one on a Sunday on the Monday after.

use chrono::{Datelike, NaiveDate, Weekday};

/// New Year, Juneteenth, Independence Day, Veterans Day, Christmas: month and day.
const FIXED: [(u32, u32); 5] = [(1, 1), (6, 19), (7, 4), (11, 11), (12, 25)];

/// The birthdays of Dr. King and Washington, Labor Day, Columbus Day: month and which Monday of it.
const MONDAYS: [(u32, u32); 4] = [(1, 3), (2, 3), (9, 1), (10, 2)];

/// Whether the office is open on a day.
#[must_use]
pub fn is_working_day(day: NaiveDate) -> bool {
    !matches!(day.weekday(), Weekday::Sat | Weekday::Sun) && !is_holiday(day)
}

/// The day itself where the office is open, else the next day on which it is.
#[must_use]
pub fn on_or_after(day: NaiveDate) -> NaiveDate {
    let mut days = day.iter_days();
    days.find(|day| is_working_day(*day)).unwrap_or(day)
}

/// So many working days after a day.
#[must_use]
pub fn after(day: NaiveDate, working_days: usize) -> NaiveDate {
    let later = day.iter_days().skip(1).filter(|day| is_working_day(*day));
    later
        .take(working_days)
        .last()
        .unwrap_or_else(|| on_or_after(day))
}

fn is_holiday(day: NaiveDate) -> bool {
    let is_fixed =
        |day: Option<NaiveDate>| day.is_some_and(|day| FIXED.contains(&(day.month(), day.day())));
    let place = day.day().saturating_sub(1) / 7 + 1;
    match day.weekday() {
        Weekday::Mon => {
            let is_memorial = day.month() == 5 && day.day() > 24;
            is_memorial
                || MONDAYS.contains(&(day.month(), place))
                || is_fixed(Some(day))
                || is_fixed(day.pred_opt())
        }
        Weekday::Thu => (day.month() == 11 && place == 4) || is_fixed(Some(day)),
        Weekday::Fri => is_fixed(Some(day)) || is_fixed(day.succ_opt()),
        Weekday::Tue | Weekday::Wed | Weekday::Sat | Weekday::Sun => is_fixed(Some(day)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn the_holidays_of_2026_are_the_published_ones() {
        // The list of the Office of Personnel Management for 2026.
        let published = [
            "2026-01-01",
            "2026-01-19",
            "2026-02-16",
            "2026-05-25",
            "2026-06-19",
            "2026-07-03",
            "2026-09-07",
            "2026-10-12",
            "2026-11-11",
            "2026-11-26",
            "2026-12-25",
        ];
        let closed: Vec<String> = day("2026-01-01")
            .iter_days()
            .take(365)
            .filter(|day| !matches!(day.weekday(), Weekday::Sat | Weekday::Sun))
            .filter(|day| !is_working_day(*day))
            .map(|day| day.to_string())
            .collect();
        assert_eq!(closed, published);
        assert!(!is_working_day(day("2027-12-31")), "New Year on a Saturday");
    }

    #[test]
    fn working_days_pass_over_the_weekend() {
        assert_eq!(after(day("2026-07-01"), 2), day("2026-07-06"));
        assert_eq!(on_or_after(day("2026-07-03")), day("2026-07-06"));
        assert_eq!(after(day("2026-07-04"), 0), day("2026-07-06"));
    }
}
