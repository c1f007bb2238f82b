//! Autopay beside more time to pay: what it takes it tells of itself, and what it may not take is reminded of.

use mainstay::domain::staff::Role;
use mainstay::jobs::arrangements;

use super::billed;
use crate::support::app::TestApp;

/// Contract: F63, F76, F47
#[actix_web::test]
async fn an_installment_that_is_over_the_cap_is_reminded_of() {
    for (cap, told) in [("20", 2), ("", 1)] {
        let house = TestApp::start().await;
        let rosa = billed(&house).await;
        rosa.saves_card("4242424242424242").await;
        rosa.joins("", cap).await;
        house.owes(rosa.household.account, "$60.00", 5).await;
        house.autopays("2026-07-14").await;
        let clerk = house.staff(Role::BillingClerk).await;
        let number = rosa.household.number.as_str();
        let form = format!("/office/accounts/{number}/arrangements/new?kind=extension&days=10");
        clerk.visit(&form).await.must_show("Autopay is on.");
        // The $60.00 that were due on July 9 are due on July 24 then, as the bill of $15.00 is.
        let check = rosa
            .visit("/more-time")
            .await
            .follow("Friday, July 24")
            .await;
        let agreed = check.fill("agree", "yes").submit("Agree").await;
        agreed.must_show("In force");
        house.set_day("2026-07-20");
        let round = arrangements::run(house.app.clone()).await;
        round.expect("the arrangements are looked at");
        assert_eq!(house.told(&["arrangement"]).len(), told, "cap {cap:?}");
    }
}
