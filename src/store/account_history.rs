//! What happened on one account, as the office's tabs list it: bills, payments, notices, deeds. Reads only.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Date, Nullable, Text};

use crate::domain::bills::{BillKind, BillStatus, DeliveryChannel, DeliveryState};
use crate::domain::corrections::CorrectionKind;
use crate::domain::deposits::DepositStep;
use crate::domain::ids::{
    AccountId, BillId, BillNumber, CorrectionId, JointPaymentId, NoticeId, PaymentId,
};
use crate::domain::ledger::SourceKind;
use crate::domain::money::Money;
use crate::domain::payments::{Channel, PaymentState, Tender};
use crate::store::any::native;
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::kept::KeptDsl;
use crate::store::ledger::EntryRow;
use crate::store::processor_account::{self, LineRow};
use crate::store::schema::{ledger_entries, notices, payment_moves, payments};

/// One bill, as lists show it.
#[derive(Debug, Clone)]
pub struct BillLine {
    /// Row id.
    pub id: BillId,
    /// Printed number.
    pub number: BillNumber,
    /// Regular, final or rebill.
    pub kind: BillKind,
    /// Draft, issued or void.
    pub status: BillStatus,
    /// First day billed.
    pub from_on: NaiveDate,
    /// First day not billed any more.
    pub until_on: NaiveDate,
    /// The day of issue.
    pub issued_on: Option<NaiveDate>,
    /// When it falls due.
    pub due_on: NaiveDate,
    /// What it asks for.
    pub total: Money,
    /// The day it was canceled.
    pub canceled_on: Option<NaiveDate>,
    /// How far its delivery has come.
    pub delivery: Option<DeliveryState>,
}

/// One payment, as lists show it.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = payments)]
pub struct PaymentLine {
    /// Row id.
    pub id: PaymentId,
    /// Printed number.
    pub number: String,
    /// How much.
    #[diesel(column_name = amount_cents)]
    pub amount: Money,
    /// The way it came.
    pub channel: Channel,
    /// The instrument.
    pub tender: Tender,
    /// What a person knows the instrument by, such as `Visa 4242`.
    pub tender_label: Option<String>,
    /// Where it stands.
    pub state: PaymentState,
    /// The day it was asked for.
    pub requested_on: NaiveDate,
    /// Why it failed.
    pub failure: Option<String>,
}

/// One step of a payment.
#[derive(Debug, Clone, Queryable)]
pub struct PaymentStep {
    /// Where it went.
    pub state: String,
    /// When, in UTC.
    pub at: NaiveDateTime,
    /// Why.
    pub reason: Option<String>,
}

/// One payment with every step it took.
#[derive(Debug, Clone)]
pub struct PaymentDetail {
    /// What lists show of it.
    pub line: PaymentLine,
    /// Whose.
    pub account_id: AccountId,
    /// Who asked for it.
    pub requested_by: String,
    /// The processor's name for it.
    pub processor_reference: Option<String>,
    /// The payments of other accounts that were made with it as one.
    pub others: Vec<PaymentLine>,
    /// Its steps, in order.
    pub moves: Vec<PaymentStep>,
    /// What moved at the processor for it, and for what was made with it as one, in order.
    pub lines: Vec<LineRow>,
}

/// Something the customer was told.
#[derive(Debug, Clone, Queryable)]
pub struct NoticeLine {
    /// The row.
    pub id: NoticeId,
    /// What about.
    pub kind: String,
    /// How it traveled.
    pub channel: String,
    /// To which address.
    pub recipient: String,
    /// Its subject, once it was written out.
    pub subject: Option<String>,
    /// Queued, sent or failed.
    pub state: String,
    /// When it was put in the outbox, in UTC.
    pub created_at: NaiveDateTime,
    /// When it was sent, in UTC.
    pub sent_at: Option<NaiveDateTime>,
    /// When it arrived, as far as anybody told us, in UTC.
    pub delivered_at: Option<NaiveDateTime>,
}

impl NoticeLine {
    /// Whether it has a subject to know it by; a text has none.
    #[must_use]
    pub fn has_subject(&self) -> bool {
        self.subject
            .as_ref()
            .is_some_and(|subject| !subject.is_empty())
    }
}

/// A bill with one step of its delivery.
#[derive(QueryableByName)]
struct BillRow {
    #[diesel(sql_type = BigInt)]
    id: BillId,
    #[diesel(sql_type = Text)]
    number: BillNumber,
    #[diesel(sql_type = Text)]
    kind: BillKind,
    #[diesel(sql_type = Text)]
    status: BillStatus,
    #[diesel(sql_type = Date)]
    from_on: NaiveDate,
    #[diesel(sql_type = Date)]
    until_on: NaiveDate,
    #[diesel(sql_type = Nullable<Date>)]
    issued_on: Option<NaiveDate>,
    #[diesel(sql_type = Date)]
    due_on: NaiveDate,
    #[diesel(sql_type = BigInt)]
    total: Money,
    #[diesel(sql_type = Nullable<Date>)]
    canceled_on: Option<NaiveDate>,
    #[diesel(sql_type = Nullable<Text>)]
    channel: Option<DeliveryChannel>,
    #[diesel(sql_type = Nullable<Text>)]
    state: Option<DeliveryState>,
}

