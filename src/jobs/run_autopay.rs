//! Each hour: plans a charge for each new bill of an account in autopay, tells the amount three days before, and charges what is due today.
//!
//! Decide (use case), call (processor), record (use case), one charge after the other. Killed at any point it goes on where it stopped: a
//! payment is asked for once, its charge is opened once, and the processor makes an opened charge once. One bad account stops no other.

use chrono::Days;

use crate::adapters::desk::Desk;
use crate::adapters::stripe::StripeRefused;
use crate::adapters::stripe::saved::{Made, Presence};
use crate::app::App;
use crate::domain::autopay::NOTICE_DAYS;
use crate::domain::ids::{AccountId, AutopayChargeId, PaymentId};
use crate::domain::stamp::{Actor, ActorKind, Stamp};
use crate::jobs::provider_events;
use crate::store;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::usecases;
use crate::usecases::autopay::Next;

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

/// Plans, tells and charges whatever today asks for.
///
/// # Errors
/// A fault of the database.
pub async fn run_once(app: &App, desk: &Desk) -> anyhow::Result<()> {
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
            if let Err(error) = work_on(app, desk, charge, account).await {
                tracing::error!(%charge, "an autopay charge could not be worked on: {error:#}");
            }
        }
    }
}

async fn plan(app: &App) -> Result<(), StoreError> {
    let plan = |tx: &mut Tx<'_>| usecases::autopay::plan(tx, None, CHUNK);
    while app.db.write(stamp(app), plan).await? > 0 {}
    Ok(())
}

async fn work_on(
    app: &App,
    desk: &Desk,
    charge: AutopayChargeId,
    account: AccountId,
) -> anyhow::Result<()> {
    let mut next = step(app, charge).await?;
    if next == Next::Busy {
        close_pages(app, desk, account).await?;
        next = step(app, charge).await?;
    }
    match next {
        Next::Charge(payment) => make(app, desk, payment).await,
        Next::Busy | Next::Nothing => Ok(()),
    }
}

async fn step(app: &App, charge: AutopayChargeId) -> anyhow::Result<Next> {
    let take = move |tx: &mut Tx<'_>| usecases::autopay::take_step(tx, charge);
    Ok(app.db.write(stamp(app), take).await?)
}

/// Closes what the customer began and did not finish, so that the same balance is not paid twice.
async fn close_pages(app: &App, desk: &Desk, account: AccountId) -> anyhow::Result<()> {
    let processor = desk.processor;
    let list = move |conn: &mut Conn| usecases::payments::list_begun(conn, account, processor);
    for payment in app.db.read(list).await? {
        let (page, charge) = (payment.page.as_deref(), payment.charge.as_deref());
        if let Some(seen) = desk.stripe.close(page, charge).await? {
            provider_events::bring(app, payment.row.id, seen).await?;
        }
    }
    Ok(())
}

/// Opens the charge, writes its name down, makes it, and writes down what came of it.
async fn make(app: &App, desk: &Desk, payment: PaymentId) -> anyhow::Result<()> {
    let order = move |conn: &mut Conn| usecases::payments::charge_order(conn, payment);
    let Some(order) = app.db.read(order).await? else {
        return Ok(());
    };
    let reference = match order.opened.clone() {
        Some(reference) => reference,
        None => match desk.stripe.open_charge(&order).await {
            Ok(reference) => reference,
            Err(error) => return give_up(app, payment, error).await,
        },
    };
    let name = reference.clone();
    let record = move |tx: &mut Tx<'_>| usecases::payments::record_charge(tx, payment, &name);
    if !app.db.write(stamp(app), record).await? {
        return Ok(());
    }
    match desk.stripe.make_charge(&reference, Presence::Away).await? {
        Made::Seen(seen) => provider_events::bring(app, payment, *seen).await?,
        Made::Refused(refused) => {
            // Written down first: the message that it was given up finds it refused, and nobody asks anew.
            give_up(app, payment, refused).await?;
            desk.stripe.give_up_charge(&reference).await?;
        }
    }
    Ok(())
}

/// What the processor will not open or make is refused; any other error may pass.
async fn give_up(app: &App, payment: PaymentId, error: StripeRefused) -> anyhow::Result<()> {
    let Some((refusal, word)) = error.refusal().map(|(kind, word)| (kind, word.to_owned())) else {
        return Err(error.into());
    };
    let refuse =
        move |tx: &mut Tx<'_>| usecases::payments::refuse_charge(tx, payment, (refusal, &word));
    Ok(app.db.write(stamp(app), refuse).await?)
}

fn stamp(app: &App) -> Stamp {
    app.stamp(Actor::unnamed(ActorKind::Clock), None)
}
