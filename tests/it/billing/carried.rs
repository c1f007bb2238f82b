//! What a bill leaves to the next: a bank of energy that rolls and is trued up, a year that is settled, a peak that is remembered.

use mainstay::domain::commodity::Commodity;
use mainstay::domain::ids::AccountId;
use mainstay::domain::meters::{Channel, MeterKind};
use mainstay::domain::period::Period;
use mainstay::domain::quantity::Unit;
use mainstay::store::service::{SuspensionRow, insert_suspensions, list_of_accounts};
use serde_json::json;

use crate::support::billing::{Utility, by, charge, day, dollars, fixed, metered, register, usage};
use crate::support::db::TestDb;

/// A home with a meter that counts both ways, priced at $10.00 and ten cents a net kWh; the bank is emptied at the end of April.
fn solar_home(utility: &Utility<'_>) -> AccountId {
    utility.publish("2025-01-01", "E-NM", "electric", json!({
        "measures": {"delivered": "kWh", "received": "kWh"},
        "quantities": {"net": {"of": "delivered", "steps": [{"net-metering": {"received": "received", "true_up": 4}}]}},
        "charges": [fixed("base", "10.00"), usage("energy", "net", "0.10")],
    }));
    let registers = vec![
        register("S1", Channel::Delivered, Unit::Kwh),
        register("S2", Channel::Received, Unit::Kwh),
    ];
    utility.household(
        "2026-01-01",
        vec![metered(
            Commodity::Electric,
            "E-NM",
            MeterKind::Net,
            registers,
        )],
    )
}

/// Contract: F29, F40
#[test]
fn a_solar_homes_bank_rolls_from_bill_to_bill_and_is_emptied_at_the_true_up() {
    let database = TestDb::new();
    let utility = Utility::open(&database.db);
    let sol = solar_home(&utility);
    utility.reads(
        "S1",
        &[
            ("2026-01-01", 0),
            ("2026-02-01", 300),
            ("2026-03-01", 500),
            ("2026-04-01", 600),
            ("2026-05-01", 700),
            ("2026-06-01", 800),
        ],
    );
    utility.reads(
        "S2",
        &[
            ("2026-01-01", 0),
            ("2026-02-01", 500),
            ("2026-03-01", 550),
            ("2026-04-01", 650),
            ("2026-05-01", 900),
            ("2026-06-01", 920),
        ],
    );
    for (from, on) in [
        ("2026-01-01", "2026-02-04"),
        ("2026-02-01", "2026-03-04"),
        ("2026-03-01", "2026-04-04"),
        ("2026-04-01", "2026-05-04"),
        ("2026-05-01", "2026-06-04"),
    ] {
        utility.bill(from, on);
    }
    let energy: Vec<_> = utility
        .issued(sol)
        .iter()
        .map(|bill| bill.charged("energy"))
        .collect();
    // January: 300 taken, 500 given: 200 in the bank. February: 200 less 50 less 150 of the bank: 50 stay. March: 100 less 100: 50 stay.
    // April: 100 less 250: 200 in the bank, and the year ends. May: 100 less 20, without a bank.
    let expected = ["0.00", "0.00", "0.00", "0.00", "8.00"].map(dollars);
    assert_eq!(energy, expected);
    utility.assert_sound();
}

/// Contract: F11, F29
#[test]
fn a_bank_outlasts_a_month_in_which_its_service_was_suspended() {
    let database = TestDb::new();
    let utility = Utility::open(&database.db);
    let sol = solar_home(&utility);
    utility.reads(
        "S1",
        &[
            ("2026-01-01", 0),
            ("2026-02-01", 100),
            ("2026-03-01", 100),
            ("2026-04-01", 250),
        ],
    );
    utility.reads(
        "S2",
        &[
            ("2026-01-01", 0),
            ("2026-02-01", 200),
            ("2026-03-01", 200),
            ("2026-04-01", 220),
        ],
    );
    let february = Period {
        from: day("2026-02-01"),
        until: day("2026-03-01"),
    };
    let agreed = database.read(|conn| list_of_accounts(conn, &[sol], february));
    let agreement = agreed[0].agreement.id;
    database
        .db
        .write_blocking(by("Cora", "2026-02-01"), move |tx| {
            insert_suspensions(
                tx,
                &[SuspensionRow {
                    service_agreement_id: agreement,
                    from_on: february.from,
                    until_on: Some(february.until),
                    reason: "away".to_owned(),
                }],
            )
        })
        .unwrap();
    utility.bill("2026-01-01", "2026-02-04");
    utility.bill("2026-02-01", "2026-03-04");
    utility.bill("2026-03-01", "2026-04-04");
    let bills = utility.issued(sol);
    assert_eq!(
        bills.len(),
        2,
        "nothing is billed while service is suspended"
    );
    // 150 taken, 20 given, 100 of January's bank.
    assert_eq!(bills[1].charged("energy"), dollars("3.00"));
    utility.assert_sound();
}

