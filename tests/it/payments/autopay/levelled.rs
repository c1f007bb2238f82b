//! Autopay under a level payment plan: it takes what the bill asks, and nothing of what is put off.

use crate::level_plans::{billed_three_times, bills, joins};
use crate::support::app::TestApp;

#[actix_web::test]
async fn autopay_takes_the_level_amount() {
    let house = TestApp::start().await;
    let rosa = billed_three_times(&house).await;
    rosa.saves_card("4242424242424242").await;
    rosa.joins("", "").await;
    joins(&rosa, "fixed", "spread").await;
    // July charges $50.00; the average of the bills before it is $30.00.
    bills(&house, &rosa, ("2026-07-01", "2026-08-01"), 20_000);
    for day in ["2026-08-21", "2026-08-24", "2026-08-25"] {
        house.autopays(day).await;
    }
    assert_eq!(house.balance(rosa.household.account).await, 0);
    let entries = house.entries(rosa.household.account).await;
    assert_eq!(entries.last().map(String::as_str), Some("payment -3000"));
    let plan = rosa.visit("/level-plan").await;
    assert_eq!(plan.text("#difference"), "$20.00");
}
