//! Bill cycles: the rule by which a calendar of periods goes on, and what dates a period of it may have. A period is read, issued and due;
//! the day on which it is read is the first day of the next.

use chrono::{Datelike, Days, Months, NaiveDate};

use crate::domain::text_enum::text_enum;
use crate::domain::working_days::on_or_after;

/// How many days before the day of reading a read counts already.
const WINDOW_OPENS_BEFORE: u64 = 3;

/// How many days after the day of reading a read is waited for at the most.
const WINDOW_STAYS_OPEN: u64 = 3;

/// The months that a cycle's period may stand for.
pub const MONTHS: [u32; 5] = [1, 2, 3, 6, 12];

/// The last day of the month on which meters are read: every month has it.
pub const LAST_READ_DAY: u32 = 28;

/// The most days from the day of reading to that of issue.
pub const MOST_TO_ISSUE: u32 = 28;

/// The most days that customers have to pay.
pub const MOST_TO_PAY: u32 = 90;

text_enum! {
    /// On which days meters are read and bills issued.
    FallsOn {
        /// On the day that the rule names, whatever day it is: for meters that report by themselves.
        AnyDay => "any_day",
        /// On that day, or on the next on which the office is open.
        WorkingDay => "working_day",
    }
}

/// The rule by which a cycle's calendar goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CalendarRule {
    /// Months a period stands for.
    pub months: u32,
    /// The day of the month on which meters are read, 1 to 28.
    pub read_day: u32,
    /// On which days meters are read and bills issued.
    pub falls_on: FallsOn,
    /// Days from the day of reading to that of issue.
    pub issue_after: u32,
    /// Days from issue to due.
    pub due_after: u32,
}

/// The dates of one period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PeriodDates {
    /// First day billed.
    pub from_on: NaiveDate,
    /// The day meters are read; the first day of the next period.
    pub read_on: NaiveDate,
    /// First day on which a read counts for this period.
    pub window_opens_on: NaiveDate,
    /// Last day on which a read is waited for.
    pub window_closes_on: NaiveDate,
    /// The day bills are dated.
    pub issue_on: NaiveDate,
    /// The day bills fall due.
    pub due_on: NaiveDate,
}

/// Why dates are no period's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DatesRefused {
    /// A period has at least one day.
    #[error("the read must be after {0}, the first day of the period")]
    ReadTooEarly(NaiveDate),
    /// The next period has at least one day, too.
    #[error("the read must be before {0}, when the next period is read")]
    ReadTooLate(NaiveDate),
    /// Bills are issued when the meters were read.
    #[error("bills are issued on the day of reading or later")]
    IssueTooEarly,
    /// Somebody has at least a day to pay.
    #[error("bills are due after they are issued")]
    DueTooEarly,
}

impl CalendarRule {
    /// The shortest and the longest normal period, in days. A monthly one has 26 to 35 (52 Pa. Code 56.2); longer ones are in proportion.
    #[must_use]
    pub const fn normal_days(&self) -> (u32, u32) {
        match self.months {
            1 => (26, 35),
            months => (months * 30 - 5, months * 31 + 4),
        }
    }

    /// The day of reading that follows another, by the calendar: so many months after the one of the rule's days that lies next to it, so
    /// that a date that was moved moves none that follow.
    #[must_use]
    pub fn next_read(&self, last: NaiveDate) -> NaiveDate {
        let month = Months::new(1);
        let nearby = [
            last.checked_sub_months(month),
            Some(last),
            last.checked_add_months(month),
        ];
        let named = nearby.into_iter().flatten().map(|day| self.in_month(day));
        let nearest = named.min_by_key(|day| (*day - last).num_days().abs());
        self.falling(nearest.unwrap_or(last) + Months::new(self.months))
    }

    /// The rule's day in the month of another.
    #[must_use]
    pub fn in_month(&self, day: NaiveDate) -> NaiveDate {
        let named = day.with_day(self.read_day.clamp(1, LAST_READ_DAY));
        named.unwrap_or(day)
    }

    /// The dates of a period by its days.
    ///
    /// Due dates that fall on a day on which the office is closed move to the next on which it is open (16 Tex. Admin. Code 24.165).
    #[must_use]
    pub fn period(&self, from_on: NaiveDate, read_on: NaiveDate) -> PeriodDates {
        let issue_on = self.falling(read_on + Days::new(u64::from(self.issue_after)));
        let due_on = on_or_after(issue_on + Days::new(u64::from(self.due_after)));
        PeriodDates::of((from_on, read_on), issue_on, due_on)
    }

    fn falling(&self, day: NaiveDate) -> NaiveDate {
        match self.falls_on {
            FallsOn::AnyDay => day,
            FallsOn::WorkingDay => on_or_after(day),
        }
    }
}

impl PeriodDates {
    /// The dates of a period, with the window around the day of reading.
    ///
    /// The window is closed before the day of issue, so that estimates stand in before bills go out.
    #[must_use]
    pub fn of(
        (from_on, read_on): (NaiveDate, NaiveDate),
        issue_on: NaiveDate,
        due_on: NaiveDate,
    ) -> Self {
        let last = read_on + Days::new(WINDOW_STAYS_OPEN);
        let eve = issue_on.pred_opt().unwrap_or(issue_on);
        Self {
            from_on,
            read_on,
            window_opens_on: read_on - Days::new(WINDOW_OPENS_BEFORE),
            window_closes_on: last.min(eve).max(read_on),
            issue_on,
            due_on,
        }
    }

