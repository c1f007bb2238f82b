//! A customer's second factor: codes of an app after the password, recovery codes, and the office's help for whoever lost both.

use diesel::prelude::*;
use mainstay::domain::staff::Role;
use mainstay::secrets::Token;
use mainstay::store::authenticators::CheckedCode;
use mainstay::store::db::Tx;
use mainstay::store::notices;
use mainstay::store::schema::audit_rows;
use mainstay::store::sessions::Holder;
use mainstay::usecases::authenticators::{self, AuthenticatorError};
use mainstay::usecases::sessions::NewKey;
use totp_rs::Totp;

use super::passwords::sign_in;
use super::town::Town;
use crate::support::app::{PASSWORD, TestApp};
use crate::support::page::Page;
use crate::support::visitor::Visitor;

pub const EMAIL: &str = "rosa@example.com";

/// An app that has learned a secret, with the house's clock.
pub struct Phone {
    app: Totp,
    now: u64,
}

impl Phone {
    /// Reads the key of the page.
    fn reads(house: &TestApp, page: &Page) -> Self {
        let secret = page.text("main code").replace(' ', "");
        let app = totp_rs::Builder::new()
            .with_secret(totp_rs::Secret::try_from_base32(&secret).expect("a secret"))
            .with_account_name("rosa")
            .build()
            .expect("an app");
        let now = house.app.clock.world_now().and_utc().timestamp();
        let now = u64::try_from(now).expect("an instant of our age");
        Self { app, now }
    }

    /// The code of a step near now; each opens once, in order.
    pub fn code(&self, step: i64) -> String {
        let at = self.now.checked_add_signed(step * 30).expect("near now");
        self.app.generate(at).to_string()
    }
}

/// Waits for the next half minute where this one is nearly over: a code of the step before would be too old on its way.
async fn early_in_a_step(house: &TestApp) {
    let into = house.app.clock.world_now().and_utc().timestamp() % 30;
    if let Ok(left @ 1..=8) = u64::try_from(30 - into) {
        actix_web::rt::time::sleep(std::time::Duration::from_secs(left)).await;
    }
}

/// Somebody turns codes on: the app, and the ten codes. The step before now is used up.
pub async fn turned_on(house: &TestApp, visitor: &Visitor) -> (Phone, Vec<String>) {
    let page = visitor.visit("/security").await;
    let page = page.follow("Set up codes").await;
    let page = page.fill("password", PASSWORD).submit("Set up codes").await;
    early_in_a_step(house).await;
    let phone = Phone::reads(house, &page);
    let page = page.fill("code", &phone.code(-1)).submit("Turn on").await;
    assert_eq!(page.heading(), "Your recovery codes");
    (phone, page.texts(".recovery code"))
}

/// Rosa with codes: the browser, the app, and the ten codes.
pub async fn with_codes(town: &Town) -> (Visitor, Phone, Vec<String>) {
    let rosa = town.customer(EMAIL).await;
    let (phone, codes) = turned_on(town, &rosa).await;
    (rosa, phone, codes)
}

/// The news of sign-ins that wait in the outbox, oldest first.
pub fn news(house: &TestApp) -> Vec<String> {
    let waiting = house
        .database()
        .read(|conn| notices::list_waiting(conn, 100));
    let mut told: Vec<String> = waiting
        .into_iter()
        .filter(|row| row.notice.kind() == "sign_in")
        .map(|row| serde_json::to_value(&row.notice).expect("facts")["news"].to_string())
        .collect();
    told.reverse();
    told
}

