//! Whoever an account is shared with is told beside its owner, never in their place.

use mainstay::domain::money::Money;
use mainstay::domain::notice::{Notice, PaymentTold, Urgency};
use mainstay::domain::staff::Role;
use mainstay::store::db::Tx;
use mainstay::store::notices::{Reader, list_waiting};
use mainstay::usecases::notices::tell;

use crate::access::sharing::{GRETA, invite, join};
use crate::outages::{declared, form};
use crate::support::app::TestApp;
use crate::support::people::Customer;
use crate::told::returns::{billed, comes_back, steps};

/// Walter, to whom mail comes back, and Greta, who may see his account.
async fn with_a_guest(house: &TestApp) -> Customer {
    let walter = house
        .customer("Walter")
        .owing_due_in("$84.10", 1)
        .signed_in()
        .await;
    invite(&walter, GRETA, "view").await;
    join(house, GRETA).await;
    comes_back(house, &walter.household.email);
    walter
}

/// Channel and address of each notice of a kind, in order.
fn ways(house: &TestApp, kind: &str) -> Vec<(String, String)> {
    let told = house.told(&[kind]);
    let way = |seen: &crate::told::Seen| {
        let line = seen.recipient.lines().next().unwrap_or_default();
        (seen.channel.clone(), line.to_owned())
    };
    let mut ways: Vec<(String, String)> = told.iter().map(way).collect();
    ways.sort();
    ways
}

fn both() -> Vec<(String, String)> {
    let way = |channel: &str, to: &str| (channel.to_owned(), to.to_owned());
    vec![way("email", GRETA), way("paper", "Walter")]
}

/// Contract: F47, F119
#[actix_web::test]
async fn a_guest_who_is_told_does_not_keep_the_letter_from_the_owner() {
    let house = TestApp::start().await;
    let walter = with_a_guest(&house).await;
    house.set_day("2026-07-06");
    house.reminds().await;
    assert_eq!(ways(&house, "past_due"), both());
    let waiting = house.database().read(|conn| list_waiting(conn, 50));
    let of_guest = waiting.iter().find_map(|row| match &row.notice {
        Notice::PastDue(told) if row.recipient == GRETA => Some(told.is_guest),
        _ => None,
    });
    assert_eq!(of_guest, Some(true), "she is not sent where she may not go");

    let account = walter.household.account;
    let write = |reader: &Reader| {
        Notice::RefundFailed(PaymentTold {
            name: reader.name.clone(),
            account_number: reader.account_number.clone(),
            payment: None,
            amount: Money::from_cents(1_000),
            on: "2026-07-01".parse().unwrap(),
        })
    };
    let told = move |tx: &mut Tx<'_>| tell(tx, account, Urgency::MustReach, write);
    house.app.db.write(house.stamp(), told).await.unwrap();
    assert_eq!(ways(&house, "refund_failed"), both());
}

/// Contract: F108
#[actix_web::test]
async fn what_is_urgent_goes_by_letter_to_the_owner_whatever_a_guest_is_told() {
    let house = TestApp::start().await;
    with_a_guest(&house).await;
    let operator = house.operations().await;
    let page = form(&operator, 1, 900).await;
    let page = page
        .fill("kind", "urgent_notice")
        .fill("cause", "water_quality")
        .fill("expected", "")
        .fill("words_en", "Boil water for one minute before you drink it.")
        .fill("words_es", "Hierva el agua un minuto antes de beberla.");
    declared(page).await;
    house.tells().await;
    assert_eq!(ways(&house, "urgent_notice"), both());
}

/// Contract: F49, F119
#[actix_web::test]
async fn a_returned_bill_is_not_mailed_to_a_guest() {
    let house = TestApp::start().await;
    let walter = with_a_guest(&house).await;
    let number = billed(&house, &walter.household, (true, false));
    let clerk = house.staff(Role::BillingManager).await;
    let waiting = clerk.visit("/office/print").await;
    let batch = waiting.submit("Make a batch").await;
    batch.submit("Confirm mailing").await.must_show("Mailed");
    let form = clerk.visit("/office/returned-mail").await;
    form.fill("number", &number.to_string())
        .fill("why", "No such street")
        .submit("Note the return")
        .await
        .must_show("The return is noted");
    let routed = [
        "paper queued",
        "paper sent",
        "paper failed",
        "portal delivered",
    ];
    assert_eq!(steps(&house, walter.household.account), routed);
    assert!(
        house
            .told(&["bill_ready"])
            .iter()
            .all(|seen| seen.recipient != GRETA)
    );
}
