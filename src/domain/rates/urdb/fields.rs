//! The fields of a URDB object, read from their JSON text: decimals digit by digit, never through a binary fraction.

use std::collections::{BTreeMap, HashSet};
use std::fmt;

use rust_decimal::Decimal;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::domain::rates::urdb::UrdbError;

/// The fields that change a price or a name, in small letters.
const READ: [&str; 34] = [
    "annualmincharge",
    "coincidentrate",
    "coincidentratestructure",
    "demandratchetpercentage",
    "demandratestructure",
    "demandrateunit",
    "demandreactivepowercharge",
    "demandunits",
    "demandweekdayschedule",
    "demandweekendschedule",
    "demandwindow",
    "energyratestructure",
    "energyweekdayschedule",
    "energyweekendschedule",
    "fixedchargeeaaddl",
    "fixedchargefirstmeter",
    "fixedchargeunits",
    "fixedmonthlycharge",
    "flatdemandmonths",
    "flatdemandstructure",
    "flatdemandunit",
    "fueladjustmentsmonthly",
    "label",
    "lookbackmonths",
    "lookbackpercent",
    "lookbackrange",
    "mincharge",
    "minchargeunits",
    "minmonthlycharge",
    "name",
    "pdp_credit_demandratestructure",
    "pdp_credit_energyratestructure",
    "startdate",
    "utility",
];

/// Whether a field of this name, in small letters, has a say in what a tariff costs or is called.
pub(super) fn is_read(name: &str) -> bool {
    READ.contains(&name)
}

/// A JSON object whose values are still text.
pub(super) type Fields<'a> = BTreeMap<String, &'a RawValue>;

/// Reads an object; `None` where the text is something else.
pub(super) fn object(raw: &RawValue) -> Option<Fields<'_>> {
    serde_json::from_str(raw.get()).ok()
}

/// Reads a list; `None` where the text is something else.
pub(super) fn list(raw: &RawValue) -> Option<Vec<&RawValue>> {
    serde_json::from_str(raw.get()).ok()
}

/// Deeper than this nothing of a tariff is read.
const DEEPEST: usize = 12;

/// Makes sure that no object has a name twice: a reader would believe the last one, and never say so.
pub(super) fn distinct(raw: &RawValue, depth: usize) -> Result<(), UrdbError> {
    if depth > DEEPEST {
        return Ok(());
    }
    if let Some(items) = list(raw) {
        return items
            .into_iter()
            .try_for_each(|item| distinct(item, depth + 1));
    }
    let Ok(Entries(entries)) = serde_json::from_str(raw.get()) else {
        return Ok(());
    };
    let mut names = HashSet::new();
    for (name, value) in &entries {
        if !names.insert(name) {
            return Err(UrdbError::Twice(name.clone()));
        }
        distinct(value, depth + 1)?;
    }
    Ok(())
}

/// The entries of an object as they stand in the text.
struct Entries<'a>(Vec<(String, &'a RawValue)>);

impl<'de> Deserialize<'de> for Entries<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(EntriesVisitor)
    }
}

struct EntriesVisitor;

impl<'de> Visitor<'de> for EntriesVisitor {
    type Value = Entries<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Entries<'de>, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = map.next_entry()? {
            entries.push(entry);
        }
        Ok(Entries(entries))
    }
}

/// Whether a value counts as absent: null or an empty text.
pub(super) fn is_nothing(raw: &RawValue) -> bool {
    matches!(raw.get(), "null" | "\"\"")
}

/// A value as text, without its quotation marks.
pub(super) fn text(raw: &RawValue) -> String {
    serde_json::from_str::<String>(raw.get()).unwrap_or_else(|_not_text| raw.get().to_owned())
}

/// A field's text, if it is there.
pub(super) fn field_text(fields: &Fields<'_>, name: &str) -> Option<String> {
    fields
        .get(name)
        .filter(|raw| !is_nothing(raw))
        .map(|raw| text(raw))
}

fn refused(field: &str, raw: &RawValue, expected: &'static str) -> UrdbError {
    let found = raw.get().chars().take(80).collect();
    UrdbError::Field {
        field: field.to_owned(),
        found,
        expected,
    }
}

