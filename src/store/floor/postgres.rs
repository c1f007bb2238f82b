//! The floor on PostgreSQL: `COPY` of text into tables of a schema beside the house's, with the same keys, checks and indexes.

use std::collections::HashMap;
use std::io::BufRead;
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use diesel::pg::CopyFormat;
use diesel::prelude::*;
use diesel::sql_types::Text;

use crate::store::error::StoreError;
use crate::store::floor::Written;
use crate::store::schema::{
    audit_rows, bill_lines, bill_runs, bill_segments, bills, ledger_entries, ledger_postings,
    open_items,
};

/// The schema beside the house's.
const BESIDE: &str = "floor";

/// The tables of a run in the order of their references.
const TABLES: &[&str] = &[
    "bill_runs",
    "bills",
    "bill_segments",
    "bill_lines",
    "ledger_entries",
    "ledger_postings",
    "open_items",
    "audit_rows",
];

#[derive(QueryableByName)]
struct ForeignKey {
    #[diesel(sql_type = Text)]
    definition: String,
}

/// Rows of one table as `COPY` writes them, by the commit they belong to.
#[derive(Default)]
struct Copied {
    commits: Vec<Vec<u8>>,
    rows: u64,
}

/// Reads a table as `COPY` writes it, and sorts its rows to commits.
macro_rules! copied {
    ($conn:expr, $table:ident, $commit_of:expr) => {{
        let lines = diesel::copy_to($table::table)
            .with_format(CopyFormat::Text)
            .load_raw($conn)?
            .lines();
        let copied = sorted(lines, $commit_of);
        // Diesel leaves the end of the copy on the line; a plain statement takes it off.
        $conn.batch_execute("SELECT 1")?;
        copied
    }};
}

/// Writes such rows.
macro_rules! copy_in {
    ($conn:expr, $table:ident, $bytes:expr) => {{
        let bytes: &[u8] = $bytes;
        if !bytes.is_empty() {
            diesel::copy_from($table::table)
                .from_raw_data($table::table, |out| written(out, bytes))
                .with_format(CopyFormat::Text)
                .execute($conn)?;
        }
    }};
}

/// Writes the rows of a database's bill runs into fresh tables beside them, so many bills a commit.
///
/// # Errors
/// Those of the database.
pub fn write_again(url: &str, commit: usize) -> Result<Written, StoreError> {
    let mut conn =
        PgConnection::establish(url).map_err(|error| StoreError::Unavailable(error.to_string()))?;
    make_tables(&mut conn)?;
    let conn = &mut conn;
    let bill_of: Vec<i64> = bills::table.order(bills::id).select(bills::id).load(conn)?;
    let commits = bill_of.len().div_ceil(commit.max(1)).max(1);
    let of_bill: HashMap<i64, usize> = (0_usize..)
        .zip(&bill_of)
        .map(|(place, bill)| (*bill, place / commit.max(1)))
        .collect();
    let entries: Vec<(i64, i64)> = ledger_entries::table
        .select((ledger_entries::id, ledger_entries::source_id))
        .load(conn)?;
    let of_entry: HashMap<i64, usize> = entries
        .into_iter()
        .filter_map(|(entry, bill)| Some((entry, *of_bill.get(&bill)?)))
        .collect();
    let by_bill = |line: &str| field(line, 0).and_then(|bill| of_bill.get(&bill).copied());
    let by_entry = |line: &str| field(line, 0).and_then(|entry| of_entry.get(&entry).copied());
    let mut turn = 0;
    let in_turn = |line: &str| {
        line.contains("\tbill_run\t").then(|| {
            turn += 1;
            (turn - 1) % commits
        })
    };
    let runs = copied!(conn, bill_runs, |_: &str| Some(0))?;
    let parts = [
        copied!(conn, bills, by_bill)?,
        copied!(conn, bill_segments, by_bill)?,
        copied!(conn, bill_lines, by_bill)?,
        copied!(conn, ledger_entries, by_entry)?,
        copied!(conn, ledger_postings, by_entry)?,
        copied!(conn, open_items, by_entry)?,
        copied!(conn, audit_rows, in_turn)?,
    ];
    conn.batch_execute(&format!("SET search_path TO {BESIDE}, public"))?;
    copy_in!(conn, bill_runs, bytes_of(&runs, 0));
    let mut took = Duration::ZERO;
    for commit in 0..commits {
        took += write(conn, &parts, commit)?;
    }
    Ok(Written {
        rows: parts.iter().map(|part| part.rows).sum(),
        commits: u64::try_from(commits).unwrap_or(u64::MAX),
        took,
    })
}

