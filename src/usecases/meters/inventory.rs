//! Meters as they are taken into the inventory: a number, a kind, and the registers that the kind has.

use rust_decimal::Decimal;
use serde_json::json;

use crate::domain::ids::{MeterId, RegisterId};
use crate::domain::meters::{
    Channel, INTERVALS, LONGEST_SERIAL, MOST_DECIMALS, MOST_DIALS, MeterKind, can_count,
};
use crate::domain::premises::Commodity;
use crate::domain::quantity::Unit;
use crate::store::audit::{self, Deed};
use crate::store::bulk::reserve;
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::store::meters::{self, MeterRow, RegisterRow};
use crate::store::sql_types::Exact;
use crate::usecases::accounts::{NewMeter, NewRegister};
use crate::usecases::reads::registers::key_of;

/// Why a meter was not taken into the inventory.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NewMeterRefused {
    /// A meter has a number.
    #[error("the meter's number is missing, or has more than {LONGEST_SERIAL} characters")]
    Serial,
    /// A size that no price list has.
    #[error("a size has at most {LONGEST_SERIAL} characters")]
    Size,
    /// Another meter has this number.
    #[error("another meter has the number {0}")]
    SerialTaken(String),
    /// Another register has this key; which register of the meter, counted from 0, as in those below.
    #[error("another register has the key {1}")]
    KeyTaken(usize, String),
    /// The registers are not those of its kind.
    #[error("a {0} meter has other registers")]
    Registers(MeterKind),
    /// Peaks are counted in power, and nothing else is.
    #[error("a register of {channel} does not count in {unit}")]
    Unit {
        /// Which register.
        place: usize,
        /// What it counts.
        channel: Channel,
        /// In what.
        unit: Unit,
    },
    /// A face that no register has.
    #[error("a face has 1 to {MOST_DIALS} dials and at most {MOST_DECIMALS} decimals")]
    Face(usize),
    /// A register that counts nothing, or backwards.
    #[error("a multiplier is above zero")]
    Multiplier(usize),
    /// Intervals of another length.
    #[error("intervals have 5, 15, 30 or 60 minutes")]
    Interval(usize),
}

/// Why a meter was not taken.
#[derive(Debug, thiserror::Error)]
pub enum InventoryError {
    /// Something about it is wrong.
    #[error(transparent)]
    Refused(#[from] NewMeterRefused),
    /// The rows could not be read or written.
    #[error(transparent)]
    Fault(#[from] StoreError),
}

/// Takes a meter into the inventory. A register without a key of its own is called by the meter's number, with what it counts where there are
/// several.
///
/// # Errors
/// What is wrong with it, or a fault.
pub fn take_meter(tx: &mut Tx<'_>, new: &NewMeter) -> Result<MeterId, InventoryError> {
    let new = with_keys(new);
    check(&new)?;
    if meters::find_by_serial(tx, &new.serial)?.is_some() {
        return Err(NewMeterRefused::SerialTaken(new.serial).into());
    }
    let keys: Vec<String> = new
        .registers
        .iter()
        .map(|register| register.external_key.clone())
        .collect();
    let known = meters::list_known_keys(tx, &keys)?;
    let is_taken = |(place, key): &(usize, &String)| {
        let mut before = keys.iter().take(*place);
        known.contains(*key) || before.any(|other| other == *key)
    };
    if let Some((place, key)) = keys.iter().enumerate().find(is_taken) {
        return Err(NewMeterRefused::KeyTaken(place, key.clone()).into());
    }
    let reserved = reserve(tx, "meters", 1)?.into_iter().next();
    let id = MeterId(reserved.ok_or(StoreError::Missing("reserved id"))?);
    let ids = reserve(tx, "registers", new.registers.len())?;
    let rows: Vec<RegisterRow> = ids
        .into_iter()
        .zip(&new.registers)
        .map(|(row, register)| register_row(RegisterId(row), id, register))
        .collect();
    let row = MeterRow {
        id,
        serial: new.serial.clone(),
        kind: new.kind,
        size: new.size.clone(),
    };
    meters::insert_all_rows(tx, &[row])?;
    meters::insert_registers(tx, &rows)?;
    let facts = json!({ "kind": new.kind, "registers": rows.len() });
    let deed = Deed {
        action: "meter.taken",
        subject_kind: "meter",
        subject_id: new.serial,
        account_id: None,
        facts,
    };
    audit::insert(tx, &deed)?;
    Ok(id)
}

/// A register's row.
pub(in crate::usecases) fn register_row(
    id: RegisterId,
    meter_id: MeterId,
    new: &NewRegister,
) -> RegisterRow {
    RegisterRow {
        id,
        meter_id,
        channel: new.channel,
        external_key: new.external_key.clone(),
        unit: new.unit,
        dials: new.dials,
        decimals: new.decimals,
        multiplier: Exact(new.multiplier),
        resolution_minutes: new.resolution_minutes,
    }
}

/// The same meter, its registers called by its number where they have no key of their own.
#[must_use]
pub fn with_keys(new: &NewMeter) -> NewMeter {
    let serial = new.serial.trim().to_owned();
    let is_only = new.registers.len() == 1;
    let size = new.size.as_deref().map(str::trim);
    let keyed = |register: &NewRegister| {
        let own = register.external_key.trim();
        let external_key = match (own.is_empty(), is_only) {
            (false, _) => own.to_owned(),
            (true, true) => serial.clone(),
            (true, false) => key_of(&serial, register.channel.as_str()),
        };
        NewRegister {
            external_key,
            ..register.clone()
        }
    };
    NewMeter {
        registers: new.registers.iter().map(keyed).collect(),
        size: size.filter(|size| !size.is_empty()).map(str::to_owned),
        kind: new.kind,
        serial,
    }
}

/// Whether a meter can be as it is said to be.
///
/// # Errors
/// The first thing that it cannot be.
pub fn check(new: &NewMeter) -> Result<(), NewMeterRefused> {
    if new.serial.is_empty() || new.serial.chars().count() > LONGEST_SERIAL {
        return Err(NewMeterRefused::Serial);
    }
    let size = new.size.as_deref().unwrap_or_default();
    if size.chars().count() > LONGEST_SERIAL {
        return Err(NewMeterRefused::Size);
    }
    let channels: Vec<Channel> = new.registers.iter().map(|one| one.channel).collect();
    if !new.kind.has_just(&channels) {
        return Err(NewMeterRefused::Registers(new.kind));
    }
    let mut places = new.registers.iter().enumerate();
    places.try_for_each(check_register)
}

fn check_register((place, register): (usize, &NewRegister)) -> Result<(), NewMeterRefused> {
    let counts = |commodity: &Commodity| can_count(*commodity, register.channel, register.unit);
    if !Commodity::ALL.iter().any(counts) {
        return Err(NewMeterRefused::Unit {
            place,
            channel: register.channel,
            unit: register.unit,
        });
    }
    let is_face = (1..=MOST_DIALS).contains(&register.dials)
        && (0..=MOST_DECIMALS).contains(&register.decimals);
    if !is_face {
        return Err(NewMeterRefused::Face(place));
    }
    if register.multiplier <= Decimal::ZERO {
        return Err(NewMeterRefused::Multiplier(place));
    }
    if register
        .resolution_minutes
        .is_some_and(|minutes| !INTERVALS.contains(&minutes))
    {
        return Err(NewMeterRefused::Interval(place));
    }
    Ok(())
}
