//! What is seen to before a meter moves: that nobody else moves it or bills it meanwhile, that days that were billed stay as they were billed, and
//! that a register is read once on a day, whatever rests on it.

use chrono::NaiveDate;
use chrono_tz::Tz;

use crate::domain::bills::BillStatus;
use crate::domain::ids::{AccountId, MeterId, RegisterId, ServicePointId};
use crate::domain::period::Period;
use crate::domain::rates::working::Working;
use crate::store::boundary_reads::{self, BoundaryRow};
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::meters;
use crate::store::service::{self, ServiceAgreementRow};
use crate::usecases::billing::changed::{day_before, hold_bills_of};
use crate::usecases::meters::{Face, MeterError};
use crate::usecases::reads::of_day::ReadsOfDay;

/// Sees to it that nobody else moves these meters, or what hangs at the point, and that nobody drafts or issues a bill of whoever is served
/// there, until the transaction ends. The point comes before the meters, and both before bills, wherever they are locked.
pub(super) fn hold(
    tx: &mut Tx<'_>,
    (point, on): (ServicePointId, NaiveDate),
    meters: &[MeterId],
) -> Result<(), StoreError> {
    service::lock_point(tx, point)?;
    meters::lock(tx, meters)?;
    let accounts = accounts_of(&served(tx, point, on)?);
    hold_bills_of(tx, &accounts)
}

/// Who is served at a point on a day, on the one before it, or later.
fn served(
    conn: &mut Conn,
    point: ServicePointId,
    on: NaiveDate,
) -> Result<Vec<ServiceAgreementRow>, StoreError> {
    service::list_at_point_since(conn, point, day_before(on))
}

fn accounts_of(agreements: &[ServiceAgreementRow]) -> Vec<AccountId> {
    let mut accounts: Vec<AccountId> = agreements.iter().map(|row| row.account_id).collect();
    accounts.sort_unstable();
    accounts.dedup();
    accounts
}

/// Days that were billed or drafted stay as they are. Says whether a bill ends on the very day.
pub(super) fn not_billed_after(
    tx: &mut Tx<'_>,
    point: ServicePointId,
    day: NaiveDate,
) -> Result<bool, MeterError> {
    let agreements = served(tx, point, day)?;
    if agreements.is_empty() {
        return Ok(false);
    }
    match service::find_billed_beyond(tx, &agreements, day_before(day))? {
        Some((_, until)) if until == day => Ok(true),
        Some((BillStatus::Draft, until)) => Err(MeterError::Drafted(until)),
        Some((BillStatus::Issued | BillStatus::Void, until)) => Err(MeterError::Billed(until)),
        None => Ok(false),
    }
}

/// Whether the registers show what the bills that end on a day were closed with: what was used between the two would be billed to nobody. A
/// register that these bills asked nothing of shows what it shows.
pub(super) fn ends_as_billed(
    tx: &mut Tx<'_>,
    (point, on): (ServicePointId, NaiveDate),
    faces: &[&Face],
) -> Result<bool, StoreError> {
    let accounts = accounts_of(&served(tx, point, on)?);
    let mut used: Vec<i64> = Vec::new();
    for working in service::list_workings_reaching(tx, &accounts, on)? {
        let working: Working = serde_json::from_str(&working)
            .map_err(|error| StoreError::Unreadable(error.to_string()))?;
        if working.period().until == on {
            used.extend_from_slice(working.reads());
        }
    }
    let registers: Vec<RegisterId> = faces.iter().map(|face| face.register).collect();
    let around = boundary_reads::window(Period {
        from: on,
        until: on,
    });
    let rows = boundary_reads::list(tx, &registers, around)?;
    // A read that was mended since stands for the one that was billed: that bill is mended by it too.
    let is_used = |row: &&BoundaryRow| {
        let mut versions = row.earlier.iter().chain(std::iter::once(&row.read.id));
        versions.any(|id| used.contains(&id.0))
    };
    let is_as_billed = |face: &&Face| {
        let of_register = |row: &&BoundaryRow| row.read.register_id == face.register;
        let mut closing = rows.iter().filter(of_register).filter(is_used);
        let closing = closing.next_back();
        closing.is_none_or(|row| row.read.value.0 == face.value)
    };
    Ok(faces.iter().all(is_as_billed))
}

/// A move that is written down already rests on what was read then. The same is said again; anything else is said of the read, not of the move.
pub(super) fn said_before(
    conn: &mut Conn,
    zone: Tz,
    on: NaiveDate,
    shown: &[Face],
) -> Result<(), MeterError> {
    let day = ReadsOfDay::load(conn, zone, on, &registers_of(shown))?;
    for face in shown {
        match day.of(face.register) {
            Some(read) if read.value.0 == face.value => {}
            Some(read) => return Err(MeterError::OtherValue(face.register, read.value.0)),
            None => return Err(MeterError::MovedUnread(face.register)),
        }
    }
    Ok(())
}

/// A meter that was taken down and is hung on one day comes with what it went with: another value would take the place of the read that closed
/// what it counted before.
pub(super) fn goes_on_from(
    conn: &mut Conn,
    zone: Tz,
    on: NaiveDate,
    shown: &[Face],
) -> Result<(), MeterError> {
    let day = ReadsOfDay::load(conn, zone, on, &registers_of(shown))?;
    for face in shown {
        match day.of(face.register) {
            Some(read) if read.value.0 != face.value => {
                return Err(MeterError::OtherValue(face.register, read.value.0));
            }
            Some(_) | None => {}
        }
    }
    Ok(())
}

fn registers_of(shown: &[Face]) -> Vec<RegisterId> {
    shown.iter().map(|face| face.register).collect()
}
