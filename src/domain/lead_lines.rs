//! What a water service line is made of, and who is told of one that is or may be of lead: the inventory of 40 CFR 141.84(a) and the notice of
//! 40 CFR 141.85(e).

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::domain::ids::AccountNumber;
use crate::domain::text_enum::text_enum;

text_enum! {
    /// Whose part of a service line.
    LineSide {
        /// From the main to the property.
        Utility => "utility",
        /// On the property.
        Customer => "customer",
    }
}

text_enum! {
    /// What a part of a service line is made of, in the categories of the inventory (40 CFR 141.84(a)(4)).
    LineMaterial {
        /// Lead.
        Lead => "lead",
        /// Galvanized and, because it is or was behind lead, to be replaced.
        Galvanized => "galvanized",
        /// Neither.
        NonLead => "non_lead",
        /// Not known: it may be lead.
        Unknown => "unknown",
    }
}

text_enum! {
    /// How that is known.
    MaterialSource {
        /// From plans, permits and tap cards.
        Records => "records",
        /// Somebody looked at it.
        Inspection => "inspection",
        /// It was dug up.
        Excavation => "excavation",
        /// The customer said so.
        Customer => "customer",
        /// Nobody has looked yet.
        NotLooked => "not_looked",
    }
}

text_enum! {
    /// A whole line that people served by it are told of.
    ServedLine {
        /// A part of it is lead.
        Lead => "lead",
        /// None is lead, and a part is galvanized and to be replaced.
        Galvanized => "galvanized",
        /// It is not known of a part what it is, and no part is known to be worse.
        Unknown => "unknown",
    }
}

/// To whom a letter to whoever lives at a place is addressed: the post office reads it, whatever the letter's language.
pub const RESIDENT: &str = "Resident";

/// What a notice of a line tells.
#[derive(Clone, Serialize, Deserialize)]
pub struct LeadTold {
    /// What we call the person.
    pub name: String,
    /// The account; nothing in what goes to whoever lives at the place, whose account it is not.
    pub account_number: Option<AccountNumber>,
    /// The place, in one line.
    pub place: String,
    /// What the line is.
    pub line: ServedLine,
}

/// The first month of the yearly round: every notice of the year is out by its last day.
const ROUND_BEGINS: u32 = 10;

/// What people served by a line are told of it, by what is known of its two parts; nothing where no part is or may be lead. Of a part that
/// nothing is recorded of nothing is known.
#[must_use]
pub fn served(utility: Option<LineMaterial>, customer: Option<LineMaterial>) -> Option<ServedLine> {
    let parts = [utility, customer].map(|part| part.unwrap_or(LineMaterial::Unknown));
    if parts.contains(&LineMaterial::Lead) {
        Some(ServedLine::Lead)
    } else if parts.contains(&LineMaterial::Galvanized) {
        Some(ServedLine::Galvanized)
    } else if parts.contains(&LineMaterial::Unknown) {
        Some(ServedLine::Unknown)
    } else {
        None
    }
}

/// Whether whoever is served by a line is told of it on a day: at once where they never were, which is when service begins or the inventory
/// finds the line, and else once in the last months of each year (40 CFR 141.85(e)(2)). `told` are the days on which they were told of a line
/// of this kind there.
#[must_use]
pub fn is_due(told: &[NaiveDate], on: NaiveDate) -> bool {
    match told.iter().max() {
        None => true,
        Some(last) => last.year() < on.year() && on.month() >= ROUND_BEGINS,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_as_bad_as_its_worst_part_and_what_is_not_recorded_is_not_known() {
        use LineMaterial::{Galvanized, Lead, NonLead, Unknown};
        let cases = [
            (Some(NonLead), Some(Lead), Some(ServedLine::Lead)),
            (
                Some(Galvanized),
                Some(Unknown),
                Some(ServedLine::Galvanized),
            ),
            (Some(NonLead), None, Some(ServedLine::Unknown)),
            (Some(NonLead), Some(NonLead), None),
        ];
        for (utility, customer, expected) in cases {
            assert_eq!(served(utility, customer), expected);
        }
    }

    #[test]
    fn who_was_never_told_is_told_at_once_and_the_others_once_by_the_end_of_each_year() {
        let day = |year, month| NaiveDate::from_ymd_opt(year, month, 1).unwrap();
        assert!(is_due(&[], day(2026, 3)));
        assert!(!is_due(&[day(2026, 3)], day(2026, 12)));
        assert!(!is_due(&[day(2026, 3)], day(2027, 9)));
        assert!(is_due(&[day(2026, 3)], day(2027, 10)));
    }
}
