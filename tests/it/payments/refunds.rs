//! Refunds that the office orders of what came by the processor: asked for there, written here when it says so, never more than was paid, and above
//! a limit by two people.

use mainstay::domain::exceptions::ExceptionReason;
use mainstay::domain::money::Money;
use mainstay::domain::payments::PaymentState;
use mainstay::domain::refund_orders::RefundState;
use mainstay::domain::staff::Role;
use mainstay::jobs::payment_refunds;
use mainstay::store;
use mainstay::store::payments::PaymentRow;
use mainstay::usecases::payments::{RefundOrder, order_refund};

use crate::support::app::TestApp;
use crate::support::page::Page;
use crate::support::visitor::Visitor;

/// The form that refunds a payment, filled in.
async fn form(clerk: &Visitor, payment: &PaymentRow, amount: &str) -> Page {
    let path = format!("/office/payments/{}", payment.number);
    let page = clerk.visit(&path).await.follow("Refund to the card").await;
    page.fill("amount", amount).fill("reason", "overpaid")
}

/// Contract: F56, F57, F160
#[actix_web::test]
async fn a_card_payment_goes_back_in_parts_and_the_ledger_moves_when_the_processor_says_so() {
    let house = TestApp::start().await;
    let home = house.customer("Rosa").owing("$50.00").moved_in().await;
    let payment = house.paid(home.account, 5_000, "pm_card_visa").await;
    assert_eq!(house.balance(home.account).await, 0);
    let clerk = house.staff(Role::BillingClerk).await;
    let rows = format!("/office/accounts/{}?tab=payments", home.number.as_str());
    clerk
        .visit(&rows)
        .await
        .must_show("Refund to the card or bank");
    let more = form(&clerk, &payment, "50.01").await.submit("Refund").await;
    assert_eq!(more.status, 422);
    more.must_show("No more than $50.00 of this payment can go back.");
    let filled = more.fill("amount", "20.00");
    for _ in 0..2 {
        let sent = filled.submit("Refund").await;
        sent.must_show("The processor has taken the refund.");
    }
    assert_eq!(
        house.balance(home.account).await,
        0,
        "it has not said so yet"
    );
    house.settles().await;
    assert_eq!(house.state(&payment).await, PaymentState::RefundedPart);
    assert_eq!(
        house.balance(home.account).await,
        2_000,
        "once, whatever was sent twice"
    );

    let rest = form(&clerk, &payment, "30.01").await.submit("Refund").await;
    rest.must_show("No more than $30.00 of this payment can go back.");
    rest.fill("amount", "30.00")
        .submit("Refund")
        .await
        .must_show("The processor has taken the refund.");
    house.settles().await;
    assert_eq!(house.state(&payment).await, PaymentState::Refunded);
    assert_eq!(house.balance(home.account).await, 5_000);
    let page = format!("/office/payments/{}/refunds", payment.number);
    clerk
        .visit(&page)
        .await
        .must_show("Nothing of this payment can go back");
    let manager = house.staff(Role::BillingManager).await;
    let audit = format!("/office/accounts/{}?tab=audit", home.number.as_str());
    manager
        .visit(&audit)
        .await
        .must_show("Refund of a payment ordered")
        .must_show("Refund of a payment sent");
}

/// Contract: F4, F56, F160
#[actix_web::test]
async fn a_refund_above_the_limit_is_sent_when_a_second_person_has_decided() {
    let house = TestApp::start().await;
    let home = house.customer("Rosa").owing("$400.00").moved_in().await;
    let payment = house.paid(home.account, 40_000, "pm_card_visa").await;
    let clerk = house.staff(Role::BillingClerk).await;
    let waits = form(&clerk, &payment, "250.00").await;
    let waits = waits.submit("Refund").await;
    waits
        .must_show("The refund waits for a second person.")
        .must_show("You ordered it, so that somebody else decides it.");
    house.settles().await;
    assert_eq!(house.balance(home.account).await, 0);
    // What waits counts: nobody refunds it a second time beside it.
    let beside = form(&clerk, &payment, "160.00").await;
    let beside = beside.submit("Refund").await;
    beside.must_show("No more than $150.00 of this payment can go back.");

    let manager = house.staff(Role::BillingManager).await;
    let queue = manager.visit("/office/corrections").await;
    queue.must_show("Refunds of payments");
    let page = format!("/office/payments/{}/refunds", payment.number);
    let page = manager.visit(&page).await;
    let sent = page.submit("Approve and refund").await;
    sent.must_show("The processor has taken the refund.");
    page.submit("Approve and refund").await;
    house.settles().await;
    assert_eq!(house.balance(home.account).await, 25_000);
    assert_eq!(house.state(&payment).await, PaymentState::RefundedPart);
}

