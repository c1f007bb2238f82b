//! What is posted: bills, payments, credits that come and go, and what takes them back.

use mainstay::domain::entries::Event;
use mainstay::domain::gl::Role;
use mainstay::domain::ids::{AccountId, PaymentId};
use mainstay::domain::ledger::{EntryKind, Source, SourceKind};
use mainstay::usecases::ledger::{self as posting, Adjustment, PostingError};
use mainstay::usecases::reversals;

use super::house::{House, cents, charge, day};

#[test]
fn a_payment_pays_the_oldest_bill_and_a_return_brings_its_due_date_back() {
    let house = House::new();
    house.bill(
        1,
        1,
        "2026-01-05",
        &[
            charge("WATER", "4020", 3_000),
            charge("SEWER", "4010", 1_000),
        ],
    );
    house.bill(1, 2, "2026-02-05", &[charge("WATER", "4020", 2_500)]);
    house.pay(1, 1, "2026-02-10", 5_000);
    assert_eq!(house.owed(1), [("2026-02-26".to_owned(), 1_500)]);

    house.return_payment(1, "2026-02-20");
    assert_eq!(
        house.owed(1),
        [
            ("2026-01-26".to_owned(), 4_000),
            ("2026-02-26".to_owned(), 2_500)
        ]
    );
    assert_eq!(house.balance(1), 6_500);
    assert_eq!(house.balance_on(1, "2026-02-15"), 1_500);
    house.assert_sound();
}

#[test]
fn an_overpayment_is_held_and_pays_the_next_bill() {
    let house = House::new();
    house.bill(1, 1, "2026-01-05", &[charge("WATER", "4020", 3_000)]);
    house.pay(1, 1, "2026-01-10", 4_000);
    assert_eq!((house.balance(1), house.held(1)), (-1_000, 1_000));
    house.bill(
        1,
        2,
        "2026-02-05",
        &[
            charge("WATER", "4020", 600),
            charge("ELECTRIC", "4020", 1_400),
        ],
    );
    assert_eq!((house.balance(1), house.held(1)), (1_000, 0));
    assert_eq!(house.owed(1), [("2026-02-26".to_owned(), 1_000)]);
    let kinds: Vec<EntryKind> = house
        .statement(1)
        .iter()
        .map(|row| row.entry.kind)
        .collect();
    assert_eq!(
        kinds,
        [
            EntryKind::CreditApplication,
            EntryKind::Bill,
            EntryKind::Payment,
            EntryKind::Bill
        ]
    );
    house.assert_sound();
}

#[test]
fn a_returned_overpayment_takes_back_the_credit_that_paid_the_next_bill() {
    let house = House::new();
    house.bill(1, 1, "2026-01-05", &[charge("WATER", "4020", 3_000)]);
    house.pay(1, 1, "2026-01-10", 4_000);
    house.bill(1, 2, "2026-02-05", &[charge("SEWER", "4020", 2_000)]);
    house.return_payment(1, "2026-02-12");
    assert_eq!(
        house.owed(1),
        [
            ("2026-01-26".to_owned(), 3_000),
            ("2026-02-26".to_owned(), 2_000)
        ]
    );
    assert_eq!((house.balance(1), house.held(1)), (5_000, 0));
    house.assert_sound();
}

#[test]
fn a_canceled_bill_frees_what_paid_it_for_the_bill_that_replaces_it() {
    let house = House::new();
    house.bill(1, 1, "2026-01-05", &[charge("WATER", "4020", 9_000)]);
    house.pay(1, 1, "2026-01-20", 9_000);
    house.cancel_bill(1, "2026-02-01");
    assert_eq!((house.balance(1), house.held(1)), (-9_000, 9_000));
    house.bill(1, 2, "2026-02-01", &[charge("WATER", "4020", 6_500)]);
    assert_eq!((house.balance(1), house.held(1)), (-2_500, 2_500));
    // The payment can still come back: everything it paid is owed again.
    house.return_payment(1, "2026-02-05");
    assert_eq!(house.owed(1), [("2026-02-22".to_owned(), 6_500)]);
    house.assert_sound();
}

