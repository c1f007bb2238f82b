//! The inventory of water service lines: what each is made of, how many are of which kind, and what is known of one place, recorded by hand or by
//! a file.

use std::fs::{self, File};

use actix_multipart::Multipart;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Query};
use askama::Template;
use serde::Deserialize;

use crate::adapters::line_file;
use crate::app::App;
use crate::domain::ids::PremiseId;
use crate::domain::lead_lines::{LineMaterial, LineSide, MaterialSource, ServedLine, served};
use crate::domain::staff::Permission;
use crate::i18n::Words;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::lead_lines::{MaterialRow, NewMaterial, Parts, list_of_place};
use crate::store::premises;
use crate::usecases::lead_lines::{
    Inventory, LONGEST_WORDS, LineError, inventory, record, record_missing,
};
use crate::web::chrome::Chrome;
use crate::web::doors::Doors;
use crate::web::flash::{Tone, see_other_saying};
use crate::web::form::Form;
use crate::web::office::premises::whole_line;
use crate::web::office::uploads;
use crate::web::session::StaffMember;
use crate::web::{PageError, PageResult, page_with};

const ADDRESS: &str = "/office/service-lines";

/// How many lines are shown.
const SHOWN: usize = 200;

/// The inventory, and what is recorded in it.
pub fn doors() -> Doors {
    let (look, change) = (Permission::ViewAccount, Permission::ManagePlaces);
    Doors::at(ADDRESS)
        .get("", look, index)
        .post("/file", change, upload)
        .post("/missing", change, take_missing)
        .get("/{premise}", look, show)
        .post("/{premise}", change, create)
}

/// Which lines are asked for.
#[derive(Debug, Default, Deserialize)]
pub struct Asking {
    /// A kind of line, or nothing for all that people are told of.
    #[serde(default)]
    line: String,
}

#[derive(Template)]
#[template(path = "office/service_lines/index.html")]
struct Index {
    t: Words,
    chrome: Chrome,
    form: Form,
    asked: String,
    all: Inventory,
}

impl Index {
    /// How many lines are of each kind.
    fn counts(&self) -> Vec<(&'static str, String, usize)> {
        let count = |line: Option<ServedLine>| {
            let lines = self.all.lines.iter();
            lines.filter(|(_, _, parts)| kind(*parts) == line).count()
        };
        let kinds = ServedLine::ALL.iter().copied().map(Some).chain([None]);
        kinds
            .map(|line| {
                let word = word(line);
                (word, self.t.service_line_kind(word), count(line))
            })
            .collect()
    }

    fn shown(&self) -> impl Iterator<Item = &(PremiseId, String, Parts)> {
        let is_asked = |parts: Parts| match self.asked.as_str() {
            "" => kind(parts).is_some(),
            asked => word(kind(parts)) == asked,
        };
        let lines = self.all.lines.iter();
        lines
            .filter(move |(_, _, parts)| is_asked(*parts))
            .take(SHOWN)
    }

    fn words(&self, parts: &Parts) -> String {
        let part = |material: Option<LineMaterial>| {
            let material = material.unwrap_or(LineMaterial::Unknown);
            self.t.service_line_material(material.as_str())
        };
        self.t.service_line_parts(part(parts.0), part(parts.1))
    }
}

fn kind(parts: Parts) -> Option<ServedLine> {
    served(parts.0, parts.1)
}

fn word(line: Option<ServedLine>) -> &'static str {
    line.map_or("non_lead", ServedLine::as_str)
}

/// GET /office/service-lines
pub async fn index(app: Data<App>, chrome: Chrome, asking: Query<Asking>) -> PageResult {
    let asked = asking.line.clone();
    list(&app, chrome, asked, (Form::default(), StatusCode::OK)).await
}

async fn list(
    app: &App,
    chrome: Chrome,
    asked: String,
    (form, status): (Form, StatusCode),
) -> PageResult {
    let all = app.db.read(inventory).await?;
    let view = Index {
        t: chrome.t,
        chrome,
        form,
        asked,
        all,
    };
    page_with(status, &view)
}

/// POST /office/service-lines/missing — what nobody looked at is not known.
pub async fn take_missing(app: Data<App>, chrome: Chrome, staff: StaffMember) -> PageResult {
    match app.db.write(staff.stamp(&app), record_missing).await {
        Ok(_) => see_other_saying(ADDRESS, Tone::Good, chrome.t.service_line_saved()),
        Err(LineError::Fault(fault)) => Err(fault.into()),
        Err(refused) => Err(PageError::fault(refused)),
    }
}

/// Why nothing was recorded, in words.
fn said(t: Words, refused: &LineError) -> String {
    match refused {
        LineError::DayAhead | LineError::Fault(_) => t.service_line_day_ahead().to_owned(),
        LineError::WordsTooLong => t.hold_words_long(LONGEST_WORDS),
        LineError::NoWater(places) => {
            let few = places.iter().take(10).map(ToString::to_string);
            t.service_line_no_water(few.collect::<Vec<_>>().join(", "))
        }
    }
}

