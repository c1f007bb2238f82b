//! Forms that carry files, for either door: every field and every file is read, each bounded, before anybody looks at what a file is.

use actix_multipart::Multipart;
use futures_util::StreamExt;

use crate::domain::photos::MOST_BYTES;
use crate::web::PageError;
use crate::web::form::Form;

/// The longest text of a field, in bytes: more than the longest that is taken, so that the page can say so.
const MOST_FIELD: usize = 32 * 1024;

/// After so many bytes of a form nobody listens any more: four of the largest files, as the hints say, and every field of it.
const MOST_HEARD: usize = 4 * MOST_BYTES + MOST_FIELDS * MOST_FIELD;

/// How many fields a form of ours has at the most.
const MOST_FIELDS: usize = 200;

/// A file as it came.
#[derive(Debug)]
pub struct SentFile {
    /// The field it was sent in.
    pub field: String,
    /// What it was called; nothing is believed of it.
    pub name: String,
    /// Its bytes; none where it is too large.
    pub bytes: Vec<u8>,
    /// Whether it is larger than the largest that is kept.
    pub is_too_large: bool,
}

/// Reads a form with its files; a file field that was left empty is none.
///
/// # Errors
/// `TooLarge`, `Unreadable`.
pub async fn read(mut sent: Multipart) -> Result<(Form, Vec<SentFile>), PageError> {
    let (mut form, mut files) = (Form::default(), Vec::new());
    let (mut fields, mut all_heard) = (0_usize, 0_usize);
    while let Some(field) = sent.next().await {
        let mut field = field.map_err(|_cut| PageError::Unreadable)?;
        fields += 1;
        if fields > MOST_FIELDS {
            return Err(PageError::TooLarge);
        }
        let name = field.name().unwrap_or_default().to_owned();
        let file_name = field
            .content_disposition()
            .and_then(|disposition| disposition.get_filename())
            .map(str::to_owned);
        let most = if file_name.is_some() {
            MOST_BYTES
        } else {
            MOST_FIELD
        };
        let (mut bytes, mut heard) = (Vec::new(), 0_usize);
        while let Some(piece) = field.next().await {
            let piece = piece.map_err(|_cut| PageError::Unreadable)?;
            heard = heard.saturating_add(piece.len());
            all_heard = all_heard.saturating_add(piece.len());
            if heard <= most {
                bytes.extend_from_slice(&piece);
            }
            if all_heard > MOST_HEARD || (heard > most && file_name.is_none()) {
                return Err(PageError::TooLarge);
            }
        }
        let Some(file_name) = file_name else {
            let text = String::from_utf8(bytes).map_err(|_not_text| PageError::Unreadable)?;
            form = form.with(&name, text);
            continue;
        };
        let is_too_large = heard > most;
        if is_too_large {
            bytes = Vec::new();
        }
        if is_too_large || !bytes.is_empty() {
            files.push(SentFile {
                field: name,
                name: file_name,
                bytes,
                is_too_large,
            });
        }
    }
    Ok((form, files))
}
