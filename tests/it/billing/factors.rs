//! Dated factors: a value that changes within a period is billed by its days, to the cent, on the bill and in the second calculation.

use chrono::NaiveDate;
use mainstay::domain::commodity::Commodity;
use mainstay::domain::ids::{AccountId, RateFactorId};
use mainstay::domain::meters::{Channel, MeterKind};
use mainstay::domain::money::Money;
use mainstay::domain::quantity::Unit;
use mainstay::store::db::Tx;
use mainstay::store::rate_factors::{self, NewFactor};
use mainstay::store::sql_types::Exact;
use mainstay::usecases::billing::rebill::plan;
use mainstay::usecases::factors::{FactorError, approve, propose};
use serde_json::json;

use crate::support::billing::{Utility, by, charge, day, dollars, fixed, metered, register, usage};
use crate::support::db::TestDb;

fn value(code: &str, from: &str, value: &str) -> NewFactor {
    NewFactor {
        code: code.to_owned(),
        from_on: day(from),
        value: Exact(value.parse().expect("a number")),
        source: "Memo 14".to_owned(),
    }
}

fn proposed(database: &TestDb, on: &str, new: &NewFactor) -> RateFactorId {
    let new = new.clone();
    let propose = move |tx: &mut Tx<'_>| propose(tx, &new);
    database.db.write_blocking(by("Drew", on), propose).unwrap()
}

fn approved(
    database: &TestDb,
    (who, on): (&str, &str),
    id: RateFactorId,
) -> Result<(), FactorError> {
    let step = move |tx: &mut Tx<'_>| approve(tx, id);
    database.db.write_blocking(by(who, on), step)
}

/// A value that counts.
fn enter(database: &TestDb, on: &str, new: &NewFactor) {
    let id = proposed(database, on, new);
    approved(database, ("Pat", on), id).unwrap();
}

/// Power at a base charge, a price and a cost adjustment of a cent a kWh, and a home that used 3,100 kWh in January.
fn power(utility: &Utility<'_>) -> AccountId {
    let rider = json!({"usage": {"of": "usage", "rate": {"factor": "pca"}}});
    utility.publish("2025-01-01", "E-1", "electric", json!({
        "measures": {"usage": "kWh"},
        "factors": {"pca": [{"from": "2025-01-01", "value": "0.0100"}]},
        "charges": [fixed("base", "10.00"), usage("energy", "usage", "0.10"), charge("pca", rider)],
    }));
    let registers = vec![register("E1", Channel::Delivered, Unit::Kwh)];
    let meter = metered(Commodity::Electric, "E-1", MeterKind::Simple, registers);
    let home = utility.household("2026-01-01", vec![meter]);
    utility.reads(
        "E1",
        &[
            ("2026-01-01", 0),
            ("2026-02-01", 3_100),
            ("2026-03-01", 5_900),
        ],
    );
    home
}

/// Contract: F24, F25, F27
#[test]
fn a_cost_adjustment_that_changes_in_the_month_is_billed_by_its_days() {
    let database = TestDb::new();
    let utility = Utility::open(&database.db);
    let home = power(&utility);
    enter(
        &database,
        "2026-01-12",
        &value("pca", "2026-01-11", "0.0250"),
    );
    enter(
        &database,
        "2026-01-12",
        &value("pca", "2026-02-15", "-0.0040"),
    );
    utility.bill("2026-01-01", "2026-02-04");
    utility.bill("2026-02-01", "2026-03-04");
    let bills = utility.issued(home);
    let pca = |place: usize| -> Vec<Money> {
        let lines = bills[place].lines.iter().filter(|(code, _)| code == "pca");
        lines.map(|(_, amount)| *amount).collect()
    };
    // January: ten days of 31 at the schedule's own cent: 1,000 kWh; 21 at two and a half: 2,100 kWh.
    assert_eq!(pca(0), [dollars("10.00"), dollars("52.50")]);
    assert_eq!(bills[0].bill.total_cents, dollars("382.50"));
    // February: 14 days of 28 at two and a half cents, then four tenths of a cent back: 1,400 kWh each.
    assert_eq!(pca(1), [dollars("35.00"), dollars("-5.60")]);
    utility.assert_sound();
}