    /// Whether these dates can be a period's, before one that is read on a day.
    ///
    /// # Errors
    /// The first date that stands in the wrong place.
    pub fn check(&self, next_read: Option<NaiveDate>) -> Result<(), DatesRefused> {
        if self.read_on <= self.from_on {
            return Err(DatesRefused::ReadTooEarly(self.from_on));
        }
        if let Some(next) = next_read.filter(|next| *next <= self.read_on) {
            return Err(DatesRefused::ReadTooLate(next));
        }
        if self.issue_on < self.read_on {
            return Err(DatesRefused::IssueTooEarly);
        }
        if self.due_on <= self.issue_on {
            return Err(DatesRefused::DueTooEarly);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn rule(read_day: u32, falls_on: FallsOn) -> CalendarRule {
        CalendarRule {
            months: 1,
            read_day,
            falls_on,
            issue_after: 3,
            due_after: 20,
        }
    }

    #[test]
    fn a_calendar_goes_on_from_the_rules_day_also_after_a_date_was_moved() {
        let rule = rule(28, FallsOn::AnyDay);
        assert_eq!(rule.next_read(day("2026-01-28")), day("2026-02-28"));
        assert_eq!(
            rule.next_read(day("2026-03-02")),
            day("2026-03-28"),
            "the read of February, moved past the end of the month"
        );
        assert_eq!(rule.next_read(day("2026-12-28")), day("2027-01-28"));
    }

    #[test]
    fn a_first_day_in_the_middle_of_a_month_is_followed_by_the_nearest_whole_period() {
        let rule = rule(5, FallsOn::AnyDay);
        assert_eq!(rule.next_read(day("2026-03-18")), day("2026-04-05"));
        assert_eq!(rule.next_read(day("2026-03-25")), day("2026-05-05"));
        let quarterly = CalendarRule { months: 3, ..rule };
        assert_eq!(quarterly.next_read(day("2026-01-05")), day("2026-04-05"));
    }

    #[test]
    fn crews_read_and_bills_go_out_on_working_days_and_nothing_is_due_on_a_holiday() {
        let crews = rule(4, FallsOn::WorkingDay);
        // Independence Day of 2026 is a Saturday, kept on Friday.
        let read = crews.next_read(day("2026-06-04"));
        assert_eq!(read, day("2026-07-06"));
        let june = crews.period(day("2026-06-04"), read);
        assert_eq!(june.issue_on, day("2026-07-09"));
        assert_eq!(june.due_on, day("2026-07-29"));
        assert_eq!(
            crews.next_read(read),
            day("2026-08-04"),
            "the holiday moves nothing that follows"
        );
        // Twenty days after December 29 it is Dr. King's birthday.
        let december = rule(26, FallsOn::AnyDay).period(day("2026-11-26"), day("2026-12-26"));
        assert_eq!(december.issue_on, day("2026-12-29"));
        assert_eq!(december.due_on, day("2027-01-19"));
    }

    #[test]
    fn every_month_of_ten_years_is_of_normal_length_on_working_days() {
        for read_day in 1..=LAST_READ_DAY {
            let rule = rule(read_day, FallsOn::WorkingDay);
            let (least, most) = rule.normal_days();
            let mut from = rule.next_read(day("2025-12-15"));
            while from < day("2036-01-01") {
                let read = rule.next_read(from);
                let days = u32::try_from((read - from).num_days()).unwrap();
                assert!(
                    (least..=most).contains(&days),
                    "{from} to {read}: {days} days"
                );
                from = read;
            }
        }
    }

    #[test]
    fn reads_are_waited_for_until_the_eve_of_issue_and_three_days_at_the_most() {
        let closes = |issue: &str| {
            let days = (day("2026-06-01"), day("2026-07-01"));
            PeriodDates::of(days, day(issue), day("2026-08-03")).window_closes_on
        };
        assert_eq!(closes("2026-07-01"), day("2026-07-01"));
        assert_eq!(closes("2026-07-02"), day("2026-07-01"));
        assert_eq!(closes("2026-07-04"), day("2026-07-03"));
        assert_eq!(closes("2026-07-20"), day("2026-07-04"));
    }

    #[test]
    fn dates_stand_in_their_order() {
        let dates = |read: &str, issue: &str, due: &str| {
            PeriodDates::of((day("2026-06-01"), day(read)), day(issue), day(due))
        };
        let next = Some(day("2026-08-01"));
        let good = dates("2026-07-03", "2026-07-06", "2026-07-27");
        assert_eq!(good.check(next), Ok(()));
        let early = dates("2026-06-01", "2026-07-06", "2026-07-27");
        assert_eq!(
            early.check(next),
            Err(DatesRefused::ReadTooEarly(day("2026-06-01")))
        );
        let late = dates("2026-08-01", "2026-08-06", "2026-08-27");
        assert_eq!(
            late.check(next),
            Err(DatesRefused::ReadTooLate(day("2026-08-01")))
        );
        assert_eq!(late.check(None), Ok(()));
        let unread = dates("2026-07-03", "2026-07-02", "2026-07-27");
        assert_eq!(unread.check(next), Err(DatesRefused::IssueTooEarly));
        let unpayable = dates("2026-07-03", "2026-07-06", "2026-07-06");
        assert_eq!(unpayable.check(next), Err(DatesRefused::DueTooEarly));
    }
}
