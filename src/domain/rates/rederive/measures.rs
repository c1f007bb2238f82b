//! What was measured, read a second time: amounts, interval sums and peaks, and time-of-use periods hour by hour.

use chrono::{Datelike, NaiveDate};

use crate::domain::period::Period;
use crate::domain::rates::calendars::Calendar;
use crate::domain::rates::rederive::Mismatch;
use crate::domain::rates::rederive::charges::Reckoner;
use crate::domain::rates::rederive::exact::{Exact, TooLong};

/// What fell into a time-of-use period.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found {
    pub sum: Exact,
    pub peak: Exact,
    pub count: usize,
}

impl Reckoner<'_> {
    /// A measure's amount in the period: as given, else of its intervals.
    pub(super) fn measured(&self, name: &str) -> Result<Option<Exact>, Mismatch> {
        let Some(unit) = self.document.measures.get(name) else {
            return Ok(None);
        };
        let mut sum = None;
        for given in self
            .facts
            .measured
            .iter()
            .filter(|given| given.name == name)
        {
            let lacking = || Mismatch::Lacking(format!("{name} in {unit}"));
            let (times, over) = given.unit.factor_to(*unit).ok_or_else(lacking)?;
            let amount = Exact::decimal(given.amount)?
                .multiply(Exact::decimal(times)?)?
                .divide(Exact::decimal(over)?)?;
            sum = Some(match sum {
                None => amount,
                Some(before) => amount.add(before)?,
            });
        }
        if sum.is_some() {
            return Ok(sum);
        }
        match self.document.peaks.get(name) {
            Some(source) if self.has_intervals(source) => {
                let (_, peak, _) =
                    self.over_intervals(source, self.facts.period, |_, _, _| true)?;
                Ok(Some(peak))
            }
            None if self.has_intervals(name) => {
                Ok(Some(self.interval_sum(name, self.facts.period)?))
            }
            Some(_) | None => Ok(None),
        }
    }

    pub(super) fn has_intervals(&self, name: &str) -> bool {
        self.facts.intervals.iter().any(|day| day.name == name)
    }

    /// The sum of a measure's intervals in some days.
    pub(super) fn interval_sum(&self, name: &str, days: Period) -> Result<Exact, Mismatch> {
        self.over_intervals(name, days, |_, _, _| true)
            .map(|(sum, _, _)| sum)
    }

    /// What falls into a period of a calendar.
    pub(super) fn in_period(
        &self,
        name: &str,
        days: Period,
        (calendar, period): (&Calendar, &str),
    ) -> Result<Found, Mismatch> {
        let belongs = |day: NaiveDate, hour: u32| {
            let class = calendar.holidays.class_of(day);
            calendar.period_of(day.month(), class, hour) == period
        };
        let (sum, peak, count) =
            self.over_intervals(name, days, |day, hour, _| belongs(day, hour))?;
        Ok(Found { sum, peak, count })
    }

    /// The sum, the highest power and the number of a measure's intervals in some days, as far as they belong.
    fn over_intervals(
        &self,
        name: &str,
        days: Period,
        belongs: impl Fn(NaiveDate, u32, u32) -> bool,
    ) -> Result<(Exact, Exact, usize), Mismatch> {
        let (mut sum, mut peak, mut count) = (Exact::ZERO, Exact::ZERO, 0);
        let mut day = days.from;
        while day < days.until {
            let given = self
                .facts
                .intervals
                .iter()
                .find(|given| given.name == name && given.day == day);
            let given =
                given.ok_or_else(|| Mismatch::Lacking(format!("intervals of {name} on {day}")))?;
            let mut minute = 0;
            for value in &given.values {
                if belongs(
                    day,
                    clock_hour(minute, given.minutes, given.values.len()),
                    given.minutes,
                ) {
                    let amount = Exact::decimal(*value)?;
                    let hours = Exact::whole(i128::from(given.minutes)).divide(Exact::whole(60))?;
                    sum = sum.add(amount)?;
                    peak = peak.most(amount.divide(hours)?)?;
                    count += 1;
                }
                minute += given.minutes;
            }
            day = day.succ_opt().ok_or(TooLong)?;
        }
        Ok((sum, peak, count))
    }
}

/// The hour on the clock, so many minutes into a day of so many intervals; the clock changes at two.
fn clock_hour(minute: u32, length: u32, intervals: usize) -> u32 {
    let whole = u32::try_from(intervals).map_or(0, |intervals| intervals * length);
    let hour = minute / 60;
    match (whole / 60, hour >= 2) {
        (23, true) => hour + 1,
        (25, true) => hour - 1,
        _ => hour,
    }
}
