//! F101, F104: a customer pays at the portal by card and by bank account, in full and in part, and sees where the money is.

use mainstay::domain::payments::PaymentState;

use crate::support::app::TestApp;

#[actix_web::test]
async fn a_customer_pays_part_of_what_is_due_by_card_without_a_script() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").owing("$84.10").signed_in().await;

    let page = rosa.visit("/pay").await;
    let page = page
        .fill("amount", "20.00")
        .submit("Check the payment")
        .await;
    assert_eq!(page.heading(), "Check your payment");
    page.must_show("$64.10");

    let page = page.submit("Pay $20.00").await;
    assert!(page.path.contains("/sandbox/checkout/"), "{}", page.path);
    page.must_show("TEST PAYMENTS");
    let page = page
        .fill("card_number", "4242 4242 4242 4242")
        .fill("expiry", "12/34")
        .fill("cvc", "123")
        .submit("Pay $20.00")
        .await;
    assert!(page.path.starts_with("/payments/"), "{}", page.path);
    page.must_show("Posted")
        .must_show("Visa \u{2022}\u{2022}4242");

    house.settles().await;
    assert_eq!(house.balance(rosa.household.account).await, 6_410);
    let list = rosa.visit("/payments").await;
    list.must_show("$20.00").must_show("Posted");
}

/// Contract: F63, F101
#[actix_web::test]
async fn an_amount_without_its_point_is_asked_about_once_and_what_is_over_stays_as_a_credit() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").owing("$84.10").signed_in().await;
    let page = rosa.visit("/pay").await.fill("amount", "8410");
    let check = page.submit("Check the payment").await;
    check
        .must_show("$8,410.00 is several times what you owe, which is $84.10.")
        .must_show("Is the decimal point where it belongs?");
    let refused = check.submit("Pay $8,410.00").await;
    assert_eq!(refused.status, 422);
    refused.must_show("Is the amount right? Say so below, or change it.");
    let page = rosa.visit("/pay").await.fill("amount", "100.00");
    let check = page.submit("Check the payment").await;
    assert!(check.texts("#doubt").is_empty(), "a rounded amount");
    check
        .must_show("Credit that stays $15.90")
        .must_show("You are paying more than you owe.");
    check
        .submit("Pay $100.00")
        .await
        .fill("card_number", "4242 4242 4242 4242")
        .fill("expiry", "12/34")
        .fill("cvc", "123")
        .submit("Pay $100.00")
        .await
        .must_show("Posted");
    house.settles().await;
    let home = rosa.visit("/").await;
    home.must_show("Credit on your account $15.90");
    for path in ["/pay", "/pay/later"] {
        let page = rosa.visit(path).await;
        assert_eq!(page.text("#balance"), "$15.90", "{path}");
        page.must_show("You owe nothing. We take the credit off your next bill.");
        assert_eq!(page.attribute("#amount", "value").unwrap_or_default(), "");
    }
    // Whoever does mean it says so once.
    let large = rosa.visit("/pay").await.fill("amount", "2000");
    let large = large.submit("Check the payment").await;
    large.must_show("$2,000.00 is a lot to pay ahead");
    let page = large.fill("again", "yes").submit("Pay $2,000.00").await;
    assert!(page.path.contains("/sandbox/checkout/"), "{}", page.path);
}

#[actix_web::test]
async fn a_declined_card_says_why_and_another_card_pays() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").owing("$84.10").signed_in().await;
    let page = rosa.visit("/pay").await.submit("Check the payment").await;
    let mut page = page.submit("Pay $84.10").await;
    for (number, why) in [
        ("4000000000000002", "did not say why"),
        ("4000000000009995", "not enough money"),
        ("4000000000009987", "reported lost"),
        ("4000000000009979", "reported stolen"),
        ("4000000000000069", "has expired"),
        ("4000000000000127", "security code is wrong"),
        ("4000000000000119", "could not be processed"),
        ("4111111111111111", "not a test card"),
    ] {
        page = page
            .fill("card_number", number)
            .fill("expiry", "12/34")
            .fill("cvc", "123")
            .submit("Pay $84.10")
            .await;
        page.must_show(why);
    }
    house.settles().await;
    assert_eq!(house.balance(rosa.household.account).await, 8_410);

    let page = page
        .fill("card_number", "4000002760003184")
        .fill("expiry", "12/34")
        .fill("cvc", "123")
        .submit("Pay $84.10")
        .await;
    let page = page.submit("Yes, it is me").await;
    page.must_show("Posted");
    house.settles().await;
    assert_eq!(house.balance(rosa.household.account).await, 0);
}

