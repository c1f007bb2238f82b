//! Disputes at the office: opened for a customer who calls or writes, and the documents that come with them.

pub mod opening;
pub mod papers;

use crate::domain::staff::Permission;
use crate::web::doors::Doors;

/// What the office does about disputes, beside what it does about every request.
pub fn doors() -> Doors {
    let work = Permission::WorkRequests;
    Doors::at("/office")
        .get("/accounts/{number}/disputes/new", work, opening::new)
        .post("/accounts/{number}/disputes", work, opening::create)
        .post("/requests/{number}/documents", work, papers::add)
        .get(
            "/requests/{number}/documents/{document}",
            Permission::ViewEvidence,
            papers::show,
        )
}
