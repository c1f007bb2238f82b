//! Interval usage: what one register measured in each slot of one civil day of the utility.
//! A day has 23, 24 or 25 hours; its slots are 5, 15, 30 or 60 minutes long; each value has a quality. `packed` is how a day is kept,
//! `series` holds a register's own values, `align` turns those into slots. Who keeps which version is `store`'s matter.

pub mod align;
pub mod calendar;
pub mod packed;
pub mod scaled;
pub mod series;

use chrono::{DateTime, NaiveDateTime};
use rust_decimal::Decimal;

use crate::domain::intervals::calendar::CivilDay;
use crate::domain::intervals::scaled::Scaled;
use crate::domain::reads::ReadQuality;
use crate::domain::text_enum::text_enum;

text_enum! {
    /// How long a slot is, in minutes.
    Resolution {
        /// Five minutes.
        Five => "5",
        /// A quarter of an hour.
        Quarter => "15",
        /// Half an hour.
        Half => "30",
        /// An hour.
        Hour => "60",
    }
}

impl Resolution {
    /// Minutes in a slot.
    #[must_use]
    pub const fn minutes(self) -> i64 {
        match self {
            Self::Five => 5,
            Self::Quarter => 15,
            Self::Half => 30,
            Self::Hour => 60,
        }
    }

    /// Seconds in a slot.
    #[must_use]
    pub const fn seconds(self) -> i64 {
        self.minutes() * 60
    }

    /// The resolution with slots of so many seconds, if it is one that is kept.
    #[must_use]
    pub fn of_seconds(seconds: i64) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|resolution| resolution.seconds() == seconds)
    }
}

/// One day of one register, slot by slot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IntervalDay {
    resolution: Resolution,
    scale: u8,
    units: Vec<i64>,
    qualities: Vec<ReadQuality>,
}

/// One slot, as a reader sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IntervalValue {
    /// When the slot begins, in UTC.
    pub from: NaiveDateTime,
    /// The usage; `None` where it is missing.
    pub value: Option<Decimal>,
    /// How good it is.
    pub quality: ReadQuality,
}

/// What a merge did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Merged {
    /// Slots that were missing and now have a value.
    pub added: u32,
    /// Slots whose value or quality is another than before.
    pub corrected: u32,
    /// Slots that came again as they were, and slots whose estimate was not allowed to replace a better value.
    pub unchanged: u32,
}

impl IntervalDay {
    /// A day without any value.
    #[must_use]
    pub fn empty(resolution: Resolution, slots: usize) -> Self {
        Self::with_scale(resolution, slots, 0)
    }

    /// A day without any value, ready for values of so many decimals.
    #[must_use]
    pub fn with_scale(resolution: Resolution, slots: usize, scale: u8) -> Self {
        Self {
            resolution,
            scale,
            units: vec![0; slots],
            qualities: vec![ReadQuality::Missing; slots],
        }
    }

    /// A day from its parts; values of missing slots are put to zero. `None` where the lists differ in length.
    #[must_use]
    pub fn from_parts(
        resolution: Resolution,
        scale: u8,
        mut units: Vec<i64>,
        qualities: Vec<ReadQuality>,
    ) -> Option<Self> {
        if units.len() != qualities.len() {
            return None;
        }
        for (unit, quality) in units.iter_mut().zip(&qualities) {
            if *quality == ReadQuality::Missing {
                *unit = 0;
            }
        }
        Some(Self {
            resolution,
            scale,
            units,
            qualities,
        })
    }

    /// How long its slots are.
    #[must_use]
    pub const fn resolution(&self) -> Resolution {
        self.resolution
    }

    /// Decimals of its values.
    #[must_use]
    pub const fn scale(&self) -> u8 {
        self.scale
    }

    /// How many slots it has.
    #[must_use]
    pub fn slots(&self) -> usize {
        self.units.len()
    }

    /// The values as whole numbers of the last decimal, missing ones zero.
    #[must_use]
    pub fn units(&self) -> &[i64] {
        &self.units
    }

    /// The quality of each slot.
    #[must_use]
    pub fn qualities(&self) -> &[ReadQuality] {
        &self.qualities
    }

    /// Puts a value into a slot. `false` where there is no such slot or the value cannot be held beside the others.
    pub fn set(&mut self, slot: usize, value: Scaled, quality: ReadQuality) -> bool {
        let Some(value) = self.on_scale(value) else {
            return false;
        };
        match (self.units.get_mut(slot), self.qualities.get_mut(slot)) {
            (Some(unit), Some(kept)) => {
                *unit = if quality == ReadQuality::Missing {
                    0
                } else {
                    value.units
                };
                *kept = quality;
                true
            }
            _ => false,
        }
    }

