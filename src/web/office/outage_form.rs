//! Declaring an outage: what it is, whom it touches, one look at how many that are, and then it is told. The part of town is read here for
//! adding one later, too.

use std::hash::{DefaultHasher, Hash, Hasher};

use actix_web::http::StatusCode;
use actix_web::web::Data;
use askama::Template;
use chrono::{NaiveDate, NaiveDateTime};
use chrono_tz::Tz;

use crate::app::App;
use crate::domain::commodity::Commodity;
use crate::domain::ids::{AccountNumber, CycleId};
use crate::domain::outages::{
    Area, AreaKind, Cause, LONGEST_WORDS, MOST_NAMED, NewOutage, OutageKind, Problem, Said, Side,
};
use crate::domain::polygons::{MOST_CORNERS, Polygon, PolygonFault, Spot};
use crate::domain::typed_day::is_ours;
use crate::i18n::Words;
use crate::store::cycles;
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::labels::{self, AccountLabel};
use crate::store::outage_areas::{self, Served};
use crate::usecases::outages::{Looked, OutageError, declare, look};
use crate::web::chrome::Chrome;
use crate::web::flash::{Tone, see_other_saying};
use crate::web::form::Form;
use crate::web::office::outage_map::Map;
use crate::web::office::outages::address;
use crate::web::outage_view::local;
use crate::web::session::StaffMember;
use crate::web::{PageError, PageResult, page, page_with};

/// How many names of streets the form offers.
const STREETS: i32 = 1_000;

/// How a form writes a time.
const MOMENT: &str = "%Y-%m-%dT%H:%M";

/// What parts of town can be chosen by.
pub struct Choices {
    /// Names of streets.
    pub streets: Vec<String>,
    /// The places that have a point of the earth; nothing where none has.
    pub map: Option<Map>,
    /// How many places have none, and are in no drawn part of town.
    pub lost: usize,
    cycles: Vec<(String, String)>,
    feeders: Vec<(String, Commodity)>,
}

impl Choices {
    /// Four queries.
    pub fn load(conn: &mut Conn) -> Result<Self, StoreError> {
        let cycles = cycles::list(conn)?;
        let (places, lost) = outage_areas::list_spots(conn)?;
        let spots: Vec<Spot> = places.into_iter().map(|(_, spot)| spot).collect();
        Ok(Self {
            map: Map::of(&spots),
            lost,
            feeders: outage_areas::list_feeders(conn)?,
            streets: outage_areas::list_streets(conn, STREETS)?,
            cycles: cycles
                .into_iter()
                .map(|cycle| (cycle.id.to_string(), cycle.name))
                .collect(),
        })
    }

    /// By what a part of town is chosen.
    pub fn kinds(&self, t: &Words) -> Vec<(&'static str, String)> {
        words(AreaKind::ALL, AreaKind::as_str, |kind| {
            t.outage_form_area_kind(kind)
        })
    }

    /// Which house numbers.
    pub fn sides(&self, t: &Words) -> Vec<(&'static str, String)> {
        words(Side::ALL, Side::as_str, |side| {
            t.outage_form_side_word(side)
        })
    }

    /// The feeders that are known, each with what it carries in words.
    pub fn feeders(&self, t: &Words) -> Vec<(String, String)> {
        let named = self.feeders.iter();
        named
            .map(|(name, carries)| (name.clone(), t.service_name(carries.as_str())))
            .collect()
    }

    /// The bill cycles, and none.
    pub fn cycles(&self, t: &Words) -> Vec<(String, String)> {
        let none = (String::new(), t.outage_form_no_cycle().to_owned());
        std::iter::once(none).chain(self.cycles.clone()).collect()
    }
}

