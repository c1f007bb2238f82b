//! How bills come: the customer changes it, agrees to it in words that are kept, and whoever is told of the account is told.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use mainstay::store::bill_deliveries::list_addressees;
use mainstay::store::schema::{accounts, audit_rows, notices};

use crate::support::app::TestApp;

/// Contract: F106, F119
#[actix_web::test]
async fn a_customer_goes_paperless_and_gets_a_confirmation() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").owing("$84.10").signed_in().await;
    let settings = rosa.visit("/profile").await;
    assert_eq!(settings.heading(), "Your settings");
    let page = settings.follow("How your bills come").await;
    page.must_show("Your bills come on paper and by e-mail.");

    let saved = page
        .fill("delivery", "email")
        .fill("bill_language", "es-US")
        .submit("Save")
        .await;
    saved
        .must_show("Saved. A confirmation is on its way.")
        .must_show("Your bills come by e-mail, without paper.");
    let account = rosa.household.account;
    let kept: (bool, bool, String) = house.database().read(|conn| {
        Ok(accounts::table
            .find(account)
            .select((accounts::paper, accounts::email, accounts::language))
            .first(conn)?)
    });
    assert_eq!(kept, (false, true, "es-US".to_owned()));
    let told = house.told(&["delivery_changed"]);
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].channel, "email");
    let facts: String = house.database().read(|conn| {
        Ok(audit_rows::table
            .filter(audit_rows::action.eq("account.settings_changed"))
            .select(audit_rows::facts)
            .first(conn)?)
    });
    assert!(facts.contains("My bills come by e-mail in place of paper."));

    // The same once more changes nothing and tells nobody.
    saved.submit("Save").await;
    assert_eq!(house.told(&["delivery_changed"]).len(), 1);
}

/// Contract: F106
#[actix_web::test]
async fn what_nobody_chose_and_what_is_not_ones_own_stays_as_it_was() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").owing("$84.10").signed_in().await;
    let ivan = house.customer("Ivan").owing("$12.00").signed_in().await;
    let page = rosa.visit("/delivery").await;
    let refused = page
        .clone()
        .fill("delivery", "by pigeon")
        .submit("Save")
        .await;
    assert_eq!(refused.status, 422);
    let number: String = house.database().read(|conn| {
        Ok(accounts::table
            .find(ivan.household.account)
            .select(accounts::number)
            .first(conn)?)
    });
    rosa.meets(&format!("/delivery?account={number}"), 404)
        .await;
    let other = page
        .fill("account", &number)
        .fill("delivery", "portal")
        .submit("Save")
        .await;
    assert_eq!(other.status, 404);
    let told: i64 = house.database().read(|conn| {
        Ok(notices::table
            .filter(notices::kind.eq("delivery_changed"))
            .count()
            .get_result(conn)?)
    });
    assert_eq!(told, 0);
}

/// Contract: F106, F119
#[actix_web::test]
async fn the_page_says_where_bills_by_e_mail_go_and_they_go_there() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").owing("$84.10").signed_in().await;
    let (account, today) = (rosa.household.account, house.app.clock.today());
    let goes_to = || {
        let addressees = house
            .database()
            .read(|conn| list_addressees(conn, &[account], today));
        addressees[&account].address.clone().expect("an address")
    };
    let own = rosa.household.email.clone();
    let page = rosa.visit("/delivery").await;
    assert!(!page.shows("You sign in with another address"));
    page.must_show(&format!("Bills by e-mail go to {own}."));
    assert_eq!(goes_to(), own);

    // The office wrote down another address, which nobody ever confirmed.
    let written = "UPDATE contact_points SET value = 'old@post.example', verified_at = NULL WHERE kind = 'email'";
    house.database().connect().batch_execute(written).unwrap();
    let page = rosa.visit("/delivery").await;
    page.must_show("Bills by e-mail go to old@post.example.")
        .must_show("Nobody has confirmed yet that this address is yours.")
        .must_show(&format!("You sign in with another address, {own}."));
    assert_eq!(goes_to(), "old@post.example");
    let page = page
        .follow("Change or confirm the address for e-mailed bills")
        .await;
    assert_eq!(page.heading(), "How we reach you");

    // Where the customer has none, it is that of the sign-in whose account it is.
    let none = "DELETE FROM contact_points WHERE kind = 'email'";
    house.database().connect().batch_execute(none).unwrap();
    let page = rosa.visit("/delivery").await;
    page.must_show(&format!("Bills by e-mail go to {own}."));
    assert_eq!(goes_to(), own);
}
