//! Holds at the office: the queue of those that end, one hold with what it rests on, the form that places one, what is declared for everybody,
//! and why an account may or may not be shut off today.

pub mod card;
pub mod form;
pub mod hold;
pub mod moratoria;
pub mod queue;
pub mod shutoff;
pub mod words;

use crate::domain::holds::HoldState;
use crate::domain::ids::HoldId;
use crate::domain::staff::Permission;
use crate::web::PageError;
use crate::web::doors::Doors;

/// The field of the documents that a hold is placed or renewed with.
pub const FIELD: &str = "document";

/// The field of documents that come later.
pub const LATER: &str = "paper";

/// What protects accounts, and whether they may be shut off.
pub fn doors() -> Doors {
    let (see, place) = (Permission::ViewAccount, Permission::PlaceHold);
    let (declare, record) = (Permission::DeclareMoratorium, Permission::RecordService);
    Doors::at("/office")
        .get("/holds", see, queue::index)
        .get("/holds/{id}", see, hold::show)
        .post("/holds/{id}/renewal", place, hold::renew)
        .post("/holds/{id}/lift", place, hold::lift)
        .post("/holds/{id}/owner", place, hold::own)
        .post("/holds/{id}/answer", place, hold::answer)
        .post("/holds/{id}/documents", place, hold::add)
        .get(
            "/holds/{id}/documents/{document}",
            Permission::ViewEvidence,
            hold::document,
        )
        .get("/accounts/{number}/holds/new", place, form::new)
        .post("/accounts/{number}/holds", place, form::create)
        .get("/accounts/{number}/shutoff", see, shutoff::show)
        .post("/accounts/{number}/shutoff", record, shutoff::create)
        .get("/moratoria", see, moratoria::index)
        .post("/moratoria", declare, moratoria::create)
        .post("/moratoria/{id}/end", declare, moratoria::end)
        .post("/moratoria/forecasts", record, moratoria::note)
}

/// The address of a hold's page.
pub fn address(id: HoldId) -> String {
    format!("/office/holds/{id}")
}

/// The tone of a badge.
pub const fn tone(state: HoldState) -> &'static str {
    match state {
        HoldState::InForce => "good",
        HoldState::Coming => "info",
        HoldState::Past => "",
    }
}

/// A number in an address.
fn number<Id: std::str::FromStr>(text: &str) -> Result<Id, PageError> {
    text.parse().map_err(|_not_a_number| PageError::NotFound)
}
