//! The documents that holds rest on: kept to the byte with their fingerprint, and never changed.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::domain::holds::EvidenceKind;
use crate::domain::ids::{HoldDocumentId, HoldId};
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::schema::hold_documents;

/// What is known of a document beside its bytes.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = hold_documents)]
pub struct DocumentRow {
    /// Row id.
    pub id: HoldDocumentId,
    /// Which hold rests on it.
    pub hold_id: HoldId,
    /// What it was called.
    pub name: String,
    /// What it is.
    pub media_type: EvidenceKind,
    /// SHA-256 of it, in hexadecimal.
    pub sha256: String,
    /// How long it is, in bytes.
    pub size_bytes: i32,
    /// Who handed it in.
    pub sent_by: String,
    /// When, in UTC.
    pub sent_at: NaiveDateTime,
}

/// Keeps a document, to the byte; the same one of the same hold is kept once.
pub fn insert(
    tx: &mut Tx<'_>,
    hold: HoldId,
    (name, kind, sha256): (&str, EvidenceKind, &str),
    bytes: &[u8],
) -> Result<(), StoreError> {
    let stamp = tx.stamp;
    let size = i32::try_from(bytes.len())
        .map_err(|error| StoreError::Unreadable(format!("a document: {error}")))?;
    diesel::insert_into(hold_documents::table)
        .values((
            hold_documents::hold_id.eq(hold),
            hold_documents::name.eq(name),
            hold_documents::media_type.eq(kind),
            hold_documents::sha256.eq(sha256),
            hold_documents::size_bytes.eq(size),
            hold_documents::bytes.eq(bytes),
            hold_documents::sent_by.eq(&stamp.by.name),
            hold_documents::sent_at.eq(stamp.at),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// What is known of the documents of these holds, in the order in which they came.
pub fn list(conn: &mut Conn, holds: &[HoldId]) -> Result<Vec<DocumentRow>, StoreError> {
    Ok(hold_documents::table
        .filter(hold_documents::hold_id.eq_any(holds))
        .order(hold_documents::id)
        .select(DocumentRow::as_select())
        .load(conn)?)
}

/// A document of a hold, and its bytes.
pub fn get(
    conn: &mut Conn,
    hold: HoldId,
    id: HoldDocumentId,
) -> Result<(DocumentRow, Vec<u8>), StoreError> {
    hold_documents::table
        .filter(hold_documents::id.eq(id))
        .filter(hold_documents::hold_id.eq(hold))
        .select((DocumentRow::as_select(), hold_documents::bytes))
        .first(conn)
        .optional()?
        .ok_or(StoreError::Missing("document"))
}
