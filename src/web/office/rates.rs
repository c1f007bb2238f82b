//! Rate schedules: every version, what changed, a draft from a form or a file, a trial on real accounts, and the two people who make it law.

use std::borrow::Borrow;

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Query};
use askama::Template;
use chrono::{NaiveDate, NaiveDateTime};
use chrono_tz::Tz;
use serde::Deserialize;

use crate::app::App;
use crate::domain::commodity::Commodity;
use crate::domain::ids::RateScheduleId;
use crate::domain::rate_status::RateStatus;
use crate::domain::rates::compile;
use crate::domain::rates::compiled::in_language;
use crate::domain::rates::diff::{Change, ChangeKind, diff};
use crate::domain::rates::schedule::{Charge, RateSchedule};
use crate::domain::staff::Permission;
use crate::i18n::Words;
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::store::rates::{self, RateScheduleRow};
use crate::usecases::rates::{self as tariffs, RateError};
use crate::web::chrome::Chrome;
use crate::web::flash::{Tone, see_other_saying};
use crate::web::form::Form;
use crate::web::office::rate_form;
use crate::web::office::rate_trial::{self, Trial};
use crate::web::office::rate_words;
use crate::web::session::StaffMember;
use crate::web::{PageError, PageResult, page, page_with};

/// How many accounts a trial may price.
const MOST_TRIED: i64 = 200;

/// The badge's tone of a version.
#[must_use]
pub fn tone(status: impl Borrow<RateStatus>) -> &'static str {
    match status.borrow() {
        RateStatus::Draft => "",
        RateStatus::Submitted => "warn",
        RateStatus::Published => "good",
        RateStatus::Withdrawn => "bad",
    }
}

#[derive(Template)]
#[template(path = "office/rates/index.html")]
struct Index {
    t: Words,
    chrome: Chrome,
    today: NaiveDate,
    versions: Vec<RateScheduleRow>,
}

impl Index {
    /// Whether this version is the one in force: the newest published one that has begun.
    fn is_in_force(&self, row: &RateScheduleRow) -> bool {
        let published = self.versions.iter().filter(|other| {
            other.code == row.code
                && other.status == RateStatus::Published
                && other.effective_from <= self.today
        });
        published
            .max_by_key(|other| (other.effective_from, other.version))
            .is_some_and(|newest| newest.id == row.id)
    }
}

/// GET /office/rates
pub async fn index(app: Data<App>, chrome: Chrome) -> PageResult {
    let versions = app.db.read(rates::list).await?;
    page(&Index {
        t: chrome.t,
        today: app.clock.today(),
        chrome,
        versions,
    })
}

/// What the address of a version asks for.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
pub struct Asking {
    /// How many accounts to try it on.
    #[serde(default)]
    trial: i64,
}

#[derive(Template)]
#[template(path = "office/rates/show.html")]
struct Show {
    t: Words,
    chrome: Chrome,
    zone: Tz,
    row: RateScheduleRow,
    document: RateSchedule,
    before: Option<RateScheduleRow>,
    changes: Vec<Change>,
    trial: Option<Trial>,
    form: Form,
    may_draft: bool,
    may_publish: bool,
    is_own: bool,
}

impl Show {
    fn local(&self, at: &NaiveDateTime) -> NaiveDateTime {
        at.and_utc().with_timezone(&self.zone).naive_local()
    }

    fn label<'a>(&self, charge: &'a Charge) -> &'a str {
        in_language(&charge.label, self.language())
    }

    fn language(&self) -> &'static str {
        self.t.tag().get(..2).unwrap_or("en")
    }

    /// The dated factors that it refers to.
    fn factors(&self) -> Vec<&str> {
        self.document.factors.keys().map(String::as_str).collect()
    }

    /// What a charge is, in few words: kind and price.
    fn how(&self, charge: &Charge) -> Vec<String> {
        rate_words::how(self.t, &self.document, charge)
    }

    /// What a change is about: the charge's label, or the name of the factor, quantity or season.
    fn subject(&self, change: &Change) -> String {
        let charge = self
            .document
            .charges
            .iter()
            .find(|charge| charge.code == change.subject);
        match (change.kind, charge) {
            (ChangeKind::Charge, Some(charge)) => self.label(charge).to_owned(),
            (ChangeKind::Schedule, _) => self.t.rate_subject("schedule"),
            (ChangeKind::Order, _) => self.t.rate_subject("order"),
            _ => change.subject.clone(),
        }
    }

    /// The place of a change in words: "price of block 2".
    fn place(&self, change: &Change) -> String {
        rate_words::place(self.t, change)
    }
}

