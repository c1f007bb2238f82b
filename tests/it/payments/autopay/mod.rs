//! Autopay, day by day: the exact balance on its day and once, told before, never above what is owed; and what stops it.

mod anew;
mod arranged;
mod closed;
mod covered;
mod disputed;
mod held;
mod left_alone;
mod levelled;
mod outcomes;
mod scheduled;
mod stopped;
mod untold;

use mainstay::adapters::stripe::saved::Presence;
use mainstay::domain::autopay::ChargeState;
use mainstay::domain::ids::PaymentId;
use mainstay::domain::money::Money;
use mainstay::domain::notice::{AutopayNews, Notice};
use mainstay::domain::payments::{Channel, ClearedPayment, Tender};
use mainstay::jobs::run_autopay;
use mainstay::store;
use mainstay::store::autopay::ChargeRow;
use mainstay::store::db::Tx;
use mainstay::store::error::StoreError;
use mainstay::usecases::autopay::take_step;
use mainstay::usecases::payments::{Next, charge_order, receive_payment, record_charge};

use crate::support::app::TestApp;
use crate::support::billing::Utility;
use crate::support::page::Page;
use crate::support::people::Customer;

/// A household with one bill of $15.00, issued on July 4 and due on July 24.
async fn billed(house: &TestApp) -> Customer {
    let rosa = house.customer("Rosa").signed_in().await;
    let email = &rosa.household.email;
    let digits: String = email.chars().filter(char::is_ascii_digit).collect();
    let utility = Utility::of(house);
    utility.sells_water();
    let register = format!("W{digits:0>6}-1");
    utility.reads(&register, &[("2026-06-01", 0), ("2026-07-01", 1_000)]);
    house.set_day("2026-07-04");
    utility.bill("2026-06-01", "2026-07-04");
    let due = utility.latest(rosa.household.account).bill.due_on;
    assert_eq!(due.to_string(), "2026-07-24");
    assert_eq!(house.balance(rosa.household.account).await, 1_500);
    rosa
}

/// The same household, with autopay on the due date from a saved card.
async fn enrolled(house: &TestApp, card: &str) -> Customer {
    let rosa = billed(house).await;
    rosa.saves_card(card).await;
    rosa.joins("", "").await;
    rosa
}

impl Customer {
    /// Joins autopay by the way that is offered first.
    async fn joins(&self, day: &str, cap: &str) -> Page {
        let form = self.visit("/autopay").await;
        let form = match day {
            "" => form.fill("when", "due"),
            day => form.fill("when", "day").fill("day", day),
        };
        let check = form.fill("cap", cap).submit("See what will happen").await;
        assert_eq!(check.heading(), "Check autopay");
        check.fill("agree", "yes").submit("autopay").await
    }
}

impl TestApp {
    /// Lets autopay do what the day asks for.
    async fn autopays(&self, day: &str) {
        self.set_day(day);
        let done = run_autopay::run_once(&self.app, &self.desk()).await;
        done.expect("the day's work is done");
        self.settles().await;
    }

    fn charges_of(&self, rosa: &Customer) -> Vec<ChargeRow> {
        let account = rosa.household.account;
        let read = move |conn: &mut _| -> Result<Vec<ChargeRow>, StoreError> {
            match store::autopay::find(conn, account)? {
                Some(enrolment) => store::autopay::list_charges(conn, enrolment.id),
                None => Ok(Vec::new()),
            }
        };
        let db = &self.app.db;
        db.read_blocking(read).expect("the charges can be read")
    }

    /// What autopay wrote to somebody, oldest first.
    async fn news(&self, rosa: &Customer) -> Vec<String> {
        let waiting = self
            .app
            .db
            .read(|conn| -> Result<_, StoreError> { store::notices::list_waiting(conn, 100) })
            .await
            .expect("the outbox can be read");
        let mine = waiting
            .iter()
            .rev()
            .filter(|row| row.recipient == rosa.household.email);
        mine.filter_map(|row| match &row.notice {
            Notice::Autopay(told) => Some(said(&told.news)),
            _ => None,
        })
        .collect()
    }
}

fn said(news: &AutopayNews) -> String {
    match news {
        AutopayNews::Joined { .. } => "joined".to_owned(),
        AutopayNews::Ahead { amount, on, .. } => format!("ahead {amount} {on}"),
        AutopayNews::Skipped { why, .. } => format!("skipped {why}"),
        AutopayNews::Refused {
            reason, again_on, ..
        } => match again_on {
            Some(day) => format!("refused {reason} again {day}"),
            None => format!("refused {reason}"),
        },
        AutopayNews::Ended { why } => format!("ended {why}"),
    }
}

