//! Places and the points where one commodity each is delivered to them: opened by the office before anybody is served there, and mended when
//! something about them was wrong.

use serde_json::json;

use crate::domain::ids::{CycleId, PremiseId, ServicePointId};
use crate::domain::premises::{Commodity, LONGEST_LINE, is_on_earth, is_postal_code, is_state};
use crate::store;
use crate::store::audit::{self, Deed};
use crate::store::bulk::reserve;
use crate::store::cycles;
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::store::outage_areas;
use crate::store::place_merges;
use crate::store::premises::{self, PremiseRow, ServicePointRow};
use crate::store::sql_types::Exact;
use crate::usecases::accounts::NewPremise;
use crate::usecases::seen::Unseen;

/// The most homes at one place.
const MOST_UNITS: i32 = 10_000;

/// How many accounts are indexed for the search at once.
const INDEXED: usize = 500;

/// Why a place or a point was not taken.
#[derive(Debug, thiserror::Error)]
pub enum PlaceError {
    /// An address begins with a number and a street.
    #[error("the number and street are missing")]
    StreetMissing,
    /// An address has a city.
    #[error("the city is missing")]
    CityMissing,
    /// A line that no envelope shows.
    #[error("a line of an address has at most {LONGEST_LINE} characters")]
    LineTooLong,
    /// Two letters that are no state.
    #[error("there is no such state")]
    State,
    /// No ZIP code.
    #[error("a ZIP code has five digits, or nine with a hyphen")]
    PostalCode,
    /// Fewer than none, or more than a place has.
    #[error("a place has from 0 to {MOST_UNITS} homes")]
    DwellingUnits,
    /// An area below nothing.
    #[error("an area is not below zero")]
    Area,
    /// No point of the earth.
    #[error("there is no such point of the earth")]
    Point,
    /// There is no such cycle.
    #[error("there is no such bill cycle")]
    NoSuchCycle,
    /// The address is known.
    #[error("this address is premise {0} already")]
    KnownAddress(PremiseId),
    /// The place has a point of this commodity under this name.
    #[error("the place has such a point already")]
    KnownPoint,
    /// The place became one with another: what is to be said is said of that one.
    #[error("the place became one with premise {0}")]
    Merged(PremiseId),
    /// The rows could not be read or written.
    #[error(transparent)]
    Fault(#[from] StoreError),
}

/// A place not known before, and the cycle that is suggested for a new account there.
///
/// # Errors
/// What is wrong with the address or its facts, `KnownAddress`, `NoSuchCycle`, or a fault.
pub fn open_premise(
    tx: &mut Tx<'_>,
    new: &NewPremise,
    cycle: Option<CycleId>,
) -> Result<PremiseId, PlaceError> {
    let new = trimmed(new);
    check(&new)?;
    check_cycle(tx, cycle)?;
    let reserved = reserve(tx, "premises", 1)?.into_iter().next();
    let id = PremiseId(reserved.ok_or(StoreError::Missing("reserved id"))?);
    let row = premise_row(id, &new, cycle);
    premises::lock_addresses(tx)?;
    if let Some(known) = premises::find_same(tx, &row.search_text)? {
        return Err(PlaceError::KnownAddress(known));
    }
    premises::insert_all_rows(tx, &[row])?;
    record(tx, id, "premise.opened", json!({ "cycle": cycle }))?;
    Ok(id)
}

/// Says of a place what is right. The search finds whoever is or was served there by the new address. Saying the same again changes nothing.
///
/// # Errors
/// As [`open_premise`]; `Merged`; that there is no such place.
pub fn change_premise(
    tx: &mut Tx<'_>,
    id: PremiseId,
    new: &NewPremise,
    cycle: Option<CycleId>,
) -> Result<(), PlaceError> {
    let old = premises::get(tx, id)?;
    let new = trimmed(new);
    check(&new)?;
    check_cycle(tx, cycle)?;
    let row = premise_row(id, &new, cycle);
    premises::lock_addresses(tx)?;
    check_own(tx, id)?;
    if let Some(known) = premises::find_same(tx, &row.search_text)?.filter(|known| *known != id) {
        return Err(PlaceError::KnownAddress(known));
    }
    let changed = differences(&old, &row);
    if changed.is_empty() {
        return Ok(());
    }
    premises::replace(tx, &row)?;
    let accounts = premises::list_accounts(tx, id)?;
    for some in accounts.chunks(INDEXED) {
        store::search::index_accounts(tx, some)?;
    }
    for account in accounts {
        tx.touch(account);
    }
    Ok(record(
        tx,
        id,
        "premise.changed",
        json!({ "changed": changed }),
    )?)
}

/// `change_premise`, where the place still stands as it was seen, or stands already as it is to be.
///
/// # Errors
/// `ChangedSince` with the place as it is, or why it is refused.
pub fn change_seen_premise(
    tx: &mut Tx<'_>,
    id: PremiseId,
    seen: Option<&(NewPremise, Option<CycleId>)>,
    new: &(NewPremise, Option<CycleId>),
) -> Result<(), Unseen<PremiseRow, PlaceError>> {
    premises::lock_addresses(tx)?;
    let now = premises::get(tx, id)?;
    let is_so = |(place, cycle): &(NewPremise, Option<CycleId>)| {
        differences(&premise_row(id, &trimmed(place), *cycle), &now).is_empty()
    };
    if seen.is_some_and(|seen| !is_so(seen)) && !is_so(new) {
        return Err(Unseen::ChangedSince(Box::new(now)));
    }
    change_premise(tx, id, &new.0, new.1).map_err(Unseen::Refused)
}

fn differences(old: &PremiseRow, new: &PremiseRow) -> Vec<&'static str> {
    let is_other = [
        ("line_1", old.line_1 != new.line_1),
        ("unit", old.unit != new.unit),
        ("city", old.city != new.city),
        ("state", old.state != new.state),
        ("postal_code", old.postal_code != new.postal_code),
        (
            "point",
            (old.latitude, old.longitude) != (new.latitude, new.longitude),
        ),
        (
            "impervious_sqft",
            old.impervious_sqft != new.impervious_sqft,
        ),
        ("dwelling_units", old.dwelling_units != new.dwelling_units),
        ("cycle", old.cycle_id != new.cycle_id),
    ];
    let changed = is_other.into_iter().filter(|(_, is_other)| *is_other);
    changed.map(|(field, _)| field).collect()
}

