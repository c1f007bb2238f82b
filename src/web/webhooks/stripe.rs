//! POST /webhooks/stripe — the processor's messages: verified over the raw bytes, kept whole, answered; read later by a worker.
//!
//! 200 when the message is kept or was kept before, 400 when it isn't the processor's, 500 when it can't be kept: then it is sent again.

use actix_web::web::{Bytes, Data};
use actix_web::{HttpRequest, HttpResponse};

use crate::app::App;
use crate::domain::stamp::{Actor, ActorKind};
use crate::store::error::StoreError;
use crate::usecases::payments;

/// Takes one message.
pub async fn receive(app: Data<App>, request: HttpRequest, body: Bytes) -> HttpResponse {
    let Some(desk) = &app.desk else {
        return HttpResponse::NotFound().finish();
    };
    let header = request
        .headers()
        .get("stripe-signature")
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let event = match desk.stripe.verify(&body, header, app.clock.world_now()) {
        Ok(event) => event,
        Err(refused) => {
            tracing::warn!(%refused, "a message that is not the processor's");
            return HttpResponse::BadRequest().finish();
        }
    };
    let stamp = app.stamp(Actor::unnamed(ActorKind::Processor), None);
    let kept = app
        .db
        .write(stamp, move |tx| payments::keep_event(tx, &event))
        .await;
    match kept {
        Ok(_) | Err(StoreError::Conflict(_)) => {
            desk.events.notify_one();
            HttpResponse::Ok().finish()
        }
        Err(error) => {
            tracing::error!(%error, "a message of the processor could not be kept");
            HttpResponse::InternalServerError().finish()
        }
    }
}
