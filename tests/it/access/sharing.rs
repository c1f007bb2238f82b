//! Who else may see or do something on an account: invited, answering, changed, removed; and copies of overdue notices.

use mainstay::domain::notice::{Notice, SharingNews};
use mainstay::store::notices::list_waiting;

use crate::access::town::{CHARGES, Town};
use crate::support::app::{PASSWORD, TestApp};
use crate::support::page::Page;
use crate::support::people::Customer;
use crate::support::visitor::Visitor;

pub const GRETA: &str = "greta@post.example";

/// The link of the invitation that was mailed last to an address.
pub fn link(house: &TestApp, email: &str) -> String {
    let email = email.to_owned();
    let waiting = house.database().read(|conn| list_waiting(conn, 100));
    let mut tokens = waiting.into_iter().filter_map(|row| match row.notice {
        Notice::Sharing(told) if row.recipient == email => match told.news {
            SharingNews::Invited { token, .. } => Some(token),
            _ => None,
        },
        _ => None,
    });
    let token = tokens.next().expect("an invitation");
    format!("/invitation?token={token}")
}

pub async fn invite(owner: &Visitor, email: &str, offer: &str) -> Page {
    let page = owner.visit("/people").await;
    page.fill("name", "Greta Koch")
        .fill("email", email)
        .fill("offer", offer)
        .fill("invited_language", "en-US")
        .submit("Send the invitation")
        .await
}

/// Greta accepts with a new sign-in.
pub async fn join(house: &TestApp, email: &str) -> Visitor {
    let greta = house.visitor();
    let page = greta.visit(&link(house, email)).await;
    page.fill("name", "Greta Koch")
        .fill("new_password", PASSWORD)
        .submit("Set up my sign-in")
        .await;
    assert_eq!(greta.get("/profile").await.status, 200, "signed in");
    greta
}

pub async fn owner(house: &TestApp) -> Customer {
    house.customer("Walter").owing("$84.10").signed_in().await
}

/// Contract: F101, F119
#[actix_web::test]
async fn somebody_who_may_see_sees_the_same_balance_and_changes_nothing() {
    let house = TestApp::start().await;
    let walter = owner(&house).await;
    invite(&walter, GRETA, "view")
        .await
        .must_show("The invitation is on its way.")
        .must_show("Invited, not answered yet");
    let greta = join(&house, GRETA).await;
    let told = house.told(&["sharing"]);
    assert!(
        told.iter()
            .any(|row| row.recipient == walter.household.email),
        "{told:?}"
    );

    let home = greta.visit("/").await;
    assert_eq!(
        home.text("#balance"),
        walter.visit("/").await.text("#balance")
    );
    assert!(!home.shows("Pay $84.10"), "nobody pays who may only see");
    assert_eq!(greta.get("/bills").await.status, 200);
    for closed in [
        "/pay",
        "/autopay",
        "/delivery",
        "/more-time",
        "/payment-methods",
        "/people",
    ] {
        assert_eq!(greta.get(closed).await.status, 403, "{closed}");
    }
    greta
        .meets("/delivery", 403)
        .await
        .must_show("This part was not shared with you");
    let profile = greta.visit("/profile").await;
    profile.must_show("This account was shared with you. You may see it.");
    home.must_show("Shared with you to see");
    walter
        .visit("/people")
        .await
        .must_show("Only sees")
        .must_show("Pays and changes nothing.")
        .must_show("They pay with their own card or bank account, never with yours");
    assert_eq!(profile.attribute("a[href^='/people']", "href"), None);

    // Walter lets her pay, then removes her.
    let page = walter.visit("/people").await;
    page.fill("access", "pay").submit("Save").await;
    assert_eq!(greta.get("/pay").await.status, 200);
    assert_eq!(greta.get("/autopay").await.status, 403);
    greta.visit("/").await.must_show("Pay $84.10");
    walter
        .visit("/people")
        .await
        .submit("Remove Greta Koch")
        .await
        .must_show("Removed.");
    assert!(!greta.visit("/").await.shows("$84.10"));
    let number = walter.household.number.as_str();
    assert_eq!(greta.get(&format!("/?account={number}")).await.status, 200);
    assert!(
        !greta
            .visit("/")
            .await
            .shows(&walter.household.number.to_string())
    );
    assert_eq!(
        house.told(&["sharing"]).len(),
        5,
        "invited, joined twice, changed, ended"
    );
}

