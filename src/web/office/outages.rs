//! Outages at the office: what is going on and what customers report, one outage with all that was said of it, and how it goes on. Whoever may
//! see accounts sees them; declaring and ending them is for operations.

use std::collections::HashMap;

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Query};
use askama::Template;
use chrono::{NaiveDate, NaiveDateTime};
use chrono_tz::Tz;

use crate::app::App;
use crate::domain::ids::{AccountId, OutageId};
use crate::domain::outages::{OutageStatus, Said};
use crate::domain::staff::Permission;
use crate::i18n::Words;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::labels::{self, AccountLabel};
use crate::store::outage_areas::Served;
use crate::store::outage_reports::{self, ReportRow};
use crate::store::outages::{self, UpdateRow};
use crate::usecases::outages::{OutageError, cancel, extend, look, post_update, restore};
use crate::web::chrome::Chrome;
use crate::web::flash::{Tone, see_other_saying};
use crate::web::form::Form;
use crate::web::office::outage_form::{Choices, Found, moment_if_any, read_area, refuse};
use crate::web::outage_view::{self, OutageView};
use crate::web::paging::{Page, Pager};
use crate::web::session::StaffMember;
use crate::web::{PageError, PageResult, page, page_with};

/// How many reports are shown.
const REPORTS: i64 = 40;

/// A report with whose it is, and the outage that explains it.
struct Report {
    row: ReportRow,
    account: Option<AccountLabel>,
    known: Option<OutageId>,
}

#[derive(Template)]
#[template(path = "office/outages/index.html")]
struct Index {
    t: Words,
    chrome: Chrome,
    zone: Tz,
    outages: Vec<OutageView>,
    reports: Vec<Report>,
    pager: Pager,
}

impl Index {
    fn moment(&self, at: &NaiveDateTime) -> String {
        self.t.moment(outage_view::local(self.zone, *at))
    }
}

#[derive(Template)]
#[template(path = "office/outages/show.html")]
struct Show {
    t: Words,
    chrome: Chrome,
    form: Form,
    outage: OutageView,
    updates: Vec<UpdateRow>,
    choices: Choices,
    found: Option<Found>,
}

impl Show {
    fn may_change(&self) -> bool {
        self.chrome.may(Permission::ManageOutages) && self.outage.row.status.is_open()
    }

    fn may_restore(&self) -> bool {
        let status = self.outage.row.status;
        status.may_become(OutageStatus::Restored)
    }
}

/// GET /office/outages
pub async fn index(app: Data<App>, chrome: Chrome, asked: Query<Page>) -> PageResult {
    let (today, zone, now) = (app.clock.today(), app.clock.zone(), app.clock.now());
    let span = (asked.limit(), asked.offset());
    let read = app.db.read(move |conn| {
        let rows = outages::list(conn, span)?;
        let reports = reports(conn, today)?;
        Ok((outage_view::load(conn, rows, (zone, now))?, reports))
    });
    let found: Result<(Vec<OutageView>, Vec<Report>), StoreError> = read.await;
    let (found, reports) = found?;
    let (outages, pager) = asked.of(found, "/office/outages");
    page(&Index {
        t: chrome.t,
        chrome,
        zone,
        outages,
        reports,
        pager,
    })
}

fn reports(conn: &mut Conn, today: NaiveDate) -> Result<Vec<Report>, StoreError> {
    let rows = outage_reports::list_latest(conn, REPORTS)?;
    let ids: Vec<AccountId> = rows.iter().map(|row| row.account_id).collect();
    let labels: HashMap<AccountId, AccountLabel> = labels::of_accounts(conn, &ids, today)?;
    let known = outage_reports::list_known(conn, &ids)?;
    let report = |row: ReportRow| Report {
        account: labels.get(&row.account_id).cloned(),
        known: known.get(&(row.account_id, row.commodity)).copied(),
        row,
    };
    Ok(rows.into_iter().map(report).collect())
}

/// GET /office/outages/{id}
pub async fn show(app: Data<App>, chrome: Chrome, path: Path<String>) -> PageResult {
    let id = number(&path)?;
    page(&view(&app, chrome, id, (Form::default(), None)).await?)
}

