//! Bill runs: a row with a cursor, so that a run killed at any point goes on where it stopped.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::domain::bills::RunStatus;
use crate::domain::exceptions::{ExceptionReason, ExceptionStatus};
use crate::domain::ids::{AccountId, BillRunId, CyclePeriodId};
use crate::domain::money::Money;
use crate::store::any::AnyConnection;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::ext::literal;
use crate::store::kept::KeptDsl;
use crate::store::schema::{bill_runs, cycle_periods, exceptions};

/// A bill run as it stands.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = bill_runs, treat_none_as_default_value = false)]
pub struct BillRunRow {
    /// Row id.
    pub id: BillRunId,
    /// The period it bills.
    pub cycle_period_id: CyclePeriodId,
    /// The how-manieth try.
    pub attempt: i32,
    /// How far it has come.
    pub status: RunStatus,
    /// The last account worked out.
    pub cursor_account_id: AccountId,
    /// Accounts of the cycle when it began.
    pub accounts_total: i64,
    /// Accounts worked out.
    pub accounts_done: i64,
    /// Drafts made.
    pub bills_drafted: i64,
    /// Exceptions found.
    pub exceptions_found: i64,
    /// What the drafts come to.
    pub amount_cents: Money,
    /// Who began it.
    pub started_by: String,
    /// When.
    pub started_at: NaiveDateTime,
    /// When it ended.
    pub finished_at: Option<NaiveDateTime>,
}

/// What a chunk of a run added.
#[derive(Debug, Clone, Copy, Default)]
pub struct Progress {
    /// Accounts worked out.
    pub accounts: i64,
    /// Drafts made.
    pub bills: i64,
    /// Exceptions found.
    pub exceptions: i64,
    /// What the drafts come to.
    pub amount: Money,
}

/// Records a new run.
pub fn insert(tx: &mut Tx<'_>, row: &BillRunRow) -> Result<(), StoreError> {
    diesel::insert_into(bill_runs::table)
        .values(row)
        .execute(tx.conn())?;
    Ok(())
}

/// The run, which must exist.
pub fn get(conn: &mut Conn, id: BillRunId) -> Result<BillRunRow, StoreError> {
    bill_runs::table
        .find(id)
        .select(BillRunRow::as_select())
        .first(conn)
        .optional()?
        .ok_or(StoreError::Missing("bill run"))
}

/// The newest run of a period, whatever became of it.
pub fn find_newest(
    conn: &mut Conn,
    period: CyclePeriodId,
) -> Result<Option<BillRunRow>, StoreError> {
    Ok(bill_runs::table
        .filter(bill_runs::cycle_period_id.eq(period))
        .order(bill_runs::attempt.desc())
        .select(BillRunRow::as_select())
        .first(conn)
        .optional()?)
}

/// Runs, newest first.
pub fn list(conn: &mut Conn, limit: i64) -> Result<Vec<BillRunRow>, StoreError> {
    Ok(bill_runs::table
        .order(bill_runs::id.desc())
        .limit(limit)
        .select(BillRunRow::as_select())
        .load(conn)?)
}

/// Runs that were begun and not finished: drafting or issuing.
pub fn list_unfinished(conn: &mut Conn) -> Result<Vec<BillRunRow>, StoreError> {
    Ok(bill_runs::table
        .filter(bill_runs::status.eq_any([RunStatus::Drafting, RunStatus::Issuing]))
        .order(bill_runs::id)
        .select(BillRunRow::as_select())
        .load(conn)?)
}

