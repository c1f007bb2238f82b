//! The people of Larkspur Bend whom a newcomer should meet: one account in each interesting state, with a sign-in of their own.

use chrono::{Days, NaiveDate};

use crate::cli::town::dwellings::{apartment_house, flat, house};
use crate::cli::town::homes::{Home, Part, Plot, Reporting, SignIn};
use crate::cli::town::load::{Kind, Leak};
use crate::cli::town::paying::Habit;
use crate::cli::town::people::Person;
use crate::domain::accounts::AccountClass;
use crate::domain::calls::CallTopic;
use crate::domain::customers::Language;
use crate::domain::payments::Tender;
use crate::usecases::calls::WrapUp;

/// Somebody worth meeting.
#[derive(Debug, Clone, Copy)]
pub struct Character {
    /// Their name, as the office finds them.
    pub name: &'static str,
    /// What is to be seen.
    pub what: &'static str,
    /// What they sign in with.
    pub email: &'static str,
    /// Their password.
    pub password: &'static str,
    /// Who signs in, where the name is an organization's.
    pub person: Option<&'static str>,
}

/// The one whom everybody meets first.
pub const NORA: Character = Character {
    name: "Nora Whitfield",
    what: "all six services, hourly meters, a bill that rose and says why",
    email: "nora.whitfield@post.example",
    password: "larkspur-customer",
    person: None,
};

const fn neighbor(name: &'static str, email: &'static str, what: &'static str) -> Character {
    Character {
        name,
        what,
        email,
        password: "larkspur-neighbor",
        person: None,
    }
}

const fn signed_in_by(person: &'static str, organization: Character) -> Character {
    Character {
        person: Some(person),
        ..organization
    }
}

/// Who asks in Spanish.
pub const RAMON: Character = neighbor(
    "Ramón Villarreal",
    "ramon.villarreal@post.example",
    "reads Spanish",
);
/// Whose water ran.
pub const WALTER: Character = neighbor(
    "Walter Koch",
    "walter.koch@post.example",
    "a high bill: water ran day and night",
);
const EDITH: Character = neighbor(
    "Edith Halvorson",
    "edith.halvorson@post.example",
    "two estimates in a row, then a real read",
);
/// Who paid ahead, and rents a house out.
pub const GRANT: Character = neighbor(
    "Grant Ashby",
    "grant.ashby@post.example",
    "a credit balance; rents out the house of Lucía Herrera",
);
const DARNELL: Character = neighbor(
    "Darnell Booker",
    "darnell.booker@post.example",
    "past due, with a late fee",
);
/// Who is asked for a deposit.
pub const LAN: Character = neighbor(
    "Lan Nguyen",
    "lan.nguyen@post.example",
    "moved in last week; asked for a deposit",
);
/// Who pays by itself.
pub const PRIYA: Character = neighbor(
    "Priya Raman",
    "priya.raman@post.example",
    "solar, with kilowatt-hours in the bank; on autopay",
);
/// Who pays level amounts.
pub const INGRID: Character = neighbor(
    "Ingrid Bergstrom",
    "ingrid.bergstrom@post.example",
    "a cottage that is closed in winter, on a level payment plan",
);
const GORAN: Character = neighbor(
    "Goran Kovač",
    "goran.kovac@post.example",
    "a bank payment that came back",
);
/// Who pays in installments.
pub const IRENE: Character = neighbor(
    "Irene Maddox",
    "irene.maddox@post.example",
    "a payment arrangement, on time",
);
/// Who missed one.
pub const OWEN: Character = neighbor(
    "Owen Tully",
    "owen.tully@post.example",
    "a payment arrangement that was broken",
);
/// Who asks to move.
pub const LUCIA: Character = neighbor(
    "Lucía Herrera",
    "lucia.herrera@post.example",
    "reads Spanish, and asked to move to an empty house",
);
/// Who left the house that she moves to.
pub const THEO: Character = neighbor(
    "Theo Marlowe",
    "theo.marlowe@post.example",
    "moved out; his last bill went to a post box",
);
/// The house that stands empty.
pub const EMPTY_HOUSE: &str = "35 Orchard Street";
/// Whose doctor certified that she needs the service.
pub const MARGARET: Character = neighbor(
    "Margaret Ellison",
    "margaret.ellison@post.example",
    "a medical certificate that ends in a few days",
);
/// Who serves away from home.
pub const LUIS: Character = neighbor(
    "Luis Ortega",
    "luis.ortega@post.example",
    "away in service: a military hold",
);
const LINDGREN: Character = signed_in_by(
    "Astrid Lindgren-Cole",
    neighbor(
        "Lindgren Machine Works",
        "billing@lindgren.example",
        "a large plant that pays for its peak",
    ),
);
const HODAN: Character = signed_in_by(
    "Hodan Warsame",
    neighbor(
        "Riverbend Property Management",
        "hodan.warsame@riverbend.example",
        "four accounts under one sign-in",
    ),
);

