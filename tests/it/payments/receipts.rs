//! Money that comes by other ways than the processor: at the counter, by lockbox, all of a day at once; and what is taken back of it.

use mainstay::domain::gl::{Chart, Role};
use mainstay::domain::ids::{AccountId, PaymentId};
use mainstay::domain::money::Money;
use mainstay::domain::payments::{Channel, ClearedPayment, Tender};
use mainstay::store;
use mainstay::store::db::Conn;
use mainstay::store::error::StoreError;
use mainstay::usecases::payments::{PaymentError, TakenBack, receive_payments, take_payment_back};

use crate::support::app::TestApp;

impl TestApp {
    /// Money as the counter or the lockbox hands it in.
    pub fn cleared(
        &self,
        account: AccountId,
        cents: i64,
        way: (Channel, Tender),
    ) -> ClearedPayment {
        ClearedPayment {
            account_id: account,
            amount: Money::from_cents(cents),
            channel: way.0,
            tender: way.1,
            received_on: self.app.clock.today(),
            reference: format!("slip-{}", self.next_number()),
            label: None,
        }
    }

    pub async fn receives(&self, batch: &[ClearedPayment]) -> Result<Vec<PaymentId>, PaymentError> {
        let batch = batch.to_vec();
        self.app
            .db
            .write(self.stamp(), move |tx| receive_payments(tx, &batch))
            .await
    }

    async fn takes_back(&self, payment: PaymentId, why: TakenBack) -> Result<(), PaymentError> {
        self.app
            .db
            .write(self.stamp(), move |tx| {
                take_payment_back(tx, payment, why, "NSF").map(drop)
            })
            .await
    }

    /// What an account of the books holds, in the pool.
    pub async fn in_books(&self, role: Role) -> i64 {
        let by = self.app.clock.today();
        let balances = self
            .app
            .db
            .read(move |conn: &mut Conn| -> Result<_, StoreError> {
                store::reports::journal::balances(conn, by)
            })
            .await
            .expect("the books can be read");
        let chart = Chart::standard();
        let place = (chart.code(role).clone(), chart.pool().clone());
        balances.get(&place).copied().unwrap_or_default().cents()
    }
}

/// Contract: F56, F58
#[actix_web::test]
async fn a_days_cash_checks_and_lockbox_post_to_their_own_clearings() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").owing("$84.10").moved_in().await;
    let ivan = house.customer("Ivan").owing("$30.00").moved_in().await;
    let batch = [
        house.cleared(rosa.account, 2_000, (Channel::Office, Tender::Cash)),
        house.cleared(ivan.account, 3_500, (Channel::Lockbox, Tender::Check)),
        house.cleared(rosa.account, 6_410, (Channel::DropBox, Tender::Check)),
        house.cleared(ivan.account, 1_000, (Channel::Phone, Tender::Card)),
    ];
    let first = house.receives(&batch).await.expect("the day is posted");
    // The same day handed in again changes nothing.
    let again = house.receives(&batch).await.expect("the day is known");
    assert_eq!(first, again);

    assert_eq!(house.balance(rosa.account).await, 0);
    assert_eq!(house.balance(ivan.account).await, -1_500);
    assert_eq!(house.in_books(Role::CashDrawer).await, 8_410);
    assert_eq!(house.in_books(Role::LockboxClearing).await, 3_500);
    assert_eq!(house.in_books(Role::TerminalClearing).await, 1_000);
}

/// Contract: F59
#[actix_web::test]
async fn part_of_what_is_owed_pays_the_oldest_bill_first() {
    let house = TestApp::start().await;
    let home = house
        .customer("Rosa")
        .owing_due_in("$40.00", 5)
        .owing_due_in("$60.00", 35)
        .moved_in()
        .await;
    let part = house.cleared(home.account, 5_000, (Channel::Office, Tender::Check));
    house.receives(&[part]).await.expect("it is posted");
    let account = home.account;
    let open = house
        .app
        .db
        .read(move |conn| store::open_items::list(conn, account))
        .await
        .expect("what is open can be read");
    let left: Vec<i64> = open.iter().map(|item| item.remaining.cents()).collect();
    assert_eq!(left, [5_000]);
    assert_eq!(open[0].original.cents(), 6_000);
}

#[actix_web::test]
async fn one_slip_stands_for_one_payment() {
    let house = TestApp::start().await;
    let home = house.customer("Rosa").owing("$84.10").moved_in().await;
    let slip = house.cleared(home.account, 2_000, (Channel::Office, Tender::Cash));
    house
        .receives(std::slice::from_ref(&slip))
        .await
        .expect("it is posted");
    let other = ClearedPayment {
        amount: Money::from_cents(3_000),
        ..slip
    };
    let refused = house.receives(&[other]).await;
    assert!(matches!(refused, Err(PaymentError::FormUsed)));
    assert_eq!(house.balance(home.account).await, 6_410);
}

#[actix_web::test]
async fn a_bounced_check_is_owed_again_with_its_fee_and_a_mistyped_one_without() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").owing("$84.10").moved_in().await;
    let ivan = house.customer("Ivan").owing("$30.00").moved_in().await;
    let ids = house
        .receives(&[
            house.cleared(rosa.account, 8_410, (Channel::Office, Tender::Check)),
            house.cleared(ivan.account, 3_000, (Channel::Office, Tender::Cash)),
        ])
        .await
        .expect("both are posted");
    for _ in 0..2 {
        let bounced = house.takes_back(ids[0], TakenBack::Returned).await;
        let mistyped = house.takes_back(ids[1], TakenBack::Mistake).await;
        assert!(bounced.is_ok() && mistyped.is_ok());
    }
    assert_eq!(house.balance(rosa.account).await, 8_410 + 2_500);
    assert_eq!(house.balance(ivan.account).await, 3_000);
    assert_eq!(house.in_books(Role::CashDrawer).await, 0);
    let refused = house.takes_back(ids[0], TakenBack::Mistake).await;
    assert!(matches!(refused, Err(PaymentError::NotStanding(_))));
}

#[actix_web::test]
async fn a_whole_day_of_payments_costs_a_fixed_number_of_statements() {
    let house = TestApp::start().await;
    let mut homes = Vec::new();
    for _ in 0..12 {
        homes.push(house.customer("Rosa").owing("$84.10").moved_in().await);
    }
    let slips = |many: usize| -> Vec<ClearedPayment> {
        let homes = homes.iter().take(many);
        homes
            .map(|home| house.cleared(home.account, 100, (Channel::Lockbox, Tender::Check)))
            .collect()
    };
    let few = house.statements_of(slips(2)).await;
    let many = house.statements_of(slips(12)).await;
    assert_eq!(few, many);
}

impl TestApp {
    /// How many statements the posting of a batch takes.
    async fn statements_of(&self, batch: Vec<ClearedPayment>) -> u32 {
        self.app
            .db
            .write(self.stamp(), move |tx| {
                let counted = crate::support::db::count_statements(tx);
                receive_payments(tx, &batch)?;
                Ok::<u32, PaymentError>(counted.so_far())
            })
            .await
            .expect("the batch is posted")
    }
}
