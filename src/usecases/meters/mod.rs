//! Meters: taken into the inventory, hung at a point, exchanged and taken down, each from a day and with what their registers show. Days that
//! were billed stay as they were billed.

mod guards;
pub mod inventory;

use chrono::NaiveDate;
use chrono_tz::Tz;
use rust_decimal::Decimal;
use serde_json::json;

use crate::domain::ids::{MeterId, RegisterId, ServicePointId};
use crate::domain::meters::{MeterKind, can_count};
use crate::domain::period::in_force;
use crate::domain::premises::Commodity;
use crate::domain::quantity::Unit;
use crate::domain::reads::ReadSource;
use crate::store;
use crate::store::audit::{self, Deed};
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::meters::{self, Hung, MeterRow, NewMeterInstall, RegisterRow};
use crate::store::premises;
use crate::store::service;
use crate::usecases::read_entry::{self, Confirmation, EntryError};
use crate::usecases::reads::desk::{ReadError, Recorded, ToldRead};

/// Why a meter stays where it is.
#[derive(Debug, thiserror::Error)]
pub enum MeterError {
    /// Reads are not known before they are taken.
    #[error("the day has not come yet")]
    Future,
    /// Nothing has a meter but water, electricity and gas.
    #[error("{0} has no meter")]
    NotMetered(Commodity),
    /// The register counts something else than what is delivered.
    #[error("a register in {unit} does not count {commodity}")]
    WrongUnit {
        /// In what it counts.
        unit: Unit,
        /// What is delivered.
        commodity: Commodity,
    },
    /// The meter hangs somewhere on one of the days.
    #[error("the meter hangs at {place} from {from}")]
    HangsElsewhere {
        /// Where, in one line.
        place: String,
        /// Since when.
        from: NaiveDate,
    },
    /// Another meter counts the service there on one of the days.
    #[error("meter {0} hangs there already")]
    PointTaken(String),
    /// Only behind another meter is something counted that never reaches the sewer.
    #[error("no meter hangs there that this one could deduct from")]
    NothingToDeductFrom,
    /// The meter does not hang anywhere on that day, or not before it.
    #[error("the meter did not hang anywhere before {0}")]
    NotHung(NaiveDate),
    /// A meter that deducts is exchanged for another that deducts, and no other for it.
    #[error("one of the two counts what never reaches the sewer, the other does not")]
    NotAlike,
    /// A meter is not exchanged for itself.
    #[error("the two are one meter")]
    Same,
    /// Days before this one were billed already: cancel that bill first.
    #[error("the service was billed until {0}")]
    Billed(NaiveDate),
    /// A draft bills days up to this one: void it first.
    #[error("a draft bills the service until {0}")]
    Drafted(NaiveDate),
    /// A bill ended on this day with another read: what was used between the two would be billed to nobody.
    #[error("a bill ended on {0} with another read")]
    EndsWithBill(NaiveDate),
    /// The register was read on this day already and showed something else: the move rests on that.
    #[error("register {0} was read at {1} on this day")]
    OtherValue(RegisterId, Decimal),
    /// The meter was moved on this day without a read of the register.
    #[error("the meter was moved without a read of register {0}")]
    MovedUnread(RegisterId),
    /// What a register shows is missing.
    #[error("the read of register {0} is missing")]
    ReadMissing(RegisterId),
    /// A read was refused, or has to be looked at twice.
    #[error("the read of register {0}: {1}")]
    Read(RegisterId, EntryError),
    /// The rows could not be read or written.
    #[error(transparent)]
    Fault(#[from] StoreError),
}

impl MeterError {
    /// What was found about a read that somebody must confirm, and of which register.
    #[must_use]
    pub fn unusual(&self) -> Option<(RegisterId, &Recorded)> {
        match self {
            Self::Read(register, EntryError::Unusual(found) | EntryError::NotEqual(found)) => {
                Some((*register, found))
            }
            Self::Read(_, EntryError::Refused(_) | EntryError::Fault(_))
            | Self::Future
            | Self::NotMetered(_)
            | Self::WrongUnit { .. }
            | Self::HangsElsewhere { .. }
            | Self::PointTaken(_)
            | Self::NothingToDeductFrom
            | Self::NotHung(_)
            | Self::NotAlike
            | Self::Same
            | Self::Billed(_)
            | Self::Drafted(_)
            | Self::EndsWithBill(_)
            | Self::OtherValue(..)
            | Self::MovedUnread(_)
            | Self::ReadMissing(_)
            | Self::Fault(_) => None,
        }
    }
}

/// What a register shows when its meter comes or goes.
#[derive(Debug, Clone, Copy)]
pub struct Face {
    /// Which register.
    pub register: RegisterId,
    /// What it shows.
    pub value: Decimal,
    /// What was said about an unusual value.
    pub confirmation: Confirmation,
}

/// A meter that is hung at a point.
#[derive(Debug, Clone)]
pub struct Installation {
    /// The meter.
    pub meter: MeterId,
    /// Where.
    pub point: ServicePointId,
    /// The first day.
    pub on: NaiveDate,
    /// Whether it counts beside a meter that hangs there: the service is both together.
    pub is_beside: bool,
    /// What its registers show.
    pub shown: Vec<Face>,
}

/// A meter that is taken down.
#[derive(Debug, Clone)]
pub struct Removal {
    /// The meter.
    pub meter: MeterId,
    /// The first day without it.
    pub on: NaiveDate,
    /// What its registers show.
    pub shown: Vec<Face>,
}

/// A meter that hangs in another's place from a day on.
#[derive(Debug, Clone)]
pub struct Exchange {
    /// The meter that goes, with what it shows.
    pub old: Removal,
    /// The meter that comes.
    pub new: MeterId,
    /// What its registers show.
    pub shown: Vec<Face>,
}

/// Hangs a meter at a point from a day on. The same again changes nothing.
///
/// # Errors
/// Why it cannot hang there, what is wrong with a read, or a fault.
pub fn install_meter(tx: &mut Tx<'_>, zone: Tz, new: &Installation) -> Result<(), MeterError> {
    guards::hold(tx, (new.point, new.on), &[new.meter])?;
    let places = meters::list_places_of(tx, &[new.meter])?;
    if places
        .iter()
        .any(|hung| hung.service_point_id == new.point && hung.from_on == new.on)
    {
        return guards::said_before(tx, zone, new.on, &new.shown);
    }
    guards::not_billed_after(tx, new.point, new.on)?;
    hang(tx, zone, new)?;
    follow(tx, new.point, new.on)
}

/// Takes a meter down from a day on. The same again changes nothing.
///
/// # Errors
/// `NotHung`, that days after it were billed, what is wrong with a read, or a fault.
pub fn remove_meter(tx: &mut Tx<'_>, zone: Tz, removal: &Removal) -> Result<(), MeterError> {
    let point = point_of(tx, removal)?;
    guards::hold(tx, (point, removal.on), &[removal.meter])?;
    let places = meters::list_places_of(tx, &[removal.meter])?;
    if places.iter().any(|hung| hung.until_on == Some(removal.on)) {
        return guards::said_before(tx, zone, removal.on, &removal.shown);
    }
    take_down(tx, zone, (point, removal))?;
    follow(tx, point, removal.on)
}

/// Exchanges a meter for another on a day: what the old one shows when it goes and the new one when it comes, so that the period is billed
/// what both of them counted. The same again changes nothing.
///
/// # Errors
/// Why the one cannot go or the other not come, what is wrong with a read, or a fault.
pub fn exchange_meter(tx: &mut Tx<'_>, zone: Tz, exchange: &Exchange) -> Result<(), MeterError> {
    let Exchange { old, new, shown } = exchange;
    if old.meter == *new {
        return Err(MeterError::Same);
    }
    let point = point_of(tx, old)?;
    guards::hold(tx, (point, old.on), &[old.meter, *new])?;
    let gone = meters::list_places_of(tx, &[old.meter])?;
    let gone = gone.iter().find(|hung| hung.until_on == Some(old.on));
    if let Some(gone) = gone {
        let come = meters::list_places_of(tx, &[*new])?;
        let is_in_place =
            |hung: &Hung| hung.service_point_id == gone.service_point_id && hung.from_on == old.on;
        if come.iter().any(is_in_place) {
            guards::said_before(tx, zone, old.on, &old.shown)?;
            return guards::said_before(tx, zone, old.on, shown);
        }
    }
    let hung = take_down(tx, zone, (point, old))?;
    let row = meters::get(tx, *new)?;
    if (row.kind == MeterKind::Deduct) != (hung.meter.kind == MeterKind::Deduct) {
        return Err(MeterError::NotAlike);
    }
    let others = others_at(tx, point, old.on)?;
    let installation = Installation {
        meter: *new,
        point,
        on: old.on,
        is_beside: others.iter().any(|other| other.kind != MeterKind::Deduct),
        shown: shown.clone(),
    };
    hang(tx, zone, &installation)?;
    follow(tx, point, old.on)
}

/// Where the meter hangs that is taken down, or hung until that day.
fn point_of(conn: &mut Conn, removal: &Removal) -> Result<ServicePointId, MeterError> {
    let places = meters::list_places_of(conn, &[removal.meter])?;
    let mut here = places.into_iter().filter(|hung| {
        hung.from_on < removal.on && hung.until_on.is_none_or(|until| until == removal.on)
    });
    let here = here.next().ok_or(MeterError::NotHung(removal.on))?;
    Ok(here.service_point_id)
}

/// Ends the time of a meter at the point where it hangs.
fn take_down(
    tx: &mut Tx<'_>,
    zone: Tz,
    (point, removal): (ServicePointId, &Removal),
) -> Result<Hung, MeterError> {
    if removal.on > tx.stamp.on {
        return Err(MeterError::Future);
    }
    let places = meters::list_places_of(tx, &[removal.meter])?;
    let mut open = places.into_iter().filter(|hung| {
        hung.service_point_id == point && hung.until_on.is_none() && hung.from_on < removal.on
    });
    let hung = open.next().ok_or(MeterError::NotHung(removal.on))?;
    let registers = meters::list_registers(tx, removal.meter)?;
    let mut faces: Vec<&Face> = Vec::with_capacity(registers.len());
    for register in &registers {
        faces.extend(shown_by(register, &removal.shown)?);
    }
    if guards::not_billed_after(tx, point, removal.on)?
        && !guards::ends_as_billed(tx, (point, removal.on), &faces)?
    {
        return Err(MeterError::EndsWithBill(removal.on));
    }
    for face in faces {
        // The read is entered while the meter hangs, so that it belongs to whoever is served.
        enter(tx, zone, removal.on, face)?;
    }
    meters::mark_removed(tx, (removal.meter, hung.from_on), removal.on)?;
    let facts = json!({ "point": point, "on": removal.on });
    record(tx, &hung.meter, "meter.removed", facts)?;
    Ok(hung)
}

/// Begins the time of a meter at a point.
fn hang(tx: &mut Tx<'_>, zone: Tz, new: &Installation) -> Result<(), MeterError> {
    if new.on > tx.stamp.on {
        return Err(MeterError::Future);
    }
    let point = premises::get_point(tx, new.point)?;
    let meter = meters::get(tx, new.meter)?;
    let registers = meters::list_registers(tx, new.meter)?;
    check_registers(point.commodity, &registers)?;
    let places = meters::list_places_of(tx, &[new.meter])?;
    let is_later = |hung: &&Hung| hung.until_on.is_none_or(|until| until > new.on);
    if let Some(hung) = places.iter().find(is_later) {
        return Err(MeterError::HangsElsewhere {
            place: hung.place.clone(),
            from: hung.from_on,
        });
    }
    let others = others_at(tx, new.point, new.on)?;
    let main = others.iter().find(|other| other.kind != MeterKind::Deduct);
    match (meter.kind, main) {
        (MeterKind::Deduct, None) => return Err(MeterError::NothingToDeductFrom),
        (MeterKind::Deduct, Some(_)) => {}
        (MeterKind::Simple | MeterKind::Compound | MeterKind::Net, Some(other))
            if !new.is_beside =>
        {
            return Err(MeterError::PointTaken(other.serial.clone()));
        }
        (MeterKind::Simple | MeterKind::Compound | MeterKind::Net, _) => {}
    }
    if places.iter().any(|hung| hung.until_on == Some(new.on)) {
        guards::goes_on_from(tx, zone, new.on, &new.shown)?;
    }
    let install = NewMeterInstall {
        meter_id: new.meter,
        service_point_id: new.point,
        from_on: new.on,
        until_on: None,
    };
    meters::insert_installs(tx, &[install])?;
    for register in &registers {
        if let Some(face) = shown_by(register, &new.shown)? {
            enter(tx, zone, new.on, face)?;
        }
    }
    let facts = json!({ "point": new.point, "on": new.on, "beside": new.is_beside });
    Ok(record(tx, &meter, "meter.installed", facts)?)
}

fn check_registers(commodity: Commodity, registers: &[RegisterRow]) -> Result<(), MeterError> {
    if !commodity.is_metered() {
        return Err(MeterError::NotMetered(commodity));
    }
    let wrong = registers
        .iter()
        .find(|register| !can_count(commodity, register.channel, register.unit));
    match wrong {
        Some(register) => Err(MeterError::WrongUnit {
            unit: register.unit,
            commodity,
        }),
        None => Ok(()),
    }
}

/// The meters that hang at a point on a day or later.
fn others_at(
    conn: &mut Conn,
    point: ServicePointId,
    day: NaiveDate,
) -> Result<Vec<MeterRow>, StoreError> {
    let hung = meters::list_hung_at(conn, &[point])?;
    let there = hung
        .into_iter()
        .filter(|hung| in_force(hung.from_on, hung.until_on, day) || hung.from_on > day);
    Ok(there.map(|hung| hung.meter).collect())
}

/// What a register shows. One that records intervals may be left unread: it is billed by them.
fn shown_by<'a>(register: &RegisterRow, shown: &'a [Face]) -> Result<Option<&'a Face>, MeterError> {
    let face = shown.iter().find(|face| face.register == register.id);
    if face.is_none() && register.resolution_minutes.is_none() {
        return Err(MeterError::ReadMissing(register.id));
    }
    Ok(face)
}

