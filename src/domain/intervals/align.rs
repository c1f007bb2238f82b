//! From a register's values at uneven minutes to usage in even slots.
//! The values that fit together best are believed, the rest set aside; between two believed values the register is taken to have moved
//! evenly; what lies in a long gap is an estimate, unless the register did not move at all. Slots add up to the register exactly.

use rust_decimal::Decimal;

use crate::domain::intervals::calendar::CivilDay;
use crate::domain::intervals::scaled::{MAX_SCALE, Scaled};
use crate::domain::intervals::series::SeriesPoint;
use crate::domain::intervals::{IntervalDay, Resolution};
use crate::domain::meters::RegisterFace;
use crate::domain::reads::ReadQuality;

/// How a register is read in slots.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AlignRule {
    /// How the register counts.
    pub face: RegisterFace,
    /// How long a slot is.
    pub resolution: Resolution,
    /// A fall of no more than this, on the face, is the tremble of a register at rest, or the rounding of another unit.
    pub tremble: Decimal,
    /// A gap longer than this, in seconds, is reported.
    pub long_gap: i64,
}

/// A value that does not fit those before and after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SetAside {
    /// When it was taken, in seconds since 1970 UTC.
    pub at: i64,
    /// What the face showed.
    pub shown: Decimal,
    /// The believed value before it (or after it, where none is before).
    pub beside: Decimal,
}

/// A span without a believed value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gap {
    /// The believed value before, in seconds since 1970 UTC.
    pub from: i64,
    /// The believed value after.
    pub until: i64,
    /// Usage over the span, known from its ends.
    pub usage: Decimal,
}

/// Usage in slots, and what was met on the way.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Aligned {
    /// One day of usage for each day asked for.
    pub days: Vec<IntervalDay>,
    /// Values that were not believed, beyond the tremble.
    pub set_aside: Vec<SetAside>,
    /// Long gaps.
    pub gaps: Vec<Gap>,
    /// How often the register passed its last digit.
    pub rollovers: u32,
}

/// A believed value on one scale, with whole revolutions added.
#[derive(Debug, Clone, Copy)]
struct Kept {
    at: i64,
    units: i128,
    quality: ReadQuality,
}

/// Works out usage for consecutive civil days from a register's values, which must be in order and should reach beyond both ends.
///
/// Slots before the first believed value and after the last are missing. `None` where the values do not fit together on one scale or the
/// usage leaves the range of numbers.
#[must_use]
pub fn align(rule: &AlignRule, points: &[SeriesPoint], days: &[CivilDay]) -> Option<Aligned> {
    let scale = points
        .iter()
        .map(|point| point.value.normalized().scale)
        .max()
        .unwrap_or(0);
    let mut aligned = Aligned::default();
    let unrolled = unroll(rule, points, scale, &mut aligned)?;
    let believed = believe(&unrolled);
    let tremble = units_of(rule.tremble, scale)?;
    report_set_aside(&unrolled, &believed, (tremble, scale), &mut aligned);
    let factor = Scaled::from_decimal(rule.face.multiplier)?;
    report_gaps(rule, &believed, (factor, scale), &mut aligned);
    let mut slots = Slots {
        rule,
        kept: &believed,
        next: 0,
        scale,
        factor,
    };
    for day in days {
        aligned.days.push(slots.fill(*day)?);
    }
    Some(aligned)
}

/// What the register showed at an instant between its believed values, on its face, and how good that is. `None` before the first and after
/// the last of them.
#[must_use]
pub fn shown_at(
    rule: &AlignRule,
    points: &[SeriesPoint],
    at: i64,
) -> Option<(Decimal, ReadQuality)> {
    let scale = points
        .iter()
        .map(|point| point.value.normalized().scale)
        .max()?;
    let unrolled = unroll(rule, points, scale, &mut Aligned::default())?;
    let kept = believe(&unrolled);
    let mut slots = Slots {
        rule,
        kept: &kept,
        next: 0,
        scale,
        factor: Scaled { units: 1, scale: 0 },
    };
    let units = slots.value_at(at)?;
    let capacity = 10_i128.checked_pow(u32::from(rule.face.dials) + u32::from(scale))?;
    let shown = units.checked_rem_euclid(capacity)?;
    let first = slots.next.saturating_sub(1);
    let quality = slots.quality(first + 1, at);
    let value = Decimal::try_from_i128_with_scale(shown, u32::from(scale)).ok()?;
    Some((value, quality))
}

