//! All given URDB cases: 408 monthly bills by NREL's own engine.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use super::{data, mainstay_price, price_json};

#[derive(Deserialize)]
struct Expected<'a> {
    #[serde(borrow)]
    cases: Vec<Case<'a>>,
}

#[derive(Deserialize)]
struct Case<'a> {
    case: String,
    tariff: String,
    load: String,
    metering: String,
    #[serde(borrow)]
    sell_rate: Option<&'a RawValue>,
    #[serde(borrow)]
    overrides: Option<BTreeMap<String, &'a RawValue>>,
    #[serde(borrow)]
    expected_monthly: BTreeMap<String, &'a RawValue>,
}

impl Case<'_> {
    fn words(&self) -> Vec<String> {
        let mut words = vec![
            "--urdb".to_owned(),
            data(&format!("rates/tariffs/{}.json", self.tariff)),
            "--load".to_owned(),
            data(&format!("rates/loads/{}.csv.gz", self.load)),
        ];
        let metering = [
            ("net energy metering", "net-metering"),
            ("net billing", "net-billing"),
            ("buy all", "buy-all-sell-all"),
        ];
        for (_, word) in metering
            .iter()
            .filter(|(begin, _)| self.metering.starts_with(begin))
        {
            words.extend(["--metering".to_owned(), (*word).to_owned()]);
        }
        if let Some(rate) = self.sell_rate {
            words.extend(["--sell-rate".to_owned(), rate.get().to_owned()]);
        }
        for (field, value) in self.overrides.iter().flatten() {
            words.extend(["--set".to_owned(), format!("{field}={}", value.get())]);
        }
        words
    }
}

fn decimals(raw: &RawValue) -> Option<Vec<Decimal>> {
    let items: Vec<&RawValue> = serde_json::from_str(raw.get()).ok()?;
    items.iter().map(|item| item.get().parse().ok()).collect()
}

fn printed(value: &Value) -> Decimal {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
        .parse()
        .unwrap()
}

