//! Whole days of fees that are taken back: as they were ordered, how far each has come, and the fees that are still to be taken back.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::Bool;

use crate::domain::fee_reversals::{FeeKind, ReversalStatus};
use crate::domain::ids::{AccountId, EntryId, FeeReversalId};
use crate::domain::ledger::{EntryKind, SourceKind};
use crate::domain::money::Money;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::ext::sum_i64;
use crate::store::kept::KeptDsl;
use crate::store::schema::{fee_reversals, ledger_applications, ledger_entries};

diesel::alias!(ledger_entries as taken_back: TakenBack);

/// Whether an entry was taken back.
macro_rules! is_taken_back {
    () => {
        diesel::dsl::exists(
            taken_back
                .filter(
                    taken_back
                        .field(ledger_entries::source_kind)
                        .eq(SourceKind::Entry),
                )
                .filter(
                    taken_back
                        .field(ledger_entries::kind)
                        .eq(EntryKind::Cancellation),
                )
                .filter(
                    taken_back
                        .field(ledger_entries::reverses_entry_id)
                        .eq(ledger_entries::id.nullable()),
                ),
        )
    };
}

/// That an entry charges a fee at all, in the words of the index over them: SQLite finds it by these words alone.
const IS_FEE: &str = "ledger_entries.kind IN ('late_fee', 'returned_payment_fee')";

/// A reversal.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = fee_reversals)]
pub struct ReversalRow {
    /// Row id.
    pub id: FeeReversalId,
    /// Which fees.
    pub kind: FeeKind,
    /// Charged on which day.
    pub charged_on: NaiveDate,
    /// The last of them: what is charged later is not taken back.
    pub last_entry_id: EntryId,
    /// Where it stands.
    pub status: ReversalStatus,
    /// The reason, by its code in the policy.
    pub reason: String,
    /// What whoever ordered it wrote.
    pub note: String,
    /// How many fees there were when it was ordered, or approved.
    pub fees: i64,
    /// What they come to.
    #[diesel(column_name = amount_cents)]
    pub amount: Money,
    /// What of that was paid, and is given back as a credit.
    #[diesel(column_name = paid_cents)]
    pub paid: Money,
    /// How many are taken back.
    pub reversed: i64,
    /// What they come to.
    #[diesel(column_name = reversed_cents)]
    pub reversed_amount: Money,
    /// Who ordered it.
    pub made_by: String,
    /// The same by their row, where they have one.
    pub made_by_id: Option<i64>,
    /// When, in UTC.
    pub made_at: NaiveDateTime,
    /// Who decided it.
    pub decided_by: Option<String>,
    /// When, in UTC.
    pub decided_at: Option<NaiveDateTime>,
    /// What whoever decided it wrote.
    pub decided_note: Option<String>,
}

/// The fees of a day that were not taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// How many.
    pub fees: i64,
    /// What they come to.
    pub amount: Money,
    /// What of that is paid.
    pub paid: Money,
    /// The last of them.
    pub last: EntryId,
}

/// A reversal to be kept.
#[derive(Debug, Clone, Copy)]
pub struct NewReversal<'a> {
    /// The number of the form that orders it.
    pub request_key: i64,
    /// Which fees.
    pub kind: FeeKind,
    /// Charged on which day.
    pub on: NaiveDate,
    /// What they are now.
    pub standing: Standing,
    /// The reason's code.
    pub reason: &'a str,
    /// What was written.
    pub note: &'a str,
}

