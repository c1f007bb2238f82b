//! Bills that are said to be wrong: how much of which bill, and what of it late fees and autopay leave alone meanwhile.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::domain::bills::BillStatus;
use crate::domain::disputes::{DisputeReason, DisputedLine, Outcome, frozen};
use crate::domain::ids::{AccountId, BillId, BillNumber, EntryId, RequestId, RequestNumber};
use crate::domain::ledger::SourceKind;
use crate::domain::money::Money;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::schema::{
    bill_cancellations, bill_disputes, bill_lines, bills, ledger_entries, open_items,
    service_requests,
};

/// A dispute: the part of a request that is about a bill.
#[derive(Debug, Clone, Queryable)]
pub struct DisputeRow {
    /// The request.
    pub request_id: RequestId,
    /// The bill.
    pub bill_id: BillId,
    /// The bill's number.
    pub bill: BillNumber,
    /// Why it is said to be wrong.
    pub reason: DisputeReason,
    lines: String,
    /// How much of it.
    pub amount: Money,
    /// What became of it.
    pub outcome: Option<Outcome>,
    /// From when it may be charged for being late again.
    pub freed_on: Option<NaiveDate>,
}

impl DisputeRow {
    /// The lines that were marked; none where the bill as a whole is disputed.
    ///
    /// # Errors
    /// `Unreadable` where the row was changed by hand.
    pub fn lines(&self) -> Result<Vec<DisputedLine>, StoreError> {
        serde_json::from_str(&self.lines).map_err(|error| {
            StoreError::Unreadable(format!("dispute {}: {error}", self.request_id))
        })
    }
}

/// A bill as far as a dispute looks at it.
#[derive(Debug, Clone)]
pub struct DisputedBill {
    /// What it charges.
    pub total: Money,
    /// Its number.
    pub number: BillNumber,
    /// Its lines by their places.
    pub lines: BTreeMap<i32, Money>,
}

/// The issued bill of an account that was not taken back, with the amounts of its lines.
pub fn bill_of(
    conn: &mut Conn,
    account: AccountId,
    bill: BillId,
) -> Result<DisputedBill, StoreError> {
    let (number, total): (BillNumber, Money) = bills::table
        .left_join(bill_cancellations::table)
        .filter(bills::id.eq(bill))
        .filter(bills::account_id.eq(account))
        .filter(bills::status.eq(BillStatus::Issued))
        .filter(bill_cancellations::bill_id.is_null())
        .select((bills::number, bills::total_cents))
        .first(conn)
        .optional()?
        .ok_or(StoreError::Missing("bill"))?;
    let lines: Vec<(i32, Money)> = bill_lines::table
        .filter(bill_lines::bill_id.eq(bill))
        .select((bill_lines::position, bill_lines::amount_cents))
        .load(conn)?;
    Ok(DisputedBill {
        total,
        number,
        lines: lines.into_iter().collect(),
    })
}

/// The places of the lines of a bill that the door has found, in the order of the bill.
pub fn positions(conn: &mut Conn, bill: BillId) -> Result<Vec<i32>, StoreError> {
    Ok(bill_lines::table
        .filter(bill_lines::bill_id.eq(bill))
        .order(bill_lines::position)
        .select(bill_lines::position)
        .load(conn)?)
}