fn write(conn: &mut PgConnection, parts: &[Copied; 7], commit: usize) -> QueryResult<Duration> {
    let [bill, segments, lines, entries, postings, items, audits] = parts;
    let started = Instant::now();
    conn.batch_execute("BEGIN")?;
    copy_in!(conn, bills, bytes_of(bill, commit));
    copy_in!(conn, bill_segments, bytes_of(segments, commit));
    copy_in!(conn, bill_lines, bytes_of(lines, commit));
    copy_in!(conn, ledger_entries, bytes_of(entries, commit));
    copy_in!(conn, ledger_postings, bytes_of(postings, commit));
    copy_in!(conn, open_items, bytes_of(items, commit));
    copy_in!(conn, audit_rows, bytes_of(audits, commit));
    conn.batch_execute("COMMIT")?;
    Ok(started.elapsed())
}

/// The same tables in the schema beside: columns, checks, indexes by `LIKE`, foreign keys by their own words.
fn make_tables(conn: &mut PgConnection) -> QueryResult<()> {
    let list = TABLES
        .iter()
        .map(|table| format!("'{table}'::regclass"))
        .collect::<Vec<_>>()
        .join(",");
    let keys: Vec<ForeignKey> = diesel::sql_query(format!(
        "SELECT format('ALTER TABLE {BESIDE}.%I ADD CONSTRAINT %I %s', r.relname, c.conname, pg_get_constraintdef(c.oid)) AS definition \
         FROM pg_constraint c JOIN pg_class r ON r.oid = c.conrelid WHERE c.contype = 'f' AND c.conrelid IN ({list})"
    ))
    .load(conn)?;
    conn.batch_execute(&format!(
        "DROP SCHEMA IF EXISTS {BESIDE} CASCADE; CREATE SCHEMA {BESIDE}; SET search_path TO {BESIDE}, public"
    ))?;
    for table in TABLES {
        conn.batch_execute(&format!(
            "CREATE TABLE {BESIDE}.{table} (LIKE public.{table} INCLUDING ALL)"
        ))?;
    }
    for key in keys {
        conn.batch_execute(&key.definition)?;
    }
    conn.batch_execute("SET search_path TO public")
}

fn sorted(
    lines: impl Iterator<Item = std::io::Result<String>>,
    mut commit_of: impl FnMut(&str) -> Option<usize>,
) -> Result<Copied, StoreError> {
    let mut copied = Copied::default();
    for line in lines {
        let line = line.map_err(|error| StoreError::Unavailable(error.to_string()))?;
        let Some(commit) = commit_of(&line) else {
            continue;
        };
        if copied.commits.len() <= commit {
            copied.commits.resize_with(commit + 1, Vec::new);
        }
        if let Some(bytes) = copied.commits.get_mut(commit) {
            bytes.extend_from_slice(line.as_bytes());
            bytes.push(b'\n');
            copied.rows += 1;
        }
    }
    Ok(copied)
}

fn bytes_of(copied: &Copied, commit: usize) -> &[u8] {
    copied.commits.get(commit).map_or(&[], Vec::as_slice)
}

fn field(line: &str, place: usize) -> Option<i64> {
    line.split('\t').nth(place)?.parse().ok()
}

fn written(out: &mut dyn std::io::Write, bytes: &[u8]) -> QueryResult<()> {
    out.write_all(bytes)
        .map_err(|error| diesel::result::Error::SerializationError(Box::new(error)))
}
