//! The days of autopay: each bill is planned once, its amount is told, and on its day a payment is asked for. The processor is called by
//! whoever called this, between this and the recording of its answer.

use chrono::{Days, NaiveDate};
use serde_json::json;

use crate::domain::autopay::{ChargeState, LETTER_DAYS, NOTICE_DAYS, Skip, Step};
use crate::domain::holds::HoldStop;
use crate::domain::ids::{AccountId, AutopayChargeId};
use crate::domain::money::Money;
use crate::domain::notice::{AutopayNews, Channel, Urgency};
use crate::domain::payments::PaymentRequest;
use crate::store;
use crate::store::autopay::{ChargeRow, EnrolmentRow, NewCharge};
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::store::payment_methods::Origin;
use crate::usecases::autopay::{audit, heard, tell};
use crate::usecases::payments::{Asked, Next, PaymentError, release, request_saved_payment};
use crate::usecases::reach;

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
    // The account first, then the charge: whoever tells of a charge anew locks them in this order.
    let account = store::autopay::account_of_charge(tx, id)?;
    store::ledger::lock(tx, &[account])?;
    let charge = store::autopay::lock_charge(tx, id)?;
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
        Step::Tell { amount, on } => tell_ahead(tx, &charge, &enrolment, (amount, on)),
        Step::Untell => {
            store::autopay::mark_charge_untold(tx, id)?;
            audit(tx, &enrolment, "autopay.untold", json!({"charge": id}))?;
            Ok(Next::Nothing)
        }
        Step::Skip(skip) => pass_over(tx, &charge, &enrolment, skip),
        Step::Charge(amount) => ask(tx, &charge, &enrolment, amount),
    }
}

/// Tells the amount of a charge and its day, which is later where only a letter tells it. Nobody is charged who cannot be told: it waits, and the
/// office looks for a way.
fn tell_ahead(
    tx: &mut Tx<'_>,
    charge: &ChargeRow,
    enrolment: &EnrolmentRow,
    (amount, on): (Money, NaiveDate),
) -> Result<Next, PaymentError> {
    let account = enrolment.account_id;
    let way = reach::first_way(tx, account)?;
    let on = match way {
        Some(Channel::Email | Channel::Text | Channel::Portal) => on,
        Some(Channel::Paper) => on.max(tx.stamp.on + Days::new(NOTICE_DAYS + LETTER_DAYS)),
        None => {
            let what = format!("autopay charge {}", charge.id);
            reach::ask_again(tx, account, &what)?;
            return Ok(Next::Nothing);
        }
    };
    store::autopay::mark_told(tx, charge.id, amount, on)?;
    let method = store::payment_methods::get(tx, enrolment.payment_method_id)?;
    let ahead = AutopayNews::Ahead {
        amount,
        on,
        method: method.label(),
        charge: Some(charge.id),
        by_letter: way == Some(Channel::Paper),
    };
    tell(tx, enrolment.account_id, Urgency::MustReach, &ahead)?;
    let facts = json!({"bill": charge.bill_id, "cents": amount, "on": on});
    audit(tx, enrolment, "autopay.told", facts)?;
    Ok(Next::Nothing)
}

/// Charges nothing for a bill, and tells so where the customer may believe it to be paid.
fn pass_over(
    tx: &mut Tx<'_>,
    charge: &ChargeRow,
    enrolment: &EnrolmentRow,
    skip: Skip,
) -> Result<Next, PaymentError> {
    let reason = Some(skip.as_str());
    store::autopay::mark_charge(tx, charge.id, ChargeState::Skipped, reason)?;
    let facts = json!({"bill": charge.bill_id, "because": skip});
    audit(tx, enrolment, "autopay.skipped", facts)?;
    tell_skipped(tx, enrolment, skip, charge.due_on)?;
    Ok(Next::Nothing)
}

/// The day of a charge of which is told anew, so many days from now at the earliest; nothing where it is not to come any more as it was told.
///
/// # Errors
/// A fault of the database.
pub(in crate::usecases) fn put_off(
    tx: &mut Tx<'_>,
    id: AutopayChargeId,
    told: (Money, NaiveDate),
    days: u64,
) -> Result<Option<NaiveDate>, StoreError> {
    let Some(enrolment) = as_told(tx, id, told)? else {
        return Ok(None);
    };
    let (amount, on) = told;
    let later = on.max(tx.stamp.on + Days::new(days));
    if later != on {
        store::autopay::mark_told(tx, id, amount, later)?;
        let facts = json!({"charge": id, "from": on, "on": later});
        audit(tx, &enrolment, "autopay.put_off", facts)?;
    }
    Ok(Some(later))
}

/// Lets a charge wait of which nobody could be told. Says whether it was still to come as it was told.
///
/// # Errors
/// A fault of the database.
pub(in crate::usecases) fn hold(
    tx: &mut Tx<'_>,
    id: AutopayChargeId,
    told: (Money, NaiveDate),
) -> Result<bool, StoreError> {
    let Some(enrolment) = as_told(tx, id, told)? else {
        return Ok(false);
    };
    store::autopay::mark_charge_untold(tx, id)?;
    audit(tx, &enrolment, "autopay.held", json!({"charge": id}))?;
    Ok(true)
}

/// The enrolment of a charge that is to come and of which this was told.
fn as_told(
    tx: &mut Tx<'_>,
    id: AutopayChargeId,
    (amount, on): (Money, NaiveDate),
) -> Result<Option<EnrolmentRow>, StoreError> {
    let charge = store::autopay::lock_charge(tx, id)?;
    let is_it = charge.state == ChargeState::Planned
        && charge.told == Some(amount)
        && charge.charge_on == on;
    let enrolment = store::autopay::get(tx, charge.enrolment_id)?;
    Ok((is_it && enrolment.ended_at.is_none()).then_some(enrolment))
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
    let (terms, on) = (enrolment.terms(), tx.stamp.on);
    let account = enrolment.account_id;
    let step = heard::step(tx, (account, charge), |planned| {
        planned.step(&terms, owing, on)
    })?;
    if matches!(step, Step::Tell { .. } | Step::Charge(_))
        && store::holds::stopped(tx, &[account], (HoldStop::Autopay, on))?.is(account)
    {
        // The hold may be lifted before the day.
        let is_day = on >= charge.charge_on;
        return Ok(if is_day {
            Step::Skip(Skip::Held)
        } else {
            Step::Wait
        });
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
    due_on: NaiveDate,
) -> Result<(), StoreError> {
    if !why.must_be_told() {
        return Ok(());
    }
    let skipped = AutopayNews::Skipped { why, due_on };
    tell(tx, enrolment.account_id, Urgency::MustReach, &skipped)
}
