//! What ends with whoever an account was opened to, and with whoever invited them: an impostor, a customer who moved out, a manager removed.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use mainstay::domain::ids::AccountId;
use mainstay::domain::staff::Role;
use mainstay::store::schema::{accounts, payment_methods};

use super::factors::{EMAIL, turned_on};
use super::sharing::{GRETA, invite, join, link, owner};
use super::town::{CHARGES, Town};
use crate::support::app::{PASSWORD, TestApp};
use crate::support::page::Page;
use crate::support::people::Customer;
use crate::support::visitor::Visitor;

const PAUL: &str = "paul@aid.example";
const ADA: &str = "ada@post.example";

impl TestApp {
    /// The news of shared accounts that somebody was told, oldest first.
    fn sharing_news(&self, recipient: &str) -> Vec<String> {
        let waiting = self
            .database()
            .read(|conn| mainstay::store::notices::list_waiting(conn, 200));
        let mut news: Vec<String> = waiting
            .into_iter()
            .filter(|row| row.recipient == recipient && row.notice.kind() == "sharing")
            .map(|row| serde_json::to_value(&row.notice).expect("facts")["news"].to_string())
            .collect();
        news.reverse();
        news
    }

    /// Whether bills of an account come on paper, and by e-mail.
    fn delivery_of(&self, account: AccountId) -> (bool, bool) {
        self.database().read(move |conn| {
            Ok(accounts::table
                .find(account)
                .select((accounts::paper, accounts::email))
                .first(conn)?)
        })
    }
}

/// Paul takes the offer of copies.
async fn takes_copies(house: &TestApp) {
    let page = house.visitor().visit(&link(house, PAUL)).await;
    page.submit("Yes, send me copies")
        .await
        .must_show("You get copies from now on");
}

/// Greta sees the account, Paul gets copies, Ada was invited and has not answered.
async fn with_guests(house: &TestApp, walter: &Customer) -> Visitor {
    invite(walter, GRETA, "view").await;
    let greta = join(house, GRETA).await;
    invite(walter, PAUL, "copies").await;
    takes_copies(house).await;
    invite(walter, ADA, "manage").await;
    greta
}

/// Greta sees nothing of the account, Paul's copies end, Ada's link opens nothing; those who had something were told.
async fn nobody_is_left(house: &TestApp, walter: &Customer, greta: &Visitor) {
    let number = walter.household.number.to_string();
    assert!(!greta.visit("/").await.shows(&number));
    house.visitor().meets(&link(house, ADA), 410).await;
    assert!(house.sharing_news(GRETA).contains(&"\"ended\"".to_owned()));
    let paul = house.sharing_news(PAUL);
    assert!(paul.contains(&"\"copies_ended\"".to_owned()), "{paul:?}");
}

async fn taken_away(house: &TestApp, walter: &Customer, email: &str) {
    let clerk = house.staff(Role::Csr).await;
    let account = format!("/office/accounts/{}", walter.household.number.as_str());
    let page = clerk.visit(&format!("{account}/people")).await;
    let token = page.attribute("input[name=csrf]", "value");
    let email = email.to_owned();
    let login = house
        .database()
        .read(move |conn| mainstay::store::logins::find_by_email(conn, &email))
        .expect("there is a login");
    let path = format!("{account}/logins/{}/end", login.id);
    let token = token.expect("the page's token");
    assert_eq!(clerk.post(&path, &[("csrf", &token)]).await.status, 303);
}

/// Contract: F101, F102, F119
#[actix_web::test]
async fn whom_an_impostor_invited_goes_with_the_impostor() {
    let house = TestApp::start().await;
    let walter = owner(&house).await;
    let greta = with_guests(&house, &walter).await;
    taken_away(&house, &walter, &walter.household.email).await;
    nobody_is_left(&house, &walter, &greta).await;
}

/// Contract: F118, F119
#[actix_web::test]
async fn a_new_customer_of_the_account_does_not_inherit_the_guests_of_the_one_before() {
    let house = TestApp::start().await;
    let walter = owner(&house).await;
    let greta = with_guests(&house, &walter).await;
    house.advance_days(1);
    let clerk = house.staff(Role::Csr).await;
    let people = format!(
        "/office/accounts/{}/people",
        walter.household.number.as_str()
    );
    let page = clerk.visit(&people).await;
    let form = page.follow("Change who is responsible").await;
    let form = form
        .fill("kind", "person")
        .fill("name", "Nora Lind")
        .fill("language", "en-US")
        .fill("reason", "household")
        .fill("consent", "in_person")
        .fill("words", "Nora Lind at the counter with her ID.")
        .fill("assumes", "yes");
    form.submit("Let them take it on")
        .await
        .must_show("Nora Lind");
    nobody_is_left(&house, &walter, &greta).await;
}

/// Contract: F119
#[actix_web::test]
async fn an_invitation_opens_while_the_account_is_its_senders_alone() {
    let house = TestApp::start().await;
    let walter = owner(&house).await;
    invite(&walter, ADA, "view").await;
    house.visitor().meets(&link(&house, ADA), 200).await;
    let gone = "UPDATE login_accounts SET until_on = from_on";
    house.database().connect().batch_execute(gone).unwrap();
    house.visitor().meets(&link(&house, ADA), 410).await;
}

