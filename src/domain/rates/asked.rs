//! What a rate schedule asks an agreement for: things that are counted and no meter counts, and marks that its charges depend on.

use std::collections::BTreeSet;

use crate::domain::agreement_facts::AgreementFacts;
use crate::domain::quantity::Unit;
use crate::domain::rates::compiled::in_language;
use crate::domain::rates::quantities::Step;
use crate::domain::rates::schedule::{Charge, Condition, How, PeriodRate, Rate, RateSchedule};

/// What bills take from the registers, or from the account's water: nobody is asked for it.
const METERED: [&str; 4] = ["usage", "delivered", "received", "demand"];

/// One fact that a rate's document asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedFact {
    /// Its name in the document.
    pub name: String,
    /// What is counted, and in which unit; nothing for a mark, which is there or not.
    pub unit: Option<Unit>,
    /// Whether a charge that concerns everybody needs it.
    pub is_required: bool,
    /// The charge that asks for it first, in English and Spanish.
    pub charge: (String, String),
    /// Of which agreement it is asked, where several are made at once.
    pub of: String,
}

/// Why facts are not what a document asks for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FactsRefused {
    /// Something that every bill needs is not counted.
    #[error("{0} is missing")]
    Missing(String),
    /// Something counted comes to less than nothing, is no whole thing, or is counted in another unit.
    #[error("{0} is no count")]
    NotCounted(String),
    /// Nothing of the document depends on it.
    #[error("{0} is not asked for")]
    Unasked(String),
}

impl AskedFact {
    fn new(name: &str, unit: Option<Unit>, (charge, is_required): (&Charge, bool)) -> Self {
        let label = |language| in_language(&charge.label, language).to_owned();
        Self {
            name: name.to_owned(),
            unit,
            is_required,
            charge: (label("en"), label("es")),
            of: String::new(),
        }
    }

    /// Whether an amount can be so many of it: none is below zero, and things are whole.
    #[must_use]
    pub fn can_be(&self, amount: rust_decimal::Decimal) -> bool {
        let is_whole = self.unit != Some(Unit::Each) || amount.fract().is_zero();
        is_whole && (!amount.is_sign_negative() || amount.is_zero())
    }
}

/// Whether facts are what is asked for: everything that every bill needs, and nothing of no use.
///
/// # Errors
/// The first that is missing, wrong or of no use.
pub fn check(asked: &[AskedFact], facts: &AgreementFacts) -> Result<(), FactsRefused> {
    for fact in asked.iter().filter(|fact| fact.is_required) {
        if facts.count(&fact.name).is_none() {
            return Err(FactsRefused::Missing(fact.name.clone()));
        }
    }
    let find = |name: &str, is_counted: bool| {
        let mut found = asked.iter();
        found.find(|fact| fact.name == name && fact.unit.is_some() == is_counted)
    };
    for (at, (name, amount, unit)) in facts.counts.iter().enumerate() {
        // Bills add up what is counted under one name.
        let mut before = facts.counts.iter().take(at);
        if before.any(|(other, ..)| other == name) {
            return Err(FactsRefused::NotCounted(name.clone()));
        }
        match find(name, true) {
            None => return Err(FactsRefused::Unasked(name.clone())),
            Some(fact) if fact.unit != Some(*unit) || !fact.can_be(*amount) => {
                return Err(FactsRefused::NotCounted(name.clone()));
            }
            Some(_) => {}
        }
    }
    let mut marks = facts.marks.iter();
    match marks.find(|mark| find(mark, false).is_none()) {
        Some(mark) => Err(FactsRefused::Unasked(mark.clone())),
        None => Ok(()),
    }
}

