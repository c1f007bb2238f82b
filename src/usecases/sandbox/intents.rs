//! PaymentIntents of the sandbox: charged by a test instrument, settled or refused now or later.

use serde_json::{Value, json};

use crate::store::error::StoreError;
use crate::usecases::sandbox::instruments::{BankOutcome, CardOutcome, TestInstrument};
use crate::usecases::sandbox::objects::{self, NewIntent};
use crate::usecases::sandbox::params::Params;
use crate::usecases::sandbox::till::{Till, bank_seconds, int, set, text};
use crate::usecases::sandbox::{Refusal, SandboxError, clock, instruments, payouts, refusal};

/// What came of charging.
#[derive(Debug, Clone, PartialEq)]
pub enum Charged {
    /// Paid, or given to the bank.
    Taken,
    /// The customer must authenticate first.
    AsksFirst,
    /// Refused by the bank; it is written down as such.
    Declined(Box<Refusal>),
}

/// Makes a PaymentIntent, and charges it where the call says so.
///
/// # Errors
/// The processor's refusal, or a fault.
pub fn create(till: &mut Till<'_, '_>, params: &Params) -> Result<Value, SandboxError> {
    params.only(&[
        "amount",
        "currency",
        "payment_method",
        "payment_method_types",
        "automatic_payment_methods",
        "confirm",
        "off_session",
        "metadata",
        "description",
        "receipt_email",
        "return_url",
        "mandate_data",
        "setup_future_usage",
        "customer",
        "error_on_requires_action",
    ])?;
    let amount = amount(params)?;
    let method_types = params.list("payment_method_types");
    let new = NewIntent {
        amount,
        method_types: if method_types.is_empty() {
            vec!["card".to_owned(), "us_bank_account".to_owned()]
        } else {
            method_types
        },
        metadata: json!(params.map("metadata")),
        description: params.get("description").map(str::to_owned),
    };
    let mut intent = open(till, &new)?;
    if let Some(customer) = params.get("customer") {
        till.get("customer", customer)?;
        set(&mut intent, "customer", json!(customer));
        save(till, &intent)?;
    }
    if let Some(method) = params.get("payment_method") {
        must_be_of_customer(till, &intent, method)?;
        set(&mut intent, "payment_method", json!(method));
        set(&mut intent, "status", json!("requires_confirmation"));
        save(till, &intent)?;
    }
    if params.flag("confirm") == Some(true) {
        return confirm_now(till, intent, params);
    }
    Ok(intent)
}

/// Charges a PaymentIntent that was made before.
///
/// # Errors
/// The processor's refusal, or a fault.
pub fn confirm(till: &mut Till<'_, '_>, id: &str, params: &Params) -> Result<Value, SandboxError> {
    params.only(&[
        "payment_method",
        "off_session",
        "return_url",
        "mandate_data",
        "error_on_requires_action",
    ])?;
    let mut intent = till.get("payment_intent", id)?;
    if !matches!(
        text(&intent, "status"),
        "requires_payment_method" | "requires_confirmation"
    ) {
        return Err(unexpected_state(&intent, "confirm").into());
    }
    if let Some(method) = params.get("payment_method") {
        set(&mut intent, "payment_method", json!(method));
    }
    confirm_now(till, intent, params)
}

/// An instrument that is kept for a customer is charged for that customer alone; one that was taken away, for nobody.
fn must_be_of_customer(
    till: &mut Till<'_, '_>,
    intent: &Value,
    method: &str,
) -> Result<(), SandboxError> {
    let customer = text(intent, "customer");
    if customer.is_empty() {
        return Ok(());
    }
    let method = till.get("payment_method", method)?;
    if text(&method, "customer") == customer {
        return Ok(());
    }
    let message = "The customer does not have a payment method with this ID.";
    Err(refusal(400, "resource_missing", message)
        .param("payment_method")
        .into())
}

