//! The authenticator app of a sign-in, at either door: its secret waits for a first code, is in use, and is taken off with a code.
//!
//! Codes are checked by the door, before the transaction; here the step that was checked is used up, so that a code opens once, and only while
//! the secret that it was checked against is still the holder's.

use chrono::NaiveDateTime;
use serde_json::json;

use crate::domain::sessions::Stage;
use crate::store;
use crate::store::audit::Deed;
use crate::store::authenticators::CheckedCode;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::sessions::Holder;
use crate::usecases::sessions::{self, NewKey};

/// Why an authenticator was not changed, or its code opened nothing.
#[derive(Debug, thiserror::Error)]
pub enum AuthenticatorError {
    /// One is in use: it is taken off first.
    #[error("an authenticator is in use already")]
    InUse,
    /// The code was used, or there is no authenticator that it could be of.
    #[error("the code opens nothing any more")]
    CodeSpent,
    /// The database failed.
    #[error(transparent)]
    Fault(#[from] StoreError),
}

/// How far a right password brings somebody.
///
/// # Errors
/// A fault of the store.
pub(super) fn stage_of(conn: &mut Conn, holder: Holder) -> Result<Stage, StoreError> {
    let found = store::authenticators::find(conn, holder)?;
    Ok(match found {
        Some(row) if row.is_in_use() => Stage::Totp,
        Some(_) | None => Stage::Full,
    })
}

/// Keeps a new secret that waits for its first code; one that is in use stays until it is taken off.
///
/// # Errors
/// `InUse`, or a fault.
pub fn begin(
    tx: &mut Tx<'_>,
    holder: Holder,
    secret: &str,
    now: NaiveDateTime,
) -> Result<(), AuthenticatorError> {
    if stage_of(tx, holder)? == Stage::Totp {
        return Err(AuthenticatorError::InUse);
    }
    match store::authenticators::put(tx, holder, secret, now) {
        Err(StoreError::Conflict(_)) => return Err(AuthenticatorError::InUse),
        put => put?,
    }
    record(tx, holder, "authenticator_begun")
}

/// Puts the authenticator in use: its first code was right. Every other session ends, and this one goes on under a new key.
///
/// # Errors
/// `CodeSpent`, also when the secret waited too long; or a fault.
pub fn confirm(
    tx: &mut Tx<'_>,
    holder: Holder,
    checked: &CheckedCode,
    new_key: &NewKey,
) -> Result<(), AuthenticatorError> {
    let waits =
        store::authenticators::find(tx, holder)?.is_some_and(|row| row.is_waiting(new_key.now));
    if !waits || !store::authenticators::take_step(tx, holder, checked)? {
        return Err(AuthenticatorError::CodeSpent);
    }
    let confirmed = (checked.secret.as_str(), new_key.now);
    store::authenticators::mark_confirmed(tx, holder, confirmed)?;
    record(tx, holder, "authenticator_confirmed")?;
    Ok(begin_anew(tx, holder, new_key)?)
}

/// Uses up a code of the authenticator that is in use.
///
/// # Errors
/// `CodeSpent`, or a fault.
pub(super) fn take_code(
    tx: &mut Tx<'_>,
    holder: Holder,
    checked: &CheckedCode,
) -> Result<(), AuthenticatorError> {
    let is_on = stage_of(tx, holder)? == Stage::Totp;
    if is_on && store::authenticators::take_step(tx, holder, checked)? {
        Ok(())
    } else {
        Err(AuthenticatorError::CodeSpent)
    }
}

/// Takes one's authenticator off, with one of its codes. Every other session ends, and this one goes on under a new key.
///
/// # Errors
/// `CodeSpent`, or a fault.
pub fn remove_by_code(
    tx: &mut Tx<'_>,
    holder: Holder,
    checked: &CheckedCode,
    new_key: &NewKey,
) -> Result<(), AuthenticatorError> {
    take_code(tx, holder, checked)?;
    remove(tx, holder)?;
    Ok(begin_anew(tx, holder, new_key)?)
}

/// Forgets an authenticator whose holder has shown who they are in another way.
///
/// # Errors
/// A fault of the store.
pub(super) fn remove(tx: &mut Tx<'_>, holder: Holder) -> Result<(), AuthenticatorError> {
    store::authenticators::remove(tx, holder)?;
    record(tx, holder, "authenticator_removed")
}

/// Ends every session and begins this one under a new key.
pub(super) fn begin_anew(
    tx: &mut Tx<'_>,
    holder: Holder,
    new_key: &NewKey,
) -> Result<(), StoreError> {
    store::sessions::mark_all_ended(tx, holder, new_key.now)?;
    sessions::begin(tx, holder, Stage::Full, new_key)
}

fn record(tx: &mut Tx<'_>, holder: Holder, what: &str) -> Result<(), AuthenticatorError> {
    let (subject_kind, subject_id) = holder.subject();
    let deed = Deed {
        action: &format!("{subject_kind}.{what}"),
        subject_kind,
        subject_id,
        account_id: None,
        facts: json!({}),
    };
    Ok(store::audit::insert(tx, &deed)?)
}