/// Contract: F56, F57
#[actix_web::test]
async fn a_refund_that_fails_is_told_to_the_office_and_can_be_made_anew() {
    let house = TestApp::start().await;
    let home = house.customer("Rosa").owing("$50.00").moved_in().await;
    let payment = house.paid(home.account, 5_000, "pm_card_refundFail").await;
    let clerk = house.staff(Role::BillingClerk).await;
    form(&clerk, &payment, "50.00")
        .await
        .submit("Refund")
        .await
        .must_show("The processor has taken the refund.");
    house.settles().await;
    let told = house
        .app
        .db
        .read(store::exceptions::count_open_by_reason)
        .await
        .expect("the queue is read");
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!(house.balance(home.account).await, 0, "it is on the account");
    let page = format!("/office/payments/{}/refunds", payment.number);
    clerk.visit(&page).await.must_show("$50.00");

    // What did not come by the processor is not offered.
    let form = format!("/office/accounts/{}/payments/new", home.number.as_str());
    let taken = clerk
        .visit(&form)
        .await
        .fill("tender", "cash")
        .fill("amount", "5.00")
        .submit("Take the payment")
        .await;
    assert!(!taken.shows("Refund to the card"), "{}", taken.html);
}

impl TestApp {
    /// Orders a refund whose call to the processor nobody heard of again.
    async fn orders_refund(&self, payment: &PaymentRow, key: &str) -> i64 {
        let order = RefundOrder {
            key: key.to_owned(),
            payment: payment.id,
            amount: Money::from_cents(2_000),
            reason: "overpaid".to_owned(),
            note: String::new(),
            role: Role::BillingManager,
        };
        let (id, state) = self
            .app
            .db
            .write(self.stamp(), move |tx| order_refund(tx, &order))
            .await
            .expect("it is ordered");
        assert_eq!(state, RefundState::Ordered);
        id
    }

    /// The processor takes a refund under the key of one that was ordered here.
    async fn takes_refund(&self, payment: &PaymentRow, key: &str) {
        let intent = self.payment(payment).await.processor_reference;
        let intent = intent.expect("a reference");
        let key = format!("refund-{key}");
        let form = [
            ("payment_intent", intent.as_str()),
            ("amount", "2000"),
            ("metadata[refund_key]", key.as_str()),
        ];
        self.call("refunds", &form).await;
    }

    async fn refund_state(&self, id: i64) -> RefundState {
        let read = move |conn: &mut _| store::payment_refunds::get(conn, id);
        self.app.db.read(read).await.expect("the refund").status
    }

    async fn findings_by_reason(&self) -> Vec<(ExceptionReason, i64)> {
        let count = store::exceptions::count_open_by_reason;
        self.app.db.read(count).await.expect("the queue is read")
    }
}

/// Contract: F56, F57, F160
#[actix_web::test]
async fn a_refund_that_nobody_answered_is_looked_for_before_it_is_given_up() {
    let house = TestApp::start().await;
    let home = house.customer("Rosa").owing("$50.00").moved_in().await;
    let payment = house.paid(home.account, 5_000, "pm_card_visa").await;
    let made = house.orders_refund(&payment, "made").await;
    house.takes_refund(&payment, "made").await;
    let lost = house.orders_refund(&payment, "lost").await;
    house.advance_days(2);
    payment_refunds::run(house.app.clone())
        .await
        .expect("the round is made");
    assert_eq!(house.refund_state(made).await, RefundState::Sent);
    assert_eq!(house.refund_state(lost).await, RefundState::Failed);
    assert_eq!(
        house.findings_by_reason().await,
        [(ExceptionReason::RefundNotTaken, 1)]
    );
    house.settles().await;
    assert_eq!(house.balance(home.account).await, 2_000, "once");
}

