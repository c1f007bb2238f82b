//! Tells customers what they want to know: each minute of bills that were just issued, each hour of what falls due and what is past due. Each
//! thing is told once, so that every round may be repeated.

use crate::app::App;
use crate::domain::ids::AccountId;
use crate::domain::stamp::{Actor, ActorKind};
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::usecases::alerts::new_bills::tell_of_new_bills;
use crate::usecases::alerts::reminders::{Reminded, remind_due_soon, remind_past_due};

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
