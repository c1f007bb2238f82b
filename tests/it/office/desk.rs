//! Finding an account and having the whole of it on one screen.

use mainstay::domain::staff::Role;

use crate::support::app::TestApp;

/// Contract: F93, F94
#[actix_web::test]
async fn an_account_is_found_by_anything_the_caller_has_at_hand() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").moved_in().await;
    house.customer("Marcus").moved_in().await;
    let clerk = house.staff(Role::Csr).await;

    let digits = rosa.number.as_str();
    let last_six = &digits[4..];
    for asked in [
        "ros",
        "Prairie rosa",
        digits,
        last_six,
        &rosa.email,
        "w0000",
    ] {
        let page = clerk
            .visit(&format!("/office/accounts?q={}", asked.replace(' ', "+")))
            .await;
        assert!(
            page.shows("Rosa"),
            "{asked} does not find Rosa:\n{}",
            page.html
        );
    }
    let page = clerk.visit("/office/accounts?q=nobody+of+that+name").await;
    page.must_show("No account has all of these words.");
    let page = clerk
        .visit("/office/accounts?q=ros")
        .await
        .follow("Rosa")
        .await;
    assert_eq!(page.heading(), "Rosa");
}

/// Contract: F66, F93, F94, F95
#[actix_web::test]
async fn one_screen_shows_what_is_owed_and_keeps_a_note() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").owing("$84.10").moved_in().await;
    let clerk = house.staff(Role::Csr).await;

    let page = clerk
        .visit(&format!("/office/accounts/{}", rosa.number.as_str()))
        .await;
    assert!(page.text("#balance").starts_with("$84.10"));
    assert!(page.text("#past-due").starts_with("$0.00"));
    for tab in ["Bills", "Payments", "Usage", "Reads", "Contacts", "Audit"] {
        page.follow(tab).await;
    }
    let page = page
        .fill("text", "Asked why the bill is higher.")
        .submit("Save note")
        .await;
    page.must_show("The note is saved.");
    page.must_show("Asked why the bill is higher.");
    let refused = page.fill("text", "  ").submit("Save note").await;
    refused.must_show("Write the note first.");

    house.advance_days(30);
    let page = clerk
        .visit(&format!("/office/accounts/{}", rosa.number.as_str()))
        .await;
    assert!(page.text("#past-due").starts_with("$84.10"));
}

/// Contract: F132
#[actix_web::test]
async fn somebody_who_only_looks_cannot_write() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").moved_in().await;
    let viewer = house.staff(Role::Viewer).await;
    let page = viewer
        .visit(&format!("/office/accounts/{}", rosa.number.as_str()))
        .await;
    assert!(!page.shows("Save note"));
    viewer.meets("/office/exceptions", 403).await;
    viewer.meets("/office/rates", 403).await;
}
