//! What is in dispute is not charged, from the second on in which the customer says so.

use super::enrolled;
use crate::support::app::TestApp;
use crate::support::people::Customer;

pub(super) async fn disputes(rosa: &Customer, amount: &str) {
    let bills = rosa.visit("/bills").await.follow("June 2026 bill").await;
    let form = bills.follow("Does something look wrong?").await;
    form.fill("reason", "too_much_use")
        .fill("amount", amount)
        .fill("words", "We were away.")
        .submit("Dispute this amount")
        .await
        .must_show("in dispute");
}

/// Contract: F63, F89
#[actix_web::test]
async fn autopay_leaves_out_what_is_in_dispute() {
    let house = TestApp::start().await;
    let rosa = enrolled(&house, "4242424242424242").await;
    house.autopays("2026-07-21").await;
    disputes(&rosa, "5").await;
    rosa.visit("/autopay").await.must_show("$10.00");
    house.autopays("2026-07-24").await;
    house.autopays("2026-07-25").await;
    assert_eq!(house.balance(rosa.household.account).await, 500);
    let charges = house.look("charges?limit=100").await;
    assert_eq!(charges["data"][0]["amount"], 1_000);
}

#[actix_web::test]
async fn a_charge_that_was_asked_for_is_not_made_of_what_was_disputed_meanwhile() {
    let house = TestApp::start().await;
    let rosa = super::anew::asked_and_killed(&house).await;
    disputes(&rosa, "").await;
    for _ in 0..2 {
        house.autopays("2026-07-24").await;
    }
    assert_eq!(house.balance(rosa.household.account).await, 1_500);
    let charges = house.look("charges?limit=100").await;
    assert_eq!(charges["data"].as_array().expect("a list").len(), 0);
}
