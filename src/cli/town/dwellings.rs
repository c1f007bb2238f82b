//! The kinds of places a town is made of: houses, flats and the houses they are in, shops and public buildings.

use chrono::NaiveDate;

use crate::cli::town::chance::Chance;
use crate::cli::town::homes::{Home, Part, Plot, Reporting};
use crate::cli::town::load::Kind;
use crate::cli::town::paying::Habit;
use crate::cli::town::people::{Business, PARTS, Person, STREETS};
use crate::domain::accounts::AccountClass;

/// A house with a yard, as most of the town lives.
#[must_use]
pub fn house(place: u64, part: Part, begins: NaiveDate, is_hourly: bool) -> Home {
    let mut plot = Plot::new(place, part, begins);
    let person = Person::someone(&mut plot.chance);
    let address = (street_address(&mut plot.chance, part, place), None);
    let by_hour = |reporting| {
        if is_hourly {
            reporting
        } else {
            Reporting::Walked
        }
    };
    let (people, garden) = (
        plot.chance.between(130, 330),
        plot.chance.between(-60, 190).max(0),
    );
    let (like, appliances) = (similar(place), plot.chance.between(62, 118));
    let (heating, always) = (plot.chance.between(55, 105), plot.chance.between(280, 620));
    let water = plot.load(Kind::Water { like, garden }, people);
    let power = plot.load(Kind::Home { like }, appliances);
    let gas = plot.load(Kind::Gas { always, heating }, 100);
    let (paved, carts) = (
        plot.chance.between(2_100, 4_600),
        1 + i64::from(plot.chance.falls(18)),
    );
    let has_gas = plot.chance.falls(62);
    let rain_garden: &[&str] = if plot.chance.falls(9) {
        &["rain-garden"]
    } else {
        &[]
    };
    let senior: &[&str] = if plot.chance.falls(14) {
        &["senior"]
    } else {
        &[]
    };
    let rate = if is_hourly && place % 4 == 1 {
        "E-TOU"
    } else {
        "E-1"
    };
    let senior = if rate == "E-1" { senior } else { &[] };
    let habit = Habit::of_household(&mut plot.chance);
    // Out on the county line some have a well and a tank of their own.
    let is_rural = part.place == 2 && plot.chance.falls(16);
    if !is_rural {
        plot = plot
            .water("5/8", by_hour(Reporting::Shows), water)
            .storm(paved, rain_garden)
            .refuse(carts);
    }
    plot = plot.electric(rate, by_hour(Reporting::Uses), power, senior);
    if has_gas && !is_rural {
        plot = plot.gas(gas);
    }
    plot.home_of(&person, address, habit)
}

/// A flat: its power is the tenant's, everything else the landlord's.
#[must_use]
pub fn flat(place: u64, part: Part, begins: NaiveDate, (line_1, unit): (String, String)) -> Home {
    let mut plot = Plot::new(place, part, begins);
    let person = Person::someone(&mut plot.chance);
    let appliances = plot.chance.between(38, 66);
    let power = plot.load(
        Kind::Home {
            like: similar(place),
        },
        appliances,
    );
    let habit = Habit::of_household(&mut plot.chance);
    plot.electric("E-1", Reporting::Walked, power, &[]).home_of(
        &person,
        (line_1, Some(unit)),
        habit,
    )
}

/// A house of flats, with what its landlord pays for.
#[must_use]
pub fn apartment_house(
    place: u64,
    part: Part,
    begins: NaiveDate,
    (name, line_1): (&str, String),
    flats: i32,
) -> Home {
    let mut plot = Plot::new(place, part, begins).with_dwellings(flats);
    let like = similar(place);
    let water = plot.load(Kind::Water { like, garden: 40 }, i64::from(flats) * 150);
    let habit = Habit::of_business(&mut plot.chance);
    plot.water("1-1/2", Reporting::Shows, water)
        .storm(2_900 + i64::from(flats) * 640, &[])
        .refuse(i64::from(flats) / 3 + 1)
        .business_of(name, AccountClass::SmallCommercial, (line_1, None), habit)
}

/// A business or public house.
#[must_use]
pub fn shop(place: u64, part: Part, begins: NaiveDate, business: &Business) -> Home {
    let mut plot = Plot::new(place, part, begins);
    let address = (street_address(&mut plot.chance, part, place), None);
    let counter = Kind::Counter {
        gallons: business.gallons,
        weekdays: business.weekdays,
    };
    let water = plot.load(counter, 100);
    let power = plot.load(
        Kind::Shop {
            like: business.shop,
        },
        business.percent,
    );
    let gas = plot.load(
        Kind::Gas {
            always: business.gas,
            heating: business.gas / 25 + 60,
        },
        100,
    );
    let is_public = ["School", "Library", "City Hall", "Fire Station"]
        .iter()
        .any(|word| business.name.contains(word));
    let (class, marks): (_, &[&str]) = if is_public {
        (AccountClass::Municipal, &["tax-exempt"])
    } else {
        (AccountClass::SmallCommercial, &[])
    };
    let habit = Habit::of_business(&mut plot.chance);
    plot.water(business.size, Reporting::Shows, water)
        .storm(business.paved, &[])
        .refuse(business.carts)
        .electric("E-2", Reporting::Uses, power, marks)
        .gas(gas)
        .business_of(business.name, class, address, habit)
}

/// A number and street of the part of town.
pub fn street_address(chance: &mut Chance, part: Part, place: u64) -> String {
    let streets = STREETS
        .get(part.place % PARTS.len())
        .copied()
        .unwrap_or_default();
    format!("{} {}", 100 + place * 2, chance.pick(streets))
}

/// Which recorded home this one is like.
fn similar(place: u64) -> usize {
    usize::try_from(place % 60).unwrap_or_default()
}
