//! Routes: opened, and their stops put in order, by hand or by a file. Every change of an order gives all turns anew in a fixed number of
//! statements.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde_json::json;

use crate::domain::ids::{AccountNumber, CycleId, ReadRouteId, ServicePointId};
use crate::domain::routes::{Place, expected, placed, turn};
use crate::store::audit::{self, Deed};
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::routes::{self, Dial, RouteRow, Spot, StopRow};
use crate::store::{cycles, premises};

/// The longest code or name of a route, in characters.
pub const LONGEST_NAME: usize = 60;

/// The longest note for readers, in characters.
pub const LONGEST_NOTE: usize = 200;

/// Why a route was not opened or changed.
#[derive(Debug, thiserror::Error)]
pub enum RouteError {
    /// A route has a code and a name.
    #[error("the code or the name is missing")]
    NameMissing,
    /// More words than are kept.
    #[error("at most {LONGEST_NAME} letters")]
    NameTooLong,
    /// Another route has this code.
    #[error("the code is known")]
    CodeKnown,
    /// There is no such cycle.
    #[error("there is no such bill cycle")]
    NoSuchCycle,
    /// Nothing was chosen.
    #[error("no stop was chosen")]
    NoneChosen,
    /// More words than are kept.
    #[error("at most {LONGEST_NOTE} letters")]
    NoteTooLong,
    /// Points that are not ours, such as of a file of somebody else's.
    #[error("there are no such points: {0:?}")]
    NoSuchPoints(Vec<ServicePointId>),
    /// A fault.
    #[error(transparent)]
    Fault(#[from] StoreError),
}

/// A register on a reading sheet.
#[derive(Debug, Clone)]
pub struct Reading {
    /// The register.
    pub dial: Dial,
    /// What it showed last, and when.
    pub last: Option<(NaiveDate, Decimal)>,
    /// Between which values it is expected.
    pub expected: Option<(Decimal, Decimal)>,
}

/// A stop on a reading sheet.
#[derive(Debug, Clone)]
pub struct Stop {
    /// Its turn and note.
    pub row: StopRow,
    /// Where it is.
    pub spot: Spot,
    /// What is read there.
    pub readings: Vec<Reading>,
    /// Who is served there.
    pub account: Option<AccountNumber>,
}

/// Opens a route for a cycle.
///
/// # Errors
/// `NameMissing`, `NameTooLong`, `CodeKnown`, `NoSuchCycle`, or a fault.
pub fn open(tx: &mut Tx<'_>, (code, name): (&str, &str), cycle: CycleId) -> Result<(), RouteError> {
    let (code, name) = (code.trim(), name.trim());
    if code.is_empty() || name.is_empty() {
        return Err(RouteError::NameMissing);
    }
    if [code, name]
        .iter()
        .any(|text| text.chars().count() > LONGEST_NAME)
    {
        return Err(RouteError::NameTooLong);
    }
    match cycles::get(tx, cycle) {
        Ok(_) => {}
        Err(StoreError::Missing(_)) => return Err(RouteError::NoSuchCycle),
        Err(fault) => return Err(fault.into()),
    }
    routes::lock_all(tx)?;
    if routes::list(tx)?.iter().any(|row| row.code == code) {
        return Err(RouteError::CodeKnown);
    }
    routes::insert(tx, (code, name), cycle).map_err(|error| match error {
        // Somebody else opened it at the same moment: routes that are not there yet hold nobody back.
        StoreError::Conflict(_) => RouteError::CodeKnown,
        other @ (StoreError::Missing(_)
        | StoreError::NotShared
        | StoreError::Unreadable(_)
        | StoreError::Unavailable(_)
        | StoreError::Abandoned(_)
        | StoreError::Broken(_)) => RouteError::Fault(other),
    })?;
    Ok(record(tx, "route.opened", code, json!({ "cycle": cycle }))?)
}

/// Puts points on a route, in the order in which they are given; whatever route they were on before.
///
/// # Errors
/// `NoneChosen`, `NoSuchPoints`, that there is no such route, or a fault.
pub fn place(
    tx: &mut Tx<'_>,
    id: ReadRouteId,
    points: &[ServicePointId],
    at: Place,
) -> Result<(), RouteError> {
    let (route, order) = begin(tx, id, points)?;
    let order = placed(&order, points, at);
    write(tx, &route, &order, &HashMap::new())?;
    let facts = json!({ "placed": points.len(), "stops": order.len() });
    Ok(record(tx, "route.ordered", &route.code, facts)?)
}

/// Takes points off a route.
///
/// # Errors
/// `NoneChosen`, that there is no such route or a point is not on it, or a fault.
pub fn take_off(
    tx: &mut Tx<'_>,
    id: ReadRouteId,
    points: &[ServicePointId],
) -> Result<(), RouteError> {
    let (route, order) = begin(tx, id, points)?;
    on_route(&order, points)?;
    let gone = routes::remove(tx, points)?;
    Ok(record(
        tx,
        "route.stops_removed",
        &route.code,
        json!({ "stops": gone }),
    )?)
}

/// Writes what a reader should know at stops; nothing where the note is empty.
///
/// # Errors
/// `NoneChosen`, `NoteTooLong`, that there is no such route or a point is not on it, or a fault.
pub fn note(
    tx: &mut Tx<'_>,
    id: ReadRouteId,
    points: &[ServicePointId],
    note: &str,
) -> Result<(), RouteError> {
    let note = note.trim();
    if note.chars().count() > LONGEST_NOTE {
        return Err(RouteError::NoteTooLong);
    }
    let (route, order) = begin(tx, id, points)?;
    on_route(&order, points)?;
    let notes = points.iter().map(|point| (*point, note.to_owned()));
    write(tx, &route, &order, &notes.collect())?;
    let facts = json!({ "stops": points.len() });
    Ok(record(tx, "route.noted", &route.code, facts)?)
}

/// Takes the order of a route from a file: its points in their order, with their notes. Points of the route that the file leaves out stay behind
/// the others.
///
/// # Errors
/// `NoneChosen`, `NoSuchPoints`, `NoteTooLong`, that there is no such route, or a fault.
pub fn import(
    tx: &mut Tx<'_>,
    id: ReadRouteId,
    lines: &[(ServicePointId, Option<String>)],
) -> Result<(), RouteError> {
    let points: Vec<ServicePointId> = lines.iter().map(|(point, _)| *point).collect();
    let mut notes = lines.iter().filter_map(|(_, note)| note.as_deref());
    if notes.any(|note| note.chars().count() > LONGEST_NOTE) {
        return Err(RouteError::NoteTooLong);
    }
    let (route, order) = begin(tx, id, &points)?;
    let order = placed(&order, &points, Place::First);
    let notes = lines
        .iter()
        .filter_map(|(point, note)| Some((*point, note.clone()?)));
    write(tx, &route, &order, &notes.collect())?;
    let facts = json!({ "lines": points.len(), "stops": order.len() });
    Ok(record(tx, "route.imported", &route.code, facts)?)
}

/// A stop in the order of its route.
#[derive(Debug, Clone)]
pub struct Turn {
    /// Its turn and note.
    pub row: StopRow,
    /// Where it is.
    pub spot: Spot,
    /// The numbers on the meters that hang there.
    pub serials: Vec<String>,
}

/// A route with its stops in their order, without what is read there. A fixed number of queries.
///
/// # Errors
/// That there is no such route, or a fault.
pub fn order(conn: &mut Conn, id: ReadRouteId) -> Result<(RouteRow, Vec<Turn>), StoreError> {
    let route = routes::get(conn, id)?;
    let rows = routes::list_stops(conn, id)?;
    let points: Vec<ServicePointId> = rows.iter().map(|row| row.service_point_id).collect();
    let mut spots = routes::list_spots(conn, &points)?;
    let mut serials: BTreeMap<ServicePointId, Vec<String>> = BTreeMap::new();
    for dial in routes::list_dials(conn, &points)? {
        let all = serials.entry(dial.point).or_default();
        // A meter with several registers is one meter.
        if !all.contains(&dial.serial) {
            all.push(dial.serial);
        }
    }
    let turn = |row: StopRow| {
        let point = row.service_point_id;
        Some(Turn {
            spot: spots.remove(&point)?,
            serials: serials.remove(&point).unwrap_or_default(),
            row,
        })
    };
    Ok((route, rows.into_iter().filter_map(turn).collect()))
}

/// A route with its stops on a day, as it is read. A fixed number of queries.
///
/// # Errors
/// That there is no such route, or a fault.
pub fn sheet(
    conn: &mut Conn,
    id: ReadRouteId,
    on: NaiveDate,
) -> Result<(RouteRow, Vec<Stop>), StoreError> {
    let route = routes::get(conn, id)?;
    let rows = routes::list_stops(conn, id)?;
    let points: Vec<ServicePointId> = rows.iter().map(|row| row.service_point_id).collect();
    let mut spots = routes::list_spots(conn, &points)?;
    let dials = routes::list_dials(conn, &points)?;
    let registers: Vec<_> = dials.iter().map(|dial| dial.register).collect();
    let reads = routes::list_reads(conn, &registers, on)?;
    let mut served = routes::list_served(conn, &points, on)?;
    let mut readings: BTreeMap<ServicePointId, Vec<Reading>> = BTreeMap::new();
    for dial in dials {
        let known = reads.get(&dial.register).map_or(&[][..], Vec::as_slice);
        readings.entry(dial.point).or_default().push(Reading {
            last: known.last().copied(),
            expected: expected(known, on),
            dial,
        });
    }
    let stop = |row: StopRow| {
        let point = row.service_point_id;
        Some(Stop {
            spot: spots.remove(&point)?,
            readings: readings.remove(&point).unwrap_or_default(),
            account: served.remove(&point),
            row,
        })
    };
    Ok((route, rows.into_iter().filter_map(stop).collect()))
}

/// The route and the order of its stops, nobody else writing routes until the transaction ends.
fn begin(
    tx: &mut Tx<'_>,
    id: ReadRouteId,
    points: &[ServicePointId],
) -> Result<(RouteRow, Vec<ServicePointId>), RouteError> {
    if points.is_empty() {
        return Err(RouteError::NoneChosen);
    }
    routes::lock_all(tx)?;
    let route = routes::get(tx, id)?;
    let known: HashSet<ServicePointId> = premises::list_some_points(tx, points)?
        .into_iter()
        .map(|row| row.id)
        .collect();
    let strange: Vec<ServicePointId> = points
        .iter()
        .copied()
        .filter(|point| !known.contains(point))
        .collect();
    if !strange.is_empty() {
        return Err(RouteError::NoSuchPoints(strange));
    }
    let stops = routes::list_stops(tx, id)?;
    let order = stops.iter().map(|row| row.service_point_id);
    Ok((route, order.collect()))
}

/// What is done to stops of a route is done to none of another.
fn on_route(order: &[ServicePointId], points: &[ServicePointId]) -> Result<(), StoreError> {
    let known: HashSet<&ServicePointId> = order.iter().collect();
    if points.iter().all(|point| known.contains(point)) {
        Ok(())
    } else {
        Err(StoreError::Missing("stop"))
    }
}

/// Writes a route as a whole; notes that are not given stay what they were.
fn write(
    tx: &mut Tx<'_>,
    route: &RouteRow,
    order: &[ServicePointId],
    notes: &HashMap<ServicePointId, String>,
) -> Result<(), StoreError> {
    let before: HashMap<ServicePointId, String> = routes::list_of_points(tx, order)?
        .into_iter()
        .map(|row| (row.service_point_id, row.note))
        .collect();
    let note = |point: &ServicePointId| notes.get(point).or_else(|| before.get(point)).cloned();
    let rows: Vec<StopRow> = order
        .iter()
        .enumerate()
        .map(|(index, point)| StopRow {
            service_point_id: *point,
            route_id: route.id,
            turn: turn(index),
            note: note(point).unwrap_or_default(),
        })
        .collect();
    routes::remove(tx, order)?;
    routes::insert_stops(tx, &rows)
}

fn record(
    tx: &mut Tx<'_>,
    action: &str,
    code: &str,
    facts: serde_json::Value,
) -> Result<(), StoreError> {
    let deed = Deed {
        action,
        subject_kind: "route",
        subject_id: code.to_owned(),
        account_id: None,
        facts,
    };
    audit::insert(tx, &deed)
}
