//! When a payment looks like one too many, or like a decimal point that was missed: it is asked about before it counts, and goes through when
//! the payer says so.

use chrono::TimeDelta;

use crate::domain::money::Money;

/// Two equal payments within this time are doubted, in hours.
const EQUAL_HOURS: i64 = 24;

/// An amount is doubted from so many times what is owed on…
const TIMES_OWED: i64 = 5;

/// … where it leaves at least this much over: who rounds a small bill up is asked nothing.
const LEFT_OVER: Money = Money::from_cents(10_000);

/// Where nothing is owed, an amount is doubted from here on: it is more than households pay ahead.
const PAID_AHEAD: Money = Money::from_cents(100_000);

/// Why a payment is doubted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doubt {
    /// An equal payment for the account was made within a day.
    Equal,
    /// What is on its way covers all that is owed.
    Covered {
        /// What is on its way.
        pending: Money,
    },
    /// It is several times what is owed.
    Large {
        /// What is owed beside what is on its way; nothing below zero.
        owed: Money,
    },
}

/// What an account stands at when a payment for it is about to be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Before {
    /// What is owed.
    pub balance: Money,
    /// What is on its way.
    pub pending: Money,
    /// Whether an equal payment was made within a day.
    pub has_equal: bool,
}

/// How far back an equal payment is looked for.
#[must_use]
pub const fn equal_within() -> TimeDelta {
    TimeDelta::hours(EQUAL_HOURS)
}

impl Doubt {
    /// Whether a payment of this amount is doubted. Paying ahead, with nothing on its way, is nobody's mistake while the amount is a household's.
    #[must_use]
    pub fn of(before: &Before, amount: Money) -> Option<Self> {
        if before.has_equal {
            return Some(Self::Equal);
        }
        let pending = before.pending;
        if pending.is_positive() && pending >= before.balance {
            return Some(Self::Covered { pending });
        }
        let owed = (before.balance - pending).max(Money::ZERO);
        let is_large = if owed.is_positive() {
            let several = owed.cents().saturating_mul(TIMES_OWED);
            amount.cents() >= several && amount - owed >= LEFT_OVER
        } else {
            amount >= PAID_AHEAD
        };
        is_large.then_some(Self::Large { owed })
    }

    /// Whether it is the amount that is asked about, and not that it is paid again.
    #[must_use]
    pub const fn is_of_amount(&self) -> bool {
        matches!(self, Self::Large { .. })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn doubted(balance: i64, pending: i64, has_equal: bool) -> Option<Doubt> {
        let before = Before {
            balance: Money::from_cents(balance),
            pending: Money::from_cents(pending),
            has_equal,
        };
        Doubt::of(&before, Money::from_cents(8_410))
    }

    #[test]
    fn an_amount_without_its_point_is_asked_about_and_a_rounded_one_is_not() {
        let of = |balance: i64, amount: i64| {
            let before = Before {
                balance: Money::from_cents(balance),
                pending: Money::ZERO,
                has_equal: false,
            };
            Doubt::of(&before, Money::from_cents(amount))
        };
        let owed = Money::from_cents(8_410);
        assert_eq!(of(8_410, 841_000), Some(Doubt::Large { owed }));
        assert_eq!(of(8_410, 40_000), None, "less than five times");
        assert_eq!(of(500, 10_000), None, "a round amount over a small bill");
        assert_eq!(of(-500, 20_000), None, "paid ahead");
        let owed = Money::ZERO;
        assert_eq!(of(-500, 100_000), Some(Doubt::Large { owed }));
    }

    #[test]
    fn an_equal_payment_or_one_that_covers_everything_is_asked_about() {
        let pending = Money::from_cents(8_410);
        assert_eq!(doubted(8_410, 0, false), None);
        assert_eq!(doubted(-500, 0, false), None);
        assert_eq!(
            doubted(8_410, 8_410, false),
            Some(Doubt::Covered { pending })
        );
        assert_eq!(doubted(9_000, 8_410, false), None);
        assert_eq!(doubted(9_000, 0, true), Some(Doubt::Equal));
    }
}
