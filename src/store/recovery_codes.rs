//! The codes for a customer whose authenticator is lost, stored as hashes, each used once. Instants here are the world's.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::domain::ids::LoginId;
use crate::domain::sessions::TokenHash;
use crate::store::bulk::insert_lent;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::kept::KeptDsl;
use crate::store::schema::recovery_codes;

#[derive(Insertable)]
#[diesel(table_name = recovery_codes)]
#[diesel(treat_none_as_default_value = false)]
struct NewRow<'a> {
    login_id: LoginId,
    code_hash: &'a str,
    made_at: NaiveDateTime,
}

/// Keeps new codes in place of all earlier ones.
pub fn replace(
    tx: &mut Tx<'_>,
    login: LoginId,
    hashes: &[TokenHash],
    now: NaiveDateTime,
) -> Result<(), StoreError> {
    remove(tx, login)?;
    let rows: Vec<NewRow<'_>> = hashes
        .iter()
        .map(|hash| NewRow {
            login_id: login,
            code_hash: hash.as_str(),
            made_at: now,
        })
        .collect();
    insert_lent!(tx, recovery_codes::table, rows.as_slice())
}

/// Whether a code would open now.
pub fn is_open(conn: &mut Conn, login: LoginId, hash: &TokenHash) -> Result<bool, StoreError> {
    let rows: i64 = recovery_codes::table
        .find((login, hash.as_str()))
        .filter(recovery_codes::used_at.is_null())
        .count()
        .get_result(conn)?;
    Ok(rows > 0)
}

/// How many codes are left.
pub fn count_left(conn: &mut Conn, login: LoginId) -> Result<i64, StoreError> {
    Ok(recovery_codes::table
        .filter(recovery_codes::login_id.eq(login))
        .filter(recovery_codes::used_at.is_null())
        .count()
        .get_result(conn)?)
}

/// Uses a code up; `false` when it opens nothing. Of two that come at once, one gets it.
pub fn take(
    tx: &mut Tx<'_>,
    login: LoginId,
    hash: &TokenHash,
    now: NaiveDateTime,
) -> Result<bool, StoreError> {
    let taken = diesel::update(recovery_codes::table.find((login, hash.as_str())))
        .filter(recovery_codes::used_at.is_null())
        .set(recovery_codes::used_at.eq(now))
        .kept()
        .execute(tx.conn())?;
    Ok(taken == 1)
}

/// Forgets all codes of a login.
pub fn remove(tx: &mut Tx<'_>, login: LoginId) -> Result<(), StoreError> {
    let own = recovery_codes::table.filter(recovery_codes::login_id.eq(login));
    diesel::delete(own).execute(tx.conn())?;
    Ok(())
}
