//! An outcome of a dispute that gives more than one person decides: proposed by one, decided by another, and back at the dispute with their word.

use mainstay::domain::money::Money;
use mainstay::domain::staff::Role;

use super::outcomes::{disputed, leaked, owed};
use crate::portal::bills::billed;
use crate::support::app::TestApp;
use crate::support::billing::Utility;
use crate::support::page::Page;
use crate::support::people::Customer;
use crate::support::visitor::Visitor;

/// A clerk, who has given $190.00 on the account in these days, gives $40.00 more.
async fn proposed(house: &TestApp, rosa: &Customer, bench: &Page) -> (Visitor, Page) {
    let clerk = house.staff(Role::BillingClerk).await;
    let form = format!(
        "/office/accounts/{}/adjustments/new",
        rosa.household.number.as_str()
    );
    let looked = clerk
        .visit(&form)
        .await
        .fill("direction", "give")
        .fill("amount", "190.00")
        .fill("fund", "WATER")
        .fill("reason", "billing_error")
        .submit("Look at the entry")
        .await;
    looked
        .submit("Post it")
        .await
        .must_show("The correction is posted.");
    let form = clerk
        .visit(&format!("{}/outcomes/goodwill", bench.path))
        .await;
    form.must_show("You may still give up to $10.00 on this account by yourself");
    let looked = form.fill("amount", "40").submit("Work it out").await;
    let sent = looked.submit("Send for approval").await;
    sent.must_show("It waits for a second person; the dispute stays open.")
        .must_show("$40.00 in all, proposed by");
    (clerk, sent)
}

/// Contract: F88, F89, F160
#[actix_web::test]
async fn what_is_more_than_one_decides_waits_for_a_second_person_and_then_ends_the_dispute() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").signed_in().await;
    let june = leaked(&house, &rosa.household);
    let (manager, bench) = disputed(&house, &rosa, &june).await;
    let (clerk, sent) = proposed(&house, &rosa, &bench).await;
    let before = owed(&house, &rosa);
    assert_eq!(before, Money::from_cents(-5_000), "nothing is given yet");
    sent.must_show("You ordered it, so that somebody else decides it.");
    let token = sent.attribute("input[name=csrf]", "value").unwrap();
    let own = clerk
        .post(
            &format!("{}/proposal/approval", bench.path),
            &[("csrf", token.as_str()), ("seal", "anything")],
        )
        .await;
    assert_eq!(own.status, 422, "nobody is their own second person");
    assert_eq!(owed(&house, &rosa), before);
    let theirs = bench.path.trim_start_matches("/office").to_owned();
    assert!(!rosa.visit(&theirs).await.shows("credited as a courtesy"));

    let queue = manager.visit("/office/corrections").await;
    queue.must_show("Outcomes of disputes");
    let page = manager.visit(&bench.path).await;
    page.must_show("As things stand today it comes to $40.00.");
    let done = page
        .submit("Approve, carry it out and tell the customer")
        .await;
    done.must_show("The dispute is decided, and the customer is told.")
        .must_show("$40.00 is credited as a courtesy");
    assert_eq!(owed(&house, &rosa), Money::from_cents(-9_000));
    let again = page
        .submit("Approve, carry it out and tell the customer")
        .await;
    again.must_show("$40.00 is credited as a courtesy");
    assert_eq!(owed(&house, &rosa), Money::from_cents(-9_000));
    rosa.visit(&theirs)
        .await
        .must_show("credited as a courtesy");
    let audit = manager
        .visit(&format!(
            "/office/accounts/{}?tab=audit",
            rosa.household.number.as_str()
        ))
        .await;
    audit
        .must_show("Outcome of a dispute sent for approval")
        .must_show("Outcome of a dispute approved");
}

/// Contract: F88, F89
#[actix_web::test]
async fn what_the_second_person_refuses_is_back_with_the_dispute_and_its_reason() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").signed_in().await;
    let june = leaked(&house, &rosa.household);
    let (manager, bench) = disputed(&house, &rosa, &june).await;
    let (clerk, sent) = proposed(&house, &rosa, &bench).await;
    let before = owed(&house, &rosa);
    let page = manager.visit(&bench.path).await;
    let unsaid = page.submit("Refuse it").await;
    assert_eq!(unsaid.status, 422);
    let refused = unsaid
        .fill("refusal_words", "The policy gives half.")
        .submit("Refuse it")
        .await;
    refused.must_show("The proposal is refused.");
    let back = clerk.visit(&sent.path).await;
    back.must_show("The policy gives half.")
        .must_show("$40.00 in dispute");
    assert_eq!(owed(&house, &rosa), before);
    // Another outcome ends it.
    let looked = clerk
        .visit(&format!("{}/outcomes/leak_adjustment", bench.path))
        .await;
    looked
        .submit("Carry it out and tell the customer")
        .await
        .must_show("is credited for the leak");
}

