//! Each hour, what is charged while nobody is there. First the payments that customers asked for on this day, so that autopay takes only what
//! they leave; then autopay: it plans a charge for each new bill, tells the amount three days before, and charges what is due today.
//!
//! Decide (use case), call (processor), record (use case), one charge after the other (`saved_charges`). One bad account stops no other.

use chrono::Days;

use crate::adapters::desk::Desk;
use crate::app::App;
use crate::domain::autopay::NOTICE_DAYS;
use crate::domain::ids::{AutopayChargeId, ScheduledPaymentId};
use crate::jobs::saved_charges::{stamp, work_on};
use crate::store;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::usecases;

/// How many bills or charges one look takes.
const CHUNK: i64 = 500;

/// One round.
///
/// # Errors
/// A fault of the database. What is wrong with one charge is logged, and tried again.
pub async fn run(app: App) -> anyhow::Result<()> {
    match app.desk.clone() {
        Some(desk) => run_once(&app, &desk).await,
        None => Ok(()),
    }
}

/// Charges what was scheduled for today; then plans, tells and charges whatever autopay has to.
///
/// # Errors
/// A fault of the database.
pub async fn run_once(app: &App, desk: &Desk) -> anyhow::Result<()> {
    run_scheduled(app, desk).await?;
    // What was planned before is charged even where nothing more can be planned now.
    if let Err(error) = plan(app).await {
        tracing::error!("bills could not be planned for autopay: {error:#}");
    }
    let until = app.clock.today() + Days::new(NOTICE_DAYS);
    let mut after = AutopayChargeId(0);
    loop {
        let list = move |conn: &mut Conn| store::autopay::list_to_do(conn, until, after, CHUNK);
        let to_do = app.db.read(list).await?;
        let Some((last, _)) = to_do.last() else {
            return Ok(());
        };
        after = *last;
        for (charge, account) in to_do {
            let step = move |tx: &mut Tx<'_>| usecases::autopay::take_step(tx, charge);
            if let Err(error) = work_on(app, desk, account, step).await {
                tracing::error!(%charge, "an autopay charge could not be worked on: {error:#}");
            }
        }
    }
}

async fn run_scheduled(app: &App, desk: &Desk) -> anyhow::Result<()> {
    let today = app.clock.today();
    let mut after = ScheduledPaymentId(0);
    loop {
        let list =
            move |conn: &mut Conn| store::scheduled_payments::list_to_do(conn, today, after, CHUNK);
        let to_do = app.db.read(list).await?;
        let Some((last, _)) = to_do.last() else {
            return Ok(());
        };
        after = *last;
        for (payment, account) in to_do {
            let step = move |tx: &mut Tx<'_>| usecases::scheduled_payments::take_step(tx, payment);
            if let Err(error) = work_on(app, desk, account, step).await {
                tracing::error!(%payment, "a scheduled payment could not be worked on: {error:#}");
            }
        }
    }
}

async fn plan(app: &App) -> Result<(), StoreError> {
    let plan = |tx: &mut Tx<'_>| usecases::autopay::plan(tx, None, CHUNK);
    while app.db.write(stamp(app), plan).await? > 0 {}
    Ok(())
}
