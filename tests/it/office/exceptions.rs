//! The queue of what needs a person.

use mainstay::domain::exceptions::{ExceptionKind, ExceptionReason};
use mainstay::domain::ids::AccountId;
use mainstay::domain::staff::Role;
use mainstay::store::db::Tx;
use mainstay::store::error::StoreError;
use mainstay::store::exceptions::{NewException, open};
use serde_json::json;

use crate::support::app::TestApp;

async fn found(house: &TestApp, account: AccountId, key: &str) -> usize {
    let key = key.to_owned();
    let find = move |tx: &mut Tx<'_>| -> Result<usize, StoreError> {
        let facts = json!({ "value": "9120", "expected": "4100", "on": "2026-05-04" });
        let mut new = NewException::of(
            key.clone(),
            ExceptionKind::Read,
            ExceptionReason::HighUsage,
            facts,
        );
        new.account_id = Some(account);
        open(tx, &new)
    };
    house
        .app
        .db
        .write(house.stamp(), find)
        .await
        .expect("the finding is kept")
}

/// Contract: F31, F32, F33
#[actix_web::test]
async fn an_exception_is_taken_and_answered_with_a_reason() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").moved_in().await;
    assert_eq!(found(&house, rosa.account, "read:1:high").await, 1);
    assert_eq!(
        found(&house, rosa.account, "read:1:high").await,
        0,
        "the same finding is opened once"
    );
    let clerk = house.staff(Role::BillingClerk).await;

    let page = clerk.visit("/office/exceptions").await;
    let page = page.follow("Use far above expected").await;
    page.must_show("9120").must_show("May 4, 2026");
    let page = page.submit("I will work on it").await;
    page.must_show("The work is yours now.");
    let page = page.submit("Resolved").await;
    page.must_show("Say what was done, or why nothing is.");
    let page = page
        .fill("resolution", "Leak behind the house, read is right.")
        .submit("Resolved")
        .await;
    page.must_show("The exception is answered.");
    page.must_show("Nothing here waits for a person.");

    let page = clerk.visit("/office/exceptions?status=resolved").await;
    page.follow("Use far above expected")
        .await
        .must_show("Leak behind the house");
    let page = clerk
        .visit(&format!(
            "/office/accounts/{}?tab=audit",
            rosa.number.as_str()
        ))
        .await;
    page.must_show("Exception resolved");
}
