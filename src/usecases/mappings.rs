//! Saved column mappings: how a table of reads is to be understood, kept under a name.

use serde_json::json;

use crate::store::audit::{self, Deed};
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::store::imports;

/// The longest name, in characters.
const LONGEST_NAME: usize = 80;

/// Why a mapping was not saved.
#[derive(Debug, thiserror::Error)]
pub enum MappingError {
    /// The name is too long to be read in a list.
    #[error("the name has more than {LONGEST_NAME} characters")]
    NameTooLong,
    /// The rows could not be read or written.
    #[error(transparent)]
    Fault(#[from] StoreError),
}

/// Saves a mapping, or replaces the one of this name. The document was read as one before.
///
/// # Errors
/// When the name is too long.
pub fn save(tx: &mut Tx<'_>, name: &str, document: &str) -> Result<(), MappingError> {
    if name.chars().count() > LONGEST_NAME {
        return Err(MappingError::NameTooLong);
    }
    imports::put_mapping(tx, name, document)?;
    audit::insert(
        tx,
        &Deed {
            action: "import_mapping.saved",
            subject_kind: "import_mapping",
            subject_id: name.to_owned(),
            account_id: None,
            facts: json!({}),
        },
    )?;
    Ok(())
}