#[test]
fn a_canceled_solar_credit_that_was_spent_is_owed_again() {
    let house = House::new();
    house.bill(1, 1, "2026-01-05", &[charge("ELECTRIC", "4020", -2_000)]);
    assert_eq!(house.held(1), 2_000);
    house.bill(1, 2, "2026-02-05", &[charge("WATER", "4020", 1_500)]);
    house.cancel_bill(1, "2026-02-10");
    assert_eq!(house.owed(1), [("2026-02-26".to_owned(), 1_500)]);
    assert_eq!((house.balance(1), house.held(1)), (1_500, 0));
    house.assert_sound();
}

#[test]
fn money_paid_out_and_then_returned_is_owed_to_the_pool() {
    let house = House::new();
    house.pay(1, 1, "2026-01-10", 4_000);
    let source = Source {
        kind: SourceKind::PaymentMove,
        id: 1,
    };
    let event = Event {
        account: AccountId(1),
        source,
        on: day("2026-01-15"),
        memo: None,
    };
    let too_much = event.clone();
    let refused = house.post("2026-01-15", move |tx, books| {
        reversals::refund_credit(tx, books, &too_much, cents(4_001), Role::Bank)
    });
    assert!(matches!(refused, Err(PostingError::NotHeld { held }) if held == cents(4_000)));
    house
        .post("2026-01-15", move |tx, books| {
            reversals::refund_credit(tx, books, &event, cents(4_000), Role::Bank)
        })
        .unwrap();
    assert_eq!(house.balance(1), 0);
    house.return_payment(1, "2026-01-20");
    assert_eq!(house.owed(1), [("2026-01-20".to_owned(), 4_000)]);
    house.assert_sound();
}

#[test]
fn a_refund_of_a_payment_opens_what_it_had_paid() {
    let house = House::new();
    house.bill(1, 1, "2026-01-05", &[charge("WATER", "4020", 3_000)]);
    house.pay(1, 1, "2026-01-10", 3_500);
    let source = Source {
        kind: SourceKind::PaymentMove,
        id: 1,
    };
    let event = Event {
        account: AccountId(1),
        source,
        on: day("2026-01-15"),
        memo: None,
    };
    for _ in 0..2 {
        let event = event.clone();
        house
            .post("2026-01-15", move |tx, books| {
                let given = reversals::GivenBack {
                    payment: PaymentId(1),
                    amount: cents(1_500),
                    from: None,
                };
                reversals::refund_payment(tx, books, &event, given)
            })
            .unwrap();
    }
    assert_eq!(house.owed(1), [("2026-01-26".to_owned(), 1_000)]);
    assert_eq!((house.balance(1), house.held(1)), (1_000, 0));
    house.assert_sound();
}

#[test]
fn a_refund_of_a_payment_takes_what_was_held_and_spent_off_its_debt_and_asks_for_what_was_paid_out()
{
    let house = House::new();
    house.bill(1, 1, "2026-01-05", &[charge("WATER", "4020", 1_000)]);
    house.pay(1, 1, "2026-01-10", 4_000);
    house.bill(1, 2, "2026-01-12", &[charge("WATER", "4020", 2_500)]);
    assert_eq!((house.balance(1), house.held(1)), (-500, 500));
    let event = |id, on| Event {
        account: AccountId(1),
        source: Source {
            kind: SourceKind::PaymentMove,
            id,
        },
        on: day(on),
        memo: None,
    };
    let paid_out = event(1, "2026-01-15");
    house
        .post("2026-01-15", move |tx, books| {
            reversals::refund_credit(tx, books, &paid_out, cents(500), Role::Bank)
        })
        .unwrap();
    for _ in 0..2 {
        let refund = event(2, "2026-01-20");
        house
            .post("2026-01-20", move |tx, books| {
                let given = reversals::GivenBack {
                    payment: PaymentId(1),
                    amount: cents(4_000),
                    from: None,
                };
                reversals::refund_payment(tx, books, &refund, given)
            })
            .unwrap();
    }
    assert_eq!(house.held(1), 0);
    let owed = [
        ("2026-01-20", 500),
        ("2026-01-26", 1_000),
        ("2026-02-02", 2_500),
    ];
    assert_eq!(
        house.owed(1),
        owed.map(|(day, cents)| (day.to_owned(), cents))
    );
    house.assert_sound();
}

