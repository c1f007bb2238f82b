//! The sandbox's objects in the processor's own shapes. A test holds every field to the published samples.

use serde_json::{Value, json};

use crate::usecases::sandbox::instruments::{BANKS, CARDS, ROUTING, TestInstrument};
use crate::usecases::sandbox::params::Params;
use crate::usecases::sandbox::till::{fresh, int, set, text};

/// What a new PaymentIntent is told.
#[derive(Debug, Clone)]
pub struct NewIntent {
    /// How much, in cents.
    pub amount: i64,
    /// The kinds of instrument it takes.
    pub method_types: Vec<String>,
    /// What the caller wrote on it.
    pub metadata: Value,
    /// A sentence about it.
    pub description: Option<String>,
}

/// A PaymentIntent that waits for an instrument.
#[must_use]
pub fn intent(new: &NewIntent, now: i64) -> Value {
    let id = fresh("pi");
    json!({
        "id": id,
        "object": "payment_intent",
        "amount": new.amount,
        "amount_capturable": 0,
        "amount_received": 0,
        "canceled_at": null,
        "cancellation_reason": null,
        "capture_method": "automatic",
        "client_secret": format!("{id}_secret_{}", uuid::Uuid::new_v4().simple()),
        "confirmation_method": "automatic",
        "created": now,
        "currency": "usd",
        "customer": null,
        "description": new.description,
        "last_payment_error": null,
        "latest_charge": null,
        "livemode": false,
        "metadata": new.metadata,
        "next_action": null,
        "payment_method": null,
        "payment_method_options": {},
        "payment_method_types": new.method_types,
        "processing": null,
        "receipt_email": null,
        "setup_future_usage": null,
        "statement_descriptor": null,
        "status": "requires_payment_method",
    })
}

/// A customer.
#[must_use]
pub fn customer(params: &Params, now: i64) -> Value {
    json!({
        "id": fresh("cus"),
        "object": "customer",
        "address": null,
        "balance": 0,
        "created": now,
        "currency": null,
        "default_source": null,
        "delinquent": false,
        "description": params.get("description"),
        "discount": null,
        "email": params.get("email"),
        "livemode": false,
        "metadata": params.map("metadata"),
        "name": params.get("name"),
        "phone": params.get("phone"),
        "preferred_locales": [],
        "shipping": null,
        "tax_exempt": "none",
        "test_clock": null,
    })
}

/// A SetupIntent that waits for an instrument to keep.
#[must_use]
pub fn setup_intent(customer: &str, method_types: &[String], now: i64) -> Value {
    let id = fresh("seti");
    json!({
        "id": id,
        "object": "setup_intent",
        "application": null,
        "cancellation_reason": null,
        "client_secret": format!("{id}_secret_{}", uuid::Uuid::new_v4().simple()),
        "created": now,
        "customer": customer,
        "description": null,
        "last_setup_error": null,
        "latest_attempt": null,
        "livemode": false,
        "mandate": null,
        "metadata": {},
        "next_action": null,
        "on_behalf_of": null,
        "payment_method": null,
        "payment_method_options": {},
        "payment_method_types": method_types,
        "single_use_mandate": null,
        "status": "requires_payment_method",
        "usage": "off_session",
    })
}

/// An instrument: only its brand, last four digits and fingerprint are in it.
#[must_use]
pub fn payment_method(instrument: &TestInstrument, now: i64) -> Value {
    let mut method = json!({
        "id": fresh("pm"),
        "object": "payment_method",
        "allow_redisplay": "unspecified",
        "billing_details": billing_details(),
        "created": now,
        "customer": null,
        "livemode": false,
        "metadata": {},
        "type": instrument.kind(),
    });
    set(&mut method, instrument.kind(), details(instrument));
    method
}

fn billing_details() -> Value {
    json!({
        "address": {"city": null, "country": null, "line1": null, "line2": null, "postal_code": null, "state": null},
        "email": null, "name": null, "phone": null, "tax_id": null,
    })
}

fn details(instrument: &TestInstrument) -> Value {
    let fingerprint = format!("test{:04}{}", instrument.number().len(), instrument.last4());
    match instrument {
        TestInstrument::Card(card) => json!({
            "brand": card.brand.as_str(),
            "country": "US",
            "exp_month": 12,
            "exp_year": 2034,
            "fingerprint": fingerprint,
            "funding": "credit",
            "last4": instrument.last4(),
        }),
        TestInstrument::Bank(_) => json!({
            "account_holder_type": "individual",
            "account_type": "checking",
            "bank_name": "STRIPE TEST BANK",
            "fingerprint": fingerprint,
            "last4": instrument.last4(),
            "routing_number": ROUTING,
        }),
    }
}

