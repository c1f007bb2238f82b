//! Refunds of what came by the processor, ordered at the office: decided here, asked for at the processor by a door, and written down here. The
//! ledger moves when the processor's message says so, as with refunds that are made there.

use std::collections::HashMap;

use chrono::{NaiveDateTime, TimeDelta};
use serde_json::json;

use crate::domain::correction_policy::KindRules;
use crate::domain::corrections::CorrectionKind;
use crate::domain::exceptions::{ExceptionKind, ExceptionReason};
use crate::domain::ids::PaymentId;
use crate::domain::ledger::{EntryKind, Source, SourceKind};
use crate::domain::money::Money;
use crate::domain::payments::seen::RefundSeen;
use crate::domain::payments::{Channel, PaymentState};
use crate::domain::refund_orders::RefundState;
use crate::domain::staff::Role;
use crate::store;
use crate::store::audit::Deed;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::exceptions::NewException;
use crate::store::payment_refunds::{self, NewRefund, RefundRow};
use crate::store::payments::PaymentRow;
use crate::usecases::books::{self, BooksError};
use crate::usecases::corrections::decided;

/// The most characters of a note or a reason in words.
const LONGEST_NOTE: usize = 300;

/// For so long after it was decided a refund is asked for again where nobody answered. The processor remembers the key of a call for a day: past
/// that a second call could give back twice.
const SENT_WITHIN: TimeDelta = TimeDelta::hours(12);

/// From so long after it was decided the processor is asked whether it has the refund: the last call has ended by then, whatever came of it.
const LOOKED_FOR_AFTER: TimeDelta = TimeDelta::hours(13);

/// The word for a refund that nobody answered in time, and that the processor does not have.
const NO_ANSWER: &str = "no_answer";

/// Why nothing was refunded.
#[derive(Debug, thiserror::Error)]
pub enum RefundError {
    /// It did not come by the processor, and goes back another way.
    #[error("the payment did not come by the processor")]
    NotByProcessor,
    /// Nothing of it is there to go back.
    #[error("the payment is {0}")]
    NotStanding(PaymentState),
    /// Nothing, or less.
    #[error("the amount is not more than nothing")]
    Amount,
    /// More than was paid, less what went back or is on its way.
    #[error("no more than {0} is left of the payment")]
    MoreThan(Money),
    /// The reason is not one of the policy's list, or the policy lets nobody do this.
    #[error("the policy has no such reason")]
    Reason,
    /// A note must say why.
    #[error("a note must say why")]
    NoteMissing,
    /// The note is longer than the longest that is kept, in characters.
    #[error("the note is longer than {0} characters")]
    NoteTooLong(usize),
    /// The form ordered another refund before.
    #[error("the form was used before")]
    KeyUsed,
    /// Nobody decides as the second person what they ordered, and only whoever ordered it gives it up.
    #[error("{0} ordered it")]
    SamePerson(String),
    /// More than the second person decides.
    #[error("no more than {0} is decided by this job")]
    OverLimit(Money),
    /// It was decided before.
    #[error("the refund is {0} already")]
    Decided(RefundState),
    /// A fault.
    #[error(transparent)]
    Fault(#[from] StoreError),
}

impl From<BooksError> for RefundError {
    fn from(error: BooksError) -> Self {
        match error {
            BooksError::Fault(fault) => Self::Fault(fault),
            unreadable @ (BooksError::Chart(_) | BooksError::Policy { .. }) => {
                Self::Fault(StoreError::Unreadable(unreadable.to_string()))
            }
        }
    }
}

/// What is ordered.
#[derive(Debug, Clone)]
pub struct RefundOrder {
    /// One per form shown.
    pub key: String,
    /// Of which payment.
    pub payment: PaymentId,
    /// How much.
    pub amount: Money,
    /// The reason, by its code in the policy on corrections.
    pub reason: String,
    /// What was written about it.
    pub note: String,
    /// The job of whoever orders it.
    pub role: Role,
}

/// What the processor is asked about a refund.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RefundQuestion {
    /// To take it.
    Take,
    /// Whether it has taken it: a second call might give back twice.
    Has,
}

/// What is asked of the processor; asked again under its key it is the same refund.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefundCall {
    /// What it is asked.
    pub question: RefundQuestion,
    /// The processor's name for the payment.
    pub intent: String,
    /// How much.
    pub amount: Money,
    /// The key of the call.
    pub key: String,
}

