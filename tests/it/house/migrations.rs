//! The migrations: the same on both databases, up, down and up again.

use std::collections::BTreeSet;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::Text;
use diesel_migrations::MigrationHarness;
use mainstay::store::any::AnyConnection;
use mainstay::store::migrate::{POSTGRES, SQLITE};
use tempfile::TempDir;

use super::{nothing_wrong, pages};
use crate::support::db::{ServerDatabase, connect, postgres_server};

#[derive(QueryableByName)]
struct Named {
    #[diesel(sql_type = Text)]
    name: String,
}

#[test]
fn every_migration_goes_up_and_down_and_up_again() {
    let folder = TempDir::new().expect("a temporary folder");
    let file = folder.path().join("empty.db");
    up_down_up(connect(file.to_str().expect("a plain path")));
    if let Some(server) = postgres_server() {
        let empty = ServerDatabase::empty(&server);
        up_down_up(connect(&empty.url));
    }
}

fn up_down_up(mut conn: AnyConnection) {
    migrate_up(&mut conn);
    let first = everything_named(&mut conn);
    assert!(first.len() > 30, "tables, indexes and triggers: {first:?}");
    match &mut conn {
        AnyConnection::Sqlite(conn) => conn.revert_all_migrations(SQLITE).map(drop),
        AnyConnection::Pg(conn) => conn.revert_all_migrations(POSTGRES).map(drop),
    }
    .expect("each migration goes down");
    let left = everything_named(&mut conn);
    assert!(left.is_empty(), "left behind: {left:?}");
    migrate_up(&mut conn);
    assert_eq!(everything_named(&mut conn), first);
}

fn migrate_up(conn: &mut AnyConnection) {
    mainstay::store::migrate::run(conn).expect("each migration goes up");
}

/// Tables, views, indexes, triggers and functions of our own making.
fn everything_named(conn: &mut AnyConnection) -> BTreeSet<String> {
    let sql = match conn {
        AnyConnection::Sqlite(_) => {
            "SELECT type || ' ' || name AS name FROM sqlite_schema
             WHERE name NOT LIKE 'sqlite_%' AND name <> '__diesel_schema_migrations'"
        }
        AnyConnection::Pg(_) => {
            "SELECT CAST(relkind AS TEXT) || ' ' || relname AS name FROM pg_class
             WHERE relnamespace = 'public'::regnamespace AND relname NOT LIKE '\\_\\_diesel%'
             UNION ALL SELECT 'trigger ' || tgname FROM pg_trigger WHERE NOT tgisinternal
             UNION ALL SELECT 'function ' || proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
        }
    };
    let rows: Vec<Named> = diesel::sql_query(sql).load(conn).expect("a list of names");
    rows.into_iter().map(|row| row.name).collect()
}

/// What a house of an earlier build had sent, or had not to send, waits for no printer.
#[test]
fn what_went_on_paper_before_there_were_batches_has_ended() {
    let folder = TempDir::new().expect("a temporary folder");
    let file = folder.path().join("earlier.db");
    let mut conn = connect(file.to_str().expect("a plain path"));
    migrate_up(&mut conn);
    while everything_named(&mut conn).contains("table print_pieces") {
        match &mut conn {
            AnyConnection::Sqlite(conn) => conn.revert_last_migration(SQLITE).map(drop),
            AnyConnection::Pg(conn) => conn.revert_last_migration(POSTGRES).map(drop),
        }
        .expect("it goes down");
    }
    conn.batch_execute(
        "PRAGMA foreign_keys = OFF;
         INSERT INTO bill_deliveries (bill_id, channel, state, at) VALUES
             (1, 'paper', 'queued', '2026-07-01 12:00:00'),
             (2, 'paper', 'queued', '2026-07-01 12:00:00'), (2, 'paper', 'sent', '2026-07-02 12:00:00'),
             (3, 'paper', 'queued', '2026-07-01 12:00:00'), (3, 'paper', 'failed', '2026-07-03 12:00:00'),
             (4, 'paper', 'queued', '2026-07-01 12:00:00'), (5, 'email', 'queued', '2026-07-01 12:00:00');
         INSERT INTO bill_cancellations (bill_id, entry_id, reason, canceled_by, canceled_at, on_date)
             VALUES (4, 1, 'wrong', 'somebody', '2026-07-02 12:00:00', '2026-07-02');",
    )
    .expect("an earlier build's rows");
    migrate_up(&mut conn);
    let sql = "SELECT bill_id || ' ' || COALESCE(ending, 'waits') AS name FROM print_pieces ORDER BY bill_id";
    let rows: Vec<Named> = diesel::sql_query(sql).load(&mut conn).expect("the pieces");
    let pieces: Vec<String> = rows.into_iter().map(|row| row.name).collect();
    assert_eq!(pieces, ["1 waits", "2 elsewhere", "3 rerouted", "4 moot"]);
}

