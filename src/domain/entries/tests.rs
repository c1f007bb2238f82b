//! The entries of single events, and what they come to together.

use std::collections::BTreeMap;

use super::*;
use crate::domain::allocation::{AllocationPolicy, OpenLeg};
use crate::domain::ledger::{LegId, SourceKind, sums_by_fund};
use proptest::prelude::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn event() -> Event {
    let source = Source {
        kind: SourceKind::Bill,
        id: 1,
    };
    Event {
        account: AccountId(1),
        source,
        on: day("2026-03-01"),
        memo: None,
    }
}

fn charge(fund: &str, gl: &str, cents: i64) -> Charge {
    Charge {
        fund: fund.parse().unwrap(),
        gl: gl.parse().unwrap(),
        amount: Money::from_cents(cents),
    }
}

fn billed(lines: &[Charge]) -> Entry {
    bill(Chart::standard(), &event(), day("2026-03-22"), lines).unwrap()
}

/// What the entry's debts are, as a payment sees them.
fn open(entry: &Entry, id: i64) -> Vec<OpenLeg> {
    let leg = |position| LegId {
        entry: EntryId(id),
        position,
    };
    let debt = |(position, posting): (i32, &Posting)| OpenLeg {
        leg: leg(position),
        fund: posting.fund.clone(),
        is_penalty: false,
        due_on: posting.due_on.unwrap(),
        remaining: posting.amount,
        disputed: Money::ZERO,
        first_from: None,
    };
    entry.debts().map(debt).collect()
}

fn sum(entry: &Entry, role: Role, fund: &str) -> i64 {
    let gl = Chart::standard().code(role);
    let legs = entry
        .postings()
        .iter()
        .filter(|posting| posting.gl == *gl && posting.fund.as_str() == fund);
    legs.map(|posting| posting.amount).sum::<Money>().cents()
}

fn paid(debts: &[OpenLeg], cents: i64) -> Entry {
    let receipt = Receipt {
        amount: Money::from_cents(cents),
        into: Role::Bank,
    };
    let allocation = AllocationPolicy::default().lay_out(receipt.amount, debts, event().on);
    payment(Chart::standard(), &event(), receipt, &allocation).unwrap()
}

#[test]
fn a_bill_is_owed_fund_by_fund() {
    let entry = billed(&[
        charge("WATER", "4020", 2_960),
        charge("WATER", "2300", 84),
        charge("SEWER", "4010", 1_000),
    ]);
    assert_eq!(entry.receivable(), Money::from_cents(4_044));
    assert_eq!(sum(&entry, Role::Receivable, "WATER"), 3_044);
    assert_eq!(sum(&entry, Role::TaxesPayable, "WATER"), -84);
    assert_eq!(sum(&entry, Role::Receivable, "SEWER"), 1_000);
    assert_eq!(entry.postings().len(), 5);
}

#[test]
fn exported_solar_pays_for_water_through_the_pool() {
    let entry = billed(&[
        charge("WATER", "4020", 5_000),
        charge("ELECTRIC", "4020", -2_000),
    ]);
    assert_eq!(entry.receivable(), Money::from_cents(3_000));
    assert_eq!(sum(&entry, Role::Receivable, "WATER"), 3_000);
    assert_eq!(sum(&entry, Role::DueFromPool, "WATER"), 2_000);
    assert_eq!(sum(&entry, Role::DueFromPool, "ELECTRIC"), -2_000);
}

#[test]
fn a_bill_of_less_than_nothing_is_held_for_the_customer() {
    let entry = billed(&[
        charge("WATER", "4020", 500),
        charge("ELECTRIC", "4020", -2_000),
    ]);
    assert_eq!(entry.receivable(), Money::from_cents(-1_500));
    assert_eq!(sum(&entry, Role::CustomerCredits, "POOL"), -1_500);
    assert_eq!(entry.debts().count(), 0);
}

#[test]
fn an_overpayment_is_held_in_the_pool() {
    let bill = billed(&[
        charge("WATER", "4020", 2_000),
        charge("SEWER", "4020", 1_000),
    ]);
    let entry = paid(&open(&bill, 1), 3_500);
    assert_eq!(sum(&entry, Role::Bank, "POOL"), 3_500);
    assert_eq!(sum(&entry, Role::CustomerCredits, "POOL"), -500);
    assert_eq!(sum(&entry, Role::DueFromPool, "WATER"), 2_000);
    assert_eq!(entry.receivable(), Money::from_cents(-3_500));
}

