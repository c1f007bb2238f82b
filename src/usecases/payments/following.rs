//! Bringing a payment to where the processor says it stands: each step once, in any order of the messages, after any crash.

use std::collections::HashMap;

use chrono::NaiveDate;
use serde_json::json;

use crate::domain::entries::{Event, Receipt};
use crate::domain::exceptions::{ExceptionKind, ExceptionReason};
use crate::domain::gl::Role;
use crate::domain::ids::{EntryId, PaymentId};
use crate::domain::ledger::{Source, SourceKind};
use crate::domain::money::Money;
use crate::domain::notice::{Notice, ReturnReason, Urgency};
use crate::domain::payments::saved::Refusal;
use crate::domain::payments::seen::{DisputeStatus, IntentSeen, Move, Seen, failure_of, moves};
use crate::domain::payments::{PaymentState, Tender};
use crate::store;
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::store::exceptions::NewException;
use crate::store::payment_moves::Step;
use crate::store::payments::PaymentRow;
use crate::usecases::arrangements;
use crate::usecases::autopay;
use crate::usecases::books::Books;
use crate::usecases::exceptions::{self, Answer, ExceptionError};
use crate::usecases::ledger::{self, PaymentToPost};
use crate::usecases::payments::joint;
use crate::usecases::payments::processor_account::account_for;
use crate::usecases::payments::refunds;
use crate::usecases::payments::{
    PaymentError, because, charge_for_return, open_books, step, take, take_back, tell, tell_return,
};
use crate::usecases::reversals::{self, GivenBack};

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
    let row = store::payments::get(tx, payment)?;
    let mut rows = joint::lock_whole(tx, row)?;
    let mut ordered = HashMap::new();
    if let Some(intent) = &seen.intent {
        let asked = rows.iter().map(|row| row.amount).sum();
        let came = intent.amount;
        if came != asked {
            return Err(PaymentError::OtherAmount { asked, came });
        }
        for row in &mut rows {
            recognize(tx, row, intent)?;
        }
        ordered = refunds::recognize(tx, &rows, &intent.refunds)?;
    }
    let tender = rows.first().map_or(Tender::Unknown, |row| row.tender);
    for next in moves(joint::standing(&rows), tender, seen) {
        match rows.as_mut_slice() {
            [row] => row.state = apply(tx, row, &next, paid_on)?,
            parts => joint::apply_to_parts(tx, parts, &next, (paid_on, &ordered))?,
        }
    }
    Ok(joint::standing(&rows))
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
pub(super) fn apply(
    tx: &mut Tx<'_>,
    row: &PaymentRow,
    next: &Move,
    paid_on: NaiveDate,
) -> Result<PaymentState, PaymentError> {
    let today = tx.stamp.on;
    match next {
        Move::Process => {
            autopay::made(tx, row.id)?;
            take(tx, row, step(PaymentState::Processing, paid_on))
        }
        Move::Cancel => take(tx, row, step(PaymentState::Canceled, today)),
        Move::Fail { reason } => fail(tx, row, (Refusal::of(reason), reason)),
        Move::Post => {
            let books = open_books(tx)?;
            post(tx, &books, row, paid_on)
        }
        Move::Refund { reference, amount } => {
            let books = open_books(tx)?;
            refund(tx, &books, row, (reference, *amount))
        }
        Move::UndoRefund { reference, amount } => {
            let books = open_books(tx)?;
            undo_refund(tx, &books, row, (reference, *amount))
        }
        Move::Contest { reference, reason } => contest(tx, row, reference, reason),
        Move::Return { reason, .. } => {
            let books = open_books(tx)?;
            give_back(tx, &books, row, (reason, true))
        }
        Move::ChargeBack {
            reference,
            reason,
            amount,
        } => {
            let books = open_books(tx)?;
            charge_back(tx, &books, row, (reference, reason, *amount))
        }
        Move::Settle { reference, status } => {
            settle(tx, row, reference, *status)?;
            Ok(row.state)
        }
        Move::Account(line, of) => {
            account_for(tx, std::slice::from_ref(row), line, of)?;
            Ok(row.state)
        }
    }
}

/// A bank took a settled payment back: it is owed again, with the fee where one is charged.
pub(super) fn give_back(
    tx: &mut Tx<'_>,
    books: &Books,
    row: &PaymentRow,
    (reason, with_fee): (&str, bool),
) -> Result<PaymentState, PaymentError> {
    take_back(tx, books, row, (PaymentState::Returned, None, reason))?;
    let fee = if with_fee {
        charge_for_return(tx, books, row)?
    } else {
        None
    };
    tell_return(tx, row, &ReturnReason::Word(reason.to_owned()), fee)?;
    autopay::after_return(tx, row.id, reason)?;
    Ok(PaymentState::Returned)
}

