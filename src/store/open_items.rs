//! Caches of the ledger: what is still owed on each entry, and what is held for each customer. Written in the same transaction as the
//! ledger, always by adding up the ledger's own rows; `rebuild` makes them anew and `usecases::integrity` compares them.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::domain::accounts::AccountClass;
use crate::domain::allocation::OpenLeg;
use crate::domain::disputes::shares;
use crate::domain::gl::{Chart, FundCode, Role};
use crate::domain::ids::{AccountId, BillId, EntryId};
use crate::domain::ledger::{Entry, EntryKind, LegId, SourceKind};
use crate::domain::money::Money;
use crate::store::bulk::insert_all;
use crate::store::db::{Conn, Tx};
use crate::store::disputes;
use crate::store::error::StoreError;
use crate::store::ext::{AmongMethods as _, sum_i64};
use crate::store::schema::{
    accounts, customer_credits, ledger_applications, ledger_entries, ledger_postings, open_items,
};

/// How many ids one `IN` list holds at the most.
const LIST: usize = 1_000;

#[derive(Debug, Insertable)]
#[diesel(table_name = open_items, treat_none_as_default_value = false)]
struct ItemRow {
    entry_id: EntryId,
    account_id: AccountId,
    account_class: AccountClass,
    due_on: NaiveDate,
    original_cents: Money,
    remaining_cents: Money,
}

#[derive(Debug, Insertable)]
#[diesel(table_name = customer_credits, treat_none_as_default_value = false)]
struct CreditRow {
    account_id: AccountId,
    account_class: AccountClass,
    held_cents: Money,
}

/// What is still owed on an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenItem {
    /// The entry.
    pub entry_id: EntryId,
    /// What it is: a bill, a fee, an adjustment.
    pub kind: EntryKind,
    /// What sort of thing it was made for.
    pub source_kind: SourceKind,
    /// Which one.
    pub source_id: i64,
    /// When it falls due.
    pub due_on: NaiveDate,
    /// What was asked for.
    pub original: Money,
    /// What is still owed.
    pub remaining: Money,
}

/// Brings the caches up to date with entries that were just recorded under these ids.
pub fn keep_up(
    tx: &mut Tx<'_>,
    chart: &Chart,
    ids: &[EntryId],
    entries: &[Entry],
) -> Result<(), StoreError> {
    let applied: BTreeSet<EntryId> = entries
        .iter()
        .flat_map(Entry::applications)
        .map(|application| application.leg.entry)
        .collect();
    let new: Vec<(EntryId, &Entry)> = ids
        .iter()
        .copied()
        .zip(entries)
        .filter(|(_, entry)| entry.debts().next().is_some())
        .collect();
    let credits = chart.code(Role::CustomerCredits);
    let moves_credit = |entry: &&Entry| {
        entry
            .postings()
            .iter()
            .any(|posting| posting.gl == *credits)
    };
    let holders: BTreeSet<AccountId> = entries
        .iter()
        .filter(moves_credit)
        .filter_map(|entry| entry.heading().account)
        .collect();

    insert_new(tx, &new)?;
    let applied: Vec<EntryId> = applied.into_iter().collect();
    for some in applied.chunks(LIST) {
        refresh_items(tx, some)?;
    }
    let holders: Vec<AccountId> = holders.into_iter().collect();
    for some in holders.chunks(LIST) {
        refresh_credits(tx, chart, some)?;
    }
    Ok(())
}

/// What is still owed on an account, the oldest due date first.
pub fn list(conn: &mut Conn, account: AccountId) -> Result<Vec<OpenItem>, StoreError> {
    let rows: Vec<(EntryId, EntryKind, SourceKind, i64, NaiveDate, Money, Money)> =
        open_items::table
            .inner_join(ledger_entries::table)
            .filter(open_items::account_id.eq(account))
            .order((open_items::due_on, open_items::entry_id))
            .select((
                open_items::entry_id,
                ledger_entries::kind,
                ledger_entries::source_kind,
                ledger_entries::source_id,
                open_items::due_on,
                open_items::original_cents,
                open_items::remaining_cents,
            ))
            .load(conn)?;
    let item = |(entry_id, kind, source_kind, source_id, due_on, original, remaining)| OpenItem {
        entry_id,
        kind,
        source_kind,
        source_id,
        due_on,
        original,
        remaining,
    };
    Ok(rows.into_iter().map(item).collect())
}

