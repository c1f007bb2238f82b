//! Every door of the office tried by every job: what the table of roles says is what happens, also past the pages.

use std::collections::BTreeMap;

use actix_web::http::Method;
use mainstay::domain::staff::Role;
use mainstay::web::doors::{Key, Route};
use mainstay::web::server;

use super::{nothing_wrong, root};
use crate::support::app::TestApp;

/// A number that nothing has: no door changes anything, whoever opens it.
const NOTHING: &str = "999999";

/// The jobs by their letters, in the order of the table.
const JOBS: [(char, Role); 9] = [
    ('A', Role::Administrator),
    ('M', Role::BillingManager),
    ('K', Role::BillingClerk),
    ('R', Role::Csr),
    ('S', Role::FieldSupervisor),
    ('F', Role::Field),
    ('C', Role::Collector),
    ('P', Role::Compliance),
    ('V', Role::Viewer),
];

/// What ends the session is asked for last.
const LAST: &str = "/office/sign-out";

/// The table is what reviewers read; what the server answers to each job at each door is held against it, and nothing is worked out from the lists of
/// permissions beside the routes.
///
/// Contract: F132, F160
#[actix_web::test]
async fn every_job_opens_exactly_the_doors_that_the_table_gives_it() {
    assert_eq!(JOBS.map(|(_, role)| role), Role::ALL);
    let house = TestApp::start().await;
    let doors = doors_of_the_office();
    let mut marks = vec![String::new(); doors.len()];
    let mut wrong = Vec::new();
    for (letter, role) in JOBS {
        let person = house.staff(role).await;
        let page = person.visit("/office").await;
        let token = page.attribute("input[name=csrf]", "value");
        let token = token.expect("a page of the office has a token");
        for (route, marks) in doors.iter().zip(&mut marks) {
            let path = filled(&route.path);
            let status = if route.method == Method::GET {
                person.get(&path).await.status
            } else {
                let answer = person.post(&path, &[("csrf", token.as_str())]).await;
                answer.status
            };
            if status >= 500 {
                wrong.push(format!("{role}: {} {path} answered {status}", route.method));
            }
            marks.push(if status == 403 { '.' } else { letter });
        }
    }
    nothing_wrong(&wrong);
    assert!(doors.len() > 200, "only {} doors were tried", doors.len());
    compare(&doors, &marks);
}

/// Every door of the office that somebody of it may be refused at, or that is there for all of them.
fn doors_of_the_office() -> Vec<Route> {
    let is_of_staff = |route: &&Route| matches!(route.key, Key::May(_) | Key::AnyStaff);
    let mut doors: Vec<Route> = server::doors()
        .routes()
        .iter()
        .filter(is_of_staff)
        .cloned()
        .collect();
    doors.sort_by_key(|route| route.path == LAST);
    doors
}

/// Holds what was answered against the table.
fn compare(doors: &[Route], marks: &[String]) {
    let file = root().join("tests/it/house/permissions.txt");
    let found: BTreeMap<String, &String> = doors
        .iter()
        .zip(marks)
        .map(|(route, marks)| (format!("{} {}", route.method, route.path), marks))
        .collect();
    if update_asked() {
        let kept = std::fs::read_to_string(&file).expect("the table is there");
        let head = kept.lines().take_while(|line| !line.is_empty());
        let mut table: String = head.map(|line| format!("{line}\n")).collect();
        table.push('\n');
        for route in server::doors().routes() {
            let door = format!("{} {}", route.method, route.path);
            if let Some(marks) = found.get(&door) {
                table.push_str(&format!("{marks} {door}\n"));
            }
        }
        std::fs::write(&file, table).expect("the table is written");
    }
    let kept = std::fs::read_to_string(&file).expect("the table is there");
    let said: BTreeMap<String, &str> = kept
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once(' '))
        .map(|(marks, door)| (door.to_owned(), marks))
        .collect();
    let mut wrong: Vec<String> = Vec::new();
    for (door, marks) in &found {
        match said.get(door) {
            Some(said) if *said == marks.as_str() => {}
            Some(said) => wrong.push(format!("{door}: the table says {said}, it is {marks}")),
            None => wrong.push(format!("new: {marks} {door}")),
        }
    }
    wrong.extend(
        said.keys()
            .filter(|door| !found.contains_key(*door))
            .map(|door| format!("gone: {door}")),
    );
    assert!(
        wrong.is_empty(),
        "UPDATE_PERMISSIONS=1 writes the table anew; then read the difference\n{}",
        wrong.join("\n")
    );
}

#[expect(
    clippy::disallowed_methods,
    reason = "a switch for whoever runs the test"
)]
fn update_asked() -> bool {
    std::env::var("UPDATE_PERMISSIONS").is_ok()
}

/// Contract: F160
#[actix_web::test]
async fn nobody_of_the_office_comes_in_at_the_customers_door_nor_a_customer_at_the_offices() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").signed_in().await;
    let manager = house.staff(Role::BillingManager).await;
    let mut wrong = Vec::new();
    for route in server::doors().routes() {
        if route.method != Method::GET {
            continue;
        }
        let path = filled(&route.path);
        let stranger = match route.key {
            Key::May(_) | Key::AnyStaff | Key::HalfSignedIn => &*rosa,
            Key::Customer | Key::Account(_) => &manager,
            Key::Anyone => continue,
        };
        let answer = stranger.get(&path).await;
        if answer.status != 303 {
            wrong.push(format!("{path} answered {}", answer.status));
        }
    }
    nothing_wrong(&wrong);
}

fn filled(path: &str) -> String {
    let parts = path.split(['{', '}']).enumerate();
    parts
        .map(|(index, part)| if index % 2 == 0 { part } else { NOTHING })
        .collect()
}
