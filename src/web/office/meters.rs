//! The inventory of meters: found by number, each with its registers and the places where it hung; new ones are taken in.

use std::borrow::Cow;

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Query};
use askama::Template;
use serde::Deserialize;

use crate::app::App;
use crate::domain::ids::{MeterId, RegisterId};
use crate::domain::meters::{Channel, INTERVALS, MOST_DECIMALS, MOST_DIALS, MeterKind};
use crate::domain::quantity::Unit;
use crate::domain::rates::numbers::Number;
use crate::i18n::Words;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::latest_reads::{LatestRead, latest_reads};
use crate::store::meters::{self, Hung, MeterRow, RegisterRow, Whereabouts};
use crate::usecases::accounts::{NewMeter, NewRegister};
use crate::usecases::meters::inventory::{InventoryError, NewMeterRefused, take_meter};
use crate::web::chrome::Chrome;
use crate::web::flash::{Tone, see_other_saying};
use crate::web::form::Form;
use crate::web::paging::{Page, Pager};
use crate::web::session::{StaffMember, percent_encoded};
use crate::web::{PageResult, page, page_with};

/// What is looked for.
#[derive(Debug, Default, Deserialize)]
pub struct Asking {
    /// The beginning of a meter's number.
    #[serde(default)]
    q: String,
    /// `in_place` or `in_stock`; anything else for all.
    #[serde(default)]
    at: String,
}

impl Asking {
    fn whereabouts(&self) -> Whereabouts {
        match self.at.as_str() {
            "in_place" => Whereabouts::InPlace,
            "in_stock" => Whereabouts::InStock,
            _ => Whereabouts::Anywhere,
        }
    }
}

/// A meter as the list shows it.
struct Line {
    row: MeterRow,
    /// Where it hangs, or hung last.
    last: Option<Hung>,
}

impl Line {
    /// `in_place`, `removed` or `new`.
    fn state(&self) -> &'static str {
        match &self.last {
            Some(hung) if hung.until_on.is_none() => "in_place",
            Some(_) => "removed",
            None => "new",
        }
    }
}

#[derive(Template)]
#[template(path = "office/meters/index.html")]
struct Index {
    t: Words,
    chrome: Chrome,
    asking: Asking,
    meters: Vec<Line>,
    pager: Pager,
}

impl Index {
    fn whereabouts(&self) -> [(&'static str, String); 3] {
        ["", "in_place", "in_stock"].map(|at| (at, self.t.meter_whereabouts(at)))
    }
}

/// GET /office/meters
pub async fn index(
    app: Data<App>,
    chrome: Chrome,
    asking: Query<Asking>,
    asked: Query<Page>,
) -> PageResult {
    let asking = asking.into_inner();
    let (q, whereabouts) = (asking.q.trim().to_owned(), asking.whereabouts());
    let rows = (asked.limit(), asked.offset());
    let load = move |conn: &mut Conn| {
        let rows = meters::list_inventory(conn, (&q, whereabouts), rows)?;
        let ids: Vec<MeterId> = rows.iter().map(|row| row.id).collect();
        let places = meters::list_places_of(conn, &ids)?;
        let line = |row: MeterRow| Line {
            last: places.iter().find(|hung| hung.meter.id == row.id).cloned(),
            row,
        };
        Ok::<_, StoreError>(rows.into_iter().map(line).collect::<Vec<_>>())
    };
    let found = app.db.read(load).await?;
    let address = format!(
        "/office/meters?q={}&at={}",
        percent_encoded(&asking.q),
        percent_encoded(&asking.at)
    );
    let (meters, pager) = asked.of(found, &address);
    page(&Index {
        t: chrome.t,
        chrome,
        asking,
        meters,
        pager,
    })
}

#[derive(Template)]
#[template(path = "office/meters/show.html")]
struct Show {
    t: Words,
    chrome: Chrome,
    meter: MeterRow,
    registers: Vec<(RegisterRow, Option<LatestRead>)>,
    places: Vec<Hung>,
}

impl Show {
    /// Where it hangs.
    fn here(&self) -> Option<&Hung> {
        self.places.iter().find(|hung| hung.until_on.is_none())
    }
}

/// GET /office/meters/{id}
pub async fn show(app: Data<App>, chrome: Chrome, path: Path<MeterId>) -> PageResult {
    let (id, today) = (*path, app.clock.today());
    let load = move |conn: &mut Conn| {
        let meter = meters::get(conn, id)?;
        let rows = meters::list_registers(conn, id)?;
        let ids: Vec<RegisterId> = rows.iter().map(|row| row.id).collect();
        let mut latest = latest_reads(conn, &ids, today)?;
        let with_read = |row: RegisterRow| {
            let read = latest.remove(&row.id);
            (row, read)
        };
        let registers = rows.into_iter().map(with_read).collect();
        Ok::<_, StoreError>((meter, registers, meters::list_places_of(conn, &[id])?))
    };
    let (meter, registers, places) = app.db.read(load).await?;
    page(&Show {
        t: chrome.t,
        chrome,
        meter,
        registers,
        places,
    })
}

/// The most registers of a meter.
const SLOTS: [&str; 3] = ["1", "2", "3"];

#[derive(Template)]
#[template(path = "office/meters/new.html")]
struct New {
    t: Words,
    chrome: Chrome,
    form: Form,
    slots: [&'static str; 3],
}

fn named(field: &str, slot: &str) -> String {
    format!("{field}-{slot}")
}

impl New {
    fn name(&self, field: &str, slot: &str) -> String {
        named(field, slot)
    }