/// Contract: F63, F104
#[actix_web::test]
async fn autopay_charges_the_exact_balance_on_the_due_date_once() {
    let house = TestApp::start().await;
    let rosa = billed(&house).await;
    rosa.saves_card("4242424242424242").await;
    let form = rosa.visit("/autopay").await;
    let check = form.submit("See what will happen").await;
    check.must_show("Included: $15.00 on Jul 24, 2026.");
    let refused = check.submit("Join autopay").await;
    assert_eq!(refused.status, 422);
    let on = refused.fill("agree", "yes").submit("Join autopay").await;
    on.must_show("Included: $15.00 on Jul 24, 2026.")
        .must_show("I authorize");
    rosa.visit("/pay")
        .await
        .must_show("Autopay takes $15.00 on Jul 24, 2026.");

    for day in [
        "2026-07-05",
        "2026-07-20",
        "2026-07-21",
        "2026-07-21",
        "2026-07-23",
    ] {
        house.autopays(day).await;
        assert_eq!(house.balance(rosa.household.account).await, 1_500, "{day}");
    }
    assert_eq!(
        house.news(&rosa).await,
        ["joined", "ahead $15.00 2026-07-24"]
    );
    for _ in 0..3 {
        house.autopays("2026-07-24").await;
    }
    house.autopays("2026-07-25").await;
    let account = rosa.household.account;
    assert_eq!(house.balance(account).await, 0);
    let entries = house.entries(account).await;
    assert_eq!(entries.last().map(String::as_str), Some("payment -1500"));
    assert_eq!(entries.len(), 2);
    let list = rosa.visit("/payments").await;
    list.must_show("$15.00")
        .must_show("Visa \u{2022}\u{2022}4242");
}

#[actix_web::test]
async fn a_charge_killed_between_call_and_record_is_posted_once() {
    let house = TestApp::start().await;
    let rosa = enrolled(&house, "4242424242424242").await;
    house.autopays("2026-07-21").await;
    house.set_day("2026-07-24");
    let id = house.charges_of(&rosa)[0].id;
    let step = move |tx: &mut Tx<'_>| take_step(tx, id);
    let asked = house.app.db.write(house.stamp(), step).await;
    let Ok(Next::Charge(payment)) = asked else {
        panic!("a payment is asked for: {asked:?}");
    };
    // The processor took it; nobody here lived to write it down.
    killed_after_charging(&house, payment).await;
    assert_eq!(house.balance(rosa.household.account).await, 1_500);
    for _ in 0..2 {
        house.autopays("2026-07-24").await;
    }
    let account = rosa.household.account;
    assert_eq!(house.balance(account).await, 0);
    assert_eq!(house.entries(account).await.len(), 2);
    let charges = house.look("charges?limit=100").await;
    assert_eq!(charges["data"].as_array().expect("a list").len(), 1);
    assert_eq!(house.charges_of(&rosa)[0].state, ChargeState::Made);
}

async fn killed_after_charging(house: &TestApp, payment: PaymentId) {
    let order = house
        .app
        .db
        .read(move |conn| charge_order(conn, payment))
        .await
        .expect("read")
        .expect("an order");
    let stripe = house.desk().stripe;
    let name = stripe.open_charge(&order).await.expect("opened");
    let recorded = name.clone();
    let record = move |tx: &mut Tx<'_>| record_charge(tx, payment, &recorded);
    assert!(
        house
            .app
            .db
            .write(house.stamp(), record)
            .await
            .expect("recorded")
    );
    stripe
        .make_charge(&name, Presence::Away)
        .await
        .expect("made");
}

#[actix_web::test]
async fn a_chosen_day_counts_where_the_bill_was_told_in_time() {
    let house = TestApp::start().await;
    let rosa = billed(&house).await;
    rosa.saves_card("4242424242424242").await;
    let on = rosa.joins("20", "").await;
    on.must_show("Included: $15.00 on Jul 20, 2026.");
    house.autopays("2026-07-17").await;
    house.autopays("2026-07-20").await;
    assert_eq!(house.balance(rosa.household.account).await, 0);
}

