//! Refunds that the office ordered of what came by the processor. The database refuses every change of one that has ended.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::domain::ids::{AccountId, PaymentId, PaymentNumber};
use crate::domain::money::Money;
use crate::domain::refund_orders::RefundState;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::kept::KeptDsl;
use crate::store::schema::{payment_moves, payment_refunds, payments};

/// How many that wait one list shows.
const MOST: i64 = 200;

/// A refund.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = payment_refunds)]
pub struct RefundRow {
    /// Row id.
    pub id: i64,
    /// What makes it the same when its form is sent again.
    pub request_key: String,
    /// Of which payment.
    pub payment_id: PaymentId,
    /// On which account.
    pub account_id: AccountId,
    /// How much.
    #[diesel(column_name = amount_cents)]
    pub amount: Money,
    /// Where it stands.
    pub status: RefundState,
    /// The reason, by its code in the policy on corrections.
    pub reason: String,
    /// What was written about it.
    pub note: String,
    /// Who ordered it.
    pub made_by: String,
    /// The same by their row, where they have one.
    pub made_by_id: Option<i64>,
    /// On which day.
    pub made_on: NaiveDate,
    /// Who decided it.
    pub decided_by: Option<String>,
    /// When, in UTC.
    pub decided_at: Option<NaiveDateTime>,
    /// What whoever decided it wrote.
    pub decided_note: Option<String>,
    /// The processor's name for it.
    pub processor_reference: Option<String>,
    /// The processor's word for why it was not taken.
    pub failure: Option<String>,
}

/// A refund on its way into the table.
#[derive(Debug, Clone, Copy)]
pub struct NewRefund<'a> {
    /// What makes it the same when its form is sent again.
    pub request_key: &'a str,
    /// Of which payment.
    pub payment: PaymentId,
    /// On which account.
    pub account: AccountId,
    /// How much.
    pub amount: Money,
    /// The reason's code.
    pub reason: &'a str,
    /// What was written.
    pub note: &'a str,
    /// Whether it waits for a second person.
    pub takes_two: bool,
}

/// Keeps a refund of the transaction's acting person.
pub fn insert(tx: &mut Tx<'_>, new: &NewRefund<'_>) -> Result<i64, StoreError> {
    let stamp = tx.stamp;
    let alone = (!new.takes_two).then_some(stamp);
    let status = match alone {
        Some(_) => RefundState::Ordered,
        None => RefundState::Proposed,
    };
    Ok(diesel::insert_into(payment_refunds::table)
        .values((
            payment_refunds::request_key.eq(new.request_key),
            payment_refunds::payment_id.eq(new.payment),
            payment_refunds::account_id.eq(new.account),
            payment_refunds::amount_cents.eq(new.amount),
            payment_refunds::status.eq(status),
            payment_refunds::reason.eq(new.reason),
            payment_refunds::note.eq(new.note),
            payment_refunds::takes_two.eq(new.takes_two),
            payment_refunds::made_by.eq(&stamp.by.name),
            payment_refunds::made_by_id.eq(stamp.by.id),
            payment_refunds::made_on.eq(stamp.on),
            payment_refunds::made_at.eq(stamp.at),
            payment_refunds::decided_by.eq(alone.map(|stamp| &stamp.by.name)),
            payment_refunds::decided_by_id.eq(alone.and_then(|stamp| stamp.by.id)),
            payment_refunds::decided_at.eq(alone.map(|stamp| stamp.at)),
        ))
        .returning(payment_refunds::id)
        .get_result(tx.conn())?)
}

/// Says what a second person, or whoever ordered it, decided on one that waits.
pub fn mark_decided(
    tx: &mut Tx<'_>,
    id: i64,
    status: RefundState,
    (by, note): (&str, &str),
) -> Result<(), StoreError> {
    let stamp = tx.stamp;
    diesel::update(payment_refunds::table.find(id))
        .set((
            payment_refunds::status.eq(status),
            payment_refunds::decided_by.eq(by),
            payment_refunds::decided_by_id.eq(stamp.by.id),
            payment_refunds::decided_at.eq(stamp.at),
            payment_refunds::decided_note.eq(note),
        ))
        .kept()
        .execute(tx.conn())?;
    Ok(())
}

