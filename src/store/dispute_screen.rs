//! What the office looks at when it judges a dispute, beside what the customer sees: who took each read, what was paid of the bill, what the
//! customer was told since, what was disputed before. A fixed number of questions.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::domain::disputes::{DisputeReason, Outcome};
use crate::domain::ids::{AccountId, BillId, BillNumber, RequestId, RequestNumber};
use crate::domain::ledger::{EntryKind, SourceKind};
use crate::domain::money::Money;
use crate::domain::quantity::Unit;
use crate::domain::remedies::Remedy;
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::schema::{
    bill_disputes, bills, ledger_applications, ledger_entries, meters, reads, registers,
    service_requests,
};
use crate::store::sql_types::Exact;

/// A read, with where it came from and who answers for it.
#[derive(Debug, Clone, Queryable)]
pub struct ReadRow {
    /// The number on the meter.
    pub serial: String,
    /// What the register counts in.
    pub unit: Unit,
    /// The day it counts for.
    pub on: NaiveDate,
    /// What the face showed.
    pub value: Exact,
    /// Which version of the read this is.
    pub version: i32,
    /// Where it came from.
    pub source: String,
    /// How good it is.
    pub quality: String,
    /// Whether it may be used.
    pub verdict: String,
    /// Who recorded it.
    pub recorded_by: String,
}

/// Reads by row id, in the order of their registers and days.
pub fn list_reads(conn: &mut Conn, ids: &[i64]) -> Result<Vec<ReadRow>, StoreError> {
    Ok(reads::table
        .inner_join(registers::table.inner_join(meters::table))
        .filter(reads::id.eq_any(ids))
        .order((registers::id, reads::read_on, reads::id))
        .select((
            meters::serial,
            registers::unit,
            reads::read_on,
            reads::value,
            reads::version,
            reads::source,
            reads::quality,
            reads::verdict,
            reads::recorded_by,
        ))
        .load(conn)?)
}

/// What paid a part of the bill.
#[derive(Debug, Clone, Queryable)]
pub struct PaidRow {
    /// What it was.
    pub kind: EntryKind,
    /// The day on which it was put on the bill.
    pub on: NaiveDate,
    /// How much of it; negative where it was taken off again.
    pub amount: Money,
}

/// Everything that was put on a bill and taken off it, in its order.
pub fn list_paying(conn: &mut Conn, bill: BillId) -> Result<Vec<PaidRow>, StoreError> {
    let billed: Option<i64> = ledger_entries::table
        .filter(ledger_entries::source_kind.eq(SourceKind::Bill))
        .filter(ledger_entries::source_id.eq(bill.0))
        .filter(ledger_entries::kind.eq(EntryKind::Bill))
        .select(ledger_entries::id)
        .first(conn)
        .optional()?;
    let Some(billed) = billed else {
        return Ok(Vec::new());
    };
    Ok(ledger_applications::table
        .inner_join(ledger_entries::table.on(ledger_entries::id.eq(ledger_applications::entry_id)))
        .filter(ledger_applications::debit_entry_id.eq(billed))
        .order((
            ledger_applications::on_date,
            ledger_applications::entry_id,
            ledger_applications::position,
        ))
        .select((
            ledger_entries::kind,
            ledger_applications::on_date,
            ledger_applications::amount_cents,
        ))
        .load(conn)?)
}

/// Another dispute of the account.
#[derive(Debug, Clone, Queryable)]
pub struct EarlierRow {
    /// The request's number.
    pub number: RequestNumber,
    /// The bill.
    pub bill: BillNumber,
    /// Why.
    pub reason: DisputeReason,
    /// How much.
    pub amount: Money,
    /// The day on which it came.
    pub asked_on: NaiveDate,
    /// What became of it.
    pub outcome: Option<Outcome>,
    /// How it was ended.
    pub remedy: Option<Remedy>,
    /// The day on which it ended.
    pub closed_on: Option<NaiveDate>,
}

/// The other disputes of an account, newest first.
pub fn list_others(
    conn: &mut Conn,
    account: AccountId,
    but: RequestId,
) -> Result<Vec<EarlierRow>, StoreError> {
    Ok(bill_disputes::table
        .inner_join(service_requests::table)
        .inner_join(bills::table)
        .filter(service_requests::account_id.eq(account))
        .filter(bill_disputes::request_id.ne(but))
        .order(bill_disputes::request_id.desc())
        .select((
            service_requests::number,
            bills::number,
            bill_disputes::reason,
            bill_disputes::amount_cents,
            service_requests::asked_on,
            bill_disputes::outcome,
            bill_disputes::remedy,
            service_requests::closed_on,
        ))
        .load(conn)?)
}
