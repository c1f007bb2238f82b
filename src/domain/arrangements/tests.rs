//! The rules of more time to pay: amounts that add up, reasons that are said, and what becomes of an agreement.

use chrono::{Days, NaiveDate};
use proptest::prelude::*;

use super::*;
use crate::domain::accounts::AccountClass;
use crate::domain::allocation::{AllocationPolicy, OpenLeg};
use crate::domain::arrangement_policy::{ArrangementPolicy, Often, Terms};
use crate::domain::ids::ArrangementNumber;
use crate::domain::ledger::LegId;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn cents(cents: i64) -> Money {
    Money::from_cents(cents)
}

fn terms() -> Terms {
    ArrangementPolicy::default()
        .terms(AccountClass::Residential)
        .clone()
}

/// Bill by bill: its entry, the day it is due, how much; today is July 10.
fn facts(debts: &[(i64, &str, i64)]) -> Facts {
    Facts {
        is_active: true,
        debts: debts
            .iter()
            .map(|(entry, due_on, amount)| Debt {
                entry: EntryId(*entry),
                due_on: day(due_on),
                amount: cents(*amount),
            })
            .collect(),
        history: Vec::new(),
        has_returned: false,
        bill_dues: ["2026-07-24", "2026-08-24", "2026-09-23", "2026-10-24"]
            .map(day)
            .to_vec(),
        today: day("2026-07-10"),
    }
}

fn past(kind: ArrangementKind, state: ArrangementState, made: &str, ended: &str) -> Past {
    Past {
        number: ArrangementNumber::of(1),
        kind,
        made_on: day(made),
        state,
        ended_on: Some(day(ended)),
    }
}

fn told(plan: &Plan) -> Vec<(String, i64)> {
    let one = |part: &Installment| (part.due_on.to_string(), part.amount.cents());
    plan.installments.iter().map(one).collect()
}

fn on(days: &str, amount: i64) -> (String, i64) {
    (days.to_owned(), amount)
}

#[test]
fn installments_fall_on_the_days_of_bills_and_the_last_one_carries_the_cents() {
    let facts = facts(&[(1, "2026-06-24", 10_000), (2, "2026-07-24", 2_000)]);
    let choice = Choice::Arrangement {
        installments: 4,
        down: None,
    };
    // A quarter of the $100.00 that is past due first; the calendar ends in October.
    let plan = plan(&terms(), &facts, choice).unwrap();
    assert_eq!(
        told(&plan),
        [
            on("2026-07-13", 2_500),
            on("2026-07-24", 2_375),
            on("2026-08-24", 2_375),
            on("2026-09-23", 2_375),
            on("2026-10-24", 2_375),
        ]
    );
    let three = Choice::Arrangement {
        installments: 3,
        down: Some(cents(2_000 + 500)),
    };
    let odd = super::plan(&terms(), &self::facts(&[(1, "2026-07-24", 12_500)]), three).unwrap();
    assert_eq!(
        told(&odd)[1..],
        [
            on("2026-07-24", 3_333),
            on("2026-08-24", 3_333),
            on("2026-09-23", 3_334),
        ]
    );
}

#[test]
fn an_extension_moves_what_falls_due_before_the_new_day() {
    let facts = facts(&[
        (1, "2026-07-05", 4_000),
        (2, "2026-07-18", 3_000),
        (3, "2026-08-18", 1),
    ]);
    let longer = |days| plan(&terms(), &facts, Choice::Extension { days });
    assert_eq!(told(&longer(5).unwrap()), [on("2026-07-15", 4_000)]);
    assert_eq!(told(&longer(10).unwrap()), [on("2026-07-20", 7_000)]);
    assert_eq!(longer(7), Err(vec![Refusal::NoSuchLength]));
    // Before its day, a bill keeps the days it has.
    let early = self::facts(&[(1, "2026-07-24", 4_000)]);
    let plan = plan(&terms(), &early, Choice::Extension { days: 10 }).unwrap();
    assert_eq!(told(&plan), [on("2026-08-03", 4_000)]);
}

