//! "This bill looks wrong": how much may be disputed, what is left out of late fees meanwhile, and when that ends.
//!
//! A customer who says that a bill is wrong has a right to be told how to say so and to be heard by somebody who can correct it before
//! anything is taken from them for not paying it: Memphis Light, Gas & Water Division v. Craft, 436 U.S. 1 (1978).

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::domain::money::Money;
use crate::domain::requests::RequestState;
use crate::domain::text_enum::text_enum;

text_enum! {
    /// Why a customer says that a bill is wrong.
    DisputeReason {
        /// More use than there can have been.
        TooMuchUse => "too_much_use",
        /// A read is not what the meter showed.
        ReadWrong => "read_wrong",
        /// It was estimated.
        Estimated => "estimated",
        /// A price or a fee does not apply.
        PriceWrong => "price_wrong",
        /// It was not theirs: another place, another time.
        NotMine => "not_mine",
        /// It was paid before.
        PaidAlready => "paid_already",
        /// Anything else.
        Other => "other",
    }
}

text_enum! {
    /// What became of it.
    Outcome {
        /// The bill stands as it was.
        Upheld => "upheld",
        /// The bill was wrong, and is corrected.
        Corrected => "corrected",
        /// The customer took it back.
        Withdrawn => "withdrawn",
    }
}

text_enum! {
    /// How a dispute came.
    CameBy {
        /// The customer opened it on the portal.
        Portal => "portal",
        /// By telephone.
        Phone => "phone",
        /// By letter.
        Letter => "letter",
        /// At the counter.
        Counter => "counter",
        /// By electronic mail.
        Email => "email",
    }
}

/// How long the disputed part stays free of late fees after the bill was upheld. The customer was told that it need not be paid meanwhile,
/// so that it is given the time that a new bill would have at the least.
const DAYS_TO_PAY: u64 = 14;

/// One line of a bill that is said to be wrong, in the words in which the customer read it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DisputedLine {
    /// Its place on the bill.
    pub position: i32,
    /// What it is called there.
    pub label: String,
    /// What it comes to.
    pub amount: Money,
}

/// Why an amount can't be disputed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AmountRefused {
    /// Nothing, or less.
    Nothing,
    /// More than the lines, or the bill, say.
    MoreThan(Money),
}

/// The amount in dispute: what the customer wrote, else all of the lines that were marked, else all of the bill; never more than these say.
///
/// # Errors
/// `Nothing` where there is nothing to dispute, `MoreThan` with the most that may be.
pub fn disputed(
    written: Option<Money>,
    lines: &[Money],
    total: Money,
) -> Result<Money, AmountRefused> {
    let marked: Money = lines.iter().copied().sum();
    let most = if lines.is_empty() {
        total
    } else {
        marked.min(total)
    };
    let amount = written.unwrap_or(most);
    if !amount.is_positive() || !most.is_positive() {
        return Err(AmountRefused::Nothing);
    }
    if amount > most {
        return Err(AmountRefused::MoreThan(most));
    }
    Ok(amount)
}

/// What of a debt is out of reach of late fees: what is paid goes to the part that nobody disputes first.
#[must_use]
pub fn frozen(remaining: Money, disputed: Money) -> Money {
    disputed.min(remaining).max(Money::ZERO)
}

/// What is out of reach of each part of a debt, by what is left of each: in proportion to it, and never more than it.
#[must_use]
pub fn shares(remaining: &[Money], disputed: Money) -> Vec<Money> {
    let owed = |part: &Money| (*part).max(Money::ZERO);
    let all: Money = remaining.iter().map(owed).sum();
    let weights: Vec<u64> = remaining
        .iter()
        .map(|part| owed(part).cents().unsigned_abs())
        .collect();
    let parts = frozen(all, disputed).split(&weights);
    parts
        .iter()
        .zip(remaining)
        .map(|(part, left)| frozen(*left, *part))
        .collect()
}

/// Whether two disputes of a bill are about the same money: without lines, a dispute is about all of them.
#[must_use]
pub fn overlap(one: &[i32], other: &[i32]) -> bool {
    one.is_empty() || other.is_empty() || one.iter().any(|position| other.contains(position))
}