/// The same place, written plainly.
pub(in crate::usecases) fn trimmed(new: &NewPremise) -> NewPremise {
    let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let unit = new.unit.as_deref().map(plain);
    NewPremise {
        line_1: plain(&new.line_1),
        unit: unit.filter(|unit| !unit.is_empty()),
        city: plain(&new.city),
        state: new.state.trim().to_uppercase(),
        postal_code: new.postal_code.trim().to_owned(),
        ..new.clone()
    }
}

/// Whether everything that is said of a place can be.
///
/// # Errors
/// The first thing that cannot.
pub fn check(new: &NewPremise) -> Result<(), PlaceError> {
    if new.line_1.is_empty() {
        return Err(PlaceError::StreetMissing);
    }
    if new.city.is_empty() {
        return Err(PlaceError::CityMissing);
    }
    let unit = new.unit.as_deref().unwrap_or_default();
    let mut lines = [new.line_1.as_str(), unit, new.city.as_str()].into_iter();
    if lines.any(|line| line.chars().count() > LONGEST_LINE) {
        return Err(PlaceError::LineTooLong);
    }
    if !is_state(&new.state) {
        return Err(PlaceError::State);
    }
    if !is_postal_code(&new.postal_code) {
        return Err(PlaceError::PostalCode);
    }
    if !(0..=MOST_UNITS).contains(&new.dwelling_units) {
        return Err(PlaceError::DwellingUnits);
    }
    if new
        .impervious_sqft
        .is_some_and(|area| area.is_sign_negative())
    {
        return Err(PlaceError::Area);
    }
    if new.point.is_some_and(|point| !is_on_earth(point)) {
        return Err(PlaceError::Point);
    }
    Ok(())
}

fn check_cycle(tx: &mut Tx<'_>, cycle: Option<CycleId>) -> Result<(), PlaceError> {
    let Some(id) = cycle else { return Ok(()) };
    match cycles::get(tx, id) {
        Ok(_) => Ok(()),
        Err(StoreError::Missing(_)) => Err(PlaceError::NoSuchCycle),
        Err(fault) => Err(fault.into()),
    }
}

/// Whether a place is one of its own.
fn check_own(tx: &mut Tx<'_>, id: PremiseId) -> Result<(), PlaceError> {
    match place_merges::merged_into(tx, id)? {
        Some(kept) => Err(PlaceError::Merged(kept)),
        None => Ok(()),
    }
}

/// A point at a place where a commodity is delivered. A second one of the same commodity has a name of its own.
///
/// # Errors
/// `KnownPoint`, `LineTooLong`, `Merged`, that there is no such place, or a fault.
pub fn open_point(
    tx: &mut Tx<'_>,
    premise: PremiseId,
    commodity: Commodity,
    label: Option<&str>,
) -> Result<ServicePointId, PlaceError> {
    premises::lock(tx, premise)?;
    check_own(tx, premise)?;
    let label = label.map(str::trim).filter(|label| !label.is_empty());
    if label.is_some_and(|label| label.chars().count() > LONGEST_LINE) {
        return Err(PlaceError::LineTooLong);
    }
    let known = premises::list_points_at(tx, premise)?;
    let is_same =
        |point: &ServicePointRow| point.commodity == commodity && point.label.as_deref() == label;
    if known.iter().any(is_same) {
        return Err(PlaceError::KnownPoint);
    }
    let reserved = reserve(tx, "service_points", 1)?.into_iter().next();
    let id = ServicePointId(reserved.ok_or(StoreError::Missing("reserved id"))?);
    let row = ServicePointRow {
        id,
        premise_id: premise,
        commodity,
        label: label.map(str::to_owned),
        facts: "{}".to_owned(),
        feeder: None,
    };
    premises::insert_service_points(tx, &[row])?;
    let facts = json!({ "point": id, "commodity": commodity });
    record(tx, premise, "service_point.opened", facts)?;
    Ok(id)
}

