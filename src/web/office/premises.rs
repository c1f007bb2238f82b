//! Places: found by address, shown with all that is and was delivered there, opened before anybody is served, mended where something was wrong.

use actix_web::HttpRequest;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Query};
use askama::Template;
use chrono::NaiveDate;
use serde::Deserialize;

use crate::app::App;
use crate::domain::ids::{CycleId, PremiseId, ServicePointId};
use crate::domain::premises::Commodity;
use crate::i18n::Words;
use crate::store::cycles;
use crate::store::db::{Conn, Tx};
use crate::store::labels::one_line;
use crate::store::place_screen::{self, Place, Point};
use crate::store::premises::{self, PremiseRow};
use crate::usecases::accounts::NewPremise;
use crate::usecases::places::{
    PlaceError, change_seen_premise, name_feeder, open_point, open_premise,
};
use crate::usecases::seen::Unseen;
use crate::web::chrome::Chrome;
use crate::web::flash::{Tone, see_other_saying};
use crate::web::form::Form;
use crate::web::paging::{Page, Pager};
use crate::web::session::{StaffMember, percent_encoded};
use crate::web::{PageError, PageResult, page, page_with, see_other};

/// The most words of an address that are looked at.
const MOST_WORDS: usize = 6;

/// The longest text that is searched for, in characters.
const LONGEST: usize = 100;

/// What is looked for.
#[derive(Debug, Default, Deserialize)]
pub struct Asking {
    /// Words of an address.
    #[serde(default)]
    q: String,
}

/// The words of an address, as the store keeps them.
#[must_use]
pub fn words_of(text: &str) -> Vec<String> {
    let words = text.split_whitespace().take(MOST_WORDS);
    words.map(str::to_lowercase).collect()
}

#[derive(Template)]
#[template(path = "office/premises/index.html")]
struct Index {
    t: Words,
    chrome: Chrome,
    q: String,
    found: Vec<PremiseRow>,
    pager: Pager,
}

/// A place in one line, with its town.
#[must_use]
pub fn whole_line(row: &PremiseRow) -> String {
    let line = one_line(row.line_1.clone(), row.unit.clone());
    format!("{line}, {}, {} {}", row.city, row.state, row.postal_code)
}

impl Index {
    fn line(&self, row: &PremiseRow) -> String {
        whole_line(row)
    }
}

/// GET /office/premises
pub async fn index(
    app: Data<App>,
    chrome: Chrome,
    asking: Query<Asking>,
    asked: Query<Page>,
) -> PageResult {
    let q: String = asking.q.trim().chars().take(LONGEST).collect();
    let (words, rows) = (words_of(&q), (asked.limit(), asked.offset()));
    let look = move |conn: &mut Conn| premises::find_by_words(conn, &words, rows);
    let found = app.db.read(look).await?;
    let address = format!("/office/premises?q={}", percent_encoded(&q));
    let (found, pager) = asked.of(found, &address);
    page(&Index {
        t: chrome.t,
        chrome,
        q,
        found,
        pager,
    })
}

#[derive(Template)]
#[template(path = "office/premises/show.html")]
struct Show {
    t: Words,
    chrome: Chrome,
    form: Form,
    place: Place,
    today: NaiveDate,
}

impl Show {
    fn line(&self) -> String {
        let row = &self.place.premise;
        one_line(row.line_1.clone(), row.unit.clone())
    }

    /// How the places are written that became one with it.
    fn merged(&self) -> String {
        let each = self.place.merged.iter().map(whole_line);
        each.collect::<Vec<String>>().join("; ")
    }

    fn name(&self, point: &Point) -> String {
        let service = self.t.service_name(point.row.commodity.as_str());
        match &point.row.label {
            Some(label) => format!("{service}, {label}"),
            None => service,
        }
    }

    /// The name of a point's field for its feeder.
    fn feeder_field(&self, point: &Point) -> String {
        format!("feeder-{}", point.row.id)
    }

