//! Who lives in Larkspur Bend and where: names of the people, streets and businesses of a river town that many have come to.

use crate::cli::town::chance::Chance;
use crate::cli::town::characters::CHARACTERS;
use crate::domain::customers::Language;

/// Given and family names that belong together.
struct Origin {
    given: &'static [&'static str],
    family: &'static [&'static str],
    /// Of a hundred families, how many read Spanish rather than English.
    spanish: u64,
}

const ORIGINS: &[Origin] = &[
    Origin {
        given: &[
            "Anders", "Ingrid", "Karl", "Greta", "Nils", "Solveig", "Walter", "Edith", "Henry",
            "Clara",
        ],
        family: &[
            "Lindgren",
            "Halvorson",
            "Bergstrom",
            "Schroeder",
            "Koch",
            "Weber",
            "Nygaard",
            "Vogel",
            "Hansen",
        ],
        spanish: 0,
    },
    Origin {
        given: &[
            "Maeve", "Patrick", "Nora", "Thomas", "Ruth", "Calvin", "Louise", "Grant", "Beth",
            "Russell",
        ],
        family: &[
            "Doyle",
            "Whitfield",
            "Callahan",
            "Pruitt",
            "Harper",
            "Sutton",
            "Mercer",
            "Ashby",
            "Kincaid",
        ],
        spanish: 0,
    },
    Origin {
        given: &[
            "Darnell", "Yvonne", "Isaiah", "Loretta", "Marcus", "Denise", "Terrence", "Gloria",
        ],
        family: &[
            "Freeman", "Booker", "Tillman", "Gaines", "Lockhart", "Bridges", "Coleman",
        ],
        spanish: 0,
    },
    Origin {
        given: &[
            "Esperanza",
            "Ignacio",
            "Lucía",
            "Ramón",
            "Pilar",
            "Joaquín",
            "Marisol",
            "Ernesto",
            "Alma",
            "Tomás",
        ],
        family: &[
            "Herrera",
            "Villarreal",
            "Montoya",
            "Cisneros",
            "Ávila",
            "Navarro",
            "Quintero",
            "Salazar",
            "Ibarra",
        ],
        spanish: 65,
    },
    Origin {
        given: &[
            "Minh", "Lan", "Tuan", "Hoa", "Quang", "Mai", "Pao", "Kia", "Chue",
        ],
        family: &["Nguyen", "Tran", "Vang", "Xiong", "Lor", "Pham", "Moua"],
        spanish: 0,
    },
    Origin {
        given: &[
            "Amina", "Yusuf", "Hodan", "Abdi", "Fatima", "Ismail", "Safiya",
        ],
        family: &["Warsame", "Hassan", "Abukar", "Osman", "Farah", "Nur"],
        spanish: 0,
    },
    Origin {
        given: &[
            "Emir", "Lejla", "Dragan", "Amra", "Goran", "Selma", "Milica",
        ],
        family: &["Begović", "Hadžić", "Kovač", "Softić", "Marić"],
        spanish: 0,
    },
    Origin {
        given: &["Priya", "Arjun", "Meera", "Sanjay", "Kavita", "Rahul"],
        family: &["Raman", "Patel", "Deshpande", "Iyer", "Chandra"],
        spanish: 0,
    },
    Origin {
        given: &["Stanisław", "Halina", "Oksana", "Petro", "Zofia", "Andriy"],
        family: &["Wójcik", "Kowalski", "Shevchenko", "Bondar", "Nowak"],
        spanish: 0,
    },
];

/// The streets of the three parts of town, from the river up.
pub const STREETS: [&[&str]; 3] = [
    &[
        "River Road",
        "Ferry Street",
        "Mill Street",
        "Depot Street",
        "Foundry Avenue",
        "Levee Lane",
        "Heron Way",
    ],
    &[
        "Larkspur Avenue",
        "Schoolhouse Street",
        "Orchard Street",
        "Second Street",
        "Bend Street",
        "Cooper Alley",
        "Market Street",
    ],
    &[
        "Bluff Road",
        "Bluestem Drive",
        "Prairie Street",
        "Cottonwood Court",
        "Quarry Road",
        "Meadowlark Lane",
        "County Line Road",
    ],
];

