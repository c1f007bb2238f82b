//! Bills whose amounts were worked out by hand: prices that change inside a period, bounds, winter averages, odd numbers. The second
//! evaluator agrees with each.

use std::sync::Arc;

use rust_decimal::Decimal;
use serde_json::{Value, json};

use crate::domain::money::Money;
use crate::domain::quantity::Unit;
use crate::domain::rates::compiled::CompiledVersion;
use crate::domain::rates::facts::{Facts, Measured};
use crate::domain::rates::tests::{by_code, charge, day, facts, hourly, priced, version};

/// The facts of a June that measured some things.
fn june(measured: &[(&'static str, &str, Unit)]) -> Facts {
    let mut june = facts("2026-06-01", 30, Decimal::ZERO);
    june.measured.clear();
    let given = measured.iter().map(|(name, amount, unit)| Measured {
        name: (*name).into(),
        amount: amount.parse().unwrap(),
        unit: *unit,
    });
    june.measured.extend(given);
    june
}

/// A schedule whose on-peak price, of energy or of power, changes on June 16.
fn on_and_off(kind: &str, factor: [&str; 2]) -> CompiledVersion {
    let unit = if kind == "time-of-use" { "kWh" } else { "kW" };
    let rules = json!([{"period": "on", "days": "weekdays", "hours": [{"from": 14, "until": 20}]}]);
    let how = json!({kind: {"calendar": "week", "of": "usage", "periods": [
        {"period": "on", "register": "on", "rate": {"factor": "pon"}},
        {"period": "off", "register": "off", "rate": {"price": "0.05"}}]}});
    version(&json!({
        "measures": {"usage": unit, "on": unit, "off": unit},
        "factors": {"pon": [{"from": "2026-01-01", "value": factor[0]}, {"from": "2026-06-16", "value": factor[1]}]},
        "calendars": {"week": {"otherwise": "off", "rules": rules}},
        "charges": [charge("tou", &how)]
    }))
}

/// What the on-peak lines of a bill come to.
fn on_peak(versions: &[CompiledVersion], facts: &Facts) -> (Vec<i64>, Money) {
    let bill = priced(versions, facts);
    let on = bill.lines.iter().filter(|line| line.period == Some(0));
    (on.map(|line| line.amount.cents()).collect(), bill.total)
}

#[test]
fn a_factor_that_changes_inside_the_period_prices_time_of_use_by_its_days() {
    let versions = [on_and_off("time-of-use", ["0.10", "0.30"])];
    let registers = june(&[("on", "300", Unit::Kwh), ("off", "300", Unit::Kwh)]);
    let found = on_peak(&versions, &registers);
    assert_eq!(found, (vec![1_500, 4_500], Money::from_cents(7_500)));

    let versions = [on_and_off("time-of-use-demand", ["10", "30"])];
    let power = june(&[("on", "10", Unit::Kw), ("off", "0", Unit::Kw)]);
    let found = on_peak(&versions, &power);
    assert_eq!(found, (vec![5_000, 15_000], Money::from_cents(20_000)));
}

#[test]
fn a_factor_that_changes_inside_the_period_prices_each_hour_by_its_own_day() {
    let versions = [on_and_off("time-of-use", ["0.10", "0.30"])];
    let mut hours = june(&[]);
    hours.intervals = hourly("usage", "2026-06-01", &[24; 30], |_| Decimal::ONE);
    // Six hours on each of eleven weekdays before June 16, and of eleven after; at 0.10, then at 0.30.
    let found = on_peak(&versions, &hours);
    let off_peak = (720 - 132) * 5;
    assert_eq!(found.0, [660, 1_980]);
    assert_eq!(found.1, Money::from_cents(2_640 + off_peak));
}
