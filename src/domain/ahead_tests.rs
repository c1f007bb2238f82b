//! Budgets and price steps ahead: when they are told, what of them, and when nothing is said.

use std::sync::Arc;

use super::*;
use crate::domain::accounts::AccountClass;
use crate::domain::agreement_facts::DatedFacts;
use crate::domain::bill_case::{ServiceCase, Tariff};
use crate::domain::bill_policy::BillPolicy;
use crate::domain::forecast::Extra;
use crate::domain::ids::{AccountId, RegisterId, ServiceAgreementId};
use crate::domain::metered::RegisterInPlace;
use crate::domain::meters::{Channel, MeterKind, RegisterFace};
use crate::domain::next_bill;
use crate::domain::period::Period;
use crate::domain::quantity::Quantity;
use crate::domain::rates::carried::Carried;
use crate::domain::rates::compile;
use crate::domain::rates::facts::CycleRange;

const JUNE: (&str, &str) = ("2026-06-01", "2026-07-01");

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Water at $10.00 a month and by the thousand gallons, in these blocks.
fn tariffs(blocks: &str) -> Tariffs {
    let document = format!(
        r#"{{"format": "mainstay-rate-schedule/1", "code": "W", "version": 1, "effective_from": "2025-01-01",
        "name": {{"en": "Water", "es": "Agua"}}, "service": "water", "measures": {{"usage": "gal"}},
        "quantities": {{"kgal": {{"of": "usage", "steps": [{{"convert-to": "kgal"}}]}}}},
        "charges": [
            {{"code": "base", "label": {{"en": "Base", "es": "Base"}}, "how": {{"fixed": {{"amount": "10.00"}}}}}},
            {{"code": "use", "label": {{"en": "Use", "es": "Uso"}}, "how": {{"usage": {{"of": "kgal", "rate": {{"blocks": {blocks}}}}}}}}}
        ]}}"#
    );
    let version = compile::compile(Arc::new(compile::read(&document).unwrap())).unwrap();
    let mut tariffs = Tariffs::default();
    let tariff = Tariff {
        versions: vec![version],
        rows: Vec::new(),
    };
    tariffs.by_code.insert("W".to_owned(), tariff);
    tariffs
}

const RISING: &str = r#"[
    {"up_to": "3", "price": "4.00", "label": {"en": "First", "es": "Primeros"}},
    {"up_to": "6", "price": "5.50", "label": {"en": "Next", "es": "Siguientes"}},
    {"price": "9.00", "label": {"en": "Above", "es": "Encima"}}]"#;

fn case() -> AccountCase {
    let period = Period::new(day(JUNE.0), day(JUNE.1)).unwrap();
    let register = RegisterInPlace {
        id: RegisterId(1),
        kind: MeterKind::Simple,
        channel: Channel::Delivered,
        face: RegisterFace {
            dials: 6,
            decimals: 0,
            multiplier: Decimal::ONE,
        },
        unit: Unit::Gallon,
        from: day("2025-01-01"),
        until: None,
        reads: Vec::new(),
        rollovers: Vec::new(),
        days: Vec::new(),
    };
    let service = ServiceCase {
        agreement: ServiceAgreementId(1),
        commodity: Commodity::Water,
        rate_code: "W".to_owned(),
        facts: DatedFacts::default(),
        agreed_until: None,
        served: vec![period],
        suspended: Vec::new(),
        idle_use: Quantity {
            amount: Decimal::ZERO,
            unit: Unit::Gallon,
        },
        meter_size: None,
        registers: vec![register],
        intervals: Vec::new(),
        carried: Carried::default(),
    };
    AccountCase {
        account: AccountId(1),
        class: "residential",
        cycle: CycleRange::MONTHLY,
        period,
        is_cut: false,
        services: vec![service],
        goes_on: false,
        waits_for_earlier: false,
        earlier: Vec::new(),
        last_reads: Vec::new(),
        bounds: BillPolicy::default().bounds(AccountClass::Residential),
    }
}

/// So many days from June 1 on, each with as much use.
fn used(days: usize, a_day: i64) -> Vec<Known> {
    let counted = day(JUNE.0).iter_days().take(days);
    vec![Known {
        commodity: Commodity::Water,
        unit: Unit::Gallon,
        days: counted.map(|day| (day, Decimal::from(a_day))).collect(),
        a_day: Vec::new(),
        weather: None,
    }]
}

fn in_dollars(dollars: i64) -> Budget {
    Budget {
        dollars: Some(Money::from_cents(dollars * 100)),
        units: Vec::new(),
    }
}

