//! What holds keep away: late fees, reminders and write-offs, for any number of accounts with the same few questions.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use chrono::NaiveDate;
use mainstay::domain::holds::HoldStop;
use mainstay::domain::ids::{AccountId, EntryId};
use mainstay::domain::staff::Role;
use mainstay::store::db::Tx;
use mainstay::store::error::StoreError;
use mainstay::store::holds::stopped;
use mainstay::usecases::fees;

use super::{PAPER, account, form, late, places};
use crate::support::app::TestApp;
use crate::support::db::count_statements;

/// Contract: F80, F85
#[actix_web::test]
async fn a_military_hold_keeps_the_late_fee_away_and_its_clock_goes_on_from_the_end() {
    let house = TestApp::start().await;
    let rosa = late(&house).await;
    let clerk = house.counter().await;
    let hold = places(&clerk, &rosa.household, "military").await;
    assert_eq!(house.assesses().await, (0, 0, 1));
    house.set_day("2026-07-20");
    let manager = house.staff(Role::BillingManager).await;
    let lifted = manager.visit(&hold.path).await;
    let lifted = lifted.fill("why", "He is at home.").submit("Lift it").await;
    lifted.must_show("The hold is lifted.");
    // Five days of grace from the end of the hold, then five percent, once.
    for (on, fees) in [
        ("2026-07-20", (0, 0, 0)),
        ("2026-07-25", (0, 0, 0)),
        ("2026-07-26", (1, 500, 0)),
        ("2026-08-26", (0, 0, 0)),
    ] {
        house.set_day(on);
        let charged = house.assesses().await;
        assert_eq!(charged, fees, "{on}");
    }
}

/// Contract: F80
#[actix_web::test]
async fn a_certificate_keeps_the_shut_off_away_and_not_the_fee() {
    let house = TestApp::start().await;
    let rosa = late(&house).await;
    let clerk = house.counter().await;
    places(&clerk, &rosa.household, "medical_certificate").await;
    assert_eq!(house.assesses().await, (1, 500, 0));
}

/// Contract: F85, F116
#[actix_web::test]
async fn nobody_is_reminded_while_the_office_looks_at_it() {
    let house = TestApp::start().await;
    let rosa = house
        .customer("Rosa")
        .owing_due_in("$84.10", 1)
        .signed_in()
        .await;
    let omar = house
        .customer("Omar")
        .owing_due_in("$84.10", 1)
        .signed_in()
        .await;
    let clerk = house.counter().await;
    form(&clerk, &rosa.household, "staff")
        .await
        .submit("Place the hold")
        .await
        .must_show("The hold is placed.");
    house.set_day("2026-07-06");
    house.reminds().await;
    let told = house.told(&["past_due"]);
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!(told[0].recipient, omar.household.email);
    assert!(
        house.told(&["hold"]).is_empty(),
        "what the office looks at is not the customer's news"
    );
}

/// Contract: F80, F83
#[actix_web::test]
async fn what_a_court_stayed_is_not_written_off() {
    let house = TestApp::start().await;
    let rosa = late(&house).await;
    let clerk = house.counter().await;
    places(&clerk, &rosa.household, "bankruptcy").await;
    let manager = house.staff(Role::BillingManager).await;
    let people = format!("{}/people", account(&rosa.household));
    let closing = manager
        .visit(&people)
        .await
        .fill("status", "closing")
        .fill("moved_on", "2026-07-16")
        .submit("Change the standing")
        .await;
    closing.must_show("The change is saved.");
    let refused = closing
        .fill("status", "written_off")
        .fill("moved_on", "2026-07-16")
        .submit("Change the standing")
        .await;
    assert_eq!(refused.status, 422);
    refused.must_show("A hold keeps this account from being written off.");
}

