//! Paying: a payment is asked for, made on the processor's page, and then brought to where the processor says it stands; or it came by
//! another way and is received. Every function here may be called again with the same facts, by a repeated message or after a crash, and
//! does nothing the second time.

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use serde_json::json;

use crate::domain::gl::Role;
use crate::domain::ids::{AccountId, PaymentId};
use crate::domain::money::Money;
use crate::domain::notice::{Notice, PaymentTold, ReturnReason, Urgency};
use crate::domain::payments::doubts::{Before, Doubt, equal_within};
use crate::domain::payments::joint::JointRefused;
use crate::domain::payments::{
    AmountRefused, Channel, PaymentRequest, PaymentState, ReceiptRefused,
};
use crate::store;
use crate::store::audit::Deed;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::payment_moves::Step;
use crate::store::payments::{NewPayment, PaymentRow, Unopened};
use crate::usecases::arrangements;
use crate::usecases::autopay;
use crate::usecases::books::{self, Books, BooksError};
use crate::usecases::fees::{self, FeeError};
use crate::usecases::ledger::PostingError;
use crate::usecases::notices;
use crate::usecases::payment_methods::MethodError;
use crate::usecases::reversals::{self, Returned};

mod events;
mod following;
mod joint;
mod processor_account;
mod receipts;
mod refunds;
mod saved;

pub use crate::usecases::payments::events::{
    Outcome, find_of_event, finish_event, keep_event, keep_events, release_events, report_missing,
    take_events,
};
pub use crate::usecases::payments::following::bring_up_to_date;
pub use crate::usecases::payments::joint::{find_joint_doubts, request_joint_payment};
pub use crate::usecases::payments::processor_account::{
    keep_lines, post_payout, post_waiting_lines, record_reading,
};
pub use crate::usecases::payments::receipts::{
    TakenBack, receive_payment, receive_payments, take_payment, take_payment_back,
};
pub(in crate::usecases) use crate::usecases::payments::refunds::REFUNDED;
pub use crate::usecases::payments::refunds::{
    RefundCall, RefundError, RefundOrder, RefundQuestion, approve_refund, give_up_refund,
    order_refund, record_refund_failed, record_refund_sent, refund_call, refundable, refuse_refund,
    report_unsure_refund, withdraw_refund,
};
pub use crate::usecases::payments::saved::{
    Asked, Begun, Next, begun, charge_order, list_begun, record_charge, refuse_charge, release,
    request_saved_joint_payment, request_saved_payment,
};

