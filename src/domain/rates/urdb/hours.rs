//! The hours and months of a URDB tariff, as calendars and seasons of our own.

use std::collections::BTreeMap;

use crate::domain::rates::calendars::{Calendar, CalendarRule, DayKind, Holidays, Hours};
use crate::domain::rates::urdb::tariff::Structure;

/// The name of the period at a place.
pub(super) fn period_name(place: usize) -> String {
    format!("p{place}")
}

/// The places of the periods that some hour belongs to.
pub(super) fn used(structure: &Structure) -> impl Iterator<Item = usize> {
    let has_hours = |place: &usize| {
        let mut hours = structure.weekday.iter().chain(&structure.weekend).flatten();
        hours.any(|period| period == place)
    };
    (0..structure.periods.len()).filter(has_hours)
}

/// Runs of months, the year's end joined to its beginning: the place each run has, its first month and the first month after it.
pub(super) fn runs(by_month: &[usize; 12]) -> Vec<(usize, u32, u32)> {
    let month_after = |month: u32| month % 12 + 1;
    let mut months: Vec<(u32, usize)> = (1_u32..).zip(by_month.iter().copied()).collect();
    let turn = months
        .iter()
        .zip(months.iter().skip(1))
        .position(|(month, next)| month.1 != next.1);
    let Some(turn) = turn else { return Vec::new() };
    months.rotate_left(turn + 1);
    let mut runs: Vec<(usize, u32, u32)> = Vec::new();
    for (month, place) in months {
        match runs.last_mut() {
            Some(run) if run.0 == place && run.2 == month => run.2 = month_after(month),
            Some(_) | None => runs.push((place, month, month_after(month))),
        }
    }
    runs
}

/// The hours of a structure as a calendar that people can read: months with the same hours share their rules.
pub(super) fn calendar(structure: &Structure) -> Calendar {
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    for place in structure.weekday.iter().chain(&structure.weekend).flatten() {
        *counts.entry(*place).or_default() += 1;
    }
    let most = counts
        .iter()
        .max_by_key(|(_, count)| **count)
        .map_or(0, |(place, _)| *place);
    let mut rules: Vec<CalendarRule> = Vec::new();
    for (days, schedule) in [
        (DayKind::Weekdays, &structure.weekday),
        (DayKind::Weekends, &structure.weekend),
    ] {
        for (month, hours) in (1_u32..).zip(schedule) {
            for place in counts.keys().filter(|place| **place != most) {
                let spans = hour_runs(hours, *place);
                if spans.is_empty() {
                    continue;
                }
                let period = period_name(*place);
                let same = |rule: &&mut CalendarRule| {
                    rule.period == period && rule.days == days && rule.hours == spans
                };
                match rules.iter_mut().find(same) {
                    Some(rule) => rule.months.push(month),
                    None => rules.push(CalendarRule {
                        period,
                        months: vec![month],
                        days,
                        hours: spans,
                    }),
                }
            }
        }
    }
    Calendar {
        otherwise: period_name(most),
        rules,
        holidays: Holidays::None,
    }
}

/// The runs of hours that belong to a period.
fn hour_runs(hours: &[usize; 24], place: usize) -> Vec<Hours> {
    let mut spans: Vec<Hours> = Vec::new();
    for (hour, period) in (0_u32..).zip(hours) {
        if *period != place {
            continue;
        }
        match spans.last_mut() {
            Some(span) if span.until == hour => span.until = hour + 1,
            Some(_) | None => spans.push(Hours {
                from: hour,
                until: hour + 1,
            }),
        }
    }
    spans
}
