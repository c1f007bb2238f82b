//! Saved ways to pay: given on the processor's page, shown by what a person recognizes, paid with in two taps, taken away.

use mainstay::domain::money::Money;
use mainstay::domain::payments::{PaymentRequest, PaymentState, Tender};
use mainstay::store;
use mainstay::store::db::Tx;
use mainstay::store::payment_methods::MethodRow;
use mainstay::usecases::payments::{charge_order, record_charge, request_saved_payment};
use mainstay::usecases::sandbox::till::Switches;

use crate::support::app::TestApp;
use crate::support::page::Page;
use crate::support::people::Customer;

impl Customer {
    /// Saves a card on the processor's page; says where the visit ended.
    pub async fn saves_card(&self, number: &str) -> Page {
        let list = self.visit("/payment-methods").await;
        let page = list.submit("Add a card").await;
        assert!(page.path.contains("/sandbox/checkout/"), "{}", page.path);
        page.fill("card_number", number)
            .fill("expiry", "12/34")
            .fill("cvc", "123")
            .submit("Save")
            .await
    }

    /// Saves a bank account on the processor's page.
    pub async fn saves_bank(&self, number: &str) -> Page {
        let list = self.visit("/payment-methods").await;
        let page = list.submit("Add a bank account").await;
        page.fill("account_number", number).submit("Save").await
    }
}

impl TestApp {
    pub async fn methods(&self, rosa: &Customer) -> Vec<MethodRow> {
        let account = rosa.household.account;
        self.app
            .db
            .read(move |conn| store::payment_methods::list(conn, account))
            .await
            .expect("the ways to pay can be read")
    }
}

/// Contract: F64
#[actix_web::test]
async fn a_customer_saves_changes_and_removes_ways_to_pay_without_calling() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").owing("$84.10").signed_in().await;
    let ivan = house.customer("Ivan").owing("$12.00").signed_in().await;

    let page = rosa.saves_card("4242424242424242").await;
    assert!(page.path.starts_with("/payment-methods"), "{}", page.path);
    page.must_show("Visa \u{2022}\u{2022}4242")
        .must_show("Good through December 2034");
    let page = rosa.saves_bank("000123456789").await;
    page.must_show("STRIPE TEST BANK \u{2022}\u{2022}6789")
        .must_show("Checking account")
        .must_show("Offered first");
    house.settles().await;

    let methods = house.methods(&rosa).await;
    let [card, bank] = methods.as_slice() else {
        panic!("two ways to pay: {methods:?}");
    };
    assert!(card.is_default && !bank.is_default);
    assert_eq!(card.customer_reference, bank.customer_reference);
    page.submit("Offer first").await;
    assert!(house.methods(&rosa).await[0].last4.as_deref() == Some("6789"));

    // A neighbor finds nothing of it.
    for path in ["removal", "return"] {
        let path = format!("/payment-methods/{}/{path}", card.request_key);
        ivan.meets(&path, 404).await;
    }

    let page = rosa.visit("/payment-methods").await;
    let check = page.follow("Remove Visa").await;
    assert_eq!(check.heading(), "Remove this way to pay?");
    assert!(!check.shows("Autopay uses it"));
    let page = check.submit("Remove").await;
    assert!(!page.shows("4242"), "{}", page.html);
    let reference = card.processor_reference.as_deref().expect("a name");
    let kept = house.look(&format!("payment_methods/{reference}")).await;
    assert!(kept["customer"].is_null());
    rosa.visit("/pay").await.must_show("6789");
}

#[actix_web::test]
async fn a_way_to_pay_is_saved_by_the_message_alone_when_nobody_comes_back() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").owing("$84.10").signed_in().await;
    house
        .switches(Switches {
            duplicates: true,
            reorder: true,
            drop: false,
        })
        .await;
    let list = rosa.visit("/payment-methods").await;
    let page = list.submit("Add a card").await;
    let session = page.path.rsplit('/').next().expect("a page").to_owned();
    house.pays(&session, "pm_card_visa").await;
    assert!(house.methods(&rosa).await.is_empty());
    house.settles().await;
    assert_eq!(house.methods(&rosa).await.len(), 1);
}

#[actix_web::test]
async fn a_card_that_is_refused_is_not_saved_and_another_is() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").owing("$84.10").signed_in().await;
    let page = rosa.saves_card("4000000000000002").await;
    page.must_show("did not say why");
    assert!(house.methods(&rosa).await.is_empty());
    let page = page
        .fill("card_number", "4000002500003155")
        .fill("expiry", "12/34")
        .fill("cvc", "123")
        .submit("Save")
        .await;
    let page = page.submit("Yes, it is me").await;
    page.must_show("\u{2022}\u{2022}3155");
    // Asked once, it pays without asking again.
    pays_all(&rosa).await.must_show("Posted");
    assert_eq!(house.balance(rosa.household.account).await, 0);
}

