//! Quantities and the units they are counted in. Exact decimals; a conversion between units of the same kind is exact by definition.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::domain::text_enum::text_enum;

text_enum! {
    /// What a register counts in, and what a price is for.
    Unit {
        /// Kilowatt-hours.
        Kwh => "kWh",
        /// Kilowatts of demand.
        Kw => "kW",
        /// Kilovolt-amperes of demand.
        Kva => "kVA",
        /// Kilovolt-ampere-reactive hours.
        Kvarh => "kVARh",
        /// US gallons.
        Gallon => "gal",
        /// Thousands of US gallons.
        Kgal => "kgal",
        /// Cubic feet.
        CubicFoot => "cf",
        /// Hundreds of cubic feet (also written HCF).
        Ccf => "CCF",
        /// Thousands of cubic feet.
        Mcf => "Mcf",
        /// Cubic meters.
        CubicMeter => "m3",
        /// Liters.
        Liter => "L",
        /// Therms (100,000 Btu).
        Therm => "therm",
        /// Dekatherms (10 therms).
        Dekatherm => "Dth",
        /// Equivalent residential units of stormwater.
        Eru => "ERU",
        /// Pieces: carts, lights, dwelling units.
        Each => "each",
        /// Days.
        Day => "day",
        /// Square feet of impervious area.
        SquareFoot => "sq ft",
    }
}

impl Unit {
    /// The unit's kind and its size in that kind's base unit (liters, watt-hours, therms), where one is defined.
    fn size(self) -> Option<(&'static str, Decimal)> {
        // 1 US gallon is 3.785411784 L and 1 foot is 0.3048 m, both exactly (NIST SP 811, appendix B).
        let liters = |mantissa: i64, scale: u32| Some(("volume", Decimal::new(mantissa, scale)));
        match self {
            Self::Liter => liters(1, 0),
            Self::CubicMeter => liters(1_000, 0),
            Self::Gallon => liters(3_785_411_784, 9),
            Self::Kgal => liters(3_785_411_784, 6),
            Self::CubicFoot => liters(28_316_846_592, 9),
            Self::Ccf => liters(28_316_846_592, 7),
            Self::Mcf => liters(28_316_846_592, 6),
            Self::Kwh => Some(("energy", Decimal::ONE)),
            Self::Kw => Some(("power", Decimal::ONE)),
            Self::Therm => Some(("heat", Decimal::ONE)),
            Self::Dekatherm => Some(("heat", Decimal::TEN)),
            Self::Kva | Self::Kvarh | Self::Eru | Self::Each | Self::Day | Self::SquareFoot => None,
        }
    }

    /// What a value in this unit is multiplied and then divided by to be in the other, exactly; `None` where no definition joins them.
    #[must_use]
    pub fn factor_to(self, other: Self) -> Option<(Decimal, Decimal)> {
        if self == other {
            return Some((Decimal::ONE, Decimal::ONE));
        }
        let ((kind, from), (other_kind, into)) = self.size().zip(other.size())?;
        (kind == other_kind).then_some((from, into))
    }

    /// Whether values in this unit can be turned into the other without a measured factor (a thermal factor is measured).
    #[must_use]
    pub fn converts_to(self, other: Self) -> bool {
        self == other
            || self
                .size()
                .zip(other.size())
                .is_some_and(|(a, b)| a.0 == b.0)
    }
}

/// An amount of something, with its unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quantity {
    /// How much.
    pub amount: Decimal,
    /// Of what.
    pub unit: Unit,
}

impl Quantity {
    /// The same amount in another unit of the same kind; `None` where no defined factor joins the two.
    #[must_use]
    pub fn to(self, unit: Unit) -> Option<Self> {
        if self.unit == unit {
            return Some(self);
        }
        let ((kind, from), (other, into)) = self.unit.size().zip(unit.size())?;
        let amount = self.amount.checked_mul(from)?.checked_div(into)?;
        (kind == other).then_some(Self { amount, unit })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn defined_units_convert_and_measured_ones_do_not() {
        let liters = Quantity {
            amount: Decimal::new(28_316_846_592, 9),
            unit: Unit::Liter,
        };
        assert_eq!(liters.to(Unit::CubicFoot).unwrap().amount, Decimal::ONE);
        assert!(
            Quantity {
                amount: Decimal::ONE,
                unit: Unit::Ccf
            }
            .to(Unit::Therm)
            .is_none()
        );
        assert!(Unit::Gallon.converts_to(Unit::Ccf));
    }
}
