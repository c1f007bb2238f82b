//! One payment at the processor for several accounts: what is asked for, and each account's share of what goes back.

use std::collections::HashSet;

use crate::domain::ids::AccountId;
use crate::domain::money::Money;
use crate::domain::payments::{AmountRefused, LEAST_PAYMENT, MOST_PAYMENT, Tender};

/// So many accounts at the most are paid at once.
pub const MOST_PARTS: usize = 100;

/// What is paid on one of the accounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// The account.
    pub account_id: AccountId,
    /// How much.
    pub amount: Money,
}

/// A payment for several accounts that is asked for. The first part stands for the whole at the processor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JointRequest {
    /// What is paid on each account.
    pub parts: Vec<Part>,
    /// By what.
    pub tender: Tender,
    /// One per form shown: the same form sent twice asks once.
    pub request_key: String,
    /// Whether the payer knows that a part looks like one too many.
    pub is_sure: bool,
}

/// Why a payment for several accounts is not asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum JointRefused {
    /// One account or none: that is a payment like any other.
    #[error("two accounts at the least are paid together")]
    TooFew,
    /// More accounts than are paid at once.
    #[error("at most {most} accounts are paid at once")]
    TooMany {
        /// So many may be.
        most: usize,
    },
    /// An account is named twice.
    #[error("an account is named twice")]
    Twice,
    /// Nothing, or less, is to be paid on an account.
    #[error("nothing is paid on an account")]
    Nothing,
    /// The whole is too little or too much for the processor.
    #[error(transparent)]
    Whole(#[from] AmountRefused),
}

impl JointRequest {
    /// What is paid in all.
    #[must_use]
    pub fn whole(&self) -> Money {
        self.parts.iter().map(|part| part.amount).sum()
    }

    /// Checks the parts, and the whole against what can be paid at once. A part may be as small as a cent: it is the whole that is charged.
    ///
    /// # Errors
    /// `JointRefused` says what is wrong.
    pub fn check(&self) -> Result<(), JointRefused> {
        let accounts: HashSet<AccountId> = self.parts.iter().map(|part| part.account_id).collect();
        let most = MOST_PARTS;
        match self.parts.len() {
            0 | 1 => return Err(JointRefused::TooFew),
            parts if parts > most => return Err(JointRefused::TooMany { most }),
            parts if parts > accounts.len() => return Err(JointRefused::Twice),
            _ => {}
        }
        if self.parts.iter().any(|part| !part.amount.is_positive()) {
            return Err(JointRefused::Nothing);
        }
        // Each part is bounded before the parts are added, so that no sum runs over.
        let most = MOST_PAYMENT;
        if self.parts.iter().any(|part| part.amount > most) || self.whole() > most {
            return Err(AmountRefused::TooLarge { most }.into());
        }
        let least = LEAST_PAYMENT;
        if self.whole() < least {
            return Err(AmountRefused::TooSmall { least }.into());
        }
        Ok(())
    }
}

/// Shares out what goes back of a payment among its parts, in proportion to what is left of each, to the cent: no part gives back more than
/// is left of it as long as all of them together have as much.
#[must_use]
pub fn shares(amount: Money, left: &[Money]) -> Vec<Money> {
    let weight = |left: &Money| u64::try_from(left.cents()).unwrap_or_default();
    let weights: Vec<u64> = left.iter().map(weight).collect();
    amount.split(&weights)
}

/// What is left of a part after what went back of it, and what became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Left {
    /// How much is left.
    pub amount: Money,
    /// What is held on the account, and pays no debt.
    pub held: Money,
    /// What pays debts there, at once or out of what was held.
    pub paying: Money,
}

/// Shares out a refund: first what of the parts is held and pays no debt, so that nothing is owed again that need not be; what is missing then
/// in proportion to what of each pays debts, so that nobody is asked for what they no longer have; and what is missing even then in
/// proportion to what is left of each.
#[must_use]
pub fn refunded(amount: Money, parts: &[Left]) -> Vec<Money> {
    let mut given = vec![Money::ZERO; parts.len()];
    let bounds: [fn(&Left) -> Money; 2] = [|part| part.held, |part| part.paying];
    for at_most in bounds {
        let free: Vec<Money> = parts
            .iter()
            .zip(&given)
            .map(|(part, given)| (part.amount - *given).min(at_most(part)).max(Money::ZERO))
            .collect();
        let missing = amount - given.iter().sum::<Money>();
        add(&mut given, shares(missing.min(free.iter().sum()), &free));
    }
    let rest: Vec<Money> = parts
        .iter()
        .zip(&given)
        .map(|(part, given)| part.amount - *given)
        .collect();
    let missing = amount - given.iter().sum::<Money>();
    add(&mut given, shares(missing, &rest));
    given
}

/// Shares out a refund that was ordered of one part, by its place: it goes back of that part alone. Where less is left of the part than went back,
/// because some of it went another way meanwhile, the others give what is missing.
#[must_use]
pub fn refunded_of(amount: Money, place: usize, parts: &[Left]) -> Vec<Money> {
    let part = parts.get(place).map_or(Money::ZERO, |part| part.amount);
    let own = part.min(amount).max(Money::ZERO);
    let mut rest = parts.to_vec();
    if let Some(part) = rest.get_mut(place) {
        part.amount -= own;
    }
    let mut given = refunded(amount - own, &rest);
    if let Some(given) = given.get_mut(place) {
        *given += own;
    }
    given
}