#[test]
fn the_next_dearer_step_is_told_with_its_amount_its_day_and_its_price() {
    let (tariffs, case) = (tariffs(RISING), case());
    // 10 days of 150 gallons: 4,500 by the end of June, and 3,000 are used up at the end of the 20th day.
    let known = used(10, 150);
    let step = next_step(&case, &tariffs, &known, day("2026-06-11")).unwrap();
    assert_eq!(step.begins_at, Decimal::from(3_000));
    assert_eq!(step.on, day("2026-06-21"));
    assert_eq!((step.tier, step.name("en")), (2, "Next"));
    assert_eq!(
        (step.before, step.price),
        (Decimal::new(400, 2), Decimal::new(550, 2))
    );
    assert_eq!(step.per, (Decimal::ONE_THOUSAND, Unit::Gallon));
    assert_eq!(step.name("es"), "Siguientes");
    // A day that is over when the meter's days come in is told as today.
    let late = next_step(&case, &tariffs, &known, day("2026-06-25")).unwrap();
    assert_eq!(late.on, day("2026-06-25"));
    // Whoever is in the second step is told of the third.
    let third = used(10, 350);
    let step = next_step(&case, &tariffs, &third, day("2026-06-11")).unwrap();
    assert_eq!((step.tier, step.begins_at), (3, Decimal::from(6_000)));
    assert_eq!(step.on, day("2026-06-18"));
}

#[test]
fn no_step_is_told_in_the_first_week_where_none_is_reached_or_where_units_get_cheaper() {
    let case = case();
    let rising = tariffs(RISING);
    assert!(next_step(&case, &rising, &used(6, 150), day("2026-06-11")).is_none());
    assert!(next_step(&case, &rising, &used(10, 100), day("2026-06-11")).is_none());
    assert!(
        next_step(&case, &rising, &used(30, 200), day("2026-06-11")).is_none(),
        "all is counted"
    );
    let falling = tariffs(r#"[{"up_to": "3", "price": "5.00"}, {"price": "4.00"}]"#);
    assert!(next_step(&case, &falling, &used(10, 150), day("2026-06-11")).is_none());
}

#[test]
fn free_units_come_before_the_first_step() {
    let (tariffs, case) = (
        tariffs(r#"[{"up_to": "2", "price": "0"}, {"price": "7.00"}]"#),
        case(),
    );
    let step = next_step(&case, &tariffs, &used(10, 150), day("2026-06-11")).unwrap();
    assert_eq!(step.begins_at, Decimal::from(2_000));
    assert_eq!((step.before, step.price), (Decimal::ZERO, Decimal::from(7)));
}

#[test]
fn a_budget_is_passed_by_what_is_likely_and_never_by_earlier_bills_alone() {
    let (tariffs, case) = (tariffs(RISING), case());
    let next = |known: &[Known]| next_bill::of(&case, &tariffs, known, None).unwrap();
    // 4,500 gallons: 10.00 + 3 x 4.00 + 1.5 x 5.50 = 30.25.
    let likely = next(&used(10, 150));
    assert_eq!(likely.amount.likely, Money::from_cents(3_025));
    let passed = in_dollars(30).passed_by(&likely);
    let expected = OverBudget::Dollars {
        limit: Money::from_cents(3_000),
        amount: likely.amount,
    };
    assert_eq!(passed, [expected]);
    assert_eq!(in_dollars(31).passed_by(&likely), []);
    let mut early = used(6, 150);
    early[0].a_day.push(Decimal::from(150));
    assert_eq!(in_dollars(30).passed_by(&next(&early)), []);
}

#[test]
fn a_budget_in_units_is_for_its_own_service() {
    let (tariffs, case) = (tariffs(RISING), case());
    let next = next_bill::of(&case, &tariffs, &used(10, 150), None).unwrap();
    let of = |commodity, limit: i64| {
        let budget = Budget {
            dollars: None,
            units: vec![(commodity, limit.into())],
        };
        budget.passed_by(&next)
    };
    assert!(matches!(
        of(Commodity::Water, 4_000)[..],
        [OverBudget::Units {
            unit: Unit::Gallon,
            ..
        }]
    ));
    assert_eq!(of(Commodity::Water, 4_500), []);
    assert_eq!(of(Commodity::Electric, 1), []);
    assert_eq!(Budget::default().passed_by(&next), []);
    let both = Budget {
        units: vec![(Commodity::Water, Decimal::from(4_000))],
        ..in_dollars(30)
    };
    assert_eq!(both.passed_by(&next).len(), 2, "one hides no other");
}

#[test]
fn what_a_leak_costs_comes_on_top_of_earlier_bills_and_is_part_of_what_is_counted() {
    let (tariffs, case) = (tariffs(RISING), case());
    let leak = |a_day: i64| Extra {
        commodity: Commodity::Water,
        a_day: Decimal::from(a_day),
        since: day(JUNE.0),
    };
    // Two days counted and 50 gallons a day on earlier bills: 1,500 without the leak, 4,500 with 100 more a day.
    let mut early = used(2, 150);
    early[0].a_day.push(Decimal::from(50));
    let costs = |known: &[Known], a_day: i64| {
        let next = next_bill::of(&case, &tariffs, known, Some(leak(a_day))).unwrap();
        next.extra.unwrap()
    };
    let without = next_bill::of(&case, &tariffs, &early, None).unwrap();
    assert!(costs(&early, 100) > Money::from_cents(1_200), "{without:?}");
    // 4,500 counted so: 30.25 with it, 16.00 without 3,000 of them.
    assert_eq!(costs(&used(10, 150), 100), Money::from_cents(1_425));
}
