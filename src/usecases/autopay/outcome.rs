//! What became of a payment by a saved way to pay, as far as it concerns that way and what charges by it while nobody is there: taken, given
//! up, refused, or returned.

use serde_json::json;

use crate::domain::autopay::{ChargeState, End, again_on};
use crate::domain::ids::{AutopayChargeId, PaymentId};
use crate::domain::notice::{AutopayNews, Urgency};
use crate::domain::payments::saved::{Refusal, may_be_charged_after_return};
use crate::store;
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::store::payment_methods::Origin;
use crate::store::payments::PaymentRow;
use crate::usecases::autopay::{audit, end_of_method, tell};
use crate::usecases::payment_methods;
use crate::usecases::scheduled_payments;

/// The payment was taken, or is with the bank.
///
/// # Errors
/// A fault of the database.
pub fn made(tx: &mut Tx<'_>, payment: PaymentId) -> Result<(), StoreError> {
    match origin_of(tx, payment)? {
        Some(Origin::Autopay(id)) => store::autopay::mark_charge(tx, id, ChargeState::Made, None),
        Some(Origin::Scheduled(id)) => scheduled_payments::made(tx, id),
        None => Ok(()),
    }
}

/// The payment gave way to another: the charge is decided anew.
///
/// # Errors
/// A fault of the database.
pub fn canceled(tx: &mut Tx<'_>, payment: PaymentId) -> Result<(), StoreError> {
    let id = match origin_of(tx, payment)? {
        Some(Origin::Autopay(id)) => id,
        Some(Origin::Scheduled(id)) => return scheduled_payments::canceled(tx, id),
        None => return Ok(()),
    };
    let charge = store::autopay::lock_charge(tx, id)?;
    if charge.state == ChargeState::Asked {
        store::autopay::mark_again(tx, id, charge.charge_on)?;
    }
    Ok(())
}

/// A payment by a saved way was refused, in the processor's word: a soft refusal of an autopay charge is tried again, a hard one ends the way
/// to pay. Says whether the customer was told of it here.
///
/// # Errors
/// A fault of the database.
pub fn after_failure(
    tx: &mut Tx<'_>,
    payment: &PaymentRow,
    (refusal, word): (Refusal, &str),
) -> Result<bool, StoreError> {
    let Some(saved) = store::payment_methods::find_of_payment(tx, payment.id)? else {
        return Ok(false);
    };
    let is_told = match saved.origin {
        Some(Origin::Autopay(charge)) => {
            refused(tx, payment, charge, (refusal, word))?;
            true
        }
        Some(Origin::Scheduled(id)) => {
            scheduled_payments::refused(tx, id, (payment, word))?;
            true
        }
        None => false,
    };
    if refusal == Refusal::Hard {
        payment_methods::block(tx, saved.method.id, End::Declined, word)?;
    }
    Ok(is_told)
}

fn refused(
    tx: &mut Tx<'_>,
    payment: &PaymentRow,
    id: AutopayChargeId,
    (refusal, word): (Refusal, &str),
) -> Result<(), StoreError> {
    let charge = store::autopay::lock_charge(tx, id)?;
    let enrolment = store::autopay::get(tx, charge.enrolment_id)?;
    // This refusal counts; a try that gave way to another payment does not.
    let before = store::autopay::count_refused(tx, id)?;
    let tries = usize::try_from(before + 1).unwrap_or(usize::MAX);
    let again = again_on(refusal, tries, tx.stamp.on).filter(|_| enrolment.ended_at.is_none());
    match again {
        Some(day) => store::autopay::mark_again(tx, id, day)?,
        None => store::autopay::mark_charge(tx, id, ChargeState::Stopped, Some(word))?,
    }
    let facts = json!({"payment": payment.number, "because": word, "again_on": again});
    audit(tx, &enrolment, "autopay.refused", facts)?;
    let news = AutopayNews::Refused {
        amount: payment.amount,
        reason: word.to_owned(),
        again_on: again,
    };
    tell(tx, payment.account_id, Urgency::MustReach, &news)
}

/// A bank took a payment by a saved way back: the authorization is void, so that autopay by it ends; and unless it was only a lack of funds,
/// nobody charges by it again.
///
/// # Errors
/// A fault of the database.
pub fn after_return(tx: &mut Tx<'_>, payment: PaymentId, word: &str) -> Result<(), StoreError> {
    let Some(saved) = store::payment_methods::find_of_payment(tx, payment)? else {
        return Ok(());
    };
    if may_be_charged_after_return(word) {
        end_of_method(tx, saved.method.id, End::Returned)
    } else {
        payment_methods::block(tx, saved.method.id, End::Returned, word)
    }
}

/// The cardholder disputes a payment by a saved way: autopay by it ends until they agree to it anew.
///
/// # Errors
/// A fault of the database.
pub fn after_dispute(tx: &mut Tx<'_>, payment: PaymentId) -> Result<(), StoreError> {
    match store::payment_methods::find_of_payment(tx, payment)? {
        Some(saved) => end_of_method(tx, saved.method.id, End::Returned),
        None => Ok(()),
    }
}

fn origin_of(tx: &mut Tx<'_>, payment: PaymentId) -> Result<Option<Origin>, StoreError> {
    let saved = store::payment_methods::find_of_payment(tx, payment)?;
    Ok(saved.and_then(|saved| saved.origin))
}
