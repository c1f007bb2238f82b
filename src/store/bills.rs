//! Bills, their segments and lines. A draft may be voided or issued; what is issued is never changed, only answered by new rows.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Date};

use crate::domain::bills::{BillKind, BillStatus};
use crate::domain::exceptions::ExceptionStatus;
use crate::domain::ids::{
    AccountId, BillId, BillNumber, BillRunId, RateScheduleId, ServiceAgreementId,
};
use crate::domain::money::Money;
use crate::domain::premises::Commodity;
use crate::domain::quantity::Unit;
use crate::store::any::native;
use crate::store::bulk::insert_all;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::schema::{bill_cancellations, bill_lines, bill_segments, bills, exceptions};
use crate::store::sql_types::Exact;

/// A bill.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = bills, treat_none_as_default_value = false)]
pub struct BillRow {
    /// Row id.
    pub id: BillId,
    /// Printed number.
    pub number: BillNumber,
    /// Who owes it.
    pub account_id: AccountId,
    /// The run that made it.
    pub run_id: Option<BillRunId>,
    /// Why it was made.
    pub kind: BillKind,
    /// How far it has come.
    pub status: BillStatus,
    /// First day billed.
    pub from_on: NaiveDate,
    /// First day after the last day billed.
    pub until_on: NaiveDate,
    /// Dated.
    pub issued_on: Option<NaiveDate>,
    /// Due.
    pub due_on: NaiveDate,
    /// The balance before it, known when it is issued.
    pub previous_cents: Money,
    /// What its lines come to.
    pub total_cents: Money,
    /// The canceled bill it stands for.
    pub replaces_bill_id: Option<BillId>,
    /// From what every line was worked out, as a compact document.
    pub working: String,
}

/// One service of a bill.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = bill_segments, treat_none_as_default_value = false)]
pub struct BillSegmentRow {
    /// The bill.
    pub bill_id: BillId,
    /// Its place on the bill, from 0.
    pub position: i32,
    /// Under which agreement.
    pub service_agreement_id: ServiceAgreementId,
    /// What was delivered.
    pub commodity: Commodity,
    /// By which version of which schedule; the last one in force in the period.
    pub rate_schedule_id: RateScheduleId,
    /// How much was used, where the service is metered.
    pub quantity: Option<Exact>,
    /// In which unit.
    pub unit: Option<Unit>,
    /// Actual or estimated.
    pub quality: String,
    /// What the service comes to.
    pub amount_cents: Money,
}

/// One line of a bill.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = bill_lines, treat_none_as_default_value = false)]
pub struct BillLineRow {
    /// The bill.
    pub bill_id: BillId,
    /// Its place on the bill, from 0.
    pub position: i32,
    /// The place of its service.
    pub segment: i32,
    /// The charge's code in its schedule.
    pub charge: String,
    /// How many units.
    pub quantity: Option<Exact>,
    /// At what price.
    pub price: Option<Exact>,
    /// What it comes to.
    pub amount_cents: Money,
}

/// A bill with its services and lines, before it is written.
#[derive(Debug, Clone)]
pub struct WholeBill {
    /// The bill.
    pub bill: BillRow,
    /// Its services.
    pub segments: Vec<BillSegmentRow>,
    /// Its lines.
    pub lines: Vec<BillLineRow>,
}

/// Records bills with their services and lines.
pub fn insert_whole(tx: &mut Tx<'_>, whole: Vec<WholeBill>) -> Result<(), StoreError> {
    let mut rows = Vec::with_capacity(whole.len());
    let mut segments = Vec::with_capacity(whole.len() * 5);
    let mut lines = Vec::with_capacity(whole.len() * 8);
    for mut bill in whole {
        rows.push(bill.bill);
        segments.append(&mut bill.segments);
        lines.append(&mut bill.lines);
    }
    insert_all!(tx, bills::table, rows.as_slice())?;
    insert_all!(tx, bill_segments::table, segments.as_slice())?;
    insert_all!(tx, bill_lines::table, lines.as_slice())
}

#[derive(QueryableByName)]
struct FoundId {
    #[diesel(sql_type = BigInt)]
    id: i64,
}

/// Row ids as they stand in a statement: whole numbers of ours, never a person's text.
pub(crate) fn listed(ids: impl IntoIterator<Item = i64>) -> String {
    ids.into_iter()
        .map(|id| id.to_string())
        .collect::<Vec<_>>()
        .join(",")
}

/// The newest issued bill of each account that still stands, in two queries.
pub fn list_newest(conn: &mut Conn, accounts: &[AccountId]) -> Result<Vec<BillRow>, StoreError> {
    if accounts.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT MAX(b.id) AS id FROM bills b WHERE b.account_id IN ({}) AND b.status = 'issued' \
         AND NOT EXISTS (SELECT 1 FROM bill_cancellations c WHERE c.bill_id = b.id) GROUP BY b.account_id",
        listed(accounts.iter().map(|id| id.0))
    );
    let found = native!(conn, |c| diesel::sql_query(sql).load::<FoundId>(c))?;
    let ids: Vec<BillId> = found.into_iter().map(|row| BillId(row.id)).collect();
    Ok(bills::table
        .filter(bills::id.eq_any(ids))
        .select(BillRow::as_select())
        .load(conn)?)
}