    /// What stands in that field: what was refused, else what is kept.
    fn feeder(&self, point: &Point) -> String {
        match self.form.problem(&self.feeder_field(point)) {
            Some(_) => self.form.value("feeder").to_owned(),
            None => point.row.feeder.clone().unwrap_or_default(),
        }
    }

    /// What can still be delivered there.
    fn commodities(&self) -> Vec<(&'static str, String)> {
        Commodity::ALL
            .iter()
            .map(|one| (one.as_str(), self.t.service_name(one.as_str())))
            .collect()
    }

    /// Whether something metered is delivered without anything that counts it.
    fn is_unmetered(&self, point: &Point) -> bool {
        point.row.commodity.is_metered()
            && point.served_on(self.today).is_some()
            && point.hanging_on(self.today).is_empty()
    }
}

/// GET /office/premises/{id} — of a place that became one with another, that one.
pub async fn show(app: Data<App>, chrome: Chrome, path: Path<PremiseId>) -> PageResult {
    show_view(&app, chrome, *path, Form::default(), StatusCode::OK).await
}

async fn show_view(
    app: &App,
    chrome: Chrome,
    id: PremiseId,
    form: Form,
    status: StatusCode,
) -> PageResult {
    let today = app.clock.today();
    let load = move |conn: &mut Conn| place_screen::get(conn, id, today);
    let place = app.db.read(load).await?;
    if let Some(kept) = place.merged_into {
        return see_other(address(kept));
    }
    let view = Show {
        t: chrome.t,
        chrome,
        form,
        place,
        today,
    };
    page_with(status, &view)
}

/// POST /office/premises/{id}/points — something more is delivered there.
pub async fn create_point(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<PremiseId>,
    mut form: Form,
) -> PageResult {
    let (t, id) = (chrome.t, *path);
    let bad = StatusCode::UNPROCESSABLE_ENTITY;
    let Some(commodity) = form.parse::<Commodity>("commodity", t.form_choose()) else {
        return show_view(&app, chrome, id, form, bad).await;
    };
    let label = form.value("label").to_owned();
    let open = move |tx: &mut Tx<'_>| open_point(tx, id, commodity, Some(&label));
    match app.db.write(staff.stamp(&app), open).await {
        Ok(_) => see_other_saying(address(id), Tone::Good, t.place_point_opened()),
        Err(PlaceError::Fault(fault)) => Err(fault.into()),
        Err(refused) => {
            form.refuse("label", said(t, &refused));
            show_view(&app, chrome, id, form, bad).await
        }
    }
}

/// POST /office/points/{id}/feeder — which feeder, circuit or main serves a point; none where the field is empty.
pub async fn set_feeder(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<ServicePointId>,
    mut form: Form,
) -> PageResult {
    let (t, point) = (chrome.t, *path);
    let typed = form.value("feeder").to_owned();
    let set = move |tx: &mut Tx<'_>| name_feeder(tx, point, &typed);
    match app.db.write(staff.stamp(&app), set).await {
        Ok(place) => see_other_saying(address(place), Tone::Good, t.place_changed()),
        Err(PlaceError::Fault(fault)) => Err(fault.into()),
        Err(refused) => {
            let look = move |conn: &mut Conn| premises::get_point(conn, point);
            let place = app.db.read(look).await?.premise_id;
            form.refuse(format!("feeder-{point}"), said(t, &refused));
            let bad = StatusCode::UNPROCESSABLE_ENTITY;
            show_view(&app, chrome, place, form, bad).await
        }
    }
}

/// Where a place is shown.
#[must_use]
pub fn address(id: PremiseId) -> String {
    format!("/office/premises/{id}")
}

#[derive(Template)]
#[template(path = "office/premises/form.html")]
struct Edit {
    t: Words,
    chrome: Chrome,
    form: Form,
    /// The place that is mended; nothing where it is new.
    id: Option<PremiseId>,
    cycles: Vec<(String, String)>,
}

impl Edit {
    fn title(&self) -> &'static str {
        match self.id {
            Some(_) => self.t.place_edit(),
            None => self.t.place_new(),
        }
    }
}

