//! What is known of a place before anybody says what an agreement there counts.

use rust_decimal::Decimal;

use crate::domain::agreement_facts::AgreementFacts;
use crate::domain::quantity::Unit;
use crate::domain::rates::asked::AskedFact;

/// Names under which a schedule asks for roof and pavement, which the premise knows.
const IMPERVIOUS: [&str; 4] = ["impervious", "impervious_sqft", "impervious_area", "area"];

/// Names under which a schedule asks for the homes at a place, which the premise knows.
const DWELLINGS: [&str; 4] = ["dwellings", "dwelling_units", "homes", "units"];

/// What is known of a place whoever is served there.
#[derive(Debug, Clone, Default)]
pub struct PlaceFacts {
    /// What the service point says.
    pub of_point: AgreementFacts,
    /// Roof and pavement, in square feet.
    pub impervious_sqft: Option<Decimal>,
    /// Homes at the premise.
    pub dwelling_units: i32,
}

impl PlaceFacts {
    /// What the premise says of something that is counted in a unit.
    fn of_premise(&self, name: &str, unit: Unit) -> Option<Decimal> {
        if IMPERVIOUS.contains(&name) && unit == Unit::SquareFoot {
            self.impervious_sqft
        } else if DWELLINGS.contains(&name) && unit == Unit::Each {
            Some(Decimal::from(self.dwelling_units))
        } else {
            None
        }
    }
}

/// What the agreement before counted at a place, asked for or not, else what the service point says, else the premise; nothing that was
/// counted in another unit. Marks belong to people, and come from no one else.
#[must_use]
pub fn of_the_place(
    asked: &[AskedFact],
    before: Option<&AgreementFacts>,
    place: &PlaceFacts,
) -> AgreementFacts {
    let counted = |facts: &AgreementFacts, name: &str, unit: Unit| {
        let mut counts = facts.counts.iter();
        let found = counts.find(|(known, _, of)| known == name && *of == unit);
        found.map(|(_, amount, _)| *amount)
    };
    let known = |fact: &AskedFact| {
        let unit = fact.unit?;
        let amount = before
            .and_then(|before| counted(before, &fact.name, unit))
            .or_else(|| counted(&place.of_point, &fact.name, unit))
            .or_else(|| place.of_premise(&fact.name, unit))?;
        Some((fact.name.clone(), amount, unit))
    };
    let is_asked = |name: &str| asked.iter().any(|fact| fact.name == name);
    let before = before.into_iter().flat_map(|before| &before.counts);
    let others = before.filter(|(name, ..)| !is_asked(name)).cloned();
    AgreementFacts {
        counts: asked.iter().filter_map(known).chain(others).collect(),
        marks: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked_in(name: &str, unit: Unit) -> AskedFact {
        AskedFact {
            name: name.to_owned(),
            unit: Some(unit),
            is_required: true,
            charge: (String::new(), String::new()),
            of: String::new(),
        }
    }

    #[test]
    fn what_was_counted_at_a_place_stays_there_and_the_premise_says_the_rest() {
        let asked = [
            asked_in("carts", Unit::Each),
            asked_in("homes", Unit::Each),
            asked_in("impervious", Unit::SquareFoot),
        ];
        let place = PlaceFacts {
            of_point: AgreementFacts::default(),
            impervious_sqft: None,
            dwelling_units: 4,
        };
        let one = |name: &str| (name.to_owned(), Decimal::ONE, Unit::Each);
        let before = AgreementFacts {
            counts: vec![one("carts"), one("barrels")],
            marks: vec!["senior".to_owned()],
        };
        let known = of_the_place(&asked, Some(&before), &place);
        assert_eq!(known.count("carts"), Some(Decimal::ONE));
        assert_eq!(known.count("homes"), Some(Decimal::from(4)));
        assert_eq!(known.count("barrels"), Some(Decimal::ONE), "not lost");
        assert_eq!(known.count("impervious"), None);
        assert!(known.marks.is_empty(), "marks are somebody's own");
    }

    #[test]
    fn what_was_counted_in_another_unit_is_not_known() {
        let asked = [asked_in("area", Unit::Eru)];
        let place = PlaceFacts {
            of_point: AgreementFacts::default(),
            impervious_sqft: Some(Decimal::from(3_100)),
            dwelling_units: 1,
        };
        let before = AgreementFacts {
            counts: vec![("area".to_owned(), Decimal::from(3_000), Unit::SquareFoot)],
            marks: Vec::new(),
        };
        assert_eq!(
            of_the_place(&asked, Some(&before), &place),
            AgreementFacts::default()
        );
    }
}
