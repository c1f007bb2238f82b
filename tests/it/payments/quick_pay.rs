//! Paying without a sign-in: who may, what they see, and what a stranger learns.

use chrono::TimeDelta;
use diesel::prelude::*;
use mainstay::domain::bill_paper::BillPaper;
use mainstay::domain::commodity::Commodity;
use mainstay::domain::ids::BillId;
use mainstay::domain::payments::PaymentState;
use mainstay::jobs::provider_events;
use mainstay::store::db::Tx;
use mainstay::store::schema::bills;
use mainstay::usecases::bill_cancellation::cancel_bill;
use mainstay::usecases::bill_papers;

use crate::support::app::TestApp;
use crate::support::office::WATER;
use crate::support::page::Page;
use crate::support::people::Household;
use crate::support::visitor::Visitor;

const ZIP: &str = "60000";

async fn asks(visitor: &Visitor, account: &str, zip: &str, last_bill: &str) -> Page {
    let page = visitor.visit("/quick-pay").await;
    page.fill("account", account)
        .fill("postal_code", zip)
        .fill("last_bill", last_bill)
        .submit("Go on")
        .await
}

async fn ten_dollars(page: Page) -> Page {
    let form = page.fill("amount", "10.00");
    form.submit("Check the payment").await
}

/// A home with one bill of $30.79.
async fn home(house: &TestApp) -> Household {
    house.set_day("2026-06-01");
    let office = house.office().await;
    office.publishes(WATER, "2025-01-01").await;
    let home = house.moves_in("Rosa", &[Commodity::Water]).await;
    office.reads(&home, &meter_of(&home), "1000").await;
    house.set_day("2026-07-01");
    office.reads(&home, &meter_of(&home), "5000").await;
    office.bills("2026-06-01").await.must_show("$30.79");
    home
}

fn meter_of(home: &Household) -> String {
    let digits: String = home.email.chars().filter(char::is_ascii_digit).collect();
    format!("W{digits:0>6}")
}

/// The same home: the number of its account.
async fn billed(house: &TestApp) -> (String, mainstay::domain::ids::AccountId) {
    let home = home(house).await;
    (home.number.as_str().to_owned(), home.account)
}

/// The paper of the home's only bill.
fn paper_of(house: &TestApp, home: &Household) -> BillPaper {
    let account = home.account;
    house.database().read(|conn| {
        let bills: Vec<BillId> = bills::table
            .filter(bills::account_id.eq(account))
            .select(bills::id)
            .load(conn)?;
        let mut papers = bill_papers::load(conn, &bills)?;
        Ok(papers.remove(0))
    })
}

/// Contract: F60, F104
#[actix_web::test]
async fn a_neighbor_pays_a_part_and_learns_nothing_of_what_is_owed() {
    let house = TestApp::start().await;
    let (number, account) = billed(&house).await;
    let neighbor = house.visitor();
    let page = asks(&neighbor, &number, ZIP, "").await;
    assert_eq!(page.heading(), "Make a payment");
    assert!(!page.html.contains("30.79"), "{}", page.html);
    let check = page
        .fill("amount", "10.00")
        .submit("Check the payment")
        .await;
    assert!(!check.html.contains("20.79"), "{}", check.html);
    let amount = check.follow("Change").await.attribute("#amount", "value");
    assert_eq!(amount.as_deref(), Some("10.00"), "as it was typed");
    let till = check.submit("Pay $10.00").await;
    let receipt = till
        .fill("card_number", "4242 4242 4242 4242")
        .fill("expiry", "12/34")
        .fill("cvc", "123")
        .submit("Pay $10.00")
        .await;
    assert!(
        receipt.path.starts_with("/quick-pay/receipts/"),
        "{}",
        receipt.path
    );
    receipt.must_show("Posted").must_show("Account …0019");
    assert!(!receipt.html.contains("20.79"), "{}", receipt.html);
    house.settles().await;
    assert_eq!(house.balance(account).await, 2_079);

    // That somebody paid this amount is told to nobody without the bill: it would tell what the bill came to.
    let stranger = ten_dollars(asks(&house.visitor(), &number, ZIP, "").await).await;
    assert!(!stranger.shows("within the last day"), "{}", stranger.html);
    let knows = ten_dollars(asks(&house.visitor(), &number, ZIP, "30.79").await).await;
    knows.must_show("was made on this account within the last day");
    let refused = knows.submit("Pay $10.00").await;
    assert_eq!(refused.status, 422);
}

