//! Geometry in tenths of a pixel: whole numbers, so that the same usage draws the same picture everywhere.

use std::fmt;

use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};

/// A length in tenths of a pixel, printed in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tenths(pub i64);

impl fmt::Display for Tenths {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, rest) = (self.0.abs() / 10, self.0.abs() % 10);
        let sign = if self.0 < 0 { "-" } else { "" };
        if rest == 0 {
            write!(f, "{sign}{whole}")
        } else {
            write!(f, "{sign}{whole}.{rest}")
        }
    }
}

/// The whole number nearest to a decimal.
pub fn nearest(value: Decimal) -> i64 {
    value
        .round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero)
        .to_i64()
        .unwrap_or_default()
}

/// The length that stands for `value` where `whole` stands for `length`.
pub fn part(value: Decimal, whole: Decimal, length: i64) -> i64 {
    value
        .checked_mul(Decimal::from(length))
        .and_then(|product| product.checked_div(whole))
        .map(nearest)
        .unwrap_or_default()
}

/// The lines across a picture: from a round number below everything to a round number above, in equal round steps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scale {
    /// The lowest line: zero, or below it where something is.
    pub bottom: Decimal,
    /// The highest line.
    pub top: Decimal,
    /// From line to line.
    pub step: Decimal,
}

impl Scale {
    /// Two to six round steps that hold everything between the least and the most.
    pub fn over(least: Decimal, most: Decimal) -> Self {
        let span = most.max(Decimal::ZERO) - least.min(Decimal::ZERO);
        let span = if span.is_zero() { Decimal::ONE } else { span };
        let mut power = Decimal::ONE;
        while power > span {
            power /= Decimal::TEN;
        }
        while power * Decimal::TEN <= span {
            power *= Decimal::TEN;
        }
        let lead = span / power;
        let step = match lead {
            lead if lead <= Decimal::TWO => power / Decimal::TWO,
            lead if lead <= Decimal::from(5) => power,
            _ => power * Decimal::TWO,
        };
        let up = |value: Decimal| (value / step).ceil() * step;
        Self {
            bottom: -up(-least.min(Decimal::ZERO)),
            top: up(most.max(Decimal::ZERO)).max(step),
            step,
        }
    }

    /// The values of the lines, lowest first.
    pub fn lines(&self) -> impl Iterator<Item = Decimal> + use<> {
        let (top, step) = (self.top, self.step);
        std::iter::successors(Some(self.bottom), move |line| {
            Some(line + step).filter(|next| *next <= top)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn lines_are_round_and_hold_everything() {
        let check = |least: &str, most: &str, wanted: &[&str]| {
            let lines: Vec<Decimal> = Scale::over(number(least), number(most)).lines().collect();
            assert_eq!(
                lines,
                wanted.iter().map(|text| number(text)).collect::<Vec<_>>()
            );
        };
        check("0", "8240", &["0", "2000", "4000", "6000", "8000", "10000"]);
        check("0", "1.14", &["0", "0.5", "1.0", "1.5"]);
        check("0", "0", &["0", "0.5"]);
        check("-40", "90", &["-50", "0", "50", "100"]);
        check("0", "0.032", &["0", "0.01", "0.02", "0.03", "0.04"]);
    }

    #[test]
    fn lengths_print_in_pixels() {
        assert_eq!(
            (
                Tenths(408).to_string(),
                Tenths(-5).to_string(),
                Tenths(410).to_string()
            ),
            ("40.8".into(), "-0.5".into(), "41".into())
        );
    }
}
