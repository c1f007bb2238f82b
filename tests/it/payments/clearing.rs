//! The utility's account at the processor in the books: fees, payouts, disputes; to the cent what the processor holds.

use mainstay::domain::gl::{Chart, Role};
use mainstay::domain::ids::AccountId;
use mainstay::domain::money::Money;
use mainstay::domain::payments::PaymentState;
use mainstay::domain::payments::lines::{LineKind, LineSeen};
use mainstay::domain::payments::seen::{
    DisputeSeen, DisputeStatus, IntentSeen, IntentStatus, Seen, SessionStatus,
};
use mainstay::jobs::processor_account;
use mainstay::store;
use mainstay::store::db::{Conn, Tx};
use mainstay::store::error::StoreError;
use mainstay::store::payments::PaymentRow;
use mainstay::usecases::integrity;
use mainstay::usecases::payments::bring_up_to_date;
use mainstay::usecases::sandbox::till::Switches;

use crate::support::app::TestApp;

impl TestApp {
    /// Somebody pays by a test instrument, and everything that follows today has happened.
    pub(super) async fn paid(&self, account: AccountId, cents: i64, alias: &str) -> PaymentRow {
        let payment = self.requests(account, cents).await;
        let session = self.opens(&payment).await;
        self.remembers(&payment, &session).await;
        self.pays(&session, alias).await;
        self.settles().await;
        self.payment(&payment).await
    }

    /// The processor says that a payment succeeded, by no line of its account, and how it is disputed.
    async fn reads_as(&self, payment: &PaymentRow, disputes: Vec<DisputeSeen>) {
        let (id, on) = (payment.id, self.app.clock.today());
        let seen = Seen {
            session: Some(SessionStatus::Complete),
            intent: Some(IntentSeen {
                reference: format!("pi_{}", payment.number),
                status: IntentStatus::Succeeded,
                amount: payment.amount,
                instrument: None,
                given_at: self.app.clock.now(),
                failure: None,
                line: None,
                disputes,
                refunds: Vec::new(),
            }),
        };
        let bring = move |tx: &mut Tx<'_>| bring_up_to_date(tx, id, &seen, on);
        let brought = self.app.db.write(self.stamp(), bring).await;
        brought.expect("it stands as the processor says");
    }

    /// What an account of the books came to in a fund, by all that was ever posted.
    pub async fn posted(&self, role: Role, fund: &str) -> i64 {
        let by = self.app.clock.today() + chrono::Days::new(30);
        let balances = self
            .app
            .db
            .read(move |conn: &mut Conn| -> Result<_, StoreError> {
                store::reports::journal::balances(conn, by)
            })
            .await
            .expect("the books can be read");
        let place = (
            Chart::standard().code(role).clone(),
            fund.parse().expect("a fund"),
        );
        balances.get(&place).copied().unwrap_or_default().cents()
    }

    /// What the processor says it holds.
    pub async fn at_processor(&self) -> i64 {
        let balance = self.desk().stripe.balance().await;
        balance.expect("the processor says").cents()
    }

    pub async fn reads_account(&self) {
        let read = processor_account::read_once(&self.app, &self.desk()).await;
        read.expect("the account is read");
    }

    pub async fn dispute_of(&self, payment: &PaymentRow) -> String {
        let intent = payment.processor_reference.clone().expect("a reference");
        let found = self
            .look(&format!("disputes?payment_intent={intent}"))
            .await;
        found["data"][0]["id"]
            .as_str()
            .expect("a dispute")
            .to_owned()
    }

    pub async fn open_disputes(&self) -> usize {
        self.open_findings("payment_disputed").await
    }

    /// How much in the queue waits for a person for a reason.
    pub async fn open_findings(&self, reason: &str) -> usize {
        let filter = store::exceptions::Filter {
            status: Some(mainstay::domain::exceptions::ExceptionStatus::Open),
            ..store::exceptions::Filter::default()
        };
        let rows = self
            .app
            .db
            .read(move |conn| store::exceptions::list(conn, &filter, 50, 0))
            .await
            .expect("the queue can be read");
        rows.iter()
            .filter(|row| row.reason.as_str() == reason)
            .count()
    }
}

