//! A whole utility from its own files: sent at once, looked through with every line that cannot be taken named, then taken, all or none.

use std::collections::HashSet;
use std::fs;
use std::io::ErrorKind;

use actix_multipart::Multipart;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Query};
use askama::Template;
use serde::Deserialize;

use crate::adapters::setup::{SetupFilesError, Tables, from_bytes};
use crate::app::App;
use crate::domain::setup::{Refusal, SetupFile};
use crate::i18n::Words;
use crate::store::db::{Conn, Tx};
use crate::usecases::setup::{Report, SetupError, import, weigh};
use crate::web::chrome::Chrome;
use crate::web::flash::{Tone, see_other_saying};
use crate::web::form::Form;
use crate::web::office::uploads::{self, MOST_FILES, MOST_TOGETHER};
use crate::web::session::{StaffMember, percent_encoded};
use crate::web::{PageError, PageResult, page_with, see_other};

/// How many refused lines a page shows.
const SHOWN: usize = 200;

/// Where the files are sent.
const ADDRESS: &str = "/office/utility-files";

#[derive(Template)]
#[template(path = "office/utility_files/index.html")]
struct Index {
    t: Words,
    chrome: Chrome,
    form: Form,
    files: &'static [SetupFile],
}

fn index_view(chrome: Chrome, form: Form, status: StatusCode) -> PageResult {
    let view = Index {
        t: chrome.t,
        chrome,
        form,
        files: SetupFile::ALL,
    };
    page_with(status, &view)
}

/// GET /office/utility-files
pub async fn index(chrome: Chrome) -> PageResult {
    index_view(chrome, Form::default(), StatusCode::OK)
}

/// POST /office/utility-files — keep the files and look into them.
pub async fn create(chrome: Chrome, payload: Multipart) -> PageResult {
    let upload = uploads::take(payload).await?;
    let mut form = Form::default();
    if let Some(lacks) = upload.lacks(chrome.t) {
        form.refuse("files", lacks);
        return index_view(chrome, form, StatusCode::UNPROCESSABLE_ENTITY);
    }
    if upload.has_more {
        form.refuse("files", chrome.t.setup_too_many());
        return index_view(chrome, form, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let is_ours = |name: &str| name.to_lowercase().parse::<SetupFile>().is_ok();
    let mut names = upload.files.iter().map(|(name, _)| name);
    if let Some(other) = names.find(|name| !is_ours(name)) {
        form.refuse("files", chrome.t.setup_unknown_file(other));
        return index_view(chrome, form, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let mut names = HashSet::new();
    let mut repeated = upload.files.iter().map(|(name, _)| name.to_lowercase());
    if let Some(name) = repeated.find(|name| !names.insert(name.clone())) {
        form.refuse("files", chrome.t.setup_file_twice(name));
        return index_view(chrome, form, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let files: Vec<String> = upload
        .files
        .iter()
        .map(|(name, sha256)| format!("{}:{sha256}", name.to_lowercase()))
        .collect();
    let files = percent_encoded(&files.join(","));
    see_other(format!("{ADDRESS}/waiting?files={files}"))
}

/// Which files wait: each by name and fingerprint.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Waiting {
    #[serde(default)]
    files: String,
}

#[derive(Template)]
#[template(path = "office/utility_files/waiting.html")]
struct Look {
    t: Words,
    chrome: Chrome,
    files: String,
    report: Report,
    shown: usize,
}

impl Look {
    fn refusals(&self) -> impl Iterator<Item = &Refusal> {
        self.report.refusals.iter().take(self.shown)
    }
}

/// GET /office/utility-files/waiting — what the files would do; nothing is taken.
pub async fn waiting(app: Data<App>, chrome: Chrome, asked: Query<Waiting>) -> PageResult {
    let files = asked.into_inner().files;
    let Some(tables) = read_aside(&files).await? else {
        return gone(&chrome);
    };
    let on = app.clock.today();
    let look = move |conn: &mut Conn| weigh(conn, on, (&tables.0, &tables.1));
    match app.db.read(look).await {
        Ok(report) => looked(chrome, files, report, StatusCode::OK),
        Err(SetupError::Fault(fault)) => Err(fault.into()),
        Err(fault) => Err(PageError::fault(fault)),
    }
}

/// POST /office/utility-files/waiting — take them, all or none.
pub async fn accept(app: Data<App>, chrome: Chrome, staff: StaffMember, form: Form) -> PageResult {
    let files = form.value("files").to_owned();
    let Some(tables) = read_aside(&files).await? else {
        return gone(&chrome);
    };
    let zone = app.clock.zone();
    let take = move |tx: &mut Tx<'_>| import(tx, zone, (&tables.0, &tables.1));
    match app.db.write(staff.stamp(&app), take).await {
        Ok(report) => {
            for path in paths(&files).filter_map(|(_, path)| path) {
                match fs::remove_file(path) {
                    Ok(()) => {}
                    Err(error) if error.kind() == ErrorKind::NotFound => {}
                    Err(error) => return Err(PageError::fault(error)),
                }
            }
            let said = if report.has_news() {
                chrome.t.setup_done()
            } else {
                chrome.t.import_same()
            };
            see_other_saying("/office", Tone::Good, said)
        }
        Err(SetupError::Refused(report)) => {
            looked(chrome, files, report, StatusCode::UNPROCESSABLE_ENTITY)
        }
        Err(SetupError::Fault(fault)) => Err(fault.into()),
        Err(fault) => Err(PageError::fault(fault)),
    }
}

fn looked(chrome: Chrome, files: String, report: Report, status: StatusCode) -> PageResult {
    let view = Look {
        t: chrome.t,
        chrome,
        files,
        report,
        shown: SHOWN,
    };
    page_with(status, &view)
}

/// Somebody took the files in the meantime, or they waited for too long.
fn gone(chrome: &Chrome) -> PageResult {
    see_other_saying(ADDRESS, Tone::Bad, chrome.t.import_again())
}

fn paths(files: &str) -> impl Iterator<Item = (&str, Option<std::path::PathBuf>)> {
    let named = files.split(',').filter_map(|file| file.split_once(':'));
    named.map(|(name, sha256)| (name, uploads::waiting(sha256)))
}

/// Reads the files that wait, on a thread that may block; nothing where one of them does not wait any more.
async fn read_aside(files: &str) -> Result<Option<Tables>, PageError> {
    let files = files.to_owned();
    let work = move || read(&files);
    let read = tokio::task::spawn_blocking(work).await;
    read.map_err(PageError::fault)?
}

fn read(files: &str) -> Result<Option<Tables>, PageError> {
    let (mut found, mut heard) = (Vec::new(), 0_usize);
    // Whoever writes an address by hand reads no more than whoever sends files.
    if paths(files).count() > MOST_FILES {
        return Err(PageError::TooLarge);
    }
    for (name, path) in paths(files) {
        let Some(path) = path else {
            return Ok(None);
        };
        match fs::read(path) {
            Ok(bytes) => {
                heard = heard.saturating_add(bytes.len());
                if heard > MOST_TOGETHER {
                    return Err(PageError::TooLarge);
                }
                found.push((name.to_owned(), bytes));
            }
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(PageError::fault(error)),
        }
    }
    match from_bytes(found) {
        Ok(tables) => Ok(Some(tables)),
        Err(SetupFilesError::None) => Ok(None),
        Err(_other_name) => Err(PageError::Unreadable),
    }
}
