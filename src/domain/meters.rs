//! Meters: what a register shows, and how much was used between two of its values.
//! Where a meter hangs and since when is kept by `store`; whether a value may be believed is decided in `vee`.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::domain::premises::Commodity;
use crate::domain::quantity::Unit;
use crate::domain::text_enum::text_enum;

text_enum! {
    /// What kind of meter it is.
    MeterKind {
        /// One register counts the whole usage.
        Simple => "simple",
        /// A high-flow and a low-flow side together.
        Compound => "compound",
        /// Counts what never reaches the sewer, such as irrigation.
        Deduct => "deduct",
        /// Counts what is delivered and what is received from the customer.
        Net => "net",
    }
}

text_enum! {
    /// What a register of a meter counts.
    Channel {
        /// Delivered to the customer.
        Delivered => "delivered",
        /// Received from the customer.
        Received => "received",
        /// The high-flow side of a compound meter.
        High => "high",
        /// The low-flow side of a compound meter.
        Low => "low",
        /// Demand: a peak, never a sum.
        Demand => "demand",
    }
}

/// Which way what a register counts goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flow {
    /// To the customer.
    Delivered,
    /// Back from the customer.
    Received,
    /// Counted once more, behind a meter that has counted it already: it must not be added to that.
    Deducted,
}

impl Flow {
    /// Of a register that counts a sum; nothing for a peak.
    #[must_use]
    pub const fn of(kind: MeterKind, channel: Channel) -> Option<Self> {
        match (kind, channel) {
            (_, Channel::Demand) => None,
            (MeterKind::Deduct, _) => Some(Self::Deducted),
            (_, Channel::Received) => Some(Self::Received),
            (_, Channel::Delivered | Channel::High | Channel::Low) => Some(Self::Delivered),
        }
    }

    /// As files name it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Delivered => "delivered",
            Self::Received => "received",
            Self::Deducted => "deducted",
        }
    }
}

impl MeterKind {
    /// What the registers of such a meter count, each of it once.
    #[must_use]
    pub const fn channels(self) -> &'static [Channel] {
        match self {
            Self::Simple | Self::Deduct => &[Channel::Delivered],
            Self::Compound => &[Channel::High, Channel::Low],
            Self::Net => &[Channel::Delivered, Channel::Received],
        }
    }

    /// Whether a register of demand may stand beside those.
    #[must_use]
    pub const fn may_show_demand(self) -> bool {
        matches!(self, Self::Simple | Self::Net)
    }

    /// Whether registers that count this are all that such a meter has.
    #[must_use]
    pub fn has_just(self, channels: &[Channel]) -> bool {
        let counted: Vec<Channel> = channels
            .iter()
            .copied()
            .filter(|channel| *channel != Channel::Demand)
            .collect();
        let is_whole = self.channels().iter().all(|one| counted.contains(one));
        let peaks = channels.len().saturating_sub(counted.len());
        is_whole
            && counted.len() == self.channels().len()
            && peaks <= usize::from(self.may_show_demand())
    }
}

/// The longest number on a meter, in characters.
pub const LONGEST_SERIAL: usize = 40;

/// The most whole digits that a face has.
pub const MOST_DIALS: i32 = 9;

/// The most decimals that a face has.
pub const MOST_DECIMALS: i32 = 6;

/// The lengths of intervals that are kept, in minutes.
pub const INTERVALS: [i32; 4] = [5, 15, 30, 60];

/// Whether a register that counts a channel in a unit can count what is delivered: volume for water, volume or heat for gas, energy for
/// electricity and power for its peaks. Nothing else has a meter.
#[must_use]
pub fn can_count(commodity: Commodity, channel: Channel, unit: Unit) -> bool {
    let is_peak = channel == Channel::Demand;
    match commodity {
        Commodity::Water => !is_peak && unit.converts_to(Unit::Gallon),
        Commodity::Gas => {
            !is_peak && (unit.converts_to(Unit::CubicFoot) || unit.converts_to(Unit::Therm))
        }
        Commodity::Electric if is_peak => matches!(unit, Unit::Kw | Unit::Kva),
        Commodity::Electric => matches!(unit, Unit::Kwh | Unit::Kvarh),
        Commodity::Sewer | Commodity::Stormwater | Commodity::Refuse | Commodity::Other => false,
    }
}

/// How a register counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegisterFace {
    /// Whole digits shown; after the last of them the register begins again at zero.
    pub dials: u8,
    /// Decimals shown.
    pub decimals: u8,
    /// What one unit on the face stands for, with the pressure or heat factor in it.
    pub multiplier: Decimal,
}

/// Whether a register that shows less than before may have passed its last digit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rollover {
    /// It was judged before, within its limit or by a person: both values count.
    Believed,
    /// Where the usage is no more than this.
    UpTo(Decimal),
    /// Nothing says how much could have been used.
    Never,
}

impl Rollover {
    fn allows(self, usage: Decimal) -> bool {
        match self {
            Self::Believed => true,
            Self::UpTo(most) => usage <= most,
            Self::Never => false,
        }
    }
}

/// What lies between two values of one register.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Difference {
    /// The register went on counting.
    Usage(Decimal),
    /// The register passed its last digit and began again, within the rule.
    RolledOver(Decimal),
    /// The register shows less than before, and the rollover rule does not explain it.
    Falling {
        /// By how much it fell, on the face.
        by: Decimal,
    },
}

impl RegisterFace {
    /// The first value that the face cannot show: ten to the number of dials.
    #[must_use]
    pub fn capacity(&self) -> Decimal {
        10_i128
            .checked_pow(u32::from(self.dials))
            .and_then(|capacity| Decimal::try_from_i128_with_scale(capacity, 0).ok())
            .unwrap_or(Decimal::MAX)
    }

