//! Corrections above a limit: ordered by one person, decided by another, posted as they were seen.

use mainstay::domain::staff::Role;

use crate::support::app::TestApp;
use crate::support::page::Page;
use crate::support::people::Household;
use crate::support::visitor::Visitor;

/// A credit of so much, sent to a second person.
pub(super) async fn sent(person: &Visitor, rosa: &Household, amount: &str) -> Page {
    let new = format!("/office/accounts/{}/adjustments/new", rosa.number.as_str());
    let form = person.visit(&new).await;
    let looked = form
        .fill("direction", "give")
        .fill("amount", amount)
        .fill("fund", "WATER")
        .fill("reason", "leak")
        .submit("Look at the entry")
        .await;
    let told = looked.submit("Send for approval").await;
    told.must_show("The correction waits for a second person.");
    looked.submit("Send for approval").await;
    told
}

/// Contract: F4
#[actix_web::test]
async fn what_is_above_a_limit_is_ordered_by_one_and_decided_by_another() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").owing("$900.00").moved_in().await;
    let clerk = house.staff(Role::BillingClerk).await;
    sent(&clerk, &rosa, "250.00").await;
    assert_eq!(house.balance(rosa.account).await, 90_000);

    // Whoever ordered it sees that it waits, and cannot decide it, also past the page.
    let own = clerk
        .visit("/office/corrections")
        .await
        .follow("Credit")
        .await;
    own.must_show("You ordered it, so that somebody else decides it.");
    let (token, seal) = (own.attribute("input[name=csrf]", "value"), "anything");
    let token = token.expect("a token");
    let path = own.path.clone();
    let answer = clerk
        .post(
            &format!("{path}/approval"),
            &[("csrf", token.as_str()), ("seal", seal)],
        )
        .await;
    assert_eq!(answer.status, 422);
    // A second clerk may decide no more than the first.
    let other = house.staff(Role::BillingClerk).await;
    let page = other.visit(&path).await;
    assert!(!page.shows("Approve and post it"), "{}", page.html);
    page.must_show("This is decided by somebody else. It may be: Administrator, Billing manager.");
    let token = page.attribute("input[name=csrf]", "value").unwrap();
    let fields = [("csrf", token.as_str()), ("seal", "anything")];
    let approval = format!("{path}/approval");
    assert_eq!(other.post(&approval, &fields).await.status, 422);
    assert_eq!(house.balance(rosa.account).await, 90_000);

    let manager = house.staff(Role::BillingManager).await;
    let page = manager.visit(&path).await;
    assert!(page.text("#looked").contains("$250.00"));
    page.submit("Approve and post it")
        .await
        .must_show("The correction is posted.");
    assert_eq!(house.balance(rosa.account).await, 65_000);
    page.submit("Approve and post it").await;
    assert_eq!(house.balance(rosa.account).await, 65_000);
    let all = manager.visit("/office/corrections?state=posted").await;
    all.must_show("Leak adjustment");
}

/// Contract: F4
#[actix_web::test]
async fn what_was_seen_is_what_is_posted_or_it_is_asked_again() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").owing("$300.00").moved_in().await;
    let clerk = house.staff(Role::BillingClerk).await;
    let manager = house.staff(Role::BillingManager).await;
    sent(&clerk, &rosa, "250.00").await;
    let page = manager
        .visit("/office/corrections")
        .await
        .follow("Credit")
        .await;

    // The customer pays while the manager looks: a part of the credit would be held now.
    let taking = format!("/office/accounts/{}/payments/new", rosa.number.as_str());
    clerk
        .visit(&taking)
        .await
        .fill("amount", "100.00")
        .submit("Take the payment")
        .await;
    let again = page.submit("Approve and post it").await;
    assert_eq!(again.status, 409);
    again.must_show(
        "The account has changed since you looked. Posted since: Payment \u{2212}$100.00",
    );
    assert_eq!(house.balance(rosa.account).await, 20_000);
    again.must_show("The account has changed since this was ordered.");
    again
        .submit("Approve and post it")
        .await
        .must_show("The correction is posted.");
    assert_eq!(house.balance(rosa.account).await, -5_000);
}