/// What is still owed on accounts, leg by leg, as an allocation needs it.
pub fn list_legs(
    conn: &mut Conn,
    ids: &[AccountId],
) -> Result<Vec<(AccountId, OpenLeg)>, StoreError> {
    let mut found = Vec::new();
    for some in ids.chunks(LIST) {
        let legs: Vec<(
            AccountId,
            EntryId,
            i32,
            FundCode,
            EntryKind,
            NaiveDate,
            Money,
        )> = open_items::table
            .inner_join(ledger_entries::table.inner_join(ledger_postings::table))
            .filter(open_items::account_id.among(some))
            .filter(ledger_postings::due_on.is_not_null())
            .select((
                open_items::account_id,
                open_items::entry_id,
                ledger_postings::position,
                ledger_postings::fund,
                ledger_entries::kind,
                open_items::due_on,
                ledger_postings::amount_cents,
            ))
            .load(conn)?;
        let entries: BTreeSet<EntryId> = legs.iter().map(|leg| leg.1).collect();
        let entries: Vec<EntryId> = entries.into_iter().collect();
        let applied = applied_by_leg(conn, &entries)?;
        let mut disputed = BTreeMap::new();
        for some in entries.chunks(LIST) {
            disputed.extend(disputes::list_open(conn, some)?);
        }
        let first = found.len();
        found.extend(legs.into_iter().map(
            |(account, entry, position, fund, kind, due_on, amount)| {
                let leg = LegId { entry, position };
                let remaining = amount - applied.get(&leg).copied().unwrap_or_default();
                (
                    account,
                    OpenLeg {
                        leg,
                        fund,
                        is_penalty: kind.is_penalty(),
                        due_on,
                        remaining,
                        disputed: Money::ZERO,
                        first_from: None,
                    },
                )
            },
        ));
        if let Some(new) = found.get_mut(first..) {
            mark_disputed(new, &disputed);
        }
    }
    Ok(found)
}

/// What is unpaid on accounts, by the day on which it falls due by itself.
pub fn list_dues(
    conn: &mut Conn,
    accounts: &[AccountId],
) -> Result<Vec<(AccountId, NaiveDate, Money)>, StoreError> {
    let mut found = Vec::new();
    for some in accounts.chunks(LIST) {
        let rows: Vec<(AccountId, NaiveDate, Money)> = open_items::table
            .filter(open_items::account_id.among(some))
            .order((open_items::account_id, open_items::due_on))
            .select((
                open_items::account_id,
                open_items::due_on,
                open_items::remaining_cents,
            ))
            .load(conn)?;
        found.extend(rows);
    }
    Ok(found)
}

/// Lays what is in dispute of each entry over its legs.
fn mark_disputed(legs: &mut [(AccountId, OpenLeg)], disputed: &BTreeMap<EntryId, Money>) {
    for (entry, amount) in disputed {
        let of_entry = legs.iter_mut().map(|(_, leg)| leg);
        let mut of_entry: Vec<&mut OpenLeg> =
            of_entry.filter(|leg| leg.leg.entry == *entry).collect();
        let remaining: Vec<Money> = of_entry.iter().map(|leg| leg.remaining).collect();
        for (leg, part) in of_entry.iter_mut().zip(shares(&remaining, *amount)) {
            leg.disputed = part;
        }
    }
}

/// What is owed on accounts, due or not, less what is held for them; accounts that owe nothing are left out.
pub fn list_owed(
    conn: &mut Conn,
    ids: &[AccountId],
) -> Result<BTreeMap<AccountId, Money>, StoreError> {
    let held = list_held(conn, ids)?;
    let mut owed = BTreeMap::new();
    for some in ids.chunks(LIST) {
        let rows: Vec<(AccountId, Option<i64>)> = open_items::table
            .filter(open_items::account_id.among(some))
            .group_by(open_items::account_id)
            .select((open_items::account_id, sum_i64(open_items::remaining_cents)))
            .load(conn)?;
        for (account, cents) in rows {
            let held = held.get(&account).copied().unwrap_or_default();
            owed.insert(account, Money::from_cents(cents.unwrap_or_default()) - held);
        }
    }
    Ok(owed)
}