#[test]
fn every_given_tariff_bills_as_the_reference_engine_does() {
    let text = std::fs::read_to_string(data("rates/expected_bills.json")).unwrap();
    let expected: Expected<'_> = serde_json::from_str(&text).unwrap();
    let half_a_cent: Decimal = "0.005".parse().unwrap();
    let (mut wrong, mut compared) = (Vec::new(), 0);
    for case in &expected.cases {
        let report = price_json(&case.words())
            .unwrap_or_else(|complaint| panic!("{}: {complaint}", case.case));
        let months = report["months"].as_array().unwrap();
        assert_eq!(months.len(), 12, "{}", case.case);
        compared += months.len();
        for (name, raw) in &case.expected_monthly {
            let Some(values) = decimals(raw) else {
                continue;
            };
            for (month, value) in months.iter().zip(&values) {
                let ours = printed(&month[name]);
                let is_same = if name == "total_cents" {
                    ours == *value
                } else {
                    (ours - value).abs() <= half_a_cent
                };
                if !is_same {
                    wrong.push(format!(
                        "{} month {} {name}: {ours}, expected {value}",
                        case.case, month["month"]
                    ));
                }
            }
        }
        let year: Decimal = case.expected_monthly["year_total_cents"]
            .get()
            .parse()
            .unwrap();
        if printed(&report["year_total_cents"]) != year {
            wrong.push(format!(
                "{} year: {}, expected {year}",
                case.case, report["year_total_cents"]
            ));
        }
    }
    assert_eq!((expected.cases.len(), compared), (34, 408));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// How many tariffs a file holds, by the complaint that one must be chosen.
fn count(path: &str) -> usize {
    let load = data("rates/loads/res-nrel-sample.csv.gz");
    let complaint =
        mainstay_price(&["--urdb".to_owned(), data(path), "--load".to_owned(), load]).unwrap_err();
    let (_, rest) = complaint
        .split_once("the file holds ")
        .unwrap_or_else(|| panic!("{complaint}"));
    rest.split(' ').next().unwrap().parse().unwrap()
}

#[test]
fn a_file_of_many_tariffs_asks_which_and_prices_each() {
    let load = data("rates/loads/res-nrel-sample.csv.gz");
    let files = [
        ("rates/parse_only/pge-a1-history.json.gz", 16),
        ("rates/gas_tariffs_urdb_form.json.gz", 47),
    ];
    for (path, tariffs) in files {
        assert_eq!(count(path), tariffs, "{path}");
        for place in 1..=tariffs {
            let words = [
                "--urdb",
                &data(path),
                "--load",
                &load,
                "--label",
                &place.to_string(),
            ]
            .map(str::to_owned);
            let report = price_json(&words)
                .unwrap_or_else(|complaint| panic!("{path} {place}: {complaint}"));
            assert_eq!(
                report["months"].as_array().unwrap().len(),
                12,
                "{path} {place}"
            );
            assert!(
                printed(&report["year_total"]) > Decimal::ZERO,
                "{path} {place}"
            );
        }
    }
}

#[test]
fn tiered_demand_and_daily_charges_are_priced() {
    let words = [
        "--urdb".to_owned(),
        data("rates/parse_only/reopt-multi-tier.json"),
        "--load".to_owned(),
        data("rates/loads/com-medium-ssc.csv.gz"),
    ];
    let report = price_json(&words).unwrap();
    let january = &report["months"][0];
    assert_eq!(
        printed(&january["fixed"]),
        "3.298".parse::<Decimal>().unwrap() * Decimal::from(365) / Decimal::from(12)
    );
    assert!(printed(&january["demand_tou"]) > Decimal::ZERO);
}

#[test]
fn a_field_is_set_by_its_name_in_any_letters_and_a_name_that_nothing_reads_is_told() {
    let priced = |change: &str| {
        let words = [
            "--urdb".to_owned(),
            data("rates/tariffs/choptank-default.json"),
            "--load".to_owned(),
            data("rates/loads/home-fontana-04.csv.gz"),
            "--set".to_owned(),
            change.to_owned(),
        ];
        price_json(&words).unwrap()
    };
    let (small, large) = (priced("mincharge=1500"), priced("minCharge=1500"));
    assert_eq!(small["months"], large["months"]);
    assert!(
        large["notes"].as_array().is_none_or(Vec::is_empty),
        "{}",
        large["notes"]
    );
    let typo = priced("mincharg=1500");
    assert_ne!(typo["months"], small["months"]);
    assert!(
        typo["notes"].to_string().contains("mincharg: no field"),
        "{}",
        typo["notes"]
    );
}

#[test]
fn what_cannot_be_priced_rightly_is_refused() {
    let load = data("rates/loads/home-fontana-04.csv.gz");
    let refused = |change: &str, tariff: &str| {
        let tariff = data(&format!("rates/tariffs/{tariff}.json"));
        let words = [
            "--urdb".to_owned(),
            tariff,
            "--load".to_owned(),
            load.clone(),
            "--set".to_owned(),
            change.to_owned(),
        ];
        price_json(&words).unwrap_err()
    };
    assert!(
        refused(r#"fixedchargeunits="$/week""#, "choptank-default")
            .contains("only $/month, $/day and $/year are known")
    );
    assert!(
        refused(r#"flatdemandunit="hp""#, "peco-gs-ht")
            .contains("demand is priced by the month, in kW or kVA")
    );
    assert!(
        refused(r#"flatdemandunit="kW daily""#, "peco-gs-ht")
            .contains("demand is priced by the month")
    );
    let odd = r#"energyratestructure=[[{"max":1,"rate":1,"unit":"MJ"},{"rate":2,"unit":"MJ"}],[{"rate":1}]]"#;
    assert!(refused(odd, "choptank-default").contains("only kWh"));
    assert!(
        refused("energyratestructure=[[{\"rate\":1}]]", "choptank-default")
            .contains("names period 1")
    );
    let words = [
        "--urdb".to_owned(),
        data("rates/tariffs/choptank-default.json"),
        "--load".to_owned(),
        load.clone(),
        "--metering".to_owned(),
        "net-billing".to_owned(),
    ];
    assert!(price_json(&words).unwrap_err().contains("--sell-rate"));
}
