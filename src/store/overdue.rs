//! What the late fee looks at: overdue debts, whether a fee was charged on them before, and money that is on its way.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Date};

use crate::domain::accounts::AccountClass;
use crate::domain::disputes::frozen;
use crate::domain::ids::{AccountId, EntryId};
use crate::domain::ledger::{EntryKind, SourceKind};
use crate::domain::money::Money;
use crate::domain::payments::PaymentState;
use crate::store::any::native;
use crate::store::arrangements;
use crate::store::db::Conn;
use crate::store::deposits;
use crate::store::disputes;
use crate::store::error::StoreError;
use crate::store::ext::sum_i64;
use crate::store::kept::KeptDsl;
use crate::store::schema::{ledger_entries, open_items, payments};

/// How many ids one `IN` list holds at the most.
const LIST: usize = 1_000;

/// An overdue debt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OverdueRow {
    /// The entry.
    pub entry_id: EntryId,
    /// The account.
    pub account_id: AccountId,
    /// Its class.
    pub account_class: AccountClass,
    /// What the entry is.
    pub kind: EntryKind,
    /// When it fell due; where an arrangement that covered it has ended since, the day of that: the clock of the fee goes on from there.
    pub due_on: NaiveDate,
    /// What is left.
    pub remaining: Money,
    /// What of that is in dispute, or was until a few days ago: no fee is charged on it.
    pub disputed: Money,
    /// What of the rest is covered by an arrangement in force: no fee is charged on it.
    pub arranged: Money,
    /// Whether a late fee was charged on it before, here or where it came from.
    pub was_charged: bool,
    /// Whether it is a deposit that was asked for: it bears no late fee.
    pub is_deposit: bool,
}

/// The next overdue debts after one, as of a day: those due on another or earlier, in the order of their entries.
pub fn list(
    conn: &mut Conn,
    (on, last_due): (NaiveDate, NaiveDate),
    after: Option<EntryId>,
    limit: i64,
) -> Result<Vec<OverdueRow>, StoreError> {
    let rows: Vec<(
        EntryId,
        AccountId,
        AccountClass,
        (EntryKind, NaiveDate),
        NaiveDate,
        Money,
    )> = open_items::table
        .inner_join(ledger_entries::table)
        .filter(open_items::due_on.le(last_due))
        .filter(open_items::entry_id.gt(after.unwrap_or(EntryId(i64::MIN))))
        .order(open_items::entry_id)
        .limit(limit)
        .select((
            open_items::entry_id,
            open_items::account_id,
            open_items::account_class,
            (ledger_entries::kind, ledger_entries::on_date),
            open_items::due_on,
            open_items::remaining_cents,
        ))
        .load(conn)?;
    let ids: Vec<i64> = rows.iter().map(|row| row.0.0).collect();
    let charged: Vec<i64> = ledger_entries::table
        .filter(ledger_entries::source_kind.eq(SourceKind::Entry))
        .filter(ledger_entries::source_id.eq_any(&ids))
        .filter(ledger_entries::kind.eq(EntryKind::LateFee))
        .order(ledger_entries::source_id)
        .select(ledger_entries::source_id)
        .load(conn)?;
    let disputed = disputes::disputed(conn, &ids, on)?;
    let arranged = arrangements::list_of_debts(conn, &ids)?;
    let entries: Vec<EntryId> = rows.iter().map(|row| row.0).collect();
    let deposits = deposits::list_asks(conn, &entries)?;
    let row = |(entry_id, account_id, account_class, (kind, made_on), due_on, remaining): (
        EntryId,
        _,
        _,
        (EntryKind, NaiveDate),
        NaiveDate,
        _,
    )| {
        // What was overdue when it came into these books was charged for in the books that it came from.
        let came_late = kind == EntryKind::Adjustment && due_on < made_on;
        let in_dispute = disputed.get(&entry_id);
        let in_dispute = in_dispute.map_or(Money::ZERO, |amount| frozen(remaining, *amount));
        let arranged = arranged.get(&entry_id).copied().unwrap_or_default();
        OverdueRow {
            entry_id,
            account_id,
            account_class,
            kind,
            due_on: arranged.ended_on.map_or(due_on, |day| day.max(due_on)),
            remaining,
            disputed: in_dispute,
            arranged: frozen(remaining - in_dispute, arranged.left(remaining)),
            was_charged: came_late || charged.binary_search(&entry_id.0).is_ok(),
            is_deposit: deposits.contains(&entry_id),
        }
    };
    Ok(rows.into_iter().map(row).collect())
}