/// What is held for customers; accounts for which nothing is held are left out.
pub fn list_held(
    conn: &mut Conn,
    ids: &[AccountId],
) -> Result<BTreeMap<AccountId, Money>, StoreError> {
    let mut held = BTreeMap::new();
    for some in ids.chunks(LIST) {
        let rows: Vec<(AccountId, Money)> = customer_credits::table
            .filter(customer_credits::account_id.among(some))
            .select((customer_credits::account_id, customer_credits::held_cents))
            .load(conn)?;
        held.extend(rows);
    }
    Ok(held)
}

/// Throws the caches away and makes them anew from the ledger.
pub fn rebuild(tx: &mut Tx<'_>, chart: &Chart) -> Result<(), StoreError> {
    diesel::delete(open_items::table).execute(tx.conn())?;
    diesel::delete(customer_credits::table).execute(tx.conn())?;
    let mut after = EntryId(i64::MIN);
    loop {
        let page: Vec<EntryId> = ledger_entries::table
            .filter(ledger_entries::id.gt(after))
            .order(ledger_entries::id)
            .limit(i64::try_from(LIST).unwrap_or(i64::MAX))
            .select(ledger_entries::id)
            .load(tx.conn())?;
        let Some(last) = page.last() else { break };
        after = *last;
        refresh_items(tx, &page)?;
    }
    let holders: Vec<AccountId> = ledger_postings::table
        .inner_join(ledger_entries::table)
        .filter(ledger_postings::gl_account.eq(chart.code(Role::CustomerCredits)))
        .filter(ledger_entries::account_id.is_not_null())
        .select(ledger_entries::account_id.assume_not_null())
        .distinct()
        .load(tx.conn())?;
    for some in holders.chunks(LIST) {
        refresh_credits(tx, chart, some)?;
    }
    Ok(())
}

/// New debts, of which nothing has been paid yet, need no sum over the ledger.
fn insert_new(tx: &mut Tx<'_>, new: &[(EntryId, &Entry)]) -> Result<(), StoreError> {
    let owners: BTreeSet<AccountId> = new
        .iter()
        .filter_map(|(_, entry)| entry.heading().account)
        .collect();
    let classes = classes(tx, &owners.into_iter().collect::<Vec<_>>())?;
    let mut rows = Vec::with_capacity(new.len());
    for (id, entry) in new {
        let account_id = entry
            .heading()
            .account
            .ok_or(StoreError::Missing("account of a debt"))?;
        let original: Money = entry.debts().map(|(_, posting)| posting.amount).sum();
        let Some(due_on) = entry
            .debts()
            .filter_map(|(_, posting)| posting.due_on)
            .max()
        else {
            continue;
        };
        let account_class = *classes
            .get(&account_id)
            .ok_or(StoreError::Missing("account"))?;
        rows.push(ItemRow {
            entry_id: *id,
            account_id,
            account_class,
            due_on,
            original_cents: original,
            remaining_cents: original,
        });
    }
    insert_all!(tx, open_items::table, rows.as_slice())
}

fn refresh_items(tx: &mut Tx<'_>, ids: &[EntryId]) -> Result<(), StoreError> {
    diesel::delete(open_items::table.filter(open_items::entry_id.among(ids))).execute(tx.conn())?;
    let owed: Vec<(EntryId, Option<NaiveDate>, Option<i64>)> = ledger_postings::table
        .filter(ledger_postings::entry_id.among(ids))
        .filter(ledger_postings::due_on.is_not_null())
        .group_by(ledger_postings::entry_id)
        .select((
            ledger_postings::entry_id,
            diesel::dsl::max(ledger_postings::due_on),
            sum_i64(ledger_postings::amount_cents),
        ))
        .load(tx.conn())?;
    let owners: BTreeMap<EntryId, AccountId> = ledger_entries::table
        .filter(ledger_entries::id.among(ids))
        .filter(ledger_entries::account_id.is_not_null())
        .select((
            ledger_entries::id,
            ledger_entries::account_id.assume_not_null(),
        ))
        .load::<(EntryId, AccountId)>(tx.conn())?
        .into_iter()
        .collect();
    let applied: BTreeMap<EntryId, Option<i64>> = ledger_applications::table
        .filter(ledger_applications::debit_entry_id.among(ids))
        .group_by(ledger_applications::debit_entry_id)
        .select((
            ledger_applications::debit_entry_id,
            sum_i64(ledger_applications::amount_cents),
        ))
        .load::<(EntryId, Option<i64>)>(tx.conn())?
        .into_iter()
        .collect();
    let accounts: BTreeSet<AccountId> = owners.values().copied().collect();
    let classes = classes(tx, &accounts.into_iter().collect::<Vec<_>>())?;
    let mut rows = Vec::new();
    for (entry_id, due_on, original) in owed {
        let original_cents = Money::from_cents(original.unwrap_or_default());
        let paid = Money::from_cents(
            applied
                .get(&entry_id)
                .copied()
                .flatten()
                .unwrap_or_default(),
        );
        let remaining_cents = original_cents - paid;
        let (Some(account_id), Some(due_on)) = (owners.get(&entry_id).copied(), due_on) else {
            continue;
        };
        if !remaining_cents.is_zero() {
            let account_class = *classes
                .get(&account_id)
                .ok_or(StoreError::Missing("account"))?;
            rows.push(ItemRow {
                entry_id,
                account_id,
                account_class,
                due_on,
                original_cents,
                remaining_cents,
            });
        }
    }
    insert_all!(tx, open_items::table, rows.as_slice())
}

