//! The browsers that each login signed in with, by the hash of the key that a browser keeps. Instants here are the world's.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::domain::ids::LoginId;
use crate::domain::sessions::TokenHash;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::schema::login_devices;

/// Whether a sign-in from this browser is news to the login's holder: others were known before, and this one is not among them.
pub fn is_news(conn: &mut Conn, login: LoginId, key: &TokenHash) -> Result<bool, StoreError> {
    let known: Vec<String> = login_devices::table
        .filter(login_devices::login_id.eq(login))
        .select(login_devices::device_hash)
        .load(conn)?;
    Ok(!known.is_empty() && !known.iter().any(|hash| hash == key.as_str()))
}

/// Notes that the login was signed in to from this browser.
pub fn put(
    tx: &mut Tx<'_>,
    login: LoginId,
    key: &TokenHash,
    now: NaiveDateTime,
) -> Result<(), StoreError> {
    let seen = diesel::update(login_devices::table.find((login, key.as_str())))
        .set(login_devices::last_at.eq(now))
        .execute(tx.conn())?;
    if seen == 0 {
        diesel::insert_into(login_devices::table)
            .values((
                login_devices::login_id.eq(login),
                login_devices::device_hash.eq(key.as_str()),
                login_devices::first_at.eq(now),
                login_devices::last_at.eq(now),
            ))
            .execute(tx.conn())?;
    }
    Ok(())
}

/// Forgets browsers that were not seen since an instant: their next sign-in is news again.
pub fn remove_before(tx: &mut Tx<'_>, instant: NaiveDateTime) -> Result<usize, StoreError> {
    let old = login_devices::table.filter(login_devices::last_at.lt(instant));
    Ok(diesel::delete(old).execute(tx.conn())?)
}
