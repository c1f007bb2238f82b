//! One person in the books twice: found, looked at side by side, made one, and made two again.

use mainstay::domain::customers::ContactKind;
use mainstay::domain::ids::{ContactPointId, CustomerId};
use mainstay::domain::staff::Role;
use mainstay::store::contact_points::mark_primary;
use mainstay::store::parts;
use mainstay::usecases::accounts::people::end_contact;

use crate::support::app::TestApp;
use crate::support::page::Page;
use crate::support::people::Household;
use crate::support::visitor::Visitor;

async fn page_of(clerk: &Visitor, home: &Household) -> Page {
    let people = format!("/office/accounts/{}/people", home.number.as_str());
    clerk.visit(&people).await
}

/// Gives a household a telephone number.
async fn reached_by(clerk: &Visitor, home: &Household, name: &str, phone: &str) {
    let page = page_of(clerk, home).await;
    let edit = page.follow(&format!("Change {name}")).await;
    edit.fill("kind", "phone")
        .fill("value", phone)
        .submit("Add a contact")
        .await
        .must_show("The change is saved.");
}

/// Two households of one name, reached by one telephone.
async fn twice(house: &TestApp, clerk: &Visitor) -> (Household, Household) {
    let first = house.customer("Rosa Lopez").moved_in().await;
    let second = house.customer("Lopez Rosa").moved_in().await;
    reached_by(clerk, &first, "Rosa Lopez", "217-555-0133").await;
    reached_by(clerk, &second, "Lopez Rosa", "+1 (217) 555-0133").await;
    (first, second)
}

async fn side_by_side(clerk: &Visitor) -> Page {
    let list = clerk.visit("/office/accounts").await;
    let list = list.follow("Possible duplicates").await;
    list.must_show("the same telephone").must_show("Customer ");
    list.follow("Rosa Lopez and Lopez Rosa").await
}

/// Contract: F4, F6, F93, F118
#[actix_web::test]
async fn one_customer_in_the_books_twice_becomes_one_and_nothing_of_either_is_lost() {
    let house = TestApp::start().await;
    let clerk = house.staff(Role::BillingClerk).await;
    let (first, second) = twice(&house, &clerk).await;
    let pair = side_by_side(&clerk).await;
    pair.must_show(&first.email)
        .must_show(&second.email)
        .must_show("on 1 account");
    let wordless = pair.clone().submit("Make them one").await;
    assert_eq!(wordless.status, 422);
    wordless.must_show("Write a few words for whoever reads this later.");

    let merged = pair
        .fill("reason", "One ID at the counter, two spellings.")
        .submit("Make them one")
        .await;
    merged.must_show("They are one customer now.");
    let account = page_of(&clerk, &second).await;
    account
        .must_show("Rosa Lopez")
        .must_show(&first.email)
        .must_show(&second.email);
    assert!(!account.shows("Lopez Rosa"), "{}", account.html);
    // The spelling that went still finds what it found.
    let found = clerk.visit("/office/accounts?q=lopez").await;
    found
        .must_show(&first.number.to_string())
        .must_show(&second.number.to_string());
    let list = clerk.visit("/office/duplicates").await;
    assert!(!list.shows("Rosa Lopez and Lopez Rosa"), "{}", list.html);

    let merges = clerk.visit("/office/customer-merges").await;
    merges
        .must_show("Lopez Rosa became one with Rosa Lopez")
        .must_show("One ID at the counter, two spellings.");
    let undone = merges
        .fill("reason", "They are cousins.")
        .submit("Take it back now Lopez Rosa")
        .await;
    undone
        .must_show("each has what was theirs")
        .must_show("They are cousins.");
    let account = page_of(&clerk, &second).await;
    account.must_show("Lopez Rosa").must_show(&second.email);
    assert!(!account.shows(&first.email), "{}", account.html);
}

/// Contract: F4, F118
#[actix_web::test]
async fn a_merge_is_not_taken_back_where_something_changed_since() {
    let house = TestApp::start().await;
    let clerk = house.staff(Role::BillingClerk).await;
    let (first, _second) = twice(&house, &clerk).await;
    let pair = side_by_side(&clerk).await;
    pair.fill("reason", "One ID, two spellings.")
        .submit("Make them one")
        .await
        .must_show("They are one customer now.");
    house.advance_days(1);
    let edit = page_of(&clerk, &first).await;
    edit.follow("Change Rosa Lopez")
        .await
        .fill("name", "Rosa Maria Lopez")
        .submit("Save")
        .await
        .must_show("Rosa Lopez corrected to Rosa Maria Lopez");
    let merges = clerk.visit("/office/customer-merges").await;
    let refused = merges
        .fill("reason", "They are cousins.")
        .submit("Take it back now Lopez Rosa")
        .await;
    assert_eq!(refused.status, 422);
    refused.must_show("was changed since");
}

