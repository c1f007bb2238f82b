//! Meters from the inventory to the wall: installed, exchanged in the middle of a period, a second one at a point, taken down.

use mainstay::domain::commodity::Commodity;
use mainstay::domain::ids::{RegisterId, ServicePointId};
use mainstay::domain::meters::{Channel, MeterKind};
use mainstay::domain::quantity::Unit;
use mainstay::store::db::Conn;
use mainstay::store::error::StoreError;
use mainstay::store::{meters, service};
use mainstay::usecases::accounts::NewMeter;
use mainstay::usecases::meters::inventory::{InventoryError, take_meter};
use mainstay::usecases::meters::{
    Exchange, Face, Installation, MeterError, Removal, exchange_meter, install_meter,
};
use mainstay::usecases::read_entry::Confirmation;
use serde_json::json;

use crate::support::app::TestApp;
use crate::support::billing::{
    Utility, ZONE, by, charge, day, dollars, metered, register, unmetered, usage, water,
};
use crate::support::office::{Office, SEWER, WATER};
use crate::support::page::Page;
use crate::support::people::Household;
use crate::support::visitor::Visitor;

/// A meter of one register in gallons, taken into the inventory by the clerk.
async fn takes_in(clerk: &Visitor, serial: &str, kind: &str) -> Page {
    let page = clerk.visit("/office/meters").await;
    let page = page.follow("New meter").await;
    let page = page
        .fill("serial", serial)
        .fill("kind", kind)
        .submit("Take it in")
        .await;
    page.must_show("The meter is in the inventory.");
    page
}

/// The place of a household.
async fn place_of(office: &Office<'_>, home: &Household) -> Page {
    let digits: String = home.email.chars().filter(char::is_ascii_digit).collect();
    let page = office.clerk.visit("/office/premises?q=meadow").await;
    page.follow(&format!("{digits} Meadow Lane")).await
}

/// Fills the field of what a meter shows, named by its number.
fn shown(page: Page, serial: &str, value: &str) -> Page {
    let labels = page.texts("label[for^='shown-']");
    let place = labels.iter().position(|label| label.starts_with(serial));
    let place = place.unwrap_or_else(|| panic!("no field for {serial} among {labels:?}"));
    let names: Vec<String> = page
        .html
        .split("name=\"shown-")
        .skip(1)
        .map(|rest| format!("shown-{}", rest.split('"').next().unwrap_or_default()))
        .collect();
    page.fill(&names[place], value)
}

/// Contract: F17, F19, F22
#[actix_web::test]
async fn a_meter_exchanged_in_the_middle_of_a_period_bills_what_both_counted() {
    let house = TestApp::start().await;
    let office = house.office().await;
    office.publishes(WATER, "2025-01-01").await;
    let home = house.moves_in("Rosa", &[Commodity::Water]).await;
    let old = format!("W{:06}", 1);
    let old = office_serial(&office, &home, &old).await;
    office.reads(&home, &old, "1000").await;
    takes_in(&office.clerk, "NEW-1", "simple").await;

    house.set_day("2026-07-20");
    let page = place_of(&office, &home).await;
    let page = page.follow("Exchange").await;
    let page = page.follow("NEW-1").await;
    let page = shown(shown(page, &old, "3500"), "NEW-1", "12");
    let page = page.submit("Exchange them").await;
    page.must_show("The meters are exchanged.");
    page.must_show("NEW-1");
    page.must_show("until Jul 20, 2026");

    house.set_day("2026-08-04");
    let kept = office.read_on(&home, "NEW-1", ("2026-08-01", "1512")).await;
    kept.must_show("The read is saved.");
    office.bills("2026-07-01").await;
    // 2,500 gallons by the old meter and 1,500 by the new: 3 at $3.42, 1 at $4.86, $14.20, and five percent of it all.
    let account = office.clerk.visit(&account_of(&home)).await;
    account.must_show("$30.79");

    let late = office.clerk.visit("/office/meters?q=NEW").await;
    let late = late.follow("NEW-1").await.follow("Exchange").await;
    takes_in(&office.clerk, "NEW-2", "simple").await;
    let late = late.reload().await.follow("NEW-2").await;
    let late = shown(shown(late, "NEW-1", "1400"), "NEW-2", "0");
    let late = late.fill("on", "2026-07-28").submit("Exchange them").await;
    assert_eq!(late.status, 422);
    late.must_show("The days before Aug 1, 2026 were billed already.");
    let found = office.clerk.visit("/office/search?q=new-1").await;
    found.must_show("Rosa");
}

