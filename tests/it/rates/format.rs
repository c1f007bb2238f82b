//! The formats that people write: their schema, their examples, and what is said of a mistake.

use std::fs;

use serde_json::Value;

use super::{data, mainstay_price, price_json};

#[test]
fn the_committed_schema_is_that_of_the_types() {
    let words = ["--json-schema".to_owned(), "schedule".to_owned()];
    let printed: Value = serde_json::from_str(&mainstay_price(&words).unwrap()).unwrap();
    let path = data("schedules/rate-schedule.schema.json");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&path, mainstay_price(&words).unwrap()).unwrap();
    }
    let committed: Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
    assert_eq!(
        printed, committed,
        "run the test with UPDATE_GOLDEN=1, and read the difference"
    );
}

/// The JSON examples of the format's page, in order.
fn examples() -> Vec<String> {
    let page = fs::read_to_string(format!(
        "{}/src/domain/rates/README.md",
        env!("CARGO_MANIFEST_DIR")
    ))
    .unwrap();
    page.split("```json\n")
        .skip(1)
        .map(|rest| rest.split("```").next().unwrap().to_owned())
        .collect()
}

#[test]
fn the_examples_of_the_format_price_as_the_page_says() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let examples = examples();
    assert!(
        examples.len() >= 4 && examples.len().is_multiple_of(2),
        "schedule and facts, by turns"
    );
    for (number, pair) in examples.chunks(2).enumerate() {
        let (schedule, facts) = (
            write("schedule.json", &pair[0]),
            write("facts.json", &pair[1]),
        );
        let words = [
            "--schedule".to_owned(),
            schedule,
            "--facts".to_owned(),
            facts,
        ];
        let report =
            price_json(&words).unwrap_or_else(|complaint| panic!("example {number}: {complaint}"));
        assert!(!report["lines"].as_array().unwrap().is_empty());
        assert!(
            mainstay_price(&words)
                .unwrap()
                .contains(report["total"].as_str().unwrap())
        );
    }
}

/// What is said of a schedule after one change.
fn complaint(change: impl Fn(&mut Value)) -> String {
    let folder = tempfile::tempdir().unwrap();
    let text = fs::read_to_string(data("schedules/hdwd-ca.json")).unwrap();
    let mut document: Value = serde_json::from_str(&text).unwrap();
    change(&mut document);
    let path = folder.path().join("schedule.json");
    fs::write(&path, serde_json::to_string_pretty(&document).unwrap()).unwrap();
    let facts = data("schedules/facts/hdwd-ca.0.json");
    let words = [
        "--schedule".to_owned(),
        path.to_str().unwrap().to_owned(),
        "--facts".to_owned(),
        facts,
    ];
    mainstay_price(&words).unwrap_err()
}

#[test]
fn a_mistake_is_named_with_its_place_and_its_remedy() {
    let number = complaint(|document| {
        document["charges"][0]["how"]["usage"]["rate"]["blocks"][0]["price"] = 3.65.into();
    });
    assert!(
        number.contains("line ") && number.contains("a number in quotation marks"),
        "{number}"
    );
    let field = complaint(|document| document["charges"][0]["lable"] = "Tier".into());
    assert!(field.contains("unknown field `lable`"), "{field}");
    let measure =
        complaint(|document| document["charges"][0]["how"]["usage"]["of"] = "water".into());
    assert!(
        measure.contains("charges[0].how.usage.of")
            && measure.contains("there are: dwellings, usage"),
        "{measure}"
    );
    let discount = complaint(|document| {
        let charges = document["charges"].as_array_mut().unwrap();
        charges.push(serde_json::json!({
            "code": "senior", "label": { "en": "Senior" }, "how": { "percent": { "percent": "20", "as": "discount" } },
        }));
    });
    assert!(
        discount.contains("20% cannot be a discount: write a number from -100 to 0"),
        "{discount}"
    );
    let last = complaint(|document| {
        document["charges"][0]["how"]["usage"]["rate"]["blocks"][1]["next"] = "5".into();
    });
    assert!(last.contains("the last block must have no end"), "{last}");
    let words =
        complaint(|document| document["charges"][1]["label"] = serde_json::json!({"es": "Fijo"}));
    assert!(
        words.contains("charges[1].label") && words.contains("\"en\""),
        "{words}"
    );
    let exponent = complaint(|document| {
        document["charges"][0]["how"]["usage"]["rate"]["blocks"][0]["price"] = "1e3".into();
    });
    assert!(exponent.contains("plain notation"), "{exponent}");
}

