//! Orders that nobody typed: a customer asks, or the office carries a move out, and a crew has work.

use mainstay::domain::staff::Role;

use super::{account, dial, job, number, planned};
use crate::support::app::TestApp;
use crate::support::billing::Utility;

/// Contract: F96, F98, F100
#[actix_web::test]
async fn a_reread_that_is_asked_for_is_an_order_at_once_and_its_read_is_entered() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").signed_in().await;
    let crew = house.crew().await;
    let form = rosa.visit("/requests/new/meter_reread").await;
    let asked = form
        .fill("service", "water")
        .fill("access", "The gate on the left.")
        .submit("Send request")
        .await;
    asked.must_show("Read the meter again We plan the visit.");

    let clerk = house.staff(Role::Csr).await;
    let request = clerk.visit(&format!("/office{}", asked.path)).await;
    request.must_show("Service orders");
    let order = clerk.visit(&account(&rosa.household)).await;
    let order = order.follow("Read the meter again").await;
    order
        .must_show("The gate on the left.")
        .must_show("Cycle First of the month, balance $0.00")
        .must_show("Prairie Street");
    planned(&house, &order)
        .await
        .must_show("The plan is saved.");
    rosa.visit(&asked.path)
        .await
        .must_show("A visit is planned. Somebody comes Jul 1, 8 AM to 4 PM");

    let today = crew.visit("/office/field").await;
    today
        .must_show("1 order, Wednesday, July 1")
        .must_show("The gate on the left.");
    let page = job(&crew, &order).await;
    let register = dial(&page);
    let done = page.fill(&register, "1234").submit("Send the result").await;
    done.must_show("The result is taken.")
        .must_show("Nothing is left to do today.");
    let reads = format!("{}?tab=reads", account(&rosa.household));
    clerk.visit(&reads).await.must_show("1234");
    rosa.visit(&asked.path).await.must_show("It is done.");
    let audit = format!("{}?tab=audit", account(&rosa.household));
    clerk.visit(&audit).await.must_show("Order done");
}

/// Contract: F98, F100
#[actix_web::test]
async fn a_move_is_one_of_each_and_taking_it_back_cancels_both() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").signed_in().await;
    let form = rosa.visit("/requests/new/move").await;
    let asked = form
        .fill("stop_on", "2026-07-08")
        .fill("start_on", "2026-07-09")
        .fill("place", "12 Elm Street")
        .submit("Send request")
        .await;
    asked
        .must_show("Turn service off We plan the visit. Somebody comes Jul 8")
        .must_show("Turn service on We plan the visit. Somebody comes Jul 9");
    let clerk = house.staff(Role::Csr).await;
    let list = clerk.visit("/office/orders").await;
    assert_eq!(list.texts("tbody tr").len(), 2);
    list.must_show("Place: see the note")
        .must_show("Prairie Street");
    asked.submit("Yes, withdraw it").await;
    let list = clerk.visit("/office/orders").await;
    list.must_show("No order matches.");
    let all = clerk.visit("/office/orders?state=canceled").await;
    assert_eq!(all.texts("tbody tr").len(), 2);
    let one = all.follow("Turn service on").await;
    one.must_show("The request has ended");
    let refused = clerk
        .visit(&format!("/office/orders/{}", number(&one)))
        .await;
    assert!(!refused.shows("Save the plan"));
}

/// Contract: F23, F98, F99
#[actix_web::test]
async fn a_move_out_sends_a_crew_that_reads_and_turns_service_off() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").moved_in().await;
    Utility::of(&house).sells_water();
    let crew = house.crew().await;
    let clerk = house.staff(Role::BillingClerk).await;
    let page = clerk.visit(&format!("{}/move", account(&rosa))).await;
    let check = page
        .fill("stop_on", "2026-07-01")
        .submit("Look at what it comes to")
        .await;
    let list = clerk.visit("/office/orders").await;
    list.must_show("No order matches.");
    check.submit("Carry it out").await;
    let list = clerk.visit("/office/orders?day=2026-07-01").await;
    let order = list.follow("Turn service off").await;
    planned(&house, &order)
        .await
        .must_show("The plan is saved.");

    let page = job(&crew, &order).await;
    let register = dial(&page);
    let unread = page.submit("Send the result").await;
    assert_eq!(unread.status, 422);
    let done = unread.fill(&register, "77").submit("Send the result").await;
    done.must_show("The result is taken.");
    clerk
        .visit(&account(&rosa))
        .await
        .must_show("off since Jul 1");
}

/// Contract: F98
#[actix_web::test]
async fn danger_is_an_emergency_and_wires_are_not_sent_to_a_crew_of_water() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").signed_in().await;
    for (problem, place) in [("gas_smell", "Elm and Third"), ("no_power", "at home")] {
        let form = rosa
            .visit(&format!("/requests/new/problem?problem={problem}"))
            .await;
        form.fill("place", place).submit("Send request").await;
    }
    let clerk = house.staff(Role::Csr).await;
    let list = clerk.visit("/office/orders").await;
    let rows = list.texts("tbody tr");
    assert_eq!(rows.len(), 1, "{rows:?}");
    assert!(rows[0].contains("Look for a leak") && rows[0].contains("Emergency"));
}
