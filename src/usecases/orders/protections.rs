//! Protections that come to many at once, or with a day: a moratorium that is declared or begins, a hold whose first day has come, weather in which
//! nobody is shut off. Open shut-offs of those it protects leave the crews' lists, as they do where one account is protected.

use chrono::NaiveDate;

use crate::domain::holds::HoldStop;
use crate::domain::ids::{AccountId, OrderId};
use crate::domain::orders::{OrderKind, Why};
use crate::store;
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::store::holds::{Since, protected_since};
use crate::store::order_looks::list_open_after;
use crate::store::orders::OrderRow;
use crate::usecases::orders::{end, fault, hold};
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
/// made under a protection waits for its end: it is handed out on no day before. Run again, it finds nothing new.
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
    let protected = protected_since(tx, &accounts, (HoldStop::ShutOff, on))?;
    let mut canceled = 0;
    for row in seen {
        // Read again under the lock: it may have been handed out or have ended between.
        let row = hold(tx, row.id)?;
        if !row.state.is_open() {
            continue;
        }
        let why = match protected.get(&row.account_id) {
            Some(since) if is_overtaken(&row, since) => Some((Why::Paid, since.words.as_deref())),
            Some(_) | None => in_bad_weather(tx, &row, on)?.then_some((Why::Weather, None)),
        };
        if let Some(why) = why {
            end(tx, &row, why).map_err(fault)?;
            canceled += 1;
        }
    }
    Ok(Swept { canceled, next })
}

/// The same for every open shut-off, in one transaction with what protects from now on.
///
/// # Errors
/// A fault of the store.
pub(in crate::usecases) fn sweep_all(tx: &mut Tx<'_>) -> Result<(), StoreError> {
    let mut next = Some(OrderId(0));
    while let Some(after) = next {
        next = sweep(tx, after)?.next;
    }
    Ok(())
}

fn is_overtaken(row: &OrderRow, since: &Since) -> bool {
    row.state.is_out() || row.made_on <= since.from_on
}

/// Whether a crew has a shut-off that the season, the cold or the heat forbids today. What nobody has waits: it is asked about anew on its day.
fn in_bad_weather(tx: &mut Tx<'_>, row: &OrderRow, on: NaiveDate) -> Result<bool, StoreError> {
    if !row.state.is_out() {
        return Ok(false);
    }
    let answer = shutoff::answer(tx, row.account_id, on)?;
    Ok(answer.verdict.is_against_weather())
}