fn words<T: Copy>(
    all: &[T],
    word: impl Fn(T) -> &'static str,
    say: impl Fn(&'static str) -> String,
) -> Vec<(&'static str, String)> {
    all.iter()
        .map(|one| (word(*one), say(word(*one))))
        .collect()
}

/// Whose accounts were found, as they are shown before anything is told.
pub struct Found {
    /// How many.
    pub count: usize,
    /// At how many places.
    pub places: usize,
    /// Some of them.
    pub sample: Vec<AccountLabel>,
    /// A number that changes with what was asked for and what was found.
    pub seen: String,
}

impl Found {
    /// Names what was found in an area.
    pub fn load(
        conn: &mut Conn,
        looked: Looked,
        (area, served, today): (&Area, Served, NaiveDate),
    ) -> Result<Self, StoreError> {
        let mut found = labels::of_accounts(conn, &looked.sample, today)?;
        let mut hasher = DefaultHasher::new();
        format!("{area:?} {served:?} {}", looked.count).hash(&mut hasher);
        Ok(Self {
            count: looked.count,
            places: looked.places,
            sample: looked
                .sample
                .iter()
                .filter_map(|id| found.remove(id))
                .collect(),
            seen: hasher.finish().to_string(),
        })
    }

    /// Whether the form was sent by somebody who saw just this.
    pub fn is_what_was_seen(&self, form: &Form) -> bool {
        form.value("step") == "tell" && form.value("seen") == self.seen
    }
}

#[derive(Template)]
#[template(path = "office/outages/new.html")]
struct New {
    t: Words,
    chrome: Chrome,
    form: Form,
    choices: Choices,
    found: Option<Found>,
}

impl New {
    fn outage_kinds(&self) -> Vec<(&'static str, String)> {
        words(OutageKind::ALL, OutageKind::as_str, |kind| {
            self.t.outage_kind(kind)
        })
    }

    fn services(&self) -> Vec<(&'static str, String)> {
        words(Commodity::ALL, Commodity::as_str, |service| {
            self.t.service_name(service)
        })
    }

    fn causes(&self) -> Vec<(&'static str, String)> {
        words(Cause::ALL, Cause::as_str, |cause| {
            self.t.outage_cause(cause)
        })
    }
}

/// GET /office/outages/new
pub async fn new(app: Data<App>, chrome: Chrome) -> PageResult {
    let now = local(app.clock.zone(), app.clock.now());
    let form = Form::default()
        .with("key", uuid::Uuid::new_v4())
        .with("begins", now.format(MOMENT));
    page(&view(&app, chrome, form, None).await?)
}

/// POST /office/outages — shows whom it touches, and declares it once that was seen. The same form declares once.
pub async fn create(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    mut form: Form,
) -> PageResult {
    let t = chrome.t;
    if uuid::Uuid::parse_str(form.value("key")).is_err() {
        return Err(PageError::Unreadable);
    }
    let mut found = None;
    if let Some((new, area)) = read(t, &mut form, &app) {
        let today = app.clock.today();
        let served = Served {
            commodity: new.commodity,
            on: app.clock.day_of(new.begins_at),
        };
        let asked = area.clone();
        let read = app.db.read(move |conn| {
            let looked = look(conn, &asked, served)?;
            Ok::<_, OutageError>(Found::load(conn, looked, (&asked, served, today))?)
        });
        match read.await {
            Ok(looked) if looked.is_what_was_seen(&form) => {
                let key = form.value("key").to_owned();
                let declared = app.db.write(staff.stamp(&app), move |tx| {
                    declare(tx, &key, &new, (&area, served.on))
                });
                match declared.await {
                    Ok(id) => {
                        return see_other_saying(address(id), Tone::Good, t.outage_declared());
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
    page_with(status, &view(&app, chrome, form, found).await?)
}

async fn view(
    app: &App,
    chrome: Chrome,
    form: Form,
    found: Option<Found>,
) -> Result<New, PageError> {
    let choices = app.db.read(Choices::load).await?;
    Ok(New {
        t: chrome.t,
        chrome,
        form,
        choices,
        found,
    })
}

/// What is to be declared; nothing where something does not fit.
fn read(t: Words, form: &mut Form, app: &App) -> Option<(NewOutage, Area)> {
    let zone = app.clock.zone();
    let kind = form.parse::<OutageKind>("kind", t.form_choose());
    let commodity = form.parse::<Commodity>("service", t.form_choose());
    let cause = form.parse::<Cause>("cause", t.form_choose());
    let begins_at = moment_if_any(t, form, "begins", zone);
    if begins_at.is_none() {
        form.refuse("begins", t.outage_wrong_time());
    }
    let expected_at = moment_if_any(t, form, "expected", zone);
    let words = Said {
        en: form.value("words_en").to_owned(),
        es: form.value("words_es").to_owned(),
    };
    let area = read_area(t, form);
    let new = NewOutage {
        kind: kind?,
        commodity: commodity?,
        cause: cause?,
        words,
        begins_at: begins_at?,
        expected_at,
    };
    if let Err(problem) = new.check(app.clock.now()) {
        refuse_problem(t, form, problem);
    }
    Some((new, area?)).filter(|_| form.is_good())
}

/// A field read as a time on the utility's wall clock, in UTC; an empty one is nothing.
pub fn moment_if_any(
    t: Words,
    form: &mut Form,
    field: &'static str,
    zone: Tz,
) -> Option<NaiveDateTime> {
    let typed = form.value(field).to_owned();
    if typed.is_empty() {
        return None;
    }
    let wall = NaiveDateTime::parse_from_str(&typed, MOMENT)
        .ok()
        .filter(|at| is_ours(at.date()));
    let at = wall.and_then(|at| at.and_local_timezone(zone).earliest());
    if at.is_none() {
        form.refuse(field, t.outage_wrong_time());
    }
    at.map(|at| at.naive_utc())
}

/// The part of town that a form chooses; nothing where something does not fit.
pub fn read_area(t: Words, form: &mut Form) -> Option<Area> {
    let area = match form.parse::<AreaKind>("by", t.form_choose())? {
        AreaKind::Street => {
            let street = form.required("street", t.form_required())?;
            let from = form.parse::<i32>("from", t.outage_wrong_house_numbers())?;
            let to = form.parse::<i32>("to", t.outage_wrong_house_numbers())?;
            if from < 1 || to < from {
                form.refuse("from", t.outage_wrong_house_numbers());
            }
            let side = form.parse::<Side>("side", t.form_choose())?;
            Area::Street {
                street,
                from,
                to,
                side,
            }
        }
        AreaKind::PostalCode => {
            let code = form.value("postal_code").to_owned();
            let is_good = code.len() == 5 && code.bytes().all(|byte| byte.is_ascii_digit());
            if !is_good {
                form.refuse("postal_code", t.outage_wrong_postal_code());
            }
            Area::PostalCode(code)
        }
        AreaKind::Cycle => Area::Cycle(form.parse::<CycleId>("cycle", t.form_choose())?),
        AreaKind::Feeder => {
            let typed = form.required("feeder", t.form_required())?;
            Area::Feeder(typed.split_whitespace().collect::<Vec<_>>().join(" "))
        }
        AreaKind::Drawn => match Polygon::read(form.value("corners")) {
            Ok(polygon) => Area::Drawn(polygon),
            Err(fault) => {
                form.refuse("corners", said(t, &fault));
                return None;
            }
        },
        AreaKind::Accounts => Area::Accounts(read_numbers(t, form)?),
        AreaKind::Everywhere => Area::Everywhere,
    };
    Some(area).filter(|_| form.is_good())
}

/// Why no part of town was read of its corners, in words.
fn said(t: Words, fault: &PolygonFault) -> String {
    match fault {
        PolygonFault::TooFew => t.outage_wrong_corners_few().to_owned(),
        PolygonFault::TooMany => t.outage_wrong_corners_many(MOST_CORNERS),
        PolygonFault::NotACorner(line) => t.outage_wrong_corner_line(*line),
        PolygonFault::NotOnEarth(corner) => t.outage_wrong_corner_earth(*corner),
        PolygonFault::NotOnePolygon => t.outage_wrong_corners_pasted().to_owned(),
        PolygonFault::Flat => t.outage_wrong_corners_flat().to_owned(),
        PolygonFault::Crossing => t.outage_wrong_corners_crossing().to_owned(),
    }
}

fn read_numbers(t: Words, form: &mut Form) -> Option<Vec<AccountNumber>> {
    let typed = form.required("numbers", t.form_required())?;
    let mut numbers: Vec<AccountNumber> = Vec::new();
    for part in typed.split([',', ';', '\n', '\r']) {
        let part = part.trim();
        if part.is_empty() {
            continue;
        }
        match part.parse() {
            Ok(number) => numbers.push(number),
            Err(_not_a_number) => {
                form.refuse("numbers", t.outage_wrong_number(part));
                return None;
            }
        }
    }
    numbers.sort_unstable();
    numbers.dedup();
    if numbers.len() > MOST_NAMED {
        form.refuse("numbers", t.outage_wrong_many(MOST_NAMED));
    }
    if numbers.is_empty() {
        form.refuse("numbers", t.form_required());
    }
    Some(numbers).filter(|_| form.is_good())
}

/// Says beside the field what does not fit.
///
/// # Errors
/// A fault.
pub fn refuse(t: Words, form: &mut Form, error: OutageError) -> Result<(), PageError> {
    match error {
        OutageError::Problem(problem) => refuse_problem(t, form, problem),
        OutageError::Nobody => form.refuse("by", t.outage_wrong_nobody()),
        OutageError::UnknownAccount(number) => {
            form.refuse("numbers", t.outage_wrong_account(number));
        }
        OutageError::NothingNew => form.refuse("by", t.outage_wrong_nothing_new()),
        OutageError::WrongStatus => form.refuse("expected", t.outage_wrong_status()),
        OutageError::Fault(fault) => return Err(fault.into()),
    }
    Ok(())
}

fn refuse_problem(t: Words, form: &mut Form, problem: Problem) {
    match problem {
        Problem::NoWords => {
            let field = if form.has("words_en") {
                "words_es"
            } else {
                "words_en"
            };
            form.refuse(field, t.outage_wrong_words());
        }
        Problem::TooLong => form.refuse("words_en", t.outage_wrong_long(LONGEST_WORDS)),
        Problem::PlannedInThePast => form.refuse("begins", t.outage_wrong_planned()),
        Problem::NotBegunYet => form.refuse("begins", t.outage_wrong_begun()),
        Problem::TooFar => form.refuse("begins", t.outage_wrong_far()),
        Problem::ExpectedTooSoon => form.refuse("expected", t.outage_wrong_expected()),
    }
}