/// Contract: F25
#[test]
fn a_thermal_factor_counts_by_its_days_within_the_month() {
    let database = TestDb::new();
    let utility = Utility::open(&database.db);
    utility.publish("2025-01-01", "G-1", "gas", json!({
        "measures": {"usage": "CCF"},
        "factors": {"thermal": [{"from": "2025-01-01", "value": "1.000"}]},
        "quantities": {"therms": {"of": "usage", "unit": "therm", "steps": [{"times-factor": "thermal"}]}},
        "charges": [usage("gas", "therms", "0.50")],
    }));
    enter(
        &database,
        "2026-01-02",
        &value("thermal", "2025-12-01", "1.000"),
    );
    enter(
        &database,
        "2026-01-12",
        &value("thermal", "2026-01-11", "1.031"),
    );
    let registers = vec![register("G1", Channel::Delivered, Unit::Ccf)];
    let meter = metered(Commodity::Gas, "G-1", MeterKind::Simple, registers);
    let home = utility.household("2026-01-01", vec![meter]);
    utility.reads("G1", &[("2026-01-01", 0), ("2026-02-01", 310)]);
    utility.bill("2026-01-01", "2026-02-04");
    // 310 x (10 x 1.000 + 21 x 1.031) / 31 = 316.51 therms, at fifty cents: 158.255, half a cent away from zero.
    assert_eq!(utility.latest(home).bill.total_cents, dollars("158.26"));
    utility.assert_sound();
}

/// Contract: F24, F26
#[test]
fn a_value_waits_for_a_second_person_and_for_drafts_that_would_miss_it() {
    let database = TestDb::new();
    let utility = Utility::open(&database.db);
    let home = power(&utility);
    let unknown = value("fuel", "2026-01-01", "1");
    let refused = database
        .db
        .write_blocking(by("Drew", "2026-01-12"), move |tx: &mut Tx<'_>| {
            propose(tx, &unknown)
        });
    assert!(
        matches!(refused, Err(FactorError::Unknown(..))),
        "{refused:?}"
    );
    let new = value("pca", "2026-01-11", "0.0250");
    let id = proposed(&database, "2026-01-12", &new);
    assert_eq!(
        id,
        proposed(&database, "2026-01-12", &new),
        "sent twice, kept once"
    );
    let own = approved(&database, ("Drew", "2026-01-12"), id);
    assert!(matches!(own, Err(FactorError::SamePerson)), "{own:?}");
    let run = utility.draft("2026-01-01", "2026-02-02");
    let drafted = approved(&database, ("Pat", "2026-02-02"), id);
    assert!(
        matches!(drafted, Err(FactorError::Drafted(1))),
        "{drafted:?}"
    );
    utility.issue(run, "2026-02-03");
    let before = utility.latest(home).bill;
    approved(&database, ("Pat", "2026-02-03"), id).unwrap();
    let again = approved(&database, ("Pat", "2026-02-03"), id);
    assert!(matches!(again, Err(FactorError::Decided(_))), "{again:?}");
    // What is out stays, and comes out by the approved value where it is billed again: 2,100 kWh at a cent and a half more.
    assert_eq!(before.total_cents, dollars("351.00"));
    let bill = before.id;
    let on: NaiveDate = day("2026-02-04");
    let plan = database
        .db
        .read_blocking(move |conn| plan(conn, bill, on))
        .unwrap();
    assert_eq!(plan.difference(), dollars("31.50"));
    utility.assert_sound();
}

/// Contract: F24
#[test]
fn a_wrong_value_is_answered_by_another_for_the_same_day() {
    let database = TestDb::new();
    let utility = Utility::open(&database.db);
    let home = power(&utility);
    enter(
        &database,
        "2026-01-12",
        &value("pca", "2026-01-01", "0.2500"),
    );
    enter(
        &database,
        "2026-01-13",
        &value("pca", "2026-01-01", "0.0250"),
    );
    let kept = database.read(|conn| rate_factors::list_of(conn, "pca"));
    assert_eq!(kept.len(), 2, "both are kept");
    utility.bill("2026-01-01", "2026-02-04");
    assert_eq!(utility.latest(home).charged("pca"), dollars("77.50"));
    utility.assert_sound();
}
