//! Imports of files: how far each came, what it did, which lines it refused; and the saved column mappings.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::domain::feed::Rejection;
use crate::domain::ids::ImportId;
use crate::domain::text_enum::text_enum;
use crate::store::any::native;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::kept::KeptDsl;
use crate::store::schema::{import_mappings, import_rejections, imports};

text_enum! {
    /// Where an import stands.
    ImportStatus {
        /// Going on, or stopped in the middle: the same file again goes on from there.
        Running => "running",
        /// Read to its end.
        Finished => "finished",
        /// Given up: the file could not be read on.
        Failed => "failed",
    }
}

/// What was done with the values of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Queryable, Selectable, AsChangeset)]
#[diesel(table_name = imports)]
pub struct Counts {
    /// Values that are new.
    pub accepted: i64,
    /// Values that were there already.
    pub duplicates: i64,
    /// Values that replaced another.
    pub corrections: i64,
    /// Values that wait for a person.
    pub held: i64,
    /// Lines that were not used.
    pub rejected: i64,
}

impl std::ops::AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.accepted += other.accepted;
        self.duplicates += other.duplicates;
        self.corrections += other.corrections;
        self.held += other.held;
        self.rejected += other.rejected;
    }
}

impl Counts {
    /// Whether anything was written.
    #[must_use]
    pub const fn changed_anything(&self) -> bool {
        self.accepted > 0 || self.corrections > 0
    }
}

/// A file that is, or was, imported.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = imports)]
pub struct ImportRow {
    /// Row id.
    pub id: ImportId,
    /// What the file was called.
    pub file_name: String,
    /// Its fingerprint.
    pub sha256: String,
    /// Its format.
    pub format: String,
    /// How it was declared, as JSON.
    pub options: String,
    /// Where it stands.
    pub status: ImportStatus,
    /// How many pieces of the file are done: a run that was stopped goes on after them.
    pub records_done: i64,
    /// What was done with its values.
    #[diesel(embed)]
    pub counts: Counts,
    /// Who began it.
    pub started_by: String,
    /// When, in UTC.
    pub started_at: NaiveDateTime,
    /// When it was done, in UTC.
    pub finished_at: Option<NaiveDateTime>,
}

/// A file about to be imported.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = imports)]
pub struct NewImport<'a> {
    /// What the file is called.
    pub file_name: &'a str,
    /// Its fingerprint.
    pub sha256: &'a str,
    /// Its format.
    pub format: &'a str,
    /// How it is declared, as JSON.
    pub options: &'a str,
}

/// The import of exactly this file with exactly this declaration, if there was one.
pub fn find(conn: &mut Conn, file: &NewImport<'_>) -> Result<Option<ImportRow>, StoreError> {
    Ok(imports::table
        .filter(imports::sha256.eq(file.sha256))
        .filter(imports::format.eq(file.format))
        .filter(imports::options.eq(file.options))
        .select(ImportRow::as_select())
        .first(conn)
        .optional()?)
}

/// One import.
pub fn get(conn: &mut Conn, id: ImportId) -> Result<ImportRow, StoreError> {
    imports::table
        .find(id)
        .select(ImportRow::as_select())
        .first(conn)
        .optional()?
        .ok_or(StoreError::Missing("import"))
}

/// Imports, newest first.
pub fn list(conn: &mut Conn, limit: i64) -> Result<Vec<ImportRow>, StoreError> {
    Ok(imports::table
        .order(imports::id.desc())
        .limit(limit)
        .select(ImportRow::as_select())
        .load(conn)?)
}

/// Opens an import.
pub fn insert(tx: &mut Tx<'_>, file: &NewImport<'_>) -> Result<ImportId, StoreError> {
    let stamp = tx.stamp;
    let zero = Counts::default();
    let row = (
        file,
        imports::status.eq(ImportStatus::Running),
        imports::records_done.eq(0_i64),
        imports::accepted.eq(zero.accepted),
        imports::duplicates.eq(zero.duplicates),
        imports::corrections.eq(zero.corrections),
        imports::held.eq(zero.held),
        imports::rejected.eq(zero.rejected),
        imports::started_by.eq(&stamp.by.name),
        imports::started_at.eq(stamp.at),
    );
    native!(tx.conn(), |conn| {
        Ok(diesel::insert_into(imports::table)
            .values(row)
            .returning(imports::id)
            .get_result(conn)?)
    })
}

