//! Files of reads: sent, looked into without taking anything, then imported. What was refused is listed line by line.

use std::fs::{self, File};
use std::io::ErrorKind;
use std::sync::Arc;

use actix_multipart::Multipart;
use actix_web::HttpRequest;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use askama::Template;
use chrono::NaiveDateTime;
use chrono_tz::Tz;

use crate::adapters::ami::mapping::Mapping;
use crate::adapters::ami::{self, FeedOptions, FeedPlan};
use crate::app::App;
use crate::domain::exceptions::ExceptionReason;
use crate::domain::feed::{FeedFormat, Stamping};
use crate::domain::ids::ImportId;
use crate::domain::stamp::Stamp;
use crate::i18n::Words;
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::store::imports::{self, ImportRow, RejectionRow};
use crate::usecases::mappings::{self, MappingError};
use crate::usecases::reads::desk::vee_settings;
use crate::usecases::reads::{ImportError, ImportPlan, ImportReport, dry_run, import_reads};
use crate::web::chrome::Chrome;
use crate::web::flash::{Tone, see_other_saying};
use crate::web::form::Form;
use crate::web::office::uploads;
use crate::web::session::StaffMember;
use crate::web::{PageError, PageResult, page, page_with, see_other};

/// How many imports the list shows.
const ROWS: i64 = 50;

/// How many refused lines a page shows.
const REJECTIONS: i64 = 200;

#[derive(Template)]
#[template(path = "office/imports/index.html")]
struct Index {
    t: Words,
    chrome: Chrome,
    zone: Tz,
    imports: Vec<ImportRow>,
    mappings: Vec<String>,
    form: Form,
}

impl Index {
    fn local(&self, at: &NaiveDateTime) -> NaiveDateTime {
        at.and_utc().with_timezone(&self.zone).naive_local()
    }

    fn formats(&self) -> Vec<(&'static str, String)> {
        FeedFormat::ALL
            .iter()
            .map(|format| (format.as_str(), self.t.import_format_name(format.as_str())))
            .collect()
    }

    fn stampings(&self) -> Vec<(&'static str, &'static str)> {
        let usual = ("", self.t.import_stamping_usual());
        let all = Stamping::ALL.iter();
        let named = all.map(|end| (end.as_str(), stamping_name(self.t, *end)));
        std::iter::once(usual).chain(named).collect()
    }

    fn mapping_names(&self) -> Vec<(String, String)> {
        let mut all = vec![(String::new(), self.t.import_mapping_none().to_owned())];
        all.extend(
            self.mappings
                .iter()
                .map(|name| (name.clone(), name.clone())),
        );
        all
    }
}

async fn list(app: &App, chrome: Chrome, form: Form) -> Result<Index, PageError> {
    let (imports, mappings) = app
        .db
        .read(|conn| {
            Ok::<_, StoreError>((imports::list(conn, ROWS)?, imports::list_mappings(conn)?))
        })
        .await?;
    Ok(Index {
        t: chrome.t,
        zone: app.clock.zone(),
        chrome,
        imports,
        mappings,
        form,
    })
}

/// GET /office/imports
pub async fn index(app: Data<App>, chrome: Chrome) -> PageResult {
    page(&list(&app, chrome, Form::default()).await?)
}

/// POST /office/imports — keep the file and look into it.
pub async fn create(app: Data<App>, chrome: Chrome, payload: Multipart) -> PageResult {
    let upload = uploads::take(payload).await?;
    let mut form = DECLARED.iter().fold(Form::default(), |form, name| {
        form.with(
            name,
            upload.fields.get(*name).map_or("", |text| text.trim()),
        )
    });
    let declared = declared(&mut form, chrome.t);
    if let Some(lacks) = upload.lacks(chrome.t) {
        form.refuse("file", lacks);
    }
    let (Some((name, sha256)), Some(_)) = (upload.files.last(), declared) else {
        return page_with(
            StatusCode::UNPROCESSABLE_ENTITY,
            &list(&app, chrome, form).await?,
        );
    };
    let query: String = DECLARED
        .iter()
        .map(|name| format!("{name}={}&", plain(form.value(name))))
        .collect();
    let name = plain(name);
    see_other(format!(
        "/office/imports/waiting/{sha256}?{query}name={name}"
    ))
}

/// A text as part of an address.
fn plain(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                char::from(byte).to_string()
            }
            _ => format!("%{byte:02X}"),
        })
        .collect()
}

