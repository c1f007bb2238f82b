//! Ways to pay that the sandbox keeps: its customers, the page on which one is given, and its taking away.

use serde_json::{Value, json};

use crate::store::error::StoreError;
use crate::usecases::sandbox::checkout::{self, Paid};
use crate::usecases::sandbox::instruments::{CardOutcome, TestInstrument};
use crate::usecases::sandbox::objects;
use crate::usecases::sandbox::params::Params;
use crate::usecases::sandbox::till::{Till, set, text};
use crate::usecases::sandbox::{SandboxError, refusal};

/// A customer: somebody for whom ways to pay are kept.
///
/// # Errors
/// The processor's refusal, or a fault.
pub fn create_customer(till: &mut Till<'_, '_>, params: &Params) -> Result<Value, SandboxError> {
    params.only(&["name", "email", "phone", "description", "metadata"])?;
    let customer = objects::customer(params, till.seconds());
    till.put("customer", None, &customer)?;
    till.tell("customer.created", &customer)?;
    Ok(customer)
}

/// The SetupIntent of a page that saves a way to pay.
///
/// # Errors
/// The processor's refusal, or a fault.
pub fn open(
    till: &mut Till<'_, '_>,
    params: &Params,
    method_types: &[String],
) -> Result<Value, SandboxError> {
    let customer = params.need("customer")?;
    till.get("customer", customer)?;
    let setup = objects::setup_intent(customer, method_types, till.seconds());
    save(till, &setup)?;
    till.tell("setup_intent.created", &setup)?;
    Ok(setup)
}

/// The customer gives a way to pay on the page of a session.
///
/// # Errors
/// The processor's refusal, or a fault.
pub fn give(
    till: &mut Till<'_, '_>,
    session: &mut Value,
    instrument: &TestInstrument,
) -> Result<Paid, SandboxError> {
    let mut setup = till.get("setup_intent", text(session, "setup_intent"))?;
    let method = objects::payment_method(instrument, till.seconds());
    till.put("payment_method", None, &method)?;
    set(&mut setup, "payment_method", json!(text(&method, "id")));
    match declines_at_setup(instrument) {
        Some((code, decline_code)) => {
            let error = json!({"type": "card_error", "code": code, "decline_code": decline_code, "message": "Refused."});
            set(&mut setup, "payment_method", Value::Null);
            set(&mut setup, "last_setup_error", error);
            save(till, &setup)?;
            till.tell("setup_intent.setup_failed", &setup)?;
            Ok(Paid::Declined {
                reason: decline_code.to_owned(),
            })
        }
        None if asks(instrument) => {
            set(&mut setup, "status", json!("requires_action"));
            set(&mut setup, "next_action", json!({"type": "use_stripe_sdk"}));
            save(till, &setup)?;
            till.tell("setup_intent.requires_action", &setup)?;
            Ok(Paid::AsksFirst)
        }
        None => attach(till, session, &mut setup),
    }
}

/// The customer authenticates a way to pay that is being given, or fails to.
///
/// # Errors
/// The processor's refusal, or a fault.
pub fn authenticate(
    till: &mut Till<'_, '_>,
    session: &mut Value,
    succeeds: bool,
) -> Result<Paid, SandboxError> {
    let mut setup = till.get("setup_intent", text(session, "setup_intent"))?;
    if text(&setup, "status") != "requires_action" {
        return Ok(Paid::Over);
    }
    if succeeds {
        return attach(till, session, &mut setup);
    }
    set(&mut setup, "status", json!("requires_payment_method"));
    set(&mut setup, "payment_method", Value::Null);
    set(&mut setup, "next_action", Value::Null);
    save(till, &setup)?;
    till.tell("setup_intent.setup_failed", &setup)?;
    Ok(Paid::Declined {
        reason: "authentication_failed".to_owned(),
    })
}

/// Takes a saved way to pay away from its customer.
///
/// # Errors
/// The processor's refusal, or a fault.
pub fn detach(till: &mut Till<'_, '_>, id: &str) -> Result<Value, SandboxError> {
    let mut method = till.get("payment_method", id)?;
    if text(&method, "customer").is_empty() {
        let message = "The payment method you provided is not attached to a customer so detachment is impossible.";
        return Err(refusal(400, "payment_method_unexpected_state", message).into());
    }
    set(&mut method, "customer", Value::Null);
    till.put("payment_method", None, &method)?;
    till.tell("payment_method.detached", &method)?;
    Ok(method)
}

fn attach(
    till: &mut Till<'_, '_>,
    session: &mut Value,
    setup: &mut Value,
) -> Result<Paid, SandboxError> {
    let mut method = till.get("payment_method", text(setup, "payment_method"))?;
    set(&mut method, "customer", json!(text(setup, "customer")));
    till.put("payment_method", None, &method)?;
    till.tell("payment_method.attached", &method)?;
    set(setup, "status", json!("succeeded"));
    set(setup, "next_action", Value::Null);
    save(till, setup)?;
    till.tell("setup_intent.succeeded", setup)?;
    Ok(checkout::complete(till, session, "no_payment_required")?)
}

fn save(till: &mut Till<'_, '_>, setup: &Value) -> Result<(), StoreError> {
    till.put("setup_intent", None, setup)
}

/// The bank is asked when a card is given: it refuses the same that it refuses to charge, but for the one that fails only later.
fn declines_at_setup(instrument: &TestInstrument) -> Option<(&'static str, &'static str)> {
    match instrument {
        TestInstrument::Card(card) if card.alias == "pm_card_chargeCustomerFail" => None,
        TestInstrument::Card(card) => match card.outcome {
            CardOutcome::Declines(code, decline_code) => Some((code, decline_code)),
            CardOutcome::Pays
            | CardOutcome::AsksFirst
            | CardOutcome::AsksOnce
            | CardOutcome::PaysThenDisputed
            | CardOutcome::PaysRefundFails => None,
        },
        TestInstrument::Bank(_) => None,
    }
}

fn asks(instrument: &TestInstrument) -> bool {
    matches!(
        instrument,
        TestInstrument::Card(card)
            if matches!(card.outcome, CardOutcome::AsksFirst | CardOutcome::AsksOnce)
    )
}
