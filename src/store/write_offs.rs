//! What was given up of accounts' debts, fund by fund, and what of it came back. Append-only, like the ledger.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::domain::gl::FundCode;
use crate::domain::ids::{AccountId, EntryId};
use crate::domain::money::Money;
use crate::store::bulk::insert_all;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::ext::{AmongMethods as _, sum_i64};
use crate::store::schema::write_offs;

#[derive(Debug, Insertable)]
#[diesel(table_name = write_offs, treat_none_as_default_value = false)]
struct NewShare {
    account_id: AccountId,
    entry_id: EntryId,
    fund: FundCode,
    amount_cents: Money,
    on_date: NaiveDate,
}

/// How many ids one `IN` list holds at the most.
const LIST: usize = 1_000;

/// What of each account's debts is given up and did not come back, by fund; accounts and funds of which nothing is are left out.
pub fn list_given_up(
    conn: &mut Conn,
    accounts: &[AccountId],
) -> Result<BTreeMap<AccountId, Vec<(FundCode, Money)>>, StoreError> {
    let mut found: BTreeMap<AccountId, Vec<(FundCode, Money)>> = BTreeMap::new();
    for some in accounts.chunks(LIST) {
        let sums: Vec<(AccountId, FundCode, Option<i64>)> = write_offs::table
            .filter(write_offs::account_id.among(some))
            .group_by((write_offs::account_id, write_offs::fund))
            .order((write_offs::account_id, write_offs::fund))
            .select((
                write_offs::account_id,
                write_offs::fund,
                sum_i64(write_offs::amount_cents),
            ))
            .load(conn)?;
        for (account, fund, cents) in sums {
            let amount = Money::from_cents(cents.unwrap_or_default());
            if amount.is_positive() {
                found.entry(account).or_default().push((fund, amount));
            }
        }
    }
    Ok(found)
}

/// What an entry gave up of each fund.
pub fn list_of(conn: &mut Conn, entry: EntryId) -> Result<Vec<(FundCode, Money)>, StoreError> {
    Ok(write_offs::table
        .filter(write_offs::entry_id.eq(entry))
        .order(write_offs::fund)
        .select((write_offs::fund, write_offs::amount_cents))
        .load(conn)?)
}

/// Keeps what an entry gave up, or asked for again where the amounts are less than nothing.
pub fn insert(
    tx: &mut Tx<'_>,
    (account, entry): (AccountId, EntryId),
    shares: &[(FundCode, Money)],
) -> Result<(), StoreError> {
    let on_date = tx.stamp.on;
    let row = |(fund, amount): &(FundCode, Money)| NewShare {
        account_id: account,
        entry_id: entry,
        fund: fund.clone(),
        amount_cents: *amount,
        on_date,
    };
    let rows: Vec<NewShare> = shares.iter().map(row).collect();
    insert_all!(tx, write_offs::table, rows.as_slice())?;
    Ok(())
}
