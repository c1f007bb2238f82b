//! What happened on one account, as the office's tabs list it: bills, payments, notices, deeds. Reads only.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::domain::bills::{BillKind, BillStatus, DeliveryState};
use crate::domain::ids::{AccountId, BillId, BillNumber, JointPaymentId, NoticeId, PaymentId};
use crate::domain::money::Money;
use crate::domain::payments::{Channel, PaymentState, Tender};
use crate::store::bill_deliveries;
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::processor_account::{self, LineRow};
use crate::store::schema::{bill_cancellations, bills, notices, payment_moves, payments};

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
#[derive(Debug, Clone, Queryable)]
pub struct PaymentLine {
    /// Row id.
    pub id: PaymentId,
    /// Printed number.
    pub number: String,
    /// How much.
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

/// How much history there is.
#[derive(Debug, Clone, Copy, Default)]
pub struct Counts {
    /// Bills, without drafts and voids.
    pub bills: i64,
    /// Payments that reached the account.
    pub payments: i64,
    /// Notices.
    pub notices: i64,
}

/// How much history an account has. Three queries.
pub fn count(conn: &mut Conn, account: AccountId) -> Result<Counts, StoreError> {
    Ok(Counts {
        bills: bills::table
            .filter(bills::account_id.eq(account))
            .filter(bills::status.eq(BillStatus::Issued))
            .count()
            .get_result(conn)?,
        payments: payments::table
            .filter(payments::account_id.eq(account))
            .filter(payments::state.ne(PaymentState::Requested))
            .count()
            .get_result(conn)?,
        notices: notices::table
            .filter(notices::account_id.eq(account))
            .count()
            .get_result(conn)?,
    })
}

type Bill = (
    BillId,
    BillNumber,
    BillKind,
    BillStatus,
    NaiveDate,
    NaiveDate,
    Option<NaiveDate>,
    NaiveDate,
    Money,
    Option<NaiveDate>,
);

/// The account's bills, newest first: issued ones and the present drafts. Two queries.
pub fn list_bills(
    conn: &mut Conn,
    account: AccountId,
    limit: i64,
) -> Result<Vec<BillLine>, StoreError> {
    let rows: Vec<Bill> = bills::table
        .left_join(bill_cancellations::table)
        .filter(bills::account_id.eq(account))
        .filter(bills::status.ne(BillStatus::Void))
        .order((bills::until_on.desc(), bills::id.desc()))
        .limit(limit)
        .select((
            bills::id,
            bills::number,
            bills::kind,
            bills::status,
            bills::from_on,
            bills::until_on,
            bills::issued_on,
            bills::due_on,
            bills::total_cents,
            bill_cancellations::on_date.nullable(),
        ))
        .load(conn)?;
    let ids: Vec<BillId> = rows.iter().map(|row| row.0).collect();
    let deliveries = bill_deliveries::list_latest(conn, &ids)?;
    let line = |row: Bill| {
        let (id, number, kind, status, from_on, until_on, issued_on, due_on, total, canceled_on) =
            row;
        let steps = deliveries.get(&id).into_iter().flatten();
        BillLine {
            id,
            number,
            kind,
            status,
            from_on,
            until_on,
            issued_on,
            due_on,
            total,
            canceled_on,
            delivery: DeliveryState::furthest(steps.map(|step| step.state)),
        }
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
        .select((
            payments::id,
            payments::number,
            payments::amount_cents,
            payments::channel,
            payments::tender,
            payments::tender_label,
            payments::state,
            payments::requested_on,
            payments::failure,
        ))
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

/// The numbers of bills, by row id.
pub fn bill_numbers(conn: &mut Conn, ids: &[i64]) -> Result<Vec<(i64, BillNumber)>, StoreError> {
    Ok(bills::table
        .filter(bills::id.eq_any(ids))
        .select((bills::id, bills::number))
        .load(conn)?)
}

/// Payments, by row id.
pub fn payments_by_id(conn: &mut Conn, ids: &[i64]) -> Result<Vec<PaymentLine>, StoreError> {
    Ok(payments::table
        .filter(payments::id.eq_any(ids))
        .select((
            payments::id,
            payments::number,
            payments::amount_cents,
            payments::channel,
            payments::tender,
            payments::tender_label,
            payments::state,
            payments::requested_on,
            payments::failure,
        ))
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