/// The bank, the card or the processor refused it.
pub(super) fn fail(
    tx: &mut Tx<'_>,
    row: &PaymentRow,
    (refusal, reason): (Refusal, &str),
) -> Result<PaymentState, PaymentError> {
    let on = tx.stamp.on;
    if !autopay::after_failure(tx, row, (refusal, reason))? {
        tell(tx, row, (Urgency::MustReach, row.amount), |told| {
            Notice::PaymentFailed {
                told,
                reason: reason.to_owned(),
            }
        })?;
    }
    take(tx, row, because(step(PaymentState::Failed, on), reason))
}

/// Puts the money on the account as of the day the customer paid.
pub(super) fn post(
    tx: &mut Tx<'_>,
    books: &Books,
    row: &PaymentRow,
    paid_on: NaiveDate,
) -> Result<PaymentState, PaymentError> {
    let into = Role::ProcessorClearing;
    let entry_id = post_receipt(tx, books, row, (paid_on, into))?;
    let posted = Step {
        entry_id: Some(entry_id),
        ..step(PaymentState::Succeeded, paid_on)
    };
    tell(
        tx,
        row,
        (Urgency::GoodToKnow, row.amount),
        Notice::PaymentReceived,
    )?;
    autopay::made(tx, row.id)?;
    take(tx, row, posted)
}

fn post_receipt(
    tx: &mut Tx<'_>,
    books: &Books,
    row: &PaymentRow,
    (on, into): (NaiveDate, Role),
) -> Result<EntryId, PaymentError> {
    let amount = row.amount;
    let saved = store::payment_methods::find_of_payment(tx, row.id)?;
    let to_post = PaymentToPost {
        account: row.account_id,
        payment: row.id,
        on,
        receipt: Receipt { amount, into },
        is_chosen: saved.is_none_or(|saved| saved.origin.is_none()),
    };
    let entries = ledger::post_payments(tx, books, &[to_post])?;
    let missing = StoreError::Missing("entry of the payment");
    Ok(entries.first().copied().ok_or(missing)?)
}

/// A dispute is lost: what it held back is gone, and owed again. Where only part of the payment was disputed, only that part is.
pub(super) fn charge_back(
    tx: &mut Tx<'_>,
    books: &Books,
    row: &PaymentRow,
    (dispute, reason, amount): (&str, &str, Money),
) -> Result<PaymentState, PaymentError> {
    let (state, from) = (PaymentState::ChargedBack, Some(Role::DisputedPayments));
    if amount == row.amount {
        take_back(tx, books, row, (state, from, reason))?;
    } else {
        let event = move_event(tx, row, reason)?;
        let given = GivenBack {
            payment: row.id,
            amount,
            from,
        };
        let entry = refund_part(tx, books, &event, given)?;
        take(tx, row, gone_back(&event, state, reason, entry))?;
    }
    tell_return(tx, row, &ReturnReason::Word(reason.to_owned()), None)?;
    // Where the dispute was heard of before, autopay ended then, and whoever agreed anew since did so knowing of it. One first heard of when
    // it is lost ends it now.
    if !store::exceptions::was_opened(tx, &dispute_key(row, dispute))? {
        autopay::after_dispute(tx, row.id)?;
    }
    Ok(state)
}

/// Part of a payment goes back: what it paid of an agreement is owed again.
fn refund_part(
    tx: &mut Tx<'_>,
    books: &Books,
    event: &Event,
    given: GivenBack,
) -> Result<EntryId, PaymentError> {
    let left = arrangements::left_before(tx, event.account)?;
    let entry = reversals::refund_payment(tx, books, event, given)?;
    arrangements::after_money_went_back(tx, event.account, left)?;
    Ok(entry)
}

/// Nobody need answer a dispute any more.
pub(super) fn settle(
    tx: &mut Tx<'_>,
    row: &PaymentRow,
    dispute: &str,
    status: DisputeStatus,
) -> Result<(), PaymentError> {
    let open = store::exceptions::find_open(tx, &dispute_key(row, dispute))?;
    if let Some(id) = open {
        let answered = exceptions::answer(tx, id, Answer::Resolved, status.as_str());
        answered.map_err(|error| match error {
            ExceptionError::Fault(fault) => fault,
            refused @ (ExceptionError::AlreadyAnswered
            | ExceptionError::ReasonMissing
            | ExceptionError::ReadWaits
            | ExceptionError::ReasonTooLong { .. }) => StoreError::Unreadable(refused.to_string()),
        })?;
    }
    Ok(())
}

