//! Rate schedules: every version as the document it was published as, and the dated factors kept outside of them.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::domain::ids::RateScheduleId;
use crate::domain::premises::Commodity;
use crate::domain::rate_status::RateStatus;
use crate::store::bulk::insert_all;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::schema::{rate_factors, rate_schedules};
use crate::store::sql_types::Exact;

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

/// A dated value of a factor, such as the month's power cost adjustment.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = rate_factors, treat_none_as_default_value = false)]
pub struct RateFactorRow {
    /// Its name in the schedules.
    pub code: String,
    /// From this day until the next value.
    pub from_on: NaiveDate,
    /// The value.
    pub value: Exact,
    /// Where it was published.
    pub source: String,
    /// Who entered it.
    pub created_by: String,
    /// When.
    pub created_at: NaiveDateTime,
}

/// Records versions.
pub fn insert_all_rows(tx: &mut Tx<'_>, rows: &[RateScheduleRow]) -> Result<(), StoreError> {
    insert_all!(tx, rate_schedules::table, rows)
}

/// Records factors.
pub fn insert_factors(tx: &mut Tx<'_>, rows: &[RateFactorRow]) -> Result<(), StoreError> {
    insert_all!(tx, rate_factors::table, rows)
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

/// Every dated factor, by name and date.
pub fn list_factors(conn: &mut Conn) -> Result<Vec<RateFactorRow>, StoreError> {
    Ok(rate_factors::table
        .order((rate_factors::code, rate_factors::from_on))
        .select(RateFactorRow::as_select())
        .load(conn)?)
}
