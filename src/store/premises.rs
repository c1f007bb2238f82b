//! Premises and the points where service is delivered to them.

use std::collections::HashMap;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;

use crate::domain::ids::{AccountId, CycleId, PremiseId, ServicePointId};
use crate::domain::premises::{Commodity, by_five_digits};
use crate::domain::rates::known::PlaceFacts;
use crate::store::any::{AnyConnection, MultiBackend};
use crate::store::bulk::{ROWS, insert_all};
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::ext::AmongMethods as _;
use crate::store::kept::KeptDsl;
use crate::store::labels::one_line;
use crate::store::likes;
use crate::store::schema::{premises, service_agreements, service_points};
use crate::store::sql_types::Exact;

/// A place served.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = premises, treat_none_as_default_value = false)]
pub struct PremiseRow {
    /// Row id.
    pub id: PremiseId,
    /// Number and street.
    pub line_1: String,
    /// Apartment or suite.
    pub unit: Option<String>,
    /// City.
    pub city: String,
    /// State, two letters.
    pub state: String,
    /// ZIP code.
    pub postal_code: String,
    /// Lower-case words that search reads.
    pub search_text: String,
    /// Degrees north.
    pub latitude: Option<Exact>,
    /// Degrees east.
    pub longitude: Option<Exact>,
    /// Roof and pavement, in square feet.
    pub impervious_sqft: Option<Exact>,
    /// Homes at the premise.
    pub dwelling_units: i32,
    /// The cycle that is suggested for a new account there, and that whoever moves in follows.
    pub cycle_id: Option<CycleId>,
}

/// Where one commodity is delivered.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = service_points, treat_none_as_default_value = false)]
pub struct ServicePointRow {
    /// Row id.
    pub id: ServicePointId,
    /// At which premise.
    pub premise_id: PremiseId,
    /// What is delivered.
    pub commodity: Commodity,
    /// What the crew calls it.
    pub label: Option<String>,
    /// Standing facts a rate asks for, as JSON.
    pub facts: String,
    /// The feeder, circuit or main that serves it, as the crew calls it.
    pub feeder: Option<String>,
}

/// Records premises.
pub fn insert_all_rows(tx: &mut Tx<'_>, rows: &[PremiseRow]) -> Result<(), StoreError> {
    insert_all!(tx, premises::table, rows)
}

/// Records service points.
pub fn insert_service_points(tx: &mut Tx<'_>, rows: &[ServicePointRow]) -> Result<(), StoreError> {
    insert_all!(tx, service_points::table, rows)
}

/// Every place where an account is or was served.
pub fn list_served(conn: &mut Conn, account: AccountId) -> Result<Vec<PremiseId>, StoreError> {
    Ok(service_agreements::table
        .inner_join(service_points::table)
        .filter(service_agreements::account_id.eq(account))
        .filter(service_agreements::withdrawn_at.is_null())
        .select(service_points::premise_id)
        .distinct()
        .load(conn)?)
}

/// Places, each as it is written in one line.
pub fn list_lines(
    conn: &mut Conn,
    places: &[PremiseId],
) -> Result<Vec<(PremiseId, String)>, StoreError> {
    let rows: Vec<(PremiseId, String, Option<String>)> = premises::table
        .filter(premises::id.among(places))
        .order((premises::line_1, premises::unit, premises::id))
        .select((premises::id, premises::line_1, premises::unit))
        .load(conn)?;
    let line = |(id, line_1, unit)| (id, one_line(line_1, unit));
    Ok(rows.into_iter().map(line).collect())
}

/// The points of places, each place once.
pub fn list_points(
    conn: &mut Conn,
    places: &[PremiseId],
) -> Result<Vec<(ServicePointId, Commodity, String)>, StoreError> {
    let rows: Vec<(ServicePointId, Commodity, String, Option<String>)> = service_points::table
        .inner_join(premises::table)
        .filter(service_points::premise_id.among(places))
        .order((service_points::premise_id, service_points::id))
        .select((
            service_points::id,
            service_points::commodity,
            premises::line_1,
            premises::unit,
        ))
        .load(conn)?;
    Ok(rows
        .into_iter()
        .map(|(id, commodity, line_1, unit)| (id, commodity, one_line(line_1, unit)))
        .collect())
}

/// The place, which must exist.
pub fn get(conn: &mut Conn, id: PremiseId) -> Result<PremiseRow, StoreError> {
    premises::table
        .find(id)
        .select(PremiseRow::as_select())
        .first(conn)
        .optional()?
        .ok_or(StoreError::Missing("premise"))
}