/// GET /office/rates/{id}
pub async fn show(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<i64>,
    asking: Query<Asking>,
) -> PageResult {
    let form = Form::default();
    page(&view(&app, chrome, &staff, RateScheduleId(*path), (*asking, form)).await?)
}

async fn view(
    app: &App,
    chrome: Chrome,
    staff: &StaffMember,
    id: RateScheduleId,
    (asking, form): (Asking, Form),
) -> Result<Show, PageError> {
    let today = app.clock.today();
    let tried = asking.trial.clamp(0, MOST_TRIED);
    let actor = staff.actor();
    let (row, before, trial, is_own) = app
        .db
        .read(move |conn| {
            let row = rates::get(conn, id)?;
            let before = rates::find_before(conn, &row)?;
            let trial = match tried {
                0 => None,
                many => Some(rate_trial::run(conn, &row, many, today)?),
            };
            let is_own = tariffs::has_a_hand_in(conn, &row, &actor)?;
            Ok::<_, StoreError>((row, before, trial, is_own))
        })
        .await?;
    let document = compile::read(&row.document).map_err(PageError::fault)?;
    let changes = match &before {
        Some(before) => diff(
            &compile::read(&before.document).map_err(PageError::fault)?,
            &document,
        ),
        None => Vec::new(),
    };
    Ok(Show {
        t: chrome.t,
        zone: app.clock.zone(),
        may_draft: staff.may(Permission::DraftRates),
        may_publish: staff.may(Permission::PublishRates),
        is_own,
        form: if form.has("from") {
            form
        } else {
            form.with("from", row.effective_from)
        },
        chrome,
        row,
        document,
        before,
        changes,
        trial,
    })
}

#[derive(Template)]
#[template(path = "office/rates/new.html")]
struct New {
    t: Words,
    chrome: Chrome,
    form: Form,
}

impl New {
    fn services(&self) -> Vec<(&'static str, String)> {
        rate_form::services(self.t)
    }

    fn units(&self) -> Vec<(&'static str, String)> {
        rate_form::units(self.t)
    }

    fn percent_kinds(&self) -> Vec<(&'static str, String)> {
        rate_form::percent_kinds(self.t)
    }
}

/// GET /office/rates/new
pub async fn new(app: Data<App>, chrome: Chrome) -> PageResult {
    let form = Form::default().with("effective_from", app.clock.today());
    page(&New {
        t: chrome.t,
        chrome,
        form,
    })
}

/// POST /office/rates — the common charges of the form become a draft.
pub async fn create(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    mut form: Form,
) -> PageResult {
    let refused = match rate_form::document(&mut form, chrome.t) {
        None => None,
        Some(document) => {
            let keep = move |tx: &mut Tx<'_>| tariffs::draft(tx, document.clone());
            match app.db.write(staff.stamp(&app), keep).await {
                Ok(id) => return drafted(&chrome, id),
                Err(RateError::Fault(fault)) => return Err(fault.into()),
                Err(refusal) => Some(said(&chrome, &refusal)),
            }
        }
    };
    if let Some(text) = refused {
        form.refuse("code", text);
    }
    let view = New {
        t: chrome.t,
        chrome,
        form,
    };
    page_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
}

#[derive(Template)]
#[template(path = "office/rates/edit.html")]
struct Edit {
    t: Words,
    chrome: Chrome,
    form: Form,
    row: Option<RateScheduleRow>,
}

/// GET /office/rates/file
pub async fn file(chrome: Chrome) -> PageResult {
    page(&Edit {
        t: chrome.t,
        chrome,
        form: Form::default(),
        row: None,
    })
}

/// POST /office/rates/file — a document becomes the draft of its code's next version.
pub async fn upload(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    mut form: Form,
) -> PageResult {
    let outcome = match compile::read(form.exactly("document")) {
        Err(problem) => Err(RateError::Document(problem)),
        Ok(document) => {
            let keep = move |tx: &mut Tx<'_>| tariffs::draft(tx, document.clone());
            app.db.write(staff.stamp(&app), keep).await
        }
    };
    match outcome {
        Ok(id) => drafted(&chrome, id),
        Err(RateError::Fault(fault)) => Err(fault.into()),
        Err(refusal) => {
            form.refuse("document", said(&chrome, &refusal));
            let (t, row) = (chrome.t, None);
            page_with(
                StatusCode::UNPROCESSABLE_ENTITY,
                &Edit {
                    t,
                    chrome,
                    form,
                    row,
                },
            )
        }
    }
}

