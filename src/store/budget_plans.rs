//! Level payment plans: what was agreed, what each bill asked under one, and every move of it. Bills and steps are only added; what is put off by
//! now is a sum of the ledger's own legs.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::domain::bills::{BillKind, BillStatus};
use crate::domain::budget_billing::{
    Amount, BudgetPlanState, BudgetSettle, BudgetStep, BudgetVariant,
};
use crate::domain::customers::Language;
use crate::domain::gl::{FundCode, GlCode};
use crate::domain::ids::{AccountId, BillId, BillNumber, BudgetPlanId};
use crate::domain::ledger::{EntryKind, SourceKind};
use crate::domain::money::Money;
use crate::store::bulk::{self, insert_all};
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::kept::KeptDsl;
use crate::store::schema::{
    bill_cancellations, bill_disputes, bills, budget_plan_bills, budget_plan_steps, budget_plans,
    ledger_entries, ledger_postings, open_items,
};

/// How many ids one `IN` list holds at the most.
const LIST: usize = 1_000;

/// What was agreed, and where it stands.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = budget_plans)]
pub struct PlanRow {
    /// Row id.
    pub id: BudgetPlanId,
    /// Whose account.
    pub account_id: AccountId,
    /// How the amount is worked out.
    pub variant: BudgetVariant,
    /// What becomes of a deficit when a plan of even amounts settles.
    pub settle: BudgetSettle,
    #[diesel(column_name = level_cents)]
    level: Money,
    #[diesel(column_name = spread_cents)]
    spread: Money,
    /// Where it stands.
    pub state: BudgetPlanState,
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
    /// For how many months a bill stood when it was agreed.
    pub cycle_months: i32,
}

impl PlanRow {
    /// The amount in force.
    #[must_use]
    pub fn amount(&self) -> Amount {
        Amount {
            level: self.level,
            spread: self.spread,
        }
    }
}

/// A plan on its way into the table.
#[derive(Debug, Clone)]
pub struct NewPlan<'a> {
    /// Whose account.
    pub account: AccountId,
    /// How the amount is worked out.
    pub variant: BudgetVariant,
    /// What becomes of a deficit.
    pub settle: BudgetSettle,
    /// The amount that it begins with.
    pub amount: Amount,
    /// The words that were agreed to.
    pub agreement: &'a str,
    /// Their language.
    pub language: Language,
    /// The version of the policy; zero for what ships.
    pub policy_version: i32,
    /// For how many months a bill of the account stands.
    pub cycle_months: i32,
}

/// One move on its way into the table.
#[derive(Debug, Clone, Copy)]
pub struct NewStep<'a> {
    /// Of which plan.
    pub plan: BudgetPlanId,
    /// What happened.
    pub kind: BudgetStep,
    /// The amount in force since.
    pub amount: Amount,
    /// What of the difference was asked of the customer; negative where it was credited.
    pub settled: Money,
    /// Why, where somebody said so.
    pub words: Option<&'a str>,
}

/// One move.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = budget_plan_steps)]
pub struct StepRow {
    /// What happened.
    pub kind: BudgetStep,
    #[diesel(column_name = level_cents)]
    level: Money,
    #[diesel(column_name = spread_cents)]
    spread: Money,
    /// What of the difference was asked of the customer; negative where it was credited.
    #[diesel(column_name = settled_cents)]
    pub settled: Money,
    /// Why, where somebody said so.
    pub words: Option<String>,
    /// Who.
    pub made_by: String,
    /// The civil day of it.
    pub made_on: NaiveDate,
}

impl StepRow {
    /// What each bill asks since.
    #[must_use]
    pub fn monthly(&self) -> Money {
        let amount = Amount {
            level: self.level,
            spread: self.spread,
        };
        amount.monthly()
    }
}

/// What a bill asks under a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = budget_plan_bills, treat_none_as_default_value = false)]
pub struct PlanBill {
    /// The bill.
    pub bill_id: BillId,
    /// The plan.
    pub plan_id: BudgetPlanId,
    /// Its place in the year of the plan, from 1.
    pub place: i32,
    /// What it asks.
    #[diesel(column_name = asked_cents)]
    pub asked: Money,
    /// What it charges beyond that; negative where it asks ahead.
    #[diesel(column_name = deferred_cents)]
    pub deferred: Money,
    /// What is put off in all with it; negative where more was asked than charged.
    #[diesel(column_name = difference_cents)]
    pub difference: Money,
}

