//! One-time tokens: stored as hashes, taken once. Instants here are the world's.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::domain::sessions::{TokenHash, TokenPurpose};
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::kept::KeptDsl;
use crate::store::schema::one_time_tokens;

/// Keeps a token for a subject. A code that is given out again counts anew.
pub fn insert(
    tx: &mut Tx<'_>,
    purpose: TokenPurpose,
    hash: &TokenHash,
    subject: &str,
    now: NaiveDateTime,
) -> Result<(), StoreError> {
    diesel::insert_into(one_time_tokens::table)
        .values((
            one_time_tokens::token_hash.eq(hash.as_str()),
            one_time_tokens::purpose.eq(purpose),
            one_time_tokens::subject.eq(subject),
            one_time_tokens::created_at.eq(now),
            one_time_tokens::ends_at.eq(now + purpose.lasts()),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// The subject of a token that would open now.
pub fn find(
    conn: &mut Conn,
    purpose: TokenPurpose,
    hash: &TokenHash,
    now: NaiveDateTime,
) -> Result<Option<String>, StoreError> {
    Ok(one_time_tokens::table
        .find(hash.as_str())
        .filter(one_time_tokens::purpose.eq(purpose))
        .filter(one_time_tokens::used_at.is_null())
        .filter(one_time_tokens::ends_at.gt(now))
        .select(one_time_tokens::subject)
        .first(conn)
        .optional()?)
}

/// Uses a token up and says what it opens. Of two that come at once, one gets it.
pub fn take(
    tx: &mut Tx<'_>,
    purpose: TokenPurpose,
    hash: &TokenHash,
    now: NaiveDateTime,
) -> Result<Option<String>, StoreError> {
    let taken = diesel::update(one_time_tokens::table.find(hash.as_str()))
        .filter(one_time_tokens::purpose.eq(purpose))
        .filter(one_time_tokens::used_at.is_null())
        .filter(one_time_tokens::ends_at.gt(now))
        .set(one_time_tokens::used_at.eq(now))
        .kept()
        .execute(tx.conn())?;
    if taken == 0 {
        return Ok(None);
    }
    Ok(Some(
        one_time_tokens::table
            .find(hash.as_str())
            .select(one_time_tokens::subject)
            .first(tx.conn())?,
    ))
}

/// Whether a token of this purpose was made for the subject after an instant.
pub fn is_any_since(
    conn: &mut Conn,
    purpose: TokenPurpose,
    subject: &str,
    instant: NaiveDateTime,
) -> Result<bool, StoreError> {
    let rows: i64 = one_time_tokens::table
        .filter(one_time_tokens::purpose.eq(purpose))
        .filter(one_time_tokens::subject.eq(subject))
        .filter(one_time_tokens::created_at.gt(instant))
        .count()
        .get_result(conn)?;
    Ok(rows > 0)
}

/// Makes every waiting token of a purpose and subject useless.
pub fn mark_void(
    tx: &mut Tx<'_>,
    purpose: TokenPurpose,
    subject: &str,
    now: NaiveDateTime,
) -> Result<(), StoreError> {
    diesel::update(one_time_tokens::table)
        .filter(one_time_tokens::purpose.eq(purpose))
        .filter(one_time_tokens::subject.eq(subject))
        .filter(one_time_tokens::used_at.is_null())
        .set(one_time_tokens::used_at.eq(now))
        .kept()
        .execute(tx.conn())?;
    Ok(())
}

/// Makes every waiting token of a purpose useless whose subject begins so.
pub fn mark_void_beginning(
    tx: &mut Tx<'_>,
    purpose: TokenPurpose,
    beginning: &str,
    now: NaiveDateTime,
) -> Result<(), StoreError> {
    diesel::update(one_time_tokens::table)
        .filter(one_time_tokens::purpose.eq(purpose))
        .filter(one_time_tokens::subject.like(format!("{beginning}%")))
        .filter(one_time_tokens::used_at.is_null())
        .set(one_time_tokens::used_at.eq(now))
        .kept()
        .execute(tx.conn())?;
    Ok(())
}

/// Makes every waiting token of a purpose useless whose subject ends so.
pub fn mark_void_ending(
    tx: &mut Tx<'_>,
    purpose: TokenPurpose,
    ending: &str,
    now: NaiveDateTime,
) -> Result<(), StoreError> {
    diesel::update(one_time_tokens::table)
        .filter(one_time_tokens::purpose.eq(purpose))
        .filter(one_time_tokens::subject.like(format!("%{ending}")))
        .filter(one_time_tokens::used_at.is_null())
        .set(one_time_tokens::used_at.eq(now))
        .kept()
        .execute(tx.conn())?;
    Ok(())
}

/// Removes tokens that ran out before an instant.
pub fn remove_before(tx: &mut Tx<'_>, instant: NaiveDateTime) -> Result<usize, StoreError> {
    let old = one_time_tokens::table.filter(one_time_tokens::ends_at.lt(instant));
    Ok(diesel::delete(old).execute(tx.conn())?)
}
