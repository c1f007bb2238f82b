//! Saved ways to pay: given on the processor's page, shown by what a person recognizes, paid with in two taps, taken away.

use diesel::connection::SimpleConnection;
use mainstay::domain::ids::PaymentId;
use mainstay::domain::money::Money;
use mainstay::domain::payments::{PaymentRequest, PaymentState, Tender};
use mainstay::store;
use mainstay::store::db::Tx;
use mainstay::store::payment_methods::MethodRow;
use mainstay::store::payments::PaymentRow;
use mainstay::usecases::payments::{
    PaymentError, charge_order, record_charge, record_checkout, request_payment,
    request_saved_payment,
};
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

/// A request for all that is owed, by a card.
fn of_all(rosa: &Customer, key: &str) -> PaymentRequest {
    PaymentRequest {
        account_id: rosa.household.account,
        amount: Money::from_cents(8_410),
        tender: Tender::Card,
        request_key: key.to_owned(),
        is_sure: false,
    }
}

impl TestApp {
    /// Asks for all that is owed by the first saved way, opens the charge and goes no further; says its name at the processor.
    pub async fn opens_charge(&self, rosa: &Customer, key: &str) -> (PaymentRow, String) {
        let payment = self.asks_for_charge(rosa, key).await;
        let name = self.opens_charge_of(payment.id).await;
        (payment, name)
    }

    /// Asks for all that is owed by the first saved way, and goes no further.
    pub async fn asks_for_charge(&self, rosa: &Customer, key: &str) -> PaymentRow {
        let (request, method) = (of_all(rosa, key), self.methods(rosa).await[0].id);
        let ask = move |tx: &mut Tx<'_>| request_saved_payment(tx, &request, method, None);
        self.app.db.write(self.stamp(), ask).await.expect("asked")
    }

    /// Opens the charge of a payment that was asked for, and writes its name down.
    pub async fn opens_charge_of(&self, id: PaymentId) -> String {
        let order = move |conn: &mut _| charge_order(conn, id);
        let order = self.app.db.read(order).await.expect("read");
        let order = order.expect("it is to be charged");
        let name = self.desk().stripe.open_charge(&order).await;
        let name = name.expect("opened");
        let recorded = name.clone();
        let record = move |tx: &mut Tx<'_>| record_charge(tx, id, &recorded);
        let stands = self.app.db.write(self.stamp(), record).await;
        assert!(stands.expect("recorded"), "it is to be made");
        name
    }

    /// The processor forgets the way to pay that somebody saved first.
    pub async fn forgets(&self, rosa: &Customer) {
        let method = self.methods(rosa).await.remove(0);
        let reference = method.processor_reference.expect("a name");
        self.call(&format!("payment_methods/{reference}/detach"), &[])
            .await;
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
    page.submit("Offer first")
        .await
        .must_show("It is offered first from now on.");
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

/// Contract: F105
#[actix_web::test]
async fn whoever_goes_back_to_change_a_payment_finds_what_was_chosen() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").owing("$84.10").signed_in().await;
    rosa.saves_card("4242424242424242").await;
    let form = rosa.visit("/pay").await.fill("amount", "12.34");
    let form = form.fill("tender", "bank_account");
    let check = form.submit("Check the payment").await;
    let back = check.follow("Change").await;
    let amount = |page: &Page| page.attribute("#amount", "value");
    assert_eq!(amount(&back).as_deref(), Some("12.34"));
    let chosen = back.attribute("input[name=tender][checked]", "value");
    assert_eq!(chosen.as_deref(), Some("bank_account"));

    let later = rosa.visit("/pay/later").await.fill("amount", "20");
    let later = later.fill("on", "2026-07-10");
    let back = later.submit("Check the payment").await;
    let back = back.follow("Change").await;
    assert_eq!(amount(&back).as_deref(), Some("20.00"));
    let on = back.attribute("#on", "value");
    assert_eq!(on.as_deref(), Some("2026-07-10"));
    assert!(
        back.attribute("input[name=method][checked]", "value")
            .is_some()
    );
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
async fn a_way_to_pay_that_the_processor_does_not_know_stops_one_charge_and_nothing_else() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").owing("$84.10").signed_in().await;
    rosa.saves_card("4242424242424242").await;
    house.forgets(&rosa).await;
    pays_all(&rosa).await.must_show("Pay another way");
    // Under another account's key it knows none: that says nothing of the card.
    assert_eq!(house.methods(&rosa).await.len(), 1);
    assert_eq!(house.balance(rosa.household.account).await, 8_410);
}

#[actix_web::test]
async fn a_charge_that_the_processor_will_not_make_is_refused_once_and_given_up() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").owing("$84.10").signed_in().await;
    rosa.saves_card("4242424242424242").await;
    let check = rosa.visit("/pay").await.submit("Check the payment").await;
    let key = check.attribute("input[name=key]", "value").expect("a key");
    let (payment, name) = house.opens_charge(&rosa, &key).await;
    house.forgets(&rosa).await;
    let refused = check.submit("Pay $84.10").await;
    refused.must_show("Pay another way");
    assert_eq!(house.state(&payment).await, PaymentState::Failed);
    let intent = house.look(&format!("payment_intents/{name}")).await;
    assert_eq!(intent["status"], "canceled");
    house.settles().await;
    assert_eq!(house.state(&payment).await, PaymentState::Failed);
    assert_eq!(house.balance(rosa.household.account).await, 8_410);
}

#[actix_web::test]
async fn an_opened_charge_that_was_left_gives_way_and_is_never_made() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").owing("$84.10").signed_in().await;
    rosa.saves_card("4242424242424242").await;
    let account = rosa.household.account;
    let (left, _) = house.opens_charge(&rosa, "left").await;
    // Whoever asked is gone; another payment closes what was opened.
    pays_all(&rosa).await.must_show("Posted");
    assert_eq!(house.state(&left).await, PaymentState::Canceled);
    house.settles().await;
    assert_eq!(house.balance(account).await, 0);
    assert_eq!(charges(&house).await, 1);
}

#[actix_web::test]
async fn the_form_of_a_saved_charge_opens_no_page() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").owing("$84.10").signed_in().await;
    rosa.saves_card("4242424242424242").await;
    let (charged, _) = house.opens_charge(&rosa, "one form").await;
    let request = of_all(&rosa, "one form");
    let ask = move |tx: &mut Tx<'_>| request_payment(tx, &request, "sandbox");
    let asked = house.app.db.write(house.stamp(), ask).await;
    assert!(matches!(asked, Err(PaymentError::FormUsed)), "{asked:?}");
    // A page that was opened before the charge was known is not remembered.
    let id = charged.id;
    let record = move |tx: &mut Tx<'_>| record_checkout(tx, id, "cs_beside", "http://127.0.0.1/");
    let stands = house.app.db.write(house.stamp(), record).await;
    assert!(!stands.expect("recorded"), "the page is closed");
    assert_eq!(house.payment(&charged).await.session_reference, None);
}

#[actix_web::test]
async fn a_page_beside_a_saved_charge_keeps_its_money_from_nobody() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").owing("$84.10").signed_in().await;
    rosa.saves_bank("000123456789").await;
    pays_all(&rosa).await.must_show("Pending");
    let beside = "UPDATE payments SET session_reference = 'cs_beside'";
    let mut database = house.database().connect();
    database.batch_execute(beside).expect("it has a page, too");
    house.advance_days(3);
    house.settles().await;
    assert_eq!(house.balance(rosa.household.account).await, 0);
}
