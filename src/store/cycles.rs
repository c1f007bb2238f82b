//! Bill cycles and their calendars.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::domain::ids::{CycleId, CyclePeriodId};
use crate::domain::period::Period;
use crate::store::bulk::insert_all;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::schema::{cycle_periods, cycles};

/// A bill cycle.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = cycles, treat_none_as_default_value = false)]
pub struct CycleRow {
    /// Row id.
    pub id: CycleId,
    /// Short code.
    pub code: String,
    /// What the office calls it.
    pub name: String,
    /// Months a period stands for.
    pub months: i32,
    /// Fewest days of a normal period.
    pub least_days: i32,
    /// Most days of a normal period.
    pub most_days: i32,
}

/// One period of a cycle's calendar.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = cycle_periods, treat_none_as_default_value = false)]
pub struct CyclePeriodRow {
    /// Row id.
    pub id: CyclePeriodId,
    /// The cycle.
    pub cycle_id: CycleId,
    /// First day billed.
    pub from_on: NaiveDate,
    /// The day meters are read; the first day of the next period.
    pub read_on: NaiveDate,
    /// First day on which a read counts for this period.
    pub window_opens_on: NaiveDate,
    /// Last day on which a read is waited for.
    pub window_closes_on: NaiveDate,
    /// The day bills are dated.
    pub issue_on: NaiveDate,
    /// The day bills fall due.
    pub due_on: NaiveDate,
}

impl CyclePeriodRow {
    /// The days billed.
    #[must_use]
    pub fn period(&self) -> Period {
        Period {
            from: self.from_on,
            until: self.read_on,
        }
    }
}

/// Records cycles.
pub fn insert_all_rows(tx: &mut Tx<'_>, rows: &[CycleRow]) -> Result<(), StoreError> {
    insert_all!(tx, cycles::table, rows)
}

/// Records parts of calendars.
pub fn insert_periods(tx: &mut Tx<'_>, rows: &[CyclePeriodRow]) -> Result<(), StoreError> {
    insert_all!(tx, cycle_periods::table, rows)
}

/// All cycles, by code.
pub fn list(conn: &mut Conn) -> Result<Vec<CycleRow>, StoreError> {
    Ok(cycles::table
        .order(cycles::code)
        .select(CycleRow::as_select())
        .load(conn)?)
}

/// The cycle, which must exist.
pub fn get(conn: &mut Conn, id: CycleId) -> Result<CycleRow, StoreError> {
    cycles::table
        .find(id)
        .select(CycleRow::as_select())
        .first(conn)
        .optional()?
        .ok_or(StoreError::Missing("cycle"))
}

/// The period, which must exist.
pub fn get_period(conn: &mut Conn, id: CyclePeriodId) -> Result<CyclePeriodRow, StoreError> {
    let row = cycle_periods::table
        .find(id)
        .select(CyclePeriodRow::as_select())
        .first(conn)
        .optional()?;
    row.ok_or(StoreError::Missing("cycle period"))
}

/// A cycle's calendar, oldest first.
pub fn list_periods(conn: &mut Conn, cycle: CycleId) -> Result<Vec<CyclePeriodRow>, StoreError> {
    Ok(cycle_periods::table
        .filter(cycle_periods::cycle_id.eq(cycle))
        .order(cycle_periods::read_on)
        .select(CyclePeriodRow::as_select())
        .load(conn)?)
}
