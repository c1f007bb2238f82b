//! Shut-offs for what is owed: handed out and done with an affirmative answer of their day alone, taken back by a payment or a hold, undone by
//! either, and by nothing else.

use mainstay::domain::staff::Role;
use mainstay::store::db::Tx;
use mainstay::usecases::accounts::services::stop_service;

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

/// Takes a dollar over the counter, whatever is owed.
async fn pays_some(desk: &Visitor, home: &Household) {
    let form = format!("{}/payments/new", account(home));
    let page = desk.visit(&form).await.fill("tender", "cash");
    let paid = page.fill("amount", "1.00").submit("Take the payment").await;
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
    turned_on_again(&house, &rosa.household, &filled).await;
}

/// A shut-off that was done at the door after it was canceled: it is refused, and somebody is sent to turn service on, however often it is sent.
async fn turned_on_again(house: &TestApp, home: &Household, filled: &Page) {
    let desk = house.staff(Role::BillingManager).await;
    for _ in 0..2 {
        let refused = filled.submit("Send the result").await;
        assert_eq!(refused.status, 409, "{}", refused.html);
        refused
            .must_show("This order was canceled meanwhile: nobody may be shut off here.")
            .must_show("Service is noted as off here, and order");
    }
    let screen = desk.visit(&account(home)).await;
    screen.must_show("off since Jul 16");
    let list = desk.visit("/office/orders").await;
    let rows = list.texts("tbody tr");
    assert_eq!(rows.len(), 1, "{rows:?}");
    assert!(rows[0].contains("Reconnect") && rows[0].contains("Same day"));
    let audit = desk.visit(&format!("{}?tab=audit", account(home))).await;
    audit.must_show("Shut-off undone");
}

fn crew_of(order: &Page) -> String {
    let crew = order.attribute("#assignee option:last-child", "value");
    crew.expect("somebody of the field")
}

/// Contract: F83, F99
#[actix_web::test]
async fn what_forbids_it_after_it_was_handed_out_takes_it_off_the_list_and_undoes_it() {
    let house = TestApp::start().await;
    let rosa = late(&house).await;
    let (crew, desk) = (house.crew().await, house.staff(Role::Collector).await);
    served(&desk, &rosa.household, "2026-07-09", true).await;
    let order = made(&desk, &rosa.household, "shut_off").await;
    let order = planned(&house, &order).await;
    let (filled, waits) = (shut(&crew, &order).await, job(&crew, &order).await);
    let day = crew.visit("/office/field").await;
    day.must_show("Shut off");
    let clerk = house.staff(Role::Csr).await;
    places(&clerk, &rosa.household, "medical_certificate").await;
    order
        .reload()
        .await
        .must_show("Canceled")
        .must_show("nobody may be shut off for it now");
    day.reload().await.must_show("Nothing is left to do today.");
    let begun = waits.submit("On my way").await;
    assert_eq!(begun.status, 409);
    turned_on_again(&house, &rosa.household, &filled).await;
}

/// Contract: F83, F99
#[actix_web::test]
async fn a_shut_off_that_is_brought_in_a_day_late_is_undone() {
    let house = TestApp::start().await;
    let rosa = late(&house).await;
    let (crew, desk) = (house.crew().await, house.staff(Role::Collector).await);
    served(&desk, &rosa.household, "2026-07-09", true).await;
    let order = made(&desk, &rosa.household, "shut_off").await;
    let order = planned(&house, &order).await;
    let filled = shut(&crew, &order).await;
    house.set_day("2026-07-17");
    let refused = filled.submit("Send the result").await;
    assert_eq!(refused.status, 409);
    refused
        .must_show("A shut-off is handed out and done on one and the same day")
        .must_show("Service is noted as off here, and order");
    order.reload().await.must_show("Canceled");
    let list = desk.visit("/office/orders").await;
    list.must_show("Reconnect");
}

/// Contract: F99
#[actix_web::test]
async fn nobody_is_sent_to_a_place_that_the_account_has_left() {
    let house = TestApp::start().await;
    let rosa = late(&house).await;
    let (crew, desk) = (house.crew().await, house.staff(Role::Collector).await);
    served(&desk, &rosa.household, "2026-07-09", true).await;
    let order = made(&desk, &rosa.household, "shut_off").await;
    let order = planned(&house, &order).await;
    let done = shut(&crew, &order).await.submit("Send the result").await;
    done.must_show("The result is taken.");
    // She moves out; the house stands empty.
    let (account_id, on) = (rosa.household.account, house.stamp().on);
    let id = house.served(account_id).await[0].id;
    let stop = move |tx: &mut Tx<'_>| stop_service(tx, account_id, id, on).map(drop);
    let stopped = house.app.db.write(house.stamp(), stop).await;
    stopped.expect("service ends");
    house.set_day("2026-07-20");
    pays(&desk, &rosa.household).await;
    let list = desk.visit("/office/orders").await;
    assert!(list.texts("tbody tr").is_empty());
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

/// Contract: F85, F99
#[actix_web::test]
async fn what_was_shut_off_is_reconnected_for_a_certificate_and_for_a_credit_too() {
    for is_hold in [true, false] {
        let house = TestApp::start().await;
        let rosa = late(&house).await;
        let (crew, desk) = (house.crew().await, house.staff(Role::Collector).await);
        served(&desk, &rosa.household, "2026-07-09", true).await;
        let order = made(&desk, &rosa.household, "shut_off").await;
        let order = planned(&house, &order).await;
        let done = shut(&crew, &order).await.submit("Send the result").await;
        done.must_show("The result is taken.");
        if is_hold {
            let csr = house.staff(Role::Csr).await;
            places(&csr, &rosa.household, "medical_certificate").await;
        } else {
            let clerk = house.staff(Role::BillingClerk).await;
            let form = format!("{}/adjustments/new", account(&rosa.household));
            let looked = clerk
                .visit(&form)
                .await
                .fill("direction", "give")
                .fill("amount", "100.00")
                .fill("fund", "WATER")
                .fill("reason", "billing_error")
                .submit("Look at the entry")
                .await;
            let posted = looked.submit("Post it").await;
            posted.must_show("The correction is posted.");
        }
        let list = desk.visit("/office/orders").await;
        let rows = list.texts("tbody tr");
        assert_eq!(rows.len(), 1, "{rows:?}");
        // What the office took back once is made again by what comes next.
        let reconnect = list.follow("Reconnect").await;
        let gone = reconnect
            .fill("why", "Twice.")
            .submit("Cancel the order")
            .await;
        gone.must_show("The order is canceled.");
        pays_some(&desk, &rosa.household).await;
        let list = desk.visit("/office/orders").await;
        let rows = list.texts("tbody tr");
        assert_eq!(rows.is_empty(), is_hold, "{rows:?}");
    }
}
