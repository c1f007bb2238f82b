//! The ledger's rows: entries, postings, applications. Append-only: this file contains no update and no delete, and the database refuses
//! both. What is still owed is a sum of these rows; its cache is next door, in `open_items.rs`.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::domain::entries;
use crate::domain::gl::{Chart, FundCode, GlCode};
use crate::domain::ids::{AccountId, EntryId};
use crate::domain::ledger::{Application, Entry, EntryKind, Posting, Source, SourceKind};
use crate::domain::money::Money;
use crate::store::any::AnyConnection;
use crate::store::bulk::{self, insert_all};
use crate::store::db::{Conn, Tx};
use crate::store::deposits;
use crate::store::error::StoreError;
use crate::store::ext::{AmongMethods as _, sum_i64};
use crate::store::ledger_legs;
use crate::store::open_items;
use crate::store::schema::{accounts, ledger_applications, ledger_entries, ledger_postings};

mod standing;

pub use self::standing::{
    list_credit_applications, list_paid, list_paying, list_standing_of, list_standing_on,
};

/// How many ids one `IN` list holds at the most.
const LIST: usize = 1_000;

#[derive(Insertable)]
#[diesel(table_name = ledger_entries, treat_none_as_default_value = false)]
struct NewEntry {
    id: EntryId,
    account_id: Option<AccountId>,
    kind: EntryKind,
    on_date: NaiveDate,
    posted_at: NaiveDateTime,
    source_kind: SourceKind,
    source_id: i64,
    reverses_entry_id: Option<EntryId>,
    receivable_cents: Money,
    memo: Option<String>,
}

#[derive(Insertable)]
#[diesel(table_name = ledger_postings, treat_none_as_default_value = false)]
struct NewPosting {
    entry_id: EntryId,
    position: i32,
    gl_account: String,
    fund: String,
    amount_cents: Money,
    due_on: Option<NaiveDate>,
}

#[derive(Insertable)]
#[diesel(table_name = ledger_applications, treat_none_as_default_value = false)]
struct NewApplication {
    entry_id: EntryId,
    position: i32,
    credit_entry_id: EntryId,
    debit_entry_id: EntryId,
    debit_position: i32,
    amount_cents: Money,
    on_date: NaiveDate,
}

/// An entry as it stands in the ledger, without its legs.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = ledger_entries)]
pub struct EntryRow {
    /// Row id.
    pub id: EntryId,
    /// Whose ledger it stands in.
    pub account_id: Option<AccountId>,
    /// What happened.
    pub kind: EntryKind,
    /// The civil day it counts from.
    pub on_date: NaiveDate,
    /// When it was recorded.
    pub posted_at: NaiveDateTime,
    /// What sort of thing it was made for.
    pub source_kind: SourceKind,
    /// Which one.
    pub source_id: i64,
    /// The entry it takes back.
    pub reverses_entry_id: Option<EntryId>,
    /// By how much it changed what the customer owes.
    #[diesel(column_name = receivable_cents)]
    pub receivable: Money,
    /// What a person wrote about it.
    pub memo: Option<String>,
}

/// An entry of a statement, with the balance after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatementRow {
    /// The entry.
    pub entry: EntryRow,
    /// What the account owed after it.
    pub balance: Money,
}

/// Waits until nobody else posts to these accounts. On SQLite the one writer is enough.
pub fn lock(tx: &mut Tx<'_>, ids: &[AccountId]) -> Result<(), StoreError> {
    if let AnyConnection::Pg(conn) = tx.conn() {
        for some in ids.chunks(LIST) {
            accounts::table
                .filter(accounts::id.eq_any(some))
                .order(accounts::id)
                .select(accounts::id)
                .for_no_key_update()
                .load::<AccountId>(conn)?;
        }
    }
    Ok(())
}

/// Records entries with all their legs and applications, and brings the caches of what is owed and held up to date. The ids are in the
/// order of the entries. What of them pays a deposit, or takes that back, moves what is held as deposits in the same entry.
///
/// The same kind of entry for the same source is refused as a conflict, and with it the transaction.
pub fn insert(
    tx: &mut Tx<'_>,
    chart: &Chart,
    entries: &[Entry],
) -> Result<Vec<EntryId>, StoreError> {
    let entries = with_deposits(tx, chart, entries)?;
    let entries: &[Entry] = &entries;
    let ids: Vec<EntryId> = bulk::reserve(tx, "ledger_entries", entries.len())?
        .into_iter()
        .map(EntryId)
        .collect();
    let posted_at = tx.stamp.at;
    let rows: Vec<NewEntry> = ids
        .iter()
        .zip(entries)
        .map(|(id, entry)| entry_row(*id, entry, posted_at))
        .collect();
    insert_all!(tx, ledger_entries::table, rows.as_slice())?;

    let legs: Vec<NewPosting> = ids
        .iter()
        .zip(entries)
        .flat_map(|(id, entry)| posting_rows(*id, entry))
        .collect();
    insert_all!(tx, ledger_postings::table, legs.as_slice())?;

    let days = days_of_debts(tx, entries)?;
    let applications: Vec<NewApplication> = ids
        .iter()
        .zip(entries)
        .flat_map(|(id, entry)| application_rows(*id, entry, &days))
        .collect();
    if !applications.is_empty() {
        insert_all!(tx, ledger_applications::table, applications.as_slice())?;
    }
    open_items::keep_up(tx, chart, &ids, entries)?;
    Ok(ids)
}

