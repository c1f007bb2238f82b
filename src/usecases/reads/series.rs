//! Values of registers that report in slots: kept as they came, and worked out anew into usage around every day that changed.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{Days, NaiveDate};

use crate::domain::ids::RegisterId;
use crate::domain::intervals::align::{AlignRule, Aligned, align};
use crate::domain::intervals::calendar::{Calendar, CivilDay};
use crate::domain::intervals::series::{SeriesDay, SeriesPoint, same_usage};
use crate::domain::intervals::{IntervalDay, Merged, Resolution};
use crate::domain::period::Period;
use crate::domain::reads::ReadQuality;
use crate::domain::vee::Finding;
use crate::domain::vee::days::{DayRule, check_day, instant};
use crate::domain::vee::settings::Limits;
use crate::store;
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::intervals::{RegisterDay, UsageDay};
use crate::usecases::reads::incoming::Incoming;
use crate::usecases::reads::registers::Register;
use crate::usecases::reads::{Context, Decision, count, distinct, exception};

/// How far around the changed days values are looked up at once.
const AROUND: Days = Days::new(3);
/// A register that was silent for longer is not spread over the silence.
const LONGEST_SILENCE: u64 = 400;

type Kept = BTreeMap<NaiveDate, (i32, SeriesDay)>;

/// Decides the register days of a chunk, and the usage that follows from them.
pub(crate) fn decide(
    conn: &mut Conn,
    context: &Context,
    incoming: &Incoming,
    decision: &mut Decision,
) -> Result<(), StoreError> {
    let points = incoming.series.values().flatten();
    let (Some(first), Some(last)) = (
        points.clone().map(|point| point.at).min(),
        points.map(|point| point.at).max(),
    ) else {
        return Ok(());
    };
    let mut calendar = Calendar::new(context.zone);
    let (first, last) = (calendar.day_of(first).day, calendar.day_of(last).day);
    let registers = distinct(incoming.series.keys().copied());
    let period = Period {
        from: first - AROUND,
        until: last + AROUND,
    };
    let mut kept: HashMap<RegisterId, Kept> = HashMap::new();
    for day in store::intervals::list_series(conn, &registers, period)? {
        let days = kept.entry(day.register_id).or_default();
        days.insert(day.day, (day.version, day.series));
    }
    for (id, points) in &incoming.series {
        let Some(register) = incoming.registers.get(id) else {
            continue;
        };
        let mut days = kept.remove(id).unwrap_or_default();
        let changed = lay(&mut days, points, &mut calendar, decision);
        let (Some(first), Some(last)) = (changed.first().copied(), changed.last().copied()) else {
            continue;
        };
        let changed_rows = changed.iter().filter_map(|day| {
            let (version, series) = days.get(day)?;
            let (version, series) = (*version, series.clone());
            Some(RegisterDay {
                register_id: *id,
                day: *day,
                version,
                series,
            })
        });
        decision.series.extend(changed_rows);
        let window = around(conn, *id, &mut days, (first, last))?;
        let worked_out = Work {
            context,
            register,
            days: &days,
            window,
        };
        worked_out.usage(conn, &mut calendar, decision)?;
    }
    Ok(())
}

/// Lays new values over the kept days; gives the days that changed, with their versions raised.
fn lay(
    days: &mut Kept,
    points: &[SeriesPoint],
    calendar: &mut Calendar,
    decision: &mut Decision,
) -> BTreeSet<NaiveDate> {
    let mut changed = BTreeSet::new();
    for point in points {
        let day = calendar.day_of(point.at).day;
        let (version, series) = days.entry(day).or_default();
        let mut merged = Merged::default();
        series.add(*point, &mut merged);
        decision.counts.accepted += i64::from(merged.added);
        decision.counts.corrections += i64::from(merged.corrected);
        decision.counts.duplicates += i64::from(merged.unchanged);
        if merged.added + merged.corrected > 0 && changed.insert(day) {
            *version += 1;
        }
    }
    changed
}

/// The days from the last with values before the change to the first after it, with those values at hand.
fn around(
    conn: &mut Conn,
    register: RegisterId,
    days: &mut Kept,
    (first, last): (NaiveDate, NaiveDate),
) -> Result<(NaiveDate, NaiveDate), StoreError> {
    let after = last + Days::new(1);
    let mut earlier = days.range(..first).next_back().map(|(day, _)| *day);
    let mut later = days.range(after..).next().map(|(day, _)| *day);
    if earlier.is_none() || later.is_none() {
        let found = store::intervals::find_neighbors(conn, register, first, after)?;
        for day in [found.0, found.1].into_iter().flatten() {
            if days.contains_key(&day) {
                continue;
            }
            let period = Period {
                from: day,
                until: day + Days::new(1),
            };
            for row in store::intervals::list_series(conn, &[register], period)? {
                days.insert(row.day, (row.version, row.series));
            }
        }
        earlier = earlier.or(found.0);
        later = later.or(found.1);
    }
    let silence = Days::new(LONGEST_SILENCE);
    let from = earlier
        .filter(|day| *day + silence >= first)
        .unwrap_or(first);
    let until = later.filter(|day| last + silence >= *day).unwrap_or(last);
    Ok((from, until))
}

