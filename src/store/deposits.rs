//! Deposits and every step of them. Steps are only added; a deposit changes once, when it ends. What is paid of one is what the ledger applies to
//! what was asked for.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::domain::bills::BillKind;
use crate::domain::deposits::{DepositReason, DepositStatus, DepositStep, Sums};
use crate::domain::gl::FundCode;
use crate::domain::ids::{AccountId, BillId, DepositId, DepositMoveId, EntryId};
use crate::domain::money::Money;
use crate::store::bulk::{self, insert_all};
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::ext::{AmongMethods as _, sum_i64};
use crate::store::schema::{bills, deposit_moves, deposits, ledger_applications};

/// How many ids one `IN` list holds at the most.
const LIST: usize = 1_000;

/// A deposit.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = deposits)]
pub struct DepositRow {
    /// Row id.
    pub id: DepositId,
    /// Of which account.
    pub account_id: AccountId,
    /// Why it was asked for.
    pub reason: DepositReason,
    /// The fund that it is asked for and held in.
    pub fund: FundCode,
    /// What was written about it.
    pub note: String,
    /// Asked for on.
    pub asked_on: NaiveDate,
    /// By whom.
    pub made_by: String,
    /// Ended on.
    pub ended_on: Option<NaiveDate>,
    /// Of one that came with the earlier books of a utility: the first day for which interest is still to be earned.
    pub earned_until: Option<NaiveDate>,
}

/// One step of a deposit.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = deposit_moves)]
pub struct MoveRow {
    /// Row id.
    pub id: DepositMoveId,
    /// Of which deposit.
    pub deposit_id: DepositId,
    /// What happened.
    pub kind: DepositStep,
    /// How much of it.
    #[diesel(column_name = amount_cents)]
    pub amount: Money,
    /// The civil day it counts from.
    pub on_date: NaiveDate,
    /// Of what was asked for: when it is due.
    pub due_on: Option<NaiveDate>,
    /// Of interest: the first day for which it is still to be earned.
    pub until_on: Option<NaiveDate>,
    /// Its entry.
    pub entry_id: EntryId,
    /// What was written about it.
    pub note: String,
    /// Who did it.
    pub made_by: String,
    /// When, in UTC.
    pub made_at: NaiveDateTime,
}

/// A deposit to be kept.
#[derive(Debug, Clone, Copy)]
pub struct NewDeposit<'a> {
    /// Of which account.
    pub account: AccountId,
    /// The number of the form that asks for it.
    pub key: i64,
    /// Why.
    pub reason: DepositReason,
    /// In which fund.
    pub fund: &'a FundCode,
    /// What was written about it.
    pub note: &'a str,
}

/// A step to be kept.
#[derive(Debug, Clone, Copy)]
pub struct NewMove<'a> {
    /// Its row, taken before ([`reserve_moves`]).
    pub id: DepositMoveId,
    /// Of which deposit.
    pub deposit: DepositId,
    /// What happened.
    pub kind: DepositStep,
    /// How much.
    pub amount: Money,
    /// Of what was asked for: when it is due.
    pub due_on: Option<NaiveDate>,
    /// Of interest: the first day for which it is still to be earned.
    pub until_on: Option<NaiveDate>,
    /// Its entry.
    pub entry: EntryId,
    /// The number of the form that ordered it.
    pub key: Option<i64>,
    /// What was written about it.
    pub note: &'a str,
}

#[derive(Debug, Insertable)]
#[diesel(table_name = deposit_moves, treat_none_as_default_value = false)]
struct InsertedMove {
    id: DepositMoveId,
    deposit_id: DepositId,
    kind: DepositStep,
    amount_cents: Money,
    on_date: NaiveDate,
    due_on: Option<NaiveDate>,
    until_on: Option<NaiveDate>,
    entry_id: EntryId,
    request_key: Option<i64>,
    note: String,
    made_by: String,
    made_at: NaiveDateTime,
}