/// Contract: F56, F57
#[actix_web::test]
async fn the_processors_message_names_the_refund_that_was_ordered_here() {
    let house = TestApp::start().await;
    let home = house.customer("Rosa").owing("$50.00").moved_in().await;
    let payment = house.paid(home.account, 5_000, "pm_card_visa").await;
    let id = house.orders_refund(&payment, "told").await;
    house.takes_refund(&payment, "told").await;
    house.settles().await;
    assert_eq!(house.refund_state(id).await, RefundState::Sent);
    assert_eq!(house.balance(home.account).await, 2_000);
    assert_eq!(house.findings_by_reason().await, []);
}

/// Contract: F4, F56, F57, F160
#[actix_web::test]
async fn one_accounts_part_of_a_payment_for_several_goes_back_alone() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").owing("$20.00").moved_in().await;
    let ivan = house.customer("Ivan").owing("$400.00").moved_in().await;
    let parts = [(rosa.account, 2_000), (ivan.account, 40_000)];
    let paid = house.paid_together(&parts, "pm_card_visa").await;
    let clerk = house.staff(Role::BillingClerk).await;
    // The whole came to $420.00, and no more than this account's part of it goes back here.
    let more = form(&clerk, &paid[1], "400.01").await;
    more.must_show("one account’s part of a payment for several accounts");
    let more = more.submit("Refund").await;
    assert_eq!(more.status, 422);
    more.must_show("No more than $400.00 of this payment can go back.");
    let waits = more.fill("amount", "250.00").submit("Refund").await;
    waits.must_show("The refund waits for a second person.");
    let manager = house.staff(Role::BillingManager).await;
    let page = format!("/office/payments/{}/refunds", paid[1].number);
    let page = manager.visit(&page).await;
    for _ in 0..2 {
        page.submit("Approve and refund").await;
    }
    for _ in 0..2 {
        house.settles().await;
    }
    assert_eq!(house.balances(&paid).await, [0, 25_000]);
    assert_eq!(
        house.states(&paid).await,
        [PaymentState::Succeeded, PaymentState::RefundedPart]
    );

    let rest = form(&clerk, &paid[1], "150.01").await;
    let rest = rest.submit("Refund").await;
    rest.must_show("No more than $150.00 of this payment can go back.");
    let other = form(&clerk, &paid[0], "20.01").await;
    let other = other.submit("Refund").await;
    other.must_show("No more than $20.00 of this payment can go back.");
    let other = other.fill("amount", "20.00").submit("Refund").await;
    other.must_show("The processor has taken the refund.");
    house.settles().await;
    assert_eq!(house.balances(&paid).await, [2_000, 25_000]);
    assert_eq!(
        house.states(&paid).await,
        [PaymentState::Refunded, PaymentState::RefundedPart]
    );
    house.is_sound().await;
}

/// Contract: F56, F57
#[actix_web::test]
async fn a_refund_of_one_part_that_fails_is_held_again_on_its_account_alone() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").owing("$20.00").moved_in().await;
    let ivan = house.customer("Ivan").owing("$10.00").moved_in().await;
    let parts = [(rosa.account, 2_000), (ivan.account, 1_000)];
    let paid = house.paid_together(&parts, "pm_card_refundFail").await;
    let clerk = house.staff(Role::BillingClerk).await;
    let sent = form(&clerk, &paid[1], "10.00").await;
    sent.submit("Refund")
        .await
        .must_show("The processor has taken the refund.");
    house.settles().await;
    assert_eq!(house.balances(&paid).await, [0, 0]);
    assert_eq!(house.states(&paid).await, [PaymentState::Succeeded; 2]);
    assert_eq!(house.open_findings("refund_failed").await, 1);
    house.is_sound().await;
}
