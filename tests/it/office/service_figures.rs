//! The figures of how customers are served: what they do by themselves beside what takes a call or the counter.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use mainstay::domain::staff::Role;
use mainstay::store::schema::{notes, payments};

use crate::support::app::TestApp;

/// Contract: F112, F165, F167
#[actix_web::test]
async fn the_office_sees_what_customers_do_by_themselves() {
    let house = TestApp::start().await;
    house.set_day("2026-07-02");
    let rosa = house.customer("Rosa").owing("$84.10").signed_in().await;
    house.customer("Ines").moved_in().await;
    let page = rosa.visit("/delivery").await;
    page.fill("delivery", "email").submit("Save").await;
    rosa.visit("/requests/new/meter_reread")
        .await
        .fill("service", "water")
        .fill("dial", "004711")
        .submit("Send request")
        .await;
    let payment = house.requests(rosa.household.account, 5_000).await;
    let session = house.opens(&payment).await;
    house.remembers(&payment, &session).await;
    house.pays(&session, "pm_card_visa").await;
    house.settles().await;

    let manager = house.staff(Role::BillingManager).await;
    let page = manager
        .visit("/office")
        .await
        .follow("Service figures")
        .await;
    let figures = page.texts(".kpis dd");
    assert_eq!(figures[0], "2");
    assert!(
        figures[1].starts_with("50") && figures[1].ends_with('1'),
        "paperless: {figures:?}"
    );
    assert!(figures[2].starts_with("50"), "with a sign-in: {figures:?}");
    assert!(figures[3].starts_with('0'), "on autopay: {figures:?}");
    let july = page.texts("#by-month tbody tr:first-child td");
    assert_eq!(july[0], "0", "no call was noted");
    assert_eq!(
        july[1..4],
        ["1", "1", "0"],
        "one request, one payment online: {july:?}"
    );
    let clerk = house.staff(Role::Csr).await;
    assert_eq!(clerk.get("/office/service-figures").await.status, 403);
}

/// Contract: F112, F165, F166
#[actix_web::test]
async fn what_did_not_happen_is_not_counted_and_the_months_are_the_utilitys() {
    let house = TestApp::start().await;
    house.set_day("2026-08-10");
    let rosa = house.customer("Rosa").owing("$84.10").signed_in().await;
    let mut conn = house.database().connect();
    let account = rosa.household.account;
    // The evening of July 31 in the utility's zone is August in UTC.
    diesel::insert_into(notes::table)
        .values((
            notes::account_id.eq(account),
            notes::kind.eq("phone"),
            notes::text.eq("Asked when the office opens."),
            notes::written_by.eq("Clara"),
            notes::written_at.eq("2026-08-01T02:30:00".parse::<NaiveDateTime>().unwrap()),
        ))
        .execute(&mut conn)
        .unwrap();
    // A card that was refused pays nothing; a payment that was entered by mistake was none.
    for (channel, state) in [("portal", "failed"), ("office", "reversed")] {
        diesel::insert_into(payments::table)
            .values((
                payments::number.eq(state),
                payments::account_id.eq(account),
                payments::amount_cents.eq(5_000_i64),
                payments::channel.eq(channel),
                payments::tender.eq("cash"),
                payments::processor.eq("office"),
                payments::request_key.eq(state),
                payments::requested_by.eq("Clara"),
                payments::requested_at.eq("2026-08-09T15:00:00".parse::<NaiveDateTime>().unwrap()),
                payments::requested_on.eq("2026-08-09".parse::<NaiveDate>().unwrap()),
                payments::state.eq(state),
            ))
            .execute(&mut conn)
            .unwrap();
    }
    drop(conn);
    let manager = house.staff(Role::BillingManager).await;
    let page = manager.visit("/office/service-figures").await;
    let august = page.texts("#by-month tbody tr:nth-child(1) td");
    assert_eq!(august[..4], ["0", "0", "0", "0"], "{august:?}");
    let july = page.texts("#by-month tbody tr:nth-child(2) td");
    assert_eq!(july[0], "1", "the call of July 31: {july:?}");
    let untold = page.texts("#told-table tbody tr:first-child td");
    assert_eq!(
        untold,
        ["1", "1", "100.0"],
        "one account, never told, called once"
    );
    // They came about without the desk, and no entry tells of them.
    diesel::delete(payments::table.filter(payments::requested_by.eq("Clara")))
        .execute(&mut house.database().connect())
        .unwrap();
}
