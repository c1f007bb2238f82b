//! The processor's messages: repeated, out of order, lost, forged, early, and a worker that dies anywhere.

use std::time::Duration;

use diesel::connection::SimpleConnection;
use mainstay::adapters::stripe::signature;
use mainstay::domain::exceptions::ExceptionReason;
use mainstay::domain::ids::PaymentNumber;
use mainstay::domain::payments::PaymentState;
use mainstay::jobs::provider_events;
use mainstay::store;
use mainstay::store::audit::{self, Wanted};
use mainstay::store::db::Conn;
use mainstay::usecases::sandbox::till::Switches;

use crate::support::app::TestApp;

#[actix_web::test]
async fn whatever_the_messages_do_a_payment_is_posted_once() {
    let house = TestApp::start().await;
    let home = house.customer("Rosa").owing("$84.10").moved_in().await;
    house
        .switches(Switches {
            duplicates: true,
            reorder: true,
            drop: false,
        })
        .await;
    let payment = house.requests(home.account, 8_410).await;
    let session = house.opens(&payment).await;
    house.remembers(&payment, &session).await;
    house.pays(&session, "pm_card_visa").await;
    house.settles().await;
    assert_eq!(house.state(&payment).await, PaymentState::Succeeded);
    assert_eq!(house.balance(home.account).await, 0);
    assert_eq!(house.entries(home.account).await.len(), 2);
}

/// Contract: F131
#[actix_web::test]
async fn every_message_leaves_a_deed_when_it_is_kept_and_when_it_is_done_with() {
    let house = TestApp::start().await;
    let home = house.customer("Rosa").owing("$84.10").moved_in().await;
    let payment = house.requests(home.account, 8_410).await;
    let session = house.opens(&payment).await;
    house.remembers(&payment, &session).await;
    house.pays(&session, "pm_card_visa").await;
    house.settles().await;
    let wanted = Wanted {
        account: None,
        action: "processor_message".to_owned(),
        limit: 200,
        offset: 0,
    };
    let deeds = house
        .app
        .db
        .read(move |conn: &mut Conn| audit::list(conn, &wanted));
    let deeds = deeds.await.expect("the trail can be read");
    let of = |action: &str| {
        let mut ids: Vec<String> = deeds
            .iter()
            .filter(|deed| deed.action == action)
            .map(|deed| deed.subject_id.clone())
            .collect();
        ids.sort();
        ids
    };
    let kept = of("processor_message.kept");
    let ended = ["done", "ignored", "parked", "failed"]
        .map(|end| of(&format!("processor_message.{end}")))
        .concat();
    assert!(!kept.is_empty());
    let open: Vec<&String> = kept.iter().filter(|id| !ended.contains(id)).collect();
    assert!(open.is_empty(), "without an end: {open:?}");
}

#[actix_web::test]
async fn lost_messages_are_asked_for() {
    let house = TestApp::start().await;
    let home = house.customer("Rosa").owing("$84.10").moved_in().await;
    house
        .switches(Switches {
            drop: true,
            ..Switches::default()
        })
        .await;
    let payment = house.requests(home.account, 8_410).await;
    let session = house.opens(&payment).await;
    house.remembers(&payment, &session).await;
    house.pays(&session, "pm_card_visa").await;
    house.settles().await;
    assert_eq!(house.state(&payment).await, PaymentState::Requested);
    provider_events::poll_once(&house.app, &house.desk())
        .await
        .expect("the poller asks");
    house.settles().await;
    assert_eq!(house.state(&payment).await, PaymentState::Succeeded);
    assert_eq!(house.balance(home.account).await, 0);
}

#[actix_web::test]
async fn a_message_that_overtakes_our_own_commit_waits_for_it() {
    let house = TestApp::start().await;
    let home = house.customer("Rosa").owing("$84.10").moved_in().await;
    let payment = house.requests(home.account, 8_410).await;
    let session = house.opens(&payment).await;
    house.pays(&session, "pm_card_visa").await;
    house.settles().await;
    // The session's own message names the payment and the session, so that nothing need wait for what we forgot.
    assert_eq!(house.state(&payment).await, PaymentState::Succeeded);
    house.remembers(&payment, &session).await;
    house.settles().await;
    assert_eq!(house.balance(home.account).await, 0);
}

#[actix_web::test]
async fn a_forged_message_is_refused_and_a_known_one_is_taken_again() {
    let house = TestApp::start().await;
    let body = message("evt_forged", false);
    let send = |header: String| {
        reqwest::Client::new()
            .post(format!("{}/webhooks/stripe", house.base()))
            .header("stripe-signature", header)
            .body(body.clone())
            .send()
    };
    let now = house.app.clock.world_now().and_utc().timestamp();
    let forged = signature::sign(body.as_bytes(), "whsec_other", now);
    assert_eq!(send(forged).await.expect("an answer").status(), 400);
    assert_eq!(send(String::new()).await.expect("an answer").status(), 400);
    let secret = secret(&house).await;
    let old = signature::sign(body.as_bytes(), &secret, now - 301);
    assert_eq!(send(old).await.expect("an answer").status(), 400);
    let good = signature::sign(body.as_bytes(), &secret, now);
    assert_eq!(send(good.clone()).await.expect("an answer").status(), 200);
    assert_eq!(send(good).await.expect("an answer").status(), 200);
    let open = house
        .app
        .db
        .read(store::provider_events::count_open)
        .await
        .expect("a count");
    assert_eq!(open, 1);
}

