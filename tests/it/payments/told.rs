//! What a customer is asked before paying twice, and what is mailed when money comes, fails, comes back or goes back.

use mainstay::domain::customers::Language;
use mainstay::domain::payments::PaymentState;
use mainstay::store::error::StoreError;
use mainstay::store::notices;

use crate::support::app::TestApp;
use crate::support::page::Page;
use crate::support::visitor::Visitor;

impl TestApp {
    /// The kinds of the letters that wait for somebody, oldest first, and the language they are in.
    async fn letters_to(&self, email: &str) -> Vec<(&'static str, Language)> {
        let waiting = self
            .app
            .db
            .read(|conn| -> Result<_, StoreError> { notices::list_waiting(conn, 100) })
            .await
            .expect("the outbox can be read");
        waiting
            .iter()
            .rev()
            .filter(|row| row.recipient == email)
            .filter(|row| {
                row.notice.kind().contains("payment") || row.notice.kind() == "refund_given"
            })
            .map(|row| (row.notice.kind(), row.language))
            .collect()
    }
}

async fn pays_by_card(rosa: &Visitor, amount: &str) -> Page {
    let check = rosa
        .visit("/pay")
        .await
        .fill("amount", amount)
        .submit("Check the payment")
        .await;
    let page = check.submit(&format!("Pay ${amount}")).await;
    page.fill("card_number", "4242424242424242")
        .fill("expiry", "12/34")
        .fill("cvc", "123")
        .submit(&format!("Pay ${amount}"))
        .await
}

/// Contract: F63
#[actix_web::test]
async fn a_second_equal_payment_within_a_day_asks_first() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").owing("$84.10").signed_in().await;
    pays_by_card(&rosa, "20.00").await.must_show("Posted");

    let check = rosa
        .visit("/pay")
        .await
        .fill("amount", "20.00")
        .submit("Check the payment")
        .await;
    check.must_show("You made a payment of $20.00 on this account within the last day.");
    let asked = check.submit("Pay $20.00").await;
    assert_eq!(asked.status, 422);
    asked.must_show("Do you want to pay again?");
    let sure = asked.fill("again", "yes").submit("Pay $20.00").await;
    assert!(sure.path.contains("/sandbox/checkout/"), "{}", sure.path);

    // Another amount is nobody's mistake; and after a day neither is the same.
    let other = rosa
        .visit("/pay")
        .await
        .fill("amount", "30.00")
        .submit("Check the payment")
        .await;
    assert!(!other.shows("within the last day"));
    house.advance_days(2);
    let later = rosa
        .visit("/pay")
        .await
        .fill("amount", "20.00")
        .submit("Check the payment")
        .await;
    assert!(!later.shows("within the last day"));
}

/// Contract: F63
#[actix_web::test]
async fn a_payment_on_its_way_that_covers_the_balance_is_said_in_both_languages() {
    let house = TestApp::start().await;
    let ines = house
        .customer("Inés")
        .speaking_spanish()
        .owing("$84.10")
        .signed_in()
        .await;
    let payment = house.requests(ines.household.account, 8_410).await;
    let session = house.opens(&payment).await;
    house.remembers(&payment, &session).await;
    house.pays(&session, "pm_usBankAccount_success").await;
    house.settles().await;
    assert_eq!(house.state(&payment).await, PaymentState::Processing);

    let form = ines.visit("/pay").await;
    let check = form.fill("amount", "10.00").submit("Revisar el pago").await;
    check.must_show("Ya hay $84.10 en camino, que cubre lo que usted debe.");
    let asked = check.submit("Pagar $10.00").await;
    assert_eq!(asked.status, 422);
    asked.must_show("¿Quiere pagar otra vez?");
    asked.submit("English").await;
    let form = ines.visit("/pay").await;
    let check = form
        .fill("amount", "10.00")
        .submit("Check the payment")
        .await;
    check.must_show("$84.10 is already on its way and covers what you owe.");
}

