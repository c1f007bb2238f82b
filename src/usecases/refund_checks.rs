//! The checks by which credits are given back: somebody writes one and notes its number. One that was lost or never cashed is taken back by somebody
//! else, and what it was to pay out is the customer's again.

use serde_json::json;

use crate::domain::entries::{Event, Receipt};
use crate::domain::gl::Role;
use crate::domain::ids::EntryId;
use crate::domain::ledger::{Source, SourceKind};
use crate::store;
use crate::store::audit::{self, Deed};
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::usecases::books::{self, BooksError};
use crate::usecases::ledger::{PostingError, post_reinstatement};

/// The most characters that a check's number has.
const LONGEST: usize = 30;

/// The most characters of the reason for taking a check back.
const LONGEST_REASON: usize = 300;

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
    /// It was taken back.
    #[error("the check was taken back")]
    Voided,
    /// It is not said why it is taken back, or in too many words.
    #[error("the reason has 1 to {LONGEST_REASON} characters")]
    Reason,
    /// Nobody takes back a check that they wrote.
    #[error("somebody else takes it back")]
    SamePerson,
    /// The books refused.
    #[error(transparent)]
    Posting(PostingError),
    /// The rows could not be read or written.
    #[error(transparent)]
    Fault(#[from] StoreError),
}

impl From<PostingError> for CheckError {
    fn from(error: PostingError) -> Self {
        match error {
            PostingError::Fault(fault) => Self::Fault(fault),
            PostingError::Ledger(_)
            | PostingError::Books(_)
            | PostingError::NotPosted(_)
            | PostingError::NotHeld { .. }
            | PostingError::NotACharge(_) => Self::Posting(error),
        }
    }
}

impl From<BooksError> for CheckError {
    fn from(error: BooksError) -> Self {
        PostingError::from(error).into()
    }
}

/// Notes the check that was written for a refund. The same number a second time changes nothing.
///
/// # Errors
/// `Number`, `Taken`, `Written`, `Voided`, or a fault.
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
    if is_voided(tx, entry)? {
        return Err(CheckError::Voided);
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

/// Takes a check back: what it was to pay out goes to what the customer owes, or is held for them, and may be refunded anew. Its number stays
/// taken. Safe to repeat.
///
/// # Errors
/// `Reason`, `SamePerson` for who wrote the check, or a fault.
pub fn void(tx: &mut Tx<'_>, entry: EntryId, reason: &str) -> Result<(), CheckError> {
    let reason = reason.trim();
    if !(1..=LONGEST_REASON).contains(&reason.chars().count()) {
        return Err(CheckError::Reason);
    }
    let account = store::refund_checks::get(tx, entry)?.account_id;
    store::ledger::lock(tx, &[account])?;
    if is_voided(tx, entry)? {
        return Ok(());
    }
    let row = store::refund_checks::get(tx, entry)?;
    let writer = row.paid_by.as_deref();
    if writer.is_some_and(|writer| tx.stamp.by.is_person(None, writer)) {
        return Err(CheckError::SamePerson);
    }
    let on = tx.stamp.on;
    let books = books::open(tx, on)?;
    let source = Source {
        kind: SourceKind::Entry,
        id: entry.0,
    };
    let event = Event {
        account,
        source,
        on,
        memo: Some(reason.to_owned()),
    };
    let receipt = Receipt {
        amount: row.amount,
        into: Role::Bank,
    };
    let answer = post_reinstatement(tx, &books, &event, receipt)?;
    store::refund_checks::insert_void(tx, (entry, answer), reason)?;
    let deed = Deed {
        action: "refund_check.voided",
        subject_kind: "ledger_entry",
        subject_id: entry.to_string(),
        account_id: Some(account),
        facts: json!({ "check": row.check_number, "cents": row.amount, "entry": answer }),
    };
    Ok(audit::insert(tx, &deed)?)
}

fn is_voided(tx: &mut Tx<'_>, entry: EntryId) -> Result<bool, StoreError> {
    Ok(!store::refund_checks::list_voided(tx, &[entry])?.is_empty())
}
