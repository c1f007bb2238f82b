//! Who is on an account, how they are reached, how its bills go out, and its services: changed at the desk, with what was before.

use chrono::Days;
use mainstay::domain::ids::AccountId;
use mainstay::domain::staff::Role;
use mainstay::store::audit::{self, Wanted};
use mainstay::store::db::Conn;
use mainstay::store::error::StoreError;

use crate::support::app::TestApp;

async fn deeds(house: &TestApp, account: AccountId) -> Vec<String> {
    house
        .app
        .db
        .read(move |conn: &mut Conn| -> Result<_, StoreError> {
            let wanted = Wanted {
                account: Some(account),
                action: String::new(),
                limit: 50,
                offset: 0,
            };
            let rows = audit::list(conn, &wanted)?;
            Ok(rows.into_iter().map(|row| row.action).collect())
        })
        .await
        .expect("the audit can be read")
}

/// Contract: F118, F11
#[actix_web::test]
async fn a_name_and_an_address_change_and_what_was_is_kept() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").moved_in().await;
    let clerk = house.staff(Role::Csr).await;
    let account = format!("/office/accounts/{}", rosa.number.as_str());
    let page = clerk.visit(&account).await.follow("People").await;
    page.must_show("Rosa").must_show(&rosa.email);
    house.advance_days(1);
    let edit = page.follow("Change Rosa").await;
    let saved = edit
        .fill("name", "Rosa Lopez")
        .fill("language", "es-US")
        .fill("mailing_address", "PO Box 12\nLarkspur Bend IL 60000")
        .submit("Save")
        .await;
    saved
        .must_show("The change is saved.")
        .must_show("Rosa Lopez")
        .must_show("Spanish")
        .must_show("PO Box 12")
        .must_show("Rosa from");
    clerk.visit(&account).await.must_show("Rosa Lopez");

    let edit = saved.follow("Change Rosa Lopez").await;
    let refused = edit
        .clone()
        .fill("kind", "email")
        .fill("value", "not an address")
        .submit("Add a contact")
        .await;
    assert_eq!(refused.status, 422);
    refused.must_show("Write an address such as rosa@example.com.");
    let added = edit
        .fill("kind", "phone")
        .fill("value", "217-555-0133")
        .submit("Add a contact")
        .await;
    added.must_show("217").must_show("0133");
    let ended = added
        .submit(&format!("No longer used: {}", rosa.email))
        .await;
    ended.must_show("until");
    let done = deeds(&house, rosa.account).await;
    for action in ["customer.changed", "contact.added", "contact.ended"] {
        assert!(done.iter().any(|deed| deed == action), "{action}: {done:?}");
    }
}

/// Contract: F118
#[actix_web::test]
async fn somebody_may_speak_for_the_account_and_a_new_customer_takes_it_over() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").moved_in().await;
    let clerk = house.staff(Role::Csr).await;
    let people = format!("/office/accounts/{}/people", rosa.number.as_str());
    let form = clerk.visit(&people).await.follow("Add somebody").await;
    let nameless = form.clone().submit("Save").await;
    assert_eq!(nameless.status, 422);
    let page = form
        .fill("role", "third_party_notice")
        .fill("kind", "person")
        .fill("name", "Nina Diaz")
        .fill("language", "en-US")
        .submit("Save")
        .await;
    page.must_show("Nina Diaz");
    let page = clerk.visit(&people).await;
    page.must_show("Nina Diaz");
    let page = page.submit("End this part today: Nina Diaz").await;
    page.must_show("The change is saved.").must_show("until");

    let form = page.follow("Add somebody").await;
    let elsewhere = form
        .fill("role", "main")
        .fill("kind", "organization")
        .fill("name", "Prairie Cafe LLC")
        .fill("language", "en-US")
        .submit("Save")
        .await;
    assert_eq!(elsewhere.status, 422);
    elsewhere.must_show("with their consent");
    let form = clerk.visit(&people).await;
    let form = form.follow("Change who is responsible").await;
    form.fill("kind", "organization")
        .fill("name", "Prairie Cafe LLC")
        .fill("language", "en-US")
        .fill("reason", "organization")
        .fill("consent", "signed")
        .fill("words", "Signed form of today, seen at the counter.")
        .submit("Let them take it on")
        .await
        .must_show("Prairie Cafe LLC");
    let screen = clerk
        .visit(&format!("/office/accounts/{}", rosa.number.as_str()))
        .await;
    screen.must_show("Prairie Cafe LLC");
}

