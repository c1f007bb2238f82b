//! Places as the office looks for them: found by what somebody types of an address, with who is served there, and what stands ready for
//! whoever comes next. A fixed number of queries, however many are found.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

use crate::domain::ids::{AccountId, AccountNumber, PremiseId, ServicePointId};
use crate::domain::premises::Commodity;
use crate::domain::search::{prefixes, words};
use crate::store::any::{AnyConnection, native};
use crate::store::counting::{Register, registers_of};
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::kept::KeptDsl;
use crate::store::labels::{self, one_line};
use crate::store::schema::{
    accounts, landlord_agreements, premises, service_agreements, service_points,
};
use crate::store::search;

/// How many addresses that begin alike are looked at: a street has no more of one number.
const ALIKE: i64 = 200;

/// How many accounts that match what was typed are looked at for their places.
const ACCOUNTS: usize = 30;

/// After every prefix of an address.
const LAST: char = '~';

/// A place with whoever is served there.
#[derive(Debug, Clone)]
pub struct Place {
    /// The premise.
    pub id: PremiseId,
    /// Number and street with the apartment.
    pub line: String,
    /// City, state and ZIP code.
    pub city: String,
    /// What can be delivered there.
    pub services: Vec<Commodity>,
    /// Who is served there now or later.
    pub occupants: Vec<Occupant>,
}

/// An account that is served at a place now or later.
#[derive(Debug, Clone)]
pub struct Occupant {
    /// Which.
    pub account: AccountId,
    /// Its number.
    pub number: AccountNumber,
    /// Its customer.
    pub name: String,
    /// Its first day there.
    pub from_on: NaiveDate,
    /// The first day without it, where all of its services there end.
    pub until_on: Option<NaiveDate>,
    /// Whether it is a landlord's, who gives way to the next tenant.
    pub gives_way: bool,
}

/// A point at a place, with what stands ready there.
#[derive(Debug, Clone)]
pub struct Point {
    /// Row id.
    pub id: ServicePointId,
    /// What is delivered.
    pub commodity: Commodity,
    /// The registers that count it.
    pub registers: Vec<Register>,
    /// The agreement that began there last.
    pub last: Option<LastAgreement>,
}

/// What is known of the agreement that began at a point last.
#[derive(Debug, Clone)]
pub struct LastAgreement {
    /// Whose.
    pub account: AccountId,
    /// By which rate schedule.
    pub rate_code: String,
    /// First day.
    pub from_on: NaiveDate,
    /// First day after its end.
    pub until_on: Option<NaiveDate>,
}

#[derive(QueryableByName)]
struct FoundId {
    #[diesel(sql_type = BigInt)]
    id: PremiseId,
}

/// Places whose address has every typed word, those where nobody is served first. What names an account or a meter finds the places of that
/// account.
pub fn search(
    conn: &mut Conn,
    typed: &str,
    on: NaiveDate,
    limit: usize,
) -> Result<Vec<Place>, StoreError> {
    let spoken: Vec<String> = words(typed);
    if spoken.is_empty() {
        return Ok(Vec::new());
    }
    let mut ids: BTreeSet<PremiseId> = list_alike(conn, typed)?.into_iter().collect();
    let found = search::find(conn, &prefixes(typed), on, ACCOUNTS)?;
    let known: Vec<AccountId> = found.iter().map(|found| found.account.id).collect();
    let of_accounts: Vec<PremiseId> = service_agreements::table
        .inner_join(service_points::table)
        .filter(service_agreements::account_id.eq_any(&known))
        .filter(service_agreements::withdrawn_at.is_null())
        .select(service_points::premise_id)
        .distinct()
        .load(conn)?;
    ids.extend(of_accounts);
    let ids: Vec<PremiseId> = ids.into_iter().collect();
    let mut places = list(conn, &ids, on)?;
    let fits = |place: &Place| {
        let address = words(&format!("{} {}", place.line, place.city));
        let has = |word: &String| address.iter().any(|own| own.starts_with(word.as_str()));
        spoken.iter().all(has)
    };
    if places.iter().any(fits) {
        places.retain(fits);
    }
    places.sort_by(|a, b| {
        let key = |place: &Place| (!place.occupants.is_empty(), place.line.clone());
        key(a).cmp(&key(b)).then(a.id.cmp(&b.id))
    });
    places.truncate(limit);
    Ok(places)
}

/// Premises whose address begins with the first two typed words, as one begins to write it: number and street. One that became another's finds
/// that one.
fn list_alike(conn: &mut Conn, typed: &str) -> Result<Vec<PremiseId>, StoreError> {
    let parts = typed.split(|letter: char| letter.is_whitespace() || letter == ',');
    let lead: Vec<String> = parts
        .filter(|part| !part.is_empty())
        .take(2)
        .map(str::to_lowercase)
        .collect();
    let lead = lead.join(" ");
    let plain = match conn {
        AnyConnection::Pg(_) => " COLLATE \"C\"",
        AnyConnection::Sqlite(_) => "",
    };
    let sql = format!(
        "SELECT COALESCE(merged_into_id, id) AS id FROM premises WHERE search_text{plain} >= $1 AND search_text{plain} < $2 ORDER BY search_text{plain}, id LIMIT $3"
    );
    let end = format!("{lead}{LAST}");
    let found: Vec<FoundId> = native!(conn, |c| diesel::sql_query(sql)
        .bind::<Text, _>(lead)
        .bind::<Text, _>(end)
        .bind::<BigInt, _>(ALIKE)
        .kept()
        .load(c))?;
    Ok(found.into_iter().map(|found| found.id).collect())
}

