//! What a crew brings back: taken once under its key, however often it is sent. What was done leads on by itself: reads are entered with their
//! checks, meters exchanged, service is on or off, a notice at the door counts as served, a faulty meter gets an order of its own. What could not
//! be done comes back to the office.

use chrono::{Days, NaiveDate};
use chrono_tz::Tz;
use rust_decimal::Decimal;
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::domain::ids::{
    AccountId, MeterId, OrderId, OrderNumber, RegisterId, ServicePointId, StaffId,
};
use crate::domain::orders::{Finding, LATEST_DAYS, OrderKind, OrderState, Slot, Urgency, Why};
use crate::domain::reads::{ReadSource, ReadVerdict};
use crate::domain::shutoff::{Served, ServedKind, ServedWay, Verdict};
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::store::order_looks::was_given;
use crate::store::order_photos;
use crate::store::orders::{self, NewStep, OrderRow, Planned};
use crate::store::service;
use crate::store::sql_types::Exact;
use crate::store::switches;
use crate::usecases::billing::changed::hold_bills;
use crate::usecases::meters::{Exchange, Face, MeterError, Removal, exchange_meter};
use crate::usecases::orders::shutoffs::TooLate;
use crate::usecases::orders::{
    NewOrder, OrderError, checked, end, hold, late, make, move_to, places, record, shutoffs, told,
};
use crate::usecases::reads::desk::{ReadError, ToldRead, enter_read};
use crate::usecases::requests::Photo;
use crate::usecases::shutoff::{self, NewlyServed, ShutoffError};

/// How it ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It was done; what was found, where that was asked.
    Done(Option<Finding>),
    /// It could not be done.
    CouldNot(Why),
}

/// A meter that came, and what it shows.
#[derive(Debug, Clone)]
pub struct Coming {
    /// The meter.
    pub meter: MeterId,
    /// What its registers show.
    pub shown: Vec<Face>,
}

