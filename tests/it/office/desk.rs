//! Finding an account and having the whole of it on one screen.

use std::collections::BTreeMap;

use mainstay::domain::staff::Role;
use scraper::Html;

use crate::portal::bills::billed;
use crate::requests::by_phone;
use crate::support::app::TestApp;
use crate::support::page::{Page, selector, words};

/// Contract: F93, F94
#[actix_web::test]
async fn an_account_is_found_by_anything_the_caller_has_at_hand() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").moved_in().await;
    house.customer("Marcus").moved_in().await;
    let clerk = house.staff(Role::Csr).await;

    let digits = rosa.number.as_str();
    let last_six = &digits[4..];
    for asked in [
        "ros",
        "Prairie rosa",
        digits,
        last_six,
        &rosa.email,
        "w0000",
    ] {
        let page = clerk
            .visit(&format!("/office/accounts?q={}", asked.replace(' ', "+")))
            .await;
        assert!(
            page.shows("Rosa"),
            "{asked} does not find Rosa:\n{}",
            page.html
        );
    }
    let page = clerk.visit("/office/accounts?q=nobody+of+that+name").await;
    page.must_show("No account has all of these words.");
    let page = clerk
        .visit("/office/accounts?q=ros")
        .await
        .follow("Rosa")
        .await;
    assert_eq!(page.heading(), "Rosa");
}

/// Contract: F93, F94
#[actix_web::test]
async fn what_bears_a_number_is_found_by_it_with_its_account_and_its_day() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").signed_in().await.household;
    let (_, june) = billed(&house, &rosa);
    let clerk = house.staff(Role::Csr).await;
    let account = format!("/office/accounts/{}", rosa.number.as_str());
    let form = clerk.visit(&format!("{account}/payments/new")).await;
    let paid = form.fill("amount", "7.00").submit("Take the payment").await;
    let form = by_phone::form(&clerk, rosa.number.as_str(), june.as_str()).await;
    let dispute = form
        .fill("came_by", "letter")
        .fill("reason", "read_wrong")
        .fill("words", "The dial showed 5,000 on the first.")
        .submit("Open the dispute and tell the customer")
        .await;
    let form = clerk.visit(&format!("{account}/orders/new")).await;
    let order = form.fill("kind", "re_read").submit("Make the order").await;
    let bill = format!("/office/bills/{june}");
    for (path, kind, day) in [
        (bill.as_str(), "Bill", "Jul 4, 2026"),
        (paid.path.as_str(), "Payment", "Jul 5, 2026"),
        (dispute.path.as_str(), "Request", "Jul 5, 2026"),
        (order.path.as_str(), "Service order", "Jul 5, 2026"),
    ] {
        let number = path.rsplit('/').next().unwrap();
        let page = clerk.visit(&format!("/office/accounts?q={number}")).await;
        let line = page.text("#numbered");
        for words in [kind, number, day, "Rosa"] {
            assert!(line.contains(words), "{words}: {line}");
        }
        assert!(!page.shows("No account has all of these words."));
        let opened = page.follow(&format!("{kind} {number}")).await;
        assert_eq!(opened.path, path);
        // As it is read out, and never by a part of it or with a slip of the finger.
        let (first, rest) = number.split_at(4);
        let spaced = format!("/office/accounts?q={first}-{rest}");
        assert!(clerk.visit(&spaced).await.text("#numbered").contains(kind));
        let part = format!("/office/accounts?q={rest}");
        assert!(clerk.visit(&part).await.texts("#numbered").is_empty());
    }
    let page = clerk.visit("/office/accounts?q=7000000000").await;
    page.must_show("No account has all of these words.");
}

