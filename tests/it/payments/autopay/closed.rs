//! A charge that was opened and not made yet is closed by whoever stops or pauses autopay, or takes its way to pay away: nothing is charged.

use mainstay::adapters::stripe::saved::Presence;
use mainstay::domain::payments::PaymentState;
use mainstay::domain::staff::Role;
use mainstay::store::db::Tx;
use mainstay::usecases::payments::record_charge;

use super::anew::asked_and_killed;
use crate::support::app::TestApp;
use crate::support::people::Customer;

/// Asked for and opened on the due date by a process that goes no further, and the charge's name.
async fn opened(house: &TestApp) -> (Customer, String) {
    let rosa = asked_and_killed(house).await;
    let payment = house.charges_of(&rosa)[0].payment_id.expect("asked");
    let name = house.opens_charge_of(payment).await;
    (rosa, name)
}

/// The process goes on; nothing is charged.
async fn charges_nothing(house: &TestApp, rosa: &Customer, name: &str) {
    let intent = house.look(&format!("payment_intents/{name}")).await;
    assert_eq!(intent["status"], "canceled");
    let made = house.desk().stripe.make_charge(name, Presence::Away).await;
    made.expect("it is read");
    house.autopays("2026-07-24").await;
    assert_eq!(house.balance(rosa.household.account).await, 1_500);
}

/// Contract: F64
#[actix_web::test]
async fn a_customer_who_stops_is_not_charged_by_a_charge_on_its_way() {
    let house = TestApp::start().await;
    let (rosa, name) = opened(&house).await;
    rosa.visit("/autopay").await.submit("Stop autopay").await;
    charges_nothing(&house, &rosa, &name).await;
}

/// Contract: F64
#[actix_web::test]
async fn a_customer_who_pauses_is_not_charged_by_a_charge_on_its_way() {
    let house = TestApp::start().await;
    let (rosa, name) = opened(&house).await;
    let page = rosa.visit("/autopay").await;
    page.fill("until", "2026-08-01")
        .submit("Pause autopay")
        .await;
    charges_nothing(&house, &rosa, &name).await;
}

#[actix_web::test]
async fn a_stop_by_the_office_closes_a_charge_on_its_way() {
    let house = TestApp::start().await;
    let (rosa, name) = opened(&house).await;
    let number = rosa.household.number.as_str().to_owned();
    let clara = house.staff(Role::Csr).await;
    let account = clara.visit(&format!("/office/accounts/{number}")).await;
    account.submit("Stop it now").await;
    charges_nothing(&house, &rosa, &name).await;
}

#[actix_web::test]
async fn a_way_to_pay_that_is_taken_away_closes_a_charge_on_its_way() {
    let house = TestApp::start().await;
    let (rosa, name) = opened(&house).await;
    let page = rosa.visit("/payment-methods").await;
    page.follow("Remove Visa").await.submit("Remove").await;
    charges_nothing(&house, &rosa, &name).await;
}

#[actix_web::test]
async fn the_last_look_sees_that_the_customer_paused() {
    let house = TestApp::start().await;
    let rosa = asked_and_killed(&house).await;
    let payment = house.charges_of(&rosa)[0].payment_id.expect("asked");
    let page = rosa.visit("/autopay").await;
    page.fill("until", "2026-08-01")
        .submit("Pause autopay")
        .await;
    let record = move |tx: &mut Tx<'_>| record_charge(tx, payment, "pi_opened");
    let made = house.app.db.write(house.stamp(), record).await;
    assert!(!made.expect("recorded"), "it is not to be made");
    let row = house
        .app
        .db
        .read(move |conn| mainstay::store::payments::get(conn, payment))
        .await;
    assert_eq!(row.expect("read").state, PaymentState::Canceled);
}
