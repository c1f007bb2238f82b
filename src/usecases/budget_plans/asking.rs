//! What issued bills ask under plans. A bill of an account that pays level amounts is posted whole, with lines that put the difference off; once it
//! is posted, the plan is looked at again, settled at the end of its year, or ended by a final bill. All of it in the transaction that issues
//! the bills: a bill is issued once, and so is what follows from it.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde_json::json;

use crate::domain::accounts::AccountClass;
use crate::domain::bills::BillKind;
use crate::domain::budget_billing::{
    Amount, BudgetNews, BudgetPlanState, BudgetStep, BudgetTerms, Month, place,
};
use crate::domain::entries::budget;
use crate::domain::gl::{GlCode, Role};
use crate::domain::ids::{AccountId, BillId, BudgetPlanId};
use crate::domain::money::{Money, MoneyError};
use crate::domain::notice::Urgency;
use crate::store;
use crate::store::budget_plans::{self, BillHead, NewStep, PlanBill, PlanRow};
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::usecases::books::Books;
use crate::usecases::budget_plans::{Agreed, audit, difference, end, history_from, settling, tell};
use crate::usecases::ledger::{BillToPost, PostingError};

/// A bill that is asked for under a plan.
pub(in crate::usecases) struct Planned {
    plan: PlanRow,
    terms: BudgetTerms,
    row: PlanBill,
    place: u32,
    due_on: NaiveDate,
    kind: BillKind,
    /// Whether it stands for a bill of the plan that was taken back: it asks the same, and nothing follows from it.
    is_again: bool,
    /// What it and the bills before it charged, the newest first.
    charged: Vec<Money>,
}

/// What the rules need of the plans of some accounts.
struct Facts {
    agreed: Agreed,
    classes: BTreeMap<AccountId, AccountClass>,
    heads: BTreeMap<BillId, BillHead>,
    counts: BTreeMap<BudgetPlanId, u32>,
    before: BTreeMap<AccountId, Money>,
    earlier: BTreeMap<AccountId, Vec<Money>>,
    replaced: BTreeMap<BillId, PlanBill>,
}

/// Adds to the bills of accounts with a plan the lines that put off what is not asked now. One question where no account has one, and a fixed
/// number of them else. The caller holds the accounts.
///
/// # Errors
/// Amounts past the range of money, or a fault.
pub(in crate::usecases) fn ask(
    tx: &mut Tx<'_>,
    books: &Books,
    bills: &mut [BillToPost],
) -> Result<Vec<Planned>, PostingError> {
    let accounts: Vec<AccountId> = bills.iter().map(|bill| bill.account).collect();
    let plans = budget_plans::list_open(tx, &accounts)?;
    // In books without an account for differences nothing is put off, and bills ask what they charge.
    let Some(gl) = books.chart.find_code(Role::BudgetBilling) else {
        return Ok(Vec::new());
    };
    if plans.is_empty() {
        return Ok(Vec::new());
    }
    let mut by_account: BTreeMap<AccountId, PlanRow> = plans
        .into_iter()
        .map(|plan| (plan.account_id, plan))
        .collect();
    let facts = Facts::load(tx, gl, &by_account, bills)?;
    let mut all = Vec::new();
    for bill in bills {
        if let Some(plan) = by_account.remove(&bill.account) {
            all.extend(facts.plan_one(books, plan, bill)?);
        }
    }
    Ok(all)
}

impl Facts {
    fn load(
        tx: &mut Tx<'_>,
        gl: &GlCode,
        plans: &BTreeMap<AccountId, PlanRow>,
        bills: &[BillToPost],
    ) -> Result<Self, PostingError> {
        let accounts: Vec<AccountId> = plans.keys().copied().collect();
        let ids: Vec<BudgetPlanId> = plans.values().map(|plan| plan.id).collect();
        let own = bills
            .iter()
            .filter(|bill| plans.contains_key(&bill.account));
        let own: Vec<BillId> = own.map(|bill| bill.bill).collect();
        let heads = budget_plans::list_heads(tx, &own)?;
        let replaced: Vec<BillId> = heads.iter().filter_map(|head| head.replaces).collect();
        let rows = store::accounts::list_some(tx, &accounts)?;
        let before = budget_plans::list_differences(tx, &accounts, gl)?;
        let since = history_from(tx.stamp.on);
        let charged = budget_plans::list_charged(tx, &accounts, (since, &own))?;
        let amounts = |bills: Vec<(NaiveDate, Money)>| {
            let charges = bills.into_iter().map(|(_, charges)| charges);
            charges.collect::<Vec<Money>>()
        };
        Ok(Self {
            agreed: Agreed::load(tx)?,
            classes: rows.into_iter().map(|row| (row.id, row.class)).collect(),
            counts: budget_plans::count_bills(tx, &ids)?,
            before: before
                .into_iter()
                .map(|(account, shares)| (account, difference(&shares)))
                .collect(),
            earlier: charged
                .into_iter()
                .map(|(account, bills)| (account, amounts(bills)))
                .collect(),
            replaced: budget_plans::list_of_bills(tx, &replaced)?,
            heads: heads.into_iter().map(|head| (head.id, head)).collect(),
        })
    }

