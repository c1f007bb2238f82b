//! The payments that this browser asked for without a sign-in within a day: a cookie keeps the keys of their forms, which nobody can guess and
//! behind which their receipts stand anyway. It tells whoever pays again only of what was paid here.

use actix_web::cookie::time::Duration;
use actix_web::{HttpRequest, HttpResponse};

use crate::domain::payments::doubts::equal_within;
use crate::web::PageError;
use crate::web::cookies::cookie;

/// So many payments are remembered, the latest.
const MOST: usize = 20;

/// Between two keys.
const BETWEEN: char = '.';

const fn name(is_https: bool) -> &'static str {
    if is_https { "__Host-paid" } else { "paid" }
}

/// The keys of the forms that paid here, the latest first; whatever else the cookie holds is passed over.
#[must_use]
pub fn list(request: &HttpRequest, is_https: bool) -> Vec<String> {
    let Some(kept) = request.cookie(name(is_https)) else {
        return Vec::new();
    };
    kept.value()
        .split(BETWEEN)
        .filter(|key| uuid::Uuid::parse_str(key).is_ok())
        .take(MOST)
        .map(ToOwned::to_owned)
        .collect()
}

/// Remembers in this browser that a form asked for a payment.
///
/// # Errors
/// A fault when the cookie cannot be written.
pub fn remember(
    mut response: HttpResponse,
    (key, mut earlier): (&str, Vec<String>),
    is_https: bool,
) -> Result<HttpResponse, PageError> {
    earlier.retain(|known| known != key);
    earlier.insert(0, key.to_owned());
    earlier.truncate(MOST);
    let value = earlier.join(&BETWEEN.to_string());
    let mut kept = cookie(name(is_https), value, is_https);
    kept.set_max_age(Duration::seconds(equal_within().num_seconds()));
    response.add_cookie(&kept).map_err(PageError::fault)?;
    Ok(response)
}

#[cfg(test)]
mod tests {
    use actix_web::cookie::Cookie;
    use actix_web::test::TestRequest;

    use super::*;

    const ONE: &str = "00000000-0000-4000-8000-000000000001";
    const TWO: &str = "00000000-0000-4000-8000-000000000002";

    fn presents(value: &str) -> Vec<String> {
        let kept = Cookie::new("paid", value.to_owned());
        let request = TestRequest::default().cookie(kept).to_http_request();
        list(&request, false)
    }

    #[test]
    fn a_browser_remembers_the_latest_payments_and_no_other_words() {
        assert_eq!(presents(&format!("{ONE}.x.{TWO}")), [ONE, TWO]);
        assert!(presents("").is_empty());
        let many = vec![TWO.to_owned(); MOST];
        let answer = remember(HttpResponse::Ok().finish(), (ONE, many), false);
        let answer = answer.expect("the cookie is written");
        let kept = answer.cookies().next().expect("a cookie");
        assert_eq!(kept.max_age(), Some(Duration::days(1)));
        let kept = presents(kept.value());
        assert_eq!((kept.len(), kept[0].as_str()), (MOST, ONE));
    }
}
