//! Everything that stops a bill before it goes out, each told with its reason; and the periods that nobody billed.

use diesel::connection::SimpleConnection;
use mainstay::domain::accounts::AccountClass;
use mainstay::domain::bills::BillKind;
use mainstay::domain::commodity::Commodity;
use mainstay::domain::exceptions::ExceptionReason;
use mainstay::domain::ids::{AccountId, MeterId, RegisterId};
use mainstay::domain::meters::{Channel, MeterKind};
use mainstay::domain::period::Period;
use mainstay::domain::quantity::Unit;
use mainstay::store::db::Tx;
use mainstay::store::error::StoreError;
use mainstay::store::meters::{self, MeterRow, NewMeterInstall, RegisterRow};
use mainstay::store::service::{SuspensionRow, insert_suspensions, list_of_accounts, mark_ended};
use mainstay::store::sql_types::Exact;
use mainstay::usecases::billing::{Redrafted, flag_missed, redraft_account};
use rust_decimal::Decimal;
use serde_json::json;

use crate::support::billing::{Utility, ZONE, by, day, dollars, fixed, unmetered, usage, water};
use crate::support::db::TestDb;

/// The agreement of an account that was made first.
fn agreement(database: &TestDb, account: AccountId) -> mainstay::domain::ids::ServiceAgreementId {
    let year = Period {
        from: day("2026-01-01"),
        until: day("2027-01-01"),
    };
    let agreed = database.read(|conn| list_of_accounts(conn, &[account], year));
    agreed[0].agreement.id
}

/// Hangs a meter for the garden beside the one of the account's first service.
fn garden_meter(database: &TestDb, account: AccountId, key: &str) {
    let year = Period {
        from: day("2026-01-01"),
        until: day("2027-01-01"),
    };
    let agreed = database.read(|conn| list_of_accounts(conn, &[account], year));
    let point = agreed[0].agreement.service_point_id;
    let key = key.to_owned();
    let hang = move |tx: &mut Tx<'_>| -> Result<(), StoreError> {
        let meter = MeterRow {
            id: MeterId(900),
            serial: key.clone(),
            kind: MeterKind::Deduct,
            size: None,
        };
        let register = RegisterRow {
            id: RegisterId(900),
            meter_id: meter.id,
            channel: Channel::Delivered,
            external_key: key.clone(),
            unit: Unit::Gallon,
            dials: 6,
            decimals: 0,
            multiplier: Exact(Decimal::ONE),
            resolution_minutes: None,
        };
        let install = NewMeterInstall {
            meter_id: meter.id,
            service_point_id: point,
            from_on: day("2026-01-01"),
            until_on: None,
        };
        meters::insert_all_rows(tx, &[meter])?;
        meters::insert_registers(tx, &[register])?;
        meters::insert_installs(tx, &[install])
    };
    let stamp = by("Cora", "2026-01-02");
    database.db.write_blocking(stamp, hang).unwrap();
}

fn ends(database: &TestDb, account: AccountId, on: &str) {
    let (id, on) = (agreement(database, account), day(on));
    database
        .db
        .write_blocking(by("Cora", "2026-01-02"), move |tx| mark_ended(tx, id, on))
        .unwrap();
}

fn suspend(database: &TestDb, account: AccountId, from: &str, until: &str) {
    let row = SuspensionRow {
        service_agreement_id: agreement(database, account),
        from_on: day(from),
        until_on: Some(day(until)),
        reason: "seasonal".to_owned(),
    };
    database
        .db
        .write_blocking(by("Cora", from), move |tx| {
            insert_suspensions(tx, std::slice::from_ref(&row))
        })
        .unwrap();
}

/// Contract: F26, F29, F36
#[test]
fn a_rate_for_another_service_or_class_is_told_before_issue_and_mended() {
    let database = TestDb::new();
    let utility = Utility::open(&database.db);
    utility.sells_water();
    let only = json!({"classes": ["industrial"]});
    let mut base = fixed("base", "500.00");
    base["only"] = only;
    utility.publish(
        "2025-01-01",
        "W-IND",
        "water",
        json!({"measures": {"usage": "gal"}, "charges": [base]}),
    );
    let wrong_service = utility.household("2026-01-01", vec![unmetered(Commodity::Refuse, "W-1")]);
    let wrong_class = utility.household("2026-01-01", vec![unmetered(Commodity::Water, "W-IND")]);
    let unknown = utility.household("2026-01-01", vec![unmetered(Commodity::Water, "W-9")]);
    let plant = utility.moves_in(
        "2026-01-01",
        AccountClass::Industrial,
        vec![unmetered(Commodity::Water, "W-IND")],
    );
    let run = utility.bill("2026-01-01", "2026-02-04");
    assert_eq!(
        utility.open_reasons(wrong_service),
        [ExceptionReason::RateMismatch]
    );
    assert_eq!(
        utility.open_reasons(wrong_class),
        [ExceptionReason::RateMismatch]
    );
    assert_eq!(
        utility.open_reasons(unknown),
        [ExceptionReason::RateMissing]
    );
    assert_eq!(
        utility.issued(plant).len(),
        1,
        "one bad account stops nobody else"
    );

    utility.publish(
        "2025-01-01",
        "W-9",
        "water",
        json!({"charges": [fixed("base", "9.00")]}),
    );
    let again = redraft_account(&database.db, &by("Clara", "2026-02-05"), ZONE, run, unknown);
    assert!(matches!(again.unwrap(), Redrafted::Draft { looks: 0, .. }));
    utility.issue(run, "2026-02-05");
    assert_eq!(utility.issued(unknown)[0].bill.total_cents, dollars("9.00"));
    utility.assert_sound();
}

