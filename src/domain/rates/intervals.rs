//! Interval values of a period: their sum, their peak, and both by time-of-use period.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::domain::period::Period;
use crate::domain::rates::compiled::CalendarTable;
use crate::domain::rates::facts::{Facts, IntervalDay};
use crate::domain::rates::numbers::{OutOfRange, Ratio};
use crate::domain::rates::priced::PricingError;

/// Whether there are interval values of a measure.
pub(super) fn has(facts: &Facts, name: &str) -> bool {
    facts.intervals.iter().any(|day| day.name == name)
}

/// The days of a measure's intervals in a span, after a check that they fill every day of it.
fn days<'a>(
    facts: &'a Facts,
    name: &'a str,
    span: Period,
) -> Result<impl Iterator<Item = &'a IntervalDay>, PricingError> {
    let chosen = move || {
        facts
            .intervals
            .iter()
            .filter(move |day| day.name == name && span.contains(day.day))
    };
    let gap = |day| PricingError::IntervalGap {
        name: name.to_owned(),
        day,
    };
    let mut found = 0_u32;
    for day in chosen() {
        let minutes = u32::try_from(day.values.len())
            .ok()
            .and_then(|count| count.checked_mul(day.minutes));
        if !matches!(minutes, Some(1380 | 1440 | 1500)) || day.minutes == 0 {
            return Err(gap(day.day));
        }
        found = found.saturating_add(1);
    }
    if found != span.days() {
        let missing = span
            .from
            .iter_days()
            .take_while(|day| *day < span.until)
            .find(|day| chosen().all(|given| given.day != *day));
        return Err(gap(missing.unwrap_or(span.from)));
    }
    Ok(chosen())
}

/// The sum of a measure's values in a span.
///
/// # Errors
/// `IntervalGap` where they do not fill it.
pub(super) fn total(facts: &Facts, name: &str, span: Period) -> Result<Decimal, PricingError> {
    let mut sum = Decimal::ZERO;
    for day in days(facts, name, span)? {
        for value in &day.values {
            sum = sum.checked_add(*value).ok_or(OutOfRange)?;
        }
    }
    Ok(sum)
}

/// The highest average power of the period: the largest value over the length of its interval in hours.
///
/// # Errors
/// `IntervalGap` where the values do not fill the period.
pub(super) fn peak(facts: &Facts, name: &str) -> Result<Ratio, PricingError> {
    let mut peak = Ratio::ZERO;
    for day in days(facts, name, facts.period)? {
        for value in &day.values {
            peak = peak.greater(power(*value, day.minutes)?)?;
        }
    }
    Ok(peak)
}

/// The average power of an interval.
fn power(value: Decimal, minutes: u32) -> Result<Ratio, OutOfRange> {
    if minutes == 60 {
        return Ok(Ratio::of(value));
    }
    Ratio::of(value)
        .times_decimal(Decimal::from(60))?
        .over(Decimal::from(minutes))
}

/// The hour of the clock in which an interval of a day begins, also on days when the clock changes at two in the morning.
fn hour_of(place: usize, minutes: u32, count: usize) -> usize {
    let minutes = usize::try_from(minutes).unwrap_or(60);
    let hour = place.saturating_mul(minutes) / 60;
    match count.saturating_mul(minutes) {
        1380 if hour >= 2 => hour + 1,
        1500 if hour >= 2 => hour - 1,
        _ => hour,
    }
}

/// What is gathered from the values that fall into one time-of-use period.
#[derive(Debug, Clone, Copy)]
pub(super) struct Gathered {
    /// Their sum.
    pub total: Decimal,
    /// Their highest average power.
    pub peak: Ratio,
    /// Whether there are any.
    pub occurs: bool,
}

/// A measure's sum and peak in each period of a calendar, over a span.
///
/// # Errors
/// `IntervalGap` where the values do not fill the span.
pub(super) fn by_period(
    facts: &Facts,
    name: &str,
    span: Period,
    calendar: &CalendarTable,
) -> Result<Vec<Gathered>, PricingError> {
    let mut gathered = vec![
        Gathered {
            total: Decimal::ZERO,
            peak: Ratio::ZERO,
            occurs: false
        };
        calendar.names.len()
    ];
    for day in days(facts, name, span)? {
        gather_day(day, calendar, &mut gathered)?;
    }
    Ok(gathered)
}

fn gather_day(
    day: &IntervalDay,
    calendar: &CalendarTable,
    gathered: &mut [Gathered],
) -> Result<(), PricingError> {
    let gap = |day: NaiveDate, name: &str| PricingError::IntervalGap {
        name: name.to_owned(),
        day,
    };
    let hours = calendar
        .day(day.day)
        .ok_or_else(|| gap(day.day, &day.name))?;
    for (place, value) in day.values.iter().enumerate() {
        let period = hours
            .get(hour_of(place, day.minutes, day.values.len()))
            .copied()
            .unwrap_or(0);
        if let Some(period) = gathered.get_mut(usize::from(period)) {
            period.occurs = true;
            period.total = period.total.checked_add(*value).ok_or(OutOfRange)?;
            period.peak = period.peak.greater(power(*value, day.minutes)?)?;
        }
    }
    Ok(())
}