/// Contract: F106, F119
#[actix_web::test]
async fn somebody_who_looks_after_an_account_changes_it_but_invites_nobody() {
    let house = TestApp::start().await;
    let walter = owner(&house).await;
    invite(&walter, GRETA, "manage").await;
    let greta = join(&house, GRETA).await;
    let page = greta.visit("/delivery").await;
    page.fill("delivery", "email")
        .submit("Save")
        .await
        .must_show("Saved. A confirmation is on its way.");
    assert_eq!(greta.get("/people").await.status, 403);
    let number = walter.household.number.as_str().to_owned();
    let profile = greta.visit("/profile").await;
    profile
        .submit("Yes, take it off my sign-in")
        .await
        .must_show("The account is off your sign-in.");
    assert_ne!(
        greta
            .get(&format!("/delivery?account={number}"))
            .await
            .status,
        200
    );
    // Whose account it is stays.
    let own = walter.visit("/profile").await;
    assert!(!own.shows("Stop seeing this account"));
}

/// Contract: F119
#[actix_web::test]
async fn an_invitation_opens_once_and_not_when_it_was_replaced_taken_back_or_declined() {
    let house = TestApp::start().await;
    let walter = owner(&house).await;
    invite(&walter, GRETA, "view").await;
    let first = link(&house, GRETA);
    invite(&walter, "Greta@Post.example", "pay").await;
    let page = walter.visit("/people").await;
    assert_eq!(page.texts("form[action*=withdrawal]").len(), 1);
    house
        .visitor()
        .meets(&first, 410)
        .await
        .must_show("no longer good");

    page.submit("Take back").await.must_show("Taken back.");
    invite(&walter, "ada@post.example", "view").await;
    let ada = house.visitor();
    let second = link(&house, "ada@post.example");
    ada.visit(&second)
        .await
        .submit("No, thank you")
        .await
        .must_show("Declined");
    ada.meets(&second, 410).await;
    ada.meets("/invitation?token=nothing", 410).await;

    // Whoever has a sign-in takes the account with it; a second time it is there already.
    let rosa = house.customer("Rosa").signed_in().await;
    invite(&walter, &rosa.household.email, "view").await;
    let third = link(&house, &rosa.household.email);
    house
        .visitor()
        .visit(&third)
        .await
        .must_show("I have a sign-in");
    rosa.visit(&third)
        .await
        .submit("Add the account to my sign-in")
        .await
        .must_show("The account is on your sign-in now.");
    let again = invite(&walter, &rosa.household.email, "pay").await;
    assert_eq!(again.status, 422);
    again.must_show("This person is on the account already.");
    assert_eq!(rosa.get("/delivery").await.status, 200, "her own is hers");
    let walters = walter.household.number.as_str();
    rosa.meets(&format!("/delivery?account={walters}"), 403)
        .await;
}

/// Contract: F2, F119
#[actix_web::test]
async fn whoever_sees_the_last_bill_does_not_prove_by_it_that_the_account_is_theirs() {
    let town = Town::new().await;
    let rosa = town.customer("rosa@example.com").await;
    invite(&rosa, GRETA, "view").await;
    let greta = join(&town, GRETA).await;
    let claim = async |visitor: &Visitor, proof: &str| {
        let page = visitor.visit("/claim").await;
        page.fill("account", &town.number(1))
            .fill("proof", proof)
            .submit("Add the account")
            .await
    };
    assert_eq!(claim(&greta, CHARGES).await.status, 422);
    assert_eq!(greta.get("/people").await.status, 403);
    // The letter still does.
    let code = town.code_by_letter(&greta).await;
    assert_ne!(claim(&greta, &code).await.status, 422);
    assert_eq!(greta.get("/people").await.status, 200);
}

/// Contract: F115, F117
#[actix_web::test]
async fn a_relative_gets_a_copy_when_money_is_overdue_and_sees_nothing_else() {
    let house = TestApp::start().await;
    let walter = house
        .customer("Walter")
        .owing_due_in("$84.10", 0)
        .signed_in()
        .await;
    invite(&walter, GRETA, "copies").await;
    let greta = house.visitor();
    greta
        .visit(&link(&house, GRETA))
        .await
        .submit("Yes, send me copies")
        .await
        .must_show("You get copies from now on");
    assert_ne!(greta.get("/bills").await.status, 200);
    walter.visit("/people").await.must_show("Gets copies");

    house.advance_days(4);
    house.reminds().await;
    house.reminds().await;
    let copies = house.told(&["past_due_copy"]);
    assert_eq!(copies.len(), 1, "{copies:?}");
    assert_eq!(copies[0].recipient, GRETA);

    walter
        .visit("/people")
        .await
        .submit("No more copies")
        .await
        .must_show("They get no more copies.");
    let ended = house.told(&["sharing"]);
    assert!(
        ended.iter().filter(|row| row.recipient == GRETA).count() == 2,
        "{ended:?}"
    );
}
