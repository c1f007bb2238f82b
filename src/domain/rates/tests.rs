//! Properties of the engine, and of its second evaluator beside it.

use std::sync::Arc;

use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use rust_decimal::Decimal;
use serde_json::{Value, json};

use crate::domain::billing;
use crate::domain::money::Money;
use crate::domain::period::Period;
use crate::domain::quantity::Unit;
use crate::domain::rates::compile::{compile, read};
use crate::domain::rates::compiled::CompiledVersion;
use crate::domain::rates::diff::{ChangeKind, diff};
use crate::domain::rates::facts::{Facts, IntervalDay, Measured, PastPeak, PastUse};
use crate::domain::rates::numbers::Number;
use crate::domain::rates::priced::{PricedBill, PricingError};
use crate::domain::rates::schedule::{DatedNumber, RateSchedule};
use crate::domain::rates::working::Working;
use crate::domain::rates::{price, rederive};

pub(super) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub(super) fn document(fields: &Value) -> RateSchedule {
    let mut whole = json!({
        "format": "mainstay-rate-schedule/1", "code": "T-1", "version": 1, "effective_from": "2026-01-01",
        "name": {"en": "Test"}, "service": "electric", "measures": {"usage": "kWh"}
    });
    for (name, value) in fields.as_object().unwrap() {
        whole[name] = value.clone();
    }
    read(&whole.to_string()).unwrap()
}

pub(super) fn version(fields: &Value) -> CompiledVersion {
    compile(Arc::new(document(fields))).unwrap()
}

pub(super) fn charge(code: &str, how: &Value) -> Value {
    json!({"code": code, "label": {"en": code}, "how": how})
}

pub(super) fn facts(from: &str, days: u64, usage: Decimal) -> Facts {
    let from = day(from);
    let mut facts = Facts::of(Period {
        from,
        until: from + Days::new(days),
    });
    facts.measured.push(Measured {
        name: "usage".into(),
        amount: usage,
        unit: Unit::Kwh,
    });
    facts
}

/// Prices, after the second evaluator has agreed.
pub(super) fn priced(versions: &[CompiledVersion], facts: &Facts) -> PricedBill {
    billing::segment(versions, facts, (Vec::new(), Vec::new()))
        .unwrap()
        .bill
}

/// The sums by charge code.
pub(super) fn by_code(versions: &[CompiledVersion], bill: &PricedBill, code: &str) -> Money {
    let is_named = |version: u16, charge: u16| {
        versions[usize::from(version)]
            .charge(charge)
            .unwrap()
            .charge
            .code
            == code
    };
    bill.lines
        .iter()
        .filter(|line| is_named(line.version, line.charge))
        .map(|line| line.amount)
        .sum()
}

fn any_usage() -> impl Strategy<Value = Decimal> {
    prop_oneof![
        Just(Decimal::ZERO),
        (-5_000_000_i64..5_000_000).prop_map(|thousandths| Decimal::new(thousandths, 3)),
        (0_i64..1_000_000_000_000).prop_map(|tenths| Decimal::new(tenths, 1)),
    ]
}

/// Widths of blocks and the price in each, the last without end.
fn any_blocks() -> impl Strategy<Value = Value> {
    prop::collection::vec((1_u32..2_000, 1_i64..99_999), 1..6).prop_map(|blocks| {
        let last = blocks.len() - 1;
        let block = |(place, (width, price)): (usize, &(u32, i64))| {
            let price = Decimal::new(*price, 5).to_string();
            if place == last {
                json!({"price": price})
            } else {
                json!({"next": width.to_string(), "price": price})
            }
        };
        blocks.iter().enumerate().map(block).collect()
    })
}

fn usage_charge(rate: &Value) -> Value {
    charge("energy", &json!({"usage": {"of": "usage", "rate": rate}}))
}

