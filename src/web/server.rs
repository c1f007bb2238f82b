//! The server: what wraps every request, and where the doors are mounted.
//!
//! From the outside in: a span with the request's id (and nothing personal), the headers, compression, refusals as pages, the session, the
//! form token, the route's key, the handler.

use std::io;
use std::net::TcpListener;
use std::time::Duration;

use actix_web::body::MessageBody;
use actix_web::dev::{Server, ServiceRequest, ServiceResponse};
use actix_web::middleware::{Compress, from_fn};
use actix_web::web::{self, Data, PayloadConfig, ServiceConfig};
use actix_web::{App as Routes, Error, HttpMessage, HttpResponse, HttpServer};
use tracing::Span;
use tracing::field::Empty;
use tracing_actix_web::{RequestId, RootSpanBuilder, TracingLogger};

use crate::app::App;
use crate::secrets::Hasher;
use crate::usecases::billing::tariffs::TariffShelf;
use crate::web::chrome::Site;
use crate::web::doors::{Doors, Key};
use crate::web::limits::Limits;
use crate::web::office::first_attempts::FirstAttempts;
use crate::web::portal::schedules::Schedules;
use crate::web::similar_homes::SimilarHomes;
use crate::web::streams::SessionEnds;
use crate::web::{
    PageError, csrf, error, headers, office, portal, sandbox, sandbox_mail, session, static_files,
    webhooks,
};

/// The most bytes of a request that is no upload; uploads have bounds of their own.
const MOST_BODY: usize = 1024 * 1024;

/// How long open requests may take to end when the server stops.
const LAST_WORDS: u64 = 10;

/// What one server shares between its requests besides the `App`.
#[derive(Clone)]
pub struct Shared {
    app: Data<App>,
    hasher: Data<Hasher>,
    limits: Data<Limits>,
    ends: Data<SessionEnds>,
    site: Data<Site>,
    schedules: Data<Schedules>,
    tariffs: Data<TariffShelf>,
    similar: Data<SimilarHomes>,
    attempts: Data<FirstAttempts>,
}

impl Shared {
    /// What a server of this app shares.
    ///
    /// # Errors
    /// When the system gives no randomness.
    pub fn of(app: &App) -> io::Result<Self> {
        let site = Site {
            phone: app.config.phone.clone(),
            has_test_payments: app.has_test_payments(),
            is_demonstration: app.is_demonstration,
        };
        Ok(Self {
            app: Data::new(app.clone()),
            hasher: Data::new(Hasher::new().map_err(io::Error::other)?),
            limits: Data::new(Limits::new(&app.config)),
            ends: Data::new(SessionEnds::default()),
            site: Data::new(site),
            schedules: Data::default(),
            tariffs: Data::default(),
            similar: Data::default(),
            attempts: Data::default(),
        })
    }
}

/// Every route of the house that a person or a browser opens, with its key.
#[must_use]
pub fn doors() -> Doors {
    Doors::at("")
        .get("/static/{name}", Key::Anyone, static_files::show)
        .get("/sandbox/mail", Key::Anyone, sandbox_mail::index)
        .with(portal::routes())
        .with(office::routes())
        .with(sandbox::routes())
        .with(webhooks::routes())
}

/// Starts serving on a bound address. The server runs while the returned future does, and stops when told.
///
/// # Errors
/// When the address cannot be listened on.
pub fn start(app: &App, listener: TcpListener) -> io::Result<Server> {
    let shared = Shared::of(app)?;
    let is_https = app.config.is_https();
    let ends = shared.ends.clone();
    let limits = shared.limits.clone();
    let server = HttpServer::new(move || {
        Routes::new()
            .configure(|config| mount(config, &shared))
            .wrap(from_fn(csrf::check))
            .wrap(from_fn(session::load))
            .wrap(from_fn(error::pages))
            .wrap(Compress::default())
            .wrap(headers::headers(is_https))
            .wrap(TracingLogger::<PlainSpan>::new())
    })
    .shutdown_timeout(LAST_WORDS)
    .disable_signals()
    .listen(listener)?
    .run();
    let handle = server.handle();
    actix_web::rt::spawn(async move {
        until_told_to_stop().await;
        ends.close();
        handle.stop(true).await;
    });
    actix_web::rt::spawn(async move {
        loop {
            tokio::time::sleep(Duration::from_secs(600)).await;
            limits.tidy();
        }
    });
    Ok(server)
}

/// Data and routes, for the server and for tests of a single page.
pub fn mount(config: &mut ServiceConfig, shared: &Shared) {
    config
        .app_data(shared.app.clone())
        .app_data(shared.hasher.clone())
        .app_data(shared.limits.clone())
        .app_data(shared.ends.clone())
        .app_data(shared.site.clone())
        .app_data(shared.schedules.clone())
        .app_data(shared.tariffs.clone())
        .app_data(shared.similar.clone())
        .app_data(shared.attempts.clone())
        .app_data(PayloadConfig::new(MOST_BODY));
    doors().mount(config);
    config.default_service(web::to(nothing_here));
}

async fn nothing_here() -> Result<HttpResponse, PageError> {
    Err(PageError::NotFound)
}

/// Ctrl-C at a console, or the signal of a service manager.
pub async fn until_told_to_stop() {
    let by_console = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        match signal(SignalKind::terminate()) {
            Ok(mut by_manager) => tokio::select! {
                _ = by_console => {}
                _ = by_manager.recv() => {}
            },
            Err(error) => {
                tracing::warn!("the stop signal cannot be heard: {error}");
                heard(by_console.await);
            }
        }
    }
    #[cfg(not(unix))]
    heard(by_console.await);
}

fn heard(signal: io::Result<()>) {
    if let Err(error) = signal {
        tracing::warn!("Ctrl-C cannot be heard: {error}");
    }
}

/// A span that tells which route was asked and how it went, and nothing of who asked or for what.
struct PlainSpan;

impl RootSpanBuilder for PlainSpan {
    fn on_request_start(request: &ServiceRequest) -> Span {
        let route = request.match_pattern().unwrap_or_default();
        let request_id = request
            .extensions()
            .get::<RequestId>()
            .map(ToString::to_string)
            .unwrap_or_default();
        tracing::info_span!("request", method = %request.method(), route, request_id, status = Empty)
    }

    fn on_request_end<B: MessageBody>(span: Span, outcome: &Result<ServiceResponse<B>, Error>) {
        let status = match outcome {
            Ok(response) => response.status(),
            Err(error) => error.as_response_error().status_code(),
        };
        span.record("status", status.as_u16());
        span.in_scope(|| tracing::debug!("answered"));
    }
}
