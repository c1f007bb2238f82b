//! What an account is served with: each service with its place, what keeps it from going on, and the registers that count it with their latest
//! usable reads. One query.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Date, Integer, Nullable, Text, Timestamp};

use crate::domain::ids::{AccountId, MeterId, RegisterId, ServiceAgreementId, ServicePointId};
use crate::domain::meters::Channel;
use crate::domain::premises::Commodity;
use crate::domain::quantity::Unit;
use crate::domain::reads::ReadQuality;
use crate::store::account_screen::Service;
use crate::store::any::native;
use crate::store::counting::Register;
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::kept::KeptDsl;
use crate::store::labels;
use crate::store::latest_reads::{LOOKED_BACK, LatestRead};
use crate::store::shutoff::Place;
use crate::store::sql_types::Exact;

/// A service with one of its registers.
#[derive(QueryableByName)]
struct Row {
    #[diesel(embed)]
    service: ServiceColumns,
    #[diesel(embed)]
    place: PlaceColumns,
    #[diesel(embed)]
    now: NowColumns,
    #[diesel(embed)]
    register: RegisterColumns,
    #[diesel(embed)]
    read: ReadColumns,
}

#[derive(QueryableByName)]
struct ServiceColumns {
    #[diesel(sql_type = BigInt)]
    id: ServiceAgreementId,
    #[diesel(sql_type = BigInt)]
    point: ServicePointId,
    #[diesel(sql_type = Text)]
    commodity: Commodity,
    #[diesel(sql_type = Text)]
    rate_code: String,
    #[diesel(sql_type = Date)]
    from_on: NaiveDate,
    #[diesel(sql_type = Nullable<Date>)]
    until_on: Option<NaiveDate>,
}

#[derive(QueryableByName)]
struct PlaceColumns {
    #[diesel(sql_type = Text)]
    line_1: String,
    #[diesel(sql_type = Nullable<Text>)]
    unit: Option<String>,
    #[diesel(sql_type = Text)]
    city: String,
    #[diesel(sql_type = Text)]
    state: String,
    #[diesel(sql_type = Text)]
    postal_code: String,
    #[diesel(sql_type = Integer)]
    dwellings: i32,
    #[diesel(sql_type = Bool)]
    is_landlords: bool,
}

/// What keeps a service from going on today.
#[derive(QueryableByName)]
struct NowColumns {
    #[diesel(sql_type = Nullable<Date>)]
    suspended_on: Option<NaiveDate>,
    #[diesel(sql_type = Nullable<Text>)]
    suspended_why: Option<String>,
    #[diesel(sql_type = Nullable<Date>)]
    off_since: Option<NaiveDate>,
}

#[derive(QueryableByName)]
struct RegisterColumns {
    #[diesel(sql_type = Nullable<BigInt>)]
    register: Option<RegisterId>,
    #[diesel(sql_type = Nullable<BigInt>)]
    meter: Option<MeterId>,
    #[diesel(sql_type = Nullable<Text>)]
    serial: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    size: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    counts_in: Option<Unit>,
    #[diesel(sql_type = Nullable<Text>)]
    channel: Option<Channel>,
    #[diesel(sql_type = Nullable<Integer>)]
    resolution: Option<i32>,
}

#[derive(QueryableByName)]
struct ReadColumns {
    #[diesel(sql_type = Nullable<Date>)]
    read_on: Option<NaiveDate>,
    #[diesel(sql_type = Nullable<Text>)]
    value: Option<Exact>,
    #[diesel(sql_type = Nullable<Text>)]
    quality: Option<ReadQuality>,
    #[diesel(sql_type = BigInt)]
    estimates: i64,
}

impl ReadColumns {
    fn latest(self) -> Option<LatestRead> {
        Some(LatestRead {
            on: self.read_on?,
            value: self.value?,
            quality: self.quality?,
            estimates: usize::try_from(self.estimates).unwrap_or(usize::MAX),
        })
    }
}

impl RegisterColumns {
    fn register(self, latest: Option<LatestRead>) -> Option<Register> {
        Some(Register {
            id: self.register?,
            meter: self.meter?,
            serial: self.serial?,
            size: self.size,
            unit: self.counts_in?,
            channel: self.channel?,
            reports: self.resolution.is_some(),
            latest,
        })
    }
}

/// How many estimates stand in a row behind the latest read: those that nothing read came after. Of two versions of a read the newer counts.
const ESTIMATES: &str = "CASE WHEN r.quality = 'estimated' THEN (\
            SELECT COUNT(DISTINCT x.read_at) FROM reads x \
            WHERE x.register_id = e.id AND x.read_on <= $1 AND x.read_at >= $2 AND x.verdict IN ('accepted', 'flagged') \
            AND NOT EXISTS (SELECT 1 FROM reads k WHERE k.register_id = x.register_id AND k.read_at >= x.read_at AND k.read_on <= $1 \
                AND k.verdict IN ('accepted', 'flagged') AND k.quality <> 'estimated' \
                AND NOT EXISTS (SELECT 1 FROM reads n WHERE n.register_id = k.register_id AND n.read_at = k.read_at AND n.version > k.version \
                    AND n.read_on <= $1 AND n.verdict IN ('accepted', 'flagged')))) ELSE 0 END";

