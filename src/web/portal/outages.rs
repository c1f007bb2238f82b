//! What is out and what is planned, for anybody: where in town and how many accounts, never whose.

use actix_web::web::{Data, Path};
use askama::Template;
use chrono::TimeDelta;

use crate::app::App;
use crate::domain::ids::OutageId;
use crate::i18n::Words;
use crate::store::error::StoreError;
use crate::store::outages::{self, UpdateRow};
use crate::web::chrome::Chrome;
use crate::web::outage_view::{self, OutageView};
use crate::web::{PageError, PageResult, page};

/// So long what is over stays on the list.
const SHOWN_AFTER: TimeDelta = TimeDelta::days(1);

#[derive(Template)]
#[template(path = "portal/outages/index.html")]
struct Index {
    t: Words,
    chrome: Chrome,
    outages: Vec<OutageView>,
}

#[derive(Template)]
#[template(path = "portal/outages/show.html")]
struct Show {
    t: Words,
    chrome: Chrome,
    outage: OutageView,
    updates: Vec<UpdateRow>,
}

/// GET /outages
pub async fn index(app: Data<App>, chrome: Chrome) -> PageResult {
    let (zone, now) = (app.clock.zone(), app.clock.now());
    let since = now - SHOWN_AFTER;
    let read = app.db.read(move |conn| {
        let rows = outages::list_current(conn, since)?;
        outage_view::load(conn, rows, (zone, now))
    });
    let found: Result<Vec<OutageView>, StoreError> = read.await;
    let mut outages = found?;
    outages.sort_by_key(|outage| (!outage.row.status.is_open(), outage.row.commodity));
    page(&Index {
        t: chrome.t,
        chrome,
        outages,
    })
}

/// GET /outages/{number}
pub async fn show(app: Data<App>, chrome: Chrome, number: Path<String>) -> PageResult {
    let id: OutageId = number
        .parse()
        .map_err(|_not_a_number| PageError::NotFound)?;
    let (zone, now) = (app.clock.zone(), app.clock.now());
    let read = app.db.read(move |conn| {
        let row = outages::get(conn, id)?;
        let view = outage_view::load(conn, vec![row], (zone, now))?.pop();
        let view = view.ok_or(StoreError::Missing("outage"))?;
        Ok((view, outages::list_updates(conn, id)?))
    });
    let found: Result<(OutageView, Vec<UpdateRow>), StoreError> = read.await;
    let (outage, updates) = found?;
    page(&Show {
        t: chrome.t,
        chrome,
        outage,
        updates,
    })
}
