//! Protections that come to many at once, or with a day: a moratorium that is declared or begins, a hold whose first day has come, weather in which
//! nobody is shut off. Open shut-offs of those it protects leave the crews' lists, as they do where one account is protected.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;

use crate::domain::holds::HoldStop;
use crate::domain::ids::{AccountId, OrderId};
use crate::domain::orders::{OrderKind, Why};
use crate::store;
use crate::store::audit::{self, Deed};
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::store::holds::{Since, protected_since};
use crate::store::order_looks::{cancel, hold_open, list_open_after};
use crate::store::orders::OrderRow;
use crate::usecases::shutoff;

/// How many open shut-offs one chunk looks at.
const CHUNK: i64 = 200;

/// What one chunk came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Swept {
    /// How many shut-offs were canceled.
    pub canceled: usize,
    /// Where the next chunk begins; `None` when all were looked at.
    pub next: Option<OrderId>,
}

/// Cancels those of the next open shut-offs after one that a protection forbids which began after they were made, or while a crew has them. What was
/// made under a protection waits for its end: it is handed out on no day before. Run again, it finds nothing new. A fixed number of queries; each
/// chunk is a transaction of its own, so that nobody's account is held while others are looked at.
///
/// # Errors
/// A fault of the store.
pub fn sweep(tx: &mut Tx<'_>, after: OrderId) -> Result<Swept, StoreError> {
    let on = tx.stamp.on;
    let seen = list_open_after(tx, OrderKind::ShutOff, (after, CHUNK))?;
    let is_full = i64::try_from(seen.len()).is_ok_and(|found| found == CHUNK);
    let next = seen.last().map(|row| row.id).filter(|_| is_full);
    let accounts: Vec<AccountId> = seen.iter().map(|row| row.account_id).collect();
    store::ledger::lock(tx, &accounts)?;
    // Read again under the lock: one may have been handed out or have ended between.
    let ids: Vec<OrderId> = seen.iter().map(|row| row.id).collect();
    let rows = hold_open(tx, &ids)?;
    let protected = protected_since(tx, &accounts, (HoldStop::ShutOff, on))?;
    // What nobody has waits: whether the weather forbids it is asked anew on its day.
    let out: Vec<AccountId> = rows
        .iter()
        .filter(|row| row.state.is_out())
        .map(|row| row.account_id)
        .collect();
    let against = shutoff::list_against_weather(tx, &out, on)?;
    let ends: Vec<(&OrderRow, Why, Option<String>)> = rows
        .iter()
        .filter_map(|row| {
            let (why, words) = why_not(row, &protected, &against)?;
            Some((row, why, words))
        })
        .collect();
    end_all(tx, &ends)?;
    let canceled = ends.len();
    Ok(Swept { canceled, next })
}

/// Why a shut-off is not to be any more; nothing where it may wait or go on.
fn why_not(
    row: &OrderRow,
    protected: &BTreeMap<AccountId, Since>,
    against: &BTreeSet<AccountId>,
) -> Option<(Why, Option<String>)> {
    let since = protected.get(&row.account_id);
    if let Some(since) = since.filter(|since| is_overtaken(row, since)) {
        return Some((Why::Protected, since.words.clone()));
    }
    let is_against = row.state.is_out() && against.contains(&row.account_id);
    is_against.then_some((Why::Weather, None))
}

fn is_overtaken(row: &OrderRow, since: &Since) -> bool {
    row.state.is_out() || row.made_on <= since.from_on
}

/// Cancels shut-offs that are held. Nobody is told: what a shut-off is about is told otherwise.
fn end_all(tx: &mut Tx<'_>, ends: &[(&OrderRow, Why, Option<String>)]) -> Result<(), StoreError> {
    if ends.is_empty() {
        return Ok(());
    }
    let steps: Vec<(OrderId, Why, Option<String>)> = ends
        .iter()
        .map(|(row, why, words)| (row.id, *why, words.clone()))
        .collect();
    cancel(tx, &steps)?;
    let deed = |(row, why, _): &(&OrderRow, Why, Option<String>)| Deed {
        action: "order.canceled",
        subject_kind: "service_order",
        subject_id: row.number.to_string(),
        account_id: Some(row.account_id),
        facts: json!({ "why": why }),
    };
    let deeds: Vec<Deed<'_>> = ends.iter().map(deed).collect();
    audit::insert_all(tx, &deeds)?;
    for (row, ..) in ends {
        tx.touch(row.account_id);
    }
    Ok(())
}
