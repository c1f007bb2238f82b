//! The checks by which credits are given back: somebody writes one and notes its number.

use serde_json::json;

use crate::domain::ids::EntryId;
use crate::store;
use crate::store::audit::{self, Deed};
use crate::store::db::Tx;
use crate::store::error::StoreError;

/// The most characters that a check's number has.
const LONGEST: usize = 30;

/// Why no check was noted.
#[derive(Debug, thiserror::Error)]
pub enum CheckError {
    /// A number is missing, or too long for one.
    #[error("a check's number has 1 to {LONGEST} characters")]
    Number,
    /// Another check has the number.
    #[error("another check has the number {0}")]
    Taken(String),
    /// The refund has a check with another number.
    #[error("check {0} was written for it")]
    Written(String),
    /// The rows could not be read or written.
    #[error(transparent)]
    Fault(#[from] StoreError),
}

/// Notes the check that was written for a refund. The same number a second time changes nothing.
///
/// # Errors
/// `Number`, `Taken`, `Written`, or a fault.
pub fn write(tx: &mut Tx<'_>, entry: EntryId, number: &str) -> Result<(), CheckError> {
    let number = number.trim();
    if !(1..=LONGEST).contains(&number.chars().count()) {
        return Err(CheckError::Number);
    }
    let account = store::refund_checks::get(tx, entry)?.account_id;
    store::ledger::lock(tx, &[account])?;
    let row = store::refund_checks::get(tx, entry)?;
    match row.check_number {
        Some(known) if known == number => return Ok(()),
        Some(known) => return Err(CheckError::Written(known)),
        None => {}
    }
    if store::refund_checks::is_number_taken(tx, number)? {
        return Err(CheckError::Taken(number.to_owned()));
    }
    store::refund_checks::mark_written(tx, entry, number)?;
    tx.touch(account);
    let deed = Deed {
        action: "refund_check.written",
        subject_kind: "ledger_entry",
        subject_id: entry.to_string(),
        account_id: Some(account),
        facts: json!({ "check": number, "cents": row.amount }),
    };
    Ok(audit::insert(tx, &deed)?)
}
