//! Reads for a cycle's read day: what a reporting register showed at the beginning of the day; where there is nothing, an estimate.
//! A bill run calls this before it drafts; what it records are reads like any other, with their verdicts.

use std::sync::Arc;

use chrono::{Days, NaiveDate};
use chrono_tz::Tz;

use crate::domain::ids::RegisterId;
use crate::domain::intervals::align::shown_at;
use crate::domain::intervals::calendar::CivilDay;
use crate::domain::intervals::series::SeriesPoint;
use crate::domain::period::Period;
use crate::domain::reads::{ReadQuality, ReadSource};
use crate::domain::vee::checks::Shown;
use crate::domain::vee::days::instant;
use crate::store;
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::usecases::reads::desk::{estimate, noon, vee_settings};
use crate::usecases::reads::registers::{Register, with_places};
use crate::usecases::reads::scalars::{Taken, Timeline, judge, timelines};
use crate::usecases::reads::series::align_rule;
use crate::usecases::reads::{Context, Decision, write};

/// What was done for a read day.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Closed {
    /// Registers that had a usable read for the day already.
    pub had: u64,
    /// Registers whose series gave one.
    pub taken: u64,
    /// Registers that were estimated.
    pub estimated: u64,
    /// Registers without a read and without a history: a bill must wait for a person.
    pub without: Vec<RegisterId>,
}

/// Makes sure that each register has a usable read on a read day, or says which have none. Repeating it adds nothing.
///
/// A read within `window` days before the day counts as the day's.
///
/// # Errors
/// Those of the database.
pub fn close_reads(
    tx: &mut Tx<'_>,
    zone: Tz,
    registers: &[RegisterId],
    on: NaiveDate,
    window: u64,
) -> Result<Closed, StoreError> {
    let stamp = tx.stamp;
    let context = Context {
        zone,
        settings: vee_settings(tx, on)?,
        now: stamp.at,
        import_id: None,
        recorded_by: stamp.by.name.clone(),
    };
    let rows = store::reads::list_registers(tx, registers)?;
    let known = with_places(tx, rows)?;
    let mut lines = timelines(tx, registers)?;
    let reporting: Vec<RegisterId> = known
        .iter()
        .filter(|register| register.resolution.is_some())
        .map(|register| register.id)
        .collect();
    let around = Period {
        from: on - Days::new(window + 1),
        until: on + Days::new(2),
    };
    let mut series: std::collections::HashMap<RegisterId, Vec<SeriesPoint>> = Default::default();
    for day in store::intervals::list_series(tx, &reporting, around)? {
        let points = series.entry(day.register_id).or_default();
        points.extend_from_slice(day.series.points());
    }
    let mut closed = Closed::default();
    let mut decision = Decision::default();
    let start = CivilDay::of(zone, on).start;
    for register in known {
        let line = lines.entry(register.id).or_default();
        if has_read(line, on, window) {
            closed.had += 1;
            continue;
        }
        let points = series.remove(&register.id).unwrap_or_default();
        let taken = at_midnight(&context, &register, &points, (on, start));
        let read = match taken {
            Some(shown) => {
                closed.taken += 1;
                Some(taken_from(shown, ReadSource::Ami))
            }
            None => estimate(tx, &register, (on, noon(zone, on)))?.map(|(shown, _)| {
                closed.estimated += 1;
                taken_from(shown, ReadSource::Estimate)
            }),
        };
        match read {
            Some(read) => judge(&context, &register, line, &read, &mut decision),
            None => closed.without.push(register.id),
        }
    }
    write(tx, &mut decision, None)?;
    Ok(closed)
}

fn taken_from(shown: Shown, source: ReadSource) -> Taken {
    Taken {
        shown,
        source,
        intervals: None,
    }
}

fn has_read(line: &Timeline, on: NaiveDate, window: u64) -> bool {
    let from = on - Days::new(window);
    line.0
        .iter()
        .any(|known| known.verdict.is_usable() && from <= known.on && known.on <= on)
}

/// What a reporting register showed when the day began, on the straight line between the believed values around it.
fn at_midnight(
    context: &Context,
    register: &Arc<Register>,
    points: &[SeriesPoint],
    (on, start): (NaiveDate, i64),
) -> Option<Shown> {
    register.resolution?;
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
