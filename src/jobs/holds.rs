//! Each hour: finds the holds that end soon, raises the office's work and tells the customers. What was told is not told again, so that every
//! round may be repeated.

use crate::app::App;
use crate::domain::ids::HoldId;
use crate::domain::stamp::{Actor, ActorKind};
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::usecases::holds::{Looked, look};

/// One round.
///
/// # Errors
/// When the database fails.
pub async fn run(app: App) -> anyhow::Result<()> {
    let mut next = Some(HoldId(0));
    while let Some(after) = next {
        let stamp = app.stamp(Actor::unnamed(ActorKind::Clock), None);
        let looked: Result<Looked, StoreError> = app
            .db
            .write(stamp, move |tx: &mut Tx<'_>| look(tx, after))
            .await;
        let looked = looked?;
        if looked.ending > 0 {
            tracing::info!(
                ending = looked.ending,
                notices = looked.notices,
                "holds end soon"
            );
        }
        next = looked.next;
    }
    Ok(())
}