/// Why a payment was not asked for, or not brought up to date.
#[derive(Debug, thiserror::Error)]
pub enum PaymentError {
    /// The amount can't be paid.
    #[error(transparent)]
    Amount(#[from] AmountRefused),
    /// The accounts can't be paid together.
    #[error(transparent)]
    Joint(#[from] JointRefused),
    /// It looks like one payment too many or like a slip, and nobody said that it is none.
    #[error("the payment is doubted: {0:?}")]
    Doubtful(Doubt),
    /// The money can't have come so.
    #[error(transparent)]
    Receipt(#[from] ReceiptRefused),
    /// Only the processor takes back what came through it.
    #[error("the payment came through the processor")]
    OfTheProcessor,
    /// No bank returns cash.
    #[error("no bank returns cash")]
    NoBank,
    /// The payment is not, or not wholly, on the account.
    #[error("a payment that is {0} can't be taken back")]
    NotStanding(PaymentState),
    /// Another page for the account can still be paid: it is closed first.
    #[error("another page for the account is still open")]
    PageOpen,
    /// The saved way to pay can't be charged.
    #[error(transparent)]
    Method(#[from] MethodError),
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

/// The same for a saved way to pay, which nobody need open: whoever charges it is long gone by then.
const UNCHARGED_HOURS: i64 = 1;

/// What a payment for an account looks like before it counts: `None` where nothing is to be asked.
///
/// # Errors
/// A fault of the database.
pub fn find_doubt(
    conn: &mut Conn,
    account: AccountId,
    amount: Money,
    at: NaiveDateTime,
) -> Result<Option<Doubt>, StoreError> {
    let before = Before {
        balance: store::ledger::balance(conn, account, None)?,
        pending: store::payments::pending(conn, &[account])?,
        has_equal: store::payments::has_equal(conn, account, amount, at - equal_within())?,
    };
    Ok(Doubt::of(&before, amount))
}

/// Asks for a payment on the processor's page. The same form sent twice asks once. An account has one page at a time, so that nobody pays the
/// same balance on two: a request that has no page yet gives way.
///
/// # Errors
/// `Amount` for an amount that can't be paid; `FormUsed` when the form asked for something else before, or charged a saved way to pay;
/// `PageOpen` while an earlier page can still be paid; `Doubtful` when it looks like one payment too many and the payer is not sure.
pub fn request_payment(
    tx: &mut Tx<'_>,
    request: &PaymentRequest,
    processor: &str,
) -> Result<PaymentRow, PaymentError> {
    let row = request_any(tx, request, processor)?;
    match store::payment_methods::find_of_payment(tx, row.id)? {
        Some(_) => Err(PaymentError::FormUsed),
        None => Ok(row),
    }
}

/// Asks for a payment, by whatever it is made.
pub(super) fn request_any(
    tx: &mut Tx<'_>,
    request: &PaymentRequest,
    processor: &str,
) -> Result<PaymentRow, PaymentError> {
    request.check()?;
    if let Some(earlier) = asked_before(tx, request)? {
        return Ok(earlier);
    }
    let at = tx.stamp.at;
    store::ledger::lock(tx, &[request.account_id])?;
    // Whoever waited for the account may have waited for the same form.
    if let Some(earlier) = asked_before(tx, request)? {
        return Ok(earlier);
    }
    let begun = store::payments::list_requested(tx, request.account_id, processor)?;
    give_way(tx, &begun)?;
    if !request.is_sure
        && let Some(doubt) = find_doubt(tx, request.account_id, request.amount, at)?
    {
        return Err(PaymentError::Doubtful(doubt));
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
        joint: None,
    };
    let id = store::payments::insert(tx, &new)?;
    let on = tx.stamp.on;
    store::payment_moves::insert_step(tx, id, &step(PaymentState::Requested, on))?;
    let row = store::payments::lock(tx, id)?;
    audit(tx, &row, "payment.requested", json!({"cents": row.amount}))?;
    Ok(row)
}

/// The payment that the same form asked for.
fn asked_before(
    tx: &mut Tx<'_>,
    request: &PaymentRequest,
) -> Result<Option<PaymentRow>, PaymentError> {
    let Some(earlier) = store::payments::find_by_request(tx, &request.request_key)? else {
        return Ok(None);
    };
    if earlier.account_id == request.account_id && earlier.amount == request.amount {
        Ok(Some(earlier))
    } else {
        Err(PaymentError::FormUsed)
    }
}

/// Takes back the requests of accounts, which are locked, that have no page yet.
fn give_way(tx: &mut Tx<'_>, begun: &[PaymentRow]) -> Result<(), PaymentError> {
    for earlier in begun {
        let row = store::payments::lock(tx, earlier.id)?;
        if row.state != PaymentState::Requested {
            continue;
        }
        // It has a page, or it is a saved way to pay that is being charged.
        if row.session_reference.is_some() || row.processor_reference.is_some() {
            return Err(PaymentError::PageOpen);
        }
        cancel(tx, &row)?;
    }
    Ok(())
}

/// Remembers the page a payment is made on. Messages that came before it are looked at again. Says whether the payment is to be made there:
/// where it gave way to another request meanwhile, or is charged by a saved way to pay, its page must be closed.
///
/// # Errors
/// A fault of the database.
pub fn record_checkout(
    tx: &mut Tx<'_>,
    payment: PaymentId,
    session: &str,
    url: &str,
) -> Result<bool, StoreError> {
    let row = store::payments::lock(tx, payment)?;
    let state = row.state;
    // Its page is not remembered: what is asked for by it later is the charge alone.
    if store::payment_methods::find_of_payment(tx, payment)?.is_some() {
        return Ok(false);
    }
    if row.session_reference.is_none() {
        for part in joint::lock_whole(tx, row)? {
            store::payments::mark_session(tx, part.id, session, url)?;
        }
        store::provider_events::unpark(tx, Some(session), None)?;
    }
    Ok(state != PaymentState::Canceled)
}

/// Gives up some payments whose page or charge was never opened: nobody can pay them any more. Says how many; nothing is left when none is.
///
/// # Errors
/// A fault of the database.
pub fn give_up_unopened(
    tx: &mut Tx<'_>,
    processor: &str,
    limit: i64,
) -> Result<usize, PaymentError> {
    let at = tx.stamp.at;
    let before = Unopened {
        page: at - TimeDelta::hours(UNOPENED_HOURS),
        charge: at - TimeDelta::hours(UNCHARGED_HOURS),
    };
    let unopened = store::payments::list_unopened(tx, processor, before, limit)?;
    for row in &unopened {
        cancel(tx, row)?;
    }
    Ok(unopened.len())
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
    store::payment_moves::mark_state(tx, row.id, &step)?;
    let action = format!("payment.{}", step.state);
    audit(
        tx,
        row,
        &action,
        json!({"cents": row.amount, "reason": step.reason}),
    )?;
    if step.state == PaymentState::Canceled {
        autopay::canceled(tx, row.id)?;
    }
    tx.touch(row.account_id);
    Ok(step.state)
}

/// Gives up a payment that was asked for and that nobody can pay any more, with all its parts.
pub(super) fn cancel(tx: &mut Tx<'_>, row: &PaymentRow) -> Result<(), PaymentError> {
    let on = tx.stamp.on;
    for part in joint::lock_whole(tx, row.clone())? {
        take(tx, &part, step(PaymentState::Canceled, on))?;
    }
    Ok(())
}

/// Takes a payment back: what it paid is owed again from its original due dates.
fn take_back(
    tx: &mut Tx<'_>,
    books: &Books,
    row: &PaymentRow,
    (state, from, reason): (PaymentState, Option<Role>, &str),
) -> Result<PaymentState, PaymentError> {
    let on = tx.stamp.on;
    let returned = Returned {
        payment: row.id,
        on,
        memo: Some(reason.to_owned()),
        from,
    };
    let left = arrangements::left_before(tx, row.account_id)?;
    let entry = reversals::return_payment(tx, books, &returned)?;
    arrangements::after_money_went_back(tx, row.account_id, left)?;
    let taken = Step {
        entry_id: Some(entry),
        ..because(step(state, on), reason)
    };
    take(tx, row, taken)
}

/// Charges the fee for a payment that came back, where the utility charges one; says how much that is.
fn charge_for_return(
    tx: &mut Tx<'_>,
    books: &Books,
    row: &PaymentRow,
) -> Result<Option<Money>, PaymentError> {
    let on = tx.stamp.on;
    let charged = fees::charge_returned_payment(tx, books, row.account_id, row.id, on)?;
    let fee = books
        .fees
        .returned_payment_fee
        .as_ref()
        .map(|fee| fee.amount_cents);
    Ok(charged.and(fee))
}

/// Tells that a payment was taken back, and why.
fn tell_return(
    tx: &mut Tx<'_>,
    row: &PaymentRow,
    reason: &ReturnReason,
    fee: Option<Money>,
) -> Result<(), StoreError> {
    tell(tx, row, (Urgency::MustReach, row.amount), |told| {
        Notice::PaymentReturned {
            told,
            reason: reason.clone(),
            fee,
        }
    })
}

/// Tells whoever follows the account about a payment.
fn tell(
    tx: &mut Tx<'_>,
    row: &PaymentRow,
    (urgency, amount): (Urgency, Money),
    write: impl Fn(PaymentTold) -> Notice,
) -> Result<(), StoreError> {
    notices::tell(tx, row.account_id, urgency, |reader| {
        write(PaymentTold {
            name: reader.name.clone(),
            account_number: reader.account_number.clone(),
            payment: Some(row.number.clone()),
            amount,
            on: row.requested_on,
        })
    })
}

fn open_books(tx: &mut Tx<'_>) -> Result<Books, BooksError> {
    let on = tx.stamp.on;
    books::open(tx, on)
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
