//! Every few seconds: lets planned work begin whose time has come, and tells whom outages touch what was said of them, a chunk at a time. Each
//! thing is told once, so that every round may be repeated.

use crate::app::App;
use crate::domain::stamp::{Actor, ActorKind};
use crate::store::error::StoreError;
use crate::usecases::alerts::outages::tell_of_outages;
use crate::usecases::outages::begin_planned;

/// One round.
///
/// # Errors
/// When the database fails.
pub async fn run(app: App) -> anyhow::Result<()> {
    let stamp = || app.stamp(Actor::unnamed(ActorKind::Clock), None);
    let begun: Result<(), StoreError> = app.db.write(stamp(), begin_planned).await;
    begun?;
    let zone = app.clock.zone();
    loop {
        let told = app.db.write(stamp(), move |tx| tell_of_outages(tx, zone));
        let more: Result<bool, StoreError> = told.await;
        if !more? {
            return Ok(());
        }
    }
}
