//! Two people of the office have the same form open: the later one is told what the earlier one changed, keeps what was typed, and overwrites it
//! only knowingly.

use mainstay::domain::ids::CustomerId;
use mainstay::domain::responsibility::NameChangeKind;
use mainstay::domain::staff::Role;
use mainstay::store;
use mainstay::store::db::Tx;
use mainstay::usecases::accounts::names::{NameChange, NameError};
use mainstay::usecases::accounts::people::Person;
use mainstay::usecases::seen::{self, Unseen};

use super::at_once::at_once;
use crate::support::app::TestApp;
use crate::support::people::Household;

/// What the later of two forms is told.
const SINCE: &str = "Somebody changed this after you opened the page. It is now:";

fn misspelled() -> NameChange {
    NameChange {
        kind: NameChangeKind::Correction,
        from_on: None,
        document: String::new(),
    }
}

fn people(home: &Household) -> String {
    format!("/office/accounts/{}/people", home.number.as_str())
}

/// Contract: F118
#[actix_web::test]
async fn the_later_form_about_a_customer_says_what_changed_and_keeps_what_was_typed() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").moved_in().await;
    let (ana, ben) = (house.staff(Role::Csr).await, house.staff(Role::Csr).await);
    let hers = ana.visit(&people(&rosa)).await.follow("Change Rosa").await;
    let his = ben.visit(&people(&rosa)).await.follow("Change Rosa").await;
    let saved = hers.fill("name", "Rosa Lopez").submit("Save").await;
    saved.must_show("The change is saved.");

    let told = his
        .fill("name", "Rosa Maria")
        .fill("mailing_address", "PO Box 12\nLarkspur Bend IL 60000")
        .submit("Save")
        .await;
    assert_eq!(told.status, 409);
    told.must_show(&format!("{SINCE} Rosa Lopez."));
    assert_eq!(
        told.attribute("#name", "value").as_deref(),
        Some("Rosa Maria")
    );
    told.must_show("PO Box 12");
    let now = ana.visit(&people(&rosa)).await;
    now.must_show("Rosa Lopez");
    assert!(!now.shows("PO Box 12"));

    // Whoever saves again has read it.
    let saved = told.submit("Save").await;
    saved
        .must_show("The change is saved.")
        .must_show("Rosa Maria")
        .must_show("PO Box 12");
}

/// Contract: F118
#[actix_web::test]
async fn the_same_change_by_two_people_is_no_conflict() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").moved_in().await;
    let (ana, ben) = (house.staff(Role::Csr).await, house.staff(Role::Csr).await);
    let hers = ana.visit(&people(&rosa)).await.follow("Change Rosa").await;
    let his = ben.visit(&people(&rosa)).await.follow("Change Rosa").await;
    for form in [hers, his] {
        let saved = form.fill("name", "Rosa Lopez").submit("Save").await;
        saved.must_show("The change is saved.");
    }
}

/// Contract: F11, F118
#[actix_web::test]
async fn the_later_form_of_how_bills_come_says_what_was_set() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").moved_in().await;
    let (ana, ben) = (house.staff(Role::Csr).await, house.staff(Role::Csr).await);
    let hers = ana.visit(&people(&rosa)).await;
    let his = ben.visit(&people(&rosa)).await;
    let saved = hers.fill("bill_language", "es-US").submit("Save").await;
    saved.must_show("The change is saved.");
    let told = his
        .fill("paper", "yes")
        .fill("email", "")
        .submit("Save")
        .await;
    assert_eq!(told.status, 409, "{}", told.html);
    told.must_show(&format!("{SINCE} Spanish."));
    let saved = told.submit("Save").await;
    saved.must_show("The change is saved.");
}

/// Contract: F118
#[actix_web::test]
async fn the_later_wording_of_a_notice_says_what_was_written() {
    let house = TestApp::start().await;
    let (ana, ben) = (
        house.staff(Role::BillingManager).await,
        house.staff(Role::BillingManager).await,
    );
    let list = ana.visit("/office/notice-texts").await;
    let place = list
        .attribute("main a[href^='/office/notice-texts/']", "href")
        .expect("a place that may be worded");
    let (hers, his) = (ana.visit(&place).await, ben.visit(&place).await);
    let before = hers.attribute("input[name='was-en-US']", "value");
    assert_eq!(before.as_deref(), Some(""), "nobody wrote anything yet");
    let words = words_of(&hers.html);
    let saved = hers
        .fill("en-US", &format!("Hello. {words}"))
        .submit("Use these words")
        .await;
    assert_eq!(saved.status, 200, "{}", saved.html);
    let told = his
        .fill("en-US", &format!("Dear customer. {words}"))
        .submit("Use these words")
        .await;
    assert_eq!(told.status, 409, "{}", told.html);
    told.must_show(&format!("{SINCE} Hello."))
        .must_show("Dear customer.");
}

