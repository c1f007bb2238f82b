//! Meters on the move: hung at a point, exchanged, taken down, each on a day and with what its registers show. An unusual value is confirmed, or
//! entered a second time, before anything is kept.

use std::collections::HashMap;

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Query};
use askama::Template;
use serde::Deserialize;

use crate::app::App;
use crate::domain::ids::{MeterId, PremiseId, RegisterId, ServicePointId};
use crate::domain::meters::MeterKind;
use crate::domain::period::in_force;
use crate::i18n::Words;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::latest_reads::{LatestRead, latest_reads};
use crate::store::meters::{self, MeterRow, RegisterRow, Whereabouts};
use crate::store::premises::{self, ServicePointRow};
use crate::usecases::meters::{
    Exchange, Face, Installation, MeterError, Removal, exchange_meter, install_meter, remove_meter,
};
use crate::usecases::read_entry::EntryError;
use crate::usecases::reads::desk::{ReadError, Recorded};
use crate::web::chrome::Chrome;
use crate::web::flash::{Tone, see_other_saying};
use crate::web::form::Form;
use crate::web::office::faces::{self, FaceField, Typed, named};
use crate::web::office::premises::whole_line;
use crate::web::session::StaffMember;
use crate::web::{PageError, PageResult, page_with};

/// How many meters of the inventory are offered.
const OFFERED: i64 = 20;

/// Which meter of the inventory is meant.
#[derive(Debug, Default, Deserialize)]
pub struct Asking {
    #[serde(default)]
    serial: String,
}

/// What is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Deed {
    Install(ServicePointId),
    Exchange(MeterId),
    Remove(MeterId),
}

impl Deed {
    const fn word(self) -> &'static str {
        match self {
            Self::Install(_) => "install",
            Self::Exchange(_) => "exchange",
            Self::Remove(_) => "remove",
        }
    }

    fn address(self) -> String {
        match self {
            Self::Install(point) => format!("/office/points/{point}/installation"),
            Self::Exchange(meter) => format!("/office/meters/{meter}/exchange"),
            Self::Remove(meter) => format!("/office/meters/{meter}/removal"),
        }
    }
}

/// A meter with its registers.
type Whole = (MeterRow, Vec<RegisterRow>);

/// What the page is about.
struct Loaded {
    point: ServicePointRow,
    place: String,
    going: Option<Whole>,
    coming: Option<Whole>,
    latest: HashMap<RegisterId, LatestRead>,
    stock: Vec<MeterRow>,
    /// Whether a meter that is not behind another hangs there.
    is_taken: bool,
}

#[derive(Template)]
#[template(path = "office/meters/move.html")]
struct Move {
    t: Words,
    chrome: Chrome,
    form: Form,
    deed: Deed,
    premise: PremiseId,
    commodity: &'static str,
    place: String,
    going: Option<MeterRow>,
    coming: Option<MeterRow>,
    stock: Vec<MeterRow>,
    serial: String,
    closing: Vec<FaceField>,
    opening: Vec<FaceField>,
    may_stand_beside: bool,
}

impl Move {
    /// Whether a meter of the inventory has to be chosen first.
    fn is_choosing(&self) -> bool {
        self.coming.is_none() && !matches!(self.deed, Deed::Remove(_))
    }

    fn title(&self) -> String {
        self.t.meter_move_title(self.deed.word())
    }
}

/// GET /office/points/{id}/installation
pub async fn install_form(
    app: Data<App>,
    chrome: Chrome,
    path: Path<ServicePointId>,
    asking: Query<Asking>,
) -> PageResult {
    shown(&app, chrome, Deed::Install(*path), &asking.serial).await
}

/// GET /office/meters/{id}/exchange
pub async fn exchange_form(
    app: Data<App>,
    chrome: Chrome,
    path: Path<MeterId>,
    asking: Query<Asking>,
) -> PageResult {
    shown(&app, chrome, Deed::Exchange(*path), &asking.serial).await
}

/// GET /office/meters/{id}/removal
pub async fn removal_form(app: Data<App>, chrome: Chrome, path: Path<MeterId>) -> PageResult {
    shown(&app, chrome, Deed::Remove(*path), "").await
}

async fn shown(app: &App, chrome: Chrome, deed: Deed, serial: &str) -> PageResult {
    let loaded = load(app, deed, serial).await?;
    let form = Form::default()
        .with("on", app.clock.today())
        .with("serial", serial.trim());
    view(chrome, (deed, loaded), form, None, StatusCode::OK)
}

/// POST /office/points/{id}/installation
pub async fn install(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<ServicePointId>,
    form: Form,
) -> PageResult {
    done(&app, chrome, staff, Deed::Install(*path), form).await
}

/// POST /office/meters/{id}/exchange
pub async fn exchange(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<MeterId>,
    form: Form,
) -> PageResult {
    done(&app, chrome, staff, Deed::Exchange(*path), form).await
}

