//! Places opened at the office before anybody is served there, and mended where something about them was wrong.

use mainstay::domain::staff::Role;

use crate::support::app::TestApp;
use crate::support::page::Page;
use crate::support::visitor::Visitor;

async fn opens(clerk: &Visitor, line_1: &str) -> Page {
    opens_at(clerk, line_1, "60000").await
}

async fn opens_at(clerk: &Visitor, line_1: &str, zip: &str) -> Page {
    let page = clerk.visit("/office/premises").await;
    let page = page.follow("New place").await;
    page.fill("line_1", line_1)
        .fill("city", "Larkspur Bend")
        .fill("state", "il")
        .fill("postal_code", zip)
        .fill("area", "2100")
        .fill("north", "41.8781")
        .fill("east", "-87.6298")
        .submit("Save the place")
        .await
}

/// Contract: F3, F19
#[actix_web::test]
async fn a_place_is_opened_found_by_its_address_and_given_its_service_points() {
    let house = TestApp::start().await;
    let clerk = house.staff(Role::BillingClerk).await;
    let page = opens(&clerk, "12  Peña   Street").await;
    page.must_show("The place is open.");
    assert_eq!(page.heading(), "12 Peña Street");
    page.must_show("Larkspur Bend, IL 60000");
    page.must_show("2,100");
    let page = page
        .fill("commodity", "water")
        .submit("Add the point")
        .await;
    page.must_show("The service point is open.");
    page.must_show("No meter ever hung here.");
    let again = page.clone().fill("commodity", "water");
    let again = again.submit("Add the point").await;
    assert_eq!(again.status, 422);
    again.must_show("Give the new one a name of its own.");
    let page = again
        .fill("commodity", "water")
        .fill("label", "Garden")
        .submit("Add the point")
        .await;
    assert!(
        page.texts("h2")
            .iter()
            .any(|title| title == "Water, Garden")
    );

    let found = clerk.visit("/office/premises?q=street+PE%C3%91A").await;
    found.must_show("12 Peña Street, Larkspur Bend, IL 60000");
    let none = clerk.visit("/office/premises?q=orchard").await;
    none.must_show("No address has all of these words.");
    let pattern = clerk.visit("/office/premises?q=%25").await;
    assert!(!pattern.shows("_%"), "a sign is no pattern");
    let same = opens(&clerk, "12 peña street").await;
    assert_eq!(same.status, 422);
    same.must_show("This address is known already");
    let nine = opens_at(&clerk, "12 Peña Street", "60000-1234").await;
    assert_eq!(nine.status, 422, "four more digits are no other place");
    let other = opens_at(&clerk, "14 Peña Street", "60000-1234").await;
    other.must_show("The place is open.");
    let five = opens(&clerk, "14 Peña Street").await;
    assert_eq!(five.status, 422, "nor four less");
    let viewer = house.staff(Role::Viewer).await;
    assert_eq!(viewer.get("/office/premises").await.status, 200);
    assert_eq!(viewer.get("/office/premises/new").await.status, 403);
}

/// Contract: F3
#[actix_web::test]
async fn what_is_wrong_with_an_address_is_said_beside_its_field() {
    let house = TestApp::start().await;
    let clerk = house.staff(Role::BillingClerk).await;
    let page = clerk.visit("/office/premises/new?q=7+Mill+Road").await;
    assert_eq!(
        page.attribute("#line_1", "value").as_deref(),
        Some("7 Mill Road"),
        "what was looked for is not typed twice"
    );
    let page = page
        .fill("city", "Larkspur Bend")
        .fill("state", "ZZ")
        .fill("postal_code", "6000")
        .submit("Save the place")
        .await;
    assert_eq!(page.status, 422);
    page.must_show("Write the two letters of a state");
    let page = page.fill("state", "IL").submit("Save the place").await;
    page.must_show("Write a ZIP code such as 60000");
    let page = page
        .fill("postal_code", "60000")
        .fill("north", "41")
        .submit("Save the place")
        .await;
    page.must_show("Write both degrees");
    let page = page
        .fill("north", "")
        .fill("dwelling_units", "-1")
        .submit("Save the place")
        .await;
    page.must_show("Write a whole number of homes");
}

/// Contract: F4, F19
#[actix_web::test]
async fn whoever_is_served_is_found_by_the_address_that_was_mended() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").moved_in().await;
    let clerk = house.staff(Role::BillingClerk).await;
    let page = clerk.visit("/office/premises?q=prairie").await;
    let page = page.follow("Prairie Street").await;
    page.must_show("Rosa");
    let page = page.follow("Change the place").await;
    let page = page
        .fill("line_1", "9 Wildflower Court")
        .submit("Save the place")
        .await;
    page.must_show("The change is saved.");
    let found = clerk.visit("/office/search?q=wildflower").await;
    found.must_show("Rosa");
    let gone = clerk.visit("/office/search?q=prairie").await;
    gone.must_show("No account has all of these words.");
    let account = format!("/office/accounts/{}", rosa.number.as_str());
    clerk.visit(&account).await.must_show("9 Wildflower Court");
}
