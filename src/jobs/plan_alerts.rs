//! Tells customers what they want to know: each minute of bills that were just issued, each hour of what falls due and what is past due, each
//! day of what use in a period that goes on will come to. Each thing is told once, so that every round may be repeated.

use std::sync::Arc;

use chrono::NaiveDate;
use chrono_tz::Tz;

use crate::app::App;
use crate::domain::ids::{AccountId, CycleId};
use crate::domain::stamp::{Actor, ActorKind};
use crate::store::bill_deliveries;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::usecases::alerts::new_bills::tell_of_new_bills;
use crate::usecases::alerts::reminders::{Reminded, remind_due_soon, remind_past_due};
use crate::usecases::alerts::usage::{self, Looked};
use crate::usecases::billing::tariffs::{TariffError, TariffShelf};

/// Tells of bills that were just issued.
///
/// # Errors
/// When the database fails.
pub async fn of_bills(app: App) -> anyhow::Result<()> {
    let settled = app.db.read(bill_deliveries::settled).await?;
    loop {
        let stamp = app.stamp(Actor::unnamed(ActorKind::Clock), None);
        let tell = move |tx: &mut Tx<'_>| tell_of_new_bills(tx, settled);
        let more: Result<bool, StoreError> = app.db.write(stamp, tell).await;
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
            let looked = look(&app, &shelf, (cycle, after), at).await?;
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

/// Looks at the next accounts. Where a row of one of them cannot be read, they are looked at one by one, and that one is passed over: the bill
/// run meets the same row, and asks a person.
async fn look(
    app: &App,
    shelf: &Arc<TariffShelf>,
    (cycle, after): (CycleId, AccountId),
    at: (NaiveDate, Tz),
) -> Result<Looked, TariffError> {
    for many in [usage::CHUNK, 1] {
        let shelf = Arc::clone(shelf);
        let look = move |conn: &mut Conn| usage::look((conn, &shelf), cycle, (after, many), at);
        match app.db.read(look).await {
            Err(TariffError::Fault(StoreError::Unreadable(why))) if many == 1 => {
                tracing::error!(%after, why, "the account after this one could not be looked at");
            }
            Err(TariffError::Fault(StoreError::Unreadable(_))) => {}
            looked => return looked,
        }
    }
    let pass_over = move |conn: &mut Conn| usage::pass_over(conn, cycle, after, at.0);
    Ok(app.db.read(pass_over).await?)
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
