//! Mails on their way: several become one, reminders carry a link that ends them, what has consequences does not.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use diesel::prelude::*;
use mainstay::domain::customers::Language;
use mainstay::domain::notice::Notice;
use mainstay::domain::staff::Role;
use mainstay::jobs::deliver_notices;
use mainstay::store::db::Tx;
use mainstay::store::error::StoreError;
use mainstay::store::notices::{Addressee, put};
use mainstay::store::schema::notices;

use crate::access::sharing::{GRETA, invite, join, link};
use crate::support::app::TestApp;
use crate::support::servers::mail_server;

/// The address in a mail's `List-Unsubscribe`, without the house's own.
fn leave_path(mail: &str, base: &str) -> Option<String> {
    let line = mail
        .lines()
        .find(|line| line.starts_with("List-Unsubscribe:"))?;
    let (_, rest) = line.split_once('<')?;
    let (address, _) = rest.split_once('>')?;
    Some(address.strip_prefix(base)?.to_owned())
}

/// Where the links to pay in a mail lead.
pub fn pay_links(mail: &str) -> Vec<String> {
    // A mail breaks long lines: "=" and the end of the line belong together.
    let whole = mail.replace("=\r\n", "").replace("=\n", "");
    let tail = |rest: &str| -> String {
        rest.chars()
            .take_while(|letter| letter.is_ascii_hexdigit() || *letter == '/')
            .collect()
    };
    let parts = whole.split("/pay-link/").skip(1);
    parts
        .map(|rest| format!("/pay-link/{}", tail(rest)))
        .collect()
}

/// Contract: F116
#[actix_web::test]
async fn a_reminder_is_ended_by_its_link_without_a_sign_in() {
    let house = TestApp::start().await;
    house
        .customer("Rosa")
        .owing_due_in("$84.10", 4)
        .signed_in()
        .await;
    house.reminds().await;
    let (address, received) = mail_server();
    let app = house.configured(|config| config.smtp_url = Some(address.clone()));
    deliver_notices::run(app.clone()).await.unwrap();
    let mails: Vec<String> = received.try_iter().collect();
    let reminder = mails
        .iter()
        .find(|mail| mail.contains("A payment is due soon"))
        .expect("the reminder left");
    assert!(reminder.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click"));
    let path = leave_path(reminder, house.base()).expect("a link that ends it");

    let stranger = house.visitor();
    let page = stranger.visit(&path).await;
    page.must_show("A payment is due soon");
    assert_eq!(stranger.get(&format!("{path}0")).await.status, 404);
    let forged = stranger.post(&format!("{path}0"), &[]).await;
    assert_eq!(forged.status, 404);
    let left = stranger
        .post(&path, &[("List-Unsubscribe", "One-Click")])
        .await;
    assert_eq!(left.status, 200);

    let rosa = house.told(&["due_soon"])[0].recipient.clone();
    let again = house
        .signed_in("/sign-in", &rosa)
        .await
        .visit("/alerts")
        .await;
    assert!(again.attribute("#due_soon_email", "checked").is_none());
    assert!(again.attribute("#high_usage_email", "checked").is_some());
}

/// Contract: F116, F119
#[actix_web::test]
async fn the_page_of_the_link_says_what_stops_what_goes_on_and_takes_it_back() {
    let house = TestApp::start().await;
    let rosa = house
        .customer("Rosa")
        .speaking_spanish()
        .owing_due_in("$84.10", 4)
        .signed_in()
        .await;
    house.reminds().await;
    let (address, received) = mail_server();
    let app = house.configured(|config| config.smtp_url = Some(address.clone()));
    deliver_notices::run(app).await.unwrap();
    let path = received
        .try_iter()
        .find_map(|mail| leave_path(&mail, house.base()))
        .expect("a link that ends it");

    // Whoever opens it elsewhere reads the language of the mail.
    let elsewhere = house.visitor();
    let page = elsewhere.visit(&path).await;
    page.must_show("Un pago vence pronto")
        .must_show("Lo que sigue llegando: sus facturas")
        .must_show(&rosa.household.number.masked());
    let done = page.submit("No recibir estos correos").await;
    done.must_show("Ya no recibe correos de este tipo:");
    let is_mailed = async || {
        let page = rosa.visit("/alerts").await;
        page.attribute("#due_soon_email", "checked").is_some()
    };
    assert!(!is_mailed().await);
    let back = done.submit("Quiero recibir estos correos otra vez").await;
    back.must_show("Estos correos llegan otra vez:");
    assert!(is_mailed().await);
    let forged = elsewhere.post(&format!("{path}0&again=yes"), &[]).await;
    assert_eq!(forged.status, 404);
}

/// Contract: F116
#[actix_web::test]
async fn what_has_consequences_carries_no_such_link() {
    let house = TestApp::start().await;
    house
        .customer("Rosa")
        .owing_due_in("$84.10", 1)
        .signed_in()
        .await;
    house.set_day("2026-07-06");
    house.reminds().await;
    let (address, received) = mail_server();
    let app = house.configured(|config| config.smtp_url = Some(address.clone()));
    deliver_notices::run(app).await.unwrap();
    let mails: Vec<String> = received.try_iter().collect();
    let told = mails.iter().find(|mail| mail.contains("past due"));
    assert_eq!(leave_path(told.expect("it left"), house.base()), None);
}

/// Contract: F115
#[actix_web::test]
async fn many_mails_to_one_person_become_one() {
    let house = TestApp::start().await;
    house
        .customer("Rosa")
        .owing_due_in("$10.00", 2)
        .owing_due_in("$20.00", 3)
        .owing_due_in("$30.00", 4)
        .owing_due_in("$40.00", 5)
        .signed_in()
        .await;
    house.reminds().await;
    let (address, received) = mail_server();
    let app = house.configured(|config| config.smtp_url = Some(address.clone()));
    deliver_notices::run(app.clone()).await.unwrap();
    deliver_notices::run(app).await.unwrap();
    let mails: Vec<String> = received.try_iter().collect();
    let news: Vec<&String> = mails
        .iter()
        .filter(|mail| mail.contains("Subject: News about your accounts"))
        .collect();
    assert_eq!(news.len(), 1);
    for amount in ["$10.00", "$20.00", "$30.00", "$40.00"] {
        assert!(news[0].contains(amount), "{amount}");
    }
    assert!(leave_path(news[0], house.base()).is_some());
    // Each of them is paid by its own link.
    let links: BTreeSet<String> = pay_links(news[0]).into_iter().collect();
    assert_eq!(links.len(), 4, "{links:?}");
    for path in &links {
        house.visitor().visit(path).await.must_show("Go on to pay");
    }
    let told = house.told(&["due_soon", "digest"]);
    assert_eq!(told.len(), 5);
    assert!(told.iter().all(|seen| seen.state == "sent"), "{told:?}");
}

/// The value of a mail's header.
fn header<'a>(mail: &'a str, name: &str) -> &'a str {
    let line = mail.lines().find_map(|line| line.strip_prefix(name));
    line.expect("the header").trim()
}