/// What may still go back of a payment: what was paid, less what went back and what is on its way, and no more than is still on the account. Of a
/// payment for several accounts that is the part of the one: each part goes back by itself.
///
/// # Errors
/// `NotByProcessor`, `NotStanding`, or a fault.
pub fn refundable(conn: &mut Conn, row: &PaymentRow) -> Result<Money, RefundError> {
    if row.channel != Channel::Portal || row.processor_reference.is_none() {
        return Err(RefundError::NotByProcessor);
    }
    if !matches!(
        row.state,
        PaymentState::Succeeded | PaymentState::RefundedPart
    ) {
        return Err(RefundError::NotStanding(row.state));
    }
    let gone = store::payment_moves::refunded(conn, row.id)?;
    let coming = payment_refunds::on_its_way(conn, row.id)?;
    let here = still_here(conn, row)?;
    Ok((row.amount - gone).min(here) - coming)
}

/// What is still on the account of a payment: what it pays there, and what is held. What the office paid out by check is not there to go back again.
fn still_here(conn: &mut Conn, row: &PaymentRow) -> Result<Money, StoreError> {
    let source = Source {
        kind: SourceKind::Payment,
        id: row.id.0,
    };
    let Some(entry) = store::ledger::find(conn, source, EntryKind::Payment)? else {
        return Ok(Money::ZERO);
    };
    let account = [row.account_id];
    let paying = store::ledger::list_paying(conn, &account, &[entry.id])?.remove(&row.account_id);
    let held = store::open_items::list_held(conn, &account)?.remove(&row.account_id);
    Ok(paying.unwrap_or_default() + held.unwrap_or_default())
}

/// Orders a refund: it is to be asked for at the processor, or waits for a second person where it is more than one decides. The same form again is
/// the same refund.
///
/// # Errors
/// Why it is not ordered, or a fault.
pub fn order_refund(
    tx: &mut Tx<'_>,
    order: &RefundOrder,
) -> Result<(i64, RefundState), RefundError> {
    let row = held(tx, order.payment)?;
    let note = checked(&order.note)?;
    if let Some(known) = payment_refunds::find_by_key(tx, &order.key)? {
        let is_same = known.payment_id == order.payment
            && known.amount == order.amount
            && (known.reason.as_str(), known.note.as_str()) == (order.reason.as_str(), note);
        return if is_same {
            Ok((known.id, known.status))
        } else {
            Err(RefundError::KeyUsed)
        };
    }
    if !order.amount.is_positive() {
        return Err(RefundError::Amount);
    }
    let left = refundable(tx, &row)?;
    if order.amount > left {
        return Err(RefundError::MoreThan(left));
    }
    let rules = rules(tx)?;
    let reason = rules.reason(&order.reason).ok_or(RefundError::Reason)?;
    if reason.takes_note && note.is_empty() {
        return Err(RefundError::NoteMissing);
    }
    let decided = decided(tx, row.account_id, CorrectionKind::Refund)?;
    let takes_two = rules.takes_two(order.role, order.amount, decided);
    let new = NewRefund {
        request_key: &order.key,
        payment: row.id,
        account: row.account_id,
        amount: order.amount,
        reason: &order.reason,
        note,
        takes_two,
    };
    let id = payment_refunds::insert(tx, &new)?;
    let row = payment_refunds::get(tx, id)?;
    let action = if takes_two {
        "payment.refund_proposed"
    } else {
        REFUNDED
    };
    record(tx, &row, action)?;
    Ok((id, row.status))
}

/// The verb of the trail for what somebody decided to refund to a card or bank account.
pub(in crate::usecases) const REFUNDED: &str = "payment.refund_ordered";

/// Decides as the second person on one that waits: it is to be asked for at the processor.
///
/// # Errors
/// `SamePerson`, `OverLimit`, `MoreThan`, `NotStanding`, `Decided`, or a fault.
pub fn approve_refund(tx: &mut Tx<'_>, id: i64, role: Role) -> Result<(), RefundError> {
    let row = waiting(tx, id)?;
    if tx.stamp.by.is_person(row.made_by_id, &row.made_by) {
        return Err(RefundError::SamePerson(row.made_by));
    }
    let payment = store::payments::get(tx, row.payment_id)?;
    // It is counted among what is on its way itself.
    let left = refundable(tx, &payment)? + row.amount;
    if row.amount > left {
        return Err(RefundError::MoreThan(left));
    }
    let rules = rules(tx)?;
    let decided = decided(tx, row.account_id, CorrectionKind::Refund)?;
    if !rules.is_within(role, row.amount, decided) {
        return Err(RefundError::OverLimit(
            rules.limit(role).unwrap_or_default(),
        ));
    }
    let by = tx.stamp.by.name_beside(&row.made_by);
    payment_refunds::mark_decided(tx, id, RefundState::Ordered, (&by, ""))?;
    Ok(record(tx, &row, REFUNDED)?)
}

