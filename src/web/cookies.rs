//! The cookies of the house: bound to the host where its address is https, read by no script.

use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};

use crate::app::App;
use crate::domain::customers::Language;
use crate::domain::sessions::Door;
use crate::web::chrome::LANGUAGE_COOKIE;

/// The cookie that takes a session's key away from the browser.
#[must_use]
pub fn no_cookie(app: &App, door: Door) -> Cookie<'static> {
    let is_https = app.config.is_https();
    let mut gone = cookie(cookie_name(door, is_https), String::new(), is_https);
    gone.set_max_age(Duration::ZERO);
    gone
}

/// The cookie that keeps the language of this browser.
#[must_use]
pub fn language_cookie(app: &App, language: Language) -> Cookie<'static> {
    let value = language.as_str().to_owned();
    let mut kept = cookie(LANGUAGE_COOKIE, value, app.config.is_https());
    kept.set_max_age(Duration::days(365));
    kept
}

/// `__Host-` binds a cookie to this host, `/` and https; browsers refuse that name over plain http, which is for loopback alone.
pub(super) const fn cookie_name(door: Door, is_https: bool) -> &'static str {
    match (door, is_https) {
        (Door::Portal, true) => "__Host-session",
        (Door::Portal, false) => "session",
        (Door::Office, true) => "__Host-office",
        (Door::Office, false) => "office",
    }
}

/// The cookie of somebody who is not signed in.
pub(super) const fn visitor_cookie_name(is_https: bool) -> &'static str {
    if is_https {
        "__Host-visitor"
    } else {
        "visitor"
    }
}

/// Lax, not Strict: the return from the payment page must still be signed in. No age: it goes when the browser closes.
pub(super) fn cookie(name: &'static str, value: String, is_https: bool) -> Cookie<'static> {
    Cookie::build(name, value)
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(is_https)
        .finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cookies_are_bound_to_the_host_where_the_address_is_https() {
        let bound = cookie(cookie_name(Door::Portal, true), "x".to_owned(), true).to_string();
        assert_eq!(
            bound,
            "__Host-session=x; HttpOnly; SameSite=Lax; Secure; Path=/"
        );
        let plain = cookie(cookie_name(Door::Office, false), "x".to_owned(), false).to_string();
        assert_eq!(plain, "office=x; HttpOnly; SameSite=Lax; Path=/");
    }
}