/// What a document asks for that no meter tells: counted things that its charges need, and marks that its conditions name.
pub fn asked(document: &RateSchedule) -> Vec<AskedFact> {
    let by_registers = registers(document);
    let mut counts: Vec<AskedFact> = Vec::new();
    let mut marks: Vec<AskedFact> = Vec::new();
    for charge in &document.charges {
        let is_for_all = charge.only.as_ref().is_none_or(is_for_all);
        for name in needed(document, charge) {
            let is_told = METERED.contains(&name)
                || by_registers.contains(name)
                || document.peaks.contains_key(name);
            let Some(unit) = document.measures.get(name).filter(|_| !is_told) else {
                continue;
            };
            match counts.iter_mut().find(|known| known.name == name) {
                Some(known) => known.is_required |= is_for_all,
                None => counts.push(AskedFact::new(name, Some(*unit), (charge, is_for_all))),
            }
        }
        let conditions = charge.only.iter();
        for mark in conditions.flat_map(|only| only.with.iter().chain(&only.without)) {
            if marks.iter().all(|known| known.name != *mark) {
                marks.push(AskedFact::new(mark, None, (charge, false)));
            }
        }
    }
    counts.append(&mut marks);
    counts
}

/// Whether a charge concerns everybody who has no mark.
const fn is_for_all(only: &Condition) -> bool {
    only.classes.is_empty() && only.meter_sizes.is_empty() && only.with.is_empty()
}

/// Registers that count in the periods of a day.
fn registers(document: &RateSchedule) -> BTreeSet<&str> {
    let periods = |how: &How| -> Vec<PeriodRate> {
        match how {
            How::TimeOfUse(tou) => tou.periods.clone(),
            How::TimeOfUseDemand(tou) => tou.periods.clone(),
            How::Fixed(_)
            | How::Usage(_)
            | How::Demand(_)
            | How::Percent(_)
            | How::Minimum(_)
            | How::Maximum(_) => Vec::new(),
        }
    };
    let names: Vec<String> = document
        .charges
        .iter()
        .flat_map(|charge| periods(&charge.how))
        .flat_map(|period| [period.register, period.received_register])
        .flatten()
        .collect();
    let known = document.measures.keys().map(String::as_str);
    known
        .filter(|name| names.iter().any(|other| other == name))
        .collect()
}

/// Every measure that a charge needs, through whatever quantities.
fn needed<'a>(document: &'a RateSchedule, charge: &'a Charge) -> Vec<&'a str> {
    let mut open = named(&charge.how);
    let mut found: Vec<&str> = Vec::new();
    while let Some(name) = open.pop() {
        if found.contains(&name) {
            continue;
        }
        found.push(name);
        if let Some(rule) = document.quantities.get(name) {
            open.push(&rule.of);
            open.extend(rule.steps.iter().filter_map(other_of));
        }
    }
    found
}

fn named(how: &How) -> Vec<&str> {
    match how {
        How::Fixed(fixed) => fixed.times.iter().map(String::as_str).collect(),
        How::Usage(usage) => with_times(&usage.of, &usage.rate),
        How::Demand(demand) => with_times(&demand.of, &demand.rate),
        How::TimeOfUse(tou) => {
            let received = tou.received.iter().map(String::as_str);
            of_periods(&tou.of, &tou.periods).chain(received).collect()
        }
        How::TimeOfUseDemand(tou) => of_periods(&tou.of, &tou.periods).collect(),
        How::Minimum(bound) | How::Maximum(bound) => {
            bound.times.iter().map(String::as_str).collect()
        }
        How::Percent(_) => Vec::new(),
    }
}

fn with_times<'a>(of: &'a str, rate: &'a Rate) -> Vec<&'a str> {
    let times = rate.thresholds.times.as_deref();
    std::iter::once(of).chain(times).collect()
}

fn of_periods<'a>(of: &'a str, periods: &'a [PeriodRate]) -> impl Iterator<Item = &'a str> {
    let times = periods
        .iter()
        .filter_map(|period| period.rate.thresholds.times.as_deref());
    std::iter::once(of).chain(times)
}