/// Contract: F56, F57
#[actix_web::test]
async fn fees_are_what_the_processor_kept_and_payouts_empty_the_clearing() {
    let house = TestApp::start().await;
    let home = house.customer("Rosa").owing("$900.00").moved_in().await;
    house.paid(home.account, 8_410, "pm_card_visa").await;
    // 2.9 % and 30 cents of a card.
    assert_eq!(house.posted(Role::ProcessorFees, "GENERAL").await, 274);
    assert_eq!(
        house.posted(Role::ProcessorClearing, "POOL").await,
        8_410 - 274
    );
    house
        .paid(home.account, 70_000, "pm_usBankAccount_success")
        .await;

    for _ in 0..3 {
        house.advance_days(1);
        house.settles().await;
    }
    // 0.8 % of a bank payment, and never more than $5.
    assert_eq!(
        house.posted(Role::ProcessorFees, "GENERAL").await,
        274 + 500
    );
    house.reads_account().await;
    let paid_out = 8_410 - 274 + 70_000 - 500;
    assert_eq!(house.posted(Role::Bank, "POOL").await, paid_out);
    assert_eq!(house.posted(Role::ProcessorClearing, "POOL").await, 0);
    assert_eq!(house.at_processor().await, 0);
}

/// Contract: F57
#[actix_web::test]
async fn what_no_message_told_of_is_found_line_by_line() {
    let house = TestApp::start().await;
    let home = house.customer("Rosa").owing("$84.10").moved_in().await;
    house
        .switches(Switches {
            drop: true,
            ..Switches::default()
        })
        .await;
    let payment = house.paid(home.account, 8_410, "pm_card_visa").await;
    assert_eq!(payment.state, PaymentState::Requested);
    mainstay::jobs::provider_events::poll_once(&house.app, &house.desk())
        .await
        .expect("the poller asks");
    house.settles().await;
    house.advance_days(1);
    house.settles().await;
    house.reads_account().await;
    house.reads_account().await;
    assert_eq!(house.state(&payment).await, PaymentState::Succeeded);
    assert_eq!(house.posted(Role::Bank, "POOL").await, 8_410 - 274);
    assert_eq!(house.posted(Role::ProcessorClearing, "POOL").await, 0);
}

#[actix_web::test]
async fn a_disputed_card_payment_is_held_back_and_comes_again_when_it_is_won() {
    let house = TestApp::start().await;
    let home = house.customer("Rosa").owing("$84.10").moved_in().await;
    let payment = house
        .paid(home.account, 8_410, "pm_card_createDispute")
        .await;
    assert_eq!(payment.state, PaymentState::Succeeded);
    assert_eq!(house.posted(Role::DisputedPayments, "POOL").await, 8_410);
    assert_eq!(house.posted(Role::DisputeFees, "GENERAL").await, 1_500);
    assert_eq!(house.balance(home.account).await, 0);
    assert_eq!(house.open_disputes().await, 1);
    assert_eq!(
        house.posted(Role::ProcessorClearing, "POOL").await,
        house.at_processor().await
    );

    let dispute = house.dispute_of(&payment).await;
    let evidence = [("evidence[uncategorized_text]", "winning_evidence")];
    house.call(&format!("disputes/{dispute}"), &evidence).await;
    house.settles().await;
    assert_eq!(house.state(&payment).await, PaymentState::Succeeded);
    assert_eq!(house.posted(Role::DisputedPayments, "POOL").await, 0);
    assert_eq!(house.open_disputes().await, 0);
    // The processor keeps its fee, though the dispute is won.
    assert_eq!(house.posted(Role::DisputeFees, "GENERAL").await, 1_500);
    assert_eq!(
        house.posted(Role::ProcessorClearing, "POOL").await,
        house.at_processor().await
    );
}

#[actix_web::test]
async fn a_lost_dispute_is_owed_again_out_of_what_was_held_back() {
    let house = TestApp::start().await;
    let home = house.customer("Rosa").owing("$84.10").moved_in().await;
    let payment = house
        .paid(home.account, 8_410, "pm_card_createDispute")
        .await;
    let dispute = house.dispute_of(&payment).await;
    house.call(&format!("disputes/{dispute}/close"), &[]).await;
    house.settles().await;
    assert_eq!(house.state(&payment).await, PaymentState::ChargedBack);
    assert_eq!(house.posted(Role::DisputedPayments, "POOL").await, 0);
    assert_eq!(house.balance(home.account).await, 8_410);
    assert_eq!(house.open_disputes().await, 0);
    assert_eq!(
        house.posted(Role::ProcessorClearing, "POOL").await,
        house.at_processor().await
    );
}