/// Runs with accounts that wait for reads, found while the window was open, whose window is closed on a day.
pub fn list_waiting_for_reads(
    conn: &mut Conn,
    today: NaiveDate,
) -> Result<Vec<BillRunId>, StoreError> {
    let reasons = [ExceptionReason::NoRead, ExceptionReason::IntervalGap];
    let mut runs: Vec<Option<BillRunId>> = bill_runs::table
        .inner_join(cycle_periods::table)
        .inner_join(exceptions::table.on(exceptions::run_id.eq(bill_runs::id.nullable())))
        .filter(bill_runs::status.eq_any([RunStatus::Drafted, RunStatus::Issued]))
        .filter(cycle_periods::window_closes_on.lt(today))
        .filter(exceptions::status.eq(literal(ExceptionStatus::Open.as_str())))
        .filter(exceptions::bill_id.is_null())
        .filter(exceptions::reason.eq_any(reasons))
        .filter(exceptions::opened_on.le(cycle_periods::window_closes_on))
        .select(exceptions::run_id)
        .distinct()
        .load(conn)?;
    runs.sort_unstable();
    Ok(runs.into_iter().flatten().collect())
}

/// Runs at rest with accounts whose service was changed after, or while, they were drafted.
pub fn list_with_changes(conn: &mut Conn) -> Result<Vec<BillRunId>, StoreError> {
    let mut runs: Vec<Option<BillRunId>> = bill_runs::table
        .inner_join(exceptions::table.on(exceptions::run_id.eq(bill_runs::id.nullable())))
        .filter(bill_runs::status.eq_any([RunStatus::Drafted, RunStatus::Issued]))
        .filter(exceptions::status.eq(literal(ExceptionStatus::Open.as_str())))
        .filter(exceptions::bill_id.is_null())
        .filter(exceptions::reason.eq(ExceptionReason::ServiceChanged))
        .select(exceptions::run_id)
        .distinct()
        .load(conn)?;
    runs.sort_unstable();
    Ok(runs.into_iter().flatten().collect())
}

/// Moves the cursor past a chunk, if nobody else has: `false` means another worker wrote this chunk.
pub fn mark_progress(
    tx: &mut Tx<'_>,
    id: BillRunId,
    (from, to): (AccountId, AccountId),
    added: &Progress,
) -> Result<bool, StoreError> {
    let changed = diesel::update(
        bill_runs::table
            .find(id)
            .filter(bill_runs::cursor_account_id.eq(from))
            .filter(bill_runs::status.eq(RunStatus::Drafting)),
    )
    .set((
        bill_runs::cursor_account_id.eq(to),
        bill_runs::accounts_done.eq(bill_runs::accounts_done + added.accounts),
        bill_runs::bills_drafted.eq(bill_runs::bills_drafted + added.bills),
        bill_runs::exceptions_found.eq(bill_runs::exceptions_found + added.exceptions),
        bill_runs::amount_cents.eq(bill_runs::amount_cents + added.amount.cents()),
    ))
    .kept()
    .execute(tx.conn())?;
    Ok(changed == 1)
}

/// The run, which nobody else changes until the transaction ends. On SQLite the one writer is enough.
pub fn lock(tx: &mut Tx<'_>, id: BillRunId) -> Result<BillRunRow, StoreError> {
    if let AnyConnection::Pg(conn) = tx.conn() {
        bill_runs::table
            .find(id)
            .select(bill_runs::id)
            .for_update()
            .load::<BillRunId>(conn)?;
    }
    get(tx, id)
}

/// Adds to what a run has come to, or takes from it.
pub fn add_progress(tx: &mut Tx<'_>, id: BillRunId, change: &Progress) -> Result<(), StoreError> {
    diesel::update(bill_runs::table.find(id))
        .set((
            bill_runs::bills_drafted.eq(bill_runs::bills_drafted + change.bills),
            bill_runs::exceptions_found.eq(bill_runs::exceptions_found + change.exceptions),
            bill_runs::amount_cents.eq(bill_runs::amount_cents + change.amount.cents()),
        ))
        .kept()
        .execute(tx.conn())?;
    Ok(())
}

/// Moves a run to its next stage.
pub fn mark_status(tx: &mut Tx<'_>, id: BillRunId, status: RunStatus) -> Result<(), StoreError> {
    let finished_at = matches!(status, RunStatus::Issued | RunStatus::Void).then_some(tx.stamp.at);
    diesel::update(bill_runs::table.find(id))
        .set((
            bill_runs::status.eq(status),
            bill_runs::finished_at.eq(finished_at),
        ))
        .kept()
        .execute(tx.conn())?;
    Ok(())
}
