//! Why customers are called otherwise since a day, and why somebody else answers for an account. Rows are only added.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::domain::ids::{AccountId, CustomerId};
use crate::domain::money::Money;
use crate::domain::responsibility::{Consent, NameChangeKind, TakeoverReason};
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::schema::{customers, name_changes, responsibility_changes};

/// A change of a name.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = name_changes)]
pub struct NameChangeRow {
    /// Whose.
    pub customer_id: CustomerId,
    /// A correction, or a change by law.
    pub kind: NameChangeKind,
    /// What they were called.
    pub old_name: String,
    /// What they are called.
    pub new_name: String,
    /// First day of the new name.
    pub from_on: NaiveDate,
    /// Which document says so; may be empty for a correction.
    pub document: String,
    /// Who wrote it down.
    pub changed_by: String,
}

/// A change of a name on its way into the table.
#[derive(Debug, Clone)]
pub struct NewNameChange<'a> {
    /// Whose.
    pub customer: CustomerId,
    /// On which account it was said.
    pub account: AccountId,
    /// A correction, or a change by law.
    pub kind: NameChangeKind,
    /// What they were called, and what they are called now.
    pub names: (&'a str, &'a str),
    /// First day of the new name.
    pub from_on: NaiveDate,
    /// Which document says so.
    pub document: &'a str,
}

/// Somebody who took an account on.
#[derive(Debug, Clone, Queryable)]
pub struct TakeoverRow {
    /// Who answered for it before.
    pub from_id: CustomerId,
    /// Who does since.
    pub to_id: CustomerId,
    /// What whoever took it on is called.
    pub to_name: String,
    /// First day.
    pub from_on: NaiveDate,
    /// Why.
    pub reason: TakeoverReason,
    /// How they agreed.
    pub consent: Consent,
    /// What is known of it.
    pub words: String,
    /// What was owed and is theirs since.
    pub assumed: Money,
    /// Who wrote it down.
    pub recorded_by: String,
    /// When, in UTC.
    pub recorded_at: NaiveDateTime,
}

/// A takeover on its way into the table.
#[derive(Debug, Clone)]
pub struct NewTakeover<'a> {
    /// What makes it the same when it is sent again.
    pub request_key: &'a str,
    /// Which account.
    pub account: AccountId,
    /// Who answered for it, and who does from now on.
    pub of: (CustomerId, CustomerId),
    /// First day.
    pub from_on: NaiveDate,
    /// Why.
    pub reason: TakeoverReason,
    /// How they agreed.
    pub consent: Consent,
    /// What is known of it.
    pub words: &'a str,
    /// What was owed and is theirs from now on.
    pub assumed: Money,
}

/// Records a change of a name.
pub fn insert_name(tx: &mut Tx<'_>, new: &NewNameChange<'_>) -> Result<(), StoreError> {
    let stamp = tx.stamp;
    diesel::insert_into(name_changes::table)
        .values((
            name_changes::customer_id.eq(new.customer),
            name_changes::account_id.eq(new.account),
            name_changes::kind.eq(new.kind),
            name_changes::old_name.eq(new.names.0),
            name_changes::new_name.eq(new.names.1),
            name_changes::from_on.eq(new.from_on),
            name_changes::document.eq(new.document),
            name_changes::changed_by.eq(&stamp.by.name),
            name_changes::changed_at.eq(stamp.at),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Every change of the names of these customers, the latest first.
pub fn list_names(conn: &mut Conn, of: &[CustomerId]) -> Result<Vec<NameChangeRow>, StoreError> {
    Ok(name_changes::table
        .filter(name_changes::customer_id.eq_any(of))
        .order(name_changes::id.desc())
        .select(NameChangeRow::as_select())
        .load(conn)?)
}

/// Records that somebody took an account on.
pub fn insert_takeover(tx: &mut Tx<'_>, new: &NewTakeover<'_>) -> Result<(), StoreError> {
    let stamp = tx.stamp;
    diesel::insert_into(responsibility_changes::table)
        .values((
            responsibility_changes::request_key.eq(new.request_key),
            responsibility_changes::account_id.eq(new.account),
            responsibility_changes::from_id.eq(new.of.0),
            responsibility_changes::to_id.eq(new.of.1),
            responsibility_changes::from_on.eq(new.from_on),
            responsibility_changes::reason.eq(new.reason),
            responsibility_changes::consent.eq(new.consent),
            responsibility_changes::words.eq(new.words),
            responsibility_changes::assumed_cents.eq(new.assumed),
            responsibility_changes::recorded_by.eq(&stamp.by.name),
            responsibility_changes::recorded_at.eq(stamp.at),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// The account that was taken on under this key.
pub fn find_takeover(conn: &mut Conn, key: &str) -> Result<Option<AccountId>, StoreError> {
    Ok(responsibility_changes::table
        .filter(responsibility_changes::request_key.eq(key))
        .select(responsibility_changes::account_id)
        .first(conn)
        .optional()?)
}

/// Everybody who took an account on, the latest first.
pub fn list_takeovers(conn: &mut Conn, account: AccountId) -> Result<Vec<TakeoverRow>, StoreError> {
    Ok(responsibility_changes::table
        .inner_join(customers::table.on(customers::id.eq(responsibility_changes::to_id)))
        .filter(responsibility_changes::account_id.eq(account))
        .order(responsibility_changes::id.desc())
        .select((
            responsibility_changes::from_id,
            responsibility_changes::to_id,
            customers::name,
            responsibility_changes::from_on,
            responsibility_changes::reason,
            responsibility_changes::consent,
            responsibility_changes::words,
            responsibility_changes::assumed_cents,
            responsibility_changes::recorded_by,
            responsibility_changes::recorded_at,
        ))
        .load(conn)?)
}
