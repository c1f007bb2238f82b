//! Bill runs that stand half done are gone on with: after a restart at once, and on PostgreSQL those that another process left.

use std::time::Duration;

use crate::app::App;
use crate::domain::bills::RunStatus;
use crate::domain::ids::BillRunId;
use crate::domain::stamp::{Actor, ActorKind};
use crate::store::bill_runs::{self, BillRunRow};
use crate::store::db::{Conn, is_postgres};
use crate::store::error::StoreError;
use crate::store::run_review;
use crate::usecases::billing::{BillingRunError, claim_of, draft_run, issue_run};

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
