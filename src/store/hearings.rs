//! Informal hearings of disputes: when and where, and what was said. One at a time is still to come; a record is never written over.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::domain::ids::{HearingId, RequestId};
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::kept::KeptDsl;
use crate::store::schema::dispute_hearings;

/// A hearing.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = dispute_hearings)]
pub struct HearingRow {
    /// Row id.
    pub id: HearingId,
    /// Which dispute is heard.
    pub request_id: RequestId,
    /// The day.
    pub on_date: NaiveDate,
    /// The hour, as the utility's clock shows it: `14:30`.
    pub hour: String,
    /// Where, or by which telephone.
    pub place: String,
    /// Who set it.
    pub set_by: String,
    /// When it was set, or moved last, in UTC.
    pub set_at: NaiveDateTime,
    /// Who was there; nothing while it is to come.
    pub attended: Option<String>,
    /// What was said, and what follows.
    pub words: Option<String>,
    /// Who recorded it.
    pub recorded_by: Option<String>,
    /// When, in UTC.
    pub recorded_at: Option<NaiveDateTime>,
}

impl HearingRow {
    /// Whether it is still to be held, or to be recorded.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        self.recorded_at.is_none()
    }
}

/// The hearings of a dispute that the door has found, in the order in which they were set.
pub fn list(conn: &mut Conn, request: RequestId) -> Result<Vec<HearingRow>, StoreError> {
    Ok(dispute_hearings::table
        .filter(dispute_hearings::request_id.eq(request))
        .order(dispute_hearings::id)
        .select(HearingRow::as_select())
        .load(conn)?)
}

/// Sets a hearing.
pub fn insert(
    tx: &mut Tx<'_>,
    request: RequestId,
    (on, hour, place): (NaiveDate, &str, &str),
) -> Result<(), StoreError> {
    let stamp = tx.stamp;
    diesel::insert_into(dispute_hearings::table)
        .values((
            dispute_hearings::request_id.eq(request),
            dispute_hearings::on_date.eq(on),
            dispute_hearings::hour.eq(hour),
            dispute_hearings::place.eq(place),
            dispute_hearings::set_by.eq(&stamp.by.name),
            dispute_hearings::set_at.eq(stamp.at),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Moves a hearing that is still to come.
pub fn mark_moved(
    tx: &mut Tx<'_>,
    id: HearingId,
    (on, hour, place): (NaiveDate, &str, &str),
) -> Result<(), StoreError> {
    let stamp = tx.stamp;
    diesel::update(dispute_hearings::table.find(id))
        .filter(dispute_hearings::recorded_at.is_null())
        .set((
            dispute_hearings::on_date.eq(on),
            dispute_hearings::hour.eq(hour),
            dispute_hearings::place.eq(place),
            dispute_hearings::set_by.eq(&stamp.by.name),
            dispute_hearings::set_at.eq(stamp.at),
        ))
        .kept()
        .execute(tx.conn())?;
    Ok(())
}

/// Records what was said. Says whether it was still to be recorded.
pub fn mark_recorded(
    tx: &mut Tx<'_>,
    id: HearingId,
    (attended, words): (&str, &str),
) -> Result<bool, StoreError> {
    let stamp = tx.stamp;
    let changed = diesel::update(dispute_hearings::table.find(id))
        .filter(dispute_hearings::recorded_at.is_null())
        .set((
            dispute_hearings::attended.eq(attended),
            dispute_hearings::words.eq(words),
            dispute_hearings::recorded_by.eq(&stamp.by.name),
            dispute_hearings::recorded_at.eq(stamp.at),
        ))
        .kept()
        .execute(tx.conn())?;
    Ok(changed > 0)
}
