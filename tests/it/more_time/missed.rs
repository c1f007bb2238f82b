//! What follows when an installment is missed, as the policy says: from which day on it is told, by mail and by text, and whether a crew goes out.

use mainstay::domain::staff::Role;

use super::{agrees, late};
use crate::holds::places;
use crate::support::app::TestApp;

impl TestApp {
    /// The manager says what follows when an installment is missed.
    async fn sets_missed(&self, missed: &str) -> u16 {
        let manager = self.staff(Role::BillingManager).await;
        let form = manager.visit("/office/policies/arrangements").await;
        let shipped: serde_json::Value =
            serde_json::from_str(&form.text("#document")).expect("the shipped policy");
        let mut policy = shipped.clone();
        policy["missed"] = serde_json::from_str(missed).expect("a part of a policy");
        assert_ne!(policy, shipped);
        let saved = form
            .fill("document", &policy.to_string())
            .submit("Save as a new version")
            .await;
        saved.status
    }
}

/// Contract: F78
#[actix_web::test]
async fn a_missed_installment_is_told_from_the_day_that_the_policy_says_on_the_ways_chosen() {
    let house = TestApp::start().await;
    let rosa = late(&house).await;
    house.takes_texts(&rosa, "+15552010142").await;
    let alerts = rosa.visit("/alerts").await;
    alerts
        .fill("past_due_text", "yes")
        .submit("Save my alerts")
        .await
        .must_show("Your alerts are saved.");
    assert_eq!(house.sets_missed(r#"{ "tell_after_days": 9 }"#).await, 422);
    assert_eq!(house.sets_missed(r#"{ "tell_after_days": 3 }"#).await, 200);
    agrees(&rosa, "3 monthly payments").await;
    // $25.00 are due on July 20, with five days of grace.
    let mut told = Vec::new();
    for on in ["2026-07-21", "2026-07-22", "2026-07-23", "2026-07-24"] {
        house.set_day(on);
        house.looks().await;
        told.push(house.told(&["arrangement"]).len());
    }
    assert_eq!(told, [1, 1, 3, 3], "the copy; then a mail and a text");
    let channels: Vec<String> = house
        .told(&["arrangement"])
        .into_iter()
        .map(|one| one.channel)
        .collect();
    assert!(channels.contains(&"text".to_owned()), "{channels:?}");
}

/// Contract: F78
#[actix_web::test]
async fn what_is_missed_for_good_sends_a_notice_to_the_door_but_not_where_a_hold_protects() {
    let house = TestApp::start().await;
    let ines = house
        .customer("Ines")
        .owing_due_in("$100.00", 5)
        .signed_in()
        .await;
    let rosa = late(&house).await;
    let missed = r#"{ "tell_after_days": 1, "next_order": "door_tag" }"#;
    assert_eq!(house.sets_missed(missed).await, 200);
    agrees(&rosa, "3 monthly payments").await;
    agrees(&ines, "3 monthly payments").await;
    let clerk = house.staff(Role::Csr).await;
    places(&clerk, &ines.household, "medical_certificate").await;
    house.set_day("2026-07-25");
    house.looks().await;
    let desk = house.staff(Role::Collector).await;
    let list = desk.visit("/office/orders").await;
    assert_eq!(list.texts("tbody tr").len(), 0, "the days of grace go on");
    house.set_day("2026-07-26");
    house.looks().await;
    house.looks().await;
    let desk = house.staff(Role::Collector).await;
    let rows = desk.visit("/office/orders").await.texts("tbody tr");
    assert_eq!(rows.len(), 1, "{rows:?}");
    assert!(rows[0].contains("Rosa"), "{rows:?}");
    // Every job of the office reads the same: the arrangement broke, and what follows is under way.
    let account = format!("/office/accounts/{}", rosa.household.number.as_str());
    for role in [Role::Csr, Role::Collector, Role::BillingManager] {
        let screen = house.staff(role).await.visit(&account).await;
        screen.must_show("A payment arrangement was broken on Jul 26, 2026");
    }
    let broken = desk.visit("/office/arrangements?state=broken").await;
    assert_eq!(broken.texts("tbody tr").len(), 2);
}

/// Contract: F79
#[actix_web::test]
async fn clerks_collectors_and_supervisors_read_the_same_standing_of_an_account() {
    let house = TestApp::start().await;
    let rosa = late(&house).await;
    agrees(&rosa, "3 monthly payments").await;
    let csr = house.staff(Role::Csr).await;
    places(&csr, &rosa.household, "medical_certificate").await;
    house.set_day("2026-07-21");
    house.looks().await;
    let account = format!("/office/accounts/{}", rosa.household.number.as_str());
    let mut seen = Vec::new();
    for role in [
        Role::Csr,
        Role::BillingClerk,
        Role::Collector,
        Role::FieldSupervisor,
        Role::BillingManager,
        Role::Viewer,
    ] {
        let screen = house.staff(role).await.visit(&account).await;
        let standing: Vec<String> = ["#balance", "#past-due", "#arranged", "#shutoff"]
            .iter()
            .map(|part| screen.text(part))
            .collect();
        assert!(standing[2].contains("a payment is late"), "{standing:?}");
        assert!(standing[3].contains("medical certificate"), "{standing:?}");
        seen.push((role, standing));
    }
    for (role, standing) in &seen {
        assert_eq!(*standing, seen[0].1, "{role} reads something else");
    }
    // What one of them changes all of them read at once.
    house.takes(&rosa, 2_500).await;
    for role in [Role::Csr, Role::Collector, Role::BillingManager] {
        let screen = house.staff(role).await.visit(&account).await;
        assert!(!screen.text("#arranged").contains("late"), "{role}");
        assert!(screen.text("#balance").contains("$75.00"), "{role}");
    }
}
