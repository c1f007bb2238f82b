//! Photos on their way in and out, for either door: a form with at most one picture, told by its bytes and freed of the words that it carries;
//! and the picture as a file to keep, which no browser takes for anything else.

use actix_multipart::Multipart;
use actix_web::HttpResponse;
use actix_web::http::header;
use futures_util::StreamExt;

use crate::domain::ids::RequestNumber;
use crate::domain::photos::{MOST_BYTES, PhotoKind};
use crate::i18n::Words;
use crate::usecases::requests::Photo;
use crate::web::PageError;
use crate::web::form::Form;

/// The longest text of a field, in bytes: more than the longest that is taken, so that the page can say so.
const MOST_FIELD: usize = 32 * 1024;

/// After so many bytes of a form nobody listens any more.
const MOST_HEARD: usize = 4 * MOST_BYTES;

/// How many fields a form of ours has at the most.
const MOST_FIELDS: usize = 200;

/// The file's field.
pub const FIELD: &str = "photo";

/// Reads a form with its picture; what is wrong with the picture is noted on the form, and everything typed stays.
///
/// # Errors
/// `TooLarge`, `Unreadable`.
pub async fn take(mut sent: Multipart, t: Words) -> Result<(Form, Option<Photo>), PageError> {
    let (mut form, mut photo, mut problem) = (Form::default(), None, None);
    let (mut fields, mut all_heard) = (0_usize, 0_usize);
    while let Some(field) = sent.next().await {
        let mut field = field.map_err(|_cut| PageError::Unreadable)?;
        fields += 1;
        if fields > MOST_FIELDS {
            return Err(PageError::TooLarge);
        }
        let name = field.name().unwrap_or_default().to_owned();
        let is_file = field
            .content_disposition()
            .is_some_and(|disposition| disposition.get_filename().is_some());
        let most = if is_file { MOST_BYTES } else { MOST_FIELD };
        let (mut bytes, mut heard) = (Vec::new(), 0_usize);
        while let Some(piece) = field.next().await {
            let piece = piece.map_err(|_cut| PageError::Unreadable)?;
            heard = heard.saturating_add(piece.len());
            all_heard = all_heard.saturating_add(piece.len());
            if heard <= most {
                bytes.extend_from_slice(&piece);
            }
            if all_heard > MOST_HEARD || (heard > most && !is_file) {
                return Err(PageError::TooLarge);
            }
        }
        if !is_file {
            let text = String::from_utf8(bytes).map_err(|_not_text| PageError::Unreadable)?;
            form = form.with(&name, text);
        } else if heard > most {
            problem = Some(t.request_photo_large());
        } else if !bytes.is_empty() {
            match PhotoKind::of(&bytes).map(|kind| (kind, kind.without_words(&bytes))) {
                Some((kind, Some(bytes))) => photo = Some(Photo { kind, bytes }),
                Some((_, None)) => problem = Some(t.request_photo_broken()),
                None => problem = Some(t.request_photo_strange()),
            }
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
pub fn answer(number: &RequestNumber, (kind, bytes): (PhotoKind, Vec<u8>)) -> HttpResponse {
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
