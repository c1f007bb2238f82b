//! What is not kept: late within its days of grace, broken after them, told, and the clock of the late fee goes on from that day.

use super::{agrees, late};
use crate::access::sharing::{GRETA, invite, join, link};
use crate::holds::places;
use crate::support::app::TestApp;

/// Contract: F34, F76, F80
#[actix_web::test]
async fn a_broken_arrangement_is_told_seen_by_the_office_and_draws_no_fee_for_the_time_before() {
    let house = TestApp::start().await;
    let rosa = late(&house).await;
    let agreed = agrees(&rosa, "3 monthly payments").await;
    // $25.00 are due on Monday, July 20, with five days of grace.
    house.set_day("2026-07-25");
    house.looks().await;
    agreed
        .reload()
        .await
        .must_show("Late")
        .must_show("In force");
    assert_eq!(house.told(&["arrangement"]).len(), 2, "the copy, and late");
    house.set_day("2026-07-26");
    house.looks().await;
    house.looks().await;
    agreed
        .reload()
        .await
        .must_show("A payment was not made in time.")
        .must_show("$100.00 left to pay");
    let told = house.told(&["arrangement"]);
    assert_eq!(told.len(), 3, "{told:?}");
    rosa.visit("/").await.must_show("$100.00 is past due");

    // The debt was due on July 6: its five days begin anew on the day of the break. Five percent, once.
    for (on, fees) in [
        ("2026-07-26", (0, 0)),
        ("2026-07-31", (0, 0)),
        ("2026-08-01", (1, 500)),
        ("2026-08-31", (0, 0)),
    ] {
        house.set_day(on);
        assert_eq!(house.late_fees().await, fees, "{on}");
    }
    rosa.visit("/more-time")
        .await
        .must_show("It is possible again from Jul 26, 2027.")
        .must_show("It is possible again from Jan 26, 2027.");

    let clerk = house
        .staff(mainstay::domain::staff::Role::BillingClerk)
        .await;
    let number = rosa.household.number.as_str();
    let list = clerk.visit("/office/arrangements?state=broken").await;
    assert_eq!(list.texts("tbody tr").len(), 1);
    house.set_day("2026-08-10");
    let clerk = house
        .staff(mainstay::domain::staff::Role::BillingClerk)
        .await;
    clerk
        .visit("/office")
        .await
        .must_show("1 broken in 30 days");
    let account = clerk.visit(&format!("/office/accounts/{number}")).await;
    account.must_show("A payment arrangement was broken on Jul 26, 2026");
    clerk
        .visit(&format!("/office/accounts/{number}?tab=audit"))
        .await
        .must_show("Arrangement broken");
}

/// Contract: F80, F119
#[actix_web::test]
async fn whoever_may_only_see_an_account_is_led_nowhere_else() {
    let house = TestApp::start().await;
    let rosa = late(&house).await;
    let agreed = agrees(&rosa, "3 monthly payments").await;
    let payment = house.requests(rosa.household.account, 1_000).await;
    invite(&rosa, GRETA, "view").await;
    let greta = join(&house, GRETA).await;
    let waits = greta.visit(&format!("/payments/{}", payment.number)).await;
    waits.must_show("Waiting");
    house.set_day("2026-07-26");
    house.looks().await;
    let broken = greta.visit(&agreed.path).await;
    broken.must_show("A payment was not made in time.");
    for page in [&waits, &broken] {
        for closed in [
            "main a[href^='/pay?']",
            "main a[href^='/more-time?']",
            "main a[href$='/return']",
            "main [hx-get$='/return']",
        ] {
            assert!(page.texts(closed).is_empty(), "{closed}");
        }
    }
    rosa.visit(&agreed.path).await.must_show("Pay now");
}

/// Contract: F80
#[actix_web::test]
async fn money_on_its_way_keeps_it() {
    let house = TestApp::start().await;
    let rosa = late(&house).await;
    let agreed = agrees(&rosa, "3 monthly payments").await;
    house.set_day("2026-07-24");
    let payment = house.requests(rosa.household.account, 5_000).await;
    let session = house.opens(&payment).await;
    house.remembers(&payment, &session).await;
    house.pays(&session, "pm_usBankAccount_success").await;
    house.settles().await;
    house.set_day("2026-07-26");
    house.looks().await;
    agreed.reload().await.must_show("In force");
    let told = house.told(&["arrangement"]);
    assert_eq!(told.len(), 1, "nothing is late: {told:?}");
}

/// Contract: F80, F115
#[actix_web::test]
async fn whoever_gets_copies_learns_that_an_arrangement_is_late_and_that_it_broke() {
    let house = TestApp::start().await;
    let rosa = late(&house).await;
    let nina = "nina@aid.example";
    invite(&rosa, nina, "copies").await;
    let page = house.visitor().visit(&link(&house, nina)).await;
    page.submit("Yes, send me copies").await;
    agrees(&rosa, "3 monthly payments").await;
    house.set_day("2026-07-25");
    house.looks().await;
    house.looks().await;
    let copies = house.told(&["past_due_copy"]);
    assert_eq!(copies.len(), 1, "late: {copies:?}");
    assert_eq!(copies[0].recipient, nina);
    house.set_day("2026-07-26");
    house.looks().await;
    house.looks().await;
    assert_eq!(house.told(&["past_due_copy"]).len(), 2, "and broken");
}

/// Contract: F80, F85
#[actix_web::test]
async fn nothing_breaks_while_a_hold_keeps_reminders_away_nor_in_the_days_of_grace_after_it() {
    let house = TestApp::start().await;
    let rosa = late(&house).await;
    let agreed = agrees(&rosa, "3 monthly payments").await;
    let clerk = house.staff(mainstay::domain::staff::Role::Csr).await;
    // Until July 29; $25.00 are due on July 20, with five days of grace.
    places(&clerk, &rosa.household, "staff").await;
    let mut told = Vec::new();
    for on in ["2026-07-25", "2026-07-29", "2026-07-30", "2026-08-04"] {
        house.set_day(on);
        house.looks().await;
        agreed.reload().await.must_show("In force");
        told.push(house.told(&["arrangement"]).len());
    }
    assert_eq!(told, [1, 1, 2, 2], "the copy, and late once it may be said");
    house.set_day("2026-08-05");
    house.looks().await;
    agreed
        .reload()
        .await
        .must_show("A payment was not made in time.");
    assert_eq!(house.told(&["arrangement"]).len(), 3);
}
