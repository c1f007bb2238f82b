//! Keys that customers' devices hold in place of a password, and what a device was asked and has not answered yet. Instants here are the
//! world's.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::domain::ids::{LoginId, PasskeyId};
use crate::domain::sessions::TokenHash;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::kept::KeptDsl;
use crate::store::schema::{passkey_challenges, passkeys};

/// A passkey.
#[derive(Debug, Clone, Queryable)]
pub struct PasskeyRow {
    /// The row.
    pub id: PasskeyId,
    /// Whose sign-in it opens.
    pub login_id: LoginId,
    /// By what the device knows the sign-in.
    pub handle: String,
    /// By what the key is found.
    pub credential_id: String,
    /// What its answers are checked against.
    pub credential: String,
    /// What its owner calls it.
    pub name: String,
    /// When it was made.
    pub made_at: NaiveDateTime,
    /// When it opened the sign-in last.
    pub used_at: Option<NaiveDateTime>,
}

/// A passkey on its way into the table.
#[derive(Debug, Insertable)]
#[diesel(table_name = passkeys)]
pub struct NewPasskeyRow<'a> {
    /// Whose sign-in it opens.
    pub login_id: LoginId,
    /// By what the device knows the sign-in.
    pub handle: &'a str,
    /// By what the key is found.
    pub credential_id: &'a str,
    /// What its answers are checked against.
    pub credential: &'a str,
    /// What its owner calls it.
    pub name: &'a str,
    /// When it was made.
    pub made_at: NaiveDateTime,
}

/// What a device was asked.
#[derive(Debug, Clone, Queryable)]
pub struct Challenge {
    /// For whose sign-in a key is to be made; nobody's where any key is asked for.
    pub login_id: Option<LoginId>,
    /// By what the device is to know that sign-in.
    pub handle: Option<String>,
    /// What the answer is checked against.
    pub state: String,
    /// Until when it may be answered.
    pub until_at: NaiveDateTime,
}

/// The passkeys of a sign-in, oldest first.
pub fn list(conn: &mut Conn, login: LoginId) -> Result<Vec<PasskeyRow>, StoreError> {
    Ok(passkeys::table
        .filter(passkeys::login_id.eq(login))
        .order(passkeys::id)
        .load(conn)?)
}

/// The passkey with this id of a device.
pub fn find(conn: &mut Conn, credential_id: &str) -> Result<Option<PasskeyRow>, StoreError> {
    Ok(passkeys::table
        .filter(passkeys::credential_id.eq(credential_id))
        .first(conn)
        .optional()?)
}

/// Keeps a passkey.
pub fn insert(tx: &mut Tx<'_>, new: &NewPasskeyRow<'_>) -> Result<(), StoreError> {
    diesel::insert_into(passkeys::table)
        .values(new)
        .execute(tx.conn())?;
    Ok(())
}

/// Notes that a passkey opened its sign-in, and how it is to be checked from now on; `false` when it is there no more.
pub fn mark_used(
    tx: &mut Tx<'_>,
    id: PasskeyId,
    credential: Option<&str>,
    now: NaiveDateTime,
) -> Result<bool, StoreError> {
    if let Some(credential) = credential {
        diesel::update(passkeys::table.find(id))
            .set(passkeys::credential.eq(credential))
            .kept()
            .execute(tx.conn())?;
    }
    let used = diesel::update(passkeys::table.find(id))
        .set(passkeys::used_at.eq(now))
        .kept()
        .execute(tx.conn())?;
    Ok(used == 1)
}

/// Forgets a passkey of a sign-in; gives its name where it was there.
pub fn remove(
    tx: &mut Tx<'_>,
    login: LoginId,
    id: PasskeyId,
) -> Result<Option<String>, StoreError> {
    let own = passkeys::table
        .filter(passkeys::id.eq(id))
        .filter(passkeys::login_id.eq(login));
    let name = own.select(passkeys::name).first(tx.conn()).optional()?;
    diesel::delete(own).execute(tx.conn())?;
    Ok(name)
}

/// Forgets every passkey of a sign-in, and what its devices were asked.
pub fn remove_all(tx: &mut Tx<'_>, login: LoginId) -> Result<(), StoreError> {
    let asked = passkey_challenges::table.filter(passkey_challenges::login_id.eq(login));
    diesel::delete(asked).execute(tx.conn())?;
    let own = passkeys::table.filter(passkeys::login_id.eq(login));
    diesel::delete(own).execute(tx.conn())?;
    Ok(())
}

/// Keeps what a device is asked, and forgets what was not answered in time.
pub fn put_challenge(
    tx: &mut Tx<'_>,
    token: &TokenHash,
    new: &Challenge,
    now: NaiveDateTime,
) -> Result<(), StoreError> {
    let late = passkey_challenges::table.filter(passkey_challenges::until_at.le(now));
    diesel::delete(late).execute(tx.conn())?;
    diesel::insert_into(passkey_challenges::table)
        .values((
            passkey_challenges::token_hash.eq(token.as_str()),
            passkey_challenges::login_id.eq(new.login_id),
            passkey_challenges::handle.eq(&new.handle),
            passkey_challenges::state.eq(&new.state),
            passkey_challenges::until_at.eq(new.until_at),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// What a device was asked, while it may still answer.
pub fn find_challenge(
    conn: &mut Conn,
    token: &TokenHash,
    now: NaiveDateTime,
) -> Result<Option<Challenge>, StoreError> {
    Ok(passkey_challenges::table
        .find(token.as_str())
        .filter(passkey_challenges::until_at.gt(now))
        .select((
            passkey_challenges::login_id,
            passkey_challenges::handle,
            passkey_challenges::state,
            passkey_challenges::until_at,
        ))
        .first(conn)
        .optional()?)
}

/// Uses up what a device was asked; `false` when it was answered already. Of two answers that come at once, one counts.
pub fn take_challenge(tx: &mut Tx<'_>, token: &TokenHash) -> Result<bool, StoreError> {
    let asked = passkey_challenges::table.find(token.as_str());
    Ok(diesel::delete(asked).execute(tx.conn())? == 1)
}