/// Refuses one that waits, with the reason in words.
///
/// # Errors
/// `SamePerson`, `NoteMissing`, `NoteTooLong`, `Decided`, or a fault.
pub fn refuse_refund(tx: &mut Tx<'_>, id: i64, words: &str) -> Result<(), RefundError> {
    let row = waiting(tx, id)?;
    if tx.stamp.by.is_person(row.made_by_id, &row.made_by) {
        return Err(RefundError::SamePerson(row.made_by));
    }
    let words = checked(words)?;
    if words.is_empty() {
        return Err(RefundError::NoteMissing);
    }
    let by = tx.stamp.by.name_beside(&row.made_by);
    payment_refunds::mark_decided(tx, id, RefundState::Refused, (&by, words))?;
    Ok(record(tx, &row, "payment.refund_refused")?)
}

/// Gives up one that waits, and that one ordered oneself.
///
/// # Errors
/// `SamePerson` where somebody else ordered it, `Decided`, or a fault.
pub fn withdraw_refund(tx: &mut Tx<'_>, id: i64) -> Result<(), RefundError> {
    let row = waiting(tx, id)?;
    if !tx.stamp.by.is_person(row.made_by_id, &row.made_by) {
        return Err(RefundError::SamePerson(row.made_by));
    }
    let by = tx.stamp.by.name.clone();
    payment_refunds::mark_decided(tx, id, RefundState::Withdrawn, (&by, ""))?;
    Ok(record(tx, &row, "payment.refund_withdrawn")?)
}

/// What stands before our key where the processor keeps it.
const KEY_STEM: &str = "refund-";

/// What is to be asked of the processor about a refund now; nothing where it is answered, or where a last call may still be under way.
///
/// # Errors
/// A fault of the store.
pub fn refund_call(
    conn: &mut Conn,
    id: i64,
    now: NaiveDateTime,
) -> Result<Option<RefundCall>, StoreError> {
    let row = payment_refunds::get(conn, id)?;
    if row.status != RefundState::Ordered {
        return Ok(None);
    }
    let question = match row.decided_at.map(|at| now - at) {
        Some(age) if age <= SENT_WITHIN => RefundQuestion::Take,
        Some(age) if age <= LOOKED_FOR_AFTER => return Ok(None),
        Some(_) | None => RefundQuestion::Has,
    };
    let payment = store::payments::get(conn, row.payment_id)?;
    Ok(payment.processor_reference.map(|intent| RefundCall {
        question,
        intent,
        amount: row.amount,
        key: format!("{KEY_STEM}{}", row.request_key),
    }))
}

/// Notes of the refunds that the processor was just seen to have which of them were ordered here, so that none of them is given up. Says of which
/// payment each of these was ordered, by the processor's name for it.
pub(super) fn recognize(
    tx: &mut Tx<'_>,
    rows: &[PaymentRow],
    seen: &[RefundSeen],
) -> Result<HashMap<String, PaymentId>, StoreError> {
    let mut ordered = HashMap::new();
    for refund in seen {
        let key = refund.key.as_deref();
        let Some(key) = key.and_then(|key| key.strip_prefix(KEY_STEM)) else {
            continue;
        };
        if let Some(known) = payment_refunds::find_by_key(tx, key)?
            && rows.iter().any(|row| row.id == known.payment_id)
        {
            record_refund_sent(tx, known.id, &refund.reference)?;
            ordered.insert(refund.reference.clone(), known.payment_id);
        }
    }
    Ok(ordered)
}

/// Notes that the processor took a refund. A second time changes nothing.
///
/// # Errors
/// A fault of the store.
pub fn record_refund_sent(tx: &mut Tx<'_>, id: i64, reference: &str) -> Result<(), StoreError> {
    let row = held_refund(tx, id)?;
    if row.status != RefundState::Ordered {
        return Ok(());
    }
    payment_refunds::mark_sent(tx, id, reference)?;
    record(tx, &row, "payment.refund_sent")
}