/// The values that must stand in the words of a page's notice.
fn words_of(html: &str) -> String {
    let named = html.split("<code>").skip(1);
    let values = named.filter_map(|rest| {
        let (value, after) = rest.split_once("</code>")?;
        let is_needed = after.split("</li>").next()?.contains("badge");
        is_needed.then(|| value.replace("&#123;", "{").replace("&#125;", "}"))
    });
    values.collect::<Vec<_>>().join(" ")
}

/// Contract: F4
#[actix_web::test]
async fn the_later_form_of_a_place_says_what_changed() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").moved_in().await;
    let point = house.served(rosa.account).await.remove(0).service_point_id;
    let (premise, _) = house
        .app
        .db
        .read(move |conn| store::service::place_of(conn, point))
        .await
        .expect("a place");
    let (ana, ben) = (
        house.staff(Role::BillingClerk).await,
        house.staff(Role::BillingClerk).await,
    );
    let form = format!("/office/premises/{premise}/edit");
    let (hers, his) = (ana.visit(&form).await, ben.visit(&form).await);
    let saved = hers
        .fill("dwelling_units", "3")
        .submit("Save the place")
        .await;
    assert_eq!(saved.status, 200, "{}", saved.html);
    let told = his.fill("unit", "B").submit("Save the place").await;
    assert_eq!(told.status, 409, "{}", told.html);
    told.must_show(&format!("{SINCE} 3."));
    assert_eq!(told.attribute("#unit", "value").as_deref(), Some("B"));
}

/// Contract: F4, F118
#[actix_web::test]
async fn the_later_correction_says_what_was_posted_meanwhile() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").owing("$84.10").moved_in().await;
    let (ana, ben) = (
        house.staff(Role::BillingClerk).await,
        house.staff(Role::BillingClerk).await,
    );
    let account = format!("/office/accounts/{}", rosa.number.as_str());
    let form = ben.visit(&format!("{account}/adjustments/new")).await;
    let looked = form
        .fill("direction", "give")
        .fill("amount", "10.00")
        .fill("fund", "WATER")
        .fill("reason", "leak")
        .fill("note", "On our side of the meter")
        .submit("Look at the entry")
        .await;
    let taking = ana.visit(&format!("{account}/payments/new")).await;
    taking
        .fill("amount", "50.00")
        .submit("Take the payment")
        .await;
    let told = looked.submit("Post it").await;
    assert_eq!(told.status, 409, "{}", told.html);
    told.must_show("Posted since: Payment \u{2212}$50.00")
        .must_show("On our side of the meter");
    assert_eq!(house.balance(rosa.account).await, 3_410);
    let posted = told.submit("Post it").await;
    posted.must_show("The correction is posted.");
    assert_eq!(house.balance(rosa.account).await, 2_410);
}

/// Contract: F118
#[actix_web::test]
async fn of_two_forms_sent_at_once_one_is_told() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").moved_in().await;
    let account = rosa.account;
    let (customer, before) = house
        .app
        .db
        .read(move |conn| {
            let on = "2026-07-01".parse().expect("a day");
            let part = store::parts::list(conn, account, on)?.remove(0);
            let row = store::parts::get_customer(conn, part.customer.id)?;
            let person = Person {
                name: row.name,
                given_name: row.given_name,
                language: row.language,
                mailing_address: row.mailing_address,
            };
            Ok::<(CustomerId, Person), store::error::StoreError>((part.customer.id, person))
        })
        .await
        .expect("a customer");
    let says = |name: &str| {
        let (seen, name) = (before.clone(), name.to_owned());
        let new = Person {
            name,
            ..before.clone()
        };
        move |tx: &mut Tx<'_>| -> Result<(), Unseen<Person, NameError>> {
            seen::person(
                tx,
                (account, customer),
                (Some(&seen), (&new, &misspelled())),
            )
        }
    };
    let (one, other) = at_once(&house, says("Rosa Lopez"), says("Rosa Maria")).await;
    assert!(one.is_ok(), "{one:?}");
    assert!(
        matches!(&other, Err(Unseen::ChangedSince(now)) if now.name == "Rosa Lopez"),
        "{other:?}"
    );
}
