//! A notice before a shut-off that is longer because of hardship, as the policy says: while the hold protects, and for a while after it.

use mainstay::domain::staff::Role;

use super::{account, late, places, served};
use crate::support::app::TestApp;

/// Contract: F81, F83
#[actix_web::test]
async fn hardship_extends_the_days_of_the_notice_where_the_policy_says_so() {
    let house = TestApp::start().await;
    let rosa = late(&house).await;
    let path = format!("{}/shutoff", account(&rosa.household));
    let server = house.server().await;
    // Five days in Illinois: the notice of July 9 is good today.
    served(&server, &rosa.household, "2026-07-09", true)
        .await
        .must_show("It may be shut off today");

    let manager = house.staff(Role::BillingManager).await;
    let form = manager.visit("/office/policies/shutoff").await;
    let mut policy: serde_json::Value =
        serde_json::from_str(&form.text("#document")).expect("the shipped policy");
    policy["states"]["IL"]["hardship"] =
        serde_json::json!({ "holds": ["hardship"], "after_days": 20, "more_days": 14 });
    let saved = form
        .fill("document", &policy.to_string())
        .submit("Save as a new version")
        .await;
    assert_eq!(saved.status, 200);
    manager
        .visit(&path)
        .await
        .must_show("It may be shut off today");

    // A hardship that is lifted the next day leaves fourteen more days of notice behind.
    let clerk = house.counter().await;
    let hold = places(&clerk, &rosa.household, "hardship").await;
    house.set_day("2026-07-17");
    let manager = house.staff(Role::BillingManager).await;
    let lifted = manager
        .visit(&hold.path)
        .await
        .fill("why", "She has work again.")
        .submit("Lift it today")
        .await;
    lifted.must_show("The hold is lifted.");
    manager
        .visit(&path)
        .await
        .must_show("It may not be shut off today")
        .must_show("the written notice counts from Jul 28, 2026")
        .must_show("because of hardship the notice must come 14 days earlier");
    house.set_day("2026-07-28");
    let manager = house.staff(Role::BillingManager).await;
    manager
        .visit(&path)
        .await
        .must_show("It may be shut off today");
}
