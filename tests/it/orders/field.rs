//! Results of the field: taken once however often they are sent, refused with the state where an order was canceled meanwhile, and what they lead
//! to.

use chrono::Days;
use mainstay::domain::meters::{Channel, MeterKind};
use mainstay::domain::quantity::Unit;
use mainstay::domain::staff::Role;
use mainstay::store::db::Tx;
use mainstay::store::meters;
use mainstay::usecases::accounts::NewMeter;
use mainstay::usecases::meters::inventory::{InventoryError, take_meter};

use super::{account, dial, job, made, number, photo, planned};
use crate::support::app::TestApp;
use crate::support::billing::{Utility, register};
use crate::support::people::Household;

/// What import files call a household's register.
fn key(home: &Household) -> String {
    let digits: String = home.email.chars().filter(char::is_ascii_digit).collect();
    format!("W{digits:0>6}-1")
}

/// Contract: F97, F98
#[actix_web::test]
async fn a_result_that_is_sent_twice_is_taken_once() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").moved_in().await;
    let (crew, clerk) = (house.crew().await, house.staff(Role::Csr).await);
    let order = planned(&house, &made(&clerk, &rosa, "re_read").await).await;
    let page = job(&crew, &order).await;
    let filled = page
        .clone()
        .fill(&dial(&page), "4321")
        .fill("latitude", "41.878113")
        .fill("longitude", "-87.629812")
        .attach("photo", "meter.jpg", &photo());
    for _ in 0..2 {
        let sent = filled.submit("Send the result").await;
        assert_eq!(sent.status, 200, "{}", sent.html);
        sent.must_show("The result is taken.");
    }
    let order = order.reload().await;
    assert_eq!(order.texts(".thread .badge.good"), ["Done"]);
    assert_eq!(order.texts("img.photo").len(), 1);
    order.must_show("41.87811, -87.62981");
    let reads = format!("{}?tab=reads", account(&rosa));
    let reads = clerk.visit(&reads).await;
    let rows = reads.texts("tbody tr");
    let same = rows.iter().filter(|row| row.contains("4321")).count();
    assert_eq!(same, 1, "{rows:?}");
    let address = order.attribute("a[href*='/photos/']", "href");
    let kept = clerk.get(&address.expect("a photo")).await;
    assert_eq!(kept.status, 200);
}

/// Contract: F98, F99
#[actix_web::test]
async fn nobody_is_turned_off_for_somebody_who_has_left() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").moved_in().await;
    let ben = house.customer("Ben").moved_in().await;
    Utility::of(&house).sells_water();
    let (crew, clerk) = (house.crew().await, house.staff(Role::Csr).await);
    let order = planned(&house, &made(&clerk, &rosa, "turn_off").await).await;
    let (waits, page) = (job(&crew, &order).await, job(&crew, &order).await);
    let (point, today) = (house.point(rosa.account).await, house.app.clock.today());
    house.stops(&rosa, today).await;
    let next = today + Days::new(1);
    house.moves_in_at(ben.account, point, next).await;
    house.set_day("2026-07-02");
    let refused = waits.submit("On my way").await;
    assert_eq!(refused.status, 409);
    refused.must_show("Somebody else is served here by now.");
    // It was done without asking: somebody is sent to turn it on again for whoever lives there.
    let done = page
        .clone()
        .fill(&dial(&page), "10")
        .fill("on", "2026-07-02")
        .submit("Send the result")
        .await;
    done.must_show("It led to order");
    let list = clerk.visit("/office/orders").await;
    let rows = list.texts("tbody tr");
    assert_eq!(rows.len(), 1, "{rows:?}");
    assert!(rows[0].contains("Turn service on") && rows[0].contains("Ben"));
}

