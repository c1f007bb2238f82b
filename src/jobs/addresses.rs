//! Each hour: puts the mailing addresses in place whose day has come. One that is there waits no more, so that every round may be repeated.

use crate::app::App;
use crate::domain::stamp::{Actor, ActorKind};
use crate::usecases::accounts::addresses::{CHUNK, put_in_place};

pub async fn run(app: App) -> anyhow::Result<()> {
    loop {
        let stamp = app.stamp(Actor::unnamed(ActorKind::Clock), None);
        let done = app.db.write(stamp, put_in_place).await?;
        if done > 0 {
            tracing::info!(addresses = done, "mailing addresses put in place");
        }
        if i64::try_from(done).is_ok_and(|done| done < CHUNK) {
            return Ok(());
        }
    }
}