/// Contract: F80
#[actix_web::test]
async fn many_holds_ask_no_more_than_one() {
    let house = TestApp::start().await;
    let rosa = late(&house).await;
    let clerk = house.counter().await;
    places(&clerk, &rosa.household, "military").await;
    let one = statements(&house).await;
    for name in ["Omar", "Inés", "Walter"] {
        let more = house
            .customer(name)
            .owing_due_in("$40.00", 0)
            .moved_in()
            .await;
        let page = form(&clerk, &more, "military").await;
        page.attach("document", "orders.pdf", PAPER)
            .submit("Place the hold")
            .await
            .must_show("The hold is placed.");
    }
    house.set_day("2026-07-30");
    assert_eq!(house.assesses().await, (0, 0, 4));
    assert_eq!(statements(&house).await, one);
}

/// How many statements a round of late fees takes.
async fn statements(house: &TestApp) -> u32 {
    let counted = Arc::new(AtomicU32::new(0));
    let count = Arc::clone(&counted);
    let assess = move |tx: &mut Tx<'_>| {
        let statements = count_statements(tx);
        fees::assess_late_fees_today(tx, None::<EntryId>)?;
        count.store(statements.so_far(), Ordering::Relaxed);
        Ok::<_, fees::FeeError>(())
    };
    let assessed = house.app.db.write(house.stamp(), assess).await;
    assessed.expect("the fees are assessed");
    counted.load(Ordering::Relaxed)
}

/// Contract: F80
#[actix_web::test]
async fn the_day_on_which_a_hold_ends_is_the_first_without_it() {
    let house = TestApp::start().await;
    let rosa = late(&house).await;
    let clerk = house.counter().await;
    let page = form(&clerk, &rosa.household, "staff").await;
    page.fill("last", "2026-07-20")
        .submit("Place the hold")
        .await
        .must_show("Jul 16, 2026 to Jul 20, 2026");
    for (on, is_stopped, freed) in [
        ("2026-07-15", false, None),
        ("2026-07-16", true, None),
        ("2026-07-20", true, None),
        ("2026-07-21", false, Some("2026-07-21")),
        ("2026-08-21", false, Some("2026-07-21")),
    ] {
        let found = fees_are_stopped(&house, rosa.household.account, on).await;
        let freed = freed.map(|day: &str| day.parse().unwrap());
        assert_eq!(found, (is_stopped, freed), "{on}");
    }
}

/// Whether a hold keeps late fees away on a day, and from which day none does any more.
async fn fees_are_stopped(house: &TestApp, id: AccountId, on: &str) -> (bool, Option<NaiveDate>) {
    let day: NaiveDate = on.parse().expect("a day");
    let found = house.app.db.read(move |conn| {
        let found = stopped(conn, &[id], (HoldStop::LateFee, day))?;
        Ok::<_, StoreError>((found.is(id), found.freed_on(id)))
    });
    found.await.expect("an answer")
}

/// Contract: F80, F85
#[actix_web::test]
async fn what_a_court_stayed_comes_back_when_somebody_has_looked_and_not_with_the_day() {
    let house = TestApp::start().await;
    let rosa = late(&house).await;
    let clerk = house.counter().await;
    // Two weeks for the court's paper, which does not come.
    let page = form(&clerk, &rosa.household, "bankruptcy").await;
    let hold = page.submit("Place the hold").await;
    hold.must_show("Jul 16, 2026 to Jul 29, 2026");
    let id: AccountId = rosa.household.account;
    for on in ["2026-07-29", "2026-07-30", "2026-08-20"] {
        assert_eq!(fees_are_stopped(&house, id, on).await, (true, None), "{on}");
    }
    house.set_day("2026-08-20");
    assert_eq!(house.assesses().await, (0, 0, 1));
    house.looks_at_holds().await;
    let clerk = house.counter().await;
    let page = clerk.visit(&hold.path).await;
    page.fill("answer", "The court knows nothing of her.")
        .submit("I have looked at it")
        .await
        .must_show("Noted.");
    let freed = Some("2026-08-20".parse().expect("a day"));
    for on in ["2026-08-20", "2026-09-20"] {
        assert_eq!(
            fees_are_stopped(&house, id, on).await,
            (false, freed),
            "{on}"
        );
    }
}
