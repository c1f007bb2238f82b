//! Each hour: charges late fees on what is overdue today. A debt is charged once in its life, so that every round may be repeated.

use crate::app::App;
use crate::domain::stamp::{Actor, ActorKind};
use crate::usecases::fees;

pub async fn run(app: App) -> anyhow::Result<()> {
    let mut after = None;
    loop {
        let stamp = app.stamp(Actor::unnamed(ActorKind::Clock), None);
        let assessed = app
            .db
            .write(stamp, move |tx| fees::assess_late_fees_today(tx, after))
            .await?;
        if assessed.fees > 0 {
            tracing::info!(
                fees = assessed.fees,
                amount = %assessed.amount,
                held = assessed.held,
                "late fees charged"
            );
        }
        after = assessed.next;
        if after.is_none() {
            return Ok(());
        }
    }
}
