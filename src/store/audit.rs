//! Who did what: one row in the same transaction as the change. This file contains no update and no delete.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use diesel::sql_types::{BigInt, Bool, Nullable, Text, Timestamp};

use crate::domain::corrections::{CorrectionKind, REVERSED};
use crate::domain::ids::{AccountId, AccountNumber, RateScheduleId};
use crate::domain::money::Money;
use crate::domain::stamp::Actor;
use crate::store::bulk::insert_lent;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::kept::KeptDsl;
use crate::store::schema::{accounts, audit_rows};

/// The deeds of one account, and its bills as they were issued: a run leaves one row for the bills of many accounts.
const OF_ACCOUNT: &str = "SELECT at, actor_kind, actor_name, action, subject_kind, subject_id, account_number, facts FROM (
        SELECT * FROM (
            SELECT d.at AS at, d.id AS place, d.actor_kind AS actor_kind, d.actor_name AS actor_name, d.action AS action,
                   d.subject_kind AS subject_kind, d.subject_id AS subject_id,
                   (SELECT a.number FROM accounts a WHERE a.id = $1) AS account_number, d.facts AS facts
            FROM audit_rows d WHERE d.account_id = $1 AND d.action LIKE $2 ORDER BY d.id DESC LIMIT $3 + $4
        ) own
        UNION ALL
        SELECT d.at, d.id, d.actor_kind, d.actor_name, 'bill.issued', 'bill', b.number, (SELECT a.number FROM accounts a WHERE a.id = $1),
               '{\"cents\":' || CAST(b.total_cents AS TEXT) || ',\"from\":\"' || CAST(b.from_on AS TEXT)
                   || '\",\"until\":\"' || CAST(b.until_on AS TEXT) || '\"}'
        FROM (
            SELECT l.number, l.run_id, l.total_cents, l.from_on, l.until_on FROM bills l
            WHERE l.account_id = $1 AND l.issued_on IS NOT NULL AND l.run_id IS NOT NULL ORDER BY l.issued_on DESC, l.id DESC LIMIT $3 + $4
        ) b
        JOIN audit_rows d ON d.subject_kind = 'bill_run' AND d.subject_id = CAST(b.run_id AS TEXT) AND d.action = 'bill_run.issuing'
        WHERE 'bill.issued' LIKE $2
    ) trail ORDER BY place DESC, subject_id DESC LIMIT $3 OFFSET $4";

/// The same by a moment: what came later is left out before anything is counted.
fn of_account_by_moment() -> String {
    OF_ACCOUNT
        .replace("d.action LIKE $2", "d.at <= $2")
        .replace("'bill.issued' LIKE $2", "d.at <= $2")
        .replace(" ORDER BY l.issued_on DESC, l.id DESC LIMIT $3 + $4", "")
}

/// What was done, and to what.
#[derive(Debug, Clone)]
pub struct Deed<'a> {
    /// The verb, such as `payment.posted`.
    pub action: &'a str,
    /// The table's singular name.
    pub subject_kind: &'a str,
    /// The row id or number.
    pub subject_id: String,
    /// The account it belongs to, where it belongs to one.
    pub account_id: Option<AccountId>,
    /// What a reader needs to understand it later, as JSON; no personal data beyond names of rows.
    pub facts: serde_json::Value,
}

/// Records a deed of the transaction's acting person.
pub fn insert(tx: &mut Tx<'_>, deed: &Deed<'_>) -> Result<(), StoreError> {
    let stamp = tx.stamp;
    diesel::insert_into(audit_rows::table)
        .values((
            audit_rows::at.eq(stamp.at),
            audit_rows::on_date.eq(stamp.on),
            audit_rows::actor_kind.eq(stamp.by.kind.as_str()),
            audit_rows::actor_id.eq(stamp.by.id),
            audit_rows::actor_name.eq(&stamp.by.name),
            audit_rows::action.eq(deed.action),
            audit_rows::subject_kind.eq(deed.subject_kind),
            audit_rows::subject_id.eq(&deed.subject_id),
            audit_rows::account_id.eq(deed.account_id.map(|id| id.0)),
            audit_rows::facts.eq(deed.facts.to_string()),
            audit_rows::request_id.eq(&stamp.request_id),
        ))
        .execute(tx.conn())?;
    Ok(())
}

