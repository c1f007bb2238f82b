//! Service orders: made by a request, a move or the desk, carried in the field, and what their results lead to.

mod asked;
mod crews;
mod desk;
mod field;
mod late;
mod protected;
mod reinstated;
mod shut_off;
mod told;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use mainstay::domain::staff::Role;

use crate::support::app::TestApp;
use crate::support::page::Page;
use crate::support::people::Household;
use crate::support::visitor::Visitor;

/// A small picture as a browser codes it.
const PICTURE: &str = "/9j/2wBDABALDA4MChAODQ4SERATGCgaGBYWGDEjJR0oOjM9PDkzODdASFxOQERXRTc4UG1RV19iZ2hnPk1xeXBkeFxlZ2P/2wBDARESEhgVGC8aGi9jQjhC\
    Y2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2P/wAARCAAIABADASIAAhEBAxEB/8QAFgABAQEAAAAAAAAAAAAAAAAA\
    AAQG/8QAGBABAAMBAAAAAAAAAAAAAAAAABdlpOL/xAAUAQEAAAAAAAAAAAAAAAAAAAAC/8QAFxEBAAMAAAAAAAAAAAAAAAAAAgABMf/aAAwDAQACEQMRAD8A\
    qj+zz9NsBJWthJo5P//Z";

/// What a telephone takes of a meter.
fn photo() -> Vec<u8> {
    STANDARD.decode(PICTURE).unwrap()
}

/// The account at the office.
fn account(home: &Household) -> String {
    format!("/office/accounts/{}", home.number.as_str())
}

/// The name of the field of what a household's one register shows.
fn dial(page: &Page) -> String {
    page.attribute("input[name^='shown-']", "name")
        .expect("a register is read")
}

/// An order of a kind, made at the desk for the household's place.
async fn made(desk: &Visitor, home: &Household, kind: &str) -> Page {
    let form = desk.visit(&format!("{}/orders/new", account(home))).await;
    let order = form.fill("kind", kind).submit("Make the order").await;
    order.must_show("The order is made.");
    order
}

/// Gives an order to the only member of the field, for today.
async fn planned(house: &TestApp, order: &Page) -> Page {
    let today = house.app.clock.today().to_string();
    let crew = order.attribute("#assignee option:last-child", "value");
    order
        .clone()
        .fill("day", &today)
        .fill("assignee", &crew.expect("somebody of the field"))
        .submit("Save the plan")
        .await
}

/// The number of an order, as its page is addressed.
fn number(order: &Page) -> String {
    let path = order.path.split('?').next().unwrap_or_default();
    path.rsplit('/').next().unwrap_or_default().to_owned()
}

/// The page of one order in the field.
async fn job(crew: &Visitor, order: &Page) -> Page {
    crew.visit(&format!("/office/field/{}", number(order)))
        .await
}

impl TestApp {
    /// Somebody of the field.
    async fn crew(&self) -> Visitor {
        self.staff(Role::FieldSupervisor).await
    }
}
