//! A newcomer has no history: what others of the class use in the same months says what is to be expected, and what is too much.

use diesel::connection::SimpleConnection;
use mainstay::domain::accounts::AccountClass;
use mainstay::domain::exceptions::ExceptionReason;
use mainstay::domain::ids::AccountId;
use mainstay::domain::reads::ReadVerdict;
use mainstay::store;
use mainstay::store::db::Tx;
use mainstay::usecases::reads::desk::{ReadError, Recorded, estimate_read};
use rust_decimal::Decimal;

use crate::support::billing::{Utility, ZONE, by, day, dollars, water};
use crate::support::db::TestDb;

/// Six homes that used 100 gallons a day last January and four times as much until August; a shop that used a thousand times as much; a home
/// whose meter was taken out, and that had used it as if it leaked. Nora moves in where there was no meter.
fn street(utility: &Utility<'_>, database: &TestDb) -> AccountId {
    utility.sells_water();
    let year = |key: &str, january: i64, until_august: i64| {
        let reads = [
            ("2025-01-01", 0),
            ("2025-02-01", january),
            ("2025-08-01", january + until_august),
        ];
        utility.reads(key, &reads);
    };
    // What hung first has the lowest ids.
    utility.household("2025-01-01", vec![water("GONE")]);
    year("GONE", 93_000, 181_000);
    utility.moves_in("2025-01-01", AccountClass::Commercial, vec![water("SHOP")]);
    year("SHOP", 310_000, 600_000);
    for key in ["A", "B", "C", "D", "E", "F"] {
        utility.household("2025-01-01", vec![water(key)]);
        year(key, 3_100, 181 * 400);
    }
    let gone = utility.register("GONE");
    let sql = format!(
        "UPDATE meter_installs SET until_on = '2025-09-01' WHERE meter_id = (SELECT meter_id FROM registers WHERE id = {gone})"
    );
    database
        .connect()
        .batch_execute(&sql)
        .expect("the meter is out");
    utility.household("2026-01-01", vec![water("NORA")])
}

fn estimated(utility: &Utility<'_>, database: &TestDb, on: &str) -> Result<Recorded, ReadError> {
    let (register, on_day) = (utility.register("NORA"), day(on));
    let estimate = move |tx: &mut Tx<'_>| estimate_read(tx, ZONE, register, on_day);
    database.db.write_blocking(by("Rita", on), estimate)
}

/// Contract: F17, F18
#[test]
fn a_newcomer_is_estimated_by_the_class_in_the_same_months_and_by_nobody_else() {
    let database = TestDb::new();
    let utility = Utility::open(&database.db);
    street(&utility, &database);
    utility.read("NORA", "2026-01-01", 500).unwrap();
    estimated(&utility, &database, "2026-02-01").unwrap();
    let register = [utility.register("NORA")];
    let reads = database.read(|conn| store::reads::list(conn, &register));
    assert_eq!(
        reads[1].value.0,
        Decimal::from(3_600),
        "31 January days of 100 gallons: not of the shop, of the meter that is gone, of summer"
    );
    utility.assert_sound();
}

/// Contract: F17, F19
#[test]
fn a_newcomers_first_use_is_held_against_the_class() {
    let database = TestDb::new();
    let utility = Utility::open(&database.db);
    let nora = street(&utility, &database);
    utility.read("NORA", "2026-01-01", 500).unwrap();
    let much = utility.read("NORA", "2026-01-31", 500 + 9_000).unwrap();
    assert_eq!(much.verdict, ReadVerdict::Flagged);
    assert_eq!(much.reasons, [ExceptionReason::HighUsage]);
    let far_too_much = utility.read("NORA", "2026-02-01", 500 + 40_000).unwrap();
    assert_eq!(far_too_much.verdict, ReadVerdict::Held);
    assert!(far_too_much.reasons.contains(&ExceptionReason::HighUsage));
    assert!(
        utility
            .open_reasons(nora)
            .contains(&ExceptionReason::HighUsage)
    );
    utility.assert_sound();
}

/// Contract: F17, F29
#[test]
fn a_newcomers_register_may_begin_again_at_zero_within_what_the_class_could_use() {
    let database = TestDb::new();
    let utility = Utility::open(&database.db);
    let nora = street(&utility, &database);
    let omar = utility.household("2026-01-01", vec![water("OMAR")]);
    utility.reads("NORA", &[("2026-01-01", 999_000), ("2026-02-01", 2_000)]);
    utility.read("OMAR", "2026-01-01", 999_000).unwrap();
    // A complete revolution that did not occur would be billed as 61,000 gallons.
    let held = utility.read("OMAR", "2026-02-01", 60_000).unwrap();
    assert_eq!(held.verdict, ReadVerdict::Held);
    assert_eq!(held.reasons, [ExceptionReason::NegativeUsage]);
    utility.bill("2026-01-01", "2026-02-02");
    assert_eq!(utility.latest(nora).bill.total_cents, dollars("25.00"));
    assert!(utility.bills(omar).is_empty());
    utility.assert_sound();
}
