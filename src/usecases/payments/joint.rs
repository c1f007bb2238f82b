//! One payment at the processor for several accounts. Each account has a payment of its own, a part of the whole: asked for together, opened
//! and closed together, brought together to where the processor says the whole stands. What goes back of the whole goes back of its parts,
//! to the cent: shared out among all of them, or of the one part that the office ordered a refund of.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime};
use serde_json::json;

use crate::domain::ids::{AccountId, EntryId, JointPaymentId, PaymentId};
use crate::domain::ledger::{EntryKind, SourceKind};
use crate::domain::money::Money;
use crate::domain::payments::doubts::{Before, Doubt, equal_within};
use crate::domain::payments::joint::{JointRequest, Left, Part, refunded, refunded_of, shares};
use crate::domain::payments::seen::{Move, failure_of};
use crate::domain::payments::{Channel, PaymentState};
use crate::store;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::payments::{NewPayment, PaymentRow};
use crate::usecases::payments::following::{
    apply, charge_back, give_back, post, refund, settle, undo_refund,
};
use crate::usecases::payments::processor_account::account_for;
use crate::usecases::payments::{PaymentError, audit, give_way, open_books, step};

/// What the parts of a payment for several accounts look like before it counts: the doubts, each with its account. Two questions for any
/// number of accounts.
///
/// # Errors
/// A fault of the database.
pub fn find_joint_doubts(
    conn: &mut Conn,
    parts: &[Part],
    at: NaiveDateTime,
) -> Result<Vec<(AccountId, Doubt)>, StoreError> {
    let standing = store::joint_payments::standing(conn, parts, at - equal_within())?;
    let doubted = parts.iter().filter_map(|part| {
        let found = standing.get(&part.account_id).cloned().unwrap_or_default();
        let before = Before {
            balance: found.balance,
            pending: found.pending,
            has_equal: found.given.contains(&part.amount),
        };
        Some((part.account_id, Doubt::of(&before, part.amount)?))
    });
    Ok(doubted.collect())
}

/// Asks for one payment for several accounts, on the processor's page, and says its parts, the first one first. The same form sent twice
/// asks once. What was asked for on any of the accounts and has no page yet gives way.
///
/// # Errors
/// `Joint` for parts that can't be paid together; `FormUsed` when the form asked for something else before, or charged a saved way to pay;
/// `PageOpen` while an earlier page of one of the accounts can still be paid; `Doubtful` when a part looks like one payment too many and the
/// payer is not sure.
pub fn request_joint_payment(
    tx: &mut Tx<'_>,
    request: &JointRequest,
    processor: &str,
) -> Result<Vec<PaymentRow>, PaymentError> {
    let parts = request_any_joint(tx, request, processor)?;
    let first = parts.first().ok_or(StoreError::Missing("payment"))?;
    match store::payment_methods::find_of_payment(tx, first.id)? {
        Some(_) => Err(PaymentError::FormUsed),
        None => Ok(parts),
    }
}

/// Asks for one payment for several accounts, by whatever it is made.
pub(super) fn request_any_joint(
    tx: &mut Tx<'_>,
    request: &JointRequest,
    processor: &str,
) -> Result<Vec<PaymentRow>, PaymentError> {
    request.check()?;
    if let Some(parts) = asked_before(tx, request)? {
        return Ok(parts);
    }
    let (at, accounts) = (tx.stamp.at, accounts_of(&request.parts));
    store::ledger::lock(tx, &accounts)?;
    // Whoever waited for the accounts may have waited for the same form.
    if let Some(parts) = asked_before(tx, request)? {
        return Ok(parts);
    }
    let earlier = store::joint_payments::list_requested(tx, &accounts, processor)?;
    give_way(tx, &earlier)?;
    if !request.is_sure
        && let Some((_, doubt)) = find_joint_doubts(tx, &request.parts, at)?.first()
    {
        return Err(PaymentError::Doubtful(*doubt));
    }
    record(tx, request, processor)
}

/// The parts of the payment that the same form asked for.
fn asked_before(
    tx: &mut Tx<'_>,
    request: &JointRequest,
) -> Result<Option<Vec<PaymentRow>>, PaymentError> {
    let Some(earlier) = store::joint_payments::find_by_request(tx, &request.request_key)? else {
        return Ok(None);
    };
    let parts = store::joint_payments::list_parts(tx, earlier)?;
    if is_same(request, &parts) {
        Ok(Some(parts))
    } else {
        Err(PaymentError::FormUsed)
    }
}

fn accounts_of(parts: &[Part]) -> Vec<AccountId> {
    let mut accounts: Vec<AccountId> = parts.iter().map(|part| part.account_id).collect();
    accounts.sort_unstable();
    accounts
}

