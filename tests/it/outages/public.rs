//! What anybody sees: what is out and where, never whose; and what a customer sees on the home page.

use super::{declared, form, house_number};
use crate::support::app::TestApp;

/// Contract: F108
#[actix_web::test]
async fn anybody_sees_what_is_out_and_nobodys_name() {
    let house = TestApp::start().await;
    let stranger = house.visitor();
    let none = stranger.visit("/sign-in").await.follow("Outages").await;
    none.must_show("No outage is known, and no work is planned.");
    let rosa = house.customer("Rosa").moved_in().await;
    let operator = house.operations().await;
    let page = declared(form(&operator, 1, 900).await).await;

    let list = stranger.visit("/quick-pay").await.follow("Outages").await;
    list.must_show("Prairie Street, numbers 1 to 900")
        .must_show("1 account")
        .must_show("Since Jul 1, 2026");
    let shown = list.follow("Water: outage").await;
    shown
        .must_show("A main broke. Crews are at work.")
        .must_show("Expected back Jul 1, 2026, 4:00")
        .must_show("Main break");
    for page in [&list, &shown] {
        assert_eq!(page.status, 200);
        let number = rosa.number.to_string();
        for secret in ["Rosa", number.as_str(), rosa.number.as_str(), &rosa.email] {
            assert!(!page.html.contains(secret), "{secret}: {}", page.html);
        }
    }
    let polls = shown.attribute("#outage", "hx-trigger");
    assert_eq!(polls.as_deref(), Some("every 60s"));

    page.submit("It is over: tell everybody").await;
    stranger
        .visit("/outages")
        .await
        .must_show("Over since Jul 1, 2026");
    house.set_day("2026-07-03");
    stranger
        .visit("/outages")
        .await
        .must_show("No outage is known, and no work is planned.");
    stranger.meets("/outages/999", 404).await;
    stranger.meets("/outages/water", 404).await;
}

/// Contract: F108
#[actix_web::test]
async fn the_home_page_and_the_offices_screen_say_that_a_place_is_in_an_outage() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").signed_in().await;
    let ines = house.customer("Inés").speaking_spanish().signed_in().await;
    let omar = house.customer("Omar").signed_in().await;
    let operator = house.operations().await;
    let (from, to) = (house_number(&rosa.household), house_number(&ines.household));
    declared(form(&operator, from, to).await).await;
    let seen = rosa.visit("/").await.follow("See what we know").await;
    assert_eq!(seen.heading(), "Water: outage");
    let seen = ines.visit("/").await.follow("Ver lo que sabemos").await;
    seen.must_show("Agua: interrupción")
        .must_show("Se rompió una tubería.")
        .must_show("Rotura de tubería principal");
    assert!(!omar.visit("/").await.shows("See what we know"));
    let screen = |number: &str| format!("/office/accounts/{number}");
    operator
        .visit(&screen(rosa.household.number.as_str()))
        .await
        .must_show("This account is in an outage: Water: outage");
    let other = operator
        .visit(&screen(omar.household.number.as_str()))
        .await;
    assert!(!other.shows("This account is in an outage"));
}

/// Contract: F108
#[actix_web::test]
async fn an_estimate_that_has_passed_is_told_as_one_that_did_not_hold() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").signed_in().await;
    let operator = house.operations().await;
    declared(form(&operator, 1, 900).await).await;
    house.set_day("2026-07-02");
    for page in [
        house.visitor().visit("/outages").await,
        rosa.visit("/").await,
    ] {
        page.must_show("Was expected back Jul 1, 2026, 4:00");
        assert!(!page.shows("Expected back"));
    }
}

/// Contract: F108
#[actix_web::test]
async fn planned_work_is_on_the_home_page_a_week_ahead() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").signed_in().await;
    let operator = house.operations().await;
    let page = form(&operator, 1, 900).await;
    let page = page
        .fill("kind", "planned_work")
        .fill("begins", "2026-07-10T08:00")
        .fill("expected", "2026-07-10T12:00");
    declared(page).await;
    assert!(!rosa.visit("/").await.shows("planned work"));
    house.set_day("2026-07-04");
    let home = rosa.visit("/").await;
    home.must_show("Water: planned work.")
        .must_show("Begins Jul 10, 2026, 8:00");
    // A telephone shows what is owed and the button first.
    let (amount, work) = (
        home.html.find("id=\"balance\""),
        home.html.find("planned work"),
    );
    assert!(amount < work && amount.is_some());
}
