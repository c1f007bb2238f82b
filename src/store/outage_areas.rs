//! Parts of town: whose accounts lie in one is found by one question over the agreements in force on a day, and kept by another. Of a drawn part
//! the places are found first: whether a point lies in a polygon is a rule, and no question.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Date, Text};

use crate::domain::commodity::Commodity;
use crate::domain::ids::{AccountId, AccountNumber, CycleId, OutageAreaId, OutageId, PremiseId};
use crate::domain::outages::{Area, AreaKind, Side};
use crate::domain::polygons::Spot;
use crate::store::any::{AnyConnection, native};
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::schema::{accounts, cycles, outage_areas, premises, service_points};
use crate::store::sql_types::Exact;

/// A part of town, as it is kept.
#[derive(Debug, Clone)]
pub struct AreaRow {
    /// Of which outage.
    pub outage_id: OutageId,
    /// By what it is chosen.
    pub kind: AreaKind,
    /// A street's name.
    pub street: Option<String>,
    /// Its first house number.
    pub from_number: Option<i32>,
    /// Its last house number.
    pub to_number: Option<i32>,
    /// Which house numbers.
    pub side: Side,
    /// A ZIP code.
    pub postal_code: Option<String>,
    /// A bill cycle's name.
    pub cycle: Option<String>,
    /// A feeder's name.
    pub feeder: Option<String>,
    /// The streets that it touches, of those that are named by no house numbers.
    pub streets: Option<String>,
}

/// Whose accounts lie in an area.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inside {
    /// The accounts, in their order.
    pub accounts: Vec<AccountId>,
    /// At how many places they are served there.
    pub places: usize,
}

/// So many streets are named of a part of town that is chosen by none.
const NAMED: usize = 6;

/// What the accounts to look for have in common: of what, on which day.
#[derive(Debug, Clone, Copy)]
pub struct Served {
    /// Of what.
    pub commodity: Commodity,
    /// The day on which their agreements are in force.
    pub on: NaiveDate,
}

#[derive(QueryableByName)]
struct Found {
    #[diesel(sql_type = BigInt)]
    id: AccountId,
    #[diesel(sql_type = BigInt)]
    place: PremiseId,
}

#[derive(QueryableByName)]
struct Street {
    #[diesel(sql_type = Text)]
    name: String,
}

/// A premise's street and house number, which its first line holds in one.
struct Parts {
    street: &'static str,
    number: &'static str,
}

const fn parts(conn: &AnyConnection) -> Parts {
    match conn {
        AnyConnection::Sqlite(_) => Parts {
            street: "SUBSTR(m.line_1, INSTR(m.line_1, ' ') + 1)",
            number: "CAST(m.line_1 AS INTEGER)",
        },
        AnyConnection::Pg(_) => Parts {
            street: "SUBSTR(m.line_1, STRPOS(m.line_1, ' ') + 1)",
            number: "CAST(SUBSTRING(m.line_1 FROM '^[0-9]{1,9}') AS BIGINT)",
        },
    }
}

/// The agreements of an area: a question with three values, of which the third is the area's text. Numbers in it are ours, never a text.
fn question(conn: &mut Conn, area: &Area) -> Result<(String, String), StoreError> {
    let Parts { street, number } = parts(conn);
    let (lies, text) = match area {
        Area::Street {
            street: name,
            from,
            to,
            side,
        } => {
            let side = match side {
                Side::Both => String::new(),
                Side::Even => format!(" AND {number} % 2 = 0"),
                Side::Odd => format!(" AND {number} % 2 = 1"),
            };
            let lies =
                format!("LOWER({street}) = LOWER($3) AND {number} BETWEEN {from} AND {to}{side}");
            (lies, name.clone())
        }
        Area::PostalCode(code) => ("m.postal_code LIKE $3".to_owned(), format!("{code}%")),
        Area::Cycle(cycle) => {
            let on_the_day = "COALESCE((SELECT f.cycle_id FROM former_cycles f WHERE f.account_id = c.id AND f.until_on > $2 \
                              ORDER BY f.until_on LIMIT 1), c.cycle_id)";
            let lies = format!("{on_the_day} = {cycle} AND $3 = ''");
            (lies, String::new())
        }
        Area::Feeder(name) => ("LOWER(p.feeder) = LOWER($3)".to_owned(), name.clone()),
        Area::Drawn(polygon) => {
            let (spots, _) = list_spots(conn)?;
            let inside = spots.iter().filter(|(_, spot)| polygon.holds(*spot));
            let list = listed(inside.map(|(place, _)| place.to_string()));
            (format!("m.id IN ({list}) AND $3 = ''"), String::new())
        }
        Area::Accounts(numbers) => {
            let ids = ids_of(conn, numbers)?;
            let list = listed(ids.iter().map(|(id, _)| id.to_string()));
            (format!("c.id IN ({list}) AND $3 = ''"), String::new())
        }
        Area::Everywhere => ("$3 = ''".to_owned(), String::new()),
    };
    let from = format!(
        "FROM service_agreements s JOIN service_points p ON p.id = s.service_point_id JOIN premises m ON m.id = p.premise_id \
         JOIN accounts c ON c.id = s.account_id \
         WHERE p.commodity = $1 AND s.withdrawn_at IS NULL AND s.from_on <= $2 AND (s.until_on IS NULL OR s.until_on > $2) AND {lies}"
    );
    Ok((from, text))
}

