//! Tariffs that hold what the given ones lack, against the bills that the reference engine makes of them; and what a tariff says in words
//! that a load cannot answer.

use std::collections::BTreeMap;
use std::fs;

use rust_decimal::Decimal;
use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use super::{data, price_json};

#[derive(Deserialize)]
struct Invented<'a> {
    #[serde(borrow)]
    cases: Vec<Case<'a>>,
}

#[derive(Deserialize)]
struct Case<'a> {
    name: String,
    load: String,
    metering: Option<String>,
    #[serde(borrow)]
    sell_rate: Option<&'a RawValue>,
    #[serde(borrow)]
    tariff: &'a RawValue,
    #[serde(borrow)]
    expected_monthly: BTreeMap<String, Vec<&'a RawValue>>,
}

fn number(text: &str) -> Decimal {
    let text = text.trim_matches('"');
    text.parse()
        .or_else(|_| Decimal::from_scientific(text))
        .unwrap()
}

/// What is made of a tariff written to a file of its own.
fn priced(tariff: &str, load: &str, more: &[&str]) -> Result<Value, String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("tariff.json");
    fs::write(&path, tariff).unwrap();
    let load = data(&format!("rates/loads/{load}.csv.gz"));
    let mut words = ["--urdb", path.to_str().unwrap(), "--load", &load]
        .map(str::to_owned)
        .to_vec();
    words.extend(more.iter().map(|word| (*word).to_owned()));
    price_json(&words)
}

/// Contract: F25, F27
#[test]
fn invented_tariffs_bill_as_the_reference_engine_does() {
    let text = fs::read_to_string(data("rates/invented_bills.json")).unwrap();
    let invented: Invented<'_> = serde_json::from_str(&text).unwrap();
    assert_eq!(invented.cases.len(), 16);
    let half_a_cent = Decimal::new(5, 3);
    let mut wrong = Vec::new();
    for case in &invented.cases {
        let mut more = Vec::new();
        if let Some(metering) = &case.metering {
            more.extend(["--metering", metering]);
        }
        if let Some(rate) = case.sell_rate {
            more.extend(["--sell-rate", rate.get()]);
        }
        let report = priced(case.tariff.get(), &case.load, &more);
        let report = report.unwrap_or_else(|complaint| panic!("{}: {complaint}", case.name));
        let months = report["months"].as_array().unwrap();
        assert_eq!(months.len(), 12, "{}", case.name);
        for (name, values) in &case.expected_monthly {
            for (month, expected) in months.iter().zip(values) {
                let ours = number(month[name].as_str().unwrap());
                if (ours - number(expected.get())).abs() > half_a_cent {
                    let month = &month["month"];
                    wrong.push(format!(
                        "{}, {month} {name}: {ours}, not {expected}",
                        case.name
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A tariff with one price of energy and $10 for each kW of the month's peak, and more fields.
fn by_peak(more: &str) -> String {
    let hours = format!(
        "[{}]",
        ["[0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0]"; 12].join(",")
    );
    format!(
        r#"{{"label":"peak","energyratestructure":[[{{"rate":0.1}}]],"energyweekdayschedule":{hours},"energyweekendschedule":{hours},
        "flatdemandstructure":[[{{"rate":10}}]],"flatdemandmonths":[0,0,0,0,0,0,0,0,0,0,0,0],{more}}}"#
    )
}

/// The billed kW of each month, and the month's own peak.
fn billed_kw(more: &str) -> Vec<(Decimal, Decimal)> {
    let report = priced(&by_peak(more), "com-site3", &[]).unwrap();
    let months = report["months"].as_array().unwrap().iter();
    months
        .map(|month| {
            let demand = number(month["demand_flat"].as_str().unwrap());
            (
                demand / Decimal::TEN,
                number(month["peak_kw"].as_str().unwrap()),
            )
        })
        .collect()
}

/// Contract: F25
#[test]
fn a_tariff_that_looks_back_bills_a_part_of_the_highest_earlier_peak() {
    let mut highest = Decimal::ZERO;
    for (billed, peak) in billed_kw(r#""lookbackpercent":0.9,"lookbackrange":12"#) {
        assert_eq!(billed, peak.max(highest * Decimal::new(9, 1)));
        highest = highest.max(peak);
    }
    let ratchet = format!(r#""demandratchetpercentage":[{}]"#, ["90"; 12].join(","));
    assert_eq!(billed_kw(&ratchet), billed_kw(r#""lookbackPercent":0.9"#));

    // Three months back only; and then only the peaks of June to August.
    let three = billed_kw(r#""lookbackpercent":0.9,"lookbackrange":3"#);
    let december = three[8..11].iter().map(|(_, peak)| *peak).max().unwrap();
    assert_eq!(three[11].0, three[11].1.max(december * Decimal::new(9, 1)));
    let summer = billed_kw(r#""lookbackpercent":0.9,"lookbackmonths":[0,0,0,0,0,1,1,1,0,0,0,0]"#);
    let peak = summer[5..8].iter().map(|(_, peak)| *peak).max().unwrap();
    assert_eq!(summer[10].0, peak * Decimal::new(9, 1));
    assert_eq!(summer[2].0, summer[2].1, "no summer has been yet");
}

#[test]
fn what_a_load_cannot_answer_is_said_in_words() {
    let kva = priced(&by_peak(r#""flatdemandunit":"kVA""#), "com-site3", &[]).unwrap();
    let notes = kva["notes"].as_array().unwrap();
    assert!(
        notes
            .iter()
            .any(|note| note.as_str().unwrap().contains("counted as kW")),
        "{notes:?}"
    );
    let refused =
        |more: &str, words: &[&str]| priced(&by_peak(more), "com-site3", words).unwrap_err();
    assert!(
        refused(r#""flatdemandunit":"hp""#, &[]).contains("flatdemandunit: hp cannot be priced")
    );
    assert!(
        refused(r#""x":1"#, &["--metering", "net-billing"])
            .contains("no price for energy fed back")
    );
    let mixed = r#"energyratestructure=[[{"rate":0.2,"max":100,"unit":"kWh/kW"},{"rate":0.1,"max":200,"unit":"kWh"},{"rate":0.1}]]"#;
    let mixed = refused(r#""x":1"#, &["--set", mixed]);
    assert!(mixed.contains("counted in one unit"), "{mixed}");
    assert!(
        refused(r#""lookbackpercent":0.9,"lookbackmonths":[1,0]"#, &[])
            .contains("twelve yeses and noes")
    );
    assert!(refused(r#""mincharge":"ten""#, &[]).contains("mincharge: \"ten\" is not a number"));
    // A tier that ends before it begins holds nothing; the others are priced.
    let tiers = |tiers: &str| {
        let tiers = format!("energyratestructure=[[{tiers}]]");
        let set = ["--set", tiers.as_str()];
        priced(&by_peak(r#""x":1"#), "com-site3", &set).unwrap()["year_total"].clone()
    };
    assert_eq!(
        tiers(r#"{"rate":9,"max":0},{"rate":0.1,"max":500},{"rate":9,"max":400},{"rate":0.2}"#),
        tiers(r#"{"rate":0.1,"max":500},{"rate":0.2}"#)
    );
    let early = priced("{}", "com-site3", &[]).unwrap_err();
    assert!(early.contains("there is no tariff in the file"), "{early}");
}
