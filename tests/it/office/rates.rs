//! A rate schedule on its way to law.

use mainstay::domain::staff::Role;

use crate::support::app::TestApp;

/// Contract: F24, F25
#[actix_web::test]
async fn a_rate_is_drafted_by_one_person_and_published_by_another() {
    let house = TestApp::start().await;
    let clerk = house.staff(Role::BillingClerk).await;
    let manager = house.staff(Role::BillingManager).await;

    let page = clerk.visit("/office/rates/new").await;
    let page = page
        .fill("code", "W-9")
        .fill("service", "water")
        .fill("name_en", "Water, outside")
        .fill("effective_from", "2026-08-01")
        .fill("base", "18.20")
        .fill("unit", "kgal")
        .fill("block_1_to", "3")
        .fill("block_1_price", "3.42")
        .fill("block_2_price", "4.86")
        .submit("Keep as a draft")
        .await;
    page.must_show("The draft is kept.");
    page.must_show("up to 3: $3.42 / kgal");
    let page = page.submit("Submit for publication").await;
    page.must_show("A second person must publish this version.");

    let page = manager.visit("/office/rates").await.follow("W-9").await;
    let page = page.fill("from", "2026-09-01").submit("Publish").await;
    page.must_show("The version is published.");
    page.must_show("A published version is never changed.");

    let again = clerk.visit("/office/rates/new").await;
    let again = again
        .fill("code", "W-9")
        .fill("service", "water")
        .fill("name_en", "Water, outside")
        .fill("effective_from", "2026-10-01")
        .fill("base", "19.00")
        .submit("Keep as a draft")
        .await;
    again.must_show("What changed since version 1");
    again.must_show("19.00");
}

/// Contract: F25
#[actix_web::test]
async fn a_document_with_a_mistake_is_refused_with_its_place() {
    let house = TestApp::start().await;
    let clerk = house.staff(Role::BillingClerk).await;
    let page = clerk.visit("/office/rates/file").await;
    let page = page
        .fill("document", "{ \"format\": 1 }")
        .submit("Keep as a draft")
        .await;
    page.must_show("line 1");
}
