//! Bills, their segments and lines. A draft may be voided or issued; what is issued is never changed, only answered by new rows.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Date, Nullable};

use crate::domain::bills::{BillKind, BillStatus};
use crate::domain::ids::{
    AccountId, BillId, BillNumber, BillRunId, RateScheduleId, ServiceAgreementId,
};
use crate::domain::money::Money;
use crate::domain::period::Period;
use crate::domain::premises::Commodity;
use crate::domain::quantity::Unit;
use crate::store::any::native;
use crate::store::bulk::{ROWS, insert_all};
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::kept::KeptDsl;
use crate::store::schema::{bill_cancellations, bill_lines, bill_segments, bills};
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
    /// From what every line of it was worked out, as a compact document.
    pub working: String,
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
    #[diesel(sql_type = Nullable<BigInt>)]
    id: Option<i64>,
}

/// Row ids as they stand in a statement: whole numbers of ours, never a person's text.
pub(crate) fn listed(ids: impl IntoIterator<Item = i64>) -> String {
    ids.into_iter()
        .map(|id| id.to_string())
        .collect::<Vec<_>>()
        .join(",")
}

/// One service of an account's last bill.
#[derive(Debug, Clone, Queryable)]
pub struct LastSegment {
    /// Whose.
    pub account_id: AccountId,
    /// Under which agreement.
    pub service_agreement_id: ServiceAgreementId,
    /// From what it was worked out, and what it leaves.
    pub working: String,
}

/// The services of each account's last bill that ended on a day or earlier and still stands, in two queries; each looks at one bill of an
/// account, however many there are.
pub fn list_last(
    conn: &mut Conn,
    accounts: &[AccountId],
    until: NaiveDate,
) -> Result<Vec<LastSegment>, StoreError> {
    if accounts.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT (SELECT b.id FROM bills b WHERE b.account_id = a.id AND b.until_on <= $1 AND b.status = 'issued' \
         AND NOT EXISTS (SELECT 1 FROM bill_cancellations c WHERE c.bill_id = b.id) \
         ORDER BY b.until_on DESC, b.id DESC LIMIT 1) AS id FROM accounts a WHERE a.id IN ({})",
        listed(accounts.iter().map(|id| id.0))
    );
    let found = native!(conn, |c| diesel::sql_query(sql)
        .bind::<Date, _>(until)
        .load::<FoundId>(c))?;
    let ids: Vec<BillId> = found
        .into_iter()
        .filter_map(|row| row.id.map(BillId))
        .collect();
    Ok(bill_segments::table
        .inner_join(bills::table)
        .filter(bill_segments::bill_id.eq_any(ids))
        .order((bill_segments::bill_id, bill_segments::position))
        .select((
            bills::account_id,
            bill_segments::service_agreement_id,
            bill_segments::working,
        ))
        .load(conn)?)
}

/// The services that these agreements were billed for in periods that ended on a day or earlier, in bills that stand, oldest first.
pub fn list_earlier_segments(
    conn: &mut Conn,
    accounts: &[AccountId],
    agreements: &[ServiceAgreementId],
    until: NaiveDate,
) -> Result<Vec<LastSegment>, StoreError> {
    Ok(bills::table
        .inner_join(bill_segments::table)
        .left_join(bill_cancellations::table)
        .filter(bills::account_id.eq_any(accounts))
        .filter(bills::status.eq(BillStatus::Issued))
        .filter(bills::until_on.le(until))
        .filter(bill_segments::service_agreement_id.eq_any(agreements))
        .filter(bill_cancellations::bill_id.nullable().is_null())
        .order((bills::account_id, bills::until_on, bills::id))
        .select((
            bills::account_id,
            bill_segments::service_agreement_id,
            bill_segments::working,
        ))
        .load(conn)?)
}

/// One service of a draft, or of a bill that stands, with what it rests on.
#[derive(Debug, Clone, Queryable)]
pub struct RestingSegment {
    /// The bill.
    pub bill_id: BillId,
    /// The run that made it.
    pub run_id: Option<BillRunId>,
    /// Whose.
    pub account_id: AccountId,
    /// First day billed.
    pub from_on: NaiveDate,
    /// First day after the last day billed.
    pub until_on: NaiveDate,
    /// Under which agreement.
    pub service_agreement_id: ServiceAgreementId,
    /// From what it was worked out.
    pub working: String,
}

/// The services of drafts and standing bills of these accounts that begin or end on some days, or lie within them.
pub fn list_resting(
    conn: &mut Conn,
    accounts: &[AccountId],
    days: Period,
) -> Result<Vec<RestingSegment>, StoreError> {
    let mut found = Vec::new();
    for accounts in accounts.chunks(ROWS) {
        let rows: Vec<RestingSegment> = bills::table
            .inner_join(bill_segments::table)
            .left_join(bill_cancellations::table)
            .filter(bills::account_id.eq_any(accounts))
            .filter(bills::status.ne(BillStatus::Void))
            .filter(bills::until_on.ge(days.from))
            .filter(bills::from_on.lt(days.until))
            .filter(bill_cancellations::bill_id.nullable().is_null())
            .order((bills::id, bill_segments::position))
            .select((
                bills::id,
                bills::run_id,
                bills::account_id,
                bills::from_on,
                bills::until_on,
                bill_segments::service_agreement_id,
                bill_segments::working,
            ))
            .load(conn)?;
        found.extend(rows);
    }
    Ok(found)
}

/// A draft that may be issued.
#[derive(Debug, Clone, Copy, QueryableByName)]
pub struct ReadyDraft {
    /// The bill.
    #[diesel(sql_type = BigInt)]
    pub bill_id: BillId,
    /// Whose.
    #[diesel(sql_type = BigInt)]
    pub account_id: AccountId,
}

