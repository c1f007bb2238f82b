//! Files that come into a house that goes on: what they say is held against what is served, hung, billed and known there already.

use diesel::prelude::*;
use mainstay::domain::accounts::AccountStatus;
use mainstay::domain::ids::ServicePointId;
use mainstay::domain::reads::ReadSource;
use mainstay::domain::setup::{Refusal, Why};
use mainstay::store::db::Tx;
use mainstay::store::error::StoreError;
use mainstay::store::schema::{accounts, meter_installs};
use mainstay::store::{reads, service};
use mainstay::usecases::reads::desk::{ReadError, ToldRead, enter_read};

use super::files::{FILES, rates, refused, sends};
use crate::support::app::TestApp;
use crate::support::billing::{ZONE, day};
use crate::support::office::Office;

/// A house that took in all of the files.
async fn taken(house: &TestApp) -> Office<'_> {
    let office = house.office().await;
    rates(&office).await;
    let page = sends(&office, &FILES).await.submit("Take all of it").await;
    page.must_show("All of it is taken.");
    office
}

/// The registers of an account are read on the first of August.
pub(super) async fn is_read(office: &Office<'_>, (q, name): (&str, &str), values: &[&str]) {
    let found = office.clerk.visit(&format!("/office/search?q={q}")).await;
    let account = found.follow(name).await;
    let at = account.path.split('?').next().unwrap_or_default();
    for (place, value) in (1..).zip(values) {
        let page = office.clerk.visit(&format!("{at}/reads/new")).await;
        let option = format!("#register option:nth-child({place})");
        let page = match page.attribute(&option, "value") {
            Some(register) => page.fill("register", &register),
            None => page,
        };
        let page = page.fill("on", "2026-08-01").fill("value", value);
        let page = page.submit("Save the read").await;
        page.must_show("The read is saved.");
    }
}

/// The lines and whys of files that come into a house on a day.
async fn whys(house: &TestApp, on: &str, files: &[(&str, &str)]) -> Vec<(u64, Why, String)> {
    let found = refused(house, on, files).await;
    let line = |refusal: Refusal| (refusal.line, refusal.why, refusal.value);
    found.into_iter().map(line).collect()
}

/// Refuse at the second place, for the account that has the first.
const MORE: [(&str, &str); 2] = [
    (
        "service_points.csv",
        "point,premise,service\nR2,P2,refuse\n",
    ),
    (
        "agreements.csv",
        "account,point,rate,from,facts\n0-1001,R2,R-RES,2026-07-15,carts=1\n",
    ),
];

/// Contract: F31, F148
#[actix_web::test]
async fn service_from_a_file_meets_no_bill_that_is_out_and_no_account_that_is_closed() {
    let house = TestApp::start().await;
    let office = taken(&house).await;
    house.set_day("2026-08-04");
    is_read(&office, ("0-1001", "Rosa Díaz"), &["14500"]).await;
    is_read(&office, ("koch", "Koch, Walter"), &["700", "1090"]).await;
    office.bills("2026-07-01").await;
    let billed = whys(&house, "2026-08-04", &MORE).await;
    assert_eq!(
        billed,
        [(2, Why::Billed, "2026-08-01".to_owned())],
        "July went out without it"
    );
    let later = MORE.map(|(name, text)| (name, text.replace("07-15", "08-01")));
    let later = later.each_ref().map(|(name, text)| (*name, text.as_str()));
    let good = whys(&house, "2026-08-04", &later).await;
    assert!(good.is_empty(), "August did not: {good:?}");
    let close = |tx: &mut Tx<'_>| -> Result<(), StoreError> {
        diesel::update(accounts::table)
            .set((
                accounts::status.eq(AccountStatus::Closed),
                accounts::closed_on.eq(Some(day("2026-08-01"))),
            ))
            .execute(tx.conn())?;
        Ok(())
    };
    let closed = house.app.db.write(house.stamp(), close).await;
    closed.expect("the accounts are closed");
    let closed = whys(&house, "2026-08-04", &later).await;
    assert_eq!(closed, [(2, Why::NotServed, "0-1001".to_owned())]);
}

/// Contract: F31, F148
#[actix_web::test]
async fn a_draft_is_given_up_for_service_that_comes_by_a_file() {
    let house = TestApp::start().await;
    let office = taken(&house).await;
    house.set_day("2026-08-04");
    is_read(&office, ("0-1001", "Rosa Díaz"), &["14500"]).await;
    office.drafts("2026-07-01").await;
    let page = sends(&office, &MORE).await.submit("Take all of it").await;
    page.must_show("All of it is taken.");
    // It waits for a look, with whoever is to be drafted again.
    office.exception("reason=service_changed").await;
}

/// Contract: F147, F148
#[actix_web::test]
async fn the_same_files_with_their_numbers_written_otherwise_bring_no_twins() {
    let house = TestApp::start().await;
    taken(&house).await;
    let otherwise = [
        ("customers.csv", "customer,name\nk1,Rosa Díaz\n0K2,Koch\n"),
        (
            "service_points.csv",
            "point,premise,service\n w 1,P1,water\nX1,p1,gas\n",
        ),
        (
            "meters.csv",
            "meter,point,installed_on,unit,dials\nN-1,0W1,2026-07-01,gal,6\n",
        ),
        (
            "opening_balances.csv",
            "account,fund,due_on,amount\n00-1001,WATER,2026-06-20,84.10\n",
        ),
    ];
    let alike = |line, number: &str| (line, Why::Alike, number.to_owned());
    assert_eq!(
        whys(&house, "2026-07-01", &otherwise).await,
        [
            alike(2, "W1"),
            alike(3, "P1"),
            alike(2, "W1"),
            alike(2, "K1"),
            alike(3, "K2"),
            alike(2, "0-1001"),
        ]
    );
    let twice = [("customers.csv", "customer,name\n0077,Ana\n77,Ana\n")];
    let found = whys(&house, "2026-07-01", &twice).await;
    assert_eq!(found, [alike(3, "0077")], "nor within a file");
}

