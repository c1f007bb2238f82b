//! Where the money of a payment for several accounts is, whatever the processor's messages, the banks and the cardholders do.

use std::time::Duration;

use diesel::connection::SimpleConnection;
use mainstay::domain::entries::Event;
use mainstay::domain::gl::Role;
use mainstay::domain::ids::AccountId;
use mainstay::domain::ledger::{Source, SourceKind};
use mainstay::domain::money::Money;
use mainstay::domain::payments::joint::{JointRequest, Part};
use mainstay::domain::payments::{PaymentRequest, PaymentState, Tender};
use mainstay::jobs::provider_events;
use mainstay::store;
use mainstay::store::db::{Conn, Tx};
use mainstay::store::error::StoreError;
use mainstay::store::payments::PaymentRow;
use mainstay::usecases::books;
use mainstay::usecases::integrity;
use mainstay::usecases::ledger::PostingError;
use mainstay::usecases::payments::{give_up_unopened, request_joint_payment, request_payment};
use mainstay::usecases::reversals::refund_credit;
use mainstay::usecases::sandbox::till::Switches;

use crate::support::app::TestApp;

const ALL_WRONG: Switches = Switches {
    duplicates: true,
    reorder: true,
    drop: false,
};

/// Contract: F56, F57
#[actix_web::test]
async fn whatever_the_messages_do_each_part_is_posted_once() {
    let house = TestApp::start().await;
    house.switches(ALL_WRONG).await;
    let rosa = house.customer("Rosa").owing("$84.10").moved_in().await;
    let ivan = house.customer("Ivan").owing("$12.00").moved_in().await;
    let parts = [(rosa.account, 8_410), (ivan.account, 1_200)];
    let paid = house.paid_together(&parts, "pm_card_visa").await;
    assert_eq!(house.states(&paid).await, [PaymentState::Succeeded; 2]);
    assert_eq!(house.balances(&paid).await, [0, 0]);
    for part in &paid {
        assert_eq!(house.entries(part.account_id).await.len(), 2);
        assert_eq!(
            part.tender_label.as_deref(),
            Some("Visa \u{2022}\u{2022}4242")
        );
    }
    // One charge, one fee: 2.9 % of $96.10 and 30 cents.
    assert_eq!(house.posted(Role::ProcessorFees, "GENERAL").await, 309);
    house.is_in_balance().await;
}

#[actix_web::test]
async fn messages_that_were_lost_or_early_lose_no_part() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").owing("$84.10").moved_in().await;
    let ivan = house.customer("Ivan").owing("$12.00").moved_in().await;
    let parts = [(rosa.account, 8_410), (ivan.account, 1_200)];
    // The message overtakes our own commit.
    let early = house.requests_together(&parts).await;
    let mut whole = early[0].clone();
    whole.amount = early.iter().map(|part| part.amount).sum();
    let session = house.opens(&whole).await;
    house.pays(&session, "pm_card_visa").await;
    house.settles().await;
    assert_eq!(house.states(&early).await, [PaymentState::Succeeded; 2]);
    house.remembers(&early[0], &session).await;

    house
        .switches(Switches {
            drop: true,
            ..Switches::default()
        })
        .await;
    let lost = house.paid_together(&parts, "pm_card_visa").await;
    assert_eq!(house.states(&lost).await, [PaymentState::Requested; 2]);
    house.advance_days(1);
    provider_events::poll_once(&house.app, &house.desk())
        .await
        .expect("the poller asks");
    house.settles().await;
    assert_eq!(house.states(&lost).await, [PaymentState::Succeeded; 2]);
    assert_eq!(house.balances(&lost).await, [-8_410, -1_200]);
    house.is_in_balance().await;
}

