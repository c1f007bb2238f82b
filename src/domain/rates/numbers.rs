//! Numbers as rate documents write them, and exact shares of them.
//!
//! A number in a document is text in plain notation, so that no price ever passes through a binary fraction. A share (of days, of a
//! conversion) stays a ratio: it is multiplied first and divided once, when the value is rounded or printed. Where that outgrows 28 digits
//! (prices written with 17 digits, times peaks, times energy), the last digits go: far below a cent, never near the amount.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use rust_decimal::{Decimal, RoundingStrategy};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{self, Deserialize, Deserializer, Visitor};
use serde::ser::{Serialize, Serializer};

/// An exact decimal, written in documents as text: `"0.127"`, `"-.5"`, `"1000"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Number(pub Decimal);

/// A text that is not a number in plain notation.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{0:?} is not a number in plain notation such as 0.127: at most 28 digits, no exponent, plus sign, comma or space"
)]
pub struct NotANumber(pub String);

impl FromStr for Number {
    type Err = NotANumber;

    fn from_str(text: &str) -> Result<Self, NotANumber> {
        let refused = || NotANumber(text.to_owned());
        let digits = text.strip_prefix('-').unwrap_or(text);
        let (whole, fraction) = digits
            .split_once('.')
            .map_or((digits, None), |(whole, rest)| (whole, Some(rest)));
        let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        let is_plain = all_digits(whole)
            && fraction.is_none_or(|part| !part.is_empty() && all_digits(part))
            && (fraction.is_some() || !whole.is_empty());
        if !is_plain {
            return Err(refused());
        }
        Decimal::from_str_exact(text)
            .map(Self)
            .map_err(|_too_long| refused())
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(NumberVisitor)
    }
}

struct NumberVisitor;

impl Visitor<'_> for NumberVisitor {
    type Value = Number;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number in quotation marks, such as \"0.127\"")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Number, E> {
        text.parse().map_err(E::custom)
    }
}

impl JsonSchema for Number {
    fn schema_name() -> Cow<'static, str> {
        "Number".into()
    }

    fn json_schema(_generator: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "pattern": r"^-?([0-9]+|[0-9]*\.[0-9]+)$",
            "description": "An exact decimal number, written as text."
        })
    }
}

/// A length in days that need not be whole: `"30"`, `"30.42"`, `"365/12"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Days {
    /// The days, times the denominator.
    pub numerator: Decimal,
    /// What the numerator is divided by.
    pub denominator: i64,
}

impl FromStr for Days {
    type Err = NotANumber;

    fn from_str(text: &str) -> Result<Self, NotANumber> {
        let refused = || NotANumber(text.to_owned());
        let (above, below) = text.split_once('/').unwrap_or((text, "1"));
        let Number(numerator) = above.trim().parse()?;
        let denominator = below.trim().parse().map_err(|_not_whole| refused())?;
        if numerator <= Decimal::ZERO || denominator <= 0 {
            return Err(refused());
        }
        Ok(Self {
            numerator,
            denominator,
        })
    }
}

impl fmt::Display for Days {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.denominator {
            1 => self.numerator.fmt(f),
            below => write!(f, "{}/{below}", self.numerator),
        }
    }
}

impl Serialize for Days {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Days {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Cow::<'de, str>::deserialize(deserializer)?
            .parse()
            .map_err(de::Error::custom)
    }
}

impl JsonSchema for Days {
    fn schema_name() -> Cow<'static, str> {
        "Days".into()
    }

    fn json_schema(_generator: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "pattern": r"^[0-9]*\.?[0-9]+(/[0-9]+)?$",
            "description": "A positive number of days, such as 30 or 365/12, written as text."
        })
    }
}

/// A calculation left the range of exact numbers (28 digits).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the calculation needs more than 28 digits")]
pub struct OutOfRange;

/// An exact share of a decimal: a numerator over a whole, positive denominator.
#[derive(Debug, Clone, Copy)]
pub struct Ratio {
    numerator: Decimal,
    denominator: i64,
}

impl Ratio {
    /// Nothing.
    pub const ZERO: Self = Self {
        numerator: Decimal::ZERO,
        denominator: 1,
    };
    /// The whole.
    pub const ONE: Self = Self {
        numerator: Decimal::ONE,
        denominator: 1,
    };

    /// A decimal as it is.
    #[must_use]
    pub const fn of(numerator: Decimal) -> Self {
        Self {
            numerator,
            denominator: 1,
        }
    }

