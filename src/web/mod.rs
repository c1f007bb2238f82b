//! Floor 3 · doors for people: a request comes in, a page goes out. How a page is made is told in `templates/README.md`.

pub mod arrangement_view;
pub mod authenticator;
pub mod budget_view;
pub mod chrome;
pub mod client_address;
mod closing;
mod cookies;
pub mod csrf;
pub mod desk;
mod devices;
pub mod doors;
pub mod error;
pub mod evidence;
pub mod files;
pub mod flash;
pub mod form;
pub mod headers;
pub mod htmx;
pub mod limits;
pub mod office;
pub mod order_view;
pub mod outage_view;
pub mod paging;
mod papers;
pub mod photos;
pub mod portal;
pub mod print_batches;
pub mod request_view;
pub mod sandbox;
pub mod sandbox_mail;
pub mod scheduled_view;
pub mod server;
pub mod session;
pub mod similar_homes;
pub mod static_files;
pub mod streams;
pub mod webhooks;

use actix_web::HttpResponse;
use actix_web::http::{StatusCode, header};
use askama::Template;

pub use crate::web::error::{PageError, PageResult};

/// A page, as it is.
///
/// # Errors
/// A fault where the template fails to print.
pub fn page(view: &impl Template) -> PageResult {
    page_with(StatusCode::OK, view)
}

/// A page with another status: 422 for a form with problems.
///
/// # Errors
/// A fault where the template fails to print.
pub fn page_with(status: StatusCode, view: &impl Template) -> PageResult {
    let text = view.render().map_err(PageError::fault)?;
    Ok(html(status, text))
}

/// Finished HTML: a fragment (`view.as_rows().render()?`) or a whole page. Account data is kept by no cache.
#[must_use]
pub fn html(status: StatusCode, text: String) -> HttpResponse {
    HttpResponse::build(status)
        .content_type("text/html; charset=utf-8")
        .insert_header((header::CACHE_CONTROL, "private, no-store"))
        .body(text)
}

/// After a change: look there (303), so that loading again repeats nothing.
///
/// # Errors
/// Never: it is a [`PageResult`] so that handlers end with it.
pub fn see_other(address: impl AsRef<str>) -> PageResult {
    Ok(HttpResponse::SeeOther()
        .insert_header((header::LOCATION, address.as_ref()))
        .finish())
}