#[actix_web::test]
async fn a_worker_that_dies_anywhere_posts_every_part_once() {
    let house = TestApp::start().await;
    house.switches(ALL_WRONG).await;
    let mut paid = Vec::new();
    for turn in 0..12_u64 {
        let rosa = house.customer("Rosa").owing("$5.00").moved_in().await;
        let ivan = house.customer("Ivan").owing("$7.00").moved_in().await;
        let parts = house
            .requests_together(&[(rosa.account, 100), (ivan.account, 200)])
            .await;
        let session = house.opens_together(&parts).await;
        house.pays(&session, "pm_card_visa").await;
        paid.extend(parts);
        let dies_after = Duration::from_micros(turn * turn * 311 + turn * 977);
        let both = async {
            loop {
                let sent = mainstay::jobs::sandbox::work_once(&house.app, &house.sandbox()).await;
                let worked = provider_events::work_once(&house.app, &house.desk()).await;
                assert!(sent.is_ok() && worked.is_ok());
            }
        };
        drop(tokio::time::timeout(dies_after, both).await);
    }
    house.advance_days(1);
    house.settles().await;
    for part in &paid {
        assert_eq!(house.state(part).await, PaymentState::Succeeded);
        assert_eq!(house.entries(part.account_id).await.len(), 2);
    }
    house.is_sound().await;
}

/// Contract: F56
#[actix_web::test]
async fn a_returned_bank_payment_is_owed_again_on_each_account_with_one_fee() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").owing("$84.10").moved_in().await;
    let ivan = house.customer("Ivan").owing("$12.00").moved_in().await;
    let parts = [(rosa.account, 8_410), (ivan.account, 1_200)];
    let paid = house
        .paid_together(&parts, "pm_usBankAccount_dispute")
        .await;
    assert_eq!(house.states(&paid).await, [PaymentState::Processing; 2]);
    assert_eq!(house.pending(ivan.account).await, 1_200);
    house.advance_days(5);
    house.settles().await;
    assert_eq!(house.states(&paid).await, [PaymentState::Returned; 2]);
    // One payment came back: its fee is charged once, on the first account.
    assert_eq!(house.balances(&paid).await, [8_410 + 2_500, 1_200]);
    let told = house.told(&["payment_returned"]);
    assert_eq!(told.len(), 2, "{told:?}");
    house.is_in_balance().await;
}

#[actix_web::test]
async fn a_bank_that_refuses_leaves_every_debt_as_it_was() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").owing("$84.10").moved_in().await;
    let ivan = house.customer("Ivan").owing("$12.00").moved_in().await;
    let parts = [(rosa.account, 8_410), (ivan.account, 1_200)];
    let paid = house
        .paid_together(&parts, "pm_usBankAccount_insufficientFunds")
        .await;
    house.advance_days(3);
    house.settles().await;
    assert_eq!(house.states(&paid).await, [PaymentState::Failed; 2]);
    assert_eq!(house.balances(&paid).await, [8_410, 1_200]);
    assert_eq!(house.pending(rosa.account).await, 0);
    house.is_sound().await;
}

/// Contract: F56, F57
#[actix_web::test]
async fn refunds_go_back_of_each_part_by_what_is_left_of_it_to_the_cent() {
    let house = TestApp::start().await;
    house.switches(ALL_WRONG).await;
    let rosa = house.customer("Rosa").owing("$20.00").moved_in().await;
    let ivan = house.customer("Ivan").owing("$10.00").moved_in().await;
    let greta = house.customer("Greta").owing("$0.02").moved_in().await;
    let parts = [
        (rosa.account, 2_000),
        (ivan.account, 1_000),
        (greta.account, 2),
    ];
    let paid = house.paid_together(&parts, "pm_card_visa").await;
    house.refunds(&paid[0], 100).await;
    assert_eq!(house.balances(&paid).await, [67, 33, 0]);
    assert_eq!(house.state(&paid[2]).await, PaymentState::Succeeded);
    house.is_in_balance().await;
    house.refunds(&paid[0], 2_902).await;
    assert_eq!(house.balances(&paid).await, [2_000, 1_000, 2]);
    assert_eq!(house.states(&paid).await, [PaymentState::Refunded; 3]);
    house.is_in_balance().await;
}

