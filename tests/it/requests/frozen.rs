//! What a dispute keeps out of reach, to the cent and from the same second: of late fees, of reminders, of what payments pay first; and what
//! ends it.

use mainstay::domain::ids::{BillNumber, EntryId};
use mainstay::domain::money::Money;
use mainstay::domain::payments::{Channel, ClearedPayment, Tender};
use mainstay::domain::staff::Role;
use mainstay::store::autopay::owing;
use mainstay::store::db::{Conn, Tx};
use mainstay::usecases::bill_cancellation::cancel_bill;
use mainstay::usecases::fees;
use mainstay::usecases::payments::receive_payment;

use super::disputes::dispute;
use crate::portal::bills::billed;
use crate::support::app::TestApp;
use crate::support::billing::{Utility, day};
use crate::support::people::Customer;

/// The late fees of the day: how many, and how much in cents.
async fn late_fees(house: &TestApp) -> (usize, i64) {
    let assess = |tx: &mut Tx<'_>| fees::assess_late_fees_today(tx, None::<EntryId>);
    let charged = house.app.db.write(house.stamp(), assess).await;
    let charged = charged.expect("the fees are assessed");
    (charged.fees, charged.amount.cents())
}

/// Somebody pays at the counter.
async fn pays(house: &TestApp, rosa: &Customer, cents: i64) {
    let cleared = ClearedPayment {
        account_id: rosa.household.account,
        amount: Money::from_cents(cents),
        tender: Tender::Cash,
        channel: Channel::Office,
        received_on: house.stamp().on,
        reference: format!("drawer {cents}"),
        label: None,
    };
    let receive = move |tx: &mut Tx<'_>| receive_payment(tx, &cleared);
    let paid = house.app.db.write(house.stamp(), receive).await;
    paid.expect("the payment is taken");
}

/// May's bill of $24.46, of which $5.00 were paid, and June's of $29.32, due July 24.
async fn two_bills(house: &TestApp) -> (Customer, BillNumber, BillNumber) {
    let rosa = house.customer("Rosa").signed_in().await;
    let (may, june) = billed(house, &rosa.household);
    (rosa, may, june)
}

/// Contract: F89
#[actix_web::test]
async fn what_is_paid_goes_to_what_nobody_disputes_first() {
    let house = TestApp::start().await;
    let (rosa, may, _) = two_bills(&house).await;
    let bill = rosa.visit(&format!("/bills/{may}")).await;
    let open = dispute(&bill, "").await;
    open.must_show("$24.46 in dispute")
        .must_show("$19.46 is set aside");
    rosa.visit("/")
        .await
        .must_show("Pay $29.32")
        .must_show("$19.46 of it is in dispute");
    rosa.visit(&format!("/bills/{may}"))
        .await
        .must_show("In dispute");
    let form = rosa.visit("/pay").await;
    assert_eq!(form.attribute("#amount", "value").as_deref(), Some("29.32"));
    form.must_show("$19.46 of it is in dispute");

    pays(&house, &rosa, 2_932).await;
    let account = rosa.household.account;
    let read = move |conn: &mut Conn| owing(conn, account, day("2026-07-24"));
    let owing = house.app.db.read(read).await.expect("it is read");
    assert_eq!((owing.due, owing.balance), (Money::ZERO, Money::ZERO));
    house.set_day("2026-08-10");
    assert_eq!(late_fees(&house).await, (0, 0));
    rosa.visit("/")
        .await
        .must_show("$19.46 of it is in dispute");
    // What is paid beyond that pays the disputed part, too.
    pays(&house, &rosa, 1_946).await;
    assert!(!rosa.visit("/").await.shows("in dispute"));
    open.reload()
        .await
        .must_show("Nothing of it is left to pay.");
}

