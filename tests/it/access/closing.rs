//! A customer closes the sign-in: what ends with it, what goes on, and how somebody comes back.

use diesel::prelude::*;
use mainstay::domain::ids::AccountId;
use mainstay::domain::notice::Channel;
use mainstay::domain::staff::Role;
use mainstay::store::db::Tx;
use mainstay::store::error::StoreError;
use mainstay::store::schema::accounts;
use mainstay::usecases::login_closing::find_left_alone;

use super::factors::{EMAIL, news, with_codes};
use super::passwords::sign_in;
use super::town::Town;
use crate::support::app::{PASSWORD, TestApp};
use crate::support::db::count_statements;
use crate::support::page::Page;
use crate::support::visitor::Visitor;

async fn close(visitor: &Visitor, password: &str) -> Page {
    let page = visitor.visit("/security").await;
    let page = page.follow("Close your sign-in").await;
    let page = page.fill("password", password);
    page.submit("Close my sign-in").await
}

/// Whether account 1 gets paper and e-mail.
fn delivery(town: &Town) -> (bool, bool) {
    town.database().read(|conn| {
        Ok(accounts::table
            .find(AccountId(1))
            .select((accounts::paper, accounts::email))
            .first(conn)?)
    })
}

async fn reads_online_alone(visitor: &Visitor) {
    let page = visitor.visit("/delivery").await;
    let page = page.fill("delivery", "portal").submit("Save").await;
    page.must_show("Saved.");
}

