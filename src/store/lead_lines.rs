//! What service lines are made of, and who was told. Rows are only added: of a part of a line what was found out last holds.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::domain::ids::{AccountId, PremiseId};
use crate::domain::lead_lines::{LineMaterial, LineSide, MaterialSource, ServedLine};
use crate::domain::premises::Commodity;
use crate::store::bulk::{ROWS, insert_all};
use crate::store::dated::served_on;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::labels::one_line;
use crate::store::premises::{list_merged, list_with_merged};
use crate::store::schema::{
    lead_notices, line_materials, premises, service_agreements, service_points,
};

/// What a part of a line is made of, as somebody recorded it.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = line_materials)]
pub struct MaterialRow {
    /// The place.
    pub premise_id: PremiseId,
    /// Whose part.
    pub side: LineSide,
    /// Of what.
    pub material: LineMaterial,
    /// How that is known.
    pub source: MaterialSource,
    /// Since when.
    pub known_on: NaiveDate,
    /// What else is known of it.
    pub words: String,
    /// Who recorded it.
    pub recorded_by: String,
}

/// The same on its way into the table.
#[derive(Debug, Clone)]
pub struct NewMaterial {
    /// The place.
    pub premise: PremiseId,
    /// Whose part.
    pub side: LineSide,
    /// Of what.
    pub material: LineMaterial,
    /// How that is known.
    pub source: MaterialSource,
    /// Since when.
    pub known_on: NaiveDate,
    /// What else is known of it.
    pub words: String,
}

#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = line_materials, treat_none_as_default_value = false)]
struct NewRow {
    premise_id: PremiseId,
    side: LineSide,
    material: LineMaterial,
    source: MaterialSource,
    known_on: NaiveDate,
    words: String,
    recorded_by: String,
    recorded_at: chrono::NaiveDateTime,
}

/// That somebody was told.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = lead_notices, treat_none_as_default_value = false)]
pub struct ToldRow {
    /// On which account.
    pub account_id: AccountId,
    /// Of which place.
    pub premise_id: PremiseId,
    /// Of what line.
    pub line: ServedLine,
    /// When.
    pub told_on: NaiveDate,
}

/// What is known of a line: the utility's part and the customer's.
pub type Parts = (Option<LineMaterial>, Option<LineMaterial>);

/// Records what parts of lines are made of.
pub fn insert_all_rows(tx: &mut Tx<'_>, new: &[NewMaterial]) -> Result<(), StoreError> {
    let (by, at) = (tx.stamp.by.name.clone(), tx.stamp.at);
    let row = |one: &NewMaterial| NewRow {
        premise_id: one.premise,
        side: one.side,
        material: one.material,
        source: one.source,
        known_on: one.known_on,
        words: one.words.clone(),
        recorded_by: by.clone(),
        recorded_at: at,
    };
    let rows: Vec<NewRow> = new.iter().map(row).collect();
    insert_all!(tx, line_materials::table, rows.as_slice())
}

/// Everything that was recorded of a place and of those that became one with it, the latest first.
pub fn list_of_place(conn: &mut Conn, premise: PremiseId) -> Result<Vec<MaterialRow>, StoreError> {
    let places = list_with_merged(conn, &[premise])?;
    let places: Vec<PremiseId> = places.into_keys().collect();
    Ok(line_materials::table
        .filter(line_materials::premise_id.eq_any(&places))
        .order((line_materials::known_on.desc(), line_materials::id.desc()))
        .select(MaterialRow::as_select())
        .load(conn)?)
}

/// What is known of every line of the inventory: what was found out last holds, whenever it was written down. Of places that became one it is
/// one line.
pub fn list_lines(conn: &mut Conn) -> Result<BTreeMap<PremiseId, Parts>, StoreError> {
    let rows: Vec<(PremiseId, LineSide, LineMaterial)> = line_materials::table
        .order((line_materials::known_on, line_materials::id))
        .select((
            line_materials::premise_id,
            line_materials::side,
            line_materials::material,
        ))
        .load(conn)?;
    let merged = list_merged(conn)?;
    let mut lines: BTreeMap<PremiseId, Parts> = BTreeMap::new();
    for (premise, side, material) in rows {
        let premise = merged.get(&premise).copied().unwrap_or(premise);
        let parts = lines.entry(premise).or_default();
        match side {
            LineSide::Utility => parts.0 = Some(material),
            LineSide::Customer => parts.1 = Some(material),
        }
    }
    Ok(lines)
}

/// Every place where water is delivered, in one line each.
pub fn list_water_places(conn: &mut Conn) -> Result<BTreeMap<PremiseId, String>, StoreError> {
    let rows: Vec<(PremiseId, String, Option<String>)> = service_points::table
        .inner_join(premises::table)
        .filter(service_points::commodity.eq(Commodity::Water))
        .select((premises::id, premises::line_1, premises::unit))
        .distinct()
        .load(conn)?;
    let line = |(id, line_1, unit)| (id, one_line(line_1, unit));
    Ok(rows.into_iter().map(line).collect())
}

/// The accounts that water is delivered to at these places on a day.
pub fn list_served(
    conn: &mut Conn,
    places: &[PremiseId],
    on: NaiveDate,
) -> Result<Vec<(AccountId, PremiseId)>, StoreError> {
    let mut found = Vec::new();
    for some in places.chunks(ROWS) {
        let rows: Vec<(AccountId, PremiseId)> = service_agreements::table
            .inner_join(service_points::table)
            .filter(service_points::premise_id.eq_any(some))
            .filter(service_points::commodity.eq(Commodity::Water))
            .filter(served_on(on))
            .select((service_agreements::account_id, service_points::premise_id))
            .distinct()
            .load(conn)?;
        found.extend(rows);
    }
    Ok(found)
}

/// When accounts were told of which line at these places, or at places that became one with them.
pub fn list_told(
    conn: &mut Conn,
    places: &[PremiseId],
) -> Result<HashMap<(AccountId, PremiseId, ServedLine), Vec<NaiveDate>>, StoreError> {
    let mut told: HashMap<_, Vec<NaiveDate>> = HashMap::new();
    for some in places.chunks(ROWS) {
        let each = list_with_merged(conn, some)?;
        let places: Vec<PremiseId> = each.keys().copied().collect();
        let rows: Vec<(AccountId, PremiseId, ServedLine, NaiveDate)> = lead_notices::table
            .filter(lead_notices::premise_id.eq_any(&places))
            .select((
                lead_notices::account_id,
                lead_notices::premise_id,
                lead_notices::line,
                lead_notices::told_on,
            ))
            .load(conn)?;
        for (account, premise, line, day) in rows {
            let premise = each.get(&premise).copied().unwrap_or(premise);
            told.entry((account, premise, line)).or_default().push(day);
        }
    }
    Ok(told)
}

/// Records that somebody was told.
pub fn insert_told(tx: &mut Tx<'_>, rows: &[ToldRow]) -> Result<(), StoreError> {
    insert_all!(tx, lead_notices::table, rows)
}