/// POST /office/meters/{id}/removal
pub async fn remove(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<MeterId>,
    form: Form,
) -> PageResult {
    done(&app, chrome, staff, Deed::Remove(*path), form).await
}

async fn done(
    app: &App,
    chrome: Chrome,
    staff: StaffMember,
    deed: Deed,
    mut form: Form,
) -> PageResult {
    let (t, bad) = (chrome.t, StatusCode::UNPROCESSABLE_ENTITY);
    let loaded = load(app, deed, form.value("serial")).await?;
    let on = form.day("on", t.form_not_a_date());
    let closing = faces(t, &mut form, loaded.going.as_ref());
    let opening = faces(t, &mut form, loaded.coming.as_ref());
    let coming = loaded.coming.as_ref().map(|(row, _)| row.id);
    if coming.is_none() && !matches!(deed, Deed::Remove(_)) {
        form.refuse("serial", t.meter_not_in_stock());
    }
    let (Some(on), true) = (on, form.is_good()) else {
        return view(chrome, (deed, loaded), form, None, bad);
    };
    let (zone, is_beside) = (app.clock.zone(), form.has("beside"));
    let change = move |tx: &mut Tx<'_>| match (deed, coming) {
        (Deed::Install(point), Some(meter)) => {
            let shown = opening.clone();
            let new = Installation {
                meter,
                point,
                on,
                is_beside,
                shown,
            };
            install_meter(tx, zone, &new)
        }
        (Deed::Exchange(meter), Some(new)) => {
            let shown = closing.clone();
            let old = Removal { meter, on, shown };
            let shown = opening.clone();
            exchange_meter(tx, zone, &Exchange { old, new, shown })
        }
        (Deed::Remove(meter), _) => {
            let shown = closing.clone();
            remove_meter(tx, zone, &Removal { meter, on, shown })
        }
        (Deed::Install(_) | Deed::Exchange(_), None) => Err(StoreError::Missing("meter").into()),
    };
    let at = format!("/office/premises/{}", loaded.point.premise_id);
    match app.db.write(staff.stamp(app), change).await {
        Ok(()) => see_other_saying(at, Tone::Good, t.meter_move_done(deed.word())),
        Err(MeterError::Fault(fault)) => Err(fault.into()),
        Err(refused) => {
            refuse(t, &mut form, &refused);
            let found = refused.unusual();
            let found = found.map(|(register, found)| (register, found.clone()));
            view(chrome, (deed, loaded), form, found, bad)
        }
    }
}

/// What the form says that a meter shows. A register that records intervals may be left out.
fn faces(t: Words, form: &mut Form, meter: Option<&Whole>) -> Vec<Face> {
    let Some((_, registers)) = meter else {
        return Vec::new();
    };
    let needed = registers
        .iter()
        .map(|register| (register.id, register.resolution_minutes.is_none()));
    let typed = faces::read(t, form, needed);
    let face = |typed: &Typed| Face {
        register: typed.register,
        value: typed.value,
        confirmation: typed.confirmation,
    };
    typed.iter().map(face).collect()
}

async fn load(app: &App, deed: Deed, serial: &str) -> Result<Loaded, PageError> {
    let (today, serial) = (app.clock.today(), serial.trim().to_owned());
    let read = move |conn: &mut Conn| {
        let (point, going) = match deed {
            Deed::Install(point) => (point, None),
            Deed::Exchange(meter) | Deed::Remove(meter) => {
                // A form sent twice finds the meter where it hung last.
                let places = meters::list_places_of(conn, &[meter])?;
                let here = places.into_iter().next();
                let here = here.ok_or(StoreError::Missing("installed meter"))?;
                let registers = meters::list_registers(conn, meter)?;
                (here.service_point_id, Some((here.meter, registers)))
            }
        };
        let point = premises::get_point(conn, point)?;
        let coming = match meters::find_by_serial(conn, &serial)? {
            Some(row) if !matches!(deed, Deed::Remove(_)) => {
                let registers = meters::list_registers(conn, row.id)?;
                Some((row, registers))
            }
            Some(_) | None => None,
        };
        let stock = match (deed, &coming) {
            (Deed::Install(_) | Deed::Exchange(_), None) => {
                meters::list_inventory(conn, (&serial, Whereabouts::InStock), (OFFERED, 0))?
            }
            _ => Vec::new(),
        };
        let whole = [&going, &coming].into_iter().flatten();
        let ids: Vec<RegisterId> = whole
            .flat_map(|(_, registers)| registers.iter().map(|register| register.id))
            .collect();
        let hung = meters::list_hung_at(conn, &[point.id])?;
        let is_main = |kind: MeterKind| kind != MeterKind::Deduct;
        Ok::<_, StoreError>(Loaded {
            place: whole_line(&premises::get(conn, point.premise_id)?),
            latest: latest_reads(conn, &ids, today)?,
            is_taken: hung.iter().any(|hung| {
                is_main(hung.meter.kind) && in_force(hung.from_on, hung.until_on, today)
            }),
            point,
            going,
            coming,
            stock,
        })
    };
    Ok(app.db.read(read).await?)
}

