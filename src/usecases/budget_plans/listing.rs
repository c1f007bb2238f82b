//! Every plan as the office lists them: where each stands, what is put off by now, and after how many bills it is looked at again.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::domain::accounts::AccountClass;
use crate::domain::budget_billing::{BudgetPlanState, BudgetTerms, BudgetVariant};
use crate::domain::gl::Role;
use crate::domain::ids::{AccountId, BudgetPlanId};
use crate::domain::money::Money;
use crate::store;
use crate::store::budget_plan_lists;
use crate::store::budget_plans::{self, PlanRow};
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::usecases::books;
use crate::usecases::budget_plans::{Agreed, difference};

/// One plan of the list.
#[derive(Debug, Clone)]
pub struct PlanLine {
    /// What was agreed.
    pub row: PlanRow,
    /// What is put off by now; negative where more was asked than charged.
    pub difference: Money,
    /// How many bills of its year it has, and how many make one; nothing of one that is over.
    pub place: Option<(u32, u32)>,
    /// After how many bills its amount is looked at again, or its year settled; nothing of one that never is, or is over.
    pub review_in: Option<u32>,
}

/// Plans, the newest first, in a fixed number of questions for any number of them.
///
/// # Errors
/// A fault, or a policy or chart that cannot be read.
pub fn list_plans(
    conn: &mut Conn,
    state: Option<BudgetPlanState>,
    (page, on): ((i64, i64), NaiveDate),
) -> Result<Vec<PlanLine>, StoreError> {
    let rows = budget_plan_lists::list(conn, state, page)?;
    let plans: Vec<BudgetPlanId> = rows.iter().map(|row| row.id).collect();
    let accounts: Vec<AccountId> = rows.iter().map(|row| row.account_id).collect();
    let books = books::open(conn, on).map_err(|error| StoreError::Unreadable(error.to_string()))?;
    let differences = match books.chart.find_code(Role::BudgetBilling) {
        Some(gl) => budget_plans::list_differences(conn, &accounts, gl)?,
        None => BTreeMap::new(),
    };
    let counts = budget_plans::count_bills(conn, &plans)?;
    let known = store::accounts::list_some(conn, &accounts)?.into_iter();
    let classes: BTreeMap<AccountId, AccountClass> =
        known.map(|account| (account.id, account.class)).collect();
    let agreed = Agreed::load(conn)?;
    let line = |row: PlanRow| {
        let class = classes.get(&row.account_id).copied();
        let terms = class.map(|class| agreed.terms(&row, class));
        let terms = terms.filter(|_| row.state == BudgetPlanState::Open);
        let bills = counts.get(&row.id).copied().unwrap_or_default();
        let place = terms.as_ref().map(|terms| {
            let year = terms.year_bills;
            (bills.checked_rem(year).unwrap_or_default(), year)
        });
        let review_in = match (&terms, place) {
            (Some(terms), Some((had, _))) => review_in(terms, row.variant, had),
            (Some(_), None) | (None, _) => None,
        };
        // What an account of a plan that is over has put off is another plan's.
        let is_open = row.state == BudgetPlanState::Open;
        let shares = differences.get(&row.account_id).filter(|_| is_open);
        PlanLine {
            difference: shares.map_or(Money::ZERO, |shares| difference(shares)),
            place,
            review_in,
            row,
        }
    };
    Ok(rows.into_iter().map(line).collect())
}

/// After how many bills an amount is looked at again, where so many of the year were.
fn review_in(terms: &BudgetTerms, variant: BudgetVariant, had: u32) -> Option<u32> {
    let year = terms.year_bills.saturating_sub(had);
    match variant {
        BudgetVariant::Rolling => None,
        BudgetVariant::Equal => Some(year),
        BudgetVariant::Fixed => {
            let next = terms.review_after.iter().find(|after| **after > had);
            Some(next.map_or(year, |after| after.saturating_sub(had)))
        }
    }
}