/// Puts all values on one scale and adds a revolution wherever the register passed its last digit: from its last tenth into its first;
/// the value before, if there is one, was high too, and the next stays low.
fn unroll(
    rule: &AlignRule,
    points: &[SeriesPoint],
    scale: u8,
    aligned: &mut Aligned,
) -> Option<Vec<Kept>> {
    let capacity = 10_i128.checked_pow(u32::from(rule.face.dials) + u32::from(scale))?;
    let mut revolutions = 0_i128;
    let (mut earlier, mut previous): (Option<i128>, Option<i128>) = (None, None);
    let mut kept = Vec::with_capacity(points.len());
    let mut rest = points.iter();
    while let Some(point) = rest.next() {
        if point.quality == ReadQuality::Missing {
            continue;
        }
        let units = i128::from(point.value.normalized().rescaled(scale)?.units);
        let next = rest.as_slice().first().and_then(|next| {
            let value = next.value.normalized().rescaled(scale)?;
            Some(i128::from(value.units))
        });
        let passed = previous.is_some_and(|before| before * 10 > capacity * 9)
            && units * 10 < capacity
            && next.is_none_or(|next| next * 2 < capacity)
            && earlier.is_none_or(|earlier| earlier * 2 > capacity);
        if passed {
            revolutions += 1;
            aligned.rollovers += 1;
        }
        (earlier, previous) = (previous, Some(units));
        kept.push(Kept {
            at: point.at,
            units: units + revolutions * capacity,
            quality: point.quality,
        });
    }
    Some(kept)
}

/// The longest run of values that never falls: the fewest values have to be wrong. Of equally long runs the one that climbs least.
fn believe(all: &[Kept]) -> Vec<Kept> {
    if all.is_sorted_by_key(|kept| kept.units) {
        return all.to_vec();
    }
    let mut ranks: Vec<i128> = all.iter().map(|kept| kept.units).collect();
    ranks.sort_unstable();
    ranks.dedup();
    let mut tree = BestRuns(vec![None; ranks.len()]);
    let mut runs: Vec<Run> = Vec::with_capacity(all.len());
    for (place, kept) in all.iter().enumerate() {
        let rank = ranks.partition_point(|units| *units < kept.units);
        let run = tree.up_to(rank).map_or(
            Run {
                length: 1,
                first: kept.units,
                place,
                before: None,
            },
            |best| Run {
                length: best.length + 1,
                first: best.first,
                place,
                before: Some(best.place),
            },
        );
        tree.put(rank, run);
        runs.push(run);
    }
    let climb = |run: &Run| all.get(run.place).map_or(0, |kept| kept.units - run.first);
    let best = runs
        .iter()
        .max_by_key(|run| (run.length, std::cmp::Reverse(climb(run))));
    let mut believed = Vec::with_capacity(all.len());
    let mut at = best.map(|run| run.place);
    while let Some(place) = at {
        believed.extend(all.get(place));
        at = runs.get(place).and_then(|run| run.before);
    }
    believed.reverse();
    believed
}

/// The best run that ends at a value.
#[derive(Debug, Clone, Copy)]
struct Run {
    length: usize,
    first: i128,
    place: usize,
    before: Option<usize>,
}

/// Answers "the best run that ends at or below this rank" in logarithmic time (a Fenwick tree of maxima).
struct BestRuns(Vec<Option<Run>>);

impl BestRuns {
    fn up_to(&self, rank: usize) -> Option<Run> {
        let mut node = rank + 1;
        let mut best: Option<Run> = None;
        while node > 0 {
            let found = self.0.get(node - 1).copied().flatten();
            best = better(best, found);
            node &= node - 1;
        }
        best
    }

    fn put(&mut self, rank: usize, run: Run) {
        let mut node = rank + 1;
        while let Some(kept) = self.0.get_mut(node - 1) {
            *kept = better(*kept, Some(run));
            node += node & node.wrapping_neg();
        }
    }
}

fn better(a: Option<Run>, b: Option<Run>) -> Option<Run> {
    match (a, b) {
        (Some(x), Some(y)) if (y.length, y.first) > (x.length, x.first) => b,
        (None, _) => b,
        _ => a,
    }
}

