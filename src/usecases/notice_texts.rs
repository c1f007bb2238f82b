//! Putting notices into the utility's own words. What is written holds for what is sent from then on; nothing that was sent changes.

use serde_json::json;

use crate::domain::customers::Language;
use crate::domain::own_texts::{OwnTextFault, OwnTexts, Slot};
use crate::store::audit::{self, Deed};
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::notice_texts;

/// Why words were not taken.
#[derive(Debug, thiserror::Error)]
pub enum NoticeTextError {
    /// They cannot stand there.
    #[error(transparent)]
    Wrong(#[from] OwnTextFault),
    /// The rows could not be read or written.
    #[error(transparent)]
    Fault(#[from] StoreError),
}

/// What stands in every place now, for whoever writes notices out. Two queries over a few dozen rows.
///
/// # Errors
/// A fault of the store.
pub fn current(conn: &mut Conn) -> Result<OwnTexts, StoreError> {
    let rows = notice_texts::list_current(conn)?.into_iter();
    let kept = rows.filter_map(|row| Some((row.language, row.place, row.words?)));
    Ok(OwnTexts::of(kept))
}

/// Puts words in a place from now on, or ours again where there are none. The same words again change nothing.
///
/// # Errors
/// `Wrong`, or a fault.
pub fn write(
    tx: &mut Tx<'_>,
    slot: &Slot<'_>,
    language: Language,
    words: Option<&str>,
) -> Result<(), NoticeTextError> {
    let words = match words {
        Some(typed) => Some(slot.read(typed)?.plain().to_owned()),
        None => None,
    };
    let all = notice_texts::list_current(tx)?;
    let of_place =
        |row: &&notice_texts::NoticeTextRow| row.place == slot.key && row.language == language;
    let before = all.iter().find(of_place).and_then(|row| row.words.clone());
    if before == words {
        return Ok(());
    }
    notice_texts::insert(tx, (slot.key, language), words.as_deref())?;
    let deed = Deed {
        action: "notice_text.written",
        subject_kind: "notice_text",
        subject_id: slot.key.to_owned(),
        account_id: None,
        facts: json!({ "language": language, "before": before, "words": words }),
    };
    Ok(audit::insert(tx, &deed)?)
}