/// The entries, each completed by what it does to deposits. One query where any of them pays a debt.
fn with_deposits<'a>(
    tx: &mut Tx<'_>,
    chart: &Chart,
    posted: &'a [Entry],
) -> Result<Cow<'a, [Entry]>, StoreError> {
    let debts: BTreeSet<EntryId> = posted
        .iter()
        .flat_map(Entry::applications)
        .map(|application| application.leg.entry)
        .collect();
    let debts: Vec<EntryId> = debts.into_iter().collect();
    let asks = deposits::list_asks(tx, &debts)?;
    if asks.is_empty() {
        return Ok(Cow::Borrowed(posted));
    }
    let whole = |entry: &Entry| {
        let completed = entries::deposits::with_held(chart, entry, |debt| asks.contains(&debt));
        let completed = completed.map_err(|error| StoreError::Unreadable(error.to_string()))?;
        Ok(completed.unwrap_or_else(|| entry.clone()))
    };
    let completed: Result<Vec<Entry>, StoreError> = posted.iter().map(whole).collect();
    completed.map(Cow::Owned)
}

/// What an account owes: by all that was ever posted, or by what counts from a day or earlier.
pub fn balance(
    conn: &mut Conn,
    account: AccountId,
    as_of: Option<NaiveDate>,
) -> Result<Money, StoreError> {
    let mut query = ledger_entries::table
        .filter(ledger_entries::account_id.eq(account))
        .select(sum_i64(ledger_entries::receivable_cents))
        .into_boxed();
    if let Some(day) = as_of {
        query = query.filter(ledger_entries::on_date.le(day));
    }
    let sum: Option<i64> = query.first(conn)?;
    Ok(Money::from_cents(sum.unwrap_or_default()))
}

/// What the legs of an account on one GL account come to.
pub fn sum_on(conn: &mut Conn, account: AccountId, gl: &GlCode) -> Result<Money, StoreError> {
    let sum: Option<i64> = ledger_postings::table
        .inner_join(ledger_entries::table)
        .filter(ledger_entries::account_id.eq(account))
        .filter(ledger_postings::gl_account.eq(gl))
        .select(sum_i64(ledger_postings::amount_cents))
        .first(conn)?;
    Ok(Money::from_cents(sum.unwrap_or_default()))
}

/// An account's latest entries, newest first, each with the balance after it.
pub fn statement(
    conn: &mut Conn,
    account: AccountId,
    limit: i64,
) -> Result<Vec<StatementRow>, StoreError> {
    let mut balance = balance(conn, account, None)?;
    let rows = ledger_entries::table
        .filter(ledger_entries::account_id.eq(account))
        .order((ledger_entries::on_date.desc(), ledger_entries::id.desc()))
        .limit(limit)
        .select(EntryRow::as_select())
        .load(conn)?;
    let with_balance = |entry: EntryRow| {
        let row = StatementRow { balance, entry };
        balance -= row.entry.receivable;
        row
    };
    Ok(rows.into_iter().map(with_balance).collect())
}

/// The entry of a kind that was made for a source.
pub fn find(
    conn: &mut Conn,
    source: Source,
    kind: EntryKind,
) -> Result<Option<EntryRow>, StoreError> {
    Ok(ledger_entries::table
        .filter(ledger_entries::source_kind.eq(source.kind))
        .filter(ledger_entries::source_id.eq(source.id))
        .filter(ledger_entries::kind.eq(kind))
        .select(EntryRow::as_select())
        .first(conn)
        .optional()?)
}

/// The entries of a kind that were made for some sources of one sort, by source.
pub fn list_made_for(
    conn: &mut Conn,
    source_kind: SourceKind,
    ids: &[i64],
    kind: EntryKind,
) -> Result<BTreeMap<i64, EntryId>, StoreError> {
    let mut found = BTreeMap::new();
    for some in ids.chunks(LIST) {
        let rows: Vec<(i64, EntryId)> = ledger_entries::table
            .filter(ledger_entries::source_kind.eq(source_kind))
            .filter(ledger_entries::source_id.among(some))
            .filter(ledger_entries::kind.eq(kind))
            .select((ledger_entries::source_id, ledger_entries::id))
            .load(conn)?;
        found.extend(rows);
    }
    Ok(found)
}

