//! Notes on accounts, as written. This file contains no update and no delete.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::domain::ids::{AccountId, NoteId};
use crate::domain::notes::NoteKind;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::schema::notes;

/// A note as written.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = notes)]
pub struct NoteRow {
    /// Row id.
    pub id: NoteId,
    /// What it records.
    pub kind: NoteKind,
    /// The words.
    pub text: String,
    /// Who wrote it.
    pub written_by: String,
    /// When, in UTC.
    pub written_at: NaiveDateTime,
}

/// Records a note of the transaction's acting person.
pub fn insert(
    tx: &mut Tx<'_>,
    account: AccountId,
    kind: NoteKind,
    text: &str,
) -> Result<NoteId, StoreError> {
    let stamp = tx.stamp;
    Ok(diesel::insert_into(notes::table)
        .values((
            notes::account_id.eq(account),
            notes::kind.eq(kind),
            notes::text.eq(text),
            notes::written_by.eq(&stamp.by.name),
            notes::written_at.eq(stamp.at),
        ))
        .returning(notes::id)
        .get_result(tx.conn())?)
}

/// The words of a note.
pub fn text(conn: &mut Conn, id: NoteId) -> Result<String, StoreError> {
    Ok(notes::table.find(id).select(notes::text).first(conn)?)
}

/// An account's notes that were written by a moment, in UTC, newest first.
///
/// # Errors
/// Those of the database.
pub fn list_known(
    conn: &mut Conn,
    account: AccountId,
    known_by: NaiveDateTime,
    limit: i64,
) -> Result<Vec<NoteRow>, StoreError> {
    Ok(notes::table
        .filter(notes::account_id.eq(account))
        .filter(notes::written_at.le(known_by))
        .order(notes::id.desc())
        .limit(limit)
        .select(NoteRow::as_select())
        .load(conn)?)
}
