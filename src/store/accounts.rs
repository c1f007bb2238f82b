//! Accounts, the people on them, and their history of standing.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::domain::accounts::{AccountClass, AccountRole, AccountStatus};
use crate::domain::customers::Language;
use crate::domain::ids::{AccountId, AccountNumber, CustomerId, CycleId, PremiseId};
use crate::domain::period::Period;
use crate::store::bulk::insert_all;
use crate::store::dated::{has_left, is_with};
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::ext::AmongMethods as _;
use crate::store::kept::KeptDsl;
use crate::store::schema::{account_roles, account_statuses, accounts};

/// An account as it stands.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = accounts, treat_none_as_default_value = false)]
pub struct AccountRow {
    /// Row id.
    pub id: AccountId,
    /// Printed number.
    pub number: AccountNumber,
    /// Class.
    pub class: AccountClass,
    /// Standing.
    pub status: AccountStatus,
    /// The cycle that bills it.
    pub cycle_id: CycleId,
    /// Language of its bills.
    pub language: Language,
    /// Whether bills go out on paper.
    pub paper: bool,
    /// Whether bills go out by e-mail.
    pub email: bool,
    /// First day.
    pub opened_on: NaiveDate,
    /// First day after its end.
    pub closed_on: Option<NaiveDate>,
}

/// One step of an account's standing.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = account_statuses, treat_none_as_default_value = false)]
pub struct AccountStatusRow {
    /// The account.
    pub account_id: AccountId,
    /// The new standing.
    pub status: AccountStatus,
    /// From this day.
    pub from_on: NaiveDate,
    /// Recorded at.
    pub at: NaiveDateTime,
}

/// A customer's part on an account.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = account_roles, treat_none_as_default_value = false)]
pub struct NewAccountRole {
    /// The account.
    pub account_id: AccountId,
    /// The customer.
    pub customer_id: CustomerId,
    /// What the customer is to it.
    pub role: AccountRole,
    /// First day.
    pub from_on: NaiveDate,
    /// First day after its end.
    pub until_on: Option<NaiveDate>,
    /// Which place a landlord rents out.
    pub premise_id: Option<PremiseId>,
}

/// Records new accounts.
pub fn insert_all_rows(tx: &mut Tx<'_>, rows: &[AccountRow]) -> Result<(), StoreError> {
    let statuses: Vec<AccountStatusRow> = rows
        .iter()
        .map(|row| AccountStatusRow {
            account_id: row.id,
            status: row.status,
            from_on: row.opened_on,
            at: tx.stamp.at,
        })
        .collect();
    insert_all!(tx, accounts::table, rows)?;
    insert_all!(tx, account_statuses::table, statuses.as_slice())
}

/// Records who is what on which account.
pub fn insert_roles(tx: &mut Tx<'_>, rows: &[NewAccountRole]) -> Result<(), StoreError> {
    insert_all!(tx, account_roles::table, rows)
}

/// The account with this printed number.
pub fn find_by_number(
    conn: &mut Conn,
    number: &AccountNumber,
) -> Result<Option<AccountRow>, StoreError> {
    Ok(accounts::table
        .filter(accounts::number.eq(number))
        .select(AccountRow::as_select())
        .first(conn)
        .optional()?)
}

/// The account, which must exist.
pub fn get(conn: &mut Conn, id: AccountId) -> Result<AccountRow, StoreError> {
    accounts::table
        .find(id)
        .select(AccountRow::as_select())
        .first(conn)
        .optional()?
        .ok_or(StoreError::Missing("account"))
}

/// The numbers of these accounts, in their order.
pub fn list_numbers(conn: &mut Conn, ids: &[AccountId]) -> Result<Vec<AccountNumber>, StoreError> {
    Ok(accounts::table
        .filter(accounts::id.among(ids))
        .order(accounts::number)
        .select(accounts::number)
        .load(conn)?)
}