    /// Whether the face can show a value.
    #[must_use]
    pub fn shows(&self, value: Decimal) -> bool {
        !value.is_sign_negative() && value < self.capacity()
    }

    /// Usage between two values of the same register: `((current - previous) mod 10^dials) * multiplier`.
    ///
    /// A rollover is believed only from the last tenth of the face into the first tenth, and only where the usage stays within the high
    /// limit (rules §3.3; Utah R746-320-9 names "billing a complete revolution which did not occur" as a cause of overbilling).
    #[must_use]
    pub fn difference(
        &self,
        previous: Decimal,
        current: Decimal,
        rollover: Rollover,
    ) -> Difference {
        if current >= previous {
            return Difference::Usage((current - previous) * self.multiplier);
        }
        let capacity = self.capacity();
        let tenth = capacity / Decimal::TEN;
        let usage = (capacity - previous + current) * self.multiplier;
        let passed = previous > capacity - tenth && current < tenth;
        if passed && rollover.allows(usage) {
            Difference::RolledOver(usage)
        } else {
            Difference::Falling {
                by: previous - current,
            }
        }
    }
}

/// A meter's size in inches, as rates and plates write it: `5/8`, `1 1/2`, `1-1/2"`, `5/8x3/4`, `2`. Nothing where it is no such number.
#[must_use]
pub fn inches(size: &str) -> Option<Decimal> {
    let lower = size.to_ascii_lowercase();
    let marks = ['"', '.', ' '];
    let plain = lower.trim_end_matches(marks).trim_end_matches("in");
    // The second of two numbers is the pipe's.
    let first = plain
        .trim_end_matches(marks)
        .split('x')
        .next()
        .unwrap_or_default();
    let mut parts = first.split([' ', '-']).filter(|part| !part.is_empty());
    let (whole, fraction) = (parts.next()?, parts.next());
    if parts.next().is_some() || fraction.is_some_and(|part| !part.contains('/')) {
        return None;
    }
    let rest = fraction.map_or(Some(Decimal::ZERO), part_of_inch);
    part_of_inch(whole)?.checked_add(rest?)
}

fn part_of_inch(part: &str) -> Option<Decimal> {
    let number = |text: &str| -> Option<Decimal> {
        let is_plain = text
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'.');
        text.parse().ok().filter(|_| is_plain)
    };
    match part.split_once('/') {
        Some((above, below)) => number(above)?.checked_div(number(below)?),
        None => number(part),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FACE: RegisterFace = RegisterFace {
        dials: 4,
        decimals: 0,
        multiplier: Decimal::TEN,
    };

    #[test]
    fn a_size_is_read_in_inches() {
        let sizes = ["5/8", "3/4", "1", "1 1/2", "2", "4", "10"].map(inches);
        assert!(sizes.is_sorted());
        assert!(sizes.iter().all(Option::is_some));
        for same in ["1 1/2", "1-1/2", "1-1/2\"", "1.5", "1 1/2 in.", "1 1/2 x 2"] {
            assert_eq!(inches(same), Some(Decimal::new(15, 1)), "{same}");
        }
        assert_eq!(inches("5/8x3/4"), inches("5/8"));
        for none in ["", "large", "1/0", "1 2", "1/2/3", "-1 1/2 1"] {
            assert_eq!(inches(none), None, "{none}");
        }
    }

    #[test]
    fn a_meter_has_the_registers_of_its_kind() {
        use Channel::{Delivered, Demand, High, Low, Received};
        assert!(MeterKind::Simple.has_just(&[Delivered]));
        assert!(MeterKind::Simple.has_just(&[Demand, Delivered]));
        assert!(!MeterKind::Simple.has_just(&[Delivered, Delivered]));
        assert!(!MeterKind::Simple.has_just(&[Demand]));
        assert!(MeterKind::Compound.has_just(&[Low, High]));
        assert!(!MeterKind::Compound.has_just(&[High, Low, Demand]));
        assert!(!MeterKind::Net.has_just(&[Delivered]));
        assert!(!MeterKind::Deduct.has_just(&[Received]));
        assert!(!MeterKind::Simple.has_just(&[Delivered, Demand, Demand]));
    }

    #[test]
    fn a_register_counts_what_its_unit_measures() {
        let water = |unit| can_count(Commodity::Water, Channel::Delivered, unit);
        assert!(water(Unit::Ccf) && water(Unit::Liter) && !water(Unit::Kwh));
        let electric = |channel, unit| can_count(Commodity::Electric, channel, unit);
        assert!(electric(Channel::Demand, Unit::Kw) && !electric(Channel::Demand, Unit::Kwh));
        assert!(!electric(Channel::Delivered, Unit::Kw));
        assert!(can_count(Commodity::Gas, Channel::Delivered, Unit::Ccf));
        assert!(!can_count(
            Commodity::Sewer,
            Channel::Delivered,
            Unit::Gallon
        ));
    }

    #[test]
    fn a_register_that_passes_its_last_digit_is_believed_within_the_rule() {
        let number = |value: i64| Decimal::from(value);
        let shows = |before, now, rollover| FACE.difference(number(before), number(now), rollover);
        let passed = Difference::RolledOver(number(620));
        let falls = Difference::Falling { by: number(9_938) };
        assert_eq!(shows(9_950, 12, Rollover::UpTo(number(620))), passed);
        assert_eq!(shows(9_950, 12, Rollover::UpTo(number(619))), falls);
        assert_eq!(shows(9_950, 12, Rollover::Believed), passed);
        assert_eq!(shows(9_950, 12, Rollover::Never), falls);
        let early = Difference::Falling { by: number(7_988) };
        assert_eq!(shows(8_000, 12, Rollover::Believed), early);
    }
}
