//! The tables as the migrations make them are the tables that `store/schema.rs` says: the same on both databases, by way of it.

use std::collections::BTreeMap;

use diesel::prelude::*;
use diesel::sql_types::{Bool, Text};
use mainstay::store::any::AnyConnection;

use super::{code_lines, nothing_wrong, root, rust_pages};
use crate::support::db::TestDb;

/// A table's columns in order: name and type as Diesel writes it.
type Tables = BTreeMap<String, Vec<(String, String)>>;

#[derive(QueryableByName)]
struct Column {
    #[diesel(sql_type = Text)]
    table_name: String,
    #[diesel(sql_type = Text)]
    column_name: String,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Bool)]
    may_be_null: bool,
}

/// The full-text index is each database's own, made of other columns: `store/full_text.rs` alone speaks of it.
const SQLITE_COLUMNS: &str = "SELECT s.name AS table_name, c.name AS column_name, c.type AS kind,
        (c.\"notnull\" = 0 AND c.pk = 0) AS may_be_null
     FROM sqlite_schema s, pragma_table_info(s.name) c
     WHERE s.type = 'table' AND s.name NOT LIKE 'sqlite_%' AND s.name NOT LIKE 'search_index%' AND s.name <> '__diesel_schema_migrations'
     ORDER BY s.name, c.cid";

const POSTGRES_COLUMNS: &str =
    "SELECT CAST(table_name AS TEXT) AS table_name, CAST(column_name AS TEXT) AS column_name,
        CAST(data_type AS TEXT) AS kind, is_nullable = 'YES' AS may_be_null
     FROM information_schema.columns
     WHERE table_schema = 'public' AND table_name NOT IN ('__diesel_schema_migrations', 'search_index')
     ORDER BY table_name, ordinal_position";

#[test]
fn the_database_has_the_tables_the_house_speaks_of() {
    let house = TestDb::new();
    let spoken = tables_of_schema();
    let made = tables_of_database(&mut house.connect());
    let mut wrong = Vec::new();
    for name in spoken.keys().chain(made.keys()) {
        let (said, found) = (spoken.get(name), made.get(name));
        if !same(said, found) {
            wrong.push(format!(
                "{name}\n  schema.rs: {said:?}\n  database:  {found:?}"
            ));
        }
    }
    wrong.dedup();
    nothing_wrong(&wrong);
}

/// Whether the columns are the same; each database has fewer types than Rust.
fn same(said: Option<&Vec<(String, String)>>, found: Option<&Vec<(String, String)>>) -> bool {
    let (Some(said), Some(found)) = (said, found) else {
        return false;
    };
    said.len() == found.len()
        && said.iter().zip(found).all(|(said, found)| {
            let wanted = said.1.replace("Nullable<", "").replace('>', "");
            let nullable = said.1.starts_with("Nullable<") == found.1.starts_with("Nullable<");
            let kind = found.1.replace("Nullable<", "").replace('>', "");
            said.0 == found.0 && nullable && kinds(&wanted).contains(&kind.as_str())
        })
}

/// How a Diesel type is kept on SQLite and on PostgreSQL.
fn kinds(diesel: &str) -> &'static [&'static str] {
    match diesel {
        "BigInt" => &["INTEGER", "bigint"],
        "Integer" => &["INTEGER", "integer"],
        "SmallInt" => &["INTEGER", "smallint"],
        "Text" => &["TEXT", "text"],
        "Bool" => &["INTEGER", "boolean"],
        "Date" => &["TEXT", "date"],
        "Timestamp" => &["TEXT", "timestamp without time zone"],
        "Binary" => &["BLOB", "bytea"],
        _ => &[],
    }
}

fn tables_of_database(conn: &mut AnyConnection) -> Tables {
    let sql = match conn {
        AnyConnection::Sqlite(_) => SQLITE_COLUMNS,
        AnyConnection::Pg(_) => POSTGRES_COLUMNS,
    };
    let columns: Vec<Column> = diesel::sql_query(sql).load(conn).expect("the columns");
    let mut tables = Tables::new();
    for column in columns {
        let kind = if column.may_be_null {
            format!("Nullable<{}>", column.kind)
        } else {
            column.kind
        };
        tables
            .entry(column.table_name)
            .or_default()
            .push((column.column_name, kind));
    }
    tables
}

/// The name of every table.
pub fn table_names() -> Vec<String> {
    tables_of_schema().into_keys().collect()
}

/// Reads `diesel::table! { name (keys) { column -> Type, … } }`.
fn tables_of_schema() -> Tables {
    let text = std::fs::read_to_string(root().join("src/store/schema.rs")).expect("the schema");
    let mut tables = Tables::new();
    for table in text.split("table! {").skip(1) {
        let name = table.split_whitespace().next().unwrap_or_default();
        let body = table.split("\n}").next().unwrap_or_default();
        let mut renamed = None;
        for line in body.lines().map(str::trim) {
            if let Some(rest) = line.strip_prefix("#[sql_name = \"") {
                renamed = rest.split('"').next();
            } else if let Some((column, kind)) = line.split_once(" -> ") {
                let column = renamed.take().unwrap_or(column).to_owned();
                let kind = kind.trim_end_matches(',').to_owned();
                tables
                    .entry(name.to_owned())
                    .or_default()
                    .push((column, kind));
            }
        }
    }
    tables
}

/// Who reads agreements of bills, whatever became of an agreement since.
const BY_BILL: &[&str] = &[
    "src/store/bill_papers.rs",
    "src/store/bill_places.rs",
    "src/store/bill_screen.rs",
    "src/store/planned_alerts.rs",
    "src/store/portal/bills.rs",
    "src/store/rate_trials.rs",
];

#[test]
fn whoever_asks_for_agreements_leaves_out_what_was_withdrawn() {
    let is_change = |line: &str| {
        ["update(", "insert_all!("]
            .iter()
            .any(|word| line.contains(word))
    };
    let is_question = |line: &str| {
        let asks = line.contains("service_agreements::table") && !is_change(line);
        asks || line.contains("FROM service_agreements") || line.contains("JOIN service_agreements")
    };
    let mut wrong = Vec::new();
    let mut asked = 0;
    for page in rust_pages("src") {
        let lines = || code_lines(&page.text).map(|(_, line)| line);
        let questions = lines().filter(|line| is_question(line)).count();
        let leaves_out =
            |line: &&str| line.contains("withdrawn_at") || line.contains(".filter(served_on(");
        let limits = lines().filter(leaves_out).count();
        asked += questions;
        if questions > limits && !BY_BILL.contains(&page.path.as_str()) {
            wrong.push(format!(
                "{}: {questions} questions for agreements, {limits} leave out what was withdrawn",
                page.path
            ));
        }
    }
    assert!(asked > 15, "only {asked} questions were found");
    nothing_wrong(&wrong);
}