/// A schedule with a bit of everything, of which two versions make a rate change.
fn everything(number: u32, from: NaiveDate, price: i64) -> CompiledVersion {
    let price = |more: i64| Decimal::new(price + more, 4).to_string();
    version(&json!({
        "version": number, "effective_from": from,
        "measures": {"usage": "kWh", "on": "kWh", "off": "kWh", "demand": "kW", "units": "each", "water": "gal"},
        "factors": {"pca": [{"from": "2026-01-01", "value": "0.004"}, {"from": "2026-06-20", "value": "-0.00315"}]},
        "seasons": {"summer": {"from": "06-15", "until": "10-01"}, "winter": {"from": "10-01", "until": "06-15"}},
        "calendars": {"week": {"otherwise": "off", "rules": [{"period": "on", "days": "weekdays", "hours": [{"from": 14, "until": 20}]}]}},
        "quantities": {
            "flow": {"of": "water", "unit": "kgal", "steps": [
                {"winter-average": {"months": [12, 1, 2], "new_from": 3, "normal_days": "30.42", "newcomer": {"actual-up-to": "4000"}}},
                {"lesser-of": "water"}, {"divide-by": "748.05"}, {"round": {"to": "0.01", "mode": "half-even"}}]},
            "adjusted": {"of": "usage", "steps": [{"times-factor": "pca"}]}
        },
        "charges": [
            charge("base", &json!({"fixed": {"amount": price(90_000)}})),
            charge("daily", &json!({"fixed": {"amount": price(70), "per": "day", "times": "units"}})),
            {"code": "summer", "label": {"en": "s"}, "season": "summer", "how": {"usage": {"of": "usage", "rate": {
                "included": "50", "thresholds": {"times": "units"}, "blocks": [{"up_to": "300", "price": price(30)}, {"price": price(80)}]}}}},
            {"code": "winter", "label": {"en": "w"}, "season": "winter", "how": {"usage": {"of": "usage", "rate": {
                "counted": "all-in-last-block", "blocks": [{"up_to": "300", "price": price(30)}, {"price": price(80)}]}}}},
            charge("tou", &json!({"time-of-use": {"calendar": "week", "of": "usage", "periods": [
                {"period": "on", "register": "on", "rate": {"blocks": [{"up_to": "120", "price": price(90)}, {"price": price(140)}]}},
                {"period": "off", "register": "off", "rate": {"price": price(10)}}]}})),
            charge("demand", &json!({"demand": {"of": "demand", "at_least": "3", "rate": {"blocks": [{"up_to": "10", "price": price(90_000)}, {"price": price(40_000)}]},
                "ratchet": {"percent": ["65.5"], "months": 11, "of_months": [7, 8]}}})),
            charge("sewer", &json!({"usage": {"of": "flow", "rate": {"price": price(50_000)}}})),
            charge("rider", &json!({"usage": {"of": "usage", "rate": {"factor": "pca"}}})),
            charge("adjusted", &json!({"usage": {"of": "adjusted", "rate": {"price": price(10_000)}}})),
            charge("discount", &json!({"percent": {"percent": "-7.5", "of": ["base", "tou"], "as": "discount"}})),
            charge("minimum", &json!({"minimum": {"amount": "80"}})),
            charge("franchise", &json!({"percent": {"percent": "3", "as": "franchise-fee"}})),
            charge("tax", &json!({"percent": {"percent": "6.25", "of": ["base", "rider", "franchise"], "as": "tax"}})),
            charge("cap", &json!({"maximum": {"amount": "900", "per": "bill"}}))
        ]
    }))
}

fn facts_of_everything(from: NaiveDate, days: u64, usage: Decimal) -> Facts {
    let mut facts = Facts::of(Period {
        from,
        until: from + Days::new(days),
    });
    let mut add = |name: &'static str, amount: Decimal, unit: Unit| {
        facts.measured.push(Measured {
            name: name.into(),
            amount,
            unit,
        });
    };
    add("usage", usage, Unit::Kwh);
    add("on", usage * Decimal::new(4, 1), Unit::Kwh);
    add("off", usage * Decimal::new(6, 1), Unit::Kwh);
    add("demand", Decimal::new(174, 1), Unit::Kw);
    add("units", Decimal::TWO, Unit::Each);
    add("water", Decimal::new(71, 1), Unit::Ccf);
    facts.peaks.push(PastPeak {
        name: "demand".into(),
        on: day("2025-08-31"),
        amount: Decimal::new(313, 1),
    });
    let winter = Period {
        from: day("2026-01-02"),
        until: day("2026-02-03"),
    };
    facts.history.push(PastUse {
        name: "water".into(),
        period: winter,
        amount: Decimal::new(4321, 0),
    });
    facts
}

