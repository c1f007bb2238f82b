//! Outages: declared at the office, told to whom they touch and nobody else, shown to anybody, reported by customers.

mod areas;
mod declaring;
mod public;
mod reports;
mod telling;

use mainstay::domain::staff::Role;
use mainstay::jobs::outages;

use crate::support::app::TestApp;
use crate::support::page::Page;
use crate::support::people::Household;
use crate::support::visitor::Visitor;

/// The street on which the customers of stories live, a house number each.
pub const STREET: &str = "Prairie Street";

impl TestApp {
    /// Somebody of operations, signed in.
    pub async fn operations(&self) -> Visitor {
        self.staff(Role::FieldSupervisor).await
    }

    /// The clock tells what waits.
    pub async fn tells(&self) {
        let round = outages::run(self.app.clone()).await;
        round.expect("what was said of outages is told");
    }
}

/// A household's house number.
pub fn house_number(household: &Household) -> u32 {
    let digits: String = household
        .email
        .chars()
        .filter(char::is_ascii_digit)
        .collect();
    digits.parse().expect("the address has the house number")
}

/// The form of an outage of water that began this morning, for some house numbers.
pub async fn form(operator: &Visitor, from: u32, to: u32) -> Page {
    let page = operator.visit("/office/outages/new").await;
    page.fill("kind", "outage")
        .fill("service", "water")
        .fill("cause", "main_break")
        .fill("begins", "2026-07-01T11:00")
        .fill("expected", "2026-07-01T16:00")
        .fill("words_en", "A main broke. Crews are at work.")
        .fill(
            "words_es",
            "Se rompió una tubería. Hay cuadrillas trabajando.",
        )
        .fill("by", "street")
        .fill("street", STREET)
        .fill("side", "both")
        .fill("from", &from.to_string())
        .fill("to", &to.to_string())
}

/// The same, looked at and declared; the page of the outage.
pub async fn declared(page: Page) -> Page {
    let looked = page.submit("See who is affected").await;
    assert_eq!(looked.status, 200, "{}", looked.html);
    let page = looked.submit("Declare it and tell them").await;
    page.must_show("It is declared.");
    page
}
