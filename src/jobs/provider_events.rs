//! The processor's messages, one by one: what a message is about is read again, and the payment brought to where it stands.
//!
//! A worker takes a message for a minute; killed at any point it leaves it for the next. Three pollers stand behind the messages, because
//! a message can be lost: messages the processor could not deliver, payments that have come to no end, pages that were never opened.

use std::time::Duration;

use chrono::{NaiveDate, TimeDelta};

use crate::adapters::desk::Desk;
use crate::adapters::stripe::{StripeRefused, objects};
use crate::app::App;
use crate::domain::ids::{PaymentId, PaymentMethodId};
use crate::domain::payments::seen::Seen;
use crate::domain::payments::{PaymentState, ProviderEvent};
use crate::domain::stamp::{Actor, ActorKind};
use crate::store;
use crate::store::db::{Conn, Tx, is_postgres};
use crate::store::error::StoreError;
use crate::store::payment_methods::MethodRow;
use crate::store::payments::PaymentRow;
use crate::store::provider_events::EventRow;
use crate::usecases;
use crate::usecases::payments::{Begun, Outcome, PaymentError};

/// How many messages a worker takes at once.
const BATCH: i64 = 20;

/// How long the worker sleeps where nothing wakes it: another process may have kept a message.
const PAUSE: Duration = Duration::from_millis(500);

/// How old a payment is before a poller asks for it, in minutes.
const STUCK_MINUTES: i64 = 10;

/// How many payments or ways to pay a poller lists at once.
const POLLED_AT_ONCE: i64 = 200;

/// Takes over from the worker before, which is gone where this process alone owns the database: what it had taken need not be waited for.
///
/// # Errors
/// A fault of the database.
pub fn take_over(app: &App) -> Result<(), StoreError> {
    if is_postgres(&app.config.database_url) {
        return Ok(());
    }
    let released = app
        .db
        .write_blocking(stamp(app), usecases::payments::release_events)?;
    if released > 0 {
        tracing::info!(released, "messages that a worker left are taken over");
    }
    Ok(())
}

/// One round: works on what has come, or waits a moment for a message.
///
/// # Errors
/// A fault of the database.
pub async fn run(app: App) -> anyhow::Result<()> {
    let Some(desk) = app.desk.clone() else {
        return Ok(());
    };
    match work_once(&app, &desk).await {
        Ok(0) => drop(tokio::time::timeout(PAUSE, desk.events.notified()).await),
        Ok(_) => {}
        Err(error) => {
            tokio::time::sleep(PAUSE).await;
            return Err(error.into());
        }
    }
    Ok(())
}

/// One look of the pollers.
///
/// # Errors
/// What the processor refuses, or a fault.
pub async fn poll(app: App) -> anyhow::Result<()> {
    match app.desk.clone() {
        Some(desk) => poll_once(&app, &desk).await,
        None => Ok(()),
    }
}

/// Works on the messages whose time has come; says how many there were.
///
/// # Errors
/// A fault of the database. What is wrong with a message is written beside it.
pub async fn work_once(app: &App, desk: &Desk) -> Result<usize, StoreError> {
    let taken = app
        .db
        .write(stamp(app), |tx| usecases::payments::take_events(tx, BATCH))
        .await?;
    for row in &taken {
        let outcome = work_on(app, desk, row).await?;
        if let Outcome::Refused(why) = &outcome {
            tracing::warn!(event = %row.id, %why, "a message that can't be applied");
        }
        let (id, attempts) = (row.id.clone(), row.attempts);
        app.db
            .write(stamp(app), move |tx| {
                usecases::payments::finish_event(tx, &id, attempts, &outcome)
            })
            .await?;
    }
    Ok(taken.len())
}

fn stamp(app: &App) -> crate::domain::stamp::Stamp {
    app.stamp(Actor::unnamed(ActorKind::Processor), None)
}

async fn work_on(app: &App, desk: &Desk, row: &EventRow) -> Result<Outcome, StoreError> {
    if row.is_live != desk.stripe.is_live() {
        let why = "about real money where there is none, or the other way round";
        return Ok(Outcome::Refused(why.to_owned()));
    }
    let event = match objects::event(row.payload.as_bytes()) {
        Ok(event) => event,
        Err(unreadable) => return Ok(Outcome::Refused(unreadable.to_string())),
    };
    if event.kind.starts_with("payout.") {
        return told_payout(app, desk, &event).await;
    }
    if event.intent_ref.is_none() && event.session_ref.is_none() {
        return Ok(Outcome::Ignored);
    }
    let (processor, sought) = (desk.processor, event.clone());
    let found = app
        .db
        .read(move |conn| usecases::payments::find_of_event(conn, &sought, processor))
        .await?;
    match found {
        Some(payment) => follow(app, desk, &payment, &event).await,
        None => follow_setup(app, desk, &event).await,
    }
}

