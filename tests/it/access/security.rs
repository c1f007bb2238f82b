//! What a customer sees and ends of sign-ins, and another address for them.

use crate::access::passwords::sign_in;
use crate::access::town::Town;
use crate::support::app::PASSWORD;

/// Contract: F2
#[actix_web::test]
async fn a_browser_that_was_not_known_is_told_of_and_can_be_signed_out_from_here() {
    let town = Town::new().await;
    let here = town.customer("rosa@example.com").await;
    let new_devices = || {
        let kinds = town.kinds_of_mail().into_iter();
        kinds.filter(|kind| *kind == "new_device").count()
    };
    // The browser that proved the address is known; signing in again there is no news.
    here.visit("/password").await.submit("Sign out").await;
    sign_in(&here, "rosa@example.com", PASSWORD).await;
    assert_eq!(new_devices(), 0);

    let there = town.visitor();
    sign_in(&there, "rosa@example.com", PASSWORD).await;
    assert_eq!(new_devices(), 1);
    let page = here.visit("/security").await;
    page.must_show("Where you are signed in");
    assert_eq!(
        page.texts(".list .badge").len(),
        1,
        "one of the two is this one"
    );
    page.submit("Sign out everywhere else").await;
    assert!(!town.is_in(&there).await);
    assert!(town.is_in(&here).await);

    // It is known from then on.
    sign_in(&there, "rosa@example.com", PASSWORD).await;
    assert_eq!(new_devices(), 1);
}

/// Contract: F2
#[actix_web::test]
async fn a_new_address_is_proved_before_it_counts_and_both_are_told() {
    let town = Town::new().await;
    let rosa = town.customer("rosa@example.com").await;
    let page = rosa.visit("/security").await;
    let page = page.follow("Change e-mail address").await;
    let ask = async |email: &str, password: &str| {
        let page = page.clone().fill("email", email).fill("password", password);
        page.submit("Send the link").await
    };
    assert_eq!(ask("rosa@new.example", "wrong").await.status, 422);
    assert_eq!(ask("rosa@example.com", PASSWORD).await.status, 422);
    assert_eq!(ask("rosa", PASSWORD).await.status, 422);
    ask("rosa@new.example", PASSWORD)
        .await
        .must_show("We mailed a link to the new address.");
    let told = town.mail();
    let to: Vec<(&str, &str)> = told
        .iter()
        .map(|row| (row.notice.kind(), row.recipient.as_str()))
        .collect();
    assert!(to.contains(&("change_email", "rosa@new.example")), "{to:?}");
    assert!(
        to.contains(&("email_changed", "rosa@example.com")),
        "{to:?}"
    );
    // Until the link is opened the old address signs in.
    sign_in(&town.visitor(), "rosa@example.com", PASSWORD).await;

    let elsewhere = town.visitor();
    let mail = elsewhere.visit("/sandbox/mail").await;
    let link = mail.follow("Change my address").await;
    link.must_show("rosa@new.example");
    // Whoever has the link alone changes nothing.
    let wrong = link.clone().fill("password", "a stranger's guess");
    assert_eq!(wrong.submit("Yes, change it").await.status, 422);
    assert!(town.is_in(&rosa).await);
    let link = link.fill("password", PASSWORD);
    link.submit("Yes, change it").await;
    assert_eq!(link.submit("Yes, change it").await.status, 410);
    assert!(!town.is_in(&rosa).await, "the sessions of before are over");
    let old = town.visitor();
    assert_eq!(
        sign_in(&old, "rosa@example.com", PASSWORD).await.status,
        422
    );
    sign_in(&old, "rosa@new.example", PASSWORD).await;
    assert!(town.is_in(&old).await);
    let done = town.mail();
    let done = done
        .iter()
        .filter(|row| row.notice.kind() == "email_changed");
    assert_eq!(done.count(), 3);
}

/// Contract: F2
#[actix_web::test]
async fn a_mistyped_address_and_links_to_the_old_mailbox_open_nothing() {
    let town = Town::new().await;
    let rosa = town.customer("rosa@example.com").await;
    let elsewhere = town.visitor();
    elsewhere
        .visit("/password/forgotten")
        .await
        .fill("email", "rosa@example.com")
        .submit("Send me a link")
        .await;
    let reset = elsewhere.visit("/sandbox/mail").await;
    let reset = reset.follow("Choose a new password").await;
    let ask = async |email: &str| {
        let page = rosa.visit("/email").await;
        page.fill("email", email)
            .fill("password", PASSWORD)
            .submit("Send the link")
            .await;
        let mail = elsewhere.visit("/sandbox/mail").await;
        mail.follow("Change my address")
            .await
            .fill("password", PASSWORD)
    };
    let mistyped = ask("stranger@typo.example").await;
    let right = ask("rosa@new.example").await;
    assert_eq!(mistyped.submit("Yes, change it").await.status, 410);
    right.submit("Yes, change it").await;
    let page = reset.fill("new_password", "another long password");
    assert_eq!(page.submit("Save the new password").await.status, 410);
    sign_in(&rosa, "rosa@new.example", PASSWORD).await;
    assert!(town.is_in(&rosa).await);
}

/// Contract: F2
#[actix_web::test]
async fn an_address_asked_for_with_an_old_password_is_void_after_a_new_one() {
    let town = Town::new().await;
    let rosa = town.customer("rosa@example.com").await;
    let page = rosa.visit("/email").await;
    page.fill("email", "thief@example.com")
        .fill("password", PASSWORD)
        .submit("Send the link")
        .await;
    let elsewhere = town.visitor();
    let mail = elsewhere.visit("/sandbox/mail").await;
    let link = mail.follow("Change my address").await;
    assert_eq!(link.status, 200);
    rosa.visit("/password")
        .await
        .fill("password", PASSWORD)
        .fill("new_password", "another long password")
        .submit("Save the new password")
        .await;
    assert_eq!(
        link.fill("password", PASSWORD)
            .submit("Yes, change it")
            .await
            .status,
        410
    );
}

/// Contract: F2
#[actix_web::test]
async fn a_registration_that_nobody_proved_keeps_no_address_from_its_owner() {
    let town = Town::new().await;
    let rosa = town.customer("rosa@example.com").await;
    let other = town.visitor();
    let page = town.registration(&other, "rosa@new.example").await;
    page.submit("Set up my sign-in").await;
    let page = rosa.visit("/email").await;
    let page = page.fill("email", "rosa@new.example");
    let page = page.fill("password", PASSWORD);
    page.submit("Send the link").await;
    let mail = other.visit("/sandbox/mail").await;
    let waiting = mail.follow("Confirm my address").await;
    let link = mail.follow("Change my address").await;
    let link = link.fill("password", PASSWORD);
    link.submit("Yes, change it").await;
    sign_in(&other, "rosa@new.example", PASSWORD).await;
    assert!(town.is_in(&other).await);
    // What somebody else had typed opens nothing any more.
    let late = waiting.fill("password", PASSWORD);
    assert_ne!(late.submit("Confirm and sign in").await.status, 200);
}
