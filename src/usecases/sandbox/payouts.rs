//! The sandbox's own books: every movement is a line, and once a day what has come in is paid out, so that the lines of a payout add up to it.

use serde_json::{Value, json};

use crate::store::error::StoreError;
use crate::usecases::sandbox::till::{Till, fresh, int, list, set, text};
use crate::usecases::sandbox::{clock, objects};

/// What lines that are not paid out yet belong to.
const OPEN: &str = "acct_open";

/// What the timer of the next payout belongs to.
const DAILY: &str = "acct_daily";

/// The seconds of a day.
const DAY: i64 = 86_400;

/// Writes a line of the balance, which the next payout will take up.
///
/// # Errors
/// A fault of the database.
pub fn book(till: &mut Till<'_, '_>, line: &Value) -> Result<(), StoreError> {
    till.put("balance_transaction", Some(OPEN), line)?;
    if list(till.tx, "timer", Some(DAILY))?.is_empty() {
        let until_midnight = DAY - till.seconds().rem_euclid(DAY);
        clock::set_timer(till, DAILY, "payout", "", until_midnight)?;
    }
    Ok(())
}

/// Pays out what the lines of the day come to; a balance below nothing waits for better days.
///
/// # Errors
/// A fault of the database.
pub fn pay_out(till: &mut Till<'_, '_>) -> Result<(), StoreError> {
    let lines = list(till.tx, "balance_transaction", Some(OPEN))?;
    let amount: i64 = lines.iter().map(|line| int(line, "net")).sum();
    if amount <= 0 {
        return Ok(());
    }
    let now = till.seconds();
    let mut payout = objects::payout(&fresh("po"), amount, now);
    let id = text(&payout, "id").to_owned();
    for line in &lines {
        till.put("balance_transaction", Some(&id), line)?;
    }
    let own = objects::balance_transaction(&id, "payout", -amount, 0, now);
    till.put("balance_transaction", Some(&id), &own)?;
    set(&mut payout, "balance_transaction", json!(text(&own, "id")));
    till.put("payout", None, &payout)?;
    till.tell("payout.created", &payout)?;
    till.tell("payout.paid", &payout)?;
    till.tell("payout.reconciliation_completed", &payout)
}
