//! A URDB tariff as read from a file: wrapped by its collector, bare, or in a list of items.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde_json::value::RawValue;

use crate::domain::rates::urdb::UrdbError;
use crate::domain::rates::urdb::fields::{
    Fields, ceiling, distinct, field_number, field_text, is_nothing, is_read, list, months, number,
    numbers, object, schedule,
};
use crate::domain::rates::urdb::lookback::{Lookback, lookback};
use crate::domain::rates::urdb::unpriced::{check_demand_units, demand_window, notes};

/// A URDB tariff.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UrdbTariff {
    /// Its identifier.
    pub label: String,
    /// Its name.
    pub name: String,
    /// The utility.
    pub utility: String,
    /// The first day it is in force, if given.
    pub start: Option<NaiveDate>,
    /// Prices of energy by period and tier, and the hours of the periods.
    pub energy: Option<Structure>,
    /// Prices of demand by time-of-use period and tier, and the hours of the periods.
    pub demand: Option<Structure>,
    /// Prices of the month's highest demand, and the month's place among them.
    pub flat_demand: Option<(Vec<Vec<Tier>>, [usize; 12])>,
    /// Over how many minutes demand is averaged, if given.
    pub demand_window: Option<Decimal>,
    /// How much of earlier demand is billed at the least.
    pub ratchet: Option<Lookback>,
    /// Fixed charges, each with what it is for.
    pub fixed: Vec<Dated>,
    /// Minimum charges, each with what it is for.
    pub minimums: Vec<Dated>,
    /// A price adjustment for each kWh, by month.
    pub fuel_adjustments: Option<Vec<Decimal>>,
    /// What the tariff holds and we do not price.
    pub notes: Vec<String>,
}

/// Periods with their tiers, and the period of every hour.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Structure {
    /// The tiers of each period.
    pub periods: Vec<Vec<Tier>>,
    /// The period by month and hour on weekdays.
    pub weekday: [[usize; 24]; 12],
    /// The period by month and hour on Saturdays and Sundays.
    pub weekend: [[usize; 24]; 12],
}

/// One tier of a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tier {
    /// Where it ends.
    pub max: Option<Decimal>,
    /// The price, its adjustment included.
    pub price: Decimal,
    /// The price paid for energy fed back, if given.
    pub sell: Option<Decimal>,
    /// What its end is counted in, in small letters.
    pub unit: String,
}

impl Tier {
    /// A tier without end that costs nothing.
    pub(super) fn free() -> Self {
        Self {
            max: None,
            price: Decimal::ZERO,
            sell: None,
            unit: "kwh".to_owned(),
        }
    }
}

/// An amount and what it is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dated {
    /// The amount.
    pub amount: Decimal,
    /// What it is for.
    pub per: Span,
}

/// What a fixed or minimum charge is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Span {
    /// A day; a month counts 365/12.
    Day,
    /// A month.
    Month,
    /// A year.
    Year,
}

/// Every tariff in a file.
///
/// # Errors
/// `NotJson`, `NoTariff`, or what is wrong with a field.
pub fn read_all<'a>(
    text: &'a str,
    changes: &'a BTreeMap<String, String>,
) -> Result<Vec<UrdbTariff>, UrdbError> {
    let raw: &'a RawValue =
        serde_json::from_str(text).map_err(|error| UrdbError::NotJson(error.to_string()))?;
    distinct(raw, 0)?;
    let mut objects = Vec::new();
    collect(raw, 0, &mut objects);
    if objects.is_empty() {
        return Err(UrdbError::NoTariff);
    }
    objects
        .into_iter()
        .map(|fields| tariff(fields, changes))
        .collect()
}

/// The one tariff in a file, or that at a place (from 1) or with a label.
///
/// # Errors
/// As [`read_all`]; `Several` where more than one fits, `NoLabel` where none does.
pub fn read_one(
    text: &str,
    wanted: Option<&str>,
    changes: &BTreeMap<String, String>,
) -> Result<UrdbTariff, UrdbError> {
    let mut tariffs = read_all(text, changes)?;
    let labels = tariffs.iter().map(|tariff| tariff.label.clone()).collect();
    if let Some(wanted) = wanted {
        let place = wanted
            .parse()
            .ok()
            .and_then(|place: usize| place.checked_sub(1));
        if let Some(place) = place.filter(|place| *place < tariffs.len()) {
            return Ok(tariffs.swap_remove(place));
        }
        tariffs.retain(|tariff| tariff.label == wanted);
        if tariffs.is_empty() {
            return Err(UrdbError::NoLabel(wanted.to_owned()));
        }
    }
    match tariffs.pop() {
        Some(only) if tariffs.is_empty() => Ok(only),
        Some(_) | None => Err(UrdbError::Several(labels)),
    }
}

