//! Cycles, places and points, line by line.

use std::collections::HashSet;

use crate::domain::calendars::FallsOn;
use crate::domain::ids::PremiseId;
use crate::domain::premises::{Commodity, LONGEST_LINE, by_five_digits};
use crate::domain::setup::{OwnKind, Refusal, Row, SetupFile, Table, Why};
use crate::store::premises::ServicePointRow;
use crate::usecases::accounts::NewPremise;
use crate::usecases::cycles::{Beginning, CycleError, LONGEST, NewCycle};
use crate::usecases::places::premise_row;
use crate::usecases::places::{self, PlaceError, feeder_name};
use crate::usecases::setup::house::House;
use crate::usecases::setup::plan::{Plan, PlannedCycle, PlannedPoint, PlannedPremise};

/// How many periods a calendar begins with; it goes on by itself.
const PERIODS: u32 = 18;

/// Cycles.
pub(super) fn cycles(table: &Table, house: &House, plan: &mut Plan, refusals: &mut Vec<Refusal>) {
    let mut seen = HashSet::new();
    for row in table.rows() {
        let Some(code) = row.filled("cycle", refusals) else {
            continue;
        };
        if !seen.insert(code) {
            refusals.push(row.refusal(Why::Twice, "cycle"));
        } else if house.cycles.contains_key(code) {
            plan.note_known(SetupFile::Cycles);
        } else {
            plan.cycles.extend(cycle(&row, code, refusals));
        }
    }
}

fn cycle(row: &Row<'_>, code: &str, refusals: &mut Vec<Refusal>) -> Option<PlannedCycle> {
    let name = row.filled("name", refusals);
    let months = row.value_or(("months", Why::NotANumber), 1, refusals);
    let read_day = row.value(("read_day", Why::NotANumber), refusals);
    let rule = FallsOn::WorkingDay;
    let falls_on = row.value_or(("falls_on", Why::NotOneOf), rule, refusals);
    let issue_after = row.value_or(("issue_after", Why::NotANumber), 3, refusals);
    let due_after = row.value_or(("due_after", Why::NotANumber), 21, refusals);
    let from_on = row.day("first_day", refusals);
    let cycle = NewCycle {
        code: code.to_owned(),
        name: name?.to_owned(),
        months: months?,
        read_day: read_day?,
        issue_after: issue_after?,
        due_after: due_after?,
    };
    let column = match cycle.check() {
        Ok(()) => {
            let begins = Beginning {
                from_on: from_on?,
                periods: PERIODS,
            };
            return Some(PlannedCycle {
                cycle,
                falls_on: falls_on?,
                begins,
            });
        }
        Err(CycleError::Months) => "months",
        Err(CycleError::ReadDay) => "read_day",
        Err(CycleError::IssueAfter) => "issue_after",
        Err(CycleError::DueAfter) => "due_after",
        Err(
            CycleError::NameMissing
            | CycleError::CodeTaken
            | CycleError::Periods
            | CycleError::Dates(_)
            | CycleError::Used
            | CycleError::Fault(_),
        ) => {
            let is_code = cycle.code.chars().count() > LONGEST;
            let column = if is_code { "cycle" } else { "name" };
            refusals.push(row.refusal(Why::TooLong, column));
            return None;
        }
    };
    refusals.push(row.refusal(Why::NotANumber, column));
    None
}

/// Places.
pub(super) fn premises(table: &Table, house: &House, plan: &mut Plan, refusals: &mut Vec<Refusal>) {
    let (mut seen, mut addresses) = (HashSet::new(), HashSet::new());
    for row in table.rows() {
        let Some(number) = row.filled("premise", refusals) else {
            continue;
        };
        if !seen.insert(number) {
            refusals.push(row.refusal(Why::Twice, "premise"));
            continue;
        }
        if house.premise(number).is_some() {
            plan.note_known(SetupFile::Premises);
            continue;
        }
        if let Some(refused) = house.alike(&row, OwnKind::Premise, "premise") {
            refusals.push(refused);
            continue;
        }
        let cycle = row.text("cycle");
        if !cycle.is_empty() && !house.has_cycle(cycle) {
            refusals.push(row.refusal(Why::Unknown, "cycle"));
        }
        let Some(premise) = premise(&row, refusals) else {
            continue;
        };
        let written = premise_row(PremiseId(0), &premise, None).search_text;
        let address = by_five_digits(&written).to_owned();
        if house.addresses.contains(&address) || !addresses.insert(address) {
            refusals.push(row.refusal(Why::KnownAddress, "address"));
            continue;
        }
        plan.premises.push(PlannedPremise {
            number: number.to_owned(),
            premise,
            cycle: Some(cycle.to_owned()).filter(|code| !code.is_empty()),
        });
    }
}

