//! The documents that requests rest on, disputes above all: kept to the byte with their fingerprint, and never changed.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::domain::holds::EvidenceKind;
use crate::domain::ids::{RequestDocumentId, RequestId};
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::schema::request_documents;

/// What is known of a document beside its bytes.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = request_documents)]
pub struct DocumentRow {
    /// Row id.
    pub id: RequestDocumentId,
    /// Which request rests on it.
    pub request_id: RequestId,
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

/// Keeps a document, to the byte; the same one of the same request is kept once.
pub fn insert(
    tx: &mut Tx<'_>,
    request: RequestId,
    (name, kind, sha256): (&str, EvidenceKind, &str),
    bytes: &[u8],
) -> Result<(), StoreError> {
    let stamp = tx.stamp;
    let size = i32::try_from(bytes.len())
        .map_err(|error| StoreError::Unreadable(format!("a document: {error}")))?;
    diesel::insert_into(request_documents::table)
        .values((
            request_documents::request_id.eq(request),
            request_documents::name.eq(name),
            request_documents::media_type.eq(kind),
            request_documents::sha256.eq(sha256),
            request_documents::size_bytes.eq(size),
            request_documents::bytes.eq(bytes),
            request_documents::sent_by.eq(&stamp.by.name),
            request_documents::sent_at.eq(stamp.at),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// What is known of the documents of a request that the door has found, in the order in which they came.
pub fn list(conn: &mut Conn, request: RequestId) -> Result<Vec<DocumentRow>, StoreError> {
    Ok(request_documents::table
        .filter(request_documents::request_id.eq(request))
        .order(request_documents::id)
        .select(DocumentRow::as_select())
        .load(conn)?)
}

/// A document of a request, and its bytes.
pub fn get(
    conn: &mut Conn,
    request: RequestId,
    id: RequestDocumentId,
) -> Result<(DocumentRow, Vec<u8>), StoreError> {
    request_documents::table
        .filter(request_documents::id.eq(id))
        .filter(request_documents::request_id.eq(request))
        .select((DocumentRow::as_select(), request_documents::bytes))
        .first(conn)
        .optional()?
        .ok_or(StoreError::Missing("document"))
}
