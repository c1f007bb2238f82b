//! The number that takes a login's texts: given with a yes in the very words shown, proved by a code, ended by its holder in any way.

use chrono::{NaiveDateTime, TimeDelta};
use serde_json::json;

use crate::domain::alerts::{Consent, masked_number};
use crate::domain::customers::Language;
use crate::domain::ids::LoginId;
use crate::domain::notice::{Channel, Notice};
use crate::domain::replies::{Reply, read_reply};
use crate::secrets::{Token, is_same};
use crate::store::audit::{self, Deed};
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::store::notices::{self, Addressee};
use crate::store::text_numbers;

/// How long a code opens.
const LASTS: TimeDelta = TimeDelta::minutes(15);

/// So many wrong codes end it.
const TRIES: i32 = 5;

/// Puts a number in the place of the login's present one and texts it a code. Instants are the world's.
///
/// # Errors
/// A fault of the store.
pub fn add_number(
    tx: &mut Tx<'_>,
    (login, language): (LoginId, Language),
    number: &str,
    (code, now): (&Token, NaiveDateTime),
) -> Result<(), StoreError> {
    let hash = code.hash_for(&subject(login, number));
    text_numbers::insert(tx, login, number, (&hash, now + LASTS))?;
    let to = Addressee {
        channel: Channel::Text,
        address: number.to_owned(),
        language,
        account_id: None,
        login_id: Some(login),
    };
    let notice = Notice::TextCode {
        code: code.reveal().to_owned(),
    };
    notices::put(tx, &to, &notice)?;
    record(tx, "text_number.given", login, number)
}

/// Takes the code: from now on the number takes texts, because its holder agreed to these words. Says whether the code opened; each
/// try is counted, and after some of them none opens.
///
/// # Errors
/// A fault of the store.
pub fn prove_number(
    tx: &mut Tx<'_>,
    login: LoginId,
    code: &Token,
    (words, now): (&str, NaiveDateTime),
) -> Result<bool, StoreError> {
    let Some(row) = text_numbers::find(tx, login)? else {
        return Ok(false);
    };
    if row.verified_at.is_some() || row.code_ends_at < now {
        return Ok(false);
    }
    // Counted before it is looked at, so that many at once get no more tries than one after the other.
    if !text_numbers::count_try(tx, row.id, TRIES)? {
        return Ok(false);
    }
    let hash = code.hash_for(&subject(login, &row.number));
    if !is_same(hash.as_str(), &row.code_hash) {
        return Ok(false);
    }
    text_numbers::mark_verified(tx, row.id)?;
    text_numbers::insert_consent(tx, &row.number, (Consent::Given, words), Some(login))?;
    record(tx, "text_number.proved", login, &row.number)?;
    Ok(true)
}

/// Lets a number that was proved elsewhere take the login's texts, because its holder agreed to these words; it takes the place of the one
/// before.
///
/// # Errors
/// A fault of the store.
pub(super) fn take_proved(
    tx: &mut Tx<'_>,
    login: LoginId,
    number: &str,
    words: &str,
) -> Result<(), StoreError> {
    text_numbers::insert_proved(tx, login, number)?;
    text_numbers::insert_consent(tx, number, (Consent::Given, words), Some(login))?;
    record(tx, "text_number.chosen", login, number)
}

/// Ends the login's number: no more texts go to it for this login. Its holder's yes stands while another login has the number.
///
/// # Errors
/// A fault of the store.
pub fn remove_number(tx: &mut Tx<'_>, login: LoginId, words: &str) -> Result<(), StoreError> {
    let Some(row) = text_numbers::find(tx, login)? else {
        return Ok(());
    };
    text_numbers::end(tx, login)?;
    if row.verified_at.is_some() && !text_numbers::is_proved_for_any(tx, &row.number)? {
        let said = (Consent::Withdrawn, words);
        text_numbers::insert_consent(tx, &row.number, said, Some(login))?;
    }
    record(tx, "text_number.removed", login, &row.number)
}

/// Takes what somebody texted us, and says what it means: a stop or a start stands from now on, kept in their own words.
///
/// # Errors
/// A fault of the store.
pub fn take_reply(tx: &mut Tx<'_>, number: &str, text: &str) -> Result<Reply, StoreError> {
    let reply = read_reply(text);
    let state = match reply {
        Reply::Stop => Consent::Withdrawn,
        Reply::Start => Consent::Given,
        Reply::Help | Reply::Out(_) | Reply::Other => return Ok(reply),
    };
    let words: String = text.chars().take(160).collect();
    text_numbers::insert_consent(tx, number, (state, &words), None)?;
    let deed = Deed {
        action: "text_number.answered",
        subject_kind: "text_number",
        subject_id: masked_number(number),
        account_id: None,
        facts: json!({ "consent": state }),
    };
    audit::insert(tx, &deed)?;
    Ok(reply)
}

fn subject(login: LoginId, number: &str) -> String {
    format!("text:{login}:{number}")
}

fn record(tx: &mut Tx<'_>, action: &str, login: LoginId, number: &str) -> Result<(), StoreError> {
    let deed = Deed {
        action,
        subject_kind: "login",
        subject_id: login.to_string(),
        account_id: None,
        facts: json!({ "number": masked_number(number) }),
    };
    audit::insert(tx, &deed)
}
