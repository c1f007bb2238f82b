//! Reads typed in at the office.

use mainstay::domain::staff::Role;

use crate::support::app::TestApp;

/// Contract: F17, F20
#[actix_web::test]
async fn a_read_is_kept_only_after_what_is_unusual_was_answered() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").moved_in().await;
    let clerk = house.staff(Role::BillingClerk).await;
    let at = format!("/office/accounts/{}/reads/new", rosa.number.as_str());

    let page = clerk.visit(&at).await;
    let page = page.fill("value", "twelve").submit("Save the read").await;
    page.must_show("Write the digits that the register shows.");
    let page = page.fill("value", "100").submit("Save the read").await;
    page.must_show("The read is saved.");

    house.advance_days(30);
    let page = clerk
        .visit(&at)
        .await
        .fill("value", "40")
        .submit("Save the read")
        .await;
    page.must_show("Look twice before this read is kept");
    page.must_show("The register fell");
    let page = page.fill("again", "41").submit("Save the read").await;
    page.must_show("The two values differ.");
    let page = page.fill("again", "40").submit("Save the read").await;
    page.must_show("waits in the exceptions queue");
    clerk
        .visit("/office/exceptions")
        .await
        .must_show("The register fell");
}
