//! The households of a city of any size: each told by its place in the sequence alone, so that a city can be made again, part by part.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde_json::json;

use crate::domain::accounts::AccountClass;
use crate::domain::customers::{CustomerKind, Language};
use crate::domain::ids::CycleId;
use crate::domain::meters::{Channel, MeterKind};
use crate::domain::premises::Commodity;
use crate::domain::quantity::Unit;
use crate::usecases::accounts::{
    NewAccount, NewCustomer, NewMeter, NewPremise, NewRegister, NewService,
};

const GIVEN: &[&str] = &[
    "Ada", "Amir", "Beatriz", "Carl", "Carmen", "Chen", "Dolores", "Edith", "Elena", "Emil",
    "Fatima", "George", "Grace", "Hana", "Henry", "Ines", "Ivan", "James", "Joan", "Jorge",
    "Julia", "Karl", "Kofi", "Laura", "Leon", "Lucia", "Marco", "Maria", "Nadia", "Noah", "Olga",
    "Oscar", "Paula", "Pedro", "Quinn", "Rosa", "Ruth", "Samuel", "Sofia", "Teresa", "Thomas",
    "Uma", "Victor", "Wanda", "Ximena", "Yusuf", "Zoe",
];
const FAMILY: &[&str] = &[
    "Abbott",
    "Alvarez",
    "Baker",
    "Bauer",
    "Becker",
    "Brown",
    "Castillo",
    "Clark",
    "Cohen",
    "Cruz",
    "Davis",
    "Diaz",
    "Evans",
    "Fischer",
    "Flores",
    "Garcia",
    "Gomez",
    "Green",
    "Hansen",
    "Harris",
    "Hernandez",
    "Hill",
    "Ibarra",
    "Jackson",
    "Jensen",
    "Johnson",
    "Kim",
    "King",
    "Larsen",
    "Lee",
    "Lopez",
    "Martin",
    "Meyer",
    "Miller",
    "Moreno",
    "Nguyen",
    "Novak",
    "Olsen",
    "Ortiz",
    "Patel",
    "Perez",
    "Quintero",
    "Ramos",
    "Reyes",
    "Rivera",
    "Schmidt",
    "Silva",
    "Smith",
    "Taylor",
    "Torres",
    "Vargas",
    "Walker",
    "Weber",
    "White",
    "Wilson",
    "Young",
    "Zimmer",
];
const STREETS: &[&str] = &[
    "Acorn",
    "Ash",
    "Bluff",
    "Bridge",
    "Canal",
    "Cedar",
    "Chapel",
    "Cherry",
    "Church",
    "Clay",
    "Creek",
    "Depot",
    "Elm",
    "Ferry",
    "Field",
    "Foundry",
    "Garden",
    "Granite",
    "Grove",
    "Harbor",
    "Hickory",
    "High",
    "Jefferson",
    "Juniper",
    "Lake",
    "Laurel",
    "Linden",
    "Locust",
    "Main",
    "Maple",
    "Market",
    "Meadow",
    "Mill",
    "Mulberry",
    "Oak",
    "Orchard",
    "Park",
    "Pearl",
    "Pine",
    "Plum",
    "Poplar",
    "Prairie",
    "Quarry",
    "Ridge",
    "River",
    "School",
    "Second",
    "Spring",
    "Spruce",
    "Summit",
    "Sycamore",
    "Third",
    "Union",
    "Valley",
    "Walnut",
    "Washington",
    "Water",
    "Willow",
];
const KINDS_OF_STREET: &[&str] = &["Street", "Avenue", "Road", "Lane", "Court"];

/// Which of a home's two meters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Metered {
    /// Gallons of water.
    Water,
    /// Kilowatt-hours.
    Electric,
}

impl Metered {
    /// Both, in the order of the services.
    pub const ALL: [Self; 2] = [Self::Water, Self::Electric];

    /// The number on the meter, which files call its register as well.
    #[must_use]
    pub fn serial(self, place: u64) -> String {
        match self {
            Self::Water => format!("SW{place:07}"),
            Self::Electric => format!("SE{place:07}"),
        }
    }

    /// What the meter counts in.
    #[must_use]
    pub const fn unit(self) -> Unit {
        match self {
            Self::Water => Unit::Gallon,
            Self::Electric => Unit::Kwh,
        }
    }

