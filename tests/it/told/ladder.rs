//! What must reach somebody and did not arrive goes out another way at once: another owner's mail, a text, a letter; each once, and where none is
//! left somebody looks for one. What failed stays as it was.

use std::time::Duration;

use diesel::prelude::*;
use mainstay::domain::access::Access;
use mainstay::domain::exceptions::ExceptionReason;
use mainstay::domain::ids::AccountId;
use mainstay::domain::money::Money;
use mainstay::domain::notice::{Notice, PaymentTold, Urgency};
use mainstay::domain::payments::{Channel, ClearedPayment, Tender};
use mainstay::domain::staff::Role;
use mainstay::jobs::{deliver_notices, deliver_texts};
use mainstay::store::db::Tx;
use mainstay::store::error::StoreError;
use mainstay::store::logins::put_access;
use mainstay::store::notices::{NoticeRow, Reader};
use mainstay::store::schema::{accounts, audit_rows, contact_points, login_accounts, logins};
use mainstay::usecases::bounces::record_receipt;
use mainstay::usecases::notices::{record_failed, take_due, tell};
use mainstay::usecases::payments::receive_payment;

use crate::holds::places;
use crate::outages::{declared, form};
use crate::support::app::TestApp;
use crate::support::billing::Utility;
use crate::support::people::Customer;
use crate::support::servers::{carrier, mail_server};

const NUMBER: &str = "+15552010142";

/// The address of a household's sign-in is one that the mail server refuses; bills do not go by mail.
pub fn refused(house: &TestApp, rosa: &Customer, place: u32) -> String {
    let address = format!("gone{place}@post.example");
    let mut conn = house.database().connect();
    diesel::update(logins::table.filter(logins::email.eq(&rosa.household.email)))
        .set(logins::email.eq(&address))
        .execute(&mut conn)
        .unwrap();
    diesel::update(accounts::table.find(rosa.household.account))
        .set(accounts::email.eq(false))
        .execute(&mut conn)
        .unwrap();
    address
}

/// The mails that wait are handed over.
pub async fn mails_leave(house: &TestApp) {
    let (address, _received) = mail_server();
    let app = house.configured(|config| config.smtp_url = Some(address.clone()));
    deliver_notices::run(app).await.unwrap();
}

/// Each notice of a kind as `channel state`, in order.
fn steps(house: &TestApp, kind: &str) -> Vec<String> {
    let told = house.told(&[kind]);
    told.into_iter()
        .map(|seen| format!("{} {}", seen.channel, seen.state))
        .collect()
}

/// A refund of somebody's came back: it must be told.
async fn refund_fails(house: &TestApp, account: AccountId) {
    let write = |reader: &Reader| {
        Notice::RefundFailed(PaymentTold {
            name: reader.name.clone(),
            account_number: reader.account_number.clone(),
            payment: None,
            amount: Money::from_cents(1_000),
            on: "2026-07-01".parse().unwrap(),
        })
    };
    let told = move |tx: &mut Tx<'_>| tell(tx, account, Urgency::MustReach, write);
    house.app.db.write(house.stamp(), told).await.unwrap();
}

/// Contract: F49, F115
#[actix_web::test]
async fn what_is_past_due_and_was_refused_goes_by_letter_once() {
    let house = TestApp::start().await;
    let rosa = house
        .customer("Rosa")
        .owing_due_in("$84.10", 1)
        .signed_in()
        .await;
    refused(&house, &rosa, 1);
    house.set_day("2026-07-06");
    house.reminds().await;
    assert_eq!(steps(&house, "past_due"), ["email queued"]);
    mails_leave(&house).await;
    let routed = ["email failed", "paper queued"];
    assert_eq!(steps(&house, "past_due"), routed);
    let told = house.told(&["past_due"]);
    assert!(told[1].recipient.contains("Prairie Street"), "{told:?}");
    house.advance_days(1);
    house.reminds().await;
    mails_leave(&house).await;
    assert_eq!(steps(&house, "past_due"), routed, "told once");
    let asked = Utility::of(&house).open_reasons(rosa.household.account);
    assert!(asked.is_empty(), "{asked:?}");
}