/// Contract: F4, F118
#[actix_web::test]
async fn whoever_decides_second_is_told_who_did_and_keeps_what_was_typed() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").owing("$900.00").moved_in().await;
    let clerk = house.staff(Role::BillingClerk).await;
    let (ana, ben) = (
        house.staff(Role::BillingManager).await,
        house.staff(Role::BillingManager).await,
    );
    sent(&clerk, &rosa, "250.00").await;
    let list = "/office/corrections";
    let hers = ana.visit(list).await.follow("Credit").await;
    let his = ben.visit(list).await.follow("Credit").await;
    let posted = hers.submit("Approve and post it").await;
    posted.must_show("The correction is posted.");
    let told = his
        .clone()
        .fill("words", "The leak was behind the meter")
        .submit("Refuse the correction")
        .await;
    assert_eq!(told.status, 409);
    told.must_show("Nothing of yours was done:")
        .must_show("The correction is posted.")
        .must_show("The leak was behind the meter");
    let told = his.submit("Approve and post it").await;
    assert_eq!(told.status, 409);
    assert_eq!(house.balance(rosa.account).await, 65_000);
}

/// Contract: F4
#[actix_web::test]
async fn a_correction_is_refused_with_a_reason_or_given_up() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").owing("$900.00").moved_in().await;
    let clerk = house.staff(Role::BillingClerk).await;
    let manager = house.staff(Role::BillingManager).await;
    sent(&clerk, &rosa, "250.00").await;
    let page = manager
        .visit("/office/corrections")
        .await
        .follow("Credit")
        .await;
    let unexplained = page.submit("Refuse the correction").await;
    assert_eq!(unexplained.status, 422);
    let refused = page
        .fill("words", "The leak was behind the meter")
        .submit("Refuse the correction")
        .await;
    refused.must_show("The correction was refused.");
    refused.must_show("The leak was behind the meter");

    sent(&clerk, &rosa, "260.00").await;
    let page = clerk
        .visit("/office/corrections")
        .await
        .follow("Credit")
        .await;
    page.submit("Give it up")
        .await
        .must_show("The correction was given up.");
    assert_eq!(house.balance(rosa.account).await, 90_000);
    manager
        .visit("/office/corrections")
        .await
        .must_show("There is no correction here.");
}

/// Contract: F4
#[actix_web::test]
async fn the_limits_are_a_policy_that_two_people_set() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").owing("$900.00").moved_in().await;
    let manager = house.staff(Role::BillingManager).await;
    let policy = manager.visit("/office/policies/corrections").await;
    let only_credit = r#"{"kinds":{"credit":{"reasons":[{"code":"leak","en":"Leak","es":"Fuga"}],
        "limits_cents":{"billing_manager":1000},"second_person_above_cents":500}}}"#;
    policy
        .fill("document", only_credit)
        .submit("Propose it")
        .await
        .must_show("waits");
    let second = house.staff(Role::Administrator).await;
    second
        .visit("/office/policies/corrections")
        .await
        .submit("Approve")
        .await;
    let new = format!("/office/accounts/{}", rosa.number.as_str());
    let form = manager.visit(&format!("{new}/adjustments/new")).await;
    let form = form
        .fill("fund", "WATER")
        .fill("amount", "6.00")
        .fill("reason", "leak");
    form.clone()
        .fill("direction", "give")
        .submit("Look at the entry")
        .await
        .must_show("This is more than you decide alone.");
    // What the policy does not name is decided by nobody.
    let refused = form
        .fill("direction", "charge")
        .submit("Look at the entry")
        .await;
    assert_eq!(refused.status, 422);
    refused.must_show("The policy for corrections says nothing of this kind");
}