/// Gives a PaymentIntent up.
///
/// # Errors
/// The processor's refusal, or a fault.
pub fn cancel(till: &mut Till<'_, '_>, id: &str) -> Result<Value, SandboxError> {
    let mut intent = till.get("payment_intent", id)?;
    if matches!(
        text(&intent, "status"),
        "succeeded" | "canceled" | "processing"
    ) {
        return Err(unexpected_state(&intent, "cancel").into());
    }
    set(&mut intent, "status", json!("canceled"));
    set(&mut intent, "canceled_at", json!(till.seconds()));
    save(till, &intent)?;
    till.tell("payment_intent.canceled", &intent)?;
    Ok(intent)
}

/// A new instrument: by a test number, or by the name of one.
///
/// # Errors
/// The processor's refusal, or a fault.
pub fn create_method(till: &mut Till<'_, '_>, params: &Params) -> Result<Value, SandboxError> {
    params.only(&[
        "type",
        "card",
        "us_bank_account",
        "billing_details",
        "metadata",
    ])?;
    let field = |path: &str| params.get(path).unwrap_or_default();
    let today = till.now.date();
    let typed = match params.need("type")? {
        "card" => {
            let expiry = format!("{}/{}", field("card[exp_month]"), field("card[exp_year]"));
            instruments::card(field("card[number]"), &expiry, field("card[cvc]"), today)
                .map(TestInstrument::Card)
        }
        "us_bank_account" => instruments::bank(
            field("us_bank_account[routing_number]"),
            field("us_bank_account[account_number]"),
        )
        .map(TestInstrument::Bank),
        other => {
            let message = format!("The sandbox takes card and us_bank_account, not {other}");
            return Err(refusal(400, "parameter_invalid", &message)
                .param("type")
                .into());
        }
    };
    let instrument = typed.map_err(|mistyped| {
        refusal(
            402,
            &mistyped.to_string(),
            "Only test numbers are taken here",
        )
    })?;
    let method = objects::payment_method(&instrument, till.seconds());
    till.put("payment_method", None, &method)?;
    Ok(method)
}

/// Makes a PaymentIntent that waits for an instrument.
///
/// # Errors
/// A fault of the database.
pub fn open(till: &mut Till<'_, '_>, new: &NewIntent) -> Result<Value, StoreError> {
    let intent = objects::intent(new, till.seconds());
    save(till, &intent)?;
    till.tell("payment_intent.created", &intent)?;
    Ok(intent)
}

fn save(till: &mut Till<'_, '_>, intent: &Value) -> Result<(), StoreError> {
    till.put("payment_intent", None, intent)
}

fn amount(params: &Params) -> Result<i64, SandboxError> {
    params.need("amount")?;
    let amount = params.int("amount")?.unwrap_or_default();
    if params.need("currency")? != "usd" {
        return Err(
            refusal(400, "parameter_invalid", "The sandbox's currency is usd")
                .param("currency")
                .into(),
        );
    }
    if amount < 50 {
        let message = "Amount must be at least $0.50 usd";
        return Err(refusal(400, "amount_too_small", message)
            .param("amount")
            .into());
    }
    if amount > 99_999_999 {
        let message = "Amount must be no more than $999,999.99";
        return Err(refusal(400, "amount_too_large", message)
            .param("amount")
            .into());
    }
    Ok(amount)
}

fn confirm_now(
    till: &mut Till<'_, '_>,
    mut intent: Value,
    params: &Params,
) -> Result<Value, SandboxError> {
    let name = text(&intent, "payment_method").to_owned();
    let method = match instruments::by_alias(&name) {
        Some(instrument) => {
            let method = objects::payment_method(&instrument, till.seconds());
            till.put("payment_method", None, &method)?;
            method
        }
        None if name.is_empty() => {
            let message =
                "You cannot confirm this PaymentIntent because it's missing a payment method.";
            return Err(refusal(400, "payment_intent_unexpected_state", message).into());
        }
        None => {
            must_be_of_customer(till, &intent, &name)?;
            till.get("payment_method", &name)?
        }
    };
    let may_not_ask = params.flag("off_session") == Some(true)
        || params.flag("error_on_requires_action") == Some(true);
    match charge(till, &mut intent, &method, may_not_ask)? {
        Charged::Taken | Charged::AsksFirst => Ok(intent),
        Charged::Declined(refusal) => Err(SandboxError::Refused(refusal)),
    }
}

