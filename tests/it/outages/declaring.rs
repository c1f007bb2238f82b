//! Declaring: whom it touches is shown first, by house numbers and sides, ZIP code or account numbers; nonsense is refused with words.

use diesel::prelude::*;
use mainstay::domain::ids::AccountNumber;
use mainstay::domain::staff::Role;
use mainstay::store::schema::{audit_rows, outage_accounts, outages};

use super::{declared, form, house_number};
use crate::support::app::TestApp;

fn touched(house: &TestApp) -> Vec<i64> {
    house.database().read(|conn| {
        Ok(outage_accounts::table
            .order(outage_accounts::account_id)
            .select(outage_accounts::account_id)
            .load(conn)?)
    })
}

/// Contract: F108
#[actix_web::test]
async fn whom_it_touches_is_shown_before_anything_is_told() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").moved_in().await;
    house.customer("Omar").moved_in().await;
    let operator = house.operations().await;
    let number = house_number(&rosa);
    let looked = form(&operator, number, number).await;
    let looked = looked.submit("See who is affected").await;
    looked
        .must_show("Who is affected: 1 account")
        .must_show("Rosa, 1 Prairie Street");
    assert!(!looked.shows("Omar"), "{}", looked.html);
    house.tells().await;
    assert!(house.told(&["outage"]).is_empty());
    let none: i64 = house
        .database()
        .read(|conn| Ok(outages::table.count().get_result(conn)?));
    assert_eq!(none, 0);

    // Another part of town than was looked at is looked at again.
    let other = looked
        .clone()
        .fill("to", "900")
        .submit("Declare it and tell them")
        .await;
    other.must_show("Who is affected: 2 accounts");
    let page = looked.submit("Declare it and tell them").await;
    page.must_show("It is declared.").must_show("1 account");
    assert_eq!(touched(&house), [rosa.account.0]);

    // The same form sent again declares nothing more.
    looked.submit("Declare it and tell them").await;
    let one: i64 = house
        .database()
        .read(|conn| Ok(outages::table.count().get_result(conn)?));
    assert_eq!(one, 1);
    let deeds: i64 = house.database().read(|conn| {
        Ok(audit_rows::table
            .filter(audit_rows::action.eq("outage.declared"))
            .count()
            .get_result(conn)?)
    });
    assert_eq!(deeds, 1);
}

/// Contract: F108
#[actix_web::test]
async fn one_side_of_a_street_or_some_accounts_can_be_chosen_and_more_added() {
    let house = TestApp::start().await;
    let mut homes = Vec::new();
    for name in ["Ann", "Ben", "Cleo", "Dan"] {
        homes.push(house.customer(name).moved_in().await);
    }
    let operator = house.operations().await;
    let odd: Vec<i64> = homes
        .iter()
        .filter(|home| house_number(home) % 2 == 1)
        .map(|home| home.account.0)
        .collect();
    let page = form(&operator, 1, 999).await.fill("side", "odd");
    let page = declared(page.fill("street", "prairie street")).await;
    assert_eq!(touched(&house), odd);
    page.must_show("prairie street, odd numbers 1 to 999");

    let even = homes
        .iter()
        .find(|home| house_number(home).is_multiple_of(2))
        .unwrap();
    let known = homes
        .iter()
        .find(|home| house_number(home) % 2 == 1)
        .unwrap();
    let page = page
        .fill("by", "accounts")
        .fill("numbers", &format!("{}, {}", even.number, known.number))
        .submit("See who is affected")
        .await;
    page.must_show("Who is affected: 2 accounts");
    page.submit("Add them and tell them")
        .await
        .must_show("They were added");
    assert_eq!(touched(&house).len(), odd.len() + 1);
    let again = page.submit("Add them and tell them").await;
    assert_eq!(again.status, 422);
    again.must_show("All of these are affected already.");

    let page = form(&operator, 1, 1).await;
    page.clone()
        .fill("by", "postal_code")
        .fill("postal_code", "60000")
        .submit("See who is affected")
        .await
        .must_show("Who is affected: 4 accounts");
    page.fill("by", "everywhere")
        .submit("See who is affected")
        .await
        .must_show("Who is affected: 4 accounts");
}

/// Contract: F108
#[actix_web::test]
async fn nonsense_is_refused_with_words() {
    let house = TestApp::start().await;
    house.customer("Rosa").moved_in().await;
    let operator = house.operations().await;
    let page = form(&operator, 1, 900).await;
    for (field, value, words) in [
        ("words_es", "", "Write words in both languages."),
        ("begins", "2026-07-02T08:00", "Declare it as planned work"),
        ("begins", "yesterday", "Write a date and a time such as"),
        ("begins", "2025-07-02T08:00", "This time is too far away."),
        (
            "kind",
            "planned_work",
            "Planned work begins later than now.",
        ),
        ("expected", "2026-07-01T10:00", "later than it goes"),
        ("expected", "9999-07-01T10:00", "Write a date and a time"),
        (
            "street",
            "Nowhere Lane",
            "Nobody with this service is there",
        ),
        ("service", "gas", "Nobody with this service is there"),
        ("to", "0", "Write house numbers from 1 on"),
        ("from", "twelve", "Write house numbers from 1 on"),
        ("by", "", "Choose one."),
        ("cause", "aliens", "Choose one."),
    ] {
        let refused = page
            .clone()
            .fill(field, value)
            .submit("See who is affected")
            .await;
        assert_eq!(refused.status, 422, "{field} {value}");
        refused.must_show(words);
    }
    let page = page.fill("by", "accounts");
    page.clone()
        .fill("numbers", "4100-00001-9\nfourteen")
        .submit("See who is affected")
        .await
        .must_show("“fourteen” is no account number of ours.");
    let stranger = AccountNumber::of(99_999);
    page.fill("numbers", stranger.as_str())
        .submit("See who is affected")
        .await
        .must_show(&format!("There is no account {stranger}."));
}

/// Contract: F132
#[actix_web::test]
async fn a_clerk_sees_outages_and_may_not_declare_any() {
    let house = TestApp::start().await;
    house.customer("Rosa").moved_in().await;
    let operator = house.operations().await;
    let page = declared(form(&operator, 1, 900).await).await;
    let clerk = house.staff(Role::BillingClerk).await;
    clerk
        .meets("/office/outages", 200)
        .await
        .must_show("Water: outage");
    let seen = clerk.meets(&page.path, 200).await;
    assert!(!seen.shows("Post an update"), "{}", seen.html);
    clerk.meets("/office/outages/new", 403).await;
    let token = seen.attribute("input[name=csrf]", "value").unwrap();
    for act in ["updates", "area", "restoration", "cancellation"] {
        let answer = clerk
            .post(&format!("{}/{act}", page.path), &[("csrf", &token)])
            .await;
        assert_eq!(answer.status, 403, "{act}");
    }
}