    /// What a home uses in a month: its own usual amount, up to a fifth more or less, never enough to need a second look.
    #[must_use]
    pub fn usage(self, place: u64, month: u64) -> u64 {
        let kind = match self {
            Self::Water => 1,
            Self::Electric => 2,
        };
        let usual = match self {
            Self::Water => 1_500 + mixed(place, kind) % 6_000,
            Self::Electric => 250 + mixed(place, kind) % 900,
        };
        let percent = 80 + mixed(place ^ (month << 32), kind) % 41;
        usual * percent / 100
    }

    /// What its register shows after so many months.
    #[must_use]
    pub fn shown(self, place: u64, months: u64) -> u64 {
        (0..months).map(|month| self.usage(place, month)).sum()
    }
}

/// A number that looks drawn by lot, and is the same every time (splitmix64).
#[must_use]
pub fn mixed(place: u64, salt: u64) -> u64 {
    let mut mixed = place
        .wrapping_add(salt.wrapping_mul(0xD1B5_4A32_D192_ED03))
        .wrapping_add(0x9E37_79B9_7F4A_7C15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ (mixed >> 31)
}

fn one_of(words: &'static [&'static str], place: u64, salt: u64) -> &'static str {
    let count = u64::try_from(words.len()).unwrap_or(1);
    let chosen = usize::try_from(mixed(place, salt) % count).unwrap_or_default();
    words.get(chosen).copied().unwrap_or_default()
}

/// The household at a place of the sequence.
#[must_use]
pub fn home(place: u64, cycle: CycleId, from_on: NaiveDate) -> NewAccount {
    let (given, family) = (one_of(GIVEN, place, 3), one_of(FAMILY, place, 4));
    let is_spanish = place.is_multiple_of(6);
    let address = format!("{given}.{family}{place}@mail.example").to_lowercase();
    NewAccount {
        customer: NewCustomer {
            kind: CustomerKind::Person,
            name: format!("{given} {family}"),
            given_name: Some(given.to_owned()),
            language: if is_spanish {
                Language::Spanish
            } else {
                Language::English
            },
            email: Some(address),
            phone: Some(format!(
                "(555) {:03}-{:04}",
                place / 10_000 % 1_000,
                place % 10_000
            )),
        },
        others: Vec::new(),
        class: AccountClass::Residential,
        cycle,
        paper: place.is_multiple_of(3),
        email: !place.is_multiple_of(3),
        from_on,
        premise: premise(place),
        services: services(place),
    }
}

fn premise(place: u64) -> NewPremise {
    let (street, kind) = (one_of(STREETS, place, 5), one_of(KINDS_OF_STREET, place, 6));
    NewPremise {
        line_1: format!("{} {street} {kind}", 100 + place % 4_900),
        unit: place
            .is_multiple_of(9)
            .then(|| format!("Apt {}", place % 40 + 1)),
        city: "Fairwater".to_owned(),
        state: "IL".to_owned(),
        postal_code: format!("600{:02}", mixed(place, 7) % 20),
        point: None,
        impervious_sqft: Some(Decimal::from(roof(place))),
        dwelling_units: 1,
    }
}

fn roof(place: u64) -> u64 {
    1_400 + mixed(place, 8) % 4_000
}

fn services(place: u64) -> Vec<NewService> {
    let without_meter = |commodity, rate_code: &str, facts| NewService {
        commodity,
        rate_code: rate_code.to_owned(),
        facts,
        meter: None,
    };
    let metered = |commodity, rate_code: &str, of: Metered| NewService {
        meter: Some(meter(of, place)),
        ..without_meter(commodity, rate_code, json!({}))
    };
    let roof = json!({ "counts": [["impervious", roof(place).to_string(), Unit::SquareFoot]] });
    vec![
        metered(Commodity::Water, "SC-W", Metered::Water),
        without_meter(Commodity::Sewer, "SC-S", json!({})),
        without_meter(Commodity::Stormwater, "SC-D", roof),
        metered(Commodity::Electric, "SC-E", Metered::Electric),
    ]
}

fn meter(of: Metered, place: u64) -> NewMeter {
    let serial = of.serial(place);
    NewMeter {
        kind: MeterKind::Simple,
        size: (of == Metered::Water).then(|| "5/8".to_owned()),
        registers: vec![NewRegister {
            channel: Channel::Delivered,
            external_key: serial.clone(),
            unit: of.unit(),
            dials: 7,
            decimals: 0,
            multiplier: Decimal::ONE,
            resolution_minutes: None,
        }],
        serial,
    }
}
