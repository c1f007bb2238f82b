//! The figures of how customers are served: what they do by themselves beside what takes a call or the counter.

use mainstay::domain::staff::Role;

use crate::support::app::TestApp;

/// Contract: F112, F165, F167
#[actix_web::test]
async fn the_office_sees_what_customers_do_by_themselves() {
    let house = TestApp::start().await;
    house.set_day("2026-07-02");
    let rosa = house.customer("Rosa").owing("$84.10").signed_in().await;
    house.customer("Ines").moved_in().await;
    let page = rosa.visit("/delivery").await;
    page.fill("delivery", "email").submit("Save").await;
    rosa.visit("/requests/new/meter_reread")
        .await
        .fill("service", "water")
        .fill("dial", "004711")
        .submit("Send request")
        .await;
    let payment = house.requests(rosa.household.account, 5_000).await;
    let session = house.opens(&payment).await;
    house.remembers(&payment, &session).await;
    house.pays(&session, "pm_card_visa").await;
    house.settles().await;

    let manager = house.staff(Role::BillingManager).await;
    let page = manager
        .visit("/office")
        .await
        .follow("Service figures")
        .await;
    let figures = page.texts(".kpis dd");
    assert_eq!(figures[0], "2");
    assert!(
        figures[1].starts_with("50") && figures[1].ends_with('1'),
        "paperless: {figures:?}"
    );
    assert!(figures[2].starts_with("50"), "with a sign-in: {figures:?}");
    assert!(figures[3].starts_with('0'), "on autopay: {figures:?}");
    let july = page.texts("tbody tr:first-child td");
    assert_eq!(july[0], "0", "no call was noted");
    assert_eq!(
        july[1..4],
        ["1", "1", "0"],
        "one request, one payment online: {july:?}"
    );
    let clerk = house.staff(Role::Csr).await;
    assert_eq!(clerk.get("/office/service-figures").await.status, 403);
}