/// A sender that dies between a mail and its record sends it again under the same Message-ID, which mail programs show once.
///
/// Contract: F115
#[actix_web::test]
async fn of_a_sender_killed_ten_times_no_mail_is_lost_and_none_comes_as_another() {
    let house = TestApp::start().await;
    let fill = |tx: &mut Tx<'_>| -> Result<(), StoreError> {
        for number in 0..500 {
            let to = Addressee::by_email(&format!("r{number}@post.example"), Language::Spanish);
            let name = format!("R{number}");
            put(tx, &to, &Notice::AlreadyRegistered { name })?;
        }
        Ok(())
    };
    house.app.db.write(house.stamp(), fill).await.expect("put");
    let (address, received) = mail_server();
    let app = house.configured(|config| config.smtp_url = Some(address.clone()));
    let mut kills = 0;
    for _ in 0..10 {
        let life = Duration::from_millis(rand::random_range(1..120));
        let died = tokio::time::timeout(life, deliver_notices::run(app.clone())).await;
        kills += usize::from(died.is_err());
        house.advance_days(1);
    }
    deliver_notices::run(app).await.expect("the rest leaves");
    let mut mails: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for mail in received.try_iter() {
        let to = header(&mail, "To: ").to_owned();
        mails
            .entry(to)
            .or_default()
            .push(header(&mail, "Message-ID: ").to_owned());
    }
    assert_eq!(mails.len(), 500, "after {kills} kills");
    for ids in mails.values() {
        assert!(ids.iter().all(|id| *id == ids[0]), "{ids:?}");
    }
    let told = house.told(&["already_registered"]);
    assert!(told.iter().all(|seen| seen.state == "sent"));
}

