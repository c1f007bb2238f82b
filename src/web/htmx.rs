//! Whether htmx asks, and for how much. A handler that has a fragment gives it only then; without scripts the whole page comes.

use std::convert::Infallible;
use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::http::header::HeaderMap;
use actix_web::{FromRequest, HttpRequest};

/// How a page is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// By a browser, or by htmx for the whole page.
    Page,
    /// By htmx for a part of the page.
    Fragment,
}

impl Asked {
    fn by(headers: &HeaderMap) -> Self {
        let says = |name: &str, value: &str| {
            headers
                .get(name)
                .is_some_and(|found| found.as_bytes() == value.as_bytes())
        };
        if says("hx-request", "true") && says("hx-request-type", "partial") {
            Self::Fragment
        } else {
            Self::Page
        }
    }

    /// Whether only the fragment is wanted.
    #[must_use]
    pub fn is_fragment(self) -> bool {
        self == Self::Fragment
    }
}

impl FromRequest for Asked {
    type Error = Infallible;
    type Future = Ready<Result<Self, Infallible>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(Self::by(request.headers())))
    }
}
