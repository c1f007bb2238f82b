//! Proposals to cancel a bill and bill its period again, and what became of each. The database refuses every change of one that was decided on.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::domain::corrections::CorrectionStatus;
use crate::domain::ids::{AccountId, BillId};
use crate::domain::money::Money;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::kept::KeptDsl;
use crate::store::schema::rebill_proposals;

/// How many that wait one list shows.
const MOST: i64 = 200;

/// A proposal.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = rebill_proposals)]
pub struct RebillRow {
    /// Row id.
    pub id: i64,
    /// The bill.
    pub bill_id: BillId,
    /// Whose.
    pub account_id: AccountId,
    /// Where the proposal stands.
    pub status: CorrectionStatus,
    /// By how much the bills came out differently when it was proposed.
    #[diesel(column_name = difference_cents)]
    pub difference: Money,
    /// Why.
    pub reason: String,
    /// Who proposed it.
    pub made_by: String,
    /// The same by their row, where they have one.
    pub made_by_id: Option<i64>,
    /// On which day.
    pub made_on: NaiveDate,
    /// Who decided it.
    pub decided_by: Option<String>,
    /// When, in UTC.
    pub decided_at: Option<NaiveDateTime>,
    /// What whoever decided it wrote.
    pub decided_note: Option<String>,
}

/// Keeps a proposal of the transaction's acting person.
pub fn insert(
    tx: &mut Tx<'_>,
    (bill, account): (BillId, AccountId),
    difference: Money,
    reason: &str,
) -> Result<(), StoreError> {
    let stamp = tx.stamp;
    diesel::insert_into(rebill_proposals::table)
        .values((
            rebill_proposals::bill_id.eq(bill),
            rebill_proposals::account_id.eq(account),
            rebill_proposals::status.eq(CorrectionStatus::Proposed),
            rebill_proposals::difference_cents.eq(difference),
            rebill_proposals::reason.eq(reason),
            rebill_proposals::made_by.eq(&stamp.by.name),
            rebill_proposals::made_by_id.eq(stamp.by.id),
            rebill_proposals::made_on.eq(stamp.on),
            rebill_proposals::made_at.eq(stamp.at),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Says what became of a proposal that waited, by whom, and with which words.
pub fn mark_decided(
    tx: &mut Tx<'_>,
    id: i64,
    status: CorrectionStatus,
    (by, note): (&str, &str),
) -> Result<(), StoreError> {
    let stamp = tx.stamp;
    diesel::update(rebill_proposals::table.find(id))
        .set((
            rebill_proposals::status.eq(status),
            rebill_proposals::decided_by.eq(by),
            rebill_proposals::decided_by_id.eq(stamp.by.id),
            rebill_proposals::decided_at.eq(stamp.at),
            rebill_proposals::decided_note.eq(note),
        ))
        .kept()
        .execute(tx.conn())?;
    Ok(())
}

/// The proposals of a bill, the newest first.
pub fn list_of(conn: &mut Conn, bill: BillId) -> Result<Vec<RebillRow>, StoreError> {
    Ok(rebill_proposals::table
        .filter(rebill_proposals::bill_id.eq(bill))
        .order(rebill_proposals::id.desc())
        .select(RebillRow::as_select())
        .load(conn)?)
}

/// The proposal of a bill that waits for a second person.
pub fn find_waiting(conn: &mut Conn, bill: BillId) -> Result<Option<RebillRow>, StoreError> {
    Ok(rebill_proposals::table
        .filter(rebill_proposals::bill_id.eq(bill))
        .filter(rebill_proposals::status.eq(CorrectionStatus::Proposed))
        .select(RebillRow::as_select())
        .first(conn)
        .optional()?)
}

/// Those that wait for a second person, the oldest first; of one account where one is named.
pub fn list_waiting(
    conn: &mut Conn,
    account: Option<AccountId>,
) -> Result<Vec<RebillRow>, StoreError> {
    let mut query = rebill_proposals::table
        .filter(rebill_proposals::status.eq(CorrectionStatus::Proposed))
        .order(rebill_proposals::id)
        .limit(MOST)
        .select(RebillRow::as_select())
        .into_boxed();
    if let Some(account) = account {
        query = query.filter(rebill_proposals::account_id.eq(account));
    }
    Ok(query.load(conn)?)
}