/// Gathers the tariff objects of a file: bare, in `items`, wrapped as `urdb_original` or `tariff`, or by name in an object.
fn collect<'a>(raw: &'a RawValue, depth: usize, into: &mut Vec<Fields<'a>>) {
    if let Some(items) = list(raw).filter(|_| depth < 4) {
        for item in items {
            collect(item, depth + 1, into);
        }
        return;
    }
    let Some(fields) = object(raw).filter(|_| depth < 4) else {
        return;
    };
    let marks = [
        "energyratestructure",
        "demandratestructure",
        "flatdemandstructure",
        "fixedchargefirstmeter",
        "fixedmonthlycharge",
    ];
    if marks.iter().any(|mark| fields.contains_key(*mark)) {
        into.push(fields);
        return;
    }
    for wrapper in ["urdb_original", "tariff", "items"] {
        if let Some(inner) = fields.get(wrapper) {
            collect(inner, depth + 1, into);
            return;
        }
    }
    for inner in fields.values() {
        collect(inner, depth + 1, into);
    }
}

/// Field names are the same in all versions but for capital letters.
fn in_small_letters(fields: Fields<'_>) -> Result<Fields<'_>, UrdbError> {
    let mut lower = Fields::new();
    for (name, raw) in fields {
        if lower.insert(name.to_lowercase(), raw).is_some() {
            return Err(UrdbError::Twice(name));
        }
    }
    Ok(lower)
}

fn tariff<'a>(
    fields: Fields<'a>,
    changes: &'a BTreeMap<String, String>,
) -> Result<UrdbTariff, UrdbError> {
    let mut fields = in_small_letters(fields)?;
    let mut idle = Vec::new();
    for (name, change) in changes {
        let raw: &'a RawValue = serde_json::from_str(change)
            .map_err(|error| UrdbError::NotJson(format!("{name}={change}: {error}")))?;
        distinct(raw, 0)?;
        let lower = name.to_lowercase();
        if !fields.contains_key(&lower) && !is_read(&lower) {
            idle.push(format!(
                "{name}: no field of this name is read; setting it changed nothing"
            ));
        }
        fields.insert(lower, raw);
    }
    let named = |name: &str| field_text(&fields, name);
    let flat_demand = match structure(&fields, "flatdemandstructure")? {
        Some(periods) => {
            let by_month = months(&fields, "flatdemandmonths")?.unwrap_or([0; 12]);
            check_periods(
                by_month.iter(),
                periods.len(),
                ("flatdemandmonths", "flatdemandstructure"),
            )?;
            Some((periods, by_month))
        }
        None => None,
    };
    let mut tariff = UrdbTariff {
        label: named("label")
            .or_else(|| named("name"))
            .unwrap_or_else(|| "URDB".to_owned()),
        name: named("name")
            .or_else(|| named("label"))
            .unwrap_or_else(|| "URDB tariff".to_owned()),
        utility: named("utility").unwrap_or_default(),
        start: named("startdate").and_then(|text| day(&text)),
        energy: scheduled(
            &fields,
            (
                "energyratestructure",
                "energyweekdayschedule",
                "energyweekendschedule",
            ),
        )?,
        demand: scheduled(
            &fields,
            (
                "demandratestructure",
                "demandweekdayschedule",
                "demandweekendschedule",
            ),
        )?,
        flat_demand,
        demand_window: demand_window(&fields),
        ratchet: lookback(&fields)?,
        fixed: fixed_charges(&fields)?,
        minimums: minimum_charges(&fields)?,
        fuel_adjustments: fuel_adjustments(&fields)?,
        notes: notes(&fields),
    };
    let of_units = check_demand_units(&fields, &tariff)?;
    tariff.notes.extend(of_units);
    tariff.notes.extend(idle);
    Ok(tariff)
}

fn day(text: &str) -> Option<NaiveDate> {
    let seconds = Decimal::from_str_exact(text)
        .ok()
        .and_then(|seconds| seconds.trunc().to_i64());
    let by_clock = seconds
        .and_then(|seconds| DateTime::from_timestamp(seconds, 0))
        .map(|instant| instant.date_naive());
    by_clock.or_else(|| text.get(..10)?.parse().ok())
}

fn structure(fields: &Fields<'_>, name: &'static str) -> Result<Option<Vec<Vec<Tier>>>, UrdbError> {
    let Some(raw) = fields.get(name).filter(|raw| raw.get() != "null") else {
        return Ok(None);
    };
    let wrong = || UrdbError::Field {
        field: name.to_owned(),
        found: raw.get().chars().take(80).collect(),
        expected: "a list of periods, each a list of tiers",
    };
    let mut periods = Vec::new();
    for (place, period) in list(raw).ok_or_else(wrong)?.into_iter().enumerate() {
        let mut tiers = Vec::new();
        for (tier, raw) in list(period).ok_or_else(wrong)?.into_iter().enumerate() {
            let path = format!("{name}[{place}][{tier}]");
            tiers.push(read_tier(&object(raw).ok_or_else(wrong)?, &path)?);
        }
        if tiers.is_empty() {
            tiers.push(Tier::free());
        }
        periods.push(tiers);
    }
    Ok(if periods.is_empty() {
        None
    } else {
        Some(periods)
    })
}

