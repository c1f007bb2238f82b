//! Each hour: tells customers of tomorrow's appointments, once. What was told today is not told again, so that every round may be repeated.

use crate::app::App;
use crate::domain::ids::OrderId;
use crate::domain::stamp::{Actor, ActorKind};
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::usecases::orders::told::{Reminded, remind};

/// One round.
///
/// # Errors
/// When the database fails.
pub async fn run(app: App) -> anyhow::Result<()> {
    let mut next = Some(OrderId(0));
    while let Some(after) = next {
        let stamp = app.stamp(Actor::unnamed(ActorKind::Clock), None);
        let told: Result<Reminded, StoreError> = app
            .db
            .write(stamp, move |tx: &mut Tx<'_>| remind(tx, after))
            .await;
        let told = told?;
        if told.notices > 0 {
            tracing::info!(notices = told.notices, "appointments of tomorrow are told");
        }
        next = told.next;
    }
    Ok(())
}