/// Contract: F11
#[actix_web::test]
async fn bills_always_reach_somebody() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").moved_in().await;
    let clerk = house.staff(Role::Csr).await;
    let people = format!("/office/accounts/{}/people", rosa.number.as_str());
    let page = clerk.visit(&people).await;
    let saved = page
        .fill("bill_language", "es-US")
        .fill("paper", "")
        .submit("Save")
        .await;
    saved.must_show("The change is saved.");
    let refused = saved.fill("email", "").submit("Save").await;
    assert_eq!(refused.status, 422);
    refused.must_show("its bills would reach nobody");
}

/// Contract: F11
#[actix_web::test]
async fn a_seasonal_service_is_suspended_and_resumed_and_a_stopped_one_ends() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").moved_in().await;
    let clerk = house.staff(Role::BillingClerk).await;
    let today = house.app.clock.today();
    let account = format!("/office/accounts/{}", rosa.number.as_str());
    let service = clerk.visit(&account).await.follow("Water").await;
    service
        .must_show("In force")
        .must_show("It was never suspended.");
    let nothing = service.clone().submit("Suspend the service").await;
    assert_eq!(nothing.status, 422);
    let rested = service
        .fill("suspend_from", &today.to_string())
        .fill("reason", "Away for the winter")
        .submit("Suspend the service")
        .await;
    rested
        .must_show("Away for the winter")
        .must_show("until it is resumed");
    let twice = rested
        .clone()
        .fill("suspend_from", &(today + Days::new(3)).to_string())
        .fill("reason", "Again")
        .submit("Suspend the service")
        .await;
    assert_eq!(twice.status, 422);
    let resumed = rested
        .fill("resume_on", &(today + Days::new(30)).to_string())
        .submit("Resume the service")
        .await;
    resumed.must_show("The change is saved.");
    assert!(!resumed.shows("until it is resumed"));

    let stopped = resumed
        .fill("stop_on", &today.to_string())
        .submit("Stop the service")
        .await;
    stopped.must_show("Ended");
    let done = deeds(&house, rosa.account).await;
    for action in ["service.suspended", "service.resumed", "service.stopped"] {
        assert!(done.iter().any(|deed| deed == action), "{action}: {done:?}");
    }
}

#[actix_web::test]
async fn the_upkeep_of_an_account_is_for_those_who_may() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").moved_in().await;
    let viewer = house.staff(Role::Viewer).await;
    for page in [
        "people",
        "people/new",
        "services/new",
        "adjustments/new",
        "refunds/new",
        "waivers/new",
    ] {
        let path = format!("/office/accounts/{}/{page}", rosa.number.as_str());
        viewer.meets(&path, 403).await;
    }
}

/// Contract: F101, F118
#[actix_web::test]
async fn a_sign_in_that_should_not_see_an_account_is_parted_from_it() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").owing("$84.10").signed_in().await;
    let clara = house.staff(Role::Csr).await;
    let number = rosa.household.number.as_str().to_owned();
    let email = rosa.household.email.clone();
    let account = clara.visit(&format!("/office/accounts/{number}")).await;
    account
        .must_show("1 login")
        .must_show(&format!("{email} since Jul 1, 2026"));
    let button = format!("Take it away now {email}");
    let taken = account.submit(&button).await;
    taken
        .must_show("The sign-in no longer sees the account, and whose it is is told.")
        .must_show("no login");
    let done = deeds(&house, rosa.household.account).await;
    assert_eq!(
        done.first().map(String::as_str),
        Some("login.account_taken")
    );
    assert_eq!(rosa.get("/bills").await.status, 303, "signed out");
    // Who only looks sees the list and no button.
    let other = house.customer("Omar").signed_in().await;
    let viewer = house.staff(Role::Viewer).await;
    let number = other.household.number.as_str();
    let page = viewer.visit(&format!("/office/accounts/{number}")).await;
    page.must_show(&other.household.email);
    assert!(!page.shows("Take the account away"), "{}", page.html);
}

/// Contract: F8, F47
#[actix_web::test]
async fn an_address_has_no_more_lines_than_an_envelopes_window_shows() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").moved_in().await;
    let clerk = house.staff(Role::Csr).await;
    let people = format!("/office/accounts/{}/people", rosa.number.as_str());
    let form = clerk.visit(&people).await.follow("Change Rosa").await;
    let refused = form
        .clone()
        .fill(
            "mailing_address",
            "c/o Ines\nThe Mill\nUnit 4\n12 Main St\nDubuque, IA 52001",
        )
        .submit("Save")
        .await;
    assert_eq!(refused.status, 422);
    refused.must_show("Enter at most four lines");
    let saved = form
        .fill(
            "mailing_address",
            "The Mill\nUnit 4\n12 Main St\nDubuque, IA 52001",
        )
        .submit("Save")
        .await;
    saved.must_show("Dubuque, IA 52001");
}
