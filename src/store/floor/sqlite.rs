//! The floor on SQLite: prepared statements, one row at a time, past everything of ours.

use std::time::{Duration, Instant};

use rusqlite::types::Value;
use rusqlite::{Connection, Statement, params_from_iter};

use crate::store::error::StoreError;
use crate::store::floor::Written;

/// The tables of a run in the order of their references, and which of their rows belong to a span of bills.
const TABLES: &[(&str, &str)] = &[
    ("bills", "id BETWEEN ?1 AND ?2"),
    ("bill_segments", "bill_id BETWEEN ?1 AND ?2"),
    ("bill_lines", "bill_id BETWEEN ?1 AND ?2"),
    (
        "ledger_entries",
        "source_kind = 'bill' AND source_id BETWEEN ?1 AND ?2",
    ),
    (
        "ledger_postings",
        "entry_id IN (SELECT id FROM ledger_entries WHERE source_kind = 'bill' AND source_id BETWEEN ?1 AND ?2)",
    ),
    (
        "open_items",
        "entry_id IN (SELECT id FROM ledger_entries WHERE source_kind = 'bill' AND source_id BETWEEN ?1 AND ?2)",
    ),
];

/// The same settings as the house's writer.
const PRAGMAS: &str = "PRAGMA journal_mode=WAL; PRAGMA foreign_keys=ON; PRAGMA recursive_triggers=ON; PRAGMA synchronous=FULL; \
     PRAGMA temp_store=MEMORY; PRAGMA cache_size=-65536;";

fn fault(error: rusqlite::Error) -> StoreError {
    StoreError::Unavailable(error.to_string())
}

/// Copies a database as it stands, without the room it no longer needs.
///
/// # Errors
/// `Unavailable` where either file cannot be used.
pub fn copy(from: &str, to: &str) -> Result<(), StoreError> {
    let conn = Connection::open(from).map_err(fault)?;
    conn.execute("VACUUM INTO ?1", [to]).map_err(fault)?;
    Ok(())
}

/// Writes the rows of the bill runs of one database into another that has everything else, so many bills a commit.
///
/// # Errors
/// `Unavailable` where either file cannot be used.
pub fn write_again(from: &str, into: &str, commit: usize) -> Result<Written, StoreError> {
    let from = Connection::open(from).map_err(fault)?;
    let into = Connection::open(into).map_err(fault)?;
    into.execute_batch(PRAGMAS).map_err(fault)?;
    let bills = ids(&from, "SELECT id FROM bills ORDER BY id")?;
    let known = ids(&into, "SELECT COALESCE(MAX(id), 0) FROM audit_rows")?;
    let mut audits = ids(
        &from,
        "SELECT id FROM audit_rows WHERE subject_kind = 'bill_run' ORDER BY id",
    )?;
    audits.retain(|audit| !known.iter().any(|known| audit <= known));
    let commits = bills.len().div_ceil(commit.max(1)).max(1);
    let audits_a_commit = audits.len().div_ceil(commits).max(1);
    let mut audits = audits.chunks(audits_a_commit);
    let mut written = Written::default();
    for chunk in bills.chunks(commit.max(1)) {
        let mut parts = Vec::with_capacity(TABLES.len() + 1);
        for (table, of_bills) in TABLES {
            parts.push(rows_of(&from, table, of_bills, span(chunk))?);
        }
        if let Some(audits) = audits.next() {
            let of_run = "id BETWEEN ?1 AND ?2 AND subject_kind = 'bill_run'";
            parts.push(rows_of(&from, "audit_rows", of_run, span(audits))?);
        }
        written.rows += parts.iter().map(|part| count(part.rows.len())).sum::<u64>();
        written.commits += 1;
        written.took += write(&into, &parts)?;
    }
    Ok(written)
}

/// Rows of one table.
struct Part {
    table: &'static str,
    columns: usize,
    rows: Vec<Vec<Value>>,
}

fn write(conn: &Connection, parts: &[Part]) -> Result<Duration, StoreError> {
    let started = Instant::now();
    conn.execute_batch("BEGIN IMMEDIATE").map_err(fault)?;
    for part in parts {
        insert(&mut statement(conn, part)?, part)?;
    }
    conn.execute_batch("COMMIT").map_err(fault)?;
    Ok(started.elapsed())
}

fn statement<'c>(conn: &'c Connection, part: &Part) -> Result<Statement<'c>, StoreError> {
    let places = vec!["?"; part.columns].join(",");
    conn.prepare(&format!("INSERT INTO {} VALUES ({places})", part.table))
        .map_err(fault)
}

fn insert(statement: &mut Statement<'_>, part: &Part) -> Result<(), StoreError> {
    for row in &part.rows {
        statement.execute(params_from_iter(row)).map_err(fault)?;
    }
    Ok(())
}

fn rows_of(
    conn: &Connection,
    table: &'static str,
    wanted: &str,
    (first, last): (i64, i64),
) -> Result<Part, StoreError> {
    let sql = format!("SELECT * FROM {table} WHERE {wanted} ORDER BY 1, 2");
    let mut statement = conn.prepare(&sql).map_err(fault)?;
    let columns = statement.column_count();
    let rows = statement
        .query_map([first, last], |row| {
            (0..columns).map(|column| row.get(column)).collect()
        })
        .and_then(Iterator::collect)
        .map_err(fault)?;
    Ok(Part {
        table,
        columns,
        rows,
    })
}

fn ids(conn: &Connection, sql: &str) -> Result<Vec<i64>, StoreError> {
    let mut statement = conn.prepare(sql).map_err(fault)?;
    statement
        .query_map([], |row| row.get(0))
        .and_then(Iterator::collect)
        .map_err(fault)
}

fn span(ids: &[i64]) -> (i64, i64) {
    let first = ids.first().copied().unwrap_or_default();
    (first, ids.last().copied().unwrap_or(first))
}

fn count(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(u64::MAX)
}
