//! How an interval day is kept: one small row of bytes, exact, quick to write and to read.
//!
//! Layout: one byte format and resolution; one byte scale; slots as a varint; qualities as runs (length × 4 + quality); one byte telling
//! whether values or their differences follow; then each value that is there as a zigzag varint.

use crate::domain::intervals::{IntervalDay, Resolution};
use crate::domain::reads::ReadQuality;

/// The bytes of one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackedDay(Vec<u8>);

/// Bytes that are not a packed day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("these bytes are not a packed interval day")]
pub struct NotADay;

const FORMAT: u8 = 0x10;
/// 25 hours of five minutes.
const MOST_SLOTS: u64 = 300;
const PLAIN: u8 = 0;
const DIFFERENCES: u8 = 1;

impl PackedDay {
    /// Packs a day; equal days give equal bytes.
    #[must_use]
    pub fn encode(day: &IntervalDay) -> Self {
        if day.scale > 0 && day.units.iter().all(|unit| unit % 10 == 0) {
            return Self::encode(&day.clone().normalized());
        }
        let mut bytes = Vec::with_capacity(16 + day.slots() * 2);
        bytes.push(FORMAT | resolution_code(day.resolution));
        bytes.push(day.scale);
        put_varint(&mut bytes, u64::try_from(day.slots()).unwrap_or(u64::MAX));
        put_qualities(&mut bytes, &day.qualities);
        let there = || {
            day.units
                .iter()
                .zip(&day.qualities)
                .filter(|(_, quality)| **quality != ReadQuality::Missing)
                .map(|(unit, _)| *unit)
        };
        let plain: usize = there().map(|unit| varint_size(zigzag(unit))).sum();
        let mut last = 0_i64;
        let differences: usize = there()
            .map(|unit| {
                let step = unit.wrapping_sub(last);
                last = unit;
                varint_size(zigzag(step))
            })
            .sum();
        if plain <= differences {
            bytes.push(PLAIN);
            there().for_each(|unit| put_varint(&mut bytes, zigzag(unit)));
        } else {
            bytes.push(DIFFERENCES);
            let mut last = 0_i64;
            there().for_each(|unit| {
                put_varint(&mut bytes, zigzag(unit.wrapping_sub(last)));
                last = unit;
            });
        }
        Self(bytes)
    }

    /// Bytes from a row.
    #[must_use]
    pub const fn from_bytes(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }

    /// The bytes for a row.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The bytes for a row, without a copy.
    #[must_use]
    pub fn into_bytes(self) -> Vec<u8> {
        self.0
    }

    /// Unpacks the day.
    ///
    /// # Errors
    /// `NotADay` for bytes that `encode` did not make.
    pub fn decode(&self) -> Result<IntervalDay, NotADay> {
        decode(&self.0)
    }
}

/// Unpacks a day straight from a row's bytes.
///
/// # Errors
/// `NotADay` for bytes that [`PackedDay::encode`] did not make.
pub fn decode(mut bytes: &[u8]) -> Result<IntervalDay, NotADay> {
    let head = take_byte(&mut bytes)?;
    let resolution = resolution_of(head ^ FORMAT).ok_or(NotADay)?;
    let scale = take_byte(&mut bytes)?;
    if scale > crate::domain::intervals::scaled::MAX_SCALE {
        return Err(NotADay);
    }
    let slots = take_varint(&mut bytes)?;
    if slots > MOST_SLOTS {
        return Err(NotADay);
    }
    let slots = usize::try_from(slots).map_err(|_too_many| NotADay)?;
    let qualities = take_qualities(&mut bytes, slots)?;
    let differences = match take_byte(&mut bytes)? {
        PLAIN => false,
        DIFFERENCES => true,
        _ => return Err(NotADay),
    };
    let mut units = Vec::with_capacity(slots);
    let mut last = 0_i64;
    for quality in &qualities {
        if *quality == ReadQuality::Missing {
            units.push(0);
            continue;
        }
        let value = unzigzag(take_varint(&mut bytes)?);
        last = if differences {
            last.wrapping_add(value)
        } else {
            value
        };
        units.push(last);
    }
    if !bytes.is_empty() {
        return Err(NotADay);
    }
    IntervalDay::from_parts(resolution, scale, units, qualities).ok_or(NotADay)
}

const fn resolution_code(resolution: Resolution) -> u8 {
    match resolution {
        Resolution::Five => 0,
        Resolution::Quarter => 1,
        Resolution::Half => 2,
        Resolution::Hour => 3,
    }
}

const fn resolution_of(code: u8) -> Option<Resolution> {
    match code {
        0 => Some(Resolution::Five),
        1 => Some(Resolution::Quarter),
        2 => Some(Resolution::Half),
        3 => Some(Resolution::Hour),
        _ => None,
    }
}