fn account_of(home: &Household) -> String {
    format!("/office/accounts/{}", home.number.as_str())
}

/// The number of the meter that hangs at a household.
async fn office_serial(office: &Office<'_>, home: &Household, like: &str) -> String {
    let page = place_of(office, home).await;
    let serials = page.texts("a[href^='/office/meters/'].strong");
    let found = serials.iter().find(|serial| serial.len() == like.len());
    found
        .unwrap_or_else(|| panic!("no meter among {serials:?}"))
        .clone()
}

/// Contract: F17, F31
#[actix_web::test]
async fn an_unusual_value_of_a_meter_that_goes_is_looked_at_twice() {
    let house = TestApp::start().await;
    let office = house.office().await;
    office.publishes(WATER, "2025-01-01").await;
    let home = house.moves_in("Ines", &[Commodity::Water]).await;
    let old = office_serial(&office, &home, "W000001").await;
    office.reads(&home, &old, "5000").await;
    takes_in(&office.clerk, "NEXT", "simple").await;
    house.set_day("2026-07-10");
    let page = place_of(&office, &home).await;
    let page = page.follow("Exchange").await.follow("NEXT").await;
    let page = shown(shown(page, &old, "4000"), "NEXT", "0");
    let page = page.submit("Exchange them").await;
    assert_eq!(page.status, 422);
    page.must_show("Look twice before this read is kept");
    page.must_show("The same value once more");
    let hung = office_serial(&office, &home, "W000001").await;
    assert_eq!(hung, old, "nothing was moved");
    let page = shown(page, &old, "5600").submit("Exchange them").await;
    page.must_show("The meters are exchanged.");
}

/// Contract: F19
#[actix_web::test]
async fn a_deduct_meter_spares_the_sewer_and_leaves_the_water() {
    let house = TestApp::start().await;
    let office = house.office().await;
    office.publishes(WATER, "2025-01-01").await;
    office.publishes(SEWER, "2025-01-01").await;
    let home = house
        .moves_in("Goran", &[Commodity::Water, Commodity::Sewer])
        .await;
    let main = office_serial(&office, &home, "W000001").await;
    office.reads(&home, &main, "0").await;
    takes_in(&office.clerk, "GARDEN", "deduct").await;
    let page = place_of(&office, &home).await;
    let page = page.follow("Install a meter").await.follow("GARDEN").await;
    let page = shown(page, "GARDEN", "100");
    let page = page.submit("Install it").await;
    page.must_show("The meter is installed.");

    house.set_day("2026-08-04");
    office.read_on(&home, &main, ("2026-08-01", "4000")).await;
    office
        .read_on(&home, "GARDEN", ("2026-08-01", "1100"))
        .await;
    office.bills("2026-07-01").await;
    // Water: 4,000 gallons as above, $30.79. Sewer: the 3,000 that were not poured on the garden, at $5.00.
    let account = office.clerk.visit(&account_of(&home)).await;
    account.must_show("$45.79");
}