    /// Lays a value over a slot, as `merge` does, and counts what that did.
    pub fn lay(&mut self, slot: usize, value: Scaled, quality: ReadQuality, merged: &mut Merged) {
        let before = self.get(slot);
        let outranked = before.is_some_and(|(_, kept)| {
            quality == ReadQuality::Estimated && kept != ReadQuality::Estimated
        });
        let same = before.is_some_and(|(kept, rank)| kept.same_as(value) && rank == quality);
        if same || outranked || !self.set(slot, value, quality) {
            merged.unchanged += 1;
        } else if before.is_none() {
            merged.added += 1;
        } else {
            merged.corrected += 1;
        }
    }

    fn on_scale(&mut self, value: Scaled) -> Option<Scaled> {
        if value.scale == self.scale {
            return Some(value);
        }
        let value = value.normalized();
        if value.scale > self.scale && !self.rescale(value.scale) {
            return None;
        }
        value.rescaled(self.scale)
    }

    /// Empties a slot.
    pub fn clear(&mut self, slot: usize) {
        if let (Some(unit), Some(quality)) =
            (self.units.get_mut(slot), self.qualities.get_mut(slot))
        {
            *unit = 0;
            *quality = ReadQuality::Missing;
        }
    }

    /// What a slot holds, if it holds anything.
    #[must_use]
    pub fn get(&self, slot: usize) -> Option<(Scaled, ReadQuality)> {
        let (unit, quality) = (self.units.get(slot)?, self.qualities.get(slot)?);
        let scale = self.scale;
        (*quality != ReadQuality::Missing).then_some((
            Scaled {
                units: *unit,
                scale,
            },
            *quality,
        ))
    }

    /// The sum of all values that are there.
    #[must_use]
    pub fn sum(&self) -> Decimal {
        let sum: i128 = self.units.iter().copied().map(i128::from).sum();
        Decimal::try_from_i128_with_scale(sum, u32::from(self.scale)).unwrap_or(Decimal::MAX)
    }

    /// How many slots have this quality.
    #[must_use]
    pub fn count(&self, quality: ReadQuality) -> usize {
        self.qualities.iter().filter(|q| **q == quality).count()
    }