/// Places whose address has each of these words, or a word that begins so, by address. A place that became one with another finds that one.
pub fn find_by_words(
    conn: &mut Conn,
    words: &[String],
    (limit, offset): (i64, i64),
) -> Result<Vec<PremiseRow>, StoreError> {
    let former: Vec<Option<PremiseId>> = with_words(words)
        .filter(premises::merged_into_id.is_not_null())
        .select(premises::merged_into_id)
        .load(conn)?;
    let former: Vec<PremiseId> = former.into_iter().flatten().collect();
    Ok(with_words(words)
        .filter(premises::merged_into_id.is_null())
        .or_filter(premises::id.eq_any(former))
        .order((premises::search_text, premises::id))
        .limit(limit)
        .offset(offset)
        .select(PremiseRow::as_select())
        .load(conn)?)
}

fn with_words(words: &[String]) -> premises::BoxedQuery<'static, MultiBackend> {
    let mut query = premises::table.into_boxed();
    for word in words {
        let begins = likes::begins(word);
        let later = format!("% {begins}");
        let begins = premises::search_text.like(begins).escape(likes::ESCAPE);
        let later = premises::search_text.like(later).escape(likes::ESCAPE);
        query = query.filter(begins.or(later));
    }
    query
}

/// Every place that became one with another, with the one it became.
pub fn list_merged(conn: &mut Conn) -> Result<HashMap<PremiseId, PremiseId>, StoreError> {
    let rows: Vec<(PremiseId, Option<PremiseId>)> = premises::table
        .filter(premises::merged_into_id.is_not_null())
        .select((premises::id, premises::merged_into_id))
        .load(conn)?;
    let pair = |(id, into): (PremiseId, Option<PremiseId>)| Some((id, into?));
    Ok(rows.into_iter().filter_map(pair).collect())
}

/// These places and those that became one with any of them, each with the one it is now.
pub fn list_with_merged(
    conn: &mut Conn,
    places: &[PremiseId],
) -> Result<HashMap<PremiseId, PremiseId>, StoreError> {
    let rows: Vec<(PremiseId, Option<PremiseId>)> = premises::table
        .filter(premises::merged_into_id.eq_any(places))
        .select((premises::id, premises::merged_into_id))
        .load(conn)?;
    let gone = rows.into_iter().filter_map(|(id, into)| Some((id, into?)));
    let own = places.iter().map(|place| (*place, *place));
    Ok(own.chain(gone).collect())
}

/// The places that became one with this.
pub fn list_merged_into(conn: &mut Conn, id: PremiseId) -> Result<Vec<PremiseRow>, StoreError> {
    Ok(premises::table
        .filter(premises::merged_into_id.eq(id))
        .order(premises::id)
        .select(PremiseRow::as_select())
        .load(conn)?)
}

/// Held by whoever looks whether an address is known and then writes it, on PostgreSQL, where several write at once.
const ADDRESSES: i64 = 0x6d61_696e_0003;

/// Waits until nobody else gives a place its address. On SQLite the one writer is enough.
pub fn lock_addresses(tx: &mut Tx<'_>) -> Result<(), StoreError> {
    if let AnyConnection::Pg(conn) = tx.conn() {
        conn.batch_execute(&format!("SELECT pg_advisory_xact_lock({ADDRESSES})"))?;
    }
    Ok(())
}

/// The place with this address, written just so but for its case and for how many digits its ZIP code has: where it became one with another,
/// that one.
pub fn find_same(conn: &mut Conn, search_text: &str) -> Result<Option<PremiseId>, StoreError> {
    let five = by_five_digits(search_text);
    // Signs of a pattern stand for themselves among others; what was found is looked at again.
    let nine = format!("{}-____", five.replace('\\', "_"));
    let rows: Vec<(PremiseId, Option<PremiseId>, String)> = premises::table
        .filter(
            premises::search_text
                .eq(five)
                .or(premises::search_text.like(nine)),
        )
        .order(premises::id)
        .select((
            premises::id,
            premises::merged_into_id,
            premises::search_text,
        ))
        .load(conn)?;
    let mut same = rows
        .into_iter()
        .filter(|(_, _, text)| by_five_digits(text) == five);
    Ok(same.next().map(|(id, into, _)| into.unwrap_or(id)))
}

/// Waits until nobody else opens a point at a place. On SQLite the one writer is enough.
pub fn lock(tx: &mut Tx<'_>, id: PremiseId) -> Result<(), StoreError> {
    lock_some(tx, &[id])
}

/// The same of several places, in order.
pub fn lock_some(tx: &mut Tx<'_>, ids: &[PremiseId]) -> Result<(), StoreError> {
    if let AnyConnection::Pg(conn) = tx.conn() {
        premises::table
            .filter(premises::id.eq_any(ids))
            .order(premises::id)
            .select(premises::id)
            .for_no_key_update()
            .load::<PremiseId>(conn)?;
    }
    Ok(())
}

