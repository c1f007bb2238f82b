//! Meters, their registers, and where each hung when.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::domain::ids::{MeterId, RegisterId, ServicePointId};
use crate::domain::meters::{Channel, MeterKind};
use crate::domain::quantity::Unit;
use crate::store::bulk::insert_all;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::schema::{meter_installs, meters, registers};
use crate::store::sql_types::Exact;

/// A device.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = meters, treat_none_as_default_value = false)]
pub struct MeterRow {
    /// Row id.
    pub id: MeterId,
    /// The number on it.
    pub serial: String,
    /// How its registers add up.
    pub kind: MeterKind,
    /// Its size, as rates name it: `5/8`.
    pub size: Option<String>,
}

/// One dial or channel.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = registers, treat_none_as_default_value = false)]
pub struct RegisterRow {
    /// Row id.
    pub id: RegisterId,
    /// On which meter.
    pub meter_id: MeterId,
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

/// Where a meter hung, from which day, until which.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = meter_installs, treat_none_as_default_value = false)]
pub struct NewMeterInstall {
    /// The meter.
    pub meter_id: MeterId,
    /// Where.
    pub service_point_id: ServicePointId,
    /// First day.
    pub from_on: NaiveDate,
    /// First day after its end.
    pub until_on: Option<NaiveDate>,
}

/// A register with the time it counted for a service point.
#[derive(Debug, Clone)]
pub struct InstalledRegister {
    /// The register.
    pub register: RegisterRow,
    /// How the meter's registers add up.
    pub kind: MeterKind,
    /// The meter's size.
    pub meter_size: Option<String>,
    /// Where.
    pub service_point_id: ServicePointId,
    /// First day.
    pub from_on: NaiveDate,
    /// First day after its end.
    pub until_on: Option<NaiveDate>,
}

/// Records meters.
pub fn insert_all_rows(tx: &mut Tx<'_>, rows: &[MeterRow]) -> Result<(), StoreError> {
    insert_all!(tx, meters::table, rows)
}

/// Records registers.
pub fn insert_registers(tx: &mut Tx<'_>, rows: &[RegisterRow]) -> Result<(), StoreError> {
    insert_all!(tx, registers::table, rows)
}

/// Records installs.
pub fn insert_installs(tx: &mut Tx<'_>, rows: &[NewMeterInstall]) -> Result<(), StoreError> {
    insert_all!(tx, meter_installs::table, rows)
}

/// Every register that counted for these service points, with its dates, in one query.
pub fn list_installed(
    conn: &mut Conn,
    points: &[ServicePointId],
) -> Result<Vec<InstalledRegister>, StoreError> {
    type Row = (
        RegisterRow,
        MeterKind,
        Option<String>,
        ServicePointId,
        NaiveDate,
        Option<NaiveDate>,
    );
    let rows: Vec<Row> = meter_installs::table
        .inner_join(meters::table.inner_join(registers::table))
        .filter(meter_installs::service_point_id.eq_any(points))
        .order((
            meter_installs::service_point_id,
            meter_installs::from_on,
            registers::id,
        ))
        .select((
            RegisterRow::as_select(),
            meters::kind,
            meters::size,
            meter_installs::service_point_id,
            meter_installs::from_on,
            meter_installs::until_on,
        ))
        .load(conn)?;
    let installed = |(register, kind, meter_size, service_point_id, from_on, until_on): Row| {
        InstalledRegister {
            register,
            kind,
            meter_size,
            service_point_id,
            from_on,
            until_on,
        }
    };
    Ok(rows.into_iter().map(installed).collect())
}
