//! The office's first page: runs in progress, the latest imports, what was paid today. Reads only, each bounded.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use diesel::sql_types::Bool;

use crate::domain::bills::RunStatus;
use crate::domain::ids::{BillRunId, ImportId};
use crate::domain::money::Money;
use crate::domain::payments::PaymentState;
use crate::store::any::native;
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::ext::sum_i64;
use crate::store::kept::KeptDsl;
use crate::store::schema::{bill_runs, cycle_periods, cycles, imports, open_items, payments};

/// A bill run with the cycle and period it bills.
#[derive(Debug, Clone, Queryable)]
pub struct RunLine {
    /// Row id.
    pub id: BillRunId,
    /// The cycle's name.
    pub cycle: String,
    /// First day billed.
    pub from_on: NaiveDate,
    /// The day of the reads; the first day not billed any more.
    pub read_on: NaiveDate,
    /// How far it has come.
    pub status: RunStatus,
    /// Which try it is.
    pub attempt: i32,
    /// How many accounts it bills.
    pub accounts_total: i64,
    /// How many it has looked at.
    pub accounts_done: i64,
    /// How many bills it drafted.
    pub bills_drafted: i64,
    /// How many exceptions it found.
    pub exceptions_found: i64,
    /// What the bills come to.
    pub amount: Money,
    /// Who started it.
    pub started_by: String,
    /// When, in UTC.
    pub started_at: NaiveDateTime,
}

/// One import.
#[derive(Debug, Clone, Queryable)]
pub struct ImportLine {
    /// Row id.
    pub id: ImportId,
    /// The file's name.
    pub file_name: String,
    /// Its format.
    pub format: String,
    /// Running, finished or failed.
    pub status: String,
    /// Values taken.
    pub accepted: i64,
    /// Values known before.
    pub duplicates: i64,
    /// Values that correct earlier ones.
    pub corrections: i64,
    /// Values that wait for a person.
    pub held: i64,
    /// Lines that could not be read.
    pub rejected: i64,
    /// Who sent it.
    pub started_by: String,
    /// When, in UTC.
    pub started_at: NaiveDateTime,
}

/// What is owed to the utility.
#[derive(Debug, Clone, Copy, Default)]
pub struct Owed {
    /// In all.
    pub total: Money,
    /// Past its due date.
    pub past_due: Money,
}

/// The latest bill runs, newest first.
pub fn list_runs(conn: &mut Conn, (limit, offset): (i64, i64)) -> Result<Vec<RunLine>, StoreError> {
    Ok(bill_runs::table
        .inner_join(cycle_periods::table.inner_join(cycles::table))
        .order(bill_runs::id.desc())
        .limit(limit)
        .offset(offset)
        .select((
            bill_runs::id,
            cycles::name,
            cycle_periods::from_on,
            cycle_periods::read_on,
            bill_runs::status,
            bill_runs::attempt,
            bill_runs::accounts_total,
            bill_runs::accounts_done,
            bill_runs::bills_drafted,
            bill_runs::exceptions_found,
            bill_runs::amount_cents,
            bill_runs::started_by,
            bill_runs::started_at,
        ))
        .load(conn)?)
}

/// One run.
pub fn find_run(conn: &mut Conn, id: BillRunId) -> Result<Option<RunLine>, StoreError> {
    Ok(bill_runs::table
        .inner_join(cycle_periods::table.inner_join(cycles::table))
        .filter(bill_runs::id.eq(id))
        .select((
            bill_runs::id,
            cycles::name,
            cycle_periods::from_on,
            cycle_periods::read_on,
            bill_runs::status,
            bill_runs::attempt,
            bill_runs::accounts_total,
            bill_runs::accounts_done,
            bill_runs::bills_drafted,
            bill_runs::exceptions_found,
            bill_runs::amount_cents,
            bill_runs::started_by,
            bill_runs::started_at,
        ))
        .first(conn)
        .optional()?)
}

/// The latest imports, newest first.
pub fn list_imports(conn: &mut Conn, limit: i64) -> Result<Vec<ImportLine>, StoreError> {
    Ok(imports::table
        .order(imports::id.desc())
        .limit(limit)
        .select((
            imports::id,
            imports::file_name,
            imports::format,
            imports::status,
            imports::accepted,
            imports::duplicates,
            imports::corrections,
            imports::held,
            imports::rejected,
            imports::started_by,
            imports::started_at,
        ))
        .load(conn)?)
}

/// How many payments were asked for on a day, and what they come to, by where they stand.
pub fn list_payments_of(
    conn: &mut Conn,
    on: NaiveDate,
) -> Result<Vec<(PaymentState, i64, Money)>, StoreError> {
    let rows: Vec<(PaymentState, i64, Option<i64>)> = payments::table
        .filter(payments::requested_on.eq(on))
        .group_by(payments::state)
        .select((
            payments::state,
            diesel::dsl::count_star(),
            sum_i64(payments::amount_cents),
        ))
        .load(conn)?;
    Ok(rows
        .into_iter()
        .map(|(state, count, cents)| (state, count, Money::from_cents(cents.unwrap_or_default())))
        .collect())
}

/// What is owed on a day, and how much of it is late.
pub fn owed(conn: &mut Conn, on: NaiveDate) -> Result<Owed, StoreError> {
    let total: Option<i64> = open_items::table
        .select(sum_i64(open_items::remaining_cents))
        .first(conn)?;
    let past_due: Option<i64> = open_items::table
        .filter(open_items::due_on.lt(on))
        .select(sum_i64(open_items::remaining_cents))
        .first(conn)?;
    Ok(Owed {
        total: Money::from_cents(total.unwrap_or_default()),
        past_due: Money::from_cents(past_due.unwrap_or_default()),
    })
}

/// What a utility has of what a bill stands on.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is there or not, whatever the others are"
)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, QueryableByName)]
pub struct Grounds {
    /// A bill cycle.
    #[diesel(sql_type = Bool)]
    pub has_cycle: bool,
    /// A published rate.
    #[diesel(sql_type = Bool)]
    pub has_rate: bool,
    /// A point where something is delivered.
    #[diesel(sql_type = Bool)]
    pub has_point: bool,
    /// An account.
    #[diesel(sql_type = Bool)]
    pub has_account: bool,
}

impl Grounds {
    /// Whether the first bill can be made.
    #[must_use]
    pub const fn is_whole(&self) -> bool {
        self.has_cycle && self.has_rate && self.has_point && self.has_account
    }
}

/// What is there of what a bill stands on. One question, whose answer is found at the first row of each table.
pub fn grounds(conn: &mut Conn) -> Result<Grounds, StoreError> {
    let sql = "SELECT EXISTS (SELECT 1 FROM cycles) AS has_cycle, \
                      EXISTS (SELECT 1 FROM rate_schedules WHERE status = 'published') AS has_rate, \
                      EXISTS (SELECT 1 FROM service_points) AS has_point, \
                      EXISTS (SELECT 1 FROM accounts) AS has_account";
    Ok(native!(conn, |c| diesel::sql_query(sql)
        .kept()
        .get_result(c))?)
}
