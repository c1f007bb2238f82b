//! Which places may be in the books twice, what each of two places has, and what would move from the one to the other: read in a fixed number of
//! queries.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;

use crate::domain::ids::{AccountId, AccountNumber, AccountRoleId, PremiseId};
use crate::domain::place_merges::{TwoPlaces, beside, free_label, same_places};
use crate::domain::premises::Commodity;
use crate::domain::setup::OwnKind;
use crate::store::db::Conn;
use crate::store::duplicates;
use crate::store::error::StoreError;
use crate::store::own_numbers;
use crate::store::place_merges::{self, OrderAt};
use crate::store::place_screen::{self, Place};
use crate::store::premises::{self, ServicePointRow};

/// Two places of one address.
#[derive(Debug, Clone)]
pub struct FoundPlaces {
    /// Which, the one written down first before the other.
    pub ids: TwoPlaces,
    /// How each is written.
    pub lines: (String, String),
    /// Whether somebody said that they are two.
    pub is_apart: bool,
}

/// Everything that a place has.
#[derive(Debug, Clone)]
pub struct PlaceSide {
    /// The place with its points.
    pub place: Place,
    /// The service orders there.
    pub orders: Vec<OrderAt>,
    /// What landlords are noted for there.
    pub landlords: usize,
    /// How often a landlord said what they want of it.
    pub instructions: i64,
    /// How often it was recorded what its lines are made of.
    pub materials: i64,
    /// By which numbers the utility's earlier books knew it.
    pub numbers: Vec<String>,
}

impl PlaceSide {
    /// How many of its service orders are open.
    #[must_use]
    pub fn open_orders(&self) -> usize {
        open(&self.orders)
    }
}

/// A point that moves, and what it is called at the place that stays.
#[derive(Debug, Clone)]
pub struct PointMove {
    /// The point.
    pub row: ServicePointRow,
    /// Its name there.
    pub label: Option<String>,
}

/// Two accounts, or one, that are served with one commodity at both places at one time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BothServed {
    /// With what.
    pub commodity: Commodity,
    /// Who is at the place that stays.
    pub kept: AccountNumber,
    /// Who is at the one that goes.
    pub gone: AccountNumber,
}

impl BothServed {
    /// Whether two accounts are served.
    #[must_use]
    pub fn is_of_two(&self) -> bool {
        self.kept != self.gone
    }
}

/// What moves when a place becomes one with another.
#[derive(Debug, Clone)]
pub struct Plan {
    /// Points, with all that hangs and is agreed at each.
    pub points: Vec<PointMove>,
    /// Service orders.
    pub orders: Vec<OrderAt>,
    /// What landlords are noted for.
    pub parts: Vec<AccountRoleId>,
    /// Numbers of the utility's own.
    pub numbers: Vec<String>,
    /// Places that became one with it before.
    pub places: Vec<PremiseId>,
    /// The accounts that are or were served there.
    pub accounts: BTreeMap<AccountId, AccountNumber>,
    /// What landlords said of it, and what was recorded of its lines: read through from now on.
    pub said: (i64, i64),
    /// What is served at both at one time.
    pub beside: Vec<BothServed>,
}

impl Plan {
    /// How many of its service orders are open.
    #[must_use]
    pub fn open_orders(&self) -> usize {
        open(&self.orders)
    }

    /// Whether accounts are open side by side: somebody has to look at them first.
    #[must_use]
    pub fn has_two_served(&self) -> bool {
        self.beside.iter().any(BothServed::is_of_two)
    }

    /// What it comes to, so that nothing else is done than what somebody looked at.
    #[must_use]
    pub fn seal(&self) -> String {
        let counted = [
            self.points.len(),
            self.orders.len(),
            self.parts.len(),
            self.numbers.len(),
            self.places.len(),
            self.accounts.len(),
        ];
        let counted = counted.iter().map(ToString::to_string);
        let served = self
            .beside
            .iter()
            .map(|both| format!("{}/{}/{}", both.commodity, both.kept, both.gone));
        counted.chain(served).collect::<Vec<String>>().join("-")
    }
}

fn open(orders: &[OrderAt]) -> usize {
    let open = orders.iter().filter(|order| order.closed_on.is_none());
    open.count()
}