/// The fees of a day that were not taken back, up to the last one where it is given; nothing where there are none. Two queries.
pub fn find_standing(
    conn: &mut Conn,
    (kind, on): (FeeKind, NaiveDate),
    last: Option<EntryId>,
) -> Result<Option<Standing>, StoreError> {
    let last = last.unwrap_or(EntryId(i64::MAX));
    let (fees, cents, newest): (i64, Option<i64>, Option<EntryId>) = ledger_entries::table
        .filter(sql::<Bool>(IS_FEE))
        .filter(ledger_entries::kind.eq(kind.entries()))
        .filter(ledger_entries::on_date.eq(on))
        .filter(ledger_entries::id.le(last))
        .filter(ledger_entries::account_id.is_not_null())
        .filter(diesel::dsl::not(is_taken_back!()))
        .select((
            diesel::dsl::count_star(),
            sum_i64(ledger_entries::receivable_cents),
            diesel::dsl::max(ledger_entries::id),
        ))
        .kept()
        .get_result(conn)?;
    let Some(newest) = newest else {
        return Ok(None);
    };
    let paid: Option<i64> = ledger_applications::table
        .inner_join(
            ledger_entries::table.on(ledger_entries::id.eq(ledger_applications::debit_entry_id)),
        )
        .filter(sql::<Bool>(IS_FEE))
        .filter(ledger_entries::kind.eq(kind.entries()))
        .filter(ledger_entries::on_date.eq(on))
        .filter(ledger_entries::id.le(last))
        .filter(diesel::dsl::not(is_taken_back!()))
        .select(sum_i64(ledger_applications::amount_cents))
        .kept()
        .get_result(conn)?;
    Ok(Some(Standing {
        fees,
        amount: Money::from_cents(cents.unwrap_or_default()),
        paid: Money::from_cents(paid.unwrap_or_default()),
        last: newest,
    }))
}

/// A reversal of a day's fees that waits or is under way: there is one at most, and the oldest counts.
pub fn find_open(
    conn: &mut Conn,
    (kind, on): (FeeKind, NaiveDate),
) -> Result<Option<ReversalRow>, StoreError> {
    let is_open = fee_reversals::status
        .eq(ReversalStatus::Proposed)
        .or(fee_reversals::status.eq(ReversalStatus::Approved));
    Ok(fee_reversals::table
        .filter(fee_reversals::kind.eq(kind))
        .filter(fee_reversals::charged_on.eq(on))
        .filter(is_open)
        .order(fee_reversals::id)
        .select(ReversalRow::as_select())
        .first(conn)
        .optional()?)
}

/// The next fees of a reversal that are still to be taken back: entry, account and amount.
pub fn list_next(
    conn: &mut Conn,
    row: &ReversalRow,
    limit: i64,
) -> Result<Vec<(EntryId, AccountId, Money)>, StoreError> {
    Ok(ledger_entries::table
        .filter(sql::<Bool>(IS_FEE))
        .filter(ledger_entries::kind.eq(row.kind.entries()))
        .filter(ledger_entries::on_date.eq(row.charged_on))
        .filter(ledger_entries::id.le(row.last_entry_id))
        .filter(ledger_entries::account_id.is_not_null())
        .filter(diesel::dsl::not(is_taken_back!()))
        .order(ledger_entries::id)
        .limit(limit)
        .select((
            ledger_entries::id,
            ledger_entries::account_id.assume_not_null(),
            ledger_entries::receivable_cents,
        ))
        .kept()
        .load(conn)?)
}

/// Keeps a reversal of the transaction's acting person, to be decided by another.
pub fn insert(tx: &mut Tx<'_>, new: &NewReversal<'_>) -> Result<FeeReversalId, StoreError> {
    let stamp = tx.stamp;
    Ok(diesel::insert_into(fee_reversals::table)
        .values((
            fee_reversals::request_key.eq(new.request_key),
            fee_reversals::kind.eq(new.kind),
            fee_reversals::charged_on.eq(new.on),
            fee_reversals::last_entry_id.eq(new.standing.last),
            fee_reversals::status.eq(ReversalStatus::Proposed),
            fee_reversals::reason.eq(new.reason),
            fee_reversals::note.eq(new.note),
            fee_reversals::fees.eq(new.standing.fees),
            fee_reversals::amount_cents.eq(new.standing.amount),
            fee_reversals::paid_cents.eq(new.standing.paid),
            fee_reversals::reversed.eq(0),
            fee_reversals::reversed_cents.eq(Money::ZERO),
            fee_reversals::made_by.eq(&stamp.by.name),
            fee_reversals::made_by_id.eq(stamp.by.id),
            fee_reversals::made_at.eq(stamp.at),
        ))
        .returning(fee_reversals::id)
        .get_result(tx.conn())?)
}

