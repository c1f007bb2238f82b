//! A bill that does not arrive goes out another way at once, and somebody looks at the address.

use diesel::prelude::*;
use hmac::{Hmac, KeyInit, Mac};
use mainstay::domain::customers::Language;
use mainstay::domain::exceptions::ExceptionReason;
use mainstay::domain::ids::{AccountId, BillNumber};
use mainstay::domain::notice::{Channel, Notice};
use mainstay::domain::print::MailCode;
use mainstay::domain::staff::Role;
use mainstay::jobs::deliver_notices;
use mainstay::store::db::Tx;
use mainstay::store::notices::{self, Addressee};
use mainstay::store::schema::{accounts, bill_deliveries, bills, contact_points};
use mainstay::usecases::bounces::record_returned_letter;
use sha2::Sha256;

use crate::access::sharing::{GRETA, invite, join};
use crate::support::app::TestApp;
use crate::support::billing::Utility;
use crate::support::people::Household;
use crate::support::servers::mail_server;

pub const SECRET: &str = "a secret between two servers";

/// One bill for June, after the account's wishes are set.
pub fn billed(house: &TestApp, home: &Household, (paper, email): (bool, bool)) -> BillNumber {
    house.set_day("2026-07-05");
    let mut conn = house.database().connect();
    diesel::update(accounts::table.find(home.account))
        .set((accounts::paper.eq(paper), accounts::email.eq(email)))
        .execute(&mut conn)
        .unwrap();
    let utility = Utility::of(house);
    utility.sells_water();
    let digits: String = home.email.chars().filter(char::is_ascii_digit).collect();
    let register = format!("W{digits:0>6}-1");
    utility.reads(&register, &[("2026-06-01", 0), ("2026-07-01", 3_000)]);
    utility.bill("2026-06-01", "2026-07-04");
    utility.latest(home.account).bill.number
}

/// Each step of the account's bills as `channel state`, in order.
pub fn steps(house: &TestApp, account: AccountId) -> Vec<String> {
    house.database().read(|conn| {
        let rows: Vec<(String, String)> = bill_deliveries::table
            .inner_join(bills::table)
            .filter(bills::account_id.eq(account))
            .order(bill_deliveries::id)
            .select((bill_deliveries::channel, bill_deliveries::state))
            .load(conn)?;
        Ok(rows
            .into_iter()
            .map(|(channel, state)| format!("{channel} {state}"))
            .collect())
    })
}

pub fn signature(body: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(SECRET.as_bytes()).unwrap();
    mac.update(body.as_bytes());
    hex::encode(mac.finalize().into_bytes())
}

pub async fn tells(house: &TestApp, body: &str, signature: &str) -> u16 {
    let request = house
        .visitor()
        .request(reqwest::Method::POST, "/webhooks/mail")
        .header("x-signature", signature)
        .body(body.to_owned());
    request.send().await.unwrap().status().as_u16()
}

/// Mail to an address came back once.
pub fn comes_back(house: &TestApp, address: &str) {
    let mut conn = house.database().connect();
    diesel::sql_query(
        "INSERT INTO failing_addresses (address, channel, reason, since_at) \
         VALUES ('ADDRESS', 'email', '5.1.1', '2026-07-01 00:00:00')"
            .replace("ADDRESS", address),
    )
    .execute(&mut conn)
    .unwrap();
}

/// Contract: F47, F48, F49, F50
#[actix_web::test]
async fn a_refused_address_sends_the_bill_on_paper_at_once() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").moved_in().await;
    let mut conn = house.database().connect();
    diesel::update(contact_points::table.filter(contact_points::value.eq(&rosa.email)))
        .set(contact_points::value.eq("gone@home.example"))
        .execute(&mut conn)
        .unwrap();
    drop(conn);
    billed(&house, &rosa, (false, true));
    assert_eq!(steps(&house, rosa.account), ["email queued"]);
    let (address, _received) = mail_server();
    let app = house.configured(|config| config.smtp_url = Some(address.clone()));
    deliver_notices::run(app).await.unwrap();
    let failed = ["email queued", "email failed", "paper queued"];
    assert_eq!(steps(&house, rosa.account), failed);
    let reasons = Utility::of(&house).open_reasons(rosa.account);
    assert_eq!(reasons, [ExceptionReason::Undelivered]);

    let clerk = house.staff(Role::BillingManager).await;
    let account = format!("/office/accounts/{}", rosa.number.as_str());
    clerk.visit(&account).await.must_show("Mail comes back");
    let today = clerk.visit("/office").await;
    today.must_show("Bills delivered at first try");
    today.must_show("of 1 in 35 days");
    let trusted = clerk
        .visit(&format!("{account}/people"))
        .await
        .submit("It works again")
        .await;
    trusted.must_show("Mail goes to this address again.");
    assert!(!clerk.visit(&account).await.shows("Mail comes back"));
}

/// Contract: F49
#[actix_web::test]
async fn an_address_that_failed_is_not_tried_with_the_next_bill() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").moved_in().await;
    comes_back(&house, &rosa.email);
    billed(&house, &rosa, (false, true));
    assert_eq!(
        steps(&house, rosa.account),
        ["email failed", "paper queued"]
    );
}

