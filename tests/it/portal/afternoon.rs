//! A payment made at two in the afternoon, while the customer's page and the clerk's page are both open.

use std::time::{Duration, Instant};

use reqwest::{Method, Response};

use crate::support::app::TestApp;
use crate::support::visitor::Visitor;
use mainstay::domain::staff::Role;

/// An open stream of a page.
async fn opened(person: &Visitor, path: &str) -> Response {
    let stream = person.request(Method::GET, path).send().await;
    let stream = stream.expect("the stream opens");
    assert_eq!(
        stream.headers()["content-type"],
        "text/event-stream",
        "{path}"
    );
    stream
}

/// Waits until a stream has told these words, and says how long that took.
async fn told(stream: &mut Response, words: &str) -> Duration {
    let began = Instant::now();
    let mut heard = String::new();
    while !heard.contains(words) {
        let message = tokio::time::timeout(Duration::from_secs(5), stream.chunk()).await;
        let message = message.unwrap_or_else(|_| panic!("{words} was not told in time: {heard}"));
        let bytes = message.expect("an open stream").expect("a message");
        heard.push_str(&String::from_utf8_lossy(&bytes));
    }
    began.elapsed()
}

/// Contract: F56, F60, F61, F62, F101, F105, F110, F111, F185
#[actix_web::test]
async fn a_payment_at_two_is_on_both_open_screens_at_once() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").owing("$84.10").signed_in().await;
    let clerk = house.staff(Role::Csr).await;
    let number = rosa.household.number.as_str().to_owned();
    let mut at_home = opened(&rosa, "/live/account").await;
    let path = format!("/office/live/accounts/{number}?tab=ledger&all=false");
    let mut at_office = opened(&clerk, &path).await;

    let page = rosa.visit("/pay").await.fill("amount", "60.00");
    let page = page
        .submit("Check the payment")
        .await
        .submit("Pay $60.00")
        .await;
    let receipt = page
        .fill("card_number", "4242 4242 4242 4242")
        .fill("expiry", "12/34")
        .fill("cvc", "123")
        .submit("Pay $60.00")
        .await;
    receipt
        .must_show("Posted")
        .must_show("Receipt")
        .must_show("Visa ••4242");
    house.settles().await;

    for stream in [&mut at_home, &mut at_office] {
        let took = told(stream, "$24.10").await;
        assert!(took < Duration::from_secs(1), "it took {took:?}");
    }
    // Nobody waits for the night: what both see on a fresh page is the same.
    assert!(rosa.visit("/").await.text("#balance").contains("$24.10"));
    let screen = clerk.visit(&format!("/office/accounts/{number}")).await;
    assert!(screen.text("#balance").starts_with("$24.10"));
    screen.must_show("$60.00");
}

/// Contract: F59, F63
#[actix_web::test]
async fn a_part_payment_goes_to_the_oldest_debt_and_pressing_twice_pays_once() {
    let house = TestApp::start().await;
    let rosa = house
        .customer("Rosa")
        .owing_due_in("$40.00", 5)
        .owing_due_in("$50.00", 35)
        .signed_in()
        .await;
    let page = rosa.visit("/pay").await.fill("amount", "60.00");
    let check = page.submit("Check the payment").await;
    let first = check.submit("Pay $60.00").await;
    let second = check.submit("Pay $60.00").await;
    assert_eq!(first.path, second.path, "one payment, whichever press");
    let page = first
        .fill("card_number", "4242 4242 4242 4242")
        .fill("expiry", "12/34")
        .fill("cvc", "123");
    page.submit("Pay $60.00").await.must_show("Posted");
    house.settles().await;
    assert_eq!(house.balance(rosa.household.account).await, 3_000);
    assert_eq!(rosa.visit("/payments").await.texts("tbody tr").len(), 1);
    // Of the 60.00, 40.00 paid what fell due first; 30.00 of the later debt are left, and none of it is late after the first day.
    house.advance_days(10);
    let clerk = house.staff(Role::Csr).await;
    let number = rosa.household.number.as_str().to_owned();
    let screen = clerk.visit(&format!("/office/accounts/{number}")).await;
    assert!(screen.text("#balance").starts_with("$30.00"));
    assert!(screen.text("#past-due").starts_with("$0.00"));
}
