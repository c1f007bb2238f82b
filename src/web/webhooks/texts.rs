//! POST /webhooks/texts and /webhooks/texts/status — what people text us, and what became of our texts, as the carrier tells it: verified over
//! the address and every field, kept, answered.
//!
//! 200 with what to say back, 400 when it isn't the carrier's, 404 where no carrier is set.

use actix_web::http::StatusCode;
use actix_web::http::header::ContentType;
use actix_web::web::{Bytes, Data, Query};
use actix_web::{HttpRequest, HttpResponse};
use quick_xml::escape::escape;

use crate::adapters::texts::is_signed;
use crate::app::App;
use crate::documents::texts;
use crate::domain::outages::LONGEST_WORDS;
use crate::domain::replies::Reply;
use crate::domain::stamp::{Actor, ActorKind};
use crate::i18n::words;
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::usecases::bounces::record_receipt;
use crate::usecases::outages_by_text::{TextedReport, report_by_text};
use crate::usecases::text_numbers::take_reply;

type Fields = Vec<(String, String)>;

/// Takes a text from somebody.
pub async fn receive(app: Data<App>, request: HttpRequest, body: Bytes) -> HttpResponse {
    let fields = match verified(&app, &request, &body) {
        Ok(fields) => fields,
        Err(refusal) => return HttpResponse::new(refusal),
    };
    let (from, words) = (field(&fields, "From"), field(&fields, "Body"));
    let stamp = app.stamp(Actor::unnamed(ActorKind::Visitor), None);
    let words: String = words.chars().take(LONGEST_WORDS).collect();
    let take = move |tx: &mut Tx<'_>| {
        let reply = take_reply(tx, &from, &words)?;
        let report = match reply {
            Reply::Out(service) => Some(report_by_text(tx, (&from, service), &words)?),
            Reply::Stop | Reply::Start | Reply::Help | Reply::Other => None,
        };
        Ok((reply, report))
    };
    let taken: Result<(Reply, Option<TextedReport>), StoreError> = app.db.write(stamp, take).await;
    match taken {
        Ok((_, Some(report))) => answer(&reported(&app, &report)),
        Ok((Reply::Stop, _)) => answer(&texts::stopped()),
        Ok((Reply::Start, _)) => answer(&texts::started()),
        Ok((Reply::Help | Reply::Out(_) | Reply::Other, _)) => {
            answer(&texts::help(&app.config.phone))
        }
        Err(error) => {
            tracing::error!(%error, "a text from a customer could not be kept");
            HttpResponse::InternalServerError().finish()
        }
    }
}

/// What whoever told of an outage hears.
fn reported(app: &App, report: &TextedReport) -> String {
    let page = format!("{}/outages", app.config.public_url);
    match report {
        TextedReport::Unknown => texts::outage_unknown(&app.config.phone, &page),
        TextedReport::WhichService(language) => words(*language).text_outage_service().to_owned(),
        TextedReport::WhichPlace(language) => words(*language).text_outage_place().to_owned(),
        TextedReport::Taken {
            language,
            commodity,
            place,
            is_known,
        } => {
            let t = words(*language);
            let known = if *is_known { "yes" } else { "no" };
            t.text_outage_taken(t.service_name(commodity.as_str()), place, known, &page)
        }
    }
}

/// Takes word of a text of ours.
pub async fn status(app: Data<App>, request: HttpRequest, body: Bytes) -> HttpResponse {
    let fields = match verified(&app, &request, &body) {
        Ok(fields) => fields,
        Err(refusal) => return HttpResponse::new(refusal),
    };
    let sid = field(&fields, "MessageSid");
    let (state, error) = (field(&fields, "MessageStatus"), field(&fields, "ErrorCode"));
    let stamp = app.stamp(Actor::unnamed(ActorKind::Visitor), None);
    let kept = app
        .db
        .write(stamp, move |tx| record_receipt(tx, &sid, (&state, &error)))
        .await;
    match kept {
        Ok(_) => HttpResponse::NoContent().finish(),
        Err(error) => {
            tracing::error!(%error, "a receipt of a text could not be kept");
            HttpResponse::InternalServerError().finish()
        }
    }
}

/// The fields of a message that is the carrier's.
fn verified(app: &App, request: &HttpRequest, body: &[u8]) -> Result<Fields, StatusCode> {
    let Some(carrier) = &app.config.texts else {
        return Err(StatusCode::NOT_FOUND);
    };
    let header = request
        .headers()
        .get("x-twilio-signature")
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let asked = request
        .uri()
        .path_and_query()
        .map_or("", |uri| uri.as_str());
    let url = format!("{}{asked}", app.config.public_url);
    let text = std::str::from_utf8(body).unwrap_or_default();
    let fields = Query::<Fields>::from_query(text).map(Query::into_inner);
    match fields {
        Ok(fields) if is_signed(&carrier.token, &url, &fields, header) => Ok(fields),
        _ => {
            tracing::warn!("a message that is not the carrier's");
            Err(StatusCode::BAD_REQUEST)
        }
    }
}

fn field(fields: &Fields, name: &str) -> String {
    let found = fields.iter().find(|(field, _)| field == name);
    found.map_or_else(String::new, |(_, value)| value.clone())
}

fn answer(words: &str) -> HttpResponse {
    let body = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response><Message>{}</Message></Response>",
        escape(words)
    );
    HttpResponse::Ok()
        .content_type(ContentType::xml())
        .body(body)
}
