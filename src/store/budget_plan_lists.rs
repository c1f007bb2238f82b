//! Level payment plans in lists: every one as the office reads them, and those in force that the clock looks at.

use diesel::prelude::*;

use crate::domain::budget_billing::BudgetPlanState;
use crate::domain::ids::BudgetPlanId;
use crate::store::budget_plans::PlanRow;
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::schema::budget_plans;

/// Plans, the newest first; of one standing where it is named.
pub fn list(
    conn: &mut Conn,
    state: Option<BudgetPlanState>,
    (limit, offset): (i64, i64),
) -> Result<Vec<PlanRow>, StoreError> {
    let mut query = budget_plans::table
        .order(budget_plans::id.desc())
        .limit(limit)
        .offset(offset)
        .select(PlanRow::as_select())
        .into_boxed();
    if let Some(state) = state {
        query = query.filter(budget_plans::state.eq(state));
    }
    Ok(query.load(conn)?)
}

/// How many plans there are; of one standing where it is named.
pub fn count(conn: &mut Conn, state: Option<BudgetPlanState>) -> Result<i64, StoreError> {
    let mut query = budget_plans::table.into_boxed();
    if let Some(state) = state {
        query = query.filter(budget_plans::state.eq(state));
    }
    Ok(query.count().get_result(conn)?)
}

/// The next plans in force after one.
pub fn list_open_after(
    conn: &mut Conn,
    after: BudgetPlanId,
    limit: i64,
) -> Result<Vec<PlanRow>, StoreError> {
    Ok(budget_plans::table
        .filter(budget_plans::state.eq(BudgetPlanState::Open))
        .filter(budget_plans::id.gt(after))
        .order(budget_plans::id)
        .limit(limit)
        .select(PlanRow::as_select())
        .load(conn)?)
}
