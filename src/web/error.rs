//! Refusals and faults as pages.
//!
//! 1. A rule that can say no returns its own small enum with the facts that explain it, never a sentence.
//! 2. `store` returns `StoreError`; each use-case file one enum of its refusals and `Fault`.
//! 3. Handlers match the refusals they can explain and put them on the form; everything else is `?` into [`PageError`].
//! 4. [`PageError`] alone picks a status, and [`pages`] alone logs a fault: once, with the request's id. People see an apology with that id.

use std::error::Error;
use std::fmt;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::{StatusCode, header};
use actix_web::middleware::Next;
use actix_web::{HttpMessage, HttpRequest, HttpResponse, ResponseError};
use askama::Template;
use tracing_actix_web::RequestId;

use crate::domain::photos::MOST_BYTES;
use crate::i18n::Words;
use crate::store::error::StoreError;
use crate::web::chrome::Chrome;
use crate::web::files::MOST_TAKEN_IN;
use crate::web::{flash, html};

/// Bytes of what people call a megabyte.
const MEGABYTE: usize = 1024 * 1024;

/// What a handler gives back.
pub type PageResult = Result<HttpResponse, PageError>;

/// Why there is no such page for this person.
#[derive(Debug)]
pub enum PageError {
    /// There is nothing here, or nothing that this person may know of.
    NotFound,
    /// Somebody must sign in first; the address is where they wanted to go.
    SignInFirst {
        /// The page to sign in at, with the way back in its query.
        at: String,
    },
    /// The permission that a member of staff lacks.
    Forbidden(&'static str),
    /// The account is open to the customer, but its owner did not share this.
    NotShared,
    /// The form's token is old or missing.
    Expired,
    /// Too many tries; how many minutes to wait.
    TooMany {
        /// Whole minutes, at least one.
        minutes: u32,
    },
    /// Somebody else changed it first.
    Conflict,
    /// The request cannot be read.
    Unreadable,
    /// The upload is larger than allowed.
    TooLarge,
    /// Our own failure.
    Fault(Box<dyn Error + Send + Sync>),
}

impl PageError {
    /// A failure of ours, kept whole for the log.
    pub fn fault(cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::Fault(cause.into())
    }
}

impl From<StoreError> for PageError {
    /// What is not there is not found; everything else is a fault: a door explains the refusals it expects before it comes to this.
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Missing(_) => Self::NotFound,
            StoreError::NotShared => Self::NotShared,
            other => Self::fault(other),
        }
    }
}

impl fmt::Display for PageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotFound => f.write_str("not found"),
            Self::SignInFirst { .. } => f.write_str("sign in first"),
            Self::Forbidden(permission) => write!(f, "lacks the permission {permission}"),
            Self::NotShared => f.write_str("not shared with this sign-in"),
            Self::Expired => f.write_str("the form has expired"),
            Self::TooMany { .. } => f.write_str("too many tries"),
            Self::Conflict => f.write_str("changed by somebody else"),
            Self::Unreadable => f.write_str("unreadable request"),
            Self::TooLarge => f.write_str("upload too large"),
            Self::Fault(cause) => write!(f, "fault: {cause}"),
        }
    }
}

impl Error for PageError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Fault(cause) => Some(cause.as_ref()),
            _ => None,
        }
    }
}