/// Notes that the processor would not take a refund, and asks somebody of the office what now. A second time changes nothing.
///
/// # Errors
/// A fault of the store.
pub fn record_refund_failed(tx: &mut Tx<'_>, id: i64, why: &str) -> Result<(), StoreError> {
    let row = held_refund(tx, id)?;
    if row.status != RefundState::Ordered {
        return Ok(());
    }
    payment_refunds::mark_failed(tx, id, why)?;
    ask_about(tx, &row, (ExceptionReason::RefundNotTaken, why))?;
    record(tx, &row, "payment.refund_failed")
}

/// Notes that the processor, asked long after anybody called, does not have a refund: it will not be asked to take it any more.
///
/// # Errors
/// A fault of the store.
pub fn give_up_refund(tx: &mut Tx<'_>, id: i64) -> Result<(), StoreError> {
    record_refund_failed(tx, id, NO_ANSWER)
}

/// Asks somebody of the office, once, about a refund of which the processor does not even say whether it has it. It stays ordered: its money is
/// not given back a second time meanwhile.
///
/// # Errors
/// A fault of the store.
pub fn report_unsure_refund(tx: &mut Tx<'_>, id: i64, why: &str) -> Result<(), StoreError> {
    let row = held_refund(tx, id)?;
    if row.status == RefundState::Ordered {
        ask_about(tx, &row, (ExceptionReason::RefundUnsure, why))?;
    }
    Ok(())
}

/// What a person is asked about a refund, once for each reason.
fn ask_about(
    tx: &mut Tx<'_>,
    row: &RefundRow,
    (reason, why): (ExceptionReason, &str),
) -> Result<(), StoreError> {
    let number = store::payments::get(tx, row.payment_id)?.number;
    let found = NewException {
        account_id: Some(row.account_id),
        ..NewException::of(
            format!("refund:{reason}:{}", row.id),
            ExceptionKind::Payment,
            reason,
            json!({"payment": number, "amount": row.amount.to_string(), "why": why}),
        )
    };
    store::exceptions::open(tx, &found)?;
    Ok(())
}

fn rules(tx: &mut Tx<'_>) -> Result<KindRules, RefundError> {
    let on = tx.stamp.on;
    let policy = books::corrections_on(tx, on)?;
    let rules = policy.rules(CorrectionKind::Refund).cloned();
    rules.ok_or(RefundError::Reason)
}

/// The payment, held with its account: two people who refund at the same time do it one after the other.
fn held(tx: &mut Tx<'_>, payment: PaymentId) -> Result<PaymentRow, StoreError> {
    let row = store::payments::lock(tx, payment)?;
    store::ledger::lock(tx, &[row.account_id])?;
    Ok(row)
}

fn held_refund(tx: &mut Tx<'_>, id: i64) -> Result<RefundRow, StoreError> {
    let payment = payment_refunds::get(tx, id)?.payment_id;
    held(tx, payment)?;
    payment_refunds::get(tx, id)
}

fn waiting(tx: &mut Tx<'_>, id: i64) -> Result<RefundRow, RefundError> {
    let row = held_refund(tx, id)?;
    match row.status {
        RefundState::Proposed => Ok(row),
        decided @ (RefundState::Ordered
        | RefundState::Sent
        | RefundState::Failed
        | RefundState::Refused
        | RefundState::Withdrawn) => Err(RefundError::Decided(decided)),
    }
}

fn checked(words: &str) -> Result<&str, RefundError> {
    let words = words.trim();
    if words.chars().count() > LONGEST_NOTE {
        return Err(RefundError::NoteTooLong(LONGEST_NOTE));
    }
    Ok(words)
}

fn record(tx: &mut Tx<'_>, row: &RefundRow, action: &str) -> Result<(), StoreError> {
    let number = store::payments::get(tx, row.payment_id)?.number;
    let deed = Deed {
        action,
        subject_kind: "payment",
        subject_id: number.to_string(),
        account_id: Some(row.account_id),
        facts: json!({ "cents": row.amount, "reason": row.reason }),
    };
    store::audit::insert(tx, &deed)?;
    tx.touch(row.account_id);
    Ok(())
}