/// One place, where there is one.
pub fn find(conn: &mut Conn, id: PremiseId, on: NaiveDate) -> Result<Option<Place>, StoreError> {
    Ok(list(conn, &[id], on)?.pop())
}

/// These places, with whoever is served there on a day or later. Six queries.
pub fn list(conn: &mut Conn, ids: &[PremiseId], on: NaiveDate) -> Result<Vec<Place>, StoreError> {
    type Row = (PremiseId, String, Option<String>, String, String, String);
    let rows: Vec<Row> = premises::table
        .filter(premises::id.eq_any(ids))
        .order(premises::id)
        .select((
            premises::id,
            premises::line_1,
            premises::unit,
            premises::city,
            premises::state,
            premises::postal_code,
        ))
        .load(conn)?;
    let mut services: HashMap<PremiseId, Vec<Commodity>> = HashMap::new();
    let points: Vec<(PremiseId, Commodity)> = service_points::table
        .filter(service_points::premise_id.eq_any(ids))
        .order(service_points::commodity)
        .select((service_points::premise_id, service_points::commodity))
        .load(conn)?;
    for (premise, commodity) in points {
        services.entry(premise).or_default().push(commodity);
    }
    let mut occupants = occupants(conn, ids, on)?;
    let place = |(id, line_1, unit, city, state, postal_code): Row| Place {
        id,
        line: one_line(line_1, unit),
        city: format!("{city}, {state} {postal_code}"),
        services: services.remove(&id).unwrap_or_default(),
        occupants: occupants.remove(&id).unwrap_or_default(),
    };
    Ok(rows.into_iter().map(place).collect())
}

fn occupants(
    conn: &mut Conn,
    ids: &[PremiseId],
    on: NaiveDate,
) -> Result<HashMap<PremiseId, Vec<Occupant>>, StoreError> {
    type Row = (
        PremiseId,
        AccountId,
        AccountNumber,
        (NaiveDate, Option<NaiveDate>),
        Option<i64>,
    );
    let rows: Vec<Row> = service_agreements::table
        .inner_join(service_points::table)
        .inner_join(accounts::table)
        .left_join(landlord_agreements::table)
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
            (service_agreements::from_on, service_agreements::until_on),
            landlord_agreements::follows_id.nullable(),
        ))
        .load(conn)?;
    let known: Vec<AccountId> = rows.iter().map(|row| row.1).collect();
    let names = labels::of_accounts(conn, &known, on)?;
    let mut all: BTreeMap<(PremiseId, AccountId), Occupant> = BTreeMap::new();
    for (premise, account, number, (from_on, until_on), follows) in rows {
        let label = names.get(&account);
        let one = all.entry((premise, account)).or_insert(Occupant {
            account,
            number,
            name: label.map(|label| label.name.clone()).unwrap_or_default(),
            from_on,
            until_on: Some(NaiveDate::MIN),
            gives_way: true,
        });
        one.from_on = one.from_on.min(from_on);
        one.until_on = one
            .until_on
            .zip(until_on)
            .map(|(one, other)| one.max(other));
        one.gives_way &= follows.is_some();
    }
    let mut by_place: HashMap<PremiseId, Vec<Occupant>> = HashMap::new();
    for ((premise, _), occupant) in all {
        by_place.entry(premise).or_default().push(occupant);
    }
    for occupants in by_place.values_mut() {
        occupants.sort_by_key(|one| one.from_on);
    }
    Ok(by_place)
}

/// The points of a place, with the registers that count there on a day and the agreement that began last. A fixed number of queries.
pub fn list_points(
    conn: &mut Conn,
    premise: PremiseId,
    on: NaiveDate,
) -> Result<Vec<Point>, StoreError> {
    let rows: Vec<(ServicePointId, Commodity)> = service_points::table
        .filter(service_points::premise_id.eq(premise))
        .order((service_points::commodity, service_points::id))
        .select((service_points::id, service_points::commodity))
        .load(conn)?;
    let ids: Vec<ServicePointId> = rows.iter().map(|(id, _)| *id).collect();
    let mut registers = registers_of(conn, &ids, on)?;
    type Last = (
        ServicePointId,
        AccountId,
        String,
        NaiveDate,
        Option<NaiveDate>,
    );
    let began: Vec<Last> = service_agreements::table
        .filter(service_agreements::service_point_id.eq_any(&ids))
        .filter(service_agreements::withdrawn_at.is_null())
        .order((service_agreements::from_on, service_agreements::id))
        .select((
            service_agreements::service_point_id,
            service_agreements::account_id,
            service_agreements::rate_code,
            service_agreements::from_on,
            service_agreements::until_on,
        ))
        .load(conn)?;
    let mut last: HashMap<ServicePointId, LastAgreement> = HashMap::new();
    for (point, account, rate_code, from_on, until_on) in began {
        let agreement = LastAgreement {
            account,
            rate_code,
            from_on,
            until_on,
        };
        last.insert(point, agreement);
    }
    let point = |(id, commodity)| Point {
        id,
        commodity,
        registers: registers.remove(&id).unwrap_or_default(),
        last: last.remove(&id),
    };
    Ok(rows.into_iter().map(point).collect())
}
