//! Deposits that the earlier books of a utility hold: a liability from the first day, beside what is owed, that earns on from where those paid
//! interest.

use diesel::prelude::*;
use mainstay::domain::bill_paper::PaperEntry;
use mainstay::domain::ids::BillId;
use mainstay::domain::setup::Why;
use mainstay::jobs::deposit_interest;
use mainstay::store::db::{Conn, Tx};
use mainstay::store::error::StoreError;
use mainstay::store::reports::journal;
use mainstay::store::schema::bills;
use mainstay::usecases::bill_papers;
use mainstay::usecases::policies::{PolicyKind, set_policy};

use super::files::{FILES, rates, refused, sends};
use super::known::is_read;
use crate::support::app::TestApp;
use crate::support::billing::day;

/// It earns 2 % a year, and is asked of nobody.
const POLICY: &str =
    r#"{ "fund": "GENERAL", "interest": [{ "from_year": 2020, "percent": "2" }] }"#;

const HELD: &str = "account,amount,received_on,interest_paid_until\n\
                    0-1001,150.00,2024-03-01,2026-01-01\n0-1002,80.00,2026-06-01,\n";

/// All of the files, with that of the deposits.
fn with(deposits: &str) -> Vec<(&str, &str)> {
    let mut files: Vec<(&str, &str)> = FILES.to_vec();
    files.push(("deposits.csv", deposits));
    files
}

async fn pays_interest(house: &TestApp) {
    let set = |tx: &mut Tx<'_>| {
        let on = tx.stamp.on;
        set_policy(tx, PolicyKind::Deposits, on, POLICY)
    };
    let set = house.app.db.write(house.stamp(), set).await;
    set.expect("the policy is set");
}

/// What stands on accounts of the books that begin so, in cents; debits are positive.
fn booked(house: &TestApp, gl: &str) -> i64 {
    let balances = house
        .database()
        .read(|conn| journal::balances(conn, day("2030-01-01")));
    let of_gl = balances
        .iter()
        .filter(|((code, _), _)| code.as_str().starts_with(gl));
    of_gl.map(|(_, amount)| amount.cents()).sum()
}

/// Contract: F12, F147, F148
#[actix_web::test]
async fn deposits_of_the_earlier_books_are_held_beside_the_balance_and_earn_on() {
    let house = TestApp::start().await;
    let office = house.office().await;
    rates(&office).await;
    pays_interest(&house).await;
    let page = sends(&office, &with(HELD)).await;
    page.must_show("Deposits held: $230.00.");
    assert_eq!(booked(&house, "2210"), 0, "nothing is taken yet");
    let page = page.submit("Take all of it").await;
    page.must_show("All of it is taken.");
    let again = sends(&office, &with(HELD)).await;
    let again = again.submit("Take all of it").await;
    again.must_show("Nothing changed.");
    assert_eq!(booked(&house, "2210"), -23_000);
    assert_eq!(booked(&house, "2220"), 0, "all of it is paid");
    let queue = office.clerk.visit("/office/deposits").await;
    queue.must_show("$150.00").must_show("$80.00");

    // The first bill asks for what it asks for without the deposits, and says nothing of them.
    house.set_day("2026-08-04");
    is_read(&office, ("0-1001", "Rosa Díaz"), &["14500"]).await;
    is_read(&office, ("koch", "Koch, Walter"), &["700", "1090"]).await;
    office.bills("2026-07-01").await;
    let found = office.clerk.visit("/office/search?q=0-1001").await;
    let account = found.follow("Rosa Díaz").await;
    account.must_show("$210.89");
    let told = |conn: &mut Conn| -> Result<Vec<PaperEntry>, StoreError> {
        let ids: Vec<BillId> = bills::table.select(bills::id).load(conn)?;
        let papers = bill_papers::load(conn, &ids)?;
        Ok(papers.into_iter().flat_map(|paper| paper.between).collect())
    };
    let told = house.app.db.read(told).await.expect("papers are gathered");
    assert_eq!(told.len(), 3, "the opening balances: {told:?}");
    assert!(told.iter().all(|entry| entry.deposit.is_none()), "{told:?}");

    // $150.00 for all of the year, whenever it came; $80.00 for 214 days of it.
    house.set_day("2027-01-02");
    let job = deposit_interest::run(house.app.clone()).await;
    job.expect("interest is posted");
    assert_eq!(booked(&house, "5030"), 300 + 94);
}

/// Contract: F148
#[actix_web::test]
async fn each_mistake_in_a_deposit_has_its_own_name() {
    let house = TestApp::start().await;
    let office = house.office().await;
    rates(&office).await;
    let held = "account,amount,received_on,interest_paid_until,reason\n\
                0-1001,0,2024-03-01,,\n0-1001,150.00,2027-03-01,,\n0-1001,150.00,2024-03-01,2024-02-01,\n\
                0-9999,150.00,2024-03-01,,\n0-1001,150.00,2024-03-01,,old\n0-1002,80.00,2024-03-01,,paid_late\n\
                0-1002,80.00,2024-03-02,,\n";
    let found = refused(&house, "2026-07-01", &with(held)).await;
    let named: Vec<(u64, Why)> = found.iter().map(|one| (one.line, one.why)).collect();
    assert_eq!(
        named,
        [
            (2, Why::NotAnAmount),
            (3, Why::Future),
            (4, Why::NotReceived),
            (5, Why::Unknown),
            (6, Why::NotOneOf),
            (8, Why::Twice),
        ]
    );
    // What came in stays as it is, whatever the file says of it later.
    sends(&office, &with(HELD))
        .await
        .submit("Take all of it")
        .await
        .must_show("All of it is taken.");
    let changed = "account,amount,received_on\n0-1001,175.00,2024-03-01\n";
    let found = refused(&house, "2026-07-01", &with(changed)).await;
    assert!(found.is_empty(), "a known line stays as it is: {found:?}");
}
