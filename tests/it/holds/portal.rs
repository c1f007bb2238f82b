//! What a customer reads: that service is protected, until when and why, in plain words and in their language; guests do not learn why.

use mainstay::documents::letters::{Letterhead, letter};
use mainstay::i18n::Own;
use mainstay::store::error::StoreError;
use mainstay::store::notices::list_waiting;

use super::{form, late, places};
use crate::access::sharing::{GRETA, invite, join};
use crate::support::app::TestApp;

/// Contract: F85
#[actix_web::test]
async fn the_home_page_says_that_service_is_protected_and_that_debt_stays_debt() {
    let house = TestApp::start().await;
    let rosa = late(&house).await;
    invite(&rosa, GRETA, "view").await;
    let greta = join(&house, GRETA).await;
    let clerk = house.counter().await;
    let page = form(&clerk, &rosa.household, "medical_certificate").await;
    page.submit("Place the hold")
        .await
        .must_show("The hold is placed.");
    let home = rosa.visit("/").await;
    home.must_show("Your service is protected until Wednesday, July 22.")
        .must_show("A doctor has certified that your household needs it.")
        .must_show("The document for it is still missing")
        .must_show("What you owe stays owed.")
        .must_show("$100.00 is past due");
    let seen = greta.visit("/").await;
    assert!(!seen.shows("A doctor"), "a guest does not learn why");
    assert!(!seen.shows("Your service is protected"));

    house.set_day("2026-07-22");
    rosa.visit("/")
        .await
        .must_show("Your service is protected until");
    house.set_day("2026-07-23");
    let home = rosa.visit("/").await;
    assert!(!home.shows("Your service is protected"));
    rosa.visit("/more-time")
        .await
        .must_show("with a certificate or orders we can protect it");
}

/// Contract: F85, F115
#[actix_web::test]
async fn what_is_placed_is_told_in_the_language_of_its_reader() {
    let house = TestApp::start().await;
    let ines = house
        .customer("Inés")
        .speaking_spanish()
        .owing_due_in("$100.00", 5)
        .signed_in()
        .await;
    house.set_day("2026-07-16");
    let clerk = house.counter().await;
    places(&clerk, &ines.household, "military").await;
    let head = Letterhead {
        public_url: "https://bend.example".to_owned(),
        phone: "(555) 010-0142".to_owned(),
        own: Own::default(),
    };
    let (subject, text) = house.database().read(|conn| {
        let waiting = list_waiting(conn, 10)?;
        let row = waiting.iter().find(|row| row.notice.kind() == "hold");
        let row = row.ok_or(StoreError::Missing("notice"))?;
        let letter = letter(&row.notice, row.language, &head);
        Ok((letter.subject, letter.paragraphs.join(" ")))
    });
    assert_eq!(subject, "Su servicio está protegido");
    assert!(text.contains("servicio militar"), "{text}");
    assert!(!text.contains("Ada Kim"), "{text}");
    let number = ines.household.number.to_string();
    assert!(!text.contains(&number), "{text}");
    ines.visit("/")
        .await
        .must_show("Su servicio está protegido hasta");
}
