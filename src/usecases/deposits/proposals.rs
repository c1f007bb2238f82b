//! Which deposits may be given back while their accounts go on: those that the policy proposes to a clerk. Nothing is given back by itself.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::domain::deposit_policy::{DepositPolicy, HeldFacts};
use crate::domain::deposits::DepositStatus;
use crate::domain::ids::{AccountId, DepositId};
use crate::store::db::Conn;
use crate::store::deposit_history;
use crate::store::deposits::{self, DepositRow, Standing};
use crate::store::error::StoreError;
use crate::usecases::books;
use crate::usecases::deposits::DepositError;

/// How many deposits are looked at together.
const CHUNK: i64 = 1_000;

/// An open deposit, and whether it may be given back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// The deposit.
    pub standing: Standing,
    /// Since when all of it is held.
    pub whole_since: Option<NaiveDate>,
    /// Whether the policy lets it be given back today.
    pub may_refund: bool,
}

/// Every deposit that is asked for or held, and whether the policy lets it be given back on a day; those that may come first. A fixed number of
/// questions for each thousand.
///
/// # Errors
/// A policy that cannot be read, or a fault.
pub fn list_proposals(conn: &mut Conn, on: NaiveDate) -> Result<Vec<Proposal>, DepositError> {
    let policy = books::deposits_on(conn, on)?;
    let mut found = Vec::new();
    let mut after = DepositId(i64::MIN);
    loop {
        let rows = deposits::list_open_after(conn, after, CHUNK)?;
        let Some(last) = rows.last() else { break };
        after = last.id;
        found.extend(looked_at(conn, &policy, rows, on)?);
    }
    found.sort_by_key(|one: &Proposal| !one.may_refund);
    Ok(found)
}

fn looked_at(
    conn: &mut Conn,
    policy: &DepositPolicy,
    rows: Vec<DepositRow>,
    on: NaiveDate,
) -> Result<Vec<Proposal>, StoreError> {
    let accounts: Vec<AccountId> = rows.iter().map(|row| row.account_id).collect();
    let ids: Vec<DepositId> = rows.iter().map(|row| row.id).collect();
    let late = match policy.good_since(on) {
        Some(since) => deposit_history::list_late(conn, &accounts, (since, on), policy.grace_days)?,
        None => BTreeMap::new(),
    };
    let past_due = deposit_history::list_past_due(conn, &accounts, on)?;
    let paid = deposits::list_paid(conn, &ids)?;
    let proposal = |standing: Standing| {
        let account = standing.row.account_id;
        let days = paid.get(&standing.row.id).into_iter().flatten();
        let is_held = standing.status() == DepositStatus::Held;
        let whole_since = days.map(|(day, _)| *day).max().filter(|_| is_held);
        let facts = HeldFacts {
            whole_since,
            late_bills: late.get(&account).copied().unwrap_or_default(),
            is_past_due: past_due.contains(&account),
        };
        Proposal {
            may_refund: policy.may_refund(&facts, on),
            whole_since,
            standing,
        }
    };
    let standings = deposits::list_standings(conn, rows)?;
    Ok(standings.into_iter().map(proposal).collect())
}
