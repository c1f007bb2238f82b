//! What keeps an agreement: a payment of what it asks, whatever else is due; a dispute, whatever becomes of it; and money that comes back after
//! everything was paid does not end it without a word.

use diesel::prelude::*;
use mainstay::domain::ids::PaymentId;
use mainstay::domain::notice::Channel;
use mainstay::domain::staff::Role;
use mainstay::store::alerts::mark_failing;
use mainstay::store::db::Tx;
use mainstay::store::schema::payments;
use mainstay::usecases::payments::{TakenBack, take_payment_back};

use super::{agrees, late};
use crate::portal::bills::billed;
use crate::support::app::TestApp;

/// Contract: F76, F80
#[actix_web::test]
async fn paying_what_the_installment_asks_pays_it_whatever_else_is_due() {
    let house = TestApp::start().await;
    let rosa = late(&house).await;
    let agreed = agrees(&rosa, "3 monthly payments").await;
    house.takes(&rosa, 2_500).await;
    // A bill of $240.00 falls due on August 24, as the first installment does.
    house.set_day("2026-08-04");
    house.owes(rosa.household.account, "$240.00", 20).await;
    agreed
        .reload()
        .await
        .must_show("Pay $265.00")
        .must_show("Next: $25.00 by Aug 24, 2026")
        .must_show("Beside it, $240.00 of other bills is due by Aug 24, 2026.");
    house.set_day("2026-08-24");
    house.takes(&rosa, 2_500).await;
    let states = agreed.reload().await.texts("td .badge");
    assert_eq!(states, ["Paid", "Paid", "To come", "To come"]);
    // The bill is past due; still the next installment is paid by what is meant for it, and a dollar more.
    house.set_day("2026-09-20");
    house.takes(&rosa, 2_600).await;
    let seen = agreed.reload().await;
    assert_eq!(seen.texts("td .badge"), ["Paid", "Paid", "Paid", "To come"]);
    seen.must_show("Pay $264.00");
    house.set_day("2026-10-05");
    house.looks().await;
    agreed.reload().await.must_show("In force");
}

/// Contract: F76, F80
#[actix_web::test]
async fn two_that_are_late_are_asked_for_together() {
    let house = TestApp::start().await;
    let rosa = late(&house).await;
    let agreed = agrees(&rosa, "3 monthly payments").await;
    // The clock has not looked since.
    house.set_day("2026-08-25");
    rosa.visit("/").await.must_show("Pay $50.00");
    agreed.reload().await.must_show("Pay $50.00");
    let form = rosa.visit("/pay").await;
    assert_eq!(form.attribute("#amount", "value").as_deref(), Some("50.00"));
}

/// Contract: F89, F76, F80
#[actix_web::test]
async fn a_dispute_breaks_nothing_when_it_is_decided() {
    for is_withdrawn in [false, true] {
        let house = TestApp::start().await;
        let rosa = house.customer("Rosa").signed_in().await;
        let (_, june) = billed(&house, &rosa.household);
        house.owes(rosa.household.account, "$21.22", 20).await;
        let agreed = agrees(&rosa, "2 monthly payments").await;
        // $4.87 on July 8, $32.56 on July 24, $32.57 on August 24; the last $29.32 are in dispute.
        let bill = rosa.visit(&format!("/bills/{june}")).await;
        let form = bill.follow("Does something look wrong?").await;
        let request = form
            .fill("reason", "too_much_use")
            .fill("words", "We were away in June.")
            .submit("Dispute this amount")
            .await;
        house.takes(&rosa, 4_068).await;
        house.set_day("2026-09-10");
        house.looks().await;
        agreed.reload().await.must_show("In force");
        let (freed, grace, over) = if is_withdrawn {
            let open = rosa.visit(&request.path).await;
            open.submit("Yes, withdraw it").await;
            ("Sep 10, 2026", "2026-09-15", "2026-09-16")
        } else {
            let manager = house.staff(Role::BillingManager).await;
            let page = manager.visit(&format!("/office{}", request.path)).await;
            page.fill("outcome", "upheld")
                .fill("reasons", "The meter was tested and is right.")
                .submit("Decide and tell the customer")
                .await;
            ("Sep 25, 2026", "2026-09-30", "2026-10-01")
        };
        house.looks().await;
        let seen = agreed.reload().await;
        seen.must_show("In force")
            .must_show(freed)
            .must_show("Agreed for Aug 24, 2026")
            .must_show(&format!("Next: $29.32 by {freed}"));
        assert!(!seen.shows("Missed"));
        house.set_day(grace);
        house.looks().await;
        agreed
            .reload()
            .await
            .must_show("In force")
            .must_show("Late");
        house.set_day(over);
        house.looks().await;
        agreed
            .reload()
            .await
            .must_show("A payment was not made in time.");
    }
}

/// Contract: F76, F80, F34
#[actix_web::test]
async fn money_that_comes_back_puts_it_in_force_again() {
    let house = TestApp::start().await;
    let rosa = late(&house).await;
    let agreed = agrees(&rosa, "2 monthly payments").await;
    house.takes(&rosa, 2_500).await;
    house.set_day("2026-07-20");
    house.takes(&rosa, 7_500).await;
    house.looks().await;
    agreed.reload().await.must_show("Kept");
    let told = house.told(&["arrangement"]).len();

    house.set_day("2026-10-01");
    let payment: PaymentId = house.database().read(|conn| {
        Ok(payments::table
            .order(payments::id.desc())
            .select(payments::id)
            .first(conn)?)
    });
    let back = move |tx: &mut Tx<'_>| {
        take_payment_back(tx, payment, TakenBack::Mistake, "another account")
    };
    let taken = house.app.db.write(house.stamp(), back).await;
    taken.expect("it is taken back");
    assert_eq!(house.told(&["arrangement"]).len(), told + 1);
    agreed
        .reload()
        .await
        .must_show("In force")
        .must_show("$75.00 left to pay")
        .must_show("Next: $75.00 by Oct 15, 2026");
    assert_eq!(house.late_fees().await, (0, 0));
    house.set_day("2026-10-20");
    house.looks().await;
    assert_eq!(house.late_fees().await, (0, 0));
    agreed.reload().await.must_show("Late");
    house.set_day("2026-10-21");
    house.looks().await;
    agreed
        .reload()
        .await
        .must_show("A payment was not made in time.");
}

/// Contract: F76, F80, F47
#[actix_web::test]
async fn that_it_is_late_reaches_somebody() {
    let house = TestApp::start().await;
    let rosa = late(&house).await;
    agrees(&rosa, "3 monthly payments").await;
    let email = rosa.household.email.clone();
    let came_back =
        move |tx: &mut Tx<'_>| mark_failing(tx, Channel::Email, &email, "no such mailbox");
    house
        .app
        .db
        .write(house.stamp(), came_back)
        .await
        .expect("the address is noted");
    house.set_day("2026-07-21");
    house.looks().await;
    house.looks().await;
    let told = house.told(&["arrangement"]);
    assert_eq!(told.len(), 2, "the copy, and a letter once: {told:?}");
    assert_eq!(told[1].channel, "paper");
}
