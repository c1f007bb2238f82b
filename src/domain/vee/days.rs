//! The checks on interval days: gaps, negative values, spikes. Short gaps are filled from their neighbors; a spike is taken out.

use chrono::{DateTime, NaiveDateTime};
use rust_decimal::Decimal;

use crate::domain::intervals::calendar::CivilDay;
use crate::domain::intervals::scaled::Scaled;
use crate::domain::intervals::{IntervalDay, Resolution};
use crate::domain::quantity::Unit;
use crate::domain::reads::ReadQuality;
use crate::domain::vee::Finding;
use crate::domain::vee::settings::Limits;

/// The thresholds for the days of one register.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayRule {
    /// The most a slot is believed to hold.
    pub most: Option<Decimal>,
    /// Gaps up to so many slots are filled.
    pub fill_slots: usize,
}

impl DayRule {
    /// The thresholds of a register with this unit and resolution.
    #[must_use]
    pub fn new(limits: &Limits, unit: Unit, resolution: Resolution) -> Self {
        let minutes = resolution.minutes();
        let fill = i64::from(limits.fill_minutes) / minutes;
        Self {
            most: Limits::amount(limits.most_per_hour, unit)
                .map(|most| most * Decimal::from(minutes) / Decimal::from(60)),
            fill_slots: usize::try_from(fill).unwrap_or(0),
        }
    }
}

/// Checks and mends one day.
pub fn check_day(rule: &DayRule, civil: CivilDay, day: &mut IntervalDay) -> Vec<Finding> {
    let mut findings = Vec::new();
    check_values(rule, civil, day, &mut findings);
    if !day.is_complete() {
        check_gaps(rule, civil, day, &mut findings);
    }
    findings
}

fn check_values(
    rule: &DayRule,
    civil: CivilDay,
    day: &mut IntervalDay,
    findings: &mut Vec<Finding>,
) {
    let (lowest, highest) = day.units().iter().fold((0, 0), |(low, high), unit| {
        (*unit.min(&low), *unit.max(&high))
    });
    let number = |units| Decimal::new(units, u32::from(day.scale()));
    if lowest < 0 {
        findings.push(Finding::NegativeInterval {
            day: civil.day,
            usage: number(lowest),
        });
    }
    let Some(most) = rule.most.filter(|most| number(highest) > *most) else {
        return;
    };
    findings.push(Finding::Spike {
        day: civil.day,
        usage: number(highest),
        most,
    });
    for slot in 0..day.slots() {
        if day
            .get(slot)
            .is_some_and(|(value, _)| value.to_decimal() > most)
        {
            day.clear(slot);
        }
    }
}

/// Fills short gaps between values of the day with the mean of both neighbors, and reports the others. What is missing before the first
/// value or after the last may still come, or lies in the next day's file.
fn check_gaps(rule: &DayRule, civil: CivilDay, day: &mut IntervalDay, findings: &mut Vec<Finding>) {
    let mut before: Option<(usize, Scaled)> = None;
    for slot in 0..day.slots() {
        let Some((value, _)) = day.get(slot) else {
            continue;
        };
        if let Some((last, left)) = before.filter(|(last, _)| slot - last > 1) {
            if slot - last - 1 <= rule.fill_slots {
                let mean = Scaled {
                    units: left.units.midpoint(value.units),
                    scale: day.scale(),
                };
                for missing in last + 1..slot {
                    day.set(missing, mean, ReadQuality::Estimated);
                }
            } else {
                findings.push(gap(civil, day.resolution(), last + 1, slot));
            }
        }
        before = Some((slot, value));
    }
}

fn gap(civil: CivilDay, resolution: Resolution, from: usize, until: usize) -> Finding {
    let at = |slot: usize| {
        let slots = i64::try_from(slot).unwrap_or(0);
        instant(civil.start + slots * resolution.seconds())
    };
    Finding::IntervalGap {
        from: at(from),
        until: at(until),
    }
}

/// Seconds since 1970 as an instant.
#[must_use]
pub fn instant(seconds: i64) -> NaiveDateTime {
    DateTime::from_timestamp(seconds, 0)
        .unwrap_or_default()
        .naive_utc()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::vee::settings::VeeSettings;
    use chrono::NaiveDate;

    fn check(values: &[Option<i64>]) -> (IntervalDay, Vec<&'static str>) {
        let civil = CivilDay::of(chrono_tz::UTC, NaiveDate::from_ymd_opt(2026, 6, 1).unwrap());
        let mut day = IntervalDay::empty(Resolution::Hour, 24);
        for (slot, value) in values.iter().enumerate() {
            if let Some(units) = value {
                day.set(
                    slot,
                    Scaled {
                        units: *units,
                        scale: 0,
                    },
                    ReadQuality::Actual,
                );
            }
        }
        let rule = DayRule::new(
            &VeeSettings::default().electric,
            Unit::Kwh,
            Resolution::Hour,
        );
        let words = check_day(&rule, civil, &mut day)
            .iter()
            .map(Finding::word)
            .collect();
        (day, words)
    }

    #[test]
    fn a_short_gap_is_filled_and_a_long_one_is_shown() {
        let (day, words) = check(&[Some(4), None, None, Some(8), None, None, None, Some(1)]);
        assert_eq!(day.units()[..5], [4, 6, 6, 8, 0]);
        assert_eq!(day.qualities()[1], ReadQuality::Estimated);
        assert_eq!(words, ["interval_gap"]);
    }

    #[test]
    fn a_spike_is_taken_out_and_a_negative_value_is_shown() {
        let (day, words) = check(&[Some(4), Some(90_000), Some(-2)]);
        assert_eq!(words, ["negative_interval", "spike"]);
        assert_eq!(day.qualities()[1], ReadQuality::Estimated);
        assert_eq!(day.units()[1], 1);
    }
}