/// Contract: F2, F132
#[actix_web::test]
async fn a_code_is_asked_for_after_the_password_and_opens_once() {
    let town = Town::new().await;
    let there = town.visitor();
    let rosa = town.customer(EMAIL).await;
    sign_in(&there, EMAIL, PASSWORD).await;
    let begin = rosa.visit("/security/authenticator").await;
    let wrong = begin.clone().fill("password", "wrong password");
    assert_eq!(wrong.submit("Set up codes").await.status, 422);
    let page = begin
        .fill("password", PASSWORD)
        .submit("Set up codes")
        .await;
    assert!(page.attribute("figure svg", "aria-label").is_some());
    early_in_a_step(&town).await;
    let phone = Phone::reads(&town, &page);
    let wrong = page.clone().fill("code", "000 000").submit("Turn on").await;
    assert_eq!(wrong.status, 422);
    // Until a first code was right, the password alone signs in.
    let before = town.visitor();
    sign_in(&before, EMAIL, PASSWORD).await;
    assert!(town.is_in(&before).await);
    let shown = page.fill("code", &phone.code(-1)).submit("Turn on").await;
    assert_eq!(shown.texts(".recovery code").len(), 10);
    assert!(
        town.is_in(&rosa).await,
        "the browser goes on under its new key"
    );
    assert!(!town.is_in(&there).await && !town.is_in(&before).await);
    assert_eq!(news(&town), ["\"authenticator_on\""]);
    let told = town.mail();
    let told = told.iter().find(|row| row.notice.kind() == "sign_in");
    assert_eq!(told.expect("a mail").recipient, EMAIL);
    assert_eq!(town.deeds("login.authenticator_confirmed"), 1);
    rosa.visit("/security")
        .await
        .must_show("10 recovery codes are left.");

    let again = town.visitor();
    let page = again.visit("/bills").await;
    let page = page
        .fill("email", EMAIL)
        .fill("password", PASSWORD)
        .submit("Sign in")
        .await;
    assert_eq!(page.heading(), "Enter your code");
    assert!(!town.is_in(&again).await, "half a sign-in opens nothing");
    for inside in ["/", "/security", "/live/account"] {
        assert_eq!(again.get(inside).await.status, 303, "{inside}");
    }
    assert_eq!(rosa.visit("/security").await.texts(".list li").len(), 1);
    let used = page.fill("code", &phone.code(-1)).submit("Continue").await;
    assert_eq!(used.status, 422, "that code was used");
    let page = used.fill("code", &phone.code(0)).submit("Continue").await;
    assert_eq!(page.path, "/bills");
    assert!(town.is_in(&again).await);
    let third = town.visitor();
    let page = sign_in(&third, EMAIL, PASSWORD).await;
    let page = page.fill("code", &phone.code(0)).submit("Continue").await;
    assert_eq!(page.status, 422, "the same code at another browser");
}

/// Contract: F2
#[actix_web::test]
async fn a_stolen_password_and_mailbox_do_not_get_around_the_code() {
    let town = Town::new().await;
    let (_, phone, _) = with_codes(&town).await;
    let thief = town.visitor();
    let page = thief.visit("/password/forgotten").await;
    page.fill("email", EMAIL).submit("Send me a link").await;
    let mail = thief.visit("/sandbox/mail").await;
    let page = mail.follow("Choose a new password").await;
    let page = page.fill("new_password", "another long password");
    let page = page.submit("Save the new password").await;
    assert_eq!(page.heading(), "Enter your code");
    assert!(!town.is_in(&thief).await);
    // A browser at which half a sign-in was made is no known one.
    assert!(!town.kinds_of_mail().contains(&"new_device"));
    let page = page.fill("code", &phone.code(0)).submit("Continue").await;
    assert_eq!(page.path, "/");
    assert!(town.is_in(&thief).await);
    assert!(town.kinds_of_mail().contains(&"new_device"));
}

