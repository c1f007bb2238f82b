//! The pages that a crew carries: the day's orders of whoever is signed in, each with the form of its result. They work as plain forms; where
//! scripts run, a result that finds no coverage waits in the telephone and is sent later under its key, so that it is taken once.

use actix_multipart::Multipart;
use actix_web::HttpResponse;
use actix_web::http::{StatusCode, header};
use actix_web::web::{Data, Path};
use askama::Template;
use chrono::NaiveDate;

use crate::app::App;
use crate::domain::ids::{MeterId, OrderNumber, StaffId};
use crate::domain::orders::OrderState;
use crate::domain::staff::Permission;
use crate::i18n::Words;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::field_orders;
use crate::store::order_looks::was_given;
use crate::store::orders::OrderRow;
use crate::usecases::orders::results::{Brought, Outcome, bring_in};
use crate::usecases::orders::shutoffs::TooLate;
use crate::usecases::orders::{self as working, OrderError};
use crate::web::chrome::Chrome;
use crate::web::flash::{Tone, see_other_saying};
use crate::web::office::orders::jobs::{self, Job, Waiting};
use crate::web::office::orders::{find, number_of, report, words};
use crate::web::photos;
use crate::web::session::StaffMember;
use crate::web::{PageError, PageResult, page, page_with};

/// Where the day's work is.
const ADDRESS: &str = "/office/field";

/// How many orders that nobody has are shown.
const MOST_FREE: i64 = 30;

/// What keeps the page of the day where there is no coverage.
const WORKER: &str = include_str!("../../../../static/js/field_worker.js");

#[derive(Template)]
#[template(path = "office/orders/field.html")]
struct Index {
    t: Words,
    chrome: Chrome,
    me: StaffId,
    today: NaiveDate,
    jobs: Vec<Job>,
    /// What nobody has taken yet.
    free: Vec<Waiting>,
}

#[derive(Template)]
#[template(path = "office/orders/job.html")]
struct Show {
    t: Words,
    chrome: Chrome,
    me: StaffId,
    /// Whether it is still this person's to do.
    is_out: bool,
    /// Whether it waits for somebody to take it.
    is_free: bool,
    job: Job,
}

/// GET /office/field
pub async fn index(app: Data<App>, chrome: Chrome, staff: StaffMember) -> PageResult {
    let (today, me) = (app.clock.today(), staff.id);
    let (jobs, free) = app
        .db
        .read(move |conn| {
            let rows = field_orders::list_out(conn, (me, today))?;
            let free = field_orders::list_unclaimed(conn, today, MOST_FREE)?;
            let jobs = jobs::load(conn, rows, (today, false))?;
            Ok::<_, StoreError>((jobs, jobs::waiting(conn, free)?))
        })
        .await?;
    let view = Index {
        t: chrome.t,
        chrome,
        me,
        today,
        jobs,
        free,
    };
    page(&view).map(may_locate)
}

/// GET /office/field/{number}
pub async fn show(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<String>,
) -> PageResult {
    let number = number_of(&path)?;
    let (job, _) = load((&app, &staff), (number, String::new())).await?;
    view(chrome, &staff, (job, StatusCode::OK))
}

/// GET /office/field/worker.js — the script that keeps the page of the day; it may look after that page alone.
pub async fn worker() -> PageResult {
    Ok(HttpResponse::Ok()
        .content_type("text/javascript; charset=utf-8")
        .insert_header((header::CACHE_CONTROL, "no-cache"))
        .insert_header(("Service-Worker-Allowed", ADDRESS))
        .body(WORKER))
}

/// POST /office/field/{number}/taking — somebody takes what nobody has.
pub async fn take(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<String>,
) -> PageResult {
    let t = chrome.t;
    let number = number_of(&path)?;
    let (mut job, _) = load((&app, &staff), (number.clone(), String::new()))
        .await
        .map_err(|gone| moved_on(&staff, gone))?;
    let (id, me) = (job.row.id, staff.id);
    let change = move |tx: &mut Tx<'_>| working::take(tx, id, me);
    match app.db.write(staff.stamp(&app), change).await {
        Ok(()) => see_other_saying(format!("{ADDRESS}/{number}"), Tone::Good, t.field_taken()),
        Err(error) => {
            let status = status_of(&error);
            words::refuse(t, &mut job.form, error)?;
            view(chrome, &staff, (job, status))
        }
    }
}

/// POST /office/field/{number}/start
pub async fn start(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<String>,
) -> PageResult {
    let t = chrome.t;
    let number = number_of(&path)?;
    let (mut job, _) = load((&app, &staff), (number, String::new()))
        .await
        .map_err(|gone| moved_on(&staff, gone))?;
    let (id, me) = (job.row.id, staff.id);
    let change = move |tx: &mut Tx<'_>| working::start(tx, id, me);
    match app.db.write(staff.stamp(&app), change).await {
        Ok(()) => see_other_saying(ADDRESS, Tone::Good, t.field_begun()),
        Err(error) => {
            let status = status_of(&error);
            words::refuse(t, &mut job.form, error)?;
            view(chrome, &staff, (job, status))
        }
    }
}

