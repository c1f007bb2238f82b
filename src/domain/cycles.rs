//! Which cycle bills an account on which days. An account that moves to a place of another cycle changes over on a day, so that every day of
//! its services belongs to one cycle and is billed once.

use chrono::NaiveDate;

use crate::domain::ids::CycleId;
use crate::domain::period::Period;

/// The cycles of an account, one after the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CycleHistory {
    present: CycleId,
    /// Until which day each earlier one billed it, the oldest first.
    former: Vec<(CycleId, NaiveDate)>,
}

impl CycleHistory {
    /// The present cycle, and the former ones with the day until which each billed the account.
    #[must_use]
    pub fn of(present: CycleId, mut former: Vec<(CycleId, NaiveDate)>) -> Self {
        former.sort_by_key(|(_, until_on)| *until_on);
        Self { present, former }
    }

    /// The cycle to which a day belongs.
    #[must_use]
    pub fn on(&self, day: NaiveDate) -> CycleId {
        let mut former = self.former.iter();
        let found = former.find(|(_, until_on)| day < *until_on);
        found.map_or(self.present, |(cycle, _)| *cycle)
    }

    /// The days of a cycle's period that belong to it; nothing where none does.
    #[must_use]
    pub fn within(&self, cycle: CycleId, period: Period) -> Option<Period> {
        let ends = self.former.iter().map(|(_, until_on)| *until_on);
        let begins = std::iter::once(NaiveDate::MIN).chain(ends);
        let cycles = self.former.iter().map(|(cycle, _)| *cycle);
        let ends = self.former.iter().map(|(_, until_on)| *until_on);
        let spans = begins
            .zip(ends.chain(std::iter::once(NaiveDate::MAX)))
            .zip(cycles.chain(std::iter::once(self.present)));
        let own = spans.filter(|(_, of)| *of == cycle);
        own.filter_map(|((from, until), _)| Period { from, until }.overlap(period))
            .last()
    }

    /// The day on which it came to its present cycle; nothing where it was there from the first.
    #[must_use]
    pub fn came_on(&self) -> Option<NaiveDate> {
        self.former.last().map(|(_, until_on)| *until_on)
    }

    /// Whether an account may come to a cycle on a day: not before its last change, and not back into a period of a cycle that it left within
    /// the same period, for then one bill would have days before and after those of another.
    #[must_use]
    pub fn may_come(&self, cycle: CycleId, on: NaiveDate, period: Option<Period>) -> bool {
        let is_later = self.came_on().is_none_or(|came| came < on);
        let left = |(of, until_on): &(CycleId, NaiveDate)| {
            *of == cycle && period.is_some_and(|period| period.from < *until_on)
        };
        is_later && !self.former.iter().any(left)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RIVER: CycleId = CycleId(1);
    const BLUFFS: CycleId = CycleId(2);

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn period(from: &str, until: &str) -> Period {
        Period::new(day(from), day(until)).unwrap()
    }

    #[test]
    fn every_day_belongs_to_one_cycle() {
        let moved = CycleHistory::of(BLUFFS, vec![(RIVER, day("2026-07-12"))]);
        let july = period("2026-07-01", "2026-08-01");
        let other = period("2026-06-21", "2026-07-21");
        assert_eq!(
            moved.within(RIVER, july),
            Some(period("2026-07-01", "2026-07-12"))
        );
        assert_eq!(
            moved.within(BLUFFS, other),
            Some(period("2026-07-12", "2026-07-21"))
        );
        assert_eq!(
            moved.within(RIVER, period("2026-08-01", "2026-09-01")),
            None
        );
        assert_eq!(
            moved.within(BLUFFS, period("2026-05-21", "2026-06-21")),
            None
        );
        assert_eq!(moved.on(day("2026-07-11")), RIVER);
        assert_eq!(moved.on(day("2026-07-12")), BLUFFS);
    }

    #[test]
    fn who_never_moved_is_billed_by_the_whole_period() {
        let settled = CycleHistory::of(RIVER, Vec::new());
        let july = period("2026-07-01", "2026-08-01");
        assert_eq!(settled.within(RIVER, july), Some(july));
        assert_eq!(settled.within(BLUFFS, july), None);
        assert_eq!(settled.came_on(), None);
    }

    #[test]
    fn nobody_comes_back_within_the_period_in_which_they_left() {
        let moved = CycleHistory::of(BLUFFS, vec![(RIVER, day("2026-07-12"))]);
        let july = Some(period("2026-07-01", "2026-08-01"));
        let august = Some(period("2026-08-01", "2026-09-01"));
        assert!(!moved.may_come(RIVER, day("2026-07-25"), july));
        assert!(moved.may_come(RIVER, day("2026-08-05"), august));
        assert!(!moved.may_come(CycleId(3), day("2026-07-10"), july));
    }
}
