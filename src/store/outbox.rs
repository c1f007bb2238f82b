//! Notices on their way out: what is due on a channel, mails of one person that become one, and what is heard of a notice after it left.

use chrono::NaiveDateTime;
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Text, Timestamp};

use crate::domain::customers::Language;
use crate::domain::ids::{AccountId, AccountNumber, BillId, LoginId, NoticeId};
use crate::domain::notice::{Channel, NoticeState};
use crate::store::any::native;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::ext::{AmongMethods as _, literal};
use crate::store::kept::KeptDsl;
use crate::store::notices::is_queued;
use crate::store::schema::{accounts, notices};
use crate::store::work_marks::unanswered;

/// A notice that left, as answers to it find it.
#[derive(Debug, Clone, Queryable)]
pub struct Left {
    /// The row.
    pub id: NoticeId,
    /// What was told.
    pub kind: String,
    /// The account.
    pub account_id: Option<AccountId>,
    /// The login.
    pub login_id: Option<LoginId>,
    /// How it traveled.
    pub channel: Channel,
    /// The address.
    pub recipient: String,
    /// Where it stands.
    pub state: NoticeState,
    /// The facts, as JSON.
    pub facts: String,
}

type LeftColumns = (
    notices::id,
    notices::kind,
    notices::account_id,
    notices::login_id,
    notices::channel,
    notices::recipient,
    notices::state,
    notices::facts,
);

const LEFT: LeftColumns = (
    notices::id,
    notices::kind,
    notices::account_id,
    notices::login_id,
    notices::channel,
    notices::recipient,
    notices::state,
    notices::facts,
);

/// How many notices of a channel stand at a state.
pub fn count(conn: &mut Conn, channel: Channel, state: NoticeState) -> Result<i64, StoreError> {
    Ok(notices::table
        .filter(notices::channel.eq(channel))
        .filter(notices::state.eq(literal(state.as_str())))
        .count()
        .get_result(conn)?)
}

/// One notice.
pub fn find(conn: &mut Conn, id: NoticeId) -> Result<Option<Left>, StoreError> {
    Ok(notices::table
        .find(id)
        .select(LEFT)
        .first(conn)
        .optional()?)
}

/// The language in which a notice is written.
pub fn find_language(conn: &mut Conn, id: NoticeId) -> Result<Option<Language>, StoreError> {
    Ok(notices::table
        .find(id)
        .select(notices::language)
        .first(conn)
        .optional()?)
}

/// One notice, and when it was put in the outbox.
pub fn find_dated(
    conn: &mut Conn,
    id: NoticeId,
) -> Result<Option<(Left, NaiveDateTime)>, StoreError> {
    Ok(notices::table
        .find(id)
        .select((LEFT, notices::created_at))
        .first(conn)
        .optional()?)
}

/// The text that the carrier knows by this name.
pub fn find_by_provider(conn: &mut Conn, id: &str) -> Result<Option<Left>, StoreError> {
    Ok(notices::table
        .filter(notices::provider_id.eq(id))
        .select(LEFT)
        .first(conn)
        .optional()?)
}

/// A notice that did not arrive, as whoever looks for another way reads it.
#[derive(Debug, Clone, Queryable)]
pub struct Lost {
    /// The row.
    pub id: NoticeId,
    /// What it was told of, where the same is told once.
    pub source_key: Option<String>,
    /// The account.
    pub account_id: Option<AccountId>,
    /// The login.
    pub login_id: Option<LoginId>,
    /// The language it was written in.
    pub language: Language,
    /// The facts, as JSON.
    pub facts: String,
}

/// Those of these that were told once of something, in their order.
pub fn list_lost(conn: &mut Conn, ids: &[NoticeId]) -> Result<Vec<Lost>, StoreError> {
    Ok(notices::table
        .filter(notices::id.among(ids))
        .filter(notices::source_key.is_not_null())
        .order(notices::id)
        .select((
            notices::id,
            notices::source_key,
            notices::account_id,
            notices::login_id,
            notices::language,
            notices::facts,
        ))
        .load(conn)?)
}

/// A notice of an account, and how far it came.
#[derive(Debug, Clone, Queryable)]
pub struct Newest {
    /// The login it is for; none for the customer's own address and for letters.
    pub login_id: Option<LoginId>,
    /// How it travels.
    pub channel: Channel,
    /// Where it stands.
    pub state: NoticeState,
    /// How often it was not taken.
    pub attempts: i32,
    /// When it left, in UTC.
    pub sent_at: Option<NaiveDateTime>,
    /// The facts, as JSON.
    pub facts: String,
}