impl ResponseError for PageError {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::SignInFirst { .. } => StatusCode::SEE_OTHER,
            Self::Forbidden(_) | Self::NotShared => StatusCode::FORBIDDEN,
            Self::Expired | Self::Unreadable => StatusCode::BAD_REQUEST,
            Self::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::Conflict => StatusCode::CONFLICT,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Fault(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn error_response(&self) -> HttpResponse {
        let mut response = HttpResponse::build(self.status_code());
        match self {
            Self::SignInFirst { at } => {
                response.insert_header((header::LOCATION, at.as_str()));
            }
            Self::TooMany { minutes } => {
                response
                    .insert_header((header::RETRY_AFTER, minutes.saturating_mul(60).to_string()));
            }
            _ => {}
        }
        response.finish()
    }
}

/// Middleware: turns every refusal and fault below it into a page in the visitor's language, and clears a flash once it was shown.
///
/// # Errors
/// Only those of middleware below that answer without a response.
pub async fn pages(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let answered = next.call(request).await?.map_into_boxed_body();
    let (request, mut response) = answered.into_parts();
    if let Some(error) = response.error() {
        let apology = apology(&request, error);
        if let Some(page) = apology {
            let (status, headers) = (response.status(), response.headers().clone());
            response = html(status, page);
            for name in [header::LOCATION, header::RETRY_AFTER] {
                if let Some(value) = headers.get(&name) {
                    response.headers_mut().insert(name, value.clone());
                }
            }
        }
    }
    flash::clear_when_shown(&request, &mut response);
    Ok(ServiceResponse::new(request, response))
}

/// The page for a failed request; `None` where it is no page's business (a redirect).
fn apology(request: &HttpRequest, error: &actix_web::Error) -> Option<String> {
    let status = error.as_response_error().status_code();
    let page_error = error.as_error::<PageError>();
    if status.is_redirection() || status.is_success() {
        return None;
    }
    let id = request
        .extensions()
        .get::<RequestId>()
        .map(ToString::to_string)
        .unwrap_or_default();
    if status.is_server_error() {
        let outermost: &dyn fmt::Display = match page_error {
            Some(known) => known,
            None => error.as_response_error(),
        };
        let causes = causes(outermost, page_error);
        tracing::error!(request_id = %id, path = request.match_pattern().unwrap_or_default(), "{causes}");
    }
    let chrome = Chrome::of(request);
    let is_office = request.path().starts_with("/office");
    let (title, text) = match status {
        StatusCode::PAYLOAD_TOO_LARGE => too_large(chrome.t, is_office),
        StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED if is_office => (
            chrome.t.error_not_found_title(),
            chrome.t.error_not_found_office().to_owned(),
        ),
        status => says(chrome.t, page_error, status),
    };
    let view = ErrorPage {
        t: chrome.t,
        is_office,
        title,
        text,
        fault_id: status.is_server_error().then_some(id),
        chrome,
    };
    view.render().ok()
}

fn causes(outermost: &dyn fmt::Display, error: Option<&PageError>) -> String {
    let mut told = outermost.to_string();
    let mut cause = error.and_then(Error::source).and_then(Error::source);
    while let Some(inner) = cause {
        told.push_str(": ");
        told.push_str(&inner.to_string());
        cause = inner.source();
    }
    told
}

fn says(t: Words, error: Option<&PageError>, status: StatusCode) -> (&'static str, String) {
    match (error, status) {
        (Some(PageError::Forbidden(_)), _) => (
            t.error_forbidden_title(),
            t.error_forbidden_text().to_owned(),
        ),
        (Some(PageError::NotShared), _) => (
            t.error_not_shared_title(),
            t.error_not_shared_text().to_owned(),
        ),
        (Some(PageError::Expired), _) => {
            (t.error_expired_title(), t.error_expired_text().to_owned())
        }
        (Some(PageError::TooMany { minutes }), _) => {
            (t.error_too_many_title(), t.error_too_many_text(minutes))
        }
        (_, StatusCode::CONFLICT) => (t.error_conflict_title(), t.error_conflict_text().to_owned()),
        (_, StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED) => (
            t.error_not_found_title(),
            t.error_not_found_text().to_owned(),
        ),
        (_, status) if status.is_client_error() => (
            t.error_unreadable_title(),
            t.error_unreadable_text().to_owned(),
        ),
        _ => (t.error_fault_title(), t.error_fault_text().to_owned()),
    }
}

/// That a form was larger than anybody listens to, and how large it may be: the office takes whole files of a utility, everybody else a photo.
fn too_large(t: Words, is_office: bool) -> (&'static str, String) {
    let (paper, file) = (MOST_BYTES / MEGABYTE, MOST_TAKEN_IN / MEGABYTE);
    let text = if is_office {
        t.error_too_large_office(paper, file)
    } else {
        t.error_too_large_text(paper)
    };
    (t.error_too_large_title(), text)
}

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage {
    t: Words,
    chrome: Chrome,
    is_office: bool,
    title: &'static str,
    text: String,
    fault_id: Option<String>,
}

#[cfg(test)]
mod tests {
    use actix_web::middleware::from_fn;
    use actix_web::{App, test, web};

    use super::*;

    async fn broken() -> PageResult {
        Err(PageError::fault("the disk is full"))
    }

    #[actix_web::test]
    async fn a_fault_is_an_apology_that_tells_nothing_of_the_cause() {
        let routes = App::new()
            .wrap(from_fn(pages))
            .route("/broken", web::get().to(broken));
        let app = test::init_service(routes).await;
        let request = test::TestRequest::with_uri("/broken")
            .insert_header(("accept-language", "es"))
            .to_request();
        let response = test::call_service(&app, request).await;
        assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
        let body = String::from_utf8(test::read_body(response).await.to_vec()).unwrap();
        assert!(body.contains("Algo falló de nuestro lado") && !body.contains("disk"));
    }
}