/// Contract: F4, F118
#[actix_web::test]
async fn a_merge_is_not_taken_back_where_a_way_to_reach_them_ended_since() {
    let house = TestApp::start().await;
    let clerk = house.staff(Role::BillingClerk).await;
    let (first, second) = twice(&house, &clerk).await;
    let pair = side_by_side(&clerk).await;
    pair.fill("reason", "One ID, two spellings.")
        .submit("Make them one")
        .await
        .must_show("They are one customer now.");
    // Mail came back, and somebody gave another address: whose it is nobody knows.
    let (customer, ended) = main_email(&house, &first, &second.email);
    let account = first.account;
    house
        .app
        .db
        .write(house.stamp(), move |tx| {
            end_contact(tx, account, customer, ended)
        })
        .await
        .expect("the address ends");
    let merges = clerk.visit("/office/customer-merges").await;
    let refused = merges
        .fill("reason", "They are cousins.")
        .submit("Take it back now Lopez Rosa")
        .await;
    assert_eq!(refused.status, 422);
    refused.must_show("an address or telephone number was ended since");
}

/// The main customer of a household, and their address that is written so.
fn main_email(house: &TestApp, home: &Household, email: &str) -> (CustomerId, ContactPointId) {
    house.database().read(|conn| {
        let on = house.app.clock.today();
        let own = parts::list_own_emails(conn, &[home.account], on)?;
        let found = own.iter().find(|own| own.value == email);
        let found = found.expect("the address is there");
        Ok((found.customer_id, found.contact_id))
    })
}

/// Contract: F4, F31
#[actix_web::test]
async fn what_each_had_chosen_is_chosen_again_when_a_merge_is_taken_back() {
    let house = TestApp::start().await;
    let clerk = house.staff(Role::BillingClerk).await;
    let (first, second) = twice(&house, &clerk).await;
    let choose = async |home: &Household, email: &str| {
        let (customer, contact) = main_email(&house, home, email);
        let whose = (customer, ContactKind::Email);
        house
            .app
            .db
            .write(house.stamp(), move |tx| mark_primary(tx, whose, contact))
            .await
            .expect("it is chosen");
    };
    choose(&first, &first.email).await;
    choose(&second, &second.email).await;
    let pair = side_by_side(&clerk).await;
    pair.fill("reason", "One ID, two spellings.")
        .submit("Make them one")
        .await
        .must_show("They are one customer now.");
    choose(&first, &second.email).await;
    let merges = clerk.visit("/office/customer-merges").await;
    merges
        .fill("reason", "They are cousins.")
        .submit("Take it back now Lopez Rosa")
        .await
        .must_show("each has what was theirs");
    for home in [&first, &second] {
        let chosen = house.database().read(|conn| {
            let on = house.app.clock.today();
            let own = parts::list_own_emails(conn, &[home.account], on)?;
            Ok(own
                .into_iter()
                .filter(|own| own.is_primary)
                .map(|own| own.value)
                .collect::<Vec<String>>())
        });
        assert_eq!(chosen, std::slice::from_ref(&home.email));
    }
}

/// Contract: F4, F160
#[actix_web::test]
async fn two_of_one_name_stay_two_where_somebody_says_so() {
    let house = TestApp::start().await;
    let clerk = house.staff(Role::Csr).await;
    twice(&house, &clerk).await;
    let pair = side_by_side(&clerk).await;
    assert!(
        !pair.shows("Make them one"),
        "a job without that permission"
    );
    pair.fill("apart", "Father and son.")
        .submit("Keep them apart")
        .await
        .must_show("They stay two customers.");
    let list = clerk.visit("/office/duplicates").await;
    assert!(!list.shows("Rosa Lopez and Lopez Rosa"), "{}", list.html);
    let all = list.follow("Show also those said to be two").await;
    let pair = all.follow("Rosa Lopez and Lopez Rosa").await;
    pair.must_show("Father and son.");
}

/// Contract: F4, F118
#[actix_web::test]
async fn a_person_and_an_organization_are_never_one() {
    let house = TestApp::start().await;
    let clerk = house.staff(Role::BillingClerk).await;
    let (first, second) = twice(&house, &clerk).await;
    let form = page_of(&clerk, &second).await;
    let form = form.follow("Change who is responsible").await;
    form.fill("kind", "organization")
        .fill("name", "Lopez Rosa")
        .fill("language", "en-US")
        .fill("reason", "organization")
        .fill("consent", "signed")
        .fill("words", "Signed form of today.")
        .submit("Let them take it on")
        .await
        .must_show("Somebody else is responsible for this account now.");
    let compare = clerk.visit("/office/duplicates").await;
    let compare = compare
        .fill("one", first.number.as_str())
        .fill("other", second.number.as_str())
        .submit("Compare")
        .await;
    let refused = compare
        .fill("reason", "The owner.")
        .submit("Make them one")
        .await;
    assert_eq!(refused.status, 422);
    refused.must_show("an owner and their company owe separately");
}
