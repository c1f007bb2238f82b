//! A decimal as a whole number and a count of decimals: what a meter sends, quick to read and exact.

use std::str::FromStr;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// `units / 10^scale`, exactly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Scaled {
    /// The digits, with the sign.
    pub units: i64,
    /// How many of them follow the decimal point.
    pub scale: u8,
}

/// The most decimals that are kept.
pub const MAX_SCALE: u8 = 15;

/// A text that is not a plain decimal number, or one with more digits than are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a plain decimal number")]
pub struct NotANumber;

impl Scaled {
    /// Reads plain notation: digits with an optional sign and one separator. Exponents, blanks and grouping are refused.
    ///
    /// # Errors
    /// `NotANumber` for anything else, and for numbers of more than 18 digits.
    pub fn parse(text: &[u8], separator: u8) -> Result<Self, NotANumber> {
        let (negative, digits) = match text {
            [b'-', rest @ ..] => (true, rest),
            [b'+', rest @ ..] => (false, rest),
            _ => (false, text),
        };
        let mut units: i64 = 0;
        let mut scale: u8 = 0;
        let mut seen = false;
        let mut after = false;
        for byte in digits {
            if byte.is_ascii_digit() {
                units = units
                    .checked_mul(10)
                    .and_then(|units| units.checked_add(i64::from(byte - b'0')))
                    .ok_or(NotANumber)?;
                seen = true;
                scale += u8::from(after);
            } else if *byte == separator && !after {
                after = true;
            } else {
                return Err(NotANumber);
            }
        }
        if !seen {
            return Err(NotANumber);
        }
        let units = if negative { -units } else { units };
        let value = Self { units, scale };
        let value = if scale > MAX_SCALE {
            value.normalized()
        } else {
            value
        };
        (value.scale <= MAX_SCALE)
            .then_some(value)
            .ok_or(NotANumber)
    }

    /// The sum, with the decimals of the longer, if it fits.
    #[must_use]
    pub fn plus(self, other: Self) -> Option<Self> {
        let scale = self.scale.max(other.scale);
        let (one, more) = (self.rescaled(scale)?, other.rescaled(scale)?);
        Some(Self {
            units: one.units.checked_add(more.units)?,
            scale,
        })
    }

    /// The same number without needless decimals.
    #[must_use]
    pub const fn normalized(mut self) -> Self {
        while self.scale > 0 && self.units % 10 == 0 {
            self.units /= 10;
            self.scale -= 1;
        }
        self
    }

    /// The same number with so many decimals, if that is exact and fits.
    #[must_use]
    pub fn rescaled(self, scale: u8) -> Option<Self> {
        let units = if scale >= self.scale {
            let factor = 10_i64.checked_pow(u32::from(scale - self.scale))?;
            self.units.checked_mul(factor)?
        } else {
            let factor = 10_i64.checked_pow(u32::from(self.scale - scale))?;
            if self.units % factor != 0 {
                return None;
            }
            self.units / factor
        };
        Some(Self { units, scale })
    }

    /// Whether both are the same number, however written.
    #[must_use]
    pub fn same_as(self, other: Self) -> bool {
        if self.scale == other.scale {
            self.units == other.units
        } else {
            self.normalized() == other.normalized()
        }
    }

    /// The number as a decimal.
    #[must_use]
    pub fn to_decimal(self) -> Decimal {
        Decimal::new(self.units, u32::from(self.scale))
    }

    /// The decimal as digits and scale, where it has at most 15 decimals and fits.
    #[must_use]
    pub fn from_decimal(value: Decimal) -> Option<Self> {
        let value = value.normalize();
        let scale = u8::try_from(value.scale()).ok()?;
        let units = value.mantissa().to_i64()?;
        (scale <= MAX_SCALE).then_some(Self { units, scale })
    }
}

impl FromStr for Scaled {
    type Err = NotANumber;
    fn from_str(text: &str) -> Result<Self, NotANumber> {
        Self::parse(text.as_bytes(), b'.')
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_numbers_are_read_exactly_and_others_are_refused() {
        let read = |text: &str| text.parse::<Scaled>().map(Scaled::to_decimal);
        assert_eq!(read("1690.12"), Ok(Decimal::new(169_012, 2)));
        assert_eq!(read(".005"), Ok(Decimal::new(5, 3)));
        assert_eq!(read("-3."), Ok(Decimal::from(-3)));
        for refused in [
            "",
            ".",
            "-",
            "1e3",
            "1,5",
            "nan",
            "1.2.3",
            "99999999999999999999",
        ] {
            assert!(read(refused).is_err(), "{refused}");
        }
        assert_eq!(
            Scaled::parse(b"1,5", b',').unwrap().to_decimal(),
            Decimal::new(15, 1)
        );
    }
}