#[derive(Insertable)]
#[diesel(table_name = audit_rows, treat_none_as_default_value = false)]
struct NewRow<'a> {
    at: NaiveDateTime,
    on_date: NaiveDate,
    actor_kind: &'a str,
    actor_id: Option<i64>,
    actor_name: &'a str,
    action: &'a str,
    subject_kind: &'a str,
    subject_id: &'a str,
    account_id: Option<i64>,
    facts: String,
    request_id: Option<&'a str>,
}

/// Records deeds of the transaction's acting person, all in one statement.
pub fn insert_all(tx: &mut Tx<'_>, deeds: &[Deed<'_>]) -> Result<(), StoreError> {
    let stamp = tx.stamp;
    let rows: Vec<NewRow<'_>> = deeds
        .iter()
        .map(|deed| NewRow {
            at: stamp.at,
            on_date: stamp.on,
            actor_kind: stamp.by.kind.as_str(),
            actor_id: stamp.by.id,
            actor_name: &stamp.by.name,
            action: deed.action,
            subject_kind: deed.subject_kind,
            subject_id: &deed.subject_id,
            account_id: deed.account_id.map(|id| id.0),
            facts: deed.facts.to_string(),
            request_id: stamp.request_id.as_deref(),
        })
        .collect();
    insert_lent!(tx, audit_rows::table, rows.as_slice())
}

/// A deed done to a version of a rate schedule, and by whom: their row, where they have one, and their name.
#[derive(Debug, Clone, Queryable)]
pub struct RateDeed {
    /// The verb.
    pub action: String,
    /// Whose row.
    pub actor_id: Option<i64>,
    /// Their name then.
    pub actor_name: String,
}

/// What was done to a version of a rate schedule, in order.
pub fn list_of_rate(conn: &mut Conn, id: RateScheduleId) -> Result<Vec<RateDeed>, StoreError> {
    // The kind stands in the query itself: the index is of this kind alone.
    let is_rate = diesel::dsl::sql::<Bool>("subject_kind = 'rate_schedule'");
    Ok(audit_rows::table
        .filter(is_rate)
        .filter(audit_rows::subject_id.eq(id.to_string()))
        .order(audit_rows::id)
        .select((
            audit_rows::action,
            audit_rows::actor_id,
            audit_rows::actor_name,
        ))
        .load(conn)?)
}

/// Which rows to show.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// Only what belongs to this account.
    pub account: Option<AccountId>,
    /// Only deeds whose verb begins so; all when empty.
    pub action: String,
    /// How many.
    pub limit: i64,
    /// After how many.
    pub offset: i64,
}

/// A row of the trail.
#[derive(Debug, Clone, Queryable, QueryableByName)]
pub struct AuditRow {
    /// When, in UTC.
    #[diesel(sql_type = Timestamp)]
    pub at: NaiveDateTime,
    /// What kind of person or machine.
    #[diesel(sql_type = Text)]
    pub actor_kind: String,
    /// Its name.
    #[diesel(sql_type = Text)]
    pub actor_name: String,
    /// The verb.
    #[diesel(sql_type = Text)]
    pub action: String,
    /// The table's singular name.
    #[diesel(sql_type = Text)]
    pub subject_kind: String,
    /// The row.
    #[diesel(sql_type = Text)]
    pub subject_id: String,
    /// The account's number, where it belongs to one.
    #[diesel(sql_type = Nullable<Text>)]
    pub account_number: Option<AccountNumber>,
    /// What else was noted, as JSON.
    #[diesel(sql_type = Text)]
    pub facts: String,
}

/// The trail, newest first.
pub fn list(conn: &mut Conn, wanted: &Wanted) -> Result<Vec<AuditRow>, StoreError> {
    let verb = verb(&wanted.action);
    if let Some(account) = wanted.account {
        return Ok(diesel::sql_query(OF_ACCOUNT)
            .bind::<BigInt, _>(account.0)
            .bind::<Text, _>(format!("{verb}%"))
            .bind::<BigInt, _>(wanted.limit)
            .bind::<BigInt, _>(wanted.offset)
            .kept()
            .load(conn)?);
    }
    let mut query = audit_rows::table
        .left_join(accounts::table.on(audit_rows::account_id.eq(accounts::id.nullable())))
        .order(audit_rows::id.desc())
        .limit(wanted.limit)
        .offset(wanted.offset)
        .select((
            audit_rows::at,
            audit_rows::actor_kind,
            audit_rows::actor_name,
            audit_rows::action,
            audit_rows::subject_kind,
            audit_rows::subject_id,
            accounts::number.nullable(),
            audit_rows::facts,
        ))
        .into_boxed();
    if !wanted.action.is_empty() {
        query = query.filter(audit_rows::action.like(format!("{verb}%")));
    }
    Ok(query.load(conn)?)
}

