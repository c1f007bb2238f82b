//! The documents of a request: handed in at the office, given out to those who may see them.

use actix_multipart::Multipart;
use actix_web::web::{Data, Path};

use crate::app::App;
use crate::domain::ids::RequestDocumentId;
use crate::store::db::{Conn, Tx};
use crate::store::request_documents;
use crate::usecases::requests::{self as working, RequestError};
use crate::web::chrome::Chrome;
use crate::web::flash::{Tone, see_other_saying};
use crate::web::office::handed_in::{self, documents};
use crate::web::office::request::{address, again, find, number_of, read, refused};
use crate::web::session::StaffMember;
use crate::web::similar_homes::SimilarHomes;
use crate::web::{PageError, PageResult, files};

/// The field of the documents.
const FIELD: &str = "document";

/// POST /office/requests/{number}/documents
pub async fn add(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    (similar, path): (Data<SimilarHomes>, Path<String>),
    sent: Multipart,
) -> PageResult {
    let (t, number) = (chrome.t, number_of(&path)?);
    let row = read(&app, &number).await?;
    let (mut form, files) = files::read(sent).await?;
    let documents = documents(t, &mut form, (files, FIELD));
    if form.is_good() && documents.is_empty() {
        form.refuse(FIELD, t.hold_refused_document());
    }
    if !form.is_good() {
        return again((&app, similar), chrome, &staff, (number, form)).await;
    }
    let change = move |tx: &mut Tx<'_>| working::add_documents(tx, row.id, &documents);
    match app.db.write(staff.stamp(&app), change).await {
        Ok(()) => see_other_saying(address(&number), Tone::Good, t.hold_documents_kept()),
        Err(RequestError::Fault(fault)) => Err(fault.into()),
        Err(refusal) => {
            form.refuse(FIELD, refused(t, &refusal));
            again((&app, similar), chrome, &staff, (number, form)).await
        }
    }
}

/// GET /office/requests/{number}/documents/{document} — as a file to keep.
pub async fn show(app: Data<App>, path: Path<(String, String)>) -> PageResult {
    let (number, document) = path.into_inner();
    let number = number_of(&number)?;
    let document: RequestDocumentId = document
        .parse()
        .map_err(|_not_a_number| PageError::NotFound)?;
    let wanted = number.clone();
    let read = move |conn: &mut Conn| {
        let request = find(conn, &wanted)?;
        request_documents::get(conn, request.id, document)
    };
    let (row, bytes) = app.db.read(read).await?;
    let name = format!("request-{number}-{}", row.id);
    Ok(handed_in::answer(&name, row.media_type, bytes))
}
