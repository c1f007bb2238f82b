//! Every quarter of an hour: reads the utility's account at the processor line by line, follows up what no message told of, and compares
//! what the processor holds with what its lines come to.

use std::collections::BTreeSet;

use chrono::{NaiveDateTime, TimeDelta};

use crate::adapters::desk::Desk;
use crate::app::App;
use crate::domain::ids::PaymentId;
use crate::domain::payments::lines::{LineKind, LineSeen};
use crate::domain::stamp::{Actor, ActorKind, Stamp};
use crate::jobs::provider_events::{follow_payout, refresh};
use crate::store;
use crate::store::error::StoreError;
use crate::store::processor_account;
use crate::usecases;

/// How many waiting lines are followed up in one round.
const WAITING: i64 = 500;

/// Lines are read again this far back beyond the last reading, in hours: the processor may be late with some.
const OVERLAP_HOURS: i64 = 1;

/// One reading.
///
/// # Errors
/// What the processor refuses, or a fault.
pub async fn run(app: App) -> anyhow::Result<()> {
    match app.desk.clone() {
        Some(desk) => read_once(&app, &desk).await,
        None => Ok(()),
    }
}

fn stamp(app: &App) -> Stamp {
    app.stamp(Actor::unnamed(ActorKind::Processor), None)
}

/// Reads the account once. Where it moved while it was read, the comparison is left to the next reading.
///
/// # Errors
/// What the processor refuses, or a fault.
pub async fn read_once(app: &App, desk: &Desk) -> anyhow::Result<()> {
    let processor = desk.processor;
    read_lines(app, desk).await?;
    follow_waiting(app, desk).await?;
    app.db
        .write(stamp(app), move |tx| {
            usecases::payments::post_waiting_lines(tx, processor)
        })
        .await?;
    let balance = desk.stripe.balance().await?;
    if read_lines(app, desk).await? == 0 {
        app.db
            .write(stamp(app), move |tx| {
                usecases::payments::record_reading(tx, processor, balance)
            })
            .await?;
    }
    Ok(())
}

/// Keeps every line that is not known yet; says how many there were.
async fn read_lines(app: &App, desk: &Desk) -> anyhow::Result<usize> {
    let processor = desk.processor;
    let read_until = app
        .db
        .read(move |conn| processor_account::read_until(conn, processor))
        .await?
        .map(|until| until - TimeDelta::hours(OVERLAP_HOURS));
    let (mut after, mut new) = (None, 0);
    loop {
        let (lines, has_more) = desk.stripe.lines(after.as_deref()).await?;
        after = lines.last().map(|line| line.reference.clone());
        let reaches_back = reaches(&lines, read_until);
        let kept = app
            .db
            .write(stamp(app), move |tx| {
                usecases::payments::keep_lines(tx, processor, &lines)
            })
            .await?;
        new += kept;
        if !has_more || after.is_none() || (kept == 0 && reaches_back) {
            return Ok(new);
        }
    }
}

/// Whether a page is wholly older than what was read before.
fn reaches(lines: &[LineSeen], read_until: Option<NaiveDateTime>) -> bool {
    read_until.is_some_and(|until| lines.iter().all(|line| line.created_at < until))
}

/// Reads again whatever a waiting line is of.
async fn follow_waiting(app: &App, desk: &Desk) -> anyhow::Result<()> {
    let processor = desk.processor;
    let waiting = app
        .db
        .read(move |conn| processor_account::list_waiting(conn, processor, WAITING))
        .await?;
    let payments: BTreeSet<PaymentId> = waiting.iter().filter_map(|line| line.payment_id).collect();
    for id in payments {
        let payment = app
            .db
            .read(move |conn| -> Result<_, StoreError> { store::payments::get(conn, id) })
            .await?;
        refresh(app, desk, &payment).await?;
    }
    let payouts: BTreeSet<String> = waiting
        .into_iter()
        .filter(|line| matches!(line.kind, LineKind::Payout | LineKind::PayoutFailure))
        .filter_map(|line| line.source)
        .collect();
    for payout in payouts {
        follow_payout(app, desk, &payout).await?;
    }
    Ok(())
}
