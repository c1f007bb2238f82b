//! Each hour: the letters to whoever is served by a line that is or may be of lead, and is to be told today. The inventory is read once a round,
//! outside of what writes; who was told is not told again, so that every round may be repeated.

use crate::app::App;
use crate::domain::stamp::{Actor, ActorKind};
use crate::store::db::{Conn, Tx};
use crate::usecases::lead_lines::{TOLD_AT_ONCE, list_due, tell};

/// One round.
///
/// # Errors
/// When the database fails.
pub async fn run(app: App) -> anyhow::Result<()> {
    let on = app.clock.today();
    let due = app
        .db
        .read(move |conn: &mut Conn| list_due(conn, on))
        .await?;
    for some in due.chunks(TOLD_AT_ONCE) {
        let some = some.to_vec();
        let stamp = app.stamp(Actor::unnamed(ActorKind::Clock), None);
        let work = move |tx: &mut Tx<'_>| tell(tx, &some);
        let told = app.db.write(stamp, work).await?;
        tracing::info!(told, "told of service lines that are or may be lead");
    }
    Ok(())
}
