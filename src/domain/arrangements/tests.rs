//! The rules of what is offered: amounts that add up, and reasons that are said.

use chrono::{Days, NaiveDate};
use proptest::prelude::*;

use super::*;
use crate::domain::accounts::AccountClass;
use crate::domain::arrangement_policy::{ArrangementPolicy, Often, Terms};
use crate::domain::ids::ArrangementNumber;
use crate::domain::working_days::is_working_day;

pub(super) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub(super) fn cents(cents: i64) -> Money {
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
                disputed: Money::ZERO,
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

pub(super) fn on(days: &str, amount: i64) -> (String, i64) {
    (days.to_owned(), amount)
}

#[test]
fn installments_fall_on_the_days_of_bills_and_the_last_one_carries_the_cents() {
    let facts = facts(&[(1, "2026-06-24", 10_000), (2, "2026-07-24", 2_000)]);
    let choice = Choice::Arrangement {
        installments: 4,
        down: None,
        paydays: None,
    };
    // A quarter of the $100.00 that is past due first; the calendar ends on a Saturday in October.
    let plan = plan(&terms(), &facts, choice).unwrap();
    assert_eq!(
        told(&plan),
        [
            on("2026-07-13", 2_500),
            on("2026-08-24", 2_375),
            on("2026-09-23", 2_375),
            on("2026-10-26", 2_375),
            on("2026-11-24", 2_375),
        ]
    );
    let three = Choice::Arrangement {
        installments: 3,
        down: Some(cents(2_000 + 500)),
        paydays: None,
    };
    let odd = super::plan(&terms(), &self::facts(&[(1, "2026-07-24", 12_500)]), three).unwrap();
    assert_eq!(
        told(&odd)[1..],
        [
            on("2026-08-24", 3_333),
            on("2026-09-23", 3_333),
            on("2026-10-26", 3_334),
        ]
    );
}

#[test]
fn installments_fall_on_paydays_after_what_is_paid_first() {
    let facts = facts(&[(1, "2026-06-24", 10_000)]);
    let with = |every, from, installments| {
        let from = day(from);
        let choice = Choice::Arrangement {
            installments,
            down: None,
            paydays: Some(Paydays { every, from }),
        };
        plan(&terms(), &facts, choice)
    };
    // A quarter first, on July 13; the payday before it is passed over.
    assert_eq!(
        told(&with(Every::TwoWeeks, "2026-07-10", 3).unwrap()),
        [
            on("2026-07-13", 2_500),
            on("2026-07-24", 2_500),
            on("2026-08-07", 2_500),
            on("2026-08-21", 2_500),
        ]
    );
    let weekly = with(Every::Week, "2026-07-17", 7).unwrap();
    assert_eq!(
        told(&weekly)[6..],
        [on("2026-08-21", 1_071), on("2026-08-28", 1_074)]
    );
    let monthly = with(Every::Month, "2026-07-31", 3).unwrap();
    assert_eq!(told(&monthly)[3], on("2026-09-30", 2_500));
    let last = day("2026-08-24");
    for strange in ["2026-07-09", "2026-08-25"] {
        let refused = Refusal::NotAPayday(facts.today, last);
        assert_eq!(with(Every::Week, strange, 2), Err(vec![refused]));
    }
    // Each is as much as the policy asks, and all are within its months.
    assert_eq!(
        with(Every::Week, "2026-07-17", 8),
        Err(vec![Refusal::NoSuchLength])
    );
}

#[test]
fn no_installment_falls_on_a_day_on_which_the_office_is_closed() {
    let mut facts = facts(&[(1, "2026-06-24", 10_000)]);
    facts.today = day("2026-07-01");
    let with = |every, from| {
        let choice = Choice::Arrangement {
            installments: 3,
            down: None,
            paydays: Some(Paydays {
                every,
                from: day(from),
            }),
        };
        told(&plan(&terms(), &facts, choice).unwrap())
    };
    // What is paid first by Saturday, July 4, is asked on Monday; paydays of the weekend before that are passed over.
    assert_eq!(
        with(Every::Week, "2026-07-05"),
        [
            on("2026-07-06", 2_500),
            on("2026-07-13", 2_500),
            on("2026-07-20", 2_500),
            on("2026-07-27", 2_500),
        ]
    );
    // Paid on Mondays: Labor Day is one.
    assert_eq!(
        with(Every::TwoWeeks, "2026-08-10")[1..],
        [
            on("2026-08-10", 2_500),
            on("2026-08-24", 2_500),
            on("2026-09-08", 2_500),
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
fn a_later_due_date_is_a_day_on_which_the_office_is_open() {
    let longer = |due_on: &str, days| {
        let facts = facts(&[(1, due_on, 4_000)]);
        told(&plan(&terms(), &facts, Choice::Extension { days }).unwrap())
    };
    // Ten days after July 15 is a Saturday; ten after August 28 is Labor Day.
    assert_eq!(longer("2026-07-15", 10), [on("2026-07-27", 4_000)]);
    assert_eq!(longer("2026-08-28", 10), [on("2026-09-08", 4_000)]);
    let mut terms = terms();
    if let Some(extension) = &mut terms.extension {
        extension.lengths_days = vec![8, 9, 12];
    }
    // From July 10, the 18th and the 19th are a weekend, and both are Monday.
    let facts = facts(&[(1, "2026-07-05", 4_000)]);
    let offered = offers(&terms, &facts, (None, None)).extensions.unwrap();
    let days: Vec<u32> = offered.iter().map(|(days, _)| *days).collect();
    assert_eq!(days, [8, 12]);
}

#[test]
fn every_reason_is_said() {
    let why = |facts: &Facts| offers(&terms(), facts, (None, None));
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
    let none = offers(
        &Terms::default(),
        &facts(&[(1, "2026-07-24", 9_000)]),
        (None, None),
    );
    assert_eq!(none.extensions, Err(vec![Refusal::NotOffered]));
}

#[test]
fn history_counts_within_its_months() {
    use ArrangementKind::{Arrangement, Extension};
    use ArrangementState::{Broken, Canceled, Kept, Open};
    let with = |history: &[Past]| {
        let mut facts = facts(&[(1, "2026-07-24", 9_000)]);
        facts.history = history.to_vec();
        offers(&terms(), &facts, (None, None))
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
            paydays: None,
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

#[test]
fn a_plan_that_gives_no_time_is_not_offered() {
    let counts = |facts: &Facts, down| {
        let lengths = offers(&terms(), facts, (down, None)).arrangements.unwrap();
        let counts: Vec<u32> = lengths.plans.iter().map(|(count, _)| *count).collect();
        counts
    };
    // Nothing is past due and nothing is paid first: one payment on the day of the bill is what the bill says.
    let current = facts(&[(1, "2026-07-24", 9_000)]);
    assert_eq!(counts(&current, None)[..2], [2, 3]);
    let late = facts(&[(1, "2026-06-24", 9_000)]);
    assert_eq!(counts(&late, None)[..2], [1, 2]);
}

#[test]
fn the_first_monthly_payment_is_not_on_the_heels_of_the_first_payment() {
    let mut facts = facts(&[(1, "2026-06-24", 9_000)]);
    for today in ["2026-07-20", "2026-07-10", "2026-07-05"] {
        facts.today = day(today);
        let choice = Choice::Arrangement {
            installments: 2,
            down: None,
            paydays: None,
        };
        let days: Vec<NaiveDate> = plan(&terms(), &facts, choice)
            .unwrap()
            .installments
            .iter()
            .map(|part| part.due_on)
            .collect();
        assert!(
            days.windows(2)
                .all(|two| (two[1] - two[0]).num_days() >= 15),
            "{days:?}"
        );
    }
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
                disputed: Money::ZERO,
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
        let offers = offers(&terms(), &facts, (Some(cents(down)), None));
        let lengths = offers.arrangements.iter().flat_map(|lengths| &lengths.plans);
        let extensions = offers.extensions.iter().flatten();
        for (count, plan) in lengths.chain(extensions) {
            let all: Money = plan.installments.iter().map(|part| part.amount).sum();
            prop_assert_eq!(all, plan.amount());
            prop_assert!(plan.installments.is_sorted_by(|a, b| a.due_on < b.due_on));
            prop_assert!(plan.installments.iter().all(|part| part.due_on > facts.today && part.amount.is_positive()));
            prop_assert!(plan.installments.iter().all(|part| is_working_day(part.due_on)));
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
        let offers = offers(&terms(), &facts, (Some(cents(down)), None));
        for (days, offered) in offers.extensions.iter().flatten() {
            prop_assert_eq!(&plan(&terms(), &facts, Choice::Extension { days: *days }), &Ok(offered.clone()));
        }
        if let Ok(lengths) = offers.arrangements {
            for (count, offered) in lengths.plans {
                let choice = Choice::Arrangement { installments: count, down: Some(lengths.down), paydays: None };
                prop_assert_eq!(plan(&terms(), &facts, choice), Ok(offered));
            }
        }
    }
}
