//! A register's own values through one civil day, at whatever instants they were taken: the evidence from which usage is worked out.
//! Kept as it came, also what later proves wrong: `align` decides which values to believe, and can decide anew when more is known.

use crate::domain::intervals::packed::{
    NotADay, put_qualities, put_varint, take_byte, take_qualities, take_varint, unzigzag, zigzag,
};
use crate::domain::intervals::scaled::{MAX_SCALE, Scaled};
use crate::domain::intervals::{IntervalDay, Merged};
use crate::domain::reads::ReadQuality;

/// One value of the register.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SeriesPoint {
    /// When it was taken, in seconds since 1970 UTC.
    pub at: i64,
    /// What the face showed.
    pub value: Scaled,
    /// How good it is.
    pub quality: ReadQuality,
}

/// The values of one day in the order they were taken, one for each instant.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SeriesDay {
    points: Vec<SeriesPoint>,
}

const FORMAT: u8 = 0x20;
/// One value a second is more than any meter sends.
const MOST_POINTS: u64 = 90_000;

impl SeriesDay {
    /// The values, in order.
    #[must_use]
    pub fn points(&self) -> &[SeriesPoint] {
        &self.points
    }

    /// Adds a value. The same instant with another value is a correction: the newest counts, but an estimate never replaces a better one.
    pub fn add(&mut self, point: SeriesPoint, merged: &mut Merged) {
        match self.points.binary_search_by_key(&point.at, |kept| kept.at) {
            Err(place) => {
                self.points.insert(place, point);
                merged.added += 1;
            }
            Ok(place) => {
                let Some(kept) = self.points.get_mut(place) else {
                    return;
                };
                let outranked = point.quality == ReadQuality::Estimated
                    && kept.quality != ReadQuality::Estimated;
                let same = kept.value.same_as(point.value) && kept.quality == point.quality;
                if same || outranked {
                    merged.unchanged += 1;
                } else {
                    *kept = point;
                    merged.corrected += 1;
                }
            }
        }
    }

    /// Packs the day: format, scale, count, first instant and steps in seconds, values as differences, qualities as runs. `None` where the
    /// values cannot share one scale.
    #[must_use]
    pub fn encode(&self) -> Option<Vec<u8>> {
        let scale = self
            .points
            .iter()
            .map(|point| point.value.normalized().scale)
            .max()
            .unwrap_or(0);
        let mut bytes = Vec::with_capacity(16 + self.points.len() * 5);
        bytes.push(FORMAT);
        bytes.push(scale);
        put_varint(&mut bytes, u64::try_from(self.points.len()).ok()?);
        let (mut at, mut units) = (0_i64, 0_i64);
        for point in &self.points {
            let value = point.value.normalized().rescaled(scale)?;
            put_varint(&mut bytes, zigzag(point.at.wrapping_sub(at)));
            put_varint(&mut bytes, zigzag(value.units.wrapping_sub(units)));
            (at, units) = (point.at, value.units);
        }
        let qualities: Vec<ReadQuality> = self.points.iter().map(|point| point.quality).collect();
        put_qualities(&mut bytes, &qualities);
        Some(bytes)
    }

    /// Unpacks a day.
    ///
    /// # Errors
    /// `NotADay` for bytes that `encode` did not make.
    pub fn decode(mut bytes: &[u8]) -> Result<Self, NotADay> {
        if take_byte(&mut bytes)? != FORMAT {
            return Err(NotADay);
        }
        let scale = take_byte(&mut bytes)?;
        let count = take_varint(&mut bytes)?;
        if count > MOST_POINTS || scale > MAX_SCALE {
            return Err(NotADay);
        }
        let count = usize::try_from(count).map_err(|_too_many| NotADay)?;
        let mut points = Vec::with_capacity(count.min(bytes.len()));
        let (mut at, mut units) = (0_i64, 0_i64);
        for _ in 0..count {
            at = at.wrapping_add(unzigzag(take_varint(&mut bytes)?));
            units = units.wrapping_add(unzigzag(take_varint(&mut bytes)?));
            points.push(SeriesPoint {
                at,
                value: Scaled { units, scale },
                quality: ReadQuality::Actual,
            });
        }
        let qualities = take_qualities(&mut bytes, count)?;
        for (point, quality) in points.iter_mut().zip(qualities) {
            point.quality = quality;
        }
        let ordered = points.windows(2).all(|pair| match pair {
            [a, b] => a.at < b.at,
            _ => true,
        });
        (bytes.is_empty() && ordered)
            .then_some(Self { points })
            .ok_or(NotADay)
    }
}

/// Whether two days of usage say the same, so that no new version is needed.
#[must_use]
pub fn same_usage(kept: &IntervalDay, worked_out: &IntervalDay) -> bool {
    kept.clone().normalized() == worked_out.clone().normalized()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_series_comes_back_as_it_was(raw in prop::collection::btree_map(0_i64..2_000_000_000, (any::<i32>(), 0_u8..4), 0..60)) {
            let mut day = SeriesDay::default();
            let mut merged = Merged::default();
            for (at, (units, scale)) in raw {
                let value = Scaled { units: i64::from(units), scale };
                day.add(SeriesPoint { at, value, quality: ReadQuality::Actual }, &mut merged);
            }
            let again = SeriesDay::decode(&day.encode().unwrap()).unwrap();
            prop_assert_eq!(again.points().len(), day.points().len());
            for (a, b) in again.points().iter().zip(day.points()) {
                prop_assert!(a.at == b.at && a.value.same_as(b.value));
            }
        }

        #[test]
        fn no_bytes_break_the_reader(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            drop(SeriesDay::decode(&bytes));
        }
    }
}
