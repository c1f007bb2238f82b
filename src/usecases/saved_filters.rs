//! Keeping a view of a list of work under a name, and forgetting it: each member of staff their own. The same name again takes the place of what it
//! named.

use serde_json::json;

use crate::domain::ids::{SavedFilterId, StaffId};
use crate::domain::queues::{LONGEST_NAME, MOST_VIEWS, Queue, filters};
use crate::store::audit::{self, Deed};
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::store::saved_filters::{self, SavedFilter};

/// Why a view was not kept.
#[derive(Debug, thiserror::Error)]
pub enum SavedFilterError {
    /// It has no name.
    #[error("a view needs a name")]
    NameMissing,
    /// Its name is longer than the longest that is kept, in characters.
    #[error("the name is longer than {0} characters")]
    NameTooLong(usize),
    /// As many are kept as may be.
    #[error("{0} views of this list are kept already")]
    TooMany(usize),
    /// It is no address of filters.
    #[error("these are no filters")]
    NoFilters,
    /// A fault.
    #[error(transparent)]
    Fault(#[from] StoreError),
}

/// Keeps a view of a list; says which filters were kept.
///
/// # Errors
/// `NameMissing`, `NameTooLong`, `TooMany`, `NoFilters`, or a fault.
pub fn save(
    tx: &mut Tx<'_>,
    (owner, queue): (StaffId, Queue),
    (name, query): (&str, &str),
) -> Result<String, SavedFilterError> {
    let name = name.split_whitespace().collect::<Vec<&str>>().join(" ");
    if name.is_empty() {
        return Err(SavedFilterError::NameMissing);
    }
    if name.chars().count() > LONGEST_NAME {
        return Err(SavedFilterError::NameTooLong(LONGEST_NAME));
    }
    let query = filters(query).ok_or(SavedFilterError::NoFilters)?;
    let kept = saved_filters::list(tx, owner, queue)?;
    match kept.iter().find(|view| view.name == name) {
        Some(view) if view.query == query => return Ok(query),
        Some(view) => saved_filters::mark_query(tx, view.id, &query)?,
        None if kept.len() >= MOST_VIEWS => return Err(SavedFilterError::TooMany(MOST_VIEWS)),
        None => saved_filters::insert(tx, (owner, queue), (&name, &query))?,
    }
    record(tx, "saved_filter.saved", (owner, queue, &query))?;
    Ok(query)
}

/// Forgets one of somebody's views; nothing where it is forgotten already. Says which it was.
///
/// # Errors
/// A fault of the store.
pub fn remove(
    tx: &mut Tx<'_>,
    (owner, id): (StaffId, SavedFilterId),
) -> Result<Option<SavedFilter>, StoreError> {
    let Some(view) = saved_filters::find(tx, (owner, id))? else {
        return Ok(None);
    };
    saved_filters::delete(tx, id)?;
    record(tx, "saved_filter.removed", (owner, view.queue, &view.query))?;
    Ok(Some(view))
}

/// The audit row; the name is somebody's own, and stays theirs.
fn record(
    tx: &mut Tx<'_>,
    action: &str,
    (owner, queue, query): (StaffId, Queue, &str),
) -> Result<(), StoreError> {
    let deed = Deed {
        action,
        subject_kind: "staff",
        subject_id: owner.to_string(),
        account_id: None,
        facts: json!({ "queue": queue, "filters": query }),
    };
    audit::insert(tx, &deed)
}
