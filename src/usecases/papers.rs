//! Documents that are handed in, whatever they are for: told by their bytes, each kept once, so many and no more.

use sha2::{Digest, Sha256};

use crate::domain::holds::{EvidenceKind, LONGEST_NAME, MOST_DOCUMENTS};

/// A document that was handed in, told by its bytes.
#[derive(Debug, Clone)]
pub struct NewDocument {
    /// What it was called.
    pub name: String,
    /// What it is.
    pub kind: EvidenceKind,
    /// What is kept of it.
    pub bytes: Vec<u8>,
}

/// More documents than one hold or request may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TooMany(pub usize);

/// A document that is to be kept.
pub(super) struct Fresh<'a> {
    /// Its name, no longer than is kept.
    pub name: String,
    /// What it is.
    pub kind: EvidenceKind,
    /// SHA-256 of it, in hexadecimal.
    pub sha256: String,
    /// Its bytes.
    pub bytes: &'a [u8],
}

/// What was handed in and was not before, by the fingerprints of what is kept already.
///
/// # Errors
/// `TooMany` where that is more than is kept.
pub(super) fn fresh(
    mut known: Vec<String>,
    new: &[NewDocument],
) -> Result<Vec<Fresh<'_>>, TooMany> {
    let mut found = Vec::new();
    for document in new {
        let sha256 = hex::encode(Sha256::digest(&document.bytes));
        if known.contains(&sha256) {
            continue;
        }
        if known.len() >= MOST_DOCUMENTS {
            return Err(TooMany(MOST_DOCUMENTS));
        }
        known.push(sha256.clone());
        found.push(Fresh {
            name: document.name.chars().take(LONGEST_NAME).collect(),
            kind: document.kind,
            sha256,
            bytes: &document.bytes,
        });
    }
    Ok(found)
}