/// Charges a PaymentIntent by an instrument, and writes down what came of it.
///
/// # Errors
/// The processor's refusal of the call itself, or a fault.
pub fn charge(
    till: &mut Till<'_, '_>,
    intent: &mut Value,
    method: &Value,
    may_not_ask: bool,
) -> Result<Charged, SandboxError> {
    let instrument = objects::instrument_of(method)
        .ok_or_else(|| refusal(400, "payment_method_invalid", "No test instrument"))?;
    set(
        intent,
        "payment_method",
        method.get("id").cloned().unwrap_or_default(),
    );
    match instrument {
        TestInstrument::Card(card) => match card.outcome {
            CardOutcome::Declines(code, decline) => {
                decline_card(till, intent, &instrument, (code, decline))
            }
            CardOutcome::AsksOnce if !text(method, "customer").is_empty() => {
                take_card(till, intent, &instrument)?;
                Ok(Charged::Taken)
            }
            CardOutcome::AsksFirst | CardOutcome::AsksOnce if may_not_ask => {
                let why = ("authentication_required", "authentication_required");
                decline_card(till, intent, &instrument, why)
            }
            CardOutcome::AsksFirst | CardOutcome::AsksOnce => {
                set(intent, "status", json!("requires_action"));
                set(intent, "next_action", json!({"type": "use_stripe_sdk"}));
                save(till, intent)?;
                till.tell("payment_intent.requires_action", intent)?;
                Ok(Charged::AsksFirst)
            }
            CardOutcome::Pays | CardOutcome::PaysThenDisputed | CardOutcome::PaysRefundFails => {
                take_card(till, intent, &instrument)?;
                Ok(Charged::Taken)
            }
        },
        TestInstrument::Bank(bank) => {
            debit_bank(till, intent, &instrument, bank.outcome)?;
            Ok(Charged::Taken)
        }
    }
}

/// Takes a card's money: after the customer has authenticated, or where the card doesn't ask.
///
/// # Errors
/// A fault of the database.
pub fn take_card(
    till: &mut Till<'_, '_>,
    intent: &mut Value,
    instrument: &TestInstrument,
) -> Result<(), StoreError> {
    let method = text(intent, "payment_method").to_owned();
    let charge = objects::charge(intent, &method, instrument, till.seconds());
    settle(till, intent, charge)?;
    if let TestInstrument::Card(card) = instrument
        && card.outcome == CardOutcome::PaysThenDisputed
    {
        clock::set_timer(till, text(intent, "id"), "dispute", "fraudulent", 0)?;
    }
    Ok(())
}

fn debit_bank(
    till: &mut Till<'_, '_>,
    intent: &mut Value,
    instrument: &TestInstrument,
    outcome: BankOutcome,
) -> Result<(), StoreError> {
    let method = text(intent, "payment_method").to_owned();
    let charge = objects::charge(intent, &method, instrument, till.seconds());
    till.put("charge", Some(text(intent, "id")), &charge)?;
    set(intent, "latest_charge", json!(text(&charge, "id")));
    set(intent, "status", json!("processing"));
    set(intent, "last_payment_error", Value::Null);
    save(till, intent)?;
    till.tell("charge.pending", &charge)?;
    till.tell("payment_intent.processing", intent)?;
    let wait = bank_seconds(till.tx)?;
    let id = text(intent, "id").to_owned();
    match outcome {
        BankOutcome::Settles => clock::set_timer(till, &id, "settle", "", wait),
        BankOutcome::Fails(why) => clock::set_timer(till, &id, "fail", why, wait),
        BankOutcome::SettlesThenReturned(why) => {
            clock::set_timer(till, &id, "settle", "", wait)?;
            clock::set_timer(till, &id, "dispute", why, wait * 2)
        }
        BankOutcome::Waits => Ok(()),
    }
}

