//! The browsers that each login signed in with, by the hash of the key that a browser keeps. Instants here are the world's.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::domain::ids::LoginId;
use crate::domain::sessions::TokenHash;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::kept::KeptDsl;
use crate::store::schema::login_devices;

/// Whether a sign-in from this browser is news to the login's holder: it is not among those that are known. Whoever proves an address or sets a
/// password by a mailed link is not asked: the mail was news enough.
pub fn is_news(conn: &mut Conn, login: LoginId, key: &TokenHash) -> Result<bool, StoreError> {
    let known = login_devices::table
        .find((login, key.as_str()))
        .select(login_devices::device_hash)
        .first::<String>(conn)
        .optional()?;
    Ok(known.is_none())
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
        .kept()
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
