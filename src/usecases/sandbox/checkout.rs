//! Checkout sessions of the sandbox: opened by a call, paid on the sandbox's own page, ended by payment or by the time.

use serde_json::{Value, json};

use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::usecases::sandbox::instruments::TestInstrument;
use crate::usecases::sandbox::intents::Charged;
use crate::usecases::sandbox::objects::{self, NewIntent};
use crate::usecases::sandbox::params::Params;
use crate::usecases::sandbox::till::{self, Till, fresh, int, list, set, text};
use crate::usecases::sandbox::{SandboxError, clock, intents, refusal, setups};

/// How long a session stays open, in seconds.
const LIFE: i64 = 86_400;

/// Opens a session.
///
/// # Errors
/// The processor's refusal, or a fault.
pub fn create(
    till: &mut Till<'_, '_>,
    params: &Params,
    public_url: &str,
) -> Result<Value, SandboxError> {
    params.only(&[
        "mode",
        "line_items",
        "success_url",
        "cancel_url",
        "client_reference_id",
        "metadata",
        "payment_intent_data",
        "payment_method_options",
        "payment_method_types",
        "allowed_payment_method_types",
        "locale",
        "customer_email",
        "expires_at",
        "customer",
        "currency",
    ])?;
    let is_setup = is_setup(params)?;
    let total = if is_setup { None } else { Some(total(params)?) };
    let id = fresh("cs_test");
    let now = till.seconds();
    let mut method_types = params.list("payment_method_types");
    method_types.extend(params.list("allowed_payment_method_types"));
    if method_types.is_empty() {
        method_types = vec!["card".to_owned(), "us_bank_account".to_owned()];
    }
    let expires_at = params.int("expires_at")?.unwrap_or(now + LIFE);
    let setup = if is_setup {
        Some(setups::open(till, params, &method_types)?)
    } else {
        None
    };
    let session = json!({
        "id": id,
        "object": "checkout.session",
        "amount_subtotal": total,
        "amount_total": total,
        "cancel_url": params.get("cancel_url"),
        "client_reference_id": params.get("client_reference_id"),
        "created": now,
        "currency": "usd",
        "custom_fields": [],
        "customer": params.get("customer"),
        "customer_email": params.get("customer_email"),
        "expires_at": expires_at,
        "livemode": false,
        "locale": params.get("locale"),
        "metadata": params.map("metadata"),
        "mode": params.get("mode"),
        "payment_intent": null,
        "payment_method_options": {},
        "payment_method_types": method_types,
        "payment_status": if is_setup { "no_payment_required" } else { "unpaid" },
        "setup_intent": setup.as_ref().map(|setup| text(setup, "id")),
        "shipping_options": [],
        "status": "open",
        "success_url": params.need("success_url")?,
        "ui_mode": null,
        "url": format!("{public_url}/sandbox/checkout/{id}"),
    });
    let intent_facts = json!({
        "metadata": params.map("payment_intent_data[metadata]"),
        "description": params.get("line_items[0][price_data][product_data][name]"),
    });
    till.put("checkout.session", None, &session)?;
    let facts = json!({"id": format!("facts_{id}"), "of": id, "intent": intent_facts});
    till.put("session_facts", Some(&id), &facts)?;
    clock::set_timer(till, &id, "expire", "", expires_at - now)?;
    Ok(session)
}

/// Whether a way to pay is saved on the page, and nothing paid.
fn is_setup(params: &Params) -> Result<bool, SandboxError> {
    match params.need("mode")? {
        "payment" => Ok(false),
        "setup" => Ok(true),
        _ => {
            let message = "The sandbox knows the modes payment and setup";
            Err(refusal(400, "parameter_invalid", message)
                .param("mode")
                .into())
        }
    }
}

fn total(params: &Params) -> Result<i64, SandboxError> {
    let mut total = 0;
    for i in 0_u8.. {
        let item = format!("line_items[{i}]");
        let price = format!("{item}[price_data]");
        let Some(unit) = params.int(&format!("{price}[unit_amount]"))? else {
            break;
        };
        if params.need(&format!("{price}[currency]"))? != "usd" {
            return Err(refusal(400, "parameter_invalid", "The sandbox's currency is usd").into());
        }
        params.need(&format!("{price}[product_data][name]"))?;
        total += unit * params.int(&format!("{item}[quantity]"))?.unwrap_or(1);
    }
    if !(50..=99_999_999).contains(&total) {
        let message = "The total must be at least $0.50 and no more than $999,999.99";
        return Err(refusal(400, "amount_too_small", message)
            .param("line_items")
            .into());
    }
    Ok(total)
}

