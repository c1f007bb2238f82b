//! Orders at the desk: made, planned, refused in words, given back with a reason, filtered.

use mainstay::domain::staff::Role;

use super::{account, job, made, planned};
use crate::support::app::TestApp;

/// Contract: F34, F98
#[actix_web::test]
async fn what_could_not_be_done_comes_back_with_its_reason() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").moved_in().await;
    let (crew, clerk) = (house.crew().await, house.staff(Role::Csr).await);
    let order = made(&clerk, &rosa, "leak").await;
    let order = planned(&house, &order).await;
    order
        .must_show("Assigned")
        .must_show("The field_supervisor");
    let page = job(&crew, &order).await;
    let begun = page.submit("On my way").await;
    begun.must_show("The office sees that you are on your way.");
    let page = job(&crew, &order).await;
    let unsaid = page
        .fill("outcome", "could_not")
        .submit("Send the result")
        .await;
    assert_eq!(unsaid.status, 422);
    let back = unsaid
        .fill("outcome", "could_not")
        .fill("why", "no_access")
        .fill("words", "A dog in the yard.")
        .submit("Send the result")
        .await;
    back.must_show("It is back with the office.");

    let today = clerk.visit("/office").await;
    today.must_show("1 could not be done");
    let list = clerk.visit("/office/orders?state=not_done").await;
    let order = list.follow("Look for a leak").await;
    order
        .must_show("No access to the meter")
        .must_show("A dog in the yard.");
    // Sent out again, it is a new day's work.
    planned(&house, &order)
        .await
        .must_show("The plan is saved.");
    crew.visit("/office/field")
        .await
        .must_show("Look for a leak");
}

/// Contract: F98
#[actix_web::test]
async fn a_plan_says_what_is_wrong_with_it() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").moved_in().await;
    let (_crew, clerk) = (house.crew().await, house.staff(Role::Csr).await);
    let order = made(&clerk, &rosa, "cart").await;
    let crew = order.attribute("#assignee option:last-child", "value");
    let crew = crew.expect("somebody of the field");
    for (day, words) in [
        ("", "Choose the day on which somebody goes."),
        ("2026-06-30", "That day has passed."),
        ("soon", "Write a date such as"),
    ] {
        let refused = order
            .clone()
            .fill("day", day)
            .fill("assignee", &crew)
            .submit("Save the plan")
            .await;
        assert_eq!(refused.status, 422, "{day}");
        refused.must_show(words);
    }
    let unsaid = order.submit("Cancel the order").await;
    assert_eq!(unsaid.status, 422);
    let gone = unsaid
        .fill("why", "They keep the old one.")
        .submit("Cancel the order")
        .await;
    gone.must_show("The order is canceled.")
        .must_show("They keep the old one.");
}

/// Contract: F98, F159
#[actix_web::test]
async fn a_form_sent_twice_makes_one_order_and_a_shut_off_is_not_everybodys() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").moved_in().await;
    let clerk = house.staff(Role::Csr).await;
    let form = clerk.visit(&format!("{}/orders/new", account(&rosa))).await;
    assert!(!form.shows("Shut off for nonpayment"));
    let form = form.fill("kind", "door_tag");
    let (once, twice) = (
        form.submit("Make the order").await,
        form.submit("Make the order").await,
    );
    assert_eq!(once.path, twice.path);
    let list = clerk.visit("/office/orders").await;
    assert_eq!(list.texts("tbody tr").len(), 1);
    let exchange = form
        .fill("kind", "meter_exchange")
        .fill("place", "")
        .submit("Make the order")
        .await;
    assert_eq!(exchange.status, 422);
    exchange.must_show("Choose the one service whose meter is exchanged.");
}

/// Contract: F34, F118
#[actix_web::test]
async fn two_who_plan_an_order_alike_are_told_of_no_conflict() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").moved_in().await;
    let (_crew, clerk) = (house.crew().await, house.staff(Role::Csr).await);
    let order = made(&clerk, &rosa, "leak").await;
    for form in [order.clone(), order] {
        let saved = planned(&house, &form).await;
        saved.must_show("The plan is saved.");
    }
}