/// The fields that say how a file is to be read.
const DECLARED: [&str; 5] = ["format", "mapping", "meter", "zone", "stamping"];

/// How a waiting file is to be read.
#[derive(Debug, Clone)]
struct Declared {
    format: FeedFormat,
    mapping: String,
    meter: String,
    /// The zone of the stamps, where it is not the format's usual one.
    zone: Option<Tz>,
    /// What a stamp names, where it is not what it usually names in the format.
    stamping: Option<Stamping>,
    /// What the file was called.
    name: String,
}

impl Declared {
    fn options(&self, utility: Tz) -> FeedOptions {
        let usual = FeedOptions::usual(self.format, utility);
        FeedOptions {
            zone: self.zone.unwrap_or(usual.zone),
            stamping: self.stamping.unwrap_or(usual.stamping),
            meter: Some(self.meter.clone()).filter(|meter| !meter.is_empty()),
        }
    }
}

/// What a form, or an address, declares of a file; nothing where it names no format, zone or stamping of ours.
fn declared(form: &mut Form, t: Words) -> Option<Declared> {
    let format = form.parse("format", t.import_format_unknown());
    let zone = form.parse_if_any("zone", t.import_zone_unknown());
    let stamping = form.parse_if_any("stamping", t.import_stamping_unknown());
    let is_good = form.is_good();
    format.filter(|_| is_good).map(|format| Declared {
        format,
        mapping: form.value("mapping").to_owned(),
        meter: form.value("meter").to_owned(),
        zone,
        stamping,
        name: form.value("name").to_owned(),
    })
}

fn stamping_name(t: Words, stamping: Stamping) -> &'static str {
    match stamping {
        Stamping::Start => t.import_stamping_start(),
        Stamping::End => t.import_stamping_end(),
    }
}

#[derive(Template)]
#[template(path = "office/imports/waiting.html")]
struct Waiting {
    t: Words,
    chrome: Chrome,
    sha256: String,
    declared: Declared,
    /// The declaration in full, what was left to the format among it.
    options: FeedOptions,
    form: Form,
    report: Option<ImportReport>,
    problem: Option<String>,
}

impl Waiting {
    fn hidden(&self) -> Vec<(&'static str, &str)> {
        let names = DECLARED.into_iter().chain(["name"]);
        names.map(|name| (name, self.form.value(name))).collect()
    }

    fn stamping(&self) -> &'static str {
        stamping_name(self.t, self.options.stamping)
    }

    fn exceptions(&self) -> Vec<(ExceptionReason, u64)> {
        let found = self.report.iter().flat_map(|report| &report.exceptions);
        found.map(|(reason, count)| (*reason, *count)).collect()
    }
}

/// GET /office/imports/waiting/{sha256} — what is in the file; nothing is taken.
pub async fn waiting(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<String>,
    request: HttpRequest,
) -> PageResult {
    let sha256 = path.into_inner();
    let mut form = Form::of_query(request.query_string());
    let declared = declared(&mut form, chrome.t).ok_or(PageError::Unreadable)?;
    let work = (sha256.clone(), declared.clone(), false);
    let (report, problem) = match run(&app, staff.stamp(&app), work).await {
        Ok(report) => (Some(report), None),
        Err(ImportError::File(error)) => (None, Some(error.to_string())),
        Err(ImportError::Fault(fault)) => return Err(fault.into()),
    };
    page(&Waiting {
        t: chrome.t,
        chrome,
        sha256,
        options: declared.options(app.clock.zone()),
        declared,
        form,
        report,
        problem,
    })
}

/// POST /office/imports/waiting/{sha256} — take it.
pub async fn accept(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<String>,
    mut form: Form,
) -> PageResult {
    let sha256 = path.into_inner();
    let declared = declared(&mut form, chrome.t).ok_or(PageError::Unreadable)?;
    let work = (sha256.clone(), declared, true);
    match run(&app, staff.stamp(&app), work).await {
        Ok(report) => {
            if let Some(file) = uploads::waiting(&sha256) {
                fs::remove_file(file).map_err(PageError::fault)?;
            }
            let said = if report.counts.changed_anything() {
                chrome.t.import_done()
            } else {
                chrome.t.import_same()
            };
            let id = report.import_id.unwrap_or(ImportId(0));
            see_other_saying(format!("/office/imports/{id}"), Tone::Good, said)
        }
        // Somebody took the file in the meantime, or it waited for too long.
        Err(ImportError::File(error)) if error.kind() == ErrorKind::NotFound => {
            see_other_saying("/office/imports", Tone::Bad, chrome.t.import_again())
        }
        Err(ImportError::File(error)) => {
            let said = chrome.t.import_unreadable(error.to_string());
            see_other_saying("/office/imports", Tone::Bad, said)
        }
        Err(ImportError::Fault(fault)) => Err(fault.into()),
    }
}