/// Notes that the processor took one, and its name there.
pub fn mark_sent(tx: &mut Tx<'_>, id: i64, reference: &str) -> Result<(), StoreError> {
    diesel::update(payment_refunds::table.find(id))
        .set((
            payment_refunds::status.eq(RefundState::Sent),
            payment_refunds::processor_reference.eq(reference),
        ))
        .kept()
        .execute(tx.conn())?;
    Ok(())
}

/// Notes that the processor would not take one, and why.
pub fn mark_failed(tx: &mut Tx<'_>, id: i64, why: &str) -> Result<(), StoreError> {
    diesel::update(payment_refunds::table.find(id))
        .set((
            payment_refunds::status.eq(RefundState::Failed),
            payment_refunds::failure.eq(why),
        ))
        .kept()
        .execute(tx.conn())?;
    Ok(())
}

/// The refund, which must exist.
pub fn get(conn: &mut Conn, id: i64) -> Result<RefundRow, StoreError> {
    payment_refunds::table
        .find(id)
        .select(RefundRow::as_select())
        .first(conn)
        .optional()?
        .ok_or(StoreError::Missing("refund"))
}

/// The refund that a form ordered, if it ordered one.
pub fn find_by_key(conn: &mut Conn, key: &str) -> Result<Option<RefundRow>, StoreError> {
    Ok(payment_refunds::table
        .filter(payment_refunds::request_key.eq(key))
        .select(RefundRow::as_select())
        .first(conn)
        .optional()?)
}

/// The refunds that were ordered of a payment, the newest first.
pub fn list_of(conn: &mut Conn, payment: PaymentId) -> Result<Vec<RefundRow>, StoreError> {
    Ok(payment_refunds::table
        .filter(payment_refunds::payment_id.eq(payment))
        .order(payment_refunds::id.desc())
        .select(RefundRow::as_select())
        .load(conn)?)
}

/// What is ordered of a payment, or waits to be, and is not in its steps yet.
pub fn on_its_way(conn: &mut Conn, payment: PaymentId) -> Result<Money, StoreError> {
    let held = [
        RefundState::Proposed,
        RefundState::Ordered,
        RefundState::Sent,
    ];
    let rows: Vec<(Money, Option<String>)> = payment_refunds::table
        .filter(payment_refunds::payment_id.eq(payment))
        .filter(payment_refunds::status.eq_any(held))
        .select((
            payment_refunds::amount_cents,
            payment_refunds::processor_reference,
        ))
        .load(conn)?;
    if rows.is_empty() {
        return Ok(Money::ZERO);
    }
    let steps: Vec<Option<String>> = payment_moves::table
        .filter(payment_moves::payment_id.eq(payment))
        .select(payment_moves::reason)
        .load(conn)?;
    let is_here = |reference: &Option<String>| reference.is_some() && steps.contains(reference);
    let waits = rows.iter().filter(|(_, reference)| !is_here(reference));
    Ok(waits.map(|(amount, _)| *amount).sum())
}

/// Those that wait for a second person, the oldest first, each with its payment.
pub fn list_waiting(
    conn: &mut Conn,
    account: Option<AccountId>,
) -> Result<Vec<(RefundRow, PaymentNumber)>, StoreError> {
    let mut query = payment_refunds::table
        .inner_join(payments::table)
        .filter(payment_refunds::status.eq(RefundState::Proposed))
        .order(payment_refunds::id)
        .limit(MOST)
        .select((RefundRow::as_select(), payments::number))
        .into_boxed();
    if let Some(account) = account {
        query = query.filter(payment_refunds::account_id.eq(account));
    }
    Ok(query.load(conn)?)
}

/// Those for which the processor is to be called, the oldest first.
pub fn list_ordered(conn: &mut Conn) -> Result<Vec<i64>, StoreError> {
    Ok(payment_refunds::table
        .filter(payment_refunds::status.eq(RefundState::Ordered))
        .order(payment_refunds::id)
        .limit(MOST)
        .select(payment_refunds::id)
        .load(conn)?)
}