/// Whether a form that was used asked for the same, in whatever order.
fn is_same(request: &JointRequest, parts: &[PaymentRow]) -> bool {
    let asked: HashMap<AccountId, Money> = request
        .parts
        .iter()
        .map(|part| (part.account_id, part.amount))
        .collect();
    let is_asked = |row: &PaymentRow| asked.get(&row.account_id) == Some(&row.amount);
    asked.len() == parts.len() && parts.iter().all(is_asked)
}

fn record(
    tx: &mut Tx<'_>,
    request: &JointRequest,
    processor: &str,
) -> Result<Vec<PaymentRow>, PaymentError> {
    let (on, whole) = (tx.stamp.on, request.whole());
    let joint = store::joint_payments::insert(tx, &request.request_key, whole)?;
    for (place, part) in (0..).zip(&request.parts) {
        let new = NewPayment {
            account_id: part.account_id,
            amount: part.amount,
            channel: Channel::Portal,
            tender: request.tender,
            tender_label: None,
            processor: processor.to_owned(),
            processor_reference: None,
            request_key: None,
            state: PaymentState::Requested,
            joint: Some((joint, place)),
        };
        let id = store::payments::insert(tx, &new)?;
        store::payment_moves::insert_step(tx, id, &step(PaymentState::Requested, on))?;
    }
    let rows = store::joint_payments::lock_parts(tx, joint)?;
    for row in &rows {
        let facts = json!({"cents": row.amount, "of": whole, "accounts": rows.len()});
        audit(tx, row, "payment.requested", facts)?;
    }
    Ok(rows)
}

/// The part by which the processor names the payment that a row is of: the first, or the row itself.
pub(super) fn first_of(conn: &mut Conn, row: &PaymentRow) -> Result<PaymentId, StoreError> {
    let Some(joint) = row.joint else {
        return Ok(row.id);
    };
    let parts = store::joint_payments::list_parts(conn, joint)?;
    Ok(parts.first().map_or(row.id, |first| first.id))
}

/// What the processor is asked for in all by the payment that a row is of.
pub(super) fn whole(conn: &mut Conn, row: &PaymentRow) -> Result<Money, StoreError> {
    let Some(joint) = row.joint else {
        return Ok(row.amount);
    };
    let parts = store::joint_payments::list_parts(conn, joint)?;
    Ok(parts.iter().map(|part| part.amount).sum())
}

/// Every part of the payment that a row is of, the first one first, locked: the row itself, or the whole that it is a part of.
pub(super) fn lock_whole(tx: &mut Tx<'_>, row: PaymentRow) -> Result<Vec<PaymentRow>, StoreError> {
    match row.joint {
        Some(joint) => lock_parts(tx, joint),
        None => Ok(vec![store::payments::lock(tx, row.id)?]),
    }
}

fn lock_parts(tx: &mut Tx<'_>, joint: JointPaymentId) -> Result<Vec<PaymentRow>, StoreError> {
    let rows = store::joint_payments::lock_parts(tx, joint)?;
    let mut accounts: Vec<AccountId> = rows.iter().map(|row| row.account_id).collect();
    accounts.sort_unstable();
    store::ledger::lock(tx, &accounts)?;
    Ok(rows)
}

/// Where the whole stands: where the part does that has come furthest. Until they are posted all parts stand alike; afterwards a small refund
/// may have left one of them out.
pub(super) fn standing(rows: &[PaymentRow]) -> PaymentState {
    let states = rows.iter().map(|row| row.state);
    states
        .max_by_key(|state| state.rank())
        .unwrap_or(PaymentState::Requested)
}

/// Takes one step with every part of a payment that has several. A refund that the office ordered of one part, by the processor's name for it,
/// is that part's alone.
pub(super) fn apply_to_parts(
    tx: &mut Tx<'_>,
    rows: &mut [PaymentRow],
    next: &Move,
    (paid_on, ordered): (NaiveDate, &HashMap<String, PaymentId>),
) -> Result<(), PaymentError> {
    match next {
        Move::Process | Move::Cancel | Move::Fail { .. } | Move::Contest { .. } => {
            for row in rows.iter_mut() {
                row.state = apply(tx, row, next, paid_on)?;
            }
        }
        Move::Post => {
            let books = open_books(tx)?;
            for row in rows.iter_mut() {
                row.state = post(tx, &books, row, paid_on)?;
            }
        }
        Move::Refund { reference, amount } => {
            let of = ordered.get(reference).copied();
            refund_parts(tx, rows, (reference, *amount), of)?;
        }
        Move::UndoRefund { reference, .. } => undo_refund_of_parts(tx, rows, reference)?,
        Move::Return { reason, .. } => {
            // One payment came back, so that the fee is charged once: on the first account.
            let books = open_books(tx)?;
            for (place, row) in rows.iter_mut().enumerate() {
                row.state = give_back(tx, &books, row, (reason, place == 0))?;
            }
        }
        Move::ChargeBack {
            reference,
            reason,
            amount,
        } => charge_parts_back(tx, rows, reference, (reason, *amount))?,
        Move::Settle { reference, status } => {
            for row in rows.iter() {
                settle(tx, row, reference, *status)?;
            }
        }
        Move::Account(line, of) => account_for(tx, rows, line, of)?,
    }
    Ok(())
}

