//! A charge that was asked for and not made is decided anew: stopped, paid or removed meanwhile, it takes no more than it may.

use mainstay::store::db::Tx;
use mainstay::usecases::autopay::take_step;
use mainstay::usecases::payments::{Next, record_charge};

use super::{enrolled, pays_at_the_counter};
use crate::support::app::TestApp;
use crate::support::people::Customer;

/// Joined and told, then asked for on the due date by a process that dies before it calls the processor.
pub(super) async fn asked_and_killed(house: &TestApp) -> Customer {
    let rosa = enrolled(house, "4242424242424242").await;
    house.autopays("2026-07-21").await;
    house.set_day("2026-07-24");
    let id = house.charges_of(&rosa)[0].id;
    let step = move |tx: &mut Tx<'_>| take_step(tx, id);
    let asked = house.app.db.write(house.stamp(), step).await;
    assert!(matches!(asked, Ok(Next::Charge(_))), "{asked:?}");
    rosa
}

#[actix_web::test]
async fn a_charge_asked_for_is_not_made_after_the_customer_stopped() {
    let house = TestApp::start().await;
    let rosa = asked_and_killed(&house).await;
    rosa.visit("/autopay").await.submit("Stop autopay").await;
    for _ in 0..2 {
        house.autopays("2026-07-24").await;
    }
    assert_eq!(house.balance(rosa.household.account).await, 1_500);
    assert!(is_empty(&house.look("charges?limit=100").await));
}

#[actix_web::test]
async fn a_charge_asked_for_takes_only_what_is_still_owed() {
    let house = TestApp::start().await;
    let rosa = asked_and_killed(&house).await;
    pays_at_the_counter(&house, &rosa, 400).await;
    house.autopays("2026-07-24").await;
    assert_eq!(house.balance(rosa.household.account).await, 0);
    let charges = house.look("charges?limit=100").await;
    assert_eq!(charges["data"][0]["amount"], 1_100);
}

#[actix_web::test]
async fn the_last_look_sees_that_the_way_to_pay_was_taken_away() {
    let house = TestApp::start().await;
    let rosa = asked_and_killed(&house).await;
    let payment = house.charges_of(&rosa)[0].payment_id.expect("asked");
    let page = rosa.visit("/payment-methods").await;
    page.follow("Remove Visa").await.submit("Remove").await;
    let record = move |tx: &mut Tx<'_>| record_charge(tx, payment, "pi_opened");
    let made = house.app.db.write(house.stamp(), record).await;
    assert!(!made.expect("recorded"), "it is not to be made");
    house.autopays("2026-07-24").await;
    assert_eq!(house.balance(rosa.household.account).await, 1_500);
}

#[actix_web::test]
async fn a_page_that_the_processor_does_not_know_stops_no_charge() {
    let house = TestApp::start().await;
    let rosa = enrolled(&house, "4242424242424242").await;
    house.autopays("2026-07-21").await;
    house.set_day("2026-07-24");
    let payment = house.requests(rosa.household.account, 1_500).await;
    house.remembers(&payment, "cs_of_another_house").await;
    house.autopays("2026-07-24").await;
    assert_eq!(house.balance(rosa.household.account).await, 0);
}

fn is_empty(list: &serde_json::Value) -> bool {
    list["data"].as_array().is_some_and(Vec::is_empty)
}