/// The other quantity that a step needs.
fn other_of(step: &Step) -> Option<&str> {
    match step {
        Step::TimesQuantity(name)
        | Step::DivideByQuantity(name)
        | Step::Plus(name)
        | Step::Minus(name)
        | Step::GreaterOf(name)
        | Step::LesserOf(name) => Some(name),
        Step::NetMetering(netting) => Some(&netting.received),
        Step::TrueUpSurplus(surplus) => Some(&surplus.received),
        Step::Times(_)
        | Step::DivideBy(_)
        | Step::TimesFactor(_)
        | Step::ConvertTo(_)
        | Step::Add(_)
        | Step::AtLeast(_)
        | Step::AtMost(_)
        | Step::Round(_)
        | Step::WinterAverage(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use rust_decimal::Decimal;

    use super::*;
    use crate::domain::rates::compile;

    fn asked_by(service: &str, measures: &str, charges: &str) -> Vec<AskedFact> {
        let text = format!(
            r#"{{"format": "mainstay-rate-schedule/1", "code": "X", "version": 1, "effective_from": "2026-01-01",
            "name": {{"en": "X"}}, "service": "{service}", "measures": {measures}, "charges": {charges}}}"#
        );
        asked(&compile::read(&text).expect("a document"))
    }

    fn refuse() -> Vec<AskedFact> {
        asked_by(
            "refuse",
            r#"{"carts": "each", "barrels": "each"}"#,
            r#"[{"code": "a", "label": {"en": "A"}, "how": {"fixed": {"amount": "8.00", "times": "carts"}}},
                {"code": "b", "label": {"en": "B"}, "how": {"fixed": {"amount": "1.00", "times": "barrels"}}, "only": {"classes": ["residential"]}},
                {"code": "c", "label": {"en": "C"}, "how": {"percent": {"percent": "-10", "as": "discount"}}, "only": {"with": ["senior"]}}]"#,
        )
    }

    fn facts(counts: &[(&str, &str, Unit)], marks: &[&str]) -> AgreementFacts {
        let count = |(name, amount, unit): &(&str, &str, Unit)| {
            let amount: Decimal = amount.parse().expect("a number");
            ((*name).to_owned(), amount, *unit)
        };
        AgreementFacts {
            counts: counts.iter().map(count).collect(),
            marks: marks.iter().map(|mark| (*mark).to_owned()).collect(),
        }
    }

    #[test]
    fn facts_are_all_that_every_bill_needs_and_nothing_of_no_use() {
        let asked = refuse();
        let each = Unit::Each;
        let two = ("carts", "2", each);
        assert_eq!(check(&asked, &facts(&[two], &["senior"])), Ok(()));
        let both = facts(&[two, ("barrels", "1", each)], &[]);
        assert_eq!(check(&asked, &both), Ok(()));
        let missing = FactsRefused::Missing("carts".to_owned());
        assert_eq!(check(&asked, &facts(&[], &["senior"])), Err(missing));
        for wrong in [
            ("carts", "-2", each),
            ("carts", "1.5", each),
            ("carts", "2", Unit::Eru),
        ] {
            let refused = FactsRefused::NotCounted("carts".to_owned());
            assert_eq!(check(&asked, &facts(&[wrong], &[])), Err(refused));
        }
        let twice = facts(&[two, ("carts", "1", each)], &[]);
        let refused = FactsRefused::NotCounted("carts".to_owned());
        assert_eq!(check(&asked, &twice), Err(refused), "bills would add them");
        let unasked = |name: &str| Err(FactsRefused::Unasked(name.to_owned()));
        let pools = facts(&[two, ("pools", "1", each)], &[]);
        assert_eq!(check(&asked, &pools), unasked("pools"));
        let veteran = facts(&[two], &["veteran"]);
        assert_eq!(check(&asked, &veteran), unasked("veteran"));
        let counted = facts(&[two, ("senior", "1", each)], &[]);
        assert_eq!(
            check(&asked, &counted),
            unasked("senior"),
            "a mark is not counted"
        );
    }

    #[test]
    fn nobody_is_asked_for_what_a_meter_counts() {
        let water = asked_by(
            "water",
            r#"{"usage": "gal"}"#,
            r#"[{"code": "use", "label": {"en": "Use"}, "how": {"usage": {"of": "usage", "rate": {"price": "1"}}}}]"#,
        );
        assert_eq!(water, []);
    }
}