/// Contract: F19
#[actix_web::test]
async fn a_second_meter_that_is_not_behind_the_first_is_hung_only_when_somebody_says_so() {
    let house = TestApp::start().await;
    let office = house.office().await;
    let home = house.moves_in("Wanda", &[Commodity::Water]).await;
    let taken = takes_in(&office.clerk, "SECOND", "simple").await;
    taken.must_show("Never installed");
    let page = place_of(&office, &home).await;
    let page = page.follow("Install a meter").await.follow("SECOND").await;
    let page = shown(page, "SECOND", "0").submit("Install it").await;
    assert_eq!(page.status, 422);
    page.must_show("Exchange it, or say that both count together.");
    let page = page.fill("beside", "yes").submit("Install it").await;
    page.must_show("The meter is installed.");
    let stock = office.clerk.visit("/office/meters?at=in_stock").await;
    stock.must_show("No meter is in the inventory with that number.");

    let meter = office.clerk.visit("/office/meters?q=SECOND").await;
    let page = meter.follow("SECOND").await.follow("Take down").await;
    house.advance_days(5);
    let page = page.reload().await;
    let page = shown(page, "SECOND", "40").submit("Take it down").await;
    page.must_show("The meter is taken down and in stock again.");
    let stock = office.clerk.visit("/office/meters?at=in_stock").await;
    stock.must_show("SECOND");
}

/// Contract: F19
#[actix_web::test]
async fn a_meter_that_cannot_be_is_not_taken_in() {
    let house = TestApp::start().await;
    let office = house.office().await;
    takes_in(&office.clerk, "ONE", "simple").await;
    let page = office.clerk.visit("/office/meters/new").await;
    let page = page.fill("serial", "ONE").submit("Take it in").await;
    assert_eq!(page.status, 422);
    page.must_show("Meter ONE is in the inventory already.");
    let page = page
        .fill("serial", "TWO")
        .fill("kind", "compound")
        .submit("Take it in")
        .await;
    page.must_show("A compound meter has one register for high flow and one for low flow.");
    let page = page
        .fill("channel-1", "high")
        .fill("channel-2", "low")
        .fill("dials-2", "12")
        .submit("Take it in")
        .await;
    page.must_show("A face has 1 to 9 whole digits");
    let page = page.fill("dials-2", "6").submit("Take it in").await;
    page.must_show("TWO:high");
    page.must_show("TWO:low");
    let page = office.clerk.visit("/office/meters/new").await;
    let page = page
        .fill("serial", "THREE")
        .fill("unit-1", "kW")
        .submit("Take it in")
        .await;
    page.must_show("peaks are in kW or kVA, and nothing else is");
}

/// Base by the size of the meter, and half a cent a gallon.
fn sells_water_by_size(utility: &Utility<'_>) {
    let by_size = json!({"5/8": "10.00", "1": "18.00", "2": "40.00"});
    utility.publish(
        "2025-01-01",
        "W-1",
        "water",
        json!({
            "measures": {"usage": "gal"},
            "charges": [
                charge("base", json!({"fixed": {"by_meter_size": by_size}})),
                usage("use", "usage", "0.005"),
            ],
        }),
    );
}

fn sized(serial: &str, kind: MeterKind, size: &str) -> NewMeter {
    NewMeter {
        serial: serial.to_owned(),
        kind,
        size: Some(size.to_owned()),
        registers: vec![register(serial, Channel::Delivered, Unit::Gallon)],
    }
}

/// Takes a meter in and says its id and its register's.
async fn kept(house: &TestApp, meter: NewMeter) -> (mainstay::domain::ids::MeterId, Face) {
    let take = move |tx: &mut mainstay::store::db::Tx<'_>| -> Result<_, InventoryError> {
        take_meter(tx, &meter)
    };
    let taken = house.app.db.write(house.stamp(), take).await;
    let id = taken.expect("the meter is taken in");
    let find = move |conn: &mut Conn| meters::list_registers(conn, id);
    let registers = house.app.db.read(find).await.expect("it has registers");
    let face = Face {
        register: registers[0].id,
        value: 0.into(),
        confirmation: Confirmation::default(),
    };
    (id, face)
}

async fn point_of(house: &TestApp, serial: &str) -> ServicePointId {
    let serial = serial.to_owned();
    let find = move |conn: &mut Conn| -> Result<ServicePointId, StoreError> {
        let meter = meters::find_by_serial(conn, &serial)?.expect("the meter is known");
        let places = meters::list_places_of(conn, &[meter.id])?;
        Ok(places[0].service_point_id)
    };
    house.app.db.read(find).await.expect("it hangs somewhere")
}

