//! What an agreement adds to the facts of its bills: counted things such as carts and square feet, and marks such as `senior`. They change
//! from a day on; each version counts until the next begins, and days that were billed keep what they were billed by.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::domain::period::Period;
use crate::domain::quantity::Unit;

/// What an agreement adds to the facts of its bills, as stored with it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgreementFacts {
    /// Counted things: carts, square feet, dwelling units.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub counts: Vec<(String, Decimal, Unit)>,
    /// Marks that conditions ask for, such as `senior`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub marks: Vec<String>,
}

impl AgreementFacts {
    /// How much of something there is, if it is known.
    #[must_use]
    pub fn count(&self, name: &str) -> Option<Decimal> {
        let found = self.counts.iter().find(|(known, _, _)| known == name);
        found.map(|(_, amount, _)| *amount)
    }

    /// Whether it has a mark.
    #[must_use]
    pub fn is_marked(&self, mark: &str) -> bool {
        self.marks.iter().any(|known| known == mark)
    }

    /// These facts with what was said of some of them: a count or mark that nobody asked for stays as it was.
    #[must_use]
    pub fn with(&self, asked: &[&str], said: &Self) -> Self {
        let is_kept = |name: &str| !asked.contains(&name);
        let counts = self.counts.iter().filter(|(name, ..)| is_kept(name));
        let marks = self.marks.iter().filter(|mark| is_kept(mark));
        Self {
            counts: counts.chain(&said.counts).cloned().collect(),
            marks: marks.chain(&said.marks).cloned().collect(),
        }
        .in_order()
    }

    /// These facts with what somebody changed in others that they were shown: whatever they left as it was shown stays as it is here.
    #[must_use]
    pub fn with_changes(&self, asked: &[&str], (shown, said): (&Self, &Self)) -> Self {
        let one = |facts: &Self, name: &str| {
            let mut counts = facts.counts.iter();
            let counted = counts.find(|(known, ..)| known == name);
            let counted = counted.map(|(_, amount, unit)| (*amount, *unit));
            (counted, facts.is_marked(name))
        };
        let names = asked.iter().copied();
        let changed: Vec<&str> = names
            .filter(|name| one(shown, name) != one(said, name))
            .collect();
        let is_changed = |name: &str| changed.contains(&name);
        let counts = said.counts.iter().filter(|(name, ..)| is_changed(name));
        let marks = said.marks.iter().filter(|mark| is_changed(mark));
        let said = Self {
            counts: counts.cloned().collect(),
            marks: marks.cloned().collect(),
        };
        self.with(&changed, &said)
    }

    /// Whether two say the same, in whatever order.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        self.clone().in_order() == other.clone().in_order()
    }

    fn in_order(mut self) -> Self {
        self.counts.sort_by(|a, b| a.0.cmp(&b.0));
        self.marks.sort_unstable();
        self.marks.dedup();
        self
    }
}

/// The facts of an agreement over time.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DatedFacts {
    first: AgreementFacts,
    later: Vec<(NaiveDate, AgreementFacts)>,
}

impl DatedFacts {
    /// The facts with which an agreement began, and its changes in the order in which they were written down: of two for one day the later
    /// counts.
    #[must_use]
    pub fn new(first: AgreementFacts, changes: Vec<(NaiveDate, AgreementFacts)>) -> Self {
        let mut later: Vec<(NaiveDate, AgreementFacts)> = Vec::with_capacity(changes.len());
        for (from, facts) in changes {
            later.retain(|(known, _)| *known != from);
            later.push((from, facts));
        }
        later.sort_by_key(|(from, _)| *from);
        Self { first, later }
    }

    /// The facts that count on a day.
    #[must_use]
    pub fn on(&self, day: NaiveDate) -> &AgreementFacts {
        let begun = self.later.iter().rfind(|(from, _)| *from <= day);
        begun.map_or(&self.first, |(_, facts)| facts)
    }

    /// The changes, in the order of their days.
    #[must_use]
    pub fn changes(&self) -> &[(NaiveDate, AgreementFacts)] {
        &self.later
    }

    /// Some days, cut where the facts change.
    #[must_use]
    pub fn parts(&self, days: Period) -> Vec<Period> {
        let changes = self.later.iter().map(|(from, _)| *from);
        let is_change = |day: &NaiveDate| {
            let before = day.pred_opt().unwrap_or(*day);
            !self.on(before).is_same(self.on(*day))
        };
        days.split_at(changes.filter(is_change))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn carts(carts: i64, marks: &[&str]) -> AgreementFacts {
        AgreementFacts {
            counts: vec![("carts".to_owned(), Decimal::from(carts), Unit::Each)],
            marks: marks.iter().map(|mark| (*mark).to_owned()).collect(),
        }
    }

    #[test]
    fn each_version_counts_until_the_next_begins_and_the_later_word_for_a_day_counts() {
        let dated = DatedFacts::new(
            carts(1, &[]),
            vec![
                (day("2026-06-20"), carts(3, &[])),
                (day("2026-06-10"), carts(9, &[])),
                (day("2026-06-10"), carts(2, &[])),
            ],
        );
        let on = |text: &str| dated.on(day(text)).count("carts").unwrap();
        assert_eq!(on("2026-06-09"), Decimal::from(1));
        assert_eq!(on("2026-06-10"), Decimal::from(2));
        assert_eq!(on("2026-06-20"), Decimal::from(3));
    }

    #[test]
    fn a_span_is_cut_only_where_something_changes() {
        let dated = DatedFacts::new(
            carts(1, &["a", "b"]),
            vec![
                (day("2026-06-10"), carts(1, &["b", "a"])),
                (day("2026-06-20"), carts(2, &[])),
            ],
        );
        let june = Period::new(day("2026-06-01"), day("2026-07-01")).unwrap();
        let parts = dated.parts(june);
        let days: Vec<u32> = parts.iter().map(|part| part.days()).collect();
        assert_eq!(days, [19, 11]);
    }

    #[test]
    fn what_was_left_as_it_was_shown_stays_as_it_is_on_the_other_day() {
        let asked = ["carts", "senior"];
        let shown = carts(1, &["senior"]);
        let then = carts(2, &[]);
        let more = carts(3, &["senior"]);
        assert_eq!(then.with_changes(&asked, (&shown, &more)), carts(3, &[]));
        let unmarked = carts(1, &[]);
        assert_eq!(then.with_changes(&asked, (&shown, &unmarked)), then);
        let same = then.with_changes(&asked, (&shown, &shown));
        assert_eq!(same, then);
    }

    #[test]
    fn what_nobody_asked_for_stays() {
        let before = carts(1, &["senior", "tax-exempt"]);
        let after = before.with(&["carts", "senior"], &carts(2, &[]));
        assert_eq!(after, carts(2, &["tax-exempt"]));
        let stored = serde_json::to_string(&after).unwrap();
        assert_eq!(
            stored,
            r#"{"counts":[["carts","2","each"]],"marks":["tax-exempt"]}"#
        );
        assert_eq!(
            serde_json::from_str::<AgreementFacts>(&stored).unwrap(),
            after
        );
        assert_eq!(
            serde_json::to_string(&AgreementFacts::default()).unwrap(),
            "{}"
        );
    }
}
