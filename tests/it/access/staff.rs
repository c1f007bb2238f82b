//! Staff: the first administrator, invitations, jobs, authenticators, and the end of somebody's access.

use mainstay::domain::staff::Role;
use mainstay::secrets::random_token;
use mainstay::usecases::staff::offer_set_up;

use super::town::Town;
use crate::support::app::PASSWORD;
use crate::support::visitor::Visitor;

/// Whether the browser has a session of the office that counts.
async fn is_in(visitor: &Visitor) -> bool {
    visitor.get("/office/authenticator").await.status == 200
}

#[actix_web::test]
async fn the_first_administrator_comes_by_the_token_of_the_console() {
    let town = Town::new().await;
    let (token, now) = (random_token().unwrap(), town.app.clock.world_now());
    let hash = token.hash();
    let offered = town
        .app
        .db
        .write(town.stamp(), move |tx| offer_set_up(tx, &hash, now));
    offered.await.unwrap();
    let ana = town.visitor();
    let page = ana.visit("/office/sign-in").await;
    assert_eq!(page.path, "/office/set-up");
    let page = page
        .fill("token", "guessed")
        .fill("name", "Ana Ruiz")
        .fill("email", "ana@bend.example")
        .fill("new_password", PASSWORD)
        .submit("Make me the administrator")
        .await;
    assert_eq!(page.status, 422);
    page.fill("token", token.reveal())
        .fill("new_password", PASSWORD)
        .submit("Make me the administrator")
        .await;
    assert!(is_in(&ana).await);
    assert_eq!(town.deeds("staff.added"), 1);
    let late = town.visitor().visit("/office/set-up").await;
    assert_eq!(late.path, "/office/sign-in");
}

/// F160.
#[actix_web::test]
async fn somebody_is_invited_given_another_job_and_let_go() {
    let town = Town::new().await;
    let ana = town.staff(Role::Administrator).await;
    let page = ana.visit("/office/staff").await;
    let invite = page
        .fill("name", "Ben Ortiz")
        .fill("email", "ben@bend.example")
        .fill("role", "billing_clerk");
    let page = invite.clone().submit("Send the invitation").await;
    page.must_show("The invitation is on its way to Ben Ortiz.");
    assert_eq!(invite.submit("Send the invitation").await.status, 422);

    let ben = town.visitor();
    let mail = ben.visit("/sandbox/mail").await;
    let page = mail.follow("Accept the invitation").await;
    page.must_show("ben@bend.example");
    page.fill("new_password", PASSWORD).submit("Join").await;
    assert!(is_in(&ben).await);
    assert_eq!(mail.follow("Accept the invitation").await.status, 410);
    assert_eq!(ben.get("/office/staff").await.status, 403);

    let id = 2;
    let csrf = token_of(&ana).await;
    let act = async |what: &str, role: &str| {
        let fields = [("csrf", csrf.as_str()), ("role", role)];
        ana.post(&format!("/office/staff/{id}/{what}"), &fields)
            .await
            .status
    };
    assert_eq!(act("role", "viewer").await, 303);
    assert!(!is_in(&ben).await, "the sessions of the old job ended");
    assert_eq!(town.deeds("staff.role_changed"), 1);
    let door = "/office/sign-in?next=/office/authenticator";
    town.signed_in(door, "ben@bend.example").await;
    assert_eq!(act("closing", "").await, 303);
    let page = ben.visit("/office/sign-in").await;
    let page = page
        .fill("email", "ben@bend.example")
        .fill("password", PASSWORD);
    assert_eq!(page.submit("Sign in").await.status, 422);
}

#[actix_web::test]
async fn nobody_takes_away_their_own_access_or_the_last_administrators() {
    let town = Town::new().await;
    let ana = town.staff(Role::Administrator).await;
    let csrf = token_of(&ana).await;
    let fields = [("csrf", csrf.as_str()), ("role", "viewer")];
    ana.post("/office/staff/1/role", &fields).await;
    ana.post("/office/staff/1/closing", &fields).await;
    assert!(is_in(&ana).await);
    assert_eq!(
        town.deeds("staff.role_changed") + town.deeds("staff.closed"),
        0
    );
}

/// F160: sign-in with a second factor.
#[actix_web::test]
async fn an_authenticators_code_is_asked_for_and_opens_once() {
    let town = Town::new().await;
    let ana = town.staff(Role::Administrator).await;
    let page = ana.visit("/office/authenticator").await;
    let page = page.submit("Set up an authenticator").await;
    assert!(page.attribute("figure svg", "aria-label").is_some());
    assert!(!page.html.contains("style="));
    let secret = page.text("main code").replace(' ', "");
    let app = totp_rs::Builder::new()
        .with_secret(totp_rs::Secret::try_from_base32(&secret).unwrap())
        .with_account_name("ana")
        .build()
        .unwrap();
    let now = u64::try_from(town.app.clock.world_now().and_utc().timestamp()).unwrap();
    let earlier = app.generate(now - 30).to_string();
    let code = app.generate(now).to_string();
    let page = page.fill("code", "000 000").submit("Turn on").await;
    assert_eq!(page.status, 422);
    page.fill("code", &earlier).submit("Turn on").await;

    let again = town.visitor();
    // Whoever wanted a page comes there after both steps.
    let page = again.visit("/office/audit").await;
    let page = page
        .fill("email", "administrator1@office.example")
        .fill("password", PASSWORD)
        .submit("Sign in")
        .await;
    assert_eq!(page.heading(), "Enter your code");
    assert!(!is_in(&again).await, "half a sign-in opens nothing");
    let page = page.fill("code", &earlier).submit("Continue").await;
    assert_eq!(page.status, 422, "the code was used");
    let page = page.fill("code", &code).submit("Continue").await;
    assert_eq!(page.path, "/office/audit");
    assert!(is_in(&again).await);
}

#[actix_web::test]
async fn the_audit_trail_shows_who_did_what() {
    let town = Town::new().await;
    let ana = town.staff(Role::Administrator).await;
    town.customer("rosa@example.com").await;
    let page = ana.visit("/office/audit").await;
    page.must_show("Account added to a sign-in")
        .must_show("Member of staff added");
    let page = page.fill("action", "staff.").submit("Show").await;
    assert!(page.shows("Member of staff added") && !page.shows("Account added to a sign-in"));
    let number = town.number(1);
    let page = page
        .fill("action", "")
        .fill("account", &number)
        .submit("Show")
        .await;
    assert!(page.shows("Account added to a sign-in") && !page.shows("Member of staff added"));
    assert!(
        !page.shows("rosa@example.com"),
        "no personal data in the trail"
    );
}

async fn token_of(visitor: &Visitor) -> String {
    let page = visitor.visit("/office/staff").await;
    page.attribute("input[name=csrf]", "value")
        .expect("a token")
}
