//! What disputes leave of a debt that is arranged: what stays beside the agreement, and what is to be paid by a day of its own because nobody
//! had to pay it meanwhile. No part of a debt is given time twice, however often it is disputed.

use chrono::{NaiveDate, NaiveDateTime};

use crate::domain::disputes::{Outcome, overlap};
use crate::domain::money::Money;

/// A dispute of a debt, open or ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contest {
    /// How much.
    pub amount: Money,
    /// The lines of the bill that it is about; none where it is about all of them.
    pub positions: Vec<i32>,
    /// What became of it, with the first day on which it is a debt like any other; nothing while it is open.
    pub ended: Option<(Outcome, NaiveDate)>,
    /// When it was opened, in UTC.
    pub asked_at: NaiveDateTime,
    /// When it ended, in UTC.
    pub closed_at: Option<NaiveDateTime>,
}

impl Contest {
    /// Whether it was over when something was agreed: then it is nothing to the agreement.
    fn was_over(&self, made_at: NaiveDateTime) -> bool {
        self.closed_at.is_some_and(|closed_at| closed_at <= made_at)
    }

    /// Whether it stood when something was agreed, so that its amount was left beside.
    fn stood(&self, made_at: NaiveDateTime) -> bool {
        self.asked_at <= made_at && !self.was_over(made_at)
    }

    fn is_won(&self) -> bool {
        matches!(self.ended, Some((Outcome::Corrected, _)))
    }
}

/// What is still beside an agreement: what was in dispute then, unless the customer was right. What they are given for that pays it, and no
/// installment.
#[must_use]
pub fn beside(agreed: Money, contests: &[Contest], made_at: NaiveDateTime) -> Money {
    let is_won = |contest: &Contest| contest.stood(made_at) && contest.is_won();
    if contests.iter().any(is_won) {
        Money::ZERO
    } else {
        agreed
    }
}

