//! Disputes at the office: opened for a customer who calls or writes, the documents that come with them, the evidence, and
//! the lawful outcomes with their prices.

pub mod hearing;
pub mod opening;
pub mod outcome;
pub mod packet;
mod packet_words;
pub mod papers;
pub mod proposals;
pub mod workbench;

use crate::domain::staff::Permission;
use crate::web::doors::Doors;

/// What the office does about disputes, beside what it does about every request.
pub fn doors() -> Doors {
    let (work, decide) = (Permission::WorkRequests, Permission::PostAdjustment);
    Doors::at("/office")
        .get("/accounts/{number}/disputes/new", work, opening::new)
        .post("/accounts/{number}/disputes", work, opening::create)
        .post("/requests/{number}/documents", work, papers::add)
        .get(
            "/requests/{number}/documents/{document}",
            Permission::ViewEvidence,
            papers::show,
        )
        .get(
            "/requests/{number}/outcomes/{remedy}",
            decide,
            outcome::show,
        )
        .post(
            "/requests/{number}/outcomes/{remedy}",
            decide,
            outcome::create,
        )
        .with(of_two())
        .post("/requests/{number}/reread", work, outcome::reread)
        .post("/requests/{number}/hearing", work, hearing::create)
        .post("/requests/{number}/hearing/record", work, hearing::record)
        .get(
            "/requests/{number}/packet",
            Permission::ViewEvidence,
            packet::page,
        )
        .get(
            "/requests/{number}/packet.pdf",
            Permission::ViewEvidence,
            packet::file,
        )
}

/// The word of a second person on an outcome that gives more than one decides.
fn of_two() -> Doors {
    let second = Permission::ApproveCorrection;
    Doors::at("/office/requests/{number}/proposal")
        .post("/approval", second, proposals::approve)
        .post("/refusal", second, proposals::refuse)
        // Only whoever proposed it, whatever their job is by now.
        .post("/withdrawal", Permission::ViewAccount, proposals::withdraw)
}
