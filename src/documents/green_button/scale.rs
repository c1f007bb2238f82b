//! Values as the standard writes them: whole numbers of one power of ten of one of its units.

use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};

use crate::domain::quantity::Unit;

/// The greatest number the standard's fields hold.
const MOST: i64 = 140_737_488_355_327;
/// The powers of ten the standard knows, from whole units down.
const POWERS: [i8; 7] = [0, -1, -2, -3, -6, -9, -12];

/// How values of a unit are written: the standard's unit, the power of ten of it that a whole number counts, and ours in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Scale {
    /// The standard's unit.
    pub(super) unit: u16,
    /// The power of ten of it that a whole number counts.
    pub(super) power: i8,
    /// Our unit, as a power of ten of the standard's.
    ours: i8,
}

impl Scale {
    /// The largest power at which all values are whole; where none is, the smallest at which all fit.
    pub(super) fn of(unit: Unit, values: impl Iterator<Item = Decimal> + Clone) -> Option<Self> {
        let (unit, ours) = unit_code(unit)?;
        let at = |power: i8| Self { unit, power, ours };
        let mut fitting = POWERS.into_iter().map(at).take_while(|scale| {
            let fits = |value: Decimal| {
                scale
                    .number(value)
                    .is_some_and(|number| number.abs() <= Decimal::from(MOST))
            };
            values.clone().all(fits)
        });
        let first = fitting.next()?;
        let is_whole = |scale: &Self| {
            let whole = |value: Decimal| {
                scale
                    .number(value)
                    .is_some_and(|number| number.fract().is_zero())
            };
            values.clone().all(whole)
        };
        let mut last = first;
        for scale in std::iter::once(first).chain(fitting) {
            last = scale;
            if is_whole(&scale) {
                break;
            }
        }
        Some(last)
    }

    fn number(self, value: Decimal) -> Option<Decimal> {
        let shift = i16::from(self.ours) - i16::from(self.power);
        let factor = 10_i64.checked_pow(u32::try_from(shift).ok()?)?;
        value.normalize().checked_mul(Decimal::from(factor))
    }

    /// A value as the whole number that is written.
    pub(super) fn value(self, value: Decimal) -> i64 {
        let number = self.number(value).unwrap_or_default();
        number
            .round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero)
            .to_i64()
            .unwrap_or_default()
    }
}

/// The standard's code of a unit, and which power of ten of it ours is.
const fn unit_code(unit: Unit) -> Option<(u16, i8)> {
    match unit {
        Unit::Kwh => Some((72, 3)),
        Unit::Kvarh => Some((73, 3)),
        Unit::Kw => Some((38, 3)),
        Unit::Kva => Some((61, 3)),
        Unit::CubicMeter => Some((42, 0)),
        Unit::CubicFoot => Some((119, 0)),
        Unit::Ccf => Some((119, 2)),
        Unit::Mcf => Some((119, 3)),
        Unit::Gallon => Some((128, 0)),
        Unit::Kgal => Some((128, 3)),
        Unit::Liter => Some((134, 0)),
        Unit::Therm => Some((169, 0)),
        Unit::Dekatherm => Some((169, 1)),
        Unit::Eru | Unit::Each | Unit::Day | Unit::SquareFoot => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scale(unit: Unit, values: &[&str]) -> (i8, Vec<i64>) {
        let values: Vec<Decimal> = values.iter().map(|value| value.parse().unwrap()).collect();
        let scale = Scale::of(unit, values.iter().copied()).unwrap();
        (
            scale.power,
            values.iter().map(|value| scale.value(*value)).collect(),
        )
    }

    #[test]
    fn values_are_whole_numbers_of_one_power_of_ten() {
        assert_eq!(scale(Unit::Kwh, &["1.25", "0"]), (0, vec![1_250, 0]));
        assert_eq!(scale(Unit::Kwh, &["0.00015"]), (-2, vec![15]));
        assert_eq!(scale(Unit::Ccf, &["0.07", "12"]), (0, vec![7, 1_200]));
        assert_eq!(scale(Unit::Gallon, &["0.1234"]), (-6, vec![123_400]));
        assert_eq!(scale(Unit::Dekatherm, &["1.5"]), (0, vec![15]));
    }

    #[test]
    fn more_digits_than_the_standard_holds_are_rounded_and_nothing_overflows() {
        let (power, values) = scale(Unit::Kwh, &["1234567.123456789012345"]);
        assert_eq!((power, values), (-3, vec![1_234_567_123_457]));
    }
}
