//! Shut-offs for what is owed: handed out and done with an affirmative answer of their day alone, taken back by a payment, and undone by one.

use mainstay::domain::staff::Role;

use super::{account, dial, job, made, photo, planned};
use crate::holds::{late, places, served};
use crate::support::app::TestApp;
use crate::support::page::Page;
use crate::support::people::Household;
use crate::support::visitor::Visitor;

/// Takes what is owed over the counter.
async fn pays(desk: &Visitor, home: &Household) {
    let form = format!("{}/payments/new", account(home));
    let page = desk.visit(&form).await.fill("tender", "cash");
    let paid = page.submit("Take the payment").await;
    assert_eq!(paid.status, 200, "{}", paid.html);
}

/// The result of a shut-off, filled in.
async fn shut(crew: &Visitor, order: &Page) -> Page {
    let page = job(crew, order).await;
    page.clone()
        .fill(&dial(&page), "640")
        .attach("photo", "valve.jpg", &photo())
}

/// Contract: F83, F99
#[actix_web::test]
async fn a_shut_off_is_handed_out_where_it_may_be_and_a_payment_takes_it_back() {
    let house = TestApp::start().await;
    let rosa = late(&house).await;
    let (crew, desk) = (house.crew().await, house.staff(Role::Collector).await);
    let order = made(&desk, &rosa.household, "shut_off").await;
    let refused = planned(&house, &order).await;
    assert_eq!(refused.status, 422);
    refused.must_show("This account may not be shut off today: written notice not yet given");
    served(&desk, &rosa.household, "2026-07-09", true).await;
    let ahead = order
        .clone()
        .fill("assignee", &crew_of(&order))
        .fill("day", "2026-07-20")
        .submit("Save the plan")
        .await;
    assert_eq!(ahead.status, 422);
    ahead.must_show("A shut-off is handed out and done on one and the same day");
    let order = planned(&house, &order).await;
    order
        .must_show("The plan is saved.")
        .must_show("It may be handed out today.");

    let filled = shut(&crew, &order).await;
    pays(&desk, &rosa.household).await;
    let order = order.reload().await;
    order
        .must_show("Canceled")
        .must_show("Nothing is left to shut off for");
    let refused = filled.submit("Send the result").await;
    assert_eq!(refused.status, 409);
    refused.must_show("This order was canceled meanwhile.");
    let screen = desk.visit(&account(&rosa.household)).await;
    assert!(!screen.shows("off since"));
}

fn crew_of(order: &Page) -> String {
    let crew = order.attribute("#assignee option:last-child", "value");
    crew.expect("somebody of the field")
}

/// Contract: F83, F99
#[actix_web::test]
async fn what_forbids_it_after_it_was_handed_out_forbids_it_at_the_door() {
    let house = TestApp::start().await;
    let rosa = late(&house).await;
    let (crew, desk) = (house.crew().await, house.staff(Role::Collector).await);
    served(&desk, &rosa.household, "2026-07-09", true).await;
    let order = made(&desk, &rosa.household, "shut_off").await;
    let order = planned(&house, &order).await;
    let filled = shut(&crew, &order).await;
    let clerk = house.staff(Role::Csr).await;
    places(&clerk, &rosa.household, "medical_certificate").await;
    let begun = job(&crew, &order).await.submit("On my way").await;
    assert_eq!(begun.status, 409);
    let refused = filled.submit("Send the result").await;
    assert_eq!(refused.status, 409);
    refused.must_show("This account may not be shut off today: medical certificate");
    let screen = desk.visit(&account(&rosa.household)).await;
    assert!(!screen.shows("off since"));
}

/// Contract: F83, F99
#[actix_web::test]
async fn what_was_shut_off_is_reconnected_by_itself_once_it_is_paid() {
    let house = TestApp::start().await;
    let rosa = late(&house).await;
    let (crew, desk) = (house.crew().await, house.staff(Role::Collector).await);
    served(&desk, &rosa.household, "2026-07-09", true).await;
    let order = made(&desk, &rosa.household, "shut_off").await;
    let order = planned(&house, &order).await;
    let done = shut(&crew, &order).await.submit("Send the result").await;
    done.must_show("The result is taken.");
    let screen = desk.visit(&account(&rosa.household)).await;
    screen.must_show("off since Jul 16");

    pays(&desk, &rosa.household).await;
    let list = desk.visit("/office/orders").await;
    let rows = list.texts("tbody tr");
    assert_eq!(rows.len(), 1, "{rows:?}");
    assert!(rows[0].contains("Reconnect") && rows[0].contains("Same day"));
    let order = list.follow("Reconnect").await;
    order.must_show("Shut off for nonpayment, Order");
    let order = planned(&house, &order).await;
    let page = job(&crew, &order).await;
    let on = page
        .clone()
        .fill(&dial(&page), "640")
        .submit("Send the result")
        .await;
    on.must_show("The result is taken.");
    let screen = desk.visit(&account(&rosa.household)).await;
    assert!(!screen.shows("off since"));
}
