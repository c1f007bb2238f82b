//! A route as it is read: on paper or on a telephone, with what each register showed last and where it is expected, and as a file for hand-held
//! readers, which also puts the route in another order when it is sent back.

use actix_web::HttpResponse;
use actix_web::http::header;
use actix_web::web::{Data, Path};
use askama::Template;
use chrono::NaiveDate;

use crate::app::App;
use crate::documents::csv;
use crate::domain::ids::ReadRouteId;
use crate::i18n::Words;
use crate::store::db::Conn;
use crate::store::routes::RouteRow;
use crate::usecases::routes::{Reading, Stop, sheet};
use crate::web::chrome::Chrome;
use crate::web::{PageError, PageResult, page};

#[derive(Template)]
#[template(path = "office/routes/sheet.html")]
struct Sheet {
    t: Words,
    chrome: Chrome,
    route: RouteRow,
    stops: Vec<Stop>,
    today: NaiveDate,
}

impl Sheet {
    fn is_read(&self, reading: &Reading) -> bool {
        reading.last.is_some_and(|(day, _)| day == self.today)
    }

    /// How many registers of the route were read today, and how many there are.
    fn done(&self) -> (usize, usize) {
        let all = || self.stops.iter().flat_map(|stop| &stop.readings);
        let read = all().filter(|reading| self.is_read(reading)).count();
        (read, all().count())
    }

    fn said(&self) -> String {
        let (read, all) = self.done();
        self.t.routes_done(read, all)
    }

    fn unit(&self, reading: &Reading) -> &'static str {
        reading.dial.unit.as_str()
    }
}

/// GET /office/routes/{id}/sheet
pub async fn show(app: Data<App>, chrome: Chrome, path: Path<ReadRouteId>) -> PageResult {
    let (id, today) = (*path, app.clock.today());
    let look = move |conn: &mut Conn| sheet(conn, id, today);
    let (route, stops) = app.db.read(look).await?;
    page(&Sheet {
        t: chrome.t,
        chrome,
        route,
        stops,
        today,
    })
}

/// GET /office/routes/{id}/file — one line a register; a stop without a meter has one line too.
pub async fn file(app: Data<App>, path: Path<ReadRouteId>) -> PageResult {
    let (id, today) = (*path, app.clock.today());
    let look = move |conn: &mut Conn| sheet(conn, id, today);
    let (route, stops) = app.db.read(look).await?;
    let rows = stops.iter().flat_map(|stop| lines(&route, stop));
    let heading = [
        "route",
        "turn",
        "point",
        "service",
        "address",
        "account",
        "serial",
        "register",
        "channel",
        "unit",
        "dials",
        "previous_on",
        "previous",
        "expected_low",
        "expected_high",
        "note",
    ];
    let table = csv::table(&heading, rows).map_err(PageError::fault)?;
    Ok(HttpResponse::Ok()
        .content_type("text/csv; charset=utf-8")
        .insert_header((header::CACHE_CONTROL, "private, no-store"))
        .insert_header((
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"route-{id}.csv\""),
        ))
        .body(table))
}

fn lines(route: &RouteRow, stop: &Stop) -> Vec<Vec<String>> {
    let account = stop.account.as_ref().map(ToString::to_string);
    let head = [
        route.code.clone(),
        stop.row.turn.to_string(),
        stop.row.service_point_id.to_string(),
        stop.spot.commodity.to_string(),
        stop.spot.line.clone(),
        account.unwrap_or_default(),
    ];
    let note = &stop.row.note;
    let line = |rest: Vec<String>| {
        let note = std::iter::once(note.clone());
        head.iter().cloned().chain(rest).chain(note).collect()
    };
    if stop.readings.is_empty() {
        return vec![line(vec![String::new(); 9])];
    }
    let rest = |reading: &Reading| {
        let dial = &reading.dial;
        let (low, high) = reading
            .expected
            .map_or_else(Default::default, |(low, high)| {
                (low.to_string(), high.to_string())
            });
        let (day, last) = reading.last.map_or_else(Default::default, |(day, last)| {
            (day.to_string(), last.to_string())
        });
        vec![
            dial.serial.clone(),
            dial.register.to_string(),
            dial.channel.to_string(),
            dial.unit.to_string(),
            dial.dials.to_string(),
            day,
            last,
            low,
            high,
        ]
    };
    stop.readings.iter().map(|one| line(rest(one))).collect()
}
