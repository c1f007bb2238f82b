//! Payments by a saved way to pay: asked for like any other, opened at the processor, and only then charged.
//!
//! The charge's name is written down before it is made. A request that has no name yet gives way to another; one that has is charged at
//! most once whatever happens, because the processor makes a charge of one name once.

use crate::domain::ids::{AccountId, PaymentId, PaymentMethodId};
use crate::domain::payments::joint::JointRequest;
use crate::domain::payments::saved::{ChargeOrder, MethodState, Refusal};
use crate::domain::payments::{PaymentRequest, PaymentState};
use crate::store;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::payment_methods::Origin;
use crate::store::payments::PaymentRow;
use crate::usecases::payment_methods::{self, MethodError};
use crate::usecases::payments::following::fail;
use crate::usecases::payments::joint::{self, request_any_joint};
use crate::usecases::payments::{PaymentError, cancel, request_any};
use crate::usecases::scheduled_payments;

/// A payment, with the names by which it is read and closed at the processor.
#[derive(Debug, Clone)]
pub struct Begun {
    /// The payment.
    pub row: PaymentRow,
    /// The page on which it is made; none for a saved way to pay, whatever page was opened beside it.
    pub page: Option<String>,
    /// Its own name there, once it has one.
    pub charge: Option<String>,
    /// Whether it is made by a saved way to pay.
    pub is_saved: bool,
    /// Whether it was asked for while nobody was there: by autopay, or on the day that was chosen for it.
    pub is_by_itself: bool,
}

impl Begun {
    /// Whether nobody but who may pay it gives it up: it charges a saved way to pay, or it is for other accounts, too.
    #[must_use]
    pub const fn is_only_its_payers(&self) -> bool {
        self.is_saved || self.row.joint.is_some()
    }
}

/// By which names a payment is read and closed at the processor.
///
/// # Errors
/// A fault of the database.
pub fn begun(conn: &mut Conn, row: PaymentRow) -> Result<Begun, StoreError> {
    let first = joint::first_of(conn, &row)?;
    let saved = store::payment_methods::find_of_payment(conn, first)?;
    let page = row.session_reference.clone();
    Ok(Begun {
        page: page.filter(|_| saved.is_none()),
        charge: row.processor_reference.clone(),
        is_saved: saved.is_some(),
        is_by_itself: saved.is_some_and(|saved| saved.origin.is_some()),
        row,
    })
}

/// What was asked for on an account at a processor and neither paid nor given up, oldest first.
///
/// # Errors
/// A fault of the database.
pub fn list_begun(
    conn: &mut Conn,
    account: AccountId,
    processor: &str,
) -> Result<Vec<Begun>, StoreError> {
    let rows = store::payments::list_requested(conn, account, processor)?;
    rows.into_iter().map(|row| begun(conn, row)).collect()
}

/// Asks for a payment by a saved way to pay. The same form sent twice asks once.
///
/// # Errors
/// As for any payment; `Method` where the way to pay can't be charged, or is of another account.
pub fn request_saved_payment(
    tx: &mut Tx<'_>,
    request: &PaymentRequest,
    method: PaymentMethodId,
    origin: Option<Origin>,
) -> Result<PaymentRow, PaymentError> {
    let saved = payment_methods::usable(tx, method)?;
    if saved.account_id != request.account_id {
        return Err(MethodError::from(StoreError::Missing("payment method")).into());
    }
    let asked = PaymentRequest {
        tender: saved.tender,
        ..request.clone()
    };
    let payment = request_any(tx, &asked, &saved.processor)?;
    let is_new = payment.session_reference.is_none() && payment.state == PaymentState::Requested;
    match store::payment_methods::find_of_payment(tx, payment.id)? {
        Some(known) if known.method.id == method => {}
        None if is_new => {
            store::payment_methods::insert_payment(tx, payment.id, method, origin)?;
        }
        // The form asked for a page, or for another way to pay.
        Some(_) | None => return Err(PaymentError::FormUsed),
    }
    Ok(payment)
}

/// Asks for one payment for several accounts by a saved way to pay of an account that the payer may change: the door finds it there. The same
/// form sent twice asks once.
///
/// # Errors
/// As for a payment for several accounts; `Method` where the way to pay can't be charged.
pub fn request_saved_joint_payment(
    tx: &mut Tx<'_>,
    request: &JointRequest,
    method: PaymentMethodId,
) -> Result<Vec<PaymentRow>, PaymentError> {
    let saved = payment_methods::usable(tx, method)?;
    let asked = JointRequest {
        tender: saved.tender,
        ..request.clone()
    };
    let parts = request_any_joint(tx, &asked, &saved.processor)?;
    let first = parts.first().ok_or(StoreError::Missing("payment"))?;
    let is_new = first.session_reference.is_none() && first.state == PaymentState::Requested;
    match store::payment_methods::find_of_payment(tx, first.id)? {
        Some(known) if known.method.id == method => {}
        None if is_new => {
            store::payment_methods::insert_payment(tx, first.id, method, None)?;
        }
        // The form asked for a page, or for another way to pay.
        Some(_) | None => return Err(PaymentError::FormUsed),
    }
    Ok(parts)
}

