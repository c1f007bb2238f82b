//! Money is whole cents. A fraction of a cent exists only while a charge is being worked out.
#![deny(clippy::arithmetic_side_effects)]

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Neg, Sub, SubAssign};
use std::str::FromStr;

use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize};

/// An amount in whole US cents; negative amounts are credits.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Default,
    Serialize,
    Deserialize,
    schemars::JsonSchema,
)]
#[serde(transparent)]
pub struct Money {
    cents: i64,
}

/// Why an amount could not be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    /// The charge does not fit in whole cents.
    #[error("{0} dollars is too large an amount")]
    TooLarge(Decimal),
    /// The text is not an amount such as 84.10 or $1,234.50.
    #[error("{0:?} is not an amount of money")]
    NotAnAmount(String),
}

impl Money {
    /// Nothing owed.
    pub const ZERO: Self = Self { cents: 0 };

    /// An amount of whole cents.
    #[must_use]
    pub const fn from_cents(cents: i64) -> Self {
        Self { cents }
    }

    /// The amount in whole cents.
    #[must_use]
    pub const fn cents(self) -> i64 {
        self.cents
    }

    /// Rounds a worked-out charge in dollars to the cent, half away from zero, so that a reversal is the exact negative.
    ///
    /// This is the only rounding of money in the house, and it happens once for each bill line.
    ///
    /// # Errors
    /// `TooLarge` when the charge has more cents than an i64 holds.
    pub fn from_charge(charge: Decimal) -> Result<Self, MoneyError> {
        charge
            .checked_mul(Decimal::ONE_HUNDRED)
            .map(|cents| cents.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero))
            .and_then(|cents| cents.to_i64())
            .map(Self::from_cents)
            .ok_or(MoneyError::TooLarge(charge))
    }

    /// The amount in dollars, exactly.
    #[must_use]
    pub fn dollars(self) -> Decimal {
        Decimal::new(self.cents, 2)
    }

    /// Whether nothing is owed and nothing is held.
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.cents == 0
    }

    /// Whether the amount is more than nothing.
    #[must_use]
    pub const fn is_positive(self) -> bool {
        self.cents > 0
    }

    /// Whether the amount is a credit.
    #[must_use]
    pub const fn is_negative(self) -> bool {
        self.cents < 0
    }

    /// The amount without its sign.
    #[must_use]
    pub fn abs(self) -> Self {
        if self.cents < 0 { -self } else { self }
    }

    /// The same amount plus another, or `None` past the range.
    #[must_use]
    pub fn checked_add(self, other: Self) -> Option<Self> {
        self.cents.checked_add(other.cents).map(Self::from_cents)
    }

    /// The same amount plus another.
    ///
    /// # Errors
    /// `TooLarge` past the range.
    pub fn plus(self, other: Self) -> Result<Self, MoneyError> {
        self.checked_add(other).ok_or_else(|| {
            let sum = self.dollars().checked_add(other.dollars());
            MoneyError::TooLarge(sum.unwrap_or(Decimal::MAX))
        })
    }

    /// The same amount less another.
    ///
    /// # Errors
    /// `TooLarge` past the range.
    pub fn minus(self, other: Self) -> Result<Self, MoneyError> {
        let cents = self.cents.checked_sub(other.cents);
        cents.map(Self::from_cents).ok_or_else(|| {
            let difference = self.dollars().checked_sub(other.dollars());
            MoneyError::TooLarge(difference.unwrap_or(Decimal::MAX))
        })
    }

    /// The sum of amounts.
    ///
    /// # Errors
    /// `TooLarge` past the range.
    pub fn sum_of(amounts: impl IntoIterator<Item = Self>) -> Result<Self, MoneyError> {
        amounts.into_iter().try_fold(Self::ZERO, Self::plus)
    }

    /// Splits the amount in proportion to whole weights; the parts add up to the whole to the cent.
    ///
    /// Cents that do not divide go to the parts with the largest remainders, earlier parts first. All-zero weights give all-zero parts
    /// but for the first, which takes the whole.
    #[must_use]
    pub fn split(self, weights: &[u64]) -> Vec<Self> {
        let total: u128 = weights.iter().copied().map(u128::from).sum();
        let Some(total) = std::num::NonZeroU128::new(total) else {
            return weights
                .iter()
                .enumerate()
                .map(|(i, _)| if i == 0 { self } else { Self::ZERO })
                .collect();
        };
        let whole = u128::from(self.cents.unsigned_abs());
        let share = |weight: u64| {
            let product = whole.saturating_mul(u128::from(weight));
            (
                product.checked_div(total.get()).unwrap_or_default(),
                product.checked_rem(total.get()).unwrap_or_default(),
            )
        };
        let mut parts: Vec<(usize, u128, u128)> = weights
            .iter()
            .enumerate()
            .map(|(i, weight)| (i, share(*weight).0, share(*weight).1))
            .collect();
        let given: u128 = parts.iter().map(|part| part.1).sum();
        let mut left = whole.saturating_sub(given);
        parts.sort_by(|a, b| b.2.cmp(&a.2).then(a.0.cmp(&b.0)));
        for part in &mut parts {
            if left == 0 {
                break;
            }
            part.1 = part.1.saturating_add(1);
            left = left.saturating_sub(1);
        }
        parts.sort_by_key(|part| part.0);
        parts
            .into_iter()
            .map(|(_, cents, _)| i64::try_from(cents).expect("a part is no larger than the whole"))
            .map(|cents| {
                if self.cents < 0 {
                    -Self::from_cents(cents)
                } else {
                    Self::from_cents(cents)
                }
            })
            .collect()
    }
}

