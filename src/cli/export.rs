//! `mainstay export journal`: the ledger as a journal for hledger or beancount, written as a stream.

use std::collections::BTreeMap;
use std::io::Write;

use anyhow::Context;
use chrono::NaiveDate;

use crate::config::Config;
use crate::documents::journal::{Form, Journal, Place, Transaction};
use crate::domain::ids::EntryId;
use crate::domain::ledger::Posting;
use crate::domain::money::Money;
use crate::store::db::{Access, Conn, Db};
use crate::store::error::StoreError;
use crate::store::reports::journal::{self, JournalEntry};
use crate::usecases::books::{self, BooksError};

/// How many entries are read at a time.
const PAGE: i64 = 1_000;

/// What is written out.
#[derive(clap::Args)]
pub struct ExportArgs {
    #[command(subcommand)]
    what: What,
}

#[derive(clap::Subcommand)]
enum What {
    /// The ledger as a plain-text journal, on standard output.
    Journal(JournalArgs),
}

#[derive(clap::Args)]
struct JournalArgs {
    /// `hledger` or `beancount`.
    #[arg(long)]
    format: Form,
    /// The first day; without it, the first on which anything counts.
    #[arg(long)]
    from: Option<NaiveDate>,
    /// The last day; without it, the last on which anything counts.
    #[arg(long)]
    until: Option<NaiveDate>,
}

/// Writes what was asked for to standard output.
pub fn run(args: &ExportArgs) -> anyhow::Result<()> {
    let config = Config::from_environment()?;
    let db = Db::open(&config.database_url, Access::Look)?;
    let What::Journal(args) = &args.what;
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    db.read_blocking(|conn| write_journal(conn, args.format, (args.from, args.until), &mut out))?;
    out.flush().context("the journal could not be written")
}

/// Why a journal was not written.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The chart of accounts could not be read.
    #[error(transparent)]
    Books(#[from] BooksError),
    /// The place it goes to.
    #[error(transparent)]
    Output(#[from] std::io::Error),
    /// The database.
    #[error(transparent)]
    Fault(#[from] StoreError),
}

/// Writes the journal of the days from one through another. One that doesn't begin at the beginning opens with what was there before.
pub fn write_journal(
    conn: &mut Conn,
    form: Form,
    days: (Option<NaiveDate>, Option<NaiveDate>),
    out: &mut impl Write,
) -> Result<(), ExportError> {
    let Some((first, last)) = journal::span(conn)? else {
        return Ok(());
    };
    let (from, by) = (days.0.unwrap_or(first), days.1.unwrap_or(last));
    let chart = books::open(conn, by)?.chart;
    let before = match from.pred_opt() {
        Some(day) => journal::balances(conn, day)?,
        None => BTreeMap::new(),
    };
    let balances = journal::balances(conn, by)?;
    let places = before.keys().chain(balances.keys()).cloned();
    let mut file = Journal::begin(form, &chart, out, places, from)?;
    if before.values().any(|balance| !balance.is_zero()) {
        file.write(&opening(from, before))?;
    }
    let mut after = EntryId(i64::MIN);
    loop {
        let page = journal::page(conn, after, (from, by), PAGE)?;
        let Some(last) = page.last() else { break };
        after = last.id;
        for entry in page {
            file.write(&transaction(entry))?;
        }
    }
    file.end(by, &balances)?;
    Ok(())
}

fn opening(from: NaiveDate, before: BTreeMap<Place, Money>) -> Transaction {
    let held = before.into_iter().filter(|(_, amount)| !amount.is_zero());
    let postings = held
        .map(|((gl, fund), amount)| Posting {
            gl,
            fund,
            amount,
            due_on: None,
        })
        .collect();
    Transaction {
        entry: EntryId(0),
        on: from,
        title: "opening balances".to_owned(),
        account: None,
        memo: None,
        postings,
    }
}

fn transaction(entry: JournalEntry) -> Transaction {
    Transaction {
        entry: entry.id,
        on: entry.on,
        title: format!(
            "{} of {} {}",
            entry.kind, entry.source_kind, entry.source_id
        )
        .replace('_', " "),
        account: entry.account.map(|number| number.as_str().to_owned()),
        memo: entry.memo,
        postings: entry.postings,
    }
}
