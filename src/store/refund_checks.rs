//! Credits that are given back by check: those that wait for one, those for which one was written, and those that were taken back.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::domain::ids::{AccountId, EntryId};
use crate::domain::money::Money;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::kept::KeptDsl;
use crate::store::schema::{refund_check_voids, refund_checks};

/// A check that is asked for, or was written.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = refund_checks)]
pub struct CheckRow {
    /// The refund's entry.
    pub entry_id: EntryId,
    /// Whose account.
    pub account_id: AccountId,
    /// How much.
    #[diesel(column_name = amount_cents)]
    pub amount: Money,
    /// Asked for on.
    pub asked_on: NaiveDate,
    /// The check's number, once it was written.
    pub check_number: Option<String>,
    /// Written on.
    pub paid_on: Option<NaiveDate>,
    /// By whom.
    pub paid_by: Option<String>,
}

/// Asks for a check.
pub fn insert(
    tx: &mut Tx<'_>,
    (account, entry): (AccountId, EntryId),
    amount: Money,
) -> Result<(), StoreError> {
    let on = tx.stamp.on;
    diesel::insert_into(refund_checks::table)
        .values((
            refund_checks::entry_id.eq(entry),
            refund_checks::account_id.eq(account),
            refund_checks::amount_cents.eq(amount),
            refund_checks::asked_on.eq(on),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// What waits for a check, the longest waiting first.
pub fn list_waiting(conn: &mut Conn, limit: i64) -> Result<Vec<CheckRow>, StoreError> {
    Ok(refund_checks::table
        .left_join(refund_check_voids::table)
        .filter(refund_checks::paid_on.is_null())
        .filter(refund_check_voids::entry_id.is_null())
        .order((refund_checks::asked_on, refund_checks::entry_id))
        .limit(limit)
        .select(CheckRow::as_select())
        .load(conn)?)
}

/// The checks that were written last, the newest first.
pub fn list_written(conn: &mut Conn, limit: i64) -> Result<Vec<CheckRow>, StoreError> {
    Ok(refund_checks::table
        .filter(refund_checks::paid_on.is_not_null())
        .order((
            refund_checks::paid_on.desc(),
            refund_checks::entry_id.desc(),
        ))
        .limit(limit)
        .select(CheckRow::as_select())
        .load(conn)?)
}

/// The check for a refund, which must exist.
pub fn get(conn: &mut Conn, entry: EntryId) -> Result<CheckRow, StoreError> {
    refund_checks::table
        .find(entry)
        .select(CheckRow::as_select())
        .first(conn)
        .optional()?
        .ok_or(StoreError::Missing("refund by check"))
}

/// Whether a check with this number was written.
pub fn is_number_taken(conn: &mut Conn, number: &str) -> Result<bool, StoreError> {
    let found: Option<EntryId> = refund_checks::table
        .filter(refund_checks::check_number.eq(number))
        .select(refund_checks::entry_id)
        .first(conn)
        .optional()?;
    Ok(found.is_some())
}

/// Notes that the transaction's acting person wrote a check. From now on the database refuses every change of it.
pub fn mark_written(tx: &mut Tx<'_>, entry: EntryId, number: &str) -> Result<(), StoreError> {
    let stamp = tx.stamp;
    diesel::update(refund_checks::table.find(entry))
        .set((
            refund_checks::check_number.eq(number),
            refund_checks::paid_on.eq(stamp.on),
            refund_checks::paid_by.eq(&stamp.by.name),
            refund_checks::paid_at.eq(stamp.at),
        ))
        .kept()
        .execute(tx.conn())?;
    Ok(())
}

/// The days on which some of these checks were taken back, by the refund's entry.
pub fn list_voided(
    conn: &mut Conn,
    entries: &[EntryId],
) -> Result<HashMap<EntryId, NaiveDate>, StoreError> {
    let rows: Vec<(EntryId, NaiveDate)> = refund_check_voids::table
        .filter(refund_check_voids::entry_id.eq_any(entries))
        .select((refund_check_voids::entry_id, refund_check_voids::voided_on))
        .load(conn)?;
    Ok(rows.into_iter().collect())
}

/// Notes that the transaction's acting person took a check back, by which entry, and why.
pub fn insert_void(
    tx: &mut Tx<'_>,
    (entry, answer): (EntryId, EntryId),
    reason: &str,
) -> Result<(), StoreError> {
    let stamp = tx.stamp;
    diesel::insert_into(refund_check_voids::table)
        .values((
            refund_check_voids::entry_id.eq(entry),
            refund_check_voids::answer_entry_id.eq(answer),
            refund_check_voids::reason.eq(reason),
            refund_check_voids::voided_on.eq(stamp.on),
            refund_check_voids::voided_by.eq(&stamp.by.name),
            refund_check_voids::voided_at.eq(stamp.at),
        ))
        .execute(tx.conn())?;
    Ok(())
}