impl Add for Money {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        self.checked_add(other)
            .expect("sums of money stay within 92 quadrillion dollars")
    }
}

impl Sub for Money {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        self.cents
            .checked_sub(other.cents)
            .map(Self::from_cents)
            .expect("differences of money stay within 92 quadrillion dollars")
    }
}

impl Neg for Money {
    type Output = Self;
    fn neg(self) -> Self {
        self.cents
            .checked_neg()
            .map(Self::from_cents)
            .expect("an amount has an opposite")
    }
}

impl AddAssign for Money {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl SubAssign for Money {
    fn sub_assign(&mut self, other: Self) {
        *self = *self - other;
    }
}

impl Sum for Money {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::ZERO, Add::add)
    }
}

impl<'a> Sum<&'a Self> for Money {
    fn sum<I: Iterator<Item = &'a Self>>(amounts: I) -> Self {
        amounts.copied().sum()
    }
}

/// As printed on a bill: `$1,234.56`, a credit as `−$5.00` (U+2212).
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let cents = self.cents.unsigned_abs();
        let dollars = cents.checked_div(100).unwrap_or_default().to_string();
        let sign = if self.cents < 0 { "\u{2212}" } else { "" };
        let mut grouped = String::with_capacity(dollars.len().saturating_add(8));
        for (i, digit) in dollars.chars().enumerate() {
            if i > 0 && dollars.len().saturating_sub(i).checked_rem(3) == Some(0) {
                grouped.push(',');
            }
            grouped.push(digit);
        }
        f.pad(&format!(
            "{sign}${grouped}.{:02}",
            cents.checked_rem(100).unwrap_or_default()
        ))
    }
}

/// One billion dollars: nobody types as much or more on purpose.
const BEYOND_TYPED: i64 = 100_000_000_000;

/// Reads what a person types: `84.10`, `$84.10`, `1,234.5`, `84`, `-3`. A comma only parts thousands, three digits at a time, and more than
/// two decimals are refused rather than rounded: `12,50` and `1.000,00` are never taken for another amount.
impl FromStr for Money {
    type Err = MoneyError;

    fn from_str(text: &str) -> Result<Self, MoneyError> {
        let refused = || MoneyError::NotAnAmount(text.to_owned());
        let (is_credit, plain) = unsigned(text.trim());
        let (whole, cents) = match plain.split_once('.') {
            Some((whole, cents)) if (1..=2).contains(&cents.len()) => (whole, cents),
            Some(_) => return Err(refused()),
            None => (plain, "0"),
        };
        let is_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        let whole = ungrouped(whole).ok_or_else(refused)?;
        if !is_digits(&whole) || !is_digits(cents) {
            return Err(refused());
        }
        let cents = format!("{whole}{cents:0<2}").parse::<i64>();
        match cents {
            Ok(cents) if cents < BEYOND_TYPED && is_credit => Ok(-Self::from_cents(cents)),
            Ok(cents) if cents < BEYOND_TYPED => Ok(Self::from_cents(cents)),
            Ok(_) | Err(_) => Err(refused()),
        }
    }
}

/// Whether an amount is a credit, and what is left of it without its sign and the dollar sign, in whichever order they stand.
fn unsigned(text: &str) -> (bool, &str) {
    let sign = ['-', '\u{2212}'];
    let plain = text.strip_prefix('$').unwrap_or(text).trim_start();
    match plain.strip_prefix(sign) {
        Some(rest) => (true, rest.strip_prefix('$').unwrap_or(rest).trim_start()),
        None => (false, plain),
    }
}

/// Whole dollars without the commas between thousands; nothing where a comma stands anywhere else, or where there is no digit.
fn ungrouped(whole: &str) -> Option<String> {
    let mut groups = whole.split(',');
    let first = groups.next().filter(|first| !first.is_empty())?;
    let rest: Vec<&str> = groups.collect();
    let is_grouped = rest.iter().all(|group| group.len() == 3) && first.len() <= 3;
    (rest.is_empty() || is_grouped).then(|| format!("{first}{}", rest.concat()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn half_a_cent_goes_away_from_zero() {
        let cents = |text: &str| Money::from_charge(text.parse().unwrap()).unwrap().cents();
        assert_eq!(cents("0.005"), 1);
        assert_eq!(cents("-0.005"), -1);
        assert_eq!(cents("0.0049999"), 0);
    }

    #[test]
    fn amounts_read_and_print_as_people_write_them() {
        assert_eq!(
            "$1,234.5".parse::<Money>().unwrap().to_string(),
            "$1,234.50"
        );
        assert_eq!(Money::from_cents(-500).to_string(), "\u{2212}$5.00");
        assert_eq!(
            "$-1,234,567.89".parse(),
            Ok(Money::from_cents(-123_456_789))
        );
        assert_eq!("\u{2212}$3".parse(), Ok(Money::from_cents(-300)));
    }

    #[test]
    fn what_could_be_two_amounts_is_neither() {
        for text in [
            "12,50",
            "1,00",
            "1.000,00",
            "1.000",
            "1,2345",
            "12,345,6",
            ",500",
            "12.345",
            "12.",
            ".50",
            "1 000",
            "--5",
            "1e3",
            "1_000",
            "twelve",
            "",
            "$",
            "-",
            "1,000,000,000.00",
            "92233720368547758.07",
            "-92233720368547758.08",
        ] {
            assert!(text.parse::<Money>().is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn parts_add_up_to_the_whole(cents in -1_000_000_000_i64..1_000_000_000, weights in prop::collection::vec(0_u64..10_000, 1..12)) {
            let whole = Money::from_cents(cents);
            prop_assert_eq!(whole.split(&weights).into_iter().sum::<Money>(), whole);
        }
    }
}
