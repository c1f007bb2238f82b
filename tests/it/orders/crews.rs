//! A crew with a job of its own: it sees the orders that it was given or may take, and nothing of what customers owe.

use mainstay::domain::ids::ReadRouteId;
use mainstay::domain::routes::Place;
use mainstay::domain::staff::Role;
use mainstay::store::db::Tx;
use mainstay::usecases::routes::{self, RouteError};

use super::{account, dial, job, made, number, photo, planned};
use crate::holds::{late, served};
use crate::support::app::TestApp;
use crate::support::page::Page;

/// Contract: F97, F160
#[actix_web::test]
async fn a_crew_takes_an_order_that_nobody_has_and_brings_the_read_back() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").owing("$84.10").moved_in().await;
    let clerk = house.staff(Role::Csr).await;
    let order = made(&clerk, &rosa, "re_read").await;
    let crew = house.staff(Role::Field).await;
    let mine = crew.visit("/office/field").await;
    mine.must_show("Nothing is left to do today.")
        .must_show("Waiting for somebody");
    let taken = mine
        .submit(&format!("Take this order Order {}", number(&order)))
        .await;
    taken.must_show("The order is yours.");
    let page = taken
        .clone()
        .fill(&dial(&taken), "4321")
        .attach("photo", "meter.jpg", &photo());
    let sent = page.submit("Send the result").await;
    sent.must_show("The result is taken.");
    let reads = format!("{}?tab=reads", account(&rosa));
    clerk.visit(&reads).await.must_show("4321");
}

/// Contract: F97, F160
#[actix_web::test]
async fn a_crew_sees_nothing_of_the_office_but_its_orders() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").owing("$84.10").moved_in().await;
    let (clerk, crew) = (house.staff(Role::Csr).await, house.staff(Role::Field).await);
    let first = crew.visit("/office").await;
    first.must_show("My orders today");
    assert!(!first.shows("Accounts") && !first.shows("84.10"));
    for closed in [
        account(&rosa),
        "/office/accounts".to_owned(),
        "/office/search?q=rosa".to_owned(),
        "/office/orders".to_owned(),
        "/office/receivables".to_owned(),
    ] {
        assert_eq!(crew.get(&closed).await.status, 403, "{closed}");
    }
    let order = made(&clerk, &rosa, "re_read").await;
    let seen = job(&crew, &order).await;
    seen.must_show("Rosa");
    assert!(!seen.shows("84.10"));

    // What another has is not theirs to see, nor to report on.
    let other = house.crew().await;
    planned(&house, &order.reload().await).await;
    let field = format!("/office/field/{}", number(&order));
    assert_eq!(crew.get(&field).await.status, 404);
    let late = seen.submit("Take this order").await;
    assert_eq!(late.status, 409);
    assert!(!late.shows("Rosa"));
    assert_eq!(other.get(&field).await.status, 200);
}

/// Contract: F97, F99, F160
#[actix_web::test]
async fn a_shut_off_that_nobody_handed_out_is_on_no_crews_list() {
    let house = TestApp::start().await;
    let rosa = late(&house).await;
    let (crew, desk) = (
        house.staff(Role::Field).await,
        house.staff(Role::Collector).await,
    );
    served(&desk, &rosa.household, "2026-07-09", true).await;
    let order = made(&desk, &rosa.household, "shut_off").await;
    let day = crew.visit("/office/field").await;
    day.must_show("Nothing is left to do today.");
    assert!(!day.shows("Shut off"), "{}", day.html);
    let field = format!("/office/field/{}", number(&order));
    assert_eq!(crew.get(&field).await.status, 404);
    // Nor does anybody of the field take it by themselves.
    let leader = house.crew().await;
    let page = job(&leader, &order).await;
    page.must_show("This shut-off was not handed out today.");
    assert!(!page.shows("Take this order"));
    let token = page.attribute("input[name=csrf]", "value").unwrap();
    let taking = format!("{field}/taking");
    let answer = leader.post(&taking, &[("csrf", token.as_str())]).await;
    assert_eq!(answer.status, 409);
    // A clerk who may not plan it reads who does.
    let clerk = house.staff(Role::Csr).await;
    let seen = clerk
        .visit(&format!("/office/orders/{}", number(&order)))
        .await;
    seen.must_show("This is decided by somebody else.");
    assert!(!seen.shows("Save the plan"));
}

/// Contract: F97
#[actix_web::test]
async fn of_two_who_take_an_order_one_is_told_that_the_other_has_it() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").moved_in().await;
    let clerk = house.staff(Role::Csr).await;
    let order = made(&clerk, &rosa, "re_read").await;
    let (one, other) = (house.crew().await, house.crew().await);
    let (hers, his) = (job(&one, &order).await, job(&other, &order).await);
    let taken = hers.submit("Take this order").await;
    taken.must_show("The order is yours.");
    let refused = his.submit("Take this order").await;
    assert_eq!(refused.status, 409);
    refused.must_show("somebody else");
}

/// Contract: F97
#[actix_web::test]
async fn the_later_of_two_plans_says_who_was_sent_meanwhile() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").moved_in().await;
    let (ana, ben) = (house.staff(Role::Csr).await, house.staff(Role::Csr).await);
    let _crew = house.crew().await;
    let hers = made(&ana, &rosa, "re_read").await;
    let his = ben
        .visit(&format!("/office/orders/{}", number(&hers)))
        .await;
    planned(&house, &hers).await.must_show("The plan is saved.");
    let told = planned(&house, &his.fill("slot", "morning")).await;
    assert_eq!(told.status, 409, "{}", told.html);
    told.must_show("Somebody changed this after you opened the page. It is now:");
    let saved = told.submit("Save the plan").await;
    assert_eq!(saved.status, 200);
}

/// The numbers of the houses on a crew's list, in its order.
fn houses(list: &Page) -> Vec<u32> {
    let places = list.texts(".field-place");
    let number = |place: &String| place.split(' ').next()?.parse().ok();
    places.iter().filter_map(number).collect()
}

/// Contract: F97
#[actix_web::test]
async fn a_crews_day_goes_house_by_house_and_along_the_reading_route_where_there_is_one() {
    let house = TestApp::start().await;
    let (crew, desk) = (house.crew().await, house.staff(Role::Csr).await);
    let mut homes = Vec::new();
    for number in 0..12 {
        homes.push(house.customer(&format!("Home{number}")).moved_in().await);
    }
    let work = [&homes[11], &homes[0], &homes[6]];
    let mut points = Vec::new();
    for home in work {
        let order = made(&desk, home, "re_read").await;
        planned(&house, &order).await;
        points.push(house.served(home.account).await.remove(0).service_point_id);
    }
    let list = crew.visit("/office/field").await;
    let by_house = houses(&list);
    assert_eq!(by_house.len(), 3);
    assert!(by_house.is_sorted(), "{by_house:?}");

    let cycle = house.cycle().await;
    let routed = move |tx: &mut Tx<'_>| -> Result<(), RouteError> {
        routes::open(tx, ("N1", "North side"), cycle)?;
        routes::place(tx, ReadRouteId(1), &points, Place::Last)
    };
    let written = house.app.db.write(house.stamp(), routed).await;
    written.expect("the route is written");
    let by_route = houses(&list.reload().await);
    let (last, rest) = by_house.split_last().expect("three houses");
    assert_eq!(by_route, [&[*last][..], rest].concat());
}
