//! What other rules ask of arrangements, and what an offer asks of the account.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use diesel::sql_types::BigInt;

use crate::domain::arrangements::{Contest, beside};
use crate::domain::disputes::frozen;
use crate::domain::ids::{AccountId, EntryId};
use crate::domain::money::Money;
use crate::store::any::native;
use crate::store::arrangements::cover::list_contests;
use crate::store::arrangements::list_open;
use crate::store::cycles::{self, CyclePeriodRow};
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::kept::KeptDsl;
use crate::store::schema::{
    accounts, arrangement_debts, arrangements, cycle_periods, former_cycles,
};

/// How many periods of calendars are looked through: an arrangement has fewer installments.
const MOST_DUES: i64 = 96;

/// What late fees need of a debt that more time was given for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Arranged {
    /// What of it an arrangement in force covers.
    covered: Money,
    /// What of it was in dispute then, and is not covered.
    beside: Money,
    /// The day on which the last arrangement that covered it ended.
    pub ended_on: Option<NaiveDate>,
}

impl Arranged {
    /// What is left of the covered part, by what is left of the debt.
    #[must_use]
    pub fn left(&self, remaining: Money) -> Money {
        frozen(remaining - self.beside, self.covered)
    }

    /// Takes in that an arrangement covers a debt, or covered it until a day, beside what was in dispute when it was made.
    pub(in crate::store) fn take(
        &mut self,
        (covered, agreed): (Money, Money),
        (made_at, ended_on): (NaiveDateTime, Option<NaiveDate>),
        contests: &[Contest],
    ) {
        if ended_on.is_none() {
            self.covered = covered;
            self.beside = beside(agreed, contests, made_at);
        }
        self.ended_on = self.ended_on.max(ended_on);
    }
}

/// What late fees need of debts that arrangements cover or covered.
pub fn list_of_debts(
    conn: &mut Conn,
    entries: &[i64],
) -> Result<BTreeMap<EntryId, Arranged>, StoreError> {
    type Row = (EntryId, Money, Money, NaiveDateTime, Option<NaiveDate>);
    let rows: Vec<Row> = arrangement_debts::table
        .inner_join(arrangements::table)
        .filter(arrangement_debts::entry_id.eq_any(entries))
        .select((
            arrangement_debts::entry_id,
            arrangement_debts::amount_cents,
            arrangement_debts::beside_cents,
            arrangements::made_at,
            arrangements::ended_on,
        ))
        .load(conn)?;
    let has_beside = |row: &&Row| row.2.is_positive() && row.4.is_none();
    let contested: Vec<EntryId> = rows.iter().filter(has_beside).map(|row| row.0).collect();
    let contests = list_contests(conn, &contested)?;
    let mut found: BTreeMap<EntryId, Arranged> = BTreeMap::new();
    for (entry, amount, agreed, made_at, ended_on) in rows {
        let contests = contests.get(&entry).map_or(&[][..], Vec::as_slice);
        let arranged = found.entry(entry).or_default();
        arranged.take((amount, agreed), (made_at, ended_on), contests);
    }
    Ok(found)
}

/// By how much the arrangement in force, if any, changes what an account owes by a day: its debts are due with their installments.
pub fn moved_by(conn: &mut Conn, account: AccountId, by: NaiveDate) -> Result<Money, StoreError> {
    let open = list_open(conn, &[account])?;
    Ok(open.iter().map(|one| one.cover.moved_by(by)).sum())
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
        .kept()
        .get_result(c))?;
    Ok(found.count > 0)
}

/// The days after a day on which bills of the account's cycles fall due, each of the cycle to which its days belong, as far as the calendars go.
pub fn list_bill_dues(
    conn: &mut Conn,
    account: AccountId,
    after: NaiveDate,
) -> Result<Vec<NaiveDate>, StoreError> {
    let history = cycles::history(conn, account)?;
    let present = accounts::table
        .filter(accounts::id.eq(account))
        .select(accounts::cycle_id);
    let former = former_cycles::table
        .filter(former_cycles::account_id.eq(account))
        .select(former_cycles::cycle_id);
    let is_of_theirs = cycle_periods::cycle_id
        .eq_any(present)
        .or(cycle_periods::cycle_id.eq_any(former));
    let rows: Vec<CyclePeriodRow> = cycle_periods::table
        .filter(cycle_periods::due_on.gt(after))
        .filter(is_of_theirs)
        .order(cycle_periods::due_on)
        .limit(MOST_DUES)
        .select(CyclePeriodRow::as_select())
        .load(conn)?;
    let own = rows
        .iter()
        .filter(|row| history.within(row.cycle_id, row.period()).is_some());
    let mut dues: Vec<NaiveDate> = own.map(|row| row.due_on).collect();
    dues.dedup();
    Ok(dues)
}
