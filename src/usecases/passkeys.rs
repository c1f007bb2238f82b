//! Passkeys of customers' sign-ins: made on a device of theirs with password and code, shown in place of both, taken off again.
//!
//! What devices answer is checked by the door, before the transaction; here what they were asked is used up, so that an answer counts once.

use chrono::{NaiveDateTime, TimeDelta};
use serde_json::json;

use crate::domain::ids::{LoginId, PasskeyId};
use crate::domain::notice::SignInNews;
use crate::domain::sessions::{Stage, TokenHash};
use crate::secrets::passkeys::NewPasskey;
use crate::store;
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::store::logins::LoginRow;
use crate::store::passkeys::{Challenge, NewPasskeyRow};
use crate::store::sessions::Holder;
use crate::usecases::authenticators::begin_anew;
use crate::usecases::logins::{LoginError, recognized, record};
use crate::usecases::second_factor::{Factor, take_if_asked, tell};
use crate::usecases::sessions::{self, NewKey};

/// How long a device may take to answer.
const ANSWERS_WITHIN: TimeDelta = TimeDelta::minutes(5);

/// The most passkeys of one sign-in.
pub const MOST: usize = 20;

/// What a device is asked: the hash of the token by which the answer is known, and what it is checked against.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The hash of the token.
    pub token: TokenHash,
    /// What the answer is checked against.
    pub state: String,
    /// The world's instant.
    pub now: NaiveDateTime,
}

/// Asks a device for a new key of somebody whose password, and code where one is asked for, the door has checked.
///
/// # Errors
/// `NotRecognized`, or a fault.
pub fn ask_new(
    tx: &mut Tx<'_>,
    (login_id, checked_hash): (LoginId, &str),
    factor: Option<&Factor>,
    handle: &str,
    asked: &Asked,
) -> Result<(), LoginError> {
    let login = recognized(tx, login_id, checked_hash)?;
    take_if_asked(tx, &login, factor, asked.now)?;
    let challenge = Challenge {
        login_id: Some(login_id),
        handle: Some(handle.to_owned()),
        state: asked.state.clone(),
        until_at: asked.now + ANSWERS_WITHIN,
    };
    store::passkeys::put_challenge(tx, &asked.token, &challenge, asked.now)?;
    Ok(record(
        tx,
        "login.passkey_asked",
        login_id,
        None,
        json!({}),
    )?)
}

/// Keeps a key that a device made when it was asked to. The owner is told.
///
/// # Errors
/// `NotRecognized` when it was not asked, answered already, holds too many keys, or the key is known; or a fault.
pub fn add(
    tx: &mut Tx<'_>,
    login_id: LoginId,
    token: &TokenHash,
    (key, name): (&NewPasskey, &str),
    now: NaiveDateTime,
) -> Result<(), LoginError> {
    let asked = store::passkeys::find_challenge(tx, token, now)?;
    let handle = asked
        .filter(|asked| asked.login_id == Some(login_id))
        .and_then(|asked| asked.handle);
    let Some(handle) = handle else {
        return Err(LoginError::NotRecognized);
    };
    let is_known = store::passkeys::find(tx, &key.credential_id)?.is_some();
    let is_full = store::passkeys::list(tx, login_id)?.len() >= MOST;
    if is_known || is_full || !store::passkeys::take_challenge(tx, token)? {
        return Err(LoginError::NotRecognized);
    }
    let row = NewPasskeyRow {
        login_id,
        handle: &handle,
        credential_id: &key.credential_id,
        credential: &key.credential,
        name,
        made_at: now,
    };
    store::passkeys::insert(tx, &row)?;
    let login = store::logins::get(tx, login_id)?;
    let passkey = name.to_owned();
    tell(tx, &login, SignInNews::PasskeyAdded { passkey })?;
    Ok(record(
        tx,
        "login.passkey_added",
        login_id,
        None,
        json!({}),
    )?)
}

/// Asks any device for any key of this house. No audit row: nothing changed for anybody.
///
/// # Errors
/// A fault of the store.
pub fn ask_any(tx: &mut Tx<'_>, asked: &Asked) -> Result<(), StoreError> {
    let challenge = Challenge {
        login_id: None,
        handle: None,
        state: asked.state.clone(),
        until_at: asked.now + ANSWERS_WITHIN,
    };
    store::passkeys::put_challenge(tx, &asked.token, &challenge, asked.now)
}

/// Signs in by a passkey whose answer the door has checked: it stands for password and code, for the device made sure of the person.
///
/// # Errors
/// `NotRecognized`, `NotVerified`, or a fault.
pub fn sign_in(
    tx: &mut Tx<'_>,
    (login_id, passkey): (LoginId, PasskeyId),
    token: &TokenHash,
    changed: Option<&str>,
    new_key: &NewKey,
) -> Result<(), LoginError> {
    let login = store::logins::get(tx, login_id)?;
    let is_known = login.is_active
        && store::passkeys::take_challenge(tx, token)?
        && store::passkeys::mark_used(tx, passkey, changed, new_key.now)?;
    if !is_known {
        return Err(LoginError::NotRecognized);
    }
    if login.email_verified_at.is_none() {
        return Err(LoginError::NotVerified);
    }
    sessions::tell_new_device(tx, &login, new_key)?;
    sessions::begin(tx, Holder::Login(login_id), Stage::Full, new_key)?;
    let facts = json!({ "by": "passkey" });
    Ok(record(tx, "login.signed_in", login_id, None, facts)?)
}

/// Takes a passkey off, with the password, and a code where one is asked for. Every other session ends, for it may be one that the passkey
/// began, and this one goes on under a new key, also where the passkey was off already: the same form sent twice at once leaves nobody with a
/// key to nothing. The owner is told once. Safe to repeat.
///
/// # Errors
/// `NotRecognized`, or a fault.
pub fn remove(
    tx: &mut Tx<'_>,
    (login_id, checked_hash): (LoginId, &str),
    factor: Option<&Factor>,
    passkey: PasskeyId,
    new_key: &NewKey,
) -> Result<(), LoginError> {
    let login = recognized(tx, login_id, checked_hash)?;
    take_if_asked(tx, &login, factor, new_key.now)?;
    begin_anew(tx, Holder::Login(login_id), new_key)?;
    let Some(passkey) = store::passkeys::remove(tx, login_id, passkey)? else {
        return Ok(());
    };
    tell(tx, &login, SignInNews::PasskeyRemoved { passkey })?;
    Ok(record(
        tx,
        "login.passkey_removed",
        login_id,
        None,
        json!({}),
    )?)
}

/// Takes every passkey off a sign-in whose password was lost or given up: whoever learned it may have made one. The owner is told. Says whether
/// there was any.
///
/// # Errors
/// A fault of the store.
pub(super) fn forget(tx: &mut Tx<'_>, login: &LoginRow) -> Result<bool, StoreError> {
    let kept = store::passkeys::list(tx, login.id)?;
    store::passkeys::remove_all(tx, login.id)?;
    if kept.is_empty() {
        return Ok(false);
    }
    let names: Vec<String> = kept.into_iter().map(|row| row.name).collect();
    let passkey = names.join(", ");
    tell(tx, login, SignInNews::PasskeyRemoved { passkey })?;
    record(tx, "login.passkey_removed", login.id, None, json!({}))?;
    Ok(true)
}
