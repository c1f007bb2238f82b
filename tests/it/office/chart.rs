//! The chart of accounts on its page: proposed by one person with what it changes, approved by another.

use mainstay::domain::gl::STANDARD_FILE;
use mainstay::domain::staff::Role;

use crate::support::app::TestApp;

#[actix_web::test]
async fn a_chart_is_proposed_with_what_it_changes_and_approved_by_somebody_else() {
    let house = TestApp::start().await;
    let manager = house.staff(Role::BillingManager).await;
    let administrator = house.staff(Role::Administrator).await;
    let document = STANDARD_FILE.replace(
        r#""kind": "income", "role": "late-fee-revenue" }"#,
        r#""kind": "income" },
    { "code": "4105", "name": "Penalties", "kind": "income", "role": "late-fee-revenue" }"#,
    );
    let page = manager.visit("/office/policies/chart_of_accounts").await;
    page.must_show("Chart of accounts")
        .must_show("late-fee-revenue");
    let broken = page.clone().fill("document", "{}");
    let broken = broken.submit("Propose it").await;
    assert_eq!(broken.status, 422);
    let proposed = page.fill("document", &document).submit("Propose it").await;
    proposed
        .must_show("It waits for a second person.")
        .must_show("New: 4105 Penalties")
        .must_show("late-fee-revenue: 4100, then 4105")
        .must_show("A second person must approve it.");
    assert!(proposed.texts("form[action$='/approval']").is_empty());
    let page = administrator
        .visit("/office/policies/chart_of_accounts")
        .await;
    let approved = page.submit("Approve").await;
    approved.must_show("Version 1").must_show("4105");
    assert!(approved.texts("form[action$='/approval']").is_empty());
}
