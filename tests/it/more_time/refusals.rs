//! What the policy does not allow is not given, and the page says why and what to do instead.

use mainstay::domain::staff::Role;
use mainstay::store::db::Tx;
use mainstay::usecases::policies::{PolicyKind, set_policy};

use super::{agrees, late};
use crate::support::app::TestApp;

/// Contract: F73, F76
#[actix_web::test]
async fn two_extensions_a_year_and_not_a_third() {
    let house = TestApp::start().await;
    let rosa = house
        .customer("Rosa")
        .owing_due_in("$20.00", 5)
        .signed_in()
        .await;
    for (today, until) in [("2026-07-01", "July 13"), ("2026-08-01", "August 11")] {
        house.set_day(today);
        if today != "2026-07-01" {
            house.owes(rosa.household.account, "$20.00", 5).await;
        }
        let offers = rosa.visit("/more-time").await;
        offers
            .must_show("It begins at $50.00 owed.")
            .must_show(until);
        agrees(&rosa, until).await.must_show("In force");
        // Paid at once: what is kept does not wait for the clock.
        house.takes(&rosa, 2_000).await;
    }
    house.owes(rosa.household.account, "$20.00", 5).await;
    let refused = rosa.visit("/more-time").await;
    refused
        .must_show("It is possible 2 times in 12 months, and these are used.")
        .must_show("Call us at");
    let forced = rosa
        .visit(&format!(
            "/more-time/check?account={}&kind=extension&days=5",
            rosa.household.number.as_str()
        ))
        .await;
    assert_eq!(forced.status, 422);
    forced.must_show("these are used.");
}

/// Contract: F73, F160
#[actix_web::test]
async fn what_the_office_sets_is_what_is_offered() {
    let house = TestApp::start().await;
    let rosa = late(&house).await;
    let manager = house.staff(Role::BillingManager).await;
    let form = manager.visit("/office/policies/arrangements").await;
    let refused = form
        .fill("document", r#"{"terms": {"extension": {"lengths_days": [], "limit": {"most": 1, "months": 12}, "most_owed_cents": 1, "oldest_days": 1, "after_broken_months": 0, "grace_days": 0, "refuse_returned": true}}}"#)
        .submit("Save as a new version")
        .await;
    assert_eq!(refused.status, 422);
    refused.must_show("terms.extension.lengths_days: write one length or more from 1 to 90 days");
    let set = |tx: &mut Tx<'_>| {
        let on = tx.stamp.on;
        set_policy(tx, PolicyKind::Arrangements, on, r#"{"terms": {}}"#)
    };
    house
        .app
        .db
        .write(house.stamp(), set)
        .await
        .expect("it is set");
    rosa.visit("/more-time")
        .await
        .must_show("It is not offered for this kind of account.");
}

/// Contract: F160
#[actix_web::test]
async fn nobody_sees_or_makes_it_for_a_neighbor() {
    let house = TestApp::start().await;
    let rosa = late(&house).await;
    let omar = house.customer("Omar").signed_in().await;
    let agreed = agrees(&rosa, "3 monthly payments").await;
    omar.meets(&agreed.path, 404).await;
    let number = rosa.household.number.as_str();
    omar.meets(&format!("/more-time?account={number}"), 404)
        .await;
    let page = omar.visit("/more-time").await;
    let token = page
        .attribute("input[name=csrf]", "value")
        .expect("a token");
    let fields = [
        ("csrf", token.as_str()),
        ("account", number),
        ("kind", "extension"),
        ("days", "5"),
        ("seen", "2026-07-21:10000"),
        ("key", "7d444840-9dc0-11d1-b245-5ffdce74fad2"),
        ("agree", "yes"),
    ];
    assert_eq!(omar.post("/more-time", &fields).await.status, 404);
    assert_eq!(house.told(&["arrangement"]).len(), 1);
}

/// Contract: F76
#[actix_web::test]
async fn a_first_payment_of_ones_own_is_taken_within_its_bounds() {
    let house = TestApp::start().await;
    let rosa = late(&house).await;
    let offers = rosa.visit("/more-time").await;
    let refused = offers.fill("down", "10").submit("Show the amounts").await;
    assert_eq!(refused.status, 422);
    refused.must_show("The first payment is at least $25.00.");
    // An address made by hand says what is wrong with it, too, and stays with the account.
    let number = rosa.household.number.as_str();
    let check = format!("/more-time/check?account={number}&kind=");
    let strange = rosa
        .visit(&format!("{check}arrangement&installments=2&down=abc"))
        .await;
    assert_eq!(strange.status, 422);
    strange.must_show("Write an amount");
    let strange = rosa
        .visit(&format!("{check}extension&days=99999999999"))
        .await;
    assert_eq!(strange.status, 422);
    strange.must_show("This choice is not offered.");
    let offers = refused
        .fill("down", "33.33")
        .submit("Show the amounts")
        .await;
    let check = offers.follow("4 monthly payments").await;
    let rows = check.texts("#payments tbody tr");
    assert_eq!(
        rows,
        [
            "Jul 20, 2026 $33.33",
            "Aug 24, 2026 $16.66",
            "Sep 24, 2026 $16.66",
            "Oct 26, 2026 $16.66",
            "Nov 24, 2026 $16.69"
        ]
    );
    // Whoever goes back to change something finds what was typed.
    let back = check.follow("Change").await;
    let down = back.attribute("#down", "value");
    assert_eq!(down.as_deref(), Some("33.33"));
}