/// Contract: F49
#[actix_web::test]
async fn another_address_of_the_owner_comes_before_the_letter_and_one_that_stands_is_enough() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").signed_in().await;
    let account = rosa.household.account;
    refused(&house, &rosa, 1);
    refund_fails(&house, account).await;
    // Meanwhile her bills go by mail to the address that the office knows.
    diesel::update(accounts::table.find(account))
        .set(accounts::email.eq(true))
        .execute(&mut house.database().connect())
        .unwrap();
    mails_leave(&house).await;
    let told = house.told(&["refund_failed"]);
    assert_eq!(told.len(), 2, "{told:?}");
    assert_eq!(
        (told[0].state.as_str(), told[1].recipient.as_str()),
        ("failed", rosa.household.email.as_str())
    );
    // Both are told now; one comes back, the other stands.
    refund_fails(&house, account).await;
    let told = house.told(&["refund_failed"]);
    assert_eq!(told.len(), 3, "the address that failed is none: {told:?}");
    mails_leave(&house).await;
    assert!(
        steps(&house, "refund_failed")
            .iter()
            .all(|step| !step.starts_with("paper"))
    );
}

/// Contract: F49, F108
#[actix_web::test]
async fn a_text_comes_before_the_letter_where_it_tells_all_and_the_letter_where_it_fails_too() {
    let (api_base, received) = carrier();
    let house = TestApp::start_with(&[
        ("TWILIO_ACCOUNT_SID", "AC1"),
        ("TWILIO_AUTH_TOKEN", "a token"),
        ("TWILIO_FROM", "+15552010100"),
        ("TWILIO_API_BASE", &api_base),
    ])
    .await;
    let rosa = house.customer("Rosa").signed_in().await;
    house.takes_texts(&rosa, NUMBER).await;
    refused(&house, &rosa, 1);
    refund_fails(&house, rosa.household.account).await;
    mails_leave(&house).await;
    let routed = ["email failed", "text queued"];
    assert_eq!(steps(&house, "refund_failed"), routed);
    deliver_texts::run(house.app.clone()).await.unwrap();
    let texts: Vec<String> = received.try_iter().collect();
    let told = texts
        .iter()
        .position(|text| text.contains("Your+refund+of+%2410.00"));
    let sid = format!("SM{}", told.expect("the text left") + 1);
    let failed = move |tx: &mut Tx<'_>| record_receipt(tx, &sid, ("undelivered", "30003"));
    for is_new in [true, false] {
        let noted = house.app.db.write(house.stamp(), failed.clone()).await;
        assert_eq!(noted.unwrap(), is_new);
    }
    let routed = ["email failed", "text failed", "paper queued"];
    assert_eq!(steps(&house, "refund_failed"), routed);
}

/// Contract: F49
#[actix_web::test]
async fn where_no_way_is_left_somebody_looks_for_one() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").signed_in().await;
    refused(&house, &rosa, 1);
    let account = rosa.household.account;
    refund_fails(&house, account).await;
    let mut conn = house.database().connect();
    diesel::sql_query("UPDATE account_roles SET until_on = '2026-06-30' WHERE role = 'main'")
        .execute(&mut conn)
        .unwrap();
    drop(conn);
    mails_leave(&house).await;
    assert_eq!(steps(&house, "refund_failed"), ["email failed"]);
    let queue = Utility::of(&house).queue();
    let asked: Vec<_> = queue
        .iter()
        .filter(|row| row.account_id == Some(account))
        .collect();
    let reasons: Vec<ExceptionReason> = asked.iter().map(|row| row.reason).collect();
    assert_eq!(reasons, [ExceptionReason::Undelivered]);
    let clerk = house.staff(Role::Csr).await;
    clerk
        .visit(&format!("/office/exceptions/{}", asked[0].id))
        .await
        .must_show("Nobody is known who could be told.");
}

