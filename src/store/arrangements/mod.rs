//! More time to pay: what was agreed, the debts that it covers, its installments, and every move of it. Installments, covered debts and steps
//! are only added.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::Bool;

use crate::domain::arrangements::{
    ArrangementChannel, ArrangementKind, ArrangementState, Cover, CoveredPart, Installment, Past,
    Plan, Progress,
};
use crate::domain::customers::Language;
use crate::domain::ids::{AccountId, ArrangementId, ArrangementNumber, EntryId};
use crate::domain::money::Money;
use crate::store::any::MultiBackend;
use crate::store::bulk::{self, insert_all};
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::kept::KeptDsl;
use crate::store::schema::{
    arrangement_debts, arrangement_installments, arrangement_steps, arrangements,
};
use crate::store::work_marks::unanswered;

mod cover;
mod facts;

pub(in crate::store) use crate::store::arrangements::cover::covered_debt;
pub use crate::store::arrangements::cover::{
    find_in_force, list_open, list_open_after, with_cover,
};
pub use crate::store::arrangements::facts::{
    Arranged, has_returned, list_bill_dues, list_of_debts, moved_by,
};

/// What was agreed.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = arrangements)]
pub struct ArrangementRow {
    /// Row id.
    pub id: ArrangementId,
    /// The number that the customer is told.
    pub number: ArrangementNumber,
    /// Whose account.
    pub account_id: AccountId,
    /// An extension or installments.
    pub kind: ArrangementKind,
    /// What it covered when it was made.
    #[diesel(column_name = amount_cents)]
    pub amount: Money,
    grace_days: i32,
    /// Where it stands.
    pub state: ArrangementState,
    /// By which door it was agreed.
    pub channel: ArrangementChannel,
    /// The words that were agreed to.
    pub agreement: String,
    /// Their language.
    pub language: Language,
    /// The version of the policy; zero for what ships.
    pub policy_version: i32,
    /// Who made it.
    pub made_by: String,
    /// When, in UTC.
    pub made_at: NaiveDateTime,
    /// The civil day of it.
    pub made_on: NaiveDate,
    /// The day on which it ended.
    pub ended_on: Option<NaiveDate>,
}

impl ArrangementRow {
    /// Days after its date on which an installment is still in time.
    #[must_use]
    pub fn grace_days(&self) -> u32 {
        u32::try_from(self.grace_days).unwrap_or_default()
    }
}

/// An arrangement on its way into the table.
#[derive(Debug, Clone)]
pub struct NewRow<'a> {
    /// What makes it the same when it is sent again.
    pub request_key: &'a str,
    /// Whose account.
    pub account_id: AccountId,
    /// What is agreed.
    pub plan: &'a Plan,
    /// By which door.
    pub channel: ArrangementChannel,
    /// The words that were agreed to.
    pub agreement: &'a str,
    /// Their language.
    pub language: Language,
    /// The version of the policy; zero for what ships.
    pub policy_version: i32,
}

/// An arrangement with its debts as they are now.
#[derive(Debug, Clone)]
pub struct Standing {
    /// What was agreed.
    pub row: ArrangementRow,
    /// The installments, and what is left of the debts.
    pub cover: Cover,
}

impl Standing {
    /// The installment to pay next: the first of which something is left.
    #[must_use]
    pub fn next(&self) -> Option<Progress> {
        let all = self.cover.progress();
        all.into_iter().find(|one| one.unpaid.is_positive())
    }
}

/// One move.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = arrangement_steps)]
pub struct StepRow {
    /// Where it stands since.
    pub state: ArrangementState,
    /// Who.
    pub made_by: String,
    /// When, in UTC.
    pub made_at: NaiveDateTime,
    /// Why, where somebody said so.
    pub words: Option<String>,
}

#[derive(Debug, Insertable)]
#[diesel(table_name = arrangement_installments, treat_none_as_default_value = false)]
struct InstallmentRow {
    arrangement_id: ArrangementId,
    position: i32,
    due_on: NaiveDate,
    amount_cents: Money,
}

#[derive(Debug, Insertable)]
#[diesel(table_name = arrangement_debts, treat_none_as_default_value = false)]
struct DebtRow {
    arrangement_id: ArrangementId,
    entry_id: EntryId,
    amount_cents: Money,
    beside_cents: Money,
}

