//! Tells customers what they want to know: each minute of bills that were just issued, each hour of what falls due and what is past due, each
//! day of what use in a period that goes on will come to. Each thing is told once, so that every round may be repeated.

use std::sync::Arc;

use crate::app::App;
use crate::domain::ids::AccountId;
use crate::domain::stamp::{Actor, ActorKind};
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::usecases::alerts::new_bills::tell_of_new_bills;
use crate::usecases::alerts::reminders::{Reminded, remind_due_soon, remind_past_due};
use crate::usecases::alerts::usage;
use crate::usecases::billing::tariffs::TariffShelf;

/// Tells of bills that were just issued.
///
/// # Errors
/// When the database fails.
pub async fn of_bills(app: App) -> anyhow::Result<()> {
    loop {
        let stamp = app.stamp(Actor::unnamed(ActorKind::Clock), None);
        let more: Result<bool, StoreError> = app.db.write(stamp, tell_of_new_bills).await;
        if !more? {
            return Ok(());
        }
    }
}

/// Reminds of what is owed.
///
/// # Errors
/// When the database fails.
pub async fn of_debts(app: App) -> anyhow::Result<()> {
    through(&app, remind_due_soon).await?;
    through(&app, remind_past_due).await
}

/// Warns of budgets, price steps and what runs unnoticed, while the period goes on: once a day of each account. A round that was stopped
/// begins anew.
///
/// # Errors
/// When the database fails, or a published schedule cannot be read.
pub async fn of_usage(app: App) -> anyhow::Result<()> {
    let at = (app.clock.today(), app.clock.zone());
    let shelf = Arc::new(TariffShelf::default());
    let cycles = app
        .db
        .read(move |conn| usage::cycles_to_look_at(conn, at.0))
        .await?;
    let (is_due, mut notices) = (!cycles.is_empty(), 0);
    for cycle in cycles {
        let mut next = Some(AccountId(0));
        while let Some(after) = next {
            let shelf = Arc::clone(&shelf);
            let look = move |conn: &mut Conn| usage::look((conn, &shelf), cycle, after, at);
            let looked = app.db.read(look).await?;
            next = looked.next;
            if looked.planned.is_empty() {
                continue;
            }
            let stamp = app.stamp(Actor::unnamed(ActorKind::Clock), None);
            let tell = move |tx: &mut Tx<'_>| usage::tell(tx, looked.planned.clone());
            let told: Result<usize, StoreError> = app.db.write(stamp, tell).await;
            notices += told?;
        }
    }
    if is_due {
        let stamp = app.stamp(Actor::unnamed(ActorKind::Clock), None);
        let mark = move |tx: &mut Tx<'_>| usage::mark_looked(tx, at.0);
        let marked: Result<(), StoreError> = app.db.write(stamp, mark).await;
        marked?;
    }
    if notices > 0 {
        tracing::info!(notices, "warnings of use put in the outbox");
    }
    Ok(())
}

type Remind = fn(&mut Tx<'_>, AccountId) -> Result<Reminded, StoreError>;

/// Goes through all accounts, a chunk at a time.
async fn through(app: &App, remind: Remind) -> anyhow::Result<()> {
    let mut next = Some(AccountId(0));
    let mut notices = 0;
    while let Some(after) = next {
        let stamp = app.stamp(Actor::unnamed(ActorKind::Clock), None);
        let told: Result<Reminded, StoreError> =
            app.db.write(stamp, move |tx| remind(tx, after)).await;
        let told = told?;
        notices += told.notices;
        next = told.next;
    }
    if notices > 0 {
        tracing::info!(notices, "reminders put in the outbox");
    }
    Ok(())
}
