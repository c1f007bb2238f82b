//! Bills that were wrong: taken back and billed again, with the ledger as it would have been.

use diesel::connection::SimpleConnection;
use mainstay::domain::arrangements::{ArrangementChannel, Choice};
use mainstay::domain::bills::BillKind;
use mainstay::domain::customers::Language;
use mainstay::domain::entries::{Charge, Receipt};
use mainstay::domain::exceptions::ExceptionReason;
use mainstay::domain::gl::Role as GlRole;
use mainstay::domain::ids::{AccountId, BillId, PaymentId};
use mainstay::domain::money::Money;
use mainstay::store;
use mainstay::store::db::Tx;
use mainstay::usecases::arrangements::{self, ArrangementError, NewArrangement};
use mainstay::usecases::billing::rebill::{Plan, RebillError, cancel_and_rebill, plan};
use mainstay::usecases::books;
use mainstay::usecases::fees::assess_late_fees_today;
use mainstay::usecases::ledger::{Adjustment, PaymentToPost, PostingError, adjust, post_payments};

use crate::support::billing::{Utility, by, day, dollars, water};
use crate::support::db::TestDb;

/// Three months, the second and third estimated at 3,000 gallons a month and billed at $25.00; then 6,000 in both by an actual read.
fn estimated_twice(utility: &Utility<'_>) -> AccountId {
    utility.sells_water();
    let rosa = utility.household("2026-01-01", vec![water("A")]);
    utility.reads("A", &[("2026-01-01", 0), ("2026-02-01", 3_100)]);
    utility.bill("2026-01-01", "2026-02-04");
    utility.bill("2026-02-01", "2026-03-04");
    utility.bill("2026-03-01", "2026-04-04");
    rosa
}

fn planned(database: &TestDb, bill: BillId, on: &str) -> Result<Plan, RebillError> {
    let on = day(on);
    database.db.read_blocking(|conn| plan(conn, bill, on))
}

fn rebill(database: &TestDb, bill: BillId, on: &str, seal: &str) -> Result<usize, RebillError> {
    let seal = seal.to_owned();
    database
        .db
        .write_blocking(by("Clara", on), move |tx| {
            cancel_and_rebill(tx, bill, "the actual read differs", &seal)
        })
        .map(|numbers| numbers.len())
}

/// Money by card on a day.
fn pays(database: &TestDb, account: AccountId, on: &str, amount: Money) {
    let cents = amount.cents();
    let sql = format!(
        "INSERT INTO payments (id, number, account_id, amount_cents, channel, tender, processor, requested_by, requested_at, requested_on, state)
         VALUES (1, 'P1', {account}, {cents}, 'portal', 'card', 'test', 'test', '{on} 12:00:00', '{on}', 'succeeded')"
    );
    database.connect().batch_execute(&sql).unwrap();
    let payment = PaymentToPost {
        account,
        payment: PaymentId(1),
        on: day(on),
        receipt: Receipt {
            amount,
            into: GlRole::ProcessorClearing,
        },
        is_chosen: true,
    };
    let post = move |tx: &mut Tx<'_>| -> Result<(), PostingError> {
        let on = tx.stamp.on;
        let books = books::open(tx, on)?;
        post_payments(tx, &books, std::slice::from_ref(&payment))?;
        Ok(())
    };
    database.db.write_blocking(by("Pia", on), post).unwrap();
    let sql = format!(
        "INSERT INTO payment_moves (payment_id, state, at, on_date, entry_id)
         SELECT 1, 'succeeded', '{on} 12:00:00', '{on}', id FROM ledger_entries WHERE kind = 'payment' AND source_id = 1"
    );
    database.connect().batch_execute(&sql).unwrap();
}

/// What an account owes, as due date and amount.
fn owed(database: &TestDb, account: AccountId) -> Vec<(String, Money)> {
    let items = database.read(|conn| store::open_items::list(conn, account));
    let item = |item: &store::open_items::OpenItem| (item.due_on.to_string(), item.remaining);
    items.iter().map(item).collect()
}

