//! A read that is missing: waited for while the window is open, estimated afterwards, and mended when the actual one comes.

use mainstay::domain::exceptions::ExceptionReason;
use mainstay::domain::ids::BillRunId;
use mainstay::domain::reads::ReadVerdict;
use mainstay::store;
use mainstay::usecases::billing::{Redrafted, redraft_account, redraft_held};
use mainstay::usecases::exceptions::{Answer, ExceptionError, answer_by};
use rust_decimal::Decimal;

use crate::support::billing::{Utility, ZONE, by, dollars, water};
use crate::support::db::TestDb;

/// Three months of 3,000, 3,100 and 2,900 gallons, billed.
fn three_months(utility: &Utility<'_>) -> mainstay::domain::ids::AccountId {
    utility.sells_water();
    let rosa = utility.household("2026-01-01", vec![water("A")]);
    utility.reads(
        "A",
        &[
            ("2026-01-01", 0),
            ("2026-02-01", 3_000),
            ("2026-03-01", 6_100),
            ("2026-04-01", 9_000),
        ],
    );
    for (from, on) in [
        ("2026-01-01", "2026-02-04"),
        ("2026-02-01", "2026-03-04"),
        ("2026-03-01", "2026-04-04"),
    ] {
        utility.bill(from, on);
    }
    rosa
}

/// Contract: F18, F36
#[test]
fn while_the_window_is_open_a_missing_read_holds_the_account_and_nothing_is_estimated() {
    let database = TestDb::new();
    let utility = Utility::open(&database.db);
    let rosa = three_months(&utility);
    let run = utility.draft("2026-04-01", "2026-05-01");
    assert_eq!(utility.open_reasons(rosa), [ExceptionReason::NoRead]);
    let register = [utility.register("A")];
    let reads = database.read(|conn| store::reads::list(conn, &register));
    assert_eq!(reads.len(), 4, "no estimate was recorded");

    utility.read("A", "2026-05-02", 12_000).unwrap();
    let outcome = redraft_account(&database.db, &by("Clara", "2026-05-02"), ZONE, run, rosa);
    assert!(matches!(
        outcome.unwrap(),
        Redrafted::Draft { looks: 0, .. }
    ));
    assert_eq!(utility.open_reasons(rosa), []);
    utility.issue(run, "2026-05-04");
    assert_eq!(utility.latest(rosa).bill.total_cents, dollars("25.00"));
    utility.assert_sound();
}

/// Contract: F18, F30, F41
#[test]
fn once_the_window_is_closed_an_estimate_stands_in_and_the_bill_says_so() {
    let database = TestDb::new();
    let utility = Utility::open(&database.db);
    let rosa = three_months(&utility);
    let run = utility.draft("2026-04-01", "2026-05-01");
    assert_eq!(utility.bills(rosa).len(), 3);
    let tried = redraft_held(&database.db, &by("Clara", "2026-05-02"), ZONE, run).unwrap();
    assert_eq!(tried, 0, "the window is still open");
    let drafted = redraft_held(&database.db, &by("Clara", "2026-05-04"), ZONE, run).unwrap();
    assert_eq!(drafted, 1);
    utility.issue(run, "2026-05-04");

    // 100 gallons a day over the last three months, for 30 days.
    let april = utility.latest(rosa);
    assert_eq!(april.services[0].1, Some(Decimal::from(3_000)));
    assert_eq!(april.services[0].2, "estimated");
    assert_eq!(april.bill.total_cents, dollars("25.00"));
    assert_eq!(utility.open_reasons(rosa), [], "one estimate is in order");
    utility.assert_sound();
}

fn estimated(utility: &Utility<'_>, from: &str, on: &str) -> BillRunId {
    utility.bill(from, on)
}