/// What a person is asked about a dispute goes by; where the payment was for several accounts, each of them shows it.
fn dispute_key(row: &PaymentRow, dispute: &str) -> String {
    match row.joint {
        Some(_) => format!("dispute:{dispute}:{}", row.number),
        None => format!("dispute:{dispute}"),
    }
}

/// What a person is asked about a refund that came back goes by; where the payment was for several accounts, about each of them.
fn refund_key(row: &PaymentRow, refund: &str) -> String {
    match row.joint {
        Some(_) => format!("refund:{refund}:failed:{}", row.number),
        None => format!("refund:{refund}:failed"),
    }
}

pub(super) fn refund(
    tx: &mut Tx<'_>,
    books: &Books,
    row: &PaymentRow,
    (reference, amount): (&str, Money),
) -> Result<PaymentState, PaymentError> {
    if store::payment_moves::has_step(tx, row.id, reference)? {
        return Ok(row.state);
    }
    let event = move_event(tx, row, reference)?;
    let given = GivenBack {
        payment: row.id,
        amount,
        from: None,
    };
    let entry = refund_part(tx, books, &event, given)?;
    tell(tx, row, (Urgency::GoodToKnow, amount), Notice::RefundGiven)?;
    let refunded = store::payment_moves::refunded(tx, row.id)? + amount;
    let state = row.state.after_refunds(row.amount, refunded);
    take(tx, row, gone_back(&event, state, reference, entry))
}

/// A refund came back to us: the money is held for the customer, or on what is owed, again.
pub(super) fn undo_refund(
    tx: &mut Tx<'_>,
    books: &Books,
    row: &PaymentRow,
    (reference, amount): (&str, Money),
) -> Result<PaymentState, PaymentError> {
    let name = failure_of(reference);
    if store::payment_moves::has_step(tx, row.id, &name)? {
        return Ok(row.state);
    }
    let event = move_event(tx, row, &name)?;
    let receipt = Receipt {
        amount,
        into: Role::ProcessorClearing,
    };
    let entry = ledger::post_reinstatement(tx, books, &event, receipt)?;
    tell(tx, row, (Urgency::MustReach, amount), Notice::RefundFailed)?;
    let found = NewException {
        account_id: Some(row.account_id),
        ..NewException::of(
            refund_key(row, reference),
            ExceptionKind::Payment,
            ExceptionReason::RefundFailed,
            json!({"payment": row.number, "amount": amount.to_string()}),
        )
    };
    store::exceptions::open(tx, &found)?;
    // The one step down: a failed refund is the processor's last word on it.
    let refunded = store::payment_moves::refunded(tx, row.id)? - amount;
    let state = row.state.after_refunds(row.amount, refunded);
    take(tx, row, gone_back(&event, state, &name, entry))
}

/// The event of a step that has an entry of its own: the step's row is set aside to be the entry's source.
fn move_event(tx: &mut Tx<'_>, row: &PaymentRow, name: &str) -> Result<Event, StoreError> {
    let id = store::payment_moves::reserve_step(tx)?;
    Ok(Event {
        account: row.account_id,
        source: Source {
            kind: SourceKind::PaymentMove,
            id,
        },
        on: tx.stamp.on,
        memo: Some(name.to_owned()),
    })
}

fn gone_back<'a>(event: &Event, state: PaymentState, name: &'a str, entry: EntryId) -> Step<'a> {
    Step {
        id: Some(event.source.id),
        entry_id: Some(entry),
        ..because(step(state, event.on), name)
    }
}

/// A card payment is disputed: a person must answer in time. Nothing moves in the customer's ledger until it is decided.
fn contest(
    tx: &mut Tx<'_>,
    row: &PaymentRow,
    reference: &str,
    reason: &str,
) -> Result<PaymentState, PaymentError> {
    let mut found = NewException::of(
        dispute_key(row, reference),
        ExceptionKind::Payment,
        ExceptionReason::PaymentDisputed,
        json!({"payment": row.number, "dispute": reference, "reason": reason, "cents": row.amount}),
    );
    found.account_id = Some(row.account_id);
    // The first time only: whoever agrees to autopay anew is not asked again for the same dispute.
    if store::exceptions::open(tx, &found)? > 0 {
        autopay::after_dispute(tx, row.id)?;
    }
    Ok(row.state)
}