fn premise(row: &Row<'_>, refusals: &mut Vec<Refusal>) -> Option<NewPremise> {
    let line_1 = row.filled("address", refusals);
    let city = row.filled("city", refusals);
    let state = row.filled("state", refusals);
    let postal_code = row.filled("zip", refusals);
    let units = row.value_or(("dwelling_units", Why::NotANumber), 1, refusals);
    let area = row.number_if_any("impervious_sqft", refusals);
    let north = row.number_if_any("latitude", refusals);
    let east = row.number_if_any("longitude", refusals);
    let new = NewPremise {
        line_1: line_1?.to_owned(),
        unit: Some(row.text("unit").to_owned()),
        city: city?.to_owned(),
        state: state?.to_owned(),
        postal_code: postal_code?.to_owned(),
        point: north?.zip(east?),
        impervious_sqft: area?,
        dwelling_units: units?,
    };
    let new = places::trimmed(&new);
    let (why, column) = match places::check(&new) {
        Ok(()) => return Some(new),
        Err(PlaceError::LineTooLong) => (Why::TooLong, too_long(&new)),
        Err(PlaceError::State) => (Why::NoState, "state"),
        Err(PlaceError::PostalCode) => (Why::NoZip, "zip"),
        Err(PlaceError::DwellingUnits) => (Why::NotANumber, "dwelling_units"),
        Err(PlaceError::Area) => (Why::NotANumber, "impervious_sqft"),
        Err(PlaceError::Point) => (Why::NoPoint, "latitude"),
        Err(
            PlaceError::StreetMissing
            | PlaceError::CityMissing
            | PlaceError::NoSuchCycle
            | PlaceError::KnownAddress(_)
            | PlaceError::KnownPoint
            | PlaceError::Merged(_)
            | PlaceError::Fault(_),
        ) => (Why::Missing, "address"),
    };
    refusals.push(row.refusal(why, column));
    None
}

/// The column of the line that is too long.
fn too_long(new: &NewPremise) -> &'static str {
    let unit = new.unit.as_deref().unwrap_or_default();
    let lines = [
        ("address", new.line_1.as_str()),
        ("unit", unit),
        ("city", new.city.as_str()),
    ];
    let mut long = lines
        .into_iter()
        .filter(|(_, line)| line.chars().count() > LONGEST_LINE);
    long.next().map_or("address", |(column, _)| column)
}

/// Points.
pub(super) fn points(table: &Table, house: &House, plan: &mut Plan, refusals: &mut Vec<Refusal>) {
    let (mut seen, mut named) = (HashSet::new(), HashSet::new());
    for row in table.rows() {
        let Some(number) = row.filled("point", refusals) else {
            continue;
        };
        if !seen.insert(number) {
            refusals.push(row.refusal(Why::Twice, "point"));
            continue;
        }
        if house.point(number).is_some() {
            plan.note_known(SetupFile::ServicePoints);
            continue;
        }
        if let Some(refused) = house.alike(&row, OwnKind::ServicePoint, "point") {
            refusals.push(refused);
            continue;
        }
        let premise = row.filled("premise", refusals);
        let commodity: Option<Commodity> = row.value(("service", Why::NotOneOf), refusals);
        let label = row.text("name");
        if label.chars().count() > LONGEST_LINE {
            refusals.push(row.refusal(Why::TooLong, "name"));
            continue;
        }
        let Ok(feeder) = feeder_name(row.text("feeder")) else {
            refusals.push(row.refusal(Why::TooLong, "feeder"));
            continue;
        };
        let (Some(premise), Some(commodity)) = (premise, commodity) else {
            continue;
        };
        let name = plain(label);
        let here = house.premise(premise);
        let here = here.and_then(|place| house.points_at.get(&place));
        let is_same = |point: &ServicePointRow| {
            let known = point.label.as_deref().unwrap_or_default();
            point.commodity == commodity && plain(known) == name
        };
        if !house.has(OwnKind::Premise, premise) {
            refusals.push(house.unknown(&row, OwnKind::Premise, "premise"));
        } else if here.is_some_and(|points| points.iter().any(is_same)) {
            refusals.push(row.refusal(Why::KnownPoint, "service"));
        } else if !named.insert((premise, commodity, name)) {
            refusals.push(row.refusal(Why::Twice, "service"));
        } else {
            plan.points.push(PlannedPoint {
                number: number.to_owned(),
                premise: premise.to_owned(),
                commodity,
                label: Some(label.to_owned()).filter(|label| !label.is_empty()),
                feeder,
            });
        }
    }
}

/// A point's name as it is compared.
fn plain(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    words.join(" ").to_lowercase()
}
