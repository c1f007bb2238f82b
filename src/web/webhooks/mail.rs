//! POST /webhooks/mail — mails that came back, as our mail server tells them: a delivery status notification as it came, or a line of JSON.
//! `X-Signature` holds the HMAC-SHA256 of the body under the shared secret, in hex.
//!
//! 200 whether or not it was a mail of ours, 400 when the signature does not fit, 404 where no secret is set.

use actix_web::web::{Bytes, Data};
use actix_web::{HttpRequest, HttpResponse};

use crate::adapters::bounces::{is_signed, read};
use crate::app::App;
use crate::domain::ids::NoticeId;
use crate::domain::stamp::{Actor, ActorKind};
use crate::usecases::bounces::record_bounced;

/// Takes one message.
pub async fn receive(app: Data<App>, request: HttpRequest, body: Bytes) -> HttpResponse {
    let Some(secret) = &app.config.mail_webhook_secret else {
        return HttpResponse::NotFound().finish();
    };
    let header = request
        .headers()
        .get("x-signature")
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    if !is_signed(secret, &body, header) {
        tracing::warn!("word of a bounce that is not our mail server's");
        return HttpResponse::BadRequest().finish();
    }
    let Some(bounce) = read(&String::from_utf8_lossy(&body)) else {
        return HttpResponse::Ok().finish();
    };
    let stamp = app.stamp(Actor::unnamed(ActorKind::Visitor), None);
    let kept = app
        .db
        .write(stamp, move |tx| {
            record_bounced(tx, (NoticeId(bounce.number), &bounce.tag), &bounce.why)
        })
        .await;
    match kept {
        Ok(_) => HttpResponse::Ok().finish(),
        Err(error) => {
            tracing::error!(%error, "word of a bounce could not be kept");
            HttpResponse::InternalServerError().finish()
        }
    }
}
