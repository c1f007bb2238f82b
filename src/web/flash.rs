//! One sentence that a change leaves for the next page: "Payment received". It travels in a cookie and is shown once.

use actix_web::cookie::{Cookie, SameSite};
use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::web::PageResult;

const COOKIE: &str = "flash";

/// How a flash is meant; also its class on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// It worked.
    Good,
    /// It was refused.
    Bad,
}

impl Tone {
    /// The class of the note.
    #[must_use]
    pub const fn class(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Bad => "bad",
        }
    }

    /// The icon beside it.
    #[must_use]
    pub const fn icon(self) -> &'static str {
        match self {
            Self::Good => "circle-check",
            Self::Bad => "circle-alert",
        }
    }
}

/// A sentence in the visitor's language, and how it is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flash {
    /// How it is meant.
    pub tone: Tone,
    /// The sentence.
    pub text: String,
}

/// After a change: look there, and say this on the page that comes.
///
/// # Errors
/// Never: it is a [`PageResult`] so that handlers end with it.
pub fn see_other_saying(address: impl AsRef<str>, tone: Tone, text: impl AsRef<str>) -> PageResult {
    let value = format!("{}.{}", tone.class(), URL_SAFE_NO_PAD.encode(text.as_ref()));
    let cookie = Cookie::build(COOKIE, value)
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .finish();
    let response = HttpResponse::SeeOther()
        .insert_header((header::LOCATION, address.as_ref()))
        .cookie(cookie)
        .finish();
    Ok(response)
}

/// The flash that came with a request.
pub fn waiting(request: &HttpRequest) -> Option<Flash> {
    let cookie = request.cookie(COOKIE)?;
    let (tone, text) = cookie.value().split_once('.')?;
    let tone = match tone {
        "good" => Tone::Good,
        "bad" => Tone::Bad,
        _ => return None,
    };
    let text = String::from_utf8(URL_SAFE_NO_PAD.decode(text).ok()?).ok()?;
    Some(Flash { tone, text })
}

/// Takes the cookie away once a page was made; a redirect keeps it for the page after.
pub fn clear_when_shown(request: &HttpRequest, response: &mut HttpResponse) {
    let is_page = response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    if is_page && request.cookie(COOKIE).is_some() && request.headers().get("hx-request").is_none()
    {
        let mut gone = Cookie::build(COOKIE, "").path("/").finish();
        gone.make_removal();
        if let Err(why) = response.add_cookie(&gone) {
            tracing::warn!("the flash cookie could not be cleared: {why}");
        }
    }
}
