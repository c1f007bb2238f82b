//! Bill runs that stand half done are gone on with: after a restart at once, and on PostgreSQL those that another process left. Accounts that
//! waited for reads are drafted again once their window is closed, those whose service was changed at once, and accounts that were served and not billed are found.

use std::time::Duration;

use crate::app::App;
use crate::domain::bills::RunStatus;
use crate::domain::ids::BillRunId;
use crate::domain::stamp::{Actor, ActorKind};
use crate::store::bill_runs::{self, BillRunRow};
use crate::store::db::{Conn, is_postgres};
use crate::store::error::StoreError;
use crate::store::run_review;
use crate::usecases::billing::{
    BillingRunError, claim_of, draft_run, flag_missed, issue_run, redraft_held,
};

/// How long a run is watched before it counts as left by the process that worked on it. A chunk takes a fraction of this.
const WATCHED: Duration = Duration::from_secs(2);

pub async fn run(app: App) -> anyhow::Result<()> {
    let unfinished = app.db.read(bill_runs::list_unfinished).await?;
    for run in unfinished {
        let Some(claim) = app.db.claim(&claim_of(run.id)) else {
            continue;
        };
        if is_postgres(&app.config.database_url) && is_moving(&app, run.id).await? {
            continue;
        }
        tracing::info!(run = %run.id, status = %run.status, "a bill run is gone on with");
        let app = app.clone();
        let work = move || {
            let done = go_on(&app, &run);
            drop(claim);
            done
        };
        tokio::task::spawn_blocking(work).await??;
    }
    Ok(())
}

fn go_on(app: &App, run: &BillRunRow) -> Result<(), BillingRunError> {
    let stamp = app.stamp(Actor::unnamed(ActorKind::Clock), None);
    match run.status {
        RunStatus::Drafting => draft_run(&app.db, &stamp, app.clock.zone(), run.id, |_| {}),
        RunStatus::Issuing => issue_run(&app.db, &stamp, run.id, |_| {}),
        RunStatus::Drafted | RunStatus::Issued | RunStatus::Void => Ok(()),
    }
}

/// Whether another process that shares the database works on the run.
async fn is_moving(app: &App, run: BillRunId) -> Result<bool, StoreError> {
    let look = move |conn: &mut Conn| {
        let row = bill_runs::get(conn, run)?;
        let bills = run_review::count_by_status(conn, run)?;
        Ok::<_, StoreError>((row.status, row.accounts_done, bills))
    };
    let before = app.db.read(look).await?;
    tokio::time::sleep(WATCHED).await;
    Ok(app.db.read(look).await? != before)
}

/// Drafts accounts again that waited for reads while the window was open, now that estimates may stand in; and those whose service was changed
/// after they were drafted.
///
/// # Errors
/// What stops a run as a whole; it is tried again in the next round.
pub async fn try_again(app: App) -> anyhow::Result<()> {
    let today = app.clock.today();
    let waiting = move |conn: &mut Conn| {
        let mut runs = bill_runs::list_waiting_for_reads(conn, today)?;
        runs.extend(bill_runs::list_with_changes(conn)?);
        runs.sort_unstable();
        runs.dedup();
        Ok::<_, StoreError>(runs)
    };
    for run in app.db.read(waiting).await? {
        let Some(claim) = app.db.claim(&claim_of(run)) else {
            continue;
        };
        let app = app.clone();
        let work = move || {
            let stamp = app.stamp(Actor::unnamed(ActorKind::Clock), None);
            let drafted = redraft_held(&app.db, &stamp, app.clock.zone(), run);
            drop(claim);
            drafted
        };
        let drafted = tokio::task::spawn_blocking(work).await??;
        tracing::info!(%run, drafted, "accounts that waited were drafted again");
    }
    Ok(())
}

/// Looks for accounts that were served and not billed, and for periods that nobody ran.
///
/// # Errors
/// When the database fails.
pub async fn look_for_gaps(app: App) -> anyhow::Result<()> {
    let work = move || {
        let stamp = app.stamp(Actor::unnamed(ActorKind::Clock), None);
        flag_missed(&app.db, &stamp)
    };
    let opened = tokio::task::spawn_blocking(work).await??;
    if opened > 0 {
        tracing::warn!(opened, "periods were served and not billed");
    }
    Ok(())
}
