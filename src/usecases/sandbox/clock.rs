//! What happens in the sandbox because of the time: banks settle, refuse and take back; a card is disputed; a session ends.

use chrono::NaiveDateTime;
use serde_json::{Value, json};

use crate::store;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::usecases::sandbox::till::{self, Till, fresh, int, list, text};
use crate::usecases::sandbox::{SandboxError, checkout, disputes, intents, payouts, refunds};

/// Remembers that something is to happen to an object after some seconds.
///
/// # Errors
/// A fault of the database.
pub fn set_timer(
    till: &mut Till<'_, '_>,
    object: &str,
    does: &str,
    why: &str,
    after: i64,
) -> Result<(), StoreError> {
    let timer = json!({
        "id": fresh("timer"), "due": till.seconds() + after, "of": object, "does": does, "why": why,
    });
    till.put("timer", Some(object), &timer)
}

/// Whether the time of anything has come.
///
/// # Errors
/// A fault of the database.
pub fn has_due(conn: &mut Conn, at: NaiveDateTime) -> Result<bool, StoreError> {
    let now = till::time(conn, at)?.and_utc().timestamp();
    let timers = list(conn, "timer", None)?;
    Ok(timers.iter().any(|timer| int(timer, "due") <= now))
}

/// Notes how a try to deliver a message ended, and when to try again.
///
/// # Errors
/// A fault of the database.
pub fn record_delivery(
    tx: &mut Tx<'_>,
    delivery: i64,
    state: &str,
    due_at: NaiveDateTime,
) -> Result<(), StoreError> {
    store::sandbox::mark_delivery(tx, delivery, state, due_at)
}

/// Does everything whose time has come; says how much that was.
///
/// # Errors
/// A fault of the database.
pub fn run_timers(tx: &mut Tx<'_>) -> Result<usize, StoreError> {
    let mut till = Till::open(tx)?;
    let now = till.seconds();
    let mut due: Vec<Value> = list(till.tx, "timer", None)?
        .into_iter()
        .filter(|timer| int(timer, "due") <= now)
        .collect();
    due.sort_by_key(|timer| int(timer, "due"));
    for timer in &due {
        match ring(&mut till, timer) {
            Ok(()) => {}
            // What a timer was set for may have gone another way since; then there is nothing to do.
            Err(SandboxError::Refused(_)) => {}
            Err(SandboxError::Fault(error)) => return Err(error),
        }
        store::sandbox::remove(till.tx, text(timer, "id"))?;
    }
    till.close()?;
    Ok(due.len())
}

fn ring(till: &mut Till<'_, '_>, timer: &Value) -> Result<(), SandboxError> {
    let (of, why) = (text(timer, "of"), text(timer, "why"));
    match text(timer, "does") {
        "expire" => {
            checkout::expire(till, of)?;
        }
        "refund_fails" => refunds::fail(till, of)?,
        "payout" => payouts::pay_out(till)?,
        "dispute" => disputes::open(till, of, why)?,
        "settle" => {
            let mut intent = till.get("payment_intent", of)?;
            let charge = intents::last_charge(till, &intent)?;
            intents::settle(till, &mut intent, charge)?;
            checkout::after_bank(till, of, true)?;
        }
        _ => {
            let mut intent = till.get("payment_intent", of)?;
            let charge = intents::last_charge(till, &intent)?;
            intents::fail(till, &mut intent, charge, (why, why))?;
            checkout::after_bank(till, of, false)?;
        }
    }
    Ok(())
}
