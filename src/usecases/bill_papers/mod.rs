//! The papers of bills: what they say is gathered from the rows, and what was made of it is kept with the bill.
//!
//! A paper is kept as the file it was, packed, and not as the values to make it from again: a later version of the program, of its
//! typefaces or of the library that writes the file would draw other bytes, and a customer or a court would be shown something that was
//! never sent. A paper of two pages is a file of about 57 kB and takes about 33 kB packed, so that a hundred thousand bills a month are
//! about 3 GB a month: the table stands by itself, no page but the paper's own reads it, and on PostgreSQL it can be moved to a disk of
//! its own.

mod gather;

use std::io::{Read, Write};

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use sha2::{Digest, Sha256};

use crate::domain::bill_paper::{BillPaper, DocumentKind};
use crate::domain::customers::Language;
use crate::domain::ids::BillId;
use crate::store::audit::{self, Deed};
use crate::store::bill_documents::{self, DocumentRow};
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;

/// A paper that was made.
#[derive(Debug, Clone)]
pub struct MadePaper {
    /// Of which bill.
    pub bill: BillId,
    /// In which language.
    pub language: Language,
    /// SHA-256 of the file, in hexadecimal.
    pub sha256: String,
    /// How long the file is, in bytes.
    pub size: usize,
    /// The file, packed.
    pub packed: Vec<u8>,
}

impl MadePaper {
    /// A file that was made of a bill.
    #[must_use]
    pub fn of(bill: &BillPaper, file: &[u8]) -> Self {
        let mut packing = DeflateEncoder::new(Vec::new(), Compression::default());
        packing
            .write_all(file)
            .expect("a vector takes whatever is written to it");
        Self {
            bill: bill.id,
            language: bill.language,
            sha256: hash(file),
            size: file.len(),
            packed: packing
                .finish()
                .expect("a vector takes whatever is written to it"),
        }
    }
}

fn hash(file: &[u8]) -> String {
    hex::encode(Sha256::digest(file))
}

/// The paper of a bill as it was kept, to the byte; nothing where none is kept yet.
///
/// # Errors
/// Those of the database; `Unreadable` where the file is not the one whose hash was kept with it.
pub fn find_kept(conn: &mut Conn, bill: BillId) -> Result<Option<Vec<u8>>, StoreError> {
    let Some(row) = bill_documents::find(conn, bill, DocumentKind::Bill)? else {
        return Ok(None);
    };
    let unreadable = |why: &str| StoreError::Unreadable(format!("paper of bill {bill}: {why}"));
    let mut file = Vec::new();
    DeflateDecoder::new(row.packed.as_slice())
        .read_to_end(&mut file)
        .map_err(|error| unreadable(&error.to_string()))?;
    if hash(&file) != row.sha256 {
        return Err(unreadable("it is not the file that was kept"));
    }
    Ok(Some(file))
}

/// What the papers of these bills say, as far as they were issued; ten queries for any number of bills.
///
/// # Errors
/// Those of the database; `Unreadable` where a working or a schedule cannot be read.
pub fn load(conn: &mut Conn, bills: &[BillId]) -> Result<Vec<BillPaper>, StoreError> {
    gather::Chunk::load(conn, bills)?.papers()
}

/// Keeps papers that were made, with one row of the trail; bills that have theirs keep it. Gives how many were new.
///
/// # Errors
/// Those of the database.
pub fn keep(tx: &mut Tx<'_>, made: &[MadePaper]) -> Result<usize, StoreError> {
    let ids: Vec<BillId> = made.iter().map(|paper| paper.bill).collect();
    let kept = bill_documents::list_kept(tx, &ids, DocumentKind::Bill)?;
    let stamp = tx.stamp;
    let row = |paper: &MadePaper| DocumentRow {
        bill_id: paper.bill,
        kind: DocumentKind::Bill,
        language: paper.language,
        sha256: paper.sha256.clone(),
        size_bytes: i32::try_from(paper.size).unwrap_or(i32::MAX),
        packed: paper.packed.clone(),
        made_by: stamp.by.name.clone(),
        made_at: stamp.at,
    };
    let rows: Vec<DocumentRow> = made
        .iter()
        .filter(|paper| !kept.contains(&paper.bill))
        .map(row)
        .collect();
    let (Some(first), Some(last)) = (rows.first(), rows.last()) else {
        return Ok(0);
    };
    let deed = Deed {
        action: "bill_documents.kept",
        subject_kind: "bill",
        subject_id: first.bill_id.to_string(),
        account_id: None,
        facts: serde_json::json!({ "bills": rows.len(), "first": first.bill_id, "last": last.bill_id }),
    };
    audit::insert(tx, &deed)?;
    bill_documents::insert_rows(tx, &rows)?;
    Ok(rows.len())
}
