//! Lines of a bill found again: by working them out once more, and by their prices; and use at the prices of another period.

use serde_json::json;

use super::*;
use crate::domain::quantity::{Quantity, Unit};
use crate::domain::rates::tests::{charge, day, document, facts};

/// Energy in two blocks, by two versions: 0.10 and 0.20 until June 15, 0.30 and 0.40 from June 16.
fn versions() -> Versions {
    let version = |number: u32, from: &str, prices: [&str; 2]| {
        let how = json!({"usage": {"of": "usage", "rate": {"blocks": [
            {"up_to": "300", "price": prices[0]}, {"price": prices[1]}]}}});
        let fields = json!({
            "version": number, "effective_from": from, "charges": [charge("use", &how)],
        });
        let written = serde_json::to_string(&document(&fields)).unwrap();
        ("T-1".to_owned(), written)
    };
    Versions::of(vec![
        version(1, "2026-01-01", ["0.10", "0.20"]),
        version(2, "2026-06-16", ["0.30", "0.40"]),
    ])
}

fn of_month(from: &str, days: u64, usage: i64) -> Working {
    Working::of(&facts(from, days, Decimal::from(usage)), Vec::new())
}

fn printed(price: &str, cents: i64) -> Printed<'static> {
    Printed {
        charge: "use",
        price: Some(price.parse().unwrap()),
        amount: Money::from_cents(cents),
    }
}

/// 400 in June, half before the change and half after it, in blocks of half the size.
fn june() -> [Printed<'static>; 4] {
    [
        printed("0.10", 1_500),
        printed("0.20", 1_000),
        printed("0.30", 4_500),
        printed("0.40", 2_000),
    ]
}

#[test]
fn lines_on_both_sides_of_a_change_of_prices_keep_their_blocks() {
    let (versions, working) = (versions(), of_month("2026-06-01", 30, 400));
    let known = versions.known(("T-1", None), Some(&working), &june());
    let (first, second) = (
        Some((day("2026-06-01"), day("2026-06-15"))),
        Some((day("2026-06-16"), day("2026-06-30"))),
    );
    let told: Vec<_> = known
        .iter()
        .map(|line| {
            let origin = line.origin.as_ref().unwrap();
            (origin.document.version, origin.block, line.days)
        })
        .collect();
    let wanted = [
        (1, Some(0), first),
        (1, Some(1), first),
        (2, Some(0), second),
        (2, Some(1), second),
    ];
    assert_eq!(told, wanted);
}

#[test]
fn lines_that_do_not_come_out_again_are_known_by_their_price_in_any_version_in_force() {
    let (versions, working) = (versions(), of_month("2026-06-01", 30, 400));
    let mut lines = june();
    lines[0].amount = Money::from_cents(1);
    let known = versions.known(("T-1", None), Some(&working), &lines);
    let told: Vec<_> = known
        .iter()
        .map(|line| {
            let origin = line.origin.as_ref().unwrap();
            (origin.document.version, origin.block, line.days)
        })
        .collect();
    let wanted = [
        (1, Some(0), None),
        (1, Some(1), None),
        (2, Some(0), None),
        (2, Some(1), None),
    ];
    assert_eq!(told, wanted);
}

/// Quantity and amount of each block.
fn amounts(found: &[Repriced]) -> Vec<(Decimal, Decimal)> {
    let pair = |one: &Repriced| (one.quantity, one.amount);
    found.iter().map(pair).collect()
}

#[test]
fn later_use_is_laid_out_in_the_blocks_of_the_earlier_versions() {
    let versions = versions();
    let number = Decimal::from;
    let (may, july) = (
        of_month("2026-05-01", 31, 300),
        of_month("2026-07-01", 31, 400),
    );
    let found = versions.at_prices_of(("T-1", &may), &july).unwrap();
    assert_eq!(
        amounts(&found),
        [(number(300), number(30)), (number(100), number(20))]
    );
    // A month that two versions priced counts each by its days.
    let june = of_month("2026-06-01", 30, 10);
    let found = versions.at_prices_of(("T-1", &june), &july).unwrap();
    assert_eq!(
        amounts(&found),
        [
            (number(150), number(15)),
            (number(50), number(10)),
            (number(150), number(45)),
            (number(50), number(20)),
        ]
    );
}

/// 41 CCF in a June whose factor is 1.02 in the first half and 1.04 in the second: 42.23 therms.
#[test]
fn the_factor_that_makes_heat_of_volume_is_told_beside_the_first_line_it_prices() {
    let price = |price| json!({"usage": {"of": "therms", "rate": {"price": price}}});
    let fields = json!({
        "measures": {"usage": "CCF"},
        "factors": {"thermal": [
            {"from": "2026-01-01", "value": "1.02"}, {"from": "2026-06-16", "value": "1.04"}]},
        "quantities": {"therms": {"of": "usage", "unit": "therm", "steps": [
            {"times-factor": "thermal"}, {"round": {"to": "0.01"}}]}},
        "charges": [charge("use", &price("0.5")), charge("pga", &price("0.1"))],
    });
    let written = serde_json::to_string(&document(&fields)).unwrap();
    let versions = Versions::of(vec![("T-1".to_owned(), written)]);
    let mut june = facts("2026-06-01", 30, Decimal::from(41));
    june.measured[0].unit = Unit::Ccf;
    let lines = [
        printed("0.5", 2_112),
        Printed {
            charge: "pga",
            ..printed("0.1", 422)
        },
    ];
    let working = Working::of(&june, Vec::new());
    let known = versions.known(("T-1", None), Some(&working), &lines);
    let amount = |amount: &str, unit| Quantity {
        amount: amount.parse().unwrap(),
        unit,
    };
    let wanted = Converted {
        measured: amount("41", Unit::Ccf),
        factor: "1.03".parse().unwrap(),
        counted: amount("42.23", Unit::Therm),
    };
    let told: Vec<_> = known.iter().map(|line| line.converted).collect();
    assert_eq!(told, [Some(wanted), None]);
}