fn add(given: &mut [Money], more: Vec<Money>) {
    for (given, more) in given.iter_mut().zip(more) {
        *given += more;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn asked(amounts: &[i64]) -> Result<(), JointRefused> {
        let parts = (1..).zip(amounts).map(|(id, cents)| Part {
            account_id: AccountId(id),
            amount: Money::from_cents(*cents),
        });
        let request = JointRequest {
            parts: parts.collect(),
            tender: Tender::Card,
            request_key: "form".to_owned(),
            is_sure: false,
        };
        request.check()
    }

    #[test]
    fn the_whole_has_bounds_and_every_part_is_something() {
        assert_eq!(asked(&[5_000]), Err(JointRefused::TooFew));
        assert_eq!(asked(&[5_000, 0]), Err(JointRefused::Nothing));
        assert_eq!(asked(&[30, 20]), Ok(()));
        let (least, most) = (LEAST_PAYMENT, MOST_PAYMENT);
        let small = AmountRefused::TooSmall { least };
        assert_eq!(asked(&[30, 19]), Err(small.into()));
        let large = AmountRefused::TooLarge { most };
        assert_eq!(asked(&[most.cents(), 1]), Err(large.into()));
        assert_eq!(asked(&[i64::MAX, i64::MAX]), Err(large.into()));
        let many = vec![100; MOST_PARTS + 1];
        let most = MOST_PARTS;
        assert_eq!(asked(&many), Err(JointRefused::TooMany { most }));
    }

    #[test]
    fn an_account_is_paid_once() {
        let part = Part {
            account_id: AccountId(7),
            amount: Money::from_cents(100),
        };
        let request = JointRequest {
            parts: vec![part, part],
            tender: Tender::Card,
            request_key: "form".to_owned(),
            is_sure: false,
        };
        assert_eq!(request.check(), Err(JointRefused::Twice));
    }

    fn left((amount, held, paying): (i64, i64, i64)) -> Left {
        Left {
            amount: Money::from_cents(amount),
            held: Money::from_cents(held),
            paying: Money::from_cents(paying),
        }
    }

    #[test]
    fn a_refund_takes_what_is_held_before_what_pays_debts() {
        let parts = [(2_000, 0, 2_000), (1_000, 600, 400), (500, 0, 500)].map(left);
        let given = |cents| refunded(Money::from_cents(cents), &parts);
        let of = |cents: [i64; 3]| cents.map(Money::from_cents);
        assert_eq!(given(600), of([0, 600, 0]));
        assert_eq!(given(400), of([0, 400, 0]));
        assert_eq!(given(3_500), of([2_000, 1_000, 500]));
        // What is missing comes of 2,000, 400 and 500.
        assert_eq!(given(890), of([200, 640, 50]));
    }

    #[test]
    fn a_refund_of_one_part_leaves_the_others_alone_as_long_as_the_part_has_it() {
        let parts = [(2_000, 600, 1_400), (1_000, 0, 1_000), (500, 0, 500)].map(left);
        let given = |cents| refunded_of(Money::from_cents(cents), 1, &parts);
        let of = |cents: [i64; 3]| cents.map(Money::from_cents);
        assert_eq!(given(400), of([0, 400, 0]));
        assert_eq!(given(1_000), of([0, 1_000, 0]));
        // What the part has no more comes of what is held first.
        assert_eq!(given(1_600), of([600, 1_000, 0]));
        assert_eq!(given(3_500), of([2_000, 1_000, 500]));
    }

    #[test]
    fn a_refund_takes_nothing_of_a_part_that_was_paid_out_while_another_pays_debts() {
        let parts = [(5_000, 0, 5_000), (5_000, 0, 0)].map(left);
        let given = |cents| refunded(Money::from_cents(cents), &parts);
        let of = |cents: [i64; 2]| cents.map(Money::from_cents);
        assert_eq!(given(5_000), of([5_000, 0]));
        assert_eq!(given(7_500), of([5_000, 2_500]));
        // What was held and is spent pays debts like what paid them at once.
        let parts = [(5_000, 0, 5_000), (5_000, 0, 9_000)].map(left);
        assert_eq!(
            refunded(Money::from_cents(5_000), &parts),
            of([2_500, 2_500])
        );
    }

    proptest! {
        #[test]
        fn a_refund_comes_to_the_whole_and_no_part_gives_more_than_is_left(
            parts in prop::collection::vec((0_i64..100_000, 0_i64..200_000, 0_i64..200_000), 2..9), percent in 0_i64..=100,
        ) {
            let all: i64 = parts.iter().map(|part| part.0).sum();
            let amount = Money::from_cents(all * percent / 100);
            let parts: Vec<Left> = parts.into_iter().map(left).collect();
            let given = refunded(amount, &parts);
            prop_assert_eq!(given.iter().sum::<Money>(), amount);
            prop_assert!(given.iter().zip(&parts).all(|(given, part)| *given <= part.amount));
        }

        #[test]
        fn shares_come_to_the_whole_and_none_is_more_than_is_left(
            left in prop::collection::vec(0_i64..100_000, 2..9), percent in 0_i64..=100,
        ) {
            let all: i64 = left.iter().sum();
            let amount = Money::from_cents(all * percent / 100);
            let left: Vec<Money> = left.into_iter().map(Money::from_cents).collect();
            let given = shares(amount, &left);
            prop_assert_eq!(given.iter().sum::<Money>(), amount);
            prop_assert!(given.iter().zip(&left).all(|(given, left)| given <= left));
        }
    }
}
