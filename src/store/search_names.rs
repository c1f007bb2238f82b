//! Every name by which an account is found: of whoever has a part on it, what they were called before, and what a customer was called who
//! became one with them. A fixed number of queries for any number of accounts, and one more for each merge upon a merge.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::domain::ids::{AccountId, CustomerId};
use crate::domain::setup::OwnKind;
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::own_numbers;
use crate::store::schema::{account_roles, customer_history, customers};

/// The names of accounts, and the numbers by which earlier books knew their customers.
pub(super) struct Named {
    /// Names, present and former.
    pub names: Vec<(AccountId, String)>,
    /// Customers' numbers of the utility's own.
    pub numbers: Vec<(AccountId, String)>,
}

/// What these accounts are found by of their customers on a day.
pub(super) fn list(conn: &mut Conn, ids: &[AccountId], on: NaiveDate) -> Result<Named, StoreError> {
    let present: Vec<(AccountId, CustomerId, String)> = account_roles::table
        .inner_join(customers::table)
        .filter(account_roles::account_id.eq_any(ids))
        .filter(
            account_roles::until_on
                .is_null()
                .or(account_roles::until_on.gt(on)),
        )
        .select((
            account_roles::account_id,
            account_roles::customer_id,
            customers::name,
        ))
        .load(conn)?;
    let mut names = Vec::with_capacity(present.len());
    let mut of: HashMap<CustomerId, Vec<AccountId>> = HashMap::new();
    for (account, customer, name) in present {
        names.push((account, name));
        of.entry(customer).or_default().push(account);
    }
    let mut level: Vec<CustomerId> = of.keys().copied().collect();
    while !level.is_empty() {
        let gone: Vec<(CustomerId, Option<CustomerId>, String)> = customers::table
            .filter(customers::merged_into_id.eq_any(&level))
            .select((customers::id, customers::merged_into_id, customers::name))
            .load(conn)?;
        level.clear();
        for (customer, into, name) in gone {
            let accounts = into.and_then(|into| of.get(&into)).cloned();
            let accounts = accounts.unwrap_or_default();
            names.extend(accounts.iter().map(|account| (*account, name.clone())));
            if of.insert(customer, accounts).is_none() {
                level.push(customer);
            }
        }
    }
    let everybody: Vec<CustomerId> = of.keys().copied().collect();
    let former: Vec<(CustomerId, String)> = customer_history::table
        .filter(customer_history::customer_id.eq_any(&everybody))
        .select((customer_history::customer_id, customer_history::name))
        .distinct()
        .load(conn)?;
    let each = |customer: CustomerId, text: String| {
        let accounts = of.get(&customer).cloned().unwrap_or_default();
        accounts
            .into_iter()
            .map(move |account| (account, text.clone()))
    };
    names.extend(
        former
            .into_iter()
            .flat_map(|(customer, name)| each(customer, name)),
    );
    let rows: Vec<i64> = everybody.iter().map(|id| id.0).collect();
    let numbers = own_numbers::list_of_rows(conn, OwnKind::Customer, &rows)?
        .into_iter()
        .flat_map(|(row, number)| each(CustomerId(row), number))
        .collect();
    Ok(Named { names, numbers })
}