#[test]
fn every_reason_is_said() {
    let why = |facts: &Facts| offers(&terms(), facts, None);
    let nothing = why(&facts(&[]));
    assert_eq!(nothing.extensions, Err(vec![Refusal::NothingOwed]));
    assert_eq!(nothing.arrangements, Err(vec![Refusal::NothingOwed]));
    let mut much = facts(&[(1, "2026-05-01", 60_001)]);
    much.has_returned = true;
    assert_eq!(
        why(&much).extensions,
        Err(vec![
            Refusal::Returned,
            Refusal::OwesMore(cents(60_000)),
            Refusal::TooOld(60)
        ])
    );
    let little = why(&facts(&[(1, "2026-07-24", 4_999)]));
    assert!(little.extensions.is_ok());
    assert_eq!(
        little.arrangements,
        Err(vec![Refusal::OwesLess(cents(5_000))])
    );
    let none = offers(&Terms::default(), &facts(&[(1, "2026-07-24", 9_000)]), None);
    assert_eq!(none.extensions, Err(vec![Refusal::NotOffered]));
}

#[test]
fn history_counts_within_its_months() {
    use ArrangementKind::{Arrangement, Extension};
    use ArrangementState::{Broken, Canceled, Kept, Open};
    let with = |history: &[Past]| {
        let mut facts = facts(&[(1, "2026-07-24", 9_000)]);
        facts.history = history.to_vec();
        offers(&terms(), &facts, None)
    };
    let kept = past(Extension, Kept, "2025-09-01", "2025-09-10");
    let old = past(Extension, Kept, "2025-07-10", "2025-07-20");
    assert!(with(&[kept.clone(), old]).extensions.is_ok());
    let twice = Often {
        most: 2,
        months: 12,
    };
    let two = with(&[kept.clone(), kept.clone()]);
    assert_eq!(two.extensions, Err(vec![Refusal::TooOften(twice)]));
    assert!(two.arrangements.is_ok(), "each kind is counted by itself");
    let canceled = past(Arrangement, Canceled, "2026-05-01", "2026-05-02");
    assert!(with(&[canceled]).arrangements.is_ok());
    let broken = past(Extension, Broken, "2026-01-01", "2026-01-20");
    let after = with(&[broken]);
    assert_eq!(
        after.extensions,
        Err(vec![Refusal::BrokenBefore(day("2026-07-20"))])
    );
    assert_eq!(
        after.arrangements,
        Err(vec![Refusal::BrokenBefore(day("2027-01-20"))])
    );
    let open = Past {
        ended_on: None,
        ..past(Arrangement, Open, "2026-07-01", "2026-07-01")
    };
    let number = open.number.clone();
    assert_eq!(
        with(&[open]).extensions,
        Err(vec![Refusal::AlreadyOn(number)])
    );
}

#[test]
fn what_is_paid_first_has_bounds() {
    let facts = facts(&[(1, "2026-06-24", 10_000)]);
    let with = |down| {
        let choice = Choice::Arrangement {
            installments: 2,
            down: Some(cents(down)),
        };
        plan(&terms(), &facts, choice)
    };
    assert_eq!(with(2_499), Err(vec![Refusal::DownTooSmall(cents(2_500))]));
    assert_eq!(with(9_001), Err(vec![Refusal::DownTooLarge(cents(9_000))]));
    assert_eq!(
        with(9_000),
        Err(vec![Refusal::NoSuchLength]),
        "two of $5.00"
    );
    assert_eq!(with(8_000).unwrap().installments.len(), 3);
}

/// Three installments of $40.00 on a debt of $70.00 and one of $50.00.
fn cover(left: [i64; 2], disputed: i64) -> Cover {
    let installment = |text| Installment {
        due_on: day(text),
        amount: cents(4_000),
    };
    let debt = |entry, due_on, covered, remaining, disputed| CoveredDebt {
        entry: EntryId(entry),
        due_on: day(due_on),
        covered: cents(covered),
        remaining: cents(remaining),
        disputed: cents(disputed),
    };
    Cover {
        installments: ["2026-07-13", "2026-08-13", "2026-09-13"]
            .map(installment)
            .to_vec(),
        debts: vec![
            debt(1, "2026-06-24", 7_000, left[0], 0),
            debt(2, "2026-07-24", 5_000, left[1], disputed),
        ],
    }
}

fn states(cover: &Cover, on: &str) -> Vec<InstallmentState> {
    let all = cover.progress();
    all.iter().map(|one| one.state(5, day(on))).collect()
}