/// Records what was agreed, with its first step.
pub fn insert(tx: &mut Tx<'_>, new: &NewRow<'_>) -> Result<ArrangementNumber, StoreError> {
    let stamp = tx.stamp;
    let ids = bulk::reserve(tx, "arrangements", 1)?;
    let id = ids.first().copied().ok_or(StoreError::Missing("row id"))?;
    let number = ArrangementNumber::of(id);
    diesel::insert_into(arrangements::table)
        .values((
            arrangements::id.eq(id),
            arrangements::number.eq(&number),
            arrangements::request_key.eq(new.request_key),
            arrangements::account_id.eq(new.account_id),
            arrangements::kind.eq(new.plan.kind),
            arrangements::amount_cents.eq(new.plan.amount()),
            arrangements::grace_days.eq(i32::try_from(new.plan.grace_days).unwrap_or(i32::MAX)),
            arrangements::state.eq(ArrangementState::Open),
            arrangements::channel.eq(new.channel),
            arrangements::agreement.eq(new.agreement),
            arrangements::language.eq(new.language),
            arrangements::policy_version.eq(new.policy_version),
            arrangements::made_by.eq(&stamp.by.name),
            arrangements::made_at.eq(stamp.at),
            arrangements::made_on.eq(stamp.on),
        ))
        .execute(tx.conn())?;
    let arrangement_id = ArrangementId(id);
    let installment = |(position, part): (i32, &Installment)| InstallmentRow {
        arrangement_id,
        position,
        due_on: part.due_on,
        amount_cents: part.amount,
    };
    let parts = (1..).zip(&new.plan.installments);
    let parts: Vec<InstallmentRow> = parts.map(installment).collect();
    insert_all!(tx, arrangement_installments::table, parts.as_slice())?;
    let debt = |part: &CoveredPart| DebtRow {
        arrangement_id,
        entry_id: part.entry,
        amount_cents: part.amount,
        beside_cents: part.beside,
    };
    let debts: Vec<DebtRow> = new.plan.covered.iter().map(debt).collect();
    insert_all!(tx, arrangement_debts::table, debts.as_slice())?;
    insert_step(tx, arrangement_id, ArrangementState::Open, None)?;
    Ok(number)
}

/// Lets the arrangement in force that covers a debt cover what was charged in its place, as far as it covered the debt: the rest is beside it, as
/// what was in dispute is. Nothing where no such arrangement is in force.
pub fn pass_on(
    tx: &mut Tx<'_>,
    debt: EntryId,
    (instead, charged): (EntryId, Money),
) -> Result<(), StoreError> {
    let covered: Option<(ArrangementId, Money)> = arrangement_debts::table
        .inner_join(arrangements::table)
        .filter(arrangement_debts::entry_id.eq(debt))
        .filter(arrangements::state.eq(ArrangementState::Open))
        .select((
            arrangement_debts::arrangement_id,
            arrangement_debts::amount_cents,
        ))
        .first(tx.conn())
        .optional()?;
    let Some((arrangement_id, covered)) = covered else {
        return Ok(());
    };
    let amount_cents = covered.min(charged).max(Money::ZERO);
    let rows = [DebtRow {
        arrangement_id,
        entry_id: instead,
        amount_cents,
        beside_cents: (charged - amount_cents).max(Money::ZERO),
    }];
    insert_all!(tx, arrangement_debts::table, rows.as_slice())
}

/// Moves one that is open; says whether it was.
pub fn mark_ended(
    tx: &mut Tx<'_>,
    id: ArrangementId,
    (state, words): (ArrangementState, Option<&str>),
) -> Result<bool, StoreError> {
    let on = tx.stamp.on;
    let moved = diesel::update(arrangements::table.find(id))
        .filter(arrangements::state.eq(ArrangementState::Open))
        .set((arrangements::state.eq(state), arrangements::ended_on.eq(on)))
        .kept()
        .execute(tx.conn())?;
    if moved == 0 {
        return Ok(false);
    }
    insert_step(tx, id, state, words)?;
    Ok(true)
}

/// Puts one that was kept in force again; says whether it was.
pub fn mark_reopened(tx: &mut Tx<'_>, id: ArrangementId) -> Result<bool, StoreError> {
    let moved = diesel::update(arrangements::table.find(id))
        .filter(arrangements::state.eq(ArrangementState::Kept))
        .set((
            arrangements::state.eq(ArrangementState::Open),
            arrangements::ended_on.eq(None::<NaiveDate>),
        ))
        .kept()
        .execute(tx.conn())?;
    if moved == 0 {
        return Ok(false);
    }
    insert_step(tx, id, ArrangementState::Open, None)?;
    Ok(true)
}

/// Notes of one in force that money which paid it has gone back: nothing is due at once.
pub fn insert_respite(tx: &mut Tx<'_>, id: ArrangementId) -> Result<(), StoreError> {
    insert_step(tx, id, ArrangementState::Open, None)
}

