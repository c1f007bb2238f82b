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
