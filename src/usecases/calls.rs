//! Calls: begun on an account's screen, wrapped up with what they were about and a note of them, or given up.

use chrono::NaiveDateTime;
use serde_json::json;

use crate::domain::calls::CallTopic;
use crate::domain::ids::{AccountId, CallId, StaffId};
use crate::domain::notes::NoteKind;
use crate::store::audit::{self, Deed};
use crate::store::calls::{self, CallRow};
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::store::notes;
use crate::usecases::notes::{NoteError, write_note};

/// Why a call was not begun.
#[derive(Debug, thiserror::Error)]
pub enum CallError {
    /// Another one is open: two at once would time neither.
    #[error("a call with another account is open")]
    OtherOpen,
    /// The rows could not be read or written.
    #[error(transparent)]
    Fault(#[from] StoreError),
}

/// What a sending did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Done {
    /// What it asks for.
    Now,
    /// Nothing: an earlier one did the same.
    Before,
    /// Nothing: the call had ended in another way.
    Otherwise,
}

/// What is written of a call as it ends.
#[derive(Debug, Clone)]
pub struct WrapUp {
    /// What it was about.
    pub topic: CallTopic,
    /// Whether it solved that.
    pub is_solved: bool,
    /// The words of the note.
    pub text: String,
}

/// Begins a call of a member of staff with an account. One that is open with the same account goes on, and is the one.
///
/// # Errors
/// `OtherOpen` while one with another account is open, or a fault.
pub fn begin_call(
    tx: &mut Tx<'_>,
    staff: StaffId,
    account: AccountId,
) -> Result<CallId, CallError> {
    let Some(id) = calls::insert(tx, staff, account)? else {
        let open = calls::find_open(tx, staff)?.ok_or(StoreError::Missing("call"))?;
        return if open.account_id == account {
            Ok(open.id)
        } else {
            Err(CallError::OtherOpen)
        };
    };
    leave_trail(tx, (id, account), "call.begun", json!({}))?;
    Ok(id)
}

/// Notes that it was made sure who calls. Where that was noted before, or the call has ended, nothing changes.
///
/// # Errors
/// A fault: `Missing` where the call is somebody else's.
pub fn check_identity(tx: &mut Tx<'_>, staff: StaffId, id: CallId) -> Result<Done, StoreError> {
    let call = calls::lock(tx, id, Some(staff))?;
    if call.identity_checked_at.is_some() {
        return Ok(Done::Before);
    }
    if call.ended_at.is_some() {
        return Ok(Done::Otherwise);
    }
    let at = tx.stamp.at;
    calls::mark_identity_checked(tx, id, at)?;
    leave_trail(
        tx,
        (id, call.account_id),
        "call.identity_checked",
        json!({}),
    )?;
    Ok(Done::Now)
}

/// Ends a call with a note of it, as every note of a telephone contact is written, and with what it was about: all of it or nothing. It is a call
/// of the member of staff who is named, or anybody's where none is. Where the call has ended, nothing changes.
///
/// # Errors
/// What is wrong with the note, or a fault: `Missing` where the call is somebody else's.
pub fn wrap_up(
    tx: &mut Tx<'_>,
    staff: Option<StaffId>,
    id: CallId,
    said: &WrapUp,
) -> Result<Done, NoteError> {
    let call = calls::lock(tx, id, staff)?;
    if call.ended_at.is_some() {
        let written = match call.note_id {
            Some(note) => Some(notes::text(tx, note)?),
            None => None,
        };
        return Ok(if written.as_deref() == Some(said.text.trim()) {
            Done::Before
        } else {
            Done::Otherwise
        });
    }
    let note = write_note(tx, call.account_id, NoteKind::Phone, &said.text)?;
    let ended_at = end_of(&call, tx.stamp.at);
    let about = (said.topic, said.is_solved);
    calls::mark_wrapped_up(tx, id, about, note, ended_at)?;
    let facts = json!({
        "topic": said.topic,
        "solved": said.is_solved,
        "note": note,
        "seconds": (ended_at - call.began_at).num_seconds(),
        "identity_checked": call.identity_checked_at.is_some(),
    });
    leave_trail(tx, (id, call.account_id), "call.wrapped_up", facts)?;
    Ok(Done::Now)
}

/// Ends a call that was begun by mistake, of the member of staff who is named, or anybody's where none is: nothing is written of it, and it counts
/// nowhere. Where the call has ended, nothing changes.
///
/// # Errors
/// A fault: `Missing` where the call is somebody else's.
pub fn give_up(tx: &mut Tx<'_>, staff: Option<StaffId>, id: CallId) -> Result<Done, StoreError> {
    let call = calls::lock(tx, id, staff)?;
    if call.ended_at.is_some() {
        return Ok(match call.note_id {
            Some(_) => Done::Otherwise,
            None => Done::Before,
        });
    }
    let ended_at = end_of(&call, tx.stamp.at);
    calls::mark_given_up(tx, id, ended_at)?;
    leave_trail(tx, (id, call.account_id), "call.given_up", json!({}))?;
    Ok(Done::Now)
}

/// A clock that was set back ends no call before it began.
fn end_of(call: &CallRow, now: NaiveDateTime) -> NaiveDateTime {
    now.max(call.began_at)
}

fn leave_trail(
    tx: &mut Tx<'_>,
    (id, account): (CallId, AccountId),
    action: &str,
    facts: serde_json::Value,
) -> Result<(), StoreError> {
    let deed = Deed {
        action,
        subject_kind: "call",
        subject_id: id.to_string(),
        account_id: Some(account),
        facts,
    };
    audit::insert(tx, &deed)
}
