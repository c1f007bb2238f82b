//! The people of the office: who they are and what they may do.

use diesel::prelude::*;

use crate::domain::customers::Language;
use crate::domain::ids::StaffId;
use crate::domain::staff::Role;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::kept::KeptDsl;
use crate::store::schema::staff;

/// A member of staff as the sign-in needs one.
#[derive(Debug, Clone, Queryable)]
pub struct StaffRow {
    /// The row.
    pub id: StaffId,
    /// The name.
    pub name: String,
    /// The address, in lower case.
    pub email: String,
    /// The stored password hash.
    pub password_hash: String,
    /// The job.
    pub role: Role,
    /// The language of the pages.
    pub language: Language,
    /// Whether they may sign in.
    pub is_active: bool,
}

/// A member of staff to add.
#[derive(Debug, Clone)]
pub struct NewStaff {
    /// The name.
    pub name: String,
    /// The address, in lower case.
    pub email: String,
    /// The hash of the password.
    pub password_hash: String,
    /// The job.
    pub role: Role,
    /// The language of the pages.
    pub language: Language,
    /// Whether they may sign in already.
    pub is_active: bool,
}

type Columns = (
    staff::id,
    staff::name,
    staff::email,
    staff::password_hash,
    staff::role,
    staff::language,
    staff::is_active,
);

const COLUMNS: Columns = (
    staff::id,
    staff::name,
    staff::email,
    staff::password_hash,
    staff::role,
    staff::language,
    staff::is_active,
);

/// Whether anybody can sign in to the office: without one, the set-up page opens.
pub fn is_anybody(conn: &mut Conn) -> Result<bool, StoreError> {
    let rows: i64 = staff::table.count().get_result(conn)?;
    Ok(rows > 0)
}

/// The member of staff with this address.
pub fn find_by_email(conn: &mut Conn, email: &str) -> Result<Option<StaffRow>, StoreError> {
    Ok(staff::table
        .filter(staff::email.eq(email.trim().to_lowercase()))
        .select(COLUMNS)
        .first(conn)
        .optional()?)
}

/// A member of staff.
pub fn get(conn: &mut Conn, id: StaffId) -> Result<StaffRow, StoreError> {
    staff::table
        .find(id)
        .select(COLUMNS)
        .first(conn)
        .optional()?
        .ok_or(StoreError::Missing("member of staff"))
}

/// Everybody, those who may sign in first, by name.
pub fn list(conn: &mut Conn) -> Result<Vec<StaffRow>, StoreError> {
    Ok(staff::table
        .order((staff::is_active.desc(), staff::name, staff::id))
        .select(COLUMNS)
        .load(conn)?)
}

/// How many administrators may sign in.
pub fn count_administrators(conn: &mut Conn) -> Result<i64, StoreError> {
    Ok(staff::table
        .filter(staff::role.eq(Role::Administrator))
        .filter(staff::is_active.eq(true))
        .count()
        .get_result(conn)?)
}

/// Adds a member of staff.
pub fn insert(tx: &mut Tx<'_>, new: &NewStaff) -> Result<StaffId, StoreError> {
    let at = tx.stamp.at;
    Ok(diesel::insert_into(staff::table)
        .values((
            staff::name.eq(&new.name),
            staff::email.eq(&new.email),
            staff::password_hash.eq(&new.password_hash),
            staff::role.eq(new.role),
            staff::language.eq(new.language),
            staff::is_active.eq(new.is_active),
            staff::created_at.eq(at),
        ))
        .returning(staff::id)
        .get_result(tx.conn())?)
}

/// Lets somebody sign in with a new password, or keeps them out with none.
pub fn mark_password(
    tx: &mut Tx<'_>,
    id: StaffId,
    hash: &str,
    is_active: bool,
) -> Result<(), StoreError> {
    diesel::update(staff::table.find(id))
        .set((
            staff::password_hash.eq(hash),
            staff::is_active.eq(is_active),
        ))
        .kept()
        .execute(tx.conn())?;
    Ok(())
}

/// Changes the job.
pub fn mark_role(tx: &mut Tx<'_>, id: StaffId, role: Role) -> Result<(), StoreError> {
    diesel::update(staff::table.find(id))
        .set(staff::role.eq(role))
        .kept()
        .execute(tx.conn())?;
    Ok(())
}

/// Changes the language of the pages.
pub fn mark_language(tx: &mut Tx<'_>, id: StaffId, language: Language) -> Result<(), StoreError> {
    diesel::update(staff::table.find(id))
        .set(staff::language.eq(language))
        .kept()
        .execute(tx.conn())?;
    Ok(())
}
