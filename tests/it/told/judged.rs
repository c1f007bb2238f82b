//! Mails in the opinion of programs from outside: a mail server of aiosmtpd that refuses one and returns another, and a library that checks
//! signatures. Each is skipped, saying so, where its library is not installed.

use std::io::Write;

use diesel::prelude::*;
use mainstay::config::Dkim;
use mainstay::domain::exceptions::ExceptionReason;
use mainstay::domain::ids::AccountId;
use mainstay::jobs::deliver_notices;
use mainstay::store::schema::{accounts, contact_points};
use openssl::base64::encode_block;
use openssl::rsa::Rsa;

use crate::support::app::TestApp;
use crate::support::billing::Utility;
use crate::support::judges::{MailServer, python};
use crate::support::people::Household;
use crate::support::servers::mail_server;
use crate::told::returns::{SECRET, signature, steps, tells};

/// Their June is billed, by mail alone.
fn bill(house: &TestApp, homes: &[&Household]) {
    house.set_day("2026-07-05");
    let utility = Utility::of(house);
    utility.sells_water();
    let mut conn = house.database().connect();
    for home in homes {
        diesel::update(accounts::table.find(home.account))
            .set((accounts::paper.eq(false), accounts::email.eq(true)))
            .execute(&mut conn)
            .unwrap();
        let digits: String = home.email.chars().filter(char::is_ascii_digit).collect();
        let register = format!("W{digits:0>6}-1");
        utility.reads(&register, &[("2026-06-01", 0), ("2026-07-01", 3_000)]);
    }
    drop(conn);
    utility.bill("2026-06-01", "2026-07-04");
}

/// Contract: F47, F48, F49
#[actix_web::test]
async fn a_real_mail_server_refuses_one_bill_and_returns_another_and_both_go_on_paper() {
    let Some(mut server) = MailServer::start() else {
        return;
    };
    let house = TestApp::start_with(&[("MAIL_WEBHOOK_SECRET", SECRET)]).await;
    let rosa = house.customer("Rosa").moved_in().await;
    let ines = house.customer("Inés").speaking_spanish().moved_in().await;
    let address = |home: &Household, to: &str| {
        let of = contact_points::table.filter(contact_points::value.eq(&home.email));
        diesel::update(of)
            .set(contact_points::value.eq(to))
            .execute(&mut house.database().connect())
            .unwrap();
    };
    address(&rosa, "gone@home.example");
    address(&ines, "ines@home.example");
    bill(&house, &[&rosa, &ines]);
    let to = server.address.clone();
    let app = house.configured(|config| config.smtp_url = Some(to.clone()));
    deliver_notices::run(app.clone()).await.unwrap();
    let refused = ["email queued", "email failed", "paper queued"];
    assert_eq!(steps(&house, rosa.account), refused);
    assert_eq!(steps(&house, ines.account), ["email queued", "email sent"]);

    let mail = server.takes();
    assert!(mail.contains("To: ines@home.example"), "{mail}");
    let told = server.returns(&mail);
    assert_eq!(tells(&house, &told, &signature(&told)).await, 200);
    let returned = ["email queued", "email sent", "email failed", "paper queued"];
    assert_eq!(steps(&house, ines.account), returned);
    assert_eq!(tells(&house, &told, &signature(&told)).await, 200);
    assert_eq!(steps(&house, ines.account), returned, "once");
    let reasons = |account: AccountId| Utility::of(&house).open_reasons(account);
    for account in [rosa.account, ines.account] {
        assert_eq!(reasons(account), [ExceptionReason::Undelivered]);
    }
}

/// Contract: F116
#[actix_web::test]
async fn a_mail_is_signed_so_that_whoever_gets_it_can_tell() {
    let house = TestApp::start().await;
    house
        .customer("Ines")
        .speaking_spanish()
        .owing_due_in("$84.10", 4)
        .signed_in()
        .await;
    house.reminds().await;
    let key = Rsa::generate(2048).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("dkim.pem");
    std::fs::write(&file, key.private_key_to_pem().unwrap()).unwrap();
    let (address, received) = mail_server();
    let signs = |file: &std::path::Path| {
        house.configured(|config| {
            config.smtp_url = Some(address.clone());
            config.dkim = Some(Dkim {
                key: file.to_owned(),
                selector: "m1".to_owned(),
                domain: "larkspurbend.example".to_owned(),
            });
        })
    };
    let app = signs(&file);
    deliver_notices::check(&app).unwrap();
    deliver_notices::run(app).await.unwrap();
    let mails: Vec<String> = received.try_iter().collect();
    assert!(!mails.is_empty());
    let public = encode_block(&key.public_key_to_der().unwrap());
    for mail in &mails {
        assert!(
            mail.starts_with("DKIM-Signature: v=1; a=rsa-sha256;"),
            "{mail}"
        );
        // As it came: the server here keeps lines without their ends, and dots as they were doubled.
        let whole = mail.replace("\n..", "\n.").replace('\n', "\r\n");
        for (mail, holds) in [(whole.clone(), true), (whole.replace("84", "48"), false)] {
            let mut kept = tempfile::NamedTempFile::new().unwrap();
            kept.write_all(mail.as_bytes()).unwrap();
            let path = kept.path().to_str().unwrap();
            let Some(judged) = python("dkim_check.py", &[path, &public]) else {
                return;
            };
            let is_changed = mail != whole;
            assert_eq!(judged.status.success(), holds || !is_changed, "{mail}");
        }
    }
    // A key that is none is refused at the start, in words.
    std::fs::write(&file, "no key").unwrap();
    let said = deliver_notices::check(&signs(&file))
        .unwrap_err()
        .to_string();
    assert!(
        said.starts_with("DKIM_KEY=") && said.contains("openssl genrsa"),
        "{said}"
    );
}