proptest! {
    #[test]
    fn blocks_bill_every_unit_once(usage in any_usage(), blocks in any_blocks(), days in 20_u64..45) {
        let versions = [version(&json!({"charges": [usage_charge(&json!({"blocks": blocks}))]}))];
        let bill = priced(&versions, &facts("2026-03-05", days, usage));
        let mut units = Decimal::ZERO;
        for line in &bill.lines {
            units += line.quantity.divided().unwrap();
        }
        prop_assert!((units - usage).abs() < Decimal::new(1, 9), "{units} of {usage}");
    }

    #[test]
    fn a_reversal_is_the_exact_negative(usage in any_usage(), blocks in any_blocks()) {
        let versions = [version(&json!({"charges": [usage_charge(&json!({"blocks": blocks, "included": "100"}))]}))];
        let forth = priced(&versions, &facts("2026-03-05", 31, usage));
        let back = priced(&versions, &facts("2026-03-05", 31, -usage));
        let negatives: Vec<Money> = forth.lines.iter().map(|line| -line.amount).collect();
        prop_assert_eq!(back.lines.iter().map(|line| line.amount).collect::<Vec<_>>(), negatives);
        prop_assert_eq!(back.total + forth.total, Money::ZERO);
    }

    #[test]
    fn slices_add_up_to_the_whole(usage in any_usage(), blocks in any_blocks(), days in 26_u64..36, cut in 1_u64..25) {
        let charges = json!([charge("base", &json!({"fixed": {"amount": "9.75"}})), usage_charge(&json!({"blocks": blocks}))]);
        let one = version(&json!({"charges": charges}));
        let from = day("2026-03-05") + Days::new(cut);
        let two = version(&json!({"charges": charges, "version": 2, "effective_from": from}));
        let facts = facts("2026-03-05", days, usage);
        let whole = priced(std::slice::from_ref(&one), &facts);
        let cut = priced(&[one.clone(), two.clone()], &facts);
        prop_assert_eq!(whole.total, cut.total);
        prop_assert_eq!(by_code(&[one, two], &cut, "base"), Money::from_cents(975));
    }

    #[test]
    fn the_order_in_which_versions_come_does_not_matter(usage in any_usage(), cut in 1_u64..40, price in 1_i64..900) {
        let early = everything(1, day("2026-01-01"), price);
        let late = everything(2, day("2026-06-01") + Days::new(cut), price + 17);
        let facts = facts_of_everything(day("2026-06-01"), 30, usage);
        let forth = priced(&[early.clone(), late.clone()], &facts);
        let back = priced(&[late, early], &facts);
        prop_assert_eq!(forth.total, back.total);
        prop_assert_eq!(forth.lines.len(), back.lines.len());
    }

    #[test]
    fn the_second_evaluator_agrees(usage in any_usage(), days in 1_u64..70, cut in 1_u64..60, price in 1_i64..900, start in 0_u64..200) {
        let versions = [everything(1, day("2026-01-01"), price), everything(2, day("2026-05-01") + Days::new(cut), price + 33)];
        let facts = facts_of_everything(day("2026-03-01") + Days::new(start), days, usage);
        let bill = price_of(&versions, &facts);
        let documents: Vec<&RateSchedule> = versions.iter().map(|version| version.document().as_ref()).collect();
        prop_assert_eq!(rederive::check(&documents, &facts, &bill), Ok(()));
        let stored = serde_json::to_string(&Working::of(&facts, vec![81_723])).unwrap();
        let again: Working = serde_json::from_str(&stored).unwrap();
        prop_assert_eq!(&again.facts(Vec::new()), &facts);
        let sum: Money = bill.lines.iter().map(|line| line.amount).sum();
        prop_assert_eq!(sum, bill.total);
    }

    #[test]
    fn a_changed_line_is_found(usage in 1_i64..100_000, by in 1_i64..500, place in 0_usize..8) {
        let versions = [everything(1, day("2026-01-01"), 400)];
        let facts = facts_of_everything(day("2026-06-01"), 30, Decimal::new(usage, 1));
        let mut bill = price_of(&versions, &facts);
        bill.lines[place].amount += Money::from_cents(by);
        let documents = [versions[0].document().as_ref()];
        let is_amount = matches!(rederive::check(&documents, &facts, &bill), Err(rederive::Mismatch::Amount { .. }));
        prop_assert!(is_amount);
    }
}

pub(super) fn price_of(versions: &[CompiledVersion], facts: &Facts) -> PricedBill {
    price(versions, facts).unwrap()
}

