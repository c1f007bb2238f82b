//! What the late fee looks at: overdue debts, whether a fee was charged on them before, and money that is on its way.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::domain::accounts::AccountClass;
use crate::domain::ids::{AccountId, EntryId};
use crate::domain::ledger::{EntryKind, SourceKind};
use crate::domain::money::Money;
use crate::domain::payments::PaymentState;
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::ext::sum_i64;
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
    /// When it fell due.
    pub due_on: NaiveDate,
    /// What is left.
    pub remaining: Money,
    /// Whether a late fee was charged on it before.
    pub was_charged: bool,
}

/// The next overdue debts after one: those due on a day or earlier, in the order of their entries.
pub fn list(
    conn: &mut Conn,
    last_due: NaiveDate,
    after: Option<EntryId>,
    limit: i64,
) -> Result<Vec<OverdueRow>, StoreError> {
    let rows: Vec<(
        EntryId,
        AccountId,
        AccountClass,
        EntryKind,
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
            ledger_entries::kind,
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
    let row = |(entry_id, account_id, account_class, kind, due_on, remaining): (
        EntryId,
        _,
        _,
        _,
        _,
        _,
    )| OverdueRow {
        entry_id,
        account_id,
        account_class,
        kind,
        due_on,
        remaining,
        was_charged: charged.binary_search(&entry_id.0).is_ok(),
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

/// The days on which late fees of an account were waived.
pub fn waivers(conn: &mut Conn, account: AccountId) -> Result<Vec<NaiveDate>, StoreError> {
    let (waiver, fee) = diesel::alias!(ledger_entries as waiver, ledger_entries as fee);
    Ok(waiver
        .inner_join(
            fee.on(fee
                .field(ledger_entries::id)
                .nullable()
                .eq(waiver.field(ledger_entries::reverses_entry_id))),
        )
        .filter(waiver.field(ledger_entries::account_id).eq(account))
        .filter(fee.field(ledger_entries::kind).eq(EntryKind::LateFee))
        .select(waiver.field(ledger_entries::on_date))
        .load(conn)?)
}
