//! Where a payment goes: which debts it pays first, to the cent.

use super::*;
use crate::domain::ids::EntryId;
use proptest::prelude::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn debt(entry: i64, fund: &str, due_on: &str, cents: i64) -> OpenLeg {
    let leg = LegId {
        entry: EntryId(entry),
        position: 0,
    };
    let remaining = Money::from_cents(cents);
    OpenLeg {
        leg,
        fund: fund.parse().unwrap(),
        is_penalty: fund == "GENERAL",
        due_on: day(due_on),
        remaining,
        disputed: Money::ZERO,
        first_from: None,
    }
}

/// January and February of four services at $10.00 each, and a late fee (in GENERAL) due in between; today is 20 February.
fn debts() -> Vec<OpenLeg> {
    let services = ["WATER", "SEWER", "STORM", "REFUSE"];
    let january = services
        .iter()
        .zip(1..)
        .map(|(fund, entry)| debt(entry, fund, "2026-01-31", 1_000));
    let february = services
        .iter()
        .zip(6..)
        .map(|(fund, entry)| debt(entry, fund, "2026-02-28", 1_000));
    january
        .chain([debt(5, "GENERAL", "2026-02-10", 500)])
        .chain(february)
        .collect()
}

/// Lays out a payment large enough for everything and names the debts in the order in which they were served.
fn served(policy: &str) -> String {
    let policy: AllocationPolicy = serde_json::from_str(policy).unwrap();
    let names = [
        "", "water1", "sewer1", "storm1", "refuse1", "fee", "water2", "sewer2", "storm2", "refuse2",
    ];
    let allocation = policy.lay_out(Money::from_cents(100_000), &debts(), day("2026-02-20"));
    let name = |part: &Part| names[usize::try_from(part.leg.entry.0).unwrap()];
    allocation
        .parts
        .iter()
        .map(name)
        .collect::<Vec<_>>()
        .join(" ")
}

