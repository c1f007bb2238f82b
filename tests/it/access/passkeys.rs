//! Passkeys: made with password and code, shown in place of both, told by mail, and taken off.

use mainstay::domain::sessions::Door;
use mainstay::secrets::random_token;
use mainstay::store;
use mainstay::store::db::{Conn, Tx};
use mainstay::store::error::StoreError;
use mainstay::store::sessions::is_live;
use mainstay::usecases::passkeys::remove;
use mainstay::usecases::sessions::NewKey;

use super::device::Device;
use super::factors::{EMAIL, news, with_codes};
use super::passwords::sign_in;
use super::town::Town;
use crate::support::app::PASSWORD;
use crate::support::page::Page;
use crate::support::visitor::Visitor;

async fn town() -> Town {
    Town::with(&[("PUBLIC_URL", "http://localhost:{port}")]).await
}

/// What the page asks the device.
fn asked(page: &Page) -> String {
    page.attribute("form[data-passkey]", "data-passkey")
        .expect("a question to the device")
}

/// Somebody who is signed in makes a passkey on a device.
async fn made(town: &Town, visitor: &Visitor) -> Device {
    let mut device = Device::at("localhost", town.base());
    let page = visitor.visit("/security/passkeys").await;
    let page = page
        .fill("name", "My phone")
        .fill("password", PASSWORD)
        .submit("Make a passkey")
        .await;
    let answer = device.makes(&asked(&page));
    let page = page.fill("credential", &answer).submit("Continue").await;
    page.must_show("The passkey is yours.")
        .must_show("My phone");
    device
}

/// The page that asks for any passkey.
async fn asks(visitor: &Visitor) -> Page {
    let page = visitor.visit("/sign-in").await;
    page.submit("Sign in with a passkey").await
}

/// Contract: F2, F132
#[actix_web::test]
async fn a_passkey_signs_in_without_a_password() {
    let town = town().await;
    let rosa = town.customer(EMAIL).await;
    let mut device = made(&town, &rosa).await;
    assert_eq!(town.deeds("login.passkey_added"), 1);
    assert_eq!(
        news(&town),
        ["{\"passkey_added\":{\"passkey\":\"My phone\"}}"]
    );

    let there = town.visitor();
    let page = asks(&there).await;
    let answer = device.shows(&asked(&page));
    let page = page.fill("credential", &answer);
    page.submit("Continue").await;
    assert!(town.is_in(&there).await);
    assert_eq!(town.deeds("login.signed_in"), 1);

    // The same answer again, from anywhere, opens nothing: its question is used up.
    let thief = town.visitor();
    let again = asks(&thief).await;
    let token = page.attribute("[name=token]", "value").expect("a token");
    let stolen = again.fill("token", &token).fill("credential", &answer);
    stolen
        .submit("Continue")
        .await
        .must_show("That passkey opens nothing here");
    assert!(!town.is_in(&thief).await);
}

/// Contract: F132
#[actix_web::test]
async fn only_the_right_answer_opens() {
    let town = town().await;
    let rosa = town.customer(EMAIL).await;
    let mut device = made(&town, &rosa).await;
    let visitor = town.visitor();
    let refused = "That passkey opens nothing here";

    // The answer to another question.
    let (first, second) = (asks(&visitor).await, asks(&visitor).await);
    let answer = device.shows(&asked(&first));
    let page = second.fill("credential", &answer).submit("Continue").await;
    page.must_show(refused);

    // A device that did not make sure who is there.
    let page = asks(&visitor).await;
    device.flags = 1;
    let answer = device.shows(&asked(&page));
    device.flags = 5;
    let page = page.fill("credential", &answer).submit("Continue").await;
    page.must_show(refused);

    // Another site that looks like ours, a key that nobody has, and no answer at all.
    let mut elsewhere = Device::at("localhost", "http://localhost.evil.example");
    let page = asks(&visitor).await;
    let answers = [device.shows(&asked(&page)), elsewhere.shows(&asked(&page))];
    let mut foreign: serde_json::Value = serde_json::from_str(&answers[0]).unwrap();
    let own: serde_json::Value = serde_json::from_str(&answers[1]).unwrap();
    foreign["response"]["clientDataJSON"] = own["response"]["clientDataJSON"].clone();
    for answer in [
        foreign.to_string(),
        answers[1].clone(),
        String::new(),
        "{".to_owned(),
    ] {
        let page = asks(&visitor).await;
        let page = page.fill("credential", &answer).submit("Continue").await;
        page.must_show(refused);
    }
    assert!(!town.is_in(&visitor).await);
}

