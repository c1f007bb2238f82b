//! Which days each line of a bill covers, where one charge was split: a new price, a new season or a new factor begins inside the period.
//!
//! The lines are worked out again from what the bill kept. Where that does not give the same amounts, nothing is said of days.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::money::Money;
use crate::domain::period::Period;
use crate::domain::rates::compile;
use crate::domain::rates::compiled::CompiledVersion;
use crate::domain::rates::price;
use crate::domain::rates::working::Working;

/// The published versions of each schedule's code, ready for pricing, in the order in which they came into force.
#[derive(Debug, Default)]
pub struct Versions(BTreeMap<String, Vec<CompiledVersion>>);

impl Versions {
    /// Documents by their code, oldest first. One that does not compile prices nothing again.
    #[must_use]
    pub fn of(documents: Vec<(String, String)>) -> Self {
        let mut found: BTreeMap<String, Vec<CompiledVersion>> = BTreeMap::new();
        for (code, document) in documents {
            let compiled = compile::read(&document)
                .ok()
                .and_then(|document| compile::compile(Arc::new(document)).ok());
            found.entry(code).or_default().extend(compiled);
        }
        Self(found)
    }

    /// For each line of a service (its charge's code and its amount) its first and its last day, if its charge stands on the bill for other
    /// days as well: in this working, or because the service was billed in parts.
    #[must_use]
    pub fn slices(
        &self,
        code: &str,
        working: &Working,
        lines: &[(&str, Money)],
    ) -> Vec<Option<(NaiveDate, NaiveDate)>> {
        let versions = self.0.get(code).map(Vec::as_slice).unwrap_or_default();
        let again = price(versions, &working.facts(Vec::new()))
            .map(|priced| priced.lines)
            .unwrap_or_default();
        let is_same = again.len() == lines.len()
            && again
                .iter()
                .zip(lines)
                .all(|(again, (_, amount))| again.amount == *amount);
        if !is_same {
            return vec![None; lines.len()];
        }
        let covered: Vec<(&str, Period)> = lines
            .iter()
            .zip(&again)
            .map(|((charge, _), again)| (*charge, again.slice))
            .collect();
        let told = |(charge, slice): &(&str, Period)| {
            let is_split = covered
                .iter()
                .any(|(other, days)| other == charge && days != slice);
            (is_split || working.is_part())
                .then(|| (slice.from, slice.until.pred_opt().unwrap_or(slice.from)))
        };
        covered.iter().map(told).collect()
    }
}
