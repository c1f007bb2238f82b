//! A bill that was on its way to be paid on autopay's day and then was not: told anew before it is charged, and never charged above what was told.

use mainstay::domain::autopay::ChargeState;
use mainstay::domain::money::Money;

use super::{billed, enrolled};
use crate::support::app::TestApp;

/// Contract: F63, F104
#[actix_web::test]
async fn what_was_covered_on_its_day_is_told_anew_when_the_payment_fails_later() {
    let house = TestApp::start().await;
    let rosa = enrolled(&house, "4242424242424242").await;
    let account = rosa.household.account;
    house.autopays("2026-07-21").await;
    // On the 23rd she pays all of it from her bank, which takes days and refuses in the end.
    house.set_day("2026-07-23");
    let payment = house.requests(account, 1_500).await;
    let session = house.opens(&payment).await;
    house.remembers(&payment, &session).await;
    house
        .pays(&session, "pm_usBankAccount_insufficientFunds")
        .await;
    house.settles().await;
    assert_eq!(house.pending(account).await, 1_500);
    house.autopays("2026-07-24").await;
    let charge = house.charges_of(&rosa).remove(0);
    assert_eq!((charge.state, charge.told), (ChargeState::Planned, None));

    let mut day = house.app.clock.today();
    while house.pending(account).await > 0 {
        day = day.succ_opt().expect("a day");
        house.autopays(&day.to_string()).await;
        assert!(day.to_string().as_str() < "2026-08-10", "the bank answers");
    }
    assert_eq!(house.balance(account).await, 1_500, "nothing was charged");
    house.autopays(&day.to_string()).await;
    let told_on = day + chrono::Days::new(3);
    let wanted = format!("ahead $15.00 {told_on}");
    assert_eq!(house.news(&rosa).await.last(), Some(&wanted));
    for days in 1..3 {
        let on = day + chrono::Days::new(days);
        house.autopays(&on.to_string()).await;
        assert_eq!(house.balance(account).await, 1_500, "{on}");
    }
    house.autopays(&told_on.to_string()).await;
    assert_eq!(house.balance(account).await, 0);
    let charge = house.charges_of(&rosa).remove(0);
    let amount = Some(Money::from_cents(1_500));
    assert_eq!((charge.told, charge.amount), (amount, amount));
}

/// Contract: F104
#[actix_web::test]
async fn what_was_past_due_before_is_said_to_wait_for_the_next_bill() {
    let house = TestApp::start().await;
    let rosa = billed(&house).await;
    rosa.saves_card("4242424242424242").await;
    house.set_day("2026-07-30");
    let joined = rosa.joins("", "").await;
    joined.must_show("$15.00 is past due. Autopay takes it only with your next bill.");
    assert!(!joined.shows("No bill is open"));
    let account = rosa.household.account;
    house.owes(account, "$20.00", 20).await;
    let later = rosa.visit("/autopay").await;
    later.must_show("$15.00 is past due.");
    // What is on its way from her bank is not asked for again, whatever else is owed.
    let payment = house.requests(account, 1_500).await;
    let session = house.opens(&payment).await;
    house.remembers(&payment, &session).await;
    house.pays(&session, "pm_usBankAccount_success").await;
    house.settles().await;
    assert_eq!(house.pending(account).await, 1_500);
    let paid = rosa.visit("/autopay").await;
    paid.must_show("No bill is open.");
    assert!(!paid.shows("is past due."));
}
