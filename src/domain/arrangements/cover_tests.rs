//! What becomes of an agreement: what a payment pays of it, what a dispute leaves, and when it is kept or broken.

use proptest::prelude::*;

use super::tests::{cents, day, on};
use super::*;
use crate::domain::allocation::{AllocationPolicy, OpenLeg};
use crate::domain::ledger::LegId;

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
        beside: Money::ZERO,
        remaining: cents(remaining),
        disputed: cents(disputed),
        freed: Vec::new(),
    };
    Cover {
        installments: ["2026-07-13", "2026-08-13", "2026-09-13"]
            .map(installment)
            .to_vec(),
        debts: vec![
            debt(1, "2026-06-24", 7_000, left[0], 0),
            debt(2, "2026-07-24", 5_000, left[1], disputed),
        ],
        not_before: None,
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

fn leg(entry: i64, due_on: &str, amount: i64) -> OpenLeg {
    OpenLeg {
        leg: LegId {
            entry: EntryId(entry),
            position: 0,
        },
        fund: "WATER".parse().unwrap(),
        is_penalty: false,
        due_on: day(due_on),
        remaining: cents(amount),
        disputed: Money::ZERO,
        first_from: None,
    }
}

/// What each debt gets of a payment, and what is left of it. Two debts are arranged, five days of grace; a third came after the agreement.
fn paid(amount: i64, on: &str, bill_due_on: &str) -> (Vec<(i64, i64)>, i64) {
    let legs = vec![
        leg(1, "2026-06-24", 7_000),
        leg(2, "2026-07-24", 5_000),
        leg(3, bill_due_on, 3_000),
    ];
    let legs = redated(legs, &cover([7_000, 5_000], 0).shares(), 5);
    let allocation = AllocationPolicy::default().lay_out_chosen(cents(amount), &legs, day(on));
    let mut parts: Vec<(i64, i64)> = allocation
        .parts
        .iter()
        .map(|part| (part.leg.entry.0, part.amount.cents()))
        .collect();
    parts.sort_unstable();
    (parts, allocation.left.cents())
}

#[test]
fn a_payment_pays_the_installment_that_is_due_and_the_bill_that_is_due_beside_it() {
    let paid = |amount| paid(amount, "2026-07-10", "2026-07-20");
    assert_eq!(paid(4_000), (vec![(1, 4_000)], 0));
    assert_eq!(paid(7_000), (vec![(1, 4_000), (3, 3_000)], 0));
    // The next installment is for both debts, in proportion.
    let ahead = vec![(1, 4_751), (2, 250), (3, 3_000)];
    assert_eq!(paid(8_001), (ahead, 0));
    assert_eq!(paid(15_001), (vec![(1, 7_000), (2, 5_000), (3, 3_000)], 1));
}

#[test]
fn who_pays_what_an_installment_asks_by_its_day_has_paid_it() {
    // The first installment, of $40.00, is due on July 13. The bill beside it is due on the same day, some days before, or long before.
    for bill_due_on in ["2026-07-13", "2026-07-12", "2026-07-08", "2026-06-13"] {
        for on in ["2026-07-01", "2026-07-08", "2026-07-13", "2026-07-18"] {
            if on < "2026-07-08" && bill_due_on < on {
                continue;
            }
            let exactly = paid(4_000, on, bill_due_on);
            assert_eq!(exactly, (vec![(1, 4_000)], 0), "{on}, {bill_due_on}");
        }
        // Some cents more, or less, near its day.
        for on in ["2026-07-08", "2026-07-13", "2026-07-18"] {
            let more = paid(4_100, on, bill_due_on);
            assert_eq!(more, (vec![(1, 4_000), (3, 100)], 0), "{on}, {bill_due_on}");
            let less = paid(3_900, on, bill_due_on);
            assert_eq!(less, (vec![(1, 3_900)], 0), "{on}, {bill_due_on}");
        }
    }
    // Long before its day, the same amount pays what is due today first: it may be meant for that.
    let due = paid(4_000, "2026-07-01", "2026-06-13");
    assert_eq!(due, (vec![(1, 1_000), (3, 3_000)], 0));
    // Exactly two of them, early.
    let two = paid(8_000, "2026-07-01", "2026-07-08");
    assert_eq!(two, (vec![(1, 7_000), (2, 1_000)], 0));
    // Long before its day, an older bill is paid first; one of the same day is not.
    let early = paid(4_100, "2026-07-01", "2026-07-02");
    assert_eq!(early, (vec![(1, 1_100), (3, 3_000)], 0));
    let early = paid(4_100, "2026-07-01", "2026-07-13");
    assert_eq!(early, (vec![(1, 4_000), (3, 100)], 0));
    // Who pays the bill and then the installment, each by its day, has paid both by the second.
    let (first, _) = paid(3_000, "2026-07-08", "2026-07-08");
    assert_eq!(
        first,
        [(1, 3_000)],
        "and the bill in its five days of grace"
    );
}

#[test]
fn an_amount_that_nobody_chose_is_meant_for_nothing() {
    let legs = vec![
        leg(1, "2026-06-24", 7_000),
        leg(2, "2026-07-24", 5_000),
        leg(3, "2026-07-05", 4_000),
    ];
    let legs = redated(legs, &cover([7_000, 5_000], 0).shares(), 5);
    let policy = AllocationPolicy::default();
    let first = |allocation: crate::domain::allocation::Allocation| {
        let part = &allocation.parts[0];
        (part.leg.entry.0, part.amount.cents())
    };
    let (amount, on) = (cents(4_000), day("2026-07-01"));
    assert_eq!(first(policy.lay_out(amount, &legs, on)), (3, 4_000));
    assert_eq!(first(policy.lay_out_chosen(amount, &legs, on)), (1, 4_000));
}

#[test]
fn what_an_ordinance_orders_comes_after_the_installment_that_is_asked_for() {
    let by_list = r#"{"order":[{"listed":["current","past"]},{"listed":["SEWER","WATER"]}]}"#;
    let policy: AllocationPolicy = serde_json::from_str(by_list).unwrap();
    let sewer = OpenLeg {
        fund: "SEWER".parse().unwrap(),
        ..leg(3, "2026-07-13", 3_000)
    };
    let legs = vec![
        leg(1, "2026-06-24", 7_000),
        leg(2, "2026-07-24", 5_000),
        sewer,
    ];
    let legs = redated(legs, &cover([7_000, 5_000], 0).shares(), 5);
    let allocation = policy.lay_out(cents(4_000), &legs, day("2026-07-13"));
    let part = &allocation.parts[0];
    assert_eq!((part.leg.entry.0, part.amount), (1, cents(4_000)));
}

#[test]
fn what_was_in_dispute_before_does_not_stand_before_the_installments() {
    // $40.00 of a bill of $110.00 were in dispute when $70.00 of it were arranged, and still are.
    let mut cover = cover([7_000, 5_000], 0);
    cover.debts[0].beside = cents(4_000);
    cover.debts[0].remaining = cents(11_000);
    cover.debts[0].disputed = cents(4_000);
    assert_eq!(cover.left(), cents(12_000));
    cover.debts[0].remaining = cents(7_000);
    assert_eq!(states(&cover, "2026-07-19")[0], InstallmentState::Paid);
    // Decided meanwhile, it is still what comes after.
    cover.debts[0].disputed = Money::ZERO;
    assert_eq!(cover.to_pay(), cents(8_000));
}

/// When what is left is to be paid: each day, and how much.
fn dues(cover: &Cover) -> Vec<(String, i64)> {
    let all = cover.progress();
    let open = all.iter().filter(|one| one.unpaid.is_positive());
    open.map(|one| (one.due_on.to_string(), one.unpaid.cents()))
        .collect()
}

#[test]
fn what_was_in_dispute_has_the_days_that_a_decision_leaves() {
    use ArrangementState::{Broken, Open};
    use InstallmentState::{Due, Late, Missed, Paid};
    // The last $50.00 were in dispute and are a debt like any other from September 2; the first $40.00 are paid.
    let mut cover = cover([3_000, 5_000], 0);
    cover.debts[1].freed = vec![(day("2026-09-02"), cents(5_000))];
    assert_eq!(
        dues(&cover),
        [
            on("2026-08-13", 3_000),
            on("2026-09-02", 1_000),
            on("2026-09-13", 4_000)
        ]
    );
    assert_eq!(states(&cover, "2026-08-19"), [Paid, Missed, Due, Due]);
    // That is paid: nothing is late for the days of the dispute.
    cover.debts[0].remaining = Money::ZERO;
    assert_eq!(dues(&cover)[0], on("2026-09-02", 1_000));
    let standing = |on| cover.standing(Money::ZERO, 5, day(on));
    assert_eq!(standing("2026-09-07"), Open);
    assert_eq!(states(&cover, "2026-09-07"), [Paid, Late, Due]);
    assert_eq!(standing("2026-09-08"), Broken);
    let all: Money = cover
        .progress()
        .iter()
        .map(|one| one.installment.amount)
        .sum();
    assert_eq!(all, cover.amount());
    assert!(cover.progress()[1].is_moved() && !cover.progress()[2].is_moved());
}

#[test]
fn a_cent_that_is_disputed_later_does_not_move_what_was_decided_before() {
    let mut cover = cover([0, 5_000], 0);
    cover.debts[1].freed = vec![
        (day("2026-09-02"), cents(4_900)),
        (day("2026-10-10"), cents(1)),
    ];
    assert_eq!(
        dues(&cover),
        [
            on("2026-08-13", 99),
            on("2026-09-02", 901),
            on("2026-09-13", 3_999),
            on("2026-10-10", 1)
        ]
    );
}

#[test]
fn what_came_back_after_it_was_kept_has_two_weeks() {
    let mut cover = cover([0, 5_000], 0);
    cover.not_before = Some(day("2026-10-15"));
    assert_eq!(
        dues(&cover),
        [on("2026-10-15", 1_000), on("2026-10-15", 4_000)]
    );
    let state = cover.standing(Money::ZERO, 5, day("2026-10-20"));
    assert_eq!(state, ArrangementState::Open);
}

#[test]
fn the_next_installment_is_asked_for_and_all_whose_day_has_come() {
    let progress = cover([7_000, 5_000], 0).progress();
    let asked = |on| {
        let asked = asked(&progress, day(on)).unwrap();
        (asked.amount.cents(), asked.due_on, asked.until)
    };
    let first = day("2026-07-13");
    assert_eq!(asked("2026-07-01"), (4_000, first, first));
    let both = asked("2026-08-13");
    assert_eq!(both, (8_000, first, day("2026-08-13")));
}

proptest! {
    #[test]
    fn the_parts_of_what_is_left_are_what_is_left(
        first in 0_i64..=7_000, second in 0_i64..=9_000, disputed in 0_i64..9_000, freed: bool
    ) {
        let mut cover = cover([first, second], disputed.min(second));
        if freed {
            cover.debts[1].freed = vec![
                (day("2026-08-20"), cents(2_000)),
                (day("2026-09-02"), cents(3_000)),
            ];
        }
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
        prop_assert!(progress.is_sorted_by_key(|one| one.due_on));
        let installments: Money = progress.iter().map(|one| one.installment.amount).sum();
        prop_assert_eq!(installments, cover.amount());
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
            first_from: None,
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
        let after = redated(legs, &cover.shares(), 5);
        prop_assert_eq!(after.iter().map(|leg| leg.remaining).sum::<Money>(), before);
        prop_assert_eq!(after.iter().map(|leg| leg.disputed).sum::<Money>(), aside);
        prop_assert!(after.iter().all(|leg| !leg.undisputed().is_negative()));
    }
}

fn disputes_of(remaining: &[Money], disputed: Money) -> Vec<Money> {
    crate::domain::disputes::shares(remaining, disputed)
}
