//! A bill run as a whole: many accounts, stopped and gone on with, issued once.

use std::panic::{AssertUnwindSafe, catch_unwind};

use mainstay::domain::accounts::AccountClass;
use mainstay::domain::bills::{BillStatus, RunStatus};
use mainstay::domain::exceptions::ExceptionReason;
use mainstay::store;
use mainstay::store::db::{Db, Tx};
use mainstay::usecases::accounts::{AccountError, open_accounts};
use mainstay::usecases::billing::{
    self, BillingRunError, draft_run, issue_run, redraft_account, redraft_held,
};
use serde_json::json;

use crate::support::billing::{
    Utility, ZONE, by, day, dollars, fixed, new_account, unmetered, water,
};
use crate::support::db::TestDb;
use mainstay::domain::commodity::Commodity;

/// So many accounts with refuse at $7.00 a month.
fn many(db: &Db, utility: &Utility<'_>, count: usize) {
    utility.publish(
        "2025-01-01",
        "R-1",
        "refuse",
        json!({ "charges": [fixed("cart", "7.00")] }),
    );
    let service = unmetered(Commodity::Refuse, "R-1");
    let new: Vec<_> = (0..count)
        .map(|_| {
            new_account(
                utility.cycle(),
                "2026-01-01",
                AccountClass::Residential,
                vec![service.clone()],
            )
        })
        .collect();
    db.write_blocking(
        by("Cora", "2026-01-01"),
        move |tx: &mut Tx<'_>| -> Result<(), AccountError> {
            open_accounts(tx, &new)?;
            Ok(())
        },
    )
    .expect("the accounts are opened");
}

/// Contract: F22, F24
#[test]
fn a_cycles_periods_are_billed_in_their_order() {
    let database = TestDb::new();
    let utility = Utility::open(&database.db);
    utility.sells_water();
    let rosa = utility.household("2026-01-01", vec![water("A")]);
    let omar = utility.household("2026-01-01", vec![water("B")]);
    utility.reads("A", &[("2026-01-01", 0), ("2026-02-01", 1_000)]);
    utility.reads("B", &[("2026-01-01", 0)]);
    let refused = |from, on| {
        let period = utility.period(from);
        let stamp = by("Bill", on);
        let open = database
            .db
            .write_blocking(stamp, move |tx| billing::open_run(tx, period));
        open.expect_err("it is refused")
    };

    let early = refused("2026-01-01", "2026-01-31");
    assert!(matches!(early, BillingRunError::NotOver(on) if on == day("2026-02-01")));
    let january = utility.draft("2026-01-01", "2026-02-02");
    utility.reads("A", &[("2026-03-01", 2_500)]);
    let first = refused("2026-02-01", "2026-03-02");
    assert!(
        matches!(&first, BillingRunError::EarlierUnbilled(days) if days.from == day("2026-01-01")),
        "{first}"
    );
    utility.issue(january, "2026-02-02");
    let bill = &utility.issued(rosa)[0].bill;
    let dates = (bill.issued_on.unwrap(), bill.due_on);
    assert_eq!(
        dates,
        (day("2026-02-02"), day("2026-02-24")),
        "a bill is dated the day it goes out"
    );

    // Omar's January waits for its read, so his February does too.
    let february = utility.draft("2026-02-01", "2026-03-08");
    assert_eq!(utility.bills(rosa).len(), 2);
    let waits = utility.open_reasons(omar);
    assert!(
        waits.contains(&ExceptionReason::EarlierUnbilled),
        "{waits:?}"
    );
    utility.reads("B", &[("2026-02-01", 900), ("2026-03-01", 1_900)]);
    let stamp = by("Clara", "2026-03-09");
    redraft_account(&database.db, &stamp, ZONE, january, omar).unwrap();
    utility.issue(january, "2026-03-09");
    assert_eq!(
        redraft_held(&database.db, &stamp, ZONE, february).unwrap(),
        1
    );
    utility.issue(february, "2026-03-09");
    assert_eq!(utility.issued(omar).len(), 2);
    utility.assert_sound();
}

/// Contract: F22, F30, F40
#[test]
fn a_run_that_was_stopped_twice_bills_everybody_once() {
    let database = TestDb::new();
    let db = &database.db;
    let utility = Utility::open(db);
    many(db, &utility, 1_100);
    let (period, stamp) = (utility.period("2026-01-01"), by("Bill", "2026-02-04"));
    let run = db
        .write_blocking(stamp.clone(), move |tx| billing::open_run(tx, period))
        .unwrap();

    let mut chunks = 0;
    let stopped = catch_unwind(AssertUnwindSafe(|| {
        draft_run(db, &stamp, ZONE, run, |_| {
            chunks += 1;
            assert!(chunks < 3, "the power fails");
        })
    }));
    assert!(stopped.is_err());
    let row = database.read(|conn| store::bill_runs::get(conn, run));
    assert_eq!(row.status, RunStatus::Drafting);
    assert!(row.accounts_done < 1_100, "{}", row.accounts_done);
    draft_run(db, &stamp, ZONE, run, |_| {}).unwrap();
    draft_run(db, &stamp, ZONE, run, |_| {}).unwrap();
    let row = database.read(|conn| store::bill_runs::get(conn, run));
    assert_eq!(
        (row.status, row.accounts_done, row.bills_drafted),
        (RunStatus::Drafted, 1_100, 1_100)
    );
    assert_eq!(row.amount_cents, dollars("7700.00"));

    let stopped = catch_unwind(AssertUnwindSafe(|| {
        issue_run(db, &stamp, run, |_| panic!("the power fails"))
    }));
    assert!(stopped.is_err());
    issue_run(db, &stamp, run, |_| {}).unwrap();
    let counts = database.read(|conn| store::run_review::count_by_status(conn, run));
    assert_eq!(counts, [(BillStatus::Issued, 1_100)]);
    let row = database.read(|conn| store::bill_runs::get(conn, run));
    assert_eq!(row.status, RunStatus::Issued);
    utility.assert_sound();
}

/// Contract: F22, F37, F38, F40
#[test]
fn a_bill_tells_the_balance_before_it_and_posts_what_it_asks_for() {
    let database = TestDb::new();
    let utility = Utility::open(&database.db);
    utility.sells_water();
    let rosa = utility.household("2026-01-01", vec![water("A")]);
    utility.reads(
        "A",
        &[
            ("2026-01-01", 0),
            ("2026-02-01", 3_000),
            ("2026-03-01", 6_100),
        ],
    );
    utility.bill("2026-01-01", "2026-02-04");
    utility.bill("2026-02-01", "2026-03-04");
    let bills = utility.issued(rosa);
    assert_eq!(bills[0].bill.total_cents, dollars("25.00"));
    assert_eq!(bills[1].bill.previous_cents, dollars("25.00"));
    assert_eq!(bills[1].bill.total_cents, dollars("25.50"));
    let owed = database.read(|conn| store::ledger::balance(conn, rosa, None));
    assert_eq!(owed, dollars("50.50"));
    utility.assert_sound();
}