/// Records how far an import came, in the transaction that holds what it wrote.
pub fn advance(
    tx: &mut Tx<'_>,
    id: ImportId,
    done: i64,
    counts: &Counts,
) -> Result<(), StoreError> {
    diesel::update(imports::table.find(id))
        .set((imports::records_done.eq(done), counts))
        .kept()
        .execute(tx.conn())?;
    Ok(())
}

/// Closes an import.
pub fn finish(tx: &mut Tx<'_>, id: ImportId, status: ImportStatus) -> Result<(), StoreError> {
    let at = tx.stamp.at;
    diesel::update(imports::table.find(id))
        .set((imports::status.eq(status), imports::finished_at.eq(at)))
        .kept()
        .execute(tx.conn())?;
    Ok(())
}

/// A refused line, as kept.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = import_rejections, treat_none_as_default_value = false)]
pub struct RejectionRow {
    /// Of which import.
    pub import_id: ImportId,
    /// The line's number.
    pub line: i64,
    /// Why.
    pub reason: String,
    /// The word or number in question.
    pub facts: String,
    /// The beginning of the line.
    pub excerpt: String,
}

/// Records refused lines; the same line for the same reason is kept once.
pub fn insert_rejections(
    tx: &mut Tx<'_>,
    id: ImportId,
    rejections: &[Rejection],
) -> Result<(), StoreError> {
    let rows: Vec<RejectionRow> = rejections
        .iter()
        .map(|rejection| RejectionRow {
            import_id: id,
            line: i64::try_from(rejection.line).unwrap_or(i64::MAX),
            reason: rejection.reason.as_str().to_owned(),
            facts: rejection.fact.clone().unwrap_or_default(),
            excerpt: rejection.excerpt.clone(),
        })
        .collect();
    for rows in rows.chunks(crate::store::bulk::ROWS) {
        native!(tx.conn(), |conn| {
            diesel::insert_into(import_rejections::table)
                .values(rows)
                .on_conflict_do_nothing()
                .execute(conn)?
        });
    }
    Ok(())
}

/// Refused lines in the order of the file.
pub fn list_rejections(
    conn: &mut Conn,
    id: ImportId,
    limit: i64,
) -> Result<Vec<RejectionRow>, StoreError> {
    Ok(import_rejections::table
        .filter(import_rejections::import_id.eq(id))
        .order((import_rejections::line, import_rejections::reason))
        .limit(limit)
        .select(RejectionRow::as_select())
        .load(conn)?)
}

/// The document of a saved column mapping.
pub fn find_mapping(conn: &mut Conn, name: &str) -> Result<Option<String>, StoreError> {
    Ok(import_mappings::table
        .filter(import_mappings::name.eq(name))
        .select(import_mappings::document)
        .first(conn)
        .optional()?)
}

/// The names of the saved column mappings.
pub fn list_mappings(conn: &mut Conn) -> Result<Vec<String>, StoreError> {
    Ok(import_mappings::table
        .order(import_mappings::name)
        .select(import_mappings::name)
        .load(conn)?)
}

/// Saves a column mapping, or replaces the one of this name.
pub fn put_mapping(tx: &mut Tx<'_>, name: &str, document: &str) -> Result<(), StoreError> {
    let stamp = tx.stamp;
    let changed = diesel::update(import_mappings::table.filter(import_mappings::name.eq(name)))
        .set(import_mappings::document.eq(document))
        .kept()
        .execute(tx.conn())?;
    if changed == 0 {
        diesel::insert_into(import_mappings::table)
            .values((
                import_mappings::name.eq(name),
                import_mappings::document.eq(document),
                import_mappings::created_by.eq(&stamp.by.name),
                import_mappings::created_at.eq(stamp.at),
            ))
            .execute(tx.conn())?;
    }
    Ok(())
}