/// Contract: F66, F93, F94, F95
#[actix_web::test]
async fn one_screen_shows_what_is_owed_and_keeps_a_note() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").owing("$84.10").moved_in().await;
    let clerk = house.staff(Role::Csr).await;

    let page = clerk
        .visit(&format!("/office/accounts/{}", rosa.number.as_str()))
        .await;
    assert!(page.text("#balance").starts_with("$84.10"));
    assert!(page.text("#past-due").starts_with("$0.00"));
    // What a script opens in place is a page of its own without one.
    let opens = page.attribute("a[data-in-place][href$='/people']", "href");
    let people = clerk.visit(&opens.expect("a link to the people")).await;
    assert_eq!(people.texts("[data-opens] h1"), ["People and delivery"]);
    // A script keeps what is typed for this account and this person until it is saved.
    let draft = page.attribute("form[action$='/notes']", "data-draft");
    assert!(draft.is_some_and(|draft| draft.contains(rosa.number.as_str())));
    for tab in ["Bills", "Payments", "Usage", "Reads", "Contacts", "Audit"] {
        page.follow(tab).await;
    }
    let page = page
        .fill("text", "Asked why the bill is higher.")
        .submit("Save note")
        .await;
    page.must_show("The note is saved.");
    page.must_show("Asked why the bill is higher.");
    let refused = page.fill("text", "  ").submit("Save note").await;
    refused.must_show("Write the note first.");

    house.advance_days(30);
    let page = clerk
        .visit(&format!("/office/accounts/{}", rosa.number.as_str()))
        .await;
    assert!(page.text("#past-due").starts_with("$84.10"));
}

/// Contract: F132
#[actix_web::test]
async fn somebody_who_only_looks_cannot_write() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").moved_in().await;
    let viewer = house.staff(Role::Viewer).await;
    let page = viewer
        .visit(&format!("/office/accounts/{}", rosa.number.as_str()))
        .await;
    assert!(!page.shows("Save note"));
    viewer.meets("/office/exceptions", 403).await;
    viewer.meets("/office/rates", 403).await;
}

/// The keys of a page, each with the words of what it presses.
fn keys(page: &Page) -> BTreeMap<String, String> {
    let document = Html::parse_document(&page.html);
    let mut found = BTreeMap::new();
    for element in document.select(&selector("[data-key]")) {
        let key = element.attr("data-key").unwrap_or_default().to_owned();
        let before = found.insert(key.clone(), words(element));
        assert_eq!(before, None, "{key} presses two things on {}", page.path);
        let acts = element.attr("data-act").is_some() || {
            let mut around = element.ancestors().filter_map(scraper::ElementRef::wrap);
            around.any(|one| one.attr("data-acts").is_some())
        };
        assert!(acts, "the palette does not offer {key} on {}", page.path);
    }
    found
}

/// Contract: F93
#[actix_web::test]
async fn every_action_of_an_account_has_a_key_and_stands_in_the_palette() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").owing("$84.10").moved_in().await;
    let manager = house.staff(Role::BillingManager).await;
    let account = format!("/office/accounts/{}", rosa.number.as_str());
    let page = manager.visit(&account).await;
    let found = keys(&page);
    for (key, action) in [
        ("A", "More time"),
        ("C", "Call begins"),
        ("D", "Adjust"),
        ("H", "Place a hold"),
        ("M", "Move"),
        ("N", "Note"),
        ("O", "People"),
        ("R", "Enter a read"),
        ("S", "Start a service"),
        ("T", "Take a payment"),
        ("W", "Waive fee"),
    ] {
        let offered = found.get(key).unwrap_or_else(|| panic!("{key}: {found:?}"));
        assert!(offered.starts_with(action), "{key} is {offered:?}");
    }
    for taken in ["J", "K"] {
        assert!(!found.contains_key(taken), "{taken} moves through the rows");
    }
    let stop = page.attribute(".services a", "data-act").unwrap();
    assert!(stop.ends_with("stop, suspend, change"), "{stop}");
    // With the call open its key wraps it up, on every page.
    let open = page.submit("Call begins").await;
    assert!(keys(&open)["C"].starts_with("Wrap up the call"));
    let today = manager.visit("/office").await;
    assert!(keys(&today)["C"].starts_with("Wrap up the call"));
    // The field of the palette is the header's: without JavaScript it leads to the same accounts.
    let found = today.fill("q", "ros").submit("Find an account").await;
    assert_eq!(found.follow("Rosa").await.heading(), "Rosa");
}
