//! The weather of days: which stations are known, one more file, and which station's weather customers see beside what they used.

use std::fs::{self, File};
use std::io::BufReader;
use std::sync::Arc;

use actix_multipart::Multipart;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use askama::Template;

use crate::adapters::weather::{WeatherFileError, read};
use crate::app::App;
use crate::domain::staff::Permission;
use crate::domain::stamp::Stamp;
use crate::domain::weather::TemperatureUnit;
use crate::i18n::Words;
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::store::weather::{StationRow, list_stations};
use crate::usecases::weather::{Taken, WeatherError, choose_station, import};
use crate::web::chrome::Chrome;
use crate::web::flash::{Tone, see_other_saying};
use crate::web::form::Form;
use crate::web::office::uploads::{self, Upload};
use crate::web::session::StaffMember;
use crate::web::{PageError, PageResult, page, page_with};

const ADDRESS: &str = "/office/imports/weather";

/// So many letters of the reason why a line is refused are told.
const LONGEST_REASON: usize = 120;

/// The longest code of a station.
const LONGEST_CODE: usize = 60;

#[derive(Template)]
#[template(path = "office/imports/weather.html")]
struct Weather {
    t: Words,
    chrome: Chrome,
    stations: Vec<StationRow>,
    form: Form,
}

impl Weather {
    fn units(&self) -> Vec<(&'static str, String)> {
        let named = |unit: &TemperatureUnit| (unit.as_str(), self.t.weather_unit(unit.as_str()));
        let choose = std::iter::once(("", self.t.form_choose().to_owned()));
        choose
            .chain(TemperatureUnit::ALL.iter().map(named))
            .collect()
    }

    fn codes(&self) -> Vec<(String, String)> {
        let pair = |row: &StationRow| (row.station.clone(), row.station.clone());
        self.stations.iter().map(pair).collect()
    }
}

async fn view(app: &App, chrome: Chrome, form: Form) -> Result<Weather, PageError> {
    let stations = app.db.read(list_stations).await?;
    let shown = stations.iter().find(|row| row.is_shown);
    let shown = shown.map(|row| row.station.clone()).unwrap_or_default();
    Ok(Weather {
        t: chrome.t,
        chrome,
        stations,
        form: form.with("shown", shown),
    })
}

/// GET /office/imports/weather
pub async fn index(app: Data<App>, chrome: Chrome) -> PageResult {
    page(&view(&app, chrome, Form::default()).await?)
}

/// What became of a file.
#[derive(Default)]
struct Report {
    taken: Taken,
    refused: u64,
    /// The first line that was refused, and why.
    first: Option<(u64, String)>,
}

impl Report {
    /// Only the beginning of the reason is kept: a file that is no table may be one long cell.
    fn refuse(&mut self, line: u64, why: &str) {
        self.refused += 1;
        let why = || why.chars().take(LONGEST_REASON).collect();
        self.first.get_or_insert_with(|| (line, why()));
    }
}

type FileRefused = WeatherError<WeatherFileError>;

/// POST /office/imports/weather — take a file in. The same file again changes nothing.
pub async fn create(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    payload: Multipart,
) -> PageResult {
    let upload = uploads::take(payload).await?;
    let field = |name: &str| upload.fields.get(name).map_or("", |text| text.trim());
    let mut form = Form::default()
        .with("unit", field("unit"))
        .with("station", field("station"));
    let t = chrome.t;
    let unit: Option<TemperatureUnit> = form.parse("unit", t.form_choose());
    if let Some(lacks) = upload.lacks(t) {
        form.refuse("file", lacks);
    }
    if field("station").chars().count() > LONGEST_CODE {
        form.refuse("station", t.weather_station_long());
    }
    let (Some(unit), true) = (unit, form.is_good()) else {
        return again(&app, chrome, form).await;
    };
    let station = Some(field("station").to_owned()).filter(|code| !code.is_empty());
    match run(&app, staff.stamp(&app), (upload, unit, station)).await {
        Ok(report) => told(t, &report),
        Err(WeatherError::Fault(fault)) => Err(fault.into()),
        Err(WeatherError::NoStation) => {
            form.refuse("station", t.weather_no_station());
            again(&app, chrome, form).await
        }
        Err(WeatherError::File(error)) => {
            form.refuse("file", t.import_unreadable(error.to_string()));
            again(&app, chrome, form).await
        }
    }
}

/// What became of the file, in one sentence for the next page.
fn told(t: Words, report: &Report) -> PageResult {
    let Taken {
        new,
        corrected,
        known,
    } = report.taken;
    let said = t.weather_taken(new, corrected, known);
    match &report.first {
        None => see_other_saying(ADDRESS, Tone::Good, said),
        Some((line, why)) => {
            let refused = t.weather_refused(report.refused, *line, why);
            see_other_saying(ADDRESS, Tone::Bad, format!("{said} {refused}"))
        }
    }
}

async fn again(app: &App, chrome: Chrome, form: Form) -> PageResult {
    let view = view(app, chrome, form).await?;
    page_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
}

/// Reads the file on a thread that may block, and removes it.
async fn run(
    app: &Data<App>,
    stamp: Stamp,
    (upload, unit, station): (Upload, TemperatureUnit, Option<String>),
) -> Result<Report, FileRefused> {
    let app = Arc::clone(&app.clone().into_inner());
    let work = move || {
        let missing = || StoreError::Missing("upload");
        let sent = upload.files.last();
        let path = sent.and_then(|(_, sha256)| uploads::waiting(sha256));
        let path = path.ok_or_else(missing)?;
        let file = File::open(&path).map_err(|_gone| missing())?;
        let lines = read(BufReader::new(file), (unit, stamp.on)).map_err(WeatherError::File)?;
        let mut report = Report::default();
        let at = (&app.db, &stamp);
        report.taken = import(at, lines, station.as_deref(), |line, why| {
            report.refuse(line, &why);
        })?;
        fs::remove_file(&path).map_err(|_gone| missing())?;
        Ok(report)
    };
    match tokio::task::spawn_blocking(work).await {
        Ok(outcome) => outcome,
        Err(panic) => Err(StoreError::Abandoned(panic.to_string()).into()),
    }
}

/// POST /office/imports/weather/station — whose weather the pages show.
pub async fn choose(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    mut form: Form,
) -> PageResult {
    let wanted = form.value("shown").to_owned();
    let known = app.db.read(list_stations).await?;
    if !known.iter().any(|row| row.station == wanted) {
        form.refuse("shown", chrome.t.form_choose());
        return again(&app, chrome, form).await;
    }
    let change = move |tx: &mut Tx<'_>| choose_station(tx, &wanted);
    let done: Result<(), StoreError> = app.db.write(staff.stamp(&app), change).await;
    done?;
    see_other_saying(ADDRESS, Tone::Good, chrome.t.weather_chosen())
}