/// A deposit with what it comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The deposit.
    pub row: DepositRow,
    /// What it comes to.
    pub sums: Sums,
    /// When the next unpaid installment is due; nothing where all is paid.
    pub due_on: Option<NaiveDate>,
}

impl Standing {
    /// Where it stands.
    #[must_use]
    pub fn status(&self) -> DepositStatus {
        self.sums.status(self.row.ended_on.is_some())
    }
}

/// Keeps a deposit of the transaction's acting person.
pub fn insert(tx: &mut Tx<'_>, new: &NewDeposit<'_>) -> Result<DepositId, StoreError> {
    let stamp = tx.stamp;
    Ok(diesel::insert_into(deposits::table)
        .values((
            deposits::account_id.eq(new.account),
            deposits::request_key.eq(new.key),
            deposits::reason.eq(new.reason),
            deposits::fund.eq(new.fund),
            deposits::note.eq(new.note),
            deposits::asked_on.eq(stamp.on),
            deposits::made_by.eq(&stamp.by.name),
            deposits::made_at.eq(stamp.at),
        ))
        .returning(deposits::id)
        .get_result(tx.conn())?)
}

/// The rows of the next steps: their entries are posted under them before the steps are kept.
pub fn reserve_moves(tx: &mut Tx<'_>, count: usize) -> Result<Vec<DepositMoveId>, StoreError> {
    let ids = bulk::reserve(tx, "deposit_moves", count)?;
    Ok(ids.into_iter().map(DepositMoveId).collect())
}

/// Keeps steps of the transaction's acting person.
pub fn insert_moves(tx: &mut Tx<'_>, new: &[NewMove<'_>]) -> Result<(), StoreError> {
    let stamp = tx.stamp;
    let row = |step: &NewMove<'_>| InsertedMove {
        id: step.id,
        deposit_id: step.deposit,
        kind: step.kind,
        amount_cents: step.amount,
        on_date: stamp.on,
        due_on: step.due_on,
        until_on: step.until_on,
        entry_id: step.entry,
        request_key: step.key,
        note: step.note.trim().to_owned(),
        made_by: stamp.by.name.clone(),
        made_at: stamp.at,
    };
    let rows: Vec<InsertedMove> = new.iter().map(row).collect();
    insert_all!(tx, deposit_moves::table, rows.as_slice())
}

/// Notes that deposits ended. From now on the database refuses every change of them.
pub fn mark_ended(tx: &mut Tx<'_>, ids: &[DepositId]) -> Result<(), StoreError> {
    let on = tx.stamp.on;
    for some in ids.chunks(LIST) {
        diesel::update(deposits::table.filter(deposits::id.eq_any(some)))
            .set(deposits::ended_on.eq(on))
            .execute(tx.conn())?;
    }
    Ok(())
}

/// The deposit that a form asked for.
pub fn find_by_key(conn: &mut Conn, key: i64) -> Result<Option<DepositId>, StoreError> {
    Ok(deposits::table
        .filter(deposits::request_key.eq(key))
        .select(deposits::id)
        .first(conn)
        .optional()?)
}

/// The deposit of which a form ordered a step.
pub fn find_moved_by_key(conn: &mut Conn, key: i64) -> Result<Option<DepositId>, StoreError> {
    Ok(deposit_moves::table
        .filter(deposit_moves::request_key.eq(key))
        .select(deposit_moves::deposit_id)
        .first(conn)
        .optional()?)
}

/// The deposits of accounts that have not ended, by account.
pub fn list_open(conn: &mut Conn, accounts: &[AccountId]) -> Result<Vec<DepositRow>, StoreError> {
    let mut found = Vec::new();
    for some in accounts.chunks(LIST) {
        let rows: Vec<DepositRow> = deposits::table
            .filter(deposits::account_id.eq_any(some))
            .filter(deposits::ended_on.is_null())
            .order(deposits::id)
            .select(DepositRow::as_select())
            .load(conn)?;
        found.extend(rows);
    }
    Ok(found)
}