    fn kinds(&self) -> Vec<(&'static str, String)> {
        MeterKind::ALL
            .iter()
            .map(|kind| (kind.as_str(), self.t.meter_kind(kind.as_str())))
            .collect()
    }

    fn channels(&self) -> Vec<(&'static str, String)> {
        let none = ("", self.t.meter_no_register().to_owned());
        let named = Channel::ALL
            .iter()
            .map(|channel| (channel.as_str(), self.t.meter_channel(channel.as_str())));
        std::iter::once(none).chain(named).collect()
    }

    fn units(&self) -> Vec<(&'static str, &'static str)> {
        units().map(|unit| (unit.as_str(), unit.as_str())).collect()
    }

    fn intervals(&self) -> Vec<(String, String)> {
        let none = (String::new(), self.t.meter_no_intervals().to_owned());
        let named = INTERVALS
            .iter()
            .map(|minutes| (minutes.to_string(), self.t.meter_every(*minutes)));
        std::iter::once(none).chain(named).collect()
    }
}

/// What a register may count in.
fn units() -> impl Iterator<Item = &'static Unit> {
    Unit::ALL
        .iter()
        .filter(|unit| !matches!(unit, Unit::Eru | Unit::Each | Unit::Day | Unit::SquareFoot))
}

/// GET /office/meters/new
pub async fn new(chrome: Chrome) -> PageResult {
    let mut form = Form::default().with("channel-1", Channel::Delivered);
    for slot in SLOTS {
        form = form
            .with(&named("unit", slot), Unit::Gallon)
            .with(&named("dials", slot), 6)
            .with(&named("decimals", slot), 0)
            .with(&named("multiplier", slot), 1);
    }
    new_view(chrome, form, StatusCode::OK)
}

fn new_view(chrome: Chrome, form: Form, status: StatusCode) -> PageResult {
    let view = New {
        t: chrome.t,
        chrome,
        form,
        slots: SLOTS,
    };
    page_with(status, &view)
}

/// POST /office/meters — a meter comes into the inventory.
pub async fn create(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    mut form: Form,
) -> PageResult {
    let t = chrome.t;
    let bad = StatusCode::UNPROCESSABLE_ENTITY;
    let Some(new) = read(t, &mut form) else {
        return new_view(chrome, form, bad);
    };
    let take = move |tx: &mut Tx<'_>| take_meter(tx, &new);
    match app.db.write(staff.stamp(&app), take).await {
        Ok(id) => see_other_saying(
            format!("/office/meters/{id}"),
            Tone::Good,
            t.meter_taken_now(),
        ),
        Err(InventoryError::Fault(fault)) => Err(fault.into()),
        Err(InventoryError::Refused(refused)) => {
            let field = field_of(&form, &refused);
            form.refuse(field, said(t, &refused));
            new_view(chrome, form, bad)
        }
    }
}

fn read(t: Words, form: &mut Form) -> Option<NewMeter> {
    let serial = form.required("serial", t.form_required());
    let kind = form.parse::<MeterKind>("kind", t.form_choose());
    let size = form.value("size").to_owned();
    let registers: Vec<Option<NewRegister>> = slots(form)
        .into_iter()
        .map(|slot| read_register(t, form, slot))
        .collect();
    let new = NewMeter {
        serial: serial?,
        kind: kind?,
        size: Some(size),
        registers: registers.into_iter().collect::<Option<_>>()?,
    };
    form.is_good().then_some(new)
}

fn read_register(t: Words, form: &mut Form, slot: &str) -> Option<NewRegister> {
    let channel = chosen::<Channel>(form, &named("channel", slot), t.form_choose());
    let unit = chosen::<Unit>(form, &named("unit", slot), t.form_choose());
    let face = t.meter_bad_face(MOST_DIALS, MOST_DECIMALS);
    let dials = chosen::<i32>(form, &named("dials", slot), &face);
    let decimals = chosen::<i32>(form, &named("decimals", slot), &face);
    let multiplier = chosen::<Number>(form, &named("multiplier", slot), t.meter_bad_multiplier());
    let interval = named("interval", slot);
    let resolution_minutes = if form.has(&interval) {
        Some(chosen::<i32>(form, &interval, t.form_choose())?)
    } else {
        None
    };
    Some(NewRegister {
        channel: channel?,
        external_key: form.value(&named("key", slot)).to_owned(),
        unit: unit?,
        dials: dials?,
        decimals: decimals?,
        multiplier: multiplier?.0,
        resolution_minutes,
    })
}

/// A field by a name that was put together.
fn chosen<T: std::str::FromStr>(form: &mut Form, name: &str, otherwise: &str) -> Option<T> {
    let value = form.value(name).parse().ok();
    if value.is_none() {
        form.refuse(name.to_owned(), otherwise);
    }
    value
}

/// The slots of the registers that the form describes, in their order.
fn slots(form: &Form) -> Vec<&'static str> {
    let is_filled = |slot: &&str| form.has(&named("channel", slot));
    SLOTS.into_iter().filter(is_filled).collect()
}

