//! The doors to what a utility stands on: bill cycles and their calendars, places, meters, accounts that are opened, and files
//! that bring all of it.

use crate::domain::staff::Permission;
use crate::web::doors::Doors;
use crate::web::office::{account_opening, cycles, meter_moves, meters, premises, utility_files};

/// Every page and change of it.
#[must_use]
pub fn routes() -> Doors {
    Doors::at("/office")
        .with(calendars())
        .with(places())
        .with(counters())
        .with(openings())
        .with(files())
}

/// Places and what is delivered to them.
fn places() -> Doors {
    let (see, manage) = (Permission::ViewAccount, Permission::ManagePlaces);
    Doors::at("/office/premises")
        .get("", see, premises::index)
        .get("/new", manage, premises::new)
        .post("", manage, premises::create)
        .get("/{id}", see, premises::show)
        .get("/{id}/edit", manage, premises::edit)
        .post("/{id}", manage, premises::update)
        .post("/{id}/points", manage, premises::create_point)
}

/// Meters: the inventory, and where each hangs; and what serves the points.
fn counters() -> Doors {
    let (see, manage) = (Permission::ViewAccount, Permission::ManageMeters);
    Doors::at("/office")
        .get("/meters", see, meters::index)
        .get("/meters/new", manage, meters::new)
        .post("/meters", manage, meters::create)
        .get("/meters/{id}", see, meters::show)
        .get("/meters/{id}/exchange", manage, meter_moves::exchange_form)
        .post("/meters/{id}/exchange", manage, meter_moves::exchange)
        .get("/meters/{id}/removal", manage, meter_moves::removal_form)
        .post("/meters/{id}/removal", manage, meter_moves::remove)
        .get(
            "/points/{id}/installation",
            manage,
            meter_moves::install_form,
        )
        .post("/points/{id}/installation", manage, meter_moves::install)
        .post(
            "/points/{id}/feeder",
            Permission::ManagePlaces,
            premises::set_feeder,
        )
}

/// Bill cycles and their calendars.
fn calendars() -> Doors {
    let (see, manage) = (Permission::RunBills, Permission::ManageCycles);
    Doors::at("/office/cycles")
        .get("", see, cycles::index)
        .get("/new", manage, cycles::new)
        .post("", manage, cycles::create)
        .get("/{id}", see, cycles::show)
        .get("/{cycle}/periods/{id}", manage, cycles::edit)
        .post("/{cycle}/periods/{id}", manage, cycles::update)
}

/// Accounts that are opened. Before the accounts of a number: `new` is none.
fn openings() -> Doors {
    let open = Permission::ManageService;
    Doors::at("/office/accounts")
        .get("/new", open, account_opening::new)
        .post("", open, account_opening::create)
}

/// A whole utility from its files.
fn files() -> Doors {
    let import = Permission::ImportSetup;
    Doors::at("/office/utility-files")
        .get("", import, utility_files::index)
        .post("", import, utility_files::create)
        .get("/waiting", import, utility_files::waiting)
        .post("/waiting", import, utility_files::accept)
}
