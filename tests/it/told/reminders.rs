//! What the clock tells by itself: what falls due, what is past due, what a new bill shows. Each once, however often the clock asks.

use diesel::prelude::*;
use mainstay::documents::letters::{Letter, Letterhead, letter};
use mainstay::documents::texts;
use mainstay::domain::customers::Language;
use mainstay::i18n::Own;
use mainstay::jobs::plan_alerts;
use mainstay::store::error::StoreError;
use mainstay::store::notices::list_waiting;
use mainstay::store::schema::accounts;

use crate::support::app::TestApp;
use crate::support::billing::Utility;
use crate::told::returns::{billed, comes_back};

fn head() -> Letterhead {
    Letterhead {
        public_url: "https://bend.example".to_owned(),
        phone: "(555) 010-0142".to_owned(),
        own: Own::default(),
    }
}

/// The waiting notices of a kind as letters, in a language, with their texts.
fn words_of(house: &TestApp, kind: &str, language: Language) -> Vec<(Letter, String)> {
    let waiting = house.database().read(|conn| list_waiting(conn, 50));
    let of_kind = waiting.iter().filter(|row| row.notice.kind() == kind);
    of_kind
        .map(|row| {
            let text = texts::text(&row.notice, language, &head());
            (
                letter(&row.notice, language, &head()),
                text.unwrap_or_default(),
            )
        })
        .collect()
}

/// Contract: F115, F116
#[actix_web::test]
async fn what_falls_due_soon_is_told_once() {
    let house = TestApp::start().await;
    let rosa = house
        .customer("Rosa")
        .owing_due_in("$84.10", 4)
        .signed_in()
        .await;
    house
        .customer("Walter")
        .owing_due_in("$12.00", 20)
        .signed_in()
        .await;
    house.reminds().await;
    house.reminds().await;
    let told = house.told(&["due_soon", "past_due"]);
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!(told[0].recipient, rosa.household.email);

    let text = house.database().read(|conn| {
        let waiting = list_waiting(conn, 10)?;
        let row = waiting.iter().find(|row| row.notice.kind() == "due_soon");
        let row = row.ok_or(StoreError::Missing("notice"))?;
        Ok(letter(&row.notice, row.language, &head())
            .paragraphs
            .join(" "))
    });
    let number = rosa.household.number.to_string();
    assert!(
        text.contains("$84.10") && text.contains("Jul 5, 2026"),
        "{text}"
    );
    assert!(!text.contains(&number), "{text}");
}

/// Contract: F116
#[actix_web::test]
async fn a_reminder_waits_for_the_amount_of_ones_own_and_counts_money_on_its_way() {
    let house = TestApp::start().await;
    let rosa = house
        .customer("Rosa")
        .owing_due_in("$84.10", 4)
        .signed_in()
        .await;
    rosa.visit("/alerts")
        .await
        .fill("due_soon_over", "84.10")
        .submit("Save my alerts")
        .await
        .must_show("Your alerts are saved.");
    house.reminds().await;
    assert!(house.told(&["due_soon"]).is_empty());

    let paid = house
        .customer("Inés")
        .owing_due_in("$50.00", 3)
        .signed_in()
        .await;
    let payment = house.requests(paid.household.account, 5_000).await;
    let session = house.opens(&payment).await;
    house.remembers(&payment, &session).await;
    house.pays(&session, "pm_usBankAccount_success").await;
    house.settles().await;
    house.reminds().await;
    assert!(house.told(&["due_soon"]).is_empty());
}

/// Contract: F116
#[actix_web::test]
async fn what_is_past_due_is_mailed_whatever_was_chosen() {
    let house = TestApp::start().await;
    let rosa = house
        .customer("Rosa")
        .owing_due_in("$84.10", 1)
        .signed_in()
        .await;
    house.set_day("2026-07-04");
    house.reminds().await;
    assert!(house.told(&["past_due"]).is_empty(), "only two days late");
    house.set_day("2026-07-06");
    rosa.visit("/alerts").await.submit("Save my alerts").await;
    house.reminds().await;
    house.advance_days(1);
    house.reminds().await;
    assert_eq!(house.told(&["past_due"]).len(), 1);
}

