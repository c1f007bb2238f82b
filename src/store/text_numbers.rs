//! Numbers that take texts: one to a login, proved by a code; and whose yes or no stands for each number. Consents are never changed: the
//! latest one counts.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::domain::alerts::Consent;
use crate::domain::customers::Language;
use crate::domain::ids::LoginId;
use crate::domain::sessions::TokenHash;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::ext::AmongMethods as _;
use crate::store::kept::KeptDsl;
use crate::store::schema::{logins, text_consents, text_numbers};

/// The present number of a login.
#[derive(Debug, Clone, Queryable)]
pub struct TextNumber {
    /// Row id.
    pub id: i64,
    /// The number, `+15550100142`.
    pub number: String,
    /// The hash of the code that proves it.
    pub code_hash: String,
    /// Until when the code opens, by the world's clock.
    pub code_ends_at: NaiveDateTime,
    /// How often a code was typed.
    pub tries: i32,
    /// Since when it is proved.
    pub verified_at: Option<NaiveDateTime>,
}

/// The present number of a login, proved or not.
pub fn find(conn: &mut Conn, login: LoginId) -> Result<Option<TextNumber>, StoreError> {
    Ok(text_numbers::table
        .filter(text_numbers::login_id.eq(login))
        .filter(text_numbers::ended_at.is_null())
        .select((
            text_numbers::id,
            text_numbers::number,
            text_numbers::code_hash,
            text_numbers::code_ends_at,
            text_numbers::tries,
            text_numbers::verified_at,
        ))
        .first(conn)
        .optional()?)
}

/// The proved numbers of these logins that may be texted. Two queries.
pub fn list_open(
    conn: &mut Conn,
    logins: &[LoginId],
) -> Result<HashMap<LoginId, String>, StoreError> {
    let rows: Vec<(LoginId, String)> = text_numbers::table
        .filter(text_numbers::login_id.among(logins))
        .filter(text_numbers::ended_at.is_null())
        .filter(text_numbers::verified_at.is_not_null())
        .select((text_numbers::login_id, text_numbers::number))
        .load(conn)?;
    let numbers: Vec<String> = rows.iter().map(|row| row.1.clone()).collect();
    let consents = list_consents(conn, &numbers)?;
    Ok(rows
        .into_iter()
        .filter(|(_, number)| consents.get(number) == Some(&Consent::Given))
        .collect())
}

/// What stands for each of these numbers.
pub fn list_consents(
    conn: &mut Conn,
    numbers: &[String],
) -> Result<HashMap<String, Consent>, StoreError> {
    let rows: Vec<(String, Consent)> = text_consents::table
        .filter(text_consents::number.among(numbers))
        .order(text_consents::id)
        .select((text_consents::number, text_consents::state))
        .load(conn)?;
    Ok(rows.into_iter().collect())
}

/// The numbers of these whose holders asked for no texts by a text of their own or at the carrier, and did not take that back.
pub fn list_stopped(conn: &mut Conn, numbers: &[String]) -> Result<HashSet<String>, StoreError> {
    let rows: Vec<(String, Consent, Option<LoginId>)> = text_consents::table
        .filter(text_consents::number.among(numbers))
        .order(text_consents::id)
        .select((
            text_consents::number,
            text_consents::state,
            text_consents::login_id,
        ))
        .load(conn)?;
    let mut stopped = HashSet::new();
    for (number, state, login) in rows {
        match (state, login) {
            (Consent::Withdrawn, None) => {
                stopped.insert(number);
            }
            // Taken away on a page: a word that was texted before stands.
            (Consent::Withdrawn, Some(_)) => {}
            (Consent::Given, _) => {
                stopped.remove(&number);
            }
        }
    }
    Ok(stopped)
}

