//! Giving deposits back, by hand or with the last bill: what they earned is posted, what was never paid is waived, and what is held pays what the
//! accounts owe; what is left is a credit of the customer.

use std::collections::BTreeMap;

use serde_json::json;

use crate::domain::deposits::DepositStep;
use crate::domain::entries;
use crate::domain::ids::{AccountId, BillId, DepositId};
use crate::domain::money::Money;
use crate::store;
use crate::store::db::Tx;
use crate::store::deposits::{DepositRow, NewMove, Standing};
use crate::usecases::books::Books;
use crate::usecases::deposits::{event_of, interest, record, step, waive_unpaid};
use crate::usecases::ledger::{PostingError, legs_of};
use crate::usecases::orders::shutoffs::after_payments;
use crate::usecases::recoveries::{self, Coming};

/// How and why deposits are given back.
#[derive(Debug, Clone, Copy)]
pub(super) struct Given<'a> {
    /// By hand, or with the last bill.
    pub kind: DepositStep,
    /// What was written about it.
    pub note: &'a str,
    /// The number of the form that ordered it.
    pub key: Option<i64>,
}

/// Gives open deposits back, each of another account, whose ledgers are held: a fixed number of statements but for the audit rows. Says how much was
/// held.
///
/// # Errors
/// What the books refuse, or a fault.
pub(super) fn give_back(
    tx: &mut Tx<'_>,
    books: &Books,
    rows: Vec<DepositRow>,
    given: Given<'_>,
) -> Result<Money, PostingError> {
    let accounts: Vec<AccountId> = rows.iter().map(|row| row.account_id).collect();
    let ids: Vec<DepositId> = rows.iter().map(|row| row.id).collect();
    let until = tx.stamp.on;
    interest::post(tx, books, &rows, until)?;
    let all: Vec<&DepositRow> = rows.iter().collect();
    // The form's number is with what it ordered: the deposit that is given back.
    waive_unpaid(tx, books, &all, (given.note, None))?;
    let standings = store::deposits::list_standings(tx, rows)?;
    let held: Vec<&Standing> = standings
        .iter()
        .filter(|standing| standing.sums.held().is_positive())
        .collect();
    pay_with(tx, books, &held, given)?;
    store::deposits::mark_ended(tx, &ids)?;
    for standing in &standings {
        let account = standing.row.account_id;
        let action = format!("deposit.{}", given.kind);
        let facts = json!({
            "cents": standing.sums.held().max(Money::ZERO), "waived_cents": standing.sums.waived,
        });
        record(tx, account, &action, facts)?;
        tx.touch(account);
    }
    after_payments(tx, &accounts)?;
    Ok(held.iter().map(|standing| standing.sums.held()).sum())
}

/// Puts what is held on what the accounts owe.
fn pay_with(
    tx: &mut Tx<'_>,
    books: &Books,
    held: &[&Standing],
    given: Given<'_>,
) -> Result<(), PostingError> {
    let on = tx.stamp.on;
    let accounts: Vec<AccountId> = held.iter().map(|one| one.row.account_id).collect();
    let mut legs = legs_of(tx, &accounts)?;
    let coming: Vec<Coming> = held
        .iter()
        .map(|standing| Coming {
            account: standing.row.account_id,
            on,
            amount: standing.sums.held(),
        })
        .collect();
    if recoveries::reinstate(tx, books, &coming, &legs)? {
        legs = legs_of(tx, &accounts)?;
    }
    let ids = store::deposits::reserve_moves(tx, held.len())?;
    let mut posted = Vec::with_capacity(held.len());
    for (id, standing) in ids.iter().zip(held) {
        let (row, amount) = (&standing.row, standing.sums.held());
        let owed = legs.remove(&row.account_id).unwrap_or_default();
        let allocation = books.allocation.lay_out(amount, &owed, on);
        let event = event_of(tx, row.account_id, (*id, given.note));
        let whole = (&row.fund, amount);
        posted.push(entries::deposits::released(
            &books.chart,
            &event,
            whole,
            &allocation,
        )?);
    }
    let entries = store::ledger::insert(tx, &books.chart, &posted)?;
    let steps: Vec<NewMove<'_>> = ids
        .into_iter()
        .zip(entries)
        .zip(held)
        .map(|((id, entry), standing)| NewMove {
            key: given.key,
            ..step(
                (id, standing.row.id),
                given.kind,
                (standing.sums.held(), entry),
                given.note,
            )
        })
        .collect();
    Ok(store::deposits::insert_moves(tx, &steps)?)
}

/// Gives back the deposits of accounts whose last bills go out now, before these are posted: so the bills say what is left to pay. One query where
/// there are none.
///
/// # Errors
/// What the books refuse, or a fault.
pub(in crate::usecases) fn apply_to_final(
    tx: &mut Tx<'_>,
    books: &Books,
    bills: &[BillId],
) -> Result<(), PostingError> {
    let mut by_account: BTreeMap<AccountId, DepositRow> = BTreeMap::new();
    for row in store::deposits::list_of_final(tx, bills)? {
        by_account.insert(row.account_id, row);
    }
    if by_account.is_empty() {
        return Ok(());
    }
    let given = Given {
        kind: DepositStep::Applied,
        note: "",
        key: None,
    };
    give_back(tx, books, by_account.into_values().collect(), given).map(drop)
}
