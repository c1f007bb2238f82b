//! What stands where: the credits on a debt, the debts under a credit, and what was paid on a bill, as sums of the applications.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::domain::allocation::Part;
use crate::domain::entries::Standing;
use crate::domain::gl::FundCode;
use crate::domain::ids::{AccountId, BillId, EntryId};
use crate::domain::ledger::{EntryKind, LegId, Source, SourceKind};
use crate::domain::money::Money;
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::ext::{AmongMethods as _, sum_i64};
use crate::store::ledger::{LIST, find};
use crate::store::schema::{ledger_applications, ledger_entries, ledger_postings};

/// The credits that stand on the debts of an entry.
pub fn list_standing_on(conn: &mut Conn, debit: EntryId) -> Result<Vec<Standing>, StoreError> {
    use ledger_applications as of;
    let sums: Vec<(EntryId, i32, Option<i64>)> = of::table
        .filter(of::debit_entry_id.eq(debit))
        .group_by((of::credit_entry_id, of::debit_position))
        .order((of::credit_entry_id, of::debit_position))
        .select((
            of::credit_entry_id,
            of::debit_position,
            sum_i64(of::amount_cents),
        ))
        .load(conn)?;
    let sums: Vec<_> = sums
        .into_iter()
        .map(|(credit, position, cents)| {
            (
                credit,
                LegId {
                    entry: debit,
                    position,
                },
                cents,
            )
        })
        .collect();
    standing(conn, sums)
}

/// What was paid of a bill and stands on it, by the day on which each credit was first put there: what was taken off again is left out, and so is
/// what was given, given up or taken back, which nobody paid.
pub fn list_paid(conn: &mut Conn, bill: BillId) -> Result<Vec<(NaiveDate, Money)>, StoreError> {
    use ledger_applications as of;
    let source = Source {
        kind: SourceKind::Bill,
        id: bill.0,
    };
    let Some(billed) = find(conn, source, EntryKind::Bill)? else {
        return Ok(Vec::new());
    };
    let rows: Vec<(EntryId, NaiveDate, Money)> = of::table
        .inner_join(ledger_entries::table.on(ledger_entries::id.eq(of::credit_entry_id)))
        .filter(of::debit_entry_id.eq(billed.id))
        .filter(ledger_entries::kind.ne_all([EntryKind::Adjustment, EntryKind::Cancellation]))
        .order((of::on_date, of::entry_id, of::position))
        .select((of::credit_entry_id, of::on_date, of::amount_cents))
        .load(conn)?;
    let mut paid: BTreeMap<EntryId, (NaiveDate, Money)> = BTreeMap::new();
    for (credit, on, amount) in rows {
        paid.entry(credit).or_insert((on, Money::ZERO)).1 += amount;
    }
    let stands = |paid: &(NaiveDate, Money)| paid.1.is_positive();
    Ok(paid.into_values().filter(stands).collect())
}

/// The debts on which the credit of an entry stands.
pub fn list_standing_of(conn: &mut Conn, credit: EntryId) -> Result<Vec<Part>, StoreError> {
    use ledger_applications as of;
    let sums: Vec<(EntryId, i32, Option<i64>)> = of::table
        .filter(of::credit_entry_id.eq(credit))
        .group_by((of::debit_entry_id, of::debit_position))
        .order((of::debit_entry_id, of::debit_position))
        .select((
            of::debit_entry_id,
            of::debit_position,
            sum_i64(of::amount_cents),
        ))
        .load(conn)?;
    let sums: Vec<_> = sums
        .into_iter()
        .map(|(entry, position, cents)| (credit, LegId { entry, position }, cents))
        .collect();
    Ok(standing(conn, sums)?
        .into_iter()
        .map(|standing| standing.part)
        .collect())
}

/// What pays debts on each of these accounts of what came with some payments: where their entries put it, and what was put there later of what
/// is held for the accounts.
pub fn list_paying(
    conn: &mut Conn,
    accounts: &[AccountId],
    payments: &[EntryId],
) -> Result<BTreeMap<AccountId, Money>, StoreError> {
    use ledger_applications as of;
    let Some(first) = payments.iter().min().copied() else {
        return Ok(BTreeMap::new());
    };
    let is_later_credit = ledger_entries::kind
        .eq(EntryKind::CreditApplication)
        .and(ledger_entries::id.gt(first));
    let sums: Vec<(Option<AccountId>, Option<i64>)> = of::table
        .inner_join(ledger_entries::table.on(ledger_entries::id.eq(of::credit_entry_id)))
        .filter(ledger_entries::account_id.eq_any(accounts))
        .filter(ledger_entries::id.among(payments).or(is_later_credit))
        .group_by(ledger_entries::account_id)
        .select((ledger_entries::account_id, sum_i64(of::amount_cents)))
        .load(conn)?;
    let paying = |(account, cents): (Option<AccountId>, Option<i64>)| {
        Some((account?, Money::from_cents(cents.unwrap_or_default())))
    };
    Ok(sums.into_iter().filter_map(paying).collect())
}

/// Credits of an account that were put on debts after they were held, and still stand there, newest first.
pub fn list_credit_applications(
    conn: &mut Conn,
    account: AccountId,
) -> Result<Vec<EntryId>, StoreError> {
    Ok(ledger_entries::table
        .filter(ledger_entries::account_id.eq(account))
        .filter(ledger_entries::kind.eq(EntryKind::CreditApplication))
        .order(ledger_entries::id.desc())
        .select(ledger_entries::id)
        .load(conn)?)
}

/// Names the fund of each leg, and leaves out what has come to nothing.
fn standing(
    conn: &mut Conn,
    sums: Vec<(EntryId, LegId, Option<i64>)>,
) -> Result<Vec<Standing>, StoreError> {
    let entries: BTreeSet<EntryId> = sums.iter().map(|(_, leg, _)| leg.entry).collect();
    let entries: Vec<EntryId> = entries.into_iter().collect();
    let mut funds = BTreeMap::new();
    for some in entries.chunks(LIST) {
        let legs: Vec<(EntryId, i32, FundCode)> = ledger_postings::table
            .filter(ledger_postings::entry_id.among(some))
            .filter(ledger_postings::due_on.is_not_null())
            .select((
                ledger_postings::entry_id,
                ledger_postings::position,
                ledger_postings::fund,
            ))
            .load(conn)?;
        funds.extend(
            legs.into_iter()
                .map(|(entry, position, fund)| (LegId { entry, position }, fund)),
        );
    }
    let mut found = Vec::new();
    for (credit, leg, cents) in sums {
        let amount = Money::from_cents(cents.unwrap_or_default());
        if !amount.is_zero() {
            let fund = funds
                .get(&leg)
                .ok_or(StoreError::Missing("leg of an application"))?
                .clone();
            found.push(Standing {
                credit,
                part: Part { leg, fund, amount },
            });
        }
    }
    Ok(found)
}
