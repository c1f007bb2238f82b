//! Everything the office shows of a place, in a fixed number of queries: its points, who is and was served at each, what hangs and hung there.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::domain::ids::{AccountId, PremiseId, ServiceAgreementId, ServicePointId};
use crate::domain::period::in_force;
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::labels::{self, AccountLabel};
use crate::store::meters::{self, Hung};
use crate::store::place_merges;
use crate::store::premises::{self, PremiseRow, ServicePointRow};
use crate::store::schema::{cycles, premises as places, service_agreements};

/// A place with all that is delivered there.
#[derive(Debug, Clone)]
pub struct Place {
    /// The place.
    pub premise: PremiseRow,
    /// The cycle that is suggested for a new account there, and that whoever moves in follows.
    pub cycle: Option<String>,
    /// Its points.
    pub points: Vec<Point>,
    /// Which place it became one with; nothing where it is one of its own.
    pub merged_into: Option<PremiseId>,
    /// The places that became one with it.
    pub merged: Vec<PremiseRow>,
}

/// A point of a place.
#[derive(Debug, Clone)]
pub struct Point {
    /// The point.
    pub row: ServicePointRow,
    /// Who is and was served there, the latest first.
    pub tenures: Vec<Tenure>,
    /// What hangs and hung there, the latest first.
    pub meters: Vec<Hung>,
}

/// Somebody served at a point.
#[derive(Debug, Clone)]
pub struct Tenure {
    /// The agreement.
    pub id: ServiceAgreementId,
    /// Whose.
    pub account: AccountLabel,
    /// By which rate schedule.
    pub rate_code: String,
    /// First day.
    pub from_on: NaiveDate,
    /// First day after its end.
    pub until_on: Option<NaiveDate>,
}

impl Point {
    /// Who is served on a day.
    #[must_use]
    pub fn served_on(&self, day: NaiveDate) -> Option<&Tenure> {
        self.tenures
            .iter()
            .find(|tenure| in_force(tenure.from_on, tenure.until_on, day))
    }

    /// What hangs there on a day.
    #[must_use]
    pub fn hanging_on(&self, day: NaiveDate) -> Vec<&Hung> {
        self.meters
            .iter()
            .filter(|hung| in_force(hung.from_on, hung.until_on, day))
            .collect()
    }
}

type Agreed = (
    ServiceAgreementId,
    ServicePointId,
    AccountId,
    String,
    NaiveDate,
    Option<NaiveDate>,
);

/// The place as it stands on a day; it must exist. Ten queries, however much was ever delivered there.
pub fn get(conn: &mut Conn, id: PremiseId, on: NaiveDate) -> Result<Place, StoreError> {
    let premise = premises::get(conn, id)?;
    let cycle: Option<String> = places::table
        .inner_join(cycles::table.on(places::cycle_id.eq(cycles::id.nullable())))
        .filter(places::id.eq(id))
        .select(cycles::name)
        .first(conn)
        .optional()?;
    let rows = premises::list_points_at(conn, id)?;
    let ids: Vec<ServicePointId> = rows.iter().map(|row| row.id).collect();
    let agreed: Vec<Agreed> = service_agreements::table
        .filter(service_agreements::service_point_id.eq_any(&ids))
        .filter(service_agreements::withdrawn_at.is_null())
        .order((
            service_agreements::from_on.desc(),
            service_agreements::id.desc(),
        ))
        .select((
            service_agreements::id,
            service_agreements::service_point_id,
            service_agreements::account_id,
            service_agreements::rate_code,
            service_agreements::from_on,
            service_agreements::until_on,
        ))
        .load(conn)?;
    let mut accounts: Vec<AccountId> = agreed.iter().map(|row| row.2).collect();
    accounts.sort_unstable();
    accounts.dedup();
    let names = labels::of_accounts(conn, &accounts, on)?;
    let hung = meters::list_hung_at(conn, &ids)?;
    let points = rows.into_iter().map(|row| Point {
        tenures: tenures_of(row.id, &agreed, &names),
        meters: hung
            .iter()
            .filter(|hung| hung.service_point_id == row.id)
            .cloned()
            .collect(),
        row,
    });
    Ok(Place {
        merged_into: place_merges::merged_into(conn, id)?,
        merged: premises::list_merged_into(conn, id)?,
        premise,
        cycle,
        points: points.collect(),
    })
}

fn tenures_of(
    point: ServicePointId,
    agreed: &[Agreed],
    names: &HashMap<AccountId, AccountLabel>,
) -> Vec<Tenure> {
    let here = agreed.iter().filter(|row| row.1 == point);
    let tenure = |row: &Agreed| {
        let (id, _, account, rate_code, from_on, until_on) = row.clone();
        Some(Tenure {
            id,
            account: names.get(&account)?.clone(),
            rate_code,
            from_on,
            until_on,
        })
    };
    here.filter_map(tenure).collect()
}
