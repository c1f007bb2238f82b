//! Whoever wants texts and no mails gets a text of every kind that the page of alerts offers, and no mail beside it.

use mainstay::documents::letters::Letterhead;
use mainstay::documents::texts;
use mainstay::domain::alerts::AlertKind;
use mainstay::domain::customers::Language;
use mainstay::i18n::{EDITABLE, Own};
use mainstay::jobs::plan_alerts;
use mainstay::store::notices::list_waiting;

use crate::support::app::TestApp;
use crate::support::billing::Utility;
use crate::support::people::Customer;

/// The boxes of the page: a kind's mail and its text. What is urgent goes both ways unasked and has neither.
const BOXES: [(&str, &str); 13] = [
    ("bill_ready_email", "bill_ready_text"),
    ("due_soon_email", "due_soon_text"),
    ("", "past_due_text"),
    ("payment_received_email", "payment_received_text"),
    ("", "payment_failed_text"),
    ("high_usage_email", "high_usage_text"),
    ("high_bill_email", "high_bill_text"),
    ("budget_email", "budget_text"),
    ("tier_email", "tier_text"),
    ("leak_email", "leak_text"),
    ("outage_email", "outage_text"),
    ("planned_work_email", "planned_work_text"),
    ("appointment_email", "appointment_text"),
];

/// What comes of a bill and a payment.
const KINDS: [&str; 4] = ["payment_received", "bill_ready", "high_bill", "high_usage"];

/// Two bills, $25.00 and $35.00; a day's use rose by 72 percent.
fn two_bills(house: &TestApp, rosa: &Customer) {
    let utility = Utility::of(house);
    utility.sells_water();
    let digits = rosa.household.email.chars().filter(char::is_ascii_digit);
    let meter = format!("W{:0>6}-1", digits.collect::<String>());
    let reads = [
        ("2026-05-01", 0),
        ("2026-06-01", 3_000),
        ("2026-07-01", 8_000),
    ];
    utility.reads(&meter, &reads);
    utility.bill("2026-05-01", "2026-06-04");
    utility.bill("2026-06-01", "2026-07-04");
}

/// Contract: F108, F116, F117
#[actix_web::test]
async fn every_kind_may_be_had_by_text_alone() {
    assert_eq!(
        BOXES.len() + 1,
        AlertKind::ALL.len(),
        "a kind has no box here"
    );
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").owing("$84.10").signed_in().await;
    let before = rosa.visit("/alerts").await;
    assert!(!before.shows("By text"), "nobody said yes to texts yet");
    house.takes_texts(&rosa, "+15552010142").await;
    let mut page = rosa.visit("/alerts").await;
    for (email, text) in BOXES {
        let offered = page.attribute(&format!("#{text}"), "type");
        assert_eq!(offered.as_deref(), Some("checkbox"), "{text}");
        page = page.fill(text, "yes");
        if !email.is_empty() {
            page = page.fill(email, "");
        }
    }
    page.fill("high_bill_over", "20")
        .submit("Save my alerts")
        .await
        .must_show("Your alerts are saved.");
    let kept = rosa.visit("/alerts").await;
    for (_, text) in BOXES {
        let is_on = kept.attribute(&format!("#{text}"), "checked");
        assert!(is_on.is_some(), "{text}");
    }

    let payment = house.requests(rosa.household.account, 1_000).await;
    let session = house.opens(&payment).await;
    house.remembers(&payment, &session).await;
    house.pays(&session, "pm_card_visa").await;
    house.settles().await;
    house.set_day("2026-07-05");
    plan_alerts::of_bills(house.app.clone()).await.unwrap();
    two_bills(&house, &rosa);
    house.set_day("2026-07-06");
    plan_alerts::of_bills(house.app.clone()).await.unwrap();

    let told = house.told(&KINDS);
    for kind in KINDS {
        let of_kind = told.iter().filter(|seen| seen.kind == kind);
        let ways: Vec<&str> = of_kind.map(|seen| seen.channel.as_str()).collect();
        assert!(ways.contains(&"text"), "{kind}: {told:?}");
        // The mail that brings the bill itself comes in any case.
        let is_alone = ways.iter().all(|way| *way == "text");
        assert!(is_alone || kind == "bill_ready", "{kind}: {told:?}");
    }
}

/// Contract: F116
#[actix_web::test]
async fn each_of_these_texts_is_one_text_in_either_language_and_may_be_worded_anew() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").signed_in().await;
    house.takes_texts(&rosa, "+15552010142").await;
    house.set_day("2026-07-05");
    rosa.visit("/alerts")
        .await
        .fill("bill_ready_text", "yes")
        .fill("high_bill_text", "yes")
        .fill("high_usage_text", "yes")
        .fill("high_bill_over", "20")
        .submit("Save my alerts")
        .await;
    plan_alerts::of_bills(house.app.clone()).await.unwrap();
    two_bills(&house, &rosa);
    house.set_day("2026-07-06");
    plan_alerts::of_bills(house.app.clone()).await.unwrap();

    let head = Letterhead {
        public_url: "https://bend.example".to_owned(),
        phone: "(555) 010-0142".to_owned(),
        own: Own::default(),
    };
    let waiting = house.database().read(|conn| list_waiting(conn, 50));
    let (mut english, mut spanish) = (Vec::new(), Vec::new());
    for row in waiting.iter().filter(|row| row.notice.alert().is_some()) {
        let text = |language| texts::text(&row.notice, language, &head).expect("it has a text");
        let how_to_end = [(Language::English, "STOP"), (Language::Spanish, "ALTO")];
        for (language, word) in how_to_end {
            let words = text(language);
            assert!(words.contains("https://bend.example"), "{words}");
            assert!(words.contains(word), "{words}");
            let number = rosa.household.number.as_str();
            assert!(!words.contains(number), "no account number: {words}");
        }
        english.push(text(Language::English));
        spanish.push(text(Language::Spanish));
    }
    let says = |all: &[String], words: &str| {
        let found = all.iter().any(|text| text.contains(words));
        assert!(found, "{words}: {all:?}");
    };
    says(&english, "Your new bill comes to $35.00");
    says(&english, "above the $20.00 you set");
    says(&english, "% above a year ago");
    says(&spanish, "Su factura nueva es de $35.00");
    says(&spanish, "supera los $20.00 que usted fij");
    says(&spanish, "por encima del año pasado");

    for key in [
        "text-bill-ready",
        "text-payment-received",
        "text-high-usage",
        "text-high-bill",
        "text-budget",
        "text-tier",
    ] {
        assert!(EDITABLE.iter().any(|place| place.key == key), "{key}");
    }
}
