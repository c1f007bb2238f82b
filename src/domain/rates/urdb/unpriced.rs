//! What a URDB tariff holds and we do not price: noted, or refused where leaving it out would be wrong.

use rust_decimal::Decimal;
use serde_json::value::RawValue;

use crate::domain::rates::urdb::UrdbError;
use crate::domain::rates::urdb::fields::{Fields, field_text, list, number, object, text};
use crate::domain::rates::urdb::tariff::{Tier, UrdbTariff};

/// Fields that hold prices we do not price, with the reason; a note says so where they are not zero.
const UNPRICED: &[(&str, &str)] = &[
    (
        "coincidentratestructure",
        "coincident demand needs the hour of the system's peak",
    ),
    (
        "coincidentrate",
        "coincident demand needs the hour of the system's peak",
    ),
    (
        "demandreactivepowercharge",
        "reactive power is not in the load",
    ),
    ("fixedchargeeaaddl", "only the first meter is billed"),
    ("pdp_charge_energy", "event days are not known"),
    ("pdp_credit_energyratestructure", "event days are not known"),
    ("pdp_credit_demandratestructure", "event days are not known"),
];

/// Demand is priced by the month, in kW; kVA counts as kW, and the note says so. A load in kWh says nothing of connected horsepower.
pub(super) fn check_demand_units(
    fields: &Fields<'_>,
    tariff: &UrdbTariff,
) -> Result<Vec<String>, UrdbError> {
    let flat = tariff.flat_demand.as_ref().map(|(periods, _)| periods);
    let by_time = tariff.demand.as_ref().map(|demand| &demand.periods);
    let priced = |periods: Option<&Vec<Vec<Tier>>>| -> Vec<String> {
        let tiers = periods.into_iter().flatten().flatten();
        tiers
            .filter(|tier| !tier.price.is_zero())
            .map(|tier| tier.unit.clone())
            .filter(|unit| unit != "kwh")
            .collect()
    };
    let is_priced = |periods: Option<&Vec<Vec<Tier>>>| {
        periods.is_some_and(|periods| periods.iter().flatten().any(|tier| !tier.price.is_zero()))
    };
    let (has_flat, has_demand) = (is_priced(flat), is_priced(by_time));
    let mut units: Vec<(&str, String)> = Vec::new();
    for (name, matters) in [
        ("flatdemandunit", has_flat),
        ("demandrateunit", has_demand),
        ("demandunits", has_flat || has_demand),
    ] {
        units.extend(
            field_text(fields, name)
                .filter(|_| matters)
                .map(|unit| (name, unit)),
        );
    }
    units.extend(
        priced(flat)
            .into_iter()
            .map(|unit| ("flatdemandstructure unit", unit)),
    );
    units.extend(
        priced(by_time)
            .into_iter()
            .map(|unit| ("demandratestructure unit", unit)),
    );
    let mut notes = Vec::new();
    for (name, unit) in units {
        match unit.to_lowercase().as_str() {
            "kw" => {}
            "kva" => notes.push(format!(
                "{name} is {unit}: counted as kW, since the load says nothing of a power factor"
            )),
            _ => {
                return Err(UrdbError::Unsupported {
                    field: name.to_owned(),
                    found: unit,
                    why: "demand is priced by the month, in kW or kVA",
                });
            }
        }
    }
    if tariff.ratchet.is_some() && !has_flat {
        notes.push(
            "earlier demand is not looked back at: the tariff prices no demand of the whole month"
                .to_owned(),
        );
    }
    notes.dedup();
    Ok(notes)
}

pub(super) fn notes(fields: &Fields<'_>) -> Vec<String> {
    let mut notes = Vec::new();
    for (name, why) in UNPRICED {
        if fields.get(*name).is_some_and(|raw| has_price(raw, 0)) {
            notes.push(format!("{name} is not priced: {why}"));
        }
    }
    if let Some(window) =
        field_text(fields, "demandwindow").filter(|_| demand_window(fields).is_none())
    {
        notes.push(format!("demandwindow is {window}, no number of minutes: demand is the highest average over the load's own intervals"));
    }
    notes
}

/// The minutes over which demand is averaged, if they are a number.
pub(super) fn demand_window(fields: &Fields<'_>) -> Option<Decimal> {
    let raw = fields.get("demandwindow")?;
    number("demandwindow", raw).ok()
}

/// Whether any number in a value is not zero.
fn has_price(raw: &RawValue, depth: usize) -> bool {
    if depth > 4 {
        return false;
    }
    if let Some(items) = list(raw) {
        return items.into_iter().any(|item| has_price(item, depth + 1));
    }
    if let Some(fields) = object(raw) {
        return fields.values().any(|item| has_price(item, depth + 1));
    }
    number("", raw).is_ok_and(|value| !value.is_zero()) && text(raw) != "null"
}
