//! Rate schedules: every version as the document it was published as.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::domain::ids::RateScheduleId;
use crate::domain::premises::Commodity;
use crate::domain::rate_status::RateStatus;
use crate::store::bulk::insert_all;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::kept::KeptDsl;
use crate::store::schema::rate_schedules;

/// One version of a rate schedule.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = rate_schedules, treat_none_as_default_value = false)]
pub struct RateScheduleRow {
    /// Row id.
    pub id: RateScheduleId,
    /// The same in all versions.
    pub code: String,
    /// Counting up.
    pub version: i32,
    /// Its name in English.
    pub name: String,
    /// What it prices.
    pub commodity: Commodity,
    /// First day in force.
    pub effective_from: NaiveDate,
    /// Where it stands.
    pub status: RateStatus,
    /// The document.
    pub document: String,
    /// Who wrote it.
    pub drafted_by: String,
    /// When.
    pub drafted_at: NaiveDateTime,
    /// Who asked for publication.
    pub submitted_by: Option<String>,
    /// When.
    pub submitted_at: Option<NaiveDateTime>,
    /// Who published it; never the same person.
    pub published_by: Option<String>,
    /// When.
    pub published_at: Option<NaiveDateTime>,
}

/// Records versions.
pub fn insert_all_rows(tx: &mut Tx<'_>, rows: &[RateScheduleRow]) -> Result<(), StoreError> {
    insert_all!(tx, rate_schedules::table, rows)
}

/// Every published version, by code and date.
pub fn list_published(conn: &mut Conn) -> Result<Vec<RateScheduleRow>, StoreError> {
    Ok(rate_schedules::table
        .filter(rate_schedules::status.eq(RateStatus::Published))
        .order((
            rate_schedules::code,
            rate_schedules::effective_from,
            rate_schedules::version,
        ))
        .select(RateScheduleRow::as_select())
        .load(conn)?)
}

/// Which versions are published.
pub fn list_published_ids(conn: &mut Conn) -> Result<Vec<RateScheduleId>, StoreError> {
    Ok(rate_schedules::table
        .filter(rate_schedules::status.eq(RateStatus::Published))
        .order(rate_schedules::id)
        .select(rate_schedules::id)
        .load(conn)?)
}

/// The version, which must exist.
pub fn get(conn: &mut Conn, id: RateScheduleId) -> Result<RateScheduleRow, StoreError> {
    rate_schedules::table
        .find(id)
        .select(RateScheduleRow::as_select())
        .first(conn)
        .optional()?
        .ok_or(StoreError::Missing("rate schedule"))
}

/// Every version of every schedule, by code, the newest version first.
pub fn list(conn: &mut Conn) -> Result<Vec<RateScheduleRow>, StoreError> {
    Ok(rate_schedules::table
        .order((rate_schedules::code, rate_schedules::version.desc()))
        .select(RateScheduleRow::as_select())
        .load(conn)?)
}

/// The published version of a code that is in force on a day.
pub fn find_in_force(
    conn: &mut Conn,
    code: &str,
    on: NaiveDate,
) -> Result<Option<RateScheduleRow>, StoreError> {
    Ok(rate_schedules::table
        .filter(rate_schedules::code.eq(code))
        .filter(rate_schedules::status.eq(RateStatus::Published))
        .filter(rate_schedules::effective_from.le(on))
        .order((
            rate_schedules::effective_from.desc(),
            rate_schedules::version.desc(),
        ))
        .select(RateScheduleRow::as_select())
        .first(conn)
        .optional()?)
}

/// The number that the next version of a code takes.
pub fn next_version(conn: &mut Conn, code: &str) -> Result<i32, StoreError> {
    let last: Option<i32> = rate_schedules::table
        .filter(rate_schedules::code.eq(code))
        .select(diesel::dsl::max(rate_schedules::version))
        .first(conn)?;
    Ok(last.unwrap_or_default().saturating_add(1))
}

/// The first day of the newest published version of a code.
pub fn last_effective(conn: &mut Conn, code: &str) -> Result<Option<NaiveDate>, StoreError> {
    Ok(rate_schedules::table
        .filter(rate_schedules::code.eq(code))
        .filter(rate_schedules::status.eq(RateStatus::Published))
        .select(diesel::dsl::max(rate_schedules::effective_from))
        .first(conn)?)
}

