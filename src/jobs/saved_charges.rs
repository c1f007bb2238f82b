//! Charging by a saved way to pay while nobody is there, for autopay and for payments on a chosen day: what was decided is opened at the
//! processor, its name is written down, it is made, and what came of it is written down.
//!
//! Killed at any point it goes on where it stopped: a payment is asked for once, its charge is opened once, and the processor makes an opened
//! charge once.

use crate::adapters::desk::Desk;
use crate::adapters::stripe::StripeRefused;
use crate::adapters::stripe::saved::{Made, Presence};
use crate::app::App;
use crate::domain::ids::{AccountId, PaymentId};
use crate::domain::stamp::{Actor, ActorKind, Stamp};
use crate::jobs::provider_events;
use crate::store::db::{Conn, Tx};
use crate::usecases;
use crate::usecases::payments::{Next, PaymentError};

/// Takes a step, which is a use case, and charges what it asks for. Where the customer has begun to pay and not finished, that is closed first.
///
/// # Errors
/// What is wrong with this one charge.
pub async fn work_on<S>(app: &App, desk: &Desk, account: AccountId, step: S) -> anyhow::Result<()>
where
    S: FnMut(&mut Tx<'_>) -> Result<Next, PaymentError> + Copy + Send + 'static,
{
    let mut next = app.db.write(stamp(app), step).await?;
    if next == Next::Busy {
        close_pages(app, desk, account).await?;
        next = app.db.write(stamp(app), step).await?;
    }
    match next {
        Next::Charge(payment) => make(app, desk, payment).await,
        Next::Busy | Next::Nothing => Ok(()),
    }
}

/// Closes what the customer began and did not finish, so that the same balance is not paid twice. What others began for several accounts is
/// left until it is paid or its page has run out: the charge waits that long.
async fn close_pages(app: &App, desk: &Desk, account: AccountId) -> anyhow::Result<()> {
    let processor = desk.processor;
    let list = move |conn: &mut Conn| usecases::payments::list_begun(conn, account, processor);
    for payment in app.db.read(list).await? {
        if payment.row.joint.is_some() {
            continue;
        }
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

/// Whoever does it: the clock.
pub fn stamp(app: &App) -> Stamp {
    app.stamp(Actor::unnamed(ActorKind::Clock), None)
}
