//! How a dispute may end, and what a refund earns: the lawful outcomes, and simple interest on what was paid too much.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::domain::disputes::Outcome;
use crate::domain::money::{Money, MoneyError};
use crate::domain::staff::Permission;
use crate::domain::text_enum::text_enum;

text_enum! {
    /// What a dispute was ended with.
    Remedy {
        /// The bill stands, and a letter says why.
        Upheld => "upheld",
        /// The bill and those after it were canceled and billed again.
        Rebilled => "rebilled",
        /// Part of what ran away is forgiven by the policy.
        LeakAdjustment => "leak_adjustment",
        /// What was charged wrongly is given back, with interest on what was paid of it.
        Refund => "refund",
        /// Something is given without owing it.
        Goodwill => "goodwill",
    }
}

/// The days of a year, as interest counts them.
const YEAR: i64 = 365;

impl Remedy {
    /// What it says of the bill.
    #[must_use]
    pub const fn outcome(self) -> Outcome {
        match self {
            Self::Upheld | Self::LeakAdjustment | Self::Goodwill => Outcome::Upheld,
            Self::Rebilled | Self::Refund => Outcome::Corrected,
        }
    }

    /// What somebody must be allowed beside deciding disputes.
    #[must_use]
    pub const fn permission(self) -> Permission {
        match self {
            Self::Rebilled => Permission::CancelBill,
            Self::Upheld | Self::LeakAdjustment | Self::Refund | Self::Goodwill => {
                Permission::PostAdjustment
            }
        }
    }

    /// Whether whoever carries it out says how much.
    #[must_use]
    pub const fn asks_amount(self) -> bool {
        matches!(self, Self::Refund | Self::Goodwill)
    }
}

/// What is paid for having held a customer's money.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InterestTerms {
    /// Percent a year, simple, written as text: `"6"`.
    #[serde(with = "rust_decimal::serde::str")]
    pub percent: Decimal,
}

/// Part of what was paid too much.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Overpaid {
    /// When it was paid.
    pub on: NaiveDate,
    /// How much.
    pub amount: Money,
    /// How many days it was held.
    pub days: i64,
}

/// Interest, with what it was worked out from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Interest {
    /// The parts, the newest first.
    pub parts: Vec<Overpaid>,
    /// What it comes to.
    pub amount: Money,
}

/// Simple interest on what was paid too much, from the day of each payment until a day. What was paid last was paid too much first: the
/// payments before it were owed. It is rounded once.
///
/// # Errors
/// An amount that no account can hold.
pub fn interest(
    terms: Option<&InterestTerms>,
    too_much: Money,
    paid: &[(NaiveDate, Money)],
    on: NaiveDate,
) -> Result<Interest, MoneyError> {
    let Some(terms) = terms else {
        return Ok(Interest::default());
    };
    let mut newest: Vec<(NaiveDate, Money)> = paid.to_vec();
    newest.sort_by_key(|(day, _)| std::cmp::Reverse(*day));
    let (mut left, mut parts, mut cent_days) = (too_much, Vec::new(), Decimal::ZERO);
    for (day, amount) in newest {
        let amount = amount.min(left);
        if !amount.is_positive() {
            continue;
        }
        left -= amount;
        let days = (on - day).num_days().max(0);
        cent_days += amount.dollars() * Decimal::from(days);
        parts.push(Overpaid {
            on: day,
            amount,
            days,
        });
    }
    let a_year = Decimal::from(YEAR) * Decimal::ONE_HUNDRED;
    let amount = Money::from_charge(cent_days * terms.percent / a_year)?;
    Ok(Interest { parts, amount })
}

/// What of an amount that a bill charged too much was paid: what is still owed of the bill was not, whatever it comes to.
#[must_use]
pub fn overpaid(too_much: Money, unpaid: Money) -> Money {
    (too_much - unpaid.max(Money::ZERO)).max(Money::ZERO)
}

/// An amount shared by weights, each with what it is of; what has no weight bears nothing.
#[must_use]
pub fn shared<T: Clone>(amount: Money, of: &[(T, Money)]) -> Vec<(T, Money)> {
    let weights: Vec<u64> = of
        .iter()
        .map(|(_, weight)| (*weight).max(Money::ZERO).cents().unsigned_abs())
        .collect();
    let parts = amount.split(&weights);
    let named = of.iter().zip(parts);
    let named = named.map(|((what, _), part)| (what.clone(), part));
    named.filter(|(_, part)| part.is_positive()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cents(cents: i64) -> Money {
        Money::from_cents(cents)
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn interest_runs_from_the_day_of_each_payment() {
        let terms = InterestTerms {
            percent: Decimal::from(6),
        };
        let paid = [
            (day("2026-01-01"), cents(10_000)),
            (day("2026-07-01"), cents(4_000)),
        ];
        // $40.00 for 31 days and $20.00 for 212: (1,240 + 4,240) × 6 / 36,500 = 0.9008…
        let found = interest(Some(&terms), cents(6_000), &paid, day("2026-08-01")).unwrap();
        assert_eq!(found.amount, cents(90));
        let parts: Vec<_> = found.parts.iter().map(|part| part.days).collect();
        assert_eq!(parts, [31, 212]);
        // Nothing was paid: nothing was held.
        let none = interest(Some(&terms), cents(6_000), &[], day("2026-08-01")).unwrap();
        assert_eq!(none.amount, Money::ZERO);
        assert_eq!(
            interest(None, cents(6_000), &paid, day("2026-08-01")).unwrap(),
            Interest::default()
        );
    }

    #[test]
    fn what_is_still_owed_of_a_bill_was_not_paid_too_much() {
        assert_eq!(overpaid(cents(5_000), cents(6_000)), Money::ZERO);
        assert_eq!(overpaid(cents(7_000), cents(6_000)), cents(1_000));
        assert_eq!(overpaid(cents(1_000), cents(-500)), cents(1_000));
    }

    #[test]
    fn what_is_shared_adds_up() {
        let parts = shared(
            cents(100),
            &[("a", cents(2)), ("b", cents(1)), ("c", cents(-5))],
        );
        assert_eq!(parts, [("a", cents(67)), ("b", cents(33))]);
    }
}
