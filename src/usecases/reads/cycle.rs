//! Reads for the days on which billed periods begin and end: what a reporting register showed at the beginning of the day; where there is
//! nothing, and nobody waits any more, an estimate. A bill run asks for what its drafts lack; what it gets are reads like any other, with
//! their verdicts.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use chrono::{Days, NaiveDate};
use chrono_tz::Tz;

use crate::domain::exceptions::ExceptionReason;
use crate::domain::ids::{ReadId, RegisterId};
use crate::domain::intervals::align::shown_at;
use crate::domain::intervals::calendar::CivilDay;
use crate::domain::intervals::series::SeriesPoint;
use crate::domain::metered::WINDOW_DAYS;
use crate::domain::meters::Channel;
use crate::domain::period::Period;
use crate::domain::reads::{ReadQuality, ReadSource, ReadVerdict};
use crate::domain::vee::checks::Shown;
use crate::domain::vee::days::instant;
use crate::store;
use crate::store::audit::Deed;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::usecases::reads::class_averages::ClassAverages;
use crate::usecases::reads::desk::{estimate_after, noon, vee_settings};
use crate::usecases::reads::registers::{Register, with_places};
use crate::usecases::reads::scalars::{Taken, Timeline, judge, timelines};
use crate::usecases::reads::series::align_rule;
use crate::usecases::reads::{Context, Decision, write};

/// A register and a day around which it needs a read.
pub type ReadDay = (RegisterId, NaiveDate);

/// Whether an estimate may stand in for a read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Filling {
    /// The read is waited for.
    Waiting,
    /// The window is closed.
    Estimating,
}

/// What was done for the days asked for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Closed {
    /// Reads that were there already.
    pub had: u64,
    /// Reads that a register's series gave.
    pub taken: u64,
    /// Reads that were estimated.
    pub estimated: u64,
    /// Registers without a read and without a history, or with a read that somebody is still to look at: a bill must wait for a person.
    pub without: Vec<RegisterId>,
}

/// Makes sure that each register has a usable read around its day, or says which have none. A fixed number of queries, however many are
/// asked for. Repeating it adds nothing. An actual read of the day that somebody is still to look at is waited for: no estimate takes its
/// place. Once what was found about it is answered and it may not be used, an estimate stands in for it.
///
/// That estimates stand in a row is told by the bill that rests on them, not a second time by the read.
///
/// # Errors
/// Those of the database.
pub fn close_reads(
    tx: &mut Tx<'_>,
    zone: Tz,
    wanted: &[ReadDay],
    filling: Filling,
) -> Result<Closed, StoreError> {
    let stamp = tx.stamp;
    let context = Context {
        zone,
        settings: vee_settings(tx, stamp.on)?,
        now: stamp.at,
        import_id: None,
        recorded_by: stamp.by.name.clone(),
    };
    let mut wanted = wanted.to_vec();
    wanted.sort_unstable();
    wanted.dedup();
    let mut ids: Vec<RegisterId> = wanted.iter().map(|(register, _)| *register).collect();
    ids.dedup();
    let known = known(tx, &ids)?;
    let mut lines = timelines(tx, &ids)?;
    let series = series_around(tx, &known, &wanted)?;
    let looked_for = looked_for(tx, &lines, &wanted)?;
    let mut averages = ClassAverages::default();
    let mut closed = Closed::default();
    let mut decision = Decision::default();
    for (id, on) in wanted {
        let Some(register) = known.get(&id) else {
            continue;
        };
        let line = lines.entry(id).or_default();
        if has_read(line, on) {
            closed.had += 1;
            continue;
        }
        let points = series.get(&id).map(Vec::as_slice).unwrap_or_default();
        let taken = match at_midnight(&context, register, points, on) {
            Some(shown) => Some(taken_from(shown, ReadSource::Ami)),
            None if filling == Filling::Waiting || register.channel == Channel::Demand => None,
            None if looked_for.contains(&(id, on)) => None,
            None => estimate_after(tx, register, line, (on, noon(zone, on)), &mut averages)?
                .map(|(shown, _)| taken_from(shown, ReadSource::Estimate)),
        };
        let Some(mut taken) = taken else {
            closed.without.push(id);
            continue;
        };
        if taken.source == ReadSource::Estimate {
            closed.estimated += 1;
        } else {
            closed.taken += 1;
        }
        taken.class_daily = averages.for_newcomer(tx, register, (&*line, &taken.shown))?;
        judge(&context, register, line, &taken, &mut decision);
    }
    for (_, found) in &mut decision.reads {
        found.retain(|exception| exception.reason != ExceptionReason::ProlongedEstimation);
    }
    tell(tx, &closed)?;
    write(tx, &mut decision, None)?;
    Ok(closed)
}