#[test]
fn a_correction_of_one_service_may_pay_another() {
    let bill = billed(&[charge("SEWER", "4020", 1_000)]);
    let given = charge("WATER", "4900", 1_500);
    let allocation = AllocationPolicy::default().lay_out(given.amount, &open(&bill, 1), event().on);
    let entry = credit_adjustment(Chart::standard(), &event(), given, &allocation).unwrap();
    assert_eq!(sum(&entry, Role::Adjustments, "WATER"), 1_500);
    assert_eq!(sum(&entry, Role::DueFromPool, "WATER"), -1_500);
    assert_eq!(sum(&entry, Role::Receivable, "SEWER"), -1_000);
    assert_eq!(sum(&entry, Role::CustomerCredits, "POOL"), -500);
}

#[test]
fn nothing_and_less_are_refused() {
    let receipt = Receipt {
        amount: Money::ZERO,
        into: Role::Bank,
    };
    let allocation = Allocation {
        parts: Vec::new(),
        left: Money::ZERO,
    };
    let refused = payment(Chart::standard(), &event(), receipt, &allocation);
    assert_eq!(refused, Err(LedgerError::NotPositive(Money::ZERO)));
    assert!(
        refund(
            Chart::standard(),
            &event(),
            Money::from_cents(-5),
            Role::Bank
        )
        .is_err()
    );
}

fn any_lines() -> impl Strategy<Value = Vec<Charge>> {
    let funds = vec![
        "WATER", "SEWER", "STORM", "ELECTRIC", "GAS", "REFUSE", "GENERAL",
    ];
    let line = (
        prop::sample::select(funds),
        prop::sample::select(vec!["4010", "4020", "2300", "2310"]),
        -20_000_i64..60_000,
    );
    prop::collection::vec(
        line.prop_map(|(fund, gl, cents)| charge(fund, gl, cents)),
        0..10,
    )
}

/// The sum over entries of each account and fund, without those that came to nothing.
fn trial_balance<'a>(
    entries: impl IntoIterator<Item = &'a Entry>,
) -> BTreeMap<(GlCode, FundCode), Money> {
    let mut sums = BTreeMap::new();
    for posting in entries.into_iter().flat_map(Entry::postings) {
        *sums
            .entry((posting.gl.clone(), posting.fund.clone()))
            .or_insert(Money::ZERO) += posting.amount;
    }
    sums.retain(|_, sum| !sum.is_zero());
    sums
}

proptest! {
    #[test]
    fn a_bill_is_its_total_and_each_fund_balances(lines in any_lines()) {
        let entry = billed(&lines);
        prop_assert_eq!(entry.receivable(), lines.iter().map(|line| line.amount).sum());
        prop_assert!(sums_by_fund(entry.postings()).values().all(|sum| sum.is_zero()));
        prop_assert!(entry.debts().all(|(_, posting)| posting.amount.is_positive()));
    }

    #[test]
    fn a_canceled_bill_leaves_nothing(lines in any_lines()) {
        let entry = billed(&lines);
        let debts: Vec<Part> = open(&entry, 1).into_iter().map(|debt| Part { leg: debt.leg, fund: debt.fund, amount: debt.remaining }).collect();
        let back = cancellation(Chart::standard(), &event(), EntryId(1), entry.postings(), &debts).unwrap();
        prop_assert_eq!(back.receivable(), -entry.receivable());
        prop_assert!(trial_balance([&entry, &back]).is_empty());
    }

    #[test]
    fn a_returned_payment_leaves_the_debts_as_they_were(lines in any_lines(), cents in 1_i64..200_000) {
        let bill = billed(&lines);
        let entry = paid(&open(&bill, 1), cents);
        let standing: Vec<Part> = entry.applications().iter().map(|a| Part { leg: a.leg, fund: a.fund.clone(), amount: a.amount }).collect();
        let receipt = Receipt { amount: Money::from_cents(cents), into: Role::Bank };
        let back = payment_return(Chart::standard(), &event(), receipt, EntryId(2), &standing).unwrap();
        prop_assert!(trial_balance([&entry, &back]).is_empty());
        for (applied, back) in entry.applications().iter().zip(back.applications()) {
            prop_assert_eq!((applied.leg, applied.amount), (back.leg, -back.amount));
            prop_assert_eq!(back.credit, Some(EntryId(2)));
        }
    }

    #[test]
    fn a_release_and_a_new_application_cross_out(lines in any_lines(), cents in 1_i64..200_000) {
        let bill = billed(&lines);
        let entry = paid(&open(&bill, 1), cents);
        let parts: Vec<Part> = entry.applications().iter().map(|a| Part { leg: a.leg, fund: a.fund.clone(), amount: a.amount }).collect();
        prop_assume!(!parts.is_empty());
        let standing: Vec<Standing> = parts.iter().map(|part| Standing { credit: EntryId(2), part: part.clone() }).collect();
        let release = credit_release(Chart::standard(), &event(), &standing, Money::ZERO, day("2026-03-22")).unwrap();
        let again = credit_application(Chart::standard(), &event(), &parts).unwrap();
        prop_assert_eq!(release.receivable(), Money::ZERO);
        prop_assert!(trial_balance([&release, &again]).is_empty());
    }
}
