//! Reads typed in at the office.

use diesel::prelude::*;
use mainstay::domain::reads::ReadVerdict;
use mainstay::domain::staff::Role;
use mainstay::store::error::StoreError;
use mainstay::store::schema::reads;

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

/// Contract: F17, F31, F32
#[actix_web::test]
async fn a_read_that_waits_is_accepted_or_never_used_by_whoever_may_enter_reads() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").moved_in().await;
    let clerk = house.staff(Role::BillingClerk).await;
    let csr = house.staff(Role::Csr).await;
    let at = format!("/office/accounts/{}/reads/new", rosa.number.as_str());
    let page = clerk.visit(&at).await.fill("value", "100");
    page.submit("Save the read").await;
    house.advance_days(30);
    let page = clerk.visit(&at).await.fill("value", "40");
    let page = page.submit("Save the read").await.fill("again", "40");
    let page = page.submit("Save the read").await;
    page.must_show("waits in the exceptions queue");

    let queue = csr.visit("/office/exceptions").await;
    let about = queue.attribute("tbody a[href^='/office/exceptions/']", "href");
    let about = about.expect("it waits");
    let seen = csr.visit(&about).await;
    seen.must_show("The read waits for somebody who may enter reads");
    for button in ["Never use this read", "Nothing to do", "Accept the read"] {
        assert!(!seen.shows(button), "{button}");
    }

    let page = clerk.visit(&about).await;
    page.must_show("Accept the read");
    let page = page.submit("Never use this read").await;
    page.must_show("Say what was done, or why nothing is.");
    let page = page
        .fill("resolution", "Mistyped; nobody can get in again.")
        .submit("Never use this read")
        .await;
    page.must_show("The exception is answered.");
    page.must_show("Nothing here waits for a person.");
    let last = house.database().read(|conn| {
        let latest = reads::table.order(reads::id.desc());
        Ok::<ReadVerdict, StoreError>(latest.select(reads::verdict).first(conn)?)
    });
    assert_eq!(last, ReadVerdict::Refused);
    let audit = clerk
        .visit(&format!(
            "/office/accounts/{}?tab=audit",
            rosa.number.as_str()
        ))
        .await;
    audit.must_show("Read judged");
    audit.must_show("Exception dismissed");
}