/// Contract: F29, F40
#[test]
fn a_yearly_minimum_counts_the_bills_of_the_year_and_is_settled_once() {
    let database = TestDb::new();
    let utility = Utility::open(&database.db);
    utility.publish("2025-01-01", "W-MIN", "water", json!({
        "measures": {"usage": "gal"},
        "charges": [usage("use", "usage", "0.01"), charge("least", json!({"minimum": {"amount": "100.00", "per": "year", "settles": 3}}))],
    }));
    let service = metered(
        Commodity::Water,
        "W-MIN",
        MeterKind::Simple,
        vec![register("A", Channel::Delivered, Unit::Gallon)],
    );
    let rosa = utility.household("2026-01-01", vec![service]);
    utility.reads(
        "A",
        &[
            ("2026-01-01", 0),
            ("2026-02-01", 1_000),
            ("2026-03-01", 3_000),
            ("2026-04-01", 4_000),
            ("2026-05-01", 5_000),
        ],
    );
    for (from, on) in [
        ("2026-01-01", "2026-02-04"),
        ("2026-02-01", "2026-03-04"),
        ("2026-03-01", "2026-04-04"),
        ("2026-04-01", "2026-05-04"),
    ] {
        utility.bill(from, on);
    }
    let least: Vec<_> = utility
        .issued(rosa)
        .iter()
        .map(|bill| bill.charged("least"))
        .collect();
    // $10.00, $20.00 and $10.00 by March: $60.00 short of $100.00; April begins a new year.
    let expected = ["0.00", "0.00", "60.00", "0.00"].map(dollars);
    assert_eq!(least, expected);
    utility.assert_sound();
}

/// Contract: F27, F29
#[test]
fn a_ratchet_looks_back_on_the_peaks_of_earlier_bills() {
    let database = TestDb::new();
    let utility = Utility::open(&database.db);
    let demand = json!({"demand": {"of": "demand", "rate": {"price": "2.00"}, "ratchet": {"percent": ["50"], "months": 11}}});
    utility.publish(
        "2025-01-01",
        "E-D",
        "electric",
        json!({
            "measures": {"usage": "kWh", "demand": "kW"},
            "charges": [usage("energy", "usage", "0.05"), charge("power", demand)],
        }),
    );
    let registers = vec![
        register("D1", Channel::Delivered, Unit::Kwh),
        register("D2", Channel::Demand, Unit::Kw),
    ];
    let shop = utility.household(
        "2026-01-01",
        vec![metered(
            Commodity::Electric,
            "E-D",
            MeterKind::Simple,
            registers,
        )],
    );
    utility.reads(
        "D1",
        &[
            ("2026-01-01", 0),
            ("2026-02-01", 1_000),
            ("2026-03-01", 2_000),
            ("2026-04-01", 3_000),
        ],
    );
    utility.reads(
        "D2",
        &[("2026-02-01", 80), ("2026-03-01", 30), ("2026-04-01", 60)],
    );
    for (from, on) in [
        ("2026-01-01", "2026-02-04"),
        ("2026-02-01", "2026-03-04"),
        ("2026-03-01", "2026-04-04"),
    ] {
        utility.bill(from, on);
    }
    let power: Vec<_> = utility
        .issued(shop)
        .iter()
        .map(|bill| bill.charged("power"))
        .collect();
    let expected = ["160.00", "80.00", "120.00"].map(dollars);
    assert_eq!(
        power, expected,
        "February is billed half of January's 80 kW"
    );
    utility.assert_sound();
}

/// Net metering from June on, published in January, is nothing that January's bill knows of; June's bill does.
///
/// Contract: F29, F40
#[test]
fn a_version_that_was_published_ahead_changes_no_bill_before_its_day() {
    let database = TestDb::new();
    let utility = Utility::open(&database.db);
    utility.publish(
        "2025-01-01",
        "E-1",
        "electric",
        json!({"measures": {"usage": "kWh"}, "charges": [usage("energy", "usage", "0.10")]}),
    );
    utility.publish("2026-06-01", "E-1", "electric", json!({
        "version": 2,
        "measures": {"delivered": "kWh", "received": "kWh"},
        "quantities": {"net": {"of": "delivered", "steps": [{"net-metering": {"received": "received"}}]}},
        "charges": [usage("energy", "net", "0.10")],
    }));
    let registers = vec![
        register("S1", Channel::Delivered, Unit::Kwh),
        register("S2", Channel::Received, Unit::Kwh),
    ];
    let meter = metered(Commodity::Electric, "E-1", MeterKind::Net, registers);
    let home = utility.household("2026-05-01", vec![meter]);
    utility.reads(
        "S1",
        &[("2026-05-01", 0), ("2026-06-01", 300), ("2026-07-01", 600)],
    );
    utility.reads(
        "S2",
        &[("2026-05-01", 0), ("2026-06-01", 90), ("2026-07-01", 190)],
    );
    for (from, on, total) in [
        ("2026-05-01", "2026-06-04", "30.00"),
        ("2026-06-01", "2026-07-04", "20.00"),
    ] {
        utility.bill(from, on);
        assert_eq!(
            utility.latest(home).bill.total_cents,
            dollars(total),
            "{from}"
        );
        utility.assert_sound();
    }
}