/// Contract: F89, F115
#[actix_web::test]
async fn nobody_is_reminded_of_what_is_in_dispute() {
    let house = TestApp::start().await;
    let (rosa, _, june) = two_bills(&house).await;
    let bill = rosa.visit(&format!("/bills/{june}")).await;
    let open = dispute(&bill, "").await;
    house.set_day("2026-07-20");
    house.reminds().await;
    house.set_day("2026-07-28");
    house.reminds().await;
    assert!(house.told(&["due_soon", "past_due"]).is_empty());
    rosa.visit("/").await.must_show("$19.46");
    open.submit("Yes, withdraw it").await;
    house.reminds().await;
    assert_eq!(house.told(&["past_due"]).len(), 1);
    // It came, it was taken back: each move is told.
    assert_eq!(house.told(&["request"]).len(), 2);
}

/// Contract: F42, F89
#[actix_web::test]
async fn a_bill_that_is_taken_back_ends_its_dispute() {
    let house = TestApp::start().await;
    let (rosa, may, june) = two_bills(&house).await;
    let bill = rosa.visit(&format!("/bills/{june}")).await;
    let open = dispute(&bill, "").await;
    let billed = Utility::of(&house).latest(rosa.household.account).bill.id;
    let cancel = move |tx: &mut Tx<'_>| cancel_bill(tx, billed, "the wrong meter");
    let canceled = house.app.db.write(house.stamp(), cancel).await;
    canceled.expect("the bill is canceled");
    let seen = open.reload().await;
    seen.must_show("The bill was wrong.").must_show("Done");
    assert!(!seen.shows("Withdraw this request"));
    assert!(!rosa.visit("/").await.shows("in dispute"));
    assert_eq!(house.told(&["request"]).len(), 2);
    let manager = house.staff(Role::BillingManager).await;
    let page = manager.visit(&format!("/office{}", open.path)).await;
    page.must_show("Answered on the same day");
    assert!(!page.shows("Decide and tell the customer"));
    rosa.meets(&format!("/bills/{june}/dispute"), 404).await;
    // The bill beside it is as disputable as before.
    rosa.meets(&format!("/bills/{may}/dispute"), 200).await;
}

/// Contract: F88, F91
#[actix_web::test]
async fn what_was_decided_is_not_disputed_again_and_only_the_customer_takes_it_back() {
    let house = TestApp::start().await;
    let (rosa, _, june) = two_bills(&house).await;
    let address = format!("/bills/{june}");
    let open = dispute(&rosa.visit(&address).await, "10").await;
    open.submit("Yes, withdraw it").await;
    let open = dispute(&rosa.visit(&address).await, "10").await;
    let manager = house.staff(Role::BillingManager).await;
    let page = manager.visit(&format!("/office{}", open.path)).await;
    let decision = format!("{}/decision", page.path);
    let token = page
        .attribute("input[name=csrf]", "value")
        .expect("a token");
    let reasons = ("reasons", "Because.");
    let withdrawn = [("csrf", token.as_str()), ("outcome", "withdrawn"), reasons];
    assert_eq!(manager.post(&decision, &withdrawn).await.status, 409);
    let decided = page
        .fill("outcome", "upheld")
        .fill("reasons", "The read is right.")
        .submit("Decide and tell the customer")
        .await;
    decided.must_show("The bill stands as it was.");

    let bill = rosa.visit(&address).await;
    bill.must_show("$10.00 of this bill was in dispute. That is decided.");
    assert!(!bill.shows("Does something look wrong?"));
    let again = rosa.visit(&format!("{address}/dispute")).await;
    assert_eq!(again.path, open.path, "the form leads to what was decided");
}

#[actix_web::test]
async fn a_form_that_is_sent_twice_says_it_once() {
    let house = TestApp::start().await;
    let (rosa, _, june) = two_bills(&house).await;
    let open = dispute(&rosa.visit(&format!("/bills/{june}")).await, "10").await;
    let form = open.fill("words", "The meter hums.");
    form.submit("Send message").await;
    let seen = form.submit("Send message").await;
    let said = seen.texts(".thread .words");
    assert_eq!(said, ["The meter hums."]);
    let clerk = house.staff(Role::Csr).await;
    let page = clerk.visit(&format!("/office{}", seen.path)).await;
    let form = page.fill("message", "We look at it.");
    form.submit("Send to the customer").await;
    let page = form.submit("Send to the customer").await;
    assert_eq!(page.texts(".thread .words").len(), 2);
    assert_eq!(house.told(&["request"]).len(), 2, "received, and one word");
}
