//! /sandbox/v1/… — the sandbox's API: form-encoded calls with a key, JSON answers, in the processor's own shapes.

use actix_web::http::{Method, StatusCode, header};
use actix_web::web::{Bytes, Data, Query};
use actix_web::{HttpRequest, HttpResponse};
use base64::Engine;
use serde_json::Value;
use subtle::ConstantTimeEq;

use crate::adapters::desk::Sandbox;
use crate::app::App;
use crate::domain::stamp::{Actor, ActorKind};
use crate::store::error::StoreError;
use crate::usecases::sandbox::api::{self, Answer, Call};
use crate::usecases::sandbox::params::Params;
use crate::usecases::sandbox::{Refusal, refusal};

/// Answers any call.
pub async fn call(app: Data<App>, request: HttpRequest, body: Bytes) -> HttpResponse {
    let Some(sandbox) = app.desk.as_ref().and_then(|desk| desk.sandbox.as_ref()) else {
        return HttpResponse::NotFound().finish();
    };
    if !shows_key(&request, sandbox) {
        let refused = Refusal {
            kind: "invalid_request_error",
            ..refusal(401, "api_key_invalid", "Invalid API Key provided")
        };
        return answer(401, &refused.body());
    }
    let answered = match *request.method() {
        Method::GET => look(&app, &request).await,
        Method::POST => change(&app, &request, &body).await,
        _ => {
            let refused = refusal(405, "method_not_allowed", "GET or POST");
            return answer(405, &refused.body());
        }
    };
    sandbox.deliveries.notify_one();
    match answered {
        Ok(Answer { status, body }) => answer(status, &body),
        Err(error) => {
            tracing::error!(%error, "the sandbox failed");
            let refused = Refusal {
                kind: "api_error",
                ..refusal(500, "api_error", "The sandbox failed")
            };
            answer(500, &refused.body())
        }
    }
}

async fn look(app: &App, request: &HttpRequest) -> Result<Answer, StoreError> {
    let call = call_of(app, request, request.query_string());
    app.db.read(move |conn| api::get(conn, &call)).await
}

async fn change(app: &App, request: &HttpRequest, body: &[u8]) -> Result<Answer, StoreError> {
    let form = String::from_utf8_lossy(body);
    let call = call_of(app, request, &form);
    let stamp = app.stamp(Actor::unnamed(ActorKind::Processor), None);
    app.db.write(stamp, move |tx| api::post(tx, &call)).await
}

fn call_of(app: &App, request: &HttpRequest, encoded: &str) -> Call {
    let pairs = Query::<Vec<(String, String)>>::from_query(encoded)
        .map(Query::into_inner)
        .unwrap_or_default();
    let path = request.match_info().get("tail").unwrap_or_default();
    Call {
        path: path
            .split('/')
            .filter(|part| !part.is_empty())
            .map(str::to_owned)
            .collect(),
        params: Params::new(pairs),
        idempotency_key: request
            .headers()
            .get("idempotency-key")
            .and_then(|value| value.to_str().ok())
            .map(str::to_owned),
        public_url: app.config.public_url.clone(),
    }
}

/// The key comes as a bearer token, or as the user of basic authentication.
fn shows_key(request: &HttpRequest, sandbox: &Sandbox) -> bool {
    let shown = request
        .headers()
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let key = match shown.split_once(' ') {
        Some(("Bearer", key)) => key.to_owned(),
        Some(("Basic", coded)) => base64::engine::general_purpose::STANDARD
            .decode(coded)
            .ok()
            .and_then(|bytes| String::from_utf8(bytes).ok())
            .map(|pair| pair.split(':').next().unwrap_or_default().to_owned())
            .unwrap_or_default(),
        _ => String::new(),
    };
    key.as_bytes().ct_eq(sandbox.secret_key.as_bytes()).into()
}

fn answer(status: u16, body: &Value) -> HttpResponse {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    HttpResponse::build(status)
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .json(body)
}
