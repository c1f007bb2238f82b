//! What is owed, by due date and account class: now from the cache of open items, on any past day from the ledger itself.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Date, Text};

use crate::domain::accounts::AccountClass;
use crate::domain::gl::{Chart, Role};
use crate::domain::ids::AccountNumber;
use crate::domain::ledger::EntryKind;
use crate::domain::money::Money;
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::kept::KeptDsl;
use crate::store::schema::{accounts, ledger_entries, open_items};

/// What accounts of one class owe that falls due on one day.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct OwedRow {
    /// The class.
    #[diesel(sql_type = Text)]
    pub class: AccountClass,
    /// The day.
    #[diesel(sql_type = Date)]
    pub due_on: NaiveDate,
    /// How many entries are open.
    #[diesel(sql_type = BigInt)]
    pub items: i64,
    /// What is owed on them.
    #[diesel(sql_type = BigInt)]
    pub owed: Money,
}

/// What is held for accounts of one class that paid ahead.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct HeldRow {
    /// The class.
    #[diesel(sql_type = Text)]
    pub class: AccountClass,
    /// How much.
    #[diesel(sql_type = BigInt)]
    pub held: Money,
}

/// One open entry in a list of receivables.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct OpenRow {
    /// The account's printed number.
    pub number: AccountNumber,
    /// What the entry is.
    pub kind: EntryKind,
    /// When it falls due.
    pub due_on: NaiveDate,
    /// What was asked for.
    pub original: Money,
    /// What is still owed.
    pub remaining: Money,
}

/// Which open entries a list shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpenFilter {
    /// Of this class alone.
    pub class: Option<AccountClass>,
    /// Due on this day or later.
    pub due_from: Option<NaiveDate>,
    /// Due on this day or earlier.
    pub due_until: Option<NaiveDate>,
}

/// What is owed now, by class and due date.
pub fn owed_now(conn: &mut Conn) -> Result<Vec<OwedRow>, StoreError> {
    Ok(diesel::sql_query(
        "SELECT account_class AS class, due_on, COUNT(*) AS items, CAST(SUM(remaining_cents) AS BIGINT) AS owed
         FROM open_items GROUP BY account_class, due_on ORDER BY account_class, due_on",
    ).kept()
    .load(conn)?)
}

/// What is held now, by class.
pub fn held_now(conn: &mut Conn) -> Result<Vec<HeldRow>, StoreError> {
    Ok(diesel::sql_query(
        "SELECT account_class AS class, CAST(SUM(held_cents) AS BIGINT) AS held
         FROM customer_credits GROUP BY account_class ORDER BY account_class",
    )
    .kept()
    .load(conn)?)
}

/// What was owed at the end of a day, by class and due date, added up from the ledger.
pub fn owed_on(conn: &mut Conn, day: NaiveDate) -> Result<Vec<OwedRow>, StoreError> {
    Ok(diesel::sql_query(
        "SELECT a.class AS class, d.due_on AS due_on, COUNT(*) AS items,
                CAST(SUM(d.owed - COALESCE(p.paid, 0)) AS BIGINT) AS owed
         FROM (SELECT l.entry_id, e.account_id, MAX(l.due_on) AS due_on, CAST(SUM(l.amount_cents) AS BIGINT) AS owed
               FROM ledger_postings l JOIN ledger_entries e ON e.id = l.entry_id
               WHERE l.due_on IS NOT NULL AND e.on_date <= $1
               GROUP BY l.entry_id, e.account_id) d
         JOIN accounts a ON a.id = d.account_id
         LEFT JOIN (SELECT debit_entry_id, CAST(SUM(amount_cents) AS BIGINT) AS paid
                    FROM ledger_applications WHERE on_date <= $1 GROUP BY debit_entry_id) p
              ON p.debit_entry_id = d.entry_id
         WHERE d.owed <> COALESCE(p.paid, 0)
         GROUP BY a.class, d.due_on ORDER BY a.class, d.due_on",
    )
    .bind::<Date, _>(day).kept()
    .load(conn)?)
}

/// What was held at the end of a day, by class: payments that had nothing to pay yet included.
pub fn held_on(conn: &mut Conn, chart: &Chart, day: NaiveDate) -> Result<Vec<HeldRow>, StoreError> {
    Ok(diesel::sql_query(
        "SELECT class, CAST(SUM(held) AS BIGINT) AS held FROM (
             SELECT a.class AS class, -l.amount_cents AS held
             FROM ledger_postings l JOIN ledger_entries e ON e.id = l.entry_id JOIN accounts a ON a.id = e.account_id
             WHERE e.on_date <= $1 AND l.gl_account = $2
             UNION ALL
             SELECT a.class, p.amount_cents
             FROM ledger_applications p JOIN ledger_entries e ON e.id = p.entry_id JOIN accounts a ON a.id = e.account_id
             WHERE e.on_date <= $1 AND p.on_date > $1) h
         GROUP BY class HAVING SUM(held) <> 0 ORDER BY class",
    )
    .bind::<Date, _>(day)
    .bind::<Text, _>(chart.code(Role::CustomerCredits).as_str()).kept()
    .load(conn)?)
}

/// Open entries, the oldest due date first.
pub fn list_open(
    conn: &mut Conn,
    filter: OpenFilter,
    limit: i64,
    offset: i64,
) -> Result<Vec<OpenRow>, StoreError> {
    let mut query = open_items::table
        .inner_join(ledger_entries::table.inner_join(accounts::table))
        .order((open_items::due_on, open_items::entry_id))
        .limit(limit)
        .offset(offset)
        .select((
            accounts::number,
            ledger_entries::kind,
            open_items::due_on,
            open_items::original_cents,
            open_items::remaining_cents,
        ))
        .into_boxed();
    if let Some(class) = filter.class {
        query = query.filter(open_items::account_class.eq(class));
    }
    if let Some(day) = filter.due_from {
        query = query.filter(open_items::due_on.ge(day));
    }
    if let Some(day) = filter.due_until {
        query = query.filter(open_items::due_on.le(day));
    }
    Ok(query.load(conn)?)
}
