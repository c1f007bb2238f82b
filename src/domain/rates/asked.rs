//! What a rate schedule asks an agreement for: things that are counted and no meter counts, and marks that its charges depend on.

use std::collections::BTreeSet;

use crate::domain::commodity::Commodity;
use crate::domain::quantity::Unit;
use crate::domain::rates::schedule::RateSchedule;

/// Names of measures that meters supply.
const METERED: [&str; 4] = ["usage", "delivered", "received", "demand"];

/// What a document asks for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Asked {
    /// Counted things, with the unit in which they are counted.
    pub counts: Vec<(String, Unit)>,
    /// Marks, such as `senior`.
    pub marks: Vec<String>,
}

/// Why facts are not what a document asks for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FactsRefused {
    /// Something is not counted.
    #[error("{0} is missing")]
    Missing(String),
    /// Something is counted in another unit.
    #[error("{name} is counted in {unit}")]
    Unit {
        /// What.
        name: String,
        /// In which unit.
        unit: Unit,
    },
    /// Something counted comes to less than nothing.
    #[error("{0} is below zero")]
    Negative(String),
    /// Nothing of the document depends on it.
    #[error("{0} is not asked for")]
    Unasked(String),
}

/// Lists what a document asks for, by name.
#[must_use]
pub fn asked_of(document: &RateSchedule) -> Asked {
    let counts = document
        .measures
        .iter()
        .filter(|(name, unit)| is_counted(document, name, **unit))
        .map(|(name, unit)| (name.clone(), *unit))
        .collect();
    let conditions = document
        .charges
        .iter()
        .filter_map(|charge| charge.only.as_ref());
    let marks: BTreeSet<&String> = conditions
        .flat_map(|only| only.with.iter().chain(&only.without))
        .collect();
    Asked {
        counts,
        marks: marks.into_iter().cloned().collect(),
    }
}

/// Whether somebody has to say how much of a measure there is: no meter shows it.
fn is_counted(document: &RateSchedule, name: &str, unit: Unit) -> bool {
    if document.peaks.contains_key(name) {
        return false;
    }
    let is_thing = matches!(unit, Unit::Each | Unit::SquareFoot | Unit::Eru);
    let is_metered = document.service.is_metered() || document.service == Commodity::Sewer;
    if is_metered {
        is_thing && !METERED.contains(&name)
    } else {
        true
    }
}

/// Counted things and marks as an agreement keeps them.
pub type Given<'a> = (&'a [(String, rust_decimal::Decimal, Unit)], &'a [String]);

impl Asked {
    /// Whether facts are all that is asked for, and nothing else.
    ///
    /// # Errors
    /// The first that is missing, wrong or of no use.
    pub fn check(&self, (counts, marks): Given<'_>) -> Result<(), FactsRefused> {
        for (name, unit) in &self.counts {
            let given = counts.iter().find(|(given, ..)| given == name);
            let Some((_, amount, given_in)) = given else {
                return Err(FactsRefused::Missing(name.clone()));
            };
            if given_in != unit {
                let (name, unit) = (name.clone(), *unit);
                return Err(FactsRefused::Unit { name, unit });
            }
            if amount.is_sign_negative() {
                return Err(FactsRefused::Negative(name.clone()));
            }
        }
        let is_asked = |name: &str| self.counts.iter().any(|(asked, _)| asked == name);
        let mut names = counts.iter().map(|(name, ..)| name);
        let unasked = names.find(|name| !is_asked(name));
        let mark = marks.iter().find(|mark| !self.marks.contains(mark));
        match unasked.or(mark) {
            Some(name) => Err(FactsRefused::Unasked(name.clone())),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use rust_decimal::Decimal;
    use serde_json::json;

    use super::*;

    fn document(service: &str, more: &serde_json::Value) -> RateSchedule {
        let mut document = json!({
            "format": "mainstay-rate-schedule/1", "code": "X", "version": 1, "effective_from": "2026-01-01",
            "name": {"en": "X"}, "service": service, "charges": [],
        });
        for (name, value) in more.as_object().unwrap() {
            document[name] = value.clone();
        }
        serde_json::from_value(document).unwrap()
    }

    fn charge(only: &serde_json::Value) -> serde_json::Value {
        json!({"code": "a", "label": {"en": "A"}, "how": {"fixed": {"amount": "1"}}, "only": only})
    }

    #[test]
    fn what_no_meter_counts_is_asked_for_and_so_is_every_mark() {
        let storm = document(
            "stormwater",
            &json!({
                "measures": {"impervious": "sq ft"},
                "charges": [charge(&json!({"with": ["rain-garden"]})), charge(&json!({"without": ["exempt"]}))],
            }),
        );
        let asked = asked_of(&storm);
        assert_eq!(asked.counts, [("impervious".to_owned(), Unit::SquareFoot)]);
        assert_eq!(asked.marks, ["exempt", "rain-garden"]);
        let water = document(
            "water",
            &json!({"measures": {"usage": "gal", "dwelling_units": "each"}}),
        );
        assert_eq!(
            asked_of(&water).counts,
            [("dwelling_units".to_owned(), Unit::Each)]
        );
        let power = document(
            "electric",
            &json!({"measures": {"usage": "kWh", "demand": "kW"}, "peaks": {"demand": "usage"}}),
        );
        assert_eq!(asked_of(&power), Asked::default());
        let lights = document("other", &json!({"measures": {"usage": "each"}}));
        assert_eq!(asked_of(&lights).counts.len(), 1, "no meter counts lights");
    }

    #[test]
    fn facts_are_all_that_is_asked_for_and_nothing_else() {
        let asked = Asked {
            counts: vec![("carts".to_owned(), Unit::Each)],
            marks: vec!["senior".to_owned()],
        };
        let carts = |amount: i64, unit| vec![("carts".to_owned(), Decimal::from(amount), unit)];
        let senior = ["senior".to_owned()];
        assert_eq!(asked.check((&carts(2, Unit::Each), &senior)), Ok(()));
        assert_eq!(
            asked.check((&[], &[])),
            Err(FactsRefused::Missing("carts".to_owned()))
        );
        assert!(matches!(
            asked.check((&carts(2, Unit::Eru), &[])),
            Err(FactsRefused::Unit { .. })
        ));
        assert_eq!(
            asked.check((&carts(-2, Unit::Each), &[])),
            Err(FactsRefused::Negative("carts".to_owned()))
        );
        let veteran = ["veteran".to_owned()];
        assert_eq!(
            asked.check((&carts(1, Unit::Each), &veteran)),
            Err(FactsRefused::Unasked("veteran".to_owned()))
        );
    }
}
