//! One route in its order: stops moved, taken off, noted, and the order taken from a file.

use std::fs::{self, File};

use actix_multipart::Multipart;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use askama::Template;

use crate::adapters::route_file;
use crate::app::App;
use crate::domain::ids::{ReadRouteId, ServicePointId};
use crate::domain::routes::Place;
use crate::i18n::Words;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::routes::{self as rows, RouteRow};
use crate::usecases;
use crate::usecases::routes::{RouteError, Turn, order};
use crate::web::chrome::Chrome;
use crate::web::flash::{Tone, see_other_saying};
use crate::web::form::Form;
use crate::web::office::routes::{said, ticked};
use crate::web::office::uploads;
use crate::web::session::StaffMember;
use crate::web::{PageError, PageResult, page_with};

#[derive(Template)]
#[template(path = "office/routes/show.html")]
struct Show {
    t: Words,
    chrome: Chrome,
    form: Form,
    route: RouteRow,
    stops: Vec<Turn>,
    all: Vec<RouteRow>,
}

impl Show {
    /// Where stops may go.
    fn places(&self) -> Vec<(String, String)> {
        let ends = [
            ("last".to_owned(), self.t.routes_last().to_owned()),
            ("first".to_owned(), self.t.routes_first().to_owned()),
        ];
        let after = self.stops.iter().map(|stop| {
            let words = self.t.routes_after(stop.row.turn, stop.spot.line.as_str());
            (stop.row.service_point_id.to_string(), words)
        });
        ends.into_iter().chain(after).collect()
    }

    fn routes(&self) -> Vec<(ReadRouteId, String)> {
        let named = |route: &RouteRow| (route.id, format!("{}, {}", route.code, route.name));
        self.all.iter().map(named).collect()
    }

    fn is_ticked(&self, stop: &Turn) -> bool {
        self.form
            .has(&format!("stop-{}", stop.row.service_point_id))
    }
}

/// GET /office/routes/{id}
pub async fn show(app: Data<App>, chrome: Chrome, path: Path<ReadRouteId>) -> PageResult {
    let form = Form::default().with("route", *path);
    view(&app, chrome, *path, (form, StatusCode::OK)).await
}

async fn view(
    app: &App,
    chrome: Chrome,
    id: ReadRouteId,
    (form, status): (Form, StatusCode),
) -> PageResult {
    let look = move |conn: &mut Conn| {
        let (route, stops) = order(conn, id)?;
        Ok::<_, StoreError>((route, stops, rows::list(conn)?))
    };
    let (route, stops, all) = app.db.read(look).await?;
    let view = Show {
        t: chrome.t,
        chrome,
        form,
        route,
        stops,
        all,
    };
    page_with(status, &view)
}

/// What is done with the stops that are ticked.
enum Doing {
    Move(ReadRouteId, Place),
    TakeOff,
    Note(String),
}

fn read(form: &mut Form, t: Words, id: ReadRouteId) -> Option<Doing> {
    let doing = form.value("do").to_owned();
    match doing.as_str() {
        "remove" => Some(Doing::TakeOff),
        "note" => Some(Doing::Note(form.value("note").to_owned())),
        _move => {
            let route = form.parse::<ReadRouteId>("route", t.form_choose())?;
            let place = match form.value("place") {
                "first" => Place::First,
                // A stop of this route says nothing of another one.
                after if route == id => {
                    let after = after.parse::<ServicePointId>();
                    after.map_or(Place::Last, Place::After)
                }
                _other_route => Place::Last,
            };
            Some(Doing::Move(route, place))
        }
    }
}

/// POST /office/routes/{id}/stops
pub async fn change(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<ReadRouteId>,
    mut form: Form,
) -> PageResult {
    let (id, t) = (*path, chrome.t);
    let bad = StatusCode::UNPROCESSABLE_ENTITY;
    let Some(doing) = read(&mut form, t, id) else {
        return view(&app, chrome, id, (form, bad)).await;
    };
    let points = ticked(&form);
    let change = move |tx: &mut Tx<'_>| match &doing {
        Doing::Move(route, place) => usecases::routes::place(tx, *route, &points, *place),
        Doing::TakeOff => usecases::routes::take_off(tx, id, &points),
        Doing::Note(note) => usecases::routes::note(tx, id, &points, note),
    };
    match app.db.write(staff.stamp(&app), change).await {
        Ok(()) => saved(id, t),
        Err(RouteError::Fault(fault)) => Err(fault.into()),
        Err(refused) => {
            form.refuse("route", said(t, &refused));
            view(&app, chrome, id, (form, bad)).await
        }
    }
}

fn saved(id: ReadRouteId, t: Words) -> PageResult {
    let address = format!("/office/routes/{id}");
    see_other_saying(address, Tone::Good, t.routes_saved())
}

/// POST /office/routes/{id}/file — the order as a file has it.
pub async fn upload(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<ReadRouteId>,
    payload: Multipart,
) -> PageResult {
    let (id, t) = (*path, chrome.t);
    let upload = uploads::take(payload).await?;
    let sent = upload.files.last();
    let mut form = Form::default().with("route", id);
    let Some(waits) = sent.and_then(|(_, sha256)| uploads::waiting(sha256)) else {
        form.refuse(
            "file",
            upload.lacks(t).unwrap_or_else(|| t.import_missing()),
        );
        return view(&app, chrome, id, (form, StatusCode::UNPROCESSABLE_ENTITY)).await;
    };
    let code = app.db.read(move |conn| rows::get(conn, id)).await?.code;
    let taken = move || -> std::io::Result<_> {
        let lines = route_file::read(File::open(&waits)?, &code);
        fs::remove_file(&waits)?;
        Ok(lines)
    };
    let taken = tokio::task::spawn_blocking(taken).await;
    let lines = match taken.map_err(PageError::fault)?.map_err(PageError::fault)? {
        Ok(lines) => lines,
        Err(wrong) => {
            form.refuse("file", t.import_unreadable(wrong.to_string()));
            return view(&app, chrome, id, (form, StatusCode::UNPROCESSABLE_ENTITY)).await;
        }
    };
    let change = move |tx: &mut Tx<'_>| usecases::routes::import(tx, id, &lines);
    match app.db.write(staff.stamp(&app), change).await {
        Ok(()) => saved(id, t),
        Err(RouteError::Fault(fault)) => Err(fault.into()),
        Err(refused) => {
            form.refuse("file", said(t, &refused));
            view(&app, chrome, id, (form, StatusCode::UNPROCESSABLE_ENTITY)).await
        }
    }
}
