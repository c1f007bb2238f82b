//! What ends a plan beside the customer: bills that are not paid; and what a bill that is taken back leaves.

use mainstay::domain::money::Money;
use mainstay::domain::staff::Role;
use mainstay::jobs::budget_plans;
use mainstay::store::db::{Conn, Tx};
use mainstay::usecases::bill_cancellation::cancel_bill;
use mainstay::usecases::billing::rebill::{cancel_and_rebill, plan};

use super::{balance, billed_three_times, bills_month, joins, register};
use crate::support::app::TestApp;
use crate::support::billing::Utility;
use crate::support::people::Customer;

/// The clock looks at the plans.
async fn looks(house: &TestApp) {
    let round = budget_plans::run(house.app.clone()).await;
    round.expect("the plans are looked at");
}

/// The latest bill is taken back.
async fn takes_back(house: &TestApp, rosa: &Customer) {
    let bill = Utility::of(house).latest(rosa.household.account).bill.id;
    let cancel = move |tx: &mut Tx<'_>| cancel_bill(tx, bill, "The read was wrong");
    let done = house.app.db.write(house.stamp(), cancel).await;
    done.expect("the bill is canceled");
}

#[actix_web::test]
async fn a_plan_ends_when_two_of_its_bills_are_past_due() {
    let house = TestApp::start().await;
    let rosa = billed_three_times(&house).await;
    joins(&rosa, "fixed", "spread").await;
    bills_month(&house, &rosa, 0);
    bills_month(&house, &rosa, 1);
    // July's was due on August 24, August's is on September 24.
    house.set_day("2026-10-03");
    looks(&house).await;
    assert_eq!(balance(&house, &rosa).await, 6_000);
    house.set_day("2026-10-05");
    looks(&house).await;
    looks(&house).await;
    assert_eq!(balance(&house, &rosa).await, 9_000);
    let page = rosa.visit("/level-plan").await;
    page.must_show("A new one is possible from Oct 5, 2027.");
    let told = house.told(&["budget_plan"]);
    assert_eq!(told.len(), 3, "joined, a new amount, ended");
    let viewer = house.staff(Role::Viewer).await;
    let number = rosa.household.number.as_str();
    let plan = viewer
        .visit(&format!("/office/accounts/{number}/level-plan"))
        .await;
    plan.must_show("Ended, bills were not paid");
    assert!(!plan.shows("Start the plan") && !plan.shows("End it now"));
}

#[actix_web::test]
async fn what_settles_a_plan_is_called_so_on_the_next_bill() {
    let house = TestApp::start().await;
    let rosa = billed_three_times(&house).await;
    joins(&rosa, "fixed", "spread").await;
    bills_month(&house, &rosa, 0);
    rosa.visit("/level-plan").await.submit("Leave now").await;
    assert_eq!(balance(&house, &rosa).await, 5_000);
    bills_month(&house, &rosa, 1);
    let bill = Utility::of(&house).latest(rosa.household.account).bill;
    let page = rosa.visit(&format!("/bills/{}", bill.number)).await;
    page.must_show("Level plan settlement");
    assert!(!page.shows("Adjustment"), "{}", page.html);
}

#[actix_web::test]
async fn a_bill_that_is_taken_back_takes_back_what_it_put_off() {
    let house = TestApp::start().await;
    let rosa = billed_three_times(&house).await;
    joins(&rosa, "fixed", "spread").await;
    bills_month(&house, &rosa, 0);
    takes_back(&house, &rosa).await;
    assert_eq!(balance(&house, &rosa).await, 0);
    let plan = rosa.visit("/level-plan").await;
    assert_eq!(plan.text("#difference"), "$0.00");
    plan.must_show("Canceled");
    // Its own page asks for nothing any more.
    let bill = Utility::of(&house).latest(rosa.household.account).bill;
    let page = rosa.visit(&format!("/bills/{}", bill.number)).await;
    page.must_show("You do not have to pay it.");
    assert!(!page.shows("Amount to pay"), "{}", page.html);
}

#[actix_web::test]
async fn of_a_bill_that_is_taken_back_after_the_plan_nothing_is_left() {
    let house = TestApp::start().await;
    let rosa = billed_three_times(&house).await;
    joins(&rosa, "fixed", "spread").await;
    bills_month(&house, &rosa, 0);
    rosa.visit("/level-plan").await.submit("Leave now").await;
    assert_eq!(balance(&house, &rosa).await, 5_000);
    takes_back(&house, &rosa).await;
    assert_eq!(balance(&house, &rosa).await, 0);
}

#[actix_web::test]
async fn a_bill_that_stands_for_another_asks_what_that_asked() {
    let house = TestApp::start().await;
    let rosa = billed_three_times(&house).await;
    joins(&rosa, "fixed", "spread").await;
    let utility = Utility::of(&house);
    // July is estimated, and asks $30.00 like every month; in August it turns out that more was used.
    house.set_day("2026-08-04");
    utility.bill("2026-07-01", "2026-08-04");
    let estimated = utility.latest(rosa.household.account).bill;
    house.set_day("2026-09-01");
    let read = utility.read(&register(&rosa), "2026-09-01", 28_000);
    read.expect("the read is taken");
    let (bill, on) = (estimated.id, house.stamp().on);
    let look = move |conn: &mut Conn| plan(conn, bill, on);
    let seal = house
        .app
        .db
        .read(look)
        .await
        .expect("it can be billed again");
    let seal = seal.seal();
    let again = move |tx: &mut Tx<'_>| cancel_and_rebill(tx, bill, "The meter was read", &seal);
    let done = house.app.db.write(house.stamp(), again).await;
    done.expect("it is billed again");
    assert_eq!(balance(&house, &rosa).await, 3_000);
    let actual = utility.latest(rosa.household.account).bill;
    assert!(actual.total_cents > estimated.total_cents);
    let put_off = actual.total_cents - Money::from_cents(3_000);
    let shown = rosa.visit("/level-plan").await;
    assert_eq!(shown.text("#difference"), put_off.to_string());
}