    /// A whole number over another; a denominator that is not positive makes nothing of it.
    #[must_use]
    pub fn of_days(days: u32, of: u32) -> Self {
        Self {
            numerator: Decimal::from(days),
            denominator: i64::from(of.max(1)),
        }
    }

    /// Whether it is nothing.
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.numerator.is_zero()
    }

    /// Whether it is less than nothing.
    #[must_use]
    pub const fn is_negative(self) -> bool {
        self.numerator.is_sign_negative() && !self.numerator.is_zero()
    }

    /// The same size with the other sign.
    #[must_use]
    pub fn negated(self) -> Self {
        Self {
            numerator: -self.numerator,
            denominator: self.denominator,
        }
    }

    /// The size without its sign.
    #[must_use]
    pub fn size(self) -> Self {
        Self {
            numerator: self.numerator.abs(),
            denominator: self.denominator,
        }
    }

    /// The sum.
    ///
    /// # Errors
    /// `OutOfRange` past 28 digits, here as below.
    pub fn plus(self, other: Self) -> Result<Self, OutOfRange> {
        let (left, right, denominator) = self.alongside(other)?;
        let numerator = left.checked_add(right).ok_or(OutOfRange)?;
        Ok(Self {
            numerator,
            denominator,
        })
    }

    /// The difference.
    ///
    /// # Errors
    /// `OutOfRange`.
    pub fn minus(self, other: Self) -> Result<Self, OutOfRange> {
        self.plus(other.negated())
    }

    /// The product.
    ///
    /// # Errors
    /// `OutOfRange`.
    pub fn times(self, other: Self) -> Result<Self, OutOfRange> {
        let exact = |one: Self, other: Self| {
            let denominator = one.denominator.checked_mul(other.denominator);
            Ok(Self {
                numerator: product(one.numerator, other.numerator)?,
                denominator: denominator.ok_or(OutOfRange)?,
            })
        };
        exact(self, other)
            .or_else(|OutOfRange| exact(self.reduced(), other.reduced()))
            .or_else(|OutOfRange| exact(self.whole()?, other.whole()?))
    }

    /// The product with a decimal.
    ///
    /// # Errors
    /// `OutOfRange`.
    pub fn times_decimal(self, factor: Decimal) -> Result<Self, OutOfRange> {
        let exact = |one: Self| {
            Ok(Self {
                numerator: product(one.numerator, factor)?,
                denominator: one.denominator,
            })
        };
        exact(self)
            .or_else(|OutOfRange| exact(self.reduced()))
            .or_else(|OutOfRange| exact(self.whole()?))
    }

    /// The quotient by a decimal, still exact: the divisor's digits become part of the denominator.
    ///
    /// # Errors
    /// `OutOfRange`, also for a divisor of zero.
    pub fn over(self, divisor: Decimal) -> Result<Self, OutOfRange> {
        let exact = self.exactly_over(divisor);
        let exact = exact.or_else(|OutOfRange| self.reduced().exactly_over(divisor));
        exact.or_else(|OutOfRange| {
            let quotient = self.divided()?.checked_div(divisor);
            quotient.map(Self::of).ok_or(OutOfRange)
        })
    }

    /// The quotient by another share.
    ///
    /// # Errors
    /// `OutOfRange`, also for a divisor of zero.
    pub fn over_share(self, divisor: Self) -> Result<Self, OutOfRange> {
        self.times_decimal(Decimal::from(divisor.denominator))?
            .over(divisor.numerator)
    }

    fn exactly_over(self, divisor: Decimal) -> Result<Self, OutOfRange> {
        let divisor = divisor.normalize();
        let digits = i64::try_from(divisor.mantissa()).map_err(|_too_long| OutOfRange)?;
        let scale = Decimal::from_i128_with_scale(
            10_i128.checked_pow(divisor.scale()).ok_or(OutOfRange)?,
            0,
        );
        let sign = Decimal::from(digits.signum());
        let denominator = self
            .denominator
            .checked_mul(digits.checked_abs().ok_or(OutOfRange)?)
            .ok_or(OutOfRange)?;
        if denominator == 0 {
            return Err(OutOfRange);
        }
        Ok(Self {
            numerator: product(product(self.numerator, scale)?, sign)?,
            denominator,
        })
    }

    /// The smaller of the two.
    ///
    /// # Errors
    /// `OutOfRange`.
    pub fn lesser(self, other: Self) -> Result<Self, OutOfRange> {
        Ok(if self.compare(other)? == Ordering::Greater {
            other
        } else {
            self
        })
    }

    /// The larger of the two.
    ///
    /// # Errors
    /// `OutOfRange`.
    pub fn greater(self, other: Self) -> Result<Self, OutOfRange> {
        Ok(if self.compare(other)? == Ordering::Less {
            other
        } else {
            self
        })
    }

    /// Which is larger.
    ///
    /// # Errors
    /// `OutOfRange`.
    pub fn compare(self, other: Self) -> Result<Ordering, OutOfRange> {
        let (left, right, _) = self.alongside(other)?;
        Ok(left.cmp(&right))
    }

    /// Divided out, to 28 digits: the one division, for rounding or printing.
    ///
    /// # Errors
    /// `OutOfRange`.
    pub fn divided(self) -> Result<Decimal, OutOfRange> {
        if self.denominator == 1 {
            return Ok(self.numerator);
        }
        self.numerator
            .checked_div(Decimal::from(self.denominator))
            .ok_or(OutOfRange)
    }

    /// Rounded to a multiple of `step` by the given way of rounding.
    ///
    /// # Errors
    /// `OutOfRange`.
    pub fn rounded(self, step: Decimal, way: Rounding) -> Result<Self, OutOfRange> {
        let steps = self.over(step)?.divided()?;
        let whole = steps.round_dp_with_strategy(0, way.strategy());
        Ok(Self::of(product(whole, step)?))
    }

    /// The same share without what its two numbers have in common: nothing goes by it.
    fn reduced(self) -> Self {
        let digits = self.numerator.normalize();
        let denominator = i128::from(self.denominator);
        let (mut shared, mut rest) = (denominator, digits.mantissa().abs());
        while rest != 0 {
            (shared, rest) = (rest, shared % rest);
        }
        let numerator =
            Decimal::try_from_i128_with_scale(digits.mantissa() / shared, digits.scale());
        let denominator = i64::try_from(denominator / shared);
        match (numerator, denominator) {
            (Ok(numerator), Ok(denominator)) => Self {
                numerator,
                denominator,
            },
            (Ok(_) | Err(_), _) => self,
        }
    }

    /// Divided out, as a share over one.
    fn whole(self) -> Result<Self, OutOfRange> {
        self.divided().map(Self::of)
    }

    /// Both numerators over one denominator.
    fn alongside(self, other: Self) -> Result<(Decimal, Decimal, i64), OutOfRange> {
        self.exactly_alongside(other)
            .or_else(|OutOfRange| self.whole()?.exactly_alongside(other.whole()?))
    }

    fn exactly_alongside(self, other: Self) -> Result<(Decimal, Decimal, i64), OutOfRange> {
        if self.denominator == other.denominator {
            return Ok((self.numerator, other.numerator, self.denominator));
        }
        let shared = greatest_common_divisor(self.denominator, other.denominator);
        let (left, right) = (other.denominator / shared, self.denominator / shared);
        let denominator = self.denominator.checked_mul(left).ok_or(OutOfRange)?;
        Ok((
            product(self.numerator, Decimal::from(left))?,
            product(other.numerator, Decimal::from(right))?,
            denominator,
        ))
    }
}

