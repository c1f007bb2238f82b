//! A charge of which nobody could be told: it is told another way and made later, or waits until it can be told.

use diesel::prelude::*;
use mainstay::domain::autopay::ChargeState;
use mainstay::domain::exceptions::ExceptionReason;
use mainstay::domain::ids::NoticeId;
use mainstay::domain::notice::{AutopayNews, Channel, Notice};
use mainstay::domain::print::MailCode;
use mainstay::domain::staff::Role;
use mainstay::store::db::Tx;
use mainstay::store::notices::list_waiting;
use mainstay::store::schema::{accounts, notices};
use mainstay::usecases::bounces::record_returned_letter;

use super::{enrolled, said};
use crate::access::sharing::{GRETA, invite, join};
use crate::support::app::TestApp;
use crate::support::billing::Utility;
use crate::told::ladder::{mails_leave, refused};

/// What autopay wrote that still waits, with its channel, oldest first.
fn waits(house: &TestApp) -> Vec<String> {
    let waiting = house.database().read(|conn| list_waiting(conn, 100));
    let of = waiting.iter().rev().filter_map(|row| match &row.notice {
        Notice::Autopay(told) if matches!(told.news, AutopayNews::Ahead { .. }) => {
            Some(format!("{} {}", row.channel, said(&told.news)))
        }
        _ => None,
    });
    of.collect()
}

/// Contract: F49, F63
#[actix_web::test]
async fn a_charge_whose_notice_came_back_is_told_by_letter_and_made_when_that_has_come() {
    let house = TestApp::start().await;
    let rosa = enrolled(&house, "4242424242424242").await;
    mails_leave(&house).await;
    refused(&house, &rosa, 1);
    house.autopays("2026-07-21").await;
    assert_eq!(waits(&house), ["email ahead $15.00 2026-07-24"]);
    mails_leave(&house).await;
    assert_eq!(waits(&house), ["paper ahead $15.00 2026-07-29"]);
    // The letter still lies at the printer on its day: it told nobody yet.
    for day in ["2026-07-24", "2026-07-28", "2026-07-29"] {
        house.autopays(day).await;
        assert_eq!(house.balance(rosa.household.account).await, 1_500, "{day}");
    }
    house.set_day("2026-07-30");
    mailed(&house).await;
    house.autopays("2026-08-03").await;
    assert_eq!(house.balance(rosa.household.account).await, 1_500);
    house.autopays("2026-08-04").await;
    assert_eq!(house.balance(rosa.household.account).await, 0);
}

/// What waits for the printer is printed and handed to the post.
async fn mailed(house: &TestApp) {
    let clerk = house.staff(Role::BillingManager).await;
    let batch = clerk
        .visit("/office/print")
        .await
        .submit("Make a batch")
        .await;
    batch.submit("Confirm mailing").await.must_show("Mailed");
}

/// Contract: F49, F63
#[actix_web::test]
async fn a_charge_waits_while_nobody_can_be_told_of_it() {
    let house = TestApp::start().await;
    let rosa = enrolled(&house, "4242424242424242").await;
    let account = rosa.household.account;
    mails_leave(&house).await;
    refused(&house, &rosa, 1);
    house.autopays("2026-07-21").await;
    let parts = |until: &str| {
        let sql = format!("UPDATE account_roles SET until_on = {until} WHERE role = 'main'");
        diesel::sql_query(sql)
            .execute(&mut house.database().connect())
            .unwrap();
    };
    parts("'2026-06-30'");
    mails_leave(&house).await;
    for day in ["2026-07-22", "2026-07-24", "2026-08-03"] {
        house.autopays(day).await;
        assert_eq!(house.balance(account).await, 1_500, "{day}");
    }
    assert!(waits(&house).is_empty(), "{:?}", waits(&house));
    let asked = Utility::of(&house).open_reasons(account);
    assert!(asked.contains(&ExceptionReason::Undelivered), "{asked:?}");
    // What was answered and came to nothing is asked anew.
    let utility = Utility::of(&house);
    utility.answer_all(account, "2026-08-03");
    assert!(utility.open_reasons(account).is_empty());
    for _ in 0..2 {
        house.autopays("2026-08-03").await;
        let asked = utility.open_reasons(account);
        assert_eq!(asked, [ExceptionReason::Undelivered]);
    }
    // Somebody finds out where she is written to.
    parts("NULL");
    house.autopays("2026-08-04").await;
    assert_eq!(waits(&house), ["paper ahead $15.00 2026-08-12"]);
    house.set_day("2026-08-05");
    mailed(&house).await;
    house.autopays("2026-08-11").await;
    assert_eq!(house.charges_of(&rosa)[0].state, ChargeState::Planned);
    house.autopays("2026-08-12").await;
    assert_eq!(house.charges_of(&rosa)[0].state, ChargeState::Made);
}

/// That a guest was mailed tells nobody whose account it is.
///
/// Contract: F63, F119
#[actix_web::test]
async fn a_charge_of_which_only_a_guest_heard_is_told_anew() {
    let house = TestApp::start().await;
    let rosa = enrolled(&house, "4242424242424242").await;
    let account = rosa.household.account;
    invite(&rosa, GRETA, "view").await;
    join(&house, GRETA).await;
    mails_leave(&house).await;
    house.autopays("2026-07-21").await;
    assert_eq!(waits(&house), ["email ahead $15.00 2026-07-24"; 2]);
    let lost =
        "UPDATE notices SET state = 'failed' WHERE state = 'queued' AND recipient <> 'GRETA'";
    diesel::sql_query(lost.replace("GRETA", GRETA))
        .execute(&mut house.database().connect())
        .unwrap();
    mails_leave(&house).await;
    house.autopays("2026-07-24").await;
    assert_eq!(house.balance(account).await, 1_500);
    assert_eq!(waits(&house), ["email ahead $15.00 2026-07-27"; 2]);
    house.autopays("2026-07-27").await;
    assert_eq!(house.balance(account).await, 0);
}

/// Contract: F49, F63
#[actix_web::test]
async fn a_charge_whose_letter_was_returned_is_mailed_with_a_later_day() {
    let house = TestApp::start().await;
    let rosa = enrolled(&house, "4242424242424242").await;
    let account = rosa.household.account;
    mails_leave(&house).await;
    refused(&house, &rosa, 1);
    house.autopays("2026-07-21").await;
    mails_leave(&house).await;
    assert_eq!(waits(&house), ["paper ahead $15.00 2026-07-29"]);
    house.set_day("2026-07-22");
    mailed(&house).await;
    // Meanwhile the office knows an address of hers.
    diesel::update(accounts::table.find(account))
        .set(accounts::email.eq(true))
        .execute(&mut house.database().connect())
        .unwrap();
    house.set_day("2026-07-28");
    let letter: NoticeId = house.database().read(|conn| {
        Ok(notices::table
            .filter(notices::channel.eq(Channel::Paper))
            .filter(notices::kind.eq("autopay"))
            .select(notices::id)
            .first(conn)?)
    });
    let code = MailCode::Letter(letter);
    let returned = move |tx: &mut Tx<'_>| record_returned_letter(tx, &code, "No such street");
    let noted = house.app.db.write(house.stamp(), returned).await;
    noted.expect("it was out");
    assert_eq!(waits(&house), ["email ahead $15.00 2026-07-31"]);
    house.autopays("2026-07-30").await;
    assert_eq!(house.balance(account).await, 1_500);
    house.autopays("2026-07-31").await;
    assert_eq!(house.balance(account).await, 0);
}
