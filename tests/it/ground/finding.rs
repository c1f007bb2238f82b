//! Accounts found by words that very many have: who has all of them is found, however late in the order they stand.

use mainstay::domain::accounts::AccountClass;
use mainstay::domain::customers::{CustomerKind, Language};
use mainstay::domain::search::prefixes;
use mainstay::domain::staff::Role;
use mainstay::store::db::Tx;
use mainstay::store::search;
use mainstay::usecases::accounts::{
    AccountError, NewAccount, NewCustomer, NewPremise, open_accounts,
};

use crate::support::app::TestApp;

/// More accounts than are looked at one by one.
const MANY: usize = 700;

/// Many with one given name, many with one family name, and one with both.
async fn crowd(house: &TestApp) {
    let cycle = house.cycle().await;
    let from_on = house.app.clock.today();
    let named = |name: String| NewAccount {
        customer: NewCustomer {
            kind: CustomerKind::Person,
            name,
            given_name: None,
            language: Language::English,
            email: None,
            phone: None,
        },
        others: Vec::new(),
        class: AccountClass::Residential,
        cycle,
        paper: true,
        email: false,
        from_on,
        premise: NewPremise {
            line_1: "1 Elm Road".to_owned(),
            unit: None,
            city: "Larkspur Bend".to_owned(),
            state: "IL".to_owned(),
            postal_code: "60000".to_owned(),
            point: None,
            impervious_sqft: None,
            dwelling_units: 1,
        },
        services: Vec::new(),
    };
    let mut crowd: Vec<NewAccount> = (0..MANY)
        .map(|place| match place % 2 {
            0 => named(format!("Mariana Solo{place}")),
            _ => named(format!("Single{place} Garciaga")),
        })
        .collect();
    crowd.push(named("Mariana Garciaga".to_owned()));
    house
        .app
        .db
        .write(
            house.stamp(),
            move |tx: &mut Tx<'_>| -> Result<_, AccountError> { open_accounts(tx, &crowd) },
        )
        .await
        .expect("the crowd moves in");
}

/// Contract: F118
#[actix_web::test]
async fn who_has_both_of_two_common_names_is_found() {
    let house = TestApp::start().await;
    crowd(&house).await;
    let today = house.app.clock.today();
    for typed in ["mariana garciaga", "mar garci", "ma g"] {
        let found = house
            .app
            .db
            .read(move |conn| search::find(conn, &prefixes(typed), today, 9))
            .await
            .expect("a search");
        let names: Vec<&str> = found.iter().map(|one| one.account.name.as_str()).collect();
        assert_eq!(names, ["Mariana Garciaga"], "{typed}");
    }
    let clerk = house.staff(Role::Csr).await;
    let many = clerk.visit("/office/search?q=mariana").await;
    many.must_show("Only the first 50 are shown. Add a word to narrow it down.");
    let none = clerk.visit("/office/search?q=mariana+nobody").await;
    none.must_show("No account has all of these words.");
}

/// Contract: F118
#[actix_web::test]
async fn a_changed_name_is_found_and_the_former_one_finds_it_too() {
    let house = TestApp::start().await;
    crowd(&house).await;
    let clerk = house.staff(Role::Csr).await;
    let found = clerk.visit("/office/search?q=mariana+garciaga").await;
    let account = found.follow("Mariana Garciaga").await;
    let people = account.follow("People").await;
    let edit = people.follow("Change Mariana Garciaga").await;
    let saved = edit.fill("name", "Mariana Solohay").submit("Save").await;
    saved.must_show("The change is saved.");
    for words in ["mariana+garciaga", "mariana+solohay"] {
        let found = clerk.visit(&format!("/office/search?q={words}")).await;
        found.must_show("Mariana Solohay");
        assert!(!found.shows("Mariana Garciaga"));
    }
}
