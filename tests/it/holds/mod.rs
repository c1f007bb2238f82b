//! Holds and the one answer about shut-off: placed, renewed and lifted at the office, kept by the fees and the reminders, told before they end.

mod clock;
mod documents;
mod everybody;
mod hardship;
mod portal;
mod renewals;
mod shut_off;
mod stopping;
mod stories;
mod weather;

use mainstay::domain::ids::EntryId;
use mainstay::domain::staff::Role;
use mainstay::jobs::holds;
use mainstay::store::db::Tx;
use mainstay::usecases::fees;

use crate::support::app::TestApp;
use crate::support::page::Page;
use crate::support::people::{Customer, Household};
use crate::support::visitor::Visitor;

/// A paper, as far as anybody can tell by its bytes.
pub const PAPER: &[u8] = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n";

/// Rosa owes $100.00 that was due on July 6; it is July 16, a Thursday.
pub async fn late(house: &TestApp) -> Customer {
    let rosa = house
        .customer("Rosa")
        .owing_due_in("$100.00", 5)
        .signed_in()
        .await;
    house.set_day("2026-07-16");
    rosa
}

/// The account at the office.
fn account(household: &Household) -> String {
    format!("/office/accounts/{}", household.number.as_str())
}

/// The form that places a hold of a kind, filled with what every kind takes.
async fn form(clerk: &Visitor, household: &Household, kind: &str) -> Page {
    let path = format!("{}/holds/new", account(household));
    clerk
        .visit(&path)
        .await
        .fill("kind", kind)
        .fill("signer", "Dr. Ada Kim")
        .fill("reason", "The clinic wrote to us.")
}

/// Places a hold with its paper, for as long as the policy gives.
pub async fn places(clerk: &Visitor, household: &Household, kind: &str) -> Page {
    let page = form(clerk, household, kind)
        .await
        .attach("document", "paper.pdf", PAPER)
        .submit("Place the hold")
        .await;
    page.must_show("The hold is placed.");
    page
}

/// Records that a notice was given into somebody's hand.
pub async fn served(server: &Visitor, household: &Household, on: &str, is_proven: bool) -> Page {
    let path = format!("{}/shutoff", account(household));
    let page = server
        .visit(&path)
        .await
        .fill("what", "written")
        .fill("way", "hand")
        .fill("on", on)
        .fill("words", "Given to her at the door.")
        .fill("proven", if is_proven { "yes" } else { "" })
        .submit("Record it")
        .await;
    page.must_show("It is recorded.");
    page
}

impl TestApp {
    /// Somebody at the counter.
    async fn counter(&self) -> Visitor {
        self.staff(Role::Csr).await
    }

    /// Who records what was served on a customer.
    async fn server(&self) -> Visitor {
        self.staff(Role::Collector).await
    }

    /// The clock looks at the holds that end.
    async fn looks_at_holds(&self) {
        let round = holds::run(self.app.clone()).await;
        round.expect("the holds are looked at");
    }

    /// The late fees of the day: how many, how much in cents, and how many a hold kept away.
    async fn assesses(&self) -> (usize, i64, usize) {
        let assess = |tx: &mut Tx<'_>| fees::assess_late_fees_today(tx, None::<EntryId>);
        let charged = self.app.db.write(self.stamp(), assess).await;
        let charged = charged.expect("the fees are assessed");
        (charged.fees, charged.amount.cents(), charged.held)
    }
}