/// The newest notices of one kind to an account, newest first.
pub fn list_newest(
    conn: &mut Conn,
    account: AccountId,
    kind: &str,
    limit: i64,
) -> Result<Vec<Newest>, StoreError> {
    Ok(notices::table
        .filter(notices::account_id.eq(account))
        .filter(notices::kind.eq(kind))
        .order(notices::id.desc())
        .limit(limit)
        .select((
            notices::login_id,
            notices::channel,
            notices::state,
            notices::attempts,
            notices::sent_at,
            notices::facts,
        ))
        .load(conn)?)
}

/// The notices that one mail carried.
pub fn list_of_digest(conn: &mut Conn, id: NoticeId) -> Result<Vec<Left>, StoreError> {
    Ok(notices::table
        .filter(notices::digest_id.eq(id.0))
        .order(notices::id)
        .select(LEFT)
        .load(conn)?)
}

/// The bills that a mail delivers: the outbox names the notice that is a bill's delivery `bill:` and its row. Of a mail that carries others,
/// theirs.
pub fn list_bills(conn: &mut Conn, ids: &[NoticeId]) -> Result<Vec<BillId>, StoreError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let carried: Vec<i64> = ids.iter().map(|id| id.0).collect();
    let keys: Vec<Option<String>> = notices::table
        .filter(
            notices::id
                .among(ids)
                .or(notices::digest_id.eq_any(carried)),
        )
        .filter(notices::source_key.like("bill:%"))
        .order(notices::id)
        .select(notices::source_key)
        .load(conn)?;
    let bill = |key: Option<String>| key?.strip_prefix("bill:")?.parse().ok();
    Ok(keys.into_iter().filter_map(bill).collect())
}

/// Somebody to whom more mails wait than may come at once.
#[derive(Debug, Clone, QueryableByName)]
pub struct Flood {
    /// The address.
    #[diesel(sql_type = Text)]
    pub recipient: String,
    /// The language.
    #[diesel(sql_type = Text)]
    pub language: String,
    /// How many of them are among the mails that leave next.
    #[diesel(sql_type = BigInt)]
    pub next: i64,
}

/// Of those to whom the next so many due mails go: to whom more than a number of these kinds are due. The kinds are our own words.
pub fn list_floods(
    conn: &mut Conn,
    (kinds, most): (&[&str], i64),
    now: NaiveDateTime,
    limit: i64,
) -> Result<Vec<Flood>, StoreError> {
    let list = kinds.join("', '");
    let waits = "state = 'queued' AND channel = 'email' AND digest_id IS NULL AND next_at <= $1";
    let sql = format!(
        "WITH leaving AS (SELECT id, recipient FROM notices WHERE {waits} ORDER BY next_at, id LIMIT $2) \
         SELECT recipient, language, \
                CAST(SUM(CASE WHEN id IN (SELECT id FROM leaving) THEN 1 ELSE 0 END) AS BIGINT) AS next \
         FROM notices \
         WHERE {waits} AND attempts = 0 AND kind IN ('{list}') AND recipient IN (SELECT recipient FROM leaving) \
         GROUP BY recipient, language HAVING COUNT(*) > $3 ORDER BY recipient, language"
    );
    Ok(native!(conn, |c| diesel::sql_query(sql)
        .bind::<Timestamp, _>(now)
        .bind::<BigInt, _>(limit)
        .bind::<BigInt, _>(most)
        .kept()
        .load(c))?)
}

/// The due mails of these kinds to somebody, oldest first, that no other mail carries yet.
pub fn list_flood(
    conn: &mut Conn,
    kinds: &[&str],
    now: NaiveDateTime,
    flood: &Flood,
) -> Result<Vec<Left>, StoreError> {
    Ok(notices::table
        .filter(is_queued())
        .filter(notices::channel.eq(Channel::Email))
        .filter(notices::attempts.eq(0))
        .filter(notices::digest_id.is_null())
        .filter(notices::next_at.le(now))
        .filter(notices::kind.among(kinds))
        .filter(notices::recipient.eq(&flood.recipient))
        .filter(notices::language.eq(&flood.language))
        .order(notices::id)
        .select(LEFT)
        .load(conn)?)
}

/// Lets one mail carry others: they no longer go out by themselves.
///
/// # Errors
/// `Conflict` when another sender took one of them meanwhile.
pub fn put_in_digest(
    tx: &mut Tx<'_>,
    ids: &[NoticeId],
    digest: NoticeId,
) -> Result<(), StoreError> {
    let now = tx.stamp.at;
    let put = diesel::update(notices::table.filter(notices::id.among(ids)))
        .filter(notices::digest_id.is_null())
        .filter(notices::next_at.le(now))
        .set(notices::digest_id.eq(digest.0))
        .execute(tx.conn())?;
    if put == ids.len() {
        Ok(())
    } else {
        Err(StoreError::Conflict("notices_in_one_digest".to_owned()))
    }
}