/// GET /office/premises/new
pub async fn new(app: Data<App>, chrome: Chrome, request: HttpRequest) -> PageResult {
    // What somebody looked for and did not find is most of what they would write again.
    let asked = Form::of_query(request.query_string());
    let form = Form::default()
        .with("line_1", asked.value("q"))
        .with("dwelling_units", 1);
    edit_view(&app, chrome, None, form, StatusCode::OK).await
}

/// GET /office/premises/{id}/edit
pub async fn edit(app: Data<App>, chrome: Chrome, path: Path<PremiseId>) -> PageResult {
    let id = *path;
    let load = move |conn: &mut Conn| premises::get(conn, id);
    let row = app.db.read(load).await?;
    let form = filled(&row).seen(&FIELDS);
    edit_view(&app, chrome, Some(id), form, StatusCode::OK).await
}

/// The fields of a place's form.
pub const FIELDS: [&str; 10] = [
    "line_1",
    "unit",
    "city",
    "state",
    "postal_code",
    "dwelling_units",
    "area",
    "north",
    "east",
    "cycle",
];

/// The form of a place as it stands.
fn filled(row: &PremiseRow) -> Form {
    let text = |value: Option<String>| value.unwrap_or_default();
    Form::default()
        .with("line_1", &row.line_1)
        .with("unit", text(row.unit.clone()))
        .with("city", &row.city)
        .with("state", &row.state)
        .with("postal_code", &row.postal_code)
        .with("dwelling_units", row.dwelling_units)
        .with(
            "area",
            text(row.impervious_sqft.map(|area| area.to_string())),
        )
        .with("north", text(row.latitude.map(|north| north.to_string())))
        .with("east", text(row.longitude.map(|east| east.to_string())))
        .with("cycle", text(row.cycle_id.map(|cycle| cycle.to_string())))
}

async fn edit_view(
    app: &App,
    chrome: Chrome,
    id: Option<PremiseId>,
    form: Form,
    status: StatusCode,
) -> PageResult {
    let known = app.db.read(cycles::list).await?;
    let none = (String::new(), chrome.t.place_no_cycle().to_owned());
    let named = known.into_iter().map(|cycle| {
        (
            cycle.id.to_string(),
            format!("{}, {}", cycle.code, cycle.name),
        )
    });
    let view = Edit {
        t: chrome.t,
        chrome,
        form,
        id,
        cycles: std::iter::once(none).chain(named).collect(),
    };
    page_with(status, &view)
}

/// Reads the form of a place.
fn read(t: Words, form: &mut Form) -> Option<(NewPremise, Option<CycleId>)> {
    let dwelling_units = form.parse("dwelling_units", t.place_bad_units());
    let impervious_sqft = form.number_if_any("area", t.place_bad_area());
    let north = form.number_if_any("north", t.place_bad_point());
    let east = form.number_if_any("east", t.place_bad_point());
    if north.is_some() != east.is_some() {
        form.refuse("north", t.place_bad_point());
    }
    let cycle = form.parse_if_any("cycle", t.form_choose());
    let unit = form.value("unit").to_owned();
    let new = NewPremise {
        line_1: form.value("line_1").to_owned(),
        unit: Some(unit),
        city: form.value("city").to_owned(),
        state: form.value("state").to_owned(),
        postal_code: form.value("postal_code").to_owned(),
        point: north.zip(east),
        impervious_sqft,
        dwelling_units: dwelling_units?,
    };
    form.is_good().then_some((new, cycle))
}

/// POST /office/premises — a place nobody was served at before.
pub async fn create(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    mut form: Form,
) -> PageResult {
    let bad = StatusCode::UNPROCESSABLE_ENTITY;
    let Some((new, cycle)) = read(chrome.t, &mut form) else {
        return edit_view(&app, chrome, None, form, bad).await;
    };
    let open = move |tx: &mut Tx<'_>| open_premise(tx, &new, cycle);
    match app.db.write(staff.stamp(&app), open).await {
        Ok(id) => see_other_saying(address(id), Tone::Good, chrome.t.place_opened()),
        Err(refused) => refuse(&app, chrome, (None, form), refused).await,
    }
}

