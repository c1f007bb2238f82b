//! Mails on their way: several become one, reminders carry a link that ends them, what has consequences does not.

use mainstay::jobs::deliver_notices;

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
    let told = house.told(&["due_soon", "digest"]);
    assert_eq!(told.len(), 5);
    assert!(told.iter().all(|seen| seen.state == "sent"), "{told:?}");
}