/// What is to be done after a step of what charges while nobody is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// Nothing now.
    Nothing,
    /// The customer has begun to pay and not finished: that is closed or awaited first.
    Busy,
    /// The payment is to be charged at the processor.
    Charge(PaymentId),
}

/// How a payment stands that was asked for while nobody was there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// Nobody had opened it at the processor, and nobody will: it was given up.
    GaveWay,
    /// It was opened, and may be made.
    MayBeMade,
    /// It came to an end.
    Settled,
}

/// Gives up a payment that was asked for and never opened, so that it is decided anew.
///
/// # Errors
/// A fault of the database.
pub fn release(tx: &mut Tx<'_>, payment: PaymentId) -> Result<Asked, PaymentError> {
    let row = store::payments::lock(tx, payment)?;
    match (row.state, &row.processor_reference) {
        (PaymentState::Requested, None) => {
            cancel(tx, &row)?;
            Ok(Asked::GaveWay)
        }
        (PaymentState::Requested, Some(_)) => Ok(Asked::MayBeMade),
        _ => Ok(Asked::Settled),
    }
}

/// What the processor is asked for, for a payment by a saved way to pay that is not charged yet; `None` for any other.
///
/// # Errors
/// A fault of the database.
pub fn charge_order(
    conn: &mut Conn,
    payment: PaymentId,
) -> Result<Option<ChargeOrder>, StoreError> {
    let row = store::payments::get(conn, payment)?;
    let saved = store::payment_methods::find_of_payment(conn, payment)?;
    let (PaymentState::Requested, Some(saved)) = (row.state, saved) else {
        return Ok(None);
    };
    let amount = joint::whole(conn, &row)?;
    let missing = StoreError::Missing("name of a payment method");
    let (Some(customer), Some(method)) = (
        saved.method.customer_reference,
        saved.method.processor_reference,
    ) else {
        return Err(missing);
    };
    Ok(Some(ChargeOrder {
        payment_id: payment,
        // Another house's payment may have the same number at the same processor; its ways to pay have other names.
        request_key: format!("{method}-{}", row.number),
        account: store::logins::account_number(conn, row.account_id)?,
        payment: row.number,
        customer,
        method,
        tender: row.tender,
        amount,
        opened: row.processor_reference,
    }))
}

/// The processor will not open the charge, or not make it, in its word: the customer is told to pay otherwise.
///
/// # Errors
/// A fault of the database.
pub fn refuse_charge(
    tx: &mut Tx<'_>,
    payment: PaymentId,
    refused: (Refusal, &str),
) -> Result<(), PaymentError> {
    let row = store::payments::lock(tx, payment)?;
    if row.state == PaymentState::Requested {
        for part in joint::lock_whole(tx, row)? {
            fail(tx, &part, refused)?;
        }
    }
    Ok(())
}

/// Remembers the name of a charge that was opened. Says whether it is to be made: where the payment gave way meanwhile, the way to pay was
/// taken away, or autopay ended or was paused, it is not. This is the last look before money moves.
///
/// # Errors
/// A fault of the database.
pub fn record_charge(
    tx: &mut Tx<'_>,
    payment: PaymentId,
    reference: &str,
) -> Result<bool, PaymentError> {
    let account = store::payments::get(tx, payment)?.account_id;
    store::ledger::lock(tx, &[account])?;
    let row = store::payments::lock(tx, payment)?;
    if row.state != PaymentState::Requested {
        return Ok(false);
    }
    if !is_allowed(tx, payment)? {
        cancel(tx, &row)?;
        return Ok(false);
    }
    if row.processor_reference.is_none() {
        for part in joint::lock_whole(tx, row)? {
            store::payments::mark_instrument(tx, part.id, reference, None)?;
        }
        store::provider_events::unpark(tx, None, Some(reference))?;
    }
    Ok(true)
}

/// Whether the way to pay is still there to be charged, autopay in force and not paused where it charges, and what was scheduled not taken
/// back.
fn is_allowed(tx: &mut Tx<'_>, payment: PaymentId) -> Result<bool, StoreError> {
    let Some(saved) = store::payment_methods::find_of_payment(tx, payment)? else {
        return Ok(false);
    };
    if saved.method.state != MethodState::Attached {
        return Ok(false);
    }
    let charge = match saved.origin {
        Some(Origin::Autopay(charge)) => charge,
        Some(Origin::Scheduled(id)) => return scheduled_payments::is_allowed(tx, id),
        None => return Ok(true),
    };
    let enrolment = store::autopay::lock_charge(tx, charge)?.enrolment_id;
    let enrolment = store::autopay::get(tx, enrolment)?;
    let today = tx.stamp.on;
    let is_paused = enrolment.paused_until.is_some_and(|until| today < until);
    Ok(enrolment.ended_at.is_none() && !is_paused)
}
