//! Every route, opening one, and the points where a meter hangs that are on none.

use std::collections::HashMap;

use actix_web::http::StatusCode;
use actix_web::web::Data;
use askama::Template;

use crate::app::App;
use crate::domain::ids::{CycleId, ReadRouteId};
use crate::domain::routes::Place;
use crate::i18n::Words;
use crate::store::cycles::{self, CycleRow};
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::routes::{self as rows, RouteRow, Spot};
use crate::usecases;
use crate::usecases::routes::RouteError;
use crate::web::chrome::Chrome;
use crate::web::flash::{Tone, see_other_saying};
use crate::web::form::Form;
use crate::web::office::routes::{said, ticked};
use crate::web::session::StaffMember;
use crate::web::{PageResult, page_with};

/// How many points without a route are shown.
const SHOWN: i64 = 200;

#[derive(Template)]
#[template(path = "office/routes/index.html")]
struct Index {
    t: Words,
    chrome: Chrome,
    form: Form,
    routes: Vec<RouteRow>,
    stops: HashMap<ReadRouteId, i64>,
    missing: Vec<Spot>,
    has_more: bool,
    cycles: Vec<CycleRow>,
}

impl Index {
    fn count(&self, route: &RouteRow) -> i64 {
        self.stops.get(&route.id).copied().unwrap_or_default()
    }

    fn cycles(&self) -> Vec<(CycleId, String)> {
        let named = |cycle: &CycleRow| (cycle.id, format!("{}, {}", cycle.code, cycle.name));
        self.cycles.iter().map(named).collect()
    }

    fn routes(&self) -> Vec<(ReadRouteId, String)> {
        let named = |route: &RouteRow| (route.id, format!("{}, {}", route.code, route.name));
        self.routes.iter().map(named).collect()
    }

    fn is_ticked(&self, spot: &Spot) -> bool {
        self.form.has(&format!("stop-{}", spot.point))
    }
}

/// GET /office/routes
pub async fn index(app: Data<App>, chrome: Chrome) -> PageResult {
    view(&app, chrome, (Form::default(), StatusCode::OK)).await
}

async fn view(app: &App, chrome: Chrome, (form, status): (Form, StatusCode)) -> PageResult {
    let look = |conn: &mut Conn| {
        Ok::<_, StoreError>((
            rows::list(conn)?,
            rows::count_stops(conn)?,
            rows::list_missing(conn, SHOWN + 1)?,
            cycles::list(conn)?,
        ))
    };
    let (routes, stops, mut missing, cycles) = app.db.read(look).await?;
    let shown = usize::try_from(SHOWN).unwrap_or(usize::MAX);
    let has_more = missing.len() > shown;
    missing.truncate(shown);
    let view = Index {
        t: chrome.t,
        chrome,
        form,
        routes,
        stops,
        missing,
        has_more,
        cycles,
    };
    page_with(status, &view)
}

/// POST /office/routes — one more route.
pub async fn create(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    mut form: Form,
) -> PageResult {
    let (t, bad) = (chrome.t, StatusCode::UNPROCESSABLE_ENTITY);
    let cycle = form.parse::<CycleId>("cycle", t.form_choose());
    let Some(cycle) = cycle else {
        return view(&app, chrome, (form, bad)).await;
    };
    let (code, name) = (form.value("code").to_owned(), form.value("name").to_owned());
    let open = move |tx: &mut Tx<'_>| usecases::routes::open(tx, (&code, &name), cycle);
    match app.db.write(staff.stamp(&app), open).await {
        Ok(()) => see_other_saying("/office/routes", Tone::Good, t.routes_opened()),
        Err(RouteError::Fault(fault)) => Err(fault.into()),
        Err(refused) => {
            form.refuse("code", said(t, &refused));
            view(&app, chrome, (form, bad)).await
        }
    }
}

/// POST /office/routes/missing — points that are on no route come to the end of one.
pub async fn place(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    mut form: Form,
) -> PageResult {
    let (t, bad) = (chrome.t, StatusCode::UNPROCESSABLE_ENTITY);
    let Some(route) = form.parse::<ReadRouteId>("route", t.form_choose()) else {
        return view(&app, chrome, (form, bad)).await;
    };
    let points = ticked(&form);
    let change = move |tx: &mut Tx<'_>| usecases::routes::place(tx, route, &points, Place::Last);
    match app.db.write(staff.stamp(&app), change).await {
        Ok(()) => {
            let address = format!("/office/routes/{route}");
            see_other_saying(address, Tone::Good, t.routes_saved())
        }
        Err(RouteError::Fault(fault)) => Err(fault.into()),
        Err(refused) => {
            form.refuse("route", said(t, &refused));
            view(&app, chrome, (form, bad)).await
        }
    }
}