#[actix_web::test]
async fn a_receipt_a_refusal_a_return_and_a_refund_are_mailed_once_each() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").owing("$84.10").moved_in().await;
    let mut intents = Vec::new();
    for alias in [
        "pm_card_visa",
        "pm_usBankAccount_insufficientFunds",
        "pm_usBankAccount_dispute",
    ] {
        let payment = house.requests(rosa.account, 2_000).await;
        let session = house.opens(&payment).await;
        house.remembers(&payment, &session).await;
        house.pays(&session, alias).await;
        house.settles().await;
        house.advance_days(4);
        house.settles().await;
        intents.push(house.payment(&payment).await.processor_reference);
    }
    let intent = intents[0].clone().expect("a reference");
    house
        .call("refunds", &[("payment_intent", &intent), ("amount", "500")])
        .await;
    house.settles().await;
    let told = house.letters_to(&rosa.email).await;
    let kinds: Vec<&str> = told.iter().map(|(kind, _)| *kind).collect();
    assert_eq!(
        kinds,
        [
            "payment_received",
            "payment_failed",
            "payment_received",
            "payment_returned",
            "refund_given"
        ]
    );
    assert!(
        told.iter()
            .all(|(_, language)| *language == Language::English)
    );
}

#[actix_web::test]
async fn a_spanish_reader_is_told_in_spanish_at_the_sign_in_and_nobody_twice() {
    let house = TestApp::start().await;
    let ines = house
        .customer("Inés")
        .speaking_spanish()
        .owing("$84.10")
        .signed_in()
        .await;
    let payment = house.requests(ines.household.account, 2_000).await;
    let session = house.opens(&payment).await;
    house.remembers(&payment, &session).await;
    house.pays(&session, "pm_card_visa").await;
    house.settles().await;
    let told = house.letters_to(&ines.household.email).await;
    assert_eq!(told, [("payment_received", Language::Spanish)]);
}

/// Contract: F63
#[actix_web::test]
async fn an_account_has_one_payment_page_at_a_time() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").owing("$84.10").signed_in().await;
    let check = rosa.visit("/pay").await.submit("Check the payment").await;
    assert!(!check.shows("was begun and not finished"));
    let first = check.submit("Pay $84.10").await;
    assert!(first.path.contains("/sandbox/checkout/"), "{}", first.path);

    // She comes back by another tab: the page she left is named, and closed when she pays here.
    let check = rosa.visit("/pay").await.submit("Check the payment").await;
    check.must_show("A payment of $84.10 was begun and not finished.");
    let second = check.submit("Pay $84.10").await;
    assert!(second.path.contains("/sandbox/checkout/") && second.path != first.path);
    assert!(!pays_on(&first, "84.10").await.shows("Posted"));
    pays_on(&second, "84.10").await.must_show("Posted");
    house.settles().await;
    assert_eq!(house.balance(rosa.household.account).await, 0);
}

/// Contract: F63
#[actix_web::test]
async fn a_page_that_was_paid_in_the_meantime_is_asked_about() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").owing("$84.10").signed_in().await;
    let check = rosa.visit("/pay").await.submit("Check the payment").await;
    check.submit("Pay $84.10").await;
    let other = rosa.visit("/pay").await.submit("Check the payment").await;
    let session = house.open_page(rosa.household.account).await;
    house.pays(&session, "pm_card_visa").await;

    let asked = other.submit("Pay $84.10").await;
    assert_eq!(asked.status, 422);
    asked.must_show("You made a payment of $84.10 on this account within the last day.");
    house.settles().await;
    assert_eq!(house.balance(rosa.household.account).await, 0);
}

async fn pays_on(page: &Page, amount: &str) -> Page {
    page.clone()
        .fill("card_number", "4242424242424242")
        .fill("expiry", "12/34")
        .fill("cvc", "123")
        .submit(&format!("Pay ${amount}"))
        .await
}