fn report_set_aside(
    all: &[Kept],
    believed: &[Kept],
    (tremble, scale): (i128, u8),
    aligned: &mut Aligned,
) {
    let mut rest = believed.iter().peekable();
    let mut before: Option<&Kept> = None;
    for kept in all {
        if rest.peek().is_some_and(|next| next.at == kept.at) {
            before = rest.next();
            continue;
        }
        let Some(beside) = before.or_else(|| rest.peek().copied()) else {
            continue;
        };
        let above = rest
            .peek()
            .is_some_and(|next| kept.units - next.units > tremble);
        let below = beside.units - kept.units > tremble;
        if above || below {
            let number = |units| Decimal::try_from_i128_with_scale(units, u32::from(scale));
            let (Ok(shown), Ok(beside)) = (number(kept.units), number(beside.units)) else {
                continue;
            };
            aligned.set_aside.push(SetAside {
                at: kept.at,
                shown,
                beside,
            });
        }
    }
}

fn report_gaps(
    rule: &AlignRule,
    believed: &[Kept],
    (factor, scale): (Scaled, u8),
    aligned: &mut Aligned,
) {
    for pair in believed.windows(2) {
        let [from, until] = pair else { continue };
        if until.at - from.at <= rule.long_gap {
            continue;
        }
        let units = (until.units - from.units) * i128::from(factor.units);
        let scale = u32::from(scale) + u32::from(factor.scale);
        aligned.gaps.push(Gap {
            from: from.at,
            until: until.at,
            usage: Decimal::try_from_i128_with_scale(units, scale).unwrap_or(Decimal::MAX),
        });
    }
}

/// Walks slots and believed values side by side.
struct Slots<'a> {
    rule: &'a AlignRule,
    kept: &'a [Kept],
    /// The first believed value after the boundary that was asked for last.
    next: usize,
    scale: u8,
    factor: Scaled,
}

impl Slots<'_> {
    fn fill(&mut self, day: CivilDay) -> Option<IntervalDay> {
        let step = self.rule.resolution.seconds();
        let scale = self.scale + self.factor.scale;
        if scale > MAX_SCALE {
            return None;
        }
        let count = day.slots(self.rule.resolution);
        let (mut units, mut qualities) = (Vec::with_capacity(count), Vec::with_capacity(count));
        let mut start = day.start;
        let mut low = self.value_at(start);
        while start < day.end {
            let first = self.next;
            let high = self.value_at(start + step);
            if let (Some(before), Some(after)) = (low, high) {
                let usage = (after - before) * i128::from(self.factor.units);
                units.push(i64::try_from(usage).ok()?);
                qualities.push(self.quality(first, start + step));
            } else {
                units.push(0);
                qualities.push(ReadQuality::Missing);
            }
            low = high;
            start += step;
        }
        IntervalDay::from_parts(self.rule.resolution, scale, units, qualities)
    }

    /// The register at an instant, on the straight line between the believed values around it, rounded down so that parts add up.
    fn value_at(&mut self, at: i64) -> Option<i128> {
        while self.kept.get(self.next).is_some_and(|kept| kept.at <= at) {
            self.next += 1;
        }
        let before = self
            .next
            .checked_sub(1)
            .and_then(|place| self.kept.get(place))?;
        if before.at == at {
            return Some(before.units);
        }
        let after = self.kept.get(self.next)?;
        let moved = (after.units - before.units) * i128::from(at - before.at);
        Some(before.units + moved / i128::from(after.at - before.at))
    }

    /// The weakest quality of the stretches of register that a slot touches: from the value before its first later one to the value at or
    /// after its end.
    fn quality(&self, first: usize, end: i64) -> ReadQuality {
        let usual = self.rule.resolution.seconds() * 3 / 2;
        let closes = |place: usize| self.kept.get(place).is_some_and(|kept| kept.at == end);
        let last = self.next + usize::from(!self.next.checked_sub(1).is_some_and(closes));
        let touched = self
            .kept
            .get(first.saturating_sub(1)..last)
            .unwrap_or_default();
        touched
            .windows(2)
            .fold(ReadQuality::Actual, |quality, pair| {
                let [before, after] = pair else {
                    return quality;
                };
                let stretch = if after.at - before.at > usual && after.units != before.units {
                    ReadQuality::Estimated
                } else {
                    before.quality.weaker(after.quality)
                };
                quality.weaker(stretch)
            })
    }
}