/// All of them, in the order of the list that the console prints.
pub const CHARACTERS: &[Character] = &[
    NORA, RAMON, WALTER, EDITH, GRANT, DARNELL, LAN, PRIYA, INGRID, GORAN, IRENE, OWEN, LUCIA,
    THEO, MARGARET, LUIS, LINDGREN, HODAN,
];

/// What a character's home is made of.
struct Sketch {
    place: u64,
    part: Part,
    begins: NaiveDate,
    habit: Habit,
}

/// Their homes, in the three parts of town, as of the newest day on which the meters of each part were read and the present.
#[must_use]
#[expect(
    clippy::too_many_lines,
    reason = "one line or two for each who lives there"
)]
pub fn homes(parts: [Part; 3], newest: [NaiveDate; 3], today: NaiveDate) -> Vec<Home> {
    let [river, old_town, bluffs] = parts;
    let [_, read, _] = newest;
    let long_ago = NaiveDate::from_ymd_opt(2016, 5, 12).unwrap_or_default();
    let sketch = |place: u64, part: Part, habit: Habit| Sketch {
        place,
        part,
        begins: long_ago + Days::new(place * 97),
        habit,
    };
    let moved_in = Sketch {
        begins: today - Days::new(6),
        ..sketch(7, bluffs, Habit::Mail(9))
    };
    let mut homes = vec![
        nora(&sketch(1, old_town, Habit::Online(8, Tender::Card)), read),
        plain(
            &sketch(2, old_town, Habit::Online(10, Tender::Card)),
            &RAMON,
            "27 Second Street",
            Language::Spanish,
        ),
        walter(&sketch(3, old_town, Habit::Online(12, Tender::Card)), read),
        edith(&sketch(4, old_town, Habit::Mail(11))),
        plain(
            &sketch(5, old_town, Habit::PaidAhead(1)),
            &GRANT,
            "61 Orchard Street",
            Language::English,
        ),
        plain(
            &sketch(6, old_town, Habit::Stopped(3)),
            &DARNELL,
            "88 Market Street",
            Language::English,
        ),
        plain(&moved_in, &LAN, "12 Cottonwood Court", Language::English),
        priya(&sketch(8, old_town, Habit::OnTheDay)),
        ingrid(&sketch(9, river, Habit::OnTheDay)),
        plain(
            &sketch(10, old_town, Habit::CameBack(1)),
            &GORAN,
            "40 Cooper Alley",
            Language::English,
        ),
        lindgren(&sketch(11, old_town, Habit::Mail(12))),
        plain(
            &sketch(16, old_town, Habit::Stopped(2)),
            &IRENE,
            "17 Orchard Street",
            Language::English,
        ),
        plain(
            &sketch(17, old_town, Habit::Stopped(3)),
            &OWEN,
            "29 Market Street",
            Language::English,
        ),
    ];
    homes.push(plain(
        &sketch(18, river, Habit::Mail(10)),
        &LUCIA,
        "19 Levee Lane",
        Language::Spanish,
    ));
    homes.push(plain(
        &sketch(19, old_town, Habit::Mail(9)),
        &THEO,
        EMPTY_HOUSE,
        Language::English,
    ));
    homes.extend(protected(
        &sketch(20, old_town, Habit::Stopped(2)),
        &sketch(0, old_town, Habit::Stopped(2)),
    ));
    homes.extend(hodan(&sketch(12, river, Habit::OnTheDay)));
    homes
}

/// Those whom a hold protects.
fn protected(margaret: &Sketch, luis: &Sketch) -> [Home; 2] {
    [
        plain(margaret, &MARGARET, "9 Second Street", Language::English),
        plain(luis, &LUIS, "52 Market Street", Language::English),
    ]
}

fn known(mut home: Home, character: &Character) -> Home {
    home.new.customer.email = Some(character.email.to_owned());
    home.sign_in = Some(SignIn {
        email: character.email.to_owned(),
        name: character.person.unwrap_or(character.name).to_owned(),
        password: Some(character.password),
    });
    home
}

fn address(line_1: &str) -> (String, Option<String>) {
    (line_1.to_owned(), None)
}

/// Water, sewer, stormwater, refuse, power and gas; in the last eleven days of the newest bill a toilet ran at night.
fn nora(sketch: &Sketch, read: NaiveDate) -> Home {
    let plot = Plot::new(sketch.place, sketch.part, sketch.begins);
    let mut water = plot.load(Kind::Water { like: 1, garden: 0 }, 245);
    water.leak = Some(Leak {
        from: read - Days::new(11),
        until: read,
        hourly: 120,
        at_night: true,
    });
    let power = plot.load(Kind::Home { like: 1 }, 108);
    let gas = plot.load(
        Kind::Gas {
            always: 430,
            heating: 82,
        },
        100,
    );
    let home = plot
        .water("5/8", Reporting::Shows, water)
        .storm(2_840, &["rain-garden"])
        .refuse(1)
        .electric("E-1", Reporting::Uses, power, &[])
        .gas(gas)
        .home_of(
            &Person::named(NORA.name, Language::English),
            address("14 Larkspur Avenue"),
            sketch.habit,
        );
    known(home, &NORA)
}