/// POST /office/premises/{id} — what is right about a place.
pub async fn update(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<PremiseId>,
    mut form: Form,
) -> PageResult {
    let (id, bad) = (*path, StatusCode::UNPROCESSABLE_ENTITY);
    let Some(new) = read(chrome.t, &mut form) else {
        return edit_view(&app, chrome, Some(id), form, bad).await;
    };
    let saw = form.as_seen().and_then(|mut was| read(chrome.t, &mut was));
    let change = move |tx: &mut Tx<'_>| change_seen_premise(tx, id, saw.as_ref(), &new);
    match app.db.write(staff.stamp(&app), change).await {
        Ok(()) => see_other_saying(address(id), Tone::Good, chrome.t.place_changed()),
        Err(Unseen::Refused(refused)) => refuse(&app, chrome, (Some(id), form), refused).await,
        Err(Unseen::ChangedSince(now)) => {
            let known = app.db.read(cycles::list).await?;
            let cycle = known
                .into_iter()
                .find(|cycle| now.cycle_id == Some(cycle.id));
            let cycle = cycle.map_or_else(String::new, |cycle| cycle.code);
            changed(&mut form, chrome.t, (&now, &cycle));
            let status = form.refusal();
            edit_view(&app, chrome, Some(id), form, status).await
        }
    }
}

/// Says what somebody else wrote of the place meanwhile.
fn changed(form: &mut Form, t: Words, (now, cycle): (&PremiseRow, &str)) {
    let present = filled(now);
    for field in FIELDS {
        let value = present.value(field);
        if form.saw(field).is_some_and(|was| was != value) {
            let said = if field == "cycle" { cycle } else { value };
            let said = if said.is_empty() {
                t.seen_empty()
            } else {
                said
            };
            form.changed_since(field, value, t.seen_changed(said));
        }
    }
}

async fn refuse(
    app: &App,
    chrome: Chrome,
    (id, mut form): (Option<PremiseId>, Form),
    refused: PlaceError,
) -> PageResult {
    if let PlaceError::Fault(fault) = refused {
        return Err(PageError::from(fault));
    }
    form.refuse(field_of(&refused), said(chrome.t, &refused));
    edit_view(app, chrome, id, form, StatusCode::UNPROCESSABLE_ENTITY).await
}

const fn field_of(refused: &PlaceError) -> &'static str {
    match refused {
        PlaceError::StreetMissing
        | PlaceError::LineTooLong
        | PlaceError::KnownAddress(_)
        | PlaceError::Merged(_) => "line_1",
        PlaceError::CityMissing => "city",
        PlaceError::State => "state",
        PlaceError::PostalCode => "postal_code",
        PlaceError::DwellingUnits => "dwelling_units",
        PlaceError::Area => "area",
        PlaceError::Point => "north",
        PlaceError::NoSuchCycle => "cycle",
        PlaceError::KnownPoint | PlaceError::Fault(_) => "label",
    }
}

/// Why a place or point was not taken, in words.
#[must_use]
pub fn said(t: Words, refused: &PlaceError) -> String {
    match refused {
        PlaceError::StreetMissing | PlaceError::CityMissing | PlaceError::Fault(_) => {
            t.form_required().to_owned()
        }
        PlaceError::LineTooLong => t.place_too_long().to_owned(),
        PlaceError::State => t.place_bad_state().to_owned(),
        PlaceError::PostalCode => t.place_bad_zip().to_owned(),
        PlaceError::DwellingUnits => t.place_bad_units().to_owned(),
        PlaceError::Area => t.place_bad_area().to_owned(),
        PlaceError::Point => t.place_bad_point().to_owned(),
        PlaceError::NoSuchCycle => t.form_choose().to_owned(),
        PlaceError::KnownAddress(_) => t.place_known().to_owned(),
        PlaceError::KnownPoint => t.place_point_known().to_owned(),
        PlaceError::Merged(kept) => t.place_merged_into(kept.to_string()),
    }
}