/// A quality in two bits.
#[must_use]
pub const fn quality_code(quality: ReadQuality) -> u64 {
    match quality {
        ReadQuality::Actual => 0,
        ReadQuality::Estimated => 1,
        ReadQuality::Edited => 2,
        ReadQuality::Missing => 3,
    }
}

/// The quality of two bits.
#[must_use]
pub const fn quality_of(code: u64) -> ReadQuality {
    match code & 3 {
        0 => ReadQuality::Actual,
        1 => ReadQuality::Estimated,
        2 => ReadQuality::Edited,
        _ => ReadQuality::Missing,
    }
}

/// Writes qualities as runs.
pub fn put_qualities(bytes: &mut Vec<u8>, qualities: &[ReadQuality]) {
    for run in qualities.chunk_by(|a, b| a == b) {
        let Some(quality) = run.first() else { continue };
        let length = u64::try_from(run.len()).unwrap_or(u64::MAX);
        put_varint(bytes, (length << 2) | quality_code(*quality));
    }
}

/// Reads runs of qualities that add up to a known count.
///
/// # Errors
/// `NotADay` where they do not.
pub fn take_qualities(bytes: &mut &[u8], count: usize) -> Result<Vec<ReadQuality>, NotADay> {
    let mut qualities = Vec::with_capacity(count);
    while qualities.len() < count {
        let run = take_varint(bytes)?;
        let length = usize::try_from(run >> 2).map_err(|_too_long| NotADay)?;
        if length == 0 || length > count - qualities.len() {
            return Err(NotADay);
        }
        qualities.resize(qualities.len() + length, quality_of(run));
    }
    Ok(qualities)
}

/// A signed number as an unsigned one, small for small magnitudes.
#[must_use]
pub const fn zigzag(value: i64) -> u64 {
    (value.wrapping_shl(1) ^ (value >> 63)).cast_unsigned()
}

/// The signed number again.
#[must_use]
pub const fn unzigzag(value: u64) -> i64 {
    (value >> 1).cast_signed() ^ -((value & 1).cast_signed())
}

/// How many bytes a varint takes.
#[must_use]
pub fn varint_size(value: u64) -> usize {
    let bits = 64 - (value | 1).leading_zeros();
    usize::try_from(bits.div_ceil(7)).unwrap_or(10)
}

/// Writes seven bits a byte, lowest first.
pub fn put_varint(bytes: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        let [low, ..] = value.to_le_bytes();
        bytes.push(low | 0x80);
        value >>= 7;
    }
    let [low, ..] = value.to_le_bytes();
    bytes.push(low);
}

/// Reads one byte.
///
/// # Errors
/// `NotADay` at the end.
pub fn take_byte(bytes: &mut &[u8]) -> Result<u8, NotADay> {
    let (first, rest) = bytes.split_first().ok_or(NotADay)?;
    *bytes = rest;
    Ok(*first)
}

/// Reads a varint.
///
/// # Errors
/// `NotADay` where it is cut short or longer than 64 bits.
pub fn take_varint(bytes: &mut &[u8]) -> Result<u64, NotADay> {
    let mut value = 0_u64;
    for shift in (0..64).step_by(7) {
        let byte = take_byte(bytes)?;
        value |= u64::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Ok(value);
        }
    }
    Err(NotADay)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn any_day() -> impl Strategy<Value = IntervalDay> {
        let slot = (any::<i32>(), 0_u64..4);
        (0_usize..4, 0_u8..6, prop::collection::vec(slot, 0..300)).prop_map(
            |(resolution, scale, slots)| {
                let (units, qualities) = slots
                    .into_iter()
                    .map(|(unit, quality)| (i64::from(unit), quality_of(quality)))
                    .unzip();
                IntervalDay::from_parts(Resolution::ALL[resolution], scale, units, qualities)
                    .unwrap()
                    .normalized()
            },
        )
    }

    proptest! {
        #[test]
        fn a_day_comes_back_as_it_was(day in any_day()) {
            prop_assert_eq!(PackedDay::encode(&day).decode().unwrap(), day);
        }

        #[test]
        fn no_bytes_break_the_reader(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
            drop(PackedDay::from_bytes(bytes).decode());
        }

        #[test]
        fn the_largest_numbers_survive(value in any::<i64>()) {
            prop_assert_eq!(unzigzag(zigzag(value)), value);
            let mut bytes = Vec::new();
            put_varint(&mut bytes, zigzag(value));
            prop_assert_eq!(bytes.len(), varint_size(zigzag(value)));
            prop_assert_eq!(take_varint(&mut bytes.as_slice()).unwrap(), zigzag(value));
        }
    }

    #[test]
    fn an_hourly_day_of_four_digits_takes_about_fifty_bytes() {
        let units = (0..24).map(|hour| 1_000 + hour * 37 % 500).collect();
        let day =
            IntervalDay::from_parts(Resolution::Hour, 3, units, vec![ReadQuality::Actual; 24]);
        assert!(PackedDay::encode(&day.unwrap()).as_bytes().len() <= 54);
    }
}