#[actix_web::test]
async fn a_refund_that_fails_is_held_again_on_the_accounts_that_gave_it() {
    let house = TestApp::start().await;
    house.switches(ALL_WRONG).await;
    let rosa = house.customer("Rosa").owing("$20.00").moved_in().await;
    let ivan = house.customer("Ivan").owing("$10.00").moved_in().await;
    let parts = [(rosa.account, 2_000), (ivan.account, 1_000)];
    let paid = house.paid_together(&parts, "pm_card_refundFail").await;
    house.refunds(&paid[0], 1_001).await;
    house.advance_days(1);
    house.settles().await;
    assert_eq!(house.balances(&paid).await, [0, 0]);
    assert_eq!(house.states(&paid).await, [PaymentState::Succeeded; 2]);
    // Each account shows the office that its money is here again.
    assert_eq!(house.open_findings("refund_failed").await, 2);
    house.is_in_balance().await;
}

/// Contract: F56, F57
#[actix_web::test]
async fn a_refund_takes_what_is_held_before_anything_is_owed_again() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").owing("$20.00").moved_in().await;
    let ivan = house.customer("Ivan").owing("$10.00").moved_in().await;
    let parts = [(rosa.account, 2_000), (ivan.account, 1_500)];
    let paid = house.paid_together(&parts, "pm_card_visa").await;
    assert_eq!(house.balances(&paid).await, [0, -500]);
    house.refunds(&paid[0], 500).await;
    assert_eq!(house.balances(&paid).await, [0, 0]);
    house.refunds(&paid[0], 300).await;
    assert_eq!(house.balances(&paid).await, [200, 100]);
    house.is_in_balance().await;
}

/// Contract: F56, F57
#[actix_web::test]
async fn a_refund_of_what_was_held_and_is_spent_comes_off_what_it_paid() {
    let house = TestApp::start().await;
    house.switches(ALL_WRONG).await;
    let rosa = house.customer("Rosa").owing("$50.00").moved_in().await;
    let ivan = house.customer("Ivan").moved_in().await;
    let parts = [(rosa.account, 5_000), (ivan.account, 5_000)];
    let paid = house.paid_together(&parts, "pm_card_visa").await;
    assert_eq!(house.balances(&paid).await, [0, -5_000]);
    // His next debt takes all that was held for him.
    house.owes(ivan.account, "$70.00", 20).await;
    assert_eq!(house.balances(&paid).await, [0, 2_000]);
    house.refunds(&paid[0], 5_000).await;
    assert_eq!(house.balances(&paid).await, [2_500, 4_500]);
    assert_eq!(house.states(&paid).await, [PaymentState::RefundedPart; 2]);
    house.refunds(&paid[0], 5_000).await;
    assert_eq!(house.balances(&paid).await, [5_000, 7_000]);
    assert_eq!(house.states(&paid).await, [PaymentState::Refunded; 2]);
    assert_eq!(house.open_findings("event_failed").await, 0);
    house.is_in_balance().await;
}

/// Contract: F56, F57
#[actix_web::test]
async fn a_refund_leaves_alone_whoever_was_paid_out_while_another_part_pays_debts() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").owing("$50.00").moved_in().await;
    let ivan = house.customer("Ivan").moved_in().await;
    let parts = [(rosa.account, 5_000), (ivan.account, 5_000)];
    let paid = house.paid_together(&parts, "pm_card_visa").await;
    house.pays_out(ivan.account, 5_000).await;
    assert_eq!(house.balances(&paid).await, [0, 0]);
    house.refunds(&paid[0], 5_000).await;
    assert_eq!(house.balances(&paid).await, [5_000, 0]);
    // What goes back beyond that is his to pay.
    house.refunds(&paid[0], 5_000).await;
    assert_eq!(house.balances(&paid).await, [5_000, 5_000]);
    assert_eq!(house.open_findings("event_failed").await, 0);
    house.is_in_balance().await;
}

#[actix_web::test]
async fn the_office_sees_the_processors_lines_on_every_part() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").owing("$20.00").moved_in().await;
    let ivan = house.customer("Ivan").owing("$10.00").moved_in().await;
    let parts = [(rosa.account, 2_000), (ivan.account, 1_000)];
    let paid = house.paid_together(&parts, "pm_card_visa").await;
    for part in &paid {
        let number = part.number.to_string();
        let find = move |conn: &mut Conn| store::account_history::find_payment(conn, &number);
        let found = house.app.db.read(find).await.expect("it is read");
        let lines = found.expect("a payment").lines;
        assert_eq!(lines.len(), 1, "{}", part.number);
        assert_eq!(lines[0].amount.cents(), 3_000);
    }
}

