//! What the town's works have planned: a valve on Bend Street is exchanged in the coming week. And what its crews know: which feeder brings a
//! place its electricity.

use chrono::{Days, TimeDelta};

use crate::cli::town::foundation::stamp;
use crate::cli::town::office::Office;
use crate::domain::commodity::Commodity;
use crate::domain::outages::{Area, Cause, NewOutage, OutageKind, Said, Side};
use crate::store::db::Tx;
use crate::usecases::outages::{OutageError, declare};
use crate::usecases::places::{PlaceError, name_feeders_northward};

/// The street whose water is off for a morning.
const STREET: &str = "Bend Street";

/// Days from the present until the work.
const AHEAD: u64 = 4;

/// The feeders of the electric works, from south to north: each serves as many places.
const FEEDERS: [&str; 3] = ["South 1", "Middle 2", "North 3"];

/// Writes down which feeder serves which places, by where they lie.
///
/// # Errors
/// A fault of the database.
pub fn name_feeders(office: &Office<'_>) -> anyhow::Result<()> {
    let work = move |tx: &mut Tx<'_>| name_feeders_northward(tx, Commodity::Electric, &FEEDERS);
    let by = office.stamp(&office.crew.manager, office.today, 8);
    Ok(office.write::<_, PlaceError>(by, work)?)
}

/// Declares the work; those it touches are told once the town is served.
///
/// # Errors
/// A fault of the database.
pub fn plan(office: &Office<'_>) -> anyhow::Result<()> {
    let on = office.today + Days::new(AHEAD);
    let begins_at = stamp(office.zone, &office.crew.manager, on, 9).at;
    let new = NewOutage {
        kind: OutageKind::PlannedWork,
        commodity: Commodity::Water,
        cause: Cause::Maintenance,
        words: Said {
            en: "We exchange a valve on Bend Street. Please draw water for the morning before we begin.".to_owned(),
            es: "Cambiamos una válvula en Bend Street. Guarde agua para la mañana antes de que empecemos.".to_owned(),
        },
        begins_at,
        expected_at: Some(begins_at + TimeDelta::hours(3)),
    };
    let area = Area::Street {
        street: STREET.to_owned(),
        from: 1,
        to: 199,
        side: Side::Both,
    };
    let work = move |tx: &mut Tx<'_>| declare(tx, "town-works", &new, (&area, on)).map(drop);
    let by = office.stamp(&office.crew.manager, office.today, 8);
    Ok(office.write::<_, OutageError>(by, work)?)
}
