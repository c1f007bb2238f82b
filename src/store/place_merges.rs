//! Two places that turned out to be one: what each has, what moved from the one to the other, and that it was taken back. What was recorded is
//! never changed; what is only added to, as instructions of landlords and materials of lines, stays where it was written and is read through.

use std::collections::HashSet;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::domain::ids::{
    AccountId, AccountNumber, AccountRoleId, OrderId, PlaceMergeId, PremiseId, ServicePointId,
};
use crate::domain::lead_lines::MaterialSource;
use crate::domain::place_merges::{PlaceMoved, Service, TwoPlaces};
use crate::domain::premises::Commodity;
use crate::store::bulk::insert_all;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::kept::KeptDsl;
use crate::store::schema::{
    account_roles, accounts, landlord_instructions, line_materials, place_merge_moves,
    place_merge_undos, place_merges, places_apart, premises, service_agreements, service_orders,
    service_points,
};

/// A merge of places, and that it was taken back.
#[derive(Debug, Clone, Queryable)]
pub struct PlaceMergeRow {
    /// The row.
    pub id: PlaceMergeId,
    /// Which stays.
    pub kept_id: PremiseId,
    /// Which became one with it.
    pub gone_id: PremiseId,
    /// Why.
    pub reason: String,
    /// Who did it.
    pub merged_by: String,
    /// When, in UTC.
    pub merged_at: NaiveDateTime,
    /// On which day.
    pub merged_on: NaiveDate,
    /// Who took it back.
    pub undone_by: Option<String>,
    /// Why it was taken back.
    pub undone_reason: Option<String>,
}

/// What moved by a merge. What was at the place that stays and is to be told from it later is recorded too, from and to that place.
#[derive(Debug, Clone, Queryable)]
pub struct PlaceMoveRow {
    /// What kind of thing.
    pub kind: PlaceMoved,
    /// Its row.
    pub row_id: i64,
    /// Which place it was of.
    pub from_id: PremiseId,
    /// Which it became of.
    pub to_id: PremiseId,
    /// What it was: the name of a point, a number of the utility's own.
    pub was: String,
}

#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = place_merge_moves, treat_none_as_default_value = false)]
struct NewMove {
    merge_id: PlaceMergeId,
    kind: PlaceMoved,
    row_id: i64,
    from_id: PremiseId,
    to_id: PremiseId,
    was: String,
}

/// Two places that somebody looked at and that are two.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = places_apart)]
pub struct PlacesApartRow {
    /// The one written down first.
    pub one_id: PremiseId,
    /// The other.
    pub other_id: PremiseId,
    /// Why they are two.
    pub reason: String,
    /// Who said so.
    pub said_by: String,
}

/// A service at a place that is in force or to come.
#[derive(Debug, Clone)]
pub struct ServedRow {
    /// Where.
    pub premise_id: PremiseId,
    /// The number of the account.
    pub number: AccountNumber,
    /// Whose, what, and when.
    pub service: Service,
}

/// A service order at a place.
#[derive(Debug, Clone, Queryable)]
pub struct OrderAt {
    /// Which.
    pub id: OrderId,
    /// About which point, where it is about one.
    pub service_point_id: Option<ServicePointId>,
    /// For whom.
    pub account_id: AccountId,
    /// When it was closed.
    pub closed_on: Option<NaiveDate>,
}

/// Which place a place became one with; nothing where it is one of its own.
pub fn merged_into(conn: &mut Conn, id: PremiseId) -> Result<Option<PremiseId>, StoreError> {
    let found: Option<Option<PremiseId>> = premises::table
        .find(id)
        .select(premises::merged_into_id)
        .first(conn)
        .optional()?;
    found.ok_or(StoreError::Missing("premise"))
}

/// Notes which place these became one with, or that they are each one of its own again.
pub fn mark_merged(
    tx: &mut Tx<'_>,
    ids: &[PremiseId],
    into: Option<PremiseId>,
) -> Result<(), StoreError> {
    diesel::update(premises::table)
        .filter(premises::id.eq_any(ids))
        .set(premises::merged_into_id.eq(into))
        .execute(tx.conn())?;
    Ok(())
}

/// Records a merge.
pub fn insert(
    tx: &mut Tx<'_>,
    request_key: &str,
    (kept, gone): TwoPlaces,
    reason: &str,
) -> Result<PlaceMergeId, StoreError> {
    let stamp = tx.stamp;
    diesel::insert_into(place_merges::table)
        .values((
            place_merges::request_key.eq(request_key),
            place_merges::kept_id.eq(kept),
            place_merges::gone_id.eq(gone),
            place_merges::reason.eq(reason),
            place_merges::merged_by.eq(&stamp.by.name),
            place_merges::merged_at.eq(stamp.at),
            place_merges::merged_on.eq(stamp.on),
        ))
        .execute(tx.conn())?;
    find_by_key(tx, request_key)?.ok_or(StoreError::Missing("place merge"))
}

