//! Sessions begin with a new key and replace the one presented before: a key that was known before a sign-in opens nothing after it.

use chrono::NaiveDateTime;
use serde_json::json;

use crate::domain::sessions::{Stage, TokenHash};
use crate::store;
use crate::store::audit::Deed;
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::store::sessions::{Holder, NewSession};

/// What a door has ready for a session that may begin: random, and known to the browser alone.
#[derive(Debug, Clone)]
pub struct NewKey {
    /// The hash of the cookie's new key.
    pub key: TokenHash,
    /// What the session's forms send back.
    pub csrf_token: String,
    /// The session of the cookie that the browser sent, which ends.
    pub replaces: Option<TokenHash>,
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
        now: new.now,
    };
    store::sessions::insert(tx, &session)
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
    let (subject_kind, id) = match holder {
        Holder::Login(id) => ("login", id.0),
        Holder::Staff(id) => ("staff", id.0),
    };
    let deed = Deed {
        action: "session.signed_out",
        subject_kind,
        subject_id: id.to_string(),
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
    Ok(())
}
