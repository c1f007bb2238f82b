//! Texts by a carrier: sent by day to whoever said yes, ended by a word of theirs, with the carrier's receipts.

use chrono::TimeDelta;
use diesel::prelude::*;
use mainstay::adapters::texts::signature;
use mainstay::domain::staff::Role;
use mainstay::jobs::deliver_texts;
use mainstay::store::schema::{notices, outage_reports};

use crate::support::app::TestApp;
use crate::support::people::Customer;
use crate::support::servers::carrier;

const TOKEN: &str = "the carrier's token";
const NUMBER: &str = "+15552010142";

async fn with_carrier(api_base: &str) -> TestApp {
    TestApp::start_with(&[
        ("TWILIO_ACCOUNT_SID", "AC1"),
        ("TWILIO_AUTH_TOKEN", TOKEN),
        ("TWILIO_FROM", "+15552010100"),
        ("TWILIO_API_BASE", api_base),
    ])
    .await
}

/// Somebody who owes money soon and wants to be told of it by text, for whom the text waits.
async fn reminded_by_text(house: &TestApp) -> Customer {
    let rosa = house
        .customer("Rosa")
        .owing_due_in("$84.10", 4)
        .signed_in()
        .await;
    house.takes_texts(&rosa, NUMBER).await;
    rosa.visit("/alerts")
        .await
        .fill("due_soon_text", "yes")
        .submit("Save my alerts")
        .await;
    house.reminds().await;
    rosa
}

/// The carrier posts fields to a door of ours, signed by a token; the status and the words of the answer.
async fn posts(house: &TestApp, path: &str, fields: &[(&str, &str)], token: &str) -> (u16, String) {
    let owned: Vec<(String, String)> = fields
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    let url = format!("{}{path}", house.base());
    let request = house
        .visitor()
        .request(reqwest::Method::POST, path)
        .header("x-twilio-signature", signature(token, &url, &owned))
        .form(&owned);
    let answer = request.send().await.unwrap();
    (answer.status().as_u16(), answer.text().await.unwrap())
}

/// Contract: F116, F117
#[actix_web::test]
async fn a_text_goes_out_by_day_and_its_receipt_is_kept() {
    let (api_base, received) = carrier();
    let house = with_carrier(&api_base).await;
    reminded_by_text(&house).await;

    let noon = house.app.clock.now();
    house.app.clock.set(noon + TimeDelta::hours(11));
    deliver_texts::run(house.app.clone()).await.unwrap();
    let at_night: Vec<String> = received.try_iter().collect();
    assert_eq!(at_night.len(), 1, "only the code: {at_night:?}");
    assert!(at_night[0].contains("your+code+is+123456"), "{at_night:?}");
    house.app.clock.set(noon + TimeDelta::hours(22));
    deliver_texts::run(house.app.clone()).await.unwrap();
    let by_day: Vec<String> = received.try_iter().collect();
    assert_eq!(by_day.len(), 1, "{by_day:?}");
    assert!(by_day[0].starts_with("To=%2B15552010142&From=%2B15552010100"));
    assert!(by_day[0].contains("%2484.10+is+due"), "{by_day:?}");

    let receipt = [("MessageSid", "SM2"), ("MessageStatus", "delivered")];
    let path = "/webhooks/texts/status";
    assert_eq!(posts(&house, path, &receipt, "another").await.0, 400);
    assert_eq!(posts(&house, path, &receipt, TOKEN).await.0, 204);
    let arrived: i64 = house.database().read(|conn| {
        Ok(notices::table
            .filter(notices::kind.eq("due_soon"))
            .filter(notices::delivered_at.is_not_null())
            .count()
            .get_result(conn)?)
    });
    assert_eq!(arrived, 1);
}

