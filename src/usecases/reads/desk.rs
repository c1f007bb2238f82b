//! Reads by hand: typed in, decided after a look, estimated for one register.

use chrono::{NaiveDate, NaiveDateTime};
use chrono_tz::Tz;
use rust_decimal::Decimal;
use std::sync::Arc;

use crate::domain::exceptions::ExceptionReason;
use crate::domain::ids::{ReadId, RegisterId};
use crate::domain::intervals::calendar::{CivilDay, Placed, WallClock};
use crate::domain::period::Period;
use crate::domain::reads::{ReadQuality, ReadSource, ReadVerdict};
use crate::domain::stamp::Stamp;
use crate::domain::vee::checks::Shown;
use crate::domain::vee::days::instant;
use crate::domain::vee::estimates::{self, Expected};
use crate::domain::vee::settings::VeeSettings;
use crate::store;
use crate::store::audit::Deed;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::reads::{NewRead, ReadRow};
use crate::store::sql_types::Exact;
use crate::usecases::reads::billed::{Changed, flag_bills};
use crate::usecases::reads::class_averages::ClassAverages;
use crate::usecases::reads::registers::{Register, with_places};
use crate::usecases::reads::scalars::{Known, Taken, Timeline, judge, respread, timelines};
use crate::usecases::reads::{Context, Decision, write};

/// Where the thresholds of VEE are kept among the policies.
pub const VEE_POLICY: &str = "vee";

/// Why a read was not recorded.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// There is no such register.
    #[error("no such register")]
    NoRegister,
    /// The face cannot show this value.
    #[error("the register shows at most {most}")]
    BeyondFace {
        /// The first value that the face cannot show.
        most: Decimal,
    },
    /// The meter hung nowhere on the day.
    #[error("the meter was not installed on this day")]
    NotInstalled,
    /// There is nothing to estimate from.
    #[error("no history to estimate from")]
    NothingToGoBy,
    /// The same read is there already.
    #[error("the same read is recorded already")]
    Duplicate,
    /// The read was decided before, or a later one took its place.
    #[error("the read waits for nobody any more")]
    MovedOn,
    /// A fault of the database.
    #[error(transparent)]
    Fault(#[from] StoreError),
}

/// A read as a person tells it.
#[derive(Debug, Clone, Copy)]
pub struct ToldRead {
    /// Of which register.
    pub register_id: RegisterId,
    /// The day it was taken; noon of it counts as the instant.
    pub on: NaiveDate,
    /// What the face showed.
    pub value: Decimal,
    /// Who told it: the office, a customer, an exchange.
    pub source: ReadSource,
}

/// What became of a read that was told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// Whether it may be used.
    pub verdict: ReadVerdict,
    /// What VEE found, by reason.
    pub reasons: Vec<ExceptionReason>,
}

/// The thresholds in force on a day, or the ones that ship.
///
/// # Errors
/// Those of the database, and `Unreadable` for a document that is not one.
pub fn vee_settings(conn: &mut Conn, on: NaiveDate) -> Result<VeeSettings, StoreError> {
    match store::policies::find(conn, VEE_POLICY, on)? {
        None => Ok(VeeSettings::default()),
        Some(text) => serde_json::from_str(&text)
            .map_err(|error| StoreError::Unreadable(format!("VEE policy: {error}"))),
    }
}

/// Records a read that somebody told, after the same checks as every other.
///
/// # Errors
/// `NoRegister`, `BeyondFace`, `NotInstalled` or `Duplicate`, or a fault.
pub fn enter_read(tx: &mut Tx<'_>, zone: Tz, told: &ToldRead) -> Result<Recorded, ReadError> {
    let register = find_register(tx, told.register_id)?;
    if !register.face.shows(told.value) {
        let most = register.face.capacity();
        return Err(ReadError::BeyondFace { most });
    }
    if !register.is_placed_on(told.on) {
        return Err(ReadError::NotInstalled);
    }
    let shown = Shown {
        at: noon(zone, told.on),
        on: told.on,
        value: told.value.normalize(),
        quality: ReadQuality::Actual,
    };
    record(tx, zone, &register, (shown, told.source))
}

