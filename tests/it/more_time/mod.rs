//! More time to pay: a later date or installments, agreed at the customer's door or in the office, kept or broken by the clock.

mod broken;
mod kept;
mod low_income;
mod missed;
mod office;
mod refusals;
mod returned;
mod stories;

use mainstay::domain::ids::EntryId;
use mainstay::domain::money::Money;
use mainstay::domain::payments::{Channel, ClearedPayment, Tender};
use mainstay::jobs::arrangements;
use mainstay::store::db::Tx;
use mainstay::usecases::fees;
use mainstay::usecases::payments::receive_payment;

use crate::support::app::TestApp;
use crate::support::page::Page;
use crate::support::people::Customer;

/// Rosa owes $100.00 that was due on July 6; it is July 16, and her bills fall due on the 24th.
async fn late(house: &TestApp) -> Customer {
    let rosa = house
        .customer("Rosa")
        .owing_due_in("$100.00", 5)
        .signed_in()
        .await;
    house.set_day("2026-07-16");
    rosa
}

/// Agrees to the choice that a link names, and gives the page of the agreement.
async fn agrees(rosa: &Customer, choice: &str) -> Page {
    let check = rosa.visit("/more-time").await.follow(choice).await;
    assert_eq!(check.heading(), "Check dates and amounts");
    check.fill("agree", "yes").submit("Agree").await
}

impl TestApp {
    /// The clock looks at what was agreed.
    async fn looks(&self) {
        let round = arrangements::run(self.app.clone()).await;
        round.expect("the arrangements are looked at");
    }

    /// The late fees of the day: how many, and how much in cents.
    async fn late_fees(&self) -> (usize, i64) {
        let assess = |tx: &mut Tx<'_>| fees::assess_late_fees_today(tx, None::<EntryId>);
        let charged = self.app.db.write(self.stamp(), assess).await;
        let charged = charged.expect("the fees are assessed");
        (charged.fees, charged.amount.cents())
    }

    /// Somebody pays at the counter.
    async fn takes(&self, rosa: &Customer, cents: i64) {
        let cleared = ClearedPayment {
            account_id: rosa.household.account,
            amount: Money::from_cents(cents),
            tender: Tender::Cash,
            channel: Channel::Office,
            received_on: self.stamp().on,
            reference: format!("drawer {cents} on {}", self.stamp().on),
            label: None,
        };
        let receive = move |tx: &mut Tx<'_>| receive_payment(tx, &cleared);
        let paid = self.app.db.write(self.stamp(), receive).await;
        paid.expect("the payment is taken");
    }
}