/// A number, from a JSON number or from a number written as text.
pub(super) fn number(field: &str, raw: &RawValue) -> Result<Decimal, UrdbError> {
    let text = text(raw);
    let text = text.trim().trim_start_matches('$');
    let parsed = if text.contains(['e', 'E']) {
        Decimal::from_scientific(text)
    } else {
        Decimal::from_str_exact(text)
    };
    parsed.map_err(|_not_exact| refused(field, raw, "a number of at most 28 digits"))
}

/// A field's number, if it is there.
pub(super) fn field_number(fields: &Fields<'_>, name: &str) -> Result<Option<Decimal>, UrdbError> {
    match fields.get(name).filter(|raw| !is_nothing(raw)) {
        Some(raw) => number(name, raw).map(Some),
        None => Ok(None),
    }
}

/// Where a block ends; a number too large to be exact stands for no end.
pub(super) fn ceiling(fields: &Fields<'_>, path: &str) -> Result<Option<Decimal>, UrdbError> {
    let Some(raw) = fields.get("max").filter(|raw| !is_nothing(raw)) else {
        return Ok(None);
    };
    let text = text(raw);
    let exponent = text
        .split_once(['e', 'E'])
        .and_then(|(_, exponent)| exponent.trim_start_matches('+').parse::<i32>().ok());
    if exponent.is_some_and(|exponent| exponent >= 20) {
        return Ok(None);
    }
    number(&format!("{path}.max"), raw).map(Some)
}

/// A list of numbers, if the field is there.
pub(super) fn numbers(fields: &Fields<'_>, name: &str) -> Result<Option<Vec<Decimal>>, UrdbError> {
    let Some(raw) = fields.get(name).filter(|raw| !is_nothing(raw)) else {
        return Ok(None);
    };
    let items = list(raw).ok_or_else(|| refused(name, raw, "a list of numbers"))?;
    items
        .iter()
        .map(|item| number(name, item))
        .collect::<Result<_, _>>()
        .map(Some)
}

/// Twelve places of periods, one for each month, if the field is there.
pub(super) fn months(fields: &Fields<'_>, name: &str) -> Result<Option<[usize; 12]>, UrdbError> {
    let Some(raw) = fields.get(name).filter(|raw| !is_nothing(raw)) else {
        return Ok(None);
    };
    let expected = "a list of twelve period numbers";
    let items: Vec<usize> = places(raw).ok_or_else(|| refused(name, raw, expected))?;
    <[usize; 12]>::try_from(items)
        .map(Some)
        .map_err(|_not_twelve| refused(name, raw, expected))
}

/// Twelve yeses and noes, written as `true` or as 1, if the field is there.
pub(super) fn flags(fields: &Fields<'_>, name: &str) -> Result<Option<[bool; 12]>, UrdbError> {
    let Some(raw) = fields.get(name).filter(|raw| !is_nothing(raw)) else {
        return Ok(None);
    };
    let expected = "a list of twelve yeses and noes";
    let items = list(raw).ok_or_else(|| refused(name, raw, expected))?;
    let flags: Vec<bool> = items
        .iter()
        .map(|item| text(item) == "true" || number(name, item).is_ok_and(|value| !value.is_zero()))
        .collect();
    <[bool; 12]>::try_from(flags)
        .map(Some)
        .map_err(|_not_twelve| refused(name, raw, expected))
}

/// A period for each hour of each month, if the field is there.
pub(super) fn schedule(
    fields: &Fields<'_>,
    name: &str,
) -> Result<Option<[[usize; 24]; 12]>, UrdbError> {
    let Some(raw) = fields.get(name).filter(|raw| !is_nothing(raw)) else {
        return Ok(None);
    };
    let refusal = || refused(name, raw, "twelve lists of twenty-four period numbers");
    let rows = list(raw).ok_or_else(refusal)?;
    let mut schedule = Vec::with_capacity(12);
    for row in rows {
        let hours: Option<[usize; 24]> = places(row).and_then(|hours| hours.try_into().ok());
        schedule.push(hours.ok_or_else(refusal)?);
    }
    schedule
        .try_into()
        .map(Some)
        .map_err(|_not_twelve: Vec<[usize; 24]>| refusal())
}

/// Whole numbers; some files write them as `3.0`.
fn places(raw: &RawValue) -> Option<Vec<usize>> {
    let items = list(raw)?;
    items
        .iter()
        .map(|item| {
            let text = text(item);
            text.split_once('.')
                .map_or(text.as_str(), |(whole, _)| whole)
                .parse()
                .ok()
        })
        .collect()
}