/// Pays all that is owed by the way that is offered first.
async fn pays_all(rosa: &Customer) -> Page {
    let check = rosa.visit("/pay").await.submit("Check the payment").await;
    assert_eq!(check.heading(), "Check your payment");
    check.submit("Pay $84.10").await
}

/// Contract: F63, F105
#[actix_web::test]
async fn a_saved_card_pays_in_two_taps_and_posts_once() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").owing("$84.10").signed_in().await;
    rosa.saves_card("4242424242424242").await;
    let check = rosa.visit("/pay").await.submit("Check the payment").await;
    check.must_show("Visa \u{2022}\u{2022}4242");
    let paid = check.submit("Pay $84.10").await;
    assert!(paid.path.starts_with("/payments/"), "{}", paid.path);
    paid.must_show("Posted")
        .must_show("Visa \u{2022}\u{2022}4242");
    let again = check.submit("Pay $84.10").await;
    assert_eq!(again.path, paid.path);
    house.settles().await;
    let account = rosa.household.account;
    assert_eq!(house.balance(account).await, 0);
    assert_eq!(house.entries(account).await.len(), 2);
    assert_eq!(charges(&house).await, 1);
}

async fn charges(house: &TestApp) -> usize {
    let charges = house.look("charges?limit=100").await;
    charges["data"].as_array().expect("a list").len()
}

#[actix_web::test]
async fn a_saved_bank_account_is_pending_until_it_settles() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").owing("$84.10").signed_in().await;
    rosa.saves_bank("000123456789").await;
    pays_all(&rosa).await.must_show("Pending");
    let account = rosa.household.account;
    assert_eq!(house.pending(account).await, 8_410);
    house.advance_days(3);
    house.settles().await;
    assert_eq!(house.pending(account).await, 0);
    assert_eq!(house.balance(account).await, 0);
}

#[actix_web::test]
async fn a_saved_card_that_fails_says_why_and_leads_to_another_way() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").owing("$84.10").signed_in().await;
    rosa.saves_card("4000000000000341").await;
    let failed = pays_all(&rosa).await;
    failed
        .must_show("Refused by the bank")
        .must_show("Pay another way");
    house.settles().await;
    assert_eq!(house.balance(rosa.household.account).await, 8_410);

    // A bank that wants to ask first can't on a page of ours.
    let asking = house.customer("Omar").owing("$84.10").signed_in().await;
    let page = asking.saves_card("4000002760003184").await;
    page.submit("Yes, it is me").await;
    pays_all(&asking)
        .await
        .must_show("Your bank wants to ask you first");
}

#[actix_web::test]
async fn a_way_to_pay_that_the_processor_forgot_is_refused_and_not_offered_again() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").owing("$84.10").signed_in().await;
    rosa.saves_card("4242424242424242").await;
    let method = house.methods(&rosa).await.remove(0);
    let reference = method.processor_reference.expect("a name");
    house
        .call(&format!("payment_methods/{reference}/detach"), &[])
        .await;
    pays_all(&rosa).await.must_show("Pay another way");
    assert!(house.methods(&rosa).await.is_empty());
    assert_eq!(house.balance(rosa.household.account).await, 8_410);
}

#[actix_web::test]
async fn an_opened_charge_that_was_left_gives_way_and_is_never_made() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").owing("$84.10").signed_in().await;
    rosa.saves_card("4242424242424242").await;
    let account = rosa.household.account;
    let method = house.methods(&rosa).await[0].id;
    let request = PaymentRequest {
        account_id: account,
        amount: Money::from_cents(8_410),
        tender: Tender::Card,
        request_key: "left".to_owned(),
        is_sure: false,
    };
    let ask = move |tx: &mut Tx<'_>| request_saved_payment(tx, &request, method, None);
    let left = house.app.db.write(house.stamp(), ask).await.expect("asked");
    let id = left.id;
    let order = house
        .app
        .db
        .read(move |conn| charge_order(conn, id))
        .await
        .expect("read")
        .expect("an order");
    let name = house
        .desk()
        .stripe
        .open_charge(&order)
        .await
        .expect("opened");
    let recorded = name.clone();
    let record = move |tx: &mut Tx<'_>| record_charge(tx, id, &recorded);
    assert!(
        house
            .app
            .db
            .write(house.stamp(), record)
            .await
            .expect("recorded")
    );
    // Whoever asked is gone; another payment closes what was opened.
    pays_all(&rosa).await.must_show("Posted");
    assert_eq!(house.state(&left).await, PaymentState::Canceled);
    house.settles().await;
    assert_eq!(house.balance(account).await, 0);
    assert_eq!(charges(&house).await, 1);
}