#[actix_web::test]
async fn a_message_about_real_money_is_not_applied_here() {
    let house = TestApp::start().await;
    let body = message("evt_live", true);
    let now = house.app.clock.world_now().and_utc().timestamp();
    let header = signature::sign(body.as_bytes(), &secret(&house).await, now);
    let answer = reqwest::Client::new()
        .post(format!("{}/webhooks/stripe", house.base()))
        .header("stripe-signature", header)
        .body(body)
        .send()
        .await
        .expect("an answer");
    assert_eq!(answer.status(), 200);
    house.settles().await;
    let open = house
        .app
        .db
        .read(store::provider_events::count_open)
        .await
        .expect("a count");
    assert_eq!(open, 0);
}

pub async fn secret(house: &TestApp) -> String {
    house
        .app
        .db
        .read(|conn| store::settings::find(conn, "sandbox.webhook_secret"))
        .await
        .expect("the setting can be read")
        .expect("the sandbox has a secret")
}

pub fn message(id: &str, is_live: bool) -> String {
    format!(
        r#"{{"id":"{id}","object":"event","type":"payment_intent.succeeded","created":1782900000,"livemode":{is_live},"api_version":null,
        "data":{{"object":{{"id":"pi_of_nobody","object":"payment_intent"}}}}}}"#
    )
}

#[actix_web::test]
async fn a_worker_that_dies_anywhere_twenty_times_posts_everything_once() {
    let house = TestApp::start().await;
    house
        .switches(Switches {
            duplicates: true,
            reorder: true,
            drop: false,
        })
        .await;
    let mut payments = Vec::new();
    for turn in 0..20_u64 {
        let home = house.customer("Rosa").owing("$5.00").moved_in().await;
        let payment = house.requests(home.account, 100).await;
        let session = house.opens(&payment).await;
        house.remembers(&payment, &session).await;
        house.pays(&session, "pm_card_visa").await;
        payments.push(payment);
        // Both workers are dropped in the middle of whatever they do: between two steps, or with an answer on its way.
        let dies_after = Duration::from_micros(turn * turn * 137 + turn * 731);
        let both = async {
            loop {
                let sent = mainstay::jobs::sandbox::work_once(&house.app, &house.sandbox()).await;
                let worked = provider_events::work_once(&house.app, &house.desk()).await;
                assert!(sent.is_ok() && worked.is_ok());
            }
        };
        drop(tokio::time::timeout(dies_after, both).await);
    }
    // What a dead worker had taken is free again after its minute.
    house.advance_days(1);
    house.settles().await;
    for payment in &payments {
        assert_eq!(house.state(payment).await, PaymentState::Succeeded);
        assert_eq!(house.balance(payment.account_id).await, 400);
        assert_eq!(house.entries(payment.account_id).await.len(), 2);
    }
}

#[actix_web::test]
async fn refunds_and_lost_disputes_at_the_processor_are_written_here_once() {
    let house = TestApp::start().await;
    let home = house.customer("Rosa").owing("$50.00").moved_in().await;
    let payment = house.requests(home.account, 5_000).await;
    let session = house.opens(&payment).await;
    house.remembers(&payment, &session).await;
    house.pays(&session, "pm_card_visa").await;
    house.settles().await;
    let intent = house
        .payment(&payment)
        .await
        .processor_reference
        .expect("a reference");
    house
        .call(
            "refunds",
            &[("payment_intent", &intent), ("amount", "2000")],
        )
        .await;
    house.settles().await;
    assert_eq!(house.state(&payment).await, PaymentState::RefundedPart);
    assert_eq!(house.balance(home.account).await, 2_000);
    house
        .call(
            "refunds",
            &[("payment_intent", &intent), ("amount", "3000")],
        )
        .await;
    house.settles().await;
    assert_eq!(house.state(&payment).await, PaymentState::Refunded);
    assert_eq!(house.balance(home.account).await, 5_000);

    let disputed = house.requests(home.account, 5_000).await;
    let session = house.opens(&disputed).await;
    house.remembers(&disputed, &session).await;
    house.pays(&session, "pm_card_createDispute").await;
    house.settles().await;
    assert_eq!(house.state(&disputed).await, PaymentState::Succeeded);
    let intent = house
        .payment(&disputed)
        .await
        .processor_reference
        .expect("a reference");
    let found = house
        .look(&format!("disputes?payment_intent={intent}"))
        .await;
    let dispute = found["data"][0]["id"]
        .as_str()
        .expect("a dispute")
        .to_owned();
    house.call(&format!("disputes/{dispute}/close"), &[]).await;
    house.settles().await;
    assert_eq!(house.state(&disputed).await, PaymentState::ChargedBack);
    assert_eq!(house.balance(home.account).await, 5_000);
}

