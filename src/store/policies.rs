//! Policies that the utility set, as documents: each change is a new version, in force from its day.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::schema::policies;

/// The document in force on a day: of the versions that begin on it or earlier, the latest.
pub fn find(conn: &mut Conn, kind: &str, on: NaiveDate) -> Result<Option<String>, StoreError> {
    Ok(policies::table
        .filter(policies::kind.eq(kind))
        .filter(policies::from_on.le(on))
        .order((policies::from_on.desc(), policies::version.desc()))
        .select(policies::document)
        .first(conn)
        .optional()?)
}

/// The document in force on a day, with its version.
pub fn find_version(
    conn: &mut Conn,
    kind: &str,
    on: NaiveDate,
) -> Result<Option<(i32, String)>, StoreError> {
    Ok(policies::table
        .filter(policies::kind.eq(kind))
        .filter(policies::from_on.le(on))
        .order((policies::from_on.desc(), policies::version.desc()))
        .select((policies::version, policies::document))
        .first(conn)
        .optional()?)
}

/// One version of a policy.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = policies)]
pub struct PolicyRow {
    /// Its number, counting up.
    pub version: i32,
    /// In force from this day.
    pub from_on: NaiveDate,
    /// The document.
    pub document: String,
    /// Who set it.
    pub created_by: String,
    /// When, in UTC.
    pub created_at: NaiveDateTime,
}

/// Every version of a policy, newest first.
pub fn list(conn: &mut Conn, kind: &str) -> Result<Vec<PolicyRow>, StoreError> {
    Ok(policies::table
        .filter(policies::kind.eq(kind))
        .order(policies::version.desc())
        .select(PolicyRow::as_select())
        .load(conn)?)
}

/// Records a new version, in force from a day.
pub fn insert(
    tx: &mut Tx<'_>,
    kind: &str,
    from_on: NaiveDate,
    document: &str,
) -> Result<(), StoreError> {
    let last: Option<i32> = policies::table
        .filter(policies::kind.eq(kind))
        .select(diesel::dsl::max(policies::version))
        .first(tx.conn())?;
    let stamp = tx.stamp;
    diesel::insert_into(policies::table)
        .values((
            policies::kind.eq(kind),
            policies::version.eq(last.unwrap_or_default() + 1),
            policies::from_on.eq(from_on),
            policies::document.eq(document),
            policies::created_by.eq(&stamp.by.name),
            policies::created_at.eq(stamp.at),
        ))
        .execute(tx.conn())?;
    Ok(())
}
