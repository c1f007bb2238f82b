//! The money of an account as of a moment, and what the tabs of its screen list: entries with their balance, what was open, bills, payments, notices and
//! metered use. A reversal or cancellation of later is not known yet.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Date, Nullable, Text, Timestamp};

use crate::domain::bills::{BillKind, BillStatus};
use crate::domain::ids::{AccountId, BillId, BillNumber, EntryId, PaymentId};
use crate::domain::ledger::{EntryKind, SourceKind};
use crate::domain::money::Money;
use crate::domain::payments::{Channel, PaymentState, Tender};
use crate::store::account_history::{BillLine, NoticeLine, PaymentLine};
use crate::store::any::native;
use crate::store::as_of::Then;
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::kept::KeptDsl;
use crate::store::ledger::{EntryRow, StatementRow};
use crate::store::open_items::OpenItem;
use crate::store::past_use::PastSegment;
use crate::store::schema::{bill_cancellations, bill_segments, bills, ledger_entries, notices};

/// The latest entries posted by then, newest first, each with the balance after it and the bill it was made for. `balance` is what was owed in all by
/// then. One query.
///
/// # Errors
/// Those of the database.
pub fn list_entries(
    conn: &mut Conn,
    account: AccountId,
    then: Then,
    (mut balance, limit): (Money, i64),
) -> Result<Vec<(StatementRow, Option<BillNumber>)>, StoreError> {
    let of_bill = ledger_entries::source_kind
        .eq(SourceKind::Bill)
        .and(bills::id.eq(ledger_entries::source_id));
    let rows: Vec<(EntryRow, Option<BillNumber>)> = ledger_entries::table
        .left_join(bills::table.on(of_bill))
        .filter(ledger_entries::account_id.eq(account))
        .filter(ledger_entries::posted_at.le(then.at))
        .order((ledger_entries::on_date.desc(), ledger_entries::id.desc()))
        .limit(limit)
        .select((EntryRow::as_select(), bills::number.nullable()))
        .load(conn)?;
    let with_balance = |(entry, bill): (EntryRow, Option<BillNumber>)| {
        let row = StatementRow { balance, entry };
        balance -= row.entry.receivable;
        (row, bill)
    };
    Ok(rows.into_iter().map(with_balance).collect())
}

#[derive(QueryableByName)]
struct OpenRow {
    #[diesel(sql_type = BigInt)]
    entry_id: EntryId,
    #[diesel(sql_type = Text)]
    kind: EntryKind,
    #[diesel(sql_type = Text)]
    source_kind: SourceKind,
    #[diesel(sql_type = BigInt)]
    source_id: i64,
    #[diesel(sql_type = Date)]
    due_on: NaiveDate,
    #[diesel(sql_type = BigInt)]
    original: Money,
    #[diesel(sql_type = BigInt)]
    applied: Money,
}

const OPEN: &str = "SELECT entry_id, kind, source_kind, source_id, due_on, original, applied FROM ( \
        SELECT e.id AS entry_id, e.kind AS kind, e.source_kind AS source_kind, e.source_id AS source_id, \
            (SELECT MAX(p.due_on) FROM ledger_postings p WHERE p.entry_id = e.id) AS due_on, \
            CAST(COALESCE((SELECT SUM(p.amount_cents) FROM ledger_postings p WHERE p.entry_id = e.id AND p.due_on IS NOT NULL), 0) AS BIGINT) AS original, \
            CAST(COALESCE((SELECT SUM(a.amount_cents) FROM ledger_applications a JOIN ledger_entries c ON c.id = a.entry_id \
                WHERE a.debit_entry_id = e.id AND c.posted_at <= $1), 0) AS BIGINT) AS applied \
        FROM ledger_entries e WHERE e.account_id = $2 AND e.posted_at <= $1) debts \
    WHERE due_on IS NOT NULL AND original <> applied ORDER BY due_on, entry_id";

