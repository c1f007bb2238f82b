//! Register reads as versions, and what an import has to know of a register: its face, where it hung, who is served there.

use chrono::{Days, NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::domain::accounts::AccountClass;
use crate::domain::ids::{
    AccountId, ImportId, MeterId, ReadId, RegisterId, ServiceAgreementId, ServicePointId,
};
use crate::domain::meters::{Channel, MeterKind, RegisterFace};
use crate::domain::period::Period;
use crate::domain::premises::Commodity;
use crate::domain::quantity::Unit;
use crate::domain::reads::{ReadQuality, ReadSource, ReadVerdict};
use crate::store::any::native;
use crate::store::bulk::ROWS;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::schema::{
    accounts, meter_installs, meters, reads, registers, service_agreements, service_points,
    service_suspensions,
};
use crate::store::service::SuspensionRow;
use crate::store::sql_types::Exact;

/// A register as files know it.
#[derive(Debug, Clone, Queryable)]
pub struct KnownRegister {
    /// Row id.
    pub id: RegisterId,
    /// On which meter.
    pub meter_id: MeterId,
    /// The meter's number.
    pub serial: String,
    /// How the meter's registers add up.
    pub kind: MeterKind,
    /// What it counts.
    pub channel: Channel,
    /// What import files call it.
    pub external_key: String,
    /// What it counts in.
    pub unit: Unit,
    /// Whole digits on its face.
    pub dials: i32,
    /// Decimals on its face.
    pub decimals: i32,
    /// What one unit on the face stands for.
    pub multiplier: Exact,
    /// The length of its intervals, where it records them.
    pub resolution_minutes: Option<i32>,
}

impl KnownRegister {
    /// How it counts.
    #[must_use]
    pub fn face(&self) -> RegisterFace {
        RegisterFace {
            dials: u8::try_from(self.dials).unwrap_or(u8::MAX),
            decimals: u8::try_from(self.decimals).unwrap_or(0),
            multiplier: self.multiplier.0,
        }
    }
}

/// Where a meter hung, and what is delivered there.
#[derive(Debug, Clone, Queryable)]
pub struct Placement {
    /// The meter.
    pub meter_id: MeterId,
    /// Where.
    pub service_point_id: ServicePointId,
    /// What is delivered there.
    pub commodity: Commodity,
    /// First day.
    pub from_on: NaiveDate,
    /// First day after its end.
    pub until_on: Option<NaiveDate>,
}

/// Who is served at a service point, and when.
#[derive(Debug, Clone, Queryable)]
pub struct Served {
    /// Where.
    pub service_point_id: ServicePointId,
    /// The account.
    pub account_id: AccountId,
    /// Its class.
    pub class: AccountClass,
    /// The agreement.
    pub service_agreement_id: ServiceAgreementId,
    /// First day.
    pub from_on: NaiveDate,
    /// First day after its end.
    pub until_on: Option<NaiveDate>,
}

/// Registers by the keys or meter numbers of a file. One question for each of the two: neither database finds both by its indexes at once.
pub fn find_registers(conn: &mut Conn, keys: &[String]) -> Result<Vec<KnownRegister>, StoreError> {
    let mut found = Vec::new();
    for keys in keys.chunks(ROWS) {
        let by_key: Vec<KnownRegister> = registers::table
            .inner_join(meters::table)
            .filter(registers::external_key.eq_any(keys))
            .select(KNOWN)
            .load(conn)?;
        let by_serial: Vec<KnownRegister> = registers::table
            .inner_join(meters::table)
            .filter(meters::serial.eq_any(keys))
            .select(KNOWN)
            .load(conn)?;
        found.extend(by_key);
        found.extend(by_serial);
    }
    found.sort_by_key(|register| register.id);
    found.dedup_by_key(|register| register.id);
    Ok(found)
}

/// Registers by id.
pub fn list_registers(
    conn: &mut Conn,
    ids: &[RegisterId],
) -> Result<Vec<KnownRegister>, StoreError> {
    let mut found = Vec::new();
    for ids in ids.chunks(ROWS) {
        let rows: Vec<KnownRegister> = registers::table
            .inner_join(meters::table)
            .filter(registers::id.eq_any(ids))
            .order(registers::id)
            .select(KNOWN)
            .load(conn)?;
        found.extend(rows);
    }
    Ok(found)
}

type Known = (
    registers::id,
    registers::meter_id,
    meters::serial,
    meters::kind,
    registers::channel,
    registers::external_key,
    registers::unit,
    registers::dials,
    registers::decimals,
    registers::multiplier,
    registers::resolution_minutes,
);

const KNOWN: Known = (
    registers::id,
    registers::meter_id,
    meters::serial,
    meters::kind,
    registers::channel,
    registers::external_key,
    registers::unit,
    registers::dials,
    registers::decimals,
    registers::multiplier,
    registers::resolution_minutes,
);

/// Where meters hung.
pub fn list_placements(conn: &mut Conn, meters: &[MeterId]) -> Result<Vec<Placement>, StoreError> {
    let mut found = Vec::new();
    for meters in meters.chunks(ROWS) {
        let rows: Vec<Placement> = meter_installs::table
            .inner_join(service_points::table)
            .filter(meter_installs::meter_id.eq_any(meters))
            .order((meter_installs::meter_id, meter_installs::from_on))
            .select((
                meter_installs::meter_id,
                meter_installs::service_point_id,
                service_points::commodity,
                meter_installs::from_on,
                meter_installs::until_on,
            ))
            .load(conn)?;
        found.extend(rows);
    }
    Ok(found)
}

/// Who is served at service points.
pub fn list_served(conn: &mut Conn, points: &[ServicePointId]) -> Result<Vec<Served>, StoreError> {
    let mut found = Vec::new();
    for points in points.chunks(ROWS) {
        let rows: Vec<Served> = service_agreements::table
            .inner_join(accounts::table)
            .filter(service_agreements::service_point_id.eq_any(points))
            .filter(service_agreements::withdrawn_at.is_null())
            .order((
                service_agreements::service_point_id,
                service_agreements::from_on,
            ))
            .select((
                service_agreements::service_point_id,
                service_agreements::account_id,
                accounts::class,
                service_agreements::id,
                service_agreements::from_on,
                service_agreements::until_on,
            ))
            .load(conn)?;
        found.extend(rows);
    }
    Ok(found)
}

/// Every suspension of these agreements.
pub fn list_suspended(
    conn: &mut Conn,
    agreements: &[ServiceAgreementId],
) -> Result<Vec<SuspensionRow>, StoreError> {
    let mut found = Vec::new();
    for agreements in agreements.chunks(ROWS) {
        let rows: Vec<SuspensionRow> = service_suspensions::table
            .filter(service_suspensions::service_agreement_id.eq_any(agreements))
            .order((
                service_suspensions::service_agreement_id,
                service_suspensions::from_on,
            ))
            .select(SuspensionRow::as_select())
            .load(conn)?;
        found.extend(rows);
    }
    Ok(found)
}

/// A version of a read.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = reads)]
pub struct ReadRow {
    /// Row id.
    pub id: ReadId,
    /// Of which register.
    pub register_id: RegisterId,
    /// The civil day.
    pub read_on: NaiveDate,
    /// The instant, in UTC.
    pub read_at: NaiveDateTime,
    /// Which version.
    pub version: i32,
    /// What the face showed.
    pub value: Exact,
    /// Where it came from.
    pub source: ReadSource,
    /// How good it is.
    pub quality: ReadQuality,
    /// Whether it may be used.
    pub verdict: ReadVerdict,
    /// The findings of VEE, as JSON.
    pub reasons: Option<String>,
}

/// A read about to be recorded.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = reads, treat_none_as_default_value = false)]
pub struct NewRead {
    /// Of which register.
    pub register_id: RegisterId,
    /// The civil day.
    pub read_on: NaiveDate,
    /// The instant, in UTC.
    pub read_at: NaiveDateTime,
    /// Which version.
    pub version: i32,
    /// What the face showed.
    pub value: Exact,
    /// Where it came from.
    pub source: ReadSource,
    /// How good it is.
    pub quality: ReadQuality,
    /// Whether it may be used.
    pub verdict: ReadVerdict,
    /// The findings of VEE, as JSON.
    pub reasons: Option<String>,
    /// The import it came with.
    pub import_id: Option<ImportId>,
    /// Who recorded it.
    pub recorded_by: String,
    /// When, in UTC.
    pub recorded_at: NaiveDateTime,
}

/// The newest version of each read of these registers, by register and instant, refused ones among them.
pub fn list(conn: &mut Conn, registers: &[RegisterId]) -> Result<Vec<ReadRow>, StoreError> {
    let mut found: Vec<ReadRow> = Vec::new();
    for registers in registers.chunks(ROWS) {
        let rows: Vec<ReadRow> = reads::table
            .filter(reads::register_id.eq_any(registers))
            .order((reads::register_id, reads::read_at, reads::version.desc()))
            .select(ReadRow::as_select())
            .load(conn)?;
        for row in rows {
            let last = found.last().map(|last| (last.register_id, last.read_at));
            if last != Some((row.register_id, row.read_at)) {
                found.push(row);
            }
        }
    }
    Ok(found)
}

/// The same of the reads on the days of a span.
pub fn list_within(
    conn: &mut Conn,
    registers: &[RegisterId],
    span: Period,
) -> Result<Vec<ReadRow>, StoreError> {
    // The index is by instant; no zone is a whole day away from UTC.
    let day = Days::new(1);
    let since = span.from.checked_sub_days(day).unwrap_or(span.from);
    let before = span.until.checked_add_days(day).unwrap_or(span.until);
    let midnight = chrono::NaiveTime::MIN;
    let mut found: Vec<ReadRow> = Vec::new();
    for registers in registers.chunks(ROWS) {
        let rows: Vec<ReadRow> = reads::table
            .filter(reads::register_id.eq_any(registers))
            .filter(reads::read_at.ge(since.and_time(midnight)))
            .filter(reads::read_at.lt(before.and_time(midnight)))
            .order((reads::register_id, reads::read_at, reads::version.desc()))
            .select(ReadRow::as_select())
            .load(conn)?;
        for row in rows.into_iter().filter(|row| span.contains(row.read_on)) {
            let last = found.last().map(|last| (last.register_id, last.read_at));
            if last != Some((row.register_id, row.read_at)) {
                found.push(row);
            }
        }
    }
    Ok(found)
}

/// Every version of the reads of these registers at these instants.
pub fn list_versions(
    conn: &mut Conn,
    keys: &[(RegisterId, NaiveDateTime)],
) -> Result<Vec<ReadRow>, StoreError> {
    let mut found = Vec::new();
    for keys in keys.chunks(ROWS) {
        let registers: Vec<RegisterId> = keys.iter().map(|(register, _)| *register).collect();
        let instants: Vec<NaiveDateTime> = keys.iter().map(|(_, at)| *at).collect();
        let rows: Vec<ReadRow> = reads::table
            .filter(reads::register_id.eq_any(registers))
            .filter(reads::read_at.eq_any(instants))
            .order(reads::id)
            .select(ReadRow::as_select())
            .load(conn)?;
        found.extend(rows);
    }
    Ok(found)
}

/// One version of a read.
pub fn get(conn: &mut Conn, id: ReadId) -> Result<ReadRow, StoreError> {
    reads::table
        .find(id)
        .select(ReadRow::as_select())
        .first(conn)
        .optional()?
        .ok_or(StoreError::Missing("read"))
}

/// Whether a newer version of a read took its place.
pub fn has_later_version(conn: &mut Conn, read: &ReadRow) -> Result<bool, StoreError> {
    let later: Option<ReadId> = reads::table
        .filter(reads::register_id.eq(read.register_id))
        .filter(reads::read_at.eq(read.read_at))
        .filter(reads::version.gt(read.version))
        .select(reads::id)
        .first(conn)
        .optional()?;
    Ok(later.is_some())
}

/// Records reads; the ids come back in order.
pub fn insert_all(tx: &mut Tx<'_>, rows: &[NewRead]) -> Result<Vec<ReadId>, StoreError> {
    let mut ids = Vec::with_capacity(rows.len());
    for rows in rows.chunks(ROWS) {
        let mut part: Vec<ReadId> = native!(tx.conn(), |conn| {
            diesel::insert_into(reads::table)
                .values(rows)
                .returning(reads::id)
                .get_results(conn)?
        });
        ids.append(&mut part);
    }
    Ok(ids)
}