    /// Whether every slot has a value.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        !self.qualities.contains(&ReadQuality::Missing)
    }

    /// The slots in order, each with the instant it begins.
    pub fn values(&self, day: CivilDay) -> impl Iterator<Item = IntervalValue> + '_ {
        let step = self.resolution.seconds();
        let starts = (0_i64..).map(move |slot| day.start + slot * step);
        self.units
            .iter()
            .zip(&self.qualities)
            .zip(starts)
            .map(|((unit, quality), start)| IntervalValue {
                from: DateTime::from_timestamp(start, 0)
                    .unwrap_or_default()
                    .naive_utc(),
                value: (*quality != ReadQuality::Missing)
                    .then(|| Decimal::new(*unit, u32::from(self.scale))),
                quality: *quality,
            })
    }

    /// Lays a later part or a correction over the day: the newest counts, but an estimate never replaces a measured or mended value, and
    /// a missing value replaces nothing. A day of another resolution replaces the whole.
    pub fn merge(&mut self, newer: &Self) -> Merged {
        let mut merged = Merged::default();
        if self.resolution != newer.resolution || self.slots() != newer.slots() {
            let present = newer.slots() - newer.count(ReadQuality::Missing);
            merged.corrected = u32::try_from(present).unwrap_or(u32::MAX);
            self.clone_from(newer);
            return merged;
        }
        for slot in 0..newer.slots() {
            if let Some((value, quality)) = newer.get(slot) {
                self.lay(slot, value, quality, &mut merged);
            }
        }
        merged
    }

    /// The day on which another meter took this one's place, told by both: what this one measured before and the other after. In the slot of
    /// the exchange both measured a part; an estimate of either gives way to what the other measured. Its slots are as long as the longer of
    /// the two. Nothing where the days differ in length.
    #[must_use]
    pub fn handed_to(&self, next: &Self) -> Option<Self> {
        let resolution = if self.resolution.minutes() > next.resolution.minutes() {
            self.resolution
        } else {
            next.resolution
        };
        let (before, mut both) = (self.coarser(resolution)?, next.coarser(resolution)?);
        if before.slots() != both.slots() {
            return None;
        }
        for slot in 0..before.slots() {
            let Some((value, quality)) = before.get(slot) else {
                continue;
            };
            let is_guess = quality == ReadQuality::Estimated;
            let (value, quality) = match both.get(slot) {
                None => (value, quality),
                Some(_) if is_guess => continue,
                Some((_, ReadQuality::Estimated)) => (value, quality),
                Some((after, of_after)) => (value.plus(after)?, quality.weaker(of_after)),
            };
            if !both.set(slot, value, quality) {
                return None;
            }
        }
        Some(both)
    }

    /// The same day in longer slots, each the sum of what is known of it; nothing where slots are not made of these.
    fn coarser(&self, resolution: Resolution) -> Option<Self> {
        let many = resolution
            .minutes()
            .checked_div(self.resolution.minutes())?;
        let many = usize::try_from(many).ok().filter(|many| *many > 0)?;
        let slots = self.slots().checked_div(many)?;
        let mut longer = Self::with_scale(resolution, slots, self.scale);
        let parts = self.units.chunks(many).zip(self.qualities.chunks(many));
        for (slot, (units, qualities)) in parts.enumerate() {
            let known = units.iter().zip(qualities);
            let mut known = known.filter(|(_, quality)| **quality != ReadQuality::Missing);
            let Some((first, quality)) = known.next() else {
                continue;
            };
            let (mut sum, mut weakest) = (*first, *quality);
            for (unit, quality) in known {
                sum = sum.checked_add(*unit)?;
                weakest = weakest.weaker(*quality);
            }
            let value = Scaled {
                units: sum,
                scale: self.scale,
            };
            if !longer.set(slot, value, weakest) {
                return None;
            }
        }
        Some(longer)
    }

    /// The same day with as few decimals as its values need.
    #[must_use]
    pub fn normalized(mut self) -> Self {
        while self.scale > 0 && self.units.iter().all(|unit| unit % 10 == 0) {
            for unit in &mut self.units {
                *unit /= 10;
            }
            self.scale -= 1;
        }
        self
    }

    fn rescale(&mut self, scale: u8) -> bool {
        let from = self.scale;
        let widened: Option<Vec<i64>> = self
            .units
            .iter()
            .map(|units| {
                let value = Scaled {
                    units: *units,
                    scale: from,
                };
                value.rescaled(scale).map(|value| value.units)
            })
            .collect();
        let Some(widened) = widened else {
            return false;
        };
        self.units = widened;
        self.scale = scale;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(values: &[(&str, ReadQuality)]) -> IntervalDay {
        let mut day = IntervalDay::empty(Resolution::Hour, values.len());
        for (slot, (value, quality)) in values.iter().enumerate() {
            assert!(day.set(slot, value.parse().unwrap(), *quality));
        }
        day
    }

    #[test]
    fn a_late_part_fills_and_a_correction_replaces_but_an_estimate_gives_way() {
        use ReadQuality::{Actual, Estimated, Missing};
        let mut kept = day(&[("1.5", Actual), ("0", Missing), ("2", Estimated)]);
        let newer = day(&[("9", Estimated), ("0.25", Actual), ("3", Actual)]);
        let merged = kept.merge(&newer);
        assert_eq!(
            merged,
            Merged {
                added: 1,
                corrected: 1,
                unchanged: 1
            }
        );
        assert_eq!(kept.sum(), Decimal::new(475, 2));
        assert_eq!(kept.merge(&newer).corrected, 0);
    }

    #[test]
    fn the_day_of_an_exchange_is_what_both_meters_measured_and_each_hour_once() {
        use ReadQuality::{Actual, Estimated, Missing};
        let old = day(&[
            ("1.5", Actual),
            ("1", Actual),
            ("0.5", Actual),
            ("7", Estimated),
            ("0", Missing),
        ]);
        let new = day(&[
            ("9", Estimated),
            ("0", Missing),
            ("0.25", Actual),
            ("2", Actual),
            ("3", Actual),
        ]);
        let both = old.handed_to(&new).unwrap();
        assert_eq!(both.sum(), Decimal::new(825, 2));
        assert!(both.is_complete());
        assert_eq!(both.count(Estimated), 0);
    }

    #[test]
    fn a_meter_that_reports_more_often_takes_over_within_the_hours_of_the_one_before() {
        use ReadQuality::{Actual, Missing};
        let old = day(&[("4", Actual), ("1", Actual), ("0", Missing)]);
        let mut new = IntervalDay::empty(Resolution::Half, 6);
        for slot in 3..6 {
            assert!(new.set(slot, "0.5".parse().unwrap(), Actual));
        }
        let both = old.handed_to(&new).unwrap();
        assert_eq!((both.resolution(), both.slots()), (Resolution::Hour, 3));
        assert_eq!(both.sum(), Decimal::new(65, 1));
        assert!(both.is_complete());
        assert_eq!(
            old.handed_to(&IntervalDay::empty(Resolution::Hour, 4)),
            None
        );
    }
}
