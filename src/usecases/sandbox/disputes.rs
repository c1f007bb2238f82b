//! Disputes of the sandbox: a card's cardholder contests, a bank takes a settled debit back.

use serde_json::{Value, json};

use crate::usecases::sandbox::params::Params;
use crate::usecases::sandbox::till::{Till, int, set, text};
use crate::usecases::sandbox::{SandboxError, intents, objects, payouts, refusal};

/// What the processor charges for a disputed card payment, in cents.
const CARD_FEE: i64 = 1_500;

/// What it charges for a returned bank payment, in cents.
const BANK_FEE: i64 = 400;

/// A payment is disputed: a card's may be contested, a bank's is lost from its first moment.
///
/// # Errors
/// The processor's refusal, or a fault.
pub fn open(till: &mut Till<'_, '_>, intent: &str, reason: &str) -> Result<(), SandboxError> {
    let intent = till.get("payment_intent", intent)?;
    let mut charge = intents::last_charge(till, &intent)?;
    let is_bank = charge
        .pointer("/payment_method_details/us_bank_account")
        .is_some();
    let (status, fee) = if is_bank {
        ("lost", BANK_FEE)
    } else {
        ("needs_response", CARD_FEE)
    };
    let mut dispute = objects::dispute(&charge, reason, status, till.seconds());
    let (id, amount) = (text(&dispute, "id").to_owned(), -int(&charge, "amount"));
    let line = objects::balance_transaction(&id, "adjustment", amount, fee, till.seconds());
    payouts::book(till, &line)?;
    set(&mut dispute, "balance_transactions", json!([line]));
    till.put("dispute", Some(text(&intent, "id")), &dispute)?;
    set(&mut charge, "disputed", json!(true));
    till.put("charge", Some(text(&intent, "id")), &charge)?;
    till.tell("charge.dispute.created", &dispute)?;
    till.tell("charge.dispute.funds_withdrawn", &dispute)?;
    if is_bank {
        till.tell("charge.dispute.closed", &dispute)?;
    }
    Ok(())
}

/// Evidence is given: the two sentences that the API's own test mode knows decide it.
///
/// # Errors
/// The processor's refusal, or a fault.
pub fn update(till: &mut Till<'_, '_>, id: &str, params: &Params) -> Result<Value, SandboxError> {
    params.only(&["evidence", "submit", "metadata"])?;
    match params.get("evidence[uncategorized_text]") {
        Some("winning_evidence") => decide(till, id, "won"),
        Some("losing_evidence") => decide(till, id, "lost"),
        _ => {
            let mut dispute = till.get("dispute", id)?;
            set(&mut dispute, "status", json!("under_review"));
            save(till, &dispute)?;
            till.tell("charge.dispute.updated", &dispute)?;
            Ok(dispute)
        }
    }
}

/// A dispute is given up, or decided.
///
/// # Errors
/// The processor's refusal, or a fault.
pub fn decide(till: &mut Till<'_, '_>, id: &str, status: &str) -> Result<Value, SandboxError> {
    let mut dispute = till.get("dispute", id)?;
    if matches!(text(&dispute, "status"), "won" | "lost") {
        let message = "This dispute is already closed.";
        return Err(refusal(400, "dispute_already_closed", message).into());
    }
    set(&mut dispute, "status", json!(status));
    if status == "won" {
        let amount = int(&dispute, "amount");
        let line = objects::balance_transaction(id, "adjustment", amount, 0, till.seconds());
        payouts::book(till, &line)?;
        if let Some(Value::Array(lines)) = dispute.get_mut("balance_transactions") {
            lines.push(line);
        }
    }
    save(till, &dispute)?;
    till.tell("charge.dispute.closed", &dispute)?;
    if status == "won" {
        till.tell("charge.dispute.funds_reinstated", &dispute)?;
    }
    Ok(dispute)
}

fn save(till: &mut Till<'_, '_>, dispute: &Value) -> Result<(), SandboxError> {
    let parent = text(dispute, "payment_intent").to_owned();
    Ok(till.put("dispute", Some(&parent), dispute)?)
}