const FROM: &str = "service_agreements g JOIN service_points p ON p.id = g.service_point_id JOIN premises m ON m.id = p.premise_id \
     LEFT JOIN service_suspensions s ON s.id = (SELECT MAX(x.id) FROM service_suspensions x \
         WHERE x.service_agreement_id = g.id AND x.from_on <= $1 AND (x.until_on IS NULL OR x.until_on > $1)) \
     LEFT JOIN point_switches w ON w.id = (SELECT MAX(x.id) FROM point_switches x WHERE x.service_point_id = g.service_point_id) AND NOT w.is_on \
     LEFT JOIN meter_installs i ON i.service_point_id = g.service_point_id AND i.from_on <= $1 AND (i.until_on IS NULL OR i.until_on > $1) \
     LEFT JOIN meters t ON t.id = i.meter_id \
     LEFT JOIN registers e ON e.meter_id = t.id \
     LEFT JOIN reads r ON r.id = (SELECT x.id FROM reads x WHERE x.register_id = e.id AND x.read_at >= $2 AND x.read_on <= $1 \
         AND x.verdict IN ('accepted', 'flagged') ORDER BY x.read_at DESC, x.version DESC LIMIT 1) \
     WHERE g.account_id = $3 AND g.withdrawn_at IS NULL";

/// What an account was, is and will be served with, as of a day: services in force first. One query.
///
/// # Errors
/// Those of the database.
pub fn list(
    conn: &mut Conn,
    account: AccountId,
    on: NaiveDate,
) -> Result<Vec<Service>, StoreError> {
    let since: NaiveDateTime = looked_from(on).and_time(NaiveTime::MIN);
    // The day is named before the moment, and that before the account: by that order SQLite counts them.
    let sql = format!(
        "SELECT g.id AS id, g.service_point_id AS point, p.commodity AS commodity, g.rate_code AS rate_code, g.from_on AS from_on, \
                g.until_on AS until_on, m.line_1 AS line_1, m.unit AS unit, m.city AS city, m.state AS state, m.postal_code AS postal_code, \
                m.dwelling_units AS dwellings, \
                EXISTS (SELECT 1 FROM landlord_agreements l WHERE l.service_agreement_id = g.id) AS is_landlords, \
                s.from_on AS suspended_on, s.reason AS suspended_why, w.from_on AS off_since, e.id AS register, e.meter_id AS meter, \
                t.serial AS serial, t.size AS size, e.unit AS counts_in, e.channel AS channel, e.resolution_minutes AS resolution, \
                r.read_on AS read_on, r.value AS value, r.quality AS quality, {ESTIMATES} AS estimates \
         FROM {FROM} ORDER BY g.from_on DESC, g.id, e.id"
    );
    let rows: Vec<Row> = native!(conn, |c| diesel::sql_query(sql)
        .bind::<Date, _>(on)
        .bind::<Timestamp, _>(since)
        .bind::<BigInt, _>(account.0)
        .kept()
        .load(c))?;
    let mut services = services(rows);
    let has_ended = |service: &Service| !service.is_going_on(on);
    let is_to_come = |service: &Service| service.is_to_come(on);
    services.sort_by_key(|service| (has_ended(service), is_to_come(service), service.commodity));
    Ok(services)
}

fn looked_from(on: NaiveDate) -> NaiveDate {
    on.checked_sub_days(LOOKED_BACK).unwrap_or(on)
}

fn services(rows: Vec<Row>) -> Vec<Service> {
    let mut services: Vec<Service> = Vec::new();
    let mut counted: HashMap<ServicePointId, ServiceAgreementId> = HashMap::new();
    for row in rows {
        let (id, point) = (row.service.id, row.service.point);
        // The registers of a point count its newest service alone.
        let is_counted = *counted.entry(point).or_insert(id) == id;
        if services.last().is_none_or(|last| last.id != id) {
            services.push(service(row.service, row.place, row.now));
        }
        let register = row.register.register(row.read.latest());
        if let Some(service) = services.last_mut() {
            service.registers.extend(register.filter(|_| is_counted));
        }
    }
    services
}

fn service(columns: ServiceColumns, place: PlaceColumns, now: NowColumns) -> Service {
    let (city, state, postal_code) = (place.city, place.state, place.postal_code);
    Service {
        id: columns.id,
        point: columns.point,
        commodity: columns.commodity,
        rate_code: columns.rate_code,
        from_on: columns.from_on,
        until_on: columns.until_on,
        address: labels::one_line(place.line_1, place.unit),
        city: format!("{city}, {state} {postal_code}"),
        place: Place {
            commodity: columns.commodity,
            state,
            dwellings: place.dwellings,
            is_landlords: place.is_landlords,
        },
        suspended: now.suspended_on.zip(now.suspended_why),
        off_since: now.off_since,
        registers: Vec::new(),
    }
}