fn units_of(value: Decimal, scale: u8) -> Option<i128> {
    let factor = Decimal::from(10_i64.checked_pow(u32::from(scale))?);
    Some(value.checked_mul(factor)?.trunc().mantissa())
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::NaiveDate;
    use proptest::prelude::*;

    const RULE: AlignRule = AlignRule {
        face: RegisterFace {
            dials: 6,
            decimals: 0,
            multiplier: Decimal::ONE,
        },
        resolution: Resolution::Hour,
        tremble: Decimal::ZERO,
        long_gap: 86_400,
    };

    fn first_of_june() -> CivilDay {
        CivilDay::of(chrono_tz::UTC, NaiveDate::from_ymd_opt(2026, 6, 1).unwrap())
    }

    fn points(values: &[(i64, i64)]) -> Vec<SeriesPoint> {
        let start = first_of_june().start;
        values
            .iter()
            .map(|(minute, units)| SeriesPoint {
                at: start + minute * 60,
                value: Scaled {
                    units: *units,
                    scale: 0,
                },
                quality: ReadQuality::Actual,
            })
            .collect()
    }

    fn aligned(values: &[(i64, i64)]) -> Aligned {
        align(&RULE, &points(values), &[first_of_june()]).unwrap()
    }

    #[test]
    fn uneven_minutes_become_even_hours_that_add_up() {
        let aligned = aligned(&[(-30, 100), (30, 160), (90, 160), (150, 190), (180, 190)]);
        let day = &aligned.days[0];
        assert_eq!(day.units()[..4], [30, 15, 15, 0]);
        assert_eq!(day.qualities()[2], ReadQuality::Actual);
        assert_eq!(day.qualities()[3], ReadQuality::Missing);
    }

    #[test]
    fn a_long_gap_is_estimated_unless_the_register_stood_still() {
        let moved = aligned(&[(0, 100), (240, 500), (480, 500)]);
        assert_eq!(moved.days[0].units()[..8], [100, 100, 100, 100, 0, 0, 0, 0]);
        assert_eq!(moved.days[0].qualities()[1], ReadQuality::Estimated);
        assert_eq!(moved.days[0].qualities()[5], ReadQuality::Actual);
    }

    #[test]
    fn one_wrong_value_is_set_aside_whether_it_falls_or_leaps() {
        let dip = aligned(&[(0, 307_775), (60, 307_775), (80, 295_487), (120, 307_788)]);
        assert_eq!(dip.days[0].sum(), Decimal::from(13));
        assert_eq!(dip.set_aside.len(), 1);
        let leap = aligned(&[(0, 100), (60, 999_000), (120, 102), (180, 103)]);
        assert_eq!(leap.days[0].sum(), Decimal::from(3));
        assert_eq!(leap.set_aside[0].shown, Decimal::from(999_000));
    }

    #[test]
    fn a_register_may_pass_its_last_digit() {
        let passed = aligned(&[(0, 999_990), (60, 5), (120, 10)]);
        assert_eq!(passed.days[0].units()[..2], [15, 5]);
        assert_eq!(passed.rollovers, 1);
        let blink = aligned(&[(0, 999_980), (60, 0), (120, 999_990)]);
        assert_eq!(blink.rollovers, 0);
        assert_eq!(blink.days[0].sum(), Decimal::from(10));
    }

    proptest! {
        #[test]
        fn slots_never_fall_and_never_exceed_the_register(steps in prop::collection::vec((1_i64..200, -50_i64..500), 2..40)) {
            let (mut minute, mut shown) = (0, 500_000);
            let values: Vec<(i64, i64)> = steps.into_iter().map(|(later, more)| {
                minute += later;
                shown += more;
                (minute - 100, shown)
            }).collect();
            let aligned = aligned(&values);
            let day = &aligned.days[0];
            prop_assert!(day.units().iter().all(|units| *units >= 0));
            let highest = values.iter().map(|value| value.1).max().unwrap();
            let lowest = values.iter().map(|value| value.1).min().unwrap();
            prop_assert!(day.sum() <= Decimal::from(highest - lowest));
        }
    }
}