/// What was in dispute since something was agreed and is not any more, each with the first day on which it is a debt like any other. What was
/// decided counts each by itself. What the customer took back counts once, the first time, and only as far as no other dispute is about it:
/// else a dispute and its withdrawal would move a day again and again.
#[must_use]
pub fn freed(
    agreed_beside: Money,
    contests: &[Contest],
    made_at: NaiveDateTime,
) -> Vec<(NaiveDate, Money)> {
    let since = |contest: &&Contest| !contest.was_over(made_at);
    let covered = |contest: &Contest| {
        let beside = if contest.stood(made_at) {
            agreed_beside
        } else {
            Money::ZERO
        };
        (contest.amount - beside).max(Money::ZERO)
    };
    let all: Vec<&Contest> = contests.iter().filter(since).collect();
    let mut freed = Vec::new();
    let mut withdrawn: Option<(NaiveDate, &Contest)> = None;
    for contest in &all {
        match contest.ended {
            Some((Outcome::Upheld | Outcome::Corrected, on)) => freed.push((on, covered(contest))),
            Some((Outcome::Withdrawn, on)) if withdrawn.is_none_or(|(first, _)| on < first) => {
                withdrawn = Some((on, contest));
            }
            Some((Outcome::Withdrawn, _)) | None => {}
        }
    }
    if let Some((on, first)) = withdrawn {
        let is_same = |other: &&&Contest| {
            !matches!(other.ended, Some((Outcome::Withdrawn, _)))
                && overlap(&other.positions, &first.positions)
        };
        let elsewhere: Money = all.iter().filter(is_same).map(|other| covered(other)).sum();
        freed.push((on, covered(first) - elsewhere));
    }
    freed.retain(|(_, amount)| amount.is_positive());
    freed.sort_unstable();
    freed
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::arrangements::tests::{cents, day};

    fn at(text: &str) -> NaiveDateTime {
        day(text).and_time(chrono::NaiveTime::MIN)
    }

    fn contest(amount: i64, positions: &[i32], asked: &str) -> Contest {
        Contest {
            amount: cents(amount),
            positions: positions.to_vec(),
            ended: None,
            asked_at: at(asked),
            closed_at: None,
        }
    }

    fn ended(open: Contest, outcome: Outcome, on: &str) -> Contest {
        Contest {
            ended: Some((outcome, outcome.freed_on(day(on)))),
            closed_at: Some(at(on)),
            ..open
        }
    }

    const AGREED: &str = "2026-07-08";

    #[test]
    fn disputing_and_withdrawing_a_cent_moves_a_day_once() {
        let again = |asked: &str, on: &str| ended(contest(1, &[], asked), Outcome::Withdrawn, on);
        let first = again("2026-07-09", "2026-09-01");
        let more = [
            first.clone(),
            again("2026-09-02", "2026-09-20"),
            again("2026-09-21", "2026-10-20"),
        ];
        let once = [(day("2026-09-01"), cents(1))];
        assert_eq!(freed(Money::ZERO, &more, at(AGREED)), once);
        assert_eq!(freed(Money::ZERO, &[first], at(AGREED)), once);
    }

    #[test]
    fn each_decision_frees_its_own_amount_on_its_own_day() {
        let large = ended(
            contest(3_000, &[1], "2026-07-09"),
            Outcome::Upheld,
            "2026-08-01",
        );
        let cent = ended(
            contest(1, &[2], "2026-08-02"),
            Outcome::Upheld,
            "2026-10-01",
        );
        let all = freed(Money::ZERO, &[large, cent], at(AGREED));
        let own = [
            (day("2026-08-16"), cents(3_000)),
            (day("2026-10-16"), cents(1)),
        ];
        assert_eq!(all, own);
    }

    #[test]
    fn what_is_taken_back_and_disputed_again_counts_once() {
        let back = ended(
            contest(3_000, &[], "2026-07-09"),
            Outcome::Withdrawn,
            "2026-08-01",
        );
        let open = contest(3_000, &[2], "2026-08-02");
        let both = [back.clone(), open.clone()];
        assert!(freed(Money::ZERO, &both, at(AGREED)).is_empty());
        let decided = ended(open, Outcome::Upheld, "2026-09-01");
        let once = [(day("2026-09-16"), cents(3_000))];
        assert_eq!(freed(Money::ZERO, &[back, decided], at(AGREED)), once);
    }

    #[test]
    fn what_was_decided_before_an_agreement_of_the_same_day_is_nothing_to_it() {
        let before = ended(contest(4_000, &[1], "2026-07-01"), Outcome::Upheld, AGREED);
        // Another stood beside the agreement and was decided later; a third came after it.
        let stood = ended(
            contest(2_000, &[2], "2026-07-08"),
            Outcome::Upheld,
            "2026-07-20",
        );
        let later = ended(
            contest(1_500, &[3], "2026-07-21"),
            Outcome::Upheld,
            "2026-08-01",
        );
        let made_at = at(AGREED) + chrono::TimeDelta::hours(9);
        let all = freed(
            cents(2_000),
            &[before.clone(), stood, later.clone()],
            made_at,
        );
        assert_eq!(all, [(day("2026-08-16"), cents(1_500))]);
        // Nothing stood beside: what was beside another agreement does not shorten it.
        let all = freed(cents(4_000), &[before, later], made_at);
        assert_eq!(all, [(day("2026-08-16"), cents(1_500))]);
    }

    #[test]
    fn what_was_won_is_not_beside_any_more() {
        let open = contest(4_000, &[], "2026-07-01");
        let made_at = at(AGREED);
        let alone = std::slice::from_ref(&open);
        assert_eq!(beside(cents(4_000), alone, made_at), cents(4_000));
        let lost = ended(open.clone(), Outcome::Upheld, "2026-07-20");
        assert_eq!(beside(cents(4_000), &[lost], made_at), cents(4_000));
        let won = ended(open, Outcome::Corrected, "2026-07-20");
        assert_eq!(beside(cents(4_000), &[won], made_at), Money::ZERO);
        // One that came after the agreement was never beside it.
        let later = ended(
            contest(900, &[], "2026-07-21"),
            Outcome::Corrected,
            "2026-08-01",
        );
        assert_eq!(beside(cents(4_000), &[later], made_at), cents(4_000));
    }
}
