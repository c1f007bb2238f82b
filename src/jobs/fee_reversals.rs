//! Every few seconds: takes back the fees of reversals that were approved, a chunk at a time. What was cut off goes on where it was.

use crate::app::App;
use crate::domain::stamp::{Actor, ActorKind};
use crate::store::fee_reversals::list_under_way;
use crate::usecases::fee_reversals::go_on;

/// One round: everything that is under way, to its end.
///
/// # Errors
/// Whatever keeps a chunk from being written; the next round tries again.
pub async fn run(app: App) -> anyhow::Result<()> {
    for id in app.db.read(list_under_way).await? {
        let mut is_more = true;
        while is_more {
            let stamp = app.stamp(Actor::unnamed(ActorKind::Clock), None);
            is_more = app.db.write(stamp, move |tx| go_on(tx, id)).await?;
        }
        tracing::info!(reversal = %id, "fees taken back");
    }
    Ok(())
}