/// Contract: F118, F119
#[actix_web::test]
async fn the_office_sees_who_is_invited_and_takes_an_invitation_back() {
    let house = TestApp::start().await;
    let walter = owner(&house).await;
    invite(&walter, ADA, "pay").await;
    let clerk = house.staff(Role::Csr).await;
    let account = format!("/office/accounts/{}", walter.household.number.as_str());
    let sql = "UPDATE account_invitations SET ends_at = '2030-07-02 03:00:00'";
    house.database().connect().batch_execute(sql).unwrap();
    // In the utility's zone it is still the day before.
    let own = walter.visit("/people").await;
    own.must_show("good until Jul 1, 2030");
    let page = clerk.visit(&account).await;
    page.must_show(ADA)
        .must_show("invited by Walter")
        .must_show("good until Jul 1, 2030")
        .submit(&format!("Take back {ADA}"))
        .await
        .must_show("Taken back. The link opens nothing.");
    house.visitor().meets(&link(&house, ADA), 410).await;
    assert!(!clerk.visit(&account).await.shows(ADA));
}

/// Contract: F106, F117, F119
#[actix_web::test]
async fn a_guest_does_not_look_after_the_account_of_whoever_leaves() {
    let house = TestApp::start().await;
    let walter = owner(&house).await;
    let account = walter.household.account;
    // The customer's own address is nobody's any more: bills are read on the portal alone.
    let page = walter.visit("/delivery").await;
    page.fill("delivery", "portal").submit("Save").await;
    assert_eq!(house.delivery_of(account), (false, false));
    invite(&walter, GRETA, "view").await;
    let greta = join(&house, GRETA).await;
    invite(&walter, ADA, "manage").await;
    let ada = join(&house, ADA).await;

    // What only was shared to be seen is not changed by whoever saw it.
    let page = greta.visit("/security/closing").await;
    assert!(!page.shows("Bills come by mail again"));
    close(&greta).await;
    assert_eq!(house.delivery_of(account), (false, false));

    // Ada looks after it; once she leaves, nobody does.
    let page = walter.visit("/security/closing").await;
    assert!(!page.shows("Bills come by mail again"));
    close(&walter).await;
    assert_eq!(house.delivery_of(account), (false, false));
    let profile = ada.visit("/profile").await;
    profile
        .submit("Yes, take it off my sign-in")
        .await
        .must_show("The account is off your sign-in.");
    assert_eq!(house.delivery_of(account), (true, false));
}

async fn close(visitor: &Visitor) {
    let page = visitor.visit("/security/closing").await;
    let page = page.fill("password", PASSWORD);
    page.submit("Close my sign-in")
        .await
        .must_show("Your sign-in is closed.");
}

/// Contract: F106, F117
#[actix_web::test]
async fn bills_that_only_a_guest_would_see_come_on_paper_again() {
    let house = TestApp::start().await;
    let walter = owner(&house).await;
    let page = walter.visit("/delivery").await;
    page.fill("delivery", "portal").submit("Save").await;
    invite(&walter, GRETA, "view").await;
    join(&house, GRETA).await;
    walter
        .visit("/security/closing")
        .await
        .must_show("Bills come by mail again");
    invite(&walter, ADA, "pay").await;
    close(&walter).await;
    assert_eq!(house.delivery_of(walter.household.account), (true, false));
    house.visitor().meets(&link(&house, ADA), 410).await;
}

/// Contract: F101, F118
#[actix_web::test]
async fn the_codes_of_a_guest_are_not_turned_off_by_what_somebody_proves_of_the_account() {
    let town = Town::new().await;
    let rosa = town.customer(EMAIL).await;
    invite(&rosa, GRETA, "view").await;
    let greta = join(&town, GRETA).await;
    turned_on(&town, &greta).await;
    turned_on(&town, &rosa).await;
    let clerk = town.staff(Role::Csr).await;
    let account = format!("/office/accounts/{}", town.number(1).replace('-', ""));
    let of = |email: &str| format!("{account}/logins/{}/authenticator", town.login_of(email));
    clerk.meets(&of(GRETA), 404).await;
    clerk.meets(&of(EMAIL), 200).await;
}

/// Saves a card on the processor's page.
async fn saves_card(visitor: &Visitor) -> Page {
    let list = visitor.visit("/payment-methods").await;
    let page = list.submit("Add a card").await;
    page.fill("card_number", "4242424242424242")
        .fill("expiry", "12/34")
        .fill("cvc", "123")
        .submit("Save")
        .await
}

fn states_of_methods(house: &TestApp) -> Vec<String> {
    house.database().read(|conn| {
        Ok(payment_methods::table
            .order(payment_methods::id)
            .select(payment_methods::state)
            .load(conn)?)
    })
}

