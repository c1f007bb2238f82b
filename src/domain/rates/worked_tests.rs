//! Bills whose amounts were worked out by hand: prices that change inside a period, bounds, winter averages, odd numbers. The second
//! evaluator agrees with each.

use std::sync::Arc;

use rust_decimal::Decimal;
use serde_json::{Value, json};

use crate::domain::money::Money;
use crate::domain::period::Period;
use crate::domain::quantity::Unit;
use crate::domain::rates::compile::{compile, read};
use crate::domain::rates::compiled::CompiledVersion;
use crate::domain::rates::facts::{Facts, Measured, PastUse};
use crate::domain::rates::numbers::Ratio;
use crate::domain::rates::price;
use crate::domain::rates::priced::PricingError;
use crate::domain::rates::tests::{by_code, charge, day, document, facts, hourly, priced, version};

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

/// What is wrong with a document.
fn refused(fields: &Value) -> String {
    compile(Arc::new(document(fields))).unwrap_err().to_string()
}

/// A sewer bill of June for 9,000 gallons now and 4,000 in each of two winter months.
fn sewer(quantities: &Value, past: &'static str) -> Money {
    let versions = [version(&json!({
        "service": "sewer", "measures": {"water": "gal"}, "quantities": quantities,
        "charges": [charge("flow", &json!({"usage": {"of": "flow", "rate": {"price": "5"}}}))]
    }))];
    let mut june = june(&[("water", "9000", Unit::Gallon)]);
    for (from, until) in [("2025-12-03", "2026-01-04"), ("2026-01-04", "2026-02-03")] {
        june.history.push(PastUse {
            name: past.into(),
            period: Period::new(day(from), day(until)).unwrap(),
            amount: Decimal::from(4_000),
        });
    }
    priced(&versions, &june).total
}

#[test]
fn past_use_goes_through_the_steps_before_its_average() {
    let winter = json!({"winter-average": {"months": [12, 1, 2], "new_from": 3, "newcomer": {"default": "5"}}});
    let first = [
        json!([{"convert-to": "kgal"}]),
        json!([{"divide-by": "1000"}]),
        json!([{"times": "2"}, {"convert-to": "kgal"}, {"round": {"to": "8", "mode": "up"}}, {"divide-by": "2"}]),
    ];
    for steps in first {
        let mut all = steps.as_array().unwrap().clone();
        all.push(winter.clone());
        let flow = json!({"flow": {"of": "water", "steps": all}});
        assert_eq!(sewer(&flow, "water"), Money::from_cents(2_000), "{steps}");
        // The same by a quantity of its own, of which past use is not given.
        let two = json!({"kilo": {"of": "water", "steps": steps}, "flow": {"of": "kilo", "steps": [winter]}});
        assert_eq!(sewer(&two, "water"), Money::from_cents(2_000), "{steps}");
    }
    let plain = json!({"kilo": {"of": "water", "steps": []}, "flow": {"of": "kilo", "steps": [winter, {"divide-by": "1000"}]}});
    assert_eq!(sewer(&plain, "kilo"), Money::from_cents(2_000));

    let steps = json!([{"minus": "water"}, winter]);
    let fields = json!({"measures": {"water": "gal"}, "quantities": {"flow": {"of": "water", "steps": steps}},
        "charges": [charge("flow", &json!({"usage": {"of": "flow", "rate": {"price": "5"}}}))]});
    assert!(refused(&fields).starts_with("quantities.flow.steps[1]: before a winter average"));
}

#[test]
fn past_use_is_asked_for_by_the_measure() {
    let winter =
        json!({"winter-average": {"months": [12, 1, 2], "new_from": 3, "newcomer": "actual"}});
    let version = version(&json!({"measures": {"water": "gal"},
        "quantities": {"kilo": {"of": "water", "steps": [{"convert-to": "kgal"}]}, "flow": {"of": "kilo", "steps": [winter]}},
        "charges": [charge("flow", &json!({"usage": {"of": "flow", "rate": {"price": "5"}}}))]}));
    let asked: Vec<(&str, Unit)> = version
        .winters()
        .map(|winter| (winter.name(), winter.unit))
        .collect();
    assert_eq!(asked, [("water", Unit::Gallon)]);
}

#[test]
fn conversions_factors_and_long_prices_together_fit() {
    let versions = [version(&json!({
        "measures": {"w": "m3"},
        "quantities": {"q": {"of": "w", "steps": [{"convert-to": "CCF"}, {"times-factor": "f"}]}},
        "factors": {"f": [{"from": "2025-01-01", "value": "1.02871"}, {"from": "2026-06-09", "value": "1.03123"}]},
        "charges": [charge("use", &json!({"usage": {"of": "q", "rate": {"price": "5.12345"}}}))]
    }))];
    let mut facts = june(&[("w", "13890.029", Unit::Gallon)]);
    facts.period = Period::new(day("2026-06-02"), day("2026-07-03")).unwrap();
    // 13,890.029 gal are 18.568442… CCF; the factor's mean by days is 1.030660…
    assert_eq!(priced(&versions, &facts).total, Money::from_cents(9_805));
}

