//! The thresholds for reads as a form: one row a threshold, one column a service. What the form does not show stays as it is.

use std::collections::HashMap;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde_json::Value;

use crate::i18n::Words;
use crate::web::form::Form;

/// The services that have thresholds of their own, in the order of the columns.
pub const SERVICES: [&str; 3] = ["water", "electric", "gas"];

/// A threshold, and the names of its fields, service by service.
pub struct Threshold {
    /// Its name in the document.
    pub name: &'static str,
    /// The fields of the form.
    pub fields: [&'static str; 3],
}

macro_rules! thresholds {
    ($($name:literal),+ $(,)?) => {
        &[$(Threshold {
            name: $name,
            fields: [concat!("water_", $name), concat!("electric_", $name), concat!("gas_", $name)],
        }),+]
    };
}

/// The rows of the form.
pub const THRESHOLDS: &[Threshold] = thresholds![
    "warn_low_percent",
    "warn_high_percent",
    "warn_difference",
    "force_high_percent",
    "inactive_usage",
    "most_estimates_in_a_row",
    "fewest_days",
    "most_days",
    "most_per_hour",
    "sum_check_percent",
    "sum_check_difference",
    "fill_minutes",
    "long_gap_hours",
];

/// The fields with their places in the document.
fn places() -> impl Iterator<Item = (&'static str, String)> {
    THRESHOLDS.iter().flat_map(|threshold| {
        let named = threshold.fields.into_iter().zip(SERVICES);
        named.map(|(field, service)| (field, format!("/{service}/{}", threshold.name)))
    })
}

/// The form filled in from a document; of a text that is none, nothing.
#[must_use]
pub fn filled(form: Form, document: &str) -> Form {
    let Ok(document) = serde_json::from_str::<Value>(document) else {
        return form;
    };
    places().fold(form, |form, (field, place)| {
        let text = match document.pointer(&place) {
            Some(Value::String(text)) => text.clone(),
            Some(Value::Object(quantity)) => quantity
                .get("amount")
                .and_then(Value::as_str)
                .unwrap_or_default()
                .to_owned(),
            Some(other) => other.to_string(),
            None => String::new(),
        };
        form.with(field, text)
    })
}

/// The unit of each field that has one.
#[must_use]
pub fn units(document: &str) -> HashMap<&'static str, String> {
    let document: Value = serde_json::from_str(document).unwrap_or_default();
    let unit = |place: &str| Some(document.pointer(place)?.get("unit")?.as_str()?.to_owned());
    places()
        .filter_map(|(field, place)| Some((field, unit(&place)?)))
        .collect()
}

/// The document with what the form says, or nothing, with the problems on their fields.
pub fn document(form: &mut Form, present: &str, t: Words) -> Option<String> {
    let mut document: Value = serde_json::from_str(present).ok()?;
    for (field, place) in places() {
        let typed = form.number(field, t.rate_not_a_number());
        let (Some(typed), Some(slot)) = (typed, document.pointer_mut(&place)) else {
            continue;
        };
        let is_taken = !typed.is_sign_negative() && put(slot, typed);
        if !is_taken {
            form.refuse(field, t.policy_threshold_wrong());
        }
    }
    form.is_good().then(|| document.to_string())
}

/// Puts a number where the document has one: a count, a number written as text, or an amount with a unit.
fn put(slot: &mut Value, typed: Decimal) -> bool {
    match slot {
        Value::Number(_) => match typed.to_u32().filter(|_| typed.fract().is_zero()) {
            Some(count) => {
                *slot = count.into();
                true
            }
            None => false,
        },
        Value::Object(quantity) => {
            quantity.insert("amount".to_owned(), typed.to_string().into());
            true
        }
        other => {
            *other = typed.to_string().into();
            true
        }
    }
}