#[actix_web::test]
async fn who_joins_too_late_is_told_that_this_bill_is_not_included() {
    let house = TestApp::start().await;
    let rosa = billed(&house).await;
    rosa.saves_card("4242424242424242").await;
    house.set_day("2026-07-22");
    rosa.joins("", "")
        .await
        .must_show("Not included: it is due too soon");
    house.autopays("2026-07-24").await;
    assert_eq!(house.balance(rosa.household.account).await, 1_500);
    assert_eq!(house.news(&rosa).await, ["joined", "skipped too_soon"]);
}

#[actix_web::test]
async fn above_the_cap_nothing_is_charged_and_the_customer_is_told() {
    let house = TestApp::start().await;
    let rosa = billed(&house).await;
    rosa.saves_card("4242424242424242").await;
    rosa.joins("", "14.99")
        .await
        .must_show("it comes to more than your limit");
    house.autopays("2026-07-21").await;
    house.autopays("2026-07-24").await;
    assert_eq!(house.balance(rosa.household.account).await, 1_500);
    assert_eq!(house.news(&rosa).await, ["joined", "skipped over_cap"]);
}

/// So much comes at the counter.
async fn pays_at_the_counter(house: &TestApp, rosa: &Customer, cents: i64) {
    let cleared = ClearedPayment {
        account_id: rosa.household.account,
        amount: Money::from_cents(cents),
        tender: Tender::Cash,
        channel: Channel::Office,
        received_on: house.app.clock.today(),
        reference: format!("slip-{}", house.next_number()),
        label: None,
    };
    let take = move |tx: &mut Tx<'_>| receive_payment(tx, &cleared);
    house
        .app
        .db
        .write(house.stamp(), take)
        .await
        .expect("taken");
}

#[actix_web::test]
async fn only_what_is_still_owed_is_charged_and_a_credit_never() {
    let house = TestApp::start().await;
    let rosa = enrolled(&house, "4242424242424242").await;
    house.autopays("2026-07-21").await;
    pays_at_the_counter(&house, &rosa, 400).await;
    house.autopays("2026-07-24").await;
    assert_eq!(house.balance(rosa.household.account).await, 0);
    assert_eq!(
        house.charges_of(&rosa)[0].amount,
        Some(Money::from_cents(1_100))
    );

    let house = TestApp::start().await;
    let omar = billed(&house).await;
    omar.saves_card("4242424242424242").await;
    omar.joins("", "").await;
    house.autopays("2026-07-21").await;
    pays_at_the_counter(&house, &omar, 2_000).await;
    house.autopays("2026-07-24").await;
    assert_eq!(house.balance(omar.household.account).await, -500);
    assert_eq!(house.charges_of(&omar)[0].state, ChargeState::Skipped);
}

#[actix_web::test]
async fn money_on_its_way_is_not_charged_again() {
    let house = TestApp::start().await;
    let rosa = enrolled(&house, "4242424242424242").await;
    house.autopays("2026-07-21").await;
    let payment = house.requests(rosa.household.account, 1_500).await;
    let session = house.opens(&payment).await;
    house.remembers(&payment, &session).await;
    house.pays(&session, "pm_usBankAccount_processing").await;
    house.autopays("2026-07-24").await;
    assert_eq!(house.pending(rosa.household.account).await, 1_500);
    // It waits: the bank may yet refuse that payment.
    assert_eq!(house.charges_of(&rosa)[0].state, ChargeState::Planned);
}

#[actix_web::test]
async fn a_page_that_was_left_open_is_closed_before_the_charge() {
    let house = TestApp::start().await;
    let rosa = enrolled(&house, "4242424242424242").await;
    house.autopays("2026-07-21").await;
    house.set_day("2026-07-24");
    let payment = house.requests(rosa.household.account, 1_500).await;
    let session = house.opens(&payment).await;
    house.remembers(&payment, &session).await;
    house.autopays("2026-07-24").await;
    assert_eq!(house.balance(rosa.household.account).await, 0);
    let session = house.look(&format!("checkout/sessions/{session}")).await;
    assert_eq!(session["status"], "expired");
}

#[actix_web::test]
async fn a_page_for_several_accounts_is_left_open_and_the_charge_waits() {
    let house = TestApp::start().await;
    let rosa = enrolled(&house, "4242424242424242").await;
    let ivan = house.customer("Ivan").owing("$12.00").moved_in().await;
    house.autopays("2026-07-21").await;
    house.set_day("2026-07-24");
    let parts = [(ivan.account, 1_200), (rosa.household.account, 1_500)];
    let parts = house.requests_together(&parts).await;
    let session = house.opens_together(&parts).await;
    house.autopays("2026-07-24").await;
    assert_eq!(house.balance(rosa.household.account).await, 1_500);
    let seen = house.look(&format!("checkout/sessions/{session}")).await;
    assert_eq!(seen["status"], "open");
    house.pays(&session, "pm_card_visa").await;
    house.settles().await;
    house.autopays("2026-07-24").await;
    assert_eq!(house.balances(&parts).await, [0, 0]);
}

