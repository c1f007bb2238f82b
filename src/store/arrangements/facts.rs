//! What other rules ask of arrangements, and what an offer asks of the account.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::BigInt;

use crate::domain::ids::{AccountId, EntryId};
use crate::domain::money::Money;
use crate::store::any::native;
use crate::store::arrangements::list_open;
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::schema::{accounts, arrangement_debts, arrangements, cycle_periods, cycles};

/// What late fees need of debts: what of each is covered by an arrangement in force, and the day on which the last one that covered it ended.
pub fn list_of_debts(
    conn: &mut Conn,
    entries: &[i64],
) -> Result<BTreeMap<EntryId, (Money, Option<NaiveDate>)>, StoreError> {
    let rows: Vec<(EntryId, Money, Option<NaiveDate>)> = arrangement_debts::table
        .inner_join(arrangements::table)
        .filter(arrangement_debts::entry_id.eq_any(entries))
        .select((
            arrangement_debts::entry_id,
            arrangement_debts::amount_cents,
            arrangements::ended_on,
        ))
        .load(conn)?;
    let mut found: BTreeMap<EntryId, (Money, Option<NaiveDate>)> = BTreeMap::new();
    for (entry, amount, ended_on) in rows {
        let (covered, last) = found.entry(entry).or_default();
        match ended_on {
            None => *covered += amount,
            Some(day) => *last = (*last).max(Some(day)),
        }
    }
    Ok(found)
}

/// By how much the arrangement in force, if any, changes what an account owes by a day: its debts are due with their installments.
pub fn moved_by(conn: &mut Conn, account: AccountId, by: NaiveDate) -> Result<Money, StoreError> {
    let mut moved = Money::ZERO;
    for open in list_open(conn, &[account])? {
        for share in open.cover.shares() {
            match (share.own_due_on <= by, share.due_on <= by) {
                (true, false) => moved -= share.amount,
                (false, true) => moved += share.amount,
                (true, true) | (false, false) => {}
            }
        }
    }
    Ok(moved)
}

#[derive(QueryableByName)]
struct Counted {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

/// Whether a payment of the account came back and nothing was paid since, or its fee is still owed.
pub fn has_returned(conn: &mut Conn, account: AccountId) -> Result<bool, StoreError> {
    let sql = "SELECT CAST(COUNT(*) AS BIGINT) AS count FROM ( \
                   SELECT m.id AS id FROM payment_moves m JOIN payments p ON p.id = m.payment_id \
                   WHERE p.account_id = $1 AND m.state IN ('returned', 'charged_back') AND NOT EXISTS ( \
                       SELECT 1 FROM payment_moves n JOIN payments q ON q.id = n.payment_id \
                       WHERE q.account_id = $1 AND n.state = 'succeeded' AND n.id > m.id) \
                   UNION ALL \
                   SELECT o.entry_id FROM open_items o JOIN ledger_entries e ON e.id = o.entry_id \
                   WHERE o.account_id = $1 AND e.kind = 'returned_payment_fee') bars";
    let found: Counted = native!(conn, |c| diesel::sql_query(sql)
        .bind::<BigInt, _>(account.0)
        .get_result(c))?;
    Ok(found.count > 0)
}

/// The days after a day on which bills of the account's cycle fall due, as far as its calendar goes.
pub fn list_bill_dues(
    conn: &mut Conn,
    account: AccountId,
    after: NaiveDate,
) -> Result<Vec<NaiveDate>, StoreError> {
    Ok(cycle_periods::table
        .inner_join(cycles::table.inner_join(accounts::table))
        .filter(accounts::id.eq(account))
        .filter(cycle_periods::due_on.gt(after))
        .order(cycle_periods::due_on)
        .limit(48)
        .select(cycle_periods::due_on)
        .load(conn)?)
}
