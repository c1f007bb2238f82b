//! A sign-in is closed while its account is charged by itself: the charges end with a word, unless the customer says that they go on.

use mainstay::domain::notice::{AutopayNews, Notice};
use mainstay::store::error::StoreError;
use mainstay::store::notices::list_waiting;

use super::{billed, enrolled};
use crate::access::sharing::{GRETA, invite, join};
use crate::support::app::{PASSWORD, TestApp};
use crate::support::people::Customer;

async fn closes(rosa: &Customer, keep: &str) {
    let page = rosa.visit("/security/closing").await;
    page.must_show("Nobody else looks after autopay")
        .must_show(&rosa.household.number.to_string());
    let page = page.fill("keep", keep).fill("password", PASSWORD);
    let page = page.submit("Close my sign-in").await;
    page.must_show("Your sign-in is closed.");
}

/// Contract: F64, F117
#[actix_web::test]
async fn autopay_ends_with_the_sign_in_and_is_told() {
    let house = TestApp::start().await;
    let rosa = enrolled(&house, "4242424242424242").await;
    closes(&rosa, "").await;
    house.autopays("2026-07-21").await;
    house.autopays("2026-07-24").await;
    assert_eq!(house.balance(rosa.household.account).await, 1_500);
    assert_eq!(house.news(&rosa).await, ["joined", "ended stopped"]);
}

/// Contract: F63
#[actix_web::test]
async fn autopay_goes_on_where_the_customer_says_so() {
    let house = TestApp::start().await;
    let rosa = enrolled(&house, "4242424242424242").await;
    closes(&rosa, "yes").await;
    house.autopays("2026-07-21").await;
    house.autopays("2026-07-24").await;
    assert_eq!(house.balance(rosa.household.account).await, 0);
    assert!(
        !house
            .news(&rosa)
            .await
            .contains(&"ended stopped".to_owned())
    );
}

#[actix_web::test]
async fn a_payment_for_a_day_to_come_ends_too() {
    let house = TestApp::start().await;
    let rosa = billed(&house).await;
    rosa.saves_card("4242424242424242").await;
    rosa.schedules("10.00", "2026-07-15").await;
    closes(&rosa, "").await;
    house.autopays("2026-07-15").await;
    assert_eq!(house.balance(rosa.household.account).await, 1_500);
}

/// Contract: F63, F104
#[actix_web::test]
async fn whoever_only_sees_the_account_is_told_of_a_charge_without_the_doors_to_it() {
    let house = TestApp::start().await;
    let rosa = enrolled(&house, "4242424242424242").await;
    invite(&rosa, GRETA, "view").await;
    join(&house, GRETA).await;
    house.autopays("2026-07-21").await;
    let db = &house.app.db;
    let waiting = db
        .read(|conn| -> Result<_, StoreError> { list_waiting(conn, 100) })
        .await
        .expect("the outbox can be read");
    let told_as_guest = |recipient: &str| {
        waiting.iter().find_map(|row| match &row.notice {
            Notice::Autopay(told) if row.recipient == recipient => {
                matches!(told.news, AutopayNews::Ahead { .. }).then_some(told.is_guest)
            }
            _ => None,
        })
    };
    assert_eq!(told_as_guest(GRETA), Some(true));
    assert_eq!(told_as_guest(&rosa.household.email), Some(false));
}
