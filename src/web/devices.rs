//! The browser at a sign-in: a cookie by which it is known again, and what it calls itself. The cookie opens nothing.

use actix_web::HttpRequest;
use actix_web::cookie::Cookie;
use actix_web::cookie::time::Duration;
use actix_web::http::header;

use crate::domain::devices::{Device, device_name};
use crate::secrets::{Token, random_token};
use crate::web::PageError;
use crate::web::cookies::cookie;

/// No more of the header is read.
const LONGEST: usize = 400;
/// A shorter key is none of ours.
const SHORTEST: usize = 40;

/// The browser, and the cookie that it keeps for a year from now on.
///
/// # Errors
/// A fault when the system gives no randomness.
pub fn present(
    request: &HttpRequest,
    is_https: bool,
) -> Result<(Device, Cookie<'static>), PageError> {
    let name = if is_https { "__Host-device" } else { "device" };
    let key = match request.cookie(name) {
        Some(kept) if kept.value().len() >= SHORTEST => Token::presented(kept.value()),
        Some(_) | None => random_token().map_err(PageError::fault)?,
    };
    let mut kept = cookie(name, key.reveal().to_owned(), is_https);
    kept.set_max_age(Duration::days(365));
    let header = request.headers().get(header::USER_AGENT);
    let said = header.and_then(|value| value.to_str().ok());
    let said: String = said.unwrap_or_default().chars().take(LONGEST).collect();
    let device = Device {
        key: key.hash(),
        name: device_name(&said),
    };
    Ok((device, kept))
}
