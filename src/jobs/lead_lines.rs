//! Each hour: the letters to whoever is served by a line that is or may be of lead, and is to be told today. Who was told is not told again, so
//! that every round may be repeated.

use crate::app::App;
use crate::domain::stamp::{Actor, ActorKind};
use crate::usecases::lead_lines::tell_some;

/// One round.
///
/// # Errors
/// When the database fails.
pub async fn run(app: App) -> anyhow::Result<()> {
    loop {
        let stamp = app.stamp(Actor::unnamed(ActorKind::Clock), None);
        let told = app.db.write(stamp, tell_some).await?;
        if told == 0 {
            return Ok(());
        }
        tracing::info!(told, "told of service lines that are or may be lead");
    }
}
