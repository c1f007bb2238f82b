//! Each hour: removes sessions and one-time tokens that ran out a week ago. Nothing else in the house is ever removed.

use chrono::TimeDelta;

use crate::app::App;
use crate::domain::stamp::{Actor, ActorKind};
use crate::store::error::StoreError;
use crate::usecases::sessions::forget_old;

pub async fn run(app: App) -> anyhow::Result<()> {
    let before = app.clock.world_now() - TimeDelta::days(7);
    let stamp = app.stamp(Actor::unnamed(ActorKind::Clock), None);
    app.db
        .write(stamp, move |tx| forget_old(tx, before))
        .await
        .map_err(|error: StoreError| error.into())
}
