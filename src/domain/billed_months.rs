//! Which days a month of use stands for. A bill is named after the month of its last day and seldom begins with one: the days of *August* are
//! those that August's bill counted, so that they add up to it.

use chrono::{Datelike, Months, NaiveDate};

use crate::domain::period::Period;

const ONE_MONTH: Months = Months::new(1);

/// The days of the month that begins on a day, given the periods that were billed: those that were billed under its name; where none were, those
/// of the calendar, from where the bill of the month before ended and up to where a later bill begins. `None` at the end of the calendar.
#[must_use]
pub fn days_of(first: NaiveDate, billed: &[Period]) -> Option<Period> {
    let next = first.checked_add_months(ONE_MONTH)?;
    let before = first.checked_sub_months(ONE_MONTH)?;
    let own = billed.iter().copied();
    let own = own.filter(|period| period.until > first && period.until <= next);
    let own = own.reduce(|one, other| Period {
        from: one.from.min(other.from),
        until: one.until.max(other.until),
    });
    if own.is_some() {
        return own;
    }
    let ends = billed.iter().map(|period| period.until);
    let from = ends
        .filter(|until| *until > before && *until <= first)
        .max()
        .unwrap_or(first);
    let begins = billed.iter().map(|period| period.from);
    let until = begins
        .filter(|begin| *begin > from && *begin < next)
        .min()
        .unwrap_or(next);
    Period::new(from, until)
}

/// The first day of the month under which a day is shown: that of its bill, else the one whose days have it.
#[must_use]
pub fn month_of(day: NaiveDate, billed: &[Period]) -> NaiveDate {
    let first = |day: NaiveDate| day.with_day(1).unwrap_or(day);
    if let Some(period) = billed.iter().find(|period| period.contains(day)) {
        return first(period.until.pred_opt().unwrap_or(day));
    }
    let own = first(day);
    let has_it = days_of(own, billed).is_some_and(|days| days.contains(day));
    let next = own.checked_add_months(ONE_MONTH).filter(|_| !has_it);
    next.unwrap_or(own)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn period(from: &str, until: &str) -> Period {
        Period::new(day(from), day(until)).unwrap()
    }

    #[test]
    fn a_month_has_the_days_of_its_bill() {
        let billed = [
            period("2026-06-14", "2026-07-14"),
            period("2026-07-14", "2026-08-14"),
        ];
        let of = |first: &str| days_of(day(first), &billed).unwrap();
        assert_eq!(of("2026-07-01"), period("2026-06-14", "2026-07-14"));
        assert_eq!(of("2026-08-01"), period("2026-07-14", "2026-08-14"));
        // What is not billed yet goes on where the bill ended, and no day is lost or shown twice.
        assert_eq!(of("2026-09-01"), period("2026-08-14", "2026-10-01"));
        assert_eq!(of("2026-10-01"), period("2026-10-01", "2026-11-01"));
        assert_eq!(of("2026-06-01"), period("2026-06-01", "2026-06-14"));
        assert_eq!(of("2026-05-01"), period("2026-05-01", "2026-06-01"));
        for (text, month) in [
            ("2026-06-13", "2026-06-01"),
            ("2026-06-14", "2026-07-01"),
            ("2026-08-13", "2026-08-01"),
            ("2026-08-14", "2026-09-01"),
            ("2026-10-01", "2026-10-01"),
        ] {
            assert_eq!(month_of(day(text), &billed), day(month), "{text}");
        }
    }

    #[test]
    fn bills_by_the_calendar_are_its_months() {
        let billed = [
            period("2026-06-01", "2026-07-01"),
            period("2026-07-01", "2026-07-20"),
            period("2026-07-20", "2026-08-01"),
        ];
        let of = |first: &str| days_of(day(first), &billed).unwrap();
        assert_eq!(of("2026-06-01"), period("2026-06-01", "2026-07-01"));
        assert_eq!(of("2026-07-01"), period("2026-07-01", "2026-08-01"));
        assert_eq!(of("2026-08-01"), period("2026-08-01", "2026-09-01"));
        assert_eq!(month_of(day("2026-07-25"), &billed), day("2026-07-01"));
    }

    #[test]
    fn a_month_inside_a_longer_bill_is_the_calendars() {
        let quarter = [period("2026-01-01", "2026-04-01")];
        let of = |first: &str| days_of(day(first), &quarter).unwrap();
        assert_eq!(of("2026-02-01"), period("2026-02-01", "2026-03-01"));
        assert_eq!(of("2026-03-01"), quarter[0]);
        assert_eq!(month_of(day("2026-02-10"), &quarter), day("2026-03-01"));
    }
}