/// Records what is disputed.
pub fn insert(
    tx: &mut Tx<'_>,
    request: RequestId,
    bill: BillId,
    (reason, lines, amount): (DisputeReason, &[DisputedLine], Money),
) -> Result<(), StoreError> {
    let lines =
        serde_json::to_string(lines).map_err(|error| StoreError::Unreadable(error.to_string()))?;
    diesel::insert_into(bill_disputes::table)
        .values((
            bill_disputes::request_id.eq(request),
            bill_disputes::bill_id.eq(bill),
            bill_disputes::reason.eq(reason),
            bill_disputes::lines.eq(lines),
            bill_disputes::amount_cents.eq(amount),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// What became of a dispute that was open.
pub fn mark_outcome(
    tx: &mut Tx<'_>,
    request: RequestId,
    outcome: Outcome,
    freed_on: NaiveDate,
) -> Result<(), StoreError> {
    diesel::update(bill_disputes::table.find(request))
        .filter(bill_disputes::outcome.is_null())
        .set((
            bill_disputes::outcome.eq(outcome),
            bill_disputes::freed_on.eq(freed_on),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// The dispute of a request that the door has found.
pub fn find(conn: &mut Conn, request: RequestId) -> Result<Option<DisputeRow>, StoreError> {
    Ok(bill_disputes::table
        .inner_join(bills::table)
        .filter(bill_disputes::request_id.eq(request))
        .select((
            bill_disputes::request_id,
            bill_disputes::bill_id,
            bills::number,
            bill_disputes::reason,
            bill_disputes::lines,
            bill_disputes::amount_cents,
            bill_disputes::outcome,
            bill_disputes::freed_on,
        ))
        .first(conn)
        .optional()?)
}

/// The amounts in dispute, by request.
pub fn amounts(
    conn: &mut Conn,
    requests: &[RequestId],
) -> Result<BTreeMap<RequestId, Money>, StoreError> {
    let rows: Vec<(RequestId, Money)> = bill_disputes::table
        .filter(bill_disputes::request_id.eq_any(requests))
        .select((bill_disputes::request_id, bill_disputes::amount_cents))
        .load(conn)?;
    Ok(rows.into_iter().collect())
}

/// The open dispute of a bill that the door has found: its number, and how much.
pub fn find_open_of_bill(
    conn: &mut Conn,
    bill: BillId,
) -> Result<Option<(RequestNumber, Money)>, StoreError> {
    Ok(bill_disputes::table
        .inner_join(service_requests::table)
        .filter(bill_disputes::bill_id.eq(bill))
        .filter(bill_disputes::outcome.is_null())
        .select((service_requests::number, bill_disputes::amount_cents))
        .first(conn)
        .optional()?)
}

/// What is disputed of debts on a day, by the entry of the debt: while it is open, and until the day on which it is free again.
pub fn disputed(
    conn: &mut Conn,
    entries: &[i64],
    on: NaiveDate,
) -> Result<BTreeMap<EntryId, Money>, StoreError> {
    let rows: Vec<(EntryId, Money)> = bill_disputes::table
        .inner_join(ledger_entries::table.on(ledger_entries::source_id.eq(bill_disputes::bill_id)))
        .filter(ledger_entries::source_kind.eq(SourceKind::Bill))
        .filter(ledger_entries::id.eq_any(entries))
        .filter(
            bill_disputes::freed_on
                .is_null()
                .or(bill_disputes::freed_on.gt(on)),
        )
        .select((ledger_entries::id, bill_disputes::amount_cents))
        .load(conn)?;
    let mut found: BTreeMap<EntryId, Money> = BTreeMap::new();
    for (entry, amount) in rows {
        *found.entry(entry).or_default() += amount;
    }
    Ok(found)
}

/// What is in dispute of the debts of an account and still unpaid, with the days on which they fall due.
pub fn open_parts(
    conn: &mut Conn,
    account: AccountId,
) -> Result<Vec<(NaiveDate, Money)>, StoreError> {
    let rows: Vec<(NaiveDate, Money, Money)> = bill_disputes::table
        .inner_join(ledger_entries::table.on(ledger_entries::source_id.eq(bill_disputes::bill_id)))
        .inner_join(open_items::table.on(open_items::entry_id.eq(ledger_entries::id)))
        .filter(ledger_entries::source_kind.eq(SourceKind::Bill))
        .filter(open_items::account_id.eq(account))
        .filter(bill_disputes::outcome.is_null())
        .select((
            open_items::due_on,
            open_items::remaining_cents,
            bill_disputes::amount_cents,
        ))
        .load(conn)?;
    let part = |(due_on, remaining, amount)| (due_on, frozen(remaining, amount));
    Ok(rows.into_iter().map(part).collect())
}