#[actix_web::test]
async fn a_word_ends_texts_in_either_language_and_another_brings_them_back() {
    let (api_base, received) = carrier();
    let house = with_carrier(&api_base).await;
    let rosa = reminded_by_text(&house).await;
    let said = [("From", NUMBER), ("Body", "Alto, por favor")];
    assert_eq!(
        posts(&house, "/webhooks/texts", &said, "another").await.0,
        400
    );
    let (status, words) = posts(&house, "/webhooks/texts", &said, TOKEN).await;
    assert_eq!(status, 200);
    assert!(
        words.contains("no more texts") && words.contains("no recibirá"),
        "{words}"
    );

    // What was written before the word does not leave after it.
    deliver_texts::run(house.app.clone()).await.unwrap();
    let left: Vec<String> = received.try_iter().collect();
    assert!(left.iter().all(|form| !form.contains("is+due")), "{left:?}");
    let states = house.told(&["due_soon"]);
    let text = states.iter().find(|seen| seen.channel == "text");
    assert_eq!(text.map(|seen| seen.state.as_str()), Some("failed"));
    rosa.visit("/alerts")
        .await
        .must_show("asked us to send no texts");

    let help = [("From", NUMBER), ("Body", "AYUDA")];
    let (_, words) = posts(&house, "/webhooks/texts", &help, TOKEN).await;
    assert!(words.contains("(555) 010-0142"), "{words}");
    let back = [("From", NUMBER), ("Body", "start")];
    posts(&house, "/webhooks/texts", &back, TOKEN).await;
    rosa.visit("/alerts")
        .await
        .must_show("Texts go to the number ending in …0142.");
}

/// Contract: F116, F117
#[actix_web::test]
async fn a_text_about_something_else_ends_no_texts_and_any_clear_word_does() {
    let (api_base, _received) = carrier();
    let house = with_carrier(&api_base).await;
    let rosa = reminded_by_text(&house).await;
    let says = async |body: &'static str| {
        let said = [("From", NUMBER), ("Body", body)];
        posts(&house, "/webhooks/texts", &said, TOKEN).await.1
    };
    for about in [
        "Cancel my appointment",
        "Alto consumo en mi factura",
        "Stop autopay",
    ] {
        let words = says(about).await;
        assert!(words.contains("(555) 010-0142"), "{about}: {words}");
    }
    rosa.visit("/alerts")
        .await
        .must_show("Texts go to the number ending in …0142.");

    let words = says("No, stop texting me").await;
    assert!(words.contains("no more texts"), "{words}");
    rosa.visit("/alerts")
        .await
        .must_show("asked us to send no texts");
    // Whoever says yes to something else has not asked for texts.
    says("Yes, I am home on Friday").await;
    rosa.visit("/alerts")
        .await
        .must_show("asked us to send no texts");
}

/// Contract: F108, F117
#[actix_web::test]
async fn an_outage_is_reported_by_text_from_a_number_that_is_proved() {
    let (api_base, _received) = carrier();
    let house = with_carrier(&api_base).await;
    let rosa = house.customer("Rosa").signed_in().await;
    house.takes_texts(&rosa, NUMBER).await;
    let says = async |from: &'static str, body: &'static str| {
        let said = [("From", from), ("Body", body)];
        posts(&house, "/webhooks/texts", &said, TOKEN).await.1
    };
    let reports = || -> i64 {
        let count = outage_reports::table.count();
        house.database().read(|conn| Ok(count.get_result(conn)?))
    };
    let stranger = says("+15552019999", "no water").await;
    assert!(stranger.contains("do not know this number"), "{stranger}");
    assert!(stranger.contains("/outages/report or call ("), "{stranger}");
    let which = says(NUMBER, "Out!").await;
    assert!(
        which.contains("Text OUT WATER, OUT POWER or OUT GAS"),
        "{which}"
    );
    assert_eq!(reports(), 0);

    let taken = says(NUMBER, "No water since six").await;
    assert!(taken.contains("we have your report: Water"), "{taken}");
    assert!(taken.contains("We are looking into it"), "{taken}");
    says(NUMBER, "sin agua").await;
    assert_eq!(reports(), 1, "the same within an hour counts once");
    let said: String = house.database().read(|conn| {
        Ok(outage_reports::table
            .select(outage_reports::details)
            .first(conn)?)
    });
    assert_eq!(said, "No water since six");
    let supervisor = house.staff(Role::FieldSupervisor).await;
    supervisor
        .visit("/office/outages")
        .await
        .must_show("No water since six");
}