/// Usage to be worked out for one register.
struct Work<'a> {
    context: &'a Context,
    register: &'a Register,
    days: &'a Kept,
    window: (NaiveDate, NaiveDate),
}

impl Work<'_> {
    fn usage(
        &self,
        conn: &mut Conn,
        calendar: &mut Calendar,
        decision: &mut Decision,
    ) -> Result<(), StoreError> {
        let (register, limits) = (self.register, self.limits());
        let resolution = register.resolution.unwrap_or(Resolution::Hour);
        let points: Vec<SeriesPoint> = self
            .days
            .values()
            .flat_map(|(_, series)| series.points().iter().copied())
            .collect();
        let civil: Vec<CivilDay> = self
            .window
            .0
            .iter_days()
            .take_while(|day| *day <= self.window.1)
            .map(|day| calendar.day(day))
            .collect();
        let rule = align_rule(register, limits);
        let Some(aligned) = align(&rule, &points, &civil) else {
            return Err(StoreError::Unreadable(format!(
                "values of register {}",
                register.id
            )));
        };
        self.report(&aligned, calendar, decision);
        let period = Period {
            from: self.window.0,
            until: self.window.1 + Days::new(1),
        };
        let mut kept: HashMap<NaiveDate, UsageDay> =
            store::intervals::list_usage(conn, &[register.id], period)?
                .into_iter()
                .map(|day| (day.day, day))
                .collect();
        let day_rule = DayRule::new(limits, register.unit, resolution);
        for (civil, mut usage) in civil.into_iter().zip(aligned.days) {
            let findings = check_day(&day_rule, civil, &mut usage);
            let about = format!("usage:{}:{}", register.id, civil.day);
            let found = |finding: &Finding| exception(finding, register, civil.day, &about);
            decision
                .exceptions
                .extend(findings.iter().filter_map(found));
            let before = kept.remove(&civil.day);
            if let Some(before) = &before {
                keep_known(&mut usage, &before.usage);
            }
            let is_empty = usage.count(ReadQuality::Missing) == usage.slots();
            let is_same = before
                .as_ref()
                .is_some_and(|before| same_usage(&before.usage, &usage));
            if !(is_same || is_empty && before.is_none()) {
                decision.usage.push(UsageDay {
                    register_id: register.id,
                    day: civil.day,
                    version: before.map_or(0, |before| before.version) + 1,
                    usage,
                });
            }
        }
        Ok(())
    }

    fn limits(&self) -> &Limits {
        self.context.settings.limits(self.register.commodity())
    }

    /// Long gaps, and values that were not believed, day by day.
    fn report(&self, aligned: &Aligned, calendar: &mut Calendar, decision: &mut Decision) {
        let register = self.register;
        for gap in &aligned.gaps {
            let day = calendar.day_of(gap.from).day;
            let finding = Finding::IntervalGap {
                from: instant(gap.from),
                until: instant(gap.until),
            };
            let about = format!("series:{}:{}", register.id, gap.from);
            decision
                .exceptions
                .extend(exception(&finding, register, day, &about));
        }
        let mut by_day: BTreeMap<NaiveDate, Vec<_>> = BTreeMap::new();
        for value in &aligned.set_aside {
            by_day
                .entry(calendar.day_of(value.at).day)
                .or_default()
                .push(value);
        }
        for (day, values) in by_day {
            let Some(first) = values.first() else {
                continue;
            };
            decision.counts.held += count(values.len());
            let finding = Finding::FallingRegister {
                day,
                values: u32::try_from(values.len()).unwrap_or(u32::MAX),
                shown: first.shown,
                beside: first.beside,
            };
            let about = format!("series:{}:{day}", register.id);
            decision
                .exceptions
                .extend(exception(&finding, register, day, &about));
        }
    }
}

/// How a register's values become slots.
pub(crate) fn align_rule(register: &Register, limits: &Limits) -> AlignRule {
    let tremble = Limits::amount(limits.tremble, register.unit).unwrap_or_default();
    AlignRule {
        face: register.face,
        resolution: register.resolution.unwrap_or(Resolution::Hour),
        tremble: tremble
            .checked_div(register.face.multiplier)
            .unwrap_or_default(),
        long_gap: i64::from(limits.long_gap_hours) * 3_600,
    }
}

/// What was known of a slot that cannot be worked out from the values at hand stays.
fn keep_known(usage: &mut IntervalDay, before: &IntervalDay) {
    if usage.resolution() != before.resolution() || usage.is_complete() {
        return;
    }
    for slot in 0..usage.slots() {
        if usage.get(slot).is_none()
            && let Some((value, quality)) = before.get(slot)
        {
            usage.set(slot, value, quality);
        }
    }
}