/// Contract: F2, F132
#[actix_web::test]
async fn a_closed_sign_in_opens_nothing_and_its_address_can_come_back() {
    let town = Town::new().await;
    let rosa = town.customer(EMAIL).await;
    let there = town.visitor();
    sign_in(&there, EMAIL, PASSWORD).await;
    let page = there.visit("/password/forgotten").await;
    page.fill("email", EMAIL).submit("Send me a link").await;
    let mail = there.visit("/sandbox/mail").await;
    let link = mail.follow("Choose a new password").await;
    assert_eq!(link.status, 200);

    assert_eq!(close(&rosa, "wrong password").await.status, 422);
    assert!(town.is_in(&rosa).await);
    let page = rosa.visit("/security/closing").await;
    page.must_show(EMAIL)
        .must_show("your bills go on, and what you owe stays due.");
    assert!(!page.shows("Nobody else looks after autopay"));
    let out = close(&rosa, PASSWORD).await;
    assert_eq!(out.path, "/sign-in");
    out.must_show("Your sign-in is closed.");
    assert!(!town.is_in(&rosa).await && !town.is_in(&there).await);
    assert_eq!(
        news(&town),
        [r#"{"closed":{"ends_charges":false,"goes_to_paper":false,"is_charged_on":false}}"#]
    );
    assert_eq!(town.deeds("login.closed"), 1);
    assert_eq!(town.deeds("login.account_left"), 1);
    assert_eq!(delivery(&town), (true, true), "bills come as before");

    let closed = sign_in(&there, EMAIL, PASSWORD).await;
    let unknown = sign_in(&there, "juan@example.com", PASSWORD).await;
    assert_eq!(closed.texts(".errors"), unknown.texts(".errors"));
    assert_eq!(mail.follow("Choose a new password").await.status, 410);
    let asked = town.kinds_of_mail().len();
    let page = there.visit("/password/forgotten").await;
    page.fill("email", EMAIL).submit("Send me a link").await;
    assert_eq!(town.kinds_of_mail().len(), asked, "nobody is mailed");

    // The address and the last bill are enough for a new sign-in, which is another one.
    let again = town.customer(EMAIL).await;
    assert!(town.is_in(&again).await);
    assert_eq!(town.accounts_of(EMAIL), [AccountId(1)]);
}

/// Contract: F106, F117
#[actix_web::test]
async fn bills_that_would_reach_nobody_come_on_paper_again() {
    let town = Town::new().await;
    let rosa = town.customer(EMAIL).await;
    reads_online_alone(&rosa).await;
    assert_eq!(delivery(&town), (false, false));
    rosa.visit("/security/closing")
        .await
        .must_show("Bills come by mail again")
        .must_show(&town.number(1));
    close(&rosa, PASSWORD).await;
    assert_eq!(delivery(&town), (true, false));
    let letters = town
        .mail()
        .into_iter()
        .filter(|row| row.notice.kind() == "delivery_changed" && row.channel == Channel::Paper);
    assert_eq!(letters.count(), 1, "the house is told by letter");
    assert!(news(&town)[0].contains(r#""goes_to_paper":true"#));
}

#[actix_web::test]
async fn what_somebody_else_looks_after_stays_as_it_is() {
    let town = Town::new().await;
    let rosa = town.customer(EMAIL).await;
    let juan = town.customer("juan@example.com").await;
    reads_online_alone(&rosa).await;
    close(&rosa, PASSWORD).await;
    assert_eq!(delivery(&town), (false, false));
    assert!(town.is_in(&juan).await);
    assert_eq!(town.accounts_of("juan@example.com"), [AccountId(1)]);
}

#[actix_web::test]
async fn a_sign_in_with_codes_is_closed_with_one() {
    let town = Town::new().await;
    let (rosa, phone, _) = with_codes(&town).await;
    let page = rosa.visit("/security/closing").await;
    let ask = async |code: &str| {
        let page = page.clone().fill("password", PASSWORD).fill("code", code);
        page.submit("Close my sign-in").await
    };
    assert_eq!(ask("").await.status, 422);
    assert_eq!(ask(&phone.code(-1)).await.status, 422, "it was used");
    ask(&phone.code(0))
        .await
        .must_show("Your sign-in is closed.");
    assert!(!town.is_in(&rosa).await);
    assert!(town.hashes_of_recovery_codes().is_empty());
    let again = town.customer(EMAIL).await;
    again
        .visit("/security")
        .await
        .must_show("Signing in asks for your password alone.");
}

#[actix_web::test]
async fn closing_does_not_undo_that_the_office_took_an_account_away() {
    let town = Town::new().await;
    let stranger = town.customer(EMAIL).await;
    let clerk = town.staff(Role::Csr).await;
    let page = clerk.visit("/office").await;
    let token = page
        .attribute("input[name=csrf]", "value")
        .expect("a token");
    let account = town.number(1).replace('-', "");
    let end = format!(
        "/office/accounts/{account}/logins/{}/end",
        town.login_of(EMAIL)
    );
    let taken = clerk.post(&end, &[("csrf", token.as_str())]).await;
    assert_eq!(taken.status, 303);
    sign_in(&stranger, EMAIL, PASSWORD).await;
    close(&stranger, PASSWORD).await;
    let page = town.registration(&stranger, "other@example.com").await;
    let page = page.submit("Set up my sign-in").await;
    assert_eq!(
        page.status, 422,
        "an amount of the bill proves nothing here"
    );
}

/// Contract: F115, F116
#[actix_web::test]
async fn who_said_no_to_mails_gets_none_after_closing_either() {
    let house = TestApp::start().await;
    let rosa = house
        .customer("Rosa")
        .owing_due_in("$84.10", 4)
        .signed_in()
        .await;
    let page = rosa.visit("/alerts").await.fill("due_soon_email", "");
    page.submit("Save my alerts").await;
    close(&rosa, PASSWORD)
        .await
        .must_show("Your sign-in is closed.");
    house.reminds().await;
    assert!(house.told(&["due_soon"]).is_empty());
}

#[actix_web::test]
async fn what_closing_leaves_alone_is_read_in_as_many_statements_for_two_accounts_as_for_one() {
    let town = Town::new().await;
    town.customer(EMAIL).await;
    let (login, on) = (town.login_of(EMAIL), town.app.clock.today());
    let count = async || {
        let look = move |tx: &mut Tx<'_>| -> Result<_, StoreError> {
            let counted = count_statements(tx);
            let left = find_left_alone(tx, login, on)?;
            Ok((left.accounts.len(), counted.so_far()))
        };
        let counted = town.app.db.write(town.stamp(), look).await;
        counted.expect("it is read")
    };
    let (one, few) = count().await;
    town.execute(
        "INSERT INTO login_accounts (login_id, account_id, from_on, access)
         SELECT login_id, 2, from_on, access FROM login_accounts",
    );
    let (two, many) = count().await;
    assert_eq!((one, two), (1, 2));
    assert_eq!(few, many);
}
