//! Drafts of an account whose service was changed: which there are, and of which runs.

use std::collections::HashSet;

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::domain::bills::BillStatus;
use crate::domain::ids::{AccountId, BillRunId};
use crate::store::bills::BillRow;
use crate::store::bulk::ROWS;
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::schema::bills;

/// The runs that have a draft of any of these accounts, in order.
pub fn list_runs(conn: &mut Conn, accounts: &[AccountId]) -> Result<Vec<BillRunId>, StoreError> {
    let mut runs: Vec<BillRunId> = Vec::new();
    for some in accounts.chunks(ROWS) {
        let found: Vec<Option<BillRunId>> = bills::table
            .filter(bills::account_id.eq_any(some))
            .filter(bills::status.eq(BillStatus::Draft))
            .filter(bills::run_id.is_not_null())
            .select(bills::run_id)
            .distinct()
            .load(conn)?;
        runs.extend(found.into_iter().flatten());
    }
    runs.sort_unstable();
    runs.dedup();
    Ok(runs)
}

/// Those of these accounts that have a draft.
pub fn list_drafted(
    conn: &mut Conn,
    accounts: &[AccountId],
) -> Result<HashSet<AccountId>, StoreError> {
    let mut drafted = HashSet::new();
    for some in accounts.chunks(ROWS) {
        let found: Vec<AccountId> = bills::table
            .filter(bills::account_id.eq_any(some))
            .filter(bills::status.eq(BillStatus::Draft))
            .select(bills::account_id)
            .distinct()
            .load(conn)?;
        drafted.extend(found);
    }
    Ok(drafted)
}

/// The drafts of an account that bill any day from one on, until another where there is one.
pub fn list_touching(
    conn: &mut Conn,
    account: AccountId,
    (from, until): (NaiveDate, Option<NaiveDate>),
) -> Result<Vec<BillRow>, StoreError> {
    let mut query = bills::table
        .filter(bills::account_id.eq(account))
        .filter(bills::status.eq(BillStatus::Draft))
        .filter(bills::until_on.gt(from))
        .order(bills::id)
        .select(BillRow::as_select())
        .into_boxed();
    if let Some(until) = until {
        query = query.filter(bills::from_on.lt(until));
    }
    Ok(query.load(conn)?)
}