#[test]
fn a_share_that_is_too_long_is_first_reduced_and_then_shortened() {
    let third = Ratio::of_days(1, 3);
    let long: Decimal = "1.2345678901234567890123456".parse().unwrap();
    let product = third.times_decimal(long).unwrap().times_decimal(long);
    let found = product.unwrap().times(Ratio::of_days(3, 1)).unwrap();
    let expected: Decimal = "1.52415787532388367504".parse().unwrap();
    assert!((found.divided().unwrap() - expected).abs() < Decimal::new(1, 18));
}

#[test]
fn blocks_times_nothing_bill_nothing() {
    let rate = json!({"included": "3", "blocks": [{"up_to": "5", "price": "1"}, {"price": "2"}], "thresholds": {"times": "n"}});
    let versions = [version(&json!({"measures": {"u": "kgal", "n": "each"},
        "charges": [charge("b", &json!({"usage": {"of": "u", "rate": rate}}))]}))];
    let bill = |used, dwellings| {
        let facts = june(&[("u", used, Unit::Kgal), ("n", dwellings, Unit::Each)]);
        priced(&versions, &facts).total.cents()
    };
    assert_eq!((bill("0", "0"), bill("4", "0")), (0, 800));
    assert_eq!((bill("12", "2"), bill("0", "2")), (800, 0));
    let facts = june(&[("u", "4", Unit::Kgal), ("n", "-1", Unit::Each)]);
    let negative = PricingError::NegativeThresholds("n".to_owned());
    assert_eq!(price(&versions, &facts).unwrap_err(), negative);
}

/// Two versions with 1 and 9 dollars for each unit and a bound of its own, the second from June 16.
fn bounded(bounds: [&Value; 2], used: &'static str) -> (Money, Vec<i64>) {
    let one = |number: u32, from: &str, price: &str, bound: &Value| {
        version(
            &json!({"version": number, "effective_from": from, "measures": {"u": "kgal"}, "charges": [
            charge("use", &json!({"usage": {"of": "u", "rate": {"price": price}}})), charge("bound", bound)]}),
        )
    };
    let versions = [
        one(1, "2026-01-01", "1", bounds[0]),
        one(2, "2026-06-16", "9", bounds[1]),
    ];
    let bill = priced(&versions, &june(&[("u", used, Unit::Kgal)]));
    let lines = bill.lines.iter().filter(|line| line.charge == 1);
    (bill.total, lines.map(|line| line.amount.cents()).collect())
}

#[test]
fn a_bound_looks_at_the_bill_and_not_at_each_version() {
    let least = |amount: &str| json!({"minimum": {"amount": amount}});
    let most = |amount: &str| json!({"maximum": {"amount": amount}});
    let cents = Money::from_cents;
    // Five units at one dollar and five at nine come to 50.
    for bound in [least("45"), most("60"), most("50"), least("50")] {
        assert_eq!(bounded([&bound, &bound], "10"), (cents(5_000), vec![]));
    }
    let twice = |bound: Value| bounded([&bound, &bound], "10");
    assert_eq!(twice(least("50.01")), (cents(5_001), vec![1, 0]));
    assert_eq!(twice(most("40")), (cents(4_000), vec![-500, -500]));
    // Bounds that differ count by their days: half of 40 and half of 70.
    assert_eq!(
        bounded([&least("40"), &least("70")], "10"),
        (cents(5_500), vec![250, 250])
    );
    assert_eq!(
        bounded([&most("40"), &most("70")], "10"),
        (cents(5_000), vec![])
    );
    // A bound of one version only looks at the days of that one: 45 of half of 100.
    assert_eq!(
        bounded([&most("900"), &least("100")], "10"),
        (cents(5_500), vec![500])
    );
}

#[test]
fn a_bound_with_a_season_looks_at_its_days_only() {
    let version = version(
        &json!({"measures": {"u": "kgal"}, "seasons": {"summer": {"from": "06-16", "until": "10-01"}}, "charges": [
        charge("use", &json!({"usage": {"of": "u", "rate": {"price": "1"}}})),
        {"code": "least", "label": {"en": "l"}, "season": "summer", "how": {"minimum": {"amount": "30"}}}]}),
    );
    let versions = [version];
    let bill = priced(&versions, &june(&[("u", "10", Unit::Kgal)]));
    // Half of a month's 30 dollars, of which half of the use covers 5.
    assert_eq!(by_code(&versions, &bill, "least"), Money::from_cents(1_000));
}