async fn pays(check: Page) -> Page {
    let till = check.submit("Pay $10.00").await;
    till.fill("card_number", "4242 4242 4242 4242")
        .fill("expiry", "12/34")
        .fill("cvc", "123")
        .submit("Pay $10.00")
        .await
}

/// The same check of a payment opened anew, as by somebody who goes back.
async fn anew(visitor: &Visitor, check: &str) -> Page {
    visitor.visit(check).await
}

/// Contract: F63
#[actix_web::test]
async fn who_paid_from_this_browser_is_asked_before_paying_the_same_again_and_a_stranger_is_not() {
    let house = TestApp::start().await;
    let (number, account) = billed(&house).await;
    let neighbor = house.visitor();
    let check = ten_dollars(asks(&neighbor, &number, ZIP, "").await).await;
    let path = check.path.clone();
    assert!(!check.shows("within the last day"), "{}", check.html);
    // Asked for and not paid: nothing is doubted.
    check.submit("Pay $10.00").await;
    let check = anew(&neighbor, &path).await;
    assert!(!check.shows("within the last day"), "{}", check.html);
    pays(check).await.must_show("Posted");
    house.settles().await;

    // The same browser is asked without the bill, too: about its own payment, and told nothing of what is owed.
    let again = anew(&neighbor, &path).await;
    again.must_show("was made from this browser within the last day");
    let refused = again.submit("Pay $10.00").await;
    assert_eq!(refused.status, 422);
    refused.must_show("was made from this browser within the last day");
    assert!(!refused.html.contains("20.79"), "{}", refused.html);
    assert_eq!(house.balance(account).await, 2_079);
    // Another amount is another payment, and another browser learns nothing.
    let other = anew(&neighbor, &path.replace("10.00", "11.00")).await;
    other.must_show("$11.00");
    assert!(!other.shows("within the last day"), "{}", other.html);
    let stranger = ten_dollars(asks(&house.visitor(), &number, ZIP, "").await).await;
    assert!(!stranger.shows("within the last day"), "{}", stranger.html);

    // Whoever says so pays twice.
    let sure = refused.fill("again", "yes");
    pays(sure).await.must_show("Posted");
    house.settles().await;
    assert_eq!(house.balance(account).await, 1_079);

    // A day later nobody is asked.
    let later = house.app.clock.now() + TimeDelta::hours(25);
    house.app.clock.set(later);
    let later = anew(&neighbor, &path).await;
    later.must_show("$10.00");
    assert!(!later.shows("within the last day"), "{}", later.html);
}

/// Contract: F63
#[actix_web::test]
async fn the_paper_of_the_last_bill_asks_about_a_payment_that_anybody_made_within_a_day() {
    let house = TestApp::start().await;
    let home = home(&house).await;
    let paper = paper_of(&house, &home);
    let codes = paper.codes.expect("the paper has codes");
    let number = home.number.as_str();
    let neighbor = house.visitor();
    let check = ten_dollars(asks(&neighbor, number, ZIP, "").await).await;
    let path = check.path.clone();
    pays(check).await.must_show("Posted");
    house.settles().await;
    let link = format!("/pay-bill/{}/{}", paper.number, codes.pay);
    let amount = house.visitor().visit(&link).await;
    let amount = amount.submit("Go on to pay").await;
    let check = ten_dollars(amount).await;
    check.must_show("was made on this account within the last day");
    assert_eq!(check.submit("Pay $10.00").await.status, 422);
    assert_eq!(house.balance(home.account).await, 2_079);
    // Who paid it and has no bill in hand is asked in Spanish as well.
    neighbor.visit("/quick-pay").await.submit("Español").await;
    let spanish = anew(&neighbor, &path).await;
    spanish.must_show("desde este navegador");
}