/// Ends an open session unpaid.
///
/// # Errors
/// The processor's refusal, or a fault.
pub fn expire(till: &mut Till<'_, '_>, id: &str) -> Result<Value, SandboxError> {
    let mut session = till.get("checkout.session", id)?;
    if text(&session, "status") != "open" {
        let message = "Only Checkout Sessions with a status in [\"open\"] can be expired.";
        return Err(refusal(400, "checkout_session_not_open", message).into());
    }
    set(&mut session, "status", json!("expired"));
    set(&mut session, "url", Value::Null);
    save(till, &session)?;
    till.tell("checkout.session.expired", &session)?;
    Ok(session)
}

fn save(till: &mut Till<'_, '_>, session: &Value) -> Result<(), StoreError> {
    let intent = session.get("payment_intent").and_then(Value::as_str);
    till.put("checkout.session", intent, session)
}

/// What the page shows of a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Showing {
    /// What is paid for.
    pub title: String,
    /// How much, in cents; none where a way to pay is only saved.
    pub cents: Option<i64>,
    /// Whether it can still be paid.
    pub is_open: bool,
    /// Whether the customer is being asked to authenticate.
    pub must_authenticate: bool,
    /// Where to go without paying.
    pub cancel_url: String,
    success_url: Option<String>,
    method_types: Vec<String>,
}

impl Showing {
    /// Whether the session takes a kind of instrument.
    #[must_use]
    pub fn takes(&self, kind: &str) -> bool {
        self.method_types.iter().any(|taken| taken == kind)
    }

    /// Where to go when it is over: paid, or not.
    #[must_use]
    pub fn after(&self) -> &str {
        self.success_url.as_deref().unwrap_or(&self.cancel_url)
    }
}

/// What the page shows of a session.
///
/// # Errors
/// That there is no such session, or a fault.
pub fn show(conn: &mut Conn, id: &str) -> Result<Showing, SandboxError> {
    let session = till::get(conn, "checkout.session", id)?;
    let facts = till::get(conn, "session_facts", &format!("facts_{id}"))?;
    let mut must_authenticate = false;
    for kind in ["payment_intent", "setup_intent"] {
        if let Some(intent) = session.get(kind).and_then(Value::as_str) {
            let intent = till::get(conn, kind, intent)?;
            must_authenticate |= text(&intent, "status") == "requires_action";
        }
    }
    let is_complete = text(&session, "status") == "complete";
    let success_url = text(&session, "success_url").replace("{CHECKOUT_SESSION_ID}", id);
    Ok(Showing {
        title: facts
            .pointer("/intent/description")
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned(),
        cents: session.get("amount_total").and_then(Value::as_i64),
        is_open: text(&session, "status") == "open",
        must_authenticate,
        cancel_url: match text(&session, "cancel_url") {
            "" => "/".to_owned(),
            url => url.to_owned(),
        },
        success_url: is_complete.then_some(success_url),
        method_types: strings(&session, "payment_method_types"),
    })
}

fn strings(object: &Value, field: &str) -> Vec<String> {
    let list = object.get(field).and_then(Value::as_array);
    list.into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .map(str::to_owned)
        .collect()
}

/// What came of paying on the page.
#[derive(Debug, Clone, PartialEq)]
pub enum Paid {
    /// Done: go back to where the session says.
    Done {
        /// Where.
        success_url: String,
    },
    /// The customer must authenticate first.
    AsksFirst,
    /// Refused: the error's code, and the bank's word.
    Declined {
        /// The bank's own word.
        reason: String,
    },
    /// The session is over already.
    Over,
}

/// The customer pays a session by a test instrument.
///
/// # Errors
/// A fault of the database, or that there is no such session.
pub fn pay(tx: &mut Tx<'_>, id: &str, instrument: &TestInstrument) -> Result<Paid, SandboxError> {
    let mut till = Till::open(tx)?;
    let mut session = till.get("checkout.session", id)?;
    if text(&session, "status") != "open" {
        return Ok(Paid::Over);
    }
    if is_for_setup(&session) {
        let given = setups::give(&mut till, &mut session, instrument)?;
        till.close()?;
        return Ok(given);
    }
    let mut intent = intent_of(&mut till, &mut session)?;
    let method = objects::payment_method(instrument, till.seconds());
    till.put("payment_method", None, &method)?;
    let paid = match intents::charge(&mut till, &mut intent, &method, false)? {
        Charged::Taken => complete(&mut till, &mut session, status_of(&intent))?,
        Charged::AsksFirst => Paid::AsksFirst,
        Charged::Declined(refusal) => Paid::Declined {
            reason: refusal.decline_code.unwrap_or(refusal.code),
        },
    };
    till.close()?;
    Ok(paid)
}