/// POST /office/field/{number}/result — what is brought back. The same key again is answered as it was the first time.
pub async fn result(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<String>,
    sent: Multipart,
) -> PageResult {
    let t = chrome.t;
    let number = number_of(&path)?;
    let (form, photo) = photos::take(sent, t).await?;
    let serial = form.value("serial").to_owned();
    let (mut job, coming) = load((&app, &staff), (number, serial))
        .await
        .map_err(|gone| moved_on(&staff, gone))?;
    job.form = form;
    let Some(report) = report::read(t, &mut job, (photo, coming))? else {
        return view(chrome, &staff, (job, StatusCode::UNPROCESSABLE_ENTITY));
    };
    let (zone, me, could_not) = (
        app.clock.zone(),
        staff.id,
        matches!(report.outcome, Outcome::CouldNot(_)),
    );
    let change = move |tx: &mut Tx<'_>| bring_in(tx, zone, (me, &report));
    match app.db.write(staff.stamp(&app), change).await {
        Ok(Brought {
            too_late: Some(why),
            next,
            ..
        }) => {
            let words = turn_on(t, why, next);
            job.form.refuse("state", words);
            job.row.state = OrderState::Canceled;
            view(chrome, &staff, (job, StatusCode::CONFLICT))
        }
        Ok(brought) => see_other_saying(ADDRESS, Tone::Good, said(t, &brought, could_not)),
        Err(error) => {
            let status = status_of(&error);
            words::refuse(t, &mut job.form, error)?;
            view(chrome, &staff, (job, status))
        }
    }
}

fn said(t: Words, brought: &Brought, could_not: bool) -> String {
    match (brought, could_not) {
        (_, true) => t.field_not_done().to_owned(),
        (
            Brought {
                next: Some(next),
                is_late: true,
                ..
            },
            false,
        ) => t.field_late_turn_on(next.to_string()),
        (Brought { is_late: true, .. }, false) => t.field_late().to_owned(),
        (
            Brought {
                next: Some(next), ..
            },
            false,
        ) => t.field_led_on(next.to_string()),
        (Brought { is_held: true, .. }, false) => t.field_held().to_owned(),
        (Brought { .. }, false) => t.field_done().to_owned(),
    }
}

/// Why nobody is shut off there by now, and what to do about it.
fn turn_on(t: Words, why: TooLate, next: Option<OrderNumber>) -> String {
    let why = match why {
        TooLate::Canceled => t.field_shut_canceled().to_owned(),
        TooLate::TakenBack => t.field_shut_taken_back().to_owned(),
        TooLate::NotToday => t.order_not_today().to_owned(),
        TooLate::MayNot(why) => t.order_may_not(words::reasons(t, &why)),
    };
    let what = next.map_or_else(
        || t.field_turn_on_call().to_owned(),
        |number| t.field_turn_on(number.to_string()),
    );
    format!("{why} {what}")
}

/// What stands otherwise by now is a conflict: whatever sends it from a queue stops sending, and a person looks.
const fn status_of(error: &OrderError) -> StatusCode {
    match error {
        OrderError::Moved(_)
        | OrderError::NotYours
        | OrderError::MayNot(_)
        | OrderError::HandedOut
        | OrderError::Served => StatusCode::CONFLICT,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    }
}

fn view(chrome: Chrome, staff: &StaffMember, (job, status): (Job, StatusCode)) -> PageResult {
    // What was done before the order was taken away is still to be brought in: a form that lacks something is shown again.
    let lacks_something = status == StatusCode::UNPROCESSABLE_ENTITY;
    let is_theirs = job.row.state.is_out() && job.row.assignee_staff_id == Some(staff.id);
    let view = Show {
        t: chrome.t,
        chrome,
        me: staff.id,
        is_out: is_theirs || lacks_something,
        is_free: is_free(&job.row),
        job,
    };
    page_with(status, &view).map(may_locate)
}

/// These pages alone may ask the telephone where it is.
fn may_locate(mut response: HttpResponse) -> HttpResponse {
    let policy =
        "camera=(), microphone=(), geolocation=(self), payment=(), usb=(), browsing-topics=()";
    response.headers_mut().insert(
        header::HeaderName::from_static("permissions-policy"),
        header::HeaderValue::from_static(policy),
    );
    response
}

/// Whether an order is of this person's to know: whoever sees accounts sees every order, a crew what it has, had when it was at the door, or may
/// take.
fn may_see(conn: &mut Conn, staff: &StaffMember, row: &OrderRow) -> Result<bool, StoreError> {
    let is_theirs = row.assignee_staff_id == Some(staff.id);
    if staff.may(Permission::ViewAccount) || is_free(row) || is_theirs {
        return Ok(true);
    }
    was_given(conn, row.id, staff.id)
}

/// Whether it waits for whoever may go.
fn is_free(row: &OrderRow) -> bool {
    let is_waiting = row.state == OrderState::Open && row.assignee_staff_id.is_none();
    is_waiting && row.kind.is_for_taking()
}

/// What a crew may not see any more is another's by now: a conflict, as whatever sends it from a queue has to know.
fn moved_on(staff: &StaffMember, gone: PageError) -> PageError {
    if matches!(gone, PageError::NotFound) && !staff.may(Permission::ViewAccount) {
        PageError::Conflict
    } else {
        gone
    }
}

/// The order as a crew sees it, and the meter that comes where its number was typed.
async fn load(
    (app, staff): (&App, &StaffMember),
    (number, serial): (OrderNumber, String),
) -> Result<(Job, Option<MeterId>), PageError> {
    let (today, staff) = (app.clock.today(), staff.clone());
    app.db
        .read(move |conn| {
            let row = find(conn, &number)?;
            if !may_see(conn, &staff, &row)? {
                return Err(PageError::NotFound);
            }
            let mut jobs = jobs::load(conn, vec![row], (today, true))?;
            let mut job = jobs.pop().ok_or(StoreError::Missing("service order"))?;
            if !job.is_exchange() {
                return Ok((job, None));
            }
            let found = jobs::coming(conn, serial.trim())?;
            let (meter, dials) =
                found.map_or_else(|| (None, Vec::new()), |(meter, dials)| (Some(meter), dials));
            job.coming = dials;
            Ok((job, meter))
        })
        .await
}