async fn hang(house: &TestApp, hung: Installation) {
    let hang = move |tx: &mut mainstay::store::db::Tx<'_>| install_meter(tx, ZONE, &hung);
    let hung: Result<(), MeterError> = house.app.db.write(house.stamp(), hang).await;
    hung.expect("it hangs");
}

fn seen(register: RegisterId, value: i64) -> Face {
    Face {
        register,
        value: value.into(),
        confirmation: Confirmation {
            is_seen: true,
            repeated: None,
        },
    }
}

/// Contract: F19, F26
#[actix_web::test]
async fn the_size_that_is_billed_is_that_of_the_meter_that_counts_the_service() {
    let house = TestApp::start().await;
    house.set_day("2026-04-10");
    let utility = Utility::open(&house.app.db);
    sells_water_by_size(&utility);
    let mut service = water("MAIN");
    service.meter = Some(sized("MAIN", MeterKind::Simple, "5/8"));
    let account = utility.household("2026-01-01", vec![service]);
    let point = point_of(&house, "MAIN").await;
    let (garden, face) = kept(&house, sized("GARDEN", MeterKind::Deduct, "2")).await;
    let hung = Installation {
        meter: garden,
        point,
        on: day("2026-01-15"),
        is_beside: false,
        shown: vec![face],
    };
    hang(&house, hung).await;
    utility.reads("MAIN", &[("2026-01-01", 0), ("2026-02-01", 2_000)]);
    utility.reads("MAIN", &[("2026-03-01", 3_000)]);
    utility.reads("GARDEN", &[("2026-02-01", 500), ("2026-03-01", 600)]);
    utility.bill("2026-01-01", "2026-02-04");
    let january = utility.latest(account);
    assert_eq!(
        january.charged("base"),
        dollars("10.00"),
        "not the garden's"
    );
    assert_eq!(january.charged("use"), dollars("10.00"));

    // A larger meter from the middle of March on: its size is what the period ends with.
    utility.bill("2026-02-01", "2026-03-04");
    let (large, face) = kept(&house, sized("LARGE", MeterKind::Simple, "1")).await;
    let main = utility.register("MAIN");
    let exchange = move |tx: &mut mainstay::store::db::Tx<'_>| {
        let main_meter = meters::find_by_serial(tx, "MAIN")?;
        let exchange = Exchange {
            old: Removal {
                meter: main_meter.expect("it is known").id,
                on: day("2026-03-16"),
                shown: vec![seen(main, 3_700)],
            },
            new: large,
            shown: vec![face],
        };
        exchange_meter(tx, ZONE, &exchange)
    };
    let twice = exchange;
    let first: Result<(), MeterError> = house.app.db.write(house.stamp(), exchange).await;
    first.expect("the meters are exchanged");
    let again: Result<(), MeterError> = house.app.db.write(house.stamp(), twice).await;
    again.expect("and once is enough");
    utility.reads("LARGE", &[("2026-04-01", 300)]);
    utility.reads("GARDEN", &[("2026-04-01", 700)]);
    utility.bill("2026-03-01", "2026-04-04");
    let march = utility.latest(account);
    assert_eq!(march.charged("base"), dollars("18.00"));
    assert_eq!(march.charged("use"), dollars("5.00"), "700 and 300 gallons");
    let agreements =
        move |conn: &mut Conn| service::list_at_point_since(conn, point, day("2026-04-01"));
    let served = house.app.db.read(agreements).await.expect("it is served");
    assert_eq!(served.len(), 1);
    utility.assert_sound();
}

