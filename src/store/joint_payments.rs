//! Payments for several accounts: the whole is a row, its parts are payments of their own that share its page and its name at the processor.

use std::collections::HashMap;

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::domain::ids::{AccountId, JointPaymentId, PaymentId};
use crate::domain::money::Money;
use crate::domain::payments::PaymentState;
use crate::domain::payments::joint::Part;
use crate::store::any::AnyConnection;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::ext::sum_i64;
use crate::store::payments::PaymentRow;
use crate::store::schema::{joint_payments, ledger_entries, payments};

/// What an account stands at when it is about to be paid together with others.
#[derive(Debug, Clone, Default)]
pub struct Standing {
    /// What is owed.
    pub balance: Money,
    /// What is on its way.
    pub pending: Money,
    /// The amounts of the payments that were made since an instant and not taken back.
    pub given: Vec<Money>,
}

/// The whole that was asked for by this form.
pub fn find_by_request(conn: &mut Conn, key: &str) -> Result<Option<JointPaymentId>, StoreError> {
    Ok(joint_payments::table
        .filter(joint_payments::request_key.eq(key))
        .select(joint_payments::id)
        .first(conn)
        .optional()?)
}

/// The form by which a whole was asked for: its name on the portal.
pub fn request_key(conn: &mut Conn, id: JointPaymentId) -> Result<String, StoreError> {
    Ok(joint_payments::table
        .find(id)
        .select(joint_payments::request_key)
        .first(conn)?)
}

/// The parts of a whole, the first one first.
pub fn list_parts(conn: &mut Conn, id: JointPaymentId) -> Result<Vec<PaymentRow>, StoreError> {
    Ok(payments::table
        .filter(payments::joint_payment_id.eq(id))
        .order(payments::joint_place)
        .select(PaymentRow::as_select())
        .load(conn)?)
}

/// The parts of a whole, the first one first, kept from others until the end of the transaction.
pub fn lock_parts(tx: &mut Tx<'_>, id: JointPaymentId) -> Result<Vec<PaymentRow>, StoreError> {
    if let AnyConnection::Pg(conn) = tx.conn() {
        payments::table
            .filter(payments::joint_payment_id.eq(id))
            .order(payments::id)
            .select(payments::id)
            .for_update()
            .load::<PaymentId>(conn)?;
    }
    list_parts(tx, id)
}

/// Records a whole; its parts follow.
pub fn insert(tx: &mut Tx<'_>, key: &str, amount: Money) -> Result<JointPaymentId, StoreError> {
    Ok(diesel::insert_into(joint_payments::table)
        .values((
            joint_payments::request_key.eq(key),
            joint_payments::amount_cents.eq(amount),
        ))
        .returning(joint_payments::id)
        .get_result(tx.conn())?)
}

/// What the accounts stand at, and what was paid on them since an instant. Two questions for any number.
pub fn standing(
    conn: &mut Conn,
    parts: &[Part],
    since: NaiveDateTime,
) -> Result<HashMap<AccountId, Standing>, StoreError> {
    let ids: Vec<AccountId> = parts.iter().map(|part| part.account_id).collect();
    let mut found: HashMap<AccountId, Standing> = HashMap::new();
    for (account, balance) in balances(conn, &ids)? {
        found.entry(account).or_default().balance = balance;
    }
    let given = [
        PaymentState::Processing,
        PaymentState::Succeeded,
        PaymentState::RefundedPart,
    ];
    let is_told = payments::state
        .eq(PaymentState::Processing)
        .or(payments::requested_at.ge(since));
    let rows: Vec<(AccountId, Money, PaymentState, NaiveDateTime)> = payments::table
        .filter(payments::account_id.eq_any(&ids))
        .filter(payments::state.eq_any(given))
        .filter(is_told)
        .select((
            payments::account_id,
            payments::amount_cents,
            payments::state,
            payments::requested_at,
        ))
        .load(conn)?;
    for (account, amount, state, requested_at) in rows {
        let standing = found.entry(account).or_default();
        if state == PaymentState::Processing {
            standing.pending += amount;
        }
        if requested_at >= since {
            standing.given.push(amount);
        }
    }
    Ok(found)
}

/// What accounts owe; one without any entry is left out.
pub fn balances(
    conn: &mut Conn,
    accounts: &[AccountId],
) -> Result<Vec<(AccountId, Money)>, StoreError> {
    let sums: Vec<(Option<AccountId>, Option<i64>)> = ledger_entries::table
        .filter(ledger_entries::account_id.eq_any(accounts))
        .group_by(ledger_entries::account_id)
        .select((
            ledger_entries::account_id,
            sum_i64(ledger_entries::receivable_cents),
        ))
        .load(conn)?;
    let of = |(account, cents): (Option<AccountId>, Option<i64>)| {
        Some((account?, Money::from_cents(cents.unwrap_or_default())))
    };
    Ok(sums.into_iter().filter_map(of).collect())
}

/// What was asked for on accounts at a processor and neither paid nor given up, oldest first. One question for any number.
pub fn list_requested(
    conn: &mut Conn,
    accounts: &[AccountId],
    processor: &str,
) -> Result<Vec<PaymentRow>, StoreError> {
    Ok(payments::table
        .filter(payments::account_id.eq_any(accounts))
        .filter(payments::state.eq(PaymentState::Requested))
        .filter(payments::processor.eq(processor))
        .order(payments::id)
        .select(PaymentRow::as_select())
        .load(conn)?)
}