fn enter(tx: &mut Tx<'_>, zone: Tz, on: NaiveDate, face: &Face) -> Result<(), MeterError> {
    let told = ToldRead {
        register_id: face.register,
        on,
        value: face.value,
        source: ReadSource::Exchange,
    };
    match read_entry::settle(tx, zone, &told, face.confirmation) {
        Ok(_) | Err(EntryError::Refused(ReadError::Duplicate)) => Ok(()),
        Err(EntryError::Fault(fault) | EntryError::Refused(ReadError::Fault(fault))) => {
            Err(fault.into())
        }
        Err(refused) => Err(MeterError::Read(face.register, refused)),
    }
}

/// The search and the open pages of whoever is served at a point follow what hangs there.
fn follow(tx: &mut Tx<'_>, point: ServicePointId, on: NaiveDate) -> Result<(), MeterError> {
    let agreements = service::list_at_point_since(tx, point, on)?;
    for agreement in agreements {
        store::search::index_account(tx, agreement.account_id)?;
        tx.touch(agreement.account_id);
    }
    Ok(())
}

fn record(
    tx: &mut Tx<'_>,
    meter: &MeterRow,
    action: &str,
    facts: serde_json::Value,
) -> Result<(), StoreError> {
    let deed = Deed {
        action,
        subject_kind: "meter",
        subject_id: meter.serial.clone(),
        account_id: None,
        facts,
    };
    audit::insert(tx, &deed)
}