fn read_tier(fields: &Fields<'_>, path: &str) -> Result<Tier, UrdbError> {
    let price = |name: &str| match fields.get(name).filter(|raw| !is_nothing(raw)) {
        Some(raw) => number(&format!("{path}.{name}"), raw).map(Some),
        None => Ok(None),
    };
    let rate = price("rate")?.unwrap_or_default();
    let adjustment = price("adj")?.unwrap_or_default();
    let too_large = || UrdbError::Field {
        field: format!("{path}.rate"),
        found: format!("{rate} with adj {adjustment}"),
        expected: "a price of at most 28 digits",
    };
    Ok(Tier {
        max: ceiling(fields, path)?,
        price: rate.checked_add(adjustment).ok_or_else(too_large)?,
        sell: price("sell")?,
        unit: field_text(fields, "unit")
            .unwrap_or_else(|| "kWh".to_owned())
            .to_lowercase(),
    })
}

fn check_periods<'a>(
    named: impl Iterator<Item = &'a usize>,
    have: usize,
    (schedule, structure): (&'static str, &'static str),
) -> Result<(), UrdbError> {
    match named.max() {
        Some(&period) if period >= have => Err(UrdbError::NoPeriod {
            schedule,
            period,
            structure,
            have,
        }),
        Some(_) | None => Ok(()),
    }
}

/// A structure with its hours; without a schedule, its first and only period is in force at all hours.
fn scheduled(
    fields: &Fields<'_>,
    (name, weekday_name, weekend_name): (&'static str, &'static str, &'static str),
) -> Result<Option<Structure>, UrdbError> {
    let Some(periods) = structure(fields, name)? else {
        return Ok(None);
    };
    let weekday = schedule(fields, weekday_name)?;
    let weekend = schedule(fields, weekend_name)?;
    let (weekday, weekend) = match (weekday, weekend) {
        (Some(weekday), Some(weekend)) => (weekday, weekend),
        (Some(both), None) | (None, Some(both)) => (both, both),
        (None, None) if periods.len() == 1 => ([[0; 24]; 12], [[0; 24]; 12]),
        (None, None) => {
            return Err(UrdbError::Unsupported {
                field: name.to_owned(),
                found: format!("{} periods", periods.len()),
                why: "no schedule says when each is in force",
            });
        }
    };
    check_periods(
        weekday.iter().flatten(),
        periods.len(),
        (weekday_name, name),
    )?;
    check_periods(
        weekend.iter().flatten(),
        periods.len(),
        (weekend_name, name),
    )?;
    Ok(Some(Structure {
        periods,
        weekday,
        weekend,
    }))
}

fn span(fields: &Fields<'_>, name: &str) -> Result<Span, UrdbError> {
    let Some(units) = field_text(fields, name) else {
        return Ok(Span::Month);
    };
    match units.to_lowercase().as_str() {
        "$/month" => Ok(Span::Month),
        "$/day" => Ok(Span::Day),
        "$/year" => Ok(Span::Year),
        _ => Err(UrdbError::Unsupported {
            field: name.to_owned(),
            found: units,
            why: "only $/month, $/day and $/year are known",
        }),
    }
}

fn fixed_charges(fields: &Fields<'_>) -> Result<Vec<Dated>, UrdbError> {
    let mut charges = Vec::new();
    if let Some(amount) = field_number(fields, "fixedchargefirstmeter")? {
        charges.push(Dated {
            amount,
            per: span(fields, "fixedchargeunits")?,
        });
    } else if let Some(amount) = field_number(fields, "fixedmonthlycharge")? {
        charges.push(Dated {
            amount,
            per: Span::Month,
        });
    }
    charges.retain(|charge| !charge.amount.is_zero());
    Ok(charges)
}

fn minimum_charges(fields: &Fields<'_>) -> Result<Vec<Dated>, UrdbError> {
    let mut charges = Vec::new();
    if let Some(amount) = field_number(fields, "mincharge")?.filter(|amount| !amount.is_zero()) {
        charges.push(Dated {
            amount,
            per: span(fields, "minchargeunits")?,
        });
    }
    for (name, per) in [
        ("minmonthlycharge", Span::Month),
        ("annualmincharge", Span::Year),
    ] {
        charges.extend(
            field_number(fields, name)?
                .filter(|amount| !amount.is_zero())
                .map(|amount| Dated { amount, per }),
        );
    }
    Ok(charges)
}

fn fuel_adjustments(fields: &Fields<'_>) -> Result<Option<Vec<Decimal>>, UrdbError> {
    let Some(adjustments) = numbers(fields, "fueladjustmentsmonthly")? else {
        return Ok(None);
    };
    if adjustments.iter().all(Decimal::is_zero) {
        return Ok(None);
    }
    if adjustments.len() != 12 {
        let found = format!("{} values", adjustments.len());
        return Err(UrdbError::Field {
            field: "fueladjustmentsmonthly".to_owned(),
            found,
            expected: "twelve prices",
        });
    }
    Ok(Some(adjustments))
}