/// Money that was given and has not settled yet, by account.
pub fn pending_payments(
    conn: &mut Conn,
    ids: &[AccountId],
) -> Result<BTreeMap<AccountId, Money>, StoreError> {
    let mut pending = BTreeMap::new();
    for some in ids.chunks(LIST) {
        let rows: Vec<(AccountId, Option<i64>)> = payments::table
            .filter(payments::account_id.eq_any(some))
            .filter(payments::state.eq(PaymentState::Processing.as_str()))
            .group_by(payments::account_id)
            .select((payments::account_id, sum_i64(payments::amount_cents)))
            .load(conn)?;
        pending.extend(
            rows.into_iter()
                .map(|(account, cents)| (account, Money::from_cents(cents.unwrap_or_default()))),
        );
    }
    Ok(pending)
}

/// A late fee that stands on an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LateFee {
    /// Its entry.
    pub entry: EntryId,
    /// The day it was charged.
    pub on: NaiveDate,
    /// How much.
    pub amount: Money,
}

/// The late fees of an account that were not taken back, the latest first.
pub fn late_fees(conn: &mut Conn, account: AccountId) -> Result<Vec<LateFee>, StoreError> {
    let taken_back: Vec<EntryId> = ledger_entries::table
        .filter(ledger_entries::account_id.eq(account))
        .filter(ledger_entries::reverses_entry_id.is_not_null())
        .select(ledger_entries::reverses_entry_id.assume_not_null())
        .load(conn)?;
    let rows: Vec<(EntryId, NaiveDate, Money)> = ledger_entries::table
        .filter(ledger_entries::account_id.eq(account))
        .filter(ledger_entries::kind.eq(EntryKind::LateFee))
        .order(ledger_entries::id.desc())
        .select((
            ledger_entries::id,
            ledger_entries::on_date,
            ledger_entries::receivable_cents,
        ))
        .load(conn)?;
    Ok(rows
        .into_iter()
        .filter(|(entry, ..)| !taken_back.contains(entry))
        .map(|(entry, on, amount)| LateFee { entry, on, amount })
        .collect())
}

#[derive(QueryableByName)]
struct Waiver {
    #[diesel(sql_type = Date)]
    on_date: NaiveDate,
}

/// The days on which late fees of an account were waived. A fee that was taken back together with its bill was not waived.
pub fn waivers(conn: &mut Conn, account: AccountId) -> Result<Vec<NaiveDate>, StoreError> {
    let sql = "SELECT w.on_date FROM ledger_entries w JOIN ledger_entries f ON f.id = w.reverses_entry_id \
               WHERE w.account_id = $1 AND f.kind = 'late_fee' AND NOT EXISTS (SELECT 1 FROM ledger_entries c \
                   WHERE c.source_kind = 'entry' AND c.source_id = f.source_id AND c.kind = 'cancellation') \
               AND NOT EXISTS (SELECT 1 FROM corrections k JOIN corrections r ON r.reverses_id = k.id \
                   WHERE k.account_id = $1 AND k.entry_id = w.id AND r.status = 'posted')";
    let rows = native!(conn, |c| diesel::sql_query(sql)
        .bind::<BigInt, _>(account.0)
        .kept()
        .load::<Waiver>(c))?;
    Ok(rows.into_iter().map(|row| row.on_date).collect())
}
