//! When a payment looks like one too many: it is asked about before it counts, and goes through when the payer says so.

use chrono::TimeDelta;

use crate::domain::money::Money;

/// Two equal payments within this time are doubted, in hours.
const EQUAL_HOURS: i64 = 24;

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
    /// Whether a payment is doubted. Paying ahead, with nothing on its way, is nobody's mistake.
    #[must_use]
    pub fn of(before: &Before) -> Option<Self> {
        if before.has_equal {
            return Some(Self::Equal);
        }
        let pending = before.pending;
        (pending.is_positive() && pending >= before.balance).then_some(Self::Covered { pending })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn doubted(balance: i64, pending: i64, has_equal: bool) -> Option<Doubt> {
        Doubt::of(&Before {
            balance: Money::from_cents(balance),
            pending: Money::from_cents(pending),
            has_equal,
        })
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
