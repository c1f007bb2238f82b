//! Styles, scripts, the typeface and the icons: embedded by build.rs under their content's hash, served compressed and kept forever.

use actix_web::http::header::{self, HeaderMap};
use actix_web::{HttpRequest, HttpResponse};

use crate::web::{PageError, PageResult};

/// One embedded file in the forms it is sent in.
pub struct StaticFile {
    address: &'static str,
    kind: &'static str,
    plain: &'static [u8],
    brotli: Option<&'static [u8]>,
    gzip: Option<&'static [u8]>,
}

include!(concat!(env!("OUT_DIR"), "/static_table.rs"));

/// GET /static/{name} — a file, in the smallest form the browser takes.
///
/// # Errors
/// Not found where there is no such file; an old hash is no file of ours.
pub async fn show(request: HttpRequest) -> PageResult {
    let file = FILES
        .iter()
        .find(|file| file.address == request.path())
        .ok_or(PageError::NotFound)?;
    let (bytes, encoding) =
        if let (Some(bytes), true) = (file.brotli, takes(request.headers(), "br")) {
            (bytes, Some("br"))
        } else if let (Some(bytes), true) = (file.gzip, takes(request.headers(), "gzip")) {
            (bytes, Some("gzip"))
        } else {
            (file.plain, None)
        };
    let mut response = HttpResponse::Ok();
    response
        .content_type(file.kind)
        .insert_header((header::CACHE_CONTROL, "public, max-age=31536000, immutable"))
        .insert_header((header::VARY, "Accept-Encoding"));
    // Named even when plain, so that the compressing middleware leaves the file alone.
    response.insert_header((header::CONTENT_ENCODING, encoding.unwrap_or("identity")));
    Ok(response.body(bytes))
}

fn takes(headers: &HeaderMap, encoding: &str) -> bool {
    let accepted = headers
        .get(header::ACCEPT_ENCODING)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    accepted.split(',').any(|part| {
        let mut parts = part.split(';').map(str::trim);
        parts.next() == Some(encoding) && parts.next().is_none_or(|weight| weight != "q=0")
    })
}

#[cfg(test)]
mod tests {
    use actix_web::test::{TestRequest, call_service, init_service, read_body};
    use actix_web::{App, web};

    use super::*;

    #[actix_web::test]
    async fn files_are_small_and_kept_forever() {
        let app = init_service(App::new().route("/static/{name}", web::get().to(show))).await;
        let ask = |address: &str| {
            TestRequest::with_uri(address)
                .insert_header(("accept-encoding", "gzip, br"))
                .to_request()
        };
        let response = call_service(&app, ask(STYLES)).await;
        assert_eq!(response.headers().get("content-encoding").unwrap(), "br");
        assert!(
            response
                .headers()
                .get("cache-control")
                .unwrap()
                .to_str()
                .unwrap()
                .contains("immutable")
        );
        let bytes: usize = read_body(response).await.len();
        assert!(bytes < 16_000, "the stylesheet takes {bytes} bytes");
        assert_eq!(
            call_service(&app, ask("/static/app.000000000000.css"))
                .await
                .status(),
            404
        );
    }

    #[core::prelude::v1::test]
    fn every_icon_that_a_template_names_is_in_the_sprite() {
        let sprite = include_str!("../../static/vendor/icons.svg");
        let mut folders = vec![std::path::PathBuf::from("templates")];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                    continue;
                }
                let text = std::fs::read_to_string(&path).unwrap();
                for name in text
                    .split("::icon(\"")
                    .skip(1)
                    .filter_map(|rest| rest.split('"').next())
                {
                    assert!(
                        sprite.contains(&format!("id=\"{name}\"")),
                        "{}: no icon {name}",
                        path.display()
                    );
                }
            }
        }
    }
}
