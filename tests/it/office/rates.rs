//! A rate schedule on its way to law.

use mainstay::domain::staff::Role;

use crate::support::app::TestApp;
use crate::support::office::GAS;

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

/// Contract: F24, F25
#[actix_web::test]
async fn a_factor_is_proposed_by_one_person_and_approved_by_another() {
    let house = TestApp::start().await;
    let office = house.office().await;
    office.publishes(GAS, "2025-01-01").await;
    let page = office.clerk.visit("/office/rates").await;
    let page = page.follow("Factors").await;
    page.must_show("thermal").must_show("1.037");
    let refused = page
        .clone()
        .fill("from_on", "2026-07-10")
        .fill("value", "a lot")
        .fill("source", "Chromatograph")
        .submit("Propose a value")
        .await;
    assert_eq!(refused.status, 422);
    let kept = refused
        .fill("value", "1.0412")
        .submit("Propose a value")
        .await;
    kept.must_show("The value waits for a second person.")
        .must_show("Waits for a second person")
        .must_show("1.037")
        .must_show("+0.0042")
        .must_show("A second person must approve it.");
    let own = kept.texts("form[action$='/approval']");
    assert!(own.is_empty(), "nobody approves what they proposed");
    let page = office.manager.visit(&kept.path).await;
    let done = page.submit("Approve 1.0412").await;
    done.must_show("The value is approved.")
        .must_show("Bills go by it");
    let viewer = house.staff(Role::Viewer).await;
    viewer.meets("/office/rates/factors", 403).await;
}
