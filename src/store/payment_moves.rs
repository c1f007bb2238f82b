//! The steps that payments took: one row each, never changed, and where each payment stands after its last.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::domain::ids::{EntryId, PaymentId};
use crate::domain::ledger::EntryKind;
use crate::domain::money::Money;
use crate::domain::payments::PaymentState;
use crate::store::bulk::{self, insert_lent};
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::ext::sum_i64;
use crate::store::kept::KeptDsl;
use crate::store::schema::{ledger_entries, payment_moves, payments};

#[derive(Debug, Insertable)]
#[diesel(table_name = payment_moves, treat_none_as_default_value = false)]
struct StepRow<'a> {
    id: i64,
    payment_id: PaymentId,
    state: &'static str,
    at: NaiveDateTime,
    on_date: NaiveDate,
    reason: Option<&'a str>,
    entry_id: Option<EntryId>,
}

/// One step of a payment.
#[derive(Debug, Clone)]
pub struct Step<'a> {
    /// The row, where it was reserved because an entry names it.
    pub id: Option<i64>,
    /// Where it stands from now on.
    pub state: PaymentState,
    /// The civil day it counts from.
    pub on: NaiveDate,
    /// The processor's word for why, or its name for the step.
    pub reason: Option<&'a str>,
    /// The ledger entry that came with it.
    pub entry_id: Option<EntryId>,
}

/// Records a step, and where the payment stands after it.
pub fn mark_state(tx: &mut Tx<'_>, id: PaymentId, step: &Step<'_>) -> Result<(), StoreError> {
    let at = tx.stamp.at;
    diesel::update(payments::table.find(id))
        .set(payments::state.eq(step.state))
        .kept()
        .execute(tx.conn())?;
    match step.state {
        PaymentState::Succeeded => {
            diesel::update(payments::table.find(id))
                .set(payments::processed_at.eq(at))
                .kept()
                .execute(tx.conn())?;
        }
        PaymentState::Failed
        | PaymentState::Returned
        | PaymentState::ChargedBack
        | PaymentState::Reversed => {
            diesel::update(payments::table.find(id))
                .set(payments::failure.eq(step.reason))
                .kept()
                .execute(tx.conn())?;
        }
        _ => {}
    }
    insert_step(tx, id, step)
}

/// Sets the row of a step aside, for an entry that names it.
pub fn reserve_step(tx: &mut Tx<'_>) -> Result<i64, StoreError> {
    let ids = bulk::reserve(tx, "payment_moves", 1)?;
    ids.first()
        .copied()
        .ok_or(StoreError::Missing("reserved id"))
}

/// Records a step that leaves the payment where it stands.
pub fn insert_step(tx: &mut Tx<'_>, id: PaymentId, step: &Step<'_>) -> Result<(), StoreError> {
    insert_steps(tx, &[(id, step.clone())])
}

/// Records steps of many payments, set-wise.
pub fn insert_steps(tx: &mut Tx<'_>, steps: &[(PaymentId, Step<'_>)]) -> Result<(), StoreError> {
    let at = tx.stamp.at;
    let unnamed = steps.iter().filter(|(_, step)| step.id.is_none()).count();
    let mut reserved = bulk::reserve(tx, "payment_moves", unnamed)?.into_iter();
    let rows = steps
        .iter()
        .map(|(payment_id, step)| {
            let id = step.id.or_else(|| reserved.next());
            Ok(StepRow {
                id: id.ok_or(StoreError::Missing("reserved id"))?,
                payment_id: *payment_id,
                state: step.state.as_str(),
                at,
                on_date: step.on,
                reason: step.reason,
                entry_id: step.entry_id,
            })
        })
        .collect::<Result<Vec<StepRow<'_>>, StoreError>>()?;
    insert_lent!(tx, payment_moves::table, rows.as_slice())
}

/// The entry that came with the step of this name of a payment.
pub fn find_step_entry(
    conn: &mut Conn,
    id: PaymentId,
    reason: &str,
) -> Result<Option<EntryId>, StoreError> {
    let found: Option<Option<EntryId>> = payment_moves::table
        .filter(payment_moves::payment_id.eq(id))
        .filter(payment_moves::reason.eq(reason))
        .select(payment_moves::entry_id)
        .first(conn)
        .optional()?;
    Ok(found.flatten())
}

/// Whether a step of this name was recorded for a payment.
pub fn has_step(conn: &mut Conn, id: PaymentId, reason: &str) -> Result<bool, StoreError> {
    let found: Option<i64> = payment_moves::table
        .filter(payment_moves::payment_id.eq(id))
        .filter(payment_moves::reason.eq(reason))
        .select(payment_moves::id)
        .first(conn)
        .optional()?;
    Ok(found.is_some())
}

/// What of a payment has gone back in refunds that stand.
pub fn refunded(conn: &mut Conn, id: PaymentId) -> Result<Money, StoreError> {
    let sum: Option<i64> = payment_moves::table
        .inner_join(ledger_entries::table)
        .filter(payment_moves::payment_id.eq(id))
        .filter(ledger_entries::kind.eq_any([EntryKind::Refund, EntryKind::PaymentReinstatement]))
        .select(sum_i64(ledger_entries::receivable_cents))
        .first(conn)?;
    Ok(Money::from_cents(sum.unwrap_or_default()))
}