/// Contract: F132
#[actix_web::test]
async fn making_one_asks_for_password_and_code() {
    let town = town().await;
    let (rosa, phone, _) = with_codes(&town).await;
    let page = rosa.visit("/security/passkeys").await;
    let page = page.fill("name", "Laptop");
    let without = page.clone().fill("password", PASSWORD);
    assert_eq!(without.submit("Make a passkey").await.status, 422);
    let wrong = page.clone().fill("password", "wrong password");
    let wrong = wrong.fill("code", &phone.code(0));
    assert_eq!(wrong.submit("Make a passkey").await.status, 422);
    let right = page.fill("password", PASSWORD).fill("code", &phone.code(0));
    let page = right.submit("Make a passkey").await;
    let mut device = Device::at("localhost", town.base());
    let answer = device.makes(&asked(&page));

    // Somebody else's session cannot finish it.
    let sam = town.customer("sam@example.com").await;
    let token = page.attribute("[name=token]", "value").expect("a token");
    let fields = [
        ("token", &*token),
        ("credential", &answer),
        ("name", "Mine"),
    ];
    sam.post("/security/passkeys", &fields).await;
    assert_eq!(town.deeds("login.passkey_added"), 0);
    let page = page.fill("credential", &answer).submit("Continue").await;
    page.must_show("The passkey is yours.");

    // It stands for password and code.
    let there = town.visitor();
    let page = asks(&there).await;
    let answer = device.shows(&asked(&page));
    page.fill("credential", &answer).submit("Continue").await;
    assert!(town.is_in(&there).await);
}

/// Contract: F132
#[actix_web::test]
async fn one_that_was_taken_off_opens_nothing() {
    let town = town().await;
    let rosa = town.customer(EMAIL).await;
    let mut device = made(&town, &rosa).await;
    let page = rosa.visit("/security/passkeys").await;
    let page = page.follow("Take off").await;
    let wrong = page.clone().fill("password", "wrong password");
    let wrong = wrong.submit("Take this passkey off").await;
    assert_eq!(wrong.status, 422);
    let page = page.fill("password", PASSWORD);
    let page = page.submit("Take this passkey off").await;
    page.must_show("The passkey is off.");
    assert_eq!(town.deeds("login.passkey_removed"), 1);
    let there = town.visitor();
    let page = asks(&there).await;
    let answer = device.shows(&asked(&page));
    let page = page.fill("credential", &answer).submit("Continue").await;
    page.must_show("That passkey opens nothing here");

    // A sign-in that is closed takes its passkeys with it.
    let mut other = made(&town, &rosa).await;
    let page = rosa.visit("/security/closing").await;
    let page = page.fill("password", PASSWORD);
    page.submit("Close my sign-in").await;
    let page = asks(&there).await;
    let answer = other.shows(&asked(&page));
    let page = page.fill("credential", &answer).submit("Continue").await;
    page.must_show("That passkey opens nothing here");
}

/// Contract: F132
#[actix_web::test]
async fn whoever_lost_the_password_loses_the_passkeys_too() {
    let town = town().await;
    let rosa = town.customer(EMAIL).await;
    let mut device = made(&town, &rosa).await;
    let there = town.visitor();
    let page = asks(&there).await;
    let answer = device.shows(&asked(&page));
    page.fill("credential", &answer).submit("Continue").await;
    assert!(town.is_in(&there).await);
    // Taken off here, it leaves nobody signed in elsewhere.
    let page = rosa.visit("/security/passkeys").await;
    let page = page.follow("Take off").await.fill("password", PASSWORD);
    page.submit("Take this passkey off").await;
    assert!(town.is_in(&rosa).await && !town.is_in(&there).await);

    let mut another = made(&town, &rosa).await;
    let owner = town.visitor();
    let page = owner.visit("/password/forgotten").await;
    page.fill("email", EMAIL).submit("Send me a link").await;
    let mail = owner.visit("/sandbox/mail").await;
    let page = mail.follow("Choose a new password").await;
    let page = page.fill("new_password", "another quiet river bend");
    page.submit("Save the new password").await;
    let page = asks(&there).await;
    let answer = another.shows(&asked(&page));
    let page = page.fill("credential", &answer).submit("Continue").await;
    page.must_show("That passkey opens nothing here");
}

