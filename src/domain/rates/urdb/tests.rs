//! Bills of small tariffs over loads that can be reckoned by hand.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::domain::rates::compile::compile;
use crate::domain::rates::urdb::bills::{LoadDay, MonthBill, monthly};
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
    let tariff = tariff(text);
    let mut schedule = to_schedule(&tariff, metering, Some(number("0.04"))).unwrap();
    schedule.effective_from = load.first().unwrap().day;
    let version = compile(Arc::new(schedule)).unwrap();
    monthly(&tariff, &version, load, metering).unwrap()
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
