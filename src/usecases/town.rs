//! The demonstration town: its mark, which production refuses, and its clock, which no other database has.

use chrono::{NaiveDate, TimeDelta};
use serde_json::json;

use crate::domain::stamp::ActorKind;
use crate::store;
use crate::store::audit::Deed;
use crate::store::db::Tx;
use crate::store::error::StoreError;

/// Why the town refused something.
#[derive(Debug, thiserror::Error)]
pub enum TownError {
    /// Only a demonstration has a clock of its own.
    #[error("this is no demonstration")]
    NoDemonstration,
    /// A utility works in this database.
    #[error("a utility works in this database")]
    NotEmpty,
    /// A town's clock goes forward: what happened there stays in its past.
    #[error("the clock goes forward only")]
    Backward,
    /// Nobody waits through more than a year at once.
    #[error("the clock moves at most {MOST_DAYS} days at once")]
    TooFar,
    /// The database failed.
    #[error(transparent)]
    Fault(#[from] StoreError),
}

/// Marks an empty database as a demonstration's, for good.
///
/// # Errors
/// `NotEmpty` where somebody works in it, or a fault.
pub fn mark(tx: &mut Tx<'_>) -> Result<(), TownError> {
    if store::staff::is_anybody(tx)? || !store::cycles::list(tx)?.is_empty() {
        return Err(TownError::NotEmpty);
    }
    store::settings::mark_demonstration(tx)?;
    record(tx, "town.marked", json!({}))
}

/// Notes that a demonstration's town is whole: until then nobody is let in, and its building begins anew.
///
/// # Errors
/// `NoDemonstration`, or a fault.
pub fn finish(tx: &mut Tx<'_>) -> Result<(), TownError> {
    if !store::settings::is_demonstration(tx)? {
        return Err(TownError::NoDemonstration);
    }
    store::settings::mark_built(tx)?;
    record(tx, "town.built", json!({}))
}

/// How far people move the clock at once, in days.
const MOST_DAYS: i64 = 366;

/// Moves the town's clock so far ahead of the world's. People move it forward only; whoever builds the town sets it as history goes.
///
/// # Errors
/// `NoDemonstration`, `Backward`, `TooFar`, or a fault.
pub fn move_clock(tx: &mut Tx<'_>, ahead: TimeDelta) -> Result<(), TownError> {
    if !store::settings::is_demonstration(tx)? {
        return Err(TownError::NoDemonstration);
    }
    if tx.stamp.by.kind == ActorKind::Staff {
        let now = store::settings::clock_ahead(tx)?;
        if ahead < now {
            return Err(TownError::Backward);
        }
        if ahead - now > TimeDelta::days(MOST_DAYS) {
            return Err(TownError::TooFar);
        }
    }
    store::settings::mark_clock_ahead(tx, ahead)?;
    record(
        tx,
        "town.clock_moved",
        json!({ "ahead_seconds": ahead.num_seconds() }),
    )
}

/// Notes that the jobs of a day of the town were done.
///
/// # Errors
/// A fault.
pub fn pass_day(tx: &mut Tx<'_>, day: NaiveDate) -> Result<(), TownError> {
    store::settings::mark_day_passed(tx, day)?;
    record(tx, "town.day_passed", json!({ "day": day }))
}

fn record(tx: &mut Tx<'_>, action: &str, facts: serde_json::Value) -> Result<(), TownError> {
    let deed = Deed {
        action,
        subject_kind: "setting",
        subject_id: "town".to_owned(),
        account_id: None,
        facts,
    };
    Ok(store::audit::insert(tx, &deed)?)
}
