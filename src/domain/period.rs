//! Spans of civil days, half open: the first day belongs to the span, the last does not.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// The days from `from` up to but not including `until`.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    schemars::JsonSchema,
)]
pub struct Period {
    /// First day of the span.
    pub from: NaiveDate,
    /// First day after the span.
    pub until: NaiveDate,
}

impl Period {
    /// A span, or `None` where it would end before it starts.
    #[must_use]
    pub fn new(from: NaiveDate, until: NaiveDate) -> Option<Self> {
        (from <= until).then_some(Self { from, until })
    }

    /// How many days the span has; a span that ends before it starts has none.
    #[must_use]
    pub fn days(self) -> u32 {
        u32::try_from((self.until - self.from).num_days()).unwrap_or(0)
    }

    /// Whether the day lies inside.
    #[must_use]
    pub fn contains(self, day: NaiveDate) -> bool {
        self.from <= day && day < self.until
    }

    /// The days both spans share, if any.
    #[must_use]
    pub fn overlap(self, other: Self) -> Option<Self> {
        let both = Self {
            from: self.from.max(other.from),
            until: self.until.min(other.until),
        };
        (both.from < both.until).then_some(both)
    }

    /// Cuts the span at each given day that lies strictly inside; the parts are in order and add up to the whole.
    #[must_use]
    pub fn split_at(self, cuts: impl IntoIterator<Item = NaiveDate>) -> Vec<Self> {
        let mut days: Vec<NaiveDate> = cuts
            .into_iter()
            .filter(|day| self.from < *day && *day < self.until)
            .collect();
        days.sort_unstable();
        days.dedup();
        days.push(self.until);
        let mut from = self.from;
        days.into_iter()
            .map(|until| {
                let part = Self { from, until };
                from = until;
                part
            })
            .collect()
    }
}

/// Whether a dated row is in force on a day: from its first day, up to but not including its end, if it has one.
#[must_use]
pub fn in_force(from: NaiveDate, until: Option<NaiveDate>, day: NaiveDate) -> bool {
    from <= day && until.is_none_or(|until| day < until)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_split_adds_up_to_the_whole() {
        let june = Period::new(day("2026-06-01"), day("2026-07-01")).unwrap();
        let parts = june.split_at([
            day("2026-06-16"),
            day("2026-06-16"),
            day("2026-08-01"),
            day("2026-06-01"),
        ]);
        assert_eq!(
            parts.iter().map(|part| part.days()).collect::<Vec<_>>(),
            [15, 15]
        );
        assert_eq!(june.days(), 30);
    }
}
