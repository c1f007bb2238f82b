//! Reading routes and their stops. A route is written as a whole: its stops are taken out and put in again in their order.

use std::collections::HashMap;

use chrono::{Days, NaiveDate};
use diesel::prelude::*;
use rust_decimal::Decimal;

use crate::domain::ids::{
    AccountNumber, CycleId, MeterId, PremiseId, ReadRouteId, RegisterId, ServicePointId,
};
use crate::domain::meters::Channel;
use crate::domain::premises::Commodity;
use crate::domain::quantity::Unit;
use crate::store::any::AnyConnection;
use crate::store::bulk::{ROWS, insert_all};
use crate::store::dated::served_on;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::labels::one_line;
use crate::store::schema::{
    accounts, cycles, meter_installs, meters, premises, read_routes, reads, registers, route_stops,
    service_agreements, service_points,
};
use crate::store::sql_types::Exact;

/// How far back reads are looked for.
const LOOKED_BACK: Days = Days::new(400);

/// A route.
#[derive(Debug, Clone, Queryable)]
pub struct RouteRow {
    /// Row id.
    pub id: ReadRouteId,
    /// Short code.
    pub code: String,
    /// What readers call it.
    pub name: String,
    /// The bill cycle that it is read for.
    pub cycle_id: CycleId,
    /// What the office calls that cycle.
    pub cycle: String,
}

/// A point's turn on a route.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = route_stops, treat_none_as_default_value = false)]
pub struct StopRow {
    /// The point.
    pub service_point_id: ServicePointId,
    /// The route.
    pub route_id: ReadRouteId,
    /// Its turn: lower ones come before.
    pub turn: i32,
    /// What a reader should know there.
    pub note: String,
}

/// A point as a reader knows it.
#[derive(Debug, Clone)]
pub struct Spot {
    /// The point.
    pub point: ServicePointId,
    /// What is delivered.
    pub commodity: Commodity,
    /// The place.
    pub premise: PremiseId,
    /// The place in one line.
    pub line: String,
}

/// A register that hangs at a point.
#[derive(Debug, Clone, Queryable)]
pub struct Dial {
    /// The register.
    pub register: RegisterId,
    /// Where.
    pub point: ServicePointId,
    /// The meter.
    pub meter: MeterId,
    /// The number on the meter.
    pub serial: String,
    /// What it counts.
    pub channel: Channel,
    /// What it counts in.
    pub unit: Unit,
    /// Whole digits on its face.
    pub dials: i32,
}

/// Every route, by its code.
pub fn list(conn: &mut Conn) -> Result<Vec<RouteRow>, StoreError> {
    Ok(read_routes::table
        .inner_join(cycles::table)
        .order(read_routes::code)
        .select((
            read_routes::id,
            read_routes::code,
            read_routes::name,
            read_routes::cycle_id,
            cycles::name,
        ))
        .load(conn)?)
}

/// The route, which must exist.
pub fn get(conn: &mut Conn, id: ReadRouteId) -> Result<RouteRow, StoreError> {
    let all = list(conn)?;
    let found = all.into_iter().find(|row| row.id == id);
    found.ok_or(StoreError::Missing("route"))
}

/// How many stops each route has.
pub fn count_stops(conn: &mut Conn) -> Result<HashMap<ReadRouteId, i64>, StoreError> {
    let rows: Vec<(ReadRouteId, i64)> = route_stops::table
        .group_by(route_stops::route_id)
        .select((route_stops::route_id, diesel::dsl::count_star()))
        .load(conn)?;
    Ok(rows.into_iter().collect())
}