/// Contract: F19, F35
#[actix_web::test]
async fn a_bill_that_ended_on_another_read_is_not_left_with_water_that_nobody_pays() {
    let house = TestApp::start().await;
    house.set_day("2026-03-10");
    let utility = Utility::open(&house.app.db);
    utility.sells_water();
    let account = utility.household("2026-01-01", vec![water("MAIN")]);
    utility.reads("MAIN", &[("2026-01-01", 0), ("2026-01-30", 2_000)]);
    utility.bill("2026-01-01", "2026-02-04");
    assert_eq!(utility.latest(account).charged("use"), dollars("10.00"));
    let (next, face) = kept(&house, sized("NEXT", MeterKind::Simple, "5/8")).await;
    let main = utility.register("MAIN");
    let exchange = |on: &'static str| {
        move |tx: &mut mainstay::store::db::Tx<'_>| {
            let old = meters::find_by_serial(tx, "MAIN")?.expect("it is known").id;
            let shown = vec![Face {
                register: main,
                value: 2_100.into(),
                confirmation: Confirmation::default(),
            }];
            let old = Removal {
                meter: old,
                on: day(on),
                shown,
            };
            let new = Exchange {
                old,
                new: next,
                shown: vec![face],
            };
            exchange_meter(tx, ZONE, &new)
        }
    };
    let db = &house.app.db;
    let refused = db.write(house.stamp(), exchange("2026-02-01")).await;
    assert!(matches!(refused, Err(MeterError::EndsWithBill(on)) if on == day("2026-02-01")));
    let kept = db.write(house.stamp(), exchange("2026-02-02")).await;
    kept.expect("a day later the hundred gallons are billed");
    utility.reads("NEXT", &[("2026-03-01", 900)]);
    utility.bill("2026-02-01", "2026-03-04");
    assert_eq!(utility.latest(account).charged("use"), dollars("5.00"));
    utility.assert_sound();
}

/// Contract: F19
#[actix_web::test]
async fn a_meter_counts_what_its_unit_measures_and_hangs_in_one_place() {
    let house = TestApp::start().await;
    house.set_day("2026-02-10");
    let utility = Utility::open(&house.app.db);
    utility.household("2026-01-01", vec![water("MAIN")]);
    let other = metered(
        Commodity::Electric,
        "E-1",
        MeterKind::Simple,
        vec![register("KWH", Channel::Delivered, Unit::Kwh)],
    );
    utility.household(
        "2026-01-01",
        vec![other, unmetered(Commodity::Sewer, "S-1")],
    );
    let point = point_of(&house, "KWH").await;
    let (gallons, face) = kept(&house, sized("GAL", MeterKind::Simple, "1")).await;
    let hang = |meter, shown: Face, on: &'static str| {
        move |tx: &mut mainstay::store::db::Tx<'_>| {
            let new = Installation {
                meter,
                point,
                on: day(on),
                is_beside: true,
                shown: vec![shown],
            };
            install_meter(tx, ZONE, &new)
        }
    };
    let db = &house.app.db;
    let wrong = db
        .write(house.stamp(), hang(gallons, face, "2026-02-01"))
        .await;
    assert!(
        matches!(wrong, Err(MeterError::WrongUnit { .. })),
        "{wrong:?}"
    );
    let future = db
        .write(house.stamp(), hang(gallons, face, "2026-02-11"))
        .await;
    assert!(matches!(future, Err(MeterError::Future)), "{future:?}");
    let find = |conn: &mut Conn| meters::find_by_serial(conn, "MAIN");
    let main = db.read(find).await.expect("a look").expect("a meter").id;
    let elsewhere = db
        .write(house.stamp(), hang(main, face, "2026-02-01"))
        .await;
    assert!(elsewhere.is_err(), "it hangs at another point");
    let stamp = by("Cora", "2026-02-10");
    let removed = move |tx: &mut mainstay::store::db::Tx<'_>| {
        let removal = Removal {
            meter: gallons,
            on: day("2026-02-01"),
            shown: vec![face],
        };
        mainstay::usecases::meters::remove_meter(tx, ZONE, &removal)
    };
    let nowhere = db.write(stamp, removed).await;
    assert!(
        matches!(nowhere, Err(MeterError::NotHung(_))),
        "{nowhere:?}"
    );
}