/// A household as most are, with meters that somebody reads.
fn plain(sketch: &Sketch, character: &Character, line_1: &str, language: Language) -> Home {
    let plot = Plot::new(sketch.place, sketch.part, sketch.begins);
    let like = usize::try_from(sketch.place).unwrap_or_default();
    let water = plot.load(Kind::Water { like, garden: 40 }, 230);
    let power = plot.load(Kind::Home { like }, 90);
    let gas = plot.load(
        Kind::Gas {
            always: 380,
            heating: 74,
        },
        100,
    );
    let home = plot
        .water("5/8", Reporting::Walked, water)
        .storm(3_100, &[])
        .refuse(1)
        .electric("E-1", Reporting::Walked, power, &[])
        .gas(gas)
        .home_of(
            &Person::named(character.name, language),
            address(line_1),
            sketch.habit,
        );
    known(home, character)
}

/// A service line that broke under the yard: it runs still.
fn walter(sketch: &Sketch, read: NaiveDate) -> Home {
    let mut home = house(sketch.place, sketch.part, sketch.begins, true);
    let person = Person::named(WALTER.name, Language::English);
    home.new.customer.name = person.name;
    home.new.customer.given_name = Some(person.given);
    home.new.customer.language = Language::English;
    home.new.premise.line_1 = "53 Bend Street".to_owned();
    home.habit = sketch.habit;
    home.call = Some(WrapUp {
        topic: CallTopic::HighBill,
        is_solved: false,
        text: "Called about the bill. The hourly reads never fall to zero since the 24 hours before the read; told to shut the valve at the house and look at the meter.".to_owned(),
    });
    let water = home
        .registers
        .iter_mut()
        .find(|register| register.key.starts_with('W'));
    if let Some(register) = water {
        register.load.leak = Some(Leak {
            from: read - Days::new(17),
            until: NaiveDate::MAX,
            hourly: 48,
            at_night: false,
        });
    }
    known(home, &WALTER)
}

/// Her meters are behind a locked gate that the route could not pass two months running.
fn edith(sketch: &Sketch) -> Home {
    let mut home = plain(sketch, &EDITH, "9 Schoolhouse Street", Language::English);
    home.unread = &[4, 3];
    home.call = Some(WrapUp {
        topic: CallTopic::MeterOrRead,
        is_solved: true,
        text: "The gate is open on Tuesdays, or call her daughter; the reader has the key since."
            .to_owned(),
    });
    home
}

/// Panels on the roof that yield more than is used from spring to autumn.
fn priya(sketch: &Sketch) -> Home {
    let plot = Plot::new(sketch.place, sketch.part, sketch.begins);
    let water = plot.load(
        Kind::Water {
            like: 5,
            garden: 90,
        },
        210,
    );
    let home = plot
        .water("5/8", Reporting::Shows, water)
        .storm(2_700, &["rain-garden"])
        .refuse(1)
        .solar(1, 52)
        .home_of(
            &Person::named(PRIYA.name, Language::English),
            address("72 Schoolhouse Street"),
            sketch.habit,
        );
    known(home, &PRIYA)
}

/// A cottage at the landing: from November to April the water is off and nobody is billed.
fn ingrid(sketch: &Sketch) -> Home {
    let mut home = plain(sketch, &INGRID, "3 Levee Lane", Language::English);
    home.is_seasonal = true;
    known(home, &INGRID)
}

/// Presses and furnaces that draw a peak of a few hundred kilowatts.
fn lindgren(sketch: &Sketch) -> Home {
    let plot = Plot::new(sketch.place, sketch.part, sketch.begins);
    let counter = Kind::Counter {
        gallons: 3_400,
        weekdays: true,
    };
    let water = plot.load(counter, 100);
    let power = plot.load(Kind::Shop { like: 4 }, 390);
    let gas = plot.load(
        Kind::Gas {
            always: 31_000,
            heating: 900,
        },
        100,
    );
    let home = plot
        .water("3", Reporting::Shows, water)
        .storm(118_000, &[])
        .refuse(8)
        .electric("E-2", Reporting::Uses, power, &[])
        .gas(gas)
        .business_of(
            LINDGREN.name,
            AccountClass::Commercial,
            address("200 Foundry Avenue"),
            sketch.habit,
        );
    known(home, &LINDGREN)
}

/// A house of flats with an empty flat, a show flat and an office, all paid by one manager.
fn hodan(sketch: &Sketch) -> Vec<Home> {
    let line_1 = "31 Ferry Street";
    let name = (HODAN.name, line_1.to_owned());
    let house = apartment_house(sketch.place, sketch.part, sketch.begins, name, 9);
    let flats = (1..=3).map(|number| {
        let unit = (line_1.to_owned(), format!("Apt {number}"));
        let mut flat = flat(sketch.place + number, sketch.part, sketch.begins, unit);
        let manager = house.new.customer.clone();
        flat.new.customer = manager;
        flat
    });
    let all = std::iter::once(house.clone()).chain(flats);
    all.map(|mut home| {
        home.habit = sketch.habit;
        known(home, &HODAN)
    })
    .collect()
}