/// Contract: F18, F36, F37, F41, F45
#[test]
fn bills_on_estimates_are_taken_back_newest_first_and_billed_again_oldest_first() {
    let database = TestDb::new();
    let utility = Utility::open(&database.db);
    let rosa = estimated_twice(&utility);
    let bills = utility.issued(rosa);
    let (january, february, march) = (&bills[0].bill, &bills[1].bill, &bills[2].bill);
    // Both are estimated by the day: 28 and 31 days of 100 gallons.
    assert_eq!(
        (february.total_cents, march.total_cents),
        (dollars("24.00"), dollars("25.50"))
    );
    // 59 days of 200 gallons.
    utility.read("A", "2026-04-01", 3_100 + 59 * 200).unwrap();
    assert_eq!(
        utility.open_reasons(rosa),
        [ExceptionReason::ActualDiffers; 2]
    );

    let shown = planned(&database, february.id, "2026-04-10").unwrap();
    let figures: Vec<_> = shown
        .bills
        .iter()
        .map(|one| (one.bill.id, one.now().unwrap()))
        .collect();
    assert_eq!(
        figures,
        [
            (february.id, dollars("38.00")),
            (march.id, dollars("41.00"))
        ]
    );
    assert_eq!(shown.difference(), dollars("29.50"));
    assert!(matches!(
        rebill(&database, february.id, "2026-04-10", "1:1"),
        Err(RebillError::Changed)
    ));
    assert_eq!(
        rebill(&database, february.id, "2026-04-10", &shown.seal()).unwrap(),
        2
    );

    let bills = utility.issued(rosa);
    let again = &bills[3].bill;
    assert_eq!(
        (again.kind, again.replaces_bill_id),
        (BillKind::Rebill, Some(february.id))
    );
    assert_eq!(
        bills[3].services[0].2, "estimated",
        "its end was never read"
    );
    assert_eq!(
        utility.open_reasons(rosa),
        [],
        "the exceptions are answered"
    );
    let balance = database.read(|conn| store::ledger::balance(conn, rosa, None));
    assert_eq!(
        balance,
        january.total_cents + dollars("38.00") + dollars("41.00")
    );
    // Who is asked for more has as many days as the bills left before.
    assert_eq!(owed(&database, rosa)[1].0, "2026-04-30");
    assert!(matches!(
        planned(&database, february.id, "2026-04-10"),
        Err(RebillError::Replaced(_))
    ));
    utility.assert_sound();
}

/// Contract: F37, F38
#[test]
fn a_bill_that_asks_for_less_keeps_its_due_date_its_payment_and_loses_its_late_fee() {
    let database = TestDb::new();
    let utility = Utility::open(&database.db);
    utility.sells_water();
    let rosa = utility.household("2026-01-01", vec![water("A")]);
    utility.reads("A", &[("2026-01-01", 0), ("2026-02-01", 9_000)]);
    utility.bill("2026-01-01", "2026-02-04");
    let january = utility.latest(rosa).bill;
    assert_eq!(
        (january.total_cents, january.due_on.to_string()),
        (dollars("55.00"), "2026-02-24".to_owned())
    );
    pays(&database, rosa, "2026-02-20", dollars("20.00"));
    database
        .db
        .write_blocking(by("Clock", "2026-03-10"), |tx| {
            assess_late_fees_today(tx, None)
        })
        .unwrap();
    assert_eq!(owed(&database, rosa).len(), 2, "a late fee was charged");

    // The read was mistyped: 900 gallons were shown.
    let wrong = database
        .read(|conn| store::reads::list(conn, &[utility.register("A")]))
        .pop()
        .unwrap();
    database
        .db
        .write_blocking(by("Rita", "2026-03-11"), move |tx| {
            use mainstay::domain::reads::ReadVerdict;
            use mainstay::usecases::reads::desk::judge_read;
            judge_read(tx, wrong.id, ReadVerdict::Refused)
        })
        .unwrap();
    let held = planned(&database, january.id, "2026-03-11").unwrap();
    assert!(
        !held.is_possible(),
        "without a read there is nothing to bill"
    );
    utility.read("A", "2026-02-02", 4_000).unwrap();
    let shown = planned(&database, january.id, "2026-03-11").unwrap();
    assert_eq!(shown.difference(), dollars("-25.00"));
    rebill(&database, january.id, "2026-03-11", &shown.seal()).unwrap();
    let again = utility.latest(rosa).bill;
    assert_eq!(
        (again.total_cents, again.due_on),
        (dollars("30.00"), january.due_on)
    );
    assert_eq!(
        again.previous_cents,
        dollars("-20.00"),
        "what was paid is held until the bill is there again"
    );
    assert_eq!(
        owed(&database, rosa),
        [("2026-02-24".to_owned(), dollars("10.00"))]
    );
    utility.assert_sound();
}

