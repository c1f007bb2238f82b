//! What published tariffs say in words, written as schedules of our own: power factors, true-ups, long prices. Every amount by hand.

use std::fs;

use serde_json::{Value, json};

use super::{mainstay_price, price_json};

/// The bill of a schedule with these parts for June 2026, or the complaint.
fn bill(parts: Value, facts: Value) -> Result<Value, String> {
    let folder = tempfile::tempdir().unwrap();
    let mut schedule = json!({
        "format": "mainstay-rate-schedule/1", "code": "T-1", "version": 1, "effective_from": "2020-01-01",
        "name": { "en": "A tariff in words" }, "service": "electric"
    });
    let mut month = json!({ "period": { "from": "2026-06-01", "until": "2026-07-01" } });
    for (whole, part) in [(&mut schedule, parts), (&mut month, facts)] {
        for (name, value) in part.as_object().unwrap() {
            whole[name] = value.clone();
        }
    }
    let write = |name: &str, value: &Value| {
        let path = folder.path().join(name);
        fs::write(&path, value.to_string()).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let words = [
        "--schedule".to_owned(),
        write("schedule.json", &schedule),
        "--facts".to_owned(),
        write("facts.json", &month),
    ];
    price_json(&words)
}

fn charge(code: &str, how: Value) -> Value {
    json!({ "code": code, "label": { "en": code }, "how": how })
}

/// "Demand is multiplied by 90 and divided by the power factor where that is below 90 percent." 50 kW at 75%: 60 kW at $8.
#[test]
fn a_low_power_factor_raises_the_demand_that_is_billed() {
    let parts = json!({
        "measures": { "kw": "kW", "factor": "each" },
        "quantities": {
            "counted": { "of": "factor", "steps": [ { "at-most": "90" } ] },
            "billed": { "of": "kw", "steps": [ { "times": "90" }, { "divide-by-quantity": "counted" } ] }
        },
        "charges": [ charge("demand", json!({ "demand": { "of": "billed", "rate": { "price": "8.00" } } })) ]
    });
    let of = |factor: &str| {
        bill(
            parts.clone(),
            json!({ "measured": { "kw": "50", "factor": factor } }),
        )
    };
    assert_eq!(of("75").unwrap()["total"], "480.00");
    assert_eq!(of("96").unwrap()["total"], "400.00");
    let refused = of("0").unwrap_err();
    assert!(
        refused.contains("\"billed\" is divided by \"counted\", which is 0"),
        "{refused}"
    );
}

/// "One percent more for each percent below 85." 100 kW at 81%: 104 kW at $5.
#[test]
fn a_number_is_added_where_a_tariff_adds_one() {
    let parts = json!({
        "measures": { "kw": "kW", "factor": "each" },
        "quantities": {
            "penalty": { "of": "factor", "steps": [ { "times": "-1" }, { "add": "85" }, { "at-least": "0" }, { "divide-by": "100" }, { "add": "1" } ] },
            "billed": { "of": "kw", "steps": [ { "times-quantity": "penalty" } ] }
        },
        "charges": [ charge("demand", json!({ "demand": { "of": "billed", "rate": { "price": "5.00" } } })) ]
    });
    let of = |factor: &str| {
        bill(
            parts.clone(),
            json!({ "measured": { "kw": "100", "factor": factor } }),
        )
    };
    assert_eq!(of("81").unwrap()["total"], "520.00");
    assert_eq!(of("97").unwrap()["total"], "500.00");
}

/// At the end of June the bank is paid for at avoided cost: 400 taken, 700 fed back, 250 kept from before make 550 kWh at 3.1 cents.
#[test]
fn a_year_of_net_metering_is_settled_at_avoided_cost() {
    let parts = |month: u32| {
        let net = json!({ "received": "sold", "true_up": month });
        let surplus = json!({ "received": "sold", "true_up": month, "bank": "net" });
        json!({
            "measures": { "bought": "kWh", "sold": "kWh" },
            "quantities": {
                "net": { "of": "bought", "steps": [ { "net-metering": net } ] },
                "left": { "of": "bought", "steps": [ { "true-up-surplus": surplus } ] }
            },
            "charges": [
                charge("customer", json!({ "fixed": { "amount": "9.50" } })),
                charge("energy", json!({ "usage": { "of": "net", "rate": { "price": "0.11" } } })),
                charge("surplus", json!({ "usage": { "of": "left", "rate": { "price": "-0.031" } } }))
            ]
        })
    };
    let facts = json!({ "measured": { "bought": "400", "sold": "700" }, "bank": { "net": "250" } });
    let settled = bill(parts(6), facts.clone()).unwrap();
    assert_eq!(
        settled["total"], "-7.55",
        "9.50 - 550 x 0.031 = 9.50 - 17.05"
    );
    assert_eq!(settled["bank"][0]["amount"], "0");
    let kept = bill(parts(3), facts).unwrap();
    assert_eq!(kept["total"], "9.50");
    assert_eq!(kept["bank"][0]["amount"], "550");
}

/// Prices as a computer wrote them, times hours of use of a measured peak: more digits than any number holds, and the cent is right.
#[test]
fn prices_of_seventeen_digits_are_priced_and_re_derived() {
    let parts = json!({
        "measures": { "usage": "kWh", "peak": "kW" },
        "charges": [ charge("energy", json!({ "usage": { "of": "usage", "rate": {
            "blocks": [
                { "up_to": "285.30000000000001", "price": "0.18700000000000003" },
                { "up_to": "303.90000000000003", "price": "0.15999999999999998" },
                { "price": "0.10579900000000001" }
            ],
            "thresholds": { "per": "month", "times": "peak" }
        } } })) ]
    });
    let facts = json!({ "measured": { "usage": "412345.67890123", "peak": "1234.567890123456" } });
    // 1,234.567890123456 kW: 352,222.219 kWh at 0.187, 22,962.963 at 0.16, 37,160.497 at 0.105799.
    let report = bill(parts, facts).unwrap();
    let amounts: Vec<&str> = report["lines"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| line["amount"].as_str().unwrap())
        .collect();
    assert_eq!(amounts, ["65865.55", "3674.07", "3931.54"]);
}

/// A mistake in a step is named with its place.
#[test]
fn a_bank_that_is_not_there_is_named() {
    let surplus = json!({ "received": "sold", "true_up": 13, "bank": "nett" });
    let parts = json!({
        "measures": { "bought": "kWh", "sold": "kWh" },
        "quantities": { "left": { "of": "bought", "steps": [ { "true-up-surplus": surplus } ] } },
        "charges": [ charge("surplus", json!({ "usage": { "of": "left", "rate": { "price": "-0.03" } } })) ]
    });
    let complaint = bill(parts, json!({})).unwrap_err();
    assert!(
        complaint.contains("quantities.left.steps[0]: there is no quantity \"nett\""),
        "{complaint}"
    );
    assert!(complaint.contains("13 is not a month"), "{complaint}");
    let help = mainstay_price(&["--json-schema".to_owned(), "schedule".to_owned()]).unwrap();
    assert!(help.contains("true-up-surplus") && help.contains("divide-by-quantity"));
}
