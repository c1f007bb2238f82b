//! Before a hold ends: the office has its work, the customer is told, each once; and what follows where nobody has looked.

use diesel::connection::SimpleConnection;
use mainstay::domain::staff::Role;

use super::{account, form, late, places};
use crate::access::sharing::{invite, join};
use crate::support::app::TestApp;

/// Contract: F80, F86
#[actix_web::test]
async fn two_weeks_before_a_certificate_ends_its_owner_is_told_and_the_office_has_its_work_once() {
    let house = TestApp::start().await;
    let rosa = late(&house).await;
    let nina = "nina@aid.example";
    invite(&rosa, nina, "manage").await;
    join(&house, nina).await;
    let clerk = house.counter().await;
    let hold = places(&clerk, &rosa.household, "medical_certificate").await;
    let omar = house.customer("Omar").moved_in().await;
    places(&clerk, &omar, "military").await;
    house.set_day("2026-08-30");
    house.looks_at_holds().await;
    let of_rosa = || {
        let mut told = house.told(&["hold"]);
        told.retain(|seen| seen.recipient == rosa.household.email);
        told
    };
    assert_eq!(of_rosa().len(), 1, "it is placed");
    house.set_day("2026-08-31");
    house.looks_at_holds().await;
    house.looks_at_holds().await;
    house.set_day("2026-09-01");
    house.looks_at_holds().await;
    let told = of_rosa();
    assert_eq!(told.len(), 2, "{told:?}");

    let clerk = house.counter().await;
    clerk
        .visit("/office")
        .await
        .must_show("Holds ending")
        .must_show("1 nobody has taken");
    let queue = clerk.visit("/office/holds?within=14").await;
    assert_eq!(queue.texts("tbody tr").len(), 1);
    queue
        .must_show("Medical certificate")
        .must_show("To look at");
    for (path, rows) in [
        ("/office/holds?within=3", 0),
        ("/office/holds?within=90", 2),
        ("/office/holds?within=90&kind=military", 1),
        ("/office/holds?within=90&owner=me", 0),
        ("/office/holds?within=90&owner=nobody", 2),
    ] {
        let page = clerk.visit(path).await;
        assert_eq!(page.texts("tbody tr").len(), rows, "{path}");
    }
    let page = clerk.visit(&hold.path).await;
    page.must_show("To look at since Aug 31, 2026.");
    let taken = page.submit("I will work on it").await;
    taken.must_show("The work is given.");
    let mine = clerk.visit("/office/holds?within=90&owner=me").await;
    assert_eq!(mine.texts("tbody tr").len(), 1);
    let answered = taken
        .fill("answer", "She will see her doctor.")
        .submit("I have looked at it")
        .await;
    answered
        .must_show("Noted. What follows may follow.")
        .must_show("She will see her doctor.");
}

/// Contract: F80, F115
#[actix_web::test]
async fn who_reads_no_mail_is_told_by_letter() {
    let house = TestApp::start().await;
    let omar = house.customer("Omar").moved_in().await;
    house.set_day("2026-07-16");
    house
        .database()
        .connect()
        .batch_execute("UPDATE accounts SET email = FALSE, paper = TRUE")
        .expect("his bills come on paper");
    let clerk = house.counter().await;
    places(&clerk, &omar, "military").await;
    assert!(house.told(&["hold"]).is_empty(), "nobody follows it yet");
    // Ninety days from July 16, told three weeks before the end.
    house.set_day("2026-09-22");
    house.looks_at_holds().await;
    assert!(house.told(&["hold"]).is_empty());
    house.set_day("2026-09-23");
    house.looks_at_holds().await;
    house.looks_at_holds().await;
    let told = house.told(&["hold"]);
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!(told[0].channel, "paper");
}

/// Contract: F83, F85
#[actix_web::test]
async fn where_the_policy_says_so_nothing_follows_before_somebody_has_looked() {
    let house = TestApp::start().await;
    let rosa = late(&house).await;
    let clerk = house.counter().await;
    let page = form(&clerk, &rosa.household, "pledge").await;
    let hold = page
        .fill("last", "2026-07-31")
        .submit("Place the hold")
        .await;
    hold.must_show("Nothing is possible before somebody has looked at it.");
    // The clock never came by: it waits all the same.
    house.set_day("2026-08-10");
    let clerk = house.counter().await;
    let why = "pledge of an agency ended on Aug 1, 2026, and nobody has looked at it since";
    let screen = clerk.visit(&account(&rosa.household)).await;
    assert!(
        screen.text("#shutoff").contains(why),
        "{}",
        screen.text("#shutoff")
    );
    let queue = clerk.visit("/office/holds").await;
    assert_eq!(queue.texts("tbody tr").len(), 1, "it stays in the queue");
    // It comes by late: the work is there, and nobody is told of an end that is past.
    let before = house.told(&["hold"]).len();
    house.looks_at_holds().await;
    assert_eq!(house.told(&["hold"]).len(), before);
    let page = clerk.visit(&hold.path).await;
    let silent = page.clone().submit("I have looked at it").await;
    assert_eq!(silent.status, 422);
    page.fill("answer", "The agency paid nothing.")
        .submit("I have looked at it")
        .await
        .must_show("Noted.");
    let screen = clerk.visit(&account(&rosa.household)).await;
    assert!(!screen.text("#shutoff").contains(why));
    let queue = clerk.visit("/office/holds").await;
    assert!(queue.texts("tbody tr").is_empty());
}

/// Contract: F86
#[actix_web::test]
async fn what_was_renewed_or_lifted_ends_without_a_word() {
    let house = TestApp::start().await;
    let rosa = late(&house).await;
    let clerk = house.counter().await;
    let hold = places(&clerk, &rosa.household, "hardship").await;
    house.set_day("2026-08-03");
    let manager = house.staff(Role::BillingManager).await;
    let page = manager.visit(&hold.path).await;
    let renewed = page
        .fill("reason", "She found no work yet.")
        .attach("document", "second.pdf", b"%PDF-1.7\nsecond\n%%EOF")
        .submit("Renew")
        .await;
    renewed.must_show("The hold is renewed.");
    let before = house.told(&["hold"]).len();
    house.set_day("2026-08-10");
    house.looks_at_holds().await;
    assert_eq!(house.told(&["hold"]).len(), before);
    let manager = house.staff(Role::BillingManager).await;
    let page = manager.visit(&renewed.path).await;
    page.fill("why", "She works again.")
        .submit("Lift it today")
        .await
        .must_show("The hold is lifted.");
    let before = house.told(&["hold"]).len();
    house.set_day("2026-09-08");
    house.looks_at_holds().await;
    assert_eq!(house.told(&["hold"]).len(), before);
}
