//! Renewals that never begin, papers that come late, and ends that are nobody's work yet.

use mainstay::domain::staff::Role;

use super::{PAPER, account, form, late, places};
use crate::support::app::TestApp;
use crate::support::page::Page;
use crate::support::visitor::Visitor;

/// Renews the hold of a page with another paper.
async fn renews(page: Page) -> Page {
    let renewed = page
        .fill("reason", "She is not well yet.")
        .attach("document", "second.pdf", b"%PDF-1.7\nsecond\n%%EOF")
        .submit("Renew")
        .await;
    renewed
        .must_show("The hold is renewed.")
        .must_show("Sep 14, 2026 to Oct 13, 2026");
    renewed
}

async fn lifts(manager: &Visitor, path: &str) -> Page {
    let page = manager.visit(path).await;
    let lifted = page
        .fill("why", "The doctor took it back.")
        .submit("Lift it today")
        .await;
    lifted.must_show("The hold is lifted.");
    lifted
}

/// Contract: F80, F85, F86
#[actix_web::test]
async fn a_renewal_that_is_lifted_before_it_begins_renews_nothing() {
    let house = TestApp::start().await;
    let rosa = late(&house).await;
    let clerk = house.counter().await;
    let hold = places(&clerk, &rosa.household, "medical_certificate").await;
    house.set_day("2026-09-01");
    house.looks_at_holds().await;
    let manager = house.staff(Role::BillingManager).await;
    let renewed = renews(manager.visit(&hold.path).await).await;
    let first = manager.visit(&hold.path).await;
    assert!(!first.shows("I have looked at it"), "it is answered");
    let before = house.told(&["hold"]).len();
    lifts(&manager, &renewed.path).await.must_show("Over");
    let told = house.told(&["hold"]).len();
    assert_eq!(told, before + 1, "that it will not begin");
    let first = manager.visit(&hold.path).await;
    first
        .must_show("In force")
        .must_show("To look at since Sep 1, 2026.")
        .must_show("Renew it");
    assert!(!first.shows("Renewed"));
    let queue = manager.visit("/office/holds?within=90").await;
    assert_eq!(queue.texts("tbody tr").len(), 1, "its end is work again");

    // It is renewed once more, and what is lifted takes with it what was still to come.
    let again = renews(first).await;
    lifts(&manager, &hold.path).await.must_show("Over");
    let gone = manager.visit(&again.path).await;
    gone.must_show("Over");
    assert!(!gone.shows("To come"));
    let screen = manager.visit(&account(&rosa.household)).await;
    let strip = screen.text("#shutoff");
    assert!(!strip.contains("medical certificate"), "{strip}");
}

/// Contract: F80, F83, F85
#[actix_web::test]
async fn a_paper_that_comes_in_time_keeps_the_hold_from_lapsing() {
    let house = TestApp::start().await;
    let rosa = late(&house).await;
    let clerk = house.counter().await;
    let hold = form(&clerk, &rosa.household, "medical_certificate")
        .await
        .submit("Place the hold")
        .await;
    hold.must_show("Jul 16, 2026 to Jul 22, 2026");
    // Its end is told of on the first day, and somebody answers before the paper is here.
    house.looks_at_holds().await;
    let answered = clerk
        .visit(&hold.path)
        .await
        .fill("answer", "Nothing came.")
        .submit("I have looked at it")
        .await;
    answered.must_show("Noted.");
    house.set_day("2026-07-20");
    let clerk = house.counter().await;
    let kept = clerk
        .visit(&hold.path)
        .await
        .attach("paper", "paper.pdf", PAPER)
        .submit("Keep")
        .await;
    kept.must_show("The document that it awaited is here.")
        .must_show("Nothing is possible before somebody has looked at it.");
    assert!(!kept.shows("Document missing"));

    house.set_day("2026-07-25");
    let clerk = house.counter().await;
    let screen = clerk.visit(&account(&rosa.household)).await;
    let why = "medical certificate ended on Jul 23, 2026, and nobody has looked at it since";
    let strip = screen.text("#shutoff");
    assert!(strip.contains(why), "{strip}");
    let queue = clerk.visit("/office/holds").await;
    assert_eq!(queue.texts("tbody tr").len(), 1, "it stays in the queue");
    let renewed = clerk
        .visit(&hold.path)
        .await
        .fill("reason", "The certificate is in order.")
        .submit("Renew")
        .await;
    renewed
        .must_show("The hold is renewed.")
        .must_show("Jul 23, 2026 to Sep 20, 2026");
    let screen = clerk.visit(&account(&rosa.household)).await;
    let strip = screen.text("#shutoff");
    let why = "medical certificate until Sep 20, 2026";
    assert!(strip.contains(why), "{strip}");
}

/// Contract: F83, F86
#[actix_web::test]
async fn nobody_answers_for_an_end_before_it_is_told_of() {
    let house = TestApp::start().await;
    let rosa = late(&house).await;
    let clerk = house.counter().await;
    let hold = places(&clerk, &rosa.household, "pledge").await;
    let csrf = hold.attribute("input[name=csrf]", "value").expect("a form");
    for (what, field, value) in [("answer", "answer", "Paid."), ("owner", "owner", "me")] {
        let fields = [("csrf", csrf.as_str()), (field, value)];
        let path = format!("{}/{what}", hold.path);
        assert_eq!(clerk.post(&path, &fields).await.status, 303, "{what}");
        clerk
            .visit(&hold.path)
            .await
            .must_show("Its end is looked at from Aug 23, 2026 on.");
    }
    let before = house.told(&["hold"]).len();
    house.set_day("2026-08-23");
    house.looks_at_holds().await;
    assert_eq!(house.told(&["hold"]).len(), before + 1, "it is told");
}