/// The merge that was asked for under this key.
pub fn find_by_key(conn: &mut Conn, key: &str) -> Result<Option<PlaceMergeId>, StoreError> {
    Ok(place_merges::table
        .filter(place_merges::request_key.eq(key))
        .select(place_merges::id)
        .first(conn)
        .optional()?)
}

/// Records what moved.
pub fn insert_moves(
    tx: &mut Tx<'_>,
    merge_id: PlaceMergeId,
    moved: &[PlaceMoveRow],
) -> Result<(), StoreError> {
    let new = |row: &PlaceMoveRow| NewMove {
        merge_id,
        kind: row.kind,
        row_id: row.row_id,
        from_id: row.from_id,
        to_id: row.to_id,
        was: row.was.clone(),
    };
    let rows: Vec<NewMove> = moved.iter().map(new).collect();
    insert_all!(tx, place_merge_moves::table, rows.as_slice())
}

/// Records that a merge was taken back.
pub fn insert_undo(tx: &mut Tx<'_>, id: PlaceMergeId, reason: &str) -> Result<(), StoreError> {
    let stamp = tx.stamp;
    diesel::insert_into(place_merge_undos::table)
        .values((
            place_merge_undos::merge_id.eq(id),
            place_merge_undos::reason.eq(reason),
            place_merge_undos::undone_by.eq(&stamp.by.name),
            place_merge_undos::undone_at.eq(stamp.at),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// The merge with this id, else all of them: the latest first.
pub fn list(
    conn: &mut Conn,
    id: Option<PlaceMergeId>,
    (limit, offset): (i64, i64),
) -> Result<Vec<PlaceMergeRow>, StoreError> {
    let mut query = place_merges::table
        .left_join(place_merge_undos::table)
        .order(place_merges::id.desc())
        .limit(limit)
        .offset(offset)
        .select((
            place_merges::id,
            place_merges::kept_id,
            place_merges::gone_id,
            place_merges::reason,
            place_merges::merged_by,
            place_merges::merged_at,
            place_merges::merged_on,
            place_merge_undos::undone_by.nullable(),
            place_merge_undos::reason.nullable(),
        ))
        .into_boxed();
    if let Some(id) = id {
        query = query.filter(place_merges::id.eq(id));
    }
    Ok(query.load(conn)?)
}

/// What moved by a merge, in the order in which it did.
pub fn list_moves(conn: &mut Conn, id: PlaceMergeId) -> Result<Vec<PlaceMoveRow>, StoreError> {
    Ok(place_merge_moves::table
        .filter(place_merge_moves::merge_id.eq(id))
        .order(place_merge_moves::id)
        .select((
            place_merge_moves::kind,
            place_merge_moves::row_id,
            place_merge_moves::from_id,
            place_merge_moves::to_id,
            place_merge_moves::was,
        ))
        .load(conn)?)
}

/// Whether another place became one with this after a merge, and still is.
pub fn has_later(
    conn: &mut Conn,
    kept: PremiseId,
    after: PlaceMergeId,
) -> Result<bool, StoreError> {
    let later = place_merges::table
        .left_join(place_merge_undos::table)
        .filter(place_merges::kept_id.eq(kept))
        .filter(place_merges::id.gt(after))
        .filter(place_merge_undos::undone_by.nullable().is_null());
    Ok(diesel::select(diesel::dsl::exists(later)).get_result(conn)?)
}

/// Whether somebody found out what a line at a place is made of after a moment.
pub fn has_material_since(
    conn: &mut Conn,
    place: PremiseId,
    at: NaiveDateTime,
) -> Result<bool, StoreError> {
    let found = line_materials::table
        .filter(line_materials::premise_id.eq(place))
        .filter(line_materials::source.ne(MaterialSource::NotLooked))
        .filter(line_materials::recorded_at.gt(at));
    Ok(diesel::select(diesel::dsl::exists(found)).get_result(conn)?)
}

/// Whether a landlord said something of a place after a moment.
pub fn has_instruction_since(
    conn: &mut Conn,
    place: PremiseId,
    at: NaiveDateTime,
) -> Result<bool, StoreError> {
    let said = landlord_instructions::table
        .filter(landlord_instructions::premise_id.eq(place))
        .filter(landlord_instructions::given_at.gt(at));
    Ok(diesel::select(diesel::dsl::exists(said)).get_result(conn)?)
}

/// What landlords said of a place, and what was recorded of its lines: how often each.
pub fn count_said(conn: &mut Conn, place: PremiseId) -> Result<(i64, i64), StoreError> {
    let said: i64 = landlord_instructions::table
        .filter(landlord_instructions::premise_id.eq(place))
        .count()
        .get_result(conn)?;
    let lines: i64 = line_materials::table
        .filter(line_materials::premise_id.eq(place))
        .count()
        .get_result(conn)?;
    Ok((said, lines))
}

/// What is served at places on a day or later.
pub fn list_served(
    conn: &mut Conn,
    ids: &[PremiseId],
    on: NaiveDate,
) -> Result<Vec<ServedRow>, StoreError> {
    type Row = (
        PremiseId,
        AccountId,
        AccountNumber,
        Commodity,
        NaiveDate,
        Option<NaiveDate>,
    );
    let rows: Vec<Row> = service_agreements::table
        .inner_join(service_points::table)
        .inner_join(accounts::table)
        .filter(service_points::premise_id.eq_any(ids))
        .filter(service_agreements::withdrawn_at.is_null())
        .filter(
            service_agreements::until_on
                .is_null()
                .or(service_agreements::until_on.gt(on)),
        )
        .order((service_agreements::from_on, service_agreements::id))
        .select((
            service_points::premise_id,
            accounts::id,
            accounts::number,
            service_points::commodity,
            service_agreements::from_on,
            service_agreements::until_on,
        ))
        .load(conn)?;
    let row = |(premise_id, account, number, commodity, from_on, until_on): Row| ServedRow {
        premise_id,
        number,
        service: Service {
            account,
            commodity,
            // Before the day it is over, whoever was beside it.
            from_on: from_on.max(on),
            until_on,
        },
    };
    Ok(rows.into_iter().map(row).collect())
}

/// Every account that is or was served at a place, by each of its points.
pub fn list_tenants(
    conn: &mut Conn,
    place: PremiseId,
) -> Result<Vec<(AccountId, AccountNumber, ServicePointId)>, StoreError> {
    Ok(service_agreements::table
        .inner_join(service_points::table)
        .inner_join(accounts::table)
        .filter(service_points::premise_id.eq(place))
        .filter(service_agreements::withdrawn_at.is_null())
        .order((accounts::number, service_points::id))
        .select((accounts::id, accounts::number, service_points::id))
        .distinct()
        .load(conn)?)
}

/// The service orders at a place, those that are closed as well.
pub fn list_orders(conn: &mut Conn, place: PremiseId) -> Result<Vec<OrderAt>, StoreError> {
    Ok(service_orders::table
        .filter(service_orders::premise_id.eq(place))
        .order(service_orders::id)
        .select((
            service_orders::id,
            service_orders::service_point_id,
            service_orders::account_id,
            service_orders::closed_on,
        ))
        .load(conn)?)
}

/// What landlords are noted for at a place, present and past.
pub fn list_parts(conn: &mut Conn, place: PremiseId) -> Result<Vec<AccountRoleId>, StoreError> {
    Ok(account_roles::table
        .filter(account_roles::premise_id.eq(place))
        .order(account_roles::id)
        .select(account_roles::id)
        .load(conn)?)
}

/// Gives points to a place.
pub fn move_points(
    tx: &mut Tx<'_>,
    ids: &[ServicePointId],
    to: PremiseId,
) -> Result<(), StoreError> {
    diesel::update(service_points::table)
        .filter(service_points::id.eq_any(ids))
        .set(service_points::premise_id.eq(to))
        .execute(tx.conn())?;
    Ok(())
}

/// Names a point.
pub fn set_label(
    tx: &mut Tx<'_>,
    id: ServicePointId,
    label: Option<&str>,
) -> Result<(), StoreError> {
    diesel::update(service_points::table.find(id))
        .set(service_points::label.eq(label))
        .kept()
        .execute(tx.conn())?;
    Ok(())
}

/// Gives service orders to a place.
pub fn move_orders(tx: &mut Tx<'_>, ids: &[OrderId], to: PremiseId) -> Result<(), StoreError> {
    diesel::update(service_orders::table)
        .filter(service_orders::id.eq_any(ids))
        .set(service_orders::premise_id.eq(to))
        .execute(tx.conn())?;
    Ok(())
}

/// Notes landlords for a place.
pub fn move_parts(tx: &mut Tx<'_>, ids: &[AccountRoleId], to: PremiseId) -> Result<(), StoreError> {
    diesel::update(account_roles::table)
        .filter(account_roles::id.eq_any(ids))
        .set(account_roles::premise_id.eq(to))
        .execute(tx.conn())?;
    Ok(())
}

/// The pairs of places that somebody looked at and that are two.
pub fn list_apart(conn: &mut Conn) -> Result<HashSet<TwoPlaces>, StoreError> {
    let rows: Vec<TwoPlaces> = places_apart::table
        .select((places_apart::one_id, places_apart::other_id))
        .load(conn)?;
    Ok(rows.into_iter().collect())
}

/// What was said of two places, the one written down first before the other.
pub fn find_apart(conn: &mut Conn, two: TwoPlaces) -> Result<Option<PlacesApartRow>, StoreError> {
    Ok(places_apart::table
        .find(two)
        .select(PlacesApartRow::as_select())
        .first(conn)
        .optional()?)
}

/// Notes that two places are two.
pub fn insert_apart(
    tx: &mut Tx<'_>,
    (one, other): TwoPlaces,
    reason: &str,
) -> Result<(), StoreError> {
    let stamp = tx.stamp;
    diesel::insert_into(places_apart::table)
        .values((
            places_apart::one_id.eq(one),
            places_apart::other_id.eq(other),
            places_apart::reason.eq(reason),
            places_apart::said_by.eq(&stamp.by.name),
            places_apart::said_at.eq(stamp.at),
        ))
        .execute(tx.conn())?;
    Ok(())
}