#[actix_web::test]
async fn a_notice_that_cannot_be_read_is_set_aside_and_holds_up_no_other() {
    let house = TestApp::start().await;
    let fill = |tx: &mut Tx<'_>| -> Result<(), StoreError> {
        for name in ["Rosa", "Omar"] {
            let to = Addressee::by_email(&format!("{name}@post.example"), Language::English);
            let name = name.to_owned();
            put(tx, &to, &Notice::AlreadyRegistered { name })?;
        }
        let of_rosa = notices::table.filter(notices::recipient.eq("Rosa@post.example"));
        diesel::update(of_rosa)
            .set(notices::facts.eq("{}"))
            .execute(tx.conn())?;
        Ok(())
    };
    house.app.db.write(house.stamp(), fill).await.expect("put");
    let (address, received) = mail_server();
    let app = house.configured(|config| config.smtp_url = Some(address.clone()));
    deliver_notices::run(app).await.expect("the round goes on");
    let mails: Vec<String> = received.try_iter().collect();
    assert_eq!(mails.len(), 1);
    assert_eq!(header(&mails[0], "To: "), "Omar@post.example");
    let states: Vec<String> = house
        .told(&["already_registered"])
        .into_iter()
        .map(|seen| seen.state)
        .collect();
    assert_eq!(states, ["failed", "sent"]);
}

/// Contract: F105, F116
#[actix_web::test]
async fn a_reminder_lets_whoever_has_it_pay_for_three_weeks_and_hides_the_account() {
    let house = TestApp::start().await;
    let rosa = house
        .customer("Rosa")
        .owing_due_in("$84.10", 4)
        .signed_in()
        .await;
    house.reminds().await;
    let (address, received) = mail_server();
    let app = house.configured(|config| config.smtp_url = Some(address.clone()));
    deliver_notices::run(app).await.unwrap();
    let mails: Vec<String> = received.try_iter().collect();
    let reminder = mails
        .iter()
        .find(|mail| mail.contains("A payment is due soon"))
        .expect("the reminder left");
    let path = pay_links(reminder).remove(0);

    let stranger = house.visitor();
    let number = rosa.household.number.to_string();
    let page = stranger.visit(&path).await;
    assert!(!page.shows(&number), "{}", page.html);
    let page = page.submit("Go on to pay").await;
    page.must_show("$84.10");
    assert!(!page.shows(&number), "{}", page.html);
    let check = page.submit("Check the payment").await;
    assert!(!check.shows(&number), "{}", check.html);
    let receipt = check
        .submit("Pay $84.10")
        .await
        .fill("card_number", "4242 4242 4242 4242")
        .fill("expiry", "12/34")
        .fill("cvc", "123")
        .submit("Pay $84.10")
        .await;
    assert!(!receipt.shows(&number), "{}", receipt.html);

    stranger.meets(&format!("{path}0"), 410).await;
    let other = path.replace("/pay-link/", "/pay-link/1");
    stranger.meets(&other, 410).await;
    house.advance_days(22);
    stranger.meets(&path, 410).await;
}

/// The mails that leave a house now.
pub async fn leave(house: &TestApp) -> Vec<String> {
    let (address, received) = mail_server();
    let app = house.configured(|config| config.smtp_url = Some(address.clone()));
    deliver_notices::run(app).await.unwrap();
    received.try_iter().collect()
}

/// Contract: F105, F119
#[actix_web::test]
async fn a_link_to_pay_opens_no_more_once_its_reader_is_off_the_account() {
    let house = TestApp::start().await;
    let walter = house
        .customer("Walter")
        .owing_due_in("$84.10", 4)
        .signed_in()
        .await;
    invite(&walter, GRETA, "view").await;
    let greta = join(&house, GRETA).await;
    house.reminds().await;
    let mails = leave(&house).await;
    let reminder = |to: &str| {
        let of = |mail: &&String| {
            mail.contains(&format!("To: {to}")) && mail.contains("A payment is due soon")
        };
        let mail = mails.iter().find(of).expect("the reminder left");
        pay_links(mail).remove(0)
    };
    let (hers, his) = (reminder(GRETA), reminder(&walter.household.email));
    house.visitor().meets(&hers, 200).await;
    // Whoever signs in instead comes to the same account; the address does not tell its number.
    let page = walter.visit(&his).await;
    let page = page.follow("Sign in instead").await;
    assert_eq!(page.heading(), "Make a payment");
    page.must_show("$84.10");
    let page = walter.visit("/people").await;
    page.submit("Remove Greta Koch").await;
    greta.meets(&hers, 410).await;
    house.visitor().meets(&his, 200).await;
    // Nor does one in a mail to an address that the sign-in had before.
    let sql = "UPDATE logins SET email = 'walter@new.example' WHERE email LIKE 'walter%'";
    diesel::sql_query(sql)
        .execute(&mut house.database().connect())
        .unwrap();
    house.visitor().meets(&his, 410).await;
}