#[test]
fn late_is_within_grace_missed_after_it_and_money_on_its_way_counts() {
    use ArrangementState::{Broken, Kept, Open};
    use InstallmentState::{Due, Late, Missed, Paid};
    let nothing = cover([7_000, 5_000], 0);
    assert_eq!(states(&nothing, "2026-07-13"), [Due, Due, Due]);
    assert_eq!(states(&nothing, "2026-07-18"), [Late, Due, Due]);
    assert_eq!(states(&nothing, "2026-07-19"), [Missed, Due, Due]);
    let standing = |cover: &Cover, pending, on| cover.standing(cents(pending), 5, day(on));
    assert_eq!(standing(&nothing, 0, "2026-07-18"), Open);
    assert_eq!(standing(&nothing, 3_999, "2026-07-19"), Broken);
    assert_eq!(standing(&nothing, 4_000, "2026-07-19"), Open);
    let first = cover([3_000, 5_000], 0);
    assert_eq!(states(&first, "2026-07-19"), [Paid, Due, Due]);
    assert_eq!(standing(&cover([0, 0], 0), 0, "2026-07-11"), Kept);
}

#[test]
fn a_dispute_is_set_aside_from_the_end() {
    use InstallmentState::{Aside, Due, Late};
    let disputed = cover([7_000, 5_000], 5_000);
    assert_eq!(states(&disputed, "2026-07-18"), [Late, Due, Aside]);
    let unpaid: Vec<i64> = disputed
        .progress()
        .iter()
        .map(|one| one.unpaid.cents())
        .collect();
    assert_eq!(unpaid, [4_000, 3_000, 0]);
    let all = disputed.standing(Money::ZERO, 5, day("2027-01-01"));
    assert_eq!(all, ArrangementState::Broken);
}

#[test]
fn a_payment_pays_the_installment_that_is_due_and_the_bill_that_is_due_beside_it() {
    let leg = |entry, fund: &str, due_on, amount| OpenLeg {
        leg: LegId {
            entry: EntryId(entry),
            position: 0,
        },
        fund: fund.parse().unwrap(),
        is_penalty: false,
        due_on: day(due_on),
        remaining: cents(amount),
        disputed: Money::ZERO,
    };
    let legs = vec![
        leg(1, "WATER", "2026-06-24", 7_000),
        leg(2, "WATER", "2026-07-24", 5_000),
        // A bill that came after the agreement.
        leg(3, "WATER", "2026-07-20", 3_000),
    ];
    let legs = redated(legs, &cover([7_000, 5_000], 0).shares());
    let paid = |amount| {
        let policy = AllocationPolicy::default();
        let allocation = policy.lay_out(cents(amount), &legs, day("2026-07-10"));
        let mut parts: Vec<(i64, i64)> = allocation
            .parts
            .iter()
            .map(|part| (part.leg.entry.0, part.amount.cents()))
            .collect();
        parts.sort_unstable();
        (parts, allocation.left.cents())
    };
    assert_eq!(paid(4_000), (vec![(1, 4_000)], 0));
    assert_eq!(paid(7_000), (vec![(1, 4_000), (3, 3_000)], 0));
    // The next installment is for both debts, in proportion.
    let ahead = vec![(1, 4_750), (2, 250), (3, 3_000)];
    assert_eq!(paid(8_000), (ahead, 0));
    assert_eq!(paid(15_001), (vec![(1, 7_000), (2, 5_000), (3, 3_000)], 1));
}

prop_compose! {
    fn any_facts()(
        amounts in prop::collection::vec((1_i64..60_000, -80_i64..40), 1..5),
        day_of_bills in 1_u64..31,
        known in 0_usize..8,
    ) -> Facts {
        let mut facts = facts(&[]);
        let mut debts: Vec<Debt> = amounts
            .into_iter()
            .zip(1..)
            .map(|((amount, days), entry)| Debt {
                entry: EntryId(entry),
                due_on: facts.today + chrono::TimeDelta::days(days),
                amount: cents(amount),
            })
            .collect();
        debts.sort_by_key(|debt| debt.due_on);
        facts.debts = debts;
        let month = |month: u64| facts.today + Days::new(day_of_bills + 30 * month);
        facts.bill_dues = (0..8).map(month).take(known).collect();
        facts
    }
}