/// The next drafts of a run that nobody needs to look at first, in the order of their accounts, after the cursor.
pub fn list_ready_drafts(
    conn: &mut Conn,
    run: BillRunId,
    after: AccountId,
    limit: i64,
) -> Result<Vec<ReadyDraft>, StoreError> {
    let sql = "SELECT b.id AS bill_id, b.account_id AS account_id FROM bills b \
               WHERE b.run_id = $1 AND b.account_id > $2 AND b.status <> 'void' AND b.status = 'draft' AND NOT EXISTS ( \
                   SELECT 1 FROM exceptions e WHERE e.bill_id = b.id AND e.status = 'open' AND e.bill_id IS NOT NULL) \
               ORDER BY b.account_id LIMIT $3";
    Ok(native!(conn, |c| diesel::sql_query(sql)
        .bind::<BigInt, _>(run.0)
        .bind::<BigInt, _>(after.0)
        .bind::<BigInt, _>(limit)
        .kept()
        .load(c))?)
}

/// The bill, which must exist.
pub fn get(conn: &mut Conn, id: BillId) -> Result<BillRow, StoreError> {
    bills::table
        .find(id)
        .select(BillRow::as_select())
        .first(conn)
        .optional()?
        .ok_or(StoreError::Missing("bill"))
}

/// The bills of an account that stand and begin on a day or later, oldest first.
pub fn list_standing(
    conn: &mut Conn,
    account: AccountId,
    from: NaiveDate,
) -> Result<Vec<BillRow>, StoreError> {
    Ok(bills::table
        .left_join(bill_cancellations::table)
        .filter(bills::account_id.eq(account))
        .filter(bills::status.eq(BillStatus::Issued))
        .filter(bills::from_on.ge(from))
        .filter(bill_cancellations::bill_id.nullable().is_null())
        .order((bills::from_on, bills::id))
        .select(BillRow::as_select())
        .load(conn)?)
}

/// The bill that stands for a canceled one, if there is one.
pub fn find_replacement(conn: &mut Conn, bill: BillId) -> Result<Option<BillRow>, StoreError> {
    Ok(bills::table
        .filter(bills::replaces_bill_id.eq(bill))
        .filter(bills::status.ne(BillStatus::Void))
        .select(BillRow::as_select())
        .first(conn)
        .optional()?)
}

/// The services of these bills, in order.
pub fn list_segments(conn: &mut Conn, ids: &[BillId]) -> Result<Vec<BillSegmentRow>, StoreError> {
    Ok(bill_segments::table
        .filter(bill_segments::bill_id.eq_any(ids))
        .order((bill_segments::bill_id, bill_segments::position))
        .select(BillSegmentRow::as_select())
        .load(conn)?)
}

/// What a run has of these accounts: drafts and issued bills.
pub fn list_of_run(
    conn: &mut Conn,
    run: BillRunId,
    accounts: &[AccountId],
) -> Result<Vec<BillRow>, StoreError> {
    Ok(bills::table
        .filter(bills::run_id.eq(run))
        .filter(bills::account_id.eq_any(accounts))
        .filter(bills::status.ne(BillStatus::Void))
        .select(BillRow::as_select())
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

/// How many lines the bills of a run have.
pub fn count_lines(conn: &mut Conn, run: BillRunId) -> Result<i64, StoreError> {
    Ok(bill_lines::table
        .inner_join(bills::table)
        .filter(bills::run_id.eq(run))
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
        .filter(bill_segments::bill_id.eq_any(ids))
        .order((bill_lines::bill_id, bill_lines::position))
        .select((
            bill_lines::bill_id,
            bill_segments::rate_schedule_id,
            bill_lines::charge,
            bill_lines::amount_cents,
        ))
        .load(conn)?)
}

/// Marks drafts as issued and due, with the balance each account has at that moment: what is open, less what is held for the customer.
pub fn mark_issued(
    tx: &mut Tx<'_>,
    ids: &[BillId],
    (issued_on, due_on): (NaiveDate, NaiveDate),
) -> Result<usize, StoreError> {
    if ids.is_empty() {
        return Ok(0);
    }
    let sql = format!(
        "UPDATE bills SET status = 'issued', issued_on = $1, due_on = $2, previous_cents = \
         (SELECT CAST(COALESCE(SUM(o.remaining_cents), 0) AS BIGINT) FROM open_items o WHERE o.account_id = bills.account_id) \
         - COALESCE((SELECT h.held_cents FROM customer_credits h WHERE h.account_id = bills.account_id), 0) \
         WHERE status = 'draft' AND id IN ({})",
        listed(ids.iter().map(|id| id.0))
    );
    Ok(native!(tx.conn(), |c| diesel::sql_query(sql)
        .bind::<Date, _>(issued_on)
        .bind::<Date, _>(due_on)
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
    .kept()
    .execute(tx.conn())?;
    Ok(changed == 1)
}

/// Gives up drafts.
pub fn mark_all_void(tx: &mut Tx<'_>, ids: &[BillId]) -> Result<usize, StoreError> {
    Ok(diesel::update(
        bills::table
            .filter(bills::id.eq_any(ids))
            .filter(bills::status.eq(BillStatus::Draft)),
    )
    .set(bills::status.eq(BillStatus::Void))
    .execute(tx.conn())?)
}

/// Gives up all drafts of a run.
pub fn mark_run_void(tx: &mut Tx<'_>, run: BillRunId) -> Result<usize, StoreError> {
    Ok(diesel::update(
        bills::table
            .filter(bills::run_id.eq(run))
            .filter(bills::status.eq(BillStatus::Draft)),
    )
    .set(bills::status.eq(BillStatus::Void))
    .kept()
    .execute(tx.conn())?)
}
