//! What changed from one version of a schedule to the next, for the rate office: keys and values, no sentences.

use std::collections::BTreeSet;

use serde::Serialize;
use serde_json::{Map, Value};

use crate::domain::rates::schedule::RateSchedule;

/// One change between two versions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// What kind of thing changed.
    pub kind: ChangeKind,
    /// The charge's code, factor, quantity, season or calendar; empty for the schedule itself.
    pub subject: String,
    /// The place within it, such as `usage.rate.blocks.1.price`; empty where it is new or gone as a whole.
    pub field: String,
    /// What it was; nothing where it is new.
    pub before: Option<String>,
    /// What it is; nothing where it is gone.
    pub after: Option<String>,
}

/// What kind of thing changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChangeKind {
    /// The schedule's own fields: name, dates, proration.
    Schedule,
    /// A charge.
    Charge,
    /// The order of the charges.
    Order,
    /// A dated factor.
    Factor,
    /// A quantity.
    Quantity,
    /// What is measured.
    Measure,
    /// A season.
    Season,
    /// A calendar.
    Calendar,
}

/// Every change from the old version to the new one, in the order of the document.
#[must_use]
pub fn diff(old: &RateSchedule, new: &RateSchedule) -> Vec<Change> {
    let (old, new) = (fields(old), fields(new));
    let mut changes = Vec::new();
    let listed = [
        "charges",
        "factors",
        "quantities",
        "measures",
        "peaks",
        "seasons",
        "calendars",
        "version",
    ];
    for key in keys(&old, &new)
        .into_iter()
        .filter(|key| !listed.contains(&key.as_str()))
    {
        compare(
            (ChangeKind::Schedule, ""),
            key.clone(),
            (old.get(&key), new.get(&key)),
            &mut changes,
        );
    }
    charges(&old, &new, &mut changes);
    let groups = [
        ("factors", ChangeKind::Factor),
        ("quantities", ChangeKind::Quantity),
        ("measures", ChangeKind::Measure),
        ("peaks", ChangeKind::Measure),
        ("seasons", ChangeKind::Season),
        ("calendars", ChangeKind::Calendar),
    ];
    for (group, kind) in groups {
        let none = Map::new();
        let members =
            |document: &Map<String, Value>| document.get(group).and_then(Value::as_object).cloned();
        let (before, after) = (
            members(&old).unwrap_or_else(|| none.clone()),
            members(&new).unwrap_or(none),
        );
        for key in keys(&before, &after) {
            compare(
                (kind, &key),
                String::new(),
                (before.get(&key), after.get(&key)),
                &mut changes,
            );
        }
    }
    changes
}

/// The charges that changed, came and went, and their order.
fn charges(old: &Map<String, Value>, new: &Map<String, Value>, changes: &mut Vec<Change>) {
    let (before, after) = (by_code(old.get("charges")), by_code(new.get("charges")));
    for (code, charge) in &before {
        let now = after
            .iter()
            .find(|(other, _)| other == code)
            .map(|(_, charge)| charge);
        compare(
            (ChangeKind::Charge, code),
            String::new(),
            (Some(charge), now),
            changes,
        );
    }
    for (code, charge) in after
        .iter()
        .filter(|(code, _)| before.iter().all(|(other, _)| other != code))
    {
        compare(
            (ChangeKind::Charge, code),
            String::new(),
            (None, Some(charge)),
            changes,
        );
    }
    order(&before, &after, changes);
}

fn fields(document: &RateSchedule) -> Map<String, Value> {
    match serde_json::to_value(document) {
        Ok(Value::Object(fields)) => fields,
        Ok(_) | Err(_) => Map::new(),
    }
}

fn keys(old: &Map<String, Value>, new: &Map<String, Value>) -> BTreeSet<String> {
    old.keys().chain(new.keys()).cloned().collect()
}

/// The charges by code, each without its code and with how it is worked out one level up.
fn by_code(charges: Option<&Value>) -> Vec<(String, Value)> {
    let charges = charges
        .and_then(Value::as_array)
        .map(Vec::as_slice)
        .unwrap_or_default();
    charges
        .iter()
        .filter_map(|charge| {
            let mut fields = charge.as_object()?.clone();
            let code = fields.remove("code")?.as_str()?.to_owned();
            if let Some(Value::Object(how)) = fields.remove("how") {
                fields.extend(how);
            }
            Some((code, Value::Object(fields)))
        })
        .collect()
}

/// The order of charges that both versions have, where it differs.
fn order(before: &[(String, Value)], after: &[(String, Value)], changes: &mut Vec<Change>) {
    let shared = |list: &[(String, Value)], other: &[(String, Value)]| {
        let codes = list
            .iter()
            .map(|(code, _)| code.as_str())
            .filter(|code| other.iter().any(|(known, _)| known == code));
        codes.collect::<Vec<_>>().join(", ")
    };
    let (old, new) = (shared(before, after), shared(after, before));
    if old != new {
        let (before, after) = (Some(old), Some(new));
        changes.push(Change {
            kind: ChangeKind::Order,
            subject: String::new(),
            field: String::new(),
            before,
            after,
        });
    }
}

/// Compares two values; where both are objects or lists, what is inside them.
fn compare(
    subject: (ChangeKind, &str),
    field: String,
    values: (Option<&Value>, Option<&Value>),
    changes: &mut Vec<Change>,
) {
    if values.0 == values.1 {
        return;
    }
    let inner = |key: &str| {
        if field.is_empty() {
            key.to_owned()
        } else {
            format!("{field}.{key}")
        }
    };
    match values {
        (Some(Value::Object(old)), Some(Value::Object(new))) => {
            for key in keys(old, new) {
                compare(
                    subject,
                    inner(&key),
                    (old.get(&key), new.get(&key)),
                    changes,
                );
            }
        }
        (Some(Value::Array(old)), Some(Value::Array(new))) => {
            for place in 0..old.len().max(new.len()) {
                compare(
                    subject,
                    inner(&place.to_string()),
                    (old.get(place), new.get(place)),
                    changes,
                );
            }
        }
        (before, after) => changes.push(Change {
            kind: subject.0,
            subject: subject.1.to_owned(),
            field,
            before: before.map(shown),
            after: after.map(shown),
        }),
    }
}

fn shown(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}
