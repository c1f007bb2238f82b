//! Every door of the office tried by every job: what the table of roles says is what happens, also past the pages.

use actix_web::http::Method;
use mainstay::domain::staff::Role;
use mainstay::web::doors::Key;
use mainstay::web::server;

use super::nothing_wrong;
use crate::support::app::TestApp;

/// A number that nothing has: no door changes anything, whoever opens it.
const NOTHING: &str = "999999";

/// Contract: F132, F160
#[actix_web::test]
async fn every_job_opens_exactly_the_doors_that_the_table_gives_it() {
    assert_eq!(Role::ALL.len(), 8);
    let house = TestApp::start().await;
    let mut wrong = Vec::new();
    let mut tried = 0;
    for role in Role::ALL {
        let person = house.staff(*role).await;
        let page = person.visit("/office").await;
        let token = page.attribute("input[name=csrf]", "value");
        let token = token.expect("a page of the office has a token");
        for route in server::doors().routes() {
            let Key::May(permission) = route.key else {
                continue;
            };
            let path = filled(&route.path);
            let status = if route.method == Method::GET {
                person.get(&path).await.status
            } else {
                let answer = person.post(&path, &[("csrf", token.as_str())]).await;
                answer.status
            };
            tried += 1;
            if (status == 403) == role.may(permission) || status >= 500 {
                wrong.push(format!("{role}: {} {path} answered {status}", route.method));
            }
        }
    }
    nothing_wrong(&wrong);
    assert!(tried > 8 * 40, "only {tried} doors were tried");
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