/// Keeps a yes or a no, with the words it was said in.
pub fn insert_consent(
    tx: &mut Tx<'_>,
    number: &str,
    (state, words): (Consent, &str),
    login: Option<LoginId>,
) -> Result<(), StoreError> {
    let (at, on) = (tx.stamp.at, tx.stamp.on);
    diesel::insert_into(text_consents::table)
        .values((
            text_consents::number.eq(number),
            text_consents::state.eq(state),
            text_consents::words.eq(words),
            text_consents::login_id.eq(login),
            text_consents::at.eq(at),
            text_consents::on_date.eq(on),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// A number of a login that is still to be proved; it takes the place of the one before.
pub fn insert(
    tx: &mut Tx<'_>,
    login: LoginId,
    number: &str,
    (code, ends_at): (&TokenHash, NaiveDateTime),
) -> Result<(), StoreError> {
    end(tx, login)?;
    let at = tx.stamp.at;
    diesel::insert_into(text_numbers::table)
        .values((
            text_numbers::login_id.eq(login),
            text_numbers::number.eq(number),
            text_numbers::code_hash.eq(code.as_str()),
            text_numbers::code_ends_at.eq(ends_at),
            text_numbers::tries.eq(0),
            text_numbers::added_at.eq(at),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// A number of a login that was proved elsewhere; it takes the place of the one before.
pub fn insert_proved(tx: &mut Tx<'_>, login: LoginId, number: &str) -> Result<(), StoreError> {
    end(tx, login)?;
    let at = tx.stamp.at;
    diesel::insert_into(text_numbers::table)
        .values((
            text_numbers::login_id.eq(login),
            text_numbers::number.eq(number),
            // No code proves it here, so that none opens it.
            text_numbers::code_hash.eq(""),
            text_numbers::code_ends_at.eq(at),
            text_numbers::tries.eq(0),
            text_numbers::added_at.eq(at),
            text_numbers::verified_at.eq(at),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Counts a try at a code, while there are fewer than so many. Says whether it counts.
pub fn count_try(tx: &mut Tx<'_>, id: i64, most: i32) -> Result<bool, StoreError> {
    let counted = diesel::update(text_numbers::table.find(id))
        .filter(text_numbers::tries.lt(most))
        .set(text_numbers::tries.eq(text_numbers::tries + 1))
        .kept()
        .execute(tx.conn())?;
    Ok(counted == 1)
}

/// Whether any login has the number, proved.
pub fn is_proved_for_any(conn: &mut Conn, number: &str) -> Result<bool, StoreError> {
    let proved: i64 = text_numbers::table
        .filter(text_numbers::number.eq(number))
        .filter(text_numbers::verified_at.is_not_null())
        .filter(text_numbers::ended_at.is_null())
        .count()
        .get_result(conn)?;
    Ok(proved > 0)
}

/// Who proved the number last and still has it, with their language.
pub fn find_holder(
    conn: &mut Conn,
    number: &str,
) -> Result<Option<(LoginId, Language)>, StoreError> {
    Ok(text_numbers::table
        .inner_join(logins::table)
        .filter(text_numbers::number.eq(number))
        .filter(text_numbers::verified_at.is_not_null())
        .filter(text_numbers::ended_at.is_null())
        .order(text_numbers::verified_at.desc())
        .select((logins::id, logins::language))
        .first(conn)
        .optional()?)
}

/// Notes that a number is proved.
pub fn mark_verified(tx: &mut Tx<'_>, id: i64) -> Result<(), StoreError> {
    let at = tx.stamp.at;
    diesel::update(text_numbers::table.find(id))
        .set(text_numbers::verified_at.eq(at))
        .kept()
        .execute(tx.conn())?;
    Ok(())
}

/// Ends the present number of a login. Says whether there was one.
pub fn end(tx: &mut Tx<'_>, login: LoginId) -> Result<bool, StoreError> {
    let at = tx.stamp.at;
    let ended = diesel::update(text_numbers::table)
        .filter(text_numbers::login_id.eq(login))
        .filter(text_numbers::ended_at.is_null())
        .set(text_numbers::ended_at.eq(at))
        .kept()
        .execute(tx.conn())?;
    Ok(ended > 0)
}
