//! Customers and how to reach them.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::domain::accounts::AccountRole;
use crate::domain::customers::{ContactKind, CustomerKind, Language};
use crate::domain::ids::{AccountId, AccountNumber, CustomerId};
use crate::store::bulk::insert_all;
use crate::store::dated::role_on;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::schema::{account_roles, accounts, contact_points, customers};

/// A person or organization.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = customers, treat_none_as_default_value = false)]
pub struct CustomerRow {
    /// Row id.
    pub id: CustomerId,
    /// Person or organization.
    pub kind: CustomerKind,
    /// The full name.
    pub name: String,
    /// What a letter begins with.
    pub given_name: Option<String>,
    /// The language they read.
    pub language: Language,
    /// Where paper goes when not to the premise.
    pub mailing_address: Option<String>,
    /// Recorded at.
    pub created_at: NaiveDateTime,
}

/// A way to reach a customer.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = contact_points, treat_none_as_default_value = false)]
pub struct NewContactPoint {
    /// Whose.
    pub customer_id: CustomerId,
    /// E-mail or phone.
    pub kind: ContactKind,
    /// As written.
    pub value: String,
    /// As searched for.
    pub search_value: String,
    /// Proven at.
    pub verified_at: Option<NaiveDateTime>,
    /// First day.
    pub from_on: NaiveDate,
    /// First day after its end.
    pub until_on: Option<NaiveDate>,
}

/// Records customers.
pub fn insert_all_rows(tx: &mut Tx<'_>, rows: &[CustomerRow]) -> Result<(), StoreError> {
    insert_all!(tx, customers::table, rows)
}

/// Records ways to reach customers.
pub fn insert_contact_points(tx: &mut Tx<'_>, rows: &[NewContactPoint]) -> Result<(), StoreError> {
    insert_all!(tx, contact_points::table, rows)
}

/// The customers with a part on an account on a day, the main one first.
pub fn list_of_account(
    conn: &mut Conn,
    account: AccountId,
    on: NaiveDate,
) -> Result<Vec<(AccountRole, CustomerRow)>, StoreError> {
    let mut rows: Vec<(AccountRole, CustomerRow)> = account_roles::table
        .inner_join(customers::table)
        .filter(account_roles::account_id.eq(account))
        .filter(role_on(on))
        .order(account_roles::id)
        .select((account_roles::role, CustomerRow::as_select()))
        .load(conn)?;
    rows.sort_by_key(|(role, _)| *role);
    Ok(rows)
}

/// The customers that the bills of these accounts are addressed to on a day, each with one of the accounts' numbers, by name.
pub fn list_mains(
    conn: &mut Conn,
    ids: &[AccountId],
    on: NaiveDate,
) -> Result<Vec<(CustomerRow, AccountNumber)>, StoreError> {
    let mut rows: Vec<(CustomerRow, AccountNumber)> = account_roles::table
        .inner_join(customers::table)
        .inner_join(accounts::table)
        .filter(account_roles::account_id.eq_any(ids))
        .filter(account_roles::role.eq(AccountRole::Main))
        .filter(role_on(on))
        .order((customers::name, customers::id, accounts::number))
        .select((CustomerRow::as_select(), accounts::number))
        .load(conn)?;
    rows.dedup_by_key(|(customer, _)| customer.id);
    Ok(rows)
}
