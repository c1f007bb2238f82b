//! Working the exceptions queue: taking work, giving it back, answering it with a reason. Every step leaves an audit row, so that the
//! queue has the history that a mailbox never had. Where a read waits, to say that nothing is to be done is to say that it is never used.

use serde_json::json;

use crate::domain::exceptions::ExceptionStatus;
use crate::domain::ids::{ExceptionId, StaffId};
use crate::domain::reads::ReadVerdict;
use crate::store::audit::{self, Deed};
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::exceptions::{self, ExceptionRow};
use crate::store::reads::{self, ReadRow};
use crate::usecases::reads::desk::{ReadError, judge_read};

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
    /// Only somebody who may enter reads says that one is never used.
    #[error("the read waits for somebody who may enter reads")]
    ReadWaits,
    /// The rows could not be read or written.
    #[error(transparent)]
    Fault(#[from] StoreError),
}

/// How a person answers an exception.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// Something was done about it.
    Resolved,
    /// It was looked at, and nothing is to be done; a read that waits for it is never used.
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

/// The read that an exception is about, where it waits still: nobody decided on it, and no other took its place.
///
/// # Errors
/// Those of the database.
pub fn waiting_read(
    conn: &mut Conn,
    exception: &ExceptionRow,
) -> Result<Option<ReadRow>, StoreError> {
    let Some(id) = exception.read_id else {
        return Ok(None);
    };
    let read = reads::get(conn, id)?;
    if read.verdict != ReadVerdict::Held || reads::has_later_version(conn, &read)? {
        return Ok(None);
    }
    Ok(Some(read))
}

/// Answers an exception as [`answer`] does, by somebody who may decide on reads or by somebody who may not.
///
/// # Errors
/// `ReadWaits` where a read would be refused by somebody who may not enter any; otherwise as [`answer`].
pub fn answer_by(
    tx: &mut Tx<'_>,
    may_judge_reads: bool,
    (id, how): (ExceptionId, Answer),
    reason: &str,
) -> Result<(), ExceptionError> {
    if how == Answer::Dismissed && !may_judge_reads {
        let row = existing(tx, id)?;
        if row.status == ExceptionStatus::Open && waiting_read(tx, &row)?.is_some() {
            return Err(ExceptionError::ReadWaits);
        }
    }
    answer(tx, id, how, reason)
}

/// Answers an exception with what was done, or why nothing is. To dismiss what was found about a read that waits refuses the read: it is never
/// used, and whatever else was found about it is dismissed with it.
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
    mark(tx, &row, (answer, reason))?;
    if answer == Answer::Dismissed
        && let Some(read) = waiting_read(tx, &row)?
    {
        match judge_read(tx, read.id, ReadVerdict::Refused) {
            Ok(_) => {}
            Err(ReadError::Fault(fault)) => return Err(fault.into()),
            Err(refused) => return Err(StoreError::Unreadable(refused.to_string()).into()),
        }
        for found in exceptions::list_open_of_read(tx, read.id)? {
            mark(tx, &found, (answer, reason))?;
        }
    }
    Ok(())
}

fn mark(
    tx: &mut Tx<'_>,
    row: &ExceptionRow,
    (answer, reason): (Answer, &str),
) -> Result<(), ExceptionError> {
    if !exceptions::mark_answered(tx, row.id, answer.status(), reason)? {
        return Err(ExceptionError::AlreadyAnswered);
    }
    let action = match answer {
        Answer::Resolved => "exception.resolved",
        Answer::Dismissed => "exception.dismissed",
    };
    let facts = json!({ "reason": row.reason, "answer": reason });
    record(tx, row, action, facts)
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
