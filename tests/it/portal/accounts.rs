//! Several accounts under one sign-in: every page stays with the one that was chosen, and a neighbor's is as missing as none.

use mainstay::domain::notice::Notice;
use mainstay::store::error::StoreError;
use mainstay::store::notices;

use crate::support::app::TestApp;
use crate::support::people::{Customer, Household};

/// Adds a second home to a sign-in, as its owner does: a code by letter, then the form.
async fn adds(house: &TestApp, rosa: &Customer, second: &Household) {
    let form = rosa.visit("/claim/code").await;
    let number = second.number.as_str();
    form.fill("account", number).submit("Send").await;
    let waiting = house
        .app
        .db
        .read(|conn| -> Result<_, StoreError> { notices::list_waiting(conn, 100) })
        .await
        .expect("the outbox can be read");
    let code = waiting.iter().find_map(|row| match &row.notice {
        Notice::ClaimCode {
            account_number,
            code,
        } if *account_number == second.number => Some(code.clone()),
        _ => None,
    });
    let claimed = rosa
        .visit("/claim")
        .await
        .fill("account", number)
        .fill("proof", &code.expect("the letter waits"))
        .submit("Add")
        .await;
    assert_eq!(claimed.path, format!("/?account={number}"));
    claimed.must_show("$12.00");
}

/// Contract: F10
#[actix_web::test]
async fn every_page_stays_with_the_account_that_was_chosen() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").owing("$84.10").signed_in().await;
    let cabin = house.customer("Cabin").owing("$12.00").moved_in().await;
    adds(&house, &rosa, &cabin).await;
    let number = cabin.number.to_string();

    let home = rosa
        .visit(&format!("/?account={}", cabin.number.as_str()))
        .await;
    home.must_show(&number);
    for link in ["Usage", "Bills", "Payments"] {
        let page = home.follow(link).await;
        assert!(page.path.ends_with(cabin.number.as_str()), "{}", page.path);
        page.must_show(&number);
        // And back home from there.
        page.follow("Home").await.must_show("$12.00");
    }
    let pay = home.follow("Pay $12.00").await;
    pay.must_show(&number);
    let check = pay.submit("Check the payment").await;
    check.must_show(&number);
    let paid = check
        .submit("Pay $12.00")
        .await
        .fill("card_number", "4242424242424242")
        .fill("expiry", "12/34")
        .fill("cvc", "123")
        .submit("Pay $12.00")
        .await;
    paid.must_show("Posted").must_show(&number);
    let list = paid.follow("Your payments").await;
    list.must_show("$12.00").must_show(&number);
    assert_eq!(house.balance(cabin.account).await, 0);
    assert_eq!(house.balance(rosa.household.account).await, 8_410);

    // The other one is one link away, in the same part of the portal, and has no payment.
    let first = rosa.household.number.to_string();
    let other = list.follow(&first).await;
    assert!(
        other.path.starts_with("/payments?account="),
        "{}",
        other.path
    );
    other.must_show(&first).must_show("No payments yet.");
    let password = home.follow("Rosa").await;
    password.follow("Bills").await.must_show(&number);
}

#[actix_web::test]
async fn a_neighbors_account_is_missing_on_every_page() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").owing("$84.10").signed_in().await;
    let neighbor = house.customer("Omar").owing("$55.00").moved_in().await;
    let theirs = neighbor.number.as_str();
    for page in ["/", "/usage", "/bills", "/payments", "/pay"] {
        rosa.meets(&format!("{page}?account={theirs}"), 404).await;
    }
    let forged = format!("/pay/check?account={theirs}&amount=5.00&tender=card");
    rosa.meets(&forged, 404).await;
    assert_eq!(house.balance(neighbor.account).await, 5_500);
}

#[actix_web::test]
async fn one_account_needs_no_chooser() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").owing("$84.10").signed_in().await;
    let home = rosa.visit("/").await;
    assert!(!home.shows("Choose an account"));
    assert_eq!(home.follow("Bills").await.path, "/bills");
}

/// Contract: F10
#[actix_web::test]
async fn nobody_pays_on_a_neighbors_account_by_writing_its_number_into_the_form() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").owing("$84.10").signed_in().await;
    let neighbor = house.customer("Omar").owing("$12.00").moved_in().await;
    let page = rosa.visit("/pay").await;
    let csrf = page.attribute("input[name=csrf]", "value");
    let csrf = csrf.expect("the form is guarded");
    for account in [neighbor.number.as_str(), "4100000000", "no number"] {
        let fields = [
            ("csrf", csrf.as_str()),
            ("account", account),
            ("amount", "12.00"),
            ("tender", "card"),
            ("key", "6f1d9c3e-8a54-4f0b-9a35-0d1c2b3a4e5f"),
        ];
        let answer = rosa.post("/payments", &fields).await;
        assert_eq!(answer.status, 404, "{account}");
        let check = format!("/pay/check?account={account}&amount=12.00&tender=card");
        rosa.meets(&check, 404).await;
    }
    let payments = house.app.db.read(move |conn| {
        mainstay::store::payments::pending(conn, &[neighbor.account, rosa.household.account])
    });
    assert_eq!(payments.await.expect("the payments are read").cents(), 0);
    assert_eq!(house.balance(neighbor.account).await, 1_200);
}