/// What the parts of town are called; each is a bill cycle.
pub const PARTS: [&str; 3] = ["River side", "Old Town", "The Bluffs"];

/// A person of the town.
#[derive(Debug, Clone)]
pub struct Person {
    /// The full name.
    pub name: String,
    /// What friends say.
    pub given: String,
    /// What they read.
    pub language: Language,
}

impl Person {
    /// A person with this name.
    #[must_use]
    pub fn named(name: &str, language: Language) -> Self {
        Self {
            name: name.to_owned(),
            given: name.split(' ').next().unwrap_or(name).to_owned(),
            language,
        }
    }

    /// Somebody of the town, by another name than those whom everybody knows.
    pub fn someone(chance: &mut Chance) -> Self {
        let (origin, name) = loop {
            let origin = chance.pick(ORIGINS);
            let (given, family) = (chance.pick(origin.given), chance.pick(origin.family));
            let name = format!("{given} {family}");
            if !CHARACTERS.iter().any(|known| known.name == name) {
                break (origin, name);
            }
        };
        let language = if chance.falls(origin.spanish) {
            Language::Spanish
        } else {
            Language::English
        };
        Self::named(&name, language)
    }

    /// An address of their own, with nothing but plain letters.
    #[must_use]
    pub fn email(&self, place: u64) -> String {
        let plain: String = self.name.to_lowercase().chars().filter_map(plain).collect();
        format!("{plain}{place}@post.example")
    }
}

/// A letter as an e-mail address writes it.
fn plain(letter: char) -> Option<char> {
    Some(match letter {
        ' ' => '.',
        'á' | 'à' => 'a',
        'é' => 'e',
        'í' => 'i',
        'ó' => 'o',
        'ú' => 'u',
        'ć' | 'č' => 'c',
        'ž' => 'z',
        'ł' => 'l',
        'ñ' | 'ń' => 'n',
        letter if letter.is_ascii_alphanumeric() => letter,
        _ => return None,
    })
}

/// What a business is, as far as its meters go.
#[derive(Debug, Clone, Copy)]
pub struct Business {
    /// Its name.
    pub name: &'static str,
    /// Which recorded load its power is like.
    pub shop: usize,
    /// How much of it, in percent.
    pub percent: i64,
    /// Water in gallons a day.
    pub gallons: i64,
    /// The size of its water meter.
    pub size: &'static str,
    /// Whether it is closed on weekends.
    pub weekdays: bool,
    /// Gas in thousandths of a hundred cubic feet a day, whatever the weather.
    pub gas: i64,
    /// Refuse carts.
    pub carts: i64,
    /// Roof and pavement in square feet.
    pub paved: i64,
}