const BILLS: &str = "SELECT b.id AS id, b.number AS number, b.kind AS kind, b.status AS status, b.from_on AS from_on, b.until_on AS until_on, \
            b.issued_on AS issued_on, b.due_on AS due_on, b.total AS total, b.canceled_on AS canceled_on, d.channel AS channel, d.state AS state \
     FROM (SELECT l.id AS id, l.number AS number, l.kind AS kind, l.status AS status, l.from_on AS from_on, l.until_on AS until_on, \
                  l.issued_on AS issued_on, l.due_on AS due_on, l.total_cents AS total, c.on_date AS canceled_on \
           FROM bills l LEFT JOIN bill_cancellations c ON c.bill_id = l.id \
           WHERE l.account_id = $1 AND l.status <> 'void' ORDER BY l.until_on DESC, l.id DESC LIMIT $2) b \
     LEFT JOIN bill_deliveries d ON d.bill_id = b.id ORDER BY b.until_on DESC, b.id DESC, d.id";

/// The account's bills, newest first: issued ones and the present drafts, each with how far its delivery has come. One query.
pub fn list_bills(
    conn: &mut Conn,
    account: AccountId,
    limit: i64,
) -> Result<Vec<BillLine>, StoreError> {
    let rows: Vec<BillRow> = native!(conn, |c| diesel::sql_query(BILLS)
        .bind::<BigInt, _>(account.0)
        .bind::<BigInt, _>(limit)
        .kept()
        .load(c))?;
    let mut lines: Vec<BillLine> = Vec::new();
    let mut steps: BTreeMap<DeliveryChannel, DeliveryState> = BTreeMap::new();
    for row in rows {
        if lines.last().is_none_or(|last| last.id != row.id) {
            steps.clear();
            lines.push(line(&row));
        }
        // The latest step of each way counts, and of the ways the one that came furthest.
        steps.extend(row.channel.zip(row.state));
        if let Some(line) = lines.last_mut() {
            line.delivery = DeliveryState::furthest(steps.values().copied());
        }
    }
    Ok(lines)
}

fn line(row: &BillRow) -> BillLine {
    BillLine {
        id: row.id,
        number: row.number.clone(),
        kind: row.kind,
        status: row.status,
        from_on: row.from_on,
        until_on: row.until_on,
        issued_on: row.issued_on,
        due_on: row.due_on,
        total: row.total,
        canceled_on: row.canceled_on,
        delivery: None,
    }
}

/// An entry with what it was made for.
#[derive(Debug, Clone)]
pub struct EntryLine {
    /// The entry.
    pub entry: EntryRow,
    /// The bill it was made for.
    pub bill: Option<BillNumber>,
    /// The payment it was made for.
    pub payment: Option<PaymentLine>,
    /// The correction it was posted for.
    pub correction: Option<CorrectionId>,
    /// The kind of that correction.
    pub corrected: Option<CorrectionKind>,
    /// The correction that reversed that one.
    pub reversed_by: Option<CorrectionId>,
    /// The step of a deposit that it was posted for.
    pub deposit: Option<DepositStep>,
}

const OF_BILL: &str = "(SELECT b.number FROM bills b WHERE ledger_entries.source_kind = 'bill' AND b.id = ledger_entries.source_id)";

/// A correction's entry stands on the account that it was ordered on.
const OF_CORRECTION: &str = "(SELECT c.id FROM corrections c WHERE c.account_id = ledger_entries.account_id AND c.entry_id = ledger_entries.id)";

const OF_KIND: &str = "(SELECT c.kind FROM corrections c WHERE c.account_id = ledger_entries.account_id AND c.entry_id = ledger_entries.id)";

const OF_REVERSAL: &str = "(SELECT r.id FROM corrections c JOIN corrections r ON r.reverses_id = c.id AND r.status = 'posted' \
     WHERE c.account_id = ledger_entries.account_id AND c.entry_id = ledger_entries.id)";

const OF_DEPOSIT: &str =
    "(SELECT m.kind FROM deposit_moves m WHERE m.entry_id = ledger_entries.id)";

