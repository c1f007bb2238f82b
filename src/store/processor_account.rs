//! The utility's account at the processor: its lines, each with the entries it is written down with, its payouts, and what the processor
//! said it holds.

use chrono::NaiveDateTime;
use diesel::dsl::max;
use diesel::prelude::*;

use crate::domain::ids::{EntryId, PaymentId, PayoutId, ProcessorLineId};
use crate::domain::money::Money;
use crate::domain::payments::lines::{LineKind, LineSeen, PayoutSeen};
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::ext::sum_i64;
use crate::store::kept::KeptDsl;
use crate::store::schema::{payouts, processor_line_entries, processor_lines, processor_readings};

/// How many names one `IN` list holds at the most.
const LIST: usize = 1_000;

/// A line of the account.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = processor_lines)]
pub struct LineRow {
    /// The row.
    pub id: ProcessorLineId,
    /// Its name at the processor.
    pub reference: String,
    /// What moved.
    pub kind: LineKind,
    /// The object it is of.
    pub source: Option<String>,
    /// The payment it belongs to, once that is known.
    pub payment_id: Option<PaymentId>,
    /// How much, before the fee.
    #[diesel(column_name = amount_cents)]
    pub amount: Money,
    /// What the processor kept for it.
    #[diesel(column_name = fee_cents)]
    pub fee: Money,
    /// When, in UTC.
    pub created_at: NaiveDateTime,
    /// The entry it is written down with.
    pub entry_id: Option<EntryId>,
}

/// The line of this name.
pub fn find(
    conn: &mut Conn,
    processor: &str,
    reference: &str,
) -> Result<Option<LineRow>, StoreError> {
    Ok(processor_lines::table
        .filter(processor_lines::processor.eq(processor))
        .filter(processor_lines::reference.eq(reference))
        .select(LineRow::as_select())
        .first(conn)
        .optional()?)
}

/// Which of these lines are known.
pub fn list_known(
    conn: &mut Conn,
    processor: &str,
    references: &[String],
) -> Result<Vec<String>, StoreError> {
    let mut known = Vec::new();
    for some in references.chunks(LIST) {
        known.extend(
            processor_lines::table
                .filter(processor_lines::processor.eq(processor))
                .filter(processor_lines::reference.eq_any(some))
                .select(processor_lines::reference)
                .load::<String>(conn)?,
        );
    }
    Ok(known)
}

/// The line, kept; one that was kept before is as it was.
pub fn keep(
    tx: &mut Tx<'_>,
    processor: &str,
    line: &LineSeen,
    payment: Option<PaymentId>,
) -> Result<LineRow, StoreError> {
    if let Some(known) = find(tx, processor, &line.reference)? {
        return Ok(known);
    }
    let at = tx.stamp.at;
    diesel::insert_into(processor_lines::table)
        .values((
            processor_lines::processor.eq(processor),
            processor_lines::reference.eq(&line.reference),
            processor_lines::kind.eq(line.kind),
            processor_lines::source.eq(&line.source),
            processor_lines::payment_id.eq(payment),
            processor_lines::amount_cents.eq(line.amount),
            processor_lines::fee_cents.eq(line.fee),
            processor_lines::created_at.eq(line.created_at),
            processor_lines::recorded_at.eq(at),
        ))
        .execute(tx.conn())?;
    find(tx, processor, &line.reference)?.ok_or(StoreError::Missing("line of the processor"))
}

/// Says with which entries a line is written down.
pub fn mark_posted(
    tx: &mut Tx<'_>,
    id: ProcessorLineId,
    (entry, fee_entry): (EntryId, Option<EntryId>),
) -> Result<(), StoreError> {
    diesel::update(processor_lines::table.find(id))
        .set((
            processor_lines::entry_id.eq(entry),
            processor_lines::fee_entry_id.eq(fee_entry),
        ))
        .kept()
        .execute(tx.conn())?;
    Ok(())
}

/// Names the further entries that a line is written down with, where it is of several accounts' payment.
pub fn insert_entries(
    tx: &mut Tx<'_>,
    id: ProcessorLineId,
    entries: &[EntryId],
) -> Result<(), StoreError> {
    for entry in entries {
        diesel::insert_into(processor_line_entries::table)
            .values((
                processor_line_entries::entry_id.eq(*entry),
                processor_line_entries::processor_line_id.eq(id),
            ))
            .execute(tx.conn())?;
    }
    Ok(())
}