/// What somebody brings back.
#[derive(Debug, Clone)]
pub struct Report {
    /// What makes it the same when it is sent again.
    pub key: String,
    /// Of which order.
    pub order: OrderId,
    /// The day of the work.
    pub worked_on: NaiveDate,
    /// How it ended.
    pub outcome: Outcome,
    /// What else is to be known.
    pub words: String,
    /// A photo.
    pub photo: Option<Photo>,
    /// Degrees north and east, as the telephone knows them.
    pub spot: Option<(Decimal, Decimal)>,
    /// What the registers show; of a meter that went, its last.
    pub shown: Vec<Face>,
    /// The meter that came in its place.
    pub coming: Option<Coming>,
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Brought {
    /// Whether a read is unusual, and waits for somebody's look.
    pub is_held: bool,
    /// The order that it led to.
    pub next: Option<OrderNumber>,
    /// Whether the order had ended by then: what was done is kept, and the office looks at it.
    pub is_late: bool,
    /// Of a shut-off that was done at the door: why it may not be by then, so that somebody turns service on again at once.
    pub too_late: Option<TooLate>,
}

/// Takes what a member of the field brings back. Sent again under its key it changes nothing. A shut-off that may not be any more is no result:
/// that service is off is noted, and somebody is sent at once to turn it on. What was done by somebody to whom the order was given is never lost:
/// where it went to another meanwhile it counts as done, and where it has ended it is kept and comes back to the office.
///
/// # Errors
/// `Moved` with how the order stands where it is not out any more, what is missing or refused, or a fault.
pub fn bring_in(
    tx: &mut Tx<'_>,
    zone: Tz,
    (staff, report): (StaffId, &Report),
) -> Result<Brought, OrderError> {
    let words = checked(&report.words)?;
    // Points before bills, and both before orders, wherever they are locked.
    let early = orders::get(tx, report.order)?;
    let points = places::points_of(tx, &early)?;
    service::lock_points(tx, &points)?;
    let points = places::without_others(tx, &early, (points, report.worked_on))?;
    hold_bills(tx, early.account_id)?;
    let row = hold(tx, report.order)?;
    let is_shut = row.kind == OrderKind::ShutOff && matches!(report.outcome, Outcome::Done(_));
    match orders::find_step(tx, &report.key)? {
        // What came too late is told so however often it is sent.
        Some(order) if order == row.id && is_shut && row.state == OrderState::Canceled => {
            return Ok(Brought {
                too_late: Some(TooLate::Canceled),
                next: shutoffs::reconnect(tx, row.id)?,
                ..Brought::default()
            });
        }
        Some(order) if order == row.id => return Ok(Brought::default()),
        Some(_) => return Err(OrderError::KeyUsed),
        None => {}
    }
    let is_theirs = row.assignee_staff_id == Some(staff);
    let had_it = is_theirs || was_given(tx, row.id, staff)?;
    if had_it
        && is_shut
        && let Some(why) = shutoffs::too_late(tx, &row, report.worked_on)?
    {
        return undo(tx, &row, (report, words, &points), why);
    }
    let is_out = row.state.is_out();
    let brought = match report.outcome {
        Outcome::CouldNot(why) if is_out && is_theirs => {
            on_a_day(tx, report.worked_on)?;
            could_not(tx, &row, (report, why, words))?
        }
        Outcome::Done(finding) if had_it => {
            on_a_day(tx, report.worked_on)?;
            let what = (report, finding, words, points.as_slice());
            match (row.state, is_theirs) {
                // Kept before, after the order's end; it was undone since, or is being undone.
                (OrderState::NotDone, _) if late::is_kept(tx, &row)? => {
                    late::beside_another(tx, &row, (report, words))?
                }
                (OrderState::Canceled, _) => late::after_its_end(tx, zone, &row, what)?,
                (OrderState::Done, false) => late::beside_another(tx, &row, (report, words))?,
                (OrderState::Done, true) => return Err(OrderError::Moved(row.state)),
                // Taken from them at the door, it is done as it was ordered all the same.
                (
                    OrderState::Open
                    | OrderState::NotDone
                    | OrderState::Assigned
                    | OrderState::AtWork,
                    _,
                ) => done(tx, zone, &row, what)?,
            }
        }
        Outcome::CouldNot(_) | Outcome::Done(_) if is_out => return Err(OrderError::NotYours),
        Outcome::CouldNot(_) | Outcome::Done(_) => return Err(OrderError::Moved(row.state)),
    };
    keep_photo(tx, &row, report)?;
    Ok(brought)
}

fn keep_photo(tx: &mut Tx<'_>, row: &OrderRow, report: &Report) -> Result<(), StoreError> {
    let Some(photo) = &report.photo else {
        return Ok(());
    };
    let sha256 = hex::encode(Sha256::digest(&photo.bytes));
    order_photos::insert(tx, row.id, (photo.kind, &sha256), &photo.bytes)
}

/// Service was shut off at the door though it may not be by then: it was paid or protected while the crew was out, or had no coverage. Nothing of it
/// counts but that service is off, and that somebody is sent to turn it on; what the meter shows is read then.
fn undo(
    tx: &mut Tx<'_>,
    row: &OrderRow,
    (report, words, points): (&Report, Option<&str>, &[ServicePointId]),
    why: TooLate,
) -> Result<Brought, OrderError> {
    on_a_day(tx, report.worked_on)?;
    if row.state.is_open() {
        let because = match &why {
            TooLate::TakenBack | TooLate::NotToday => Why::ByOffice,
            TooLate::MayNot(reasons) if !Verdict::MayNot(reasons.clone()).is_settled() => {
                Why::Protected
            }
            TooLate::Canceled | TooLate::MayNot(_) => Why::Paid,
        };
        end(tx, row, (because, None))?;
    }
    orders::insert_step(tx, row.id, &step_of(report, words))?;
    keep_photo(tx, row, report)?;
    // Said a second time in another form, it was on again meanwhile.
    if !switches::is_turned_by(tx, row.id)? {
        switches::insert_all(tx, points, (false, report.worked_on, row.id))?;
    }
    let next = shutoffs::reconnect(tx, row.id)?;
    let facts = json!({ "on": report.worked_on, "reconnect": next });
    record(tx, row, "order.shut_off_undone", facts)?;
    Ok(Brought {
        next,
        too_late: Some(why),
        ..Brought::default()
    })
}

/// The work was done today or a few days ago.
fn on_a_day(tx: &Tx<'_>, day: NaiveDate) -> Result<(), OrderError> {
    let today = tx.stamp.on;
    let first = today - Days::new(LATEST_DAYS);
    if day < first || day > today {
        return Err(OrderError::NotThatDay(first, today));
    }
    Ok(())
}

/// It comes back to the office, with the reason, and is nobody's.
fn could_not(
    tx: &mut Tx<'_>,
    row: &OrderRow,
    (report, why, words): (&Report, Why, Option<&str>),
) -> Result<Brought, OrderError> {
    if !why.is_of_crews() {
        return Err(OrderError::NotAReason(why));
    }
    let free = Planned {
        appointed_on: None,
        slot: Slot::AllDay,
        assignee: None,
        may_on: None,
    };
    orders::mark_planned(tx, row.id, (OrderState::NotDone, &free))?;
    let step = NewStep {
        state: Some(OrderState::NotDone),
        reason: Some(why),
        ..step_of(report, words)
    };
    orders::insert_step(tx, row.id, &step)?;
    record(tx, row, "order.not_done", json!({ "why": why }))?;
    told::changed(tx, row, (row.appointment(), None, true))?;
    Ok(Brought::default())
}

/// It was done: everything that follows from it, or nothing.
fn done(
    tx: &mut Tx<'_>,
    zone: Tz,
    row: &OrderRow,
    (report, finding, words, points): (&Report, Option<Finding>, Option<&str>, &[ServicePointId]),
) -> Result<Brought, OrderError> {
    if row.kind == OrderKind::ShutOff {
        if report.worked_on != tx.stamp.on {
            return Err(OrderError::NotToday);
        }
        shutoffs::still_may(tx, row)?;
    }
    let is_held = take(tx, zone, row, (report, finding, words, points))?;
    let step = NewStep {
        finding,
        ..step_of(report, words)
    };
    move_to(tx, row, OrderState::Done, step)?;
    let facts = json!({ "finding": finding, "reads": report.shown.len(), "on": report.worked_on });
    record(tx, row, "order.done", facts)?;
    let other = places::served_by(tx, row, report.worked_on)?;
    let next = match (row.kind.follows(finding), other) {
        (Some(kind), _) => Some(lead_on(tx, row, (kind, words))?),
        (None, Some(other)) => Some(turn_on(tx, row, other)?),
        (None, None) => None,
    };
    Ok(Brought {
        is_held,
        next,
        ..Brought::default()
    })
}

/// Takes what was done at the place, whatever becomes of the order: reads, an exchange, service on or off, a notice at the door. Says whether a read
/// waits for a look.
pub(super) fn take(
    tx: &mut Tx<'_>,
    zone: Tz,
    row: &OrderRow,
    (report, finding, words, points): (&Report, Option<Finding>, Option<&str>, &[ServicePointId]),
) -> Result<bool, OrderError> {
    let needs = row.kind.needs();
    if needs.photo.is_must() && report.photo.is_none() {
        return Err(OrderError::PhotoMissing);
    }
    if needs.finding.is_must() && finding.is_none() {
        return Err(OrderError::FindingMissing);
    }
    if needs.read.is_must() && points.is_empty() {
        return Err(OrderError::NoPlace);
    }
    let is_held = if row.kind == OrderKind::MeterExchange {
        exchange(tx, zone, row, report)?;
        false
    } else if needs.read.is_asked() {
        read(tx, zone, (row, points), report)?
    } else {
        false
    };
    if let Some(is_on) = row.kind.switches() {
        switches::insert_all(tx, points, (is_on, report.worked_on, row.id))?;
    }
    if row.kind == OrderKind::DoorTag {
        post(tx, row, (report, words))?;
    }
    Ok(is_held)
}

pub(super) fn step_of<'a>(report: &'a Report, words: Option<&'a str>) -> NewStep<'a> {
    NewStep {
        key: Some(&report.key),
        words,
        worked_on: Some(report.worked_on),
        spot: report.spot.map(|(north, east)| (Exact(north), Exact(east))),
        ..NewStep::default()
    }
}

/// Enters what the registers show, each with the checks that every read goes through. Says whether one of them waits for a look.
fn read(
    tx: &mut Tx<'_>,
    zone: Tz,
    (row, points): (&OrderRow, &[ServicePointId]),
    report: &Report,
) -> Result<bool, OrderError> {
    let registers = places::registers_at(tx, points, report.worked_on)?;
    if row.kind.needs().read.is_must() {
        let is_read = |id: RegisterId| report.shown.iter().any(|face| face.register == id);
        // One that records intervals tells by itself.
        let missing = registers
            .iter()
            .find(|(one, _)| one.resolution_minutes.is_none() && !is_read(one.id));
        if let Some((register, _)) = missing {
            return Err(OrderError::ReadMissing(register.id));
        }
    }
    let mut is_held = false;
    for face in &report.shown {
        if !registers.iter().any(|(one, _)| one.id == face.register) {
            return Err(OrderError::Read(face.register, ReadError::NotInstalled));
        }
        let told = ToldRead {
            register_id: face.register,
            on: report.worked_on,
            value: face.value,
            source: ReadSource::Manual,
        };
        match enter_read(tx, zone, &told) {
            Ok(recorded) => is_held |= recorded.verdict == ReadVerdict::Held,
            // The same read came before, by a file or over the counter.
            Err(ReadError::Duplicate) => {}
            Err(ReadError::Fault(fault)) => return Err(fault.into()),
            Err(refused) => return Err(OrderError::Read(face.register, refused)),
        }
    }
    Ok(is_held)
}

fn exchange(tx: &mut Tx<'_>, zone: Tz, row: &OrderRow, report: &Report) -> Result<(), OrderError> {
    let (Some(going), Some(coming)) = (row.meter_id, &report.coming) else {
        return Err(OrderError::MeterMissing);
    };
    let exchange = Exchange {
        old: Removal {
            meter: going,
            on: report.worked_on,
            shown: report.shown.clone(),
        },
        new: coming.meter,
        shown: coming.shown.clone(),
    };
    match exchange_meter(tx, zone, &exchange) {
        Ok(()) => Ok(()),
        Err(MeterError::Fault(fault)) => Err(fault.into()),
        Err(MeterError::ReadMissing(register)) => Err(OrderError::ReadMissing(register)),
        Err(refused) => Err(OrderError::Meter(refused)),
    }
}

/// A notice that was left at the door was served.
fn post(
    tx: &mut Tx<'_>,
    row: &OrderRow,
    (report, words): (&Report, Option<&str>),
) -> Result<(), OrderError> {
    let number = row.number.to_string();
    let new = NewlyServed {
        request_key: format!("order-{number}"),
        account: row.account_id,
        served: Served {
            kind: ServedKind::Posted,
            way: ServedWay::Door,
            given_on: report.worked_on,
            is_proven: report.photo.is_some(),
        },
        words: words.map_or(number, str::to_owned),
    };
    match shutoff::record(tx, &new) {
        Ok(()) => Ok(()),
        Err(ShutoffError::Fault(fault)) => Err(fault.into()),
        Err(other) => Err(StoreError::Unreadable(other.to_string()).into()),
    }
}

/// Sends somebody to turn service on again that was turned off after somebody else had moved in, or though nobody was to be turned off any more.
pub(super) fn turn_on(
    tx: &mut Tx<'_>,
    row: &OrderRow,
    account: AccountId,
) -> Result<OrderNumber, OrderError> {
    let new = NewOrder {
        key: shutoffs::standing_key(tx, format!("turn-on-{}", row.id))?,
        kind: OrderKind::TurnOn,
        urgency: Urgency::SameDay,
        account,
        premise: row.premise_id,
        point: row.service_point_id,
        request: None,
        follows: Some(row.id),
        instructions: String::new(),
        on: Some(tx.stamp.on),
        slot: Slot::AllDay,
    };
    Ok(make(tx, &new)?.number)
}

/// Makes the order that a finding leads to.
fn lead_on(
    tx: &mut Tx<'_>,
    row: &OrderRow,
    (kind, words): (OrderKind, Option<&str>),
) -> Result<OrderNumber, OrderError> {
    let new = NewOrder {
        key: format!("follows-{}-{kind}", row.id),
        kind,
        urgency: Urgency::Standard,
        account: row.account_id,
        premise: row.premise_id,
        point: row.service_point_id,
        request: row.request_id,
        follows: Some(row.id),
        instructions: words.unwrap_or_default().to_owned(),
        on: None,
        slot: Slot::AllDay,
    };
    Ok(make(tx, &new)?.number)
}
