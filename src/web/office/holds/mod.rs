//! Holds at the office: the queue of those that end, one hold with what it rests on, the form that places one, what is declared for everybody,
//! and why an account may or may not be shut off today.

pub mod card;
pub mod form;
pub mod hold;
pub mod moratoria;
pub mod queue;
pub mod shutoff;
pub mod words;

use actix_web::HttpResponse;
use actix_web::http::header;

use crate::domain::holds::{Evidence, HoldState, MOST_DOCUMENTS, NoEvidence};
use crate::domain::ids::HoldId;
use crate::domain::staff::Permission;
use crate::i18n::Words;
use crate::store::holds::documents::DocumentRow;
use crate::usecases::holds::NewDocument;
use crate::web::PageError;
use crate::web::doors::Doors;
use crate::web::files::SentFile;
use crate::web::form::Form;

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

/// The documents of a form, each told by its bytes; what is wrong with one is noted on the form, and everything typed stays.
fn documents(
    t: Words,
    form: &mut Form,
    (files, field): (Vec<SentFile>, &'static str),
) -> Vec<NewDocument> {
    let mut taken = Vec::new();
    for file in files.into_iter().filter(|file| file.field == field) {
        if file.is_too_large {
            form.refuse(field, t.hold_document_large());
            continue;
        }
        match Evidence::of(file.bytes) {
            Ok(kept) => taken.push(NewDocument {
                name: plain_name(&file.name),
                kind: kept.kind,
                bytes: kept.bytes,
            }),
            Err(NoEvidence::TooLarge) => form.refuse(field, t.hold_document_large()),
            Err(NoEvidence::Strange) => form.refuse(field, t.hold_document_strange()),
            Err(NoEvidence::Broken) => form.refuse(field, t.hold_document_broken()),
        }
    }
    if taken.len() > MOST_DOCUMENTS {
        form.refuse(field, t.hold_too_many_documents(MOST_DOCUMENTS));
    }
    taken
}

/// The last part of a file's name, without whatever is no plain letter: it is shown, and never used as a name again.
fn plain_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    last.chars().filter(|letter| !letter.is_control()).collect()
}

/// A document as a file of our own name: kept, not shown in the page and not run, and by nobody between.
fn as_file(row: &DocumentRow, bytes: Vec<u8>) -> HttpResponse {
    let name = format!(
        "hold-{}-{}.{}",
        row.hold_id,
        row.id,
        row.media_type.ending()
    );
    HttpResponse::Ok()
        .content_type(row.media_type.as_str())
        .insert_header((header::CACHE_CONTROL, "private, no-store"))
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .insert_header((header::CONTENT_ENCODING, "identity"))
        .insert_header((
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{name}\""),
        ))
        .body(bytes)
}
