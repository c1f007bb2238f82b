//! Fractions of whole numbers: the second evaluator's own arithmetic, which shares nothing with the engine's.

use rust_decimal::Decimal;

use crate::domain::money::Money;
use crate::domain::rates::numbers::{Days, Rounding};

/// A fraction of whole numbers; the denominator is positive. It is reduced only where it would grow out of range, and shortened to fifteen
/// decimals only where that does not help.
#[derive(Debug, Clone, Copy)]
pub(super) struct Exact {
    above: i128,
    below: i128,
}

/// A fraction left the range of 128-bit whole numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a fraction of the second calculation does not fit in 128 bits")]
pub struct TooLong;

impl Exact {
    pub const ZERO: Self = Self { above: 0, below: 1 };
    pub const ONE: Self = Self { above: 1, below: 1 };

    pub fn whole(value: impl Into<i128>) -> Self {
        Self {
            above: value.into(),
            below: 1,
        }
    }

    /// Reads a decimal's digits.
    pub fn decimal(value: Decimal) -> Result<Self, TooLong> {
        Ok(Self {
            above: value.mantissa(),
            below: 10_i128.checked_pow(value.scale()).ok_or(TooLong)?,
        })
    }

    pub fn days(value: Days) -> Result<Self, TooLong> {
        Self::decimal(value.numerator)?.divide(Self::whole(value.denominator))
    }

    pub const fn is_zero(self) -> bool {
        self.above == 0
    }

    pub const fn is_negative(self) -> bool {
        self.above < 0
    }

    pub const fn negative(self) -> Self {
        Self {
            above: -self.above,
            below: self.below,
        }
    }

    pub const fn size(self) -> Self {
        Self {
            above: self.above.abs(),
            below: self.below,
        }
    }

    pub fn add(self, other: Self) -> Result<Self, TooLong> {
        retry(self, other, |a, b| {
            if a.below == b.below {
                return Some(Self {
                    above: a.above.checked_add(b.above)?,
                    below: a.below,
                });
            }
            let above = a
                .above
                .checked_mul(b.below)?
                .checked_add(b.above.checked_mul(a.below)?)?;
            Some(Self {
                above,
                below: a.below.checked_mul(b.below)?,
            })
        })
    }

    pub fn subtract(self, other: Self) -> Result<Self, TooLong> {
        self.add(other.negative())
    }

    pub fn multiply(self, other: Self) -> Result<Self, TooLong> {
        retry(self, other, |a, b| {
            Some(Self {
                above: a.above.checked_mul(b.above)?,
                below: a.below.checked_mul(b.below)?,
            })
        })
    }

    pub fn divide(self, other: Self) -> Result<Self, TooLong> {
        let sign = if other.above < 0 { -1 } else { 1 };
        if other.above == 0 {
            return Err(TooLong);
        }
        self.multiply(Self {
            above: sign * other.below,
            below: sign * other.above,
        })
    }

    /// Whether it is less than the other.
    pub fn is_less(self, other: Self) -> Result<bool, TooLong> {
        Ok(self.subtract(other)?.is_negative())
    }

    pub fn least(self, other: Self) -> Result<Self, TooLong> {
        Ok(if other.is_less(self)? { other } else { self })
    }

    pub fn most(self, other: Self) -> Result<Self, TooLong> {
        Ok(if self.is_less(other)? { other } else { self })
    }

    /// The nearest whole number by a way of rounding.
    fn to_whole(self, way: Rounding) -> Result<i128, TooLong> {
        let Self { above, below } = self.reduced();
        let (size, sign) = (above.checked_abs().ok_or(TooLong)?, above.signum());
        let (floor, rest) = (size / below, size % below);
        let is_over_half = rest > below - rest;
        let is_half = rest == below - rest;
        let goes_up = match way {
            Rounding::Down => false,
            Rounding::Up => rest > 0,
            Rounding::HalfUp => is_over_half || is_half,
            Rounding::HalfEven => is_over_half || (is_half && floor % 2 == 1),
        };
        Ok(sign * (floor + i128::from(goes_up)))
    }

    /// The nearest multiple of a step.
    pub fn to_multiple(self, step: Decimal, way: Rounding) -> Result<Self, TooLong> {
        let step = Self::decimal(step)?;
        Self::whole(self.divide(step)?.to_whole(way)?).multiply(step)
    }

    /// The nearest cent, half a cent away from zero.
    pub fn to_money(self) -> Result<Money, TooLong> {
        let cents = self
            .multiply(Self::whole(100))?
            .to_whole(Rounding::HalfUp)?;
        i64::try_from(cents)
            .map(Money::from_cents)
            .map_err(|_too_long| TooLong)
    }

    /// Dollars of an amount.
    pub fn money(amount: Money) -> Self {
        Self {
            above: i128::from(amount.cents()),
            below: 100,
        }
    }

    /// The fraction without what lies past fifteen decimals.
    fn shortened(self) -> Option<Self> {
        const DECIMALS: i128 = 1_000_000_000_000_000;
        const LONG: i128 = 100_000_000_000_000_000_000;
        let whole = (self.above / self.below).checked_mul(DECIMALS)?;
        let (mut rest, mut below) = (self.above % self.below, self.below);
        while below > LONG {
            (rest, below) = (rest / 10, below / 10);
        }
        Some(Self {
            above: whole.checked_add(rest.checked_mul(DECIMALS)? / below)?,
            below: DECIMALS,
        })
    }

    fn reduced(self) -> Self {
        let (mut a, mut b) = (self.above.unsigned_abs(), self.below.unsigned_abs());
        while b != 0 {
            (a, b) = (b, a % b);
        }
        match i128::try_from(a) {
            Ok(common) if common > 1 => Self {
                above: self.above / common,
                below: self.below / common,
            },
            Ok(_) | Err(_) => self,
        }
    }
}

/// Calculates; where that goes out of range, once more with both reduced, and then with both shortened.
fn retry(
    a: Exact,
    b: Exact,
    calculate: impl Fn(Exact, Exact) -> Option<Exact>,
) -> Result<Exact, TooLong> {
    calculate(a, b)
        .or_else(|| calculate(a.reduced(), b.reduced()))
        .or_else(|| calculate(a.shortened()?, b.shortened()?))
        .ok_or(TooLong)
}