#[actix_web::test]
async fn a_bank_payment_is_pending_and_counted_until_it_settles() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").owing("$84.10").signed_in().await;
    let account = rosa.household.account;
    let page = rosa.visit("/pay").await;
    let page = page
        .fill("tender", "bank_account")
        .submit("Check the payment")
        .await;
    let page = page.submit("Pay $84.10").await;
    let page = page
        .fill("account_number", "000123456789")
        .submit("Pay $84.10")
        .await;
    page.must_show("Pending");
    house.settles().await;
    assert_eq!(house.pending(account).await, 8_410);
    assert_eq!(house.balance(account).await, 8_410);
    rosa.visit("/pay").await.must_show("on its way");

    house.advance_days(3);
    house.settles().await;
    assert_eq!(house.pending(account).await, 0);
    assert_eq!(house.balance(account).await, 0);
    assert_eq!(house.entries(account).await.len(), 2);
}

/// Contract: F63
#[actix_web::test]
async fn the_home_page_counts_every_payment_on_its_way_however_many() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").owing("$84.10").signed_in().await;
    for cents in [1_001, 1_002, 1_003, 1_004, 1_005] {
        let payment = house.requests(rosa.household.account, cents).await;
        let session = house.opens(&payment).await;
        house.remembers(&payment, &session).await;
        house.pays(&session, "pm_usBankAccount_success").await;
        house.settles().await;
    }
    rosa.visit("/")
        .await
        .must_show("$50.15")
        .must_show("$33.95");
}

#[actix_web::test]
async fn a_bank_that_refuses_leaves_the_debt_as_it_was() {
    let house = TestApp::start().await;
    let home = house.customer("Rosa").owing("$84.10").moved_in().await;
    let payment = house.requests(home.account, 8_410).await;
    let session = house.opens(&payment).await;
    house.remembers(&payment, &session).await;
    house
        .pays(&session, "pm_usBankAccount_insufficientFunds")
        .await;
    house.settles().await;
    assert_eq!(house.state(&payment).await, PaymentState::Processing);
    house.advance_days(3);
    house.settles().await;
    let failed = house.payment(&payment).await;
    assert_eq!(failed.state, PaymentState::Failed);
    assert_eq!(failed.failure.as_deref(), Some("insufficient_funds"));
    assert_eq!(house.balance(home.account).await, 8_410);
    assert_eq!(house.pending(home.account).await, 0);
}

#[actix_web::test]
async fn a_returned_bank_payment_is_owed_again_from_its_own_due_date_with_a_fee() {
    let house = TestApp::start().await;
    let home = house
        .customer("Rosa")
        .owing_due_in("$84.10", 2)
        .moved_in()
        .await;
    let due_before = due_days(&house, home.account).await;
    let payment = house.requests(home.account, 8_410).await;
    let session = house.opens(&payment).await;
    house.remembers(&payment, &session).await;
    house.pays(&session, "pm_usBankAccount_dispute").await;
    house.settles().await;
    house.advance_days(5);
    house.settles().await;
    let returned = house.payment(&payment).await;
    assert_eq!(returned.state, PaymentState::Returned);
    assert_eq!(house.balance(home.account).await, 8_410 + 2_500);
    let due_after = due_days(&house, home.account).await;
    assert_eq!(due_after.first(), due_before.first());
    assert_eq!(
        house
            .entries(home.account)
            .await
            .into_iter()
            .skip(1)
            .collect::<Vec<_>>(),
        [
            "payment -8410",
            "payment_return 8410",
            "returned_payment_fee 2500"
        ]
    );
}

async fn due_days(
    house: &TestApp,
    account: mainstay::domain::ids::AccountId,
) -> Vec<(String, i64)> {
    let items = house
        .app
        .db
        .read(move |conn| mainstay::store::open_items::list(conn, account))
        .await
        .expect("what is owed can be read");
    items
        .iter()
        .map(|item| (item.due_on.to_string(), item.remaining.cents()))
        .collect()
}

#[actix_web::test]
async fn more_than_is_owed_becomes_a_credit() {
    let house = TestApp::start().await;
    let home = house.customer("Rosa").owing("$10.00").moved_in().await;
    let payment = house.requests(home.account, 2_500).await;
    let session = house.opens(&payment).await;
    house.remembers(&payment, &session).await;
    house.pays(&session, "pm_card_visa").await;
    house.settles().await;
    assert_eq!(house.balance(home.account).await, -1_500);
}

#[actix_web::test]
async fn the_same_form_sent_twice_asks_once_and_a_neighbor_sees_nothing() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").owing("$84.10").signed_in().await;
    let ivan = house.customer("Ivan").owing("$12.00").signed_in().await;
    let check = rosa.visit("/pay").await.submit("Check the payment").await;
    let first = check.submit("Pay $84.10").await;
    let second = check.submit("Pay $84.10").await;
    assert_eq!(first.path, second.path);
    let page = first
        .fill("card_number", "4242424242424242")
        .fill("expiry", "12/34")
        .fill("cvc", "123")
        .submit("Pay $84.10")
        .await;
    let again = check.submit("Pay $84.10").await;
    assert_eq!(again.path, page.path);
    ivan.meets(&page.path, 404).await;
}
