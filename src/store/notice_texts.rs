//! Notices in the utility's own words, version by version.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::domain::customers::Language;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::schema::notice_texts;

/// One version of a place in one language.
#[derive(Debug, Clone, Queryable)]
pub struct NoticeTextRow {
    /// The place.
    pub place: String,
    /// The language.
    pub language: Language,
    /// The words; nothing where ours stand there again.
    pub words: Option<String>,
    /// Who wrote them.
    pub written_by: String,
    /// When, in UTC.
    pub written_at: NaiveDateTime,
}

/// The newest version of each place and language that has one; a house has a few dozen.
pub fn list_current(conn: &mut Conn) -> Result<Vec<NoticeTextRow>, StoreError> {
    let newest = notice_texts::table
        .group_by((notice_texts::place, notice_texts::language))
        .select(diesel::dsl::max(notice_texts::id));
    let ids: Vec<Option<i64>> = newest.load(conn)?;
    let ids: Vec<i64> = ids.into_iter().flatten().collect();
    Ok(notice_texts::table
        .filter(notice_texts::id.eq_any(ids))
        .order((notice_texts::place, notice_texts::language))
        .select((
            notice_texts::place,
            notice_texts::language,
            notice_texts::words,
            notice_texts::written_by,
            notice_texts::written_at,
        ))
        .load(conn)?)
}

/// Records a version.
pub fn insert(
    tx: &mut Tx<'_>,
    (place, language): (&str, Language),
    words: Option<&str>,
) -> Result<(), StoreError> {
    let stamp = tx.stamp;
    diesel::insert_into(notice_texts::table)
        .values((
            notice_texts::place.eq(place),
            notice_texts::language.eq(language),
            notice_texts::words.eq(words),
            notice_texts::written_by.eq(&stamp.by.name),
            notice_texts::written_at.eq(stamp.at),
        ))
        .execute(tx.conn())?;
    Ok(())
}