/// Stands an estimate in for a read that is missing: the expected usage since the last read (rules §3.4), added to it.
///
/// # Errors
/// `NoRegister`, `NothingToGoBy` or `Duplicate`, or a fault.
pub fn estimate_read(
    tx: &mut Tx<'_>,
    zone: Tz,
    id: RegisterId,
    on: NaiveDate,
) -> Result<Recorded, ReadError> {
    let register = find_register(tx, id)?;
    let at = noon(zone, on);
    let (shown, _) = estimate(tx, &register, (on, at))?.ok_or(ReadError::NothingToGoBy)?;
    record(tx, zone, &register, (shown, ReadSource::Estimate))
}

/// What an estimate on a day would show, and how it comes about.
fn estimate(
    conn: &mut Conn,
    register: &Register,
    when: (NaiveDate, NaiveDateTime),
) -> Result<Option<(Shown, Expected)>, StoreError> {
    let line = timelines(conn, &[register.id])?
        .remove(&register.id)
        .unwrap_or_default();
    estimate_after(conn, register, &line, when, &mut ClassAverages::default())
}

/// The same, after the reads that are known of the register.
pub(crate) fn estimate_after(
    conn: &mut Conn,
    register: &Register,
    line: &Timeline,
    (on, at): (NaiveDate, NaiveDateTime),
    averages: &mut ClassAverages,
) -> Result<Option<(Shown, Expected)>, StoreError> {
    let Some(last) = line.before(at) else {
        return Ok(None);
    };
    let Some(period) = Period::new(last.on, on) else {
        return Ok(None);
    };
    let history = line.history(register);
    let idle_days = register.idle_days(period);
    let expected = match estimates::expected(period, idle_days, &history, None) {
        Some(expected) => Some(expected),
        None => {
            let daily = averages.daily(conn, register, period)?;
            estimates::expected(period, idle_days, &history, daily)
        }
    };
    Ok(expected.map(|expected| {
        let value =
            estimates::estimated_read(&register.face, last.value, expected.usage, period.days());
        let shown = Shown {
            at,
            on,
            value,
            quality: ReadQuality::Estimated,
        };
        (shown, expected)
    }))
}

/// A person's decision on a held read: use it as it is, or never. A new version says so; the old one stays. An actual read that may be used
/// spreads the estimates before it anew, as it would have when it came.
///
/// # Errors
/// `MovedOn` where the read has a newer version, or those of the database.
pub fn judge_read(tx: &mut Tx<'_>, id: ReadId, verdict: ReadVerdict) -> Result<ReadId, ReadError> {
    let read = store::reads::get(tx, id)?;
    if store::reads::has_later_version(tx, &read)? {
        return Err(ReadError::MovedOn);
    }
    let register = find_register(tx, read.register_id)?;
    let mut rows = vec![judged(tx.stamp, &read, verdict)];
    if verdict.is_usable() {
        rows.extend(spread_before(tx, &register, &read)?);
    }
    let facts =
        serde_json::json!({ "verdict": verdict, "value": read.value.0, "on": read.read_on });
    record_deed(tx, "read.judged", (&register, read.read_on), facts)?;
    let ids = store::reads::insert_all(tx, &rows)?;
    flag_bills(tx, &Changed::of(&rows, &[]))?;
    ids.into_iter()
        .next()
        .ok_or(ReadError::Fault(StoreError::Missing("read")))
}

/// The version of a read that says what somebody decided.
fn judged(stamp: &Stamp, read: &ReadRow, verdict: ReadVerdict) -> NewRead {
    NewRead {
        register_id: read.register_id,
        read_on: read.read_on,
        read_at: read.read_at,
        version: read.version + 1,
        value: read.value,
        source: read.source,
        quality: read.quality,
        verdict,
        reasons: read.reasons.clone(),
        import_id: None,
        recorded_by: stamp.by.name.clone(),
        recorded_at: stamp.at,
    }
}

/// The estimates before a read that may be used from now on, as they stand then.
fn spread_before(
    tx: &mut Tx<'_>,
    register: &Register,
    read: &ReadRow,
) -> Result<Vec<NewRead>, StoreError> {
    let shown = Shown {
        at: read.read_at,
        on: read.read_on,
        value: read.value.0,
        quality: read.quality,
    };
    let mut lines = timelines(tx, &[register.id])?;
    let line = lines.entry(register.id).or_default();
    let stamp = tx.stamp;
    let mended = respread(register, line, &shown).into_iter();
    let row = |(known, reasons): (Known, Option<String>)| NewRead {
        register_id: register.id,
        read_on: known.on,
        read_at: known.at,
        version: known.version,
        value: Exact(known.value),
        source: ReadSource::Estimate,
        quality: known.quality,
        verdict: known.verdict,
        reasons,
        import_id: None,
        recorded_by: stamp.by.name.clone(),
        recorded_at: stamp.at,
    };
    Ok(mended.map(row).collect())
}