/// The service that the published versions of a code price.
pub fn find_service(conn: &mut Conn, code: &str) -> Result<Option<Commodity>, StoreError> {
    Ok(rate_schedules::table
        .filter(rate_schedules::code.eq(code))
        .filter(rate_schedules::status.eq(RateStatus::Published))
        .select(rate_schedules::commodity)
        .first(conn)
        .optional()?)
}

/// Records a draft, and says its id; the row's own id is not used.
pub fn insert_draft(tx: &mut Tx<'_>, row: &RateScheduleRow) -> Result<RateScheduleId, StoreError> {
    Ok(diesel::insert_into(rate_schedules::table)
        .values((
            rate_schedules::code.eq(&row.code),
            rate_schedules::version.eq(row.version),
            rate_schedules::name.eq(&row.name),
            rate_schedules::commodity.eq(row.commodity),
            rate_schedules::effective_from.eq(row.effective_from),
            rate_schedules::status.eq(RateStatus::Draft),
            rate_schedules::document.eq(&row.document),
            rate_schedules::drafted_by.eq(&row.drafted_by),
            rate_schedules::drafted_at.eq(row.drafted_at),
        ))
        .returning(rate_schedules::id)
        .get_result(tx.conn())?)
}

/// Replaces the document of a version that is not law; it is a draft again.
pub fn mark_revised(tx: &mut Tx<'_>, row: &RateScheduleRow) -> Result<(), StoreError> {
    let nobody: Option<String> = None;
    diesel::update(rate_schedules::table.find(row.id))
        .set((
            rate_schedules::name.eq(&row.name),
            rate_schedules::commodity.eq(row.commodity),
            rate_schedules::effective_from.eq(row.effective_from),
            rate_schedules::status.eq(RateStatus::Draft),
            rate_schedules::document.eq(&row.document),
            rate_schedules::drafted_by.eq(&row.drafted_by),
            rate_schedules::drafted_at.eq(row.drafted_at),
            rate_schedules::submitted_by.eq(nobody),
        ))
        .kept()
        .execute(tx.conn())?;
    Ok(())
}

/// Hands a draft over.
pub fn mark_submitted(tx: &mut Tx<'_>, id: RateScheduleId) -> Result<(), StoreError> {
    let stamp = tx.stamp;
    diesel::update(rate_schedules::table.find(id))
        .set((
            rate_schedules::status.eq(RateStatus::Submitted),
            rate_schedules::submitted_by.eq(&stamp.by.name),
            rate_schedules::submitted_at.eq(stamp.at),
        ))
        .kept()
        .execute(tx.conn())?;
    Ok(())
}

/// Makes a version law, with the document as it is published. From now on the database refuses every change of it.
pub fn mark_published(tx: &mut Tx<'_>, row: &RateScheduleRow, by: &str) -> Result<(), StoreError> {
    let stamp = tx.stamp;
    diesel::update(rate_schedules::table.find(row.id))
        .set((
            rate_schedules::status.eq(RateStatus::Published),
            rate_schedules::effective_from.eq(row.effective_from),
            rate_schedules::document.eq(&row.document),
            rate_schedules::published_by.eq(by),
            rate_schedules::published_at.eq(stamp.at),
        ))
        .kept()
        .execute(tx.conn())?;
    Ok(())
}

/// Gives a version up.
pub fn mark_withdrawn(tx: &mut Tx<'_>, id: RateScheduleId) -> Result<(), StoreError> {
    diesel::update(rate_schedules::table.find(id))
        .set(rate_schedules::status.eq(RateStatus::Withdrawn))
        .kept()
        .execute(tx.conn())?;
    Ok(())
}

/// The version that this one follows: the newest earlier one that was not given up.
pub fn find_before(
    conn: &mut Conn,
    row: &RateScheduleRow,
) -> Result<Option<RateScheduleRow>, StoreError> {
    Ok(rate_schedules::table
        .filter(rate_schedules::code.eq(&row.code))
        .filter(rate_schedules::version.lt(row.version))
        .filter(rate_schedules::status.ne(RateStatus::Withdrawn))
        .order(rate_schedules::version.desc())
        .select(RateScheduleRow::as_select())
        .first(conn)
        .optional()?)
}
