//! Each hour: posts what deposits earned up to the end of last year. Each is looked at again until that is done, and never twice.

use crate::app::App;
use crate::domain::stamp::{Actor, ActorKind};
use crate::usecases::deposits;

pub async fn run(app: App) -> anyhow::Result<()> {
    let mut after = None;
    loop {
        let stamp = app.stamp(Actor::unnamed(ActorKind::Clock), None);
        let accrued = app
            .db
            .write(stamp, move |tx| deposits::accrue(tx, after))
            .await?;
        if accrued.deposits > 0 {
            tracing::info!(
                deposits = accrued.deposits,
                amount = %accrued.amount,
                "interest of deposits posted"
            );
        }
        after = accrued.next;
        if after.is_none() {
            return Ok(());
        }
    }
}