/// Places of one address, however it is written; those that somebody said are two only where they are asked for.
///
/// # Errors
/// A fault.
pub fn find(conn: &mut Conn, with_apart: bool) -> Result<Vec<FoundPlaces>, StoreError> {
    let all = duplicates::list_places(conn)?;
    let apart = place_merges::list_apart(conn)?;
    let lines: HashMap<PremiseId, &str> =
        all.iter().map(|(id, line)| (*id, line.as_str())).collect();
    let line = |id: PremiseId| lines.get(&id).copied().unwrap_or_default().to_owned();
    let found = same_places(&all, &apart)
        .into_iter()
        .map(|ids| FoundPlaces {
            ids,
            lines: (line(ids.0), line(ids.1)),
            is_apart: apart.contains(&ids),
        });
    Ok(found.filter(|one| with_apart || !one.is_apart).collect())
}

/// What a place has on a day.
///
/// # Errors
/// That there is no such place, or a fault.
pub fn side(conn: &mut Conn, id: PremiseId, on: NaiveDate) -> Result<PlaceSide, StoreError> {
    let place = place_screen::get(conn, id, on)?;
    let (instructions, materials) = place_merges::count_said(conn, id)?;
    Ok(PlaceSide {
        place,
        orders: place_merges::list_orders(conn, id)?,
        landlords: place_merges::list_parts(conn, id)?.len(),
        instructions,
        materials,
        numbers: numbers_of(conn, id)?,
    })
}

/// What would move on a day from the place that goes to the one that stays.
///
/// # Errors
/// A fault.
pub fn plan(conn: &mut Conn, (kept, gone): TwoPlaces, on: NaiveDate) -> Result<Plan, StoreError> {
    let stay = premises::list_points_at(conn, kept)?;
    let come = premises::list_points_at(conn, gone)?;
    let tenants = place_merges::list_tenants(conn, gone)?;
    let merged = premises::list_merged_into(conn, gone)?;
    Ok(Plan {
        points: named(&stay, come),
        orders: place_merges::list_orders(conn, gone)?,
        parts: place_merges::list_parts(conn, gone)?,
        numbers: numbers_of(conn, gone)?,
        places: merged.into_iter().map(|row| row.id).collect(),
        accounts: tenants
            .into_iter()
            .map(|(account, number, _)| (account, number))
            .collect(),
        said: place_merges::count_said(conn, gone)?,
        beside: both_served(conn, (kept, gone), on)?,
    })
}

fn numbers_of(conn: &mut Conn, id: PremiseId) -> Result<Vec<String>, StoreError> {
    let known = own_numbers::list_of_rows(conn, OwnKind::Premise, &[id.0])?;
    Ok(known.into_iter().map(|(_, number)| number).collect())
}

/// The points that come, each by a name that no point of its commodity has there.
fn named(stay: &[ServicePointRow], come: Vec<ServicePointRow>) -> Vec<PointMove> {
    let mut taken: HashMap<Commodity, Vec<Option<String>>> = HashMap::new();
    for point in stay {
        let names = taken.entry(point.commodity).or_default();
        names.push(point.label.clone());
    }
    let point = |row: ServicePointRow| {
        let names = taken.entry(row.commodity).or_default();
        let label = free_label(row.label.as_deref(), names);
        names.push(label.clone());
        PointMove { row, label }
    };
    come.into_iter().map(point).collect()
}

fn both_served(
    conn: &mut Conn,
    (kept, gone): TwoPlaces,
    on: NaiveDate,
) -> Result<Vec<BothServed>, StoreError> {
    let served = place_merges::list_served(conn, &[kept, gone], on)?;
    let at = |place: PremiseId| {
        let here = served.iter().filter(move |row| row.premise_id == place);
        here.map(|row| row.service).collect::<Vec<_>>()
    };
    let numbers: HashMap<AccountId, &AccountNumber> = served
        .iter()
        .map(|row| (row.service.account, &row.number))
        .collect();
    let both = beside(&at(kept), &at(gone)).into_iter().filter_map(|both| {
        Some(BothServed {
            commodity: both.commodity,
            kept: (*numbers.get(&both.kept)?).clone(),
            gone: (*numbers.get(&both.gone)?).clone(),
        })
    });
    Ok(both.collect())
}