#[test]
fn what_is_posted_twice_is_posted_once() {
    let house = House::new();
    house.bill(1, 1, "2026-01-05", &[charge("WATER", "4020", 3_000)]);
    let first = house.pay(1, 1, "2026-01-10", 1_000);
    let receipt = mainstay::domain::entries::Receipt {
        amount: cents(1_000),
        into: Role::ProcessorClearing,
    };
    let again = posting::PaymentToPost {
        account: AccountId(1),
        payment: PaymentId(1),
        on: day("2026-01-10"),
        receipt,
        is_chosen: true,
    };
    let ids = house
        .post("2026-01-11", move |tx, books| {
            posting::post_payments(tx, books, &[again])
        })
        .unwrap();
    assert_eq!(ids, [first]);
    assert_eq!(
        house.return_payment(1, "2026-01-20"),
        house.return_payment(1, "2026-01-21")
    );
    assert_eq!(house.balance(1), 3_000);
    house.assert_sound();
}

#[test]
fn corrections_go_both_ways() {
    let house = House::new();
    house.bill(1, 1, "2026-01-05", &[charge("WATER", "4020", 3_000)]);
    let correct = |key, amount| Adjustment {
        account: AccountId(1),
        key,
        charge: charge("WATER", "4900", amount),
        bill: None,
        due_on: day("2026-02-01"),
        memo: "leak".to_owned(),
    };
    let given = correct(1, -3_400);
    house
        .post("2026-01-12", move |tx, books| {
            posting::adjust(tx, books, &given)
        })
        .unwrap();
    assert_eq!((house.balance(1), house.held(1)), (-400, 400));
    let asked = correct(2, 1_000);
    house
        .post("2026-01-13", move |tx, books| {
            posting::adjust(tx, books, &asked)
        })
        .unwrap();
    assert_eq!(
        (house.owed(1), house.held(1)),
        (vec![("2026-02-01".to_owned(), 600)], 0)
    );
    house.assert_sound();
}

#[test]
fn money_that_counts_from_before_its_debt_is_a_credit_until_then() {
    let house = House::new();
    house.bill(1, 1, "2026-01-10", &[charge("WATER", "4020", 3_000)]);
    // A bank debit given on the 8th and settled on the 12th counts from the 8th.
    house.pay(1, 1, "2026-01-08", 3_000);
    assert_eq!(house.balance_on(1, "2026-01-09"), -3_000);
    assert_eq!(house.balance_on(1, "2026-01-10"), 0);
    house.assert_sound();
}

#[test]
fn an_ordinance_of_its_own_decides_what_is_paid_first() {
    let house = House::new();
    house.set_policy(
        "allocation",
        r#"{"order":[{"listed":["SEWER","*","WATER"]}],"among_equals":"in-turn"}"#,
    );
    house.bill(
        1,
        1,
        "2026-01-05",
        &[
            charge("WATER", "4020", 3_000),
            charge("SEWER", "4020", 1_000),
            charge("GAS", "4020", 500),
        ],
    );
    let entry = house.pay(1, 1, "2026-01-10", 1_200);
    let postings = house.read(|conn| mainstay::store::ledger::list_postings(conn, entry));
    let receivable = |fund: &str| {
        let legs = postings
            .iter()
            .filter(|posting| posting.gl.as_str() == "1200" && posting.fund.as_str() == fund);
        legs.map(|posting| posting.amount.cents()).sum::<i64>()
    };
    assert_eq!(
        (receivable("SEWER"), receivable("GAS"), receivable("WATER")),
        (-1_000, -200, 0)
    );
    house.assert_sound();
}
