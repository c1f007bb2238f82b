//! Notes on accounts: written by the office, kept as written.

use serde_json::json;

use crate::domain::ids::{AccountId, NoteId};
use crate::domain::notes::{LONGEST_NOTE, NoteKind};
use crate::store::audit::{self, Deed};
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::store::notes;

/// Why a note was not kept.
#[derive(Debug, thiserror::Error)]
pub enum NoteError {
    /// There is nothing in it.
    #[error("the note is empty")]
    Empty,
    /// It is longer than the longest note that is kept.
    #[error("the note is longer than {longest} characters")]
    TooLong {
        /// The longest that is kept, in characters.
        longest: usize,
    },
    /// The rows could not be read or written.
    #[error(transparent)]
    Fault(#[from] StoreError),
}

/// Writes a note on an account. The audit row names the note and not its words, which may be personal.
///
/// # Errors
/// When it is empty or too long.
pub fn write_note(
    tx: &mut Tx<'_>,
    account: AccountId,
    kind: NoteKind,
    text: &str,
) -> Result<NoteId, NoteError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(NoteError::Empty);
    }
    if text.chars().count() > LONGEST_NOTE {
        return Err(NoteError::TooLong {
            longest: LONGEST_NOTE,
        });
    }
    let note = notes::insert(tx, account, kind, text)?;
    audit::insert(
        tx,
        &Deed {
            action: "note.written",
            subject_kind: "note",
            subject_id: note.to_string(),
            account_id: Some(account),
            facts: json!({ "kind": kind }),
        },
    )?;
    tx.touch(account);
    Ok(note)
}
