//! Passwords: wrong ones, forgotten ones, new ones.

use super::town::Town;
use crate::support::app::PASSWORD;
use crate::support::page::Page;
use crate::support::visitor::Visitor;

const NEW_PASSWORD: &str = "another long password";

pub async fn sign_in(visitor: &Visitor, email: &str, password: &str) -> Page {
    let page = visitor.visit("/sign-in").await;
    page.fill("email", email)
        .fill("password", password)
        .submit("Sign in")
        .await
}

#[actix_web::test]
async fn an_unknown_address_and_a_wrong_password_are_refused_alike() {
    let town = Town::new().await;
    town.customer("rosa@example.com").await;
    let visitor = town.visitor();
    let wrong = sign_in(&visitor, "rosa@example.com", "wrong password").await;
    let unknown = sign_in(&visitor, "juan@example.com", "wrong password").await;
    assert_eq!((wrong.status, unknown.status), (422, 422));
    assert_eq!(wrong.texts(".errors"), unknown.texts(".errors"));
    sign_in(&visitor, " ROSA@example.com", PASSWORD).await;
    assert!(town.is_in(&visitor).await);
    assert_eq!(town.deeds("login.signed_in"), 1);
}

#[actix_web::test]
async fn after_many_wrong_passwords_the_right_one_must_wait_too() {
    let town = Town::new().await;
    town.customer("rosa@example.com").await;
    let visitor = town.visitor();
    for _ in 0..11 {
        sign_in(&visitor, "rosa@example.com", "wrong password").await;
    }
    let page = sign_in(&visitor, "rosa@example.com", PASSWORD).await;
    assert_eq!(page.status, 429);
    assert_eq!(page.header("retry-after"), Some("60"));
    assert!(!town.is_in(&visitor).await);
}

#[actix_web::test]
async fn somebody_who_asks_for_a_link_in_anothers_name_does_not_spoil_the_owners() {
    let town = Town::new().await;
    town.customer("rosa@example.com").await;
    let (rosa, stranger) = (town.visitor(), town.visitor());
    let ask = async |visitor: &Visitor| {
        let page = visitor.visit("/password/forgotten").await;
        let page = page.fill("email", "rosa@example.com");
        page.submit("Send me a link").await
    };
    ask(&rosa).await;
    let page = rosa.visit("/sandbox/mail").await;
    let page = page.follow("Choose a new password").await;
    ask(&stranger).await;
    let page = page.fill("new_password", NEW_PASSWORD);
    let page = page.submit("Save the new password").await;
    assert_eq!(page.path, "/");
    assert!(town.is_in(&rosa).await);
    let mail = rosa.visit("/sandbox/mail").await;
    let later = mail.follow("Choose a new password").await;
    assert_eq!(later.status, 410, "one that was used ends all");
}

#[actix_web::test]
async fn a_sign_in_that_was_never_proved_opens_nothing() {
    let town = Town::new().await;
    let rosa = town.visitor();
    let page = town.registration(&rosa, "rosa@example.com").await;
    page.submit("Set up my sign-in").await;
    let page = sign_in(&rosa, "rosa@example.com", PASSWORD).await;
    page.must_show("Confirm your e-mail address first");
    assert!(!town.is_in(&rosa).await);
}

/// F2.
#[actix_web::test]
async fn a_forgotten_password_is_replaced_by_a_mailed_link_that_works_once() {
    let town = Town::new().await;
    let rosa = town.customer("rosa@example.com").await;
    let elsewhere = town.visitor();
    for email in ["juan@example.com", "rosa@example.com"] {
        let page = elsewhere.visit("/sign-in").await;
        let page = page.follow("Forgot your password?").await;
        let page = page.fill("email", email).submit("Send me a link").await;
        assert_eq!(page.heading(), "Check your e-mail");
    }
    let links = town.kinds_of_mail();
    let links = links.iter().filter(|kind| **kind == "reset_password");
    assert_eq!(links.count(), 1);

    let mail = elsewhere.visit("/sandbox/mail").await;
    let page = mail.follow("Choose a new password").await;
    let weak = page.clone().fill("new_password", "short");
    assert_eq!(weak.submit("Save the new password").await.status, 422);
    let page = page.fill("new_password", NEW_PASSWORD);
    page.submit("Save the new password").await;
    assert!(town.is_in(&elsewhere).await, "the link signs in");
    assert!(!town.is_in(&rosa).await, "every other session ended");
    assert_eq!(town.kinds_of_mail().first(), Some(&"password_changed"));

    assert_eq!(mail.follow("Choose a new password").await.status, 410);
    let later = town.visitor();
    assert_eq!(
        sign_in(&later, "rosa@example.com", PASSWORD).await.status,
        422
    );
    sign_in(&later, "rosa@example.com", NEW_PASSWORD).await;
    assert!(town.is_in(&later).await);
}

#[actix_web::test]
async fn a_new_password_ends_the_sessions_of_other_devices() {
    let town = Town::new().await;
    let here = town.customer("rosa@example.com").await;
    let there = town.visitor();
    sign_in(&there, "rosa@example.com", PASSWORD).await;
    let change = async |old: &str| {
        let page = here.visit("/password").await;
        let page = page
            .fill("password", old)
            .fill("new_password", NEW_PASSWORD);
        page.submit("Save the new password").await.status
    };
    assert_eq!(change("wrong password").await, 422);
    change(PASSWORD).await;
    assert!(town.is_in(&here).await);
    assert!(!town.is_in(&there).await);
}