/// A bill of a plan as a list shows it.
#[derive(Debug, Clone, Queryable)]
pub struct PlanBillLine {
    /// Its printed number.
    pub number: BillNumber,
    /// The first day after the last day billed.
    pub until_on: NaiveDate,
    /// What it charges.
    pub charges: Money,
    /// What it asks.
    pub asked: Money,
    /// What is put off in all with it.
    pub difference: Money,
    /// The day on which it was taken back.
    pub canceled_on: Option<NaiveDate>,
}

/// What the rules need of a bill that is issued.
#[derive(Debug, Clone, Copy, Queryable)]
pub struct BillHead {
    /// The bill.
    pub id: BillId,
    /// Why it was made.
    pub kind: BillKind,
    /// The canceled bill it stands for.
    pub replaces: Option<BillId>,
}

/// Records a plan with its first step.
pub fn insert(tx: &mut Tx<'_>, new: &NewPlan<'_>) -> Result<BudgetPlanId, StoreError> {
    let stamp = tx.stamp;
    let ids = bulk::reserve(tx, "budget_plans", 1)?;
    let id = ids.first().copied().ok_or(StoreError::Missing("row id"))?;
    diesel::insert_into(budget_plans::table)
        .values((
            budget_plans::id.eq(id),
            budget_plans::account_id.eq(new.account),
            budget_plans::variant.eq(new.variant),
            budget_plans::settle.eq(new.settle),
            budget_plans::level_cents.eq(new.amount.level),
            budget_plans::spread_cents.eq(new.amount.spread),
            budget_plans::state.eq(BudgetPlanState::Open),
            budget_plans::agreement.eq(new.agreement),
            budget_plans::language.eq(new.language),
            budget_plans::policy_version.eq(new.policy_version),
            budget_plans::cycle_months.eq(new.cycle_months),
            budget_plans::made_by.eq(&stamp.by.name),
            budget_plans::made_at.eq(stamp.at),
            budget_plans::made_on.eq(stamp.on),
        ))
        .execute(tx.conn())?;
    let plan = BudgetPlanId(id);
    let step = NewStep {
        plan,
        kind: BudgetStep::Enrolled,
        amount: new.amount,
        settled: Money::ZERO,
        words: None,
    };
    insert_step(tx, &step)?;
    Ok(plan)
}

/// Records a move; its id.
pub fn insert_step(tx: &mut Tx<'_>, new: &NewStep<'_>) -> Result<i64, StoreError> {
    let stamp = tx.stamp;
    let ids = bulk::reserve(tx, "budget_plan_steps", 1)?;
    let id = ids.first().copied().ok_or(StoreError::Missing("row id"))?;
    diesel::insert_into(budget_plan_steps::table)
        .values((
            budget_plan_steps::id.eq(id),
            budget_plan_steps::plan_id.eq(new.plan),
            budget_plan_steps::kind.eq(new.kind),
            budget_plan_steps::level_cents.eq(new.amount.level),
            budget_plan_steps::spread_cents.eq(new.amount.spread),
            budget_plan_steps::settled_cents.eq(new.settled),
            budget_plan_steps::words.eq(new.words),
            budget_plan_steps::made_by.eq(&stamp.by.name),
            budget_plan_steps::made_at.eq(stamp.at),
            budget_plan_steps::made_on.eq(stamp.on),
        ))
        .execute(tx.conn())?;
    Ok(id)
}

/// Records what bills ask under plans.
pub fn insert_bills(tx: &mut Tx<'_>, rows: &[PlanBill]) -> Result<(), StoreError> {
    insert_all!(tx, budget_plan_bills::table, rows)
}

/// Changes the amount of one in force.
pub fn mark_amount(tx: &mut Tx<'_>, id: BudgetPlanId, amount: Amount) -> Result<(), StoreError> {
    diesel::update(budget_plans::table.find(id))
        .filter(budget_plans::state.eq(BudgetPlanState::Open))
        .set((
            budget_plans::level_cents.eq(amount.level),
            budget_plans::spread_cents.eq(amount.spread),
        ))
        .kept()
        .execute(tx.conn())?;
    Ok(())
}

/// Ends one that is in force; says whether it was.
pub fn mark_ended(
    tx: &mut Tx<'_>,
    id: BudgetPlanId,
    state: BudgetPlanState,
) -> Result<bool, StoreError> {
    let on = tx.stamp.on;
    let moved = diesel::update(budget_plans::table.find(id))
        .filter(budget_plans::state.eq(BudgetPlanState::Open))
        .set((budget_plans::state.eq(state), budget_plans::ended_on.eq(on)))
        .kept()
        .execute(tx.conn())?;
    Ok(moved > 0)
}

