//! Placed, renewed and lifted by whoever may, with every refusal in words.

use mainstay::domain::staff::Role;

use super::{PAPER, account, form, late, places};
use crate::support::app::TestApp;

/// Contract: F80, F85
#[actix_web::test]
async fn a_certificate_protects_for_as_long_as_the_policy_gives_and_its_renewal_follows_it() {
    let house = TestApp::start().await;
    let rosa = late(&house).await;
    let clerk = house.counter().await;
    let hold = places(&clerk, &rosa.household, "medical_certificate").await;
    hold.must_show("Jul 16, 2026 to Sep 13, 2026")
        .must_show("In force")
        .must_show("Dr. Ada Kim")
        .must_show("no shut-off")
        .must_show("Told of on")
        .must_show("Aug 31, 2026");
    let told = house.told(&["hold"]);
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!(told[0].recipient, rosa.household.email);

    // Another of the kind is no way around its days.
    let again = form(&clerk, &rosa.household, "medical_certificate")
        .await
        .attach("document", "paper.pdf", PAPER)
        .submit("Place the hold")
        .await;
    assert_eq!(again.status, 422);
    again
        .must_show("One of this kind protects from Jul 16, 2026 to Sep 13, 2026.")
        .must_show("Renew that one instead.");

    let renewed = hold
        .reload()
        .await
        .fill("reason", "She is not well yet.")
        .attach("document", "second.pdf", b"%PDF-1.7\nsecond\n%%EOF")
        .submit("Renew")
        .await;
    renewed
        .must_show("The hold is renewed.")
        .must_show("Sep 14, 2026 to Oct 13, 2026")
        .must_show("To come")
        .must_show("Dr. Ada Kim");
    let first = hold.reload().await;
    first.must_show("Renewed");
    assert!(!first.shows("Renew it"), "a period is renewed once");

    let screen = clerk.visit(&account(&rosa.household)).await;
    screen
        .must_show("Jul 16, 2026 to Sep 13, 2026 · no shut-off")
        .must_show("Sep 14, 2026 to Oct 13, 2026 · no shut-off");
    let audit = clerk
        .visit(&format!("{}?tab=audit", account(&rosa.household)))
        .await;
    audit.must_show("Hold placed").must_show("Hold renewed");
    assert!(
        !audit.shows("Ada Kim"),
        "who signed is not the audit's to tell"
    );
}

/// Contract: F80, F85
#[actix_web::test]
async fn without_its_paper_a_hold_lasts_some_days_and_goes_on_when_the_paper_comes() {
    let house = TestApp::start().await;
    let rosa = late(&house).await;
    let clerk = house.counter().await;
    let too_long = form(&clerk, &rosa.household, "medical_certificate")
        .await
        .fill("last", "2026-08-31")
        .submit("Place the hold")
        .await;
    assert_eq!(too_long.status, 422);
    too_long.must_show("Without its document it lasts until Jul 22, 2026 at the most.");
    let typed = too_long.attribute("#signer", "value");
    assert_eq!(
        typed.as_deref(),
        Some("Dr. Ada Kim"),
        "what was typed stays"
    );

    let hold = form(&clerk, &rosa.household, "medical_certificate")
        .await
        .submit("Place the hold")
        .await;
    hold.must_show("Jul 16, 2026 to Jul 22, 2026")
        .must_show("Document missing");
    house.set_day("2026-07-20");
    let clerk = house.counter().await;
    let again = clerk
        .visit(&hold.path)
        .await
        .fill("reason", "The clinic is slow.")
        .submit("Renew")
        .await;
    assert_eq!(again.status, 422, "a paper is awaited once");
    again.must_show("Add the document that it rests on.");
    let kept = clerk
        .visit(&hold.path)
        .await
        .attach("paper", "paper.pdf", PAPER)
        .submit("Keep")
        .await;
    kept.must_show("The documents are kept.")
        .must_show("paper.pdf");
    // The whole first period follows: the days without a paper were none of it.
    let renewed = kept
        .fill("reason", "The certificate came by mail.")
        .submit("Renew")
        .await;
    renewed
        .must_show("The hold is renewed.")
        .must_show("Jul 23, 2026 to Sep 20, 2026");
    assert!(!renewed.shows("Document missing"));
}