proptest! {
    #[test]
    fn installments_come_to_what_is_covered_in_order_and_none_is_too_small(facts in any_facts(), down in 0_i64..30_000) {
        let offers = offers(&terms(), &facts, Some(cents(down)));
        let lengths = offers.arrangements.iter().flat_map(|lengths| &lengths.plans);
        let extensions = offers.extensions.iter().flatten();
        for (count, plan) in lengths.chain(extensions) {
            let all: Money = plan.installments.iter().map(|part| part.amount).sum();
            prop_assert_eq!(all, plan.amount());
            prop_assert!(plan.installments.is_sorted_by(|a, b| a.due_on < b.due_on));
            prop_assert!(plan.installments.iter().all(|part| part.due_on > facts.today && part.amount.is_positive()));
            if plan.kind == ArrangementKind::Arrangement {
                let monthly = plan.installments.iter().rev().take(usize::try_from(*count).unwrap());
                prop_assert!(monthly.into_iter().all(|part| part.amount >= cents(1_000)));
                let mut monthly = plan.installments.iter().rev().take(usize::try_from(*count).unwrap());
                let last = monthly.next().unwrap().amount;
                prop_assert!(monthly.all(|part| part.amount <= last && last.cents() - part.amount.cents() < i64::from(*count)));
            }
        }
    }

    #[test]
    fn what_is_chosen_is_what_was_offered(facts in any_facts(), down in 0_i64..30_000) {
        let offers = offers(&terms(), &facts, Some(cents(down)));
        for (days, offered) in offers.extensions.iter().flatten() {
            prop_assert_eq!(&plan(&terms(), &facts, Choice::Extension { days: *days }), &Ok(offered.clone()));
        }
        if let Ok(lengths) = offers.arrangements {
            for (count, offered) in lengths.plans {
                let choice = Choice::Arrangement { installments: count, down: Some(lengths.down) };
                prop_assert_eq!(plan(&terms(), &facts, choice), Ok(offered));
            }
        }
    }

    #[test]
    fn the_parts_of_what_is_left_are_what_is_left(
        first in 0_i64..=7_000, second in 0_i64..=9_000, disputed in 0_i64..9_000
    ) {
        let cover = cover([first, second], disputed.min(second));
        let shares: Money = cover.shares().iter().map(|share| share.amount).sum();
        prop_assert_eq!(shares, cover.to_pay());
        let progress = cover.progress();
        let unpaid: Money = progress.iter().map(|one| one.unpaid).sum();
        prop_assert_eq!(unpaid, cover.to_pay());
        for one in &progress {
            prop_assert_eq!(one.paid + one.aside + one.unpaid, one.installment.amount);
            prop_assert!(!one.paid.is_negative() && !one.aside.is_negative() && !one.unpaid.is_negative());
        }
        // Paid from the front, in dispute at the end.
        prop_assert!(progress.windows(2).all(|two| two[1].paid.is_zero() || two[0].unpaid.is_zero()));
        prop_assert!(progress.windows(2).all(|two| two[0].aside.is_zero() || two[1].unpaid.is_zero()));
    }

    #[test]
    fn nothing_is_lost_when_days_move(first in 0_i64..=7_000, second in 0_i64..=9_000, disputed in 0_i64..9_000) {
        let cover = cover([first, second], disputed.min(second));
        let leg = |debt: &CoveredDebt, position, remaining, disputed| OpenLeg {
            leg: LegId { entry: debt.entry, position },
            fund: if position == 0 { "WATER" } else { "SEWER" }.parse().unwrap(),
            is_penalty: false,
            due_on: debt.due_on,
            remaining,
            disputed,
        };
        let mut legs = Vec::new();
        for debt in &cover.debts {
            let remaining = debt.remaining.split(&[2, 1]);
            let disputed = disputes_of(&remaining, debt.disputed);
            legs.push(leg(debt, 0, remaining[0], disputed[0]));
            legs.push(leg(debt, 1, remaining[1], disputed[1]));
        }
        let before: Money = legs.iter().map(|leg| leg.remaining).sum();
        let aside: Money = legs.iter().map(|leg| leg.disputed).sum();
        let after = redated(legs, &cover.shares());
        prop_assert_eq!(after.iter().map(|leg| leg.remaining).sum::<Money>(), before);
        prop_assert_eq!(after.iter().map(|leg| leg.disputed).sum::<Money>(), aside);
        prop_assert!(after.iter().all(|leg| !leg.undisputed().is_negative()));
    }
}

fn disputes_of(remaining: &[Money], disputed: Money) -> Vec<Money> {
    crate::domain::disputes::shares(remaining, disputed)
}