/// How a quantity that does not come out even is rounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Rounding {
    /// To the nearest, halves away from zero.
    HalfUp,
    /// To the nearest, halves to the even neighbor.
    HalfEven,
    /// Away from zero.
    Up,
    /// Toward zero.
    Down,
}

impl Rounding {
    const fn strategy(self) -> RoundingStrategy {
        match self {
            Self::HalfUp => RoundingStrategy::MidpointAwayFromZero,
            Self::HalfEven => RoundingStrategy::MidpointNearestEven,
            Self::Up => RoundingStrategy::AwayFromZero,
            Self::Down => RoundingStrategy::ToZero,
        }
    }
}

/// How many decimals a product keeps at the least where its last digits go.
const LEAST_DECIMALS: u32 = 12;

/// A product: exact where 28 digits hold it, and without its last digits where they do not.
fn product(left: Decimal, right: Decimal) -> Result<Decimal, OutOfRange> {
    let exact = |left: Decimal, right: Decimal| {
        left.checked_mul(right)
            .filter(|product| product.scale() == left.scale() + right.scale() || product.is_zero())
            .filter(|product| !product.is_zero() || left.is_zero() || right.is_zero())
    };
    exact(left, right)
        .or_else(|| exact(left.normalize(), right.normalize()))
        .or_else(|| {
            let shortened = left.checked_mul(right);
            shortened.filter(|product| product.scale() >= LEAST_DECIMALS)
        })
        .ok_or(OutOfRange)
}

fn greatest_common_divisor(left: i64, right: i64) -> i64 {
    let (mut a, mut b) = (left, right);
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a.max(1)
}
