//! How lists name an account: its number, its main customer and the place it serves. Three queries for any number of accounts.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::domain::accounts::{AccountClass, AccountRole, AccountStatus};
use crate::domain::ids::{AccountId, AccountNumber};
use crate::store::dated::role_on;
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::schema::{
    account_roles, accounts, customers, premises, service_agreements, service_points,
};

/// What a list says of an account.
#[derive(Debug, Clone)]
pub struct AccountLabel {
    /// Row id.
    pub id: AccountId,
    /// Printed number.
    pub number: AccountNumber,
    /// Class.
    pub class: AccountClass,
    /// Standing.
    pub status: AccountStatus,
    /// The main customer's name.
    pub name: String,
    /// The place that is served, or was last, in one line.
    pub address: String,
}

type PremiseLine = (
    AccountId,
    (NaiveDate, Option<NaiveDate>),
    String,
    Option<String>,
);

/// The labels of accounts, by id. An account without a customer or service has an empty name or address.
pub fn of_accounts(
    conn: &mut Conn,
    ids: &[AccountId],
    on: NaiveDate,
) -> Result<HashMap<AccountId, AccountLabel>, StoreError> {
    let heads: Vec<(AccountId, AccountNumber, AccountClass, AccountStatus)> = accounts::table
        .filter(accounts::id.eq_any(ids))
        .select((
            accounts::id,
            accounts::number,
            accounts::class,
            accounts::status,
        ))
        .load(conn)?;
    let names: HashMap<AccountId, String> = main_names(conn, ids, on)?.into_iter().collect();
    let mut places: Vec<PremiseLine> = service_agreements::table
        .inner_join(service_points::table.inner_join(premises::table))
        .filter(service_agreements::account_id.eq_any(ids))
        .filter(service_agreements::withdrawn_at.is_null())
        .order((service_agreements::from_on, service_agreements::id))
        .select((
            service_agreements::account_id,
            (service_agreements::from_on, service_agreements::until_on),
            premises::line_1,
            premises::unit,
        ))
        .load(conn)?;
    // The last of an account counts: what is served now before what ended, and that before what is to come.
    places
        .sort_by_key(|(_, (from, until), ..)| (*from <= on, until.is_none_or(|until| until > on)));
    let addresses: HashMap<AccountId, String> = places
        .into_iter()
        .map(|(id, _, line_1, unit)| (id, one_line(line_1, unit)))
        .collect();
    Ok(heads
        .into_iter()
        .map(|(id, number, class, status)| {
            let label = AccountLabel {
                id,
                number,
                class,
                status,
                name: names.get(&id).cloned().unwrap_or_default(),
                address: addresses.get(&id).cloned().unwrap_or_default(),
            };
            (id, label)
        })
        .collect())
}

/// Number and street with the apartment, where there is one.
#[must_use]
pub fn one_line(line_1: String, unit: Option<String>) -> String {
    match unit {
        Some(unit) => format!("{line_1} {unit}"),
        None => line_1,
    }
}

fn main_names(
    conn: &mut Conn,
    ids: &[AccountId],
    on: NaiveDate,
) -> Result<Vec<(AccountId, String)>, StoreError> {
    Ok(account_roles::table
        .inner_join(customers::table)
        .filter(account_roles::account_id.eq_any(ids))
        .filter(account_roles::role.eq(AccountRole::Main))
        .filter(role_on(on))
        .order(account_roles::id)
        .select((account_roles::account_id, customers::name))
        .load(conn)?)
}

/// The row id of the account with this printed number.
pub fn id_of(conn: &mut Conn, number: &AccountNumber) -> Result<Option<AccountId>, StoreError> {
    Ok(accounts::table
        .filter(accounts::number.eq(number))
        .select(accounts::id)
        .first(conn)
        .optional()?)
}