/// Contract: F37, F38
#[test]
fn what_was_paid_on_periods_pays_them_again_before_what_is_due_later() {
    let database = TestDb::new();
    let utility = Utility::open(&database.db);
    let rosa = estimated_twice(&utility);
    let billed = utility.issued(rosa);
    let total: Money = billed.iter().map(|billed| billed.bill.total_cents).sum();
    pays(&database, rosa, "2026-04-06", total);
    assert_eq!(owed(&database, rosa), []);
    let later = Adjustment {
        account: rosa,
        key: 1,
        charge: Charge {
            fund: "WATER".parse().unwrap(),
            gl: "4010".parse().unwrap(),
            amount: dollars("30.00"),
        },
        bill: None,
        due_on: day("2026-05-20"),
        memo: "A valve was opened".to_owned(),
    };
    let ask = move |tx: &mut Tx<'_>| -> Result<(), PostingError> {
        let on = tx.stamp.on;
        let books = books::open(tx, on)?;
        adjust(tx, &books, &later)?;
        Ok(())
    };
    database
        .db
        .write_blocking(by("Clara", "2026-04-08"), ask)
        .unwrap();

    // 80 gallons a day, and not 100: both months come to less, and keep their days.
    utility.read("A", "2026-04-01", 3_100 + 59 * 80).unwrap();
    let february = billed[1].bill.id;
    let shown = planned(&database, february, "2026-04-10").unwrap();
    assert_eq!(shown.bills.len(), 2);
    let given = -shown.difference();
    assert!(given.is_positive());
    rebill(&database, february, "2026-04-10", &shown.seal()).unwrap();
    assert_eq!(
        owed(&database, rosa),
        [("2026-05-20".to_owned(), dollars("30.00") - given)],
        "nothing of what was paid is past due"
    );
    utility.assert_sound();
}

/// Three monthly payments of everything that an account owes.
fn agrees(database: &TestDb, account: AccountId, on: &str) -> Money {
    let choice = Choice::Arrangement {
        installments: 3,
        down: None,
        paydays: None,
    };
    let make = move |tx: &mut Tx<'_>| -> Result<Money, ArrangementError> {
        let today = tx.stamp.on;
        let desk = arrangements::open_desk(tx, account, today)?;
        let plan = desk.plan(choice).map_err(ArrangementError::Refused)?;
        let new = NewArrangement {
            request_key: "agreed".to_owned(),
            account,
            choice,
            seen: plan.mark(),
            channel: ArrangementChannel::Office,
            agreement: "I agree.".to_owned(),
            language: Language::English,
        };
        arrangements::make(tx, &new)?;
        Ok(plan.amount())
    };
    database.db.write_blocking(by("Clara", on), make).unwrap()
}

/// Contract: F36, F80
#[test]
fn what_was_agreed_about_a_bill_is_agreed_about_the_one_in_its_place() {
    let database = TestDb::new();
    let utility = Utility::open(&database.db);
    let rosa = estimated_twice(&utility);
    let march = utility.latest(rosa).bill;
    let agreed = agrees(&database, rosa, "2026-04-08");
    let left = || {
        let open = database.read(|conn| store::arrangements::list_open(conn, &[rosa]));
        open.iter().map(|one| one.cover.left()).sum::<Money>()
    };
    assert_eq!(left(), agreed);

    // Less was used in March than was estimated: what is given for that is as good as paid, and no more than that is.
    utility
        .read("A", "2026-04-01", 3_100 + 28 * 100 + 1_000)
        .unwrap();
    let shown = planned(&database, march.id, "2026-04-10").unwrap();
    assert!(shown.difference().is_negative());
    let bills = rebill(&database, march.id, "2026-04-10", &shown.seal()).unwrap();
    assert_eq!(bills, 1);
    assert_eq!(left(), agreed + shown.difference());
    utility.assert_sound();
}
