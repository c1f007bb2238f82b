//! What is declared for everybody, and what the weather forbids, takes shut-offs off the crews' lists that were handed out before.

use mainstay::domain::commodity::Commodity;
use mainstay::domain::staff::Role;
use mainstay::jobs::holds;

use super::{account, job, made, planned};
use crate::holds::{late, places, served};
use crate::support::app::TestApp;
use crate::support::page::Page;
use crate::support::people::Household;
use crate::support::visitor::Visitor;

/// A shut-off that somebody of the field has today.
async fn handed_out(house: &TestApp, home: &Household) -> (Visitor, Page) {
    let (crew, desk) = (house.crew().await, house.staff(Role::Collector).await);
    served(&desk, home, "2026-07-09", true).await;
    let order = made(&desk, home, "shut_off").await;
    let order = planned(house, &order).await;
    order.must_show("The plan is saved.");
    (crew, order)
}

/// Declares that nobody with water is shut off in these days.
async fn declares(house: &TestApp, (from, last): (&str, &str)) {
    let manager = house.staff(Role::BillingManager).await;
    let page = manager.visit("/office/moratoria").await;
    page.fill("service", "water")
        .fill("from", from)
        .fill("last", last)
        .fill("reason", "The county declared an emergency.")
        .submit("Declare it")
        .await
        .must_show("The moratorium is declared.");
}

/// Contract: F83, F85, F99
#[actix_web::test]
async fn a_moratorium_takes_open_shut_offs_off_the_list_in_the_same_moment() {
    let house = TestApp::start().await;
    let rosa = late(&house).await;
    let (crew, order) = handed_out(&house, &rosa.household).await;
    let day = crew.visit("/office/field").await;
    day.must_show("Shut off");
    declares(&house, ("2026-07-16", "2026-07-31")).await;
    day.reload().await.must_show("Nothing is left to do today.");
    order
        .reload()
        .await
        .must_show("Canceled")
        .must_show("Protected: nobody may be shut off for it now")
        .must_show("The county declared an emergency.");
    let manager = house.staff(Role::BillingManager).await;
    let audit = format!("{}?tab=audit", account(&rosa.household));
    manager.visit(&audit).await.must_show("Order canceled");
    // No other is ordered while it lasts.
    house.set_day("2026-07-17");
    let desk = house.staff(Role::Collector).await;
    let form = format!("{}/orders/new", account(&rosa.household));
    desk.visit(&form)
        .await
        .must_show("No shut-off may be ordered for this account");
}

/// Contract: F83, F85, F99
#[actix_web::test]
async fn no_shut_off_is_ordered_for_a_protected_household_and_the_form_says_why() {
    let house = TestApp::start().await;
    let rosa = late(&house).await;
    let desk = house.staff(Role::Collector).await;
    let address = format!("{}/orders/new", account(&rosa.household));
    let form = desk.visit(&address).await;
    // A notice is still to be given: it may be prepared, and the form says what it waits for.
    form.must_show("One may be ordered")
        .must_show("written notice not yet given");
    let offered = |page: &Page| page.attribute("option[value=shut_off]", "value");
    assert!(offered(&form).is_some());
    let counter = house.staff(Role::Csr).await;
    places(&counter, &rosa.household, "medical_certificate").await;
    let refused = form.fill("kind", "shut_off").submit("Make the order").await;
    assert_eq!(refused.status, 422);
    for page in [refused, desk.visit(&address).await] {
        page.must_show("No shut-off may be ordered for this account:");
        assert_eq!(offered(&page), None);
    }
    let list = desk.visit("/office/orders").await;
    assert!(list.texts("tbody tr").is_empty());
}

/// Contract: F83, F85, F99
#[actix_web::test]
async fn a_moratorium_that_begins_later_does_so_on_its_first_day() {
    let house = TestApp::start().await;
    let rosa = late(&house).await;
    let desk = house.staff(Role::Collector).await;
    let order = made(&desk, &rosa.household, "shut_off").await;
    declares(&house, ("2026-07-20", "2026-07-31")).await;
    let round = holds::run(house.app.clone()).await;
    round.expect("the holds are looked at");
    assert!(!order.reload().await.shows("Canceled"), "it has not begun");
    house.set_day("2026-07-20");
    for _ in 0..2 {
        let round = holds::run(house.app.clone()).await;
        round.expect("the holds are looked at");
    }
    let desk = house.staff(Role::Collector).await;
    let order = desk.visit(&order.path).await;
    assert_eq!(order.texts(".thread .badge.bad, .thread .badge").len(), 2);
    order
        .must_show("Canceled")
        .must_show("The county declared an emergency.");
}

/// Contract: F83, F99
#[actix_web::test]
async fn a_forecast_of_heat_calls_back_the_crew_that_has_a_shut_off() {
    let house = TestApp::start().await;
    let home = house.moves_in("Rosa", &[Commodity::Electric]).await;
    house.owes(home.account, "$100.00", 5).await;
    house.set_day("2026-07-16");
    let server = house.staff(Role::Collector).await;
    let notes = async |day: &str, high: &str| {
        server
            .visit("/office/moratoria")
            .await
            .fill("day", day)
            .fill("low", "70")
            .fill("high", high)
            .submit("Note the forecast")
            .await
            .must_show("The forecast is noted.");
    };
    notes("2026-07-16", "88").await;
    notes("2026-07-17", "88").await;
    let (crew, order) = handed_out(&house, &home).await;
    notes("2026-07-17", "97").await;
    order
        .reload()
        .await
        .must_show("Canceled")
        .must_show("Weather");
    let page = job(&crew, &order).await;
    page.must_show("This order was canceled.");
}
