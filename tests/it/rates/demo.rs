//! The demonstration town's schedules: each prices, in both languages, from its first day.

use std::fs;

use serde_json::{Value, json};

use super::price_json;

/// Facts that give every measure of a schedule something.
fn facts(document: &Value) -> Value {
    let from: chrono::NaiveDate = document["effective_from"]
        .as_str()
        .unwrap()
        .parse()
        .unwrap();
    let amount = |name: &str, unit: &str| match (name, unit) {
        ("usage", "gal") => "6400",
        ("usage", "CCF") => "61",
        ("impervious", _) => "3100",
        ("carts", _) => "2",
        ("received", _) => "240",
        ("demand", _) => "11.2",
        _ => "780",
    };
    let measures = document["measures"].as_object().unwrap();
    let measured: serde_json::Map<String, Value> = measures
        .iter()
        .map(|(name, unit)| (name.clone(), amount(name, unit.as_str().unwrap()).into()))
        .collect();
    let mut facts = json!({
        "period": {"from": from, "until": from + chrono::Days::new(30)},
        "meter_size": "5/8",
        "marks": ["senior", "rain-garden"],
        "measured": measured
    });
    if document.get("calendars").is_some() {
        let day = |day| json!({"measure": "usage", "day": from + chrono::Days::new(day), "values": vec!["1.1"; 24]});
        facts["measured"] = json!({});
        facts["intervals"] = (0..30).map(day).collect();
    }
    facts
}

#[test]
fn every_schedule_of_the_town_prices_in_both_languages() {
    let folder = format!("{}/src/cli/town/schedules", env!("CARGO_MANIFEST_DIR"));
    let scratch = tempfile::tempdir().unwrap();
    let mut seen = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let document: Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
        for charge in document["charges"].as_array().unwrap() {
            assert!(
                charge["label"]["es"].is_string(),
                "{}: {charge}",
                path.display()
            );
        }
        let facts_file = scratch.path().join("facts.json");
        fs::write(&facts_file, facts(&document).to_string()).unwrap();
        let words = [
            "--schedule",
            path.to_str().unwrap(),
            "--facts",
            facts_file.to_str().unwrap(),
            "--language",
            "es",
        ];
        let report = price_json(&words.map(str::to_owned))
            .unwrap_or_else(|complaint| panic!("{}: {complaint}", path.display()));
        assert!(
            !report["lines"].as_array().unwrap().is_empty(),
            "{}",
            path.display()
        );
        seen += 1;
    }
    assert!(seen >= 18, "{seen} schedules");
}
