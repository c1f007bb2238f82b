//! Every door of the house and what opens it: the list is in `routes.txt`, and each line of it is tried.

use std::path::Path;

use actix_web::http::Method;
use mainstay::domain::staff::{Permission, Role};
use mainstay::web::csrf;
use mainstay::web::doors::{Key, Route};
use mainstay::web::server;

use super::nothing_wrong;
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
            Key::Customer | Key::AnyStaff | Key::HalfSignedIn => (303, None),
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

fn routes() -> Vec<Route> {
    server::doors().routes().to_vec()
}

/// An address with something in each of its `{parts}`.
fn filled(path: &str) -> String {
    let mut address = String::new();
    for (index, part) in path.split(['{', '}']).enumerate() {
        address.push_str(if index % 2 == 0 { part } else { "1" });
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
