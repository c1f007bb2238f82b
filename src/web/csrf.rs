//! Every form proves that our own page sent it: a middleware asks each change for the token that the chrome put into the form. Only the doors
//! of machines are excepted, which verify a signature or a key instead.

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::http::header::{CONTENT_TYPE, HeaderMap};
use actix_web::middleware::Next;
use actix_web::web::{Bytes, BytesMut};
use actix_web::{HttpMessage, error::PayloadError};
use futures_util::{StreamExt, stream};

use crate::secrets::is_same;
use crate::web::PageError;
use crate::web::chrome::Visitor;

/// The field of a form, and the header of a script.
const FIELD: &str = "csrf";
const HEADER: &str = "x-csrf-token";

/// Addresses whose callers sign what they send or show a key; the last is a signed link that a mail program posts to. A test holds this list.
pub const EXCEPT: [&str; 3] = ["/webhooks/", "/sandbox/v1/", "/unsubscribe"];

/// The most bytes of a plain form; files come as multipart and are bounded by their handler.
const MOST_FORM: usize = 1024 * 1024;

/// How much of a multipart body is looked at: the token is the first part of the form.
const FIRST_PART: usize = 4 * 1024;

/// Middleware: refuses a change without the visitor's token, before any handler sees it.
///
/// # Errors
/// None of its own: a refusal is answered.
pub async fn check(
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let is_excepted = EXCEPT.iter().any(|door| request.path().starts_with(door));
    if !request.method().is_safe() && !is_excepted {
        let expected = request
            .extensions()
            .get::<Visitor>()
            .map(|visitor| visitor.csrf.clone())
            .unwrap_or_default();
        let sent = match sent_token(&mut request).await {
            Ok(sent) => sent.unwrap_or_default(),
            Err(refusal) => return Ok(request.error_response(refusal).map_into_boxed_body()),
        };
        let is_ours = !expected.is_empty() && is_same(&sent, &expected);
        if is_from_elsewhere(request.headers()) || !is_ours {
            return Ok(request
                .error_response(PageError::Expired)
                .map_into_boxed_body());
        }
    }
    Ok(next.call(request).await?.map_into_boxed_body())
}

/// Browsers say where a request comes from; another site's is refused whatever it carries.
fn is_from_elsewhere(headers: &HeaderMap) -> bool {
    headers
        .get("sec-fetch-site")
        .is_some_and(|site| site.as_bytes() == b"cross-site")
}

async fn sent_token(request: &mut ServiceRequest) -> Result<Option<String>, PageError> {
    if let Some(token) = request.headers().get(HEADER) {
        return Ok(token.to_str().ok().map(str::to_owned));
    }
    let kind = request
        .headers()
        .get(CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok())
        .unwrap_or_default()
        .to_owned();
    if kind.starts_with("application/x-www-form-urlencoded") {
        let body = whole_body(request.take_payload()).await?;
        let token = form_field(&body);
        request.set_payload(Payload::from(body));
        Ok(token)
    } else if let Some(boundary) = boundary(&kind) {
        let mut rest = request.take_payload();
        let start = start_of_body(&mut rest).await?;
        let token = first_part(&start, boundary);
        let again = stream::iter([Ok::<Bytes, PayloadError>(start)]).chain(rest);
        request.set_payload(Payload::Stream {
            payload: Box::pin(again),
        });
        Ok(token)
    } else {
        Ok(None)
    }
}

async fn whole_body(mut payload: Payload) -> Result<Bytes, PageError> {
    let mut body = BytesMut::new();
    while let Some(piece) = payload.next().await {
        let piece = piece.map_err(|_cut| PageError::Unreadable)?;
        if body.len() + piece.len() > MOST_FORM {
            return Err(PageError::TooLarge);
        }
        body.extend_from_slice(&piece);
    }
    Ok(body.freeze())
}

async fn start_of_body(payload: &mut Payload) -> Result<Bytes, PageError> {
    let mut start = BytesMut::new();
    while start.len() < FIRST_PART {
        match payload.next().await {
            Some(piece) => {
                start.extend_from_slice(&piece.map_err(|_cut| PageError::Unreadable)?);
            }
            None => break,
        }
    }
    Ok(start.freeze())
}

/// The token has no letters that a form encodes, so its bytes are itself.
fn form_field(body: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(body).ok()?;
    let value = text
        .split('&')
        .find_map(|pair| pair.strip_prefix(FIELD)?.strip_prefix('='))?;
    Some(value.to_owned())
}