/// Contract: F60, F102
#[actix_web::test]
async fn the_bill_in_hand_shows_what_is_owed_and_wrong_words_are_answered_alike() {
    let house = TestApp::start().await;
    let (number, _) = billed(&house).await;
    let page = asks(&house.visitor(), &number, "60000-1234", "$30.79").await;
    assert!(page.text("#balance").contains("$30.79"), "{}", page.html);
    assert_eq!(page.attribute("#amount", "value").as_deref(), Some("30.79"));

    let mut answers = Vec::new();
    for (account, zip, last_bill) in [
        (number.as_str(), "99999", ""),
        (number.as_str(), ZIP, "30.78"),
        ("4100999994", ZIP, ""),
        ("12", ZIP, "30.79"),
    ] {
        let page = asks(&house.visitor(), account, zip, last_bill).await;
        answers.push((page.status, page.heading(), page.texts(".errors, .err")));
    }
    answers.dedup();
    assert_eq!(answers.len(), 1, "{answers:?}");

    let stranger = house.visitor();
    stranger.meets("/quick-pay/no-such-pass", 410).await;
    let key = "00000000-0000-4000-8000-000000000000";
    stranger
        .meets(&format!("/quick-pay/receipts/{key}"), 404)
        .await;
}

/// Contract: F60, F63
#[actix_web::test]
async fn a_guest_closes_no_charge_that_is_being_made_and_does_not_ask_for_ever() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").owing("$84.10").signed_in().await;
    rosa.saves_card("4242424242424242").await;
    let (charged, name) = house.opens_charge(&rosa, "hers").await;
    let number = rosa.household.number.as_str();
    let stranger = house.visitor();
    let check = ten_dollars(asks(&stranger, number, ZIP, "").await).await;
    let busy = check.submit("Pay $10.00").await;
    assert_eq!(busy.status, 409);
    busy.must_show("A payment for this account is being made right now.");
    assert_eq!(house.state(&charged).await, PaymentState::Requested);
    let intent = house.look(&format!("payment_intents/{name}")).await;
    assert_eq!(intent["status"], "requires_confirmation");
    let mut last = busy.status;
    for _ in 0..6 {
        last = check.submit("Pay $10.00").await.status;
    }
    assert_eq!(last, 429);
}

/// Contract: F60, F63
#[actix_web::test]
async fn a_guest_closes_no_page_that_is_for_other_accounts_too() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").owing("$84.10").moved_in().await;
    let ivan = house.customer("Ivan").owing("$12.00").moved_in().await;
    let parts = [(rosa.account, 8_410), (ivan.account, 1_200)];
    let parts = house.requests_together(&parts).await;
    let session = house.opens_together(&parts).await;
    let asked = asks(&house.visitor(), ivan.number.as_str(), ZIP, "").await;
    let busy = ten_dollars(asked).await.submit("Pay $10.00").await;
    assert_eq!(busy.status, 409);
    busy.must_show("A payment for this account is being made right now.");
    assert_eq!(house.states(&parts).await, [PaymentState::Requested; 2]);
    let seen = house.look(&format!("checkout/sessions/{session}")).await;
    assert_eq!(seen["status"], "open");
}

