//! The other two variants: a rolling average made by the office, and even amounts that the last bill of the year settles.

use mainstay::domain::staff::Role;

use super::{balance, billed_three_times, bills_month, joins, pays};
use crate::support::app::TestApp;

#[actix_web::test]
async fn the_office_makes_a_rolling_plan_and_ends_it_with_the_reason() {
    let house = TestApp::start().await;
    let rosa = billed_three_times(&house).await;
    let manager = house.staff(Role::BillingManager).await;
    let number = rosa.household.number.as_str();
    let address = format!("/office/accounts/{number}/level-plan");
    let screen = manager.visit(&format!("/office/accounts/{number}")).await;
    let form = screen.follow("Level plan").await;
    let seen = form
        .fill("variant", "rolling")
        .submit("Show the amounts")
        .await;
    // 20; (30 + 20) / 2; (40 + 30 + 20) / 3 and a third of the 5.00 that May put off.
    assert_eq!(
        seen.texts("#would tbody td:nth-child(3)"),
        ["$20.00", "$25.00", "$31.67"]
    );
    let made = seen.fill("agree", "yes").submit("Start the plan").await;
    made.must_show("The plan is on.");

    // July: (50 + 40 + 30) / 3 = 40.00; 10.00 are put off.
    bills_month(&house, &rosa, 0);
    assert_eq!(balance(&house, &rosa).await, 4_000);
    // August: (40 + 50 + 40) / 3 = 43.33, and 10.00 / 3 = 3.33; 10.00 + 40.00 - 46.66 = 3.34.
    bills_month(&house, &rosa, 1);
    assert_eq!(balance(&house, &rosa).await, 4_000 + 4_666);
    // September: (30 + 40 + 50) / 3 = 40.00, and 3.34 / 3 = 1.11; 3.34 + 30.00 - 41.11 = -7.77.
    bills_month(&house, &rosa, 2);
    assert_eq!(balance(&house, &rosa).await, 4_000 + 4_666 + 4_111);
    let screen = manager.visit(&format!("/office/accounts/{number}")).await;
    assert!(
        screen.text("#level-plan").starts_with("$7.77"),
        "{}",
        screen.text("#level-plan")
    );
    let plan = manager.visit(&address).await;
    assert_eq!(plan.text("#whole"), "$120.00");

    let refused = plan.submit("End it now").await;
    assert_eq!(refused.status, 422);
    let ended = refused
        .fill("reason", "Moves out soon")
        .submit("End it now")
        .await;
    ended
        .must_show("its difference is settled")
        .must_show("Moves out soon");
    // All that was charged: 50 + 40 + 30.
    assert_eq!(balance(&house, &rosa).await, 12_000);
}

#[actix_web::test]
async fn the_last_bill_of_an_equal_plan_asks_for_all_that_was_put_off() {
    let house = TestApp::start().await;
    let rosa = billed_three_times(&house).await;
    joins(&rosa, "equal", "pay")
        .await
        .must_show("The plan is on.");
    bills_month(&house, &rosa, 0);
    bills_month(&house, &rosa, 1);
    assert_eq!(balance(&house, &rosa).await, 6_000);
    pays(&house, &rosa, 6_000).await;
    // 50 + 40 + 30 were charged, 60.00 are paid.
    bills_month(&house, &rosa, 2);
    assert_eq!(balance(&house, &rosa).await, 6_000);
    let plan = rosa.visit("/level-plan").await;
    assert_eq!(plan.text("#difference"), "$0.00");
    // The next year begins at the average of what was charged.
    assert_eq!(plan.text("#monthly"), "$40.00");
}

#[actix_web::test]
async fn a_deficit_that_is_spread_comes_with_the_next_year() {
    let house = TestApp::start().await;
    let rosa = billed_three_times(&house).await;
    joins(&rosa, "equal", "spread").await;
    for month in 0..3 {
        bills_month(&house, &rosa, month);
    }
    assert_eq!(balance(&house, &rosa).await, 9_000);
    let plan = rosa.visit("/level-plan").await;
    // 120.00 - 90.00 are put off; a third of it beside the average of 40.00.
    assert_eq!(plan.text("#difference"), "$30.00");
    assert_eq!(plan.text("#monthly"), "$50.00");
}
