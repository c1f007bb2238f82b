//! What was used on each day of a period and in each hour of a day, added up over an account's meters, and both as files to take along.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime, SecondsFormat, TimeZone, Timelike};
use chrono_tz::Tz;
use rust_decimal::Decimal;

use crate::documents::csv;
use crate::domain::intervals::calendar::CivilDay;
use crate::domain::meters::Flow;
use crate::domain::period::Period;
use crate::domain::quantity::{Quantity, Unit};
use crate::domain::reads::ReadQuality;
use crate::store::intervals::UsageDay;
use crate::store::portal::usage::{Counted, Counter};
use crate::web::PageResult;
use crate::web::portal::usage_files::csv_attached;

/// Usage of one day.
pub struct DayUse {
    pub day: NaiveDate,
    pub used: Option<Decimal>,
    pub is_estimated: bool,
    /// Whether a part of it is not known, some hours or what one of several meters counted: what is used is more than it says.
    pub is_partial: bool,
}

/// Usage of one hour on the wall's clock.
pub struct HourUse {
    /// When it begins, in UTC: where the clocks go back, two hours of a day have the same number.
    pub from: NaiveDateTime,
    pub hour: u32,
    pub used: Option<Decimal>,
    pub quality: ReadQuality,
}

/// The days that add up to what was used, with their registers: what a deduct meter counts, the meter before it has counted already.
fn summed(counted: &Counted) -> impl Iterator<Item = (&Counter, &UsageDay)> {
    let with_counter = |day| Some((counted.counter_of(day)?, day));
    counted
        .days
        .iter()
        .filter_map(with_counter)
        .filter(|(counter, _)| counter.flow != Flow::Deducted)
}

/// In the unit shown; what was fed back counts against what was taken.
fn told(counter: &Counter, amount: Decimal, unit: Unit) -> Option<Decimal> {
    let counted = Quantity {
        amount,
        unit: counter.unit,
    };
    let told = counted.to(unit)?.amount;
    Some(if counter.flow == Flow::Received {
        -told
    } else {
        told
    })
}

/// What was used on each day of a period, up to today.
pub fn by_day(counted: &Counted, unit: Unit, period: Period, today: NaiveDate) -> Vec<DayUse> {
    let days = period
        .from
        .iter_days()
        .take_while(|day| *day < period.until && *day <= today);
    days.map(|day| {
        let mut told_day = DayUse {
            day,
            used: None,
            is_estimated: false,
            is_partial: false,
        };
        for (counter, found) in summed(counted).filter(|(_, found)| found.day == day) {
            told_day.is_partial |= !found.usage.is_complete();
            if found.usage.count(ReadQuality::Missing) == found.usage.slots() {
                continue;
            }
            if let Some(amount) = told(counter, found.usage.sum(), unit) {
                told_day.used = Some(told_day.used.unwrap_or_default() + amount);
            }
            told_day.is_estimated |= found.usage.count(ReadQuality::Estimated) > 0;
        }
        told_day
    })
    .collect()
}

/// What was used in each hour of a day.
pub fn by_hour(counted: &Counted, unit: Unit, (day, zone): (NaiveDate, Tz)) -> Vec<HourUse> {
    let civil = CivilDay::of(zone, day);
    let mut hours: BTreeMap<NaiveDateTime, HourUse> = BTreeMap::new();
    for (counter, found) in summed(counted) {
        for value in found.usage.values(civil) {
            let start = value
                .from
                .with_minute(0)
                .and_then(|at| at.with_second(0))
                .unwrap_or(value.from);
            let hour = zone.from_utc_datetime(&start).hour();
            let entry = hours.entry(start).or_insert(HourUse {
                from: start,
                hour,
                used: None,
                quality: ReadQuality::Actual,
            });
            entry.quality = entry.quality.weaker(value.quality);
            if let Some(amount) = value.value.and_then(|amount| told(counter, amount, unit)) {
                entry.used = Some(entry.used.unwrap_or_default() + amount);
            }
        }
    }
    hours.into_values().collect()
}

/// The days as a file.
pub fn days_csv(days: &[DayUse], first: NaiveDate, unit: Unit) -> PageResult {
    let rows = days.iter().map(|day| {
        let quality = match (day.used, day.is_partial, day.is_estimated) {
            (None, _, _) => "missing",
            (_, true, _) => "partial",
            (_, false, true) => "estimated",
            (_, false, false) => "actual",
        };
        [
            day.day.to_string(),
            day.used
                .map(|used| used.normalize().to_string())
                .unwrap_or_default(),
            quality.to_owned(),
        ]
    });
    csv_attached(
        csv::table(&["day", unit.as_str(), "quality"], rows),
        &format!("usage-{}.csv", first.format("%Y-%m")),
    )
}

/// The hours as a file.
pub fn hours_csv(hours: &[HourUse], (day, zone): (NaiveDate, Tz), unit: Unit) -> PageResult {
    let rows = hours.iter().map(|hour| {
        let used = hour
            .used
            .map(|used| used.normalize().to_string())
            .unwrap_or_default();
        [
            zone.from_utc_datetime(&hour.from)
                .to_rfc3339_opts(SecondsFormat::Secs, false),
            used,
            hour.quality.to_string(),
        ]
    });
    csv_attached(
        csv::table(&["hour", unit.as_str(), "quality"], rows),
        &format!("usage-{day}.csv"),
    )
}
