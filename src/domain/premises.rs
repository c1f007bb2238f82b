//! The place served and the points where one commodity each is delivered to it.

use rust_decimal::Decimal;

use crate::domain::quantity::Unit;
use crate::domain::text_enum::text_enum;

text_enum! {
    /// What is delivered.
    Commodity {
        /// Drinking water.
        Water => "water",
        /// Sewer.
        Sewer => "sewer",
        /// Stormwater.
        Stormwater => "stormwater",
        /// Electricity.
        Electric => "electric",
        /// Natural gas.
        Gas => "gas",
        /// Refuse and recycling.
        Refuse => "refuse",
        /// Street lights, fire lines and other flat services.
        Other => "other",
    }
}

impl Commodity {
    /// Whether a meter counts it. What goes into the sewer is taken to be the water that came.
    #[must_use]
    pub const fn is_metered(self) -> bool {
        matches!(self, Self::Water | Self::Electric | Self::Gas)
    }

    /// The service whose meter counts it: what goes into the sewer is the water that came.
    #[must_use]
    pub const fn counted_as(self) -> Self {
        match self {
            Self::Sewer => Self::Water,
            Self::Water
            | Self::Stormwater
            | Self::Electric
            | Self::Gas
            | Self::Refuse
            | Self::Other => self,
        }
    }

    /// The unit people know the commodity's usage by, where it is metered.
    #[must_use]
    pub fn shown_unit(self) -> Option<Unit> {
        match self {
            Self::Water | Self::Sewer => Some(Unit::Gallon),
            Self::Electric => Some(Unit::Kwh),
            Self::Gas => Some(Unit::Therm),
            Self::Stormwater | Self::Refuse | Self::Other => None,
        }
    }
}

/// States, districts and territories, as the mail abbreviates them (USPS Publication 28, appendix B).
const STATES: [&str; 59] = [
    "AL", "AK", "AS", "AZ", "AR", "CA", "CO", "CT", "DE", "DC", "FM", "FL", "GA", "GU", "HI", "ID",
    "IL", "IN", "IA", "KS", "KY", "LA", "ME", "MH", "MD", "MA", "MI", "MN", "MS", "MO", "MT", "NE",
    "NV", "NH", "NJ", "NM", "NY", "NC", "ND", "MP", "OH", "OK", "OR", "PW", "PA", "PR", "RI", "SC",
    "SD", "TN", "TX", "UT", "VT", "VI", "VA", "WA", "WV", "WI", "WY",
];

/// The longest line of an address, in characters.
pub const LONGEST_LINE: usize = 80;

/// Whether two letters are a state, a district or a territory.
#[must_use]
pub fn is_state(code: &str) -> bool {
    STATES.contains(&code)
}

/// Whether a text is a ZIP code: five digits, or nine with a hyphen.
#[must_use]
pub fn is_postal_code(text: &str) -> bool {
    let are_digits = |part: &str, count: usize| {
        part.len() == count && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    match text.split_once('-') {
        Some((zip, more)) => are_digits(zip, 5) && are_digits(more, 4),
        None => are_digits(text, 5),
    }
}

/// An address that ends with its ZIP code, by the first five digits of it: the four after them say nothing that the address does not.
#[must_use]
pub fn by_five_digits(address: &str) -> &str {
    let zip = address.rsplit(' ').next().unwrap_or_default();
    match address.rsplit_once('-') {
        Some((shorter, _)) if zip.contains('-') && is_postal_code(zip) => shorter,
        Some(_) | None => address,
    }
}

/// An address as whoever goes from door to door orders it: by the street, then by the number of the house. One that begins with no number is ordered
/// as it is written.
#[must_use]
pub fn by_street(line: &str) -> (String, u32) {
    let line = line.trim().to_lowercase();
    let digits = line.find(|one: char| !one.is_ascii_digit());
    let (number, street) = line.split_at(digits.unwrap_or_default());
    (street.trim().to_owned(), number.parse().unwrap_or_default())
}

/// Whether degrees north and east are a point of the earth.
#[must_use]
pub fn is_on_earth((north, east): (Decimal, Decimal)) -> bool {
    north.abs() <= Decimal::from(90) && east.abs() <= Decimal::from(180)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_a_state_and_a_zip_code() {
        assert!(is_state("IL") && is_state("PR"));
        assert!(!is_state("il") && !is_state("XX"));
        assert!(is_postal_code("60000") && is_postal_code("60000-1234"));
        for bad in ["6000", "600000", "60000-", "60000-123", "6000a", ""] {
            assert!(!is_postal_code(bad), "{bad}");
        }
        assert_eq!(by_five_digits("5 elm st 60000-1234"), "5 elm st 60000");
        for same in [
            "5 elm st 60000",
            "5-7 elm st 60000",
            "5 elm st 60000-12",
            "",
        ] {
            assert_eq!(by_five_digits(same), same);
        }
        let mut way = ["12 Elm St", "101 Elm St", "9 Oak Ave", "Mill, rear"];
        way.sort_by_key(|line| by_street(line));
        assert_eq!(way, ["12 Elm St", "101 Elm St", "Mill, rear", "9 Oak Ave"]);
        let point = |north, east| is_on_earth((Decimal::from(north), Decimal::from(east)));
        assert!(point(41, -88) && !point(-88, 181) && !point(91, 0));
    }
}