/// Contract: F80
#[actix_web::test]
async fn whoever_lifts_one_says_why_and_the_policy_says_who_may() {
    let house = TestApp::start().await;
    let rosa = late(&house).await;
    let clerk = house.counter().await;
    let hold = places(&clerk, &rosa.household, "military").await;
    let refused = hold
        .clone()
        .fill("why", "The orders ended.")
        .submit("Lift it today")
        .await;
    assert_eq!(refused.status, 422);
    refused.must_show("The policy leaves this to:");

    house.set_day("2026-07-17");
    let manager = house.staff(Role::BillingManager).await;
    let page = manager.visit(&hold.path).await;
    let silent = page.clone().submit("Lift it today").await;
    assert_eq!(silent.status, 422);
    silent.must_show("Write a few words, so that the next reader understands.");
    let lifted = page
        .clone()
        .fill("why", "The orders ended.")
        .submit("Lift it today")
        .await;
    lifted
        .must_show("The hold is lifted.")
        .must_show("The orders ended.")
        .must_show("Over");
    // Pressed twice, it is lifted once.
    page.fill("why", "The orders ended.")
        .submit("Lift it today")
        .await
        .must_show("It has ended, or somebody was faster.");
    assert_eq!(house.told(&["hold"]).len(), 2, "placed, and lifted");
    manager
        .visit(&account(&rosa.household))
        .await
        .must_show("Over");

    // Whoever may only look places nothing, and collectors place no military hold.
    let new = format!("{}/holds/new", account(&rosa.household));
    house.staff(Role::Viewer).await.meets(&new, 403).await;
    let collector = house.staff(Role::Collector).await;
    let offered = collector.visit(&new).await.texts("#kind option");
    assert!(offered.contains(&"Medical certificate".to_owned()));
    assert!(!offered.contains(&"Military service".to_owned()));
    let sneaked = form(&collector, &rosa.household, "military")
        .await
        .attach("document", "orders.pdf", PAPER)
        .submit("Place the hold")
        .await;
    assert_eq!(sneaked.status, 422);
    sneaked.must_show("The policy leaves this to:");
}

/// Contract: F80
#[actix_web::test]
async fn a_form_that_is_sent_twice_places_one_hold() {
    let house = TestApp::start().await;
    let rosa = late(&house).await;
    let clerk = house.counter().await;
    let filled = form(&clerk, &rosa.household, "pledge").await;
    let first = filled.clone().submit("Place the hold").await;
    let second = filled.submit("Place the hold").await;
    assert_eq!(first.path, second.path);
    let queue = clerk.visit("/office/holds?within=all").await;
    assert_eq!(queue.texts("tbody tr").len(), 1);
    assert_eq!(house.told(&["hold"]).len(), 1);
}

/// Contract: F80
#[actix_web::test]
async fn what_is_missing_is_said_at_its_field() {
    let house = TestApp::start().await;
    let rosa = late(&house).await;
    let clerk = house.counter().await;
    let new = format!("{}/holds/new", account(&rosa.household));
    let empty = clerk.visit(&new).await.submit("Place the hold").await;
    assert_eq!(empty.status, 422);
    let wordless = form(&clerk, &rosa.household, "pledge")
        .await
        .fill("reason", " ")
        .submit("Place the hold")
        .await;
    wordless.must_show("Write a few words, so that the next reader understands.");
    let several = form(&clerk, &rosa.household, "pledge")
        .await
        .fill("signer", "")
        .fill("from", "2026-07-01")
        .submit("Place the hold")
        .await;
    assert_eq!(several.status, 422);
    several
        .must_show("Write who signed or promised.")
        .must_show("It begins today or later.");
    let backwards = form(&clerk, &rosa.household, "pledge")
        .await
        .fill("from", "2026-07-20")
        .fill("last", "2026-07-18")
        .submit("Place the hold")
        .await;
    backwards.must_show("The last day comes before the first.");
}