/// Whether an entry is one that a line is written down with.
pub fn is_of_line(conn: &mut Conn, entry: EntryId) -> Result<bool, StoreError> {
    let found: Option<ProcessorLineId> = processor_lines::table
        .filter(processor_lines::entry_id.eq(entry))
        .select(processor_lines::id)
        .first(conn)
        .optional()?;
    let further: Option<ProcessorLineId> = processor_line_entries::table
        .find(entry)
        .select(processor_line_entries::processor_line_id)
        .first(conn)
        .optional()?;
    Ok(found.or(further).is_some())
}

/// Lines that are not written down yet, oldest first.
pub fn list_waiting(
    conn: &mut Conn,
    processor: &str,
    limit: i64,
) -> Result<Vec<LineRow>, StoreError> {
    Ok(processor_lines::table
        .filter(processor_lines::processor.eq(processor))
        .filter(processor_lines::entry_id.is_null())
        .order(processor_lines::id)
        .limit(limit)
        .select(LineRow::as_select())
        .load(conn)?)
}

/// The lines of a payment, oldest first.
pub fn list_of_payment(conn: &mut Conn, payment: PaymentId) -> Result<Vec<LineRow>, StoreError> {
    Ok(processor_lines::table
        .filter(processor_lines::payment_id.eq(payment))
        .order(processor_lines::id)
        .select(LineRow::as_select())
        .load(conn)?)
}

/// What all known lines come to: what the processor holds.
pub fn total(conn: &mut Conn, processor: &str) -> Result<Money, StoreError> {
    let (amount, fee): (Option<i64>, Option<i64>) = processor_lines::table
        .filter(processor_lines::processor.eq(processor))
        .select((
            sum_i64(processor_lines::amount_cents),
            sum_i64(processor_lines::fee_cents),
        ))
        .first(conn)?;
    Ok(Money::from_cents(amount.unwrap_or_default()) - Money::from_cents(fee.unwrap_or_default()))
}

/// Keeps a payout as it stands, and names its lines as its own.
pub fn put_payout(
    tx: &mut Tx<'_>,
    processor: &str,
    payout: &PayoutSeen,
) -> Result<PayoutId, StoreError> {
    let at = tx.stamp.at;
    let known: Option<PayoutId> = payouts::table
        .filter(payouts::processor.eq(processor))
        .filter(payouts::reference.eq(&payout.reference))
        .select(payouts::id)
        .first(tx.conn())
        .optional()?;
    let id = match known {
        Some(id) => {
            diesel::update(payouts::table.find(id))
                .set(payouts::status.eq(payout.status))
                .kept()
                .execute(tx.conn())?;
            id
        }
        None => diesel::insert_into(payouts::table)
            .values((
                payouts::processor.eq(processor),
                payouts::reference.eq(&payout.reference),
                payouts::amount_cents.eq(payout.amount),
                payouts::arrives_on.eq(payout.arrives_on),
                payouts::status.eq(payout.status),
                payouts::recorded_at.eq(at),
            ))
            .returning(payouts::id)
            .get_result(tx.conn())?,
    };
    let references: Vec<&str> = payout
        .lines
        .iter()
        .map(|line| line.reference.as_str())
        .collect();
    for some in references.chunks(LIST) {
        diesel::update(
            processor_lines::table
                .filter(processor_lines::processor.eq(processor))
                .filter(processor_lines::reference.eq_any(some)),
        )
        .set(processor_lines::payout_id.eq(id))
        .execute(tx.conn())?;
    }
    Ok(id)
}

/// When the newest line was made that the last reading knew.
pub fn read_until(conn: &mut Conn, processor: &str) -> Result<Option<NaiveDateTime>, StoreError> {
    let last: Option<NaiveDateTime> = processor_readings::table
        .filter(processor_readings::processor.eq(processor))
        .select(max(processor_readings::read_at))
        .first(conn)?;
    let Some(last) = last else { return Ok(None) };
    Ok(processor_lines::table
        .filter(processor_lines::processor.eq(processor))
        .filter(processor_lines::recorded_at.le(last))
        .select(max(processor_lines::created_at))
        .first(conn)?)
}

/// Keeps what the processor said it holds, beside what its lines come to; what is older than `settled_before` must be written down by now.
pub fn insert_reading(
    tx: &mut Tx<'_>,
    processor: &str,
    settled_before: NaiveDateTime,
    (balance, lines): (Money, Money),
) -> Result<(), StoreError> {
    let at = tx.stamp.at;
    diesel::insert_into(processor_readings::table)
        .values((
            processor_readings::processor.eq(processor),
            processor_readings::read_at.eq(at),
            processor_readings::settled_before.eq(settled_before),
            processor_readings::balance_cents.eq(balance),
            processor_readings::lines_cents.eq(lines),
        ))
        .execute(tx.conn())?;
    Ok(())
}
