//! A dispute by telephone or letter: the office opens it for the customer, with its documents and days by the policy; what follows is the same
//! as when the customer opens it.

use mainstay::domain::staff::Role;
use reqwest::Method;

use crate::holds::PAPER;
use crate::portal::bills::billed;
use crate::support::app::TestApp;
use crate::support::page::Page;
use crate::support::visitor::Visitor;

/// The form of a dispute of a bill, from the account's screen.
pub async fn form(member: &Visitor, account: &str, bill: &str) -> Page {
    let screen = member.visit(&format!("/office/accounts/{account}")).await;
    let bills = screen.follow("Open a dispute").await;
    bills.must_show("Which bill?");
    bills.follow(bill).await
}

/// Contract: F42, F88, F89, F90
#[actix_web::test]
async fn who_calls_is_heard_and_what_they_dispute_is_set_aside_at_once() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").signed_in().await;
    let (_, june) = billed(&house, &rosa.household);
    let csr = house.staff(Role::Csr).await;
    let number = rosa.household.number.as_str();
    let form = form(&csr, number, june.as_str()).await;
    let refused = form.submit("Open the dispute and tell the customer").await;
    assert_eq!(refused.status, 422);
    refused
        .must_show("Choose the reason that fits best.")
        .must_show("Write a few words first.");
    let open = refused
        .fill("came_by", "letter")
        .fill("reason", "read_wrong")
        .fill("words", "The dial showed 5,000 on the first.")
        .attach("document", "letter.pdf", PAPER)
        .submit("Open the dispute and tell the customer")
        .await;
    open.must_show("$29.32 in dispute")
        .must_show("By letter")
        .must_show("The dial showed 5,000 on the first.")
        .must_show("letter.pdf")
        .must_show("Acknowledged on Jul 5, 2026");
    // Sent again it is the same dispute; a second one of the bill leads to it.
    let again = csr
        .visit(&format!(
            "/office/accounts/{number}/disputes/new?bill={june}"
        ))
        .await;
    again.must_show("Nothing more of this bill can be disputed");
    assert!(again.attribute("textarea", "name").is_none());

    // The customer sees it as if it were opened on the portal, and was told.
    let theirs = rosa.visit(open.path.trim_start_matches("/office")).await;
    theirs
        .must_show("$29.32 is set aside")
        .must_show("decides by");
    assert!(house.told(&["request"]).iter().any(|_| true));

    // Whoever took it in handles it, by the day that the policy gives.
    let queue = csr
        .visit("/office/requests?kind=bill_dispute&owner=me")
        .await;
    queue.must_show("$29.32").must_show("Jul 17");

    // The letter comes back to the byte to those who may see it.
    let link = "a[href*='/documents/']";
    let path = open.attribute(link, "href").expect("a link to the letter");
    let answer = csr.request(Method::GET, &path).send().await.unwrap();
    assert_eq!(answer.bytes().await.unwrap(), PAPER);
    let viewer = house.staff(Role::Viewer).await;
    let seen = viewer.visit(&open.path).await;
    seen.must_show("letter.pdf");
    assert!(seen.attribute(link, "href").is_none());
    assert_eq!(viewer.get(&path).await.status, 403);
}

/// Contract: F88
#[actix_web::test]
async fn the_days_of_a_dispute_are_the_policys() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").signed_in().await;
    let (_, june) = billed(&house, &rosa.household);
    let manager = house.staff(Role::BillingManager).await;
    let policy = manager.visit("/office/policies/disputes").await;
    let refused = policy
        .fill("document", r#"{ "acknowledge_days": 9, "answer_days": 5 }"#)
        .fill("from", "2026-07-05")
        .submit("Save as a new version")
        .await;
    refused.must_show("acknowledge_days: write no more than answer_days");
    refused
        .fill("document", r#"{ "acknowledge_days": 1, "answer_days": 5 }"#)
        .submit("Save as a new version")
        .await
        .must_show("The new version is kept.");
    let bill = rosa.visit(&format!("/bills/{june}")).await;
    let open = super::disputes::dispute(&bill, "").await;
    let page = manager.visit(&format!("/office{}", open.path)).await;
    page.must_show("On the portal").must_show("Jul 6, 2026");
    open.must_show("Friday, July 10");
    house.set_day("2026-07-08");
    page.reload().await.must_show("Overdue");
    let answered = manager
        .visit(&page.path)
        .await
        .fill("message", "We look at the reads.")
        .submit("Send to the customer")
        .await;
    answered.must_show("Acknowledged on Jul 8, 2026");
}