/// The plans in force of accounts: at most one of each.
pub fn list_open(conn: &mut Conn, accounts: &[AccountId]) -> Result<Vec<PlanRow>, StoreError> {
    let mut found = Vec::new();
    for some in accounts.chunks(LIST) {
        let rows: Vec<PlanRow> = budget_plans::table
            .filter(budget_plans::account_id.eq_any(some))
            .filter(budget_plans::state.eq(BudgetPlanState::Open))
            .order(budget_plans::id)
            .select(PlanRow::as_select())
            .load(conn)?;
        found.extend(rows);
    }
    Ok(found)
}

/// The plan that an account had last, in force or not.
pub fn find_latest(conn: &mut Conn, account: AccountId) -> Result<Option<PlanRow>, StoreError> {
    Ok(budget_plans::table
        .filter(budget_plans::account_id.eq(account))
        .order(budget_plans::id.desc())
        .select(PlanRow::as_select())
        .first(conn)
        .optional()?)
}

/// The last day on which a plan of an account ended because its bills were not paid.
pub fn find_removed_on(
    conn: &mut Conn,
    account: AccountId,
) -> Result<Option<NaiveDate>, StoreError> {
    Ok(budget_plans::table
        .filter(budget_plans::account_id.eq(account))
        .filter(budget_plans::state.eq(BudgetPlanState::Removed))
        .select(diesel::dsl::max(budget_plans::ended_on))
        .first(conn)?)
}

/// Every move of one, in order.
pub fn list_steps(conn: &mut Conn, plan: BudgetPlanId) -> Result<Vec<StepRow>, StoreError> {
    Ok(budget_plan_steps::table
        .filter(budget_plan_steps::plan_id.eq(plan))
        .order(budget_plan_steps::id)
        .select(StepRow::as_select())
        .load(conn)?)
}

/// The latest bills of a plan, newest first.
pub fn list_bill_lines(
    conn: &mut Conn,
    plan: BudgetPlanId,
    limit: i64,
) -> Result<Vec<PlanBillLine>, StoreError> {
    Ok(budget_plan_bills::table
        .inner_join(bills::table.left_join(bill_cancellations::table))
        .filter(budget_plan_bills::plan_id.eq(plan))
        .order(budget_plan_bills::bill_id.desc())
        .limit(limit)
        .select((
            bills::number,
            bills::until_on,
            bills::total_cents,
            budget_plan_bills::asked_cents,
            budget_plan_bills::difference_cents,
            bill_cancellations::on_date.nullable(),
        ))
        .load(conn)?)
}

/// What bills ask under plans, by bill.
pub fn list_of_bills(
    conn: &mut Conn,
    ids: &[BillId],
) -> Result<BTreeMap<BillId, PlanBill>, StoreError> {
    let mut found = BTreeMap::new();
    for some in ids.chunks(LIST) {
        let rows: Vec<PlanBill> = budget_plan_bills::table
            .filter(budget_plan_bills::bill_id.eq_any(some))
            .select(PlanBill::as_select())
            .load(conn)?;
        found.extend(rows.into_iter().map(|row| (row.bill_id, row)));
    }
    Ok(found)
}

/// How many bills that stand each plan has.
pub fn count_bills(
    conn: &mut Conn,
    plans: &[BudgetPlanId],
) -> Result<BTreeMap<BudgetPlanId, u32>, StoreError> {
    let mut found = BTreeMap::new();
    for some in plans.chunks(LIST) {
        let rows: Vec<(BudgetPlanId, i64)> = budget_plan_bills::table
            .inner_join(bills::table.left_join(bill_cancellations::table))
            .filter(budget_plan_bills::plan_id.eq_any(some))
            .filter(bill_cancellations::bill_id.nullable().is_null())
            .group_by(budget_plan_bills::plan_id)
            .select((budget_plan_bills::plan_id, diesel::dsl::count_star()))
            .load(conn)?;
        let counted = |(plan, count)| (plan, u32::try_from(count).unwrap_or(u32::MAX));
        found.extend(rows.into_iter().map(counted));
    }
    Ok(found)
}

