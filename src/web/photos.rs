//! Photos on their way in and out, for either door: a form with at most one picture, told by its bytes and freed of the words that it carries;
//! and the picture as a file to keep, which no browser takes for anything else.

use std::fmt::Display;

use actix_multipart::Multipart;
use actix_web::HttpResponse;
use actix_web::http::header;

use crate::domain::photos::PhotoKind;
use crate::i18n::Words;
use crate::usecases::requests::Photo;
use crate::web::form::Form;
use crate::web::{PageError, files};

/// The file's field.
pub const FIELD: &str = "photo";

/// Reads a form with its picture; what is wrong with the picture is noted on the form, and everything typed stays.
///
/// # Errors
/// `TooLarge`, `Unreadable`.
pub async fn take(sent: Multipart, t: Words) -> Result<(Form, Option<Photo>), PageError> {
    let (mut form, sent) = files::read(sent).await?;
    let (mut photo, mut problem) = (None, None);
    for file in sent {
        if file.is_too_large {
            problem = Some(t.request_photo_large());
            continue;
        }
        if file.is_empty() {
            problem = Some(t.file_empty());
            continue;
        }
        let kind = PhotoKind::of(&file.bytes);
        match kind.map(|kind| (kind, kind.without_words(&file.bytes))) {
            Some((kind, Some(bytes))) => photo = Some(Photo { kind, bytes }),
            Some((_, None)) => problem = Some(t.request_photo_broken()),
            None => problem = Some(t.request_photo_strange()),
        }
    }
    if let Some(problem) = problem {
        form.refuse(FIELD, problem);
        photo = None;
    }
    Ok((form, photo))
}

/// The picture as a file of its own name: kept, not run, and by nobody between. `nosniff` stands on every answer of the house.
#[must_use]
pub fn answer(number: &impl Display, (kind, bytes): (PhotoKind, Vec<u8>)) -> HttpResponse {
    let name = format!("photo-{number}.{}", kind.ending());
    HttpResponse::Ok()
        .content_type(kind.as_str())
        .insert_header((header::CACHE_CONTROL, "private, no-store"))
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        // A picture is packed already.
        .insert_header((header::CONTENT_ENCODING, "identity"))
        .insert_header((
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{name}\""),
        ))
        .body(bytes)
}