fn boundary(kind: &str) -> Option<&str> {
    let rest = kind.strip_prefix("multipart/form-data")?;
    let value = rest
        .split(';')
        .find_map(|part| part.trim().strip_prefix("boundary="))?;
    Some(value.trim_matches('"'))
}

/// The value of the form's first part, if that is the token.
fn first_part(start: &[u8], boundary: &str) -> Option<String> {
    let text = String::from_utf8_lossy(start);
    let part = text
        .strip_prefix("--")?
        .strip_prefix(boundary)?
        .strip_prefix("\r\n")?;
    let (head, rest) = part.split_once("\r\n\r\n")?;
    let (value, _) = rest.split_once("\r\n--")?;
    head.contains(&format!("name=\"{FIELD}\""))
        .then(|| value.to_owned())
}

#[cfg(test)]
mod tests {
    use actix_web::middleware::from_fn;
    use actix_web::test::{self, TestRequest};
    use actix_web::{App, HttpResponse, web};

    use super::*;

    const TOKEN: &str = "0f4b-token_of~the.page";

    async fn with_token(
        request: ServiceRequest,
        next: Next<impl MessageBody + 'static>,
    ) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
        let csrf = TOKEN.to_owned();
        request.extensions_mut().insert(Visitor {
            csrf,
            ..Visitor::default()
        });
        Ok(next.call(request).await?.map_into_boxed_body())
    }

    async fn echo(body: Bytes) -> HttpResponse {
        HttpResponse::Ok().body(body)
    }

    async fn status_of(request: TestRequest) -> (u16, Bytes) {
        let routes = App::new()
            .default_service(web::to(echo))
            .wrap(from_fn(check))
            .wrap(from_fn(with_token));
        let app = test::init_service(routes).await;
        let response = test::call_service(&app, request.to_request()).await;
        (response.status().as_u16(), test::read_body(response).await)
    }

    fn form(body: &str) -> TestRequest {
        TestRequest::post()
            .insert_header((CONTENT_TYPE, "application/x-www-form-urlencoded"))
            .set_payload(body.to_owned())
    }

    #[actix_web::test]
    async fn a_form_without_the_pages_token_is_refused() {
        assert_eq!(status_of(form("a=1").uri("/pay")).await.0, 400);
        assert_eq!(status_of(form("a=1&csrf=other").uri("/pay")).await.0, 400);
        assert_eq!(status_of(TestRequest::delete().uri("/pay")).await.0, 400);
        assert_eq!(status_of(TestRequest::get().uri("/pay")).await.0, 200);
        let foreign =
            form(&format!("csrf={TOKEN}")).insert_header(("sec-fetch-site", "cross-site"));
        assert_eq!(status_of(foreign.uri("/pay")).await.0, 400);
    }

    #[actix_web::test]
    async fn the_handler_still_sees_the_whole_form() {
        let body = format!("a=1&csrf={TOKEN}&b=2");
        let (status, seen) = status_of(form(&body).uri("/pay")).await;
        assert_eq!((status, seen), (200, Bytes::from(body)));
        let by_script = TestRequest::delete().insert_header((HEADER, TOKEN));
        assert_eq!(status_of(by_script.uri("/pay")).await.0, 200);
    }

    #[actix_web::test]
    async fn an_upload_shows_the_token_in_its_first_part() {
        let upload = |token: &str| {
            let file = "x".repeat(3 * FIRST_PART);
            format!(
                "--b0\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n{token}\r\n\
                 --b0\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\n{file}\r\n--b0--\r\n"
            )
        };
        let send = |body: String| {
            TestRequest::post()
                .insert_header((CONTENT_TYPE, "multipart/form-data; boundary=b0"))
                .set_payload(body)
                .uri("/office/imports")
        };
        let (status, seen) = status_of(send(upload(TOKEN))).await;
        assert_eq!((status, seen), (200, Bytes::from(upload(TOKEN))));
        assert_eq!(status_of(send(upload("other"))).await.0, 400);
    }

    #[actix_web::test]
    async fn only_machines_doors_are_excepted() {
        assert_eq!(EXCEPT, ["/webhooks/", "/sandbox/v1/", "/unsubscribe"]);
        for machine in ["/webhooks/stripe", "/sandbox/v1/checkout/sessions"] {
            assert_eq!(
                status_of(form("a=1").uri(machine)).await.0,
                200,
                "{machine}"
            );
        }
        for person in [
            "/webhooks",
            "/sandbox/v1",
            "/sandbox/pay/x",
            "/office/webhooks/x",
        ] {
            assert_eq!(status_of(form("a=1").uri(person)).await.0, 400, "{person}");
        }
    }
}
