//! The rules of budget billing, by figures worked out by hand.

use proptest::prelude::*;

use super::*;

fn cents(amounts: &[i64]) -> Vec<Money> {
    amounts.iter().copied().map(Money::from_cents).collect()
}

fn money(cents: i64) -> Money {
    Money::from_cents(cents)
}

/// As shipped: twelve bills, reviews after the fourth and eighth, 15 percent, $10.00.
fn terms() -> BudgetTerms {
    BudgetPlanPolicy::default().terms
}

fn month(variant: BudgetVariant, place: u32, charges: i64, before: i64) -> Month<'static> {
    Month {
        variant,
        settle: BudgetSettle::Pay,
        amount: Amount {
            level: money(10_000),
            spread: Money::ZERO,
        },
        place,
        charges: money(charges),
        before: money(before),
        earlier: &[],
    }
}

#[test]
fn a_year_is_a_year_whatever_the_cycle() {
    let two = terms().for_bills_of(2);
    assert_eq!((two.history_bills, two.year_bills), (6, 6));
    assert_eq!(two.review_after, [2, 4]);
    let quarterly = terms().for_bills_of(3);
    assert_eq!((quarterly.history_bills, quarterly.year_bills), (4, 4));
    assert_eq!(quarterly.review_after, [2, 3]);
    let yearly = terms().for_bills_of(12);
    assert_eq!((yearly.year_bills, yearly.review_after), (2, vec![1]));
    assert_eq!(terms().for_bills_of(1), terms());
    // The sixth bill of two months settles: a deficit of $60.00 is ten dollars on each of the next six.
    let end = two.settled(
        (BudgetVariant::Fixed, 6),
        money(6_000),
        &cents(&[10_000; 6]),
    );
    let end = end.expect("an amount").expect("the end of a year");
    assert_eq!(end.next.spread, money(1_000));
}

#[test]
fn an_average_is_rounded_once_to_the_cent() {
    // 100.00 + 100.00 + 100.01 = 300.01, a third of it is 100.003…
    assert_eq!(
        average(&cents(&[10_000, 10_000, 10_001])),
        Ok(money(10_000))
    );
    // 0.01 + 0.00 = 0.01, half of it is half a cent.
    assert_eq!(average(&cents(&[1, 0])), Ok(money(1)));
    assert_eq!(average(&[]), Ok(Money::ZERO));
    assert_eq!(average(&cents(&[-500, -500])), Ok(Money::ZERO));
}

#[test]
fn a_fixed_amount_is_asked_whatever_the_bill_charges() {
    let asked = |charges, before| terms().asked(&month(BudgetVariant::Fixed, 3, charges, before));
    assert_eq!(asked(18_000, 2_500), Ok(money(10_000)));
    assert_eq!(asked(3_000, 0), Ok(money(10_000)));
    assert_eq!(asked(-2_000, 0), Ok(money(10_000)));
}

#[test]
fn no_more_is_put_off_than_the_terms_allow() {
    // 700.00 charged and 50.00 put off before: with 100.00 asked 650.00 would be, and 600.00 may be.
    let asked = terms().asked(&month(BudgetVariant::Fixed, 3, 70_000, 5_000));
    assert_eq!(asked, Ok(money(15_000)));
}

#[test]
fn a_rolling_amount_goes_along_with_the_last_bills_and_the_difference() {
    let earlier = cents(&[12_000, 9_000, 6_000]);
    let mut terms = terms();
    terms.history_bills = 3;
    let rolling = Month {
        earlier: &earlier,
        ..month(BudgetVariant::Rolling, 1, 15_000, 2_400)
    };
    // (150 + 120 + 90) / 3 = 120.00, and a twelfth of 24.00.
    assert_eq!(terms.asked(&rolling), Ok(money(12_200)));
}

#[test]
fn the_last_bill_of_an_equal_plan_settles() {
    let asked = |place, settle, charges, before| {
        let month = Month {
            settle,
            ..month(BudgetVariant::Equal, place, charges, before)
        };
        terms().asked(&month)
    };
    assert_eq!(
        asked(11, BudgetSettle::Pay, 8_000, 3_000),
        Ok(money(10_000))
    );
    assert_eq!(
        asked(12, BudgetSettle::Pay, 8_000, 3_000),
        Ok(money(11_000))
    );
    assert_eq!(
        asked(12, BudgetSettle::Spread, 8_000, 3_000),
        Ok(money(10_000))
    );
    assert_eq!(
        asked(12, BudgetSettle::Spread, 8_000, -3_000),
        Ok(money(5_000))
    );
    assert_eq!(asked(12, BudgetSettle::Pay, 8_000, -9_000), Ok(Money::ZERO));
}

