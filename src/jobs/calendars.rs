//! Each hour: every cycle's calendar is written on, so that it reaches eighteen months ahead. Most rounds find nothing to write.

use crate::app::App;
use crate::domain::stamp::{Actor, ActorKind};
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::usecases::cycles::{extend_calendars, missing_periods};

/// Writes the calendars on.
///
/// # Errors
/// When the database fails.
pub async fn run(app: App) -> anyhow::Result<()> {
    let today = app.clock.today();
    let look = move |conn: &mut Conn| Ok::<_, StoreError>(missing_periods(conn, today)?.is_empty());
    if app.db.read(look).await? {
        return Ok(());
    }
    let stamp = app.stamp(Actor::unnamed(ActorKind::Clock), None);
    let written: Result<usize, StoreError> = app.db.write(stamp, extend_calendars).await;
    let periods = written?;
    tracing::info!(periods, "calendars were written on");
    Ok(())
}
