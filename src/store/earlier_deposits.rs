//! Deposits that came with the earlier books of a utility: held since before this house was, and known again by the files that brought them.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::domain::deposits::DepositReason;
use crate::domain::gl::FundCode;
use crate::domain::ids::{AccountId, DepositId};
use crate::store::bulk::{self, insert_all};
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::schema::deposits;

/// How many numbers one `IN` list holds at the most.
const LIST: usize = 1_000;

/// A deposit that the earlier books of a utility hold, to be kept.
#[derive(Debug, Clone, Copy)]
pub struct NewHeld<'a> {
    /// Of which account.
    pub account: AccountId,
    /// By which it is known again.
    pub key: i64,
    /// Why it was asked for.
    pub reason: DepositReason,
    /// In which fund.
    pub fund: &'a FundCode,
    /// What is written about it.
    pub note: &'a str,
    /// When it was received.
    pub received_on: NaiveDate,
    /// The first day for which interest is still to be earned.
    pub earned_until: NaiveDate,
}

#[derive(Debug, Insertable)]
#[diesel(table_name = deposits, treat_none_as_default_value = false)]
struct InsertedHeld {
    id: DepositId,
    account_id: AccountId,
    request_key: i64,
    reason: DepositReason,
    fund: FundCode,
    note: String,
    asked_on: NaiveDate,
    made_by: String,
    made_at: NaiveDateTime,
    earned_until: Option<NaiveDate>,
}

/// Leaves out of what moved balances by which entries deposits of earlier books came to be held: together they move nothing.
pub(in crate::store) const NOT_FROM_EARLIER_BOOKS: &str = "NOT EXISTS (SELECT 1 FROM deposits d \
     JOIN deposit_moves m ON m.deposit_id = d.id AND m.kind = 'asked' \
     WHERE d.account_id = ledger_entries.account_id AND d.earned_until IS NOT NULL AND (m.entry_id = ledger_entries.id \
         OR (ledger_entries.source_kind = 'adjustment' AND ledger_entries.source_id = d.request_key)))";

/// Keeps deposits that the earlier books of a utility hold; the ids are in their order.
pub fn insert_held(tx: &mut Tx<'_>, new: &[NewHeld<'_>]) -> Result<Vec<DepositId>, StoreError> {
    let ids = bulk::reserve(tx, "deposits", new.len())?;
    let stamp = tx.stamp;
    let row = |(id, held): (&i64, &NewHeld<'_>)| InsertedHeld {
        id: DepositId(*id),
        account_id: held.account,
        request_key: held.key,
        reason: held.reason,
        fund: held.fund.clone(),
        note: held.note.to_owned(),
        asked_on: held.received_on,
        made_by: stamp.by.name.clone(),
        made_at: stamp.at,
        earned_until: Some(held.earned_until),
    };
    let rows: Vec<InsertedHeld> = ids.iter().zip(new).map(row).collect();
    insert_all!(tx, deposits::table, rows.as_slice())?;
    Ok(ids.into_iter().map(DepositId).collect())
}

/// Which of these numbers deposits are known by.
pub fn list_known_keys(conn: &mut Conn, keys: &[i64]) -> Result<Vec<i64>, StoreError> {
    let mut found = Vec::new();
    for some in keys.chunks(LIST) {
        let rows: Vec<i64> = deposits::table
            .filter(deposits::request_key.eq_any(some))
            .select(deposits::request_key)
            .load(conn)?;
        found.extend(rows);
    }
    Ok(found)
}