/// What the rules need of these bills.
pub fn list_heads(conn: &mut Conn, ids: &[BillId]) -> Result<Vec<BillHead>, StoreError> {
    Ok(bills::table
        .filter(bills::id.eq_any(ids))
        .select((bills::id, bills::kind, bills::replaces_bill_id))
        .load(conn)?)
}

/// What the bills of accounts that stand and end after a day charged, with the day after their last, the newest first; some bills are left out.
pub fn list_charged(
    conn: &mut Conn,
    accounts: &[AccountId],
    (since, but): (NaiveDate, &[BillId]),
) -> Result<BTreeMap<AccountId, Vec<(NaiveDate, Money)>>, StoreError> {
    let mut found: BTreeMap<AccountId, Vec<(NaiveDate, Money)>> = BTreeMap::new();
    for some in accounts.chunks(LIST) {
        let rows: Vec<(AccountId, BillId, NaiveDate, Money)> = bills::table
            .left_join(bill_cancellations::table)
            .filter(bills::account_id.eq_any(some))
            .filter(bills::status.eq(BillStatus::Issued))
            .filter(bills::until_on.gt(since))
            .filter(bill_cancellations::bill_id.nullable().is_null())
            .order((bills::until_on.desc(), bills::id.desc()))
            .select((
                bills::account_id,
                bills::id,
                bills::until_on,
                bills::total_cents,
            ))
            .load(conn)?;
        for (account, bill, until_on, charges) in rows {
            if !but.contains(&bill) {
                found.entry(account).or_default().push((until_on, charges));
            }
        }
    }
    Ok(found)
}

/// What is put off on accounts by all that was ever posted, by fund; what comes to nothing is left out.
pub fn list_differences(
    conn: &mut Conn,
    accounts: &[AccountId],
    gl: &GlCode,
) -> Result<BTreeMap<AccountId, Vec<(FundCode, Money)>>, StoreError> {
    let mut sums: BTreeMap<(AccountId, FundCode), Money> = BTreeMap::new();
    for some in accounts.chunks(LIST) {
        let legs: Vec<(Option<AccountId>, FundCode, Money)> = ledger_postings::table
            .inner_join(ledger_entries::table)
            .filter(ledger_entries::account_id.eq_any(some))
            .filter(ledger_postings::gl_account.eq(gl))
            .select((
                ledger_entries::account_id,
                ledger_postings::fund,
                ledger_postings::amount_cents,
            ))
            .load(conn)?;
        for (account, fund, amount) in legs {
            if let Some(account) = account {
                *sums.entry((account, fund)).or_default() += amount;
            }
        }
    }
    let mut found: BTreeMap<AccountId, Vec<(FundCode, Money)>> = BTreeMap::new();
    for ((account, fund), amount) in sums {
        if !amount.is_zero() {
            found.entry(account).or_default().push((fund, amount));
        }
    }
    Ok(found)
}

/// How many bills of each plan were due before a day and are not paid; what is in dispute is left out.
pub fn count_missed(
    conn: &mut Conn,
    plans: &[BudgetPlanId],
    due_before: NaiveDate,
) -> Result<BTreeMap<BudgetPlanId, u32>, StoreError> {
    let mut found = BTreeMap::new();
    for some in plans.chunks(LIST) {
        let rows: Vec<(BudgetPlanId, i64)> = budget_plan_bills::table
            .inner_join(
                ledger_entries::table.on(ledger_entries::source_id
                    .eq(budget_plan_bills::bill_id)
                    .and(ledger_entries::source_kind.eq(SourceKind::Bill))
                    .and(ledger_entries::kind.eq(EntryKind::Bill))),
            )
            .inner_join(open_items::table.on(open_items::entry_id.eq(ledger_entries::id)))
            .left_join(
                bill_disputes::table.on(bill_disputes::bill_id
                    .eq(budget_plan_bills::bill_id)
                    .and(bill_disputes::outcome.is_null())),
            )
            .filter(budget_plan_bills::plan_id.eq_any(some))
            .filter(open_items::due_on.lt(due_before))
            .filter(open_items::remaining_cents.gt(Money::ZERO))
            .filter(bill_disputes::bill_id.nullable().is_null())
            .group_by(budget_plan_bills::plan_id)
            .select((budget_plan_bills::plan_id, diesel::dsl::count_star()))
            .load(conn)?;
        let counted = |(plan, count)| (plan, u32::try_from(count).unwrap_or(u32::MAX));
        found.extend(rows.into_iter().map(counted));
    }
    Ok(found)
}
