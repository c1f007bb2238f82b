//! Interval days and register days: packed rows by register, civil day and version. The newest version counts; none is ever changed.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::domain::ids::{ImportId, RegisterId};
use crate::domain::intervals::IntervalDay;
use crate::domain::intervals::packed::{self, PackedDay};
use crate::domain::intervals::series::SeriesDay;
use crate::domain::period::Period;
use crate::store::bulk::insert_all;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::ext::AmongMethods as _;
use crate::store::schema::{interval_days, register_days};

/// A version of a day of usage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UsageDay {
    /// Of which register.
    pub register_id: RegisterId,
    /// Which civil day.
    pub day: NaiveDate,
    /// Which version.
    pub version: i32,
    /// What was used.
    pub usage: IntervalDay,
}

/// A version of a day of a register's own values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisterDay {
    /// Of which register.
    pub register_id: RegisterId,
    /// Which civil day.
    pub day: NaiveDate,
    /// Which version.
    pub version: i32,
    /// What it showed.
    pub series: SeriesDay,
}

#[derive(Insertable)]
#[diesel(table_name = interval_days, treat_none_as_default_value = false)]
struct NewUsageDay {
    register_id: RegisterId,
    day: NaiveDate,
    version: i32,
    packed: Vec<u8>,
    import_id: Option<ImportId>,
}

#[derive(Insertable)]
#[diesel(table_name = register_days, treat_none_as_default_value = false)]
struct NewRegisterDay {
    register_id: RegisterId,
    day: NaiveDate,
    version: i32,
    packed: Vec<u8>,
    import_id: Option<ImportId>,
}

type Row = (RegisterId, NaiveDate, i32, Vec<u8>);

/// The newest version of each day of usage that these registers have in the period, by register and day.
pub fn list_usage(
    conn: &mut Conn,
    registers: &[RegisterId],
    period: Period,
) -> Result<Vec<UsageDay>, StoreError> {
    let mut days = Vec::new();
    for registers in registers.chunks(crate::store::bulk::ROWS) {
        let rows: Vec<Row> = interval_days::table
            .filter(interval_days::register_id.among(registers))
            .filter(interval_days::day.ge(period.from))
            .filter(interval_days::day.lt(period.until))
            .order((
                interval_days::register_id,
                interval_days::day,
                interval_days::version.desc(),
            ))
            .select((
                interval_days::register_id,
                interval_days::day,
                interval_days::version,
                interval_days::packed,
            ))
            .load(conn)?;
        for (register_id, day, version, bytes) in newest(rows) {
            let usage = packed::decode(&bytes).map_err(unreadable)?;
            days.push(UsageDay {
                register_id,
                day,
                version,
                usage,
            });
        }
    }
    Ok(days)
}

/// One version of one day of usage, as a bill used it.
pub fn get_usage(
    conn: &mut Conn,
    register: RegisterId,
    day: NaiveDate,
    version: i32,
) -> Result<IntervalDay, StoreError> {
    let bytes: Vec<u8> = interval_days::table
        .find((register, day, version))
        .select(interval_days::packed)
        .first(conn)?;
    packed::decode(&bytes).map_err(unreadable)
}

/// The newest version of each day of values that these registers have in the period, by register and day.
pub fn list_series(
    conn: &mut Conn,
    registers: &[RegisterId],
    period: Period,
) -> Result<Vec<RegisterDay>, StoreError> {
    let mut days = Vec::new();
    for registers in registers.chunks(crate::store::bulk::ROWS) {
        let rows: Vec<Row> = register_days::table
            .filter(register_days::register_id.among(registers))
            .filter(register_days::day.ge(period.from))
            .filter(register_days::day.lt(period.until))
            .order((
                register_days::register_id,
                register_days::day,
                register_days::version.desc(),
            ))
            .select((
                register_days::register_id,
                register_days::day,
                register_days::version,
                register_days::packed,
            ))
            .load(conn)?;
        for (register_id, day, version, bytes) in newest(rows) {
            let series = SeriesDay::decode(&bytes).map_err(unreadable)?;
            days.push(RegisterDay {
                register_id,
                day,
                version,
                series,
            });
        }
    }
    Ok(days)
}

/// The last day before this one on which the register has values, and the first from this one on.
pub fn find_neighbors(
    conn: &mut Conn,
    register: RegisterId,
    before: NaiveDate,
    from: NaiveDate,
) -> Result<(Option<NaiveDate>, Option<NaiveDate>), StoreError> {
    let of_register = register_days::table.filter(register_days::register_id.eq(register));
    let earlier = of_register
        .filter(register_days::day.lt(before))
        .order(register_days::day.desc())
        .select(register_days::day)
        .first(conn)
        .optional()?;
    let later = of_register
        .filter(register_days::day.ge(from))
        .order(register_days::day)
        .select(register_days::day)
        .first(conn)
        .optional()?;
    Ok((earlier, later))
}

/// The first and the last day on which a register has usage.
pub fn find_usage_range(
    conn: &mut Conn,
    register: RegisterId,
) -> Result<Option<(NaiveDate, NaiveDate)>, StoreError> {
    let of_register = interval_days::table.filter(interval_days::register_id.eq(register));
    let first = of_register
        .order(interval_days::day)
        .select(interval_days::day)
        .first(conn)
        .optional()?;
    let last = of_register
        .order(interval_days::day.desc())
        .select(interval_days::day)
        .first(conn)
        .optional()?;
    Ok(first.zip(last))
}

/// Records versions of days of usage, in the order of the key.
pub fn insert_usage(
    tx: &mut Tx<'_>,
    days: &[UsageDay],
    import: Option<ImportId>,
) -> Result<(), StoreError> {
    let rows: Vec<NewUsageDay> = days
        .iter()
        .map(|day| NewUsageDay {
            register_id: day.register_id,
            day: day.day,
            version: day.version,
            packed: PackedDay::encode(&day.usage).into_bytes(),
            import_id: import,
        })
        .collect();
    insert_all!(tx, interval_days::table, rows.as_slice())
}

/// Records versions of days of values, in the order of the key.
pub fn insert_series(
    tx: &mut Tx<'_>,
    days: &[RegisterDay],
    import: Option<ImportId>,
) -> Result<(), StoreError> {
    let mut rows = Vec::with_capacity(days.len());
    for day in days {
        let packed = day
            .series
            .encode()
            .ok_or_else(|| StoreError::Unreadable("values of a register day".to_owned()))?;
        rows.push(NewRegisterDay {
            register_id: day.register_id,
            day: day.day,
            version: day.version,
            packed,
            import_id: import,
        });
    }
    insert_all!(tx, register_days::table, rows.as_slice())
}

/// Of rows ordered by register, day and falling version, the first of each day.
fn newest(rows: Vec<Row>) -> impl Iterator<Item = Row> {
    let mut last = None;
    rows.into_iter().filter(move |(register, day, _, _)| {
        let key = Some((*register, *day));
        let is_newest = last != key;
        last = key;
        is_newest
    })
}

fn unreadable(error: packed::NotADay) -> StoreError {
    StoreError::Unreadable(error.to_string())
}