impl CameBy {
    /// The ways on which the office takes a dispute in for a customer.
    pub const BY_HAND: [Self; 4] = [Self::Phone, Self::Letter, Self::Counter, Self::Email];
}

impl Outcome {
    /// What the office may decide; that a dispute is taken back is for the customer alone to say.
    pub const DECISIONS: [Self; 2] = [Self::Upheld, Self::Corrected];

    /// Where the request stands with it.
    #[must_use]
    pub const fn state(self) -> RequestState {
        match self {
            Self::Upheld | Self::Corrected => RequestState::Done,
            Self::Withdrawn => RequestState::Withdrawn,
        }
    }

    /// The day of a decision, or of a withdrawal, by the day on which it set the disputed part free.
    #[must_use]
    pub fn decided_on(self, freed_on: NaiveDate) -> NaiveDate {
        match self {
            Self::Upheld | Self::Corrected => freed_on
                .checked_sub_days(Days::new(DAYS_TO_PAY + 1))
                .unwrap_or(freed_on),
            Self::Withdrawn => freed_on,
        }
    }

    /// The first day on which the disputed part may be charged for being late again.
    #[must_use]
    pub fn freed_on(self, on: NaiveDate) -> NaiveDate {
        match self {
            Self::Upheld | Self::Corrected => on
                .checked_add_days(Days::new(DAYS_TO_PAY + 1))
                .unwrap_or(on),
            Self::Withdrawn => on,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cents(cents: i64) -> Money {
        Money::from_cents(cents)
    }

    #[test]
    fn no_more_is_disputed_than_the_lines_say() {
        let lines = [cents(486), cents(1_026)];
        assert_eq!(disputed(None, &lines, cents(2_932)), Ok(cents(1_512)));
        assert_eq!(disputed(None, &[], cents(2_932)), Ok(cents(2_932)));
        assert_eq!(
            disputed(Some(cents(1_513)), &lines, cents(2_932)),
            Err(AmountRefused::MoreThan(cents(1_512)))
        );
        assert_eq!(
            disputed(Some(cents(0)), &[], cents(2_932)),
            Err(AmountRefused::Nothing)
        );
        assert_eq!(
            disputed(None, &[], cents(-500)),
            Err(AmountRefused::Nothing)
        );
    }

    #[test]
    fn a_bill_as_a_whole_is_about_every_line() {
        assert!(overlap(&[], &[3]) && overlap(&[1, 3], &[3]));
        assert!(!overlap(&[1, 2], &[3]));
    }

    #[test]
    fn a_bill_that_is_upheld_leaves_two_weeks_to_pay() {
        let on: NaiveDate = "2026-07-01".parse().unwrap();
        assert_eq!(Outcome::Upheld.freed_on(on), "2026-07-16".parse().unwrap());
        assert_eq!(Outcome::Withdrawn.freed_on(on), on);
        for outcome in [Outcome::Upheld, Outcome::Withdrawn] {
            assert_eq!(outcome.decided_on(outcome.freed_on(on)), on);
        }
    }

    proptest! {
        #[test]
        fn what_is_frozen_is_never_more_than_what_is_owed(remaining in -100_i64..100_000, amount in 1_i64..100_000) {
            let frozen = frozen(cents(remaining), cents(amount));
            prop_assert!(frozen <= cents(remaining.max(0)) && frozen <= cents(amount));
            prop_assert!(!frozen.is_negative());
        }

        #[test]
        fn the_parts_of_what_is_frozen_fit_what_is_owed(remaining in prop::collection::vec(-100_i64..10_000, 0..6), amount in 1_i64..30_000) {
            let remaining: Vec<Money> = remaining.into_iter().map(cents).collect();
            let parts = shares(&remaining, cents(amount));
            let all: Money = remaining.iter().map(|part| (*part).max(Money::ZERO)).sum();
            prop_assert_eq!(parts.iter().copied().sum::<Money>(), cents(amount).min(all));
            for (part, left) in parts.iter().zip(&remaining) {
                prop_assert!(!part.is_negative() && *part <= (*left).max(Money::ZERO));
            }
        }
    }
}