    /// What a bill asks under its account's plan, with the lines for it added; nothing where it stands for a bill from before the plan, which was
    /// asked for whole.
    fn plan_one(
        &self,
        books: &Books,
        plan: PlanRow,
        bill: &mut BillToPost,
    ) -> Result<Option<Planned>, PostingError> {
        let head = self.heads.get(&bill.bill);
        let head = head.ok_or(StoreError::Missing("bill"))?;
        let class = self.classes.get(&bill.account);
        let class = *class.ok_or(StoreError::Missing("account"))?;
        let terms = self.agreed.terms(&plan, class);
        let earlier = self.earlier.get(&bill.account);
        let earlier = earlier.map_or(&[][..], Vec::as_slice);
        let before = self.before.get(&bill.account).copied().unwrap_or_default();
        let charges: Money = bill.lines.iter().map(|line| line.amount).sum();
        let bills_before = self.counts.get(&plan.id).copied().unwrap_or_default();
        let month = Month {
            variant: plan.variant,
            settle: plan.settle,
            amount: plan.amount(),
            place: place(bills_before, terms.year_bills),
            charges,
            before,
            earlier,
        };
        let again = head.replaces.and_then(|id| self.replaced.get(&id));
        let again = again.filter(|row| row.plan_id == plan.id);
        let asked = match (head.kind, again) {
            // A final bill settles.
            (BillKind::Final, _) => (charges + before).max(Money::ZERO),
            (BillKind::Regular | BillKind::Rebill, Some(row)) => row.asked,
            (BillKind::Rebill, None) => return Ok(None),
            (BillKind::Regular, None) => terms.asked(&month).map_err(unreadable)?,
        };
        bill.lines
            .extend(budget::put_off(&books.chart, &bill.lines, asked)?);
        let place = again.map_or(month.place, |row| {
            u32::try_from(row.place).unwrap_or(month.place)
        });
        let deferred = charges - asked;
        Ok(Some(Planned {
            row: PlanBill {
                bill_id: bill.bill,
                plan_id: plan.id,
                place: i32::try_from(place).unwrap_or(i32::MAX),
                asked,
                deferred,
                difference: before + deferred,
            },
            place,
            due_on: bill.due_on,
            kind: head.kind,
            is_again: again.is_some(),
            charged: std::iter::once(charges)
                .chain(earlier.iter().copied())
                .collect(),
            plan,
            terms,
        }))
    }
}

/// Records what posted bills ask, and does what follows from it.
///
/// # Errors
/// As of [`ask`].
pub(in crate::usecases) fn record(
    tx: &mut Tx<'_>,
    books: &Books,
    planned: &[Planned],
) -> Result<(), PostingError> {
    if planned.is_empty() {
        return Ok(());
    }
    let rows: Vec<PlanBill> = planned.iter().map(|one| one.row).collect();
    budget_plans::insert_bills(tx, &rows)?;
    for one in planned {
        if one.kind == BillKind::Final {
            end(tx, &one.plan, (BudgetPlanState::Final, None))?;
        } else if !one.is_again {
            one.look_again(tx, books)?;
        }
    }
    Ok(())
}

impl Planned {
    /// The review after some bills of a year, and the settlement after the last.
    fn look_again(&self, tx: &mut Tx<'_>, books: &Books) -> Result<(), PostingError> {
        let at = (self.plan.variant, self.place);
        let (now, difference) = (self.plan.amount(), self.row.difference);
        let reviewed = self.terms.reviewed(at, now, &self.charged);
        if let Some(next) = reviewed.map_err(unreadable)? {
            let step = self.step(BudgetStep::Reviewed, next);
            budget_plans::insert_step(tx, &step)?;
            let news = BudgetNews::Reviewed {
                before: now.monthly(),
                monthly: next.monthly(),
                difference,
            };
            return Ok(self.change(tx, ("budget_plan.reviewed", next), &news)?);
        }
        let settled = self.terms.settled(at, difference, &self.charged);
        if let Some(end) = settled.map_err(unreadable)? {
            let step = self.step(BudgetStep::Settled, end.next);
            if end.credit.is_positive() {
                let whose = (self.plan.account_id, self.due_on);
                settling::settle(tx, books, whose, step)?;
            } else {
                budget_plans::insert_step(tx, &step)?;
            }
            let news = BudgetNews::Settled {
                credit: end.credit,
                spread: difference + end.credit,
                monthly: end.next.monthly(),
            };
            self.change(tx, ("budget_plan.settled", end.next), &news)?;
        }
        Ok(())
    }

    const fn step(&self, kind: BudgetStep, amount: Amount) -> NewStep<'static> {
        NewStep {
            plan: self.plan.id,
            kind,
            amount,
            settled: Money::ZERO,
            words: None,
        }
    }

    fn change(
        &self,
        tx: &mut Tx<'_>,
        (action, next): (&str, Amount),
        news: &BudgetNews,
    ) -> Result<(), StoreError> {
        budget_plans::mark_amount(tx, self.plan.id, next)?;
        let facts = json!({
            "bill": self.row.bill_id,
            "monthly_cents": next.monthly(),
            "difference_cents": self.row.difference,
        });
        let subject = (self.plan.account_id, self.plan.id.to_string());
        audit(tx, subject, action, facts)?;
        tell(tx, self.plan.account_id, Urgency::MustReach, news)
    }
}

/// An amount that no money has is a bill that nobody can read.
fn unreadable(error: MoneyError) -> PostingError {
    StoreError::Unreadable(error.to_string()).into()
}
