//! A landlord is noted for a place: what else a tenant has is another landlord's, or nobody's business.

use diesel::connection::SimpleConnection;
use mainstay::domain::landlords::Instruction;
use mainstay::domain::staff::Role;
use mainstay::store;
use mainstay::store::db::Tx;
use mainstay::store::error::StoreError;
use mainstay::usecases::accounts::landlords::instruct;
use mainstay::usecases::accounts::services::stop_service;

use super::landlords::rented;
use crate::support::app::TestApp;

/// Contract: F4, F9, F101
#[actix_web::test]
async fn each_landlord_of_a_tenant_sees_and_decides_about_their_own_place() {
    let house = TestApp::start().await;
    // Lena rents a house out to Tomas, and Owen a shop.
    let (lena, tomas) = rented(&house).await;
    let owen = house.customer("Owen").signed_in().await;
    let before = house.customer("Ida").moved_in().await;
    let (home, shop) = (
        house.point(tomas.account).await,
        house.point(before.account).await,
    );
    let today = house.app.clock.today();
    house.stops(&before, today).await;
    house.moves_in_at(tomas.account, shop, today).await;
    let (hers, his) = (lena.household.account, owen.household.account);
    house.notes_landlord_of(his, (tomas.account, shop)).await;

    assert_eq!(lena.visit("/premises").await.texts(".card h2").len(), 1);
    assert_eq!(owen.visit("/premises").await.texts(".card h2").len(), 1);
    let say = move |tx: &mut Tx<'_>| -> Result<bool, StoreError> {
        let (premise, _) = store::service::place_of(tx, shop)?;
        instruct(tx, hers, premise, Instruction::Continue)
    };
    let said = house.app.db.write(house.stamp(), say).await;
    assert!(
        matches!(said, Err(StoreError::Missing("place"))),
        "{said:?}"
    );
    house.says_for(&lena, home, Instruction::Continue).await;
    house.says_for(&owen, shop, Instruction::Continue).await;

    // Tomas leaves both: each place goes on in the name of whoever rents it out.
    house.advance_days(3);
    let today = house.app.clock.today();
    for (point, heir) in [(home, hers), (shop, his)] {
        let stop = move |tx: &mut Tx<'_>| {
            let rows = store::service::list_of_point(tx, point)?;
            let row = rows.iter().find(|(row, _)| row.account_id == tomas.account);
            let id = row.expect("an agreement").0.id;
            stop_service(tx, tomas.account, id, today)
        };
        let stopped = house.app.db.write(house.stamp(), stop).await;
        stopped.expect("it is stopped");
        let look = move |conn: &mut store::db::Conn| store::service::list_of_point(conn, point);
        let served = house.app.db.read(look).await.expect("read");
        assert_eq!(served.last().expect("a service").0.account_id, heir);
    }
    house.is_sound().await;
}

/// Contract: F9, F101
#[actix_web::test]
async fn a_note_of_an_earlier_build_counts_only_while_the_tenant_has_one_place() {
    let house = TestApp::start().await;
    let (lena, tomas) = rented(&house).await;
    let forget = "UPDATE account_roles SET premise_id = NULL";
    let mut database = house.database().connect();
    database.batch_execute(forget).expect("it names no place");
    drop(database);
    assert_eq!(lena.visit("/premises").await.texts(".card h2").len(), 1);

    // Tomas takes a house of his own beside it.
    let ida = house.customer("Ida").moved_in().await;
    let own = house.point(ida.account).await;
    let today = house.app.clock.today();
    house.stops(&ida, today).await;
    house.moves_in_at(tomas.account, own, today).await;
    let page = lena.visit("/premises").await;
    page.must_show("We have not noted you as the landlord of a place.");
    let clerk = house.staff(Role::BillingClerk).await;
    let people = format!("/office/accounts/{}/people", tomas.number.as_str());
    clerk
        .visit(&people)
        .await
        .must_show("Not noted: it counts only while the account has a single place.");

    // The office says which: then it counts again.
    let point = house.point(tomas.account).await;
    let hers = lena.household.account;
    house.notes_landlord_of(hers, (tomas.account, point)).await;
    assert_eq!(lena.visit("/premises").await.texts(".card h2").len(), 1);
}

/// Contract: F2, F9
#[actix_web::test]
async fn the_office_says_which_of_several_places_a_landlord_rents_out() {
    let house = TestApp::start().await;
    let (_lena, tomas) = rented(&house).await;
    let ida = house.customer("Ida").moved_in().await;
    let shop = house.point(ida.account).await;
    let today = house.app.clock.today();
    house.stops(&ida, today).await;
    house.moves_in_at(tomas.account, shop, today).await;
    let clerk = house.staff(Role::BillingClerk).await;
    let people = format!("/office/accounts/{}/people", tomas.number.as_str());
    let page = clerk.visit(&format!("{people}/new")).await;
    let page = page.fill("role", "landlord").fill("name", "Owen Wilson");
    let refused = page.submit("Save").await;
    refused.must_show("Choose the place that the landlord rents out.");

    let place = house
        .app
        .db
        .read(move |conn| store::service::place_of(conn, shop));
    let (premise, line) = place.await.expect("a place");
    let saved = refused
        .fill("place", &premise.to_string())
        .submit("Save")
        .await;
    saved.must_show("The change is saved.");
    let shown = clerk.visit(&people).await;
    shown.must_show("Place rented out").must_show(&line);
}
