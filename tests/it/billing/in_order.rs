//! What the order of a cycle's periods may not stop: a rate that changes its charges, a bill that was canceled, a slip that was voided.

use mainstay::adapters::ami::{self, FeedOptions, FeedPlan};
use mainstay::domain::commodity::Commodity;
use mainstay::domain::feed::FeedFormat;
use mainstay::domain::meters::{Channel, MeterKind};
use mainstay::domain::quantity::Unit;
use mainstay::domain::vee::settings::VeeSettings;
use mainstay::store::db::Tx;
use mainstay::usecases::accounts::NewRegister;
use mainstay::usecases::bill_cancellation::cancel_bill;
use mainstay::usecases::billing::rebill::{cancel_and_rebill, plan};
use mainstay::usecases::billing::{BillingRunError, flag_missed, issue_run, open_run, void_run};
use mainstay::usecases::integrity::check;
use mainstay::usecases::reads::{ImportPlan, import_reads};
use serde_json::json;

use crate::support::billing::{
    Utility, ZONE, by, day, fixed, metered, register, unmetered, usage, water,
};
use crate::support::db::TestDb;

/// Contract: F25, F30
#[test]
fn a_charge_that_a_new_version_drops_is_billed_for_its_days() {
    let database = TestDb::new();
    let utility = Utility::open(&database.db);
    let first = json!({"charges": [fixed("flat", "30.00"), fixed("old", "2.00")]});
    utility.publish("2025-01-01", "S-1", "sewer", first);
    let second = json!({
        "version": 2, "effective_from": "2026-01-15", "charges": [fixed("flat", "31.00")],
    });
    utility.publish("2026-01-15", "S-1", "sewer", second);
    let rosa = utility.household("2026-01-01", vec![unmetered(Commodity::Sewer, "S-1")]);
    let run = utility.draft("2026-01-01", "2026-02-02");
    issue_run(&database.db, &by("Bill", "2026-02-02"), run, |_| {}).unwrap();
    assert_eq!(utility.issued(rosa).len(), 1);
    let period = utility.period("2026-02-01");
    let next = database
        .db
        .write_blocking(by("Bill", "2026-03-02"), move |tx: &mut Tx<'_>| {
            open_run(tx, period)
        });
    assert!(next.is_ok(), "{next:?}");
    let findings = database
        .db
        .read_blocking(|conn| check(conn, day("2026-12-31")))
        .unwrap();
    assert!(findings.is_empty(), "{findings:#?}");
}

/// Contract: F25, F29
#[test]
fn a_new_version_may_begin_to_count_something() {
    let database = TestDb::new();
    let utility = Utility::open(&database.db);
    utility.sells_water();
    let first = json!({"charges": [fixed("base", "30.00")]});
    utility.publish("2025-01-01", "S-1", "sewer", first);
    let winter = json!({
        "months": [12, 1, 2], "new_from": 3, "normal_days": "30.42",
        "newcomer": {"actual-up-to": "5000"},
    });
    let steps = json!([{"winter-average": winter}, {"lesser-of": "usage"}, {"divide-by": "1000"}]);
    let second = json!({
        "version": 2, "measures": {"usage": "gal"},
        "quantities": {"flow": {"of": "usage", "unit": "kgal", "steps": steps}},
        "charges": [fixed("base", "18.95"), usage("flow", "flow", "5.72")],
    });
    utility.publish("2026-03-15", "S-1", "sewer", second);
    let services = vec![water("A"), unmetered(Commodity::Sewer, "S-1")];
    let rosa = utility.household("2026-01-01", services);
    let reads = [
        ("2026-01-01", 0),
        ("2026-02-01", 1_000),
        ("2026-03-01", 2_000),
        ("2026-04-01", 3_000),
    ];
    utility.reads("A", &reads);
    utility.bill("2026-01-01", "2026-02-04");
    utility.bill("2026-02-01", "2026-03-04");
    utility.bill("2026-03-01", "2026-04-04");
    assert_eq!(utility.open_reasons(rosa), []);
    assert_eq!(utility.issued(rosa).len(), 3);
}

