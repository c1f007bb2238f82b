//! Refunds of the sandbox: never more than came, and one test card whose refund fails later.

use serde_json::{Value, json};

use crate::usecases::sandbox::instruments::{CardOutcome, TestInstrument};
use crate::usecases::sandbox::params::Params;
use crate::usecases::sandbox::till::{Till, int, set, text};
use crate::usecases::sandbox::{SandboxError, clock, intents, objects, payouts, refusal};

/// Gives back some or all of a payment.
///
/// # Errors
/// The processor's refusal, or a fault.
pub fn create(till: &mut Till<'_, '_>, params: &Params) -> Result<Value, SandboxError> {
    params.only(&["payment_intent", "charge", "amount", "reason", "metadata"])?;
    let mut charge = match params.get("charge") {
        Some(charge) => till.get("charge", charge)?,
        None => {
            let intent = till.get("payment_intent", params.need("payment_intent")?)?;
            intents::last_charge(till, &intent)?
        }
    };
    let left = int(&charge, "amount_captured") - int(&charge, "amount_refunded");
    let amount = params.int("amount")?.unwrap_or(left);
    if charge.get("disputed") == Some(&json!(true)) {
        return Err(refusal(400, "charge_disputed", "The charge has been charged back.").into());
    }
    if left == 0 || amount > left {
        let message = format!(
            "Refund amount ({amount}) is greater than unrefunded amount on charge ({left})"
        );
        return Err(refusal(400, "charge_already_refunded", &message).into());
    }
    if amount < 1 {
        return Err(
            refusal(400, "parameter_invalid_integer", "Nothing to refund")
                .param("amount")
                .into(),
        );
    }
    let intent = text(&charge, "payment_intent").to_owned();
    let metadata = json!(params.map("metadata"));
    let mut refund = objects::refund(&charge, amount, &metadata, till.seconds());
    let id = text(&refund, "id").to_owned();
    let line = objects::balance_transaction(&id, "refund", -amount, 0, till.seconds());
    payouts::book(till, &line)?;
    set(&mut refund, "balance_transaction", json!(text(&line, "id")));
    till.put("refund", Some(&intent), &refund)?;
    let refunded = int(&charge, "amount_refunded") + amount;
    set(&mut charge, "amount_refunded", json!(refunded));
    let is_whole = refunded == int(&charge, "amount");
    set(&mut charge, "refunded", json!(is_whole));
    till.put("charge", Some(&intent), &charge)?;
    till.tell("refund.created", &refund)?;
    till.tell("charge.refunded", &charge)?;
    let method = till.get("payment_method", text(&charge, "payment_method"))?;
    if let Some(TestInstrument::Card(card)) = objects::instrument_of(&method)
        && card.outcome == CardOutcome::PaysRefundFails
    {
        clock::set_timer(till, &id, "refund_fails", "", 0)?;
    }
    Ok(refund)
}

/// A refund comes back: the card can't take it.
///
/// # Errors
/// The processor's refusal, or a fault.
pub fn fail(till: &mut Till<'_, '_>, id: &str) -> Result<(), SandboxError> {
    let mut refund = till.get("refund", id)?;
    let amount = int(&refund, "amount");
    set(&mut refund, "status", json!("failed"));
    set(&mut refund, "failure_reason", json!("lost_or_stolen_card"));
    let line = objects::balance_transaction(id, "refund_failure", amount, 0, till.seconds());
    payouts::book(till, &line)?;
    let name = json!(text(&line, "id"));
    set(&mut refund, "failure_balance_transaction", name);
    let intent = text(&refund, "payment_intent").to_owned();
    till.put("refund", Some(&intent), &refund)?;
    let mut charge = till.get("charge", text(&refund, "charge"))?;
    let refunded = int(&charge, "amount_refunded") - amount;
    set(&mut charge, "amount_refunded", json!(refunded));
    set(&mut charge, "refunded", json!(false));
    till.put("charge", Some(&intent), &charge)?;
    till.tell("refund.failed", &refund)?;
    Ok(())
}
