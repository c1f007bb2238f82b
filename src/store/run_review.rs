//! A bill run as a person reviews it before issue: totals by service, the drafts, and those that stand out. Reads only.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Text};

use crate::domain::bills::{BillKind, BillStatus};
use crate::domain::ids::{AccountId, BillId, BillNumber, BillRunId, CyclePeriodId};
use crate::domain::money::Money;
use crate::domain::premises::Commodity;
use crate::store::any::native;
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::kept::KeptDsl;
use crate::store::schema::{bill_runs, bills, cycle_periods, cycles};

/// What a run bills for one service.
#[derive(Debug, Clone)]
pub struct ServiceTotal {
    /// The service.
    pub commodity: Commodity,
    /// On how many bills.
    pub bills: i64,
    /// For how much.
    pub amount: Money,
    /// How many of the bills rest on an estimate of it.
    pub estimated: i64,
}

/// One bill of a run.
#[derive(Debug, Clone, Queryable)]
pub struct DraftLine {
    /// Row id.
    pub id: BillId,
    /// Printed number.
    pub number: BillNumber,
    /// Whose.
    pub account_id: AccountId,
    /// Regular, final or rebill.
    pub kind: BillKind,
    /// Draft, issued or void.
    pub status: BillStatus,
    /// First day billed.
    pub from_on: NaiveDate,
    /// First day not billed any more.
    pub until_on: NaiveDate,
    /// What it comes to.
    pub total: Money,
}

/// Which end of the amounts is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// The largest.
    Largest,
    /// The smallest, credits first.
    Smallest,
}

/// A period of a cycle that may be billed.
#[derive(Debug, Clone, Queryable)]
pub struct ReadyPeriod {
    /// Row id.
    pub id: CyclePeriodId,
    /// The cycle's name.
    pub cycle: String,
    /// First day billed.
    pub from_on: NaiveDate,
    /// The day of the reads.
    pub read_on: NaiveDate,
    /// The day of issue.
    pub issue_on: NaiveDate,
    /// The due date.
    pub due_on: NaiveDate,
}

#[derive(QueryableByName)]
struct TotalRow {
    #[diesel(sql_type = Text)]
    commodity: Commodity,
    #[diesel(sql_type = BigInt)]
    bills: i64,
    #[diesel(sql_type = BigInt)]
    cents: i64,
    #[diesel(sql_type = BigInt)]
    estimated: i64,
}

/// What the run's bills, without voids, come to by service.
pub fn totals(conn: &mut Conn, run: BillRunId) -> Result<Vec<ServiceTotal>, StoreError> {
    let sql = "SELECT s.commodity, COUNT(*) AS bills, CAST(SUM(s.amount_cents) AS BIGINT) AS cents, \
                      COUNT(CASE WHEN s.quality = 'estimated' THEN 1 END) AS estimated \
               FROM bills b JOIN bill_segments s ON s.bill_id = b.id WHERE b.run_id = $1 AND b.status <> 'void' GROUP BY s.commodity";
    let mut rows: Vec<TotalRow> = native!(conn, |c| diesel::sql_query(sql)
        .bind::<BigInt, _>(run.0)
        .kept()
        .load(c))?;
    rows.sort_by_key(|row| row.commodity);
    Ok(rows
        .into_iter()
        .map(|row| ServiceTotal {
            commodity: row.commodity,
            bills: row.bills,
            amount: Money::from_cents(row.cents),
            estimated: row.estimated,
        })
        .collect())
}

/// How many bills of the run there are in each standing.
pub fn count_by_status(
    conn: &mut Conn,
    run: BillRunId,
) -> Result<Vec<(BillStatus, i64)>, StoreError> {
    Ok(bills::table
        .filter(bills::run_id.eq(run))
        .group_by(bills::status)
        .select((bills::status, diesel::dsl::count_star()))
        .load(conn)?)
}