/// A message about a payout: the payout is read again with all its lines.
async fn told_payout(app: &App, desk: &Desk, event: &ProviderEvent) -> Result<Outcome, StoreError> {
    match follow_payout(app, desk, &event.object_id).await {
        Ok(true) => Ok(Outcome::Done),
        Ok(false) => Ok(Outcome::NotNow(
            "its lines are not all named yet".to_owned(),
        )),
        Err(NotFollowed::Processor(StripeRefused::Refused { status: 404, code })) => {
            Ok(Outcome::Refused(code))
        }
        Err(NotFollowed::Processor(later)) => Ok(Outcome::NotNow(later.to_string())),
        Err(NotFollowed::Payment(PaymentError::Fault(error))) => Err(error),
        Err(NotFollowed::Payment(refused)) => Ok(Outcome::Refused(refused.to_string())),
    }
}

/// Why something could not be read again and written down.
#[derive(Debug, thiserror::Error)]
pub enum NotFollowed {
    /// The processor refused, or is away.
    #[error(transparent)]
    Processor(#[from] StripeRefused),
    /// It can't be written down.
    #[error(transparent)]
    Payment(#[from] PaymentError),
}

/// Reads a payout again and writes it down; says whether the processor had named all its lines.
///
/// # Errors
/// What the processor refuses, a refusal of the ledger, or a fault.
pub async fn follow_payout(app: &App, desk: &Desk, payout: &str) -> Result<bool, NotFollowed> {
    let seen = desk.stripe.read_payout(payout).await?;
    if !seen.is_reconciled {
        return Ok(false);
    }
    let processor = desk.processor;
    app.db
        .write(stamp(app), move |tx| {
            usecases::payments::post_payout(tx, processor, &seen)
        })
        .await?;
    Ok(true)
}

/// Reads the payment again and brings ours to where it stands.
async fn follow(
    app: &App,
    desk: &Desk,
    payment: &PaymentRow,
    event: &ProviderEvent,
) -> Result<Outcome, StoreError> {
    let begun = begun(app, payment).await?;
    // A saved way to pay is charged without a page: one that was opened beside it says nothing of the charge.
    let told = event.session_ref.clone().filter(|_| !begun.is_saved);
    let read = match (begun.page.or(told), begun.charge) {
        (Some(session), _) => desk.stripe.read_session(&session).await,
        (None, Some(intent)) => desk.stripe.read_intent(&intent).await,
        // Neither is written down yet: the message overtook our own commit.
        (None, None) => return Ok(Outcome::Unknown),
    };
    match read {
        Ok(seen) => match bring(app, payment.id, seen).await {
            Ok(()) => Ok(Outcome::Done),
            Err(PaymentError::Fault(error)) => Err(error),
            Err(refused) => Ok(Outcome::Refused(refused.to_string())),
        },
        Err(StripeRefused::Refused { status: 404, code }) => Ok(Outcome::Refused(code)),
        Err(later) => Ok(Outcome::NotNow(later.to_string())),
    }
}

async fn begun(app: &App, payment: &PaymentRow) -> Result<Begun, StoreError> {
    let row = payment.clone();
    let look = move |conn: &mut Conn| usecases::payments::begun(conn, row);
    app.db.read(look).await
}

/// A message about a page on which a way to pay is given to keep: it is read again.
async fn follow_setup(
    app: &App,
    desk: &Desk,
    event: &ProviderEvent,
) -> Result<Outcome, StoreError> {
    let Some(session) = event.session_ref.clone() else {
        return Ok(Outcome::Unknown);
    };
    let find = move |conn: &mut Conn| store::payment_methods::find_by_session(conn, &session);
    let Some(method) = app.db.read(find).await? else {
        return Ok(Outcome::Unknown);
    };
    match refresh_setup(app, desk, &method).await {
        Ok(()) => Ok(Outcome::Done),
        Err(NotRead::Fault(error)) => Err(error),
        Err(NotRead::Processor(StripeRefused::Refused { status: 404, code })) => {
            Ok(Outcome::Refused(code))
        }
        Err(NotRead::Processor(later)) => Ok(Outcome::NotNow(later.to_string())),
    }
}

/// Why a way to pay was not read again.
#[derive(Debug, thiserror::Error)]
enum NotRead {
    #[error(transparent)]
    Processor(#[from] StripeRefused),
    #[error(transparent)]
    Fault(#[from] StoreError),
}

async fn refresh_setup(app: &App, desk: &Desk, method: &MethodRow) -> Result<(), NotRead> {
    if let Some(session) = &method.session_reference {
        let (id, seen) = (method.id, desk.stripe.read_setup(session).await?);
        let bring =
            move |tx: &mut Tx<'_>| usecases::payment_methods::bring_up_to_date(tx, id, &seen);
        app.db.write(stamp(app), bring).await?;
    }
    Ok(())
}

/// Brings a payment to where the processor was just seen to say it stands.
///
/// # Errors
/// A refusal of the ledger, or a fault.
pub async fn bring(app: &App, id: PaymentId, seen: Seen) -> Result<(), PaymentError> {
    let paid_on = day_paid(app, &seen);
    app.db
        .write(stamp(app), move |tx| {
            usecases::payments::bring_up_to_date(tx, id, &seen, paid_on)
        })
        .await?;
    Ok(())
}

/// The customer's civil day of payment: a bank payment counts from the day it was given, not the day it settled.
fn day_paid(app: &App, seen: &Seen) -> NaiveDate {
    match &seen.intent {
        Some(intent) => app.clock.day_of(intent.given_at),
        None => app.clock.today(),
    }
}

/// Reads one payment again. A charge of a saved way to pay that was opened and not made is given up: nobody waits for it any more.
///
/// # Errors
/// What the processor refuses, a refusal of the ledger, or a fault.
pub async fn refresh(app: &App, desk: &Desk, payment: &PaymentRow) -> anyhow::Result<()> {
    let begun = begun(app, payment).await?;
    let seen = match (begun.page, begun.charge) {
        (Some(session), _) => desk.stripe.read_session(&session).await?,
        (None, Some(intent)) if payment.state == PaymentState::Requested => {
            desk.stripe.give_up_charge(&intent).await?
        }
        (None, Some(intent)) => desk.stripe.read_intent(&intent).await?,
        (None, None) => return Ok(()),
    };
    bring(app, payment.id, seen).await?;
    Ok(())
}

/// Asks once for what no message told: undelivered messages, payments without an end, pages never opened.
///
/// # Errors
/// What the processor refuses, or a fault.
pub async fn poll_once(app: &App, desk: &Desk) -> anyhow::Result<()> {
    poll_undelivered(app, desk).await?;
    poll_payments(app, desk).await?;
    poll_setups(app, desk).await?;
    let processor = desk.processor;
    let give_up =
        move |tx: &mut Tx<'_>| usecases::payments::give_up_unopened(tx, processor, POLLED_AT_ONCE);
    while app.db.write(stamp(app), give_up).await? > 0 {}
    Ok(())
}

/// Payments that have come to no end, all of them: what can't be brought to its end stays at the head of the list and hides nothing behind it.
async fn poll_payments(app: &App, desk: &Desk) -> anyhow::Result<()> {
    let before = app.clock.now() - TimeDelta::minutes(STUCK_MINUTES);
    let (processor, mut after) = (desk.processor, PaymentId(0));
    loop {
        let part = (after, POLLED_AT_ONCE);
        let list =
            move |conn: &mut Conn| store::payments::list_unfinished(conn, processor, before, part);
        let stuck = app.db.read(list).await?;
        let Some(last) = stuck.last() else {
            return Ok(());
        };
        after = last.id;
        for payment in &stuck {
            poll_payment(app, desk, payment).await?;
        }
    }
}

/// Ways to pay that were asked for and neither given nor left.
async fn poll_setups(app: &App, desk: &Desk) -> anyhow::Result<()> {
    let before = app.clock.now() - TimeDelta::minutes(STUCK_MINUTES);
    let (processor, mut after) = (desk.processor, PaymentMethodId(0));
    loop {
        let part = (after, POLLED_AT_ONCE);
        let list = move |conn: &mut Conn| {
            store::payment_methods::list_asked(conn, processor, before, part)
        };
        let asked = app.db.read(list).await?;
        let Some(last) = asked.last() else {
            return Ok(());
        };
        after = last.id;
        for method in &asked {
            if let Err(error) = refresh_setup(app, desk, method).await {
                tracing::warn!(method = %method.id, "a way to pay was not read again: {error:#}");
            }
        }
    }
}

/// Asks for one payment. One that the processor does not know, or that cannot be written down, keeps no other from its end.
async fn poll_payment(app: &App, desk: &Desk, payment: &PaymentRow) -> anyhow::Result<()> {
    let Err(error) = refresh(app, desk, payment).await else {
        return Ok(());
    };
    tracing::warn!(payment = %payment.number, "not brought up to date: {error:#}");
    let is_missing = matches!(
        error.downcast_ref(),
        Some(StripeRefused::Refused { status: 404, .. })
    );
    if is_missing {
        let row = payment.clone();
        let report = move |tx: &mut Tx<'_>| usecases::payments::report_missing(tx, &row);
        app.db.write(stamp(app), report).await?;
    }
    Ok(())
}

async fn poll_undelivered(app: &App, desk: &Desk) -> anyhow::Result<()> {
    let mut after: Option<String> = None;
    loop {
        let (events, has_more) = desk.stripe.undelivered_events(after.as_deref()).await?;
        after = events.last().map(|event| event.id.clone());
        app.db
            .write(stamp(app), move |tx| {
                usecases::payments::keep_events(tx, &events)
            })
            .await?;
        desk.events.notify_one();
        if !has_more || after.is_none() {
            return Ok(());
        }
    }
}
