//! The doors to what customers are told: notices, paper, outages.

use crate::domain::staff::Permission;
use crate::web::doors::Doors;
use crate::web::office::{notices, outage_form, outages, print};

/// Everything that is told to customers.
pub fn doors() -> Doors {
    Doors::at("/office").with(told()).with(paper()).with(out())
}

/// What was told to customers, and what of it came back.
fn told() -> Doors {
    let (see, work) = (Permission::ViewAccount, Permission::WorkExceptions);
    Doors::at("/office")
        .get("/notices", see, notices::index)
        .get("/notices/{id}", see, notices::show)
        .get("/returned-mail", work, notices::returned)
        .post("/returned-mail", work, notices::record_returned)
        .post(
            "/accounts/{number}/trust",
            Permission::EditPeople,
            notices::trust,
        )
}

/// Paper that leaves the house.
fn paper() -> Doors {
    let run = Permission::RunBills;
    Doors::at("/office/print")
        .get("", run, print::index)
        .post("", run, print::create)
        .get("/{id}", run, print::show)
        .get("/{id}/pdf", run, print::pdf)
        .get("/{id}/manifest.csv", run, print::manifest)
        .post("/{id}/mailing", run, print::mail)
        .post("/{id}/cancellation", run, print::destroy)
        .post("/{id}/pulls", run, print::pull)
}

/// What is out and what is planned.
fn out() -> Doors {
    let (see, manage) = (Permission::ViewAccount, Permission::ManageOutages);
    Doors::at("/office/outages")
        .get("", see, outages::index)
        .get("/new", manage, outage_form::new)
        .post("", manage, outage_form::create)
        .get("/{id}", see, outages::show)
        .post("/{id}/updates", manage, outages::update)
        .post("/{id}/area", manage, outages::add_area)
        .post("/{id}/restoration", manage, outages::finish)
        .post("/{id}/cancellation", manage, outages::call_off)
}
