//! What the clock does with plans: it ends those whose bills are not paid, and those of accounts that closed. Reviews and settlements come with
//! the bills themselves. A chunk at a time; run again, it finds nothing new.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};

use crate::domain::accounts::AccountStatus;
use crate::domain::budget_billing::{BudgetPlanState, BudgetTerms};
use crate::domain::holds::HoldStop;
use crate::domain::ids::{AccountId, BudgetPlanId};
use crate::store;
use crate::store::budget_plan_lists;
use crate::store::budget_plans::{self, PlanRow};
use crate::store::db::Tx;
use crate::store::{arrangements, holds, overdue};
use crate::usecases::budget_plans::{Agreed, end};
use crate::usecases::ledger::PostingError;

/// How many plans one chunk looks at.
const CHUNK: i64 = 500;

/// What one chunk came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Looked {
    /// How many ended because their bills were not paid.
    pub removed: usize,
    /// How many ended because their accounts had closed.
    pub closed: usize,
    /// Where the next chunk begins; `None` when all were looked at.
    pub next: Option<BudgetPlanId>,
}

/// Looks at the next plans in force after one. Nobody is removed while money is on its way, while more time to pay is in force, while a bill is in
/// dispute, or while a hold keeps late fees away.
///
/// # Errors
/// A fault, or an entry that the books refuse.
pub fn look(tx: &mut Tx<'_>, after: BudgetPlanId) -> Result<Looked, PostingError> {
    let seen = budget_plan_lists::list_open_after(tx, after, CHUNK)?;
    let is_full = i64::try_from(seen.len()).is_ok_and(|found| found == CHUNK);
    let mut looked = Looked {
        next: seen.last().map(|plan| plan.id).filter(|_| is_full),
        ..Looked::default()
    };
    let accounts: Vec<AccountId> = seen.iter().map(|plan| plan.account_id).collect();
    store::ledger::lock(tx, &accounts)?;
    // Read again under the locks: a payment may have come between.
    let open = budget_plans::list_open(tx, &accounts)?;
    let on = tx.stamp.on;
    let agreed = Agreed::load(tx)?;
    let rows = store::accounts::list_some(tx, &accounts)?;
    let rows: BTreeMap<AccountId, _> = rows.into_iter().map(|row| (row.id, row)).collect();
    let pending = overdue::pending_payments(tx, &accounts)?;
    let arranged = arrangements::list_open(tx, &accounts)?;
    let stopped = holds::stopped(tx, &accounts, (HoldStop::LateFee, on))?;
    let is_left_alone = |account: AccountId| {
        pending.get(&account).is_some_and(|sum| sum.is_positive())
            || arranged.iter().any(|one| one.row.account_id == account)
            || stopped.is(account)
    };
    let mut by_grace: BTreeMap<u32, Vec<(&PlanRow, BudgetTerms)>> = BTreeMap::new();
    for plan in &open {
        let Some(row) = rows.get(&plan.account_id) else {
            continue;
        };
        match row.status {
            AccountStatus::Closed | AccountStatus::WrittenOff => {
                end(tx, plan, (BudgetPlanState::Final, None))?;
                looked.closed += 1;
            }
            // A final bill is still to come.
            AccountStatus::Closing => {}
            AccountStatus::Pending | AccountStatus::Active => {
                if !is_left_alone(plan.account_id) {
                    let terms = agreed.terms(plan, row.class);
                    let grace = by_grace.entry(terms.missed_grace_days).or_default();
                    grace.push((plan, terms));
                }
            }
        }
    }
    for (grace, plans) in by_grace {
        looked.removed += remove(tx, &plans, last_in_time(on, grace))?;
    }
    Ok(looked)
}

/// Ends the plans that missed too many bills due before a day; how many.
fn remove(
    tx: &mut Tx<'_>,
    plans: &[(&PlanRow, BudgetTerms)],
    due_before: NaiveDate,
) -> Result<usize, PostingError> {
    let ids: Vec<BudgetPlanId> = plans.iter().map(|(plan, _)| plan.id).collect();
    let missed = budget_plans::count_missed(tx, &ids, due_before)?;
    let has_missed = |(plan, terms): &&(&PlanRow, BudgetTerms)| {
        missed.get(&plan.id).copied().unwrap_or_default() >= terms.missed_bills
    };
    let gone: Vec<&PlanRow> = plans
        .iter()
        .filter(has_missed)
        .map(|(plan, _)| *plan)
        .collect();
    for plan in &gone {
        end(tx, plan, (BudgetPlanState::Removed, None))?;
    }
    Ok(gone.len())
}

/// The first due date that is still in time on a day.
fn last_in_time(on: NaiveDate, grace: u32) -> NaiveDate {
    on.checked_sub_days(Days::new(u64::from(grace)))
        .unwrap_or(NaiveDate::MIN)
}