/// What was still owed on an account by then, the oldest due date first: a sum over the ledger, never its cache. One query.
///
/// # Errors
/// Those of the database.
pub fn list_open_items(
    conn: &mut Conn,
    account: AccountId,
    then: Then,
) -> Result<Vec<OpenItem>, StoreError> {
    let rows: Vec<OpenRow> = native!(conn, |c| diesel::sql_query(OPEN)
        .bind::<Timestamp, _>(then.at)
        .bind::<BigInt, _>(account.0)
        .kept()
        .load(c))?;
    let item = |row: OpenRow| OpenItem {
        entry_id: row.entry_id,
        kind: row.kind,
        source_kind: row.source_kind,
        source_id: row.source_id,
        due_on: row.due_on,
        original: row.original,
        remaining: row.original - row.applied,
    };
    Ok(rows.into_iter().map(item).collect())
}

#[derive(QueryableByName)]
struct PaidRow {
    #[diesel(sql_type = BigInt)]
    id: PaymentId,
    #[diesel(sql_type = Text)]
    number: String,
    #[diesel(sql_type = BigInt)]
    amount: Money,
    #[diesel(sql_type = Text)]
    channel: Channel,
    #[diesel(sql_type = Text)]
    tender: Tender,
    #[diesel(sql_type = Nullable<Text>)]
    tender_label: Option<String>,
    #[diesel(sql_type = Text)]
    state: PaymentState,
    #[diesel(sql_type = Date)]
    requested_on: NaiveDate,
}

const PAID: &str = "SELECT id, number, amount, channel, tender, tender_label, state, requested_on FROM ( \
        SELECT p.id AS id, p.number AS number, p.amount_cents AS amount, p.channel AS channel, p.tender AS tender, p.tender_label AS tender_label, \
            COALESCE((SELECT m.state FROM payment_moves m WHERE m.payment_id = p.id AND m.at <= $1 ORDER BY m.id DESC LIMIT 1), \
                CASE WHEN EXISTS (SELECT 1 FROM payment_moves m WHERE m.payment_id = p.id) THEN 'requested' ELSE p.state END) AS state, \
            p.requested_on AS requested_on \
        FROM payments p WHERE p.account_id = $2 AND p.requested_at <= $1) known \
    WHERE state <> 'requested' ORDER BY id DESC LIMIT $3";

/// The payments asked for by then, newest first, each in the state that its latest step by then left it in. One query.
///
/// # Errors
/// Those of the database.
pub fn list_payments(
    conn: &mut Conn,
    account: AccountId,
    then: Then,
    limit: i64,
) -> Result<Vec<PaymentLine>, StoreError> {
    let rows: Vec<PaidRow> = native!(conn, |c| diesel::sql_query(PAID)
        .bind::<Timestamp, _>(then.at)
        .bind::<BigInt, _>(account.0)
        .bind::<BigInt, _>(limit)
        .kept()
        .load(c))?;
    let line = |row: PaidRow| PaymentLine {
        id: row.id,
        number: row.number,
        amount: row.amount,
        channel: row.channel,
        tender: row.tender,
        tender_label: row.tender_label,
        state: row.state,
        requested_on: row.requested_on,
        failure: None,
    };
    Ok(rows.into_iter().map(line).collect())
}

type Bill = (
    (BillId, BillNumber, BillKind),
    (NaiveDate, NaiveDate),
    (Option<NaiveDate>, NaiveDate, Money),
    (Option<NaiveDate>, Option<NaiveDateTime>),
);