/// Contract: F18, F41
#[test]
fn a_third_estimate_in_a_row_is_looked_at_before_it_goes_out() {
    let database = TestDb::new();
    let utility = Utility::open(&database.db);
    let rosa = three_months(&utility);
    estimated(&utility, "2026-04-01", "2026-05-04");
    estimated(&utility, "2026-05-01", "2026-06-04");
    assert_eq!(utility.issued(rosa).len(), 5);
    let run = estimated(&utility, "2026-06-01", "2026-07-04");
    assert_eq!(utility.issued(rosa).len(), 5, "the third waits");
    let queue = utility.queue();
    assert_eq!(queue.len(), 1, "it is told once: {queue:#?}");
    assert_eq!(queue[0].reason, ExceptionReason::ProlongedEstimation);
    assert_eq!(queue[0].bill_id, Some(utility.latest(rosa).bill.id));
    assert!(queue[0].facts.contains('3'));

    utility.answer_all(rosa, "2026-07-05");
    utility.issue(run, "2026-07-05");
    assert_eq!(utility.issued(rosa).len(), 6);
    let last = utility.latest(rosa);
    assert_eq!(last.bill.issued_on.unwrap().to_string(), "2026-07-05");
    assert_eq!(
        last.bill.due_on.to_string(),
        "2026-07-27",
        "as many days to pay, and no Sunday"
    );
    utility.assert_sound();
}

/// Contract: F18, F20, F41
#[test]
fn an_actual_read_shows_the_bills_that_were_estimated_wrong() {
    let database = TestDb::new();
    let utility = Utility::open(&database.db);
    let rosa = three_months(&utility);
    estimated(&utility, "2026-04-01", "2026-05-04");
    estimated(&utility, "2026-05-01", "2026-06-04");
    // 91 days of 200 gallons, where 100 were estimated.
    utility.read("A", "2026-07-01", 9_000 + 91 * 200).unwrap();
    let queue = utility.queue();
    let differs: Vec<_> = queue
        .iter()
        .filter(|row| row.reason == ExceptionReason::ActualDiffers)
        .map(|row| row.bill_id.unwrap())
        .collect();
    let bills = utility.issued(rosa);
    assert_eq!(differs, [bills[3].bill.id, bills[4].bill.id]);

    // The next bill opens with the value that the estimate should have had.
    utility.answer_all(rosa, "2026-07-02");
    utility.bill("2026-06-01", "2026-07-04");
    let june = utility.latest(rosa);
    assert_eq!(june.services[0].1, Some(Decimal::from(30 * 200)));
    utility.assert_sound();
}

/// Contract: F17, F18, F36
#[test]
fn a_read_that_somebody_said_is_never_used_stands_in_the_way_of_no_bill() {
    let database = TestDb::new();
    let utility = Utility::open(&database.db);
    let rosa = three_months(&utility);
    let held = utility.read("A", "2026-05-01", 95_000).unwrap();
    assert_eq!(held.verdict, ReadVerdict::Held);
    let run = utility.draft("2026-04-01", "2026-05-04");
    let reasons = utility.open_reasons(rosa);
    assert!(reasons.contains(&ExceptionReason::NoRead), "{reasons:?}");
    let queue = utility.queue();
    let of_read = queue.iter().find(|row| row.read_id.is_some());
    let id = of_read.expect("it waits for a look").id;
    let dismiss = |may_judge: bool| {
        database
            .db
            .write_blocking(by("Clara", "2026-05-05"), move |tx| {
                answer_by(tx, may_judge, (id, Answer::Dismissed), "nobody can get in")
            })
    };
    let refused = dismiss(false);
    assert!(
        matches!(refused, Err(ExceptionError::ReadWaits)),
        "{refused:?}"
    );
    dismiss(true).expect("it is never used");
    let register = [utility.register("A")];
    let reads = database.read(|conn| store::reads::list(conn, &register));
    assert_eq!(
        reads.last().map(|read| read.verdict),
        Some(ReadVerdict::Refused)
    );
    redraft_account(&database.db, &by("Clara", "2026-05-05"), ZONE, run, rosa).unwrap();
    assert_eq!(utility.open_reasons(rosa), []);
    utility.issue(run, "2026-05-05");
    let april = utility.latest(rosa);
    assert_eq!(april.services[0].1, Some(Decimal::from(3_000)));
    assert_eq!(april.services[0].2, "estimated");
    utility.assert_sound();
}
