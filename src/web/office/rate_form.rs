//! The form of a schedule's common charges, turned into the documented format: a base charge, blocks of usage and a percentage.

use rust_decimal::Decimal;
use serde_json::{Value, json};

use crate::domain::premises::Commodity;
use crate::domain::quantity::Unit;
use crate::domain::rates::compile;
use crate::domain::rates::schedule::RateSchedule;
use crate::i18n::Words;
use crate::web::form::Form;

/// The blocks a form has fields for.
const BLOCKS: [(&str, &str); 4] = [
    ("block_1_to", "block_1_price"),
    ("block_2_to", "block_2_price"),
    ("block_3_to", "block_3_price"),
    ("block_4_to", "block_4_price"),
];

/// The services a schedule may be for.
pub fn services(t: Words) -> Vec<(&'static str, String)> {
    Commodity::ALL
        .iter()
        .map(|commodity| (commodity.as_str(), t.service_name(commodity.as_str())))
        .collect()
}

/// The units usage is priced in; none for a flat service.
pub fn units(t: Words) -> Vec<(&'static str, String)> {
    let priced = [Unit::Kgal, Unit::Gallon, Unit::Ccf, Unit::Kwh, Unit::Therm];
    let mut units = vec![("", t.rate_no_usage().to_owned())];
    units.extend(priced.map(|unit| (unit.as_str(), t.unit_name(unit.as_str()))));
    units
}

/// The document that the form says, or nothing, with the problems on their fields.
pub fn document(form: &mut Form, t: Words) -> Option<RateSchedule> {
    let missing = t.rate_field_missing();
    let code = form.required("code", missing);
    let english = form.required("name_en", missing);
    let spanish = form.value("name_es").to_owned();
    let service: Option<Commodity> = form.parse("service", missing);
    let from = form.day("effective_from", t.rate_from_missing());
    let base = form.number_if_any("base", t.rate_not_a_number());
    let percent = form.number_if_any("percent", t.rate_not_a_number());
    let unit: Option<Unit> = form.parse_if_any("unit", missing);
    let blocks = blocks(form, t);
    let (Some(code), Some(english), Some(service), Some(from)) = (code, english, service, from)
    else {
        return None;
    };
    if base.is_none() && blocks.is_empty() {
        form.refuse("base", t.rate_no_charge());
    }
    if unit.is_none() && !blocks.is_empty() {
        form.refuse("unit", t.rate_unit_missing());
    }
    if !form.is_good() {
        return None;
    }
    let mut charges = Vec::new();
    if let Some(base) = base {
        let how = json!({ "fixed": { "amount": base.to_string() } });
        charges.push(charge("base", ("Base charge", "Cargo base"), how));
    }
    if !blocks.is_empty() {
        let how = json!({ "usage": { "of": "usage", "rate": { "blocks": blocks } } });
        charges.push(charge("use", ("Usage", "Consumo"), how));
    }
    if let Some(percent) = percent {
        charges.push(taken_of_all(form.value("percent_as"), percent));
    }
    let name = if spanish.is_empty() {
        english.clone()
    } else {
        spanish
    };
    let measures = unit.map_or_else(|| json!({}), |unit| json!({ "usage": unit }));
    let whole = json!({
        "format": "mainstay-rate-schedule/1",
        "code": code,
        "version": 1,
        "effective_from": from,
        "name": { "en": english, "es": name },
        "service": service,
        "measures": measures,
        "charges": charges,
    });
    match compile::read(&whole.to_string()) {
        Ok(document) => Some(document),
        Err(problem) => {
            form.refuse("code", problem.to_string());
            None
        }
    }
}

fn charge(code: &str, (english, spanish): (&str, &str), how: Value) -> Value {
    json!({ "code": code, "label": { "en": english, "es": spanish }, "how": how })
}

/// What a percentage may be taken for: money that is passed on to the state or the city.
pub fn percent_kinds(t: Words) -> Vec<(&'static str, String)> {
    ["tax", "franchise-fee"]
        .map(|kind| (kind, t.rate_percent_kind(kind)))
        .to_vec()
}

/// A tax, or else a franchise fee, on all charges.
fn taken_of_all(kind: &str, percent: Decimal) -> Value {
    let (kind, code, label) = if kind == "franchise-fee" {
        (kind, "franchise", ("Franchise fee", "Tarifa de franquicia"))
    } else {
        ("tax", "tax", ("Tax", "Impuesto"))
    };
    let how = json!({ "percent": { "percent": percent.to_string(), "as": kind } });
    charge(code, label, how)
}

/// The blocks that were filled in; the last has no end, whatever stands in its field.
fn blocks(form: &mut Form, t: Words) -> Vec<Value> {
    let mut found: Vec<(Option<Decimal>, Decimal)> = Vec::new();
    for (to, price) in BLOCKS {
        let end = form.number_if_any(to, t.rate_not_a_number());
        let price = form.number_if_any(price, t.rate_not_a_number());
        if let Some(price) = price {
            found.push((end, price));
        }
    }
    let last = found.len().saturating_sub(1);
    found
        .into_iter()
        .enumerate()
        .map(|(place, (end, price))| match end.filter(|_| place < last) {
            Some(end) => json!({ "up_to": end.to_string(), "price": price.to_string() }),
            None => json!({ "price": price.to_string() }),
        })
        .collect()
}
