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
    /// To whom it says it goes, line by line.
    pub recipient: String,
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
        Self {
            bill: bill.id,
            language: bill.language,
            recipient: bill.recipient(),
            sha256: hash(file),
            size: file.len(),
            packed: pack(file),
        }
    }
}

/// A file, packed.
#[must_use]
pub fn pack(file: &[u8]) -> Vec<u8> {
    const TAKES: &str = "a vector takes whatever is written to it";
    let mut packing = DeflateEncoder::new(Vec::new(), Compression::default());
    packing.write_all(file).expect(TAKES);
    packing.finish().expect(TAKES)
}

/// A file that was packed.
///
/// # Errors
/// `Unreadable` where it is not one.
pub fn unpack(packed: &[u8]) -> Result<Vec<u8>, StoreError> {
    let mut file = Vec::new();
    DeflateDecoder::new(packed)
        .read_to_end(&mut file)
        .map_err(|error| StoreError::Unreadable(error.to_string()))?;
    Ok(file)
}

/// A paper that is kept.
#[derive(Debug, Clone)]
pub struct KeptPaper {
    /// Of which bill.
    pub bill: BillId,
    /// In which language.
    pub language: Language,
    /// The file.
    pub file: Vec<u8>,
    /// To whom it says it goes, line by line; nothing where that is not known.
    pub recipient: String,
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
    open(&row).map(Some)
}

/// The papers of these bills as they were kept, to the byte, as far as they are.
///
/// # Errors
/// As `find_kept`.
pub fn list_kept(conn: &mut Conn, bills: &[BillId]) -> Result<Vec<KeptPaper>, StoreError> {
    let kept = |row: DocumentRow| {
        Ok(KeptPaper {
            bill: row.bill_id,
            language: row.language,
            file: open(&row)?,
            recipient: row.recipient.unwrap_or_default(),
        })
    };
    let rows = bill_documents::list(conn, bills, DocumentKind::Bill)?;
    rows.into_iter().map(kept).collect()
}

/// Which of these bills have no paper kept.
///
/// # Errors
/// Those of the database.
pub fn list_missing(conn: &mut Conn, bills: &[BillId]) -> Result<Vec<BillId>, StoreError> {
    let kept = bill_documents::list_kept(conn, bills, DocumentKind::Bill)?;
    let is_missing = |bill: &&BillId| !kept.contains(bill);
    Ok(bills.iter().filter(is_missing).copied().collect())
}

fn open(row: &DocumentRow) -> Result<Vec<u8>, StoreError> {
    let unreadable =
        |why: &str| StoreError::Unreadable(format!("paper of bill {}: {why}", row.bill_id));
    let file = unpack(&row.packed).map_err(|error| unreadable(&error.to_string()))?;
    if hash(&file) != row.sha256 {
        return Err(unreadable("it is not the file that was kept"));
    }
    Ok(file)
}

/// What the papers of these bills say, as far as they were issued; twelve queries at the most for any number of bills.
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
    bill_documents::lock(tx, &ids)?;
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
        recipient: Some(paper.recipient.clone()),
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