/// The entry, which must exist.
pub fn get(conn: &mut Conn, id: EntryId) -> Result<EntryRow, StoreError> {
    ledger_entries::table
        .find(id)
        .select(EntryRow::as_select())
        .first(conn)
        .optional()?
        .ok_or(StoreError::Missing("ledger entry"))
}

/// The legs of an entry, in their places.
pub fn list_postings(conn: &mut Conn, entry: EntryId) -> Result<Vec<Posting>, StoreError> {
    let rows: Vec<(GlCode, FundCode, Money, Option<NaiveDate>)> = ledger_postings::table
        .filter(ledger_postings::entry_id.eq(entry))
        .order(ledger_postings::position)
        .select((
            ledger_postings::gl_account,
            ledger_postings::fund,
            ledger_postings::amount_cents,
            ledger_postings::due_on,
        ))
        .load(conn)?;
    Ok(rows
        .into_iter()
        .map(|(gl, fund, amount, due_on)| Posting {
            gl,
            fund,
            amount,
            due_on,
        })
        .collect())
}

/// The newest entry of any of these accounts; before all of them where there is none.
pub fn newest(conn: &mut Conn, accounts: &[AccountId]) -> Result<EntryId, StoreError> {
    let newest: Option<EntryId> = ledger_entries::table
        .filter(ledger_entries::account_id.eq_any(accounts))
        .select(diesel::dsl::max(ledger_entries::id))
        .first(conn)?;
    Ok(newest.unwrap_or(EntryId(i64::MIN)))
}

/// What was posted on these accounts after an entry, with its legs, in order. Two queries.
pub fn list_since(
    conn: &mut Conn,
    accounts: &[AccountId],
    after: EntryId,
) -> Result<Vec<(EntryRow, Vec<Posting>)>, StoreError> {
    let rows: Vec<EntryRow> = ledger_entries::table
        .filter(ledger_entries::account_id.eq_any(accounts))
        .filter(ledger_entries::id.gt(after))
        .order(ledger_entries::id)
        .select(EntryRow::as_select())
        .load(conn)?;
    let ids: Vec<EntryId> = rows.iter().map(|row| row.id).collect();
    let mut by_entry = ledger_legs::list_postings(conn, &ids)?;
    let with_legs = |row: EntryRow| {
        let legs = by_entry.remove(&row.id).unwrap_or_default();
        (row, legs)
    };
    Ok(rows.into_iter().map(with_legs).collect())
}

fn entry_row(id: EntryId, entry: &Entry, posted_at: NaiveDateTime) -> NewEntry {
    let heading = entry.heading();
    NewEntry {
        id,
        account_id: heading.account,
        kind: heading.kind,
        on_date: heading.on,
        posted_at,
        source_kind: heading.source.kind,
        source_id: heading.source.id,
        reverses_entry_id: heading.reverses,
        receivable_cents: entry.receivable(),
        memo: heading.memo.clone(),
    }
}

fn posting_rows(entry_id: EntryId, entry: &Entry) -> impl Iterator<Item = NewPosting> {
    (0_i32..)
        .zip(entry.postings())
        .map(move |(position, posting)| NewPosting {
            entry_id,
            position,
            gl_account: posting.gl.as_str().to_owned(),
            fund: posting.fund.as_str().to_owned(),
            amount_cents: posting.amount,
            due_on: posting.due_on,
        })
}

fn application_rows(
    entry_id: EntryId,
    entry: &Entry,
    days: &BTreeMap<EntryId, NaiveDate>,
) -> impl Iterator<Item = NewApplication> {
    let on = entry.heading().on;
    let row = move |(position, application): (i32, &Application)| NewApplication {
        entry_id,
        position,
        credit_entry_id: application.credit.unwrap_or(entry_id),
        debit_entry_id: application.leg.entry,
        debit_position: application.leg.position,
        amount_cents: application.amount,
        on_date: days
            .get(&application.leg.entry)
            .map_or(on, |day| on.max(*day)),
    };
    (0_i32..).zip(entry.applications()).map(row)
}

/// The days of the debts that are applied to. Money may count from before the debt it pays (a bank debit counts from the day it was
/// given); until the debt's own day it is then a credit.
fn days_of_debts(
    tx: &mut Tx<'_>,
    entries: &[Entry],
) -> Result<BTreeMap<EntryId, NaiveDate>, StoreError> {
    let debts: BTreeSet<EntryId> = entries
        .iter()
        .flat_map(Entry::applications)
        .map(|application| application.leg.entry)
        .collect();
    let debts: Vec<EntryId> = debts.into_iter().collect();
    let mut days = BTreeMap::new();
    for some in debts.chunks(LIST) {
        let rows: Vec<(EntryId, NaiveDate)> = ledger_entries::table
            .filter(ledger_entries::id.among(some))
            .select((ledger_entries::id, ledger_entries::on_date))
            .load(tx.conn())?;
        days.extend(rows);
    }
    Ok(days)
}