/// The account's latest entries, newest first, each with what it was made for. One query.
pub fn list_entries(
    conn: &mut Conn,
    account: AccountId,
    limit: i64,
) -> Result<Vec<EntryLine>, StoreError> {
    type Row = (
        EntryRow,
        Option<PaymentLine>,
        Option<BillNumber>,
        Option<CorrectionId>,
        Option<CorrectionKind>,
        Option<CorrectionId>,
        Option<DepositStep>,
    );
    let made_for = ledger_entries::source_kind
        .eq(SourceKind::Payment)
        .and(ledger_entries::source_id.eq(payments::id));
    let rows: Vec<Row> = ledger_entries::table
        .left_join(payments::table.on(made_for))
        .filter(ledger_entries::account_id.eq(account))
        .order((ledger_entries::on_date.desc(), ledger_entries::id.desc()))
        .limit(limit)
        .select((
            EntryRow::as_select(),
            Option::<PaymentLine>::as_select(),
            sql::<Nullable<Text>>(OF_BILL),
            sql::<Nullable<BigInt>>(OF_CORRECTION),
            sql::<Nullable<Text>>(OF_KIND),
            sql::<Nullable<BigInt>>(OF_REVERSAL),
            sql::<Nullable<Text>>(OF_DEPOSIT),
        ))
        .kept()
        .load(conn)?;
    let line =
        |(entry, payment, bill, correction, corrected, reversed_by, deposit): Row| EntryLine {
            entry,
            bill,
            payment,
            correction,
            corrected,
            reversed_by,
            deposit,
        };
    Ok(rows.into_iter().map(line).collect())
}

/// The account's payments, newest first. One that the customer never finished is left out.
pub fn list_payments(
    conn: &mut Conn,
    account: AccountId,
    limit: i64,
) -> Result<Vec<PaymentLine>, StoreError> {
    Ok(payments::table
        .filter(payments::account_id.eq(account))
        .filter(payments::state.ne(PaymentState::Requested))
        .order(payments::id.desc())
        .limit(limit)
        .select(PaymentLine::as_select())
        .load(conn)?)
}

/// What the customer was told, newest first.
pub fn list_notices(
    conn: &mut Conn,
    account: AccountId,
    limit: i64,
) -> Result<Vec<NoticeLine>, StoreError> {
    Ok(notices::table
        .filter(notices::account_id.eq(account))
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
        .load(conn)?)
}

/// Payments, by row id.
pub fn payments_by_id(conn: &mut Conn, ids: &[i64]) -> Result<Vec<PaymentLine>, StoreError> {
    Ok(payments::table
        .filter(payments::id.eq_any(ids))
        .select(PaymentLine::as_select())
        .load(conn)?)
}

/// The other parts of a payment for several accounts.
fn list_others(
    conn: &mut Conn,
    joint: JointPaymentId,
    own: PaymentId,
) -> Result<Vec<PaymentLine>, StoreError> {
    let ids: Vec<i64> = payments::table
        .filter(payments::joint_payment_id.eq(joint))
        .filter(payments::id.ne(own))
        .order(payments::joint_place)
        .select(payments::id)
        .load::<PaymentId>(conn)?
        .into_iter()
        .map(|id| id.0)
        .collect();
    payments_by_id(conn, &ids)
}

/// The payment by whose name the processor knows a payment for several accounts: its lines are kept as that one's.
fn first_part(conn: &mut Conn, joint: JointPaymentId) -> Result<PaymentId, StoreError> {
    Ok(payments::table
        .filter(payments::joint_payment_id.eq(joint))
        .order(payments::joint_place)
        .select(payments::id)
        .first(conn)?)
}

/// The payment with this printed number. Four queries; three more where it was made with others as one.
pub fn find_payment(conn: &mut Conn, number: &str) -> Result<Option<PaymentDetail>, StoreError> {
    type Found = (
        PaymentId,
        AccountId,
        String,
        Option<String>,
        Option<JointPaymentId>,
    );
    let found: Option<Found> = payments::table
        .filter(payments::number.eq(number))
        .select((
            payments::id,
            payments::account_id,
            payments::requested_by,
            payments::processor_reference,
            payments::joint_payment_id,
        ))
        .first(conn)
        .optional()?;
    let Some((id, account_id, requested_by, processor_reference, joint)) = found else {
        return Ok(None);
    };
    let Some(line) = payments_by_id(conn, &[id.0])?.pop() else {
        return Ok(None);
    };
    let moves = payment_moves::table
        .filter(payment_moves::payment_id.eq(id))
        .order(payment_moves::id)
        .select((
            payment_moves::state,
            payment_moves::at,
            payment_moves::reason,
        ))
        .load(conn)?;
    let known = match joint {
        Some(joint) => first_part(conn, joint)?,
        None => id,
    };
    Ok(Some(PaymentDetail {
        line,
        account_id,
        requested_by,
        processor_reference,
        others: match joint {
            Some(joint) => list_others(conn, joint, id)?,
            None => Vec::new(),
        },
        moves,
        lines: processor_account::list_of_payment(conn, known)?,
    }))
}
