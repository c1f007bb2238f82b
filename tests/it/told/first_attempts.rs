//! How many bills arrive at the first try: counted by bill, of all ways on which each went out first, and of none that took another's place.

use diesel::prelude::*;
use mainstay::domain::staff::Role;
use mainstay::store::bill_deliveries::first_attempts;
use mainstay::store::schema::{accounts, contact_points};

use crate::support::app::TestApp;
use crate::support::billing::{Utility, day};
use crate::support::people::Household;
use crate::told::ladder::mails_leave;
use crate::told::returns::steps;

/// How a household gets its bills: on paper, by mail; and whether the mail server refuses its address.
fn wishes(house: &TestApp, home: &Household, (paper, email, is_refused): (bool, bool, bool)) {
    let mut conn = house.database().connect();
    diesel::update(accounts::table.find(home.account))
        .set((accounts::paper.eq(paper), accounts::email.eq(email)))
        .execute(&mut conn)
        .unwrap();
    if is_refused {
        diesel::update(contact_points::table.filter(contact_points::value.eq(&home.email)))
            .set(contact_points::value.eq(format!("gone-{}", home.email)))
            .execute(&mut conn)
            .unwrap();
    }
    drop(conn);
    let digits: String = home.email.chars().filter(char::is_ascii_digit).collect();
    let register = format!("W{digits:0>6}-1");
    Utility::of(house).reads(&register, &[("2026-06-01", 0), ("2026-07-01", 3_000)]);
}

/// Contract: F48, F50
#[actix_web::test]
async fn a_bill_counts_once_by_the_ways_it_went_out_first() {
    let house = TestApp::start().await;
    let both = house.customer("Rosa").moved_in().await;
    let mailed = house.customer("Omar").moved_in().await;
    let alone = house.customer("Edith").moved_in().await;
    let seen = house.customer("Walter").signed_in().await.household;
    house.set_day("2026-07-05");
    Utility::of(&house).sells_water();
    wishes(&house, &both, (true, true, true));
    wishes(&house, &mailed, (false, true, true));
    wishes(&house, &alone, (false, false, false));
    wishes(&house, &seen, (false, false, false));
    Utility::of(&house).bill("2026-06-01", "2026-07-04");
    let counted = |since: &str| {
        let since = day(since);
        house.database().read(|conn| first_attempts(conn, since))
    };
    // Two stand on their customers' pages; one of these customers has a sign-in to see them.
    assert_eq!(counted("2026-06-01"), (2, 1));

    house.set_day("2026-07-08");
    mails_leave(&house).await;
    let rerouted = ["email queued", "email failed", "paper queued"];
    assert_eq!(steps(&house, mailed.account), rerouted);
    // Of one, paper was the other first way, and is not mailed yet.
    assert_eq!(counted("2026-06-01"), (3, 1));
    let clerk = house.staff(Role::BillingManager).await;
    let batch = clerk
        .visit("/office/print")
        .await
        .submit("Make a batch")
        .await;
    batch.submit("Confirm mailing").await.must_show("Mailed");
    // It arrived by that; the paper of the other took the mail's place.
    assert_eq!(counted("2026-06-01"), (4, 2));
    clerk.visit("/office").await.must_show("50");
    // What happens later to a bill of before is no bill of these days.
    assert_eq!(counted("2026-07-05"), (0, 0));
}