const fn business(
    name: &'static str,
    (shop, percent): (usize, i64),
    (gallons, size): (i64, &'static str),
    weekdays: bool,
    (gas, carts, paved): (i64, i64, i64),
) -> Business {
    Business {
        name,
        shop,
        percent,
        gallons,
        size,
        weekdays,
        gas,
        carts,
        paved,
    }
}

/// The businesses and public houses of the town.
pub const BUSINESSES: &[Business] = &[
    business(
        "Panadería La Espiga",
        (2, 420),
        (340, "1"),
        false,
        (9_500, 2, 5_200),
    ),
    business(
        "Suds & Shine Car Wash",
        (0, 190),
        (5_400, "2"),
        false,
        (2_400, 2, 21_000),
    ),
    business(
        "Larkspur Bend Elementary School",
        (0, 900),
        (1_900, "2"),
        true,
        (14_000, 6, 88_000),
    ),
    business("Bend Diner", (2, 310), (620, "1"), false, (7_200, 3, 9_800)),
    business(
        "Foundry Brewing Company",
        (2, 640),
        (2_700, "1-1/2"),
        false,
        (12_500, 3, 16_500),
    ),
    business(
        "Lindgren Hardware",
        (0, 160),
        (70, "5/8"),
        false,
        (900, 2, 14_200),
    ),
    business(
        "Saigon Kitchen",
        (2, 280),
        (480, "1"),
        false,
        (6_100, 2, 6_400),
    ),
    business(
        "Warsame Grocery & Halal",
        (2, 560),
        (160, "3/4"),
        false,
        (700, 3, 8_900),
    ),
    business(
        "St. Brendan Church",
        (1, 240),
        (60, "1"),
        false,
        (4_300, 1, 33_000),
    ),
    business(
        "Masjid An-Nur",
        (1, 210),
        (190, "1"),
        false,
        (2_800, 1, 18_500),
    ),
    business(
        "Riverside Laundromat",
        (1, 520),
        (3_600, "1-1/2"),
        false,
        (11_000, 1, 5_600),
    ),
    business(
        "Prairie Dental",
        (0, 110),
        (210, "3/4"),
        true,
        (600, 1, 7_700),
    ),
    business(
        "Old Mill Veterinary Clinic",
        (0, 130),
        (260, "3/4"),
        true,
        (800, 1, 9_900),
    ),
    business(
        "Cedar Valley Grain Cooperative",
        (3, 1_900),
        (240, "1"),
        true,
        (5_200, 2, 74_000),
    ),
    business(
        "Larkspur Bend Public Library",
        (0, 280),
        (110, "1"),
        false,
        (1_900, 1, 15_500),
    ),
    business("City Hall", (0, 340), (170, "1"), true, (2_300, 2, 27_000)),
    business(
        "Fire Station No. 1",
        (1, 260),
        (290, "1"),
        false,
        (3_100, 1, 13_800),
    ),
    business(
        "Begović Auto Body",
        (1, 330),
        (90, "5/8"),
        true,
        (2_600, 2, 12_400),
    ),
    business(
        "Bluestem Yarn & Books",
        (0, 60),
        (40, "5/8"),
        false,
        (350, 1, 2_900),
    ),
    business(
        "Depot Coffee",
        (2, 120),
        (230, "3/4"),
        false,
        (500, 1, 3_100),
    ),
    business(
        "Taquería Montoya",
        (2, 220),
        (410, "1"),
        false,
        (5_400, 2, 4_700),
    ),
    business(
        "Heron Point Nursing Home",
        (2, 1_450),
        (5_900, "2"),
        false,
        (21_000, 6, 52_000),
    ),
    business(
        "Vang Family Market",
        (2, 380),
        (140, "3/4"),
        false,
        (600, 2, 7_300),
    ),
    business(
        "The Orpheum Theater",
        (1, 410),
        (80, "1"),
        false,
        (1_700, 1, 11_200),
    ),
    business(
        "Kowalski Tool & Die",
        (3, 2_600),
        (310, "1"),
        true,
        (4_800, 2, 39_000),
    ),
    business(
        "Riverbend Fitness",
        (0, 230),
        (880, "1"),
        false,
        (2_200, 1, 12_900),
    ),
    business(
        "Second Street Barbers",
        (0, 45),
        (60, "5/8"),
        false,
        (250, 1, 1_800),
    ),
    business(
        "Meadowlark Montessori",
        (0, 120),
        (240, "3/4"),
        true,
        (900, 1, 10_600),
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_person_has_an_address_that_mail_can_carry() {
        for place in 0..500 {
            let person = Person::someone(&mut Chance::of("person", &[place]));
            let email = person.email(place);
            assert!(email.is_ascii() && !email.contains(' '), "{email}");
        }
    }
}
