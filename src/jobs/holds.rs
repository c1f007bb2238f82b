//! Each hour: finds the holds that end soon, raises the office's work and tells the customers; and takes shut-offs off the crews' lists that what
//! began meanwhile forbids. What was told is not told again, so that every round may be repeated.

use crate::app::App;
use crate::domain::ids::{HoldId, OrderId};
use crate::domain::stamp::{Actor, ActorKind};
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::usecases::holds::{Looked, look};
use crate::usecases::orders::protections::{Swept, sweep};

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
    sweep_shut_offs(&app).await
}

/// Takes open shut-offs off the crews' lists where a moratorium or a hold has begun since, or the weather forbids them.
async fn sweep_shut_offs(app: &App) -> anyhow::Result<()> {
    let mut next = Some(OrderId(0));
    while let Some(after) = next {
        let stamp = app.stamp(Actor::unnamed(ActorKind::Clock), None);
        let swept: Result<Swept, StoreError> = app
            .db
            .write(stamp, move |tx: &mut Tx<'_>| sweep(tx, after))
            .await;
        let swept = swept?;
        if swept.canceled > 0 {
            tracing::info!(canceled = swept.canceled, "shut-offs are canceled");
        }
        next = swept.next;
    }
    Ok(())
}