const JUNE: &str = r#""period": {"from": "2026-06-01", "until": "2026-07-01"}"#;

/// What is said of facts for a water schedule.
fn refused(facts: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("facts.json");
    fs::write(&path, facts).unwrap();
    let words = [
        "--schedule".to_owned(),
        data("schedules/irving-tx-water.json"),
        "--facts".to_owned(),
        path.to_str().unwrap().to_owned(),
    ];
    mainstay_price(&words).unwrap_err()
}

#[test]
fn facts_about_something_else_are_refused() {
    for (fact, why) in [
        (
            r#""measured": {"usage": {"previous": "9", "present": "8"}}"#,
            "give `dials`",
        ),
        (
            r#""measured": {"usage": {"previous": "8", "present": "9", "multiplier": "-1"}}"#,
            "more than nothing",
        ),
        (
            r#""measured": {"usage": "1"}, "measured": {"usage": "2"}"#,
            "\"measured\" is there twice",
        ),
        (
            r#""measured": {"usage": "1", "usage": "2"}"#,
            "\"usage\" is there twice",
        ),
        (
            r#""measured": {"usage": "1"}, "class": "residental""#,
            "no class",
        ),
        (
            r#""measured": {"usage": "1"}, "bank": {"net": "5"}"#,
            "keeps a bank",
        ),
        (
            r#""measured": {"usage": "1"}, "year_to_date": {"least": "5"}"#,
            "no charge",
        ),
        (
            r#""measured": {"usage": "1"}, "history": [{"measure": "use", "from": "2026-01-01", "until": "2026-02-01", "amount": "5"}]"#,
            "no measure or quantity",
        ),
        (
            r#""measured": {"usage": "1"}, "history": [{"measure": "usage", "from": "2026-01-01", "until": "2026-02-01", "amount": "-5"}]"#,
            "less than nothing",
        ),
        (
            r#""intervals": [{"measure": "usage", "day": "2026-06-01", "minutes": 720, "values": ["1", "2"]}]"#,
            "5, 15, 30 or 60 minutes",
        ),
        (
            r#""intervals": [{"measure": "usage", "day": "2026-06-01", "values": ["1","1","1","1","1","1","1","1","1","1","1","1","1","1","1","1","1","1","1","1","1","1","1"]}]"#,
            "do not fill this day",
        ),
    ] {
        let said = refused(&format!(r#"{{{JUNE}, "meter_size": "3/4", {fact}}}"#));
        assert!(said.contains(why), "{fact}: {said}");
    }
}

#[test]
fn facts_that_do_not_fit_are_refused() {
    let june = JUNE;
    assert!(refused(&format!(r#"{{{june}, "meter_size": "3/4"}}"#)).contains("give no \"usage\""));
    let kwh = format!(
        r#"{{{june}, "meter_size": "3/4", "measured": {{"usage": {{"amount": "7000", "unit": "kWh"}}}}}}"#
    );
    assert!(refused(&kwh).contains("given in kWh, and the schedule counts it in gal"));
    let size = format!(r#"{{{june}, "meter_size": "9", "measured": {{"usage": "7000"}}}}"#);
    assert!(refused(&size).contains("the schedule has no size \"9\""));
    let backward = r#"{"period": {"from": "2026-07-01", "until": "2026-06-01"}}"#;
    assert!(refused(backward).contains("comes before"));
}
