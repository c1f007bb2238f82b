//! Documents that the office takes in and gives out again: told by their bytes on their way in, files of our own name on their way out.

use actix_web::HttpResponse;
use actix_web::http::header;

use crate::domain::holds::{Evidence, EvidenceKind, MOST_DOCUMENTS, NoEvidence};
use crate::i18n::Words;
use crate::usecases::papers::NewDocument;
use crate::web::files::SentFile;
use crate::web::form::Form;

/// The documents of a form, each told by its bytes; what is wrong with one is noted on the form, and everything typed stays.
pub fn documents(
    t: Words,
    form: &mut Form,
    (files, field): (Vec<SentFile>, &'static str),
) -> Vec<NewDocument> {
    let mut taken = Vec::new();
    for file in files.into_iter().filter(|file| file.field == field) {
        if file.is_too_large {
            form.refuse(field, t.hold_document_large());
            continue;
        }
        if file.is_empty() {
            form.refuse(field, t.file_empty());
            continue;
        }
        match Evidence::of(file.bytes) {
            Ok(kept) => taken.push(NewDocument {
                name: plain_name(&file.name),
                kind: kept.kind,
                bytes: kept.bytes,
            }),
            Err(NoEvidence::TooLarge) => form.refuse(field, t.hold_document_large()),
            Err(NoEvidence::Strange) => form.refuse(field, t.hold_document_strange()),
            Err(NoEvidence::Broken) => form.refuse(field, t.hold_document_broken()),
        }
    }
    if taken.len() > MOST_DOCUMENTS {
        form.refuse(field, t.hold_too_many_documents(MOST_DOCUMENTS));
    }
    taken
}

/// The last part of a file's name, without whatever is no plain letter: it is shown, and never used as a name again.
fn plain_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    last.chars().filter(|letter| !letter.is_control()).collect()
}

/// A document as a file of our own name: kept, not shown in the page and not run, and by nobody between.
#[must_use]
pub fn answer(name: &str, kind: EvidenceKind, bytes: Vec<u8>) -> HttpResponse {
    let disposition = format!("attachment; filename=\"{name}.{}\"", kind.ending());
    HttpResponse::Ok()
        .content_type(kind.as_str())
        .insert_header((header::CACHE_CONTROL, "private, no-store"))
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .insert_header((header::CONTENT_ENCODING, "identity"))
        .insert_header((header::CONTENT_DISPOSITION, disposition))
        .body(bytes)
}