/// The name of a feeder as it is kept: its words with one space between; nothing where there are none.
///
/// # Errors
/// `LineTooLong`.
pub(in crate::usecases) fn feeder_name(typed: &str) -> Result<Option<String>, PlaceError> {
    let name = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.chars().count() > LONGEST_LINE {
        return Err(PlaceError::LineTooLong);
    }
    Ok(Some(name).filter(|name| !name.is_empty()))
}

/// Says which feeder, circuit or main serves a point; none where the name is empty. Saying the same again changes nothing. Says where the
/// point is.
///
/// # Errors
/// `LineTooLong`, that there is no such point, or a fault.
pub fn name_feeder(
    tx: &mut Tx<'_>,
    point: ServicePointId,
    typed: &str,
) -> Result<PremiseId, PlaceError> {
    let feeder = feeder_name(typed)?;
    let before = premises::get_point(tx, point)?;
    if before.feeder == feeder {
        return Ok(before.premise_id);
    }
    premises::set_feeder(tx, point, feeder.as_deref())?;
    let facts = json!({ "point": point, "before": before.feeder, "feeder": feeder });
    record(tx, before.premise_id, "service_point.feeder_named", facts)?;
    Ok(before.premise_id)
}

/// Says of all places that have a point of the earth which feeder brings them a commodity: the feeders lie from south to north, and each serves
/// as many places. One deed for each feeder.
///
/// # Errors
/// `LineTooLong`, or a fault.
pub fn name_feeders_northward(
    tx: &mut Tx<'_>,
    commodity: Commodity,
    feeders: &[&str],
) -> Result<(), PlaceError> {
    let (mut places, _) = outage_areas::list_spots(tx)?;
    places.sort_by_key(|(_, spot)| spot.north);
    let each = places.len().div_ceil(feeders.len().max(1)).max(1);
    for (feeder, served) in feeders.iter().zip(places.chunks(each)) {
        let ids: Vec<PremiseId> = served.iter().map(|(place, _)| *place).collect();
        name_feeder_at(tx, (commodity, feeder), &ids)?;
    }
    Ok(())
}

fn name_feeder_at(
    tx: &mut Tx<'_>,
    (commodity, typed): (Commodity, &str),
    places: &[PremiseId],
) -> Result<(), PlaceError> {
    let Some(feeder) = feeder_name(typed)? else {
        return Ok(());
    };
    let points = premises::set_feeder_at(tx, (commodity, &feeder), places)?;
    let deed = Deed {
        action: "feeder.named",
        subject_kind: "feeder",
        subject_id: feeder,
        account_id: None,
        facts: json!({ "commodity": commodity, "points": points }),
    };
    Ok(audit::insert(tx, &deed)?)
}

fn record(
    tx: &mut Tx<'_>,
    premise: PremiseId,
    action: &str,
    facts: serde_json::Value,
) -> Result<(), StoreError> {
    let deed = Deed {
        action,
        subject_kind: "premise",
        subject_id: premise.to_string(),
        account_id: None,
        facts,
    };
    audit::insert(tx, &deed)
}

/// A place's row, with the words that the search reads.
pub(in crate::usecases) fn premise_row(
    id: PremiseId,
    new: &NewPremise,
    cycle_id: Option<CycleId>,
) -> PremiseRow {
    let words = [
        Some(&new.line_1),
        new.unit.as_ref(),
        Some(&new.city),
        Some(&new.postal_code),
    ];
    let search_text = words
        .into_iter()
        .flatten()
        .map(|word| word.to_lowercase())
        .collect::<Vec<_>>()
        .join(" ");
    PremiseRow {
        id,
        line_1: new.line_1.clone(),
        unit: new.unit.clone(),
        city: new.city.clone(),
        state: new.state.clone(),
        postal_code: new.postal_code.clone(),
        search_text,
        latitude: new.point.map(|(latitude, _)| Exact(latitude)),
        longitude: new.point.map(|(_, longitude)| Exact(longitude)),
        impervious_sqft: new.impervious_sqft.map(Exact),
        dwelling_units: new.dwelling_units,
        cycle_id,
    }
}