fn view(
    chrome: Chrome,
    (deed, loaded): (Deed, Loaded),
    form: Form,
    found: Option<(RegisterId, Recorded)>,
    status: StatusCode,
) -> PageResult {
    let Loaded {
        point,
        place,
        going,
        coming,
        mut latest,
        stock,
        is_taken,
    } = loaded;
    let mut fields = |meter: Option<&Whole>| -> Vec<FaceField> {
        let Some((row, registers)) = meter else {
            return Vec::new();
        };
        let field = |register: &RegisterRow| FaceField {
            serial: row.serial.clone(),
            last: latest.remove(&register.id),
            found: found
                .as_ref()
                .filter(|(id, _)| *id == register.id)
                .map(|(_, found)| found.clone()),
            register: register.clone(),
        };
        registers.iter().map(field).collect()
    };
    let (closing, opening) = (fields(going.as_ref()), fields(coming.as_ref()));
    let is_main = coming
        .as_ref()
        .is_some_and(|(row, _)| row.kind != MeterKind::Deduct);
    let view = Move {
        t: chrome.t,
        serial: form.value("serial").to_owned(),
        chrome,
        form,
        deed,
        premise: point.premise_id,
        commodity: point.commodity.as_str(),
        place,
        going: going.map(|(row, _)| row),
        coming: coming.map(|(row, _)| row),
        stock,
        closing,
        opening,
        may_stand_beside: matches!(deed, Deed::Install(_)) && is_taken && is_main,
    };
    page_with(status, &view)
}

/// Notes on a form why a meter was not moved, each reason at its field.
pub fn refuse(t: Words, form: &mut Form, refused: &MeterError) {
    match refused {
        MeterError::Read(register, EntryError::Refused(ReadError::BeyondFace { most })) => {
            form.refuse(named("shown", *register), t.read_beyond(most.to_string()));
        }
        MeterError::Read(register, EntryError::NotEqual(_)) => {
            form.refuse(named("again", *register), t.read_not_equal());
        }
        // What was found is shown beside the register.
        MeterError::Read(_, EntryError::Unusual(_)) => {}
        MeterError::Read(register, _) => {
            form.refuse(named("shown", *register), t.read_not_installed());
        }
        MeterError::OtherValue(register, value) => {
            form.refuse(
                named("shown", *register),
                t.meter_other_value(value.to_string()),
            );
        }
        MeterError::MovedUnread(register) => {
            form.refuse(named("shown", *register), t.meter_moved_unread());
        }
        MeterError::ReadMissing(register) => {
            form.refuse(named("shown", *register), t.read_not_a_number());
        }
        other => form.refuse(field_of(other), said(t, other)),
    }
}

const fn field_of(refused: &MeterError) -> &'static str {
    match refused {
        MeterError::WrongUnit { .. }
        | MeterError::NotMetered(_)
        | MeterError::HangsElsewhere { .. }
        | MeterError::NotAlike
        | MeterError::NothingToDeductFrom
        | MeterError::Same => "serial",
        MeterError::PointTaken(_) => "beside",
        _ => "on",
    }
}

fn said(t: Words, refused: &MeterError) -> String {
    match refused {
        MeterError::Future => t.meter_future().to_owned(),
        MeterError::NotMetered(commodity) => {
            t.meter_not_metered(t.service_name(commodity.as_str()))
        }
        MeterError::WrongUnit { unit, commodity } => {
            t.meter_wrong_unit(unit.as_str(), t.service_name(commodity.as_str()))
        }
        MeterError::HangsElsewhere { place, from } => t.meter_hangs_elsewhere(place, from),
        MeterError::PointTaken(serial) => t.meter_point_taken(serial),
        MeterError::NothingToDeductFrom => t.meter_nothing_to_deduct().to_owned(),
        MeterError::NotHung(day) => t.meter_not_hung(day),
        MeterError::NotAlike => t.meter_not_alike().to_owned(),
        MeterError::Same => t.meter_same().to_owned(),
        MeterError::Billed(until) => t.meter_billed(until),
        MeterError::Drafted(until) => t.meter_drafted(until),
        MeterError::EndsWithBill(day) => t.meter_ends_with_bill(day),
        MeterError::OtherValue(..)
        | MeterError::MovedUnread(_)
        | MeterError::ReadMissing(_)
        | MeterError::Read(..)
        | MeterError::Fault(_) => t.read_not_a_number().to_owned(),
    }
}