/// Our own numbers for an `IN`; zero, which is nobody's, where there are none.
fn listed(ids: impl Iterator<Item = String>) -> String {
    let list: Vec<String> = ids.collect();
    if list.is_empty() {
        "0".to_owned()
    } else {
        list.join(", ")
    }
}

/// The accounts of an area that are served on a day.
pub fn list_inside(conn: &mut Conn, area: &Area, served: Served) -> Result<Inside, StoreError> {
    let (from, text) = question(conn, area)?;
    let sql = format!("SELECT DISTINCT c.id AS id, m.id AS place {from}");
    let found: Vec<Found> = native!(conn, |c| diesel::sql_query(sql)
        .bind::<Text, _>(served.commodity.as_str())
        .bind::<Date, _>(served.on)
        .bind::<Text, _>(text)
        .load(c))?;
    let accounts: BTreeSet<AccountId> = found.iter().map(|found| found.id).collect();
    let places: BTreeSet<PremiseId> = found.iter().map(|found| found.place).collect();
    Ok(Inside {
        accounts: accounts.into_iter().collect(),
        places: places.len(),
    })
}

/// Records an area of an outage and whose accounts lie in it; an account that the outage touches already stays where it is. Says how many
/// are new.
pub fn insert(
    tx: &mut Tx<'_>,
    outage: OutageId,
    area: &Area,
    served: Served,
) -> Result<(OutageAreaId, usize), StoreError> {
    let (from, text) = question(tx, area)?;
    let streets = match area {
        Area::Feeder(_) | Area::Drawn(_) => Some(streets(tx, (&from, &text), served)?),
        Area::Street { .. }
        | Area::PostalCode(_)
        | Area::Cycle(_)
        | Area::Accounts(_)
        | Area::Everywhere => None,
    };
    let id = insert_row(tx, outage, area, streets)?;
    let sql = format!(
        "INSERT INTO outage_accounts (outage_id, account_id, area_id) \
         SELECT DISTINCT {outage}, c.id, {id} {from} \
         AND NOT EXISTS (SELECT 1 FROM outage_accounts o WHERE o.outage_id = {outage} AND o.account_id = c.id)"
    );
    let added = native!(tx.conn(), |c| diesel::sql_query(sql)
        .bind::<Text, _>(served.commodity.as_str())
        .bind::<Date, _>(served.on)
        .bind::<Text, _>(text)
        .execute(c))?;
    Ok((id, added))
}

/// The streets of an area where most of its accounts are, in one line; an ellipsis stands for the others.
fn streets(
    conn: &mut Conn,
    (from, text): (&str, &str),
    served: Served,
) -> Result<String, StoreError> {
    let street = parts(conn).street;
    let sql = format!(
        "SELECT {street} AS name {from} GROUP BY 1 ORDER BY COUNT(DISTINCT c.id) DESC, 1 LIMIT {}",
        NAMED + 1
    );
    let found: Vec<Street> = native!(conn, |c| diesel::sql_query(sql)
        .bind::<Text, _>(served.commodity.as_str())
        .bind::<Date, _>(served.on)
        .bind::<Text, _>(text)
        .load(c))?;
    let are_more = found.len() > NAMED;
    let mut names: Vec<String> = found.into_iter().map(|street| street.name).collect();
    names.truncate(NAMED);
    if are_more {
        names.push("…".to_owned());
    }
    Ok(names.join(", "))
}