/// Takes a held read as it is.
///
/// # Errors
/// As [`judge_read`].
pub fn accept_read(tx: &mut Tx<'_>, id: ReadId) -> Result<ReadId, ReadError> {
    judge_read(tx, id, ReadVerdict::Accepted)
}

fn record(
    tx: &mut Tx<'_>,
    zone: Tz,
    register: &Register,
    read: (Shown, ReadSource),
) -> Result<Recorded, ReadError> {
    let stamp = tx.stamp;
    let context = Context {
        zone,
        settings: vee_settings(tx, stamp.on)?,
        now: if read.0.on <= stamp.on {
            stamp.at.max(read.0.at)
        } else {
            stamp.at
        },
        import_id: None,
        recorded_by: stamp.by.name.clone(),
    };
    let mut line = timelines(tx, &[register.id])?
        .remove(&register.id)
        .unwrap_or_default();
    let mut averages = ClassAverages::default();
    let taken = Taken {
        shown: read.0,
        source: read.1,
        intervals: intervals_since(tx, zone, register, (&line, &read.0))?,
        class_daily: averages.for_newcomer(tx, register, (&line, &read.0))?,
    };
    let mut decision = Decision::default();
    judge(&context, register, &mut line, &taken, &mut decision);
    let Some((row, found)) = decision.reads.first() else {
        return Err(ReadError::Duplicate);
    };
    let recorded = Recorded {
        verdict: row.verdict,
        reasons: found.iter().map(|found| found.reason).collect(),
    };
    let facts =
        serde_json::json!({ "value": row.value.0, "on": row.read_on, "source": row.source });
    record_deed(tx, "read.recorded", (register, row.read_on), facts)?;
    if let Some((account, _)) = register.account_on(read.0.on) {
        tx.touch(account);
    }
    write(tx, &mut decision, None)?;
    Ok(recorded)
}

/// What a reporting register's intervals add up to since the read before, where every one of them is there.
fn intervals_since(
    conn: &mut Conn,
    zone: Tz,
    register: &Register,
    (line, shown): (&Timeline, &Shown),
) -> Result<Option<Decimal>, StoreError> {
    let Some(before) = line
        .before(shown.at)
        .filter(|_| register.resolution.is_some())
    else {
        return Ok(None);
    };
    let days = Period {
        from: before.on,
        until: shown.on.succ_opt().unwrap_or(shown.on),
    };
    let mut sum = Decimal::ZERO;
    let mut covered = chrono::TimeDelta::zero();
    for day in store::intervals::list_usage(conn, &[register.id], days)? {
        let step = chrono::TimeDelta::minutes(day.usage.resolution().minutes());
        for slot in day.usage.values(CivilDay::of(zone, day.day)) {
            if before.at <= slot.from && slot.from < shown.at {
                let Some(value) = slot.value else {
                    return Ok(None);
                };
                sum += value;
                covered += step;
            }
        }
    }
    Ok((covered == shown.at - before.at).then_some(sum))
}

/// The deed belongs to whoever was served through the register on the day of the read.
fn record_deed(
    tx: &mut Tx<'_>,
    action: &str,
    (register, on): (&Register, NaiveDate),
    facts: serde_json::Value,
) -> Result<(), StoreError> {
    let deed = Deed {
        action,
        subject_kind: "register",
        subject_id: register.id.to_string(),
        account_id: register.account_on(on).map(|(account, _)| account),
        facts,
    };
    store::audit::insert(tx, &deed)
}

fn find_register(conn: &mut Conn, id: RegisterId) -> Result<Arc<Register>, ReadError> {
    let rows = store::reads::list_registers(conn, &[id])?;
    with_places(conn, rows)?
        .into_iter()
        .next()
        .ok_or(ReadError::NoRegister)
}

/// Noon by the wall, which no zone skips.
pub(crate) fn noon(zone: Tz, on: NaiveDate) -> NaiveDateTime {
    match WallClock::new(zone).place(on, 43_200) {
        Placed::At(at) | Placed::Either(at, _) | Placed::AtChange(at) => instant(at),
        Placed::Never => on.and_time(chrono::NaiveTime::MIN),
    }
}