/// Contract: F56
#[actix_web::test]
async fn a_lost_dispute_is_owed_again_on_each_account_and_a_won_one_on_none() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").owing("$84.10").moved_in().await;
    let ivan = house.customer("Ivan").owing("$12.00").moved_in().await;
    let parts = [(rosa.account, 8_410), (ivan.account, 1_200)];
    let lost = house.paid_together(&parts, "pm_card_createDispute").await;
    assert_eq!(house.posted(Role::DisputedPayments, "POOL").await, 9_610);
    // Each account shows the office that its payment is disputed.
    assert_eq!(house.open_disputes().await, 2);
    let dispute = house.dispute_of(&lost[0]).await;
    house.call(&format!("disputes/{dispute}/close"), &[]).await;
    house.settles().await;
    assert_eq!(house.states(&lost).await, [PaymentState::ChargedBack; 2]);
    assert_eq!(house.balances(&lost).await, [8_410, 1_200]);
    assert_eq!(house.open_disputes().await, 0);
    assert_eq!(house.posted(Role::DisputedPayments, "POOL").await, 0);

    let won = house.paid_together(&parts, "pm_card_createDispute").await;
    let dispute = house.dispute_of(&won[0]).await;
    let evidence = [("evidence[uncategorized_text]", "winning_evidence")];
    house.call(&format!("disputes/{dispute}"), &evidence).await;
    house.settles().await;
    assert_eq!(house.balances(&won).await, [0, 0]);
    assert_eq!(house.open_disputes().await, 0);
    house.is_in_balance().await;
}

#[actix_web::test]
async fn what_was_asked_for_and_never_opened_is_given_up_whole() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").owing("$84.10").moved_in().await;
    let ivan = house.customer("Ivan").owing("$12.00").moved_in().await;
    let parts = [(rosa.account, 8_410), (ivan.account, 1_200)];
    let unopened = house.requests_together(&parts).await;
    // Whoever asks for one of the accounts takes the place of the whole.
    house.requests(ivan.account, 1_200).await;
    assert_eq!(house.states(&unopened).await, [PaymentState::Canceled; 2]);

    let old = house.requests_together(&parts).await;
    house.advance_days(2);
    let give_up = |tx: &mut Tx<'_>| give_up_unopened(tx, "sandbox", 100);
    let given_up = house.app.db.write(house.stamp(), give_up).await;
    assert_eq!(given_up.expect("given up"), 1);
    assert_eq!(house.states(&old).await, [PaymentState::Canceled; 2]);
    house.is_sound().await;
}

#[actix_web::test]
async fn the_same_form_sent_twice_at_once_asks_once() {
    let house = TestApp::start().await;
    for turn in 0..5 {
        let rosa = house.customer("Rosa").owing("$84.10").moved_in().await;
        let ivan = house.customer("Ivan").owing("$12.00").moved_in().await;
        let part = |account_id, cents| Part {
            account_id,
            amount: Money::from_cents(cents),
        };
        let request = JointRequest {
            parts: vec![part(rosa.account, 8_410), part(ivan.account, 1_200)],
            tender: Tender::Card,
            request_key: format!("at-once-{turn}"),
            is_sure: true,
        };
        let (one, other) = (request.clone(), request);
        let db = &house.app.db;
        let one = db.write(house.stamp(), move |tx: &mut Tx<'_>| {
            request_joint_payment(tx, &one, "sandbox")
        });
        let other = db.write(house.stamp(), move |tx: &mut Tx<'_>| {
            request_joint_payment(tx, &other, "sandbox")
        });
        let (one, other) = tokio::join!(one, other);
        let (one, other) = (one.expect("asked for"), other.expect("asked for"));
        assert_eq!(one[0].id, other[0].id);

        let request = PaymentRequest {
            account_id: house.customer("Greta").moved_in().await.account,
            amount: Money::from_cents(500),
            tender: Tender::Card,
            request_key: format!("alone-at-once-{turn}"),
            is_sure: true,
        };
        let (one, other) = (request.clone(), request);
        let one = db.write(house.stamp(), move |tx: &mut Tx<'_>| {
            request_payment(tx, &one, "sandbox")
        });
        let other = db.write(house.stamp(), move |tx: &mut Tx<'_>| {
            request_payment(tx, &other, "sandbox")
        });
        let (one, other) = tokio::join!(one, other);
        assert_eq!(one.expect("asked for").id, other.expect("asked for").id);
    }
    house.is_sound().await;
}