fn refresh_credits(tx: &mut Tx<'_>, chart: &Chart, ids: &[AccountId]) -> Result<(), StoreError> {
    diesel::delete(customer_credits::table.filter(customer_credits::account_id.among(ids)))
        .execute(tx.conn())?;
    let sums: Vec<(Option<AccountId>, Option<i64>)> = ledger_postings::table
        .inner_join(ledger_entries::table)
        .filter(ledger_entries::account_id.eq_any(ids))
        .filter(ledger_postings::gl_account.eq(chart.code(Role::CustomerCredits)))
        .group_by(ledger_entries::account_id)
        .select((
            ledger_entries::account_id,
            sum_i64(ledger_postings::amount_cents),
        ))
        .load(tx.conn())?;
    let classes = classes(tx, ids)?;
    let mut rows = Vec::new();
    for (account, cents) in sums {
        let held_cents = -Money::from_cents(cents.unwrap_or_default());
        let Some(account_id) = account.filter(|_| !held_cents.is_zero()) else {
            continue;
        };
        let account_class = *classes
            .get(&account_id)
            .ok_or(StoreError::Missing("account"))?;
        rows.push(CreditRow {
            account_id,
            account_class,
            held_cents,
        });
    }
    insert_all!(tx, customer_credits::table, rows.as_slice())
}

fn classes(
    tx: &mut Tx<'_>,
    ids: &[AccountId],
) -> Result<BTreeMap<AccountId, AccountClass>, StoreError> {
    let mut classes = BTreeMap::new();
    for some in ids.chunks(LIST) {
        let rows: Vec<(AccountId, AccountClass)> = accounts::table
            .filter(accounts::id.among(some))
            .select((accounts::id, accounts::class))
            .load(tx.conn())?;
        classes.extend(rows);
    }
    Ok(classes)
}

fn applied_by_leg(
    conn: &mut Conn,
    entries: &[EntryId],
) -> Result<BTreeMap<LegId, Money>, StoreError> {
    let mut applied = BTreeMap::new();
    for some in entries.chunks(LIST) {
        let rows: Vec<(EntryId, i32, Option<i64>)> = ledger_applications::table
            .filter(ledger_applications::debit_entry_id.among(some))
            .group_by((
                ledger_applications::debit_entry_id,
                ledger_applications::debit_position,
            ))
            .select((
                ledger_applications::debit_entry_id,
                ledger_applications::debit_position,
                sum_i64(ledger_applications::amount_cents),
            ))
            .load(conn)?;
        applied.extend(rows.into_iter().map(|(entry, position, cents)| {
            (
                LegId { entry, position },
                Money::from_cents(cents.unwrap_or_default()),
            )
        }));
    }
    Ok(applied)
}

/// What is still owed of a bill that the door has found.
pub fn remaining_of(conn: &mut Conn, bill: BillId) -> Result<Money, StoreError> {
    let found: Option<Money> = open_items::table
        .inner_join(ledger_entries::table)
        .filter(ledger_entries::source_kind.eq(SourceKind::Bill))
        .filter(ledger_entries::source_id.eq(bill.0))
        .select(open_items::remaining_cents)
        .first(conn)
        .optional()?;
    Ok(found.unwrap_or_default())
}