/// What is left of each part after what went back of it.
fn left_of(tx: &mut Tx<'_>, rows: &[PaymentRow]) -> Result<Vec<Money>, StoreError> {
    rows.iter()
        .map(|row| Ok(row.amount - store::payment_moves::refunded(tx, row.id)?))
        .collect()
}

/// The same, with what became of it: held on the account of each part, or paying debts there.
fn standing_of(tx: &mut Tx<'_>, rows: &[PaymentRow]) -> Result<Vec<Left>, StoreError> {
    let left = left_of(tx, rows)?;
    let accounts: Vec<AccountId> = rows.iter().map(|row| row.account_id).collect();
    let ids: Vec<i64> = rows.iter().map(|row| row.id.0).collect();
    let posted = store::ledger::list_made_for(tx, SourceKind::Payment, &ids, EntryKind::Payment)?;
    let posted: Vec<EntryId> = posted.into_values().collect();
    let held = store::open_items::list_held(tx, &accounts)?;
    let paying = store::ledger::list_paying(tx, &accounts, &posted)?;
    let parts = accounts.iter().zip(left).map(|(account, amount)| Left {
        amount,
        held: held.get(account).copied().unwrap_or_default(),
        paying: paying.get(account).copied().unwrap_or_default(),
    });
    Ok(parts.collect())
}

/// Whether the step of this name was shared out among the parts: all of it is, in one transaction, or nothing.
fn is_shared_out(tx: &mut Tx<'_>, rows: &[PaymentRow], name: &str) -> Result<bool, StoreError> {
    for row in rows {
        if store::payment_moves::has_step(tx, row.id, name)? {
            return Ok(true);
        }
    }
    Ok(false)
}

fn refund_parts(
    tx: &mut Tx<'_>,
    rows: &mut [PaymentRow],
    (reference, amount): (&str, Money),
    of: Option<PaymentId>,
) -> Result<(), PaymentError> {
    if is_shared_out(tx, rows, reference)? {
        return Ok(());
    }
    let books = open_books(tx)?;
    let left = standing_of(tx, rows)?;
    let place = of.and_then(|part| rows.iter().position(|row| row.id == part));
    let given = match place {
        Some(place) => refunded_of(amount, place, &left),
        None => refunded(amount, &left),
    };
    for (row, share) in rows.iter_mut().zip(given) {
        if share.is_positive() {
            row.state = refund(tx, &books, row, (reference, share))?;
        }
    }
    Ok(())
}

/// A refund came back to us: each part has again what it gave.
fn undo_refund_of_parts(
    tx: &mut Tx<'_>,
    rows: &mut [PaymentRow],
    reference: &str,
) -> Result<(), PaymentError> {
    if is_shared_out(tx, rows, &failure_of(reference))? {
        return Ok(());
    }
    let books = open_books(tx)?;
    for row in rows {
        if let Some(entry) = store::payment_moves::find_step_entry(tx, row.id, reference)? {
            let share = store::ledger::get(tx, entry)?.receivable;
            row.state = undo_refund(tx, &books, row, (reference, share))?;
        }
    }
    Ok(())
}

/// A dispute is lost, of all that was paid or of some of it.
fn charge_parts_back(
    tx: &mut Tx<'_>,
    rows: &mut [PaymentRow],
    dispute: &str,
    (reason, amount): (&str, Money),
) -> Result<(), PaymentError> {
    let books = open_books(tx)?;
    let paid: Vec<Money> = rows.iter().map(|row| row.amount).collect();
    let left = left_of(tx, rows)?;
    let is_whole = amount == paid.iter().sum::<Money>();
    let lost = shares(amount, if is_whole { &paid } else { &left });
    for (row, share) in rows.iter_mut().zip(lost) {
        if share.is_positive() {
            row.state = charge_back(tx, &books, row, (dispute, reason, share))?;
        }
    }
    Ok(())
}
