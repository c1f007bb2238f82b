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
    assert_eq!(
        found_after(&house, "bill_lines", &moved),
        [Finding {
            invariant: "the lines of an issued bill come out of its working again",
            subject: format!("bill {bill}"),
            facts: "service 0: line 0 says base $11.00, and comes to base $10.00".to_owned(),
        }]
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