/// These accounts, in the order of their ids.
pub fn list_some(conn: &mut Conn, ids: &[AccountId]) -> Result<Vec<AccountRow>, StoreError> {
    Ok(accounts::table
        .filter(accounts::id.among(ids))
        .order(accounts::id)
        .select(AccountRow::as_select())
        .load(conn)?)
}

/// The next part of the accounts that a cycle bills in a period, in the order of their ids, after the cursor: those that are with it, and those
/// that left it within the period or later. Two queries.
pub fn list_of_cycle(
    conn: &mut Conn,
    (cycle, period): (CycleId, Period),
    after: AccountId,
    limit: i64,
) -> Result<Vec<AccountRow>, StoreError> {
    let mut found: Vec<AccountRow> = accounts::table
        .filter(accounts::id.gt(after))
        .filter(is_with!(cycle, period.until))
        .order(accounts::id)
        .limit(limit)
        .select(AccountRow::as_select())
        .load(conn)?;
    let left: Vec<AccountRow> = accounts::table
        .filter(accounts::id.gt(after))
        .filter(has_left!(cycle, period.from))
        .order(accounts::id)
        .limit(limit)
        .select(AccountRow::as_select())
        .load(conn)?;
    found.extend(left);
    found.sort_by_key(|row| row.id);
    found.dedup_by_key(|row| row.id);
    found.truncate(usize::try_from(limit).unwrap_or_default());
    Ok(found)
}

/// How many accounts there are.
pub fn count(conn: &mut Conn) -> Result<i64, StoreError> {
    Ok(accounts::table.count().get_result(conn)?)
}

/// How many accounts a cycle bills in a period.
pub fn count_of_cycle(conn: &mut Conn, cycle: CycleId, period: Period) -> Result<i64, StoreError> {
    let present: i64 = accounts::table
        .filter(is_with!(cycle, period.until))
        .count()
        .get_result(conn)?;
    let left: i64 = accounts::table
        .filter(has_left!(cycle, period.from))
        .filter(accounts::cycle_id.ne(cycle))
        .count()
        .get_result(conn)?;
    Ok(present + left)
}

/// Changes the language of an account's bills, and the way they go out: on paper, by e-mail.
pub fn mark_settings(
    tx: &mut Tx<'_>,
    id: AccountId,
    (language, paper, email): (Language, bool, bool),
) -> Result<(), StoreError> {
    diesel::update(accounts::table.find(id))
        .set((
            accounts::language.eq(language),
            accounts::paper.eq(paper),
            accounts::email.eq(email),
        ))
        .kept()
        .execute(tx.conn())?;
    Ok(())
}

/// The steps of an account's standing, the latest first.
pub fn list_statuses(conn: &mut Conn, id: AccountId) -> Result<Vec<AccountStatusRow>, StoreError> {
    Ok(account_statuses::table
        .filter(account_statuses::account_id.eq(id))
        .order(account_statuses::at.desc())
        .select(AccountStatusRow::as_select())
        .load(conn)?)
}

/// The day of an account's last move to another standing; nothing where it never moved.
pub fn last_moved_on(conn: &mut Conn, id: AccountId) -> Result<Option<NaiveDate>, StoreError> {
    Ok(account_statuses::table
        .filter(account_statuses::account_id.eq(id))
        .select(diesel::dsl::max(account_statuses::from_on))
        .first(conn)?)
}

/// Moves an account to another standing and keeps the step.
pub fn mark_status(
    tx: &mut Tx<'_>,
    id: AccountId,
    status: AccountStatus,
    from_on: NaiveDate,
) -> Result<(), StoreError> {
    let closed_on =
        matches!(status, AccountStatus::Closed | AccountStatus::WrittenOff).then_some(from_on);
    let at = tx.stamp.at;
    diesel::update(accounts::table.find(id))
        .set((
            accounts::status.eq(status),
            accounts::closed_on.eq(closed_on),
        ))
        .kept()
        .execute(tx.conn())?;
    diesel::insert_into(account_statuses::table)
        .values(AccountStatusRow {
            account_id: id,
            status,
            from_on,
            at,
        })
        .execute(tx.conn())?;
    Ok(())
}