/// Contract: F49
#[actix_web::test]
async fn a_mail_that_comes_back_later_is_routed_again_once() {
    let house = TestApp::start_with(&[("MAIL_WEBHOOK_SECRET", SECRET)]).await;
    let rosa = house.customer("Rosa").moved_in().await;
    billed(&house, &rosa, (false, true));
    let (address, received) = mail_server();
    let app = house.configured(|config| config.smtp_url = Some(address.clone()));
    deliver_notices::run(app).await.unwrap();
    assert_eq!(steps(&house, rosa.account), ["email queued", "email sent"]);
    let mail = received.try_iter().find(|mail| mail.contains("Your bill"));
    let mail = mail.expect("the bill left");
    let line = mail.lines().find(|line| line.starts_with("Message-ID: "));
    let line = line.expect("it has a name");
    let told_of = |line: &str| {
        format!(
            "Content-Type: message/delivery-status\r\n\r\nAction: failed\r\nStatus: 5.1.1\r\n\
             Diagnostic-Code: smtp; 550 no such user\r\n\r\n{line}\r\n"
        )
    };
    // Whoever did not get our mail can't say that it came back.
    let (number, _) = line.split_once('.').expect("a number and a tag");
    let guessed = told_of(&format!("{number}.0123456789abcdef@larkspurbend.example>"));
    assert_eq!(tells(&house, &guessed, &signature(&guessed)).await, 200);
    let told = told_of(line);
    assert_eq!(tells(&house, &told, "00").await, 400);
    assert_eq!(steps(&house, rosa.account).len(), 2);
    assert_eq!(tells(&house, &told, &signature(&told)).await, 200);
    assert_eq!(tells(&house, &told, &signature(&told)).await, 200);
    let routed = ["email queued", "email sent", "email failed", "paper queued"];
    assert_eq!(steps(&house, rosa.account), routed);
}

/// Contract: F49
#[actix_web::test]
async fn a_returned_letter_is_keyed_in_and_the_bill_is_mailed_or_waits_in_the_portal() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").signed_in().await;
    let number = billed(&house, &rosa.household, (true, false));
    assert_eq!(steps(&house, rosa.household.account), ["paper queued"]);
    let clerk = house.staff(Role::BillingManager).await;
    let form = clerk.visit("/office/returned-mail").await;
    // What was not mailed can't come back.
    let early = form
        .clone()
        .fill("number", &number.to_string())
        .fill("why", "No such street")
        .submit("Note the return")
        .await;
    early.must_show("No letter with this code was mailed, or its return was noted before.");
    let waiting = clerk.visit("/office/print").await;
    let batch = waiting.submit("Make a batch").await;
    batch.submit("Confirm mailing").await.must_show("Mailed");
    let unknown = form
        .clone()
        .fill("number", "not a number")
        .fill("why", "No such street")
        .submit("Note the return")
        .await;
    assert_eq!(unknown.status, 422);
    form.clone()
        .fill("number", &number.to_string())
        .fill("why", "No such street")
        .submit("Note the return")
        .await
        .must_show("The return is noted, and what the letter brought went out another way");
    let routed = ["paper queued", "paper sent", "paper failed", "email queued"];
    assert_eq!(steps(&house, rosa.household.account), routed);
    let again = form
        .fill("number", &number.to_string())
        .fill("why", "No such street")
        .submit("Note the return")
        .await;
    assert_eq!(again.status, 422);
    again.must_show("No letter with this code was mailed, or its return was noted before.");
    let reasons = Utility::of(&house).open_reasons(rosa.household.account);
    assert_eq!(reasons, [ExceptionReason::Undelivered]);
}

/// Contract: F49
#[actix_web::test]
async fn an_address_is_written_to_again_once_its_reader_follows_a_link() {
    let house = TestApp::start().await;
    let rosa = house
        .customer("Rosa")
        .owing_due_in("$84.10", 4)
        .signed_in()
        .await;
    let email = &rosa.household.email;
    comes_back(&house, email);
    house.reminds().await;
    assert!(house.told(&["due_soon"]).is_empty());
    let visitor = house.visitor();
    let form = visitor.visit("/password/forgotten").await;
    form.fill("email", email).submit("Send me a link").await;
    let mails = visitor.visit("/sandbox/mail").await;
    let form = mails.follow("Choose a new password").await;
    form.fill("new_password", "the river bends twice")
        .submit("Save the new password")
        .await
        .must_show("Your new password is saved");
    house.reminds().await;
    assert_eq!(house.told(&["due_soon"]).len(), 1);
}

/// Contract: F49, F119
#[actix_web::test]
async fn a_returned_letter_goes_to_the_customers_own_address_and_to_no_guest() {
    let house = TestApp::start().await;
    let walter = house.customer("Walter").signed_in().await;
    invite(&walter, GRETA, "view").await;
    join(&house, GRETA).await;
    let mut conn = house.database().connect();
    diesel::sql_query("UPDATE login_accounts SET until_on = from_on WHERE access = 'owner'")
        .execute(&mut conn)
        .unwrap();
    let to = Addressee {
        channel: Channel::Paper,
        ..Addressee::by_email("The Household\n1 Prairie Street", Language::English)
            .of_account(walter.household.account)
    };
    let letter = Notice::AccountFollowed {
        name: "The Household".to_owned(),
        account_number: walter.household.number.clone(),
    };
    let put = move |tx: &mut Tx<'_>| notices::put(tx, &to, &letter);
    let id = house.app.db.write(house.stamp(), put).await.unwrap();
    diesel::sql_query(format!("UPDATE notices SET state = 'sent' WHERE id = {id}"))
        .execute(&mut conn)
        .unwrap();
    drop(conn);
    let code = MailCode::Letter(id);
    let returned = move |tx: &mut Tx<'_>| record_returned_letter(tx, &code, "No such street");
    let noted = house.app.db.write(house.stamp(), returned).await;
    noted.expect("it was out");
    let waiting = house
        .database()
        .read(|conn| notices::list_waiting(conn, 100));
    let mailed = waiting
        .iter()
        .find(|row| row.notice.kind() == "account_followed")
        .expect("it goes by mail");
    assert_eq!(mailed.recipient, walter.household.email);
    assert_eq!(mailed.notice.name(), Some("Walter"));
}