/// A sign-in hears of what is urgent once for all its accounts: when that comes back, each of their houses is written to.
///
/// Contract: F49, F108
#[actix_web::test]
async fn what_is_urgent_and_came_back_goes_to_each_house_that_its_reader_looks_after() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").signed_in().await;
    let other = house.customer("Inés").moved_in().await.account;
    let mine = rosa.household.account;
    refused(&house, &rosa, 1);
    let hold = move |tx: &mut Tx<'_>| -> Result<(), StoreError> {
        let login = login_accounts::table
            .filter(login_accounts::account_id.eq(mine))
            .select(login_accounts::login_id)
            .first(tx.conn())?;
        put_access(tx, login, other, Access::Owner)?;
        diesel::update(accounts::table.find(other))
            .set(accounts::email.eq(false))
            .execute(tx.conn())?;
        Ok(())
    };
    house.app.db.write(house.stamp(), hold).await.unwrap();
    let operator = house.operations().await;
    let page = form(&operator, 1, 900).await;
    let page = page
        .fill("kind", "urgent_notice")
        .fill("cause", "water_quality")
        .fill("expected", "")
        .fill("words_en", "Boil water for one minute before you drink it.")
        .fill("words_es", "Hierva el agua un minuto antes de beberla.");
    declared(page).await;
    house.tells().await;
    assert_eq!(steps(&house, "urgent_notice"), ["email queued"]);
    mails_leave(&house).await;
    let routed = ["email failed", "paper queued", "paper queued"];
    assert_eq!(steps(&house, "urgent_notice"), routed);
    let told = house.told(&["urgent_notice"]);
    assert_ne!(told[1].recipient, told[2].recipient);
    house.tells().await;
    assert_eq!(steps(&house, "urgent_notice").len(), 3);
}

/// Contract: F49, F108
#[actix_web::test]
async fn planned_work_goes_by_letter_where_mail_that_is_wanted_comes_back() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").signed_in().await;
    refused(&house, &rosa, 1);
    let operator = house.operations().await;
    let plan = async |begins: &str| {
        let page = form(&operator, 1, 900).await;
        let page = page
            .fill("kind", "planned_work")
            .fill("begins", begins)
            .fill("expected", "");
        declared(page).await
    };
    plan("2026-07-20T08:00").await;
    house.tells().await;
    mails_leave(&house).await;
    let routed = ["email failed", "paper queued"];
    assert_eq!(steps(&house, "planned_work"), routed);
    // The address is known to fail now; whoever wants no mail is not written to.
    plan("2026-07-21T08:00").await;
    house.tells().await;
    assert_eq!(steps(&house, "planned_work").len(), 3);
    let alerts = rosa.visit("/alerts").await.fill("planned_work_email", "");
    alerts.submit("Save my alerts").await;
    plan("2026-07-22T08:00").await;
    house.tells().await;
    assert_eq!(steps(&house, "planned_work").len(), 3);
}

/// What came to be without a mail's fault is not told again: the address on file is not the household's any more.
///
/// Contract: F49
#[actix_web::test]
async fn what_need_not_reach_anybody_is_not_told_again() {
    let house = TestApp::start().await;
    let rosa = house
        .customer("Rosa")
        .owing_due_in("$84.10", 4)
        .signed_in()
        .await;
    let gone = refused(&house, &rosa, 1);
    diesel::update(contact_points::table.filter(contact_points::value.eq(&rosa.household.email)))
        .set(contact_points::value.eq(gone))
        .execute(&mut house.database().connect())
        .unwrap();
    house.reminds().await;
    mails_leave(&house).await;
    assert_eq!(steps(&house, "due_soon"), ["email failed"]);
}

