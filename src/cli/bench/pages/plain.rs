//! The measure of all pages: one of 13 kB that is always the same, from a bare server in this process.

use std::net::{SocketAddr, TcpListener};

use actix_web::http::header::ContentType;
use actix_web::{App as Routes, HttpResponse, HttpServer, web};
use anyhow::Context;
use askama::Template;

use crate::cli::bench::serving::Serving;

/// As many rows as make 13 kB.
const ROWS: u32 = 168;

#[derive(Template)]
#[template(
    source = "<!doctype html><html lang=\"en\"><head><title>Plain</title></head><body><h1>Plain</h1><table>\
{% for row in 0..rows %}<tr><td>Row {{ row }}</td><td>as plain as a page of the portal is not</td></tr>\n{% endfor %}\
</table></body></html>",
    ext = "html"
)]
struct Plain {
    rows: u32,
}

/// Starts the bare server.
pub fn serve() -> anyhow::Result<(SocketAddr, Serving)> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let at = listener.local_addr()?;
    let serving = Serving::start(move || {
        let server = HttpServer::new(|| Routes::new().route("/", web::get().to(page)));
        Ok(server.disable_signals().listen(listener)?.run())
    })
    .context("the bare server")?;
    Ok((at, serving))
}

async fn page() -> HttpResponse {
    match (Plain { rows: ROWS }).render() {
        Ok(body) => HttpResponse::Ok()
            .content_type(ContentType::html())
            .body(body),
        Err(_unprinted) => HttpResponse::InternalServerError().finish(),
    }
}
