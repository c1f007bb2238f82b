//! Named settings of the utility: its name, zone and, in a demonstration, the town's own clock.

use chrono::{NaiveDate, TimeDelta};
use diesel::prelude::*;

use crate::store::any::{AnyConnection, native};
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::store::kept::KeptDsl;
use crate::store::schema::settings;

/// The setting's text, if it is set.
pub fn find(conn: &mut AnyConnection, name: &str) -> Result<Option<String>, StoreError> {
    Ok(settings::table
        .find(name)
        .select(settings::value)
        .first(conn)
        .optional()?)
}

/// Sets or replaces a setting.
pub fn put(tx: &mut Tx<'_>, name: &str, value: &str) -> Result<(), StoreError> {
    let changed = diesel::update(settings::table.find(name))
        .set(settings::value.eq(value))
        .kept()
        .execute(tx.conn())?;
    if changed == 0 {
        diesel::insert_into(settings::table)
            .values((settings::name.eq(name), settings::value.eq(value)))
            .execute(tx.conn())?;
    }
    Ok(())
}

/// Sets what was not set yet; of two who do so at once, the first counts.
pub fn put_first(tx: &mut Tx<'_>, name: &str, value: &str) -> Result<(), StoreError> {
    let row = (settings::name.eq(name), settings::value.eq(value));
    native!(tx.conn(), |c| diesel::insert_into(settings::table)
        .values(row)
        .on_conflict_do_nothing()
        .execute(c))?;
    Ok(())
}

/// Set in a demonstration's database alone.
const DEMONSTRATION: &str = "demonstration";

/// How far a demonstration's clock is ahead of the world's.
const CLOCK_AHEAD: &str = "clock_ahead_seconds";

/// The last day of a demonstration whose jobs were done.
const LAST_DAY_PASSED: &str = "last_day_passed";

/// Set once a demonstration's town is whole.
const BUILT: &str = "town_built";

/// Whether a demonstration's town was built to its end.
pub fn is_built(conn: &mut AnyConnection) -> Result<bool, StoreError> {
    Ok(find(conn, BUILT)?.is_some())
}

/// Notes that a demonstration's town is whole.
pub fn mark_built(tx: &mut Tx<'_>) -> Result<(), StoreError> {
    put(tx, BUILT, "yes")
}

/// Whether the database is a demonstration's.
pub fn is_demonstration(conn: &mut AnyConnection) -> Result<bool, StoreError> {
    Ok(find(conn, DEMONSTRATION)?.is_some())
}

/// Marks the database as a demonstration's.
pub fn mark_demonstration(tx: &mut Tx<'_>) -> Result<(), StoreError> {
    put(tx, DEMONSTRATION, "yes")
}

/// How far the town's clock is ahead of the world's; nothing where it was never moved.
pub fn clock_ahead(conn: &mut AnyConnection) -> Result<TimeDelta, StoreError> {
    let Some(text) = find(conn, CLOCK_AHEAD)? else {
        return Ok(TimeDelta::zero());
    };
    let seconds = text.parse().ok().and_then(TimeDelta::try_seconds);
    seconds.ok_or_else(|| StoreError::Unreadable(format!("{CLOCK_AHEAD}: {text}")))
}

/// Keeps how far the town's clock is ahead.
pub fn mark_clock_ahead(tx: &mut Tx<'_>, ahead: TimeDelta) -> Result<(), StoreError> {
    put(tx, CLOCK_AHEAD, &ahead.num_seconds().to_string())
}

/// The last day of the town whose jobs were done; nothing where none was.
pub fn last_day_passed(conn: &mut AnyConnection) -> Result<Option<NaiveDate>, StoreError> {
    let Some(text) = find(conn, LAST_DAY_PASSED)? else {
        return Ok(None);
    };
    let day = text.parse().map(Some);
    day.map_err(|_not_a_day| StoreError::Unreadable(format!("{LAST_DAY_PASSED}: {text}")))
}

/// Keeps the last day of the town whose jobs were done.
pub fn mark_day_passed(tx: &mut Tx<'_>, day: NaiveDate) -> Result<(), StoreError> {
    put(tx, LAST_DAY_PASSED, &day.to_string())
}