/// Contract: F17, F98
#[actix_web::test]
async fn a_faulty_meter_leads_to_its_exchange_which_the_field_carries_out() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").moved_in().await;
    let (crew, clerk) = (house.crew().await, house.staff(Role::BillingClerk).await);
    let meter = NewMeter {
        serial: "NEXT".to_owned(),
        kind: MeterKind::Simple,
        size: None,
        registers: vec![register("NEXT-1", Channel::Delivered, Unit::Gallon)],
    };
    let take = move |tx: &mut Tx<'_>| -> Result<_, InventoryError> { take_meter(tx, &meter) };
    let taken = house.app.db.write(house.stamp(), take).await;
    let taken = taken.expect("the meter is taken in");

    let test = planned(&house, &made(&clerk, &rosa, "meter_test").await).await;
    let page = job(&crew, &test).await;
    let unfound = page
        .clone()
        .fill(&dial(&page), "500")
        .submit("Send the result")
        .await;
    assert_eq!(unfound.status, 422);
    let led = unfound
        .fill("finding", "meter_faulty")
        .submit("Send the result")
        .await;
    led.must_show("The result is taken. It led to order");

    let list = clerk.visit("/office/orders").await;
    let exchange = list.follow("Exchange a meter").await;
    exchange.must_show(&number(&test));
    let exchange = planned(&house, &exchange).await;
    // The meter was read today already; it goes with what it showed.
    let page = job(&crew, &exchange).await;
    let filled = page
        .clone()
        .fill(&dial(&page), "500")
        .fill("serial", "NEXT")
        .fill("coming", "0")
        .fill("sure", "yes");
    let without = filled.submit("Send the result").await;
    assert_eq!(without.status, 422);
    without.must_show("A photo is needed.");
    let strange = filled
        .clone()
        .fill("serial", "NOBODY")
        .attach("photo", "meter.jpg", &photo())
        .submit("Send the result")
        .await;
    strange.must_show("No meter of the inventory has this number.");
    let done = filled
        .attach("photo", "meter.jpg", &photo())
        .submit("Send the result")
        .await;
    done.must_show("The result is taken.");
    let hung = house
        .database()
        .read(|conn| meters::list_places_of(conn, &[taken]));
    assert_eq!(hung.len(), 1);
    assert!(hung[0].until_on.is_none());
}

/// Contract: F31, F98
#[actix_web::test]
async fn an_unusual_read_of_the_field_is_held_for_the_office() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").moved_in().await;
    let (crew, clerk) = (house.crew().await, house.staff(Role::Csr).await);
    let reads = [
        ("2026-03-01", 0),
        ("2026-04-01", 3_000),
        ("2026-05-01", 6_000),
        ("2026-06-01", 9_000),
    ];
    Utility::of(&house).reads(&key(&rosa), &reads);
    let order = planned(&house, &made(&clerk, &rosa, "re_read").await).await;
    let page = job(&crew, &order).await;
    let sent = page
        .clone()
        .fill(&dial(&page), "900000")
        .submit("Send the result")
        .await;
    sent.must_show("A read is unusual; the office looks at it.");
    let queue = clerk.visit("/office/exceptions").await;
    queue.must_show("Rosa");
}

/// Contract: F98
#[actix_web::test]
async fn the_page_of_the_day_may_ask_where_it_is_and_its_script_stays_within_it() {
    let house = TestApp::start().await;
    let crew = house.crew().await;
    let page = crew.visit("/office/field").await;
    let policy = page.header("permissions-policy").expect("a policy");
    assert!(policy.contains("geolocation=(self)"), "{policy}");
    let elsewhere = crew.visit("/office/orders").await;
    let policy = elsewhere.header("permissions-policy").expect("a policy");
    assert!(policy.contains("geolocation=()"), "{policy}");
    let worker = crew.get("/office/field/worker.js").await;
    let scope = worker
        .headers
        .iter()
        .find(|(name, _)| name == "service-worker-allowed");
    assert_eq!(scope.expect("a scope").1, "/office/field");
    let viewer = house.staff(Role::Viewer).await;
    viewer.meets("/office/field", 403).await;
}
