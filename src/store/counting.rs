//! The registers that count at service points on a day, each with its latest usable read. Two queries.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::domain::ids::{MeterId, RegisterId, ServicePointId};
use crate::domain::meters::Channel;
use crate::domain::quantity::Unit;
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::latest_reads::{LatestRead, latest_reads};
use crate::store::schema::{meter_installs, meters, registers};

/// A register that counts a service.
#[derive(Debug, Clone)]
pub struct Register {
    /// Row id.
    pub id: RegisterId,
    /// Its meter.
    pub meter: MeterId,
    /// The number on the meter.
    pub serial: String,
    /// The meter's size.
    pub size: Option<String>,
    /// What it counts in.
    pub unit: Unit,
    /// What it counts.
    pub channel: Channel,
    /// Whether it reports by itself.
    pub reports: bool,
    /// The latest usable read.
    pub latest: Option<LatestRead>,
}

type RegisterRow = (
    ServicePointId,
    RegisterId,
    MeterId,
    (String, Option<String>),
    Unit,
    (Channel, Option<i32>),
);

/// The registers of the meters that hang at the points on a day, each with its latest usable read.
pub fn registers_of(
    conn: &mut Conn,
    points: &[ServicePointId],
    on: NaiveDate,
) -> Result<HashMap<ServicePointId, Vec<Register>>, StoreError> {
    let rows: Vec<RegisterRow> = meter_installs::table
        .inner_join(meters::table.inner_join(registers::table))
        .filter(meter_installs::service_point_id.eq_any(points))
        .filter(meter_installs::from_on.le(on))
        .filter(
            meter_installs::until_on
                .is_null()
                .or(meter_installs::until_on.gt(on)),
        )
        .order(registers::id)
        .select((
            meter_installs::service_point_id,
            registers::id,
            meters::id,
            (meters::serial, meters::size),
            registers::unit,
            (registers::channel, registers::resolution_minutes),
        ))
        .load(conn)?;
    let ids: Vec<RegisterId> = rows.iter().map(|row| row.1).collect();
    let mut latest = latest_reads(conn, &ids, on)?;
    let mut by_point: HashMap<ServicePointId, Vec<Register>> = HashMap::new();
    for (point, id, meter, (serial, size), unit, (channel, resolution)) in rows {
        by_point.entry(point).or_default().push(Register {
            id,
            meter,
            serial,
            size,
            unit,
            channel,
            reports: resolution.is_some(),
            latest: latest.remove(&id),
        });
    }
    Ok(by_point)
}