/// The next deposits that have not ended, after one.
pub fn list_open_after(
    conn: &mut Conn,
    after: DepositId,
    limit: i64,
) -> Result<Vec<DepositRow>, StoreError> {
    Ok(deposits::table
        .filter(deposits::ended_on.is_null())
        .filter(deposits::id.gt(after))
        .order(deposits::id)
        .limit(limit)
        .select(DepositRow::as_select())
        .load(conn)?)
}

/// The next deposits, after one, that have not ended, were asked for before a day, and whose interest was not posted up to it.
pub fn list_without_interest(
    conn: &mut Conn,
    until: NaiveDate,
    after: DepositId,
    limit: i64,
) -> Result<Vec<DepositRow>, StoreError> {
    let posted = deposit_moves::table
        .filter(deposit_moves::until_on.ge(until))
        .select(deposit_moves::deposit_id);
    Ok(deposits::table
        .filter(deposits::ended_on.is_null())
        .filter(deposits::asked_on.lt(until))
        .filter(deposits::id.gt(after))
        .filter(deposits::id.ne_all(posted))
        .order(deposits::id)
        .limit(limit)
        .select(DepositRow::as_select())
        .load(conn)?)
}

/// The deposits that have not ended of accounts whose last bills are among these.
pub fn list_of_final(conn: &mut Conn, ids: &[BillId]) -> Result<Vec<DepositRow>, StoreError> {
    let mut found = Vec::new();
    for some in ids.chunks(LIST) {
        let ending = bills::table
            .filter(bills::id.eq_any(some))
            .filter(bills::kind.eq(BillKind::Final))
            .select(bills::account_id);
        let rows: Vec<DepositRow> = deposits::table
            .filter(deposits::ended_on.is_null())
            .filter(deposits::account_id.eq_any(ending))
            .order(deposits::id)
            .select(DepositRow::as_select())
            .load(conn)?;
        found.extend(rows);
    }
    Ok(found)
}

/// Every deposit of an account, the newest first.
pub fn list_of_account(conn: &mut Conn, account: AccountId) -> Result<Vec<DepositRow>, StoreError> {
    Ok(deposits::table
        .filter(deposits::account_id.eq(account))
        .order(deposits::id.desc())
        .select(DepositRow::as_select())
        .load(conn)?)
}

/// The steps of deposits, in their order.
pub fn list_moves(conn: &mut Conn, ids: &[DepositId]) -> Result<Vec<MoveRow>, StoreError> {
    let mut found = Vec::new();
    for some in ids.chunks(LIST) {
        let rows: Vec<MoveRow> = deposit_moves::table
            .filter(deposit_moves::deposit_id.eq_any(some))
            .order(deposit_moves::id)
            .select(MoveRow::as_select())
            .load(conn)?;
        found.extend(rows);
    }
    Ok(found)
}

/// Which of these entries ask for a deposit.
pub fn list_asks(conn: &mut Conn, entries: &[EntryId]) -> Result<BTreeSet<EntryId>, StoreError> {
    let mut found = BTreeSet::new();
    for some in entries.chunks(LIST) {
        let rows: Vec<EntryId> = deposit_moves::table
            .filter(deposit_moves::entry_id.among(some))
            .filter(deposit_moves::kind.eq(DepositStep::Asked))
            .select(deposit_moves::entry_id)
            .load(conn)?;
        found.extend(rows);
    }
    Ok(found)
}

/// The day of what came; those on which its deposit was put into the books, asked for or received before, and earned up to.
type PaidDays = (NaiveDate, NaiveDate, NaiveDate, Option<NaiveDate>);

