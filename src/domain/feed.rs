//! What a file of reads says, whatever its format: series of values for a meter, and lines that could not be used.
//! The formats themselves are read by `adapters::ami`; what becomes of the values is decided by `usecases::reads`.

use serde::{Deserialize, Serialize};

use crate::domain::intervals::scaled::Scaled;
use crate::domain::quantity::Unit;
use crate::domain::reads::ReadQuality;
use crate::domain::text_enum::text_enum;

text_enum! {
    /// The formats that are understood.
    FeedFormat {
        /// Water registers of the Alicante trial: meter; stamp; liters; difference.
        Alicante => "alicante",
        /// California Metering Exchange Protocol, record MEPMD01.
        Cmep => "cmep",
        /// Badger Beacon 360 export.
        Beacon => "beacon",
        /// AEMO NEM12 interval data (and NEM13 register reads).
        Nem12 => "nem12",
        /// Green Button (NAESB ESPI) XML.
        GreenButton => "greenbutton",
        /// A table with a saved column mapping.
        Csv => "csv",
    }
}

text_enum! {
    /// Which end of an interval its stamp names.
    Stamping {
        /// The beginning.
        Start => "start",
        /// The end.
        End => "end",
    }
}

text_enum! {
    /// Why a line was not used.
    RejectReason {
        /// The line does not have the parts it should have.
        Malformed => "malformed",
        /// The line or file ends in the middle, or its count of values is wrong.
        CutShort => "cut_short",
        /// Longer than any real line.
        TooLong => "too_long",
        /// A kind of record that is not read.
        UnknownRecord => "unknown_record",
        /// The stamp is not a time in the format's notation.
        BadStamp => "bad_stamp",
        /// No clock showed this time: the clocks were put forward.
        NoSuchTime => "no_such_time",
        /// The value is not a plain number.
        BadNumber => "bad_number",
        /// The unit is not known.
        UnknownUnit => "unknown_unit",
        /// The quality code is not known.
        UnknownQuality => "unknown_quality",
        /// No register of the house has this key.
        UnknownMeter => "unknown_meter",
        /// The meter has several registers that could be meant.
        AmbiguousRegister => "ambiguous_register",
        /// No defined factor turns the file's unit into the register's.
        UnitMismatch => "unit_mismatch",
        /// The file multiplies by another constant than the register.
        ConstantMismatch => "constant_mismatch",
        /// Intervals of a length that is not kept, or not the register's.
        IntervalLength => "interval_length",
        /// The interval does not begin on a slot of the day.
        OffGrid => "off_grid",
        /// Interval usage for a register that is read by hand, without slots.
        NoSlots => "no_slots",
        /// The number does not fit.
        OutOfRange => "out_of_range",
        /// The register has too few digits to show the value, or the value is negative.
        BeyondFace => "beyond_face",
        /// The meter hung nowhere on the day of the read.
        NotInstalled => "not_installed",
        /// The read is dated after the present.
        Future => "future",
    }
}

/// What the values of a series are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FeedKind {
    /// What the register showed at each stamp.
    Register,
    /// Usage in the interval that begins at each stamp.
    Interval {
        /// How long the interval is.
        seconds: i64,
    },
}

/// One value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FeedPoint {
    /// The instant of the read, or the beginning of the interval, in seconds since 1970 UTC.
    pub at: i64,
    /// The value; zero where it is missing.
    pub value: Scaled,
    /// How good it is.
    pub quality: ReadQuality,
    /// The line it stood in.
    pub line: u32,
}

/// Values of one register, in the order of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedSeries {
    /// The meter's number, as the file writes it.
    pub meter: String,
    /// The channel's name, where the file has several for a meter.
    pub channel: Option<String>,
    /// What the values are.
    pub kind: FeedKind,
    /// What they count in.
    pub unit: Unit,
    /// What the file says the values are to be multiplied by.
    pub constant: Scaled,
    /// The values.
    pub points: Vec<FeedPoint>,
}

/// A line that was not used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rejection {
    /// The line's number, from one.
    pub line: u64,
    /// Why.
    pub reason: RejectReason,
    /// The word or number in question, where there is one.
    pub fact: Option<String>,
    /// The beginning of the line.
    pub excerpt: String,
}

/// What a reader hands over, piece by piece.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FeedItem {
    /// Values.
    Series(FeedSeries),
    /// A line that was not used.
    Rejected(Rejection),
}

/// The number one: a file's constant that changes nothing.
pub const ONE: Scaled = Scaled { units: 1, scale: 0 };

/// The unit that a file names, and by which power of ten its values must be shifted to be in ours (a watt-hour is a thousandth of a kWh).
/// Case does not matter.
#[must_use]
pub fn unit_named(name: &str) -> Option<(Unit, i8)> {
    let name = name.trim();
    let known = [
        ("kwh", Unit::Kwh, 0),
        ("wh", Unit::Kwh, -3),
        ("mwh", Unit::Kwh, 3),
        ("kvarh", Unit::Kvarh, 0),
        ("varh", Unit::Kvarh, -3),
        ("kw", Unit::Kw, 0),
        ("w", Unit::Kw, -3),
        ("kva", Unit::Kva, 0),
        ("l", Unit::Liter, 0),
        ("liter", Unit::Liter, 0),
        ("liters", Unit::Liter, 0),
        ("litres", Unit::Liter, 0),
        ("m3", Unit::CubicMeter, 0),
        ("gal", Unit::Gallon, 0),
        ("gallon", Unit::Gallon, 0),
        ("gallons", Unit::Gallon, 0),
        ("kgal", Unit::Kgal, 0),
        ("cf", Unit::CubicFoot, 0),
        ("ft3", Unit::CubicFoot, 0),
        ("ccf", Unit::Ccf, 0),
        ("hcf", Unit::Ccf, 0),
        ("mcf", Unit::Mcf, 0),
        ("therm", Unit::Therm, 0),
        ("therms", Unit::Therm, 0),
        ("thm", Unit::Therm, 0),
        ("dth", Unit::Dekatherm, 0),
    ];
    known
        .into_iter()
        .find(|(word, _, _)| word.eq_ignore_ascii_case(name))
        .map(|(_, unit, power)| (unit, power))
}

/// A value shifted by a power of ten, exactly.
#[must_use]
pub fn shifted(value: Scaled, power: i8) -> Option<Scaled> {
    let scale = i16::from(value.scale) - i16::from(power);
    if let Ok(scale) = u8::try_from(scale) {
        let units = value.units;
        return (scale <= crate::domain::intervals::scaled::MAX_SCALE)
            .then_some(Scaled { units, scale });
    }
    let factor = 10_i64.checked_pow(u32::try_from(-scale).ok()?)?;
    let units = value.units.checked_mul(factor)?;
    Some(Scaled { units, scale: 0 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_of_files_are_known_with_their_power_of_ten() {
        assert_eq!(unit_named("Wh"), Some((Unit::Kwh, -3)));
        assert_eq!(unit_named(" CCF "), Some((Unit::Ccf, 0)));
        assert_eq!(unit_named("furlong"), None);
        let ten = Scaled {
            units: 10,
            scale: 0,
        };
        assert_eq!(
            shifted(ten, -3).unwrap().normalized(),
            Scaled { units: 1, scale: 2 }
        );
        assert_eq!(shifted(ten, 3).unwrap().units, 10_000);
    }
}
