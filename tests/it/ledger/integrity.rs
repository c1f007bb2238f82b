//! The check finds what is broken, and only that; caches can always be made anew.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::Text;
use mainstay::usecases::integrity;

use super::house::{House, charge};

#[derive(Debug, QueryableByName)]
struct Named {
    #[diesel(sql_type = Text)]
    name: String,
}

fn busy() -> House {
    let house = House::new();
    house.bill(
        1,
        1,
        "2026-01-05",
        &[
            charge("WATER", "4020", 3_000),
            charge("SEWER", "4010", 1_000),
        ],
    );
    house.pay(1, 1, "2026-01-20", 2_000);
    house.pay(2, 2, "2026-01-20", 700);
    house.assert_sound();
    house
}

/// Breaks the house from outside and tells which invariants the check finds broken.
fn broken_by(house: &House, sql: &str) -> Vec<&'static str> {
    let mut conn = house.connect();
    let past_the_triggers = if house.is_postgres() {
        "SET session_replication_role = replica;"
    } else {
        ""
    };
    conn.batch_execute(&format!("{past_the_triggers}{sql}"))
        .unwrap();
    let mut found: Vec<&str> = house
        .findings()
        .iter()
        .map(|finding| finding.invariant)
        .collect();
    found.retain(|invariant| !invariant.contains("sum of its lines"));
    found.dedup();
    found
}

#[test]
fn a_wrong_cache_is_found_and_made_anew() {
    let house = busy();
    let found = broken_by(
        &house,
        "UPDATE open_items SET remaining_cents = remaining_cents + 1; DELETE FROM customer_credits",
    );
    assert_eq!(
        found,
        [
            "the cache of open items is what the ledger says",
            "the cache of held credits is what the ledger says",
            "what an account owes is its open items less what is held for it",
        ]
    );
    house
        .write("2026-02-01", integrity::rebuild_caches)
        .unwrap();
    house.assert_sound();
}

/// What gets past the triggers of one table on SQLite; on PostgreSQL nothing more is needed.
fn past(house: &House, trigger: &str, sql: &str) -> String {
    if house.is_postgres() {
        sql.to_owned()
    } else {
        format!("PRAGMA foreign_keys = OFF; DROP TRIGGER {trigger}; {sql}")
    }
}

#[test]
fn an_entry_that_is_gone_is_found_by_its_legs() {
    let house = busy();
    let sql = past(
        &house,
        "ledger_entries_never_deleted",
        "DELETE FROM ledger_entries WHERE id = 1",
    );
    let found = broken_by(&house, &sql);
    assert!(
        found.contains(&"every leg belongs to an entry"),
        "{found:?}"
    );
}

#[test]
fn a_bill_that_says_another_due_date_than_the_ledger_is_found() {
    let house = busy();
    let sql = past(
        &house,
        "bills_issued_stays",
        "UPDATE bills SET due_on = '2031-01-01' WHERE id = 1",
    );
    let found = broken_by(&house, &sql);
    assert!(
        found.contains(&"a bill falls due in the ledger on the day that it says"),
        "{found:?}"
    );
}

#[test]
fn a_leg_too_many_is_found() {
    let house = busy();
    let found = broken_by(
        &house,
        "INSERT INTO ledger_postings (entry_id, position, gl_account, fund, amount_cents) VALUES (1, 99, '4020', 'WATER', 1)",
    );
    assert_eq!(found, ["every entry balances within each fund"]);
}

#[test]
fn a_code_that_is_not_in_the_chart_is_found() {
    let house = busy();
    let found = broken_by(
        &house,
        "INSERT INTO ledger_postings (entry_id, position, gl_account, fund, amount_cents)
         VALUES (1, 98, '9999', 'LAKE', 1), (1, 99, '9999', 'LAKE', -1)",
    );
    assert_eq!(found, ["postings are to accounts and funds of the chart"]);
}

#[test]
fn a_payment_that_the_ledger_does_not_know_is_found() {
    let house = busy();
    let found = broken_by(
        &house,
        "UPDATE payments SET amount_cents = 2001 WHERE id = 1",
    );
    assert_eq!(
        found,
        ["every payment that came is in the ledger once, for its amount, and no other is"]
    );
}

#[test]
fn an_application_to_nothing_is_found() {
    let house = busy();
    let found = broken_by(
        &house,
        "INSERT INTO ledger_applications (entry_id, position, credit_entry_id, debit_entry_id, debit_position, amount_cents, on_date)
         VALUES (2, 99, 2, 1, 0, 900000, '2026-01-20')",
    );
    assert!(
        found.contains(&"credits are applied to debts, and to no more than is owed on them"),
        "{found:?}"
    );
    assert!(
        found.contains(&"no credit pays more than it is, nor less than nothing"),
        "{found:?}"
    );
}

