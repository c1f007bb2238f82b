//! That an issued bill was taken back: a row beside the bill, which itself never changes.

use diesel::prelude::*;

use crate::domain::bills::BillStatus;
use crate::domain::ids::{AccountId, AccountNumber, BillId, BillNumber, EntryId};
use crate::domain::money::Money;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::schema::{accounts, bill_cancellations, bills};

/// A bill as whoever cancels it sees it.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct BillHead {
    /// Row id.
    pub id: BillId,
    /// Printed number.
    pub number: BillNumber,
    /// Who owes it.
    pub account_id: AccountId,
    /// The account's printed number.
    pub account_number: AccountNumber,
    /// How far it has come.
    pub status: BillStatus,
    /// What it asks for.
    pub total: Money,
}

/// The bill with this printed number, which must exist.
pub fn get_bill(conn: &mut Conn, number: &BillNumber) -> Result<BillHead, StoreError> {
    bills::table
        .inner_join(accounts::table)
        .filter(bills::id.eq(number.bill()))
        .select((
            bills::id,
            bills::number,
            bills::account_id,
            accounts::number,
            bills::status,
            bills::total_cents,
        ))
        .first(conn)
        .optional()?
        .ok_or(StoreError::Missing("bill"))
}

/// The entry that took a bill back, if one did.
pub fn find(conn: &mut Conn, bill: BillId) -> Result<Option<EntryId>, StoreError> {
    Ok(bill_cancellations::table
        .find(bill)
        .select(bill_cancellations::entry_id)
        .first(conn)
        .optional()?)
}

/// Records that an entry took a bill back.
pub fn insert(
    tx: &mut Tx<'_>,
    bill: BillId,
    entry: EntryId,
    reason: &str,
) -> Result<(), StoreError> {
    let stamp = tx.stamp;
    diesel::insert_into(bill_cancellations::table)
        .values((
            bill_cancellations::bill_id.eq(bill),
            bill_cancellations::entry_id.eq(entry),
            bill_cancellations::reason.eq(reason),
            bill_cancellations::canceled_by.eq(&stamp.by.name),
            bill_cancellations::canceled_at.eq(stamp.at),
            bill_cancellations::on_date.eq(stamp.on),
        ))
        .execute(tx.conn())?;
    Ok(())
}
