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
use crate::domain::alerts::Reply;
use crate::domain::stamp::{Actor, ActorKind};
use crate::store::error::StoreError;
use crate::usecases::bounces::record_receipt;
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
    let taken: Result<Reply, StoreError> = app
        .db
        .write(stamp, move |tx| take_reply(tx, &from, &words))
        .await;
    match taken {
        Ok(Reply::Stop) => answer(&texts::stopped()),
        Ok(Reply::Start) => answer(&texts::started()),
        Ok(Reply::Help | Reply::Other) => answer(&texts::help(&app.config.phone)),
        Err(error) => {
            tracing::error!(%error, "a text from a customer could not be kept");
            HttpResponse::InternalServerError().finish()
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