/// Two addresses of an owner are lost at the same moment: neither may take the other for one that stands.
///
/// Contract: F49
#[actix_web::test]
async fn where_two_ways_are_lost_at_once_the_letter_goes_out_all_the_same() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").signed_in().await;
    let account = rosa.household.account;
    mails_leave(&house).await;
    refused(&house, &rosa, 1);
    diesel::update(accounts::table.find(account))
        .set(accounts::email.eq(true))
        .execute(&mut house.database().connect())
        .unwrap();
    refund_fails(&house, account).await;
    let take = |tx: &mut Tx<'_>| take_due(tx, 10);
    let rows = house.app.db.write(house.stamp(), take).await.unwrap();
    let [one, other] = rows.as_slice() else {
        panic!("both are mailed: {}", rows.len());
    };
    let fails = |row: &NoticeRow| {
        let row = row.clone();
        let fail = move |tx: &mut Tx<'_>| -> Result<(), StoreError> {
            record_failed(tx, &[(&row, "550 5.1.1 no such user", None)])?;
            std::thread::sleep(Duration::from_millis(300));
            Ok(())
        };
        house.app.db.write(house.stamp(), fail)
    };
    let (first, second) = tokio::join!(fails(one), fails(other));
    first.unwrap();
    second.unwrap();
    let routed = ["email failed", "email failed", "paper queued"];
    assert_eq!(steps(&house, "refund_failed"), routed);
}

/// Contract: F49, F80, F115
#[actix_web::test]
async fn nobody_is_dunned_another_way_for_what_is_held_or_paid_by_now() {
    let house = TestApp::start().await;
    let owing = async |name: &str, place: u32| {
        let customer = house.customer(name).owing_due_in("$84.10", 1);
        let customer = customer.signed_in().await;
        refused(&house, &customer, place);
        customer
    };
    let (rosa, omar) = (owing("Rosa", 1).await, owing("Omar", 2).await);
    house.set_day("2026-07-06");
    house.reminds().await;
    assert_eq!(steps(&house, "past_due"), ["email queued"; 2]);
    let clerk = house.staff(Role::Csr).await;
    places(&clerk, &rosa.household, "bankruptcy").await;
    let paid = ClearedPayment {
        account_id: omar.household.account,
        amount: Money::from_cents(8_410),
        tender: Tender::Cash,
        channel: Channel::Office,
        received_on: house.app.clock.today(),
        reference: "slip-1".to_owned(),
        label: None,
    };
    let take = move |tx: &mut Tx<'_>| receive_payment(tx, &paid);
    let taken = house.app.db.write(house.stamp(), take).await;
    taken.expect("taken");
    mails_leave(&house).await;
    assert_eq!(steps(&house, "past_due"), ["email failed"; 2]);
}

/// Contract: F49, F108
#[actix_web::test]
async fn no_letter_follows_the_text_that_went_out_in_the_mails_place() {
    let house = TestApp::start().await;
    let rosa = house
        .customer("Rosa")
        .owing_due_in("$84.10", 1)
        .signed_in()
        .await;
    house.takes_texts(&rosa, NUMBER).await;
    refused(&house, &rosa, 1);
    house.set_day("2026-07-06");
    house.reminds().await;
    mails_leave(&house).await;
    let routed = ["email failed", "text queued"];
    assert_eq!(steps(&house, "past_due"), routed);
    house.reminds().await;
    house.advance_days(1);
    house.reminds().await;
    assert_eq!(steps(&house, "past_due"), routed, "told once");
}

/// Contract: F49
#[actix_web::test]
async fn each_account_for_which_a_way_was_looked_for_keeps_it_in_its_record() {
    let house = TestApp::start().await;
    let mut known = Vec::new();
    for (name, place) in [("Rosa", 1), ("Omar", 2)] {
        let customer = house.customer(name).owing_due_in("$84.10", 1);
        let customer = customer.signed_in().await;
        refused(&house, &customer, place);
        known.push(customer.household.account);
    }
    house.set_day("2026-07-06");
    house.reminds().await;
    mails_leave(&house).await;
    let mut recorded: Vec<Option<AccountId>> = house.database().read(|conn| {
        Ok(audit_rows::table
            .filter(audit_rows::action.eq("notice.rerouted"))
            .select(audit_rows::account_id)
            .load(conn)?)
    });
    recorded.sort_unstable();
    known.sort_unstable();
    let known: Vec<Option<AccountId>> = known.into_iter().map(Some).collect();
    assert_eq!(recorded, known);
}
