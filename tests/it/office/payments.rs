//! Money at the counter: taken, receipted, doubted, taken back; and what the customer is told of it.

use mainstay::domain::staff::Role;

use crate::support::app::TestApp;

/// Contract: F56, F59, F62
#[actix_web::test]
async fn a_check_taken_at_the_counter_is_on_both_screens_at_once() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").owing("$84.10").signed_in().await;
    let clerk = house.staff(Role::Csr).await;
    let account = format!("/office/accounts/{}", rosa.household.number.as_str());

    let page = clerk.visit(&account).await.follow("Take a payment").await;
    assert_eq!(page.text("#balance"), "$84.10");
    let page = page
        .fill("amount", "20.00")
        .fill("tender", "check")
        .fill("label", "Check 1042")
        .submit("Take the payment")
        .await;
    page.must_show("$20.00 is on the account.");
    page.must_show("Check 1042");
    let receipt = page.follow("Receipt to print").await;
    receipt.must_show("$64.10").must_show("The csr");

    let screen = clerk.visit(&account).await;
    assert!(screen.text("#balance").starts_with("$64.10"));
    let portal = rosa.visit("/").await;
    portal.must_show("$64.10").must_show("Check 1042");
    let listed = rosa.visit("/payments").await;
    listed.must_show("$20.00").must_show("Posted");
}

#[actix_web::test]
async fn the_receipt_is_in_the_customers_language() {
    let house = TestApp::start().await;
    let rosa = house
        .customer("Rosa")
        .speaking_spanish()
        .owing("$10.00")
        .moved_in()
        .await;
    let clerk = house.staff(Role::BillingClerk).await;
    let form = format!("/office/accounts/{}/payments/new", rosa.number.as_str());
    let page = clerk
        .visit(&form)
        .await
        .fill("tender", "cash")
        .submit("Take the payment")
        .await;
    let receipt = page.follow("Receipt to print").await;
    receipt.must_show("Recibido de").must_show("Efectivo");
}

#[actix_web::test]
async fn what_cannot_have_come_is_refused_in_words() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").owing("$84.10").moved_in().await;
    let clerk = house.staff(Role::Csr).await;
    let form = format!("/office/accounts/{}/payments/new", rosa.number.as_str());
    let page = clerk.visit(&form).await;
    let refused = [
        (
            "tender",
            "cash",
            "channel",
            "phone",
            "Cash does not come by telephone.",
        ),
        ("amount", "-5", "channel", "office", "more than nothing"),
        (
            "received_on",
            "2027-01-01",
            "channel",
            "office",
            "has not come yet",
        ),
        (
            "received_on",
            "2020-01-01",
            "channel",
            "office",
            "more than a year ago",
        ),
        (
            "amount",
            "12,50",
            "channel",
            "office",
            "a point before the cents",
        ),
        (
            "label",
            "4242 4242 4242 4242",
            "channel",
            "office",
            "looks like a card number",
        ),
    ];
    for (field, value, other, with, words) in refused {
        let answer = page
            .clone()
            .fill(other, with)
            .fill(field, value)
            .submit("Take the payment")
            .await;
        assert_eq!(answer.status, 422);
        answer.must_show(words);
    }
    assert_eq!(house.balance(rosa.account).await, 8_410);
}

/// Contract: F63
#[actix_web::test]
async fn an_equal_payment_within_a_day_is_asked_about_at_the_counter() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").owing("$84.10").moved_in().await;
    let clerk = house.staff(Role::Csr).await;
    let form = format!("/office/accounts/{}/payments/new", rosa.number.as_str());
    let take = async || {
        let page = clerk.visit(&form).await;
        page.fill("amount", "20.00")
            .submit("Take the payment")
            .await
    };
    take().await.must_show("is on the account");
    let asked = take().await;
    assert_eq!(asked.status, 422);
    asked.must_show("A payment of $20.00 was made on this account within the last day.");
    assert_eq!(house.balance(rosa.account).await, 6_410);
    let taken = asked.fill("again", "yes").submit("Take the payment").await;
    taken.must_show("is on the account");
    assert_eq!(house.balance(rosa.account).await, 4_410);
}

#[actix_web::test]
async fn a_bounced_check_is_taken_back_by_whoever_may() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").owing("$84.10").moved_in().await;
    let csr = house.staff(Role::Csr).await;
    let clerk = house.staff(Role::BillingClerk).await;
    let form = format!("/office/accounts/{}/payments/new", rosa.number.as_str());
    let paid = csr.visit(&form).await.submit("Take the payment").await;
    assert_eq!(house.balance(rosa.account).await, 0);
    assert!(!paid.shows("Take it back"));
    csr.meets(&format!("{}/return", paid.path), 403).await;

    let page = clerk.visit(&paid.path).await.follow("Take it back").await;
    page.must_show("The fee of $25.00 is charged.");
    let page = page
        .fill("why", "returned")
        .fill("reason", "Not sufficient funds")
        .submit("Take the payment back")
        .await;
    page.must_show("The payment is taken back.")
        .must_show("Not sufficient funds");
    assert_eq!(house.balance(rosa.account).await, 8_410 + 2_500);
    let told = clerk
        .visit(&format!(
            "/office/accounts/{}?tab=contacts",
            rosa.number.as_str()
        ))
        .await;
    told.must_show("Payment received")
        .must_show("Payment taken back");
    let letter = house.visitor().visit("/sandbox/mail").await;
    letter
        .must_show("Your payment was returned")
        .must_show("Not sufficient funds");

    // No bank returns cash.
    let page = csr.visit(&form).await.fill("tender", "cash");
    let paid = page.fill("amount", "5.00").submit("Take the payment").await;
    let page = clerk.visit(&paid.path).await.follow("Take it back").await;
    assert!(!page.shows("The fee of"));
    let forced = clerk
        .post(
            &page.path,
            &[
                (
                    "csrf",
                    &page.attribute("input[name=csrf]", "value").unwrap(),
                ),
                ("why", "returned"),
                ("reason", "Not sufficient funds"),
            ],
        )
        .await;
    assert_eq!(forced.status, 409);
}

/// Contract: F118
#[actix_web::test]
async fn whoever_takes_a_payment_back_second_is_told_who_did() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").owing("$84.10").moved_in().await;
    let (ana, ben) = (
        house.staff(Role::BillingClerk).await,
        house.staff(Role::BillingClerk).await,
    );
    let new = format!("/office/accounts/{}/payments/new", rosa.number.as_str());
    let paid = ana.visit(&new).await.submit("Take the payment").await;
    let form = format!("{}/return", paid.path);
    let (hers, his) = (ana.visit(&form).await, ben.visit(&form).await);
    let taken = hers
        .fill("why", "returned")
        .fill("reason", "Not sufficient funds")
        .submit("Take the payment back")
        .await;
    taken.must_show("The payment is taken back.");
    for why in ["returned", "mistake"] {
        let told = his
            .clone()
            .fill("why", why)
            .fill("reason", "Written twice in the drawer")
            .submit("Take the payment back")
            .await;
        assert_eq!(told.status, 409, "{}", told.html);
        told.must_show("The payment is not as you saw it any more")
            .must_show("Not sufficient funds")
            .must_show("Written twice in the drawer");
    }
    assert_eq!(house.balance(rosa.account).await, 8_410 + 2_500);
}