/// Contract: F64, F119
#[actix_web::test]
async fn what_a_manager_saved_is_not_charged_once_they_may_not_change_the_account() {
    let house = TestApp::start().await;
    let walter = owner(&house).await;
    saves_card(&walter).await;
    house.settles().await;
    invite(&walter, GRETA, "manage").await;
    let greta = join(&house, GRETA).await;
    saves_card(&greta).await;
    house.settles().await;
    // A page of the processor that is still open saves nothing afterwards either.
    let page = greta.visit("/payment-methods").await;
    page.submit("Add a card").await;
    assert_eq!(states_of_methods(&house), ["attached", "attached", "asked"]);
    let page = walter.visit("/people").await;
    page.fill("access", "pay").submit("Save").await;
    assert_eq!(states_of_methods(&house), ["attached", "removed", "left"]);
    for reader in [GRETA, walter.household.email.as_str()] {
        let news = house.sharing_news(reader);
        let is_told = news.iter().any(|news| news.contains("ways_ended"));
        assert!(is_told, "{reader}: {news:?}");
    }
}

/// Contract: F119
#[actix_web::test]
async fn who_only_sees_an_account_is_not_told_who_else_may() {
    let house = TestApp::start().await;
    let walter = owner(&house).await;
    invite(&walter, GRETA, "view").await;
    join(&house, GRETA).await;
    let before = house.sharing_news(GRETA);
    invite(&walter, ADA, "pay").await;
    let ada = join(&house, ADA).await;
    let profile = ada.visit("/profile").await;
    profile.submit("Yes, take it off my sign-in").await;
    invite(&walter, PAUL, "copies").await;
    takes_copies(&house).await;
    assert_eq!(house.sharing_news(GRETA), before);
    let told = house.sharing_news(&walter.household.email);
    assert!(told.contains(&"\"left\"".to_owned()), "{told:?}");
    assert!(told.contains(&"\"copies_begun\"".to_owned()), "{told:?}");
}

/// Contract: F2, F60, F119
#[actix_web::test]
async fn the_last_bill_proves_the_account_again_once_whoever_was_a_guest_has_not_seen_it() {
    let town = Town::new().await;
    let rosa = town.customer(EMAIL).await;
    invite(&rosa, GRETA, "view").await;
    join(&town, GRETA).await;
    let claims = async || {
        let page = town.registration(&town.visitor(), "juan@example.com").await;
        page.submit("Set up my sign-in").await.status
    };
    assert_eq!(claims().await, 422);
    // It lets anybody pay all the while, who may see nothing but what is owed.
    let page = town.visitor().visit("/quick-pay").await;
    let page = page
        .fill("account", &town.number(1))
        .fill("postal_code", "50000")
        .fill("last_bill", CHARGES)
        .submit("Go on")
        .await;
    assert_eq!(page.heading(), "Make a payment");
    // Greta was gone before the bill was issued.
    town.execute(
        "UPDATE login_accounts SET from_on = '2026-05-01', until_on = '2026-06-01' WHERE access = 'view'",
    );
    assert_eq!(claims().await, 200);
}

/// Contract: F119
#[actix_web::test]
async fn an_account_sends_ten_invitations_a_day_and_each_greets_by_a_name() {
    let house = TestApp::start().await;
    let walter = owner(&house).await;
    let named = async |name: &str| {
        let page = walter.visit("/people").await;
        page.fill("name", name)
            .fill("email", GRETA)
            .fill("offer", "view")
            .fill("invited_language", "en-US")
            .submit("Send the invitation")
            .await
            .status
    };
    assert_eq!(named(&"n".repeat(81)).await, 422);
    assert_eq!(named("Greta, see bad.example").await, 422);
    assert_eq!(named("J. R. Koch").await, 200);
    for number in 1..10 {
        let sql = format!(
            "INSERT INTO account_invitations (token_hash, account_id, offer, name, email, language, invited_by, invited_at, ends_at, answer)
             SELECT token_hash || '{number}', account_id, offer, name, email, language, invited_by, invited_at, ends_at, 'declined'
             FROM account_invitations WHERE answer IS NULL"
        );
        house.database().connect().batch_execute(&sql).unwrap();
    }
    let page = invite(&walter, ADA, "view").await;
    assert_eq!(page.status, 422);
    page.must_show("10 invitations a day");
}

/// Contract: F119, F132
#[actix_web::test]
async fn a_sign_in_made_by_an_invitation_has_its_rows_of_the_audit() {
    let town = Town::new().await;
    let rosa = town.customer(EMAIL).await;
    invite(&rosa, GRETA, "view").await;
    let page = town.visitor().visit(&link(&town, GRETA)).await;
    let page = page.fill("name", "see http://bad.example");
    let page = page.fill("new_password", PASSWORD);
    assert_eq!(page.submit("Set up my sign-in").await.status, 422);
    let page = town.registration(&town.visitor(), ADA).await;
    let page = page.fill("name", "Call us at bad.example");
    assert_eq!(page.submit("Set up my sign-in").await.status, 422);
    assert_eq!(town.deeds("login.registered"), 1);
    join(&town, GRETA).await;
    assert_eq!(town.deeds("login.registered"), 2);
    assert_eq!(town.deeds("login.verified"), 2);
}
