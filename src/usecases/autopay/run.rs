//! The days of autopay: each bill is planned once, its amount is told, and on its day a payment is asked for. The processor is called by
//! whoever called this, between this and the recording of its answer.

use serde_json::json;

use crate::domain::autopay::{ChargeState, Planned, Skip, Step};
use crate::domain::holds::HoldStop;
use crate::domain::ids::{AccountId, AutopayChargeId};
use crate::domain::money::Money;
use crate::domain::notice::{AutopayNews, Urgency};
use crate::domain::payments::PaymentRequest;
use crate::store;
use crate::store::autopay::{ChargeRow, EnrolmentRow, NewCharge};
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::store::payment_methods::Origin;
use crate::usecases::autopay::{audit, tell};
use crate::usecases::payments::{Asked, Next, PaymentError, release, request_saved_payment};

/// Plans a charge for each bill that has none, of all accounts or of one; says how many. A bill that comes too late is skipped, and the customer is told.
///
/// # Errors
/// A fault of the database.
pub fn plan(tx: &mut Tx<'_>, account: Option<AccountId>, limit: i64) -> Result<usize, StoreError> {
    let unplanned = store::autopay_bills::list_unplanned(tx, account, limit)?;
    let planned_at = tx.stamp.at;
    let mut new = Vec::with_capacity(unplanned.len());
    for found in &unplanned {
        let terms = found.enrolment.terms();
        let (state, charge_on, reason) = match terms.charge_on(found.bill) {
            Ok(day) => (ChargeState::Planned, day, None),
            Err(skip) => (ChargeState::Skipped, found.bill.due_on, Some(skip)),
        };
        if let Some(skip) = reason {
            let due_on = found.bill.due_on;
            tell_skipped(tx, &found.enrolment, skip, due_on)?;
        }
        new.push(NewCharge {
            enrolment_id: found.enrolment.id,
            bill_id: found.bill_id,
            due_on: found.bill.due_on,
            charge_on,
            attempts: 0,
            state,
            reason: reason.map(Skip::as_str),
            planned_at,
        });
    }
    store::autopay::insert_charges(tx, &new)?;
    Ok(new.len())
}

/// Takes the step of one charge that today asks for: waits, tells the amount, skips the bill, or asks for the payment. One that was asked for
/// and not made is given up and decided anew: the customer may have stopped, or paid, since.
///
/// # Errors
/// A refusal of the payment, or a fault.
pub fn take_step(tx: &mut Tx<'_>, id: AutopayChargeId) -> Result<Next, PaymentError> {
    let charge = store::autopay::lock_charge(tx, id)?;
    let account = store::autopay::get(tx, charge.enrolment_id)?.account_id;
    store::ledger::lock(tx, &[account])?;
    match (charge.state, charge.payment_id) {
        (ChargeState::Planned, _) => {}
        (ChargeState::Asked, Some(payment)) => match release(tx, payment)? {
            Asked::GaveWay => {}
            // It was opened, and may be made: that is read first.
            Asked::MayBeMade => return Ok(Next::Busy),
            Asked::Settled => return Ok(Next::Nothing),
        },
        (
            ChargeState::Asked | ChargeState::Made | ChargeState::Skipped | ChargeState::Stopped,
            _,
        ) => return Ok(Next::Nothing),
    }
    let charge = store::autopay::lock_charge(tx, id)?;
    // Read behind the lock: stopping and pausing take it, too.
    let enrolment = store::autopay::get(tx, charge.enrolment_id)?;
    if enrolment.ended_at.is_some() {
        return Ok(Next::Nothing);
    }
    match step_of(tx, &charge, &enrolment)? {
        Step::Wait => Ok(Next::Nothing),
        Step::Tell { amount, on } => {
            store::autopay::mark_told(tx, id, amount, on)?;
            let method = store::payment_methods::get(tx, enrolment.payment_method_id)?;
            let ahead = AutopayNews::Ahead {
                amount,
                on,
                method: method.label(),
            };
            tell(tx, enrolment.account_id, Urgency::MustReach, &ahead)?;
            let facts = json!({"bill": charge.bill_id, "cents": amount, "on": on});
            audit(tx, &enrolment, "autopay.told", facts)?;
            Ok(Next::Nothing)
        }
        Step::Skip(skip) => {
            let reason = Some(skip.as_str());
            store::autopay::mark_charge(tx, id, ChargeState::Skipped, reason)?;
            let facts = json!({"bill": charge.bill_id, "because": skip});
            audit(tx, &enrolment, "autopay.skipped", facts)?;
            tell_skipped(tx, &enrolment, skip, charge.due_on)?;
            Ok(Next::Nothing)
        }
        Step::Charge(amount) => ask(tx, &charge, &enrolment, amount),
    }
}

fn step_of(
    tx: &mut Tx<'_>,
    charge: &ChargeRow,
    enrolment: &EnrolmentRow,
) -> Result<Step, StoreError> {
    if store::autopay_bills::is_canceled(tx, charge.bill_id)? {
        return Ok(Step::Skip(Skip::Canceled));
    }
    let mut owing = store::autopay::owing(tx, enrolment.account_id, charge.due_on)?;
    // What the customer scheduled until then is as good as on its way: nobody pays the same debt twice.
    owing.pending +=
        store::scheduled_payments::sum_until(tx, enrolment.account_id, charge.charge_on)?;
    let planned = Planned {
        charge_on: charge.charge_on,
        told: charge.told,
    };
    let on = tx.stamp.on;
    let step = planned.step(&enrolment.terms(), owing, on);
    let account = enrolment.account_id;
    if matches!(step, Step::Tell { .. } | Step::Charge(_))
        && store::holds::stopped(tx, &[account], (HoldStop::Autopay, on))?.is(account)
    {
        return Ok(Step::Skip(Skip::Held));
    }
    Ok(step)
}

/// Asks for the payment of a charge: its key is the charge's and the try's, so that it is asked for once.
fn ask(
    tx: &mut Tx<'_>,
    charge: &ChargeRow,
    enrolment: &EnrolmentRow,
    amount: Money,
) -> Result<Next, PaymentError> {
    let method = store::payment_methods::get(tx, enrolment.payment_method_id)?;
    let request = PaymentRequest {
        account_id: enrolment.account_id,
        amount,
        tender: method.tender,
        request_key: format!("autopay-{}-{}", charge.id, charge.attempts + 1),
        // What is on its way was counted.
        is_sure: true,
    };
    let origin = Some(Origin::Autopay(charge.id));
    let asked = request_saved_payment(tx, &request, method.id, origin);
    let payment = match asked {
        Err(PaymentError::PageOpen) => return Ok(Next::Busy),
        asked => asked?,
    };
    store::autopay::mark_asked(tx, charge.id, amount, payment.id)?;
    let facts = json!({"bill": charge.bill_id, "cents": amount, "payment": payment.number});
    audit(tx, enrolment, "autopay.asked", facts)?;
    Ok(Next::Charge(payment.id))
}

fn tell_skipped(
    tx: &mut Tx<'_>,
    enrolment: &EnrolmentRow,
    why: Skip,
    due_on: chrono::NaiveDate,
) -> Result<(), StoreError> {
    if !why.must_be_told() {
        return Ok(());
    }
    let skipped = AutopayNews::Skipped { why, due_on };
    tell(tx, enrolment.account_id, Urgency::MustReach, &skipped)
}
