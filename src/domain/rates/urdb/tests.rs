//! Bills of small tariffs over loads that can be reckoned by hand.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::domain::rates::compile::compile;
use crate::domain::rates::priced::PricingError;
use crate::domain::rates::urdb::UrdbError;
use crate::domain::rates::urdb::bills::{LoadDay, MonthBill, monthly, notes};
use crate::domain::rates::urdb::tariff::{UrdbTariff, read_one};
use crate::domain::rates::urdb::to_schedule::{Metering, to_schedule};

const FUEL: &str = r#"[0.02,0.02,0.02,0.02,0.02,0.02,0.03,0.03,0.03,0.03,0.03,0.03]"#;

fn number(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn tariff(text: &str) -> UrdbTariff {
    read_one(text, None, &BTreeMap::new()).unwrap()
}

/// Days from the first of a month on, with the load and the generation of each interval by its minute of the day.
fn load(
    (from, days): (&str, usize),
    minutes: u32,
    at: impl Fn(u32) -> (Decimal, Decimal),
) -> Vec<LoadDay> {
    let first: NaiveDate = from.parse().unwrap();
    let (load, generation): (Vec<_>, Vec<_>) =
        (0..1440 / minutes).map(|place| at(place * minutes)).unzip();
    let day = |day| LoadDay {
        day,
        minutes,
        load: load.clone(),
        generation: generation.clone(),
    };
    first.iter_days().take(days).map(day).collect()
}

fn steady((from, days): (&str, usize)) -> Vec<LoadDay> {
    load((from, days), 60, |_| (Decimal::ONE, Decimal::ZERO))
}

/// A kWh every hour, and two generated from ten to sixteen.
fn sunny((from, days): (&str, usize)) -> Vec<LoadDay> {
    load((from, days), 60, |minute| {
        let shines = (600..960).contains(&minute);
        (Decimal::ONE, Decimal::from(if shines { 2 } else { 0 }))
    })
}

fn bills(text: &str, load: &[LoadDay], metering: Metering) -> Vec<MonthBill> {
    priced(text, load, metering).unwrap()
}

fn priced(
    text: &str,
    load: &[LoadDay],
    metering: Metering,
) -> Result<Vec<MonthBill>, PricingError> {
    let tariff = tariff(text);
    let mut schedule = to_schedule(&tariff, metering, Some(number("0.04"))).unwrap();
    schedule.effective_from = load.first().unwrap().day;
    let version = compile(Arc::new(schedule)).unwrap();
    monthly(&tariff, &version, load, metering)
}

#[test]
fn a_fuel_adjustment_goes_with_the_energy_that_is_billed() {
    let text =
        format!(r#"{{"energyratestructure":[[{{"rate":0.1}}]],"fueladjustmentsmonthly":{FUEL}}}"#);
    let january = sunny(("2024-01-01", 31));
    let energy = |metering| bills(&text, &january, metering).first().unwrap().energy;
    // 372 kWh are left of 558 taken and 186 sent.
    assert_eq!(energy(Metering::Netted), number("44.64"));
    // Taken hour by hour: 558 at 0.12, less 186 at 0.04.
    assert_eq!(energy(Metering::NetBilled), number("59.52"));
    // All 744 bought at 0.12, all 372 sold at 0.04.
    assert_eq!(energy(Metering::BuyAllSellAll), number("74.40"));
    assert_eq!(energy(Metering::LoadOnly), number("89.28"));
}

#[test]
fn a_fuel_adjustment_goes_with_what_the_bank_leaves() {
    // June sends 30 * 30 and takes 30 * 18: 360 are banked; July takes 744, of which 384 are left.
    let mut load = load(("2024-06-01", 30), 60, |minute| {
        let shines = (600..960).contains(&minute);
        (Decimal::ONE, Decimal::from(if shines { 6 } else { 0 }))
    });
    load.extend(steady(("2024-07-01", 62)));
    for (energy, price) in [
        (r#""energyratestructure":[[{"rate":0.1}]]"#, "0.13"),
        (r#""fixedmonthlycharge":0"#, "0.03"),
    ] {
        let text = format!(r#"{{{energy},"fueladjustmentsmonthly":{FUEL}}}"#);
        let bills = bills(&text, &load, Metering::Netted);
        let kept = |bill: &MonthBill| bill.metering.unwrap().bank.unwrap();
        let (energy, banks): (Vec<_>, Vec<_>) =
            bills.iter().map(|bill| (bill.energy, kept(bill))).unzip();
        let price = number(price);
        assert_eq!(
            energy,
            [Decimal::ZERO, price * number("384"), price * number("744")]
        );
        assert_eq!(banks, [number("360"), Decimal::ZERO, Decimal::ZERO]);
    }
}

/// January by the quarter of an hour: 0.25 kWh, and 3 kWh in the second quarter after ten.
fn quarters() -> Vec<LoadDay> {
    load(("2024-01-01", 31), 15, |minute| {
        let kwh = if minute == 615 { "3" } else { "0.25" };
        (number(kwh), Decimal::ZERO)
    })
}

#[test]
fn demand_is_averaged_over_the_window_of_the_tariff() {
    let by_window = |window: &str| {
        let text = format!(
            r#"{{"flatdemandstructure":[[{{"rate":10}}]],"demandratestructure":[[{{"rate":1}}]],"demandwindow":{window}}}"#
        );
        let bills = bills(&text, &quarters(), Metering::LoadOnly);
        let january = bills.first().unwrap().clone();
        assert_eq!(january.demand_flat, january.peak_kw * Decimal::TEN);
        assert_eq!(january.demand_tou, january.peak_kw);
        (january.peak_kw, notes(&tariff(&text), &quarters()).len())
    };
    assert_eq!(by_window("60"), (number("3.75"), 0));
    assert_eq!(by_window("\"60\""), (number("3.75"), 0));
    assert_eq!(by_window("30"), (number("6.5"), 0));
    assert_eq!(by_window("15.0"), (number("12"), 0));
    for odd in ["5", "20", "45", "120", "0", "-15"] {
        assert_eq!(by_window(odd), (number("12"), 1), "{odd}");
    }
}

#[test]
fn a_minimum_of_the_year_is_settled_at_the_end_of_twelve_months() {
    let text = r#"{"energyratestructure":[[{"rate":0.1}]],"annualmincharge":1000}"#;
    let totals = |load: &[LoadDay]| -> Vec<Decimal> {
        let bills = bills(text, load, Metering::LoadOnly);
        bills.iter().map(|bill| bill.total).collect()
    };
    let sum = |totals: &[Decimal]| totals.iter().sum::<Decimal>();
    let july_to_june = steady(("2023-07-01", 366));
    let year = totals(&july_to_june);
    assert_eq!((year[5], year[11]), (number("74.4"), number("193.6")));
    assert_eq!(sum(&year), number("1000"));
    assert!(notes(&tariff(text), &july_to_june).is_empty());
    let calendar = totals(&steady(("2023-01-01", 365)));
    assert_eq!(
        (calendar[11], sum(&calendar)),
        (number("198.4"), number("1000"))
    );
    // A month over: no whole year, and told.
    let longer = steady(("2023-07-01", 366 + 31));
    let months = totals(&longer);
    assert_eq!((months[11], months[12]), (number("193.6"), number("74.4")));
    assert_eq!(notes(&tariff(text), &longer).len(), 1);
    let ten = steady(("2023-03-01", 306));
    assert_eq!(sum(&totals(&ten)), number("734.4"));
    assert_eq!(notes(&tariff(text), &ten).len(), 1);
}

const MOST: &str = "79228162514264337593543950335";

fn refused(text: &str) -> String {
    read_one(text, None, &BTreeMap::new())
        .unwrap_err()
        .to_string()
}

#[test]
fn numbers_too_large_to_reckon_with_are_refused() {
    let price = format!(r#"{{"energyratestructure":[[{{"rate":{MOST},"adj":{MOST}}}]]}}"#);
    assert!(refused(&price).starts_with("energyratestructure[0][0].rate: "));
    let percent =
        format!(r#"{{"flatdemandstructure":[[{{"rate":1}}]],"lookbackpercent":-{MOST}}}"#);
    assert!(refused(&percent).starts_with("lookbackpercent: "));
    let odd = load(("2024-01-01", 31), 60, |_| (number(MOST), -number(MOST)));
    let large = load(("2024-01-01", 31), 60, |_| (number(MOST), Decimal::ZERO));
    let text = r#"{"energyratestructure":[[{"rate":1}]],"annualmincharge":1}"#;
    for metering in [
        Metering::LoadOnly,
        Metering::Netted,
        Metering::NetBilled,
        Metering::BuyAllSellAll,
    ] {
        assert!(priced(text, &odd, metering).is_err(), "{metering:?}");
        assert!(priced(text, &large, metering).is_err(), "{metering:?}");
    }
}

#[test]
fn a_price_that_is_none_is_named_with_its_place() {
    let rate = r#"{"energyratestructure":[[{"rate":1}],[{"rate":1,"max":5},{"rate":"x"}]]}"#;
    assert!(
        refused(rate).starts_with("energyratestructure[1][1].rate: \"x\" is not"),
        "{}",
        refused(rate)
    );
    let sell = r#"{"energyratestructure":[[{"rate":1,"sell":"y"}]]}"#;
    assert!(refused(sell).starts_with("energyratestructure[0][0].sell: "));
}

#[test]
fn a_name_that_is_there_twice_is_refused() {
    let twice = |name: &str| UrdbError::Twice(name.to_owned()).to_string();
    let tier = r#"{"energyratestructure":[[{"rate":0.1,"max":1e400,"rate":0.2}]]}"#;
    assert_eq!(refused(tier), twice("rate"));
    let field = r#"[{"fixedmonthlycharge":1.5,"mincharge":1,"mincharge":2}]"#;
    assert_eq!(refused(field), twice("mincharge"));
    let letters = r#"{"fixedmonthlycharge":1.5,"mincharge":1,"minCharge":2}"#;
    assert!(refused(letters).ends_with("is there twice; give each its own"));
}

#[test]
fn the_last_tier_need_not_say_what_its_end_is_counted_in() {
    let with_last = |last: &str| {
        format!(
            r#"{{"energyratestructure":[[{{"rate":0.1,"max":10,"unit":"kWh daily"}},{{"rate":0.2{last}}}]]}}"#
        )
    };
    let january = steady(("2024-01-01", 31));
    let bills = bills(&with_last(""), &january, Metering::LoadOnly);
    // 310 of 744 kWh at 0.1, the rest at 0.2.
    assert_eq!(bills.first().unwrap().energy, number("117.8"));
    let odd = tariff(&with_last(r#","unit":"MJ""#));
    assert!(to_schedule(&odd, Metering::LoadOnly, None).is_err());
}