/// A past period's use of one service.
#[derive(Debug, Clone, Queryable)]
pub struct PastSegment {
    /// Whose.
    pub account_id: AccountId,
    /// First day.
    pub from_on: NaiveDate,
    /// First day after.
    pub until_on: NaiveDate,
    /// What was delivered.
    pub commodity: Commodity,
    /// How much.
    pub quantity: Option<Exact>,
    /// In which unit.
    pub unit: Option<Unit>,
    /// Actual or estimated.
    pub quality: String,
}

/// What these accounts used in periods that ended on a day or later, in issued bills that still stand.
pub fn list_past_use(
    conn: &mut Conn,
    accounts: &[AccountId],
    since: NaiveDate,
) -> Result<Vec<PastSegment>, StoreError> {
    Ok(bills::table
        .inner_join(bill_segments::table)
        .left_join(bill_cancellations::table)
        .filter(bills::account_id.eq_any(accounts))
        .filter(bills::status.eq(BillStatus::Issued))
        .filter(bills::until_on.ge(since))
        .filter(bill_segments::quantity.is_not_null())
        .filter(bill_cancellations::bill_id.nullable().is_null())
        .order((bills::account_id, bills::until_on))
        .select((
            bills::account_id,
            bills::from_on,
            bills::until_on,
            bill_segments::commodity,
            bill_segments::quantity,
            bill_segments::unit,
            bill_segments::quality,
        ))
        .load(conn)?)
}

/// The next drafts of a run that nobody needs to look at first, in the order of their ids.
pub fn list_ready_drafts(
    conn: &mut Conn,
    run: BillRunId,
    limit: i64,
) -> Result<Vec<(BillId, AccountId, NaiveDate, Money)>, StoreError> {
    let held: Vec<Option<BillId>> = exceptions::table
        .filter(exceptions::run_id.eq(run))
        .filter(exceptions::status.eq(ExceptionStatus::Open))
        .filter(exceptions::bill_id.is_not_null())
        .select(exceptions::bill_id)
        .load(conn)?;
    let held: Vec<BillId> = held.into_iter().flatten().collect();
    Ok(bills::table
        .filter(bills::run_id.eq(run))
        .filter(bills::status.eq(BillStatus::Draft))
        .filter(bills::id.ne_all(held))
        .order(bills::id)
        .limit(limit)
        .select((
            bills::id,
            bills::account_id,
            bills::due_on,
            bills::total_cents,
        ))
        .load(conn)?)
}

/// How many drafts of a run are neither issued nor given up.
pub fn count_drafts(conn: &mut Conn, run: BillRunId) -> Result<i64, StoreError> {
    Ok(bills::table
        .filter(bills::run_id.eq(run))
        .filter(bills::status.eq(BillStatus::Draft))
        .count()
        .get_result(conn)?)
}

/// The lines of these bills with the schedule that priced them.
pub fn list_charges(
    conn: &mut Conn,
    ids: &[BillId],
) -> Result<Vec<(BillId, RateScheduleId, String, Money)>, StoreError> {
    Ok(bill_lines::table
        .inner_join(
            bill_segments::table.on(bill_segments::bill_id
                .eq(bill_lines::bill_id)
                .and(bill_segments::position.eq(bill_lines::segment))),
        )
        .filter(bill_lines::bill_id.eq_any(ids))
        .order((bill_lines::bill_id, bill_lines::position))
        .select((
            bill_lines::bill_id,
            bill_segments::rate_schedule_id,
            bill_lines::charge,
            bill_lines::amount_cents,
        ))
        .load(conn)?)
}

/// Marks drafts as issued, with the balance each account has at that moment.
pub fn mark_issued(
    tx: &mut Tx<'_>,
    ids: &[BillId],
    issued_on: NaiveDate,
) -> Result<usize, StoreError> {
    if ids.is_empty() {
        return Ok(0);
    }
    let sql = format!(
        "UPDATE bills SET status = 'issued', issued_on = $1, previous_cents = (SELECT CAST(COALESCE(SUM(e.receivable_cents), 0) AS BIGINT) \
         FROM ledger_entries e WHERE e.account_id = bills.account_id) WHERE status = 'draft' AND id IN ({})",
        listed(ids.iter().map(|id| id.0))
    );
    Ok(native!(tx.conn(), |c| diesel::sql_query(sql)
        .bind::<Date, _>(issued_on)
        .execute(c))?)
}

/// Gives up a draft.
pub fn mark_void(tx: &mut Tx<'_>, id: BillId) -> Result<bool, StoreError> {
    let changed = diesel::update(
        bills::table
            .find(id)
            .filter(bills::status.eq(BillStatus::Draft)),
    )
    .set(bills::status.eq(BillStatus::Void))
    .execute(tx.conn())?;
    Ok(changed == 1)
}

/// Gives up all drafts of a run.
pub fn mark_run_void(tx: &mut Tx<'_>, run: BillRunId) -> Result<usize, StoreError> {
    Ok(diesel::update(
        bills::table
            .filter(bills::run_id.eq(run))
            .filter(bills::status.eq(BillStatus::Draft)),
    )
    .set(bills::status.eq(BillStatus::Void))
    .execute(tx.conn())?)
}