/// The field that a refusal is about: that of a register where it is one's.
fn field_of(form: &Form, refused: &NewMeterRefused) -> Cow<'static, str> {
    let (field, place) = match refused {
        NewMeterRefused::Serial | NewMeterRefused::SerialTaken(_) => return "serial".into(),
        NewMeterRefused::Size => return "size".into(),
        NewMeterRefused::Registers(_) => return "kind".into(),
        NewMeterRefused::KeyTaken(place, _) => ("key", *place),
        NewMeterRefused::Unit { place, .. } => ("unit", *place),
        NewMeterRefused::Face(place) => ("dials", *place),
        NewMeterRefused::Multiplier(place) => ("multiplier", *place),
        NewMeterRefused::Interval(place) => ("interval", *place),
    };
    let slot = slots(form).get(place).copied();
    named(field, slot.unwrap_or("1")).into()
}

/// Why a meter was not taken, in words.
#[must_use]
pub fn said(t: Words, refused: &NewMeterRefused) -> String {
    match refused {
        NewMeterRefused::Serial => t.meter_bad_serial().to_owned(),
        NewMeterRefused::Size => t.meter_bad_size().to_owned(),
        NewMeterRefused::SerialTaken(serial) => t.meter_serial_taken(serial),
        NewMeterRefused::KeyTaken(_, key) => t.meter_key_taken(key),
        NewMeterRefused::Registers(kind) => t.meter_bad_registers(kind.as_str()),
        NewMeterRefused::Unit { channel, unit, .. } => {
            t.meter_bad_unit(t.meter_channel(channel.as_str()), unit.as_str())
        }
        NewMeterRefused::Face(_) => t.meter_bad_face(MOST_DIALS, MOST_DECIMALS),
        NewMeterRefused::Multiplier(_) => t.meter_bad_multiplier().to_owned(),
        NewMeterRefused::Interval(_) => t.form_choose().to_owned(),
    }
}