/// One try to take the money of a PaymentIntent by an instrument.
#[must_use]
pub fn charge(intent: &Value, method: &str, instrument: &TestInstrument, now: i64) -> Value {
    let mut how = json!({"type": instrument.kind()});
    set(&mut how, instrument.kind(), details(instrument));
    let prefix = match instrument {
        TestInstrument::Card(_) => "ch",
        TestInstrument::Bank(_) => "py",
    };
    json!({
        "id": fresh(prefix),
        "object": "charge",
        "amount": int(intent, "amount"),
        "amount_captured": 0,
        "amount_refunded": 0,
        "balance_transaction": null,
        "billing_details": billing_details(),
        "captured": false,
        "created": now,
        "currency": "usd",
        "customer": null,
        "description": intent.get("description"),
        "disputed": false,
        "failure_code": null,
        "failure_message": null,
        "livemode": false,
        "metadata": intent.get("metadata"),
        "outcome": null,
        "paid": false,
        "payment_intent": text(intent, "id"),
        "payment_method": method,
        "payment_method_details": how,
        "receipt_email": null,
        "receipt_number": null,
        "receipt_url": null,
        "refunded": false,
        "status": "pending",
    })
}

/// What the processor keeps of a payment, in cents: 2.9 % and 30 cents of a card payment, 0.8 % up to $5 of a bank payment.
#[must_use]
pub fn fee(amount: i64, kind: &str) -> i64 {
    if kind == "card" {
        (amount * 29 + 500) / 1_000 + 30
    } else {
        ((amount * 8 + 500) / 1_000).min(500)
    }
}

/// A line of the balance.
#[must_use]
pub fn balance_transaction(source: &str, kind: &str, amount: i64, fee: i64, now: i64) -> Value {
    let details = if fee == 0 {
        json!([])
    } else {
        json!([{"amount": fee, "application": null, "currency": "usd", "description": "Processing fee", "type": "stripe_fee"}])
    };
    json!({
        "id": fresh("txn"),
        "object": "balance_transaction",
        "amount": amount,
        "available_on": now,
        "created": now,
        "currency": "usd",
        "description": null,
        "exchange_rate": null,
        "fee": fee,
        "fee_details": details,
        "net": amount - fee,
        "reporting_category": kind,
        "source": source,
        "status": "available",
        "type": kind,
    })
}

/// A payout of all that has come in.
#[must_use]
pub fn payout(id: &str, amount: i64, now: i64) -> Value {
    json!({
        "id": id,
        "object": "payout",
        "amount": amount,
        "arrival_date": now - now.rem_euclid(86_400),
        "automatic": true,
        "balance_transaction": null,
        "created": now,
        "currency": "usd",
        "description": "STRIPE PAYOUT",
        "destination": null,
        "failure_balance_transaction": null,
        "failure_code": null,
        "failure_message": null,
        "livemode": false,
        "metadata": {},
        "method": "standard",
        "original_payout": null,
        "reconciliation_status": "completed",
        "reversed_by": null,
        "source_type": "card",
        "statement_descriptor": null,
        "status": "paid",
        "type": "bank_account",
    })
}

/// A refund of a charge.
#[must_use]
pub fn refund(charge: &Value, amount: i64, metadata: &Value, now: i64) -> Value {
    json!({
        "id": fresh("re"),
        "object": "refund",
        "amount": amount,
        "balance_transaction": null,
        "charge": text(charge, "id"),
        "created": now,
        "currency": "usd",
        "metadata": metadata,
        "payment_intent": text(charge, "payment_intent"),
        "reason": null,
        "receipt_number": null,
        "status": "succeeded",
    })
}

/// A dispute of a charge.
#[must_use]
pub fn dispute(charge: &Value, reason: &str, status: &str, now: i64) -> Value {
    json!({
        "id": fresh("du"),
        "object": "dispute",
        "amount": int(charge, "amount"),
        "balance_transactions": [],
        "charge": text(charge, "id"),
        "created": now,
        "currency": "usd",
        "evidence": {},
        "evidence_details": {"due_by": now + 7 * 86_400, "has_evidence": false, "past_due": false, "submission_count": 0},
        "is_charge_refundable": false,
        "livemode": false,
        "metadata": {},
        "payment_intent": text(charge, "payment_intent"),
        "reason": reason,
        "status": status,
    })
}

/// The instrument of a payment method: no two test numbers of a kind end alike.
#[must_use]
pub fn instrument_of(method: &Value) -> Option<TestInstrument> {
    let kind = text(method, "type");
    let last4 = text(method.get(kind)?, "last4");
    let cards = CARDS.iter().map(|card| TestInstrument::Card(*card));
    let banks = BANKS.iter().map(|bank| TestInstrument::Bank(*bank));
    cards
        .chain(banks)
        .find(|instrument| instrument.kind() == kind && instrument.last4() == last4)
}
