//! Autopay paused, stopped by the customer or by the office, or ended with its way to pay: nothing is charged.

use mainstay::domain::staff::Role;

use super::{billed, enrolled};
use crate::support::app::TestApp;
use crate::support::page::Page;

/// Contract: F64
#[actix_web::test]
async fn the_office_stops_autopay_for_a_customer_who_calls() {
    let house = TestApp::start().await;
    let rosa = enrolled(&house, "4242424242424242").await;
    let number = rosa.household.number.as_str().to_owned();
    let clara = house.staff(Role::Csr).await;
    let account = clara.visit(&format!("/office/accounts/{number}")).await;
    let stopped = account.submit("Stop it now").await;
    stopped.must_show("Autopay is off, and the customer is told.");
    house.autopays("2026-07-21").await;
    house.autopays("2026-07-24").await;
    assert_eq!(house.balance(rosa.household.account).await, 1_500);
    assert_eq!(house.news(&rosa).await, ["joined", "ended stopped"]);
}

#[actix_web::test]
async fn a_pause_outlives_a_change() {
    let house = TestApp::start().await;
    let rosa = billed(&house).await;
    rosa.saves_card("4242424242424242").await;
    let on = rosa.joins("", "").await;
    on.fill("until", "2026-07-25").submit("Pause autopay").await;
    rosa.joins("20", "").await.must_show("Paused");
    house.autopays("2026-07-24").await;
    assert_eq!(house.balance(rosa.household.account).await, 1_500);
}

#[actix_web::test]
async fn paused_or_stopped_nothing_is_charged() {
    let house = TestApp::start().await;
    let rosa = billed(&house).await;
    rosa.saves_card("4242424242424242").await;
    let on = rosa.joins("", "").await;
    let past = on.clone().fill("until", "2026-07-01");
    assert_eq!(past.submit("Pause autopay").await.status, 422);
    let paused = on.fill("until", "2026-07-25").submit("Pause autopay").await;
    paused.must_show("Paused").must_show("Jul 25, 2026");
    house.autopays("2026-07-21").await;
    house.autopays("2026-07-24").await;
    assert_eq!(house.balance(rosa.household.account).await, 1_500);
    assert_eq!(house.news(&rosa).await, ["joined", "skipped paused"]);

    let page = rosa.visit("/autopay").await.submit("Stop autopay").await;
    page.must_show("Autopay is off").must_show("Off");
    assert_eq!(
        house.news(&rosa).await.last().map(String::as_str),
        Some("ended stopped")
    );
}

/// Contract: F64
#[actix_web::test]
async fn a_pause_says_until_when_and_what_was_agreed_stays_in_the_form() {
    let house = TestApp::start().await;
    let rosa = billed(&house).await;
    rosa.saves_card("4242424242424242").await;
    let on = rosa.joins("20", "50").await;
    let silent = on.submit("Pause autopay").await;
    assert_eq!(silent.status, 422);
    silent.must_show("Choose a day to come.");
    let chosen = |page: &Page| {
        let cap = page.attribute("#cap", "value");
        (
            cap.unwrap_or_default(),
            page.attribute("#day option[selected]", "value")
                .unwrap_or_default(),
        )
    };
    let agreed = ("50.00".to_owned(), "20".to_owned());
    assert_eq!(chosen(&silent), agreed);
    // A change is looked at, and given up or changed again.
    let check = silent
        .fill("cap", "40")
        .submit("See what will happen")
        .await;
    let back = check.follow("Change").await;
    assert_eq!(chosen(&back), ("40.00".to_owned(), "20".to_owned()));

    // The bill is due on July 24, and would be charged on July 20.
    let paused = rosa.visit("/autopay").await.fill("until", "2026-07-22");
    let paused = paused.submit("Pause autopay").await;
    paused
        .must_show("Nothing is charged before Jul 22.")
        .must_show("Pay the bills that autopay would charge before then yourself.")
        .must_show("Not charged: autopay is paused on that day.");
    assert_eq!(chosen(&paused), agreed);
    let elsewhere = paused.clone();
    let going = paused.submit("Go on now").await;
    assert_eq!(going.status, 200);
    going.must_show("Autopay goes on");
    assert!(!going.shows("Paused"));
    // Stopped meanwhile, it does not go on by a page that is still open.
    going.submit("Stop autopay").await;
    let ended = elsewhere.submit("Go on now").await;
    assert_eq!(ended.status, 200);
    assert!(!ended.shows("Autopay goes on"));
}

#[actix_web::test]
async fn removing_the_way_to_pay_says_that_autopay_ends_and_ends_it() {
    let house = TestApp::start().await;
    let rosa = enrolled(&house, "4242424242424242").await;
    let page = rosa.visit("/payment-methods").await;
    let check = page.follow("Remove Visa").await;
    check.must_show("Autopay uses it, and ends with it.");
    check.submit("Remove").await;
    house.autopays("2026-07-21").await;
    house.autopays("2026-07-24").await;
    assert_eq!(house.balance(rosa.household.account).await, 1_500);
    assert_eq!(house.news(&rosa).await, ["joined", "ended removed"]);
}