fn known(
    conn: &mut Conn,
    ids: &[RegisterId],
) -> Result<HashMap<RegisterId, Arc<Register>>, StoreError> {
    let rows = store::reads::list_registers(conn, ids)?;
    let registers = with_places(conn, rows)?;
    Ok(registers.into_iter().map(|one| (one.id, one)).collect())
}

/// What reporting registers showed around the days they are asked for.
fn series_around(
    conn: &mut Conn,
    known: &HashMap<RegisterId, Arc<Register>>,
    wanted: &[ReadDay],
) -> Result<HashMap<RegisterId, Vec<SeriesPoint>>, StoreError> {
    let reports = |(id, _): &&ReadDay| known.get(id).is_some_and(|one| one.resolution.is_some());
    let mut ids: Vec<RegisterId> = wanted.iter().filter(reports).map(|(id, _)| *id).collect();
    ids.dedup();
    let days = || wanted.iter().filter(reports).map(|(_, on)| *on);
    let (Some(first), Some(last)) = (days().min(), days().max()) else {
        return Ok(HashMap::new());
    };
    let window = u64::from(WINDOW_DAYS);
    let around = Period {
        from: first - Days::new(window + 1),
        until: last + Days::new(2),
    };
    let mut series: HashMap<RegisterId, Vec<SeriesPoint>> = HashMap::new();
    for day in store::intervals::list_series(conn, &ids, around)? {
        let points = series.entry(day.register_id).or_default();
        points.extend_from_slice(day.series.points());
    }
    Ok(series)
}

fn tell(tx: &mut Tx<'_>, closed: &Closed) -> Result<(), StoreError> {
    if closed.taken + closed.estimated == 0 {
        return Ok(());
    }
    let on = tx.stamp.on.to_string();
    let deed = Deed {
        action: "reads.closed",
        subject_kind: "read_day",
        subject_id: on,
        account_id: None,
        facts: serde_json::json!({ "taken": closed.taken, "estimated": closed.estimated, "without": closed.without.len() }),
    };
    store::audit::insert(tx, &deed)
}

fn taken_from(shown: Shown, source: ReadSource) -> Taken {
    Taken {
        shown,
        source,
        intervals: None,
        class_daily: None,
    }
}

fn has_read(line: &Timeline, on: NaiveDate) -> bool {
    let window = i64::from(WINDOW_DAYS);
    let is_near = |day: NaiveDate| (day - on).num_days().abs() <= window;
    let mut usable = line.0.iter().filter(|known| known.verdict.is_usable());
    usable.any(|known| is_near(known.on))
}

/// The days whose actual read waits for a person who is still to look at it: an estimate would take its place, and nobody could accept it any
/// more.
fn looked_for(
    conn: &mut Conn,
    lines: &HashMap<RegisterId, Timeline>,
    wanted: &[ReadDay],
) -> Result<HashSet<ReadDay>, StoreError> {
    let mut held: Vec<(ReadId, ReadDay)> = Vec::new();
    for (register, on) in wanted {
        let line = lines.get(register).map(|line| line.0.as_slice());
        let of_day = line.unwrap_or_default().iter().filter(|known| {
            known.on == *on
                && known.verdict == ReadVerdict::Held
                && known.quality != ReadQuality::Estimated
        });
        held.extend(of_day.filter_map(|known| Some((known.id?, (*register, *on)))));
    }
    let ids: Vec<ReadId> = held.iter().map(|(id, _)| *id).collect();
    let open: HashSet<ReadId> = store::exceptions::list_open_reads(conn, &ids)?
        .into_iter()
        .collect();
    let waited = held.into_iter().filter(|(id, _)| open.contains(id));
    Ok(waited.map(|(_, day)| day).collect())
}

/// What a reporting register showed when the day began, on the straight line between the believed values around it.
fn at_midnight(
    context: &Context,
    register: &Register,
    points: &[SeriesPoint],
    on: NaiveDate,
) -> Option<Shown> {
    register.resolution?;
    let start = CivilDay::of(context.zone, on).start;
    let rule = align_rule(register, context.settings.limits(register.commodity()));
    let (value, quality) = shown_at(&rule, points, start)?;
    if quality == ReadQuality::Missing {
        return None;
    }
    Some(Shown {
        at: instant(start),
        on,
        value: value.normalize(),
        quality,
    })
}