#[actix_web::test]
async fn a_whole_that_is_not_its_parts_is_found() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").owing("$84.10").moved_in().await;
    let ivan = house.customer("Ivan").owing("$12.00").moved_in().await;
    let parts = [(rosa.account, 8_410), (ivan.account, 1_200)];
    house.requests_together(&parts).await;
    house.is_sound().await;
    house.sets_whole(9_611).await;
    let today = house.app.clock.today();
    let check = move |conn: &mut Conn| integrity::check(conn, today);
    let broken = house.app.db.read(check).await.expect("the house is read");
    assert_eq!(broken.len(), 1, "{broken:?}");
    assert!(broken[0].facts.contains("9611"), "{broken:?}");
    house.sets_whole(9_610).await;

    // Parts that fell apart are found, too.
    house.sets_last_part("canceled").await;
    let check = move |conn: &mut Conn| integrity::check(conn, today);
    let broken = house.app.db.read(check).await.expect("the house is read");
    let apart = |found: &integrity::Finding| found.invariant.contains("made as one");
    assert!(broken.iter().any(apart), "{broken:?}");
    house.sets_last_part("requested").await;
}

impl TestApp {
    /// Somebody changes past the house what the wholes of all payments come to.
    async fn sets_whole(&self, cents: i64) {
        let set = move |tx: &mut Tx<'_>| -> Result<(), StoreError> {
            let sql = format!("UPDATE joint_payments SET amount_cents = {cents}");
            Ok(tx.conn().batch_execute(&sql)?)
        };
        let changed = self.app.db.write(self.stamp(), set).await;
        changed.expect("it is changed");
    }

    /// Somebody changes past the house where the second part of all payments stands.
    async fn sets_last_part(&self, state: &'static str) {
        let set = move |tx: &mut Tx<'_>| -> Result<(), StoreError> {
            let sql = format!("UPDATE payments SET state = '{state}' WHERE joint_place = 1");
            Ok(tx.conn().batch_execute(&sql)?)
        };
        let changed = self.app.db.write(self.stamp(), set).await;
        changed.expect("it is changed");
    }

    /// The office pays out what is held for a customer.
    async fn pays_out(&self, account: AccountId, cents: i64) {
        let key = i64::from(self.next_number());
        let pay_out = move |tx: &mut Tx<'_>| -> Result<(), PostingError> {
            let on = tx.stamp.on;
            let books = books::open(tx, on)?;
            let source = Source {
                kind: SourceKind::Adjustment,
                id: key,
            };
            let event = Event {
                account,
                source,
                on,
                memo: None,
            };
            refund_credit(tx, &books, &event, Money::from_cents(cents), Role::Bank)?;
            Ok(())
        };
        let paid = self.app.db.write(self.stamp(), pay_out).await;
        paid.expect("it is paid out");
    }

    /// The processor gives some of a payment back.
    async fn refunds(&self, payment: &PaymentRow, cents: i64) {
        let intent = payment.processor_reference.clone().expect("a reference");
        let amount = cents.to_string();
        self.call(
            "refunds",
            &[("payment_intent", &intent), ("amount", &amount)],
        )
        .await;
        self.settles().await;
    }

    /// The clearing is what the processor holds, line by line, and no invariant is broken.
    async fn is_in_balance(&self) {
        self.reads_account().await;
        self.reads_account().await;
        assert_eq!(
            self.posted(Role::ProcessorClearing, "POOL").await,
            self.at_processor().await
        );
        self.is_sound().await;
    }
}