#[test]
fn a_review_changes_what_is_more_than_fifteen_percent_away() {
    let amount = Amount {
        level: money(10_000),
        spread: money(250),
    };
    let reviewed = |variant, place, level: i64| {
        terms().reviewed((variant, place), amount, &cents(&[level; 12]))
    };
    assert_eq!(reviewed(BudgetVariant::Fixed, 4, 11_500), Ok(None));
    assert_eq!(
        reviewed(BudgetVariant::Fixed, 4, 11_501),
        Ok(Some(Amount {
            level: money(11_501),
            spread: money(250)
        }))
    );
    assert!(matches!(
        reviewed(BudgetVariant::Fixed, 8, 8_499),
        Ok(Some(_))
    ));
    assert_eq!(reviewed(BudgetVariant::Fixed, 5, 20_000), Ok(None));
    assert_eq!(reviewed(BudgetVariant::Equal, 4, 20_000), Ok(None));
}

#[test]
fn a_year_credits_a_surplus_and_spreads_a_deficit() {
    let settled = |variant, place, difference: i64| {
        terms().settled((variant, place), money(difference), &cents(&[9_000; 12]))
    };
    let end = |credit, spread| {
        Ok(Some(YearEnd {
            credit: money(credit),
            next: Amount {
                level: money(9_000),
                spread: money(spread),
            },
        }))
    };
    assert_eq!(settled(BudgetVariant::Fixed, 12, -1_000), end(1_000, 0));
    // Less than $10.00 lowers the next year: 9.60 / 12.
    assert_eq!(settled(BudgetVariant::Fixed, 12, -960), end(0, -80));
    assert_eq!(settled(BudgetVariant::Fixed, 12, 2_400), end(0, 200));
    assert_eq!(settled(BudgetVariant::Equal, 12, -5), end(5, 0));
    assert_eq!(settled(BudgetVariant::Fixed, 11, 2_400), Ok(None));
    assert_eq!(settled(BudgetVariant::Rolling, 12, 2_400), Ok(None));
}

#[test]
fn the_places_of_a_year_begin_anew_after_the_last() {
    assert_eq!([place(0, 12), place(11, 12), place(12, 12)], [1, 12, 1]);
}

#[test]
fn every_reason_against_joining_is_told_at_once() {
    let today = "2026-12-01".parse().unwrap();
    let facts = BudgetFacts {
        is_on: false,
        is_active: true,
        has_account: true,
        earlier: cents(&[9_000; 12]),
        past_due: Money::ZERO,
        removed_on: None,
        today,
    };
    assert_eq!(terms().refusals(&facts), Ok(Vec::new()));
    let poor = BudgetFacts {
        earlier: cents(&[9_000; 11]),
        past_due: money(5),
        removed_on: "2026-03-01".parse().ok(),
        ..facts
    };
    assert_eq!(
        terms().refusals(&poor),
        Ok(vec![
            BudgetRefusal::HistoryShort { have: 11, need: 12 },
            BudgetRefusal::PastDue(money(5)),
            BudgetRefusal::RemovedBefore("2027-03-01".parse().unwrap()),
        ])
    );
}

#[test]
fn what_would_have_been_asked_is_the_average_of_what_was_charged() {
    let earlier = cents(&[6_000, 12_000, 9_000]);
    let mut terms = terms();
    terms.history_bills = 3;
    let would = |variant| terms.would_have_asked(variant, &earlier);
    assert_eq!(would(BudgetVariant::Fixed), Ok(cents(&[9_000; 3])));
    // 90; (120 + 90) / 2 + 0; (60 + 120 + 90) / 3 + 15.00 / 12.
    assert_eq!(
        would(BudgetVariant::Rolling),
        Ok(cents(&[9_000, 10_500, 9_125]))
    );
}

proptest! {
    #[test]
    fn what_is_asked_and_put_off_is_what_was_charged(
        charges in prop::collection::vec(-20_000_i64..90_000, 1..30),
        variant in prop::sample::select(BudgetVariant::ALL.to_vec()),
        settle in prop::sample::select(BudgetSettle::ALL.to_vec()),
    ) {
        let terms = terms();
        let mut amount = Amount { level: money(10_000), spread: Money::ZERO };
        let mut earlier: Vec<Money> = cents(&[10_000; 12]);
        let (mut difference, mut asked_in_all, mut credited) = (Money::ZERO, Money::ZERO, Money::ZERO);
        for (before, charge) in (0_u32..).zip(&charges) {
            let place = place(before, terms.year_bills);
            let charges = money(*charge);
            let month = Month { variant, settle, amount, place, charges, before: difference, earlier: &earlier };
            let asked = terms.asked(&month).unwrap();
            prop_assert!(!asked.is_negative());
            difference += charges - asked;
            prop_assert!(difference <= terms.most_deferred_cents);
            asked_in_all += asked;
            earlier.insert(0, charges);
            if let Some(next) = terms.reviewed((variant, place), amount, &earlier).unwrap() {
                amount = next;
            }
            if let Some(end) = terms.settled((variant, place), difference, &earlier).unwrap() {
                difference += end.credit;
                credited += end.credit;
                amount = end.next;
            }
        }
        let charged: i64 = charges.iter().sum();
        prop_assert_eq!(asked_in_all + difference - credited, money(charged));
    }
}