/// Contract: F11, F41
#[test]
fn a_suspended_service_does_not_bill_and_its_use_is_shown() {
    let database = TestDb::new();
    let utility = Utility::open(&database.db);
    utility.sells_water();
    let quiet = utility.household("2026-01-01", vec![water("A")]);
    let leaking = utility.household("2026-01-01", vec![water("B")]);
    utility.reads("A", &[("2026-01-01", 0), ("2026-02-01", 0)]);
    utility.reads("B", &[("2026-01-01", 0), ("2026-02-01", 4_000)]);
    suspend(&database, quiet, "2026-01-01", "2026-02-01");
    suspend(&database, leaking, "2026-01-01", "2026-02-01");
    utility.bill("2026-01-01", "2026-02-04");
    assert_eq!(utility.bills(quiet).len() + utility.bills(leaking).len(), 0);
    assert_eq!(utility.open_reasons(quiet), []);
    assert_eq!(
        utility.open_reasons(leaking),
        [ExceptionReason::SuspendedService]
    );
    utility.assert_sound();
}

/// A cottage used 3,000 gallons a month before it was closed from January 10 to April 10. Its first reads afterwards are held against the
/// days on which it was open, and water that ran while it was closed is told.
///
/// Contract: F11, F41
#[test]
fn what_is_expected_of_a_home_that_was_closed_are_the_days_it_was_open() {
    for (while_closed, found) in [(0, vec![]), (5_000, vec![ExceptionReason::UsageOnInactive])] {
        let database = TestDb::new();
        let utility = Utility::open(&database.db);
        utility.sells_water();
        let cottage = utility.household("2025-11-01", vec![water("A")]);
        let before = [
            ("2025-11-10", 0),
            ("2025-12-10", 3_000),
            ("2026-01-10", 6_000),
        ];
        utility.reads("A", &before);
        suspend(&database, cottage, "2026-01-10", "2026-04-10");
        let opened = utility.read("A", "2026-04-10", 6_000 + while_closed);
        opened.unwrap();
        assert_eq!(utility.open_reasons(cottage), found.as_slice());
        utility.answer_all(cottage, "2026-04-11");
        // Half of these days it was open, and half of a month's water is right.
        suspend(&database, cottage, "2026-04-25", "2026-05-10");
        let half = utility.read("A", "2026-05-10", 7_500 + while_closed);
        half.unwrap();
        assert_eq!(utility.open_reasons(cottage), []);
    }
}

/// Contract: F11, F41
#[test]
fn a_service_suspended_in_mid_month_bills_its_days_alone() {
    let database = TestDb::new();
    let utility = Utility::open(&database.db);
    utility.sells_water();
    let rosa = utility.household("2026-01-01", vec![water("A")]);
    utility.reads(
        "A",
        &[
            ("2026-01-01", 0),
            ("2026-01-10", 900),
            ("2026-01-21", 900),
            ("2026-02-01", 2_000),
        ],
    );
    suspend(&database, rosa, "2026-01-10", "2026-01-21");
    utility.bill("2026-01-01", "2026-02-04");
    let bill = utility.latest(rosa);
    // 9 and 11 of 30 days of the base, and 900 and 1,100 gallons, each once.
    assert_eq!(bill.charged("base"), dollars("3.00") + dollars("3.67"));
    assert_eq!(bill.charged("use"), dollars("4.50") + dollars("5.50"));
    utility.assert_sound();
}

/// Contract: F35, F36
#[test]
fn a_period_outside_the_cycles_range_is_looked_at() {
    let database = TestDb::new();
    let utility = Utility::open(&database.db);
    utility.sells_water();
    let rosa = utility.household("2026-01-01", vec![water("A")]);
    utility.reads("A", &[("2026-01-01", 0), ("2026-02-01", 1_000)]);
    let sql = "UPDATE cycles SET most_days = 30";
    database.connect().batch_execute(sql).unwrap();
    let run = utility.draft("2026-01-01", "2026-02-04");
    assert_eq!(
        utility.open_reasons(rosa),
        [ExceptionReason::PeriodOutOfRange]
    );
    utility.issue(run, "2026-02-04");
    assert_eq!(utility.issued(rosa).len(), 0);
    utility.answer_all(rosa, "2026-02-04");
    utility.issue(run, "2026-02-04");
    // 31 days of a 30-day month.
    assert_eq!(utility.latest(rosa).charged("base"), dollars("10.33"));
    utility.assert_sound();
}