/// What came, and went back, of deposits: the day each counts from, and how much. What was waived is left out. What came with the earlier books of a
/// utility counts from the day on which it was received there.
pub fn list_paid(
    conn: &mut Conn,
    ids: &[DepositId],
) -> Result<BTreeMap<DepositId, Vec<(NaiveDate, Money)>>, StoreError> {
    let mut found: BTreeMap<DepositId, Vec<(NaiveDate, Money)>> = BTreeMap::new();
    for some in ids.chunks(LIST) {
        let waived: Vec<EntryId> = deposit_moves::table
            .filter(deposit_moves::deposit_id.eq_any(some))
            .filter(deposit_moves::kind.eq(DepositStep::Waived))
            .select(deposit_moves::entry_id)
            .load(conn)?;
        let rows: Vec<(DepositId, PaidDays, Money)> = ledger_applications::table
            .inner_join(
                deposit_moves::table
                    .on(deposit_moves::entry_id.eq(ledger_applications::debit_entry_id)),
            )
            .inner_join(deposits::table.on(deposits::id.eq(deposit_moves::deposit_id)))
            .filter(deposit_moves::deposit_id.eq_any(some))
            .filter(deposit_moves::kind.eq(DepositStep::Asked))
            .filter(ledger_applications::entry_id.ne_all(waived))
            .order((
                ledger_applications::on_date,
                ledger_applications::entry_id,
                ledger_applications::position,
            ))
            .select((
                deposit_moves::deposit_id,
                (
                    ledger_applications::on_date,
                    deposit_moves::on_date,
                    deposits::asked_on,
                    deposits::earned_until,
                ),
                ledger_applications::amount_cents,
            ))
            .load(conn)?;
        for (deposit, (on, taken_over_on, received_on, earned_until), amount) in rows {
            let is_opening = earned_until.is_some() && on == taken_over_on;
            let on = if is_opening { received_on } else { on };
            found.entry(deposit).or_default().push((on, amount));
        }
    }
    Ok(found)
}

/// What these deposits come to. Three queries for each thousand.
pub fn list_standings(conn: &mut Conn, rows: Vec<DepositRow>) -> Result<Vec<Standing>, StoreError> {
    let ids: Vec<DepositId> = rows.iter().map(|row| row.id).collect();
    let moves = list_moves(conn, &ids)?;
    let paid = list_paid(conn, &ids)?;
    let asks: Vec<EntryId> = moves
        .iter()
        .filter(|step| step.kind == DepositStep::Asked)
        .map(|step| step.entry_id)
        .collect();
    let settled = settled(conn, &asks)?;
    let standing = |row: DepositRow| {
        let of_row = moves.iter().filter(|step| step.deposit_id == row.id);
        let mut sums = Sums {
            paid: paid
                .get(&row.id)
                .into_iter()
                .flatten()
                .map(|(_, amount)| *amount)
                .sum(),
            ..Sums::default()
        };
        let mut due_on = None;
        for step in of_row {
            match step.kind {
                DepositStep::Asked => {
                    sums.asked += step.amount;
                    let left =
                        step.amount - settled.get(&step.entry_id).copied().unwrap_or_default();
                    if left.is_positive() {
                        due_on = due_on.or(step.due_on);
                    }
                }
                DepositStep::Waived => sums.waived += step.amount,
                DepositStep::Interest => sums.interest += step.amount,
                DepositStep::Released | DepositStep::Applied => sums.given += step.amount,
            }
        }
        Standing { row, sums, due_on }
    };
    Ok(rows.into_iter().map(standing).collect())
}

/// What stands on debts, or was taken off them, in all.
fn settled(conn: &mut Conn, entries: &[EntryId]) -> Result<BTreeMap<EntryId, Money>, StoreError> {
    let mut found = BTreeMap::new();
    for some in entries.chunks(LIST) {
        let rows: Vec<(EntryId, Option<i64>)> = ledger_applications::table
            .filter(ledger_applications::debit_entry_id.eq_any(some))
            .group_by(ledger_applications::debit_entry_id)
            .select((
                ledger_applications::debit_entry_id,
                sum_i64(ledger_applications::amount_cents),
            ))
            .load(conn)?;
        let sum = |(entry, cents): (EntryId, Option<i64>)| {
            (entry, Money::from_cents(cents.unwrap_or_default()))
        };
        found.extend(rows.into_iter().map(sum));
    }
    Ok(found)
}
