//! A whole utility comes in by its own files: looked through first, every line that cannot be taken named, then all of them taken at once or
//! none. What the house knows by the utility's own numbers is left as it is, so that the same files again change nothing.

mod balances;
mod deposits;
mod held;
mod house;
mod meters;
mod people;
mod places;
mod plan;
mod services;
mod write;

use chrono::NaiveDate;
use chrono_tz::Tz;

use crate::domain::money::Money;
use crate::domain::setup::{Refusal, SetupFile, Table};
use crate::store::audit::{self, Deed};
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::usecases::books::BooksError;
use crate::usecases::ledger::PostingError;
use crate::usecases::setup::house::House;
use crate::usecases::setup::plan::Plan;

/// Why files were not taken.
#[derive(Debug, thiserror::Error)]
pub enum SetupError {
    /// Lines that cannot be taken; nothing of the others was taken either.
    #[error("{} lines cannot be taken", .0.refusals.len())]
    Refused(Report),
    /// The books could not be opened, or refused an opening balance.
    #[error(transparent)]
    Books(#[from] PostingError),
    /// The rows could not be read or written.
    #[error(transparent)]
    Fault(#[from] StoreError),
}

impl From<BooksError> for SetupError {
    fn from(error: BooksError) -> Self {
        Self::Books(error.into())
    }
}

/// What files come to.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// Of each file, how many lines are new and how many were known.
    pub lines: Vec<(SetupFile, usize, usize)>,
    /// What the opening balances come to: owed, and held for customers.
    pub balances: (Money, Money),
    /// What the deposits come to.
    pub deposits: Money,
    /// Lines that cannot be taken, by file and line.
    pub refusals: Vec<Refusal>,
}

impl Report {
    /// Whether everything can be taken.
    #[must_use]
    pub const fn is_good(&self) -> bool {
        self.refusals.is_empty()
    }

    /// Whether there is anything that the house does not know.
    #[must_use]
    pub fn has_news(&self) -> bool {
        self.lines.iter().any(|(_, new, _)| *new > 0)
    }
}

/// Says what files would do, and writes nothing. `refused` are lines that could not even be read.
///
/// # Errors
/// The database, or a chart or rate that cannot be read.
pub fn weigh(
    conn: &mut Conn,
    on: NaiveDate,
    (tables, refused): (&[Table], &[Refusal]),
) -> Result<Report, SetupError> {
    let (_, report) = planned(conn, on, (tables, refused))?;
    Ok(report)
}

fn planned(
    conn: &mut Conn,
    on: NaiveDate,
    (tables, refused): (&[Table], &[Refusal]),
) -> Result<(Plan, Report), SetupError> {
    let mut refusals = refused.to_vec();
    let headings: Vec<Refusal> = tables.iter().flat_map(Table::check_headings).collect();
    let mut plan = Plan::default();
    if headings.is_empty() {
        let house = House::load(conn, on, tables)?;
        for table in tables {
            match table.file {
                SetupFile::Cycles => places::cycles(table, &house, &mut plan, &mut refusals),
                SetupFile::Premises => places::premises(table, &house, &mut plan, &mut refusals),
                SetupFile::ServicePoints => {
                    places::points(table, &house, &mut plan, &mut refusals);
                }
                SetupFile::Meters => meters::meters(table, &house, &mut plan, &mut refusals),
                SetupFile::Customers => people::customers(table, &house, &mut plan, &mut refusals),
                SetupFile::Accounts => people::accounts(table, &house, &mut plan, &mut refusals),
                SetupFile::Agreements => {
                    services::agreements(table, &house, &mut plan, &mut refusals);
                }
                SetupFile::LastReads => services::reads(table, &house, &mut plan, &mut refusals),
                SetupFile::OpeningBalances => {
                    balances::balances(table, &house, &mut plan, &mut refusals);
                }
                SetupFile::Deposits => {
                    deposits::deposits(table, &house, &mut plan, &mut refusals);
                }
            }
        }
    }
    refusals.extend(headings);
    refusals.sort();
    let report = Report {
        lines: tables
            .iter()
            .map(|table| {
                (
                    table.file,
                    plan.count_new(table.file),
                    plan.count_known(table.file),
                )
            })
            .collect(),
        balances: plan.owed_and_held(),
        deposits: plan.secured(),
        refusals,
    };
    Ok((plan, report))
}

/// Takes files in, all of them or none.
///
/// # Errors
/// `Refused` with every line that cannot be taken, or a fault.
pub fn import(
    tx: &mut Tx<'_>,
    zone: Tz,
    (tables, refused): (&[Table], &[Refusal]),
) -> Result<Report, SetupError> {
    let on = tx.stamp.on;
    let (mut plan, mut report) = planned(tx, on, (tables, refused))?;
    if report.is_good() && held::hold(tx, &plan)? {
        (plan, report) = planned(tx, on, (tables, refused))?;
    }
    if !report.is_good() {
        return Err(SetupError::Refused(report));
    }
    if !report.has_news() {
        return Ok(report);
    }
    write::write(tx, zone, &plan)?;
    let counts: serde_json::Map<String, serde_json::Value> = report
        .lines
        .iter()
        .map(|(file, new, _)| (file.to_string(), (*new).into()))
        .collect();
    let deed = Deed {
        action: "setup.imported",
        subject_kind: "import",
        subject_id: "setup".to_owned(),
        account_id: None,
        facts: serde_json::Value::Object(counts),
    };
    audit::insert(tx, &deed)?;
    Ok(report)
}
