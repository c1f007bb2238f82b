//! The office works what was asked for: finds it, takes it, writes, moves it on; the customer is told each step.

use mainstay::domain::staff::Role;

use super::asking::asked;
use crate::support::app::TestApp;

/// Contract: F6, F98, F115, F117, F119
#[actix_web::test]
async fn a_clerk_takes_a_request_asks_back_and_finishes_it() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").signed_in().await;
    let request = asked(&rosa.visit("/requests/new/high_bill_check").await).await;
    let clerk = house.staff(Role::Csr).await;

    let today = clerk.visit("/office").await;
    today
        .must_show("Customer requests")
        .must_show("none overdue");
    let queue = clerk.visit("/office/requests").await;
    queue.must_show("Rosa").must_show("Nobody");
    let page = queue.follow("Check a high bill").await;
    page.must_show("It doubled and nobody was home.");
    let page = page.submit("I will work on it").await;
    page.must_show("The request is yours now.");
    let mine = clerk.visit("/office/requests?owner=me").await;
    mine.must_show("Check a high bill");

    // To wait without a question would leave the customer guessing.
    let refused = page
        .fill("to", "waiting")
        .submit("Move and tell the customer")
        .await;
    refused.must_show("Write a few words first.");
    let waiting = refused
        .fill("to", "waiting")
        .fill("words", "Does the toilet run at night?")
        .submit("Move and tell the customer")
        .await;
    waiting.must_show("The customer is told.");

    let seen = rosa.visit(&request.path).await;
    seen.must_show("Waiting for you")
        .must_show("Does the toilet run at night?");
    let answered = seen
        .fill("words", "Yes, it does.")
        .submit("Send message")
        .await;
    answered.must_show("In progress").must_show("Yes, it does.");

    let page = clerk.visit(&waiting.path).await;
    page.must_show("Yes, it does.");
    let done = page
        .fill("to", "done")
        .fill("words", "The valve is the cause; the reads are right.")
        .submit("Move and tell the customer")
        .await;
    done.must_show("Answered on the same day");
    assert!(!done.shows("Move it on"));
    rosa.visit(&request.path)
        .await
        .must_show("The valve is the cause; the reads are right.");
    clerk
        .visit("/office/requests")
        .await
        .must_show("Nothing here waits for the office.");
    clerk
        .visit("/office/requests?state=done")
        .await
        .must_show("Check a high bill");

    let number = rosa.household.number.as_str();
    let contacts = format!("/office/accounts/{number}?tab=contacts");
    let told = clerk.visit(&contacts).await;
    assert!(told.texts("tbody tr").len() >= 3, "{}", told.html);
    let audit = format!("/office/accounts/{number}?tab=audit");
    let audit = clerk.visit(&audit).await;
    audit
        .must_show("Request received")
        .must_show("Request given to somebody")
        .must_show("Request answered")
        .must_show("Standing of a request changed");
}

#[actix_web::test]
async fn two_clerks_move_a_request_once() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").signed_in().await;
    let request = asked(&rosa.visit("/requests/new/high_bill_check").await).await;
    let path = format!("/office{}", request.path);
    let (one, two) = (house.staff(Role::Csr).await, house.staff(Role::Csr).await);
    let (first, second) = (one.visit(&path).await, two.visit(&path).await);
    let declined = first
        .fill("to", "declined")
        .fill("words", "There is no such meter.")
        .submit("Move and tell the customer")
        .await;
    declined.must_show("Declined");
    let late = second
        .fill("to", "done")
        .fill("words", "All done.")
        .submit("Move and tell the customer")
        .await;
    assert_eq!(late.status, 422);
    late.must_show("Somebody moved this request meanwhile.");
}

#[actix_web::test]
async fn what_is_past_its_day_is_shown_first_and_as_overdue() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").signed_in().await;
    asked(&rosa.visit("/requests/new/high_bill_check").await).await;
    house.set_day("2026-07-20");
    let problems = rosa.visit("/requests/new/problem").await;
    let form = problems.follow("No water").await;
    form.submit("Send request")
        .await
        .must_show("Answer by Jul 20, 2026");
    house.advance_days(1);
    let viewer = house.staff(Role::Viewer).await;
    let queue = viewer.visit("/office/requests").await;
    let rows = queue.texts("tbody tr");
    assert_eq!(rows.len(), 2);
    assert!(rows[0].contains("Check a high bill") && rows[0].contains("Overdue"));
    assert!(rows[1].contains("No water") && rows[1].contains("Overdue"));
    let page = queue.follow("No water").await;
    assert!(!page.shows("I will work on it"), "a viewer only looks");
    let account = format!("/office/accounts/{}", rosa.household.number.as_str());
    viewer
        .visit(&account)
        .await
        .must_show("Requests and disputes")
        .must_show("No water");
}
