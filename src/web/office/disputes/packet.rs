//! The packet of a dispute in one click: for a regulator, a council or a court whole; for public records without whatever says who and where.
//! As a page to keep and as a PDF. What is withheld is withheld whole: free text is nobody's to search for names.

use actix_web::HttpResponse;
use actix_web::http::header;
use actix_web::web::{Data, Path, Query};
use askama::Template;
use serde::Deserialize;

use crate::app::App;
use crate::documents::dispute_packet::{Packet, render};
use crate::domain::ids::{AccountId, RequestNumber};
use crate::domain::requests::RequestKind;
use crate::i18n::Words;
use crate::store::audit::{self, AuditRow};
use crate::store::db::Conn;
use crate::store::disputes;
use crate::store::error::StoreError;
use crate::store::hearings;
use crate::store::request_documents;
use crate::store::requests;
use crate::web::chrome::Chrome;
use crate::web::evidence;
use crate::web::office::disputes::packet_words::{Gathered, Writer};
use crate::web::office::disputes::workbench::{self, MONTHS};
use crate::web::office::request::{find, number_of};
use crate::web::office::requests::with_names;
use crate::web::request_view::{answered, thread};
use crate::web::similar_homes::SimilarHomes;
use crate::web::{PageError, PageResult};

/// How many deeds of a dispute are told at the most.
const DEEDS: i64 = 1_000;

/// Whether names and places are withheld.
#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    redacted: bool,
}

#[derive(Template)]
#[template(path = "office/disputes/packet.html")]
struct Show {
    t: Words,
    packet: Packet,
}

/// GET /office/requests/{number}/packet — as a page to keep.
pub async fn page(
    app: Data<App>,
    chrome: Chrome,
    (similar, path, asked): (Data<SimilarHomes>, Path<String>, Query<Asked>),
) -> PageResult {
    let t = chrome.t;
    let number = number_of(&path)?;
    let packet = packet((&app, similar), t, (&number, asked.redacted)).await?;
    let file = Show { t, packet }.render().map_err(PageError::fault)?;
    let answer = (file.into_bytes(), "text/html; charset=utf-8", "html");
    Ok(as_file((&number, asked.redacted), answer))
}

/// GET /office/requests/{number}/packet.pdf
pub async fn file(
    app: Data<App>,
    chrome: Chrome,
    (similar, path, asked): (Data<SimilarHomes>, Path<String>, Query<Asked>),
) -> PageResult {
    let (t, today) = (chrome.t, app.clock.today());
    let number = number_of(&path)?;
    let packet = packet((&app, similar), t, (&number, asked.redacted)).await?;
    let file = render(t, &packet, today).map_err(PageError::fault)?;
    Ok(as_file(
        (&number, asked.redacted),
        (file, "application/pdf", "pdf"),
    ))
}

/// A file of our own name: kept, not run, and by nobody between.
fn as_file(
    (number, is_redacted): (&RequestNumber, bool),
    (bytes, kind, ending): (Vec<u8>, &'static str, &str),
) -> HttpResponse {
    let what = if is_redacted { "public" } else { "whole" };
    let disposition = format!("attachment; filename=\"dispute-{number}-{what}.{ending}\"");
    HttpResponse::Ok()
        .content_type(kind)
        .insert_header((header::CACHE_CONTROL, "private, no-store"))
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .insert_header((header::CONTENT_ENCODING, "identity"))
        .insert_header((header::CONTENT_DISPOSITION, disposition))
        .body(bytes)
}

async fn packet(
    (app, similar): (&App, Data<SimilarHomes>),
    t: Words,
    (number, is_redacted): (&RequestNumber, bool),
) -> Result<Packet, PageError> {
    let (today, zone) = (app.clock.today(), app.clock.zone());
    let wanted = number.clone();
    let read = move |conn: &mut Conn| {
        let row = find(conn, &wanted)?;
        let dispute = disputes::find(conn, row.id)?;
        let dispute = dispute.filter(|_| row.kind == RequestKind::BillDispute);
        let dispute = dispute.ok_or(StoreError::Missing("dispute"))?;
        let of = (&dispute, MONTHS);
        let evidence = evidence::load((conn, &similar), of, (today, zone))?;
        let bench = workbench::load(conn, (&row, &dispute), (t, today))?;
        let deeds = deeds(conn, (row.account_id, &wanted))?;
        let (answers, said) = (
            answered(t, row.kind, &row.answers()?),
            thread(requests::list_steps(conn, row.id)?, zone),
        );
        let (hearings, papers) = (
            hearings::list(conn, row.id)?,
            request_documents::list(conn, row.id)?,
        );
        let line = with_names(conn, vec![row], (t, today))?.pop();
        Ok::<_, PageError>(Gathered {
            line: line.ok_or(PageError::NotFound)?,
            dispute,
            evidence,
            bench,
            answers,
            said,
            hearings,
            papers,
            deeds,
        })
    };
    let gathered = app.db.read(read).await?;
    let writer = Writer {
        t,
        zone,
        today,
        is_redacted,
    };
    Ok(writer.packet(number, &gathered))
}

/// What was done to a request, in its order.
fn deeds(
    conn: &mut Conn,
    (account, number): (AccountId, &RequestNumber),
) -> Result<Vec<AuditRow>, StoreError> {
    audit::list_of_subject(conn, account, ("request", &number.to_string()), DEEDS)
}
