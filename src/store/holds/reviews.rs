//! The work that the end of a hold makes for the office: raised by the clock before it, taken by somebody, answered with a few words.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveDate, NaiveDateTime};
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::Bool;

use crate::domain::ids::{HoldId, StaffId};
use crate::store::bulk::insert_all;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::holds::AWAITS_A_LOOK;
use crate::store::kept::KeptDsl;
use crate::store::schema::{hold_lifts, hold_reviews, holds};

/// The work of one hold's end.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = hold_reviews)]
pub struct ReviewRow {
    /// Which hold ends.
    pub hold_id: HoldId,
    /// Since when it waits.
    pub raised_on: NaiveDate,
    /// Who works it.
    pub owner_staff_id: Option<StaffId>,
    /// The day on which it was answered.
    pub closed_on: Option<NaiveDate>,
    /// Who answered it.
    pub closed_by: Option<String>,
    /// What was answered.
    pub words: Option<String>,
}

#[derive(Insertable)]
#[diesel(table_name = hold_reviews, treat_none_as_default_value = false)]
struct NewRow {
    hold_id: HoldId,
    raised_on: NaiveDate,
    raised_at: NaiveDateTime,
}

/// Raises the work of these holds, which have none yet.
pub fn raise(tx: &mut Tx<'_>, ids: &[HoldId]) -> Result<(), StoreError> {
    let stamp = tx.stamp;
    let row = |id: &HoldId| NewRow {
        hold_id: *id,
        raised_on: stamp.on,
        raised_at: stamp.at,
    };
    let rows: Vec<NewRow> = ids.iter().map(row).collect();
    insert_all!(tx, hold_reviews::table, rows.as_slice())
}

/// The work of these holds, where there is any.
pub fn list(conn: &mut Conn, ids: &[HoldId]) -> Result<BTreeMap<HoldId, ReviewRow>, StoreError> {
    let rows: Vec<ReviewRow> = hold_reviews::table
        .filter(hold_reviews::hold_id.eq_any(ids))
        .select(ReviewRow::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(|row| (row.hold_id, row)).collect())
}

/// Which of these holds somebody has answered for.
pub fn list_answered(conn: &mut Conn, ids: &[HoldId]) -> Result<BTreeSet<HoldId>, StoreError> {
    let rows: Vec<HoldId> = hold_reviews::table
        .filter(hold_reviews::hold_id.eq_any(ids))
        .filter(hold_reviews::closed_on.is_not_null())
        .select(hold_reviews::hold_id)
        .load(conn)?;
    Ok(rows.into_iter().collect())
}

/// Gives work that is open to somebody, or to nobody. Says whether it was open.
pub fn mark_owner(tx: &mut Tx<'_>, id: HoldId, owner: Option<StaffId>) -> Result<bool, StoreError> {
    let changed = diesel::update(hold_reviews::table.find(id))
        .filter(hold_reviews::closed_on.is_null())
        .set(hold_reviews::owner_staff_id.eq(owner))
        .kept()
        .execute(tx.conn())?;
    Ok(changed > 0)
}

/// Answers work that is open. Says whether it was.
pub fn mark_closed(tx: &mut Tx<'_>, id: HoldId, words: &str) -> Result<bool, StoreError> {
    let stamp = tx.stamp;
    let changed = diesel::update(hold_reviews::table.find(id))
        .filter(hold_reviews::closed_on.is_null())
        .set((
            hold_reviews::closed_on.eq(stamp.on),
            hold_reviews::closed_at.eq(stamp.at),
            hold_reviews::closed_by.eq(&stamp.by.name),
            hold_reviews::words.eq(words),
        ))
        .kept()
        .execute(tx.conn())?;
    Ok(changed > 0)
}

/// The columns of work that nobody has answered.
macro_rules! unanswered {
    () => {
        (
            hold_reviews::closed_on.eq(None::<NaiveDate>),
            hold_reviews::closed_at.eq(None::<NaiveDateTime>),
            hold_reviews::closed_by.eq(None::<String>),
            hold_reviews::words.eq(None::<String>),
        )
    };
}

/// Opens again the work that was answered at a moment, when it was answered by a renewal that never began. What somebody answered at another
/// moment stays.
pub fn reopen_of(tx: &mut Tx<'_>, id: HoldId, at: NaiveDateTime) -> Result<(), StoreError> {
    diesel::update(hold_reviews::table)
        .filter(hold_reviews::hold_id.eq(id))
        .filter(hold_reviews::closed_at.eq(at))
        .set(unanswered!())
        .kept()
        .execute(tx.conn())?;
    Ok(())
}

/// Opens work again that was answered before everything was known.
pub fn reopen(tx: &mut Tx<'_>, id: HoldId) -> Result<(), StoreError> {
    diesel::update(hold_reviews::table.find(id))
        .set(unanswered!())
        .kept()
        .execute(tx.conn())?;
    Ok(())
}

/// How many holds have work that nobody has answered and are not over, or wait for it before anything follows; and how many of these nobody has
/// taken.
pub fn count_open(conn: &mut Conn, on: NaiveDate) -> Result<(i64, i64), StoreError> {
    let open = || {
        hold_reviews::table
            .inner_join(holds::table.left_join(hold_lifts::table))
            .filter(hold_reviews::closed_on.is_null())
            .filter(hold_lifts::hold_id.nullable().is_null())
            .filter(holds::until_on.gt(on).or(sql::<Bool>(AWAITS_A_LOOK)))
    };
    let all = open().count().kept().get_result(conn)?;
    let free = open()
        .filter(hold_reviews::owner_staff_id.is_null())
        .count()
        .get_result(conn)?;
    Ok((all, free))
}
