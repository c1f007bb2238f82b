//! Each hour: finds the arrangements that were kept or broken by today, and tells of installments that are due soon or late. What ended is not
//! found again and what was told is not told again, so that every round may be repeated.

use crate::app::App;
use crate::domain::ids::ArrangementId;
use crate::domain::stamp::{Actor, ActorKind};
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::usecases::arrangements::{Looked, look};

/// One round.
///
/// # Errors
/// When the database fails.
pub async fn run(app: App) -> anyhow::Result<()> {
    let mut next = Some(ArrangementId(0));
    while let Some(after) = next {
        let stamp = app.stamp(Actor::unnamed(ActorKind::Clock), None);
        let looked: Result<Looked, StoreError> = app
            .db
            .write(stamp, move |tx: &mut Tx<'_>| look(tx, after))
            .await;
        let looked = looked?;
        if looked.kept > 0 || looked.broken > 0 {
            tracing::info!(
                kept = looked.kept,
                broken = looked.broken,
                "arrangements ended"
            );
        }
        next = looked.next;
    }
    Ok(())
}