/// Contract: F132
#[actix_web::test]
async fn a_new_password_takes_the_passkeys_off_unless_they_are_to_stay() {
    let town = town().await;
    let rosa = town.customer(EMAIL).await;
    let mut device = made(&town, &rosa).await;
    let there = town.visitor();
    let second = "another quiet river bend";

    // The page names them; unticked, they stay.
    let page = rosa.visit("/password").await;
    page.must_show("Passkeys that sign you in without the password: My phone.");
    let page = page.fill("password", PASSWORD).fill("new_password", second);
    let page = page.fill("passkeys", "");
    page.submit("Save the new password").await;
    let page = asks(&there).await;
    let answer = device.shows(&asked(&page));
    page.fill("credential", &answer).submit("Continue").await;
    assert!(town.is_in(&there).await);
    assert_eq!(town.deeds("login.passkey_removed"), 0);

    // As the page comes, they go, and whoever came in by one is out.
    let page = rosa.visit("/password").await;
    let page = page.fill("password", second).fill("new_password", PASSWORD);
    page.submit("Save the new password").await;
    assert!(town.is_in(&rosa).await && !town.is_in(&there).await);
    assert_eq!(town.deeds("login.passkey_removed"), 1);
    let page = asks(&there).await;
    let answer = device.shows(&asked(&page));
    let page = page.fill("credential", &answer).submit("Continue").await;
    page.must_show("That passkey opens nothing here");
    assert!(!rosa.visit("/password").await.shows("Passkeys that sign"));
}

/// Contract: F132
#[actix_web::test]
async fn a_removal_that_is_repeated_at_once_hands_out_no_key_without_a_session() {
    let town = town().await;
    let rosa = town.customer(EMAIL).await;
    made(&town, &rosa).await;
    let (id, now) = (town.login_of(EMAIL), town.app.clock.world_now());
    let today = town.app.clock.today();
    let read = move |conn: &mut Conn| -> Result<_, StoreError> {
        let passkeys = store::passkeys::list(conn, id)?;
        Ok((passkeys[0].id, store::logins::get(conn, id)?.password_hash))
    };
    let (passkey, password_hash) = town.database().read(read);
    for _ in 0..2 {
        let key = random_token().expect("a token").hash();
        let new_key = NewKey {
            key: key.clone(),
            csrf_token: random_token().expect("a token").reveal().to_owned(),
            replaces: None,
            device: None,
            now,
        };
        let hash = password_hash.clone();
        let remove = move |tx: &mut Tx<'_>| remove(tx, (id, &hash), None, passkey, &new_key);
        let removed = town.app.db.write(town.stamp(), remove).await;
        removed.expect("it is off");
        let look = move |conn: &mut Conn| is_live(conn, Door::Portal, &key, now, today);
        assert!(town.database().read(look), "the key opens a session");
    }
    assert_eq!(town.deeds("login.passkey_removed"), 1);
}

/// Devices make passkeys for names alone: where the house is reached by a number, none is offered.
#[actix_web::test]
async fn none_is_offered_at_a_number() {
    let town = Town::new().await;
    let rosa = town.customer(EMAIL).await;
    let page = rosa.visit("/security/passkeys").await;
    assert!(!page.shows("Make a passkey"));
    let visitor = town.visitor();
    sign_in(&visitor, EMAIL, PASSWORD).await;
    let page = town.visitor().visit("/sign-in").await;
    assert!(!page.shows("Sign in with a passkey"));
}
