//! What was begun at the processor and is not to be finished: it is closed there and brought to where it stands, whichever door asks.

use crate::adapters::desk::Desk;
use crate::app::App;
use crate::domain::ids::{AccountId, PaymentId};
use crate::domain::payments::seen::Seen;
use crate::domain::stamp::{Actor, ActorKind};
use crate::store::db::{Conn, Tx};
use crate::usecases;
use crate::usecases::payments::Begun;
use crate::web::PageError;

/// Brings a payment to where the processor was just seen to say it stands.
pub async fn bring(app: &App, payment: PaymentId, seen: Seen) -> Result<(), PageError> {
    let paid_on = match &seen.intent {
        Some(intent) => app.clock.day_of(intent.given_at),
        None => app.clock.today(),
    };
    let bring =
        move |tx: &mut Tx<'_>| usecases::payments::bring_up_to_date(tx, payment, &seen, paid_on);
    let stamp = app.stamp(Actor::unnamed(ActorKind::Processor), None);
    let brought = app.db.write(stamp, bring).await;
    brought.map(drop).map_err(PageError::fault)
}

/// Closes one payment, so that it can't be made any more; one that was made meanwhile is brought up to date.
pub async fn close(app: &App, desk: &Desk, payment: &Begun) -> Result<(), PageError> {
    let (page, charge) = (payment.page.as_deref(), payment.charge.as_deref());
    let closed = desk.stripe.close(page, charge).await;
    let Some(seen) = closed.map_err(PageError::fault)? else {
        return Ok(());
    };
    if let Err(error) = bring(app, payment.row.id, seen).await {
        let number = &payment.row.number;
        tracing::error!(%error, payment = %number, "a payment that was closed could not be brought up to date");
    }
    Ok(())
}

/// Closes what was opened on an account while nobody was there and is not made: it was stopped or paused just now, or its way to pay was taken
/// away. What can't be closed is logged; the next round of the clock closes it within the hour.
pub async fn close_autopay(app: &App, account: AccountId) {
    if let Err(error) = try_to_close_autopay(app, account).await {
        tracing::error!(%account, "what autopay had begun could not be closed: {error:?}");
    }
}

async fn try_to_close_autopay(app: &App, account: AccountId) -> Result<(), PageError> {
    let Some(desk) = &app.desk else {
        return Ok(());
    };
    let processor = desk.processor;
    let list = move |conn: &mut Conn| usecases::payments::list_begun(conn, account, processor);
    let begun = app.db.read(list).await?;
    for payment in begun.iter().filter(|payment| payment.is_by_itself) {
        close(app, desk, payment).await?;
    }
    Ok(())
}
