//! History stays: the database itself refuses to change or replace what was posted, whoever asks.

use diesel::connection::SimpleConnection;

use super::house::{House, charge};

/// SQLite only: what a connection must say first to be one of ours.
const OURS: &str = "PRAGMA recursive_triggers=ON; PRAGMA foreign_keys=ON;";

#[test]
fn the_ledger_refuses_update_delete_and_what_comes_to_the_same() {
    let house = House::new();
    house.bill(1, 1, "2026-03-01", &[charge("WATER", "4020", 5_000)]);
    house.pay(1, 1, "2026-03-10", 2_000);
    let mut conn = house.connect();
    if !house.is_postgres() {
        conn.batch_execute(OURS).unwrap();
    }
    let tables = [
        ("ledger_entries", "kind = kind"),
        ("ledger_postings", "fund = fund"),
        ("ledger_applications", "on_date = on_date"),
    ];
    for (table, change) in tables {
        let mut attempts = vec![
            format!("UPDATE {table} SET {change}"),
            format!("DELETE FROM {table}"),
        ];
        if house.is_postgres() {
            attempts.push(format!("TRUNCATE {table} CASCADE"));
        } else {
            attempts.push(format!("REPLACE INTO {table} SELECT * FROM {table}"));
        }
        for attempt in attempts {
            let refusal = conn
                .batch_execute(&attempt)
                .expect_err(&attempt)
                .to_string();
            assert!(refusal.contains("is append-only"), "{attempt}: {refusal}");
        }
    }
    assert_eq!(house.balance(1), 3_000);
    house.assert_sound();
}

#[test]
fn a_missing_trigger_is_found() {
    let house = House::new();
    let on_table = if house.is_postgres() {
        "ON ledger_postings"
    } else {
        ""
    };
    let name = if house.is_postgres() {
        "ledger_postings_never_changed"
    } else {
        "ledger_postings_never_updated"
    };
    house
        .connect()
        .batch_execute(&format!("DROP TRIGGER {name} {on_table}"))
        .unwrap();
    let findings = house.findings();
    assert_eq!(findings.len(), 1, "{findings:#?}");
    assert_eq!(findings[0].subject, "table ledger_postings");
}