#[test]
fn each_ordinance_has_its_order() {
    assert_eq!(
        served(r#"{"order":["oldest-due"]}"#),
        "water1 sewer1 storm1 refuse1 fee water2 sewer2 storm2 refuse2"
    );
    // Morgantown: for each of water, storm, sewer: penalty, past, current.
    assert_eq!(
        served(
            r#"{"order":[{"listed":["WATER","STORM","FIRE","SEWER"]},{"listed":["penalty","past","current"]}]}"#
        ),
        "water1 water2 storm1 storm2 sewer1 sewer2 fee refuse1 refuse2"
    );
    // Warr Acres: current first, trash, fees, sewer; then past.
    assert_eq!(
        served(
            r#"{"order":[{"listed":["current","past"]},{"listed":["REFUSE","penalty","SEWER"]}]}"#
        ),
        "refuse2 sewer2 water2 storm2 refuse1 fee sewer1 water1 storm1"
    );
    // Fairmont: oldest first, sewer before water.
    assert_eq!(
        served(r#"{"order":["oldest-due",{"listed":["SEWER","WATER"]}]}"#),
        "sewer1 water1 storm1 refuse1 fee sewer2 water2 storm2 refuse2"
    );
    // Lake Mary: garbage, storm, sewer, water last of all.
    assert_eq!(
        served(r#"{"order":[{"listed":["REFUSE","STORM","SEWER","*","WATER"]},"oldest-due"]}"#),
        "refuse1 refuse2 storm1 storm2 sewer1 sewer2 fee water1 water2"
    );
}

#[test]
fn equal_debts_share_in_proportion_or_take_turns() {
    let debts = [
        debt(1, "WATER", "2026-01-31", 2_000),
        debt(2, "SEWER", "2026-01-31", 1_000),
    ];
    let pay = |among_equals| {
        let policy = AllocationPolicy {
            among_equals,
            ..AllocationPolicy::default()
        };
        let allocation = policy.lay_out(Money::from_cents(1_000), &debts, day("2026-02-20"));
        allocation
            .parts
            .iter()
            .map(|part| part.amount.cents())
            .collect::<Vec<_>>()
    };
    assert_eq!(pay(AmongEquals::ProRata), [667, 333]);
    assert_eq!(pay(AmongEquals::InTurn), [1_000]);
}

#[test]
fn a_word_that_means_nothing_is_refused() {
    assert!(
        serde_json::from_str::<AllocationPolicy>(r#"{"order":[{"listed":["whenever"]}]}"#).is_err()
    );
}

#[test]
fn what_is_in_dispute_is_paid_last() {
    let disputed = OpenLeg {
        disputed: Money::from_cents(800),
        ..debt(1, "WATER", "2026-01-31", 1_000)
    };
    let debts = [disputed, debt(2, "WATER", "2026-02-28", 500)];
    let pay = |cents: i64| {
        let amount = Money::from_cents(cents);
        let allocation = AllocationPolicy::default().lay_out(amount, &debts, day("2026-02-20"));
        let part = |part: &Part| (part.leg.entry.0, part.amount.cents());
        let parts: Vec<_> = allocation.parts.iter().map(part).collect();
        (parts, allocation.left.cents())
    };
    assert_eq!(pay(600), (vec![(1, 200), (2, 400)], 0));
    assert_eq!(pay(1_000), (vec![(1, 500), (2, 500)], 0));
    assert_eq!(pay(2_000), (vec![(1, 1_000), (2, 500)], 500));
}

fn any_debts() -> impl Strategy<Value = Vec<OpenLeg>> {
    let one = (0_usize..4, 0_u64..400, -5_000_i64..50_000, any::<bool>());
    prop::collection::vec(one, 0..12).prop_map(|rows| {
        let funds = ["WATER", "SEWER", "STORM", "REFUSE"];
        let make = |(entry, (fund, days, cents, is_penalty)): (i64, (usize, u64, i64, bool))| {
            let disputed = if days < 200 { cents.max(0) / 2 } else { 0 };
            OpenLeg {
                due_on: day("2026-01-01") + chrono::Days::new(days),
                is_penalty,
                disputed: Money::from_cents(disputed),
                first_from: (days % 3 == 0 && disputed == 0)
                    .then_some(day("2026-05-01") + chrono::Days::new(days)),
                ..debt(entry, funds[fund], "2026-01-01", cents)
            }
        };
        (1..).zip(rows).map(make).collect()
    })
}

fn any_policy() -> impl Strategy<Value = AllocationPolicy> {
    let word = prop::sample::select(vec![
        "penalty", "past", "current", "*", "WATER", "SEWER", "STORM",
    ]);
    let listed = prop::collection::vec(word, 0..6).prop_map(|words| {
        Key::Listed(
            words
                .iter()
                .map(|word| Word::try_from((*word).to_owned()).unwrap())
                .collect(),
        )
    });
    let key = prop_oneof![Just(Key::OldestDue), listed];
    let among_equals = prop_oneof![Just(AmongEquals::ProRata), Just(AmongEquals::InTurn)];
    (prop::collection::vec(key, 0..4), among_equals).prop_map(|(order, among_equals)| {
        AllocationPolicy {
            order,
            among_equals,
        }
    })
}

proptest! {
    #[test]
    fn nothing_is_lost_and_no_debt_is_overpaid(policy in any_policy(), debts in any_debts(), cents in -100_i64..400_000) {
        let on = day("2026-06-15");
        let amount = Money::from_cents(cents);
        let allocation = policy.lay_out(amount, &debts, on);
        prop_assert_eq!(allocation.applied() + allocation.left, amount.max(Money::ZERO));
        let mut short = false;
        for part in &allocation.parts {
            let debt = debts.iter().find(|debt| debt.leg == part.leg).unwrap();
            prop_assert!(part.amount.is_positive() && part.amount <= debt.remaining);
            short |= part.amount < debt.remaining;
        }
        // Money is left only when everything is paid.
        let owed: Money = debts.iter().map(|debt| debt.remaining.max(Money::ZERO)).sum();
        prop_assert_eq!(allocation.left.is_positive(), amount > owed);
        prop_assert!(!(short && allocation.left.is_positive()));
    }

    #[test]
    fn the_order_in_which_debts_are_handed_over_does_not_matter(policy in any_policy(), debts in any_debts(), cents in 0_i64..400_000) {
        let on = day("2026-06-15");
        let backwards: Vec<OpenLeg> = debts.iter().rev().cloned().collect();
        let amount = Money::from_cents(cents);
        prop_assert_eq!(policy.lay_out(amount, &debts, on), policy.lay_out(amount, &backwards, on));
    }

    #[test]
    fn a_policy_reads_back_as_it_was_written(policy in any_policy()) {
        let text = serde_json::to_string(&policy).unwrap();
        prop_assert_eq!(serde_json::from_str::<AllocationPolicy>(&text).unwrap(), policy);
    }
}

#[test]
fn what_is_given_for_a_service_pays_its_own_debt_first() {
    let policy = AllocationPolicy::default();
    let water: FundCode = "WATER".parse().unwrap();
    let mut all = debts();
    // February's water is in dispute, and what is given is for it.
    all[5].disputed = all[5].remaining;
    let meant = |leg: LegId| leg.entry == EntryId(6);
    let given = |cents, is_meant: &dyn Fn(LegId) -> bool| {
        let amount = Money::from_cents(cents);
        let whose = (&water, is_meant);
        let laid = policy.lay_out_given(amount, &all, whose, day("2026-02-20"));
        let parts = laid.parts.iter();
        let parts: Vec<(i64, i64)> = parts
            .map(|part| (part.leg.entry.0, part.amount.cents()))
            .collect();
        (parts, laid.left.cents())
    };
    assert_eq!(given(750, &meant), (vec![(6, 750)], 0));
    assert_eq!(given(1_500, &meant), (vec![(6, 1_000), (1, 500)], 0));
    assert_eq!(given(1_500, &|_| false), (vec![(1, 1_000), (6, 500)], 0));
    // Nothing is lost: what its own service does not take goes on to the others.
    let (parts, left) = given(9_000, &meant);
    assert_eq!(parts.iter().map(|(_, cents)| cents).sum::<i64>(), 8_500);
    assert_eq!(left, 500);
}
