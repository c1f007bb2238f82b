//! Published worked bills: each set written as a schedule by hand; every line and total to the cent, quantities as printed.

use rust_decimal::{Decimal, RoundingStrategy};
use serde_json::Value;

use super::{data, price_json, read_json};

fn decimal(value: &Value) -> Decimal {
    value.as_str().unwrap().parse().unwrap()
}

fn list(value: &Value) -> Vec<String> {
    value
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item.as_str().unwrap().to_owned())
        .collect()
}

fn report(case: &Value) -> Value {
    let mut words = vec![
        "--facts".to_owned(),
        data(&format!(
            "schedules/facts/{}",
            case["facts"].as_str().unwrap()
        )),
    ];
    for schedule in list(&case["schedules"]) {
        words.extend([
            "--schedule".to_owned(),
            data(&format!("schedules/{schedule}.json")),
        ]);
    }
    price_json(&words).unwrap_or_else(|complaint| panic!("{case}: {complaint}"))
}

/// The lines that a key names: a charge, or one block, time-of-use period or version of it.
fn lines<'a>(report: &'a Value, key: &str) -> Vec<&'a Value> {
    let (code, mark, number) = match key.find(['#', '@', '^']) {
        Some(at) => (&key[..at], &key[at..=at], key[at + 1..].parse::<u64>().ok()),
        None => (key, "", None),
    };
    let field = match mark {
        "#" => "block",
        "@" => "period",
        "^" => "version",
        _ => "",
    };
    let all = report["lines"].as_array().unwrap().iter();
    all.filter(|line| line["code"] == code && (field.is_empty() || line[field].as_u64() == number))
        .collect()
}

/// A quantity worked out before pricing.
fn quantity(report: &Value, name: &str) -> Option<Decimal> {
    let all = report["quantities"].as_array().unwrap().iter();
    all.filter(|quantity| quantity["name"] == name)
        .map(|quantity| decimal(&quantity["amount"]))
        .next()
}

/// What a printed line of money comes to.
fn amount(report: &Value, keys: &[String]) -> Decimal {
    if let [only] = keys
        && let Some(name) = only.strip_prefix('=')
    {
        return quantity(report, name).unwrap();
    }
    keys.iter()
        .flat_map(|key| lines(report, key))
        .map(|line| decimal(&line["amount"]))
        .sum()
}

/// What a printed quantity comes to, to the cent's two decimals.
fn billed_quantity(report: &Value, keys: &[String]) -> Decimal {
    let sum: Decimal = keys
        .iter()
        .map(|key| {
            quantity(report, key).unwrap_or_else(|| {
                lines(report, key)
                    .iter()
                    .map(|line| decimal(&line["quantity"]))
                    .sum()
            })
        })
        .sum();
    sum.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero)
}

#[test]
fn every_published_bill_comes_out_to_the_cent() {
    let sets = read_json("sample_bills/sample_bills.json");
    let cases = read_json("schedules/cases.json");
    let mut wrong = Vec::new();
    for case in cases.as_array().unwrap() {
        let set = sets
            .as_array()
            .unwrap()
            .iter()
            .find(|set| set["id"] == case["set"])
            .unwrap();
        let expected = &set["cases"][usize::try_from(case["case"].as_u64().unwrap()).unwrap()];
        let report = report(case);
        let printed = expected["expected_lines"].as_array().unwrap();
        let is_money = case.get("lines").is_some();
        let keys = case
            .get("lines")
            .or_else(|| case.get("quantities"))
            .unwrap()
            .as_array()
            .unwrap();
        for (line, keys) in printed.iter().zip(keys) {
            let keys: Vec<String> = list(keys);
            let ours = if is_money {
                amount(&report, &keys)
            } else {
                billed_quantity(&report, &keys)
            };
            if ours != decimal(&line["amount"]) {
                wrong.push(format!(
                    "{}: {} is {ours}, expected {}",
                    expected["name"], line["line"], line["amount"]
                ));
            }
        }
        if is_money && decimal(&report["total"]) != decimal(&expected["expected_total"]) {
            wrong.push(format!(
                "{}: total {}, expected {}",
                expected["name"], report["total"], expected["expected_total"]
            ));
        }
        if let Some(name) = case.get("whole").and_then(Value::as_str) {
            let whole = quantity(&report, name).unwrap();
            if whole != decimal(&expected["expected_total"]) {
                wrong.push(format!("{}: {name} is {whole}", expected["name"]));
            }
        }
    }
    let published: usize = sets
        .as_array()
        .unwrap()
        .iter()
        .map(|set| set["cases"].as_array().unwrap().len())
        .sum();
    assert_eq!(cases.as_array().unwrap().len(), published);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
