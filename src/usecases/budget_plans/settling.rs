//! Settling what a plan put off: one entry takes it from the account of the differences and asks it of the customer, or holds it for them.

use chrono::NaiveDate;

use crate::domain::budget_billing::BudgetStep;
use crate::domain::entries::{Event, budget};
use crate::domain::fees::due_after;
use crate::domain::gl::Role;
use crate::domain::ids::AccountId;
use crate::domain::ledger::Source;
use crate::domain::money::Money;
use crate::store;
use crate::store::budget_plans::{self, NewStep};
use crate::store::db::Tx;
use crate::usecases::books::Books;
use crate::usecases::budget_plans::{Agreed, difference, shares};
use crate::usecases::ledger::{PostingError, apply_held, post_one};

/// What the ledger says of the entry.
const MEMO: &str = "Level payment plan: difference settled";

/// Records a step of a plan and settles with it all that is put off on its account; what that was. The caller holds the account.
///
/// # Errors
/// A chart that lost the account of the differences, or a fault.
pub(super) fn settle(
    tx: &mut Tx<'_>,
    books: &Books,
    (account, due_on): (AccountId, NaiveDate),
    step: NewStep<'_>,
) -> Result<Money, PostingError> {
    let shares = shares(tx, books, account)?;
    let settled = difference(&shares);
    let step = budget_plans::insert_step(tx, &NewStep { settled, ..step })?;
    if shares.is_empty() {
        return Ok(settled);
    }
    let event = Event {
        account,
        source: Source::of_plan_step(step),
        on: tx.stamp.on,
        memo: Some(MEMO.to_owned()),
    };
    let entry = budget::difference_settled(&books.chart, &event, due_on, &shares)?;
    post_one(tx, books, entry)?;
    apply_held(tx, books, std::slice::from_ref(&event))?;
    Ok(settled)
}

/// Settles what is put off on an account that no plan keeps any more: a bill of a plan that ended was taken back. The caller holds the account.
///
/// # Errors
/// As of [`settle`].
pub(in crate::usecases) fn settle_leftover(
    tx: &mut Tx<'_>,
    books: &Books,
    account: AccountId,
) -> Result<(), PostingError> {
    if books.chart.find_code(Role::BudgetBilling).is_none()
        || !budget_plans::list_open(tx, &[account])?.is_empty()
        || shares(tx, books, account)?.is_empty()
    {
        return Ok(());
    }
    let Some(row) = budget_plans::find_latest(tx, account)? else {
        return Ok(());
    };
    let class = store::accounts::get(tx, account)?.class;
    let terms = Agreed::load(tx)?.terms(&row, class);
    let due_on = due_after(tx.stamp.on, terms.due_days);
    let step = NewStep {
        plan: row.id,
        kind: BudgetStep::Settled,
        amount: row.amount(),
        settled: Money::ZERO,
        words: None,
    };
    settle(tx, books, (account, due_on), step)?;
    Ok(())
}