/// GET /office/rates/{id}/edit
pub async fn edit(app: Data<App>, chrome: Chrome, path: Path<i64>) -> PageResult {
    let id = RateScheduleId(*path);
    let row = app.db.read(move |conn| rates::get(conn, id)).await?;
    let form = Form::default().with("document", &row.document);
    page(&Edit {
        t: chrome.t,
        chrome,
        form,
        row: Some(row),
    })
}

/// POST /office/rates/{id} — replace a draft's document.
pub async fn update(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<i64>,
    mut form: Form,
) -> PageResult {
    let id = RateScheduleId(*path);
    let outcome = match compile::read(form.exactly("document")) {
        Err(problem) => Err(RateError::Document(problem)),
        Ok(document) => {
            let keep = move |tx: &mut Tx<'_>| tariffs::revise(tx, id, document.clone());
            app.db.write(staff.stamp(&app), keep).await
        }
    };
    match outcome {
        Ok(()) => drafted(&chrome, id),
        Err(RateError::Fault(fault)) => Err(fault.into()),
        Err(refusal) => {
            form.refuse("document", said(&chrome, &refusal));
            let row = app.db.read(move |conn| rates::get(conn, id)).await?;
            let (t, row) = (chrome.t, Some(row));
            page_with(
                StatusCode::UNPROCESSABLE_ENTITY,
                &Edit {
                    t,
                    chrome,
                    form,
                    row,
                },
            )
        }
    }
}

/// POST /office/rates/{id}/submission
pub async fn submit(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<i64>,
) -> PageResult {
    let id = RateScheduleId(*path);
    let step = move |tx: &mut Tx<'_>| tariffs::submit(tx, id);
    let outcome = app.db.write(staff.stamp(&app), step).await;
    told(&chrome, id, outcome, chrome.t.rate_submitted_now())
}

/// POST /office/rates/{id}/withdrawal
pub async fn withdraw(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<i64>,
) -> PageResult {
    let id = RateScheduleId(*path);
    let step = move |tx: &mut Tx<'_>| tariffs::withdraw(tx, id);
    let outcome = app.db.write(staff.stamp(&app), step).await;
    told(&chrome, id, outcome, chrome.t.rate_withdrawn_now())
}

/// POST /office/rates/{id}/publication — a second person makes it law from a day.
pub async fn publish(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<i64>,
    mut form: Form,
) -> PageResult {
    let id = RateScheduleId(*path);
    let Some(from) = form.day("from", chrome.t.rate_from_missing()) else {
        let view = view(&app, chrome, &staff, id, (Asking::default(), form)).await?;
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &view);
    };
    let step = move |tx: &mut Tx<'_>| tariffs::publish(tx, id, from);
    let outcome = app.db.write(staff.stamp(&app), step).await;
    told(&chrome, id, outcome, chrome.t.rate_published_now())
}

fn drafted(chrome: &Chrome, id: RateScheduleId) -> PageResult {
    let at = format!("/office/rates/{id}");
    see_other_saying(at, Tone::Good, chrome.t.rate_drafted_now())
}

fn told(
    chrome: &Chrome,
    id: RateScheduleId,
    outcome: Result<(), RateError>,
    good: &str,
) -> PageResult {
    let at = format!("/office/rates/{id}");
    match outcome {
        Ok(()) => see_other_saying(at, Tone::Good, good),
        Err(RateError::Fault(fault)) => Err(fault.into()),
        Err(refusal) => see_other_saying(at, Tone::Bad, said(chrome, &refusal)),
    }
}

/// A document's problems are for whoever writes documents; they name places in it, in the language of the format.
fn said(chrome: &Chrome, refusal: &RateError) -> String {
    match refusal {
        RateError::Document(problems) => problems.to_string(),
        RateError::UnlawfulMove { .. } | RateError::Fault(_) => chrome.t.rate_refused().to_owned(),
        RateError::SamePerson => chrome.t.rate_same_person().to_owned(),
        RateError::NotLater { last } => chrome.t.rate_not_later(*last),
        RateError::NoPlace { charge, gl, fund } => {
            let (charge, gl, fund) = (charge.as_str(), gl.as_str(), fund.as_str());
            chrome.t.rate_no_place(charge, gl, fund)
        }
        RateError::OtherService { priced, found } => {
            let name = |service: &Commodity| chrome.t.service_name(service.as_str());
            let (priced, found) = (name(priced), name(found));
            chrome.t.rate_other_service(&priced, &found)
        }
        RateError::OtherCode { found, wanted } => {
            chrome.t.rate_other_code(found.as_str(), wanted.as_str())
        }
    }
}