/// What was done to an account by a moment, in UTC, newest first.
///
/// # Errors
/// Those of the database.
pub fn list_known(
    conn: &mut Conn,
    account: AccountId,
    known_by: NaiveDateTime,
    limit: i64,
) -> Result<Vec<AuditRow>, StoreError> {
    Ok(diesel::sql_query(of_account_by_moment())
        .bind::<BigInt, _>(account.0)
        .bind::<Timestamp, _>(known_by)
        .bind::<BigInt, _>(limit)
        .bind::<BigInt, _>(0_i64)
        .kept()
        .load(conn)?)
}

/// What was done to one thing of an account, in its order.
///
/// # Errors
/// Those of the database.
pub fn list_of_subject(
    conn: &mut Conn,
    account: AccountId,
    (kind, id): (&str, &str),
    limit: i64,
) -> Result<Vec<AuditRow>, StoreError> {
    Ok(audit_rows::table
        .left_join(accounts::table.on(audit_rows::account_id.eq(accounts::id.nullable())))
        .filter(audit_rows::account_id.eq(account.0))
        .filter(audit_rows::subject_kind.eq(kind))
        .filter(audit_rows::subject_id.eq(id))
        .order(audit_rows::id)
        .limit(limit)
        .select((
            audit_rows::at,
            audit_rows::actor_kind,
            audit_rows::actor_name,
            audit_rows::action,
            audit_rows::subject_kind,
            audit_rows::subject_id,
            accounts::number.nullable(),
            audit_rows::facts,
        ))
        .load(conn)?)
}

/// How much somebody decided on an account by one verb since a day, charged and given alike, with what they reversed of it; nothing for whoever has
/// no row of its own.
pub fn decided_since(
    conn: &mut Conn,
    by: &Actor,
    (account, action): (AccountId, &str),
    since: NaiveDate,
) -> Result<Money, StoreError> {
    let Some(id) = by.id else {
        return Ok(Money::ZERO);
    };
    let is_counted = audit_rows::action
        .eq(action)
        .or(audit_rows::action.eq(REVERSED));
    let deeds: Vec<(String, String)> = audit_rows::table
        .filter(audit_rows::account_id.eq(account.0))
        .filter(is_counted)
        .filter(audit_rows::actor_kind.eq(by.kind.as_str()))
        .filter(audit_rows::actor_id.eq(id))
        .filter(audit_rows::on_date.ge(since))
        .select((audit_rows::action, audit_rows::facts))
        .load(conn)?;
    let mut sum = Money::ZERO;
    for (verb, facts) in &deeds {
        let decided = decided(facts)?;
        if verb.as_str() == action || decided.was_by(action) {
            sum += decided.cents.abs();
        }
    }
    Ok(sum)
}

/// What of the facts of a deed counts toward a limit.
#[derive(serde::Deserialize)]
struct Decided {
    cents: Money,
    /// Of which kind what was reversed is.
    #[serde(default)]
    kind: Option<String>,
}

impl Decided {
    /// Whether what was reversed had been decided by a verb.
    fn was_by(&self, action: &str) -> bool {
        let kind = self.kind.as_deref().unwrap_or_default();
        let kind = kind.parse::<CorrectionKind>();
        kind.is_ok_and(|kind| kind.verb() == action)
    }
}

fn decided(facts: &str) -> Result<Decided, StoreError> {
    serde_json::from_str(facts)
        .map_err(|error| StoreError::Unreadable(format!("facts of a deed: {error}")))
}

/// A verb is plain words and dots; nothing else of what was typed is looked for.
fn verb(typed: &str) -> String {
    typed
        .chars()
        .filter(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '_'))
        .collect()
}
