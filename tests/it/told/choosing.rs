//! The page of alerts: each kind by e-mail, text, both or neither, an amount of one's own, and the number for texts.

use diesel::prelude::*;
use mainstay::domain::notice::Notice;
use mainstay::store::notices::list_waiting;
use mainstay::store::schema::{audit_rows, text_consents};

use crate::support::app::TestApp;

/// Contract: F113, F116, F187
#[actix_web::test]
async fn a_customer_chooses_what_to_be_told_of_and_the_choice_stays() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").owing("$84.10").signed_in().await;
    let page = rosa.visit("/profile").await.follow("Alerts").await;
    assert_eq!(page.heading(), "Alerts");
    page.must_show("Always by e-mail: it may cost you a fee or your service.");
    let wrong = page
        .clone()
        .fill("high_bill_over", "a lot")
        .submit("Save my alerts")
        .await;
    assert_eq!(wrong.status, 422);
    wrong.must_show("Enter an amount in dollars between 0 and 100,000, such as 150.");

    page.fill("payment_received_email", "")
        .fill("high_bill_email", "yes")
        .fill("high_bill_over", "150")
        .submit("Save my alerts")
        .await
        .must_show("Your alerts are saved.");
    let again = rosa.visit("/alerts").await;
    assert_eq!(
        again.attribute("#high_bill_over", "value").as_deref(),
        Some("150")
    );
    assert!(again.attribute("#high_bill_email", "checked").is_some());
    assert!(
        again
            .attribute("#payment_received_email", "checked")
            .is_none()
    );
    let deeds: i64 = house.database().read(|conn| {
        Ok(audit_rows::table
            .filter(audit_rows::action.eq("alerts.chosen"))
            .count()
            .get_result(conn)?)
    });
    assert_eq!(deeds, 1);

    // Saved again without a change, nothing is noted.
    again.submit("Save my alerts").await;
    let same: i64 = house.database().read(|conn| {
        Ok(audit_rows::table
            .filter(audit_rows::action.eq("alerts.chosen"))
            .count()
            .get_result(conn)?)
    });
    assert_eq!(same, 1);
}

/// Contract: F113, F116
#[actix_web::test]
async fn an_amount_out_of_bounds_is_refused_in_words_that_say_the_bounds_and_stays_typed() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").owing("$84.10").signed_in().await;
    let page = rosa.visit("/alerts").await;
    let dollars = "Enter an amount in dollars between 0 and 100,000, such as 150.";
    let percent = "Enter a whole number of percent between 1 and 1,000, such as 50.";
    for (field, typed, words) in [
        ("high_bill_over", "-1", dollars),
        ("high_bill_over", "100,000.01", dollars),
        ("due_soon_over", "", dollars),
        ("due_soon_over", "12.345", dollars),
        ("high_usage_over", "0", percent),
        ("high_usage_over", "-50", percent),
        ("high_usage_over", "12.5", percent),
        ("high_usage_over", "1001", percent),
        (
            "high_usage_over",
            "99999999999999999999999999999999",
            percent,
        ),
    ] {
        let refused = page.clone().fill(field, typed);
        let refused = refused.submit("Save my alerts").await;
        assert_eq!(refused.status, 422, "{field} {typed}");
        refused.must_show(words);
        let kept = refused.attribute(&format!("#{field}"), "value");
        assert_eq!(kept.as_deref(), Some(typed), "{field}");
    }
    let filled = page.fill("high_usage_over", "75%");
    let saved = filled.submit("Save my alerts").await;
    let kept = saved.attribute("#high_usage_over", "value");
    assert_eq!(kept.as_deref(), Some("75"));
}

/// Contract: F116, F117
#[actix_web::test]
async fn a_receipt_that_was_not_wanted_is_not_mailed() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").owing("$84.10").signed_in().await;
    let pay = async |amount: i64| {
        let payment = house.requests(rosa.household.account, amount).await;
        let session = house.opens(&payment).await;
        house.remembers(&payment, &session).await;
        house.pays(&session, "pm_card_visa").await;
        house.settles().await;
    };
    pay(1_000).await;
    assert_eq!(house.told(&["payment_received"]).len(), 1);
    rosa.visit("/alerts")
        .await
        .fill("payment_received_email", "")
        .submit("Save my alerts")
        .await;
    pay(2_000).await;
    assert_eq!(house.told(&["payment_received"]).len(), 1);
}

#[actix_web::test]
async fn a_number_gets_texts_after_a_yes_and_its_code() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").owing("$84.10").signed_in().await;
    let page = rosa.visit("/alerts").await;
    let refused = page
        .clone()
        .fill("number", "555 0142")
        .submit("Text me a code")
        .await;
    assert_eq!(refused.status, 422);
    refused.must_show("To get texts, agree to them.");
    let waits = page
        .fill("number", "(555) 201-0142")
        .fill("agreed", "yes")
        .submit("Text me a code")
        .await;
    waits.must_show("We texted you a code. It works for 15 minutes.");
    let code = house.database().read(|conn| {
        let waiting = list_waiting(conn, 10)?;
        Ok(waiting.into_iter().find_map(|row| match row.notice {
            Notice::TextCode { code } => Some(code),
            _ => None,
        }))
    });
    let code = code.expect("a code waits");
    rosa.visit("/sandbox/mail")
        .await
        .must_show(&format!("your code is {code}"));

    let wrong = if code == "000000" { "000001" } else { "000000" };
    let refused = waits
        .clone()
        .fill("code", wrong)
        .submit("Check the code")
        .await;
    assert_eq!(refused.status, 422);
    let open = refused.fill("code", &code).submit("Check the code").await;
    open.must_show("Texts go to the number ending in …0142.");
    let said: Vec<(String, String, String)> = house.database().read(|conn| {
        Ok(text_consents::table
            .select((
                text_consents::number,
                text_consents::state,
                text_consents::words,
            ))
            .load(conn)?)
    });
    assert_eq!(said.len(), 1);
    assert_eq!(
        (said[0].0.as_str(), said[0].1.as_str()),
        ("+15552010142", "given")
    );
    assert!(
        said[0]
            .2
            .starts_with("I want text alerts about my utility account")
    );

    open.clone()
        .fill("due_soon_text", "yes")
        .submit("Save my alerts")
        .await
        .must_show("Your alerts are saved.");
    let gone = rosa
        .visit("/alerts")
        .await
        .submit("Take this number away")
        .await;
    gone.must_show("We text this number no more.");
    assert!(!gone.shows("By text"));
}
