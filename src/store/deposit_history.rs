//! What is looked at before a deposit is asked for or given back: bills that were paid late, shut-offs, and what the last bills came to. Each for
//! any number of accounts at once.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};
use diesel::prelude::*;

use crate::domain::bills::BillStatus;
use crate::domain::ids::{AccountId, EntryId, OrderId};
use crate::domain::ledger::EntryKind;
use crate::domain::money::Money;
use crate::domain::orders::{OrderKind, OrderState};
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::schema::{
    bill_cancellations, bills, ledger_applications, ledger_entries, ledger_postings, open_items,
    service_orders,
};

/// How many ids one `IN` list holds at the most.
const LIST: usize = 1_000;

/// How many bills make an average.
const AVERAGED: i64 = 12;

/// How many bills of accounts were paid late, or are: due on a day or later, and not paid in full so many days after. Bills that were canceled are
/// left out, and accounts without any.
pub fn list_late(
    conn: &mut Conn,
    accounts: &[AccountId],
    (since, on): (NaiveDate, NaiveDate),
    grace_days: u32,
) -> Result<BTreeMap<AccountId, usize>, StoreError> {
    let grace = Days::new(u64::from(grace_days));
    let mut late = BTreeMap::new();
    for some in accounts.chunks(LIST) {
        let (canceled, legs) = (list_canceled(conn, some)?, list_legs(conn, some, since)?);
        let mut owed: BTreeMap<EntryId, (AccountId, NaiveDate, Money)> = BTreeMap::new();
        for (entry, account, due_on, amount) in legs {
            let last = due_on.checked_add_days(grace).unwrap_or(due_on);
            if last < on && !canceled.contains(&entry) {
                owed.entry(entry).or_insert((account, last, Money::ZERO)).2 += amount;
            }
        }
        let ids: Vec<EntryId> = owed.keys().copied().collect();
        for (entry, paid_on, amount) in list_applied(conn, &ids)? {
            if let Some((_, last, left)) = owed.get_mut(&entry)
                && paid_on <= *last
            {
                *left -= amount;
            }
        }
        for (account, _, left) in owed.into_values() {
            if left.is_positive() {
                *late.entry(account).or_insert(0) += 1;
            }
        }
    }
    Ok(late)
}

fn list_canceled(conn: &mut Conn, accounts: &[AccountId]) -> Result<BTreeSet<EntryId>, StoreError> {
    let rows: Vec<EntryId> = ledger_entries::table
        .filter(ledger_entries::account_id.eq_any(accounts))
        .filter(ledger_entries::kind.eq(EntryKind::Cancellation))
        .filter(ledger_entries::reverses_entry_id.is_not_null())
        .select(ledger_entries::reverses_entry_id.assume_not_null())
        .load(conn)?;
    Ok(rows.into_iter().collect())
}

/// What bills asked for, leg by leg.
fn list_legs(
    conn: &mut Conn,
    accounts: &[AccountId],
    since: NaiveDate,
) -> Result<Vec<(EntryId, AccountId, NaiveDate, Money)>, StoreError> {
    Ok(ledger_entries::table
        .inner_join(ledger_postings::table)
        .filter(ledger_entries::account_id.eq_any(accounts))
        .filter(ledger_entries::kind.eq(EntryKind::Bill))
        .filter(ledger_postings::due_on.ge(since))
        .select((
            ledger_entries::id,
            ledger_entries::account_id.assume_not_null(),
            ledger_postings::due_on.assume_not_null(),
            ledger_postings::amount_cents,
        ))
        .load(conn)?)
}

fn list_applied(
    conn: &mut Conn,
    debts: &[EntryId],
) -> Result<Vec<(EntryId, NaiveDate, Money)>, StoreError> {
    let mut found = Vec::new();
    for some in debts.chunks(LIST) {
        let rows: Vec<(EntryId, NaiveDate, Money)> = ledger_applications::table
            .filter(ledger_applications::debit_entry_id.eq_any(some))
            .select((
                ledger_applications::debit_entry_id,
                ledger_applications::on_date,
                ledger_applications::amount_cents,
            ))
            .load(conn)?;
        found.extend(rows);
    }
    Ok(found)
}

/// Whether an account was shut off for what it owed, on a day or later.
pub fn was_shut_off(
    conn: &mut Conn,
    account: AccountId,
    since: NaiveDate,
) -> Result<bool, StoreError> {
    let done: Option<OrderId> = service_orders::table
        .filter(service_orders::account_id.eq(account))
        .filter(service_orders::kind.eq(OrderKind::ShutOff))
        .filter(service_orders::state.eq(OrderState::Done))
        .filter(service_orders::closed_on.ge(since))
        .select(service_orders::id)
        .first(conn)
        .optional()?;
    Ok(done.is_some())
}

/// What the last bills of an account that stand came to.
pub fn list_bills(conn: &mut Conn, account: AccountId) -> Result<Vec<Money>, StoreError> {
    let canceled = bill_cancellations::table.select(bill_cancellations::bill_id);
    Ok(bills::table
        .filter(bills::account_id.eq(account))
        .filter(bills::status.eq(BillStatus::Issued))
        .filter(bills::id.ne_all(canceled))
        .order((bills::until_on.desc(), bills::id.desc()))
        .limit(AVERAGED)
        .select(bills::total_cents)
        .load(conn)?)
}

/// Which of these accounts owe anything that was due before a day.
pub fn list_past_due(
    conn: &mut Conn,
    accounts: &[AccountId],
    on: NaiveDate,
) -> Result<BTreeSet<AccountId>, StoreError> {
    let mut found = BTreeSet::new();
    for some in accounts.chunks(LIST) {
        let rows: Vec<AccountId> = open_items::table
            .filter(open_items::account_id.eq_any(some))
            .filter(open_items::due_on.lt(on))
            .select(open_items::account_id)
            .distinct()
            .load(conn)?;
        found.extend(rows);
    }
    Ok(found)
}
