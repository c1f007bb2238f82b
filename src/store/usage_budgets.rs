//! How much of a service somebody means to use at the most on each bill.

use std::collections::HashMap;

use diesel::prelude::*;
use rust_decimal::Decimal;

use crate::domain::commodity::Commodity;
use crate::domain::ids::{AccountId, LoginId};
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::schema::usage_budgets;
use crate::store::sql_types::Exact;

/// What a login means to use of an account's services.
pub fn list(
    conn: &mut Conn,
    account: AccountId,
    login: LoginId,
) -> Result<Vec<(Commodity, Decimal)>, StoreError> {
    let rows: Vec<(Commodity, Exact)> = usage_budgets::table
        .filter(usage_budgets::account_id.eq(account))
        .filter(usage_budgets::login_id.eq(login))
        .order(usage_budgets::commodity)
        .select((usage_budgets::commodity, usage_budgets::amount))
        .load(conn)?;
    let plain = |(commodity, amount): (Commodity, Exact)| (commodity, amount.0);
    Ok(rows.into_iter().map(plain).collect())
}

/// What everybody means to use of the services of these accounts.
pub fn list_all(
    conn: &mut Conn,
    accounts: &[AccountId],
) -> Result<HashMap<(AccountId, LoginId), Vec<(Commodity, Decimal)>>, StoreError> {
    let rows: Vec<(AccountId, LoginId, Commodity, Exact)> = usage_budgets::table
        .filter(usage_budgets::account_id.eq_any(accounts))
        .order(usage_budgets::id)
        .select((
            usage_budgets::account_id,
            usage_budgets::login_id,
            usage_budgets::commodity,
            usage_budgets::amount,
        ))
        .load(conn)?;
    let mut all: HashMap<(AccountId, LoginId), Vec<(Commodity, Decimal)>> = HashMap::new();
    for (account, login, commodity, amount) in rows {
        let of = all.entry((account, login)).or_default();
        of.push((commodity, amount.0));
    }
    Ok(all)
}

/// Keeps what a login means to use of one service; nothing ends it.
pub fn put(
    tx: &mut Tx<'_>,
    (account, login): (AccountId, LoginId),
    commodity: Commodity,
    amount: Option<Decimal>,
) -> Result<(), StoreError> {
    let at = tx.stamp.at;
    let own = usage_budgets::table
        .filter(usage_budgets::account_id.eq(account))
        .filter(usage_budgets::login_id.eq(login))
        .filter(usage_budgets::commodity.eq(commodity));
    diesel::delete(own).execute(tx.conn())?;
    if let Some(amount) = amount {
        diesel::insert_into(usage_budgets::table)
            .values((
                usage_budgets::account_id.eq(account),
                usage_budgets::login_id.eq(login),
                usage_budgets::commodity.eq(commodity),
                usage_budgets::amount.eq(Exact(amount)),
                usage_budgets::set_at.eq(at),
            ))
            .execute(tx.conn())?;
    }
    Ok(())
}
