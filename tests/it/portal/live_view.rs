//! What a utility shows when it shows its portal: the usage graph, the payments of two years, the alerts; the same numbers as the office has,
//! for a small town as for a city; and that a customer's own word makes the record right.

use mainstay::domain::customers::Language;
use mainstay::domain::staff::Role;

use crate::portal::understanding::two_months;
use crate::support::app::TestApp;

/// Contract: F102, F104, F113, F187
#[actix_web::test]
async fn the_graph_the_payments_and_the_alerts_are_live() {
    let house = TestApp::start().await;
    let rosa = two_months(&house, Language::English).await;
    let usage = rosa.visit("/usage/water").await;
    usage.must_show("Water use by month");
    assert!(usage.html.contains("<svg class=\"chart"), "a graph");
    let paying = rosa.visit("/pay").await.fill("amount", "20.00");
    let page = paying
        .submit("Check the payment")
        .await
        .submit("Pay $20.00")
        .await;
    page.fill("card_number", "4242 4242 4242 4242")
        .fill("expiry", "12/34")
        .fill("cvc", "123")
        .submit("Pay $20.00")
        .await
        .must_show("Posted");
    let payments = rosa.visit("/payments").await;
    let row = payments.text("tbody tr");
    for told in ["$20.00", "Visa ••4242", "Aug 2, 2026"] {
        assert!(row.contains(told), "{told}: {row}");
    }
    let alerts = rosa.visit("/alerts").await;
    let saved = alerts
        .fill("high_bill_email", "yes")
        .fill("high_bill_over", "90")
        .submit("Save my alerts")
        .await;
    let kept = saved.attribute("#high_bill_over", "value");
    assert_eq!(kept.as_deref(), Some("90"));
}

/// Contract: F111
#[actix_web::test]
async fn the_customers_usage_is_the_offices() {
    let house = TestApp::start().await;
    let rosa = two_months(&house, Language::English).await;
    let at_home = rosa.visit("/usage/water").await.texts("tbody tr");
    let number = rosa.household.number.as_str().to_owned();
    let manager = house.staff(Role::BillingManager).await;
    let screen = format!("/office/accounts/{number}?tab=usage");
    let at_office = manager.visit(&screen).await.texts("[data-rows] tbody tr");
    let water: Vec<&String> = at_office
        .iter()
        .filter(|row| row.contains("Water"))
        .collect();
    assert_eq!(water.len(), at_home.len(), "{at_office:?} {at_home:?}");
    for (used, place) in [("4,500", 0), ("4,000", 1)] {
        assert!(at_home[place].contains(used), "{at_home:?}");
        assert!(water[place].contains(used), "{water:?}");
    }
}

/// Contract: F114
#[actix_web::test]
async fn a_house_of_one_home_has_every_page_that_a_city_has() {
    let house = TestApp::start().await;
    let rosa = two_months(&house, Language::English).await;
    for page in [
        "/",
        "/usage",
        "/bills",
        "/payments",
        "/pay",
        "/autopay",
        "/alerts",
        "/requests",
        "/delivery",
        "/outages",
        "/profile",
        "/security",
        "/more-time",
        "/payment-methods",
    ] {
        let answer = rosa.get(page).await;
        assert_eq!(answer.status, 200, "{page}");
    }
}

/// Contract: F21, F98, F100, F120
#[actix_web::test]
async fn a_dial_that_a_customer_reads_reaches_the_desk_and_makes_the_record_right() {
    let house = TestApp::start().await;
    let rosa = two_months(&house, Language::English).await;
    let page = rosa.visit("/requests/new/meter_reread").await;
    page.fill("service", "water")
        .fill("dial", "9812")
        .submit("Send request")
        .await;
    let clerk = house.staff(Role::BillingClerk).await;
    let queue = clerk.visit("/office/requests?kind=meter_reread").await;
    let request = queue.follow("Read my meter again").await;
    request.must_show("9812").must_show("Rosa");
    let account = format!("/office/accounts/{}", rosa.household.number.as_str());
    let link = request.attribute(&format!("main a[href='{account}']"), "href");
    assert!(link.is_some(), "it leads to the account: {}", request.html);
}
