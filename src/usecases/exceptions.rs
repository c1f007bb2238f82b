//! Working the exceptions queue: taking work, giving it back, answering it with a reason. Every step leaves an audit row, so that the
//! queue has the history that a mailbox never had.

use serde_json::json;

use crate::domain::exceptions::ExceptionStatus;
use crate::domain::ids::{ExceptionId, StaffId};
use crate::store::audit::{self, Deed};
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::store::exceptions::{self, ExceptionRow};

/// The longest answer that is kept, in characters.
const LONGEST_ANSWER: usize = 1_000;

/// Why the queue was not changed.
#[derive(Debug, thiserror::Error)]
pub enum ExceptionError {
    /// Somebody answered it first.
    #[error("it was already answered")]
    AlreadyAnswered,
    /// An answer says what was done, or why nothing is.
    #[error("an answer needs a reason")]
    ReasonMissing,
    /// The answer is longer than the longest that is kept.
    #[error("the reason is longer than {longest} characters")]
    ReasonTooLong {
        /// The longest that is kept, in characters.
        longest: usize,
    },
    /// The rows could not be read or written.
    #[error(transparent)]
    Fault(#[from] StoreError),
}

/// How a person answers an exception.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// Something was done about it.
    Resolved,
    /// It was looked at, and nothing is to be done.
    Dismissed,
}

impl Answer {
    const fn status(self) -> ExceptionStatus {
        match self {
            Self::Resolved => ExceptionStatus::Resolved,
            Self::Dismissed => ExceptionStatus::Dismissed,
        }
    }
}

/// Gives open work to a member of staff.
///
/// # Errors
/// When it was answered meanwhile.
pub fn take(tx: &mut Tx<'_>, id: ExceptionId, owner: StaffId) -> Result<(), ExceptionError> {
    change_owner(tx, id, Some(owner), "exception.taken")
}

/// Gives open work back to whoever comes next.
///
/// # Errors
/// When it was answered meanwhile.
pub fn release(tx: &mut Tx<'_>, id: ExceptionId) -> Result<(), ExceptionError> {
    change_owner(tx, id, None, "exception.released")
}

/// Answers an exception with what was done, or why nothing is.
///
/// # Errors
/// When the reason is missing or too long, or it was answered meanwhile.
pub fn answer(
    tx: &mut Tx<'_>,
    id: ExceptionId,
    answer: Answer,
    reason: &str,
) -> Result<(), ExceptionError> {
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(ExceptionError::ReasonMissing);
    }
    if reason.chars().count() > LONGEST_ANSWER {
        return Err(ExceptionError::ReasonTooLong {
            longest: LONGEST_ANSWER,
        });
    }
    let row = existing(tx, id)?;
    if !exceptions::mark_answered(tx, id, answer.status(), reason)? {
        return Err(ExceptionError::AlreadyAnswered);
    }
    let action = match answer {
        Answer::Resolved => "exception.resolved",
        Answer::Dismissed => "exception.dismissed",
    };
    record(
        tx,
        &row,
        action,
        json!({ "reason": row.reason, "answer": reason }),
    )
}

fn change_owner(
    tx: &mut Tx<'_>,
    id: ExceptionId,
    owner: Option<StaffId>,
    action: &str,
) -> Result<(), ExceptionError> {
    let row = existing(tx, id)?;
    if !exceptions::mark_owner(tx, id, owner)? {
        return Err(ExceptionError::AlreadyAnswered);
    }
    record(
        tx,
        &row,
        action,
        json!({ "reason": row.reason, "owner": owner }),
    )
}

fn existing(tx: &mut Tx<'_>, id: ExceptionId) -> Result<ExceptionRow, StoreError> {
    exceptions::find(tx.conn(), id)?.ok_or(StoreError::Missing("exception"))
}

fn record(
    tx: &mut Tx<'_>,
    row: &ExceptionRow,
    action: &str,
    facts: serde_json::Value,
) -> Result<(), ExceptionError> {
    audit::insert(
        tx,
        &Deed {
            action,
            subject_kind: "exception",
            subject_id: row.id.to_string(),
            account_id: row.account_id,
            facts,
        },
    )?;
    if let Some(account) = row.account_id {
        tx.touch(account);
    }
    Ok(())
}