#[test]
fn numbers_are_read_in_plain_notation_only() {
    for (text, value) in [
        (".127", "0.127"),
        ("-.5", "-0.5"),
        ("1000", "1000"),
        ("0.10", "0.10"),
    ] {
        assert_eq!(text.parse::<Number>().unwrap().to_string(), value);
    }
    for text in [
        "",
        ".",
        "-",
        "1.",
        "1e3",
        "+1",
        "1,000",
        " 1",
        "1_000",
        "0.12345678901234567890123456789012",
    ] {
        assert!(text.parse::<Number>().is_err(), "{text:?}");
    }
}

#[test]
fn two_versions_from_one_day_are_refused() {
    let charges = json!([charge("base", &json!({"fixed": {"amount": "1"}}))]);
    let versions = [
        version(&json!({"charges": charges})),
        version(&json!({"charges": charges, "version": 2})),
    ];
    let twice = PricingError::TwoVersions(day("2026-06-01"));
    assert_eq!(
        price(&versions, &facts("2026-06-01", 30, Decimal::ONE)).unwrap_err(),
        twice
    );
}

/// Hourly days, each hour by `value`.
pub(super) fn hourly(
    name: &'static str,
    from: &str,
    hours: &[usize],
    value: impl Fn(usize) -> Decimal,
) -> Vec<IntervalDay> {
    let days = hours.iter().zip(day(from).iter_days());
    days.map(|(count, day)| IntervalDay {
        name: name.into(),
        day,
        minutes: 60,
        values: (0..*count).map(&value).collect(),
    })
    .collect()
}

#[test]
fn hours_find_their_period_on_the_days_the_clock_changes() {
    let tou = json!({"time-of-use": {"calendar": "week", "of": "usage", "periods": [
        {"period": "night", "rate": {"price": "1"}}, {"period": "day", "rate": {"price": "100"}}]}});
    let rules = json!([{"period": "night", "hours": [{"from": 22, "until": 6}]}]);
    let versions = [version(
        &json!({"calendars": {"week": {"otherwise": "day", "rules": rules}}, "charges": [charge("energy", &tou)]}),
    )];
    // 2026-03-08 has 23 hours, 2026-11-01 has 25; the night loses or gains the hour.
    for (from, hours, night) in [
        ("2026-03-08", 23, 7),
        ("2026-11-01", 25, 9),
        ("2026-06-07", 24, 8),
    ] {
        let start = day(from);
        let mut facts = Facts::of(Period {
            from: start,
            until: start + Days::new(1),
        });
        facts.intervals = hourly("usage", from, &[hours], |_| Decimal::ONE);
        let bill = priced(&versions, &facts);
        let units: Vec<Decimal> = bill
            .lines
            .iter()
            .map(|line| line.quantity.divided().unwrap())
            .collect();
        assert_eq!(units, [Decimal::from(night), Decimal::from(16)], "{from}");
    }
}

#[test]
fn a_gap_in_the_intervals_is_refused() {
    let tou = json!({"time-of-use": {"calendar": "week", "of": "usage", "periods": [{"period": "all", "rate": {"price": "1"}}]}});
    let versions = [version(
        &json!({"calendars": {"week": {"otherwise": "all"}}, "charges": [charge("energy", &tou)]}),
    )];
    let mut facts = Facts::of(Period {
        from: day("2026-06-01"),
        until: day("2026-06-04"),
    });
    facts.intervals = hourly("usage", "2026-06-01", &[24, 24, 24], |_| Decimal::ONE);
    facts.intervals.remove(1);
    let gap = PricingError::IntervalGap {
        name: "usage".to_owned(),
        day: day("2026-06-02"),
    };
    assert_eq!(price(&versions, &facts).unwrap_err(), gap);
}

#[test]
fn energy_fed_back_is_banked_and_used_later() {
    let rule =
        json!({"net": {"of": "usage", "steps": [{"net-metering": {"received": "received"}}]}});
    let versions = [version(&json!({
        "measures": {"usage": "kWh", "received": "kWh"}, "quantities": rule,
        "charges": [charge("energy", &json!({"usage": {"of": "net", "rate": {"price": "0.10"}}}))]
    }))];
    let mut may = facts("2026-05-01", 31, Decimal::from(300));
    may.measured.push(Measured {
        name: "received".into(),
        amount: Decimal::from(450),
        unit: Unit::Kwh,
    });
    let bill = priced(&versions, &may);
    assert_eq!(
        (bill.total, bill.bank[0].amount),
        (Money::ZERO, Decimal::from(150))
    );
    let mut june = facts("2026-06-01", 30, Decimal::from(400));
    june.measured.push(Measured {
        name: "received".into(),
        amount: Decimal::from(100),
        unit: Unit::Kwh,
    });
    june.bank = bill.bank;
    let bill = priced(&versions, &june);
    assert_eq!(
        (bill.total, bill.bank[0].amount),
        (Money::from_cents(1500), Decimal::ZERO)
    );
}

