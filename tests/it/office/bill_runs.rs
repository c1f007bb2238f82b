//! A bill run as the office works it: drafted, looked at, mended, issued.

use mainstay::domain::staff::Role;
use mainstay::store::labels;

use crate::support::app::TestApp;
use crate::support::billing::{Utility, dollars, water};

/// Contract: F31, F32, F36, F45
#[actix_web::test]
async fn an_account_held_for_its_read_joins_the_run_after_a_clerk_enters_it() {
    let house = TestApp::start().await;
    house.set_day("2026-02-02");
    let utility = Utility::open(&house.app.db);
    utility.sells_water();
    let rosa = utility.household("2026-01-01", vec![water("A")]);
    let omar = utility.household("2026-01-01", vec![water("B")]);
    utility.reads("A", &[("2026-01-01", 0), ("2026-02-01", 3_000)]);
    utility.reads("B", &[("2026-01-01", 0)]);
    let run = utility.draft("2026-01-01", "2026-02-02");
    let labels = house.database().read(|conn| {
        let on = house.app.clock.today();
        labels::of_accounts(conn, &[rosa, omar], on)
    });
    let number = labels[&omar].number.as_str().to_owned();
    let clerk = house.staff(Role::BillingClerk).await;

    let page = clerk.visit(&format!("/office/bill-runs/{run}")).await;
    page.must_show("Accounts without a draft: 1.");
    let page = page.submit("Issue 1 bill").await;
    page.must_show("The bills are being issued.");
    wait_for(&utility, || utility.issued(rosa).len() == 1).await;

    let page = clerk.visit(&format!("/office/bill-runs/{run}")).await;
    let page = page.follow("No read at the period’s end").await;
    let page = page.submit("Draft the bill again").await;
    page.must_show("The account still cannot be billed; see its exceptions.");

    let page = clerk
        .visit(&format!("/office/accounts/{number}/reads/new"))
        .await;
    let page = page
        .fill("on", "2026-02-01")
        .fill("value", "1000")
        .submit("Save the read")
        .await;
    page.must_show("1000 gal");
    let page = clerk.visit(&format!("/office/exceptions?run={run}")).await;
    let page = page.follow("No read at the period’s end").await;
    let page = page.submit("Draft the bill again").await;
    page.must_show("The bill was drafted again.")
        .must_show("$15.00");

    let page = clerk.visit(&format!("/office/bill-runs/{run}")).await;
    page.submit("Issue 1 bill").await;
    wait_for(&utility, || utility.issued(omar).len() == 1).await;
    assert_eq!(utility.latest(omar).bill.total_cents, dollars("15.00"));
    let page = clerk.visit(&format!("/office/bill-runs/{run}")).await;
    page.must_show("of 2 found");
}

/// Work beside a request ends soon.
async fn wait_for(_: &Utility<'_>, done: impl Fn() -> bool) {
    for _ in 0..200 {
        if done() {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    panic!("the run did not end");
}

/// Contract: F33
#[actix_web::test]
async fn the_bounds_of_bills_are_a_policy_that_the_office_sets() {
    let house = TestApp::start().await;
    let manager = house.staff(Role::BillingManager).await;
    let page = manager.visit("/office/policies/bills").await;
    page.must_show("Bounds of bills").must_show("most_cents");
    let crossed = r#"{"bounds": {"least_cents": 5, "most_cents": 4}}"#;
    let page = page
        .fill("document", crossed)
        .submit("Save as a new version")
        .await;
    page.must_show("is more than most_cents");
    let tight = r#"{"bounds": {"least_cents": 0, "most_cents": 1999}}"#;
    let page = page
        .fill("document", tight)
        .submit("Save as a new version")
        .await;
    page.must_show("1999");

    let utility = Utility::open(&house.app.db);
    utility.sells_water();
    let rosa = utility.household("2026-06-01", vec![water("A")]);
    utility.reads("A", &[("2026-06-01", 0), ("2026-07-01", 3_000)]);
    let run = utility.bill("2026-06-01", "2026-07-04");
    assert_eq!(
        utility.issued(rosa).len(),
        0,
        "a bill of $25.00 is looked at first"
    );
    let page = manager.visit(&format!("/office/bill-runs/{run}")).await;
    let page = page.follow("Bill outside its bounds").await;
    page.must_show("$25.00").must_show("$19.99");
}
