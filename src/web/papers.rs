//! The bill on paper, for either door: the file that is kept with the bill, or the same one made now where none is kept yet.

use actix_web::HttpResponse;
use actix_web::http::header;

use crate::app::App;
use crate::documents::bill_pdf::{self, Sender};
use crate::domain::ids::{BillId, BillNumber};
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::usecases::bill_papers;
use crate::web::PageError;
use crate::web::print_batches::House;

/// Who sends the bills of this house.
pub fn sender(app: &App) -> Sender {
    House::of(&app.config).sender
}

/// The paper of an issued bill that the door has found for whoever asks.
///
/// # Errors
/// Not found where the bill was not issued.
pub fn file(conn: &mut Conn, bill: BillId, sender: &Sender) -> Result<Vec<u8>, PageError> {
    if let Some(kept) = bill_papers::find_kept(conn, bill)? {
        return Ok(kept);
    }
    let papers = bill_papers::load(conn, &[bill])?;
    let paper = papers.first().ok_or(StoreError::Missing("bill"))?;
    bill_pdf::render(paper, sender).map_err(PageError::fault)
}

/// The file as a browser shows it; nobody between keeps a copy.
pub fn answer(number: &BillNumber, file: Vec<u8>) -> HttpResponse {
    HttpResponse::Ok()
        .content_type("application/pdf")
        .insert_header((header::CACHE_CONTROL, "private, no-store"))
        // A PDF is packed already.
        .insert_header((header::CONTENT_ENCODING, "identity"))
        .insert_header((
            header::CONTENT_DISPOSITION,
            format!("inline; filename=\"bill-{number}.pdf\""),
        ))
        .body(file)
}