#[actix_web::test]
async fn a_soft_refusal_is_tried_twice_more_and_then_never() {
    let house = TestApp::start().await;
    let rosa = enrolled(&house, "4000000000000341").await;
    for day in [
        "2026-07-21",
        "2026-07-24",
        "2026-07-25",
        "2026-07-27",
        "2026-08-01",
        "2026-08-09",
    ] {
        house.autopays(day).await;
    }
    assert_eq!(house.balance(rosa.household.account).await, 1_500);
    assert_eq!(
        house.news(&rosa).await,
        [
            "joined",
            "ahead $15.00 2026-07-24",
            "refused generic_decline again 2026-07-27",
            "refused generic_decline again 2026-08-01",
            "refused generic_decline",
        ]
    );
    let charge = &house.charges_of(&rosa)[0];
    assert_eq!((charge.state, charge.attempts), (ChargeState::Stopped, 3));
}

#[actix_web::test]
async fn a_bank_that_asks_gets_the_customer_a_link_and_no_second_try() {
    let house = TestApp::start().await;
    let rosa = billed(&house).await;
    let page = rosa.saves_card("4000002760003184").await;
    page.submit("Yes, it is me").await;
    rosa.joins("", "").await;
    house.autopays("2026-07-21").await;
    house.autopays("2026-07-24").await;
    house.autopays("2026-07-29").await;
    assert_eq!(
        house.news(&rosa).await.last().map(String::as_str),
        Some("refused authentication_required")
    );
    assert_eq!(house.charges_of(&rosa)[0].attempts, 1);
}

#[actix_web::test]
async fn a_closed_bank_account_ends_autopay_and_is_not_charged_again() {
    let house = TestApp::start().await;
    let rosa = billed(&house).await;
    rosa.saves_bank("000111111113").await;
    rosa.joins("", "").await;
    house.autopays("2026-07-21").await;
    house.autopays("2026-07-24").await;
    assert_eq!(house.pending(rosa.household.account).await, 1_500);
    house.autopays("2026-07-28").await;
    assert_eq!(
        house.news(&rosa).await,
        [
            "joined",
            "ahead $15.00 2026-07-24",
            "refused account_closed",
            "ended declined",
        ]
    );
    assert!(house.methods(&rosa).await.is_empty());
    assert_eq!(house.balance(rosa.household.account).await, 1_500);
}

#[actix_web::test]
async fn a_returned_payment_voids_the_authorization() {
    let house = TestApp::start().await;
    let rosa = billed(&house).await;
    rosa.saves_bank("000555555559").await;
    rosa.joins("", "").await;
    house.autopays("2026-07-21").await;
    house.autopays("2026-07-24").await;
    house.autopays("2026-07-29").await;
    assert_eq!(
        house.news(&rosa).await.last().map(String::as_str),
        Some("ended returned")
    );
    rosa.visit("/autopay").await.must_show("Off");
    // The debt stands again, with the fee; nobody charges it by itself.
    assert_eq!(house.balance(rosa.household.account).await, 1_500 + 2_500);
    house.autopays("2026-08-10").await;
    assert_eq!(house.pending(rosa.household.account).await, 0);
}

#[actix_web::test]
async fn a_disputed_charge_ends_autopay_until_it_is_allowed_again() {
    let house = TestApp::start().await;
    let rosa = enrolled(&house, "4000000000000259").await;
    house.autopays("2026-07-21").await;
    house.autopays("2026-07-24").await;
    assert_eq!(
        house.news(&rosa).await.last().map(String::as_str),
        Some("ended returned")
    );
    assert_eq!(house.methods(&rosa).await.len(), 1);
}

/// Contract: F63, F116
#[actix_web::test]
async fn what_autopay_is_about_to_charge_needs_no_reminder() {
    let house = TestApp::start().await;
    let rosa = enrolled(&house, "4242424242424242").await;
    house.autopays("2026-07-20").await;
    house.reminds().await;
    assert!(house.told(&["due_soon"]).is_empty());
    rosa.visit("/autopay").await.submit("Stop autopay").await;
    house.reminds().await;
    let told = house.told(&["due_soon"]);
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!(told[0].recipient, rosa.household.email);
}