#[test]
fn overlapping_agreements_are_found() {
    let house = busy();
    if house.is_postgres() {
        let unguarded =
            "ALTER TABLE service_agreements DROP CONSTRAINT service_agreements_served_once";
        house.connect().batch_execute(unguarded).unwrap();
    }
    let found = broken_by(
        &house,
        "INSERT INTO premises (id, line_1, city, state, postal_code, search_text, dwelling_units) VALUES (1, '1 Main St', 'X', 'IA', '1', '', 1);
         INSERT INTO service_points (id, premise_id, commodity, facts) VALUES (1, 1, 'water', '{}');
         INSERT INTO service_agreements (id, account_id, service_point_id, rate_code, facts, from_on, until_on)
         VALUES (1, 1, 1, 'W-1', '{}', '2025-01-01', '2026-01-02'), (2, 2, 1, 'W-1', '{}', '2026-01-02', NULL), (3, 3, 1, 'W-1', '{}', '2026-03-01', NULL)",
    );
    assert_eq!(
        found,
        ["no two agreements serve one service point on the same day"]
    );
}

/// Every table whose rows the database itself keeps, and one trigger of each on both databases.
#[test]
fn a_guard_that_is_gone_is_found() {
    let guards = [
        ("bills", "bills_issued_stays"),
        ("rate_schedules", "rate_schedules_published_stays"),
        ("rate_factors", "rate_factors_approved_stays"),
        ("policy_proposals", "policy_proposals_decided_stays"),
    ];
    let history = [
        "account_statuses",
        "agreement_facts",
        "bill_documents",
        "notes",
        "register_days",
        "text_consents",
    ];
    let house = busy();
    let mut conn = house.connect();
    let ending = if house.is_postgres() {
        "never_changed"
    } else {
        "never_updated"
    };
    let named = history.map(|table| (table, format!("{table}_{ending}")));
    let named = named.into_iter();
    let all = named.chain(guards.map(|(table, name)| (table, name.to_owned())));
    let mut wanted = Vec::new();
    for (table, name) in all {
        let on = if house.is_postgres() {
            format!(" ON {table}")
        } else {
            String::new()
        };
        conn.batch_execute(&format!("DROP TRIGGER {name}{on}"))
            .unwrap();
        wanted.push((format!("table {table}"), format!("{name} is missing")));
    }
    let mut found: Vec<(String, String)> = house
        .findings()
        .into_iter()
        .filter(|finding| finding.invariant == "history cannot be changed")
        .map(|finding| (finding.subject, finding.facts))
        .collect();
    found.sort();
    wanted.sort();
    assert_eq!(found, wanted);
}

/// What the migrations guard is what the check looks for: a table whose guard nobody misses is guarded by nobody.
#[test]
fn the_check_looks_for_every_guard_that_the_migrations_set() {
    let house = busy();
    let mut conn = house.connect();
    let sql = if house.is_postgres() {
        "SELECT CAST(t.tgname AS TEXT) || ' ON ' || CAST(c.relname AS TEXT) AS name FROM pg_trigger t
         JOIN pg_class c ON c.oid = t.tgrelid WHERE NOT t.tgisinternal"
    } else {
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    };
    let triggers: Vec<Named> = diesel::sql_query(sql)
        .load(&mut conn)
        .expect("the triggers");
    assert!(triggers.len() > 40);
    for trigger in &triggers {
        conn.batch_execute(&format!("DROP TRIGGER {}", trigger.name))
            .unwrap();
    }
    let mut guards = triggers.len();
    if house.is_postgres() {
        let exclusion = "ALTER TABLE meter_installs DROP CONSTRAINT meter_installs_hung_once";
        conn.batch_execute(exclusion).unwrap();
        guards += 1;
    }
    let findings = house.findings();
    let missing = findings
        .iter()
        .filter(|finding| finding.invariant == "history cannot be changed");
    assert_eq!(missing.count(), guards, "{triggers:?}");
}

#[test]
fn money_that_is_held_as_nobodys_deposit_is_found() {
    let house = busy();
    let found = broken_by(
        &house,
        "INSERT INTO ledger_postings (entry_id, position, gl_account, fund, amount_cents)
         VALUES (2, 98, '2210', 'WATER', -5), (2, 99, '2220', 'WATER', 5)",
    );
    for invariant in [
        "what is held as deposits is what was paid and earned of them and not given back",
        "what is asked for as deposits is what is unpaid of them",
    ] {
        assert!(found.contains(&invariant), "{found:?}");
    }
}
