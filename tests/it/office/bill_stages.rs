//! Where any bill stands, from the moment it is worked out: a clerk reads it off its page.

use mainstay::domain::ids::{AccountId, BillId};
use mainstay::domain::notice::Notice;
use mainstay::domain::staff::Role;
use mainstay::usecases::notices::{record_failed, record_sent, take_due};

use crate::support::app::TestApp;
use crate::support::billing::{Utility, water};
use crate::support::page::Page;
use crate::support::visitor::Visitor;

/// Two households with a draft for June, on the day before their bills go out.
fn drafted(house: &TestApp) -> (Utility<'_>, [AccountId; 2]) {
    house.set_day("2026-07-02");
    let utility = Utility::open(&house.app.db);
    utility.sells_water();
    let households = ["A", "B"].map(|key| {
        let account = utility.household("2026-06-01", vec![water(key)]);
        utility.reads(key, &[("2026-06-01", 0), ("2026-07-01", 3_000)]);
        account
    });
    utility.draft("2026-06-01", "2026-07-02");
    (utility, households)
}

async fn page_of(clerk: &Visitor, utility: &Utility<'_>, account: AccountId) -> Page {
    let number = utility.latest(account).bill.number;
    clerk.visit(&format!("/office/bills/{number}")).await
}

async fn stage(clerk: &Visitor, utility: &Utility<'_>, account: AccountId) -> String {
    let page = page_of(clerk, utility, account).await;
    page.text(".acct .badge")
}

/// The mail that carries a bill leaves, or is given up.
async fn mail(house: &TestApp, bill: BillId, arrives: bool) {
    let work = move |tx: &mut mainstay::store::db::Tx<'_>| {
        for row in take_due(tx, 100)? {
            match &row.notice {
                Notice::BillReady { bill: told, .. } if *told == bill => {}
                _ => continue,
            }
            if arrives {
                record_sent(tx, &[(&row, "Your bill", "Your bill is ready.")])?;
            } else {
                record_failed(tx, &[(&row, "no such mailbox", None)])?;
            }
        }
        Ok::<_, mainstay::store::error::StoreError>(())
    };
    let sent = house.app.db.write(house.stamp(), work).await;
    sent.expect("the mail is worked on");
}

/// Contract: F44, F45, F46
#[actix_web::test]
async fn a_bill_is_tracked_from_the_moment_it_is_worked_out_until_it_is_paid() {
    let house = TestApp::start().await;
    let (utility, [rosa, _]) = drafted(&house);
    let clerk = house.staff(Role::BillingClerk).await;
    // Before anybody can pay: worked out, looked at, issued, put out for delivery, arrived.
    assert_eq!(stage(&clerk, &utility, rosa).await, "Draft");
    let page = page_of(&clerk, &utility, rosa).await;
    page.must_show("Drafted").must_show("$25.00");
    assert!(!page.shows("Put out for delivery"));

    let run = utility.latest(rosa).bill.run_id.expect("a run");
    house.set_day("2026-07-04");
    utility.issue(run, "2026-07-04");
    assert_eq!(stage(&clerk, &utility, rosa).await, "Issued");
    page_of(&clerk, &utility, rosa)
        .await
        .must_show("Put out for delivery")
        .must_show("Jul 4, 2026");

    house.set_day("2026-07-05");
    mail(&house, utility.latest(rosa).bill.id, true).await;
    assert_eq!(stage(&clerk, &utility, rosa).await, "Delivered");
    page_of(&clerk, &utility, rosa).await.must_show("Sent");

    // Waiting for the money: soon due, late, paid.
    house.set_day("2026-07-23");
    assert_eq!(stage(&clerk, &utility, rosa).await, "Due soon");
    house.set_day("2026-08-01");
    assert_eq!(stage(&clerk, &utility, rosa).await, "Past due");
    let payment = house.requests(rosa, 2_500).await;
    let session = house.opens(&payment).await;
    house.remembers(&payment, &session).await;
    house.pays(&session, "pm_card_visa").await;
    house.settles().await;
    assert_eq!(stage(&clerk, &utility, rosa).await, "Paid");
    page_of(&clerk, &utility, rosa)
        .await
        .must_show("Paid in full");
}

/// Contract: F44, F45
#[actix_web::test]
async fn a_bill_that_went_astray_or_was_given_up_says_so() {
    let house = TestApp::start().await;
    let (utility, [rosa, omar]) = drafted(&house);
    let clerk = house.staff(Role::BillingClerk).await;
    let page = page_of(&clerk, &utility, omar).await;
    let page = page
        .fill("reason", "A meter was mixed up.")
        .submit("Void this draft")
        .await;
    assert_eq!(page.text(".acct .badge"), "Void", "{}", page.html);
    page.must_show("Voided");

    let run = utility.latest(rosa).bill.run_id.expect("a run");
    house.set_day("2026-07-04");
    utility.issue(run, "2026-07-04");
    house.set_day("2026-07-05");
    mail(&house, utility.latest(rosa).bill.id, false).await;
    let page = page_of(&clerk, &utility, rosa).await;
    page.must_show("Not delivered");
    assert_eq!(utility.issued(omar).len(), 0);
    // It goes out on paper at once, and somebody looks at the address.
    let queue = clerk.visit("/office/exceptions").await;
    queue.must_show("Not delivered");
}