/// Contract: F2, F117
#[actix_web::test]
async fn a_recovery_code_signs_in_once_and_is_told() {
    let town = Town::new().await;
    let (_, _, codes) = with_codes(&town).await;
    let again = town.visitor();
    let page = sign_in(&again, EMAIL, PASSWORD).await;
    let page = page.follow("I do not have the app at hand").await;
    let guessed = page.clone().fill("code", "AAAA-AAAA-AAAA-AAAA");
    assert_eq!(guessed.submit("Continue").await.status, 422);
    let typed = codes[0].to_lowercase().replace('-', " ");
    page.fill("code", &typed).submit("Continue").await;
    assert!(town.is_in(&again).await);
    assert_eq!(news(&town)[1], r#"{"recovery_code_used":{"left":9}}"#);
    assert_eq!(town.deeds("login.recovery_code_used"), 1);
    let page = sign_in(&town.visitor(), EMAIL, PASSWORD).await;
    let page = page.follow("I do not have the app at hand").await;
    let page = page.fill("code", &codes[0]).submit("Continue").await;
    assert_eq!(page.status, 422, "it opened once");
}

#[actix_web::test]
async fn no_recovery_code_is_stored_as_it_is_read() {
    let town = Town::new().await;
    let (_, _, codes) = with_codes(&town).await;
    let hashes = town.hashes_of_recovery_codes();
    assert_eq!(hashes.len(), 10);
    for hash in hashes {
        assert_eq!(hash.len(), 64);
        assert!(!codes.contains(&hash));
    }
}

#[actix_web::test]
async fn new_recovery_codes_end_the_old_ones() {
    let town = Town::new().await;
    let (rosa, phone, old) = with_codes(&town).await;
    let page = rosa.visit("/security/authenticator/codes").await;
    let ask = async |password: &str, code: &str| {
        let page = page.clone().fill("password", password).fill("code", code);
        page.submit("Make new recovery codes").await
    };
    assert_eq!(ask("wrong password", &phone.code(0)).await.status, 422);
    assert_eq!(ask(PASSWORD, "123").await.status, 422);
    let new = ask(PASSWORD, &phone.code(0)).await.texts(".recovery code");
    assert_eq!(new.len(), 10);
    assert!(town.is_in(&rosa).await);
    assert_eq!(news(&town)[1], "\"recovery_codes_made\"");
    let page = sign_in(&town.visitor(), EMAIL, PASSWORD).await;
    let page = page.follow("I do not have the app at hand").await;
    let wrong = page.clone().fill("code", &old[1]).submit("Continue").await;
    assert_eq!(wrong.status, 422);
    let page = page.fill("code", &new[1]).submit("Continue").await;
    assert_eq!(page.path, "/");
}

/// Contract: F132
#[actix_web::test]
async fn codes_are_turned_off_with_password_and_code() {
    let town = Town::new().await;
    let (rosa, phone, codes) = with_codes(&town).await;
    let page = rosa.visit("/security/authenticator").await;
    let page = page.follow("Turn codes off").await;
    let ask = async |password: &str, code: &str| {
        let page = page.clone().fill("password", password).fill("code", code);
        page.submit("Turn codes off").await
    };
    assert_eq!(ask("wrong password", &phone.code(0)).await.status, 422);
    assert_eq!(ask(PASSWORD, &phone.code(-1)).await.status, 422);
    ask(PASSWORD, &codes[3]).await.must_show("Codes are off.");
    assert!(town.is_in(&rosa).await);
    assert_eq!(town.deeds("login.authenticator_removed"), 1);
    assert_eq!(
        news(&town)[2],
        r#"{"authenticator_off":{"by_office":false}}"#
    );
    assert!(town.hashes_of_recovery_codes().is_empty());
    let again = town.visitor();
    sign_in(&again, EMAIL, PASSWORD).await;
    assert!(town.is_in(&again).await, "the password alone signs in");
}

#[actix_web::test]
async fn after_many_wrong_codes_the_right_one_must_wait_too() {
    let town = Town::new().await;
    let (_, phone, codes) = with_codes(&town).await;
    let guesser = town.visitor();
    let page = sign_in(&guesser, EMAIL, PASSWORD).await;
    // Nothing typed is no guess.
    let empty = page.clone().submit("Continue").await;
    empty.must_show("Enter the code that is asked for.");
    for _ in 0..11 {
        page.clone().fill("code", "000000").submit("Continue").await;
    }
    for right in [&phone.code(0), &codes[0]] {
        let page = page.clone().fill("code", right).submit("Continue").await;
        assert_eq!(page.status, 429);
    }
    assert!(!town.is_in(&guesser).await);
}

#[actix_web::test]
async fn a_key_that_was_left_lying_is_confirmed_by_nobody() {
    let town = Town::new().await;
    let rosa = town.customer(EMAIL).await;
    let page = rosa.visit("/security/authenticator").await;
    let page = page.fill("password", PASSWORD).submit("Set up codes").await;
    let phone = Phone::reads(&town, &page);
    town.execute("UPDATE authenticators SET begun_at = '2020-01-01 12:00:00'");
    let page = page.fill("code", &phone.code(0)).submit("Turn on").await;
    page.must_show("Signing in asks for your password alone.");
    assert_eq!(town.deeds("login.authenticator_confirmed"), 0);
}

/// Contract: F132, F160
#[actix_web::test]
async fn the_office_turns_codes_off_for_whoever_lost_them_once_it_knows_who_calls() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").signed_in().await;
    turned_on(&house, &rosa).await;
    let is_in = async |visitor: &Visitor| visitor.get("/password").await.status == 200;
    let account = format!("/office/accounts/{}", rosa.household.number.as_str());
    let viewer = house.staff(Role::Viewer).await;
    let page = viewer.visit(&account).await;
    page.must_show("Signs in with codes from an app");
    assert!(!page.shows("Turn codes off"));

    let clerk = house.staff(Role::Csr).await;
    let page = clerk.visit(&account).await.follow("Turn codes off").await;
    page.must_show(&rosa.household.email);
    let form = page.path.clone();
    assert_eq!(viewer.get(&form).await.status, 403);
    let unsure = page.clone().submit("Turn codes off now").await;
    assert_eq!(unsure.status, 422);
    assert!(is_in(&rosa).await);
    let page = page.fill("identity", "called_back");
    let page = page.submit("Turn codes off now").await;
    page.must_show("Codes are off, every device is signed out, and the customer is told.");
    assert!(!is_in(&rosa).await);
    assert_eq!(
        news(&house)[1],
        r#"{"authenticator_off":{"by_office":true}}"#
    );
    let facts: Vec<String> = house.database().read(|conn| {
        Ok(audit_rows::table
            .filter(audit_rows::action.eq("login.factor_taken_off"))
            .select(audit_rows::facts)
            .load(conn)?)
    });
    assert_eq!(facts, [r#"{"identity":"called_back"}"#]);
    assert_eq!(clerk.get(&form).await.status, 404, "there is none any more");
    let again = house.visitor();
    sign_in(&again, &rosa.household.email, PASSWORD).await;
    assert!(is_in(&again).await, "the password alone signs in");
}

/// Contract: F2, F117
#[actix_web::test]
async fn whoever_knows_the_password_and_guesses_codes_is_told_of_once_a_day() {
    let town = Town::new().await;
    let (_, phone, _) = with_codes(&town).await;
    let thief = town.visitor();
    let page = sign_in(&thief, EMAIL, PASSWORD).await;
    let guess = async |code: &str| {
        let page = page.clone().fill("code", code);
        page.submit("Continue").await.status
    };
    for code in ["000 000", "000 001", "000 002", "000 003"] {
        assert_eq!(guess(code).await, 422);
    }
    assert_eq!(news(&town).len(), 1, "{:?}", news(&town));
    for code in ["000 004", "000 005"] {
        assert_eq!(guess(code).await, 422);
    }
    assert_eq!(news(&town)[1..], ["\"codes_guessed\""]);
    assert_eq!(town.deeds("login.codes_guessed"), 1);
    guess(&phone.code(0)).await;
    assert!(town.is_in(&thief).await, "a right code still opens");
}

/// Contract: F2
#[actix_web::test]
async fn where_codes_are_on_a_password_and_an_address_change_with_one() {
    let town = Town::new().await;
    let (rosa, phone, _) = with_codes(&town).await;
    let email = rosa.visit("/email").await;
    let ask = async |code: &str| {
        let page = email.clone().fill("email", "rosa@new.example");
        let page = page.fill("password", PASSWORD).fill("code", code);
        page.submit("Send the link").await
    };
    assert_eq!(ask("").await.status, 422);
    assert_eq!(ask(&phone.code(-1)).await.status, 422, "it was used");
    assert!(!town.kinds_of_mail().contains(&"change_email"));
    ask(&phone.code(0))
        .await
        .must_show("We mailed a link to the new address.");

    let password = rosa.visit("/password").await;
    let change = async |code: &str| {
        let page = password.clone().fill("password", PASSWORD);
        let page = page.fill("new_password", "another long password");
        page.fill("code", code)
            .submit("Save the new password")
            .await
    };
    assert_eq!(change("").await.status, 422);
    assert_eq!(change(&phone.code(0)).await.status, 422, "it was used");
    assert!(!town.kinds_of_mail().contains(&"password_changed"));
    assert_ne!(change(&phone.code(1)).await.status, 422);
    assert!(town.kinds_of_mail().contains(&"password_changed"));
    // Without codes nothing more is asked for.
    let juan = town.customer("juan@example.com").await;
    assert!(!juan.visit("/email").await.shows("Code from your"));
}

#[actix_web::test]
async fn a_code_counts_for_the_secret_that_it_was_checked_against_alone() {
    let town = Town::new().await;
    town.customer(EMAIL).await;
    let (holder, now) = (
        Holder::Login(town.login_of(EMAIL)),
        town.app.clock.world_now(),
    );
    let new_key = |name: &str| NewKey {
        key: Token::presented(name).hash(),
        csrf_token: name.to_owned(),
        replaces: None,
        device: None,
        now,
    };
    let code_of = |secret: &str| CheckedCode {
        secret: secret.to_owned(),
        step: 7,
    };
    let begin = async |secret: &'static str| {
        let begin = move |tx: &mut Tx<'_>| authenticators::begin(tx, holder, secret, now);
        town.app.db.write(town.stamp(), begin).await
    };
    let confirm = async |code: CheckedCode, key: NewKey| {
        let confirm = move |tx: &mut Tx<'_>| authenticators::confirm(tx, holder, &code, &key);
        town.app.db.write(town.stamp(), confirm).await
    };
    begin("FIRST").await.expect("begun");
    // Another browser begins anew between the check and the change.
    begin("SECOND").await.expect("begun again");
    let stale = confirm(code_of("FIRST"), new_key("one")).await;
    assert!(matches!(stale, Err(AuthenticatorError::CodeSpent)));
    let right = confirm(code_of("SECOND"), new_key("two")).await;
    right.expect("the secret that waits");
    assert!(matches!(
        begin("THIRD").await,
        Err(AuthenticatorError::InUse)
    ));
    let newer = CheckedCode {
        step: 8,
        ..code_of("FIRST")
    };
    let three = new_key("three");
    let remove = move |tx: &mut Tx<'_>| authenticators::remove_by_code(tx, holder, &newer, &three);
    let stale = town.app.db.write(town.stamp(), remove).await;
    assert!(matches!(stale, Err(AuthenticatorError::CodeSpent)));
}
