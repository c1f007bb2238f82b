//! What deposits earn: posted once a year up to its end, and up to the day on which one is given back. A day is earned once: the next interest goes
//! on from the day up to which it was posted.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use serde_json::json;

use crate::domain::deposits::{self, DepositStep};
use crate::domain::entries;
use crate::domain::ids::{AccountId, DepositId};
use crate::domain::money::Money;
use crate::domain::period::Period;
use crate::store;
use crate::store::db::Tx;
use crate::store::deposits::{DepositRow, MoveRow, NewMove};
use crate::store::error::StoreError;
use crate::usecases::books::{self, Books};
use crate::usecases::deposits::{event_of, record, step};
use crate::usecases::ledger::PostingError;

/// How many deposits one transaction looks at.
const CHUNK: i64 = 500;

/// What one chunk came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Accrued {
    /// How many deposits earned something.
    pub deposits: usize,
    /// How much.
    pub amount: Money,
    /// Where the next chunk begins; `None` when all were looked at.
    pub next: Option<DepositId>,
}

/// Posts what the next open deposits, after one, earned up to the end of last year. Run again it finds nothing new.
///
/// # Errors
/// A policy that cannot be read, what the books refuse, or a fault.
pub fn accrue(tx: &mut Tx<'_>, after: Option<DepositId>) -> Result<Accrued, PostingError> {
    let on = tx.stamp.on;
    let until = NaiveDate::from_ymd_opt(on.year(), 1, 1).unwrap_or(on);
    let after = after.unwrap_or(DepositId(i64::MIN));
    let seen = store::deposits::list_without_interest(tx, until, after, CHUNK)?;
    let next = seen
        .last()
        .filter(|_| i64::try_from(seen.len()).is_ok_and(|found| found == CHUNK))
        .map(|row| row.id);
    if seen.is_empty() {
        return Ok(Accrued::default());
    }
    let accounts: Vec<AccountId> = seen.iter().map(|row| row.account_id).collect();
    store::ledger::lock(tx, &accounts)?;
    // Read again under the locks: somebody may have given one back meanwhile.
    let mut rows = store::deposits::list_without_interest(tx, until, after, CHUNK)?;
    rows.retain(|row| seen.iter().any(|known| known.id == row.id));
    let books = books::open(tx, on)?;
    let posted = post(tx, &books, &rows, until)?;
    for (account, amount) in &posted {
        let facts = json!({ "cents": amount, "until": until });
        record(tx, *account, "deposit.interest", facts)?;
        tx.touch(*account);
    }
    Ok(Accrued {
        deposits: posted.len(),
        amount: posted.iter().map(|(_, amount)| *amount).sum(),
        next,
    })
}

/// Posts what open deposits earned up to a day, from the day up to which it was posted before. Says which accounts earned how much.
pub(super) fn post(
    tx: &mut Tx<'_>,
    books: &Books,
    rows: &[DepositRow],
    until: NaiveDate,
) -> Result<Vec<(AccountId, Money)>, PostingError> {
    let on = tx.stamp.on;
    let policy = books::deposits_on(tx, on)?;
    let ids: Vec<DepositId> = rows.iter().map(|row| row.id).collect();
    let paid = store::deposits::list_paid(tx, &ids)?;
    let last = last_posted(&store::deposits::list_moves(tx, &ids)?);
    let mut earned: Vec<(&DepositRow, Money)> = Vec::new();
    for row in rows {
        let came = paid.get(&row.id).map(Vec::as_slice).unwrap_or_default();
        let first = came.iter().map(|(day, _)| *day).min();
        let known = last.get(&row.id).copied().or(row.earned_until);
        let Some(from) = known.or(first) else {
            continue;
        };
        let Some(span) = Period::new(from, until) else {
            continue;
        };
        let amount = deposits::interest(came, span, &policy.interest)
            .map_err(|error| StoreError::Unreadable(error.to_string()))?;
        if amount.is_positive() {
            earned.push((row, amount));
        }
    }
    let moves = store::deposits::reserve_moves(tx, earned.len())?;
    let mut posted = Vec::with_capacity(earned.len());
    for (id, (row, amount)) in moves.iter().zip(&earned) {
        let event = event_of(tx, row.account_id, (*id, ""));
        let whole = (&row.fund, *amount);
        posted.push(entries::deposits::interest(&books.chart, &event, whole)?);
    }
    let entries = store::ledger::insert(tx, &books.chart, &posted)?;
    let steps: Vec<NewMove<'_>> = moves
        .into_iter()
        .zip(entries)
        .zip(&earned)
        .map(|((id, entry), (row, amount))| NewMove {
            until_on: Some(until),
            ..step((id, row.id), DepositStep::Interest, (*amount, entry), "")
        })
        .collect();
    store::deposits::insert_moves(tx, &steps)?;
    Ok(earned
        .into_iter()
        .map(|(row, amount)| (row.account_id, amount))
        .collect())
}

/// Up to which day the interest of each deposit was posted.
fn last_posted(moves: &[MoveRow]) -> BTreeMap<DepositId, NaiveDate> {
    let mut last = BTreeMap::new();
    for (deposit, until) in moves
        .iter()
        .filter_map(|one| one.until_on.map(|until| (one.deposit_id, until)))
    {
        let known = last.entry(deposit).or_insert(until);
        *known = until.max(*known);
    }
    last
}