/// Contract: F3, F148
#[actix_web::test]
async fn a_point_that_its_place_has_already_comes_in_no_second_time() {
    let house = TestApp::start().await;
    taken(&house).await;
    let points = [(
        "service_points.csv",
        "point,premise,service,name\nW9,P1,water,\nW8,P1,water,Garden\nW7,P1,water,garden\n",
    )];
    let water = |line, why| (line, why, "water".to_owned());
    assert_eq!(
        whys(&house, "2026-07-01", &points).await,
        [water(2, Why::KnownPoint), water(4, Why::Twice)]
    );
}

/// Contract: F14, F148
#[actix_web::test]
async fn a_meter_from_a_file_hangs_on_no_day_on_which_another_hung_or_that_was_billed() {
    let house = TestApp::start().await;
    let office = taken(&house).await;
    house.set_day("2026-08-04");
    is_read(&office, ("0-1001", "Rosa Díaz"), &["14500"]).await;
    is_read(&office, ("koch", "Koch, Walter"), &["700", "1090"]).await;
    office.bills("2026-07-01").await;
    let goes = |tx: &mut Tx<'_>| -> Result<(), StoreError> {
        diesel::update(meter_installs::table)
            .filter(meter_installs::from_on.eq(day("2019-03-01")))
            .set(meter_installs::until_on.eq(Some(day("2026-08-03"))))
            .execute(tx.conn())?;
        Ok(())
    };
    let gone = house.app.db.write(house.stamp(), goes).await;
    gone.expect("the meter is taken down");
    let meters = [(
        "meters.csv",
        "meter,point,installed_on,unit,dials,beside\n\
         N-1,W1,2026-08-02,gal,6,\nN-2,W1,2026-07-20,gal,6,yes\nN-3,W1,2026-08-03,gal,6,\n",
    )];
    assert_eq!(
        whys(&house, "2026-08-04", &meters).await,
        [
            (2, Why::PointTaken, "W1".to_owned()),
            (3, Why::Billed, "2026-08-01".to_owned()),
        ]
    );
}

/// Contract: F14, F148
#[actix_web::test]
async fn a_meter_from_a_file_hangs_where_service_ended_of_an_account_that_goes_on() {
    let house = TestApp::start().await;
    let office = taken(&house).await;
    house.set_day("2026-08-04");
    let more = MORE.map(|(name, text)| (name, text.replace("0-1001", "0-1002")));
    let more = more.each_ref().map(|(name, text)| (*name, text.as_str()));
    let page = sends(&office, &more).await.submit("Take all of it").await;
    page.must_show("All of it is taken.");
    is_read(&office, ("0-1001", "Rosa Díaz"), &["14500"]).await;
    let ends = |tx: &mut Tx<'_>| -> Result<(), ReadError> {
        let hung = || meter_installs::table.filter(meter_installs::from_on.eq(day("2020-05-01")));
        let point: ServicePointId = hung()
            .select(meter_installs::service_point_id)
            .first(tx.conn())
            .map_err(StoreError::from)?;
        let (served, _) = service::list_of_point(tx, point)?.remove(0);
        service::mark_ended(tx, served.id, day("2026-07-10"))?;
        let keys = ["B-200-H", "B-200-L"].map(str::to_owned);
        for (register, value) in reads::find_registers(tx, &keys)?.iter().zip([705, 705]) {
            let told = ToldRead {
                register_id: register.id,
                on: day("2026-07-10"),
                value: value.into(),
                source: ReadSource::Manual,
            };
            enter_read(tx, ZONE, &told)?;
        }
        diesel::update(hung())
            .set(meter_installs::until_on.eq(Some(day("2026-07-10"))))
            .execute(tx.conn())
            .map_err(StoreError::from)?;
        Ok(())
    };
    let ended = house.app.db.write(house.stamp(), ends).await;
    ended.expect("the water ends");
    office.bills("2026-07-01").await;
    let meters = [(
        "meters.csv",
        "meter,point,installed_on,unit,dials\nN-1,W2,2026-07-09,gal,6\nN-2,W2,2026-07-10,gal,6\n",
    )];
    let found = whys(&house, "2026-08-04", &meters).await;
    let lines: Vec<u64> = found.iter().map(|(line, ..)| *line).collect();
    assert_eq!(lines, [2], "the ninth was billed: {found:?}");
}

/// Contract: F148
#[actix_web::test]
async fn no_more_files_are_sent_at_once_than_there_are() {
    let house = TestApp::start().await;
    let office = house.office().await;
    let many = [("customers.csv", "customer,name\nK1,Ana\n"); 11];
    let page = sends(&office, &many).await;
    assert_eq!(page.status, 422);
    page.must_show("These are more than ten files.");
}

/// Contract: F3, F148
#[actix_web::test]
async fn four_more_digits_of_a_zip_code_make_no_other_place() {
    let house = TestApp::start().await;
    taken(&house).await;
    let places = [(
        "premises.csv",
        "premise,address,city,state,zip\nP8,12 Peña Street,Larkspur Bend,IL,60000-1234\n\
         P9,9 Elm Street,Larkspur Bend,IL,60000-1234\nP10,9 Elm Street,Larkspur Bend,IL,60000\n",
    )];
    let found = whys(&house, "2026-07-01", &places).await;
    let lines: Vec<(u64, Why)> = found.iter().map(|(line, why, _)| (*line, *why)).collect();
    assert_eq!(lines, [(2, Why::KnownAddress), (4, Why::KnownAddress)]);
}