/// The arrangements of an account that were kept, newest first.
pub fn list_kept(conn: &mut Conn, account: AccountId) -> Result<Vec<ArrangementRow>, StoreError> {
    Ok(arrangements::table
        .filter(arrangements::account_id.eq(account))
        .filter(arrangements::state.eq(ArrangementState::Kept))
        .order(arrangements::id.desc())
        .select(ArrangementRow::as_select())
        .load(conn)?)
}

fn insert_step(
    tx: &mut Tx<'_>,
    id: ArrangementId,
    state: ArrangementState,
    words: Option<&str>,
) -> Result<(), StoreError> {
    let stamp = tx.stamp;
    diesel::insert_into(arrangement_steps::table)
        .values((
            arrangement_steps::arrangement_id.eq(id),
            arrangement_steps::state.eq(state),
            arrangement_steps::made_by.eq(&stamp.by.name),
            arrangement_steps::made_at.eq(stamp.at),
            arrangement_steps::made_on.eq(stamp.on),
            arrangement_steps::words.eq(words),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// The one that was sent under this key.
pub fn find_by_key(conn: &mut Conn, key: &str) -> Result<Option<ArrangementRow>, StoreError> {
    Ok(arrangements::table
        .filter(arrangements::request_key.eq(key))
        .select(ArrangementRow::as_select())
        .first(conn)
        .optional()?)
}

/// The one with this number.
pub fn find(
    conn: &mut Conn,
    number: &ArrangementNumber,
) -> Result<Option<ArrangementRow>, StoreError> {
    Ok(arrangements::table
        .filter(arrangements::number.eq(number))
        .select(ArrangementRow::as_select())
        .first(conn)
        .optional()?)
}

/// Every move of one, in its order.
pub fn list_steps(conn: &mut Conn, id: ArrangementId) -> Result<Vec<StepRow>, StoreError> {
    Ok(arrangement_steps::table
        .filter(arrangement_steps::arrangement_id.eq(id))
        .order(arrangement_steps::id)
        .select(StepRow::as_select())
        .load(conn)?)
}

/// What the rules need of every one that an account had, newest first.
pub fn list_past(conn: &mut Conn, account: AccountId) -> Result<Vec<Past>, StoreError> {
    let rows: Vec<ArrangementRow> = arrangements::table
        .filter(arrangements::account_id.eq(account))
        .order(arrangements::id.desc())
        .select(ArrangementRow::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(past).collect())
}

fn past(row: ArrangementRow) -> Past {
    Past {
        number: row.number,
        kind: row.kind,
        made_on: row.made_on,
        state: row.state,
        ended_on: row.ended_on,
    }
}

/// Which part of the list is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Filter {
    /// Only this standing.
    pub state: Option<ArrangementState>,
    /// Only of this account.
    pub account: Option<AccountId>,
    /// Only those that nobody has answered for.
    pub is_unanswered: bool,
}

/// That nobody has answered for an arrangement that broke.
const UNANSWERED: &str = unanswered!("broken_arrangement", "arrangements.id");

fn chosen(filter: Filter) -> arrangements::BoxedQuery<'static, MultiBackend> {
    let mut query = arrangements::table.into_boxed();
    if let Some(state) = filter.state {
        query = query.filter(arrangements::state.eq(state));
    }
    if let Some(account) = filter.account {
        query = query.filter(arrangements::account_id.eq(account));
    }
    if filter.is_unanswered {
        query = query.filter(sql::<Bool>(UNANSWERED));
    }
    query
}

/// Arrangements with what is left of their debts, newest first.
pub fn list(
    conn: &mut Conn,
    filter: Filter,
    (limit, offset): (i64, i64),
) -> Result<Vec<Standing>, StoreError> {
    let rows: Vec<ArrangementRow> = chosen(filter)
        .order(arrangements::id.desc())
        .limit(limit)
        .offset(offset)
        .select(ArrangementRow::as_select())
        .load(conn)?;
    with_cover(conn, rows)
}

/// How many there are.
pub fn count(conn: &mut Conn, filter: Filter) -> Result<i64, StoreError> {
    Ok(chosen(filter).count().get_result(conn)?)
}

/// How many are in force, and how many were broken since a day.
pub fn count_today(conn: &mut Conn, since: NaiveDate) -> Result<(i64, i64), StoreError> {
    let open = Filter {
        state: Some(ArrangementState::Open),
        ..Filter::default()
    };
    let broken: i64 = arrangements::table
        .filter(arrangements::state.eq(ArrangementState::Broken))
        .filter(arrangements::ended_on.ge(since))
        .count()
        .get_result(conn)?;
    Ok((count(conn, open)?, broken))
}
