//! The ledger in the order in which it was posted, a page at a time, for the journal that other programs check.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Date, Text};

use crate::domain::gl::{FundCode, GlCode};
use crate::domain::ids::{AccountNumber, EntryId};
use crate::domain::ledger::{EntryKind, Posting, SourceKind};
use crate::domain::money::Money;
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::schema::{accounts, ledger_entries, ledger_postings};

/// An entry of the journal with its legs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JournalEntry {
    /// The entry.
    pub id: EntryId,
    /// The day it counts from.
    pub on: NaiveDate,
    /// What happened.
    pub kind: EntryKind,
    /// What sort of thing it was made for.
    pub source_kind: SourceKind,
    /// Which one.
    pub source_id: i64,
    /// The customer's account number.
    pub account: Option<AccountNumber>,
    /// What a person wrote about it.
    pub memo: Option<String>,
    /// Its legs.
    pub postings: Vec<Posting>,
}

#[derive(QueryableByName)]
struct SumRow {
    #[diesel(sql_type = Text)]
    gl: GlCode,
    #[diesel(sql_type = Text)]
    fund: FundCode,
    #[diesel(sql_type = BigInt)]
    balance: Money,
}

/// What each account of each fund came to by the end of a day; every place that was ever posted to by then is there.
pub fn balances(
    conn: &mut Conn,
    by: NaiveDate,
) -> Result<BTreeMap<(GlCode, FundCode), Money>, StoreError> {
    let rows: Vec<SumRow> = diesel::sql_query(
        "SELECT l.gl_account AS gl, l.fund AS fund, CAST(SUM(l.amount_cents) AS BIGINT) AS balance
         FROM ledger_postings l JOIN ledger_entries e ON e.id = l.entry_id
         WHERE e.on_date <= $1 GROUP BY l.gl_account, l.fund",
    )
    .bind::<Date, _>(by)
    .load(conn)?;
    Ok(rows
        .into_iter()
        .map(|row| ((row.gl, row.fund), row.balance))
        .collect())
}

/// The first and the last day on which anything counts; `None` where nothing was ever posted.
pub fn span(conn: &mut Conn) -> Result<Option<(NaiveDate, NaiveDate)>, StoreError> {
    use diesel::dsl::{max, min};
    let days = (min(ledger_entries::on_date), max(ledger_entries::on_date));
    let (first, last): (Option<NaiveDate>, Option<NaiveDate>) =
        ledger_entries::table.select(days).first(conn)?;
    Ok(first.zip(last))
}

/// The next entries after one, as they were posted, of the days from `from` through `by`.
pub fn page(
    conn: &mut Conn,
    after: EntryId,
    (from, by): (NaiveDate, NaiveDate),
    limit: i64,
) -> Result<Vec<JournalEntry>, StoreError> {
    type Row = (
        EntryId,
        NaiveDate,
        EntryKind,
        SourceKind,
        i64,
        Option<AccountNumber>,
        Option<String>,
    );
    let rows: Vec<Row> = ledger_entries::table
        .left_join(accounts::table)
        .filter(ledger_entries::id.gt(after))
        .filter(ledger_entries::on_date.between(from, by))
        .order(ledger_entries::id)
        .limit(limit)
        .select((
            ledger_entries::id,
            ledger_entries::on_date,
            ledger_entries::kind,
            ledger_entries::source_kind,
            ledger_entries::source_id,
            accounts::number.nullable(),
            ledger_entries::memo,
        ))
        .load(conn)?;
    let ids: Vec<EntryId> = rows.iter().map(|row| row.0).collect();
    let legs: Vec<(EntryId, GlCode, FundCode, Money, Option<NaiveDate>)> = ledger_postings::table
        .filter(ledger_postings::entry_id.eq_any(&ids))
        .order((ledger_postings::entry_id, ledger_postings::position))
        .select((
            ledger_postings::entry_id,
            ledger_postings::gl_account,
            ledger_postings::fund,
            ledger_postings::amount_cents,
            ledger_postings::due_on,
        ))
        .load(conn)?;
    let mut postings: BTreeMap<EntryId, Vec<Posting>> = BTreeMap::new();
    for (entry, gl, fund, amount, due_on) in legs {
        postings.entry(entry).or_default().push(Posting {
            gl,
            fund,
            amount,
            due_on,
        });
    }
    let entry = |(id, on, kind, source_kind, source_id, account, memo): Row| JournalEntry {
        id,
        on,
        kind,
        source_kind,
        source_id,
        account,
        memo,
        postings: postings.remove(&id).unwrap_or_default(),
    };
    Ok(rows.into_iter().map(entry).collect())
}
