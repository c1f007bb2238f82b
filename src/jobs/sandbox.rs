//! The sandbox at work by itself: its timers ring, its messages go out, again and again until they are taken.

use std::time::Duration;

use chrono::TimeDelta;

use crate::adapters::desk::Sandbox;
use crate::app::App;
use crate::domain::stamp::{Actor, ActorKind};
use crate::store;
use crate::store::error::StoreError;
use crate::store::sandbox::DeliveryRow;
use crate::usecases::sandbox::clock;

/// When a message that was not taken is sent again, in seconds; after the last the sandbox gives up, about three days later.
const AGAIN_SECONDS: [i64; 12] = [
    1, 5, 30, 120, 600, 1_800, 3_600, 7_200, 21_600, 43_200, 86_400, 86_400,
];

/// How long the worker sleeps where nothing wakes it.
const PAUSE: Duration = Duration::from_millis(250);

/// One round: works on what is due, or waits a moment for something to happen.
///
/// # Errors
/// A fault of the database.
pub async fn run(app: App) -> anyhow::Result<()> {
    let Some(sandbox) = app.desk.as_ref().and_then(|desk| desk.sandbox.clone()) else {
        tokio::time::sleep(PAUSE * 40).await;
        return Ok(());
    };
    match work_once(&app, &sandbox).await {
        Ok(0) => drop(tokio::time::timeout(PAUSE, sandbox.deliveries.notified()).await),
        Ok(_) => {}
        Err(error) => {
            tokio::time::sleep(PAUSE).await;
            return Err(error.into());
        }
    }
    Ok(())
}

/// Rings what is due and sends what is due; says how much that was.
///
/// # Errors
/// A fault of the database. A message that is not taken is no error: it is sent again later.
pub async fn work_once(app: &App, sandbox: &Sandbox) -> Result<usize, StoreError> {
    let by = Actor::unnamed(ActorKind::Processor);
    let has_due = app.db.read({
        let now = app.clock.now();
        move |conn| clock::has_due(conn, now)
    });
    let rung = if has_due.await? {
        let stamp = app.stamp(by.clone(), None);
        app.db.write(stamp, clock::run_timers).await?
    } else {
        0
    };
    let now = app.clock.now();
    let due = app
        .db
        .read(move |conn| store::sandbox::list_due(conn, now))
        .await?;
    for delivery in &due {
        deliver(app, sandbox, delivery).await?;
    }
    Ok(rung + due.len())
}

async fn deliver(app: &App, sandbox: &Sandbox, delivery: &DeliveryRow) -> Result<(), StoreError> {
    let event_id = delivery.event_id.clone();
    let event = app
        .db
        .read(move |conn| store::sandbox::find(conn, &event_id))
        .await?;
    let now = app.clock.now();
    let taken = match event {
        Some(event) => sandbox
            .sender
            .send(event.payload, app.clock.world_now())
            .await
            .is_ok(),
        None => true,
    };
    let tries = usize::try_from(delivery.attempts).unwrap_or_default();
    let (state, due_at) = match (taken, AGAIN_SECONDS.get(tries)) {
        (true, _) => ("delivered", now),
        (false, Some(seconds)) => ("waiting", now + TimeDelta::seconds(*seconds)),
        (false, None) => ("failed", now),
    };
    let (id, stamp) = (
        delivery.id,
        app.stamp(Actor::unnamed(ActorKind::Processor), None),
    );
    app.db
        .write(stamp, move |tx| {
            clock::record_delivery(tx, id, state, due_at)
        })
        .await
}