/// Contract: F35
#[test]
fn a_first_and_a_final_bill_charge_the_days_served() {
    let database = TestDb::new();
    let utility = Utility::open(&database.db);
    utility.sells_water();
    let rosa = utility.household("2026-01-04", vec![water("A")]);
    utility.reads(
        "A",
        &[
            ("2026-01-04", 100),
            ("2026-02-01", 1_100),
            ("2026-02-16", 1_700),
        ],
    );
    ends(&database, rosa, "2026-02-16");
    utility.bill("2026-01-01", "2026-02-04");
    utility.bill("2026-02-01", "2026-03-04");
    let bills = utility.issued(rosa);
    // 28 days are a part of January, although a cycle may have 28 days.
    assert_eq!(bills[0].bill.kind, BillKind::Regular);
    assert_eq!(bills[0].charged("base"), dollars("9.33"));
    assert_eq!(bills[0].charged("use"), dollars("5.00"));
    assert_eq!(bills[1].bill.kind, BillKind::Final);
    assert_eq!(bills[1].charged("base"), dollars("5.00"));
    assert_eq!(bills[1].charged("use"), dollars("3.00"));
    utility.bill("2026-03-01", "2026-04-04");
    assert_eq!(
        utility.issued(rosa).len(),
        2,
        "nothing is billed after the final bill"
    );
    utility.assert_sound();
}

/// Contract: F35, F41
#[test]
fn an_account_that_a_run_missed_and_a_period_that_nobody_ran_are_found() {
    let database = TestDb::new();
    let utility = Utility::open(&database.db);
    utility.sells_water();
    let rosa = utility.household("2026-01-01", vec![water("A")]);
    utility.reads("A", &[("2026-01-01", 0), ("2026-02-01", 1_000)]);
    let run = utility.bill("2026-01-01", "2026-02-04");
    // Set up late: the run had passed.
    let late = utility.household("2026-01-01", vec![water("B")]);
    utility.reads("B", &[("2026-01-01", 0), ("2026-02-01", 2_000)]);
    let look = |on| flag_missed(&database.db, &by("Clock", on)).unwrap();
    assert_eq!(
        (look("2026-02-05"), look("2026-02-06")),
        (1, 0),
        "a gap is found once"
    );
    assert_eq!(utility.open_reasons(late), [ExceptionReason::NotBilled]);
    assert_eq!(utility.open_reasons(rosa), []);
    redraft_account(&database.db, &by("Clara", "2026-02-06"), ZONE, run, late).unwrap();
    utility.issue(run, "2026-02-06");
    assert_eq!(utility.issued(late)[0].bill.total_cents, dollars("20.00"));
    assert_eq!(utility.open_reasons(late), []);

    assert_eq!(look("2026-03-20"), 1, "February was never run");
    let queue = utility.queue();
    assert_eq!(
        (queue[0].reason, queue[0].account_id),
        (ExceptionReason::NotBilled, None)
    );
    utility.assert_sound();
}

/// Contract: F29, F36
#[test]
fn sewer_follows_the_water_of_its_own_days() {
    let database = TestDb::new();
    let utility = Utility::open(&database.db);
    utility.sells_water();
    utility.publish("2025-01-01", "S-1", "sewer", json!({
        "measures": {"usage": "gal"},
        "quantities": {"flow": {"of": "usage", "steps": [
            {"winter-average": {"months": [1, 2], "new_from": 3, "newcomer": "actual"}}, {"lesser-of": "usage"}]}},
        "charges": [usage("flow", "flow", "0.01")],
    }));
    let services = vec![water("A"), unmetered(Commodity::Sewer, "S-1")];
    let rosa = utility.household("2026-01-01", services);
    garden_meter(&database, rosa, "G");
    utility.reads(
        "A",
        &[
            ("2026-01-01", 0),
            ("2026-02-01", 3_000),
            ("2026-03-01", 7_000),
            ("2026-04-01", 12_000),
        ],
    );
    utility.reads(
        "G",
        &[
            ("2026-01-01", 0),
            ("2026-02-01", 500),
            ("2026-03-01", 500),
            ("2026-04-01", 500),
        ],
    );
    for (from, on) in [
        ("2026-01-01", "2026-02-04"),
        ("2026-02-01", "2026-03-04"),
        ("2026-03-01", "2026-04-04"),
    ] {
        utility.bill(from, on);
    }
    let flow: Vec<_> = utility
        .issued(rosa)
        .iter()
        .map(|bill| bill.charged("flow"))
        .collect();
    // January 3,000 less 500 of the garden, February 4,000; from March the mean of both winter months, where it is less.
    assert_eq!(flow[..2], [dollars("25.00"), dollars("40.00")]);
    assert!(flow[2] < dollars("50.00"), "{:?}", flow[2]);
    utility.assert_sound();
}