#[test]
fn a_year_that_stays_under_its_minimum_is_settled_in_its_month() {
    let versions = [version(&json!({"charges": [
        charge("energy", &json!({"usage": {"of": "usage", "rate": {"price": "1"}}})),
        charge("minimum", &json!({"minimum": {"amount": "120", "per": "year"}}))]}))];
    let mut december = facts("2026-12-01", 31, Decimal::TEN);
    let billed = crate::domain::rates::facts::YearToDate {
        code: "minimum".into(),
        billed: Money::from_cents(9_000),
    };
    december.year_to_date.push(billed.clone());
    assert_eq!(priced(&versions, &december).total, Money::from_cents(3_000));
    let mut november = facts("2026-11-01", 30, Decimal::TEN);
    november.year_to_date.push(billed);
    assert_eq!(priced(&versions, &november).total, Money::from_cents(1_000));
}

#[test]
fn factors_from_outside_go_before_those_of_the_schedule_from_their_first_day_on() {
    let versions = [version(&json!({
        "factors": {"pca": [{"from": "2026-01-01", "value": "0.5"}]},
        "charges": [charge("rider", &json!({"usage": {"of": "usage", "rate": {"factor": "pca"}}}))]
    }))];
    let mut facts = facts("2026-06-01", 30, Decimal::from(100));
    assert_eq!(priced(&versions, &facts).total, Money::from_cents(5_000));
    let values = vec![DatedNumber {
        from: day("2026-06-16"),
        value: Number(Decimal::ONE),
    }];
    facts
        .factors
        .push(crate::domain::rates::facts::GivenFactor {
            name: "pca".into(),
            values,
        });
    // Half of the days by the schedule's own value, half by the one from outside.
    assert_eq!(priced(&versions, &facts).total, Money::from_cents(7_500));
}

#[test]
fn a_bill_of_five_services_keeps_its_working_in_350_bytes() {
    let mut metered = facts("2026-09-14", 30, Decimal::new(7_125, 0));
    metered.meter_size = Some("5/8".into());
    let flat = facts("2026-09-14", 30, Decimal::ONE);
    let metered =
        serde_json::to_string(&Working::of(&metered, vec![8_172_304, 9_011_245])).unwrap();
    let flat = serde_json::to_string(&Working::of(&flat, Vec::new())).unwrap();
    let bytes = 3 * metered.len() + 2 * flat.len();
    assert!(bytes <= 350, "{bytes} bytes: {metered} {flat}");
}

#[test]
fn changes_between_versions_are_named_by_charge_and_field() {
    let old = document(
        &json!({"charges": [usage_charge(&json!({"blocks": [{"up_to": "3", "price": "3.58"}, {"price": "5"}]})),
        charge("old", &json!({"fixed": {"amount": "1"}}))]}),
    );
    let new = document(
        &json!({"version": 2, "effective_from": "2026-10-01", "charges": [
        usage_charge(&json!({"blocks": [{"up_to": "3", "price": "3.76"}, {"price": "5"}]})), charge("new", &json!({"fixed": {"amount": "1"}}))]}),
    );
    let changes = diff(&old, &new);
    let price = changes
        .iter()
        .find(|change| change.subject == "energy")
        .unwrap();
    assert_eq!(
        (price.kind, price.field.as_str()),
        (ChangeKind::Charge, "usage.rate.blocks.0.price")
    );
    assert_eq!(
        (price.before.as_deref(), price.after.as_deref()),
        (Some("3.58"), Some("3.76"))
    );
    assert!(
        changes
            .iter()
            .any(|change| change.subject == "old" && change.after.is_none())
    );
    assert!(
        changes
            .iter()
            .any(|change| change.subject == "new" && change.before.is_none())
    );
    assert!(
        changes
            .iter()
            .any(|change| change.field == "effective_from")
    );
    assert_eq!(changes.len(), 4);
}