/// Opens a route.
pub fn insert(
    tx: &mut Tx<'_>,
    (code, name): (&str, &str),
    cycle: CycleId,
) -> Result<(), StoreError> {
    diesel::insert_into(read_routes::table)
        .values((
            read_routes::code.eq(code),
            read_routes::name.eq(name),
            read_routes::cycle_id.eq(cycle),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Waits until nobody else writes a route. On SQLite the one writer is enough.
pub fn lock_all(tx: &mut Tx<'_>) -> Result<(), StoreError> {
    if let AnyConnection::Pg(conn) = tx.conn() {
        read_routes::table
            .order(read_routes::id)
            .select(read_routes::id)
            .for_no_key_update()
            .load::<ReadRouteId>(conn)?;
    }
    Ok(())
}

/// The stops of a route in their order.
pub fn list_stops(conn: &mut Conn, route: ReadRouteId) -> Result<Vec<StopRow>, StoreError> {
    Ok(route_stops::table
        .filter(route_stops::route_id.eq(route))
        .order((route_stops::turn, route_stops::service_point_id))
        .select(StopRow::as_select())
        .load(conn)?)
}

/// The stops that these points are, on whichever route.
pub fn list_of_points(
    conn: &mut Conn,
    points: &[ServicePointId],
) -> Result<Vec<StopRow>, StoreError> {
    let mut found = Vec::new();
    for some in points.chunks(ROWS) {
        let rows: Vec<StopRow> = route_stops::table
            .filter(route_stops::service_point_id.eq_any(some))
            .select(StopRow::as_select())
            .load(conn)?;
        found.extend(rows);
    }
    Ok(found)
}

/// Takes points off their routes.
pub fn remove(tx: &mut Tx<'_>, points: &[ServicePointId]) -> Result<usize, StoreError> {
    let mut gone = 0;
    for some in points.chunks(ROWS) {
        gone += diesel::delete(route_stops::table)
            .filter(route_stops::service_point_id.eq_any(some))
            .execute(tx.conn())?;
    }
    Ok(gone)
}

/// Writes stops, each of a point that is on no route.
pub fn insert_stops(tx: &mut Tx<'_>, rows: &[StopRow]) -> Result<(), StoreError> {
    insert_all!(tx, route_stops::table, rows)
}

type SpotRow = (ServicePointId, Commodity, PremiseId, String, Option<String>);

fn spot((point, commodity, premise, line_1, unit): SpotRow) -> Spot {
    Spot {
        point,
        commodity,
        premise,
        line: one_line(line_1, unit),
    }
}

/// Where these points are.
pub fn list_spots(
    conn: &mut Conn,
    points: &[ServicePointId],
) -> Result<HashMap<ServicePointId, Spot>, StoreError> {
    let mut found = HashMap::new();
    for some in points.chunks(ROWS) {
        let rows: Vec<SpotRow> = service_points::table
            .inner_join(premises::table)
            .filter(service_points::id.eq_any(some))
            .select((
                service_points::id,
                service_points::commodity,
                premises::id,
                premises::line_1,
                premises::unit,
            ))
            .load(conn)?;
        found.extend(rows.into_iter().map(|row| (row.0, spot(row))));
    }
    Ok(found)
}

/// The points where a meter hangs and that are on no route, by address; so many at the most.
pub fn list_missing(conn: &mut Conn, limit: i64) -> Result<Vec<Spot>, StoreError> {
    let hangs = meter_installs::table
        .filter(meter_installs::until_on.is_null())
        .select(meter_installs::service_point_id);
    let on_a_route = route_stops::table.select(route_stops::service_point_id);
    let rows: Vec<SpotRow> = service_points::table
        .inner_join(premises::table)
        .filter(service_points::id.eq_any(hangs))
        .filter(diesel::dsl::not(service_points::id.eq_any(on_a_route)))
        .order((premises::search_text, service_points::id))
        .limit(limit)
        .select((
            service_points::id,
            service_points::commodity,
            premises::id,
            premises::line_1,
            premises::unit,
        ))
        .load(conn)?;
    Ok(rows.into_iter().map(spot).collect())
}

/// The registers that hang at these points.
pub fn list_dials(conn: &mut Conn, points: &[ServicePointId]) -> Result<Vec<Dial>, StoreError> {
    let mut found = Vec::new();
    for some in points.chunks(ROWS) {
        let rows: Vec<Dial> = meter_installs::table
            .inner_join(meters::table.inner_join(registers::table))
            .filter(meter_installs::service_point_id.eq_any(some))
            .filter(meter_installs::until_on.is_null())
            .order((meters::serial, registers::id))
            .select((
                registers::id,
                meter_installs::service_point_id,
                meters::id,
                meters::serial,
                registers::channel,
                registers::unit,
                registers::dials,
            ))
            .load(conn)?;
        found.extend(rows);
    }
    Ok(found)
}

/// The usable reads of registers in the thirteen months up to a day, oldest first.
pub fn list_reads(
    conn: &mut Conn,
    ids: &[RegisterId],
    on: NaiveDate,
) -> Result<HashMap<RegisterId, Vec<(NaiveDate, Decimal)>>, StoreError> {
    let mut found: HashMap<RegisterId, Vec<(NaiveDate, Decimal)>> = HashMap::new();
    for some in ids.chunks(ROWS) {
        let rows: Vec<(RegisterId, NaiveDate, Exact)> = reads::table
            .filter(reads::register_id.eq_any(some))
            .filter(reads::read_on.gt(on - LOOKED_BACK))
            .filter(reads::read_on.le(on))
            .filter(reads::verdict.eq_any(["accepted", "flagged"]))
            .order((reads::read_at, reads::version))
            .select((reads::register_id, reads::read_on, reads::value))
            .load(conn)?;
        for (register, day, value) in rows {
            let all = found.entry(register).or_default();
            // A newer version of the same day's read takes its place.
            all.retain(|(known, _)| *known != day);
            all.push((day, value.0));
        }
    }
    Ok(found)
}

/// The accounts that are served at points on a day.
pub fn list_served(
    conn: &mut Conn,
    points: &[ServicePointId],
    on: NaiveDate,
) -> Result<HashMap<ServicePointId, AccountNumber>, StoreError> {
    let mut found = HashMap::new();
    for some in points.chunks(ROWS) {
        let rows: Vec<(ServicePointId, AccountNumber)> = service_agreements::table
            .inner_join(accounts::table)
            .filter(service_agreements::service_point_id.eq_any(some))
            .filter(served_on(on))
            .select((service_agreements::service_point_id, accounts::number))
            .load(conn)?;
        found.extend(rows);
    }
    Ok(found)
}