fn insert_row(
    tx: &mut Tx<'_>,
    outage: OutageId,
    area: &Area,
    streets: Option<String>,
) -> Result<OutageAreaId, StoreError> {
    let (mut street, mut numbers, mut side) = (None, (None, None), Side::Both);
    let (mut postal_code, mut cycle) = (None, None);
    let (mut feeder, mut corners) = (None, None);
    match area {
        Area::Street {
            street: name,
            from,
            to,
            side: which,
        } => {
            street = Some(name);
            numbers = (Some(*from), Some(*to));
            side = *which;
        }
        Area::PostalCode(code) => postal_code = Some(code),
        Area::Cycle(id) => cycle = Some(*id),
        Area::Feeder(name) => feeder = Some(name),
        Area::Drawn(polygon) => corners = Some(polygon.text()),
        Area::Accounts(_) | Area::Everywhere => {}
    }
    Ok(diesel::insert_into(outage_areas::table)
        .values((
            outage_areas::outage_id.eq(outage),
            outage_areas::kind.eq(area.kind()),
            outage_areas::street.eq(street),
            outage_areas::from_number.eq(numbers.0),
            outage_areas::to_number.eq(numbers.1),
            outage_areas::side.eq(side),
            outage_areas::postal_code.eq(postal_code),
            outage_areas::cycle_id.eq(cycle),
            outage_areas::feeder.eq(feeder),
            outage_areas::corners.eq(corners),
            outage_areas::streets.eq(streets),
        ))
        .returning(outage_areas::id)
        .get_result(tx.conn())?)
}

/// The areas of these outages, in the order they were added. Two queries.
pub fn list(conn: &mut Conn, outages: &[OutageId]) -> Result<Vec<AreaRow>, StoreError> {
    type Row = (
        OutageId,
        AreaKind,
        Option<String>,
        (Option<i32>, Option<i32>),
        Side,
        Option<String>,
        Option<CycleId>,
        (Option<String>, Option<String>),
    );
    let rows: Vec<Row> = outage_areas::table
        .filter(outage_areas::outage_id.eq_any(outages))
        .order(outage_areas::id)
        .select((
            outage_areas::outage_id,
            outage_areas::kind,
            outage_areas::street,
            (outage_areas::from_number, outage_areas::to_number),
            outage_areas::side,
            outage_areas::postal_code,
            outage_areas::cycle_id,
            (outage_areas::feeder, outage_areas::streets),
        ))
        .load(conn)?;
    let named: Vec<(CycleId, String)> = cycles::table
        .select((cycles::id, cycles::name))
        .load(conn)?;
    let name_of = |id: CycleId| {
        let found = named.iter().find(|(cycle, _)| *cycle == id);
        found.map(|(_, name)| name.clone())
    };
    let area = |row: Row| {
        let (outage_id, kind, street, numbers, side, postal_code, cycle, named) = row;
        AreaRow {
            outage_id,
            kind,
            street,
            from_number: numbers.0,
            to_number: numbers.1,
            side,
            postal_code,
            cycle: cycle.and_then(name_of),
            feeder: named.0,
            streets: named.1,
        }
    };
    Ok(rows.into_iter().map(area).collect())
}

/// The accounts with these numbers.
pub fn ids_of(
    conn: &mut Conn,
    numbers: &[AccountNumber],
) -> Result<Vec<(AccountId, AccountNumber)>, StoreError> {
    Ok(accounts::table
        .filter(accounts::number.eq_any(numbers))
        .select((accounts::id, accounts::number))
        .load(conn)?)
}

/// The names of streets where somebody is or was served, at most so many.
pub fn list_streets(conn: &mut Conn, limit: i32) -> Result<Vec<String>, StoreError> {
    let street = parts(conn).street;
    let sql =
        format!("SELECT DISTINCT {street} AS name FROM premises m ORDER BY name LIMIT {limit}");
    let found: Vec<Street> = native!(conn, |c| diesel::sql_query(sql).load(c))?;
    Ok(found.into_iter().map(|found| found.name).collect())
}

/// The names of feeders, each with what it carries.
pub fn list_feeders(conn: &mut Conn) -> Result<Vec<(String, Commodity)>, StoreError> {
    let rows: Vec<(Option<String>, Commodity)> = service_points::table
        .filter(service_points::feeder.is_not_null())
        .order((service_points::feeder, service_points::commodity))
        .select((service_points::feeder, service_points::commodity))
        .distinct()
        .load(conn)?;
    let named = |(feeder, commodity): (Option<String>, Commodity)| Some((feeder?, commodity));
    Ok(rows.into_iter().filter_map(named).collect())
}

/// Where each place lies, and how many places lie nowhere that is known.
pub fn list_spots(conn: &mut Conn) -> Result<(Vec<(PremiseId, Spot)>, usize), StoreError> {
    let rows: Vec<(PremiseId, Option<Exact>, Option<Exact>)> = premises::table
        .filter(premises::merged_into_id.is_null())
        .order(premises::id)
        .select((premises::id, premises::latitude, premises::longitude))
        .load(conn)?;
    let count = rows.len();
    let spot = |(id, north, east): (PremiseId, Option<Exact>, Option<Exact>)| {
        Some((id, Spot::of(north?.0, east?.0)?))
    };
    let spots: Vec<(PremiseId, Spot)> = rows.into_iter().filter_map(spot).collect();
    let lost = count - spots.len();
    Ok((spots, lost))
}
