//! The customer's door: its route table, with what opens each route. `tests/it/house/routes.txt` is a copy; reviewers read the difference.

mod balance;
mod bill_bank;
mod bill_changes;
mod bill_slices;
pub mod bills;
pub mod claim;
pub mod home;
pub mod live;
pub mod password;
pub mod pay;
pub mod payments;
mod price_hours;
pub mod schedules;
pub mod sign_in;
pub mod usage;
pub mod usage_files;
pub mod usage_months;
mod usage_outlook;
pub mod usage_view;
mod why;

use crate::web::doors::{Doors, Key};

/// Every page and change of the portal.
#[must_use]
pub fn routes() -> Doors {
    Doors::at("")
        .get("/sign-in", Key::Anyone, sign_in::show)
        .post("/sign-in", Key::Anyone, sign_in::create)
        .post("/sign-out", Key::Customer, sign_in::destroy)
        .post("/language", Key::Anyone, sign_in::language)
        .get("/register", Key::Anyone, claim::new)
        .post("/register", Key::Anyone, claim::create)
        .get("/register/sent", Key::Anyone, claim::sent)
        .get("/verify", Key::Anyone, claim::verify)
        .post("/verify", Key::Anyone, claim::confirm)
        .get("/claim", Key::Customer, claim::show)
        .post("/claim", Key::Customer, claim::add)
        .get("/claim/code", Key::Anyone, claim::code)
        .post("/claim/code", Key::Anyone, claim::send_code)
        .get("/claim/code/sent", Key::Anyone, claim::code_sent)
        .get("/password/forgotten", Key::Anyone, password::forgotten)
        .post("/password/forgotten", Key::Anyone, password::send_link)
        .get("/password/sent", Key::Anyone, password::sent)
        .get("/password/new", Key::Anyone, password::new)
        .post("/password/new", Key::Anyone, password::reset)
        .get("/password", Key::Customer, password::edit)
        .post("/password", Key::Customer, password::update)
        .with(account())
}

/// What a customer reads: the balance, the usage, the bills.
fn account() -> Doors {
    Doors::at("")
        .get("/", Key::Customer, home::show)
        .get("/live/account", Key::Customer, live::account)
        .get("/usage", Key::Customer, usage_months::index)
        .get("/usage/{service}", Key::Customer, usage_months::service)
        .get(
            "/usage/{service}/green-button.xml",
            Key::Customer,
            usage_files::green_button,
        )
        .get(
            "/usage/{service}/intervals.csv",
            Key::Customer,
            usage_files::intervals,
        )
        .get("/usage/{service}/{when}", Key::Customer, usage::show)
        .get("/bills", Key::Customer, bills::index)
        .get("/bills/{number}", Key::Customer, bills::show)
        .get("/pay", Key::Customer, pay::new)
        .get("/pay/check", Key::Customer, pay::check)
        .get("/payments", Key::Customer, payments::index)
        .post("/payments", Key::Customer, pay::create)
        .get("/payments/{number}", Key::Customer, payments::show)
        .get("/payments/{number}/return", Key::Customer, pay::back)
}
