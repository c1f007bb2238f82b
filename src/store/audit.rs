//! Who did what: one row in the same transaction as the change. This file contains no update and no delete.

use diesel::prelude::*;

use crate::domain::ids::AccountId;
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::store::schema::audit_rows;

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