/// Contract: F115, F117
#[actix_web::test]
async fn a_copy_ends_by_its_own_link_and_is_not_sent_where_mail_comes_back() {
    let house = TestApp::start().await;
    let walter = house
        .customer("Walter")
        .owing_due_in("$84.10", 0)
        .owing_due_in("$12.00", 20)
        .signed_in()
        .await;
    for reader in [GRETA, "gone@post.example"] {
        invite(&walter, reader, "copies").await;
        let page = house.visitor().visit(&link(&house, reader)).await;
        page.submit("Yes, send me copies").await;
    }
    let gone = "INSERT INTO failing_addresses (address, channel, reason, since_at)
                VALUES ('gone@post.example', 'email', '5.1.1', '2026-07-01 00:00:00')";
    diesel::sql_query(gone)
        .execute(&mut house.database().connect())
        .unwrap();
    house.advance_days(4);
    house.reminds().await;
    let copies = house.told(&["past_due_copy"]);
    assert_eq!(copies.len(), 1, "{copies:?}");
    let mails = leave(&house).await;
    let is_copy = |mail: &&String| mail.contains("A payment of somebody you look after");
    let copy = mails.iter().find(is_copy).expect("the copy left");
    let path = leave_path(copy, house.base()).expect("a link that ends it");
    let page = house.visitor().visit(&path).await;
    page.must_show("you get no more copies of overdue notices");
    let page = page.submit("Stop these mails").await;
    page.must_show("You will get no more copies of this account.")
        .must_show("ask whoever the account belongs to for a new invitation");
    let told = house.told(&["sharing"]);
    assert_eq!(told.last().unwrap().recipient, walter.household.email);
    house.visitor().post(&path, &[]).await;
    assert_eq!(house.told(&["sharing"]).len(), told.len(), "told once");
    house.advance_days(20);
    house.reminds().await;
    assert_eq!(house.told(&["past_due_copy"]).len(), 1);
}

/// Contract: F116
#[actix_web::test]
async fn staff_put_a_notice_in_their_own_words_and_what_must_be_told_stays() {
    let house = TestApp::start().await;
    house
        .customer("Rosa")
        .owing_due_in("$84.10", 4)
        .signed_in()
        .await;
    let manager = house.staff(Role::BillingManager).await;
    let page = manager
        .visit("/office/notices")
        .await
        .follow("Words of notices")
        .await
        .follow("notice-due-soon-text")
        .await;
    page.must_show("Must be told");
    let wrong = page
        .fill("en-US", "Dear neighbor, it is time to pay.")
        .submit("Use these words")
        .await;
    assert_eq!(wrong.status, 422);
    wrong.must_show("The value amount must be told");
    let looked = wrong
        .fill(
            "en-US",
            "Dear neighbor, {amount} of account {account} is to be paid by {day}.",
        )
        .submit("See how it reads")
        .await;
    looked.must_show("Dear neighbor, $84.10 of account …0019 is to be paid by");
    let saved = looked.submit("Use these words").await;
    saved
        .must_show("The words are saved.")
        .must_show("Dear neighbor,");

    house.reminds().await;
    let (address, received) = mail_server();
    let app = house.configured(|config| config.smtp_url = Some(address.clone()));
    deliver_notices::run(app).await.unwrap();
    let all: String = received.try_iter().collect();
    let whole = all.replace("=\r\n", "").replace("=\n", "");
    assert!(whole.contains("Dear neighbor, $84.10"), "{whole}");

    // Nothing written: our words again.
    let again = manager
        .visit("/office/notice-texts/notice-due-soon-text")
        .await;
    again.fill("en-US", "").submit("Use these words").await;
    let list = manager.visit("/office/notice-texts").await;
    assert!(!list.shows("Dear neighbor"));
    let clerk = house.staff(Role::Csr).await;
    assert_eq!(clerk.get("/office/notice-texts").await.status, 403);
}
