//! Who did what: one row in the same transaction as the change. This file contains no update and no delete.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::domain::ids::{AccountId, AccountNumber};
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::schema::{accounts, audit_rows};

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

/// Which rows to show.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// Only what belongs to this account.
    pub account: Option<AccountNumber>,
    /// Only deeds whose verb begins so; all when empty.
    pub action: String,
    /// How many.
    pub limit: i64,
    /// After how many.
    pub offset: i64,
}

/// A row of the trail.
#[derive(Debug, Clone, Queryable)]
pub struct AuditRow {
    /// When, in UTC.
    pub at: NaiveDateTime,
    /// What kind of person or machine.
    pub actor_kind: String,
    /// Its name.
    pub actor_name: String,
    /// The verb.
    pub action: String,
    /// The table's singular name.
    pub subject_kind: String,
    /// The row.
    pub subject_id: String,
    /// The account's number, where it belongs to one.
    pub account_number: Option<AccountNumber>,
    /// What else was noted, as JSON.
    pub facts: String,
}

/// The trail, newest first.
pub fn list(conn: &mut Conn, wanted: &Wanted) -> Result<Vec<AuditRow>, StoreError> {
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
    if let Some(number) = &wanted.account {
        query = query.filter(accounts::number.eq(number.as_str()));
    }
    if !wanted.action.is_empty() {
        // Verbs are plain words and dots; anything else finds nothing.
        let verb: String = wanted
            .action
            .chars()
            .filter(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '_'))
            .collect();
        query = query.filter(audit_rows::action.like(format!("{verb}%")));
    }
    Ok(query.load(conn)?)
}
