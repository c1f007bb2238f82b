//! An outcome of a dispute that gives more than one person decides: proposed by one, decided by another, and back at the dispute with their word.

use mainstay::domain::money::Money;
use mainstay::domain::staff::Role;

use super::outcomes::{disputed, leaked, owed};
use crate::support::app::TestApp;
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
    let looked = form.fill("amount", "40").submit("Work it out").await;
    let sent = looked.submit("Carry it out and tell the customer").await;
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
