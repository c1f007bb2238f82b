//! The papers of bills as they were made: kept once, never changed. A file is packed (DEFLATE), its hash is that of the file itself.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::domain::bill_paper::DocumentKind;
use crate::domain::bills::BillStatus;
use crate::domain::customers::Language;
use crate::domain::ids::BillId;
use crate::store::any::AnyConnection;
use crate::store::bulk::insert_all;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::schema::{bill_documents, bills};

/// One document of a bill.
#[derive(Debug, Clone, Insertable, Queryable)]
#[diesel(table_name = bill_documents, treat_none_as_default_value = false)]
pub struct DocumentRow {
    /// The bill.
    pub bill_id: BillId,
    /// What it is.
    pub kind: DocumentKind,
    /// In which language.
    pub language: Language,
    /// SHA-256 of the file, in hexadecimal.
    pub sha256: String,
    /// How long the file is, in bytes.
    pub size_bytes: i32,
    /// The file, packed.
    pub packed: Vec<u8>,
    /// Who made it.
    pub made_by: String,
    /// When, in UTC.
    pub made_at: NaiveDateTime,
    /// To whom it says it goes, line by line, where that is known.
    pub recipient: Option<String>,
}

/// The document of a bill, where it is kept.
pub fn find(
    conn: &mut Conn,
    bill: BillId,
    kind: DocumentKind,
) -> Result<Option<DocumentRow>, StoreError> {
    Ok(bill_documents::table
        .find((bill, kind))
        .first(conn)
        .optional()?)
}

/// Which of these bills have the document.
pub fn list_kept(
    conn: &mut Conn,
    bills: &[BillId],
    kind: DocumentKind,
) -> Result<Vec<BillId>, StoreError> {
    Ok(bill_documents::table
        .filter(bill_documents::bill_id.eq_any(bills))
        .filter(bill_documents::kind.eq(kind))
        .select(bill_documents::bill_id)
        .load(conn)?)
}

/// The documents of these bills, as far as they are kept.
pub fn list(
    conn: &mut Conn,
    bills: &[BillId],
    kind: DocumentKind,
) -> Result<Vec<DocumentRow>, StoreError> {
    Ok(bill_documents::table
        .filter(bill_documents::bill_id.eq_any(bills))
        .filter(bill_documents::kind.eq(kind))
        .load(conn)?)
}

/// Waits until nobody else keeps documents of these bills. On SQLite the one writer is enough.
pub fn lock(tx: &mut Tx<'_>, ids: &[BillId]) -> Result<(), StoreError> {
    if let AnyConnection::Pg(conn) = tx.conn() {
        bills::table
            .filter(bills::id.eq_any(ids))
            .order(bills::id)
            .select(bills::id)
            .for_no_key_update()
            .load::<BillId>(conn)?;
    }
    Ok(())
}

/// Keeps documents.
pub fn insert_rows(tx: &mut Tx<'_>, rows: &[DocumentRow]) -> Result<(), StoreError> {
    insert_all!(tx, bill_documents::table, rows)
}

/// Bills issued on or after a day that do not have the document yet, oldest first, after one of that day.
pub fn list_without(
    conn: &mut Conn,
    kind: DocumentKind,
    (since, after): (NaiveDate, BillId),
    limit: i64,
) -> Result<Vec<(NaiveDate, BillId)>, StoreError> {
    let rows: Vec<(Option<NaiveDate>, BillId)> = bills::table
        .left_join(
            bill_documents::table.on(bill_documents::bill_id
                .eq(bills::id)
                .and(bill_documents::kind.eq(kind))),
        )
        .filter(bill_documents::bill_id.is_null())
        .filter(bills::status.eq(BillStatus::Issued))
        .filter(bills::issued_on.ge(since))
        .filter(bills::issued_on.gt(since).or(bills::id.gt(after)))
        .order((bills::issued_on, bills::id))
        .limit(limit)
        .select((bills::issued_on, bills::id))
        .load(conn)?;
    let with_day = |(day, id): (Option<NaiveDate>, BillId)| (day.unwrap_or(since), id);
    Ok(rows.into_iter().map(with_day).collect())
}
