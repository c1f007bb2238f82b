//! Payments for a day to come: a customer asks for one, takes it back, and on its day a payment is asked for, once. The processor is called by
//! whoever called this, as for autopay. Every function may be called again with the same facts, and does nothing the second time.

use chrono::{Days, NaiveDate};
use serde_json::json;

use crate::domain::access::Right;
use crate::domain::autopay::{End, NOTICE_DAYS};
use crate::domain::ids::{AccountId, PaymentMethodId, ScheduledPaymentId};
use crate::domain::money::Money;
use crate::domain::notice::{Notice, ScheduledNews, ScheduledTold, Urgency};
use crate::domain::payments::saved::MethodState;
use crate::domain::payments::{AmountRefused, PaymentRequest};
use crate::domain::scheduled_payments::{DayRefused, ScheduledState, Step, Uncharged, check_day};
use crate::store;
use crate::store::audit::Deed;
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::store::payment_methods::{MethodRow, Origin};
use crate::store::payments::PaymentRow;
use crate::store::scheduled_payments::{NewScheduled, ScheduledRow};
use crate::usecases::notices;
use crate::usecases::payment_methods::{self, MethodError};
use crate::usecases::payments::{Asked, Next, PaymentError, release, request_saved_payment};

/// Why a payment is not scheduled, or not taken back.
#[derive(Debug, thiserror::Error)]
pub enum ScheduleError {
    /// The day can't be chosen.
    #[error(transparent)]
    Day(#[from] DayRefused),
    /// The amount can't be paid.
    #[error(transparent)]
    Amount(#[from] AmountRefused),
    /// An equal payment is still to come, and nobody said that this is another.
    #[error("an equal payment is still to come")]
    Equal,
    /// The form was used for another payment already.
    #[error("this form was used for another payment")]
    FormUsed,
    /// It is being charged, or was.
    #[error("a payment that is {0} can't be taken back")]
    Begun(ScheduledState),
    /// The saved way to pay can't be charged.
    #[error(transparent)]
    Method(#[from] MethodError),
    /// A fault.
    #[error(transparent)]
    Fault(#[from] StoreError),
}

/// A customer asks for a payment on a day to come: the words are kept as they read them and a copy is sent. The same form sent twice asks once.
///
/// # Errors
/// `Day`, `Amount`, `Equal` where an equal one is to come and the payer is not sure, `FormUsed`, or `Method` where the way to pay is not saved
/// for this account.
pub fn schedule(tx: &mut Tx<'_>, new: &NewScheduled) -> Result<ScheduledRow, ScheduleError> {
    store::ledger::lock(tx, &[new.account_id])?;
    if let Some((earlier, _)) =
        store::scheduled_payments::find(tx, &[new.account_id], &new.request_key)?
    {
        let is_same = earlier.amount == new.amount
            && earlier.pay_on == new.pay_on
            && earlier.payment_method_id == new.payment_method_id;
        return if is_same {
            Ok(earlier)
        } else {
            Err(ScheduleError::FormUsed)
        };
    }
    let method = payment_methods::usable(tx, new.payment_method_id)?;
    if method.account_id != new.account_id {
        return Err(StoreError::Missing("payment method").into());
    }
    check_day(new.pay_on, tx.stamp.on, method.expires_on)?;
    check_amount(new, &method)?;
    if !new.is_sure && store::scheduled_payments::has_equal(tx, new.account_id, new.amount)? {
        return Err(ScheduleError::Equal);
    }
    let id = match store::scheduled_payments::insert(tx, new) {
        // Somebody else's form has this name.
        Err(StoreError::Conflict(_)) => return Err(ScheduleError::FormUsed),
        inserted => inserted?,
    };
    let row = store::scheduled_payments::get(tx, id)?;
    audit(
        tx,
        &row,
        "scheduled_payment.asked",
        json!({"cents": row.amount, "on": row.pay_on}),
    )?;
    let news = ScheduledNews::Planned {
        amount: row.amount,
        on: row.pay_on,
        method: method.label(),
        agreement: row.agreement.clone(),
    };
    tell(tx, &row, Urgency::MustReach, &news)?;
    tx.touch(row.account_id);
    Ok(row)
}

fn check_amount(new: &NewScheduled, method: &MethodRow) -> Result<(), AmountRefused> {
    let request = PaymentRequest {
        account_id: new.account_id,
        amount: new.amount,
        tender: method.tender,
        request_key: new.request_key.clone(),
        is_sure: new.is_sure,
    };
    request.check()
}

/// Takes a scheduled payment back. One that was taken back stays so. Gives the day of the autopay charge that counted on it and is too near to
/// be told a higher amount: what this payment would have paid is left then.
///
/// # Errors
/// `Begun` where it is being charged, or its day is over; a fault.
pub fn cancel(tx: &mut Tx<'_>, id: ScheduledPaymentId) -> Result<Option<NaiveDate>, ScheduleError> {
    let account = store::scheduled_payments::get(tx, id)?.account_id;
    store::ledger::lock(tx, &[account])?;
    let row = store::scheduled_payments::lock(tx, id)?;
    match row.state {
        ScheduledState::Planned => {
            let left_by = counted_on(tx, &row)?;
            take_back(tx, &row, End::Stopped)?;
            Ok(left_by)
        }
        ScheduledState::Canceled => Ok(None),
        state @ (ScheduledState::Asked
        | ScheduledState::Made
        | ScheduledState::Skipped
        | ScheduledState::Stopped) => Err(ScheduleError::Begun(state)),
    }
}

/// Takes back what is still to come by a saved way that can't be charged any more.
///
/// # Errors
/// A fault of the database.
pub fn end_of_method(tx: &mut Tx<'_>, method: PaymentMethodId, why: End) -> Result<(), StoreError> {
    let found = store::scheduled_payments::list_of_method(tx, method)?;
    take_all_back(tx, &found, why)
}

/// Takes back what is still to come on these accounts: nobody looks after it any more.
///
/// # Errors
/// A fault of the database.
pub fn end_of_accounts(tx: &mut Tx<'_>, accounts: &[AccountId]) -> Result<(), StoreError> {
    store::ledger::lock(tx, accounts)?;
    let found = store::scheduled_payments::list_planned(tx, accounts)?;
    take_all_back(tx, &found, End::Stopped)
}

fn take_all_back(tx: &mut Tx<'_>, found: &[ScheduledRow], why: End) -> Result<(), StoreError> {
    for found in found {
        let row = store::scheduled_payments::lock(tx, found.id)?;
        // What is being charged meanwhile sees for itself that the way to pay is gone.
        if row.state == ScheduledState::Planned {
            take_back(tx, &row, why)?;
        }
    }
    Ok(())
}

fn take_back(tx: &mut Tx<'_>, row: &ScheduledRow, why: End) -> Result<(), StoreError> {
    let reason = Some(why.as_str());
    store::scheduled_payments::mark(tx, row.id, ScheduledState::Canceled, reason)?;
    audit(
        tx,
        row,
        "scheduled_payment.canceled",
        json!({"because": why}),
    )?;
    let urgency = match why {
        End::Stopped | End::Changed => Urgency::GoodToKnow,
        End::Removed | End::Returned | End::Declined => Urgency::MustReach,
    };
    let (amount, on) = (row.amount, row.pay_on);
    tell(
        tx,
        row,
        urgency,
        &ScheduledNews::Canceled { amount, on, why },
    )?;
    no_longer_counts(tx, row)
}

/// The day of the next autopay charge that counts on this payment and can't be told anew.
fn counted_on(tx: &mut Tx<'_>, row: &ScheduledRow) -> Result<Option<NaiveDate>, StoreError> {
    let told_again = tx.stamp.on + Days::new(NOTICE_DAYS);
    let planned = store::autopay::list_planned(tx, &[row.account_id])?;
    let days = planned.into_iter().map(|next| next.charge_on);
    Ok(days
        .filter(|day| (row.pay_on..told_again).contains(day))
        .min())
}

/// Autopay counted on this payment. Where there is time to tell the customer a higher amount before it charges, it may tell anew.
fn no_longer_counts(tx: &mut Tx<'_>, row: &ScheduledRow) -> Result<(), StoreError> {
    let from = row.pay_on.max(tx.stamp.on + Days::new(NOTICE_DAYS));
    if let Some(enrolment) = store::autopay::find(tx, row.account_id)? {
        store::autopay::mark_untold(tx, enrolment.id, from)?;
    }
    tx.touch(row.account_id);
    Ok(())
}

/// Takes the step of one scheduled payment that today asks for: waits, charges nothing, or asks for the payment. One that was asked for and not
/// made is given up and decided anew: the customer may have paid since.
///
/// # Errors
/// A refusal of the payment, or a fault.
pub fn take_step(tx: &mut Tx<'_>, id: ScheduledPaymentId) -> Result<Next, PaymentError> {
    let asked_for = store::scheduled_payments::get(tx, id)?;
    let account = asked_for.account_id;
    store::ledger::lock(tx, &[account])?;
    // Read behind the locks: taking the way to pay away takes them, too, in this order.
    let method = store::payment_methods::lock(tx, asked_for.payment_method_id)?;
    let row = store::scheduled_payments::lock(tx, id)?;
    match (row.state, row.payment_id) {
        (ScheduledState::Planned, _) => {}
        (ScheduledState::Asked, Some(payment)) => match release(tx, payment)? {
            Asked::GaveWay => {}
            // It was opened, and may be made: that is read first.
            Asked::MayBeMade => return Ok(Next::Busy),
            Asked::Settled => return Ok(Next::Nothing),
        },
        (
            ScheduledState::Asked
            | ScheduledState::Made
            | ScheduledState::Skipped
            | ScheduledState::Stopped
            | ScheduledState::Canceled,
            _,
        ) => return Ok(Next::Nothing),
    }
    if method.state != MethodState::Attached {
        take_back(tx, &row, end_of(&method))?;
        return Ok(Next::Nothing);
    }
    let today = tx.stamp.on;
    let (owed, pending) = store::scheduled_payments::owing(tx, account, today)?;
    match row.scheduled().step(owed, pending, today) {
        Step::Wait => Ok(Next::Nothing),
        Step::Skip(why) => {
            skip(tx, &row, why)?;
            Ok(Next::Nothing)
        }
        Step::Charge(amount) => ask(tx, &row, &method, amount),
    }
}

const fn end_of(method: &MethodRow) -> End {
    match method.state {
        MethodState::Blocked => End::Declined,
        MethodState::Asked | MethodState::Attached | MethodState::Removed | MethodState::Left => {
            End::Removed
        }
    }
}

fn skip(tx: &mut Tx<'_>, row: &ScheduledRow, why: Uncharged) -> Result<(), StoreError> {
    let reason = Some(why.as_str());
    store::scheduled_payments::mark(tx, row.id, ScheduledState::Skipped, reason)?;
    audit(
        tx,
        row,
        "scheduled_payment.skipped",
        json!({"because": why}),
    )?;
    let (amount, on) = (row.amount, row.pay_on);
    tell(
        tx,
        row,
        Urgency::MustReach,
        &ScheduledNews::Skipped { amount, on, why },
    )?;
    match why {
        Uncharged::TooLate => no_longer_counts(tx, row),
        Uncharged::NothingOwed | Uncharged::Covered | Uncharged::TooSmall => {
            tx.touch(row.account_id);
            Ok(())
        }
    }
}

/// Asks for the payment: its key is the row's and the try's, so that it is asked for once.
fn ask(
    tx: &mut Tx<'_>,
    row: &ScheduledRow,
    method: &MethodRow,
    amount: Money,
) -> Result<Next, PaymentError> {
    let request = PaymentRequest {
        account_id: row.account_id,
        amount,
        tender: method.tender,
        request_key: format!("scheduled-{}-{}", row.id, row.attempts + 1),
        // What is on its way was counted.
        is_sure: true,
    };
    let origin = Some(Origin::Scheduled(row.id));
    let payment = match request_saved_payment(tx, &request, method.id, origin) {
        Err(PaymentError::PageOpen) => return Ok(Next::Busy),
        asked => asked?,
    };
    store::scheduled_payments::mark_asked(tx, row.id, amount, payment.id)?;
    let facts = json!({"cents": amount, "payment": payment.number});
    audit(tx, row, "scheduled_payment.charged", facts)?;
    Ok(Next::Charge(payment.id))
}

/// The payment was taken, or is with the bank. Where less was owed than the customer allowed, they are told.
///
/// # Errors
/// A fault of the database.
pub fn made(tx: &mut Tx<'_>, id: ScheduledPaymentId) -> Result<(), StoreError> {
    let before = store::scheduled_payments::lock(tx, id)?;
    if before.state == ScheduledState::Made {
        return Ok(());
    }
    store::scheduled_payments::mark(tx, id, ScheduledState::Made, None)?;
    let row = store::scheduled_payments::get(tx, id)?;
    if let Some(taken) = row.taken.filter(|_| row.took_less()) {
        let amount = row.amount;
        tell(
            tx,
            &row,
            Urgency::MustReach,
            &ScheduledNews::TookLess { amount, taken },
        )?;
    }
    Ok(())
}

/// The payment gave way to another: it is decided anew.
///
/// # Errors
/// A fault of the database.
pub fn canceled(tx: &mut Tx<'_>, id: ScheduledPaymentId) -> Result<(), StoreError> {
    let row = store::scheduled_payments::lock(tx, id)?;
    if row.state == ScheduledState::Asked {
        store::scheduled_payments::mark(tx, id, ScheduledState::Planned, None)?;
    }
    Ok(())
}

/// The payment was refused, in the processor's word: it is not tried again, and the customer is told.
///
/// # Errors
/// A fault of the database.
pub fn refused(
    tx: &mut Tx<'_>,
    id: ScheduledPaymentId,
    (payment, word): (&PaymentRow, &str),
) -> Result<(), StoreError> {
    let row = store::scheduled_payments::lock(tx, id)?;
    store::scheduled_payments::mark(tx, id, ScheduledState::Stopped, Some(word))?;
    let facts = json!({"payment": payment.number, "because": word});
    audit(tx, &row, "scheduled_payment.refused", facts)?;
    let news = ScheduledNews::Refused {
        amount: payment.amount,
        reason: word.to_owned(),
    };
    tell(tx, &row, Urgency::MustReach, &news)?;
    no_longer_counts(tx, &row)
}

/// Whether it is still to be charged: the last look before money moves.
///
/// # Errors
/// A fault of the database.
pub fn is_allowed(tx: &mut Tx<'_>, id: ScheduledPaymentId) -> Result<bool, StoreError> {
    Ok(store::scheduled_payments::lock(tx, id)?.state == ScheduledState::Asked)
}

/// Tells whoever follows the account; what somebody agreed to, word for word, is for those who look after it.
fn tell(
    tx: &mut Tx<'_>,
    row: &ScheduledRow,
    urgency: Urgency,
    news: &ScheduledNews,
) -> Result<(), StoreError> {
    let right = if matches!(news, ScheduledNews::Planned { .. }) {
        Right::Change
    } else {
        Right::See
    };
    notices::tell_those(tx, (row.account_id, right), urgency, |reader| {
        Notice::Scheduled(ScheduledTold {
            name: reader.name.clone(),
            account_number: reader.account_number.clone(),
            key: row.request_key.clone(),
            news: news.clone(),
        })
    })
}

fn audit(
    tx: &mut Tx<'_>,
    row: &ScheduledRow,
    action: &str,
    facts: serde_json::Value,
) -> Result<(), StoreError> {
    let deed = Deed {
        action,
        subject_kind: "scheduled_payment",
        subject_id: row.id.to_string(),
        account_id: Some(row.account_id),
        facts,
    };
    store::audit::insert(tx, &deed)
}
