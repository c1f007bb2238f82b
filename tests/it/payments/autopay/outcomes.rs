//! What comes of an autopay charge that goes wrong somewhere else than at the bank: told once, and nothing ends that need not.

use mainstay::domain::autopay::ChargeState;
use mainstay::domain::money::Money;
use mainstay::domain::payments::PaymentState;
use mainstay::domain::payments::seen::{IntentSeen, IntentStatus, Seen};
use mainstay::store;
use mainstay::store::autopay::{NewCharge, insert_charges};
use mainstay::store::db::Tx;
use mainstay::usecases::payments::bring_up_to_date;

use super::{billed, enrolled};
use crate::support::app::TestApp;
use crate::support::people::Customer;

async fn is_on(house: &TestApp, rosa: &Customer) -> bool {
    let account = rosa.household.account;
    let find = move |conn: &mut _| store::autopay::find(conn, account);
    house.app.db.read(find).await.expect("read").is_some()
}

#[actix_web::test]
async fn an_hour_with_another_accounts_key_ends_no_autopay() {
    let house = TestApp::start().await;
    let rosa = enrolled(&house, "4242424242424242").await;
    house.autopays("2026-07-21").await;
    house.forgets(&rosa).await;
    for _ in 0..2 {
        house.autopays("2026-07-24").await;
    }
    assert_eq!(
        house.news(&rosa).await,
        [
            "joined",
            "ahead $15.00 2026-07-24",
            "refused resource_missing"
        ]
    );
    assert_eq!(house.methods(&rosa).await.len(), 1);
    assert!(is_on(&house, &rosa).await);
}

#[actix_web::test]
async fn a_debit_that_is_called_off_on_its_way_is_told_and_not_tried_again() {
    let house = TestApp::start().await;
    let rosa = billed(&house).await;
    rosa.saves_bank("000123456789").await;
    rosa.joins("", "").await;
    house.autopays("2026-07-21").await;
    house.autopays("2026-07-24").await;
    let account = rosa.household.account;
    assert_eq!(house.pending(account).await, 1_500);
    let payment = house.charges_of(&rosa)[0].payment_id.expect("asked");
    let read = move |conn: &mut _| store::payments::get(conn, payment);
    let row = house.app.db.read(read).await.expect("read");
    let seen = Seen {
        session: None,
        intent: Some(IntentSeen {
            reference: row.processor_reference.expect("a name"),
            status: IntentStatus::Canceled,
            amount: Money::from_cents(1_500),
            instrument: None,
            given_at: house.app.clock.now(),
            failure: None,
            line: None,
            disputes: Vec::new(),
            refunds: Vec::new(),
        }),
    };
    let today = house.app.clock.today();
    let bring = move |tx: &mut Tx<'_>| bring_up_to_date(tx, payment, &seen, today);
    let state = house.app.db.write(house.stamp(), bring).await;
    assert_eq!(state.expect("brought"), PaymentState::Failed);
    assert_eq!(house.pending(account).await, 0);
    assert_eq!(house.charges_of(&rosa)[0].state, ChargeState::Stopped);
    let news = house.news(&rosa).await;
    assert_eq!(news.last().map(String::as_str), Some("refused canceled"));
    // It says nothing of the bank account.
    assert_eq!(house.methods(&rosa).await.len(), 1);
    assert!(is_on(&house, &rosa).await);
}

#[actix_web::test]
async fn who_agrees_anew_during_a_dispute_is_not_ended_again_when_it_is_lost() {
    let house = TestApp::start().await;
    let rosa = enrolled(&house, "4000000000000259").await;
    house.autopays("2026-07-21").await;
    house.autopays("2026-07-24").await;
    assert!(!is_on(&house, &rosa).await, "the dispute ended it");
    rosa.joins("", "").await;
    let disputes = house.look("disputes?limit=1").await;
    let dispute = disputes["data"][0]["id"].as_str().expect("a dispute");
    house.call(&format!("disputes/{dispute}/close"), &[]).await;
    house.settles().await;
    // It is lost: the bill is owed again.
    assert_eq!(house.balance(rosa.household.account).await, 1_500);
    assert!(is_on(&house, &rosa).await);
}

#[actix_web::test]
async fn a_bill_that_two_plan_at_once_is_planned_once() {
    let house = TestApp::start().await;
    let rosa = enrolled(&house, "4242424242424242").await;
    let planned = house.charges_of(&rosa).remove(0);
    let again = NewCharge {
        enrolment_id: planned.enrolment_id,
        bill_id: planned.bill_id,
        due_on: planned.due_on,
        charge_on: planned.charge_on,
        attempts: 0,
        state: ChargeState::Planned,
        reason: None,
        planned_at: house.app.clock.now(),
    };
    let insert = move |tx: &mut Tx<'_>| insert_charges(tx, std::slice::from_ref(&again));
    let inserted = house.app.db.write(house.stamp(), insert).await;
    inserted.expect("the other one stands");
    assert_eq!(house.charges_of(&rosa).len(), 1);
}