/// Contract: F115, F116
#[actix_web::test]
async fn a_new_bill_tells_of_high_use_and_of_an_amount_of_ones_own() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").signed_in().await;
    house.set_day("2026-07-05");
    rosa.visit("/alerts")
        .await
        .fill("high_bill_email", "yes")
        .fill("high_bill_over", "20")
        .submit("Save my alerts")
        .await;
    // The first look marks the place: what was issued before is no news.
    plan_alerts::of_bills(house.app.clone()).await.unwrap();
    let utility = Utility::of(&house);
    utility.sells_water();
    let digits: String = rosa
        .household
        .email
        .chars()
        .filter(char::is_ascii_digit)
        .collect();
    utility.reads(
        &format!("W{digits:0>6}-1"),
        &[
            ("2026-05-01", 0),
            ("2026-06-01", 3_000),
            ("2026-07-01", 8_000),
        ],
    );
    utility.bill("2026-05-01", "2026-06-04");
    utility.bill("2026-06-01", "2026-07-04");
    house.set_day("2026-07-06");
    plan_alerts::of_bills(house.app.clone()).await.unwrap();
    plan_alerts::of_bills(house.app.clone()).await.unwrap();
    let told = house.told(&["high_usage", "high_bill"]);
    let kinds: Vec<&str> = told.iter().map(|seen| seen.kind.as_str()).collect();
    // $10.00 and half a cent a gallon: $25.00, then $35.00; a day's use rose by 72 percent.
    assert_eq!(kinds, ["high_bill", "high_bill", "high_usage"], "{told:?}");
}

/// Contract: F47, F115, F116
#[actix_web::test]
async fn what_is_past_due_goes_on_paper_to_whoever_is_not_mailed_whose_account_it_is() {
    let house = TestApp::start().await;
    let omar = house
        .customer("Omar")
        .owing_due_in("$84.10", 1)
        .moved_in()
        .await;
    diesel::update(accounts::table.find(omar.account))
        .set(accounts::email.eq(false))
        .execute(&mut house.database().connect())
        .unwrap();
    let rosa = house
        .customer("Rosa")
        .owing_due_in("$12.00", 1)
        .signed_in()
        .await;
    comes_back(&house, &rosa.household.email);
    house.set_day("2026-07-06");
    house.reminds().await;
    house.advance_days(1);
    house.reminds().await;
    let told = house.told(&["past_due"]);
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told.iter().all(|seen| seen.channel == "paper"), "{told:?}");
    assert!(told[0].recipient.starts_with("Omar\n"), "{told:?}");
    assert!(told[1].recipient.contains("Prairie Street"), "{told:?}");
}

/// Memphis Light, Gas & Water Div. v. Craft, 436 U.S. 1: what tells of a debt tells how to contest it and be heard.
///
/// Contract: F115, F116
#[actix_web::test]
async fn what_is_past_due_tells_how_to_be_heard_and_leads_to_more_time() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").signed_in().await;
    let number = billed(&house, &rosa.household, (false, true));
    house.set_day("2026-07-28");
    house.reminds().await;
    let wanted = [
        (
            Language::English,
            "to be heard by somebody who can correct it",
            "more time",
        ),
        (
            Language::Spanish,
            "le escuche alguien que puede corregirla",
            "más tiempo",
        ),
    ];
    for (language, heard, time) in wanted {
        let words = words_of(&house, "past_due", language);
        let [(letter, text)] = words.as_slice() else {
            panic!("told once: {}", words.len());
        };
        let said = letter.paragraphs.join(" ");
        assert!(said.contains(heard) && said.contains(time), "{said}");
        assert!(said.contains("(555) 010-0142"), "{said}");
        assert!(
            text.contains("(555) 010-0142") && text.contains(time),
            "{text}"
        );
        let links: Vec<&str> = letter
            .links
            .iter()
            .flatten()
            .map(|link| link.address.as_str())
            .collect();
        let wrong = format!("https://bend.example/bills/{number}/dispute");
        let account = rosa.household.number.as_str();
        let more = format!("https://bend.example/more-time?account={account}");
        assert_eq!(links, [more.as_str(), wrong.as_str()]);
        let mail = letter.html(&head(), None).unwrap();
        assert!(mail.contains(&wrong), "{mail}");
    }
    let page = rosa.visit(&format!("/bills/{number}/dispute")).await;
    assert_eq!(page.heading(), "This bill looks wrong");
    rosa.visit("/more-time").await;
}