#[test]
fn more_dollars_than_there_are_is_said_and_stops_nothing() {
    let fixed = |code| charge(code, &json!({"fixed": {"amount": "92233720368547758"}}));
    let tax = charge("tax", &json!({"percent": {"percent": "100", "as": "tax"}}));
    for second in [fixed("b"), tax] {
        let versions = [version(&json!({"charges": [fixed("a"), second]}))];
        let error = price(&versions, &june(&[])).unwrap_err();
        assert!(matches!(error, PricingError::TooMuch(_)), "{error}");
    }
    let months = |months: u32| {
        let demand = json!({"demand": {"of": "usage", "rate": {"price": "1"}, "ratchet": {"percent": ["60"], "months": months}}});
        json!({"charges": [charge("demand", &demand)]})
    };
    for wrong in [0, 121, u32::MAX] {
        assert!(refused(&months(wrong)).contains("months back is not possible"));
    }
    priced(
        &[version(&months(120))],
        &june(&[("usage", "5", Unit::Kwh)]),
    );
}

#[test]
fn a_bound_or_discount_of_taxes_goes_where_they_go() {
    let tax = |code: &str| {
        charge(
            code,
            &json!({"percent": {"percent": "50", "of": ["base"], "as": "tax"}}),
        )
    };
    let base = charge("base", &json!({"fixed": {"amount": "100"}}));
    let posted = |how: &Value| {
        let charges = json!([base, tax("state"), tax("city"), charge("last", how)]);
        let version = version(&json!({"charges": charges}));
        version.charge(3).unwrap().gl.to_owned()
    };
    let of = |codes: &[&str]| json!({"maximum": {"amount": "5", "of": codes}});
    assert_eq!(posted(&of(&["state"])), "2300");
    assert_eq!(posted(&of(&["state", "city"])), "2300");
    assert_eq!(posted(&of(&["base", "city"])), "4010");
    let discount = |of: &[&str]| json!({"percent": {"percent": "-10", "of": of, "as": "discount"}});
    assert_eq!(posted(&discount(&["state"])), "2300");
    assert_eq!(posted(&discount(&["base"])), "4050");
    assert_eq!(posted(&discount(&["base", "state"])), "4050");
}

#[test]
fn what_is_wrong_with_a_document_is_said_as_it_is() {
    let flat = json!([charge(
        "a",
        &json!({"usage": {"of": "a", "rate": {"price": "1"}}})
    )]);
    let of = |quantities: Value| refused(&json!({"quantities": quantities, "charges": flat}));
    let itself = of(json!({"a": {"of": "a", "steps": []}}));
    assert_eq!(itself, "quantities.a: the quantity needs itself: a needs a");
    let cycle = of(json!({"a": {"of": "b", "steps": []}, "b": {"of": "a", "steps": []}}));
    assert!(cycle.starts_with("quantities.a: the quantity needs itself: a needs b needs a"));
    assert!(!cycle.contains("there is no"), "{cycle}");
    let empty = refused(
        &json!({"seasons": {"s": {"from": "06-01", "until": "06-01"}}, "charges": [charge("a", &json!({"fixed": {"amount": "1"}}))]}),
    );
    assert!(empty.starts_with("seasons.s: a season from 06-01 until 06-01 has no days"));
    let blocks = json!([{"up_to": "5", "price": "1"}, {"next": "79228162514264337593543950335", "price": "1"}, {"price": "1"}]);
    let long = refused(
        &json!({"charges": [charge("a", &json!({"usage": {"of": "usage", "rate": {"blocks": blocks}}}))]}),
    );
    assert!(
        long.contains("more units after 5 need more than 28 digits"),
        "{long}"
    );
    let day = read(
        r#"{"format": "mainstay-rate-schedule/1", "code": "T", "version": 1, "effective_from": "2020-02-30"}"#,
    );
    assert!(
        day.unwrap_err()
            .to_string()
            .contains("\"2020-02-30\" is not a day")
    );
}

#[test]
fn a_division_by_nothing_is_said_with_what_it_divides() {
    let versions = [version(&json!({"measures": {"kw": "kW", "pf": "each"},
        "quantities": {"billed": {"of": "kw", "steps": [{"divide-by-quantity": "pf"}]}, "twice": {"of": "billed", "steps": [{"times": "2"}]}},
        "charges": [charge("demand", &json!({"demand": {"of": "twice", "rate": {"price": "1"}}}))]}))];
    let error = price(
        &versions,
        &june(&[("kw", "5", Unit::Kw), ("pf", "0", Unit::Each)]),
    );
    let said = error.unwrap_err().to_string();
    assert_eq!(said, "\"billed\" is divided by \"pf\", which is 0");
}
