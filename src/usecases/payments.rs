//! Paying: a payment is asked for, made on the processor's page, and then brought to where the processor says it stands. Every function
//! here may be called again with the same facts, by a repeated message or after a crash, and does nothing the second time.

use chrono::{NaiveDate, TimeDelta};
use serde_json::json;

use crate::domain::entries::{Event, Receipt};
use crate::domain::exceptions::{ExceptionKind, ExceptionReason};
use crate::domain::gl::Role;
use crate::domain::ids::{EntryId, PaymentId};
use crate::domain::ledger::{Source, SourceKind};
use crate::domain::money::Money;
use crate::domain::payments::seen::{IntentSeen, Move, Seen, moves};
use crate::domain::payments::{
    AmountRefused, Channel, ClearedPayment, EventState, PaymentRequest, PaymentState, ProviderEvent,
};
use crate::store;
use crate::store::audit::Deed;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::exceptions::NewException;
use crate::store::payments::{NewPayment, PaymentRow, Step};
use crate::store::provider_events::EventRow;
use crate::usecases::books::{self, Books, BooksError};
use crate::usecases::fees::{self, FeeError};
use crate::usecases::ledger::{self, PaymentToPost, PostingError};
use crate::usecases::reversals;

/// Why a payment was not asked for, or not brought up to date.
#[derive(Debug, thiserror::Error)]
pub enum PaymentError {
    /// The amount can't be paid.
    #[error(transparent)]
    Amount(#[from] AmountRefused),
    /// The form was used for another payment already.
    #[error("this form was used for another payment")]
    FormUsed,
    /// The processor took another amount than was asked for.
    #[error("{came} came where {asked} was asked for")]
    OtherAmount {
        /// What was asked for.
        asked: Money,
        /// What came.
        came: Money,
    },
    /// The ledger refused.
    #[error(transparent)]
    Posting(#[from] PostingError),
    /// The fee for a returned payment was refused.
    #[error(transparent)]
    Fee(#[from] FeeError),
    /// The books can't be opened.
    #[error(transparent)]
    Books(#[from] BooksError),
    /// A fault.
    #[error(transparent)]
    Fault(#[from] StoreError),
}

/// How long a page that was never opened may take before its payment is given up, in hours: a page lives 24.
const UNOPENED_HOURS: i64 = 25;

/// When a message about an unknown payment is looked at again, in seconds, by how often it was; then daily.
const PARKED_SECONDS: [i64; 6] = [5, 30, 120, 600, 3_600, 21_600];

/// After so many looks a message about an unknown payment is shown to a person. It stays.
const LOOKS_BEFORE_ASKING: i32 = 5;

/// Asks for a payment. The same form sent twice asks once.
///
/// # Errors
/// `Amount` for an amount that can't be paid; `FormUsed` when the form asked for something else before.
pub fn request_payment(
    tx: &mut Tx<'_>,
    request: &PaymentRequest,
    processor: &str,
) -> Result<PaymentRow, PaymentError> {
    request.check()?;
    if let Some(earlier) = store::payments::find_by_request(tx, &request.request_key)? {
        let is_same = earlier.account_id == request.account_id && earlier.amount == request.amount;
        return if is_same {
            Ok(earlier)
        } else {
            Err(PaymentError::FormUsed)
        };
    }
    let new = NewPayment {
        account_id: request.account_id,
        amount: request.amount,
        channel: Channel::Portal,
        tender: request.tender,
        tender_label: None,
        processor: processor.to_owned(),
        processor_reference: None,
        request_key: Some(request.request_key.clone()),
        state: PaymentState::Requested,
    };
    let id = store::payments::insert(tx, &new)?;
    let on = tx.stamp.on;
    store::payments::insert_step(tx, id, &step(PaymentState::Requested, on))?;
    let row = store::payments::lock(tx, id)?;
    audit(tx, &row, "payment.requested", json!({"cents": row.amount}))?;
    Ok(row)
}

/// Remembers the page a payment is made on. Messages that came before it are looked at again.
///
/// # Errors
/// A fault of the database.
pub fn record_checkout(
    tx: &mut Tx<'_>,
    payment: PaymentId,
    session: &str,
    url: &str,
) -> Result<(), StoreError> {
    let row = store::payments::lock(tx, payment)?;
    if row.session_reference.is_none() {
        store::payments::mark_session(tx, payment, session, url)?;
        store::provider_events::unpark(tx, Some(session), None)?;
    }
    Ok(())
}

/// Keeps a message of the processor; says whether it was new.
///
/// # Errors
/// A fault of the database: then the processor must send it again.
pub fn keep_event(tx: &mut Tx<'_>, event: &ProviderEvent) -> Result<bool, StoreError> {
    store::provider_events::insert(tx, event)
}

/// Keeps messages that were asked for.
///
/// # Errors
/// A fault of the database.
pub fn keep_events(tx: &mut Tx<'_>, events: &[ProviderEvent]) -> Result<usize, StoreError> {
    let mut new = 0;
    for event in events {
        new += usize::from(keep_event(tx, event)?);
    }
    Ok(new)
}

/// Takes the messages whose time has come, for this worker alone.
///
/// # Errors
/// A fault of the database.
pub fn take_events(tx: &mut Tx<'_>, limit: i64) -> Result<Vec<EventRow>, StoreError> {
    store::provider_events::take(tx, limit)
}

/// The payment a message is about: by its name, by its page, or by the number we wrote on it.
///
/// # Errors
/// A fault of the database.
pub fn find_of_event(
    conn: &mut Conn,
    event: &ProviderEvent,
    processor: &str,
) -> Result<Option<PaymentRow>, StoreError> {
    if let Some(intent) = &event.intent_ref
        && let Some(row) = store::payments::find_by_reference(conn, processor, intent)?
    {
        return Ok(Some(row));
    }
    if let Some(session) = &event.session_ref
        && let Some(row) = store::payments::find_by_session(conn, session)?
    {
        return Ok(Some(row));
    }
    match &event.payment_number {
        Some(number) => store::payments::find_by_printed_number(conn, number),
        None => Ok(None),
    }
}

/// What became of a message, to be written down with whatever followed from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// What it is about was read again and written down.
    Done,
    /// Of no interest.
    Ignored,
    /// About a payment that isn't known, or not yet.
    Unknown,
    /// The processor can't be reached now.
    NotNow(String),
    /// It can't be applied, and a person must look.
    Refused(String),
}

/// Writes down what became of a message.
///
/// # Errors
/// A fault of the database.
pub fn finish_event(
    tx: &mut Tx<'_>,
    id: &str,
    attempts: i32,
    outcome: &Outcome,
) -> Result<(), StoreError> {
    let at = tx.stamp.at;
    let mark = store::provider_events::mark;
    match outcome {
        Outcome::Done => mark(tx, id, EventState::Done, at, None),
        Outcome::Ignored => mark(tx, id, EventState::Ignored, at, None),
        Outcome::Unknown => {
            if attempts == LOOKS_BEFORE_ASKING {
                ask_person(
                    tx,
                    id,
                    ExceptionReason::UnknownPayment,
                    "no payment of ours",
                )?;
            }
            mark(tx, id, EventState::Parked, at + wait(attempts), None)
        }
        Outcome::NotNow(why) => mark(tx, id, EventState::Received, at + wait(attempts), Some(why)),
        Outcome::Refused(why) => {
            ask_person(tx, id, ExceptionReason::EventFailed, why)?;
            mark(tx, id, EventState::Failed, at, Some(why))
        }
    }
}

fn wait(attempts: i32) -> TimeDelta {
    let place = usize::try_from(attempts - 1).unwrap_or_default();
    TimeDelta::seconds(PARKED_SECONDS.get(place).copied().unwrap_or(86_400))
}

fn ask_person(
    tx: &mut Tx<'_>,
    event: &str,
    reason: ExceptionReason,
    why: &str,
) -> Result<(), StoreError> {
    let found = NewException::of(
        format!("event:{event}"),
        ExceptionKind::Payment,
        reason,
        json!({"event": event, "why": why}),
    );
    store::exceptions::open(tx, &found)?;
    Ok(())
}

/// Brings a payment to where the processor says it stands: posts it, fails it, returns it, refunds it, each step once.
///
/// Whoever calls has just read the processor's objects again. The payment is locked, it moves only up its ranks, and what is posted is
/// written in the same transaction: an old reading, a second reading or a crash in between changes nothing.
///
/// # Errors
/// `OtherAmount` when another amount came than was asked for; a refusal of the ledger; a fault.
pub fn bring_up_to_date(
    tx: &mut Tx<'_>,
    payment: PaymentId,
    seen: &Seen,
    paid_on: NaiveDate,
) -> Result<PaymentState, PaymentError> {
    let mut row = store::payments::lock(tx, payment)?;
    if let Some(intent) = &seen.intent {
        if intent.amount != row.amount {
            return Err(PaymentError::OtherAmount {
                asked: row.amount,
                came: intent.amount,
            });
        }
        recognize(tx, &mut row, intent)?;
    }
    for next in moves(row.state, row.tender, seen) {
        row.state = apply(tx, &row, &next, paid_on)?;
    }
    Ok(row.state)
}

/// Remembers the payment's name at the processor and by what it is really paid.
fn recognize(tx: &mut Tx<'_>, row: &mut PaymentRow, intent: &IntentSeen) -> Result<(), StoreError> {
    let is_named = row.processor_reference.as_deref() == Some(&intent.reference);
    let label = intent
        .instrument
        .as_ref()
        .map(crate::domain::payments::Instrument::label);
    if is_named && (label.is_none() || row.tender_label == label) {
        return Ok(());
    }
    store::payments::mark_instrument(tx, row.id, &intent.reference, intent.instrument.as_ref())?;
    if !is_named {
        store::provider_events::unpark(tx, None, Some(&intent.reference))?;
    }
    if let Some(instrument) = &intent.instrument {
        row.tender = instrument.tender;
    }
    Ok(())
}

/// Takes one step, and says where the payment stands after it.
fn apply(
    tx: &mut Tx<'_>,
    row: &PaymentRow,
    next: &Move,
    paid_on: NaiveDate,
) -> Result<PaymentState, PaymentError> {
    let today = tx.stamp.on;
    match next {
        Move::Process => take(tx, row, step(PaymentState::Processing, paid_on)),
        Move::Cancel => take(tx, row, step(PaymentState::Canceled, today)),
        Move::Fail { reason } => {
            let failed = because(step(PaymentState::Failed, today), reason);
            take(tx, row, failed)
        }
        Move::Post => post(tx, row, paid_on),
        Move::Refund {
            reference,
            amount,
            is_whole,
        } => refund(tx, row, (reference, *amount), *is_whole),
        Move::UndoRefund { reference, amount } => undo_refund(tx, row, reference, *amount),
        Move::Contest { reference, reason } => contest(tx, row, reference, reason),
        Move::Return { reason, .. } => {
            take_back(tx, row, PaymentState::Returned, reason)?;
            let books = open_books(tx)?;
            fees::charge_returned_payment(tx, &books, row.account_id, row.id, today)?;
            Ok(PaymentState::Returned)
        }
        Move::ChargeBack { reason, .. } => take_back(tx, row, PaymentState::ChargedBack, reason),
    }
}

const fn step<'a>(state: PaymentState, on: NaiveDate) -> Step<'a> {
    Step {
        id: None,
        state,
        on,
        reason: None,
        entry_id: None,
    }
}

const fn because<'a>(step: Step<'a>, reason: &'a str) -> Step<'a> {
    Step {
        reason: Some(reason),
        ..step
    }
}

/// Records a step with its audit row, and tells the open pages.
fn take(tx: &mut Tx<'_>, row: &PaymentRow, step: Step<'_>) -> Result<PaymentState, PaymentError> {
    store::payments::mark_state(tx, row.id, &step)?;
    let action = format!("payment.{}", step.state);
    audit(
        tx,
        row,
        &action,
        json!({"cents": row.amount, "reason": step.reason}),
    )?;
    tx.touch(row.account_id);
    Ok(step.state)
}

/// Puts the money on the account as of the day the customer paid.
fn post(
    tx: &mut Tx<'_>,
    row: &PaymentRow,
    paid_on: NaiveDate,
) -> Result<PaymentState, PaymentError> {
    let into = Role::ProcessorClearing;
    let entry_id = post_receipt(tx, row, paid_on, into)?;
    let posted = Step {
        entry_id: Some(entry_id),
        ..step(PaymentState::Succeeded, paid_on)
    };
    take(tx, row, posted)
}

fn post_receipt(
    tx: &mut Tx<'_>,
    row: &PaymentRow,
    on: NaiveDate,
    into: Role,
) -> Result<EntryId, PaymentError> {
    let books = open_books(tx)?;
    let amount = row.amount;
    let to_post = PaymentToPost {
        account: row.account_id,
        payment: row.id,
        on,
        receipt: Receipt { amount, into },
    };
    let entries = ledger::post_payments(tx, &books, &[to_post])?;
    let missing = StoreError::Missing("entry of the payment");
    Ok(entries.first().copied().ok_or(missing)?)
}

fn open_books(tx: &mut Tx<'_>) -> Result<Books, BooksError> {
    let on = tx.stamp.on;
    books::open(tx, on)
}

/// Takes a payment back: what it paid is owed again from its original due dates.
fn take_back(
    tx: &mut Tx<'_>,
    row: &PaymentRow,
    state: PaymentState,
    reason: &str,
) -> Result<PaymentState, PaymentError> {
    let (books, on) = (open_books(tx)?, tx.stamp.on);
    let entry = reversals::return_payment(tx, &books, row.id, on, Some(reason.to_owned()))?;
    let taken = Step {
        entry_id: Some(entry),
        ..because(step(state, on), reason)
    };
    take(tx, row, taken)
}

fn refund(
    tx: &mut Tx<'_>,
    row: &PaymentRow,
    (reference, amount): (&str, Money),
    is_whole: bool,
) -> Result<PaymentState, PaymentError> {
    if store::payments::has_step(tx, row.id, reference)? {
        return Ok(row.state);
    }
    let (books, on) = (open_books(tx)?, tx.stamp.on);
    let id = store::payments::reserve_step(tx)?;
    let event = Event {
        account: row.account_id,
        source: Source {
            kind: SourceKind::PaymentMove,
            id,
        },
        on,
        memo: Some(reference.to_owned()),
    };
    let entry = reversals::refund_payment(tx, &books, row.id, &event, amount)?;
    let state = if is_whole {
        PaymentState::Refunded
    } else {
        PaymentState::RefundedPart
    };
    let given_back = Step {
        id: Some(id),
        entry_id: Some(entry),
        ..because(step(state, on), reference)
    };
    take(tx, row, given_back)
}

/// A refund came back to us: the money is held for the customer, or on what is owed, again.
fn undo_refund(
    tx: &mut Tx<'_>,
    row: &PaymentRow,
    reference: &str,
    amount: Money,
) -> Result<PaymentState, PaymentError> {
    let name = format!("{reference}:failed");
    if store::payments::has_step(tx, row.id, &name)? {
        return Ok(row.state);
    }
    let (books, on) = (open_books(tx)?, tx.stamp.on);
    let to_post = PaymentToPost {
        account: row.account_id,
        payment: row.id,
        on,
        receipt: Receipt {
            amount,
            into: Role::ProcessorClearing,
        },
    };
    let entry = ledger::post_reinstatement(tx, &books, &to_post)?;
    // The one step down: a failed refund is the processor's last word on it.
    let undone = Step {
        entry_id: Some(entry),
        ..because(step(PaymentState::Succeeded, on), &name)
    };
    take(tx, row, undone)
}

/// A card payment is disputed: a person must answer in time. Nothing moves until it is decided.
fn contest(
    tx: &mut Tx<'_>,
    row: &PaymentRow,
    reference: &str,
    reason: &str,
) -> Result<PaymentState, PaymentError> {
    let mut found = NewException::of(
        format!("dispute:{reference}"),
        ExceptionKind::Payment,
        ExceptionReason::PaymentDisputed,
        json!({"payment": row.number, "dispute": reference, "reason": reason, "cents": row.amount}),
    );
    found.account_id = Some(row.account_id);
    store::exceptions::open(tx, &found)?;
    Ok(row.state)
}

/// Records money that came by another way than the processor, and posts it as of today. Its reference is posted once.
///
/// # Errors
/// An amount that is not positive; a fault.
pub fn receive_payment(
    tx: &mut Tx<'_>,
    cleared: &ClearedPayment,
) -> Result<PaymentId, PaymentError> {
    let processor = cleared.channel.as_str();
    if let Some(earlier) = store::payments::find_by_reference(tx, processor, &cleared.reference)? {
        return Ok(earlier.id);
    }
    let new = NewPayment {
        account_id: cleared.account_id,
        amount: cleared.amount,
        channel: cleared.channel,
        tender: cleared.tender,
        tender_label: cleared.label.clone(),
        processor: processor.to_owned(),
        processor_reference: Some(cleared.reference.clone()),
        request_key: None,
        state: PaymentState::Succeeded,
    };
    let id = store::payments::insert(tx, &new)?;
    let row = store::payments::lock(tx, id)?;
    let into = match cleared.channel {
        Channel::Office | Channel::DropBox => Role::CashDrawer,
        Channel::Portal | Channel::Lockbox | Channel::Phone | Channel::Conversion => Role::Bank,
    };
    let on = tx.stamp.on;
    let entry_id = post_receipt(tx, &row, on, into)?;
    let posted = Step {
        entry_id: Some(entry_id),
        ..step(PaymentState::Succeeded, on)
    };
    store::payments::insert_step(tx, id, &posted)?;
    audit(tx, &row, "payment.received", json!({"cents": row.amount}))?;
    Ok(id)
}

/// Gives up payments whose page was never opened: nobody can pay them any more.
///
/// # Errors
/// A fault of the database.
pub fn give_up_unopened(tx: &mut Tx<'_>, processor: &str) -> Result<usize, PaymentError> {
    let before = tx.stamp.at - TimeDelta::hours(UNOPENED_HOURS);
    let stale = store::payments::list_unfinished(tx, processor, before)?;
    let unopened: Vec<PaymentRow> = stale
        .into_iter()
        .filter(|row| row.session_reference.is_none() && row.state == PaymentState::Requested)
        .collect();
    let today = tx.stamp.on;
    for row in &unopened {
        take(tx, row, step(PaymentState::Canceled, today))?;
    }
    Ok(unopened.len())
}

fn audit(
    tx: &mut Tx<'_>,
    row: &PaymentRow,
    action: &str,
    facts: serde_json::Value,
) -> Result<(), StoreError> {
    let deed = Deed {
        action,
        subject_kind: "payment",
        subject_id: row.number.to_string(),
        account_id: Some(row.account_id),
        facts,
    };
    store::audit::insert(tx, &deed)
}
