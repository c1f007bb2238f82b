//! Calls of the office: each begins once, ends once, and is wrapped up as it ends or counts nowhere. The open call of somebody is found with
//! their session (`sessions::find_office`).

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::domain::calls::CallTopic;
use crate::domain::ids::{AccountId, AccountNumber, CallId, NoteId, StaffId};
use crate::store::any::{AnyConnection, native};
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::kept::KeptDsl;
use crate::store::schema::{accounts, calls, staff};

/// More calls than an office has open at once.
const MOST: i64 = 500;

/// The call that somebody of the office has open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenCall {
    /// Row id.
    pub id: CallId,
    /// The account's printed number.
    pub number: AccountNumber,
    /// Its main customer's name; empty where it has none.
    pub name: String,
    /// When it began, in UTC.
    pub began_at: NaiveDateTime,
    /// When it was made sure who calls, in UTC.
    pub identity_checked_at: Option<NaiveDateTime>,
}

/// A call that anybody has open.
#[derive(Debug, Clone, Queryable)]
pub struct OpenLine {
    /// Row id.
    pub id: CallId,
    /// Whose it is about.
    pub account_id: AccountId,
    /// The account's printed number.
    pub number: AccountNumber,
    /// Who takes it.
    pub staff: String,
    /// When it began, in UTC.
    pub began_at: NaiveDateTime,
    /// When it was made sure who calls, in UTC.
    pub identity_checked_at: Option<NaiveDateTime>,
}

/// A call.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = calls)]
pub struct CallRow {
    /// Row id.
    pub id: CallId,
    /// Whose it is about.
    pub account_id: AccountId,
    /// Who takes it.
    pub staff_id: StaffId,
    /// When it began, in UTC.
    pub began_at: NaiveDateTime,
    /// When it was made sure who calls, in UTC.
    pub identity_checked_at: Option<NaiveDateTime>,
    /// When it ended, in UTC.
    pub ended_at: Option<NaiveDateTime>,
    /// What was written of it as it ended; nothing where it was given up.
    pub note_id: Option<NoteId>,
}

/// Begins a call, unless somebody has one open already.
pub fn insert(
    tx: &mut Tx<'_>,
    staff: StaffId,
    account: AccountId,
) -> Result<Option<CallId>, StoreError> {
    let began_at = tx.stamp.at;
    let values = (
        calls::account_id.eq(account),
        calls::staff_id.eq(staff),
        calls::began_at.eq(began_at),
    );
    let inserted = native!(tx.conn(), |c| diesel::insert_into(calls::table)
        .values(values)
        .on_conflict_do_nothing()
        .execute(c))?;
    if inserted == 0 {
        return Ok(None);
    }
    Ok(find_open(tx, staff)?.map(|call| call.id))
}

/// The call that somebody has open.
pub fn find_open(conn: &mut Conn, staff: StaffId) -> Result<Option<CallRow>, StoreError> {
    Ok(calls::table
        .filter(calls::staff_id.eq(staff))
        .filter(calls::ended_at.is_null())
        .select(CallRow::as_select())
        .first(conn)
        .optional()?)
}

/// The account that a call of somebody's is about; `Missing` where the call is not theirs.
pub fn account_number(
    conn: &mut Conn,
    id: CallId,
    staff: StaffId,
) -> Result<AccountNumber, StoreError> {
    calls::table
        .inner_join(accounts::table)
        .filter(calls::id.eq(id))
        .filter(calls::staff_id.eq(staff))
        .select(accounts::number)
        .first(conn)
        .optional()?
        .ok_or(StoreError::Missing("call"))
}

/// The columns of a call that anybody has open.
macro_rules! open_columns {
    () => {
        (
            calls::id,
            calls::account_id,
            accounts::number,
            staff::name,
            calls::began_at,
            calls::identity_checked_at,
        )
    };
}

/// The calls that are open, the oldest first: one of each member of staff at the most.
pub fn list_open(conn: &mut Conn) -> Result<Vec<OpenLine>, StoreError> {
    Ok(calls::table
        .inner_join(accounts::table)
        .inner_join(staff::table)
        .filter(calls::ended_at.is_null())
        .order((calls::began_at, calls::id))
        .limit(MOST)
        .select(open_columns!())
        .load(conn)?)
}

/// A call that is open.
pub fn find_line(conn: &mut Conn, id: CallId) -> Result<Option<OpenLine>, StoreError> {
    Ok(calls::table
        .inner_join(accounts::table)
        .inner_join(staff::table)
        .filter(calls::id.eq(id))
        .filter(calls::ended_at.is_null())
        .select(open_columns!())
        .first(conn)
        .optional()?)
}

/// How many open calls began before a moment, in UTC.
pub fn count_open(conn: &mut Conn, before: NaiveDateTime) -> Result<i64, StoreError> {
    Ok(calls::table
        .filter(calls::ended_at.is_null())
        .filter(calls::began_at.lt(before))
        .count()
        .get_result(conn)?)
}

/// A call, which nobody else ends until the transaction does: somebody's, where one is named, else anybody's; `Missing` where it is not theirs.
/// On SQLite the one writer is enough.
pub fn lock(tx: &mut Tx<'_>, id: CallId, staff: Option<StaffId>) -> Result<CallRow, StoreError> {
    if let AnyConnection::Pg(conn) = tx.conn() {
        calls::table
            .find(id)
            .select(calls::id)
            .for_update()
            .load::<CallId>(conn)?;
    }
    let row: Option<CallRow> = calls::table
        .find(id)
        .select(CallRow::as_select())
        .first(tx.conn())
        .optional()?;
    row.filter(|row| staff.is_none_or(|staff| row.staff_id == staff))
        .ok_or(StoreError::Missing("call"))
}

/// Notes on an open call that it was made sure who calls.
pub fn mark_identity_checked(
    tx: &mut Tx<'_>,
    id: CallId,
    at: NaiveDateTime,
) -> Result<(), StoreError> {
    diesel::update(calls::table.find(id))
        .set(calls::identity_checked_at.eq(at))
        .kept()
        .execute(tx.conn())?;
    Ok(())
}

/// Ends an open call with what it was about and what was written of it.
pub fn mark_wrapped_up(
    tx: &mut Tx<'_>,
    id: CallId,
    (topic, is_solved): (CallTopic, bool),
    note: NoteId,
    at: NaiveDateTime,
) -> Result<(), StoreError> {
    diesel::update(calls::table.find(id))
        .set((
            calls::ended_at.eq(at),
            calls::topic.eq(topic),
            calls::is_solved.eq(is_solved),
            calls::note_id.eq(note),
        ))
        .kept()
        .execute(tx.conn())?;
    Ok(())
}

/// Ends an open call that was begun by mistake: it counts nowhere.
pub fn mark_given_up(tx: &mut Tx<'_>, id: CallId, at: NaiveDateTime) -> Result<(), StoreError> {
    diesel::update(calls::table.find(id))
        .set(calls::ended_at.eq(at))
        .kept()
        .execute(tx.conn())?;
    Ok(())
}
