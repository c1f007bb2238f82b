//! Registers that count the same for accounts of the same class: the sample of which a class average is made.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Date, Text};

use crate::domain::accounts::AccountClass;
use crate::domain::ids::RegisterId;
use crate::domain::meters::{Channel, MeterKind};
use crate::domain::premises::Commodity;
use crate::domain::quantity::Unit;
use crate::store::any::native;
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::kept::KeptDsl;

/// How many registers a sample has at the most.
const SAMPLE: i64 = 200;

/// A class on a day.
#[derive(Debug, Clone, Copy)]
pub struct Wanted {
    /// The class of the accounts.
    pub class: AccountClass,
    /// What is delivered.
    pub commodity: Commodity,
    /// What is counted in.
    pub unit: Unit,
    /// What is counted.
    pub channel: Channel,
    /// By which kind of meter.
    pub kind: MeterKind,
    /// The day on which the meter hangs there and somebody is served.
    pub on: NaiveDate,
}

#[derive(QueryableByName)]
struct Peer {
    #[diesel(sql_type = BigInt)]
    id: i64,
}

/// The registers of a class, no more than the sample. Which of them is settled by their ids, spread out as by lot: the same every time, and
/// no more often those that came first.
pub fn list(conn: &mut Conn, wanted: &Wanted) -> Result<Vec<RegisterId>, StoreError> {
    let sql = "SELECT r.id AS id FROM registers r
               JOIN meters m ON m.id = r.meter_id
               JOIN meter_installs i ON i.meter_id = m.id
               JOIN service_points p ON p.id = i.service_point_id
               JOIN service_agreements g ON g.service_point_id = p.id
               JOIN accounts a ON a.id = g.account_id
               WHERE a.class = $1 AND p.commodity = $2 AND r.unit = $3 AND r.channel = $4 AND m.kind = $5
                     AND i.from_on <= $6 AND (i.until_on IS NULL OR i.until_on > $6)
                     AND g.withdrawn_at IS NULL AND g.from_on <= $6 AND (g.until_on IS NULL OR g.until_on > $6)
               ORDER BY (r.id * 2654435761) % 4294967296, r.id LIMIT $7";
    let rows: Vec<Peer> = native!(conn, |c| diesel::sql_query(sql)
        .bind::<Text, _>(wanted.class.as_str())
        .bind::<Text, _>(wanted.commodity.as_str())
        .bind::<Text, _>(wanted.unit.as_str())
        .bind::<Text, _>(wanted.channel.as_str())
        .bind::<Text, _>(wanted.kind.as_str())
        .bind::<Date, _>(wanted.on)
        .bind::<BigInt, _>(SAMPLE)
        .kept()
        .load(c))?;
    Ok(rows.into_iter().map(|row| RegisterId(row.id)).collect())
}