/// The money of a charge is here.
///
/// # Errors
/// A fault of the database.
pub fn settle(
    till: &mut Till<'_, '_>,
    intent: &mut Value,
    mut charge: Value,
) -> Result<(), StoreError> {
    let amount = int(intent, "amount");
    let is_bank = charge
        .pointer("/payment_method_details/us_bank_account")
        .is_some();
    let (kind, line_kind) = if is_bank {
        ("us_bank_account", "payment")
    } else {
        ("card", "charge")
    };
    let fee = objects::fee(amount, kind);
    let line =
        objects::balance_transaction(text(&charge, "id"), line_kind, amount, fee, till.seconds());
    payouts::book(till, &line)?;
    for (field, value) in [
        ("status", json!("succeeded")),
        ("paid", json!(true)),
        ("captured", json!(true)),
        ("amount_captured", json!(amount)),
        ("balance_transaction", json!(text(&line, "id"))),
    ] {
        set(&mut charge, field, value);
    }
    till.put("charge", Some(text(intent, "id")), &charge)?;
    for (field, value) in [
        ("status", json!("succeeded")),
        ("amount_received", json!(amount)),
        ("latest_charge", json!(text(&charge, "id"))),
        ("last_payment_error", Value::Null),
        ("next_action", Value::Null),
    ] {
        set(intent, field, value);
    }
    save(till, intent)?;
    till.tell("charge.succeeded", &charge)?;
    till.tell("payment_intent.succeeded", intent)
}

/// The bank refuses a charge.
///
/// # Errors
/// A fault of the database.
pub fn fail(
    till: &mut Till<'_, '_>,
    intent: &mut Value,
    mut charge: Value,
    why: (&str, &str),
) -> Result<Refusal, StoreError> {
    let (code, decline_code) = why;
    let message = format!("The payment was declined: {decline_code}.");
    for (field, value) in [
        ("status", json!("failed")),
        ("failure_code", json!(code)),
        ("failure_message", json!(message)),
    ] {
        set(&mut charge, field, value);
    }
    till.put("charge", Some(text(intent, "id")), &charge)?;
    let error = json!({
        "type": "card_error", "code": code, "decline_code": decline_code,
        "message": message, "charge": text(&charge, "id"),
    });
    for (field, value) in [
        ("status", json!("requires_payment_method")),
        ("latest_charge", json!(text(&charge, "id"))),
        ("last_payment_error", error),
        ("payment_method", Value::Null),
        ("next_action", Value::Null),
    ] {
        set(intent, field, value);
    }
    save(till, intent)?;
    till.tell("charge.failed", &charge)?;
    till.tell("payment_intent.payment_failed", intent)?;
    Ok(Refusal {
        status: 402,
        kind: "card_error",
        code: code.to_owned(),
        decline_code: Some(decline_code.to_owned()),
        message,
        param: None,
        payment_intent: Some(intent.clone()),
    })
}

fn decline_card(
    till: &mut Till<'_, '_>,
    intent: &mut Value,
    instrument: &TestInstrument,
    why: (&str, &str),
) -> Result<Charged, SandboxError> {
    let method = text(intent, "payment_method").to_owned();
    let charge = objects::charge(intent, &method, instrument, till.seconds());
    Ok(Charged::Declined(Box::new(fail(
        till, intent, charge, why,
    )?)))
}

/// The last charge of a PaymentIntent, as it stands.
///
/// # Errors
/// The processor's refusal, or a fault.
pub fn last_charge(till: &mut Till<'_, '_>, intent: &Value) -> Result<Value, SandboxError> {
    till.get("charge", text(intent, "latest_charge"))
}

fn unexpected_state(intent: &Value, verb: &str) -> Refusal {
    let message = format!(
        "You cannot {verb} this PaymentIntent because it has a status of {}.",
        text(intent, "status")
    );
    refusal(400, "payment_intent_unexpected_state", &message)
}