/// The bills issued by then, newest first; one that was canceled later still stands. A bill is known from the moment it was posted. One query.
///
/// # Errors
/// Those of the database.
pub fn list_bills(
    conn: &mut Conn,
    account: AccountId,
    then: Then,
    limit: i64,
) -> Result<Vec<BillLine>, StoreError> {
    let posted = ledger_entries::source_kind
        .eq(SourceKind::Bill)
        .and(ledger_entries::kind.eq(EntryKind::Bill))
        .and(ledger_entries::source_id.eq(bills::id));
    let rows: Vec<Bill> = bills::table
        .inner_join(ledger_entries::table.on(posted))
        .left_join(bill_cancellations::table.on(bill_cancellations::bill_id.eq(bills::id)))
        .filter(bills::account_id.eq(account))
        .filter(bills::status.eq(BillStatus::Issued))
        .filter(ledger_entries::posted_at.le(then.at))
        .order((bills::until_on.desc(), bills::id.desc()))
        .limit(limit)
        .select((
            (bills::id, bills::number, bills::kind),
            (bills::from_on, bills::until_on),
            (bills::issued_on, bills::due_on, bills::total_cents),
            (
                bill_cancellations::on_date.nullable(),
                bill_cancellations::canceled_at.nullable(),
            ),
        ))
        .load(conn)?;
    let line = |(name, days, asked, canceled): Bill| {
        let ((id, number, kind), (from_on, until_on)) = (name, days);
        let ((issued_on, due_on, total), (canceled_on, canceled_at)) = (asked, canceled);
        let is_known = canceled_at.is_some_and(|at| at <= then.at);
        BillLine {
            id,
            number,
            kind,
            status: BillStatus::Issued,
            from_on,
            until_on,
            issued_on,
            due_on,
            total,
            canceled_on: canceled_on.filter(|_| is_known),
            delivery: None,
        }
    };
    Ok(rows.into_iter().map(line).collect())
}

/// What was used in the periods of the bills issued by then and not canceled by then, oldest first. One query.
///
/// # Errors
/// Those of the database.
pub fn list_use(
    conn: &mut Conn,
    account: AccountId,
    then: Then,
    since: NaiveDate,
) -> Result<Vec<PastSegment>, StoreError> {
    let posted = ledger_entries::source_kind
        .eq(SourceKind::Bill)
        .and(ledger_entries::kind.eq(EntryKind::Bill))
        .and(ledger_entries::source_id.eq(bills::id));
    let stood = bill_cancellations::canceled_at
        .nullable()
        .is_null()
        .or(bill_cancellations::canceled_at.nullable().gt(then.at));
    Ok(bills::table
        .inner_join(bill_segments::table.on(bill_segments::bill_id.eq(bills::id)))
        .inner_join(ledger_entries::table.on(posted))
        .left_join(bill_cancellations::table.on(bill_cancellations::bill_id.eq(bills::id)))
        .filter(bills::account_id.eq(account))
        .filter(bills::status.eq(BillStatus::Issued))
        .filter(bills::until_on.gt(since))
        .filter(ledger_entries::posted_at.le(then.at))
        .filter(bill_segments::quantity.is_not_null())
        .filter(stood)
        .order((bills::until_on, bills::id, bill_segments::position))
        .select((
            bills::account_id,
            bill_segments::service_agreement_id,
            bills::from_on,
            bills::until_on,
            bill_segments::commodity,
            bill_segments::quantity,
            bill_segments::unit,
            bill_segments::quality,
            bill_segments::amount_cents,
        ))
        .load(conn)?)
}

/// What the customer had been told by then, newest first: sent and delivered only as far as that had happened by then. One query.
///
/// # Errors
/// Those of the database.
pub fn list_notices(
    conn: &mut Conn,
    account: AccountId,
    then: Then,
    limit: i64,
) -> Result<Vec<NoticeLine>, StoreError> {
    let rows: Vec<NoticeLine> = notices::table
        .filter(notices::account_id.eq(account))
        .filter(notices::created_at.le(then.at))
        .order(notices::id.desc())
        .limit(limit)
        .select((
            notices::id,
            notices::kind,
            notices::channel,
            notices::recipient,
            notices::subject,
            notices::state,
            notices::created_at,
            notices::sent_at,
            notices::delivered_at,
        ))
        .load(conn)?;
    let as_then = |mut line: NoticeLine| {
        line.sent_at = line.sent_at.filter(|at| *at <= then.at);
        line.delivered_at = line.delivered_at.filter(|at| *at <= then.at);
        // Only when it left is dated: whether it came back by then is not known.
        let state = if line.sent_at.is_some() {
            "sent"
        } else {
            "queued"
        };
        line.state = state.to_owned();
        line
    };
    Ok(rows.into_iter().map(as_then).collect())
}