#[actix_web::test]
async fn refunds_that_fail_leave_the_payment_where_the_others_put_it() {
    let house = TestApp::start().await;
    let home = house.customer("Rosa").owing("$50.00").moved_in().await;
    let payment = house.requests(home.account, 5_000).await;
    let session = house.opens(&payment).await;
    house.remembers(&payment, &session).await;
    house.pays(&session, "pm_card_refundFail").await;
    house.settles().await;
    let intent = house
        .payment(&payment)
        .await
        .processor_reference
        .expect("a reference");
    for cents in ["2000", "3000"] {
        house
            .call("refunds", &[("payment_intent", &intent), ("amount", cents)])
            .await;
    }
    house.settles().await;
    let told = house
        .app
        .db
        .read(store::exceptions::count_open_by_reason)
        .await
        .expect("the queue is read");
    assert_eq!(told, [(ExceptionReason::RefundFailed, 2)]);
    let waiting = house
        .app
        .db
        .read(|conn| store::notices::list_waiting(conn, 100))
        .await
        .expect("the outbox is read");
    let kinds: Vec<&str> = waiting.iter().map(|row| row.notice.kind()).collect();
    assert_eq!(
        kinds
            .iter()
            .filter(|kind| **kind == "refund_failed")
            .count(),
        2,
        "{kinds:?}"
    );
    // Both went out and both came back, each with an entry of its own.
    assert_eq!(house.state(&payment).await, PaymentState::Succeeded);
    assert_eq!(house.balance(home.account).await, 0);
    let restored = house.entries(home.account).await;
    let restored = restored
        .iter()
        .filter(|entry| entry.starts_with("payment_reinstatement"))
        .count();
    assert_eq!(restored, 2);
}

/// Contract: F57
#[actix_web::test]
async fn a_payment_that_the_processor_does_not_know_keeps_no_other_from_its_end() {
    let house = TestApp::start().await;
    let lost = house.customer("Omar").owing("$84.10").moved_in().await;
    let home = house.customer("Rosa").owing("$84.10").moved_in().await;
    house
        .switches(Switches {
            drop: true,
            ..Switches::default()
        })
        .await;
    let unknown = house.requests(lost.account, 8_410).await;
    house.remembers(&unknown, "cs_test_nowhere").await;
    let payment = house.requests(home.account, 8_410).await;
    let session = house.opens(&payment).await;
    house.remembers(&payment, &session).await;
    house.pays(&session, "pm_card_visa").await;
    house.advance_days(1);
    for _ in 0..2 {
        provider_events::poll_once(&house.app, &house.desk())
            .await
            .expect("the poller asks");
    }
    assert_eq!(house.balance(home.account).await, 0);
    assert_eq!(house.balance(lost.account).await, 8_410);
    let told = house
        .app
        .db
        .read(store::exceptions::count_open_by_reason)
        .await
        .expect("the queue is read");
    assert_eq!(told, [(ExceptionReason::EventFailed, 1)]);
}

/// Contract: F57
#[actix_web::test]
async fn two_hundred_payments_without_an_end_hide_no_payment_behind_them() {
    let house = TestApp::start().await;
    let old = house.customer("Omar").owing("$84.10").moved_in().await;
    let rows: Vec<String> = (0..200)
        .map(|index| {
            let number = PaymentNumber::of(100_000 + index);
            let account = old.account;
            format!(
                "('{number}', {account}, 100, 'portal', 'card', 'sandbox', 'Nobody', '2026-07-01 12:00:00', '2026-07-01', 'requested')"
            )
        })
        .collect();
    let sql = format!(
        "INSERT INTO payments (number, account_id, amount_cents, channel, tender, processor, requested_by, requested_at, requested_on, state)
         VALUES {};
         INSERT INTO payment_moves (payment_id, state, at, on_date) SELECT id, state, requested_at, requested_on FROM payments",
        rows.join(", ")
    );
    let mut database = house.database().connect();
    database.batch_execute(&sql).expect("they are there");
    let home = house.customer("Rosa").owing("$84.10").moved_in().await;
    house
        .switches(Switches {
            drop: true,
            ..Switches::default()
        })
        .await;
    let payment = house.requests(home.account, 8_410).await;
    let session = house.opens(&payment).await;
    house.remembers(&payment, &session).await;
    house.pays(&session, "pm_card_visa").await;
    house.advance_days(1);
    let polled = provider_events::poll_once(&house.app, &house.desk()).await;
    polled.expect("the poller asks");
    assert_eq!(house.balance(home.account).await, 0);
}

#[actix_web::test]
async fn a_payment_of_another_account_under_the_same_number_is_not_ours() {
    let house = TestApp::start().await;
    let home = house.customer("Rosa").owing("$84.10").moved_in().await;
    let payment = house.requests(home.account, 8_410).await;
    let foreign = house.opens_as(&payment, "4100999994").await;
    house.pays(&foreign, "pm_card_visa").await;
    house.settles().await;
    assert_eq!(house.state(&payment).await, PaymentState::Requested);
    assert_eq!(house.balance(home.account).await, 8_410);
}