/// A landlord was noted on an account once, and is noted for its only place now; for none where it has several.
#[test]
fn landlords_of_an_earlier_build_are_noted_for_the_only_place_of_an_account() {
    let folder = TempDir::new().expect("a temporary folder");
    let file = folder.path().join("earlier.db");
    let mut conn = connect(file.to_str().expect("a plain path"));
    migrate_up(&mut conn);
    let rows_of = |conn: &mut AnyConnection, sql: &str| -> Vec<String> {
        let rows: Vec<Named> = diesel::sql_query(sql).load(conn).expect("rows");
        rows.into_iter().map(|row| row.name).collect()
    };
    let parts = "SELECT sql AS name FROM sqlite_schema WHERE name = 'account_roles'";
    while rows_of(&mut conn, parts)[0].contains("premise_id") {
        if let AnyConnection::Sqlite(conn) = &mut conn {
            conn.revert_last_migration(SQLITE).expect("it goes down");
        }
    }
    conn.batch_execute(
        "PRAGMA foreign_keys = OFF;
         INSERT INTO service_points (id, premise_id, commodity, facts) VALUES
             (1, 7, 'water', '{}'), (2, 7, 'sewer', '{}'), (3, 8, 'water', '{}');
         INSERT INTO service_agreements (account_id, service_point_id, rate_code, facts, from_on) VALUES
             (1, 1, 'W', '{}', '2025-01-01'), (1, 2, 'S', '{}', '2025-01-01'), (2, 2, 'S', '{}', '2024-01-01'), (2, 3, 'W', '{}', '2025-01-01');
         INSERT INTO account_roles (account_id, customer_id, role, from_on) VALUES
             (1, 1, 'main', '2025-01-01'), (1, 2, 'landlord', '2025-01-01'), (2, 2, 'landlord', '2025-01-01');",
    )
    .expect("an earlier build's rows");
    migrate_up(&mut conn);
    let sql = "SELECT account_id || ' ' || role || ' ' || COALESCE(premise_id, 'none') AS name FROM account_roles ORDER BY id";
    let noted = rows_of(&mut conn, sql);
    assert_eq!(noted, ["1 main none", "1 landlord 7", "2 landlord none"]);
}

/// A crew sees less than any other job: where a build knows none for it, nobody of it signs in before somebody gave them another one.
#[test]
fn crews_are_nobody_else_in_an_earlier_build() {
    let folder = TempDir::new().expect("a temporary folder");
    let file = folder.path().join("later.db");
    let mut conn = connect(file.to_str().expect("a plain path"));
    migrate_up(&mut conn);
    let rows_of = |conn: &mut AnyConnection, sql: &str| -> Vec<String> {
        let rows: Vec<Named> = diesel::sql_query(sql).load(conn).expect("rows");
        rows.into_iter().map(|row| row.name).collect()
    };
    conn.batch_execute(
        "INSERT INTO staff (name, email, password_hash, role, language, is_active, created_at) VALUES
             ('Ana', 'ana@utility.example', '-', 'csr', 'en-US', 1, '2026-07-01 12:00:00'),
             ('Ben', 'ben@utility.example', '-', 'field', 'en-US', 1, '2026-07-01 12:00:00');",
    )
    .expect("somebody of the office and somebody of the field");
    let jobs = "SELECT sql AS name FROM sqlite_schema WHERE name = 'staff'";
    while rows_of(&mut conn, jobs)[0].contains("'field',") {
        if let AnyConnection::Sqlite(conn) = &mut conn {
            conn.revert_last_migration(SQLITE).expect("it goes down");
        }
    }
    let sql = "SELECT name || ' ' || role || ' ' || is_active AS name FROM staff ORDER BY id";
    assert_eq!(rows_of(&mut conn, sql), ["Ana csr 1", "Ben viewer 0"]);
}

#[test]
fn both_databases_have_the_same_migrations() {
    let names = |folder: &str| -> BTreeSet<String> {
        let under = format!("migrations/{folder}/");
        pages(&under, ".sql")
            .into_iter()
            .map(|page| page.path.replace(&under, ""))
            .collect()
    };
    let sqlite = names("sqlite");
    assert_eq!(sqlite, names("postgres"));
    for name in &sqlite {
        let other = name.replace("up.sql", "down.sql");
        assert!(sqlite.contains(&other), "{name} has no way down");
    }
}

/// Tables that SQLite keeps only while it makes one anew whose values PostgreSQL knows more of without that.
const STAND_INS: &[&str] = &["TABLE service_order_steps_paid"];