/// POST /office/service-lines/file
pub async fn upload(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    payload: Multipart,
) -> PageResult {
    let (t, bad) = (chrome.t, StatusCode::UNPROCESSABLE_ENTITY);
    let upload = uploads::take(payload).await?;
    let mut form = Form::default();
    let sent = upload.files.last();
    let Some(waits) = sent.and_then(|(_, sha256)| uploads::waiting(sha256)) else {
        form.refuse(
            "file",
            upload.lacks(t).unwrap_or_else(|| t.import_missing()),
        );
        return list(&app, chrome, String::new(), (form, bad)).await;
    };
    let taken = move || -> std::io::Result<_> {
        let lines = line_file::read(File::open(&waits)?);
        fs::remove_file(&waits)?;
        Ok(lines)
    };
    let taken = tokio::task::spawn_blocking(taken).await;
    let lines = match taken.map_err(PageError::fault)?.map_err(PageError::fault)? {
        Ok(lines) => lines,
        Err(wrong) => {
            form.refuse("file", t.import_unreadable(wrong.to_string()));
            return list(&app, chrome, String::new(), (form, bad)).await;
        }
    };
    let new: Vec<NewMaterial> = lines
        .into_iter()
        .map(|line| NewMaterial {
            premise: line.place,
            side: line.side,
            material: line.material,
            source: line.source,
            known_on: line.known_on,
            words: line.words,
        })
        .collect();
    let change = move |tx: &mut Tx<'_>| record(tx, &new);
    match app.db.write(staff.stamp(&app), change).await {
        Ok(()) => see_other_saying(ADDRESS, Tone::Good, t.service_line_saved()),
        Err(LineError::Fault(fault)) => Err(fault.into()),
        Err(refused) => {
            form.refuse("file", said(t, &refused));
            list(&app, chrome, String::new(), (form, bad)).await
        }
    }
}

#[derive(Template)]
#[template(path = "office/service_lines/show.html")]
struct Show {
    t: Words,
    chrome: Chrome,
    form: Form,
    id: PremiseId,
    line: String,
    rows: Vec<MaterialRow>,
}

impl Show {
    fn sides(&self) -> Vec<(LineSide, String)> {
        let words = |one: &LineSide| (*one, self.t.service_line_side(one.as_str()));
        LineSide::ALL.iter().map(words).collect()
    }

    fn materials(&self) -> Vec<(LineMaterial, String)> {
        let words = |one: &LineMaterial| (*one, self.t.service_line_material(one.as_str()));
        LineMaterial::ALL.iter().map(words).collect()
    }

    fn sources(&self) -> Vec<(MaterialSource, String)> {
        let words = |one: &MaterialSource| (*one, self.t.service_line_source(one.as_str()));
        MaterialSource::ALL.iter().map(words).collect()
    }
}

/// GET /office/service-lines/{premise}
pub async fn show(app: Data<App>, chrome: Chrome, path: Path<PremiseId>) -> PageResult {
    let form = Form::default().with("known_on", app.clock.today());
    view(&app, chrome, *path, (form, StatusCode::OK)).await
}

async fn view(
    app: &App,
    chrome: Chrome,
    id: PremiseId,
    (form, status): (Form, StatusCode),
) -> PageResult {
    let look = move |conn: &mut Conn| {
        let premise = premises::get(conn, id)?;
        Ok::<_, StoreError>((whole_line(&premise), list_of_place(conn, id)?))
    };
    let (line, rows) = app.db.read(look).await?;
    let view = Show {
        t: chrome.t,
        chrome,
        form,
        id,
        line,
        rows,
    };
    page_with(status, &view)
}

/// POST /office/service-lines/{premise}
pub async fn create(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<PremiseId>,
    mut form: Form,
) -> PageResult {
    let (id, t, bad) = (*path, chrome.t, StatusCode::UNPROCESSABLE_ENTITY);
    let side = form.parse::<LineSide>("side", t.form_choose());
    let material = form.parse::<LineMaterial>("material", t.form_choose());
    let source = form.parse::<MaterialSource>("source", t.form_choose());
    let known_on = form.day("known_on", t.form_not_a_date());
    let (Some(side), Some(material), Some(source), Some(known_on)) =
        (side, material, source, known_on)
    else {
        return view(&app, chrome, id, (form, bad)).await;
    };
    let new = NewMaterial {
        premise: id,
        side,
        material,
        source,
        known_on,
        words: form.value("words").to_owned(),
    };
    let change = move |tx: &mut Tx<'_>| record(tx, std::slice::from_ref(&new));
    match app.db.write(staff.stamp(&app), change).await {
        Ok(()) => {
            let address = format!("{ADDRESS}/{id}");
            see_other_saying(address, Tone::Good, t.service_line_saved())
        }
        Err(LineError::Fault(fault)) => Err(fault.into()),
        Err(refused) => {
            form.refuse("known_on", said(t, &refused));
            view(&app, chrome, id, (form, bad)).await
        }
    }
}
