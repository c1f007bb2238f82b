//! Whatever asks for money carries a link to pay: bills, what a bill shows, installments; in mails, in texts, in several at once.

use std::collections::BTreeSet;

use mainstay::domain::customers::Language;
use mainstay::domain::ids::BillId;
use mainstay::domain::money::Money;
use mainstay::domain::notice::Notice;
use mainstay::jobs::{arrangements, deliver_texts};
use mainstay::store::db::Tx;
use mainstay::store::error::StoreError;
use mainstay::store::notices::{Addressee, put};

use crate::support::app::TestApp;
use crate::support::people::{Customer, Household};
use crate::support::servers::carrier;
use crate::told::mails::{leave, pay_links};
use crate::told::returns::billed;

fn found<'a>(mails: &'a [String], subject: &str) -> &'a String {
    let found = mails.iter().find(|mail| mail.contains(subject));
    found.unwrap_or_else(|| panic!("no mail says {subject}"))
}

fn bill_ready(home: &Household, balance: i64) -> Notice {
    Notice::BillReady {
        name: "Rosa".to_owned(),
        account_number: home.number.clone(),
        bill: BillId(1),
        total: Money::from_cents(2_500),
        balance: Money::from_cents(balance),
        due_on: "2026-07-24".parse().unwrap(),
    }
}

/// Bills of somebody, each told by a mail of its own.
async fn mailed(house: &TestApp, rosa: &Customer, balances: &'static [i64]) {
    let home = &rosa.household;
    let to = Addressee::by_email(&home.email, Language::English).of_account(home.account);
    let all: Vec<Notice> = balances
        .iter()
        .map(|balance| bill_ready(home, *balance))
        .collect();
    let put = move |tx: &mut Tx<'_>| -> Result<(), StoreError> {
        for notice in &all {
            put(tx, &to, notice)?;
        }
        Ok(())
    };
    house.app.db.write(house.stamp(), put).await.unwrap();
}

/// Contract: F105, F116
#[actix_web::test]
async fn a_bill_that_is_mailed_is_paid_by_its_own_link() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").signed_in().await;
    billed(&house, &rosa.household, (false, true));
    let mails = leave(&house).await;
    let mail = found(&mails, "Your bill is ready");
    let links: BTreeSet<String> = pay_links(mail).into_iter().collect();
    assert_eq!(links.len(), 1, "{mail}");
    assert!(mail.contains("/bills/"), "it still leads to the bill");
    let path = links.first().unwrap();
    let page = house.visitor().visit(path).await;
    page.submit("Go on to pay").await.must_show("$25.00");

    // What asks for nothing carries none.
    mailed(&house, &rosa, &[0]).await;
    let mails = leave(&house).await;
    assert!(pay_links(found(&mails, "Your bill is ready")).is_empty());
}

/// Contract: F105, F115
#[actix_web::test]
async fn each_bill_of_a_mail_with_several_has_its_link() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").owing("$84.10").signed_in().await;
    mailed(&house, &rosa, &[2_500, 2_600, 0, 2_700]).await;
    let mails = leave(&house).await;
    let digest = found(&mails, "News about your accounts");
    let links: BTreeSet<String> = pay_links(digest).into_iter().collect();
    assert_eq!(links.len(), 3, "{digest}");
    for path in &links {
        house.visitor().visit(path).await.must_show("Go on to pay");
    }
}

/// Contract: F76, F105
#[actix_web::test]
async fn an_installment_that_is_due_soon_and_one_that_is_late_carry_a_link() {
    let house = TestApp::start().await;
    let rosa = house
        .customer("Rosa")
        .owing_due_in("$100.00", 5)
        .signed_in()
        .await;
    house.set_day("2026-07-16");
    let check = rosa
        .visit("/more-time")
        .await
        .follow("3 monthly payments")
        .await;
    check.fill("agree", "yes").submit("Agree").await;
    leave(&house).await;
    for (day, subject) in [
        ("2026-07-16", "A payment we agreed is due soon"),
        ("2026-07-21", "A payment we agreed is late"),
    ] {
        house.set_day(day);
        arrangements::run(house.app.clone()).await.unwrap();
        let mails = leave(&house).await;
        let path = pay_links(found(&mails, subject)).remove(0);
        house.visitor().visit(&path).await.must_show("Go on to pay");
    }
}

/// Contract: F105, F108
#[actix_web::test]
async fn a_bill_that_is_texted_is_paid_by_the_link_in_the_text() {
    let (api_base, received) = carrier();
    let house = TestApp::start_with(&[
        ("TWILIO_ACCOUNT_SID", "AC1"),
        ("TWILIO_AUTH_TOKEN", "a token"),
        ("TWILIO_FROM", "+15552010100"),
        ("TWILIO_API_BASE", &api_base),
    ])
    .await;
    let rosa = house.customer("Rosa").owing("$25.00").signed_in().await;
    let home = &rosa.household;
    house.takes_texts(&rosa, "+15552010142").await;
    let mut to = Addressee::by_email("+15552010142", Language::English).of_account(home.account);
    to.channel = mainstay::domain::notice::Channel::Text;
    let notice = bill_ready(home, 2_500);
    let put = move |tx: &mut Tx<'_>| put(tx, &to, &notice);
    house.app.db.write(house.stamp(), put).await.unwrap();
    deliver_texts::run(house.app.clone()).await.unwrap();
    let texts: Vec<String> = received.try_iter().collect();
    let text = texts.iter().find(|text| text.contains("new+bill"));
    let text = text.expect("the text left").replace("%2F", "/");
    let path = pay_links(&text).remove(0);
    house.visitor().visit(&path).await.must_show("Go on to pay");
}
