//! Each hour: ends the level payment plans whose bills were not paid, and those of accounts that closed. What ended is not found again, so that
//! every round may be repeated.

use crate::app::App;
use crate::domain::ids::BudgetPlanId;
use crate::domain::stamp::{Actor, ActorKind};
use crate::store::db::Tx;
use crate::usecases::budget_plans::{Looked, look};
use crate::usecases::ledger::PostingError;

/// One round.
///
/// # Errors
/// When the database fails.
pub async fn run(app: App) -> anyhow::Result<()> {
    let mut next = Some(BudgetPlanId(0));
    while let Some(after) = next {
        let stamp = app.stamp(Actor::unnamed(ActorKind::Clock), None);
        let looked: Result<Looked, PostingError> = app
            .db
            .write(stamp, move |tx: &mut Tx<'_>| look(tx, after))
            .await;
        let looked = looked?;
        if looked.removed > 0 || looked.closed > 0 {
            tracing::info!(
                removed = looked.removed,
                closed = looked.closed,
                "level payment plans ended"
            );
        }
        next = looked.next;
    }
    Ok(())
}
