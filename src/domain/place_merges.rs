//! Two places that may be one: addresses that are the same however they are written, what is served at both at one time, and how points are told
//! apart that come beside one another.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use chrono::NaiveDate;

use crate::domain::commodity::Commodity;
use crate::domain::duplicates::address_key;
use crate::domain::ids::{AccountId, PremiseId};
use crate::domain::text_enum::text_enum;

text_enum! {
    /// What becomes another place's when two become one.
    PlaceMoved {
        /// A point where something is delivered, with all that hangs and is agreed there.
        Point => "point",
        /// A service order.
        Order => "order",
        /// What a landlord is noted for.
        Part => "part",
        /// A number by which the utility's earlier books knew it.
        Number => "number",
        /// A place that became one with it before.
        Place => "place",
    }
}

/// Two places, the one written down first before the other.
pub type TwoPlaces = (PremiseId, PremiseId);

/// A service of an account at a place, from its first day until the first day without it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Service {
    /// Whose.
    pub account: AccountId,
    /// What is delivered.
    pub commodity: Commodity,
    /// First day.
    pub from_on: NaiveDate,
    /// First day after its end.
    pub until_on: Option<NaiveDate>,
}

/// Who is served with one commodity at both places at one time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Beside {
    /// With what.
    pub commodity: Commodity,
    /// Who is at the place that stays.
    pub kept: AccountId,
    /// Who is at the one that goes.
    pub gone: AccountId,
}

/// Pairs of places of one address, in the order in which they were opened. Of several each is beside the first of which nobody said that they
/// are two: when these two are one, the next is found. Pairs that somebody said are two (`apart`) are found as well. `all` is in the order of
/// ids, each with its whole address.
#[must_use]
pub fn same_places(all: &[(PremiseId, String)], apart: &HashSet<TwoPlaces>) -> BTreeSet<TwoPlaces> {
    let mut groups: BTreeMap<String, Vec<PremiseId>> = BTreeMap::new();
    for (id, line) in all {
        groups.entry(address_key(line)).or_default().push(*id);
    }
    let mut found = BTreeSet::new();
    for ids in groups.values() {
        for (place, other) in ids.iter().enumerate() {
            for one in ids.iter().take(place) {
                found.insert((*one, *other));
                if !apart.contains(&(*one, *other)) {
                    break;
                }
            }
        }
    }
    found
}

/// Who is served with one commodity at both of two places at one time.
#[must_use]
pub fn beside(kept: &[Service], gone: &[Service]) -> BTreeSet<Beside> {
    let mut found = BTreeSet::new();
    for one in kept {
        let others = gone.iter().filter(|other| meet(one, other));
        found.extend(others.map(|other| Beside {
            commodity: one.commodity,
            kept: one.account,
            gone: other.account,
        }));
    }
    found
}

fn meet(one: &Service, other: &Service) -> bool {
    let begins_before = |a: &Service, b: &Service| b.until_on.is_none_or(|end| a.from_on < end);
    one.commodity == other.commodity && begins_before(one, other) && begins_before(other, one)
}

/// The name of a point among those of its commodity at a place: its own where none there has it, else with the next number.
#[must_use]
pub fn free_label(label: Option<&str>, taken: &[Option<String>]) -> Option<String> {
    let is_taken = |name: Option<&str>| taken.iter().any(|one| one.as_deref() == name);
    if !is_taken(label) {
        return label.map(str::to_owned);
    }
    let numbered = |number: usize| match label {
        Some(label) => format!("{label} {number}"),
        None => number.to_string(),
    };
    let mut names = (2..=taken.len().saturating_add(2)).map(numbered);
    names.find(|name| !is_taken(Some(name.as_str())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 7, day).unwrap()
    }

    fn service(account: i64, commodity: Commodity, from: u32, until: Option<u32>) -> Service {
        Service {
            account: AccountId(account),
            commodity,
            from_on: day(from),
            until_on: until.map(day),
        }
    }

    #[test]
    fn places_of_one_address_are_found_until_somebody_says_that_they_are_two() {
        let place = |id, line: &str| (PremiseId(id), line.to_owned());
        let all = [
            place(1, "12 North Main Street, Dubuque, IA 52001"),
            place(2, "14 N Main St, Dubuque, IA 52001"),
            place(3, "12 N Main St, Dubuque, IA 52001-1234"),
            place(4, "12 N. Main St, Dubuque, IA 52001"),
        ];
        let two = |one, other| (PremiseId(one), PremiseId(other));
        let found = same_places(&all, &HashSet::new());
        assert_eq!(found, BTreeSet::from([two(1, 3), two(1, 4)]));
        let found = same_places(&all, &HashSet::from([two(1, 4)]));
        assert_eq!(found, BTreeSet::from([two(1, 3), two(1, 4), two(3, 4)]));
    }

    #[test]
    fn only_what_is_served_at_one_time_is_beside_something() {
        let kept = [
            service(1, Commodity::Water, 1, Some(10)),
            service(1, Commodity::Sewer, 1, None),
        ];
        let gone = [
            service(2, Commodity::Water, 10, None),
            service(2, Commodity::Sewer, 5, Some(6)),
            service(1, Commodity::Refuse, 1, None),
        ];
        let found = beside(&kept, &gone);
        let two = Beside {
            commodity: Commodity::Sewer,
            kept: AccountId(1),
            gone: AccountId(2),
        };
        assert_eq!(found, BTreeSet::from([two]), "half open: no day of both");
    }

    #[test]
    fn a_point_keeps_its_name_where_it_is_free() {
        let taken = [None, Some("garden".to_owned()), Some("2".to_owned())];
        let free = |label| free_label(label, &taken);
        assert_eq!(free(Some("pool")).as_deref(), Some("pool"));
        assert_eq!(free(Some("garden")).as_deref(), Some("garden 2"));
        assert_eq!(free(None).as_deref(), Some("3"));
        assert_eq!(free_label(None, &taken[1..]), None);
    }
}
