//! Reporting: for an account of one's own or by its number and ZIP code; a stranger learns nothing; the office sees what lies in a known
//! outage.

use diesel::prelude::*;
use mainstay::domain::ids::AccountNumber;
use mainstay::store::schema::{audit_rows, outage_reports};

use super::{declared, form};
use crate::support::app::TestApp;
use crate::support::page::Page;
use crate::support::visitor::Visitor;

const THANKS: &str = "Thank you. We have your report.";

async fn reports(visitor: &Visitor, account: &str, zip: &str) -> Page {
    let page = visitor.visit("/outages/report").await;
    page.fill("account", account)
        .fill("postal_code", zip)
        .fill("service", "water")
        .fill("details", "Dry since six.")
        .submit("Send the report")
        .await
}

fn count(house: &TestApp) -> i64 {
    house
        .database()
        .read(|conn| Ok(outage_reports::table.count().get_result(conn)?))
}

/// Contract: F108
#[actix_web::test]
async fn a_guest_reports_by_number_and_zip_code_and_a_stranger_learns_nothing() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").moved_in().await;
    let page = house.visitor().visit("/outages/report").await;
    page.must_show("If you smell gas or see a downed wire: leave, and call 911 first.");
    let number = rosa.number.to_string();
    let done = reports(&house.visitor(), &number, "60000-1234").await;
    assert_eq!(done.path, "/outages");
    done.must_show(THANKS);
    assert_eq!(count(&house), 1);

    let stranger = AccountNumber::of(99_999);
    let mut answers = Vec::new();
    for (account, zip) in [
        (number.as_str(), "99999"),
        (stranger.as_str(), "60000"),
        ("12", "60000"),
    ] {
        let page = reports(&house.visitor(), account, zip).await;
        answers.push((page.status, page.heading(), page.texts(".errors, .err")));
    }
    answers.dedup();
    assert_eq!(answers.len(), 1, "{answers:?}");
    assert_eq!(answers[0].0, 422);
    assert_eq!(count(&house), 1);

    let blank = reports(&house.visitor(), "", "here").await;
    assert_eq!(blank.status, 422);
    blank.must_show("Fill in this field.");

    // Nobody tries number after number.
    let guesser = house.visitor();
    for _ in 0..6 {
        reports(&guesser, stranger.as_str(), "60000").await;
    }
    assert_eq!(
        reports(&guesser, stranger.as_str(), "60000").await.status,
        429
    );
}

/// Contract: F108
#[actix_web::test]
async fn a_customer_reports_once_an_hour_and_the_office_sees_whether_it_is_known() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").signed_in().await;
    let sends = async || {
        let page = rosa
            .visit("/outages")
            .await
            .follow("Report an outage")
            .await;
        page.fill("service", "water")
            .fill("details", "Dry since six.")
            .submit("Send the report")
            .await
    };
    sends().await.must_show(THANKS);
    sends().await.must_show(THANKS);
    assert_eq!(count(&house), 1, "the same within an hour counts once");
    let noon = house.app.clock.now();
    house.app.clock.set(noon + chrono::TimeDelta::minutes(61));
    sends().await.must_show(THANKS);
    assert_eq!(count(&house), 2);
    let deeds: i64 = house.database().read(|conn| {
        Ok(audit_rows::table
            .filter(audit_rows::action.eq("outage.reported"))
            .count()
            .get_result(conn)?)
    });
    assert_eq!(deeds, 2);

    let operator = house.operations().await;
    let list = operator.visit("/office").await.follow("Outages").await;
    list.must_show("Rosa")
        .must_show("Dry since six.")
        .must_show("Not in a known outage");
    declared(form(&operator, 1, 900).await).await;
    let list = operator.visit("/office/outages").await;
    assert!(!list.shows("Not in a known outage"), "{}", list.html);

    let neighbor = house.customer("Omar").moved_in().await;
    let page = rosa.visit("/outages/report").await;
    let refused = page
        .fill("account", neighbor.number.as_str())
        .submit("Send the report")
        .await;
    assert_eq!(refused.status, 422);
}