async fn view(
    app: &App,
    chrome: Chrome,
    id: OutageId,
    (form, found): (Form, Option<Found>),
) -> Result<Show, PageError> {
    let (zone, now) = (app.clock.zone(), app.clock.now());
    let read = app.db.read(move |conn| {
        let row = outages::get(conn, id)?;
        let view = outage_view::load(conn, vec![row], (zone, now))?.pop();
        Ok((
            view.ok_or(StoreError::Missing("outage"))?,
            outages::list_updates(conn, id)?,
            Choices::load(conn)?,
        ))
    });
    let read: Result<(OutageView, Vec<UpdateRow>, Choices), StoreError> = read.await;
    let (outage, updates, choices) = read?;
    Ok(Show {
        t: chrome.t,
        chrome,
        form,
        outage,
        updates,
        choices,
        found,
    })
}

/// POST /office/outages/{id}/updates — words, another time of return, or both.
pub async fn update(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<String>,
    mut form: Form,
) -> PageResult {
    let (t, id) = (chrome.t, number(&path)?);
    let expected_at = moment_if_any(t, &mut form, "expected", app.clock.zone());
    let words = Said {
        en: form.value("words_en").to_owned(),
        es: form.value("words_es").to_owned(),
    };
    if form.is_good() {
        let posted = app.db.write(staff.stamp(&app), move |tx| {
            post_update(tx, id, &words, expected_at)
        });
        match posted.await {
            Ok(()) => return see_other_saying(address(id), Tone::Good, t.outage_act_posted()),
            Err(error) => refuse(t, &mut form, error)?,
        }
    }
    let view = view(&app, chrome, id, (form, None)).await?;
    page_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
}

/// POST /office/outages/{id}/area — another part of town: first looked at, then added.
pub async fn add_area(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<String>,
    mut form: Form,
) -> PageResult {
    let (t, id) = (chrome.t, number(&path)?);
    let mut found = None;
    if let Some(area) = read_area(t, &mut form) {
        let today = app.clock.today();
        let row = app.db.read(move |conn| outages::get(conn, id)).await?;
        let on = app.clock.day_of(row.begins_at).max(today);
        let served = Served {
            commodity: row.commodity,
            on,
        };
        let asked = area.clone();
        let read = app.db.read(move |conn| {
            let looked = look(conn, &asked, served)?;
            Ok::<_, OutageError>(Found::load(conn, looked, (&asked, served, today))?)
        });
        match read.await {
            Ok(looked) if looked.is_what_was_seen(&form) => {
                let added = app
                    .db
                    .write(staff.stamp(&app), move |tx| extend(tx, id, &area, on));
                match added.await {
                    Ok(_) => {
                        return see_other_saying(address(id), Tone::Good, t.outage_act_extended());
                    }
                    Err(error) => refuse(t, &mut form, error)?,
                }
            }
            Ok(looked) => found = Some(looked),
            Err(error) => refuse(t, &mut form, error)?,
        }
    }
    let status = if form.is_good() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let view = view(&app, chrome, id, (form, found)).await?;
    page_with(status, &view)
}

/// POST /office/outages/{id}/restoration
pub async fn finish(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<String>,
) -> PageResult {
    let said = chrome.t.outage_act_restored();
    end(&app, chrome, &staff, (&path, restore, said)).await
}

/// POST /office/outages/{id}/cancellation
pub async fn call_off(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<String>,
) -> PageResult {
    let said = chrome.t.outage_act_canceled();
    end(&app, chrome, &staff, (&path, cancel, said)).await
}

type End = fn(&mut Tx<'_>, OutageId) -> Result<(), OutageError>;

async fn end(
    app: &App,
    chrome: Chrome,
    staff: &StaffMember,
    (path, ends, said): (&str, End, &str),
) -> PageResult {
    let id = number(path)?;
    match app.db.write(staff.stamp(app), move |tx| ends(tx, id)).await {
        Ok(()) => see_other_saying(address(id), Tone::Good, said),
        Err(OutageError::WrongStatus) => {
            see_other_saying(address(id), Tone::Bad, chrome.t.outage_wrong_status())
        }
        Err(OutageError::Fault(fault)) => Err(fault.into()),
        Err(other) => Err(PageError::fault(other)),
    }
}

fn number(path: &str) -> Result<OutageId, PageError> {
    path.parse().map_err(|_not_a_number| PageError::NotFound)
}

/// The address of an outage's page.
pub fn address(id: OutageId) -> String {
    format!("/office/outages/{id}")
}