/// Says what the second person, or the first one, decided, with the figures as they were seen then.
pub fn mark_decided(
    tx: &mut Tx<'_>,
    row: &ReversalRow,
    status: ReversalStatus,
    (by, note): (&str, &str),
) -> Result<(), StoreError> {
    let stamp = tx.stamp;
    let waits = fee_reversals::table
        .filter(fee_reversals::id.eq(row.id))
        .filter(fee_reversals::status.eq(ReversalStatus::Proposed));
    let decided = diesel::update(waits)
        .set((
            fee_reversals::status.eq(status),
            fee_reversals::fees.eq(row.fees),
            fee_reversals::amount_cents.eq(row.amount),
            fee_reversals::paid_cents.eq(row.paid),
            fee_reversals::decided_by.eq(by),
            fee_reversals::decided_by_id.eq(stamp.by.id),
            fee_reversals::decided_at.eq(stamp.at),
            fee_reversals::decided_note.eq(note),
        ))
        .kept()
        .execute(tx.conn())?;
    // Two people may decide at the same time: the second finds nothing that waits.
    if decided == 0 {
        return Err(StoreError::Missing("fee reversal that waits"));
    }
    Ok(())
}

/// Notes that more fees are taken back.
pub fn mark_reversed(
    tx: &mut Tx<'_>,
    row: &ReversalRow,
    (count, amount): (i64, Money),
) -> Result<(), StoreError> {
    diesel::update(fee_reversals::table.find(row.id))
        .set((
            fee_reversals::reversed.eq(row.reversed + count),
            fee_reversals::reversed_cents.eq(row.reversed_amount + amount),
        ))
        .kept()
        .execute(tx.conn())?;
    Ok(())
}

/// Notes that nothing of a reversal is left to do. From now on the database refuses every change of it.
pub fn mark_done(tx: &mut Tx<'_>, id: FeeReversalId) -> Result<(), StoreError> {
    let at = tx.stamp.at;
    diesel::update(fee_reversals::table.find(id))
        .set((
            fee_reversals::status.eq(ReversalStatus::Done),
            fee_reversals::done_at.eq(at),
        ))
        .kept()
        .execute(tx.conn())?;
    Ok(())
}

/// The reversal, which must exist.
pub fn get(conn: &mut Conn, id: FeeReversalId) -> Result<ReversalRow, StoreError> {
    fee_reversals::table
        .find(id)
        .select(ReversalRow::as_select())
        .first(conn)
        .optional()?
        .ok_or(StoreError::Missing("fee reversal"))
}

/// The reversal that a form ordered.
pub fn find_by_key(conn: &mut Conn, key: i64) -> Result<Option<FeeReversalId>, StoreError> {
    Ok(fee_reversals::table
        .filter(fee_reversals::request_key.eq(key))
        .select(fee_reversals::id)
        .first(conn)
        .optional()?)
}

/// Reversals, newest first.
pub fn list(conn: &mut Conn, limit: i64) -> Result<Vec<ReversalRow>, StoreError> {
    Ok(fee_reversals::table
        .order(fee_reversals::id.desc())
        .limit(limit)
        .select(ReversalRow::as_select())
        .load(conn)?)
}

/// Those that are under way, the oldest first.
pub fn list_under_way(conn: &mut Conn) -> Result<Vec<FeeReversalId>, StoreError> {
    Ok(fee_reversals::table
        .filter(fee_reversals::status.eq(ReversalStatus::Approved))
        .order(fee_reversals::id)
        .select(fee_reversals::id)
        .load(conn)?)
}
