//! The check works every issued bill out once more, and names the one that does not come out.

use diesel::connection::SimpleConnection;
use mainstay::domain::ids::BillId;
use mainstay::usecases::integrity::{self, Finding};

use crate::support::billing::{Utility, day, water};
use crate::support::db::TestDb;

/// Two households with a bill each, of a base of $10.00 and half a cent a gallon; the bill of the first.
fn billed(house: &TestDb) -> BillId {
    let utility = Utility::open(&house.db);
    utility.sells_water();
    let first = utility.household("2026-01-01", vec![water("W1")]);
    utility.household("2026-01-01", vec![water("W2")]);
    for key in ["W1", "W2"] {
        utility.reads(key, &[("2026-01-01", 0), ("2026-02-01", 3_000)]);
    }
    utility.bill("2026-01-01", "2026-02-04");
    utility.assert_sound();
    utility.latest(first).bill.id
}

/// Changes rows past the program and past the database's own guard, and tells what the check finds of bills.
fn found_after(house: &TestDb, table: &str, change: &str) -> Vec<Finding> {
    let unguarded = if house.is_postgres() {
        "SET session_replication_role = replica".to_owned()
    } else {
        format!("DROP TRIGGER {table}_never_updated")
    };
    house
        .connect()
        .batch_execute(&format!("{unguarded}; {change}"))
        .expect("the rows are changed");
    let mut findings = house
        .db
        .read_blocking(|conn| integrity::check(conn, day("2026-02-10")))
        .expect("the house is read");
    findings.retain(|finding| finding.subject.starts_with("bill "));
    findings
}

/// Contract: F30, F131
#[test]
fn a_bill_line_changed_behind_the_program_is_named_though_the_bill_still_adds_up() {
    let house = TestDb::new();
    let bill = billed(&house);
    let moved = format!(
        "UPDATE bill_lines SET amount_cents = amount_cents + CASE position WHEN 0 THEN 100 ELSE -100 END WHERE bill_id = {bill}"
    );
    let found = found_after(&house, "bill_lines", &moved);
    assert_eq!(
        found[0],
        Finding {
            invariant: "the lines of an issued bill come out of its working again",
            subject: format!("bill {bill}"),
            facts: "service 0: line 0 says base $11.00, and comes to base $10.00".to_owned(),
        }
    );
    assert_eq!(
        found[1].invariant,
        "an issued bill is posted to the funds and accounts of its charges"
    );
}

/// Contract: F30, F131
#[test]
fn a_bill_for_days_that_are_not_its_own_is_named() {
    let house = TestDb::new();
    let bill = billed(&house);
    let moved = format!(
        "UPDATE bill_segments SET working = REPLACE(working, '2026-01-01', '2026-01-02') WHERE bill_id = {bill}"
    );
    assert_eq!(
        found_after(&house, "bill_segments", &moved),
        [Finding {
            invariant: "a bill charges a service for days of the bill, each day once",
            subject: format!("bill {bill}"),
            facts: "agreement 1 is billed from 2026-01-02 until 2026-02-02".to_owned(),
        }]
    );
}

/// Contract: F30, F131
#[test]
fn what_a_bill_prints_rests_on_and_posts_is_held_against_its_working() {
    let house = TestDb::new();
    let bill = billed(&house);
    let said = |table: &str, change: &str| {
        let found = found_after(&house, table, change);
        let facts: Vec<String> = found.into_iter().map(|finding| finding.facts).collect();
        facts.join("; ")
    };
    let price =
        format!("UPDATE bill_lines SET price = '9' WHERE bill_id = {bill} AND position = 1");
    let printed = said("bill_lines", &price);
    assert!(
        printed.starts_with("service 0: line 1 prints 3000 at 9, and comes of 3000 at 0.005"),
        "{printed}"
    );
    let back =
        format!("UPDATE bill_lines SET price = '0.005' WHERE bill_id = {bill} AND position = 1");
    house
        .connect()
        .batch_execute(&unguarded(&house, &back))
        .unwrap();
    let shown = said(
        "reads",
        "UPDATE reads SET value = '2900' WHERE id = (SELECT MIN(id) FROM reads WHERE value = '3000')",
    );
    assert_eq!(
        shown,
        "register 1 shows 2900 gal, which is not what is billed"
    );
    let moved = format!(
        "UPDATE reads SET value = '3000' WHERE value = '2900';
         UPDATE ledger_postings SET gl_account = '1210' WHERE entry_id = \
         (SELECT id FROM ledger_entries WHERE kind = 'bill' AND source_id = {bill}) AND amount_cents = -1500"
    );
    let posted = said("ledger_postings", &moved);
    assert!(posted.contains("and the lines say"), "{posted}");
}

/// A change past the database's own guard, where the guard is still there.
fn unguarded(house: &TestDb, change: &str) -> String {
    if house.is_postgres() {
        format!("SET session_replication_role = replica; {change}")
    } else {
        change.to_owned()
    }
}
