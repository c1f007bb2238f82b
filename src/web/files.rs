//! Forms that carry files, for either door: every field and every file is read, each bounded, before anybody looks at what a file is.

use actix_multipart::Multipart;
use futures_util::StreamExt;

use crate::domain::photos::MOST_BYTES;
use crate::web::PageError;
use crate::web::form::Form;

/// The longest text of a field, in bytes: more than the longest that is taken, so that the page can say so.
const MOST_FIELD: usize = 32 * 1024;

/// The largest file of a utility that the office takes in, in bytes.
pub const MOST_TAKEN_IN: usize = 64 * 1024 * 1024;

/// How many bytes of files one form may bring: four of the largest, as the hints say.
const MOST_KEPT: usize = 4 * MOST_BYTES;

/// After so many bytes of a form nobody listens any more. Until then what is too large is heard and thrown away, so that the page comes back with
/// everything that was typed.
const MOST_HEARD: usize = 128 * 1024 * 1024;

/// How many fields a form of ours has at the most.
const MOST_FIELDS: usize = 200;

/// A file as it came.
#[derive(Debug)]
pub struct SentFile {
    /// The field it was sent in.
    pub field: String,
    /// What it was called; nothing is believed of it.
    pub name: String,
    /// Its bytes; none where it is too large, or came with nothing in it.
    pub bytes: Vec<u8>,
    /// Whether it is larger than the largest that is kept.
    pub is_too_large: bool,
}

impl SentFile {
    /// Whether somebody chose it, and nothing is in it.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.bytes.is_empty() && !self.is_too_large
    }
}

/// Reads a form with its files; a file field that was left empty is none.
///
/// # Errors
/// `TooLarge`, `Unreadable`.
pub async fn read(mut sent: Multipart) -> Result<(Form, Vec<SentFile>), PageError> {
    let (mut form, mut files) = (Form::default(), Vec::new());
    let (mut fields, mut all_heard, mut room) = (0_usize, 0_usize, MOST_KEPT);
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
            MOST_BYTES.min(room)
        } else {
            MOST_FIELD
        };
        let (mut bytes, mut heard, mut is_cut) = (Vec::new(), 0_usize, false);
        while let Some(piece) = field.next().await {
            let piece = piece.map_err(|_cut| PageError::Unreadable)?;
            heard = heard.saturating_add(piece.len());
            all_heard = all_heard.saturating_add(piece.len());
            if heard <= most {
                bytes.extend_from_slice(&piece);
            }
            is_cut = all_heard > MOST_HEARD;
            if (heard > most || is_cut) && file_name.is_none() {
                return Err(PageError::TooLarge);
            }
            if is_cut {
                break;
            }
        }
        let Some(file_name) = file_name else {
            let text = String::from_utf8(bytes).map_err(|_not_text| PageError::Unreadable)?;
            form = form.with(&name, text);
            continue;
        };
        let is_too_large = is_cut || heard > most;
        if is_too_large {
            bytes = Vec::new();
        }
        room = room.saturating_sub(bytes.len());
        // A field without a file comes as a file without a name.
        if is_too_large || !bytes.is_empty() || !file_name.is_empty() {
            files.push(SentFile {
                field: name,
                name: file_name,
                bytes,
                is_too_large,
            });
        }
        if is_cut {
            break;
        }
    }
    Ok((form, files))
}
