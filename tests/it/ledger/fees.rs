//! Late fees once on each debt, never on a fee, however often the job runs; fees for returned payments; waivers.

use diesel::connection::SimpleConnection;
use mainstay::domain::ids::{AccountId, EntryId, PaymentId};
use mainstay::domain::ledger::{Source, SourceKind};
use mainstay::store::audit::{self, Wanted};
use mainstay::store::ledger;
use mainstay::usecases::books;
use mainstay::usecases::fees::{self, Assessed, FeeError};

use super::house::{House, charge, day};

fn assess(house: &House, on: &str) -> Assessed {
    house
        .write(on, |tx| {
            let on = tx.stamp.on;
            let books = books::open(tx, on).unwrap();
            fees::assess_late_fees(tx, &books, on, None)
        })
        .unwrap()
}

fn waive(house: &House, on: &str, fee: EntryId) -> Result<EntryId, FeeError> {
    house.write(on, move |tx| {
        let on = tx.stamp.on;
        let books = books::open(tx, on).unwrap();
        fees::waive_late_fee(tx, &books, fee, "courtesy")
    })
}

fn fee_on(house: &House, debt: EntryId) -> EntryId {
    let source = Source {
        kind: SourceKind::Entry,
        id: debt.0,
    };
    let kind = mainstay::domain::ledger::EntryKind::LateFee;
    house
        .read(|conn| ledger::find(conn, source, kind))
        .unwrap()
        .id
}

#[test]
fn a_late_fee_is_charged_once_whatever_the_calendar_says() {
    let house = House::new();
    house.bill(
        1,
        1,
        "2026-01-05",
        &[
            charge("WATER", "4020", 3_000),
            charge("SEWER", "4010", 1_000),
        ],
    ); // due 26 January
    assert_eq!(assess(&house, "2026-01-31").fees, 0);
    let assessed = assess(&house, "2026-02-01");
    assert_eq!(
        (assessed.fees, assessed.amount.cents(), assessed.next),
        (1, 200, None)
    );
    for on in ["2026-02-01", "2026-03-15", "2026-06-01"] {
        assert_eq!(assess(&house, on).fees, 0, "{on}");
    }
    assert_eq!(house.balance(1), 4_200);
    house.assert_sound();
}

/// Contract: F131
#[test]
fn each_round_of_late_fees_leaves_one_deed_and_each_fee_for_a_returned_payment_its_own() {
    let house = House::new();
    for account in [1, 2] {
        house.bill(
            account,
            account,
            "2026-01-05",
            &[charge("WATER", "4020", 4_000)],
        );
    }
    house.pay(3, 3, "2026-01-20", 4_000);
    house.return_payment(3, "2026-02-03");
    let fee = |tx: &mut mainstay::store::db::Tx<'_>| {
        let books = books::open(tx, day("2026-02-03")).unwrap();
        fees::charge_returned_payment(tx, &books, AccountId(3), PaymentId(3), day("2026-02-03"))
    };
    for on in ["2026-02-05", "2026-02-05", "2026-02-06"] {
        assess(&house, on);
        house.write("2026-02-03", fee).unwrap();
    }
    let deeds = |action: &str| {
        let wanted = Wanted {
            account: None,
            action: action.to_owned(),
            limit: 10,
            offset: 0,
        };
        house.read(|conn| audit::list(conn, &wanted))
    };
    let charged = deeds("late_fees.charged");
    assert_eq!(charged.len(), 1, "what charges nothing leaves no deed");
    for fact in [r#""fees":2"#, r#""cents":400"#] {
        assert!(charged[0].facts.contains(fact), "{}", charged[0].facts);
    }
    assert_eq!(deeds("returned_payment_fee").len(), 1);
}

#[test]
fn money_on_its_way_stops_the_fee() {
    let house = House::new();
    house.bill(1, 1, "2026-01-05", &[charge("WATER", "4020", 3_000)]);
    house
        .connect()
        .batch_execute(
            "INSERT INTO payments (id, number, account_id, amount_cents, channel, tender, processor, requested_by, requested_at, requested_on, state)
             VALUES (9, 'P9', 1, 3000, 'portal', 'bank_account', 'test', 'test', '2026-01-26 12:00:00', '2026-01-26', 'processing')",
        )
        .unwrap();
    assert_eq!(assess(&house, "2026-02-10").fees, 0);
}

/// Contract: F60
#[test]
fn what_is_held_for_the_customer_pays_the_fee_of_a_returned_payment() {
    let house = House::new();
    house.pay(1, 1, "2026-01-05", 1_011);
    house.pay(1, 2, "2026-01-20", 4_000);
    house.return_payment(2, "2026-02-03");
    let fee = |tx: &mut mainstay::store::db::Tx<'_>| {
        let books = books::open(tx, day("2026-02-03")).unwrap();
        fees::charge_returned_payment(tx, &books, AccountId(1), PaymentId(2), day("2026-02-03"))
    };
    house.write("2026-02-03", fee).unwrap();
    house.write("2026-02-03", fee).unwrap();
    assert_eq!(house.balance(1), 2_500 - 1_011);
    let held = house.read(|conn| {
        mainstay::store::open_items::list_held(conn, &[AccountId(1)]).map(|held| held.len())
    });
    assert_eq!(held, 0, "nothing is held beside what is owed");
    house.assert_sound();
}

#[test]
fn a_returned_payment_neither_restarts_the_clock_nor_breeds_fees_on_fees() {
    let house = House::new();
    house.bill(1, 1, "2026-01-05", &[charge("WATER", "4020", 4_000)]);
    house.pay(1, 1, "2026-01-20", 4_000);
    house.return_payment(1, "2026-02-03");
    let fee = |tx: &mut mainstay::store::db::Tx<'_>| {
        let books = books::open(tx, day("2026-02-03")).unwrap();
        fees::charge_returned_payment(tx, &books, AccountId(1), PaymentId(1), day("2026-02-03"))
    };
    let first = house.write("2026-02-03", fee).unwrap();
    assert_eq!(house.write("2026-02-03", fee).unwrap(), first);
    assert_eq!(house.balance(1), 6_500);
    // The bill's own due date counts: the fee is due at once, and only on the bill.
    assert_eq!(assess(&house, "2026-02-03").amount.cents(), 200);
    assert_eq!(assess(&house, "2026-09-01").fees, 0);
    house.assert_sound();
}

#[test]
fn a_waived_fee_that_was_paid_becomes_a_credit_and_the_courtesy_is_counted() {
    let house = House::new();
    let january = house.bill(1, 1, "2026-01-05", &[charge("WATER", "4020", 4_000)]);
    assess(&house, "2026-02-05");
    house.pay(1, 1, "2026-02-06", 4_200);
    waive(&house, "2026-02-08", fee_on(&house, january)).unwrap();
    assert_eq!((house.balance(1), house.held(1)), (-200, 200));

    let march = house.bill(1, 2, "2026-03-05", &[charge("WATER", "4020", 4_000)]);
    assess(&house, "2026-04-05");
    assert_eq!(house.balance(1), 3_990);
    let refused = waive(&house, "2026-04-06", fee_on(&house, march));
    assert!(matches!(
        refused,
        Err(FeeError::CourtesyUsed {
            waivers: 1,
            months: 12
        })
    ));
    assert!(matches!(
        waive(&house, "2026-04-06", march),
        Err(FeeError::NotALateFee(_))
    ));
    house.assert_sound();
}