#[derive(Template)]
#[template(path = "office/imports/show.html")]
struct Show {
    t: Words,
    chrome: Chrome,
    zone: Tz,
    row: ImportRow,
    rejections: Vec<RejectionRow>,
}

impl Show {
    fn local(&self, at: &NaiveDateTime) -> NaiveDateTime {
        at.and_utc().with_timezone(&self.zone).naive_local()
    }
}

/// GET /office/imports/{id}
pub async fn show(app: Data<App>, chrome: Chrome, path: Path<i64>) -> PageResult {
    let id = ImportId(*path);
    let (row, rejections) = app
        .db
        .read(move |conn| {
            let row = imports::get(conn, id)?;
            Ok::<_, StoreError>((row, imports::list_rejections(conn, id, REJECTIONS)?))
        })
        .await?;
    page(&Show {
        t: chrome.t,
        zone: app.clock.zone(),
        chrome,
        row,
        rejections,
    })
}

/// POST /office/imports/mappings — save a column mapping.
pub async fn save_mapping(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    mut form: Form,
) -> PageResult {
    let name = form.required("mapping_name", chrome.t.rate_field_missing());
    let document = form.exactly("document").to_owned();
    let problem = serde_json::from_str::<Mapping>(&document).err();
    if let Some(problem) = problem {
        form.refuse("document", chrome.t.import_mapping_bad(problem.to_string()));
    }
    let (Some(name), true) = (name, form.is_good()) else {
        return page_with(
            StatusCode::UNPROCESSABLE_ENTITY,
            &list(&app, chrome, form).await?,
        );
    };
    let keep = move |tx: &mut Tx<'_>| mappings::save(tx, &name, &document);
    match app.db.write(staff.stamp(&app), keep).await {
        Ok(()) => see_other_saying(
            "/office/imports",
            Tone::Good,
            chrome.t.import_mapping_saved(),
        ),
        Err(MappingError::NameTooLong) => {
            form.refuse("mapping_name", chrome.t.rate_field_missing());
            page_with(
                StatusCode::UNPROCESSABLE_ENTITY,
                &list(&app, chrome, form).await?,
            )
        }
        Err(MappingError::Fault(fault)) => Err(fault.into()),
    }
}

/// Reads the waiting file on a thread that may block, and takes it or only tells what is in it.
async fn run(
    app: &Data<App>,
    stamp: Stamp,
    (sha256, declared, is_taken): (String, Declared, bool),
) -> Result<ImportReport, ImportError> {
    let app = Arc::clone(&app.clone().into_inner());
    let work = move || {
        let missing = || std::io::Error::from(ErrorKind::NotFound);
        let file = File::open(uploads::waiting(&sha256).ok_or_else(missing)?)?;
        let zone = app.clock.zone();
        let options = declared.options(zone);
        let mapping = mapping(&app, &declared.mapping)?;
        let on = stamp.on;
        let plan = ImportPlan {
            file_name: declared.name,
            sha256,
            format: declared.format.to_string(),
            options: options.kept(mapping.as_ref()),
            zone,
            settings: app.db.read_blocking(|conn| vee_settings(conn, on))?,
        };
        let feed = FeedPlan {
            format: declared.format,
            options,
            mapping,
        };
        let items = ami::read(&feed, ami::unpacked(file)?)?;
        if is_taken {
            import_reads(&app.db, &stamp, &plan, items)
        } else {
            dry_run(&app.db, &stamp, &plan, items)
        }
    };
    match tokio::task::spawn_blocking(work).await {
        Ok(outcome) => outcome,
        Err(panic) => Err(StoreError::Abandoned(panic.to_string()).into()),
    }
}

fn mapping(app: &App, name: &str) -> Result<Option<Mapping>, ImportError> {
    if name.is_empty() {
        return Ok(None);
    }
    let wanted = name.to_owned();
    let text = app
        .db
        .read_blocking(move |conn| imports::find_mapping(conn, &wanted))?
        .ok_or(StoreError::Missing("column mapping"))?;
    let mapping = serde_json::from_str(&text)
        .map_err(|error| StoreError::Unreadable(format!("column mapping: {error}")))?;
    Ok(Some(mapping))
}
