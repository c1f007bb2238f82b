//! Bill cycles and their calendars.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::dsl::{count_star, max};
use diesel::prelude::*;

use crate::domain::bills::RunStatus;
use crate::domain::cycles::{CalendarRule, FallsOn, PeriodDates};
use crate::domain::ids::{CycleId, CyclePeriodId};
use crate::domain::period::Period;
use crate::store::bulk::insert_all;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::schema::{accounts, bill_runs, cycle_periods, cycles};

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
    /// The day of the month on which meters are read.
    pub read_day: i32,
    /// On which days meters are read and bills issued.
    pub falls_on: FallsOn,
    /// Days from the day of reading to that of issue.
    pub issue_after: i32,
    /// Days from issue to due.
    pub due_after: i32,
}

impl CycleRow {
    /// The rule by which its calendar goes on.
    #[must_use]
    pub fn rule(&self) -> CalendarRule {
        let whole = |number: i32| u32::try_from(number).unwrap_or_default();
        CalendarRule {
            months: whole(self.months),
            read_day: whole(self.read_day),
            falls_on: self.falls_on,
            issue_after: whole(self.issue_after),
            due_after: whole(self.due_after),
        }
    }

    /// Whether a period of so many days is of normal length.
    #[must_use]
    pub fn is_normal(&self, days: u32) -> bool {
        let days = i64::from(days);
        i64::from(self.least_days) <= days && days <= i64::from(self.most_days)
    }
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
    /// A row of the calendar.
    #[must_use]
    pub const fn of(id: CyclePeriodId, cycle_id: CycleId, dates: &PeriodDates) -> Self {
        Self {
            id,
            cycle_id,
            from_on: dates.from_on,
            read_on: dates.read_on,
            window_opens_on: dates.window_opens_on,
            window_closes_on: dates.window_closes_on,
            issue_on: dates.issue_on,
            due_on: dates.due_on,
        }
    }

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

/// What of a cycle's calendar is read on a day or later, oldest first.
pub fn list_periods_since(
    conn: &mut Conn,
    cycle: CycleId,
    since: NaiveDate,
) -> Result<Vec<CyclePeriodRow>, StoreError> {
    Ok(cycle_periods::table
        .filter(cycle_periods::cycle_id.eq(cycle))
        .filter(cycle_periods::read_on.ge(since))
        .order(cycle_periods::read_on)
        .select(CyclePeriodRow::as_select())
        .load(conn)?)
}

/// How far each cycle's calendar goes: the last day on which meters are read.
pub fn list_last_reads(conn: &mut Conn) -> Result<HashMap<CycleId, NaiveDate>, StoreError> {
    let rows: Vec<(CycleId, Option<NaiveDate>)> = cycle_periods::table
        .group_by(cycle_periods::cycle_id)
        .select((cycle_periods::cycle_id, max(cycle_periods::read_on)))
        .load(conn)?;
    let known = rows.into_iter().filter_map(|(id, last)| Some((id, last?)));
    Ok(known.collect())
}

/// How many accounts each cycle bills.
pub fn count_accounts(conn: &mut Conn) -> Result<HashMap<CycleId, i64>, StoreError> {
    let rows: Vec<(CycleId, i64)> = accounts::table
        .group_by(accounts::cycle_id)
        .select((accounts::cycle_id, count_star()))
        .load(conn)?;
    Ok(rows.into_iter().collect())
}

/// Each cycle's first period that is read on a day or later.
pub fn list_next_periods(
    conn: &mut Conn,
    on: NaiveDate,
) -> Result<HashMap<CycleId, CyclePeriodRow>, StoreError> {
    let rows: Vec<CyclePeriodRow> = cycle_periods::table
        .filter(cycle_periods::read_on.ge(on))
        // The first of them is read into the map last.
        .order(cycle_periods::read_on.desc())
        .select(CyclePeriodRow::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(|row| (row.cycle_id, row)).collect())
}

/// The period that follows another in its cycle's calendar.
pub fn find_next(
    conn: &mut Conn,
    period: &CyclePeriodRow,
) -> Result<Option<CyclePeriodRow>, StoreError> {
    Ok(cycle_periods::table
        .filter(cycle_periods::cycle_id.eq(period.cycle_id))
        .filter(cycle_periods::read_on.gt(period.read_on))
        .order(cycle_periods::read_on)
        .select(CyclePeriodRow::as_select())
        .first(conn)
        .optional()?)
}

/// The runs of these periods that were not given up, as far as each has come.
pub fn list_runs(
    conn: &mut Conn,
    periods: &[CyclePeriodId],
) -> Result<HashMap<CyclePeriodId, RunStatus>, StoreError> {
    let rows: Vec<(CyclePeriodId, RunStatus)> = bill_runs::table
        .filter(bill_runs::cycle_period_id.eq_any(periods))
        .filter(bill_runs::status.ne(RunStatus::Void))
        .order(bill_runs::attempt)
        .select((bill_runs::cycle_period_id, bill_runs::status))
        .load(conn)?;
    Ok(rows.into_iter().collect())
}

/// Gives a period other dates.
pub fn mark_moved(
    tx: &mut Tx<'_>,
    id: CyclePeriodId,
    dates: &PeriodDates,
) -> Result<(), StoreError> {
    diesel::update(cycle_periods::table.find(id))
        .set((
            cycle_periods::from_on.eq(dates.from_on),
            cycle_periods::read_on.eq(dates.read_on),
            cycle_periods::window_opens_on.eq(dates.window_opens_on),
            cycle_periods::window_closes_on.eq(dates.window_closes_on),
            cycle_periods::issue_on.eq(dates.issue_on),
            cycle_periods::due_on.eq(dates.due_on),
        ))
        .execute(tx.conn())?;
    Ok(())
}
