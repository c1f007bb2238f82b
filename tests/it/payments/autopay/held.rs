//! Where a court has stayed collection, autopay takes nothing; a hold of another kind leaves it alone.

use mainstay::domain::autopay::ChargeState;
use mainstay::domain::staff::Role;

use super::enrolled;
use crate::access::sharing::{GRETA, invite, join};
use crate::holds::places;
use crate::support::app::TestApp;

/// Contract: F64, F85
#[actix_web::test]
async fn a_bankruptcy_stops_the_charge_and_says_so() {
    let house = TestApp::start().await;
    let rosa = enrolled(&house, "4242424242424242").await;
    invite(&rosa, GRETA, "manage").await;
    let greta = join(&house, GRETA).await;
    let clerk = house.staff(Role::Csr).await;
    places(&clerk, &rosa.household, "bankruptcy").await;
    house.autopays("2026-07-21").await;
    house.autopays("2026-07-24").await;
    assert_eq!(house.balance(rosa.household.account).await, 1_500);
    let states: Vec<ChargeState> = house
        .charges_of(&rosa)
        .iter()
        .map(|charge| charge.state)
        .collect();
    assert_eq!(states, [ChargeState::Skipped]);
    rosa.visit("/autopay")
        .await
        .must_show("collection on this account is stayed");
    let seen = greta.visit("/autopay").await;
    seen.must_show("Not charged. Call us about this bill.");
    assert!(!seen.shows("stayed"), "what a court stays is no guest's");
    let mut told = house.told(&["autopay"]);
    told.retain(|told| told.recipient == GRETA);
    assert!(told.is_empty(), "{told:?}");
}

/// A stay that is lifted before the day keeps nothing away: the charge is told in time and made.
///
/// Contract: F64, F85
#[actix_web::test]
async fn a_bankruptcy_that_is_lifted_before_the_day_lets_the_charge_be_told_and_made() {
    let house = TestApp::start().await;
    let rosa = enrolled(&house, "4242424242424242").await;
    let clerk = house.staff(Role::Csr).await;
    let hold = places(&clerk, &rosa.household, "bankruptcy").await;
    house.autopays("2026-07-21").await;
    assert_eq!(house.charges_of(&rosa)[0].state, ChargeState::Planned);
    assert_eq!(house.news(&rosa).await, ["joined"]);
    house.set_day("2026-07-22");
    let manager = house.staff(Role::BillingManager).await;
    let page = manager.visit(&hold.path).await;
    page.fill("why", "The court dismissed the case.")
        .submit("Lift it today")
        .await
        .must_show("The hold is lifted.");
    house.autopays("2026-07-22").await;
    let told = ["joined", "ahead $15.00 2026-07-25"];
    assert_eq!(house.news(&rosa).await, told);
    house.autopays("2026-07-25").await;
    assert_eq!(house.charges_of(&rosa)[0].state, ChargeState::Made);
    assert_eq!(house.balance(rosa.household.account).await, 0);
}

/// Contract: F64
#[actix_web::test]
async fn a_certificate_leaves_autopay_alone() {
    let house = TestApp::start().await;
    let rosa = enrolled(&house, "4242424242424242").await;
    let clerk = house.staff(Role::Csr).await;
    places(&clerk, &rosa.household, "medical_certificate").await;
    house.autopays("2026-07-21").await;
    house.autopays("2026-07-24").await;
    assert_eq!(house.balance(rosa.household.account).await, 0);
}