/// The customer authenticates, or fails to.
///
/// # Errors
/// A fault of the database, or that there is no such session.
pub fn authenticate(tx: &mut Tx<'_>, id: &str, succeeds: bool) -> Result<Paid, SandboxError> {
    let mut till = Till::open(tx)?;
    let mut session = till.get("checkout.session", id)?;
    if is_for_setup(&session) && text(&session, "status") == "open" {
        let given = setups::authenticate(&mut till, &mut session, succeeds)?;
        till.close()?;
        return Ok(given);
    }
    let mut intent = till.get("payment_intent", text(&session, "payment_intent"))?;
    if text(&session, "status") != "open" || text(&intent, "status") != "requires_action" {
        return Ok(Paid::Over);
    }
    let method = till.get("payment_method", text(&intent, "payment_method"))?;
    let instrument = objects::instrument_of(&method)
        .ok_or_else(|| refusal(400, "payment_method_invalid", "No test instrument"))?;
    let paid = if succeeds {
        intents::take_card(&mut till, &mut intent, &instrument)?;
        complete(&mut till, &mut session, status_of(&intent))?
    } else {
        let name = text(&intent, "payment_method").to_owned();
        let charge = objects::charge(&intent, &name, &instrument, till.seconds());
        let why = (
            "payment_intent_authentication_failure",
            "authentication_failed",
        );
        intents::fail(&mut till, &mut intent, charge, why)?;
        Paid::Declined {
            reason: "authentication_failed".to_owned(),
        }
    };
    till.close()?;
    Ok(paid)
}

/// The session's PaymentIntent; made when the customer first tries to pay.
fn intent_of(till: &mut Till<'_, '_>, session: &mut Value) -> Result<Value, SandboxError> {
    if let Some(id) = session.get("payment_intent").and_then(Value::as_str) {
        return till.get("payment_intent", id);
    }
    let facts = till.get("session_facts", &format!("facts_{}", text(session, "id")))?;
    let method_types = strings(session, "payment_method_types");
    let new = NewIntent {
        amount: int(session, "amount_total"),
        method_types,
        metadata: facts
            .pointer("/intent/metadata")
            .cloned()
            .unwrap_or_default(),
        description: facts
            .pointer("/intent/description")
            .and_then(Value::as_str)
            .map(str::to_owned),
    };
    let intent = intents::open(till, &new)?;
    set(session, "payment_intent", json!(text(&intent, "id")));
    save(till, session)?;
    Ok(intent)
}

fn is_for_setup(session: &Value) -> bool {
    text(session, "mode") == "setup"
}

fn status_of(intent: &Value) -> &'static str {
    match text(intent, "status") {
        "succeeded" => "paid",
        _ => "unpaid",
    }
}

/// The customer has finished a session.
///
/// # Errors
/// A fault of the database.
pub fn complete(
    till: &mut Till<'_, '_>,
    session: &mut Value,
    payment_status: &str,
) -> Result<Paid, StoreError> {
    set(session, "status", json!("complete"));
    set(session, "payment_status", json!(payment_status));
    set(session, "url", Value::Null);
    save(till, session)?;
    till.tell("checkout.session.completed", session)?;
    let id = text(session, "id");
    Ok(Paid::Done {
        success_url: text(session, "success_url").replace("{CHECKOUT_SESSION_ID}", id),
    })
}

/// A bank has settled or refused the payment of a session, days after it was complete.
///
/// # Errors
/// A fault of the database.
pub fn after_bank(till: &mut Till<'_, '_>, intent: &str, is_paid: bool) -> Result<(), StoreError> {
    for mut session in list(till.tx, "checkout.session", Some(intent))? {
        if is_paid {
            set(&mut session, "payment_status", json!("paid"));
            save(till, &session)?;
            till.tell("checkout.session.async_payment_succeeded", &session)?;
        } else {
            till.tell("checkout.session.async_payment_failed", &session)?;
        }
    }
    Ok(())
}
