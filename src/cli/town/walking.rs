//! The ways that the town's meter readers walk: one for each part of town, street after street, with a word where somebody should be careful.

use anyhow::Context;
use chrono::{Days, NaiveDate};

use crate::cli::town::office::Office;
use crate::cli::town::people::{PARTS, STREETS};
use crate::domain::ids::{CycleId, ServicePointId};
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::store::routes::{Spot, list, list_missing};
use crate::usecases::routes::{RouteError, import, open};

/// So many days ago the routes were written down: whoever came since is on none.
const WRITTEN: u64 = 60;

/// More meters than the town has.
const ALL: i64 = 10_000;

/// Where a dog lives, and what readers say of it.
const DOG: (&str, &str) = ("Ferry Street", "Dog in the yard: ring first.");

/// Writes the routes down, on their day.
///
/// # Errors
/// A fault.
pub fn pass(office: &Office<'_>, cycles: &[CycleId], day: NaiveDate) -> anyhow::Result<()> {
    if day + Days::new(WRITTEN) != office.today {
        return Ok(());
    }
    let spots = office.db.read_blocking(|conn| list_missing(conn, ALL))?;
    let parts = PARTS.iter().zip(STREETS).zip(cycles).zip(1..);
    for (((name, streets), cycle), number) in parts {
        let (code, cycle, stops) = (format!("R{number}"), *cycle, way(&spots, streets));
        if stops.is_empty() {
            continue;
        }
        let write = move |tx: &mut Tx<'_>| -> Result<(), RouteError> {
            open(tx, (&code, name), cycle)?;
            let all = list(tx)?;
            let route = all.iter().find(|route| route.code == code);
            let route = route.ok_or(StoreError::Missing("route"))?;
            import(tx, route.id, &stops)
        };
        office
            .write(office.clerk(day, 9), write)
            .with_context(|| format!("the readers' way through {name}"))?;
    }
    Ok(())
}

/// The points in some streets, as somebody walks them, each with what to know there.
fn way(spots: &[Spot], streets: &[&str]) -> Vec<(ServicePointId, Option<String>)> {
    let mut stops: Vec<(usize, u32, &Spot)> = spots
        .iter()
        .filter_map(|spot| {
            let street = streets
                .iter()
                .position(|street| spot.line.contains(street))?;
            Some((street, house_number(&spot.line), spot))
        })
        .collect();
    stops.sort_by_key(|(street, number, spot)| (*street, *number, spot.point));
    let dog = stops.iter().find(|(_, _, spot)| spot.line.contains(DOG.0));
    let dog = dog.map(|(_, _, spot)| spot.premise);
    let note = |spot: &Spot| (Some(spot.premise) == dog).then(|| DOG.1.to_owned());
    let stop = |(_, _, spot): &(usize, u32, &Spot)| (spot.point, note(spot));
    stops.iter().map(stop).collect()
}

/// The number that an address begins with.
fn house_number(line: &str) -> u32 {
    let number = line.split(' ').next();
    number
        .and_then(|word| word.parse().ok())
        .unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::PremiseId;
    use crate::domain::premises::Commodity;

    #[test]
    fn a_way_goes_street_after_street_by_number() {
        let spot = |point: i64, line: &str| Spot {
            point: ServicePointId(point),
            commodity: Commodity::Water,
            premise: PremiseId(point),
            line: line.to_owned(),
        };
        let spots = [
            spot(1, "10 Ferry Street"),
            spot(2, "9 Ferry Street"),
            spot(3, "40 River Road, Unit 2"),
            spot(4, "1 Bluff Road"),
        ];
        let way = way(&spots, &["River Road", "Ferry Street"]);
        let points: Vec<i64> = way.iter().map(|(point, _)| point.0).collect();
        assert_eq!(points, [3, 2, 1]);
        let noted: Vec<i64> = way
            .iter()
            .filter(|(_, note)| note.is_some())
            .map(|(point, _)| point.0)
            .collect();
        assert_eq!(noted, [2]);
    }
}
