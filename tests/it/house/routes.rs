//! Every door of the house and what opens it: the list is in `routes.txt`, and each line of it is tried.

use std::path::Path;

use actix_web::http::Method;
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use mainstay::domain::staff::{Permission, Role};
use mainstay::web::csrf;
use mainstay::web::doors::{Key, Route};
use mainstay::web::server;

use super::nothing_wrong;
use super::schema::table_names;
use crate::support::app::TestApp;
use crate::support::visitor::Visitor;

#[test]
fn the_route_list_is_the_one_reviewers_read() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/house/routes.txt");
    let list: String = routes()
        .iter()
        .map(|route| format!("{} {} {}\n", route.method, route.path, route.key.as_str()))
        .collect();
    if update_asked() {
        std::fs::write(&file, &list).expect("the list is written");
    }
    let kept = std::fs::read_to_string(&file).expect("the list is there");
    let wrong: Vec<String> = list
        .lines()
        .filter(|line| !kept.lines().any(|known| known == *line))
        .map(|line| format!("new: {line}"))
        .chain(
            kept.lines()
                .filter(|line| !list.lines().any(|known| known == *line))
                .map(|line| format!("gone: {line}")),
        )
        .collect();
    assert!(
        wrong.is_empty() && kept == list,
        "UPDATE_ROUTES=1 writes the list anew; then read the difference\n{}",
        wrong.join("\n")
    );
}

#[actix_web::test]
async fn no_change_is_made_without_the_pages_token() {
    let house = TestApp::start().await;
    let administrator = house.staff(Role::Administrator).await;
    let visitor = house.visitor();
    let mut wrong = Vec::new();
    for route in routes().iter().filter(|route| route.method != Method::GET) {
        let path = filled(&route.path);
        let is_machine = csrf::EXCEPT.iter().any(|door| path.starts_with(door));
        for person in [&administrator, &visitor] {
            let answer = person.post(&path, &[("amount", "1.00")]).await;
            if !is_machine && answer.status != 400 {
                wrong.push(format!("{path} answered {}", answer.status));
            }
        }
    }
    nothing_wrong(&wrong);
}

#[actix_web::test]
async fn nobody_comes_in_without_the_key() {
    let house = TestApp::start().await;
    let visitor = house.visitor();
    let viewer = house.staff(Role::Viewer).await;
    let mut wrong = Vec::new();
    for route in routes().iter().filter(|route| route.method == Method::GET) {
        let path = filled(&route.path);
        let (stranger, colleague) = match route.key {
            Key::Anyone => continue,
            Key::May(permission) if Role::Viewer.may(permission) => (303, None),
            Key::May(_) => (303, Some(403)),
            Key::Customer | Key::Account(_) | Key::AnyStaff | Key::HalfSignedIn => (303, None),
        };
        expect(&visitor, &path, stranger, &mut wrong).await;
        if let Some(status) = colleague {
            expect(&viewer, &path, status, &mut wrong).await;
        }
    }
    nothing_wrong(&wrong);
}

async fn expect(person: &Visitor, path: &str, status: u16, wrong: &mut Vec<String>) {
    let answer = person.get(path).await;
    if answer.status != status {
        wrong.push(format!("{path} answered {}, not {status}", answer.status));
    }
}

#[test]
fn every_permission_opens_something_and_some_job_has_it() {
    let routes = routes();
    let mut wrong = Vec::new();
    for permission in Permission::ALL {
        if !routes
            .iter()
            .any(|route| route.key == Key::May(*permission))
        {
            wrong.push(format!("{permission} opens no door"));
        }
    }
    nothing_wrong(&wrong);
}

#[actix_web::test]
async fn a_customer_finds_nothing_under_anothers_number() {
    let house = TestApp::start().await;
    let neighbor = house.customer("Walter").owing("$12.00").moved_in().await;
    let rosa = house.customer("Rosa").owing("$84.10").signed_in().await;
    let mut wrong = Vec::new();
    for route in routes().iter().filter(|route| route.method == Method::GET) {
        if route.key != Key::Customer || !route.path.contains('{') {
            continue;
        }
        for number in [neighbor.number.as_str(), "1", "no-such-number"] {
            let path = with(&route.path, number);
            expect(&rosa, &path, 404, &mut wrong).await;
        }
    }
    nothing_wrong(&wrong);
}

#[actix_web::test]
async fn looking_changes_nothing() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").owing("$84.10").signed_in().await;
    let administrator = house.staff(Role::Administrator).await;
    let before = rows_of_each_table(&house);
    for route in routes().iter().filter(|route| route.method == Method::GET) {
        if route.path.contains("/live/") {
            continue;
        }
        for number in [rosa.household.number.as_str(), "1"] {
            let path = with(&route.path, number);
            for person in [&*rosa, &administrator, &house.visitor()] {
                let answer = person.get(&path).await;
                assert!(answer.status < 500, "{path} answered {}", answer.status);
            }
        }
    }
    assert_eq!(rows_of_each_table(&house), before);
}

/// How many rows each table has.
fn rows_of_each_table(house: &TestApp) -> Vec<(String, i64)> {
    #[derive(QueryableByName)]
    struct Count {
        #[diesel(sql_type = BigInt)]
        rows: i64,
    }
    let mut conn = house.database().connect();
    table_names()
        .into_iter()
        .map(|table| {
            let sql = format!("SELECT COUNT(*) AS rows FROM {table}");
            let count: Count = diesel::sql_query(sql)
                .get_result(&mut conn)
                .expect("a table has a number of rows");
            (table, count.rows)
        })
        .collect()
}

fn routes() -> Vec<Route> {
    server::doors().routes().to_vec()
}

/// An address with something in each of its `{parts}`.
fn filled(path: &str) -> String {
    with(path, "1")
}

fn with(path: &str, filling: &str) -> String {
    let mut address = String::new();
    for (index, part) in path.split(['{', '}']).enumerate() {
        address.push_str(if index % 2 == 0 { part } else { filling });
    }
    address
}

#[expect(
    clippy::disallowed_methods,
    reason = "a switch for whoever runs the test"
)]
fn update_asked() -> bool {
    std::env::var("UPDATE_ROUTES").is_ok()
}
