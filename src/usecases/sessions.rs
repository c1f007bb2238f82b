//! Sessions begin with a new key and replace the one presented before: a key that was known before a sign-in opens nothing after it.

use chrono::{NaiveDateTime, TimeDelta};
use serde_json::json;

use crate::domain::devices::Device;
use crate::domain::ids::LoginId;
use crate::domain::notice::Notice;
use crate::domain::sessions::{Stage, TokenHash};
use crate::store;
use crate::store::audit::Deed;
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::store::logins::LoginRow;
use crate::store::notices::Addressee;
use crate::store::sessions::{Holder, NewSession};

/// A browser that was not seen for so long is news again; it keeps its key for a year.
const KNOWN_DAYS: i64 = 366;

/// What a door has ready for a session that may begin: random, and known to the browser alone.
#[derive(Debug, Clone)]
pub struct NewKey {
    /// The hash of the cookie's new key.
    pub key: TokenHash,
    /// What the session's forms send back.
    pub csrf_token: String,
    /// The session of the cookie that the browser sent, which ends.
    pub replaces: Option<TokenHash>,
    /// The browser, where it is one.
    pub device: Option<Device>,
    /// The world's instant.
    pub now: NaiveDateTime,
}

/// Begins a session, in place of the one that the browser had.
///
/// # Errors
/// A fault of the store.
pub(crate) fn begin(
    tx: &mut Tx<'_>,
    holder: Holder,
    stage: Stage,
    new: &NewKey,
) -> Result<(), StoreError> {
    if let Some(old) = &new.replaces {
        store::sessions::mark_ended(tx, old, new.now)?;
    }
    let session = NewSession {
        key: new.key.clone(),
        holder,
        stage,
        csrf_token: new.csrf_token.clone(),
        device_name: new.device.as_ref().map(|device| device.name.clone()),
        now: new.now,
    };
    store::sessions::insert(tx, &session)?;
    // A browser is known once the whole sign-in was given there: a password alone makes none.
    if let (Holder::Login(login), Stage::Full, Some(device)) = (holder, stage, &new.device) {
        store::devices::put(tx, login, &device.key, new.now)?;
    }
    Ok(())
}

/// Tells the owner of a sign-in from a browser that was not known.
///
/// # Errors
/// A fault of the store.
pub(super) fn tell_new_device(
    tx: &mut Tx<'_>,
    login: &LoginRow,
    new_key: &NewKey,
) -> Result<(), StoreError> {
    if let Some(device) = &new_key.device
        && store::devices::is_news(tx, login.id, &device.key)?
    {
        let to = Addressee::by_email(&login.email, login.language).of_login(login.id);
        let notice = Notice::NewDevice {
            name: login.name.clone(),
            device: device.name.clone(),
        };
        store::notices::put(tx, &to, &notice)?;
    }
    Ok(())
}

/// Ends one session of a login because its holder asks, from another or from this one.
///
/// # Errors
/// A fault of the store.
pub fn end_one(
    tx: &mut Tx<'_>,
    login: LoginId,
    key: &TokenHash,
    now: NaiveDateTime,
) -> Result<(), StoreError> {
    if store::sessions::is_of_login(tx, login, key)? {
        sign_out(tx, Holder::Login(login), key, now)?;
    }
    Ok(())
}

/// Ends every session of a login but the one that asks.
///
/// # Errors
/// A fault of the store.
pub fn end_others(
    tx: &mut Tx<'_>,
    login: LoginId,
    but: &TokenHash,
    now: NaiveDateTime,
) -> Result<(), StoreError> {
    let ended = store::sessions::mark_others_ended(tx, login, but, now)?;
    let deed = Deed {
        action: "session.others_ended",
        subject_kind: "login",
        subject_id: login.to_string(),
        account_id: None,
        facts: json!({ "sessions": ended }),
    };
    store::audit::insert(tx, &deed)
}

/// Ends a session because its holder asks.
///
/// # Errors
/// A fault of the store.
pub fn sign_out(
    tx: &mut Tx<'_>,
    holder: Holder,
    key: &TokenHash,
    now: NaiveDateTime,
) -> Result<(), StoreError> {
    store::sessions::mark_ended(tx, key, now)?;
    let (subject_kind, subject_id) = holder.subject();
    let deed = Deed {
        action: "session.signed_out",
        subject_kind,
        subject_id,
        account_id: None,
        facts: json!({}),
    };
    store::audit::insert(tx, &deed)
}

/// Notes that a session is in use, so that it does not end for rest. No audit row: nothing changed for anybody.
///
/// # Errors
/// A fault of the store.
pub fn keep_alive(tx: &mut Tx<'_>, key: &TokenHash, now: NaiveDateTime) -> Result<(), StoreError> {
    store::sessions::mark_seen(tx, key, now)
}

/// Removes sessions and one-time tokens that ran out before an instant; what they did is in the audit.
///
/// # Errors
/// A fault of the store.
pub fn forget_old(tx: &mut Tx<'_>, before: NaiveDateTime) -> Result<(), StoreError> {
    store::sessions::remove_before(tx, before)?;
    store::tokens::remove_before(tx, before)?;
    store::devices::remove_before(tx, before - TimeDelta::days(KNOWN_DAYS))?;
    Ok(())
}