#[actix_web::test]
async fn returns_refunds_and_failed_refunds_leave_the_clearing_as_the_processor_holds_it() {
    let house = TestApp::start().await;
    let home = house.customer("Rosa").owing("$300.00").moved_in().await;
    house
        .paid(home.account, 9_000, "pm_usBankAccount_dispute")
        .await;
    let card = house.paid(home.account, 5_000, "pm_card_visa").await;
    let failing = house.paid(home.account, 4_000, "pm_card_refundFail").await;
    for (payment, cents) in [(&card, "1500"), (&failing, "4000")] {
        let intent = payment.processor_reference.clone().expect("a reference");
        house
            .call("refunds", &[("payment_intent", &intent), ("amount", cents)])
            .await;
        house.settles().await;
    }
    for _ in 0..4 {
        house.advance_days(1);
        house.settles().await;
        house.reads_account().await;
        assert_eq!(
            house.posted(Role::ProcessorClearing, "POOL").await,
            house.at_processor().await
        );
    }
    // The bank's return cost $4, and its fee is the customer's.
    assert_eq!(house.posted(Role::DisputeFees, "GENERAL").await, 400);
    assert_eq!(
        house.balance(home.account).await,
        30_000 - 3_500 - 4_000 + 2_500
    );
}

/// Contract: F56, F57
#[actix_web::test]
async fn a_refund_of_what_was_held_and_is_spent_is_owed_on_what_it_paid() {
    let house = TestApp::start().await;
    let home = house.customer("Rosa").owing("$20.00").moved_in().await;
    let payment = house.paid(home.account, 5_000, "pm_card_visa").await;
    assert_eq!(house.balance(home.account).await, -3_000);
    house.owes(home.account, "$80.00", 20).await;
    assert_eq!(house.balance(home.account).await, 5_000);
    let intent = payment.processor_reference.clone().expect("a reference");
    for (cents, owed) in [("1500", 6_500), ("3500", 10_000)] {
        house
            .call("refunds", &[("payment_intent", &intent), ("amount", cents)])
            .await;
        house.settles().await;
        assert_eq!(house.balance(home.account).await, owed);
    }
    assert_eq!(house.state(&payment).await, PaymentState::Refunded);
    assert_eq!(house.open_findings("event_failed").await, 0);
    assert_eq!(
        house.posted(Role::ProcessorClearing, "POOL").await,
        house.at_processor().await
    );
}

/// Contract: F56
#[actix_web::test]
async fn a_dispute_of_part_that_is_lost_after_what_was_held_is_spent_is_owed_on_what_it_paid() {
    let house = TestApp::start().await;
    let home = house.customer("Rosa").moved_in().await;
    let payment = house.requests(home.account, 5_000).await;
    house.remembers(&payment, "cs_test_part").await;
    house.reads_as(&payment, Vec::new()).await;
    assert_eq!(house.balance(home.account).await, -5_000);
    house.owes(home.account, "$50.00", 20).await;
    assert_eq!(house.balance(home.account).await, 0);
    let reference = "dp_part".to_owned();
    let lost = DisputeSeen {
        reference: reference.clone(),
        status: DisputeStatus::Lost,
        amount: Money::from_cents(3_000),
        reason: "fraudulent".to_owned(),
        lines: vec![LineSeen {
            reference: "txn_part".to_owned(),
            kind: LineKind::Dispute,
            amount: Money::from_cents(-3_000),
            fee: Money::ZERO,
            created_at: house.app.clock.now(),
            source: Some(reference),
            intent: None,
        }],
    };
    house.reads_as(&payment, vec![lost]).await;
    assert_eq!(house.state(&payment).await, PaymentState::ChargedBack);
    assert_eq!(house.balance(home.account).await, 3_000);
    assert_eq!(house.posted(Role::DisputedPayments, "POOL").await, 0);
}

/// A payment that was taken over from an earlier system has no line at the processor; the account was not read yet when it was posted.
#[actix_web::test]
async fn money_that_came_before_the_account_was_first_read_needs_no_line() {
    let house = TestApp::start().await;
    let home = house.customer("Rosa").owing("$50.00").moved_in().await;
    let payment = house.requests(home.account, 5_000).await;
    house.remembers(&payment, "cs_test_before").await;
    house.reads_as(&payment, Vec::new()).await;
    assert_eq!(house.balance(home.account).await, 0);
    for _ in 0..3 {
        house.advance_days(1);
        house.reads_account().await;
    }
    let today = house.app.clock.today();
    let broken = house.app.db.read(move |conn| integrity::check(conn, today));
    let broken = broken.await.expect("the house is read");
    assert!(broken.is_empty(), "{broken:?}");
}
