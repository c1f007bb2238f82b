//! A crew with a job of its own: it sees the orders that it was given or may take, and nothing of what customers owe.

use mainstay::domain::staff::Role;

use super::{account, dial, job, made, number, photo, planned};
use crate::support::app::TestApp;

/// Contract: F97, F160
#[actix_web::test]
async fn a_crew_takes_an_order_that_nobody_has_and_brings_the_read_back() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").owing("$84.10").moved_in().await;
    let clerk = house.staff(Role::Csr).await;
    let order = made(&clerk, &rosa, "re_read").await;
    let crew = house.staff(Role::Field).await;
    let mine = crew.visit("/office/field").await;
    mine.must_show("Nothing is left to do today.")
        .must_show("Waiting for somebody");
    let taken = mine
        .submit(&format!("Take this order Order {}", number(&order)))
        .await;
    taken.must_show("The order is yours.");
    let page = taken
        .clone()
        .fill(&dial(&taken), "4321")
        .attach("photo", "meter.jpg", &photo());
    let sent = page.submit("Send the result").await;
    sent.must_show("The result is taken.");
    let reads = format!("{}?tab=reads", account(&rosa));
    clerk.visit(&reads).await.must_show("4321");
}

/// Contract: F97, F160
#[actix_web::test]
async fn a_crew_sees_nothing_of_the_office_but_its_orders() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").owing("$84.10").moved_in().await;
    let (clerk, crew) = (house.staff(Role::Csr).await, house.staff(Role::Field).await);
    let first = crew.visit("/office").await;
    first.must_show("My orders today");
    assert!(!first.shows("Accounts") && !first.shows("84.10"));
    for closed in [
        account(&rosa),
        "/office/accounts".to_owned(),
        "/office/search?q=rosa".to_owned(),
        "/office/orders".to_owned(),
        "/office/receivables".to_owned(),
    ] {
        assert_eq!(crew.get(&closed).await.status, 403, "{closed}");
    }
    let order = made(&clerk, &rosa, "re_read").await;
    let seen = job(&crew, &order).await;
    seen.must_show("Rosa");
    assert!(!seen.shows("84.10"));

    // What another has is not theirs to see, nor to report on.
    let other = house.crew().await;
    planned(&house, &order.reload().await).await;
    let field = format!("/office/field/{}", number(&order));
    assert_eq!(crew.get(&field).await.status, 404);
    let late = seen.submit("Take this order").await;
    assert_eq!(late.status, 409);
    assert!(!late.shows("Rosa"));
    assert_eq!(other.get(&field).await.status, 200);
}

/// Contract: F97
#[actix_web::test]
async fn of_two_who_take_an_order_one_is_told_that_the_other_has_it() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").moved_in().await;
    let clerk = house.staff(Role::Csr).await;
    let order = made(&clerk, &rosa, "re_read").await;
    let (one, other) = (house.crew().await, house.crew().await);
    let (hers, his) = (job(&one, &order).await, job(&other, &order).await);
    let taken = hers.submit("Take this order").await;
    taken.must_show("The order is yours.");
    let refused = his.submit("Take this order").await;
    assert_eq!(refused.status, 409);
    refused.must_show("somebody else");
}

/// Contract: F97
#[actix_web::test]
async fn the_later_of_two_plans_says_who_was_sent_meanwhile() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").moved_in().await;
    let (ana, ben) = (house.staff(Role::Csr).await, house.staff(Role::Csr).await);
    let _crew = house.crew().await;
    let hers = made(&ana, &rosa, "re_read").await;
    let his = ben
        .visit(&format!("/office/orders/{}", number(&hers)))
        .await;
    planned(&house, &hers).await.must_show("The plan is saved.");
    let told = planned(&house, &his).await;
    assert_eq!(told.status, 409, "{}", told.html);
    told.must_show("Somebody changed this after you opened the page. It is now:");
    let saved = told.submit("Save the plan").await;
    assert_eq!(saved.status, 200);
}
