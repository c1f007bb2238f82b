//! Deposits at the office: those that are asked for or held, with what may be given back, and one account's deposit with its history and what may
//! be done about it.

pub mod queue;
pub mod show;
mod words;

use crate::domain::staff::Permission;
use crate::web::doors::Doors;

/// Deposits.
pub fn doors() -> Doors {
    let (look, ask, release) = (
        Permission::ViewAccount,
        Permission::PostAdjustment,
        Permission::RefundCredit,
    );
    Doors::at("/office")
        .get("/deposits", look, queue::index)
        .get("/accounts/{number}/deposit", look, show::show)
        .post("/accounts/{number}/deposit", ask, show::ask)
        .post("/accounts/{number}/deposit/waiver", ask, show::waive)
        .post("/accounts/{number}/deposit/release", release, show::release)
}