/// What of a run waits for a person.
#[derive(Debug, Clone, Copy, Default, QueryableByName)]
pub struct Waiting {
    /// Drafts that somebody must look at before they are issued.
    #[diesel(sql_type = BigInt)]
    pub looks: i64,
    /// Accounts without a draft.
    #[diesel(sql_type = BigInt)]
    pub held: i64,
    /// Open findings in all.
    #[diesel(sql_type = BigInt)]
    pub open: i64,
}

/// What of the run waits for a person, in one query.
pub fn waiting(conn: &mut Conn, run: BillRunId) -> Result<Waiting, StoreError> {
    let sql = "SELECT COUNT(DISTINCT CASE WHEN b.status = 'draft' THEN b.id END) AS looks, \
                      COUNT(DISTINCT CASE WHEN e.bill_id IS NULL THEN e.account_id END) AS held, COUNT(*) AS open \
               FROM exceptions e LEFT JOIN bills b ON b.id = e.bill_id WHERE e.run_id = $1 AND e.status = 'open'";
    Ok(native!(conn, |c| diesel::sql_query(sql)
        .bind::<BigInt, _>(run.0)
        .kept()
        .get_result(c))?)
}

/// The bills at one end of the amounts.
pub fn list_outliers(
    conn: &mut Conn,
    run: BillRunId,
    end: End,
    limit: i64,
) -> Result<Vec<DraftLine>, StoreError> {
    let of_run = bills::table
        .filter(bills::run_id.eq(run))
        .filter(bills::status.ne(BillStatus::Void))
        .limit(limit)
        .select((
            bills::id,
            bills::number,
            bills::account_id,
            bills::kind,
            bills::status,
            bills::from_on,
            bills::until_on,
            bills::total_cents,
        ));
    Ok(match end {
        End::Largest => of_run.order(bills::total_cents.desc()).load(conn)?,
        End::Smallest => of_run.order(bills::total_cents.asc()).load(conn)?,
    })
}

/// A page of the run's bills, without voids.
pub fn list(
    conn: &mut Conn,
    run: BillRunId,
    limit: i64,
    offset: i64,
) -> Result<Vec<DraftLine>, StoreError> {
    Ok(bills::table
        .filter(bills::run_id.eq(run))
        .filter(bills::status.ne(BillStatus::Void))
        .order(bills::id)
        .limit(limit)
        .offset(offset)
        .select((
            bills::id,
            bills::number,
            bills::account_id,
            bills::kind,
            bills::status,
            bills::from_on,
            bills::until_on,
            bills::total_cents,
        ))
        .load(conn)?)
}

/// Periods whose reads are in and that no run has billed or is billing, the oldest first.
pub fn list_ready(conn: &mut Conn, on: NaiveDate) -> Result<Vec<ReadyPeriod>, StoreError> {
    let taken = bill_runs::table
        .filter(bill_runs::cycle_period_id.eq(cycle_periods::id))
        .filter(bill_runs::status.ne("void"));
    // A house begins with some period: what lies before one that it issued is not offered.
    let none_later = diesel::dsl::sql::<Bool>(
        "NOT EXISTS (SELECT 1 FROM cycle_periods q JOIN bill_runs s ON s.cycle_period_id = q.id \
         WHERE q.cycle_id = cycle_periods.cycle_id AND q.from_on > cycle_periods.from_on AND s.status = 'issued')",
    );
    Ok(cycle_periods::table
        .inner_join(cycles::table)
        .filter(cycle_periods::read_on.le(on))
        .filter(diesel::dsl::not(diesel::dsl::exists(taken)))
        .filter(none_later)
        .order((cycle_periods::read_on, cycles::code))
        .limit(50)
        .select((
            cycle_periods::id,
            cycles::name,
            cycle_periods::from_on,
            cycle_periods::read_on,
            cycle_periods::issue_on,
            cycle_periods::due_on,
        ))
        .load(conn)?)
}
