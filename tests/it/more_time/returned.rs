//! Money that goes back while more time was given: nobody breaks an agreement within the hour because a payment came back, and one that was kept
//! is in force again, whichever way the money went and however many agreements came after.

use diesel::prelude::*;
use mainstay::domain::ids::PaymentId;
use mainstay::domain::money::Money;
use mainstay::domain::notice::{ArrangementNews, Notice};
use mainstay::store::db::Tx;
use mainstay::store::schema::{notices, payments};
use mainstay::usecases::payments::{TakenBack, take_payment_back};

use super::{agrees, late};
use crate::support::app::TestApp;

impl TestApp {
    /// The latest payment is taken back.
    async fn takes_the_latest_back(&self) {
        let payment: PaymentId = self.database().read(|conn| {
            Ok(payments::table
                .order(payments::id.desc())
                .select(payments::id)
                .first(conn)?)
        });
        let back = move |tx: &mut Tx<'_>| {
            take_payment_back(tx, payment, TakenBack::Mistake, "another account")
        };
        let taken = self.app.db.write(self.stamp(), back).await;
        taken.expect("it is taken back");
    }

    /// What was told of installments that are due soon, in cents.
    fn told_due_soon(&self) -> Vec<Money> {
        let facts: Vec<String> = self.database().read(|conn| {
            Ok(notices::table
                .filter(notices::kind.eq("arrangement"))
                .order(notices::id)
                .select(notices::facts)
                .load(conn)?)
        });
        let amount = |facts: &String| match serde_json::from_str(facts).expect("facts") {
            Notice::Arrangement(told) => match told.news {
                ArrangementNews::DueSoon { amount, .. } => Some(amount),
                _ => None,
            },
            _ => None,
        };
        facts.iter().filter_map(amount).collect()
    }
}

/// Contract: F76, F80, F34
#[actix_web::test]
async fn a_payment_that_comes_back_does_not_break_an_open_agreement_within_the_hour() {
    let house = TestApp::start().await;
    let rosa = late(&house).await;
    let agreed = agrees(&rosa, "3 monthly payments").await;
    house.set_day("2026-07-18");
    house.takes(&rosa, 5_000).await;
    // Both that it paid are long over, but for their days after the return.
    house.set_day("2026-09-01");
    house.takes_the_latest_back().await;
    house.looks().await;
    agreed
        .reload()
        .await
        .must_show("In force")
        .must_show("Sep 15, 2026");
    // Both are due on one day and told of in one sum, once.
    house.set_day("2026-09-13");
    house.looks().await;
    house.looks().await;
    assert_eq!(house.told_due_soon(), [Money::from_cents(5_000)]);
    // A second payment that comes back gives no more time.
    house.takes(&rosa, 5_000).await;
    house.set_day("2026-09-21");
    house.looks().await;
    agreed.reload().await.must_show("In force");
    house.takes_the_latest_back().await;
    house.looks().await;
    agreed
        .reload()
        .await
        .must_show("A payment was not made in time.");
}

/// Contract: F76, F80, F34
#[actix_web::test]
async fn a_refund_at_the_processor_puts_a_kept_agreement_in_force_again() {
    let house = TestApp::start().await;
    let rosa = late(&house).await;
    let agreed = agrees(&rosa, "2 monthly payments").await;
    let payment = house.requests(rosa.household.account, 10_000).await;
    let session = house.opens(&payment).await;
    house.remembers(&payment, &session).await;
    house.pays(&session, "pm_card_visa").await;
    house.settles().await;
    house.looks().await;
    agreed.reload().await.must_show("Kept");
    let row = house.payment(&payment).await;
    let intent = row.processor_reference.expect("a reference");
    let refund = [("payment_intent", intent.as_str()), ("amount", "4000")];
    house.call("refunds", &refund).await;
    house.settles().await;
    agreed
        .reload()
        .await
        .must_show("In force")
        .must_show("$40.00 left to pay");
}