/// Contract: F89
#[actix_web::test]
async fn a_proposal_is_given_up_by_whoever_made_it_or_with_the_dispute() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").signed_in().await;
    let june = leaked(&house, &rosa.household);
    let (manager, bench) = disputed(&house, &rosa, &june).await;
    let (_, sent) = proposed(&house, &rosa, &bench).await;
    sent.submit("Give it up")
        .await
        .must_show("The proposal is given up.");
    let queue = manager.visit("/office/corrections").await;
    assert!(!queue.shows("Outcomes of disputes"));
}

/// Corrects the read on which June's bill rests: $24.46 instead of $29.32.
fn corrects_the_read(house: &TestApp, rosa: &Customer) {
    let digits: String = rosa
        .household
        .email
        .chars()
        .filter(char::is_ascii_digit)
        .collect();
    let register = format!("W{digits:0>6}-1");
    let utility = Utility::of(house);
    utility.read(&register, "2026-07-01", 6_000).unwrap();
}

/// Contract: F36, F88, F89, F160
#[actix_web::test]
async fn who_cancels_no_bill_proposes_it_and_the_second_person_sees_its_figures() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").signed_in().await;
    let (_, june) = billed(&house, &rosa.household);
    let (manager, bench) = disputed(&house, &rosa, &june).await;
    corrects_the_read(&house, &rosa);
    let before = owed(&house, &rosa);
    let clerk = house.staff(Role::BillingClerk).await;
    let looked = clerk
        .visit(&format!("{}/outcomes/rebilled", bench.path))
        .await;
    looked
        .must_show("$24.46")
        .must_show("Bills are canceled by somebody else.");
    looked
        .submit("Send for approval")
        .await
        .must_show("It waits for a second person; the dispute stays open.")
        .must_show("Difference on the bills:");
    assert_eq!(owed(&house, &rosa), before, "nothing is done yet");
    // Another clerk sees who decides it, and no button.
    let other = house.staff(Role::BillingClerk).await;
    let seen = other.visit(&bench.path).await;
    seen.must_show("It may be: Administrator, Billing manager.");
    assert!(!seen.shows("Approve, carry it out and tell the customer"));
    let page = manager.visit(&bench.path).await;
    page.must_show("$29.32").must_show("$24.46");
    let done = page
        .submit("Approve, carry it out and tell the customer")
        .await;
    done.must_show("It is canceled, and a corrected bill takes its place.");
    assert!(owed(&house, &rosa) < before);
}

/// Contract: F36, F160
#[actix_web::test]
async fn a_bill_is_proposed_to_be_billed_again_outside_a_dispute_too() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").signed_in().await;
    let (_, june) = billed(&house, &rosa.household);
    corrects_the_read(&house, &rosa);
    let before = owed(&house, &rosa);
    let clerk = house.staff(Role::BillingClerk).await;
    let address = format!("/office/bills/{june}/cancellation");
    let account = format!("/office/accounts/{}", rosa.household.number.as_str());
    let form = clerk.visit(&address).await;
    assert!(!form.shows("Cancel the bill"));
    let unsaid = form.submit("Send for approval").await;
    assert_eq!(unsaid.status, 422);
    let sent = unsaid
        .fill("reason", "The read was taken at another house.")
        .submit("Send for approval")
        .await;
    sent.must_show("It waits for somebody who may cancel bills.")
        .must_show("You ordered it, so that somebody else decides it.");
    assert_eq!(owed(&house, &rosa), before, "nothing is done yet");

    let manager = house.staff(Role::BillingManager).await;
    let queue = manager.visit("/office/corrections").await;
    queue
        .must_show("Bills to cancel and bill again")
        .must_show("The read was taken at another house.");
    manager.visit(&account).await.must_show("Cancel bill");
    let page = manager.visit(&address).await;
    page.must_show("$29.32").must_show("$24.46");
    let unsaid = page.submit("Refuse it").await;
    assert_eq!(unsaid.status, 422);
    unsaid
        .fill("refusal_words", "Have it read once more.")
        .submit("Refuse it")
        .await
        .must_show("The proposal is refused.");
    // With the reason she proposes it again.
    let again = clerk.visit(&address).await;
    again.must_show("Have it read once more.");
    again
        .fill("reason", "It was read once more.")
        .submit("Send for approval")
        .await
        .must_show("It waits for somebody who may cancel bills.");
    let page = manager.visit(&address).await;
    let done = page.submit("Approve, cancel and bill again").await;
    assert_eq!(done.status, 200, "{}", done.html);
    assert!(owed(&house, &rosa) < before);
    let queue = manager.visit("/office/corrections").await;
    assert!(!queue.shows("Bills to cancel and bill again"));
}