#[actix_web::test]
async fn a_guest_does_not_take_the_place_of_a_charge_that_has_no_name_yet() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").owing("$84.10").signed_in().await;
    rosa.saves_card("4242424242424242").await;
    let asked = house.asks_for_charge(&rosa, "hers").await;
    let number = rosa.household.number.as_str();
    let check = ten_dollars(asks(&house.visitor(), number, ZIP, "").await).await;
    assert_eq!(check.submit("Pay $10.00").await.status, 409);
    assert_eq!(house.state(&asked).await, PaymentState::Requested);
    // Nobody comes back for it: within two hours it is given up, and a guest may pay.
    house
        .app
        .clock
        .set(house.app.clock.now() + TimeDelta::hours(2));
    let polled = provider_events::poll_once(&house.app, &house.desk()).await;
    polled.expect("the poller asks");
    assert_eq!(house.state(&asked).await, PaymentState::Canceled);
    check.submit("Pay $10.00").await.must_show("$10.00");
}

/// Contract: F60, F104
#[actix_web::test]
async fn the_square_code_of_the_last_bill_shows_what_is_owed_and_an_older_one_only_pays() {
    let house = TestApp::start().await;
    let home = home(&house).await;
    let paper = paper_of(&house, &home);
    let codes = paper.codes.expect("the paper has codes");
    let link = format!("/pay-bill/{}/{}", paper.number, codes.pay);
    let page = house.visitor().visit(&link).await;
    assert!(!page.html.contains("30.79"), "opening it tells nothing yet");
    let amount = page.submit("Go on to pay").await;
    amount.must_show("$30.79");
    let forged = format!("/pay-bill/{}/{}", paper.number, "0".repeat(24));
    for address in [forged.as_str(), "/pay-bill/x/y"] {
        assert_eq!(house.visitor().get(address).await.status, 410, "{address}");
    }

    // A later bill takes over; the older paper still pays, and tells nothing of what is owed now.
    house.set_day("2026-08-01");
    let office = house.office().await;
    office.reads(&home, &meter_of(&home), "9000").await;
    office.bills("2026-07-01").await;
    let later = house.visitor().visit(&link).await;
    let later = later.submit("Go on to pay").await;
    assert_eq!(later.heading(), "Make a payment");
    assert!(!later.html.contains("$61.58"), "{}", later.html);
}

/// Contract: F101
#[actix_web::test]
async fn the_web_code_of_the_last_bill_proves_whose_account_it_is_and_no_other_does() {
    let house = TestApp::start().await;
    let home = home(&house).await;
    let paper = paper_of(&house, &home);
    let code = paper.codes.expect("the paper has codes").claim;
    let registers = async |number: &str, proof: &str| {
        let page = house.visitor().visit("/register").await;
        page.fill("account", number)
            .fill("proof", proof)
            .fill("name", "Rosa")
            .fill("email", "rosa.new@post.example")
            .fill("new_password", "a long sentence of hers")
            .submit("Set up my sign-in")
            .await
    };
    let wrong = registers(home.number.as_str(), "AAAAA-AAAAA").await;
    assert_eq!(wrong.status, 422);
    let other = registers("12", &code).await;
    assert_eq!(other.status, 422);
    let typed = code.to_lowercase().replace('-', " ");
    let right = registers(home.number.as_str(), &typed).await;
    assert_eq!(right.heading(), "Check your e-mail");
}

/// Contract: F60, F101
#[actix_web::test]
async fn a_bill_that_was_taken_back_opens_nothing_any_more() {
    let house = TestApp::start().await;
    let home = home(&house).await;
    let paper = paper_of(&house, &home);
    let codes = paper.codes.expect("the paper has codes");
    let account = home.account;
    let bill: BillId = house.database().read(|conn| {
        let own = bills::table.filter(bills::account_id.eq(account));
        Ok(own.select(bills::id).first(conn)?)
    });
    let cancel = move |tx: &mut Tx<'_>| cancel_bill(tx, bill, "The meter was another's");
    house
        .app
        .db
        .write(house.stamp(), cancel)
        .await
        .expect("it is taken back");
    let link = format!("/pay-bill/{}/{}", paper.number, codes.pay);
    assert_eq!(house.visitor().get(&link).await.status, 410);
}