/// What only PostgreSQL can refuse by a constraint: on SQLite the one writer looks before it writes, or a trigger compares the rows. And the index
/// over a column that is an index itself on SQLite.
const ON_POSTGRES_ALONE: &[&str] = &[
    "CONSTRAINT meter_installs_hung_once",
    "CONSTRAINT service_agreements_served_once",
    "INDEX search_index_by_term",
];

#[test]
fn both_databases_name_the_same_tables_constraints_and_indexes() {
    let words = |folder: &str| -> BTreeSet<String> {
        pages(&format!("migrations/{folder}"), "up.sql")
            .iter()
            .flat_map(|page| names_given(&page.text))
            .collect()
    };
    let (sqlite, postgres) = (words("sqlite"), words("postgres"));
    let mut wrong: Vec<String> = Vec::new();
    let stands_in = |name: &&String| STAND_INS.contains(&name.as_str());
    for name in sqlite.difference(&postgres).filter(|name| !stands_in(name)) {
        wrong.push(format!("only on SQLite: {name}"));
    }
    let alone = |name: &&String| ON_POSTGRES_ALONE.contains(&name.as_str());
    for name in postgres.difference(&sqlite).filter(|name| !alone(name)) {
        wrong.push(format!("only on PostgreSQL: {name}"));
    }
    nothing_wrong(&wrong);
}

/// Tables whose rows are history.
const HISTORY: &[&str] = &[
    "agreement_facts",
    "audit_rows",
    "bill_lines",
    "bill_segments",
    "deposit_moves",
    "budget_plan_bills",
    "budget_plan_steps",
    "former_cycles",
    "forecasts",
    "hold_documents",
    "hold_lifts",
    "holds",
    "landlord_instructions",
    "ledger_applications",
    "ledger_entries",
    "ledger_postings",
    "moratoria",
    "moratorium_ends",
    "policies",
    "reads",
    "request_photos",
    "request_steps",
    "shutoff_notices",
    "write_offs",
];

#[test]
fn history_is_guarded_on_both_databases() {
    let sqlite = guards("sqlite");
    let postgres = guards("postgres");
    let mut wrong = Vec::new();
    for table in HISTORY {
        if !sqlite.iter().any(|(guarded, _)| guarded == table) {
            wrong.push(format!("{table} is history, and nothing guards it"));
        }
    }
    for (table, deed) in &sqlite {
        for deed in [deed.as_str(), "TRUNCATE"] {
            if !postgres.contains(&(table.clone(), deed.to_owned())) {
                wrong.push(format!("PostgreSQL lets {deed} {table}, SQLite does not"));
            }
        }
    }
    for (table, deed) in &postgres {
        if deed != "TRUNCATE" && !sqlite.contains(&(table.clone(), deed.clone())) {
            wrong.push(format!("SQLite lets {deed} {table}, PostgreSQL does not"));
        }
    }
    nothing_wrong(&wrong);
}

/// Which table's triggers refuse which deed. A trigger that compares rows keeps them apart and refuses no deed as such.
fn guards(folder: &str) -> BTreeSet<(String, String)> {
    let mut found = BTreeSet::new();
    for page in pages(&format!("migrations/{folder}"), "up.sql") {
        for trigger in page.text.split("CREATE TRIGGER ").skip(1) {
            let Some((deeds, rest)) = trigger.split_once(" ON ") else {
                continue;
            };
            let statement = rest.split(';').next().unwrap_or_default();
            if statement.contains("WHEN EXISTS") {
                continue;
            }
            let table = rest.split_whitespace().next().unwrap_or_default();
            for deed in ["UPDATE", "DELETE", "TRUNCATE"] {
                if deeds.contains(deed) {
                    found.insert((table.to_owned(), deed.to_owned()));
                }
            }
        }
    }
    found
}

#[test]
fn each_migration_says_why() {
    let wrong: Vec<String> = pages("migrations", "up.sql")
        .into_iter()
        .filter(|page| !page.text.starts_with("-- "))
        .map(|page| format!("{}: the first line says why", page.path))
        .collect();
    nothing_wrong(&wrong);
}

/// Names of tables, constraints and indexes in a migration's text.
fn names_given(sql: &str) -> Vec<String> {
    let mut names = Vec::new();
    let code: String = sql
        .lines()
        .filter(|line| !line.trim_start().starts_with("--"))
        .flat_map(|line| [line, " "])
        .collect();
    let words: Vec<&str> = code.split_whitespace().collect();
    for pair in words.windows(2) {
        if let ["CONSTRAINT" | "INDEX" | "TABLE", name] = pair {
            names.push(format!("{} {}", pair[0], name.trim_matches(['(', ';'])));
        }
    }
    names
}