/// Contract: F31, F35
#[test]
fn a_canceled_bill_is_billed_again_although_its_period_was_found_unbilled() {
    let database = TestDb::new();
    let utility = Utility::open(&database.db);
    utility.sells_water();
    let rosa = utility.household("2026-01-01", vec![water("A")]);
    utility.reads(
        "A",
        &[
            ("2026-01-01", 0),
            ("2026-02-01", 1_000),
            ("2026-03-01", 2_000),
        ],
    );
    utility.bill("2026-01-01", "2026-02-04");
    utility.bill("2026-02-01", "2026-03-04");
    let january = utility.issued(rosa)[0].bill.id;
    let cancel = move |tx: &mut Tx<'_>| cancel_bill(tx, january, "wrong rate");
    database
        .db
        .write_blocking(by("Clara", "2026-03-05"), cancel)
        .unwrap();
    assert_eq!(
        flag_missed(&database.db, &by("Night", "2026-03-06")).unwrap(),
        1
    );

    let shown = database
        .db
        .read_blocking(|conn| plan(conn, january, day("2026-03-07")))
        .unwrap();
    assert!(shown.is_possible(), "{:?}", shown.bills);
    let seal = shown.seal();
    let again = move |tx: &mut Tx<'_>| cancel_and_rebill(tx, january, "right rate", &seal);
    database
        .db
        .write_blocking(by("Clara", "2026-03-07"), again)
        .unwrap();
    assert_eq!(utility.open_reasons(rosa), []);
    utility.reads("A", &[("2026-04-01", 3_000)]);
    utility.draft("2026-03-01", "2026-04-04");
    assert_eq!(utility.open_reasons(rosa), []);
}

/// Contract: F35
#[test]
fn a_period_before_the_first_bills_of_the_house_is_not_billed_and_stops_none() {
    let database = TestDb::new();
    let utility = Utility::open(&database.db);
    utility.sells_water();
    utility.household("2026-01-01", vec![water("A")]);
    let reads = [
        ("2026-01-01", 0),
        ("2026-02-01", 1_000),
        ("2026-03-01", 2_000),
        ("2026-04-01", 3_000),
    ];
    utility.reads("A", &reads);
    // January was drafted by a slip and voided, and was billed by the program before.
    let slip = utility.draft("2026-01-01", "2026-02-05");
    let void = move |tx: &mut Tx<'_>| void_run(tx, slip, "a slip");
    database
        .db
        .write_blocking(by("Bill", "2026-02-05"), void)
        .unwrap();
    utility.bill("2026-02-01", "2026-03-04");
    let march = utility.period("2026-03-01");
    let next = database
        .db
        .write_blocking(by("Bill", "2026-04-02"), move |tx: &mut Tx<'_>| {
            open_run(tx, march)
        });
    assert!(next.is_ok(), "{next:?}");
    let january = utility.period("2026-01-01");
    let late = database
        .db
        .write_blocking(by("Bill", "2026-04-02"), move |tx: &mut Tx<'_>| {
            open_run(tx, january)
        });
    assert!(
        matches!(late, Err(BillingRunError::LaterIssued)),
        "{late:?}"
    );
}

/// Contract: F36
#[test]
fn a_meter_read_on_one_side_and_counted_by_the_hour_on_the_other_checks_out() {
    let database = TestDb::new();
    let utility = Utility::open(&database.db);
    utility.sells_water();
    let high = NewRegister {
        resolution_minutes: Some(60),
        decimals: 3,
        ..register("H", Channel::High, Unit::Gallon)
    };
    let low = register("L", Channel::Low, Unit::Gallon);
    let compound = metered(
        Commodity::Water,
        "W-1",
        MeterKind::Compound,
        vec![high, low],
    );
    let rosa = utility.household("2026-01-01", vec![compound]);
    utility.reads("L", &[("2026-01-01", 0), ("2026-02-01", 100)]);
    let hours = (1..=31).flat_map(|day| (0..24).map(move |hour| (day, hour)));
    let lines: String = hours
        .map(|(day, hour)| format!("H,2026-01-{day:02} {hour:02}:00,1.5,gal\n"))
        .collect();
    let mapping = json!({
        "meter": {"columns": ["meter"]}, "stamp": {"column": {"name": "at", "format": "%Y-%m-%d %H:%M"}},
        "value": {"column": "value"}, "unit": {"column": "unit"}, "kind": {"interval": {"minutes": 60}},
    });
    let feed = FeedPlan {
        format: FeedFormat::Csv,
        options: FeedOptions::usual(FeedFormat::Csv, ZONE),
        mapping: Some(serde_json::from_value(mapping).unwrap()),
    };
    let plan = ImportPlan {
        file_name: "hours.csv".into(),
        sha256: "x".into(),
        format: "csv".into(),
        options: "{}".into(),
        zone: ZONE,
        settings: VeeSettings::default(),
    };
    let text = format!("meter,at,value,unit\n{lines}");
    let items = ami::read(&feed, text.as_bytes()).unwrap();
    import_reads(&database.db, &by("Rita", "2026-02-02"), &plan, items).unwrap();
    utility.bill("2026-01-01", "2026-02-04");
    assert_eq!(utility.issued(rosa).len(), 1);
    let findings = database
        .db
        .read_blocking(|conn| check(conn, day("2027-12-31")))
        .unwrap();
    assert!(findings.is_empty(), "{findings:#?}");
}