/// Writes a place anew.
pub fn replace(tx: &mut Tx<'_>, row: &PremiseRow) -> Result<(), StoreError> {
    diesel::update(premises::table.find(row.id))
        .set((
            premises::line_1.eq(&row.line_1),
            premises::unit.eq(&row.unit),
            premises::city.eq(&row.city),
            premises::state.eq(&row.state),
            premises::postal_code.eq(&row.postal_code),
            premises::search_text.eq(&row.search_text),
            premises::latitude.eq(row.latitude),
            premises::longitude.eq(row.longitude),
            premises::impervious_sqft.eq(row.impervious_sqft),
            premises::dwelling_units.eq(row.dwelling_units),
            premises::cycle_id.eq(row.cycle_id),
        ))
        .kept()
        .execute(tx.conn())?;
    Ok(())
}

/// The points of a place, in the order of the commodities.
pub fn list_points_at(
    conn: &mut Conn,
    place: PremiseId,
) -> Result<Vec<ServicePointRow>, StoreError> {
    let mut points: Vec<ServicePointRow> = service_points::table
        .filter(service_points::premise_id.eq(place))
        .order(service_points::id)
        .select(ServicePointRow::as_select())
        .load(conn)?;
    points.sort_by_key(|point| point.commodity);
    Ok(points)
}

/// Every point of these places.
pub fn list_points_of(
    conn: &mut Conn,
    places: &[PremiseId],
) -> Result<Vec<ServicePointRow>, StoreError> {
    Ok(service_points::table
        .filter(service_points::premise_id.among(places))
        .order(service_points::id)
        .select(ServicePointRow::as_select())
        .load(conn)?)
}

/// The point, which must exist.
pub fn get_point(conn: &mut Conn, id: ServicePointId) -> Result<ServicePointRow, StoreError> {
    service_points::table
        .find(id)
        .select(ServicePointRow::as_select())
        .first(conn)
        .optional()?
        .ok_or(StoreError::Missing("service point"))
}

/// Notes which feeder serves a point.
pub fn set_feeder(
    tx: &mut Tx<'_>,
    id: ServicePointId,
    feeder: Option<&str>,
) -> Result<(), StoreError> {
    diesel::update(service_points::table.find(id))
        .set(service_points::feeder.eq(feeder))
        .kept()
        .execute(tx.conn())?;
    Ok(())
}

/// Notes which feeder serves every point of a commodity at these places.
pub fn set_feeder_at(
    tx: &mut Tx<'_>,
    (commodity, feeder): (Commodity, &str),
    places: &[PremiseId],
) -> Result<usize, StoreError> {
    let mut named = 0;
    for some in places.chunks(ROWS) {
        named += diesel::update(service_points::table)
            .filter(service_points::commodity.eq(commodity))
            .filter(service_points::premise_id.among(some))
            .set(service_points::feeder.eq(feeder))
            .execute(tx.conn())?;
    }
    Ok(named)
}

/// Every account that is or was served at a place.
pub fn list_accounts(conn: &mut Conn, place: PremiseId) -> Result<Vec<AccountId>, StoreError> {
    Ok(service_agreements::table
        .inner_join(service_points::table)
        .filter(service_points::premise_id.eq(place))
        .filter(service_agreements::withdrawn_at.is_null())
        .select(service_agreements::account_id)
        .distinct()
        .load(conn)?)
}

/// The address of every place, as it is searched for.
pub fn list_search_texts(conn: &mut Conn) -> Result<Vec<String>, StoreError> {
    Ok(premises::table.select(premises::search_text).load(conn)?)
}

/// These points.
pub fn list_some_points(
    conn: &mut Conn,
    ids: &[ServicePointId],
) -> Result<Vec<ServicePointRow>, StoreError> {
    Ok(service_points::table
        .filter(service_points::id.among(ids))
        .select(ServicePointRow::as_select())
        .load(conn)?)
}

/// What is known of the place of a point, which must exist.
pub fn get_facts(conn: &mut Conn, point: ServicePointId) -> Result<PlaceFacts, StoreError> {
    let found: Option<(String, Option<Exact>, i32)> = service_points::table
        .inner_join(premises::table)
        .filter(service_points::id.eq(point))
        .select((
            service_points::facts,
            premises::impervious_sqft,
            premises::dwelling_units,
        ))
        .first(conn)
        .optional()?;
    let (facts, impervious, dwelling_units) = found.ok_or(StoreError::Missing("service point"))?;
    let of_point = serde_json::from_str(&facts)
        .map_err(|error| StoreError::Unreadable(format!("facts of point {point}: {error}")))?;
    Ok(PlaceFacts {
        of_point,
        impervious_sqft: impervious.map(|area| area.0),
        dwelling_units,
    })
}
