//! Meters, their registers, and where each hung when.

use chrono::NaiveDate;
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Text};

use crate::domain::ids::{MeterId, PremiseId, RegisterId, ServicePointId};
use crate::domain::meters::{Channel, MeterKind};
use crate::domain::premises::Commodity;
use crate::domain::quantity::Unit;
use crate::store::any::AnyConnection;
use crate::store::bulk::insert_all;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::kept::KeptDsl;
use crate::store::labels::one_line;
use crate::store::likes;
use crate::store::schema::{meter_installs, meters, premises, registers, service_points};
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

/// A meter in a place, present or past.
#[derive(Debug, Clone)]
pub struct Hung {
    /// The meter.
    pub meter: MeterRow,
    /// Where.
    pub service_point_id: ServicePointId,
    /// What is delivered there.
    pub commodity: Commodity,
    /// At which place.
    pub premise_id: PremiseId,
    /// The place in one line.
    pub place: String,
    /// First day.
    pub from_on: NaiveDate,
    /// First day after its end.
    pub until_on: Option<NaiveDate>,
}

type HungRow = (
    MeterRow,
    (ServicePointId, Commodity, PremiseId),
    (String, Option<String>),
    (NaiveDate, Option<NaiveDate>),
);

impl From<HungRow> for Hung {
    fn from((meter, point, address, dates): HungRow) -> Self {
        Self {
            meter,
            service_point_id: point.0,
            commodity: point.1,
            premise_id: point.2,
            place: one_line(address.0, address.1),
            from_on: dates.0,
            until_on: dates.1,
        }
    }
}

/// Every meter that ever hung at these points, by point, the latest first.
pub fn list_hung_at(conn: &mut Conn, points: &[ServicePointId]) -> Result<Vec<Hung>, StoreError> {
    let rows: Vec<HungRow> = meter_installs::table
        .inner_join(meters::table)
        .inner_join(service_points::table.inner_join(premises::table))
        .filter(meter_installs::service_point_id.eq_any(points))
        .order((
            meter_installs::service_point_id,
            meter_installs::from_on.desc(),
            meter_installs::id.desc(),
        ))
        .select(HUNG)
        .load(conn)?;
    Ok(rows.into_iter().map(Hung::from).collect())
}

/// Every place where these meters ever hung, the latest first.
pub fn list_places_of(conn: &mut Conn, meters: &[MeterId]) -> Result<Vec<Hung>, StoreError> {
    let rows: Vec<HungRow> = meter_installs::table
        .inner_join(meters::table)
        .inner_join(service_points::table.inner_join(premises::table))
        .filter(meter_installs::meter_id.eq_any(meters))
        .order((meter_installs::from_on.desc(), meter_installs::id.desc()))
        .select(HUNG)
        .load(conn)?;
    Ok(rows.into_iter().map(Hung::from).collect())
}

type HungColumns = (
    (meters::id, meters::serial, meters::kind, meters::size),
    (
        service_points::id,
        service_points::commodity,
        service_points::premise_id,
    ),
    (premises::line_1, premises::unit),
    (meter_installs::from_on, meter_installs::until_on),
);

const HUNG: HungColumns = (
    (meters::id, meters::serial, meters::kind, meters::size),
    (
        service_points::id,
        service_points::commodity,
        service_points::premise_id,
    ),
    (premises::line_1, premises::unit),
    (meter_installs::from_on, meter_installs::until_on),
);

/// The meter, which must exist.
pub fn get(conn: &mut Conn, id: MeterId) -> Result<MeterRow, StoreError> {
    meters::table
        .find(id)
        .select(MeterRow::as_select())
        .first(conn)
        .optional()?
        .ok_or(StoreError::Missing("meter"))
}

/// The meter with this number on it.
pub fn find_by_serial(conn: &mut Conn, serial: &str) -> Result<Option<MeterRow>, StoreError> {
    Ok(meters::table
        .filter(meters::serial.eq(serial))
        .select(MeterRow::as_select())
        .first(conn)
        .optional()?)
}

/// The dials and channels of a meter.
pub fn list_registers(conn: &mut Conn, meter: MeterId) -> Result<Vec<RegisterRow>, StoreError> {
    Ok(registers::table
        .filter(registers::meter_id.eq(meter))
        .order(registers::id)
        .select(RegisterRow::as_select())
        .load(conn)?)
}

/// Which of these numbers a meter has already.
pub fn list_known_serials(conn: &mut Conn, serials: &[String]) -> Result<Vec<String>, StoreError> {
    Ok(meters::table
        .filter(meters::serial.eq_any(serials))
        .select(meters::serial)
        .load(conn)?)
}

/// Which of these keys a register has already.
pub fn list_known_keys(conn: &mut Conn, keys: &[String]) -> Result<Vec<String>, StoreError> {
    Ok(registers::table
        .filter(registers::external_key.eq_any(keys))
        .select(registers::external_key)
        .load(conn)?)
}

/// Which meters the inventory shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Whereabouts {
    /// All of them.
    #[default]
    Anywhere,
    /// Those that hang somewhere.
    InPlace,
    /// Those that hang nowhere: new ones, and those that were taken down.
    InStock,
}

/// Meters whose number begins so, in whatever case, by number.
pub fn list_inventory(
    conn: &mut Conn,
    (serial, whereabouts): (&str, Whereabouts),
    (limit, offset): (i64, i64),
) -> Result<Vec<MeterRow>, StoreError> {
    let hangs = "EXISTS (SELECT 1 FROM meter_installs i WHERE i.meter_id = meters.id AND i.until_on IS NULL)";
    let mut query = meters::table
        .order(meters::serial)
        .limit(limit)
        .offset(offset)
        .select(MeterRow::as_select())
        .into_boxed();
    if !serial.is_empty() {
        // The databases differ in whether LIKE minds the case, and in which letters LOWER knows.
        let as_typed = meters::serial.like(likes::begins(serial));
        let lower = sql::<Text>("LOWER(meters.serial)").like(likes::begins(&serial.to_lowercase()));
        let lower = lower.escape(likes::ESCAPE);
        query = query.filter(as_typed.escape(likes::ESCAPE).or(lower));
    }
    query = match whereabouts {
        Whereabouts::Anywhere => query,
        Whereabouts::InPlace => query.filter(sql::<Bool>(hangs)),
        Whereabouts::InStock => query.filter(diesel::dsl::not(sql::<Bool>(hangs))),
    };
    Ok(query.load(conn)?)
}

/// Waits until nobody else moves these meters. On SQLite the one writer is enough.
pub fn lock(tx: &mut Tx<'_>, ids: &[MeterId]) -> Result<(), StoreError> {
    if let AnyConnection::Pg(conn) = tx.conn() {
        meters::table
            .filter(meters::id.eq_any(ids))
            .order(meters::id)
            .select(meters::id)
            .for_no_key_update()
            .load::<MeterId>(conn)?;
    }
    Ok(())
}

/// Says on which day a meter was taken down where it hung.
pub fn mark_removed(
    tx: &mut Tx<'_>,
    (meter, from_on): (MeterId, NaiveDate),
    until_on: NaiveDate,
) -> Result<(), StoreError> {
    diesel::update(meter_installs::table)
        .filter(meter_installs::meter_id.eq(meter))
        .filter(meter_installs::from_on.eq(from_on))
        .set(meter_installs::until_on.eq(until_on))
        .kept()
        .execute(tx.conn())?;
    Ok(())
}