/// Keeps the name by which the carrier knows a text.
pub fn mark_provider(tx: &mut Tx<'_>, id: NoticeId, provider: &str) -> Result<(), StoreError> {
    diesel::update(notices::table.find(id))
        .set(notices::provider_id.eq(provider))
        .kept()
        .execute(tx.conn())?;
    Ok(())
}

/// Notes that a notice arrived. Says whether that is new.
pub fn mark_delivered(tx: &mut Tx<'_>, id: NoticeId) -> Result<bool, StoreError> {
    let at = tx.stamp.at;
    let changed = diesel::update(notices::table.find(id))
        .filter(notices::state.eq(literal(NoticeState::Sent.as_str())))
        .filter(notices::delivered_at.is_null())
        .set(notices::delivered_at.eq(at))
        .kept()
        .execute(tx.conn())?;
    Ok(changed == 1)
}

/// Notes that a notice which left, or is just leaving, did not arrive, and with it those that it carried. Says whether that is new.
pub fn mark_come_back(tx: &mut Tx<'_>, id: NoticeId, why: &str) -> Result<bool, StoreError> {
    let come_back = (
        notices::state.eq(NoticeState::Failed),
        notices::error.eq(why),
    );
    let changed = diesel::update(notices::table.find(id))
        .filter(notices::state.ne(NoticeState::Failed))
        .set(come_back)
        .kept()
        .execute(tx.conn())?;
    if changed == 1 {
        diesel::update(notices::table.filter(notices::digest_id.eq(id.0)))
            .set(come_back)
            .kept()
            .execute(tx.conn())?;
    }
    Ok(changed == 1)
}

/// A notice as the office reads it.
#[derive(Debug, Clone, Queryable)]
pub struct Told {
    /// The row.
    pub id: NoticeId,
    /// What was told.
    pub kind: String,
    /// The account's printed number.
    pub account: Option<AccountNumber>,
    /// How it travels.
    pub channel: Channel,
    /// The address.
    pub recipient: String,
    /// Where it stands.
    pub state: NoticeState,
    /// When it was put in the outbox, in UTC.
    pub created_at: NaiveDateTime,
    /// When it left, in UTC.
    pub sent_at: Option<NaiveDateTime>,
    /// When it arrived, as far as anybody told us, in UTC.
    pub delivered_at: Option<NaiveDateTime>,
    /// Its subject, once it was written out.
    pub subject: Option<String>,
    /// The exact words that went out.
    pub body: Option<String>,
    /// Why it failed.
    pub error: Option<String>,
    /// The mail that carried it with others.
    pub digest: Option<i64>,
}

type ToldColumns = (
    notices::id,
    notices::kind,
    diesel::dsl::Nullable<accounts::number>,
    notices::channel,
    notices::recipient,
    notices::state,
    notices::created_at,
    notices::sent_at,
    notices::delivered_at,
    notices::subject,
    notices::body,
    notices::error,
    notices::digest_id,
);

fn told_columns() -> ToldColumns {
    (
        notices::id,
        notices::kind,
        accounts::number.nullable(),
        notices::channel,
        notices::recipient,
        notices::state,
        notices::created_at,
        notices::sent_at,
        notices::delivered_at,
        notices::subject,
        notices::body,
        notices::error,
        notices::digest_id,
    )
}

/// Notices in one state or all, newest first.
pub fn list_told(
    conn: &mut Conn,
    (state, is_unanswered): (Option<NoticeState>, bool),
    (limit, offset): (i64, i64),
) -> Result<Vec<Told>, StoreError> {
    let all = notices::table
        .left_join(accounts::table)
        .order(notices::id.desc())
        .limit(limit)
        .offset(offset)
        .select(told_columns());
    Ok(match (state, is_unanswered) {
        (Some(state), true) => all
            .filter(notices::state.eq(literal(state.as_str())))
            .filter(sql::<Bool>(UNANSWERED))
            .kept()
            .load(conn)?,
        (Some(state), false) => all
            .filter(notices::state.eq(literal(state.as_str())))
            .load(conn)?,
        (None, _) => all.load(conn)?,
    })
}

/// That nobody has answered for a notice that failed.
const UNANSWERED: &str = unanswered!("failed_notice", "notices.id");

/// One notice in its exact words.
pub fn find_told(conn: &mut Conn, id: NoticeId) -> Result<Option<Told>, StoreError> {
    Ok(notices::table
        .left_join(accounts::table)
        .filter(notices::id.eq(id))
        .select(told_columns())
        .first(conn)
        .optional()?)
}
