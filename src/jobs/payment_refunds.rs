//! Each minute: asks the processor for refunds that were decided at the office and not asked for yet, because nobody answered or the program ended.
//! The key of a call keeps a second one from giving anything back twice; past the time for which it is remembered the processor is only asked
//! whether it has the refund.

use crate::adapters::desk::Desk;
use crate::adapters::stripe::refunds::RefundAnswer;
use crate::app::App;
use crate::domain::stamp::{Actor, ActorKind, Stamp};
use crate::store::db::{Conn, Tx};
use crate::store::payment_refunds::list_ordered;
use crate::usecases::payments::{
    RefundCall, RefundQuestion, give_up_refund, record_refund_failed, record_refund_sent,
    refund_call, report_unsure_refund,
};

/// One round.
///
/// # Errors
/// A fault of the database. What the processor will not do is written beside the refund.
pub async fn run(app: App) -> anyhow::Result<()> {
    let Some(desk) = app.desk.clone() else {
        return Ok(());
    };
    for id in app.db.read(list_ordered).await? {
        send(&app, &desk, id).await?;
    }
    Ok(())
}

async fn send(app: &App, desk: &Desk, id: i64) -> anyhow::Result<()> {
    let now = app.clock.now();
    let read = move |conn: &mut Conn| refund_call(conn, id, now);
    let Some(call) = app.db.read(read).await? else {
        return Ok(());
    };
    match call.question {
        RefundQuestion::Take => take(app, desk, (id, &call)).await,
        RefundQuestion::Has => look_for(app, desk, (id, &call)).await,
    }
}

async fn take(app: &App, desk: &Desk, (id, call): (i64, &RefundCall)) -> anyhow::Result<()> {
    let asked = desk.stripe.refund(&call.intent, call.amount, &call.key);
    match asked.await {
        Ok(RefundAnswer::Taken(name)) => record_sent(app, id, name).await,
        Ok(RefundAnswer::NotTaken(why)) => {
            let record = move |tx: &mut Tx<'_>| record_refund_failed(tx, id, &why);
            Ok(app.db.write(stamp(app), record).await?)
        }
        Err(error) => {
            tracing::warn!(refund = id, "a refund waits: {error}");
            Ok(())
        }
    }
}

/// Nobody answered for so long that a second call could give back twice: what the processor has of it decides.
async fn look_for(app: &App, desk: &Desk, (id, call): (i64, &RefundCall)) -> anyhow::Result<()> {
    match desk.stripe.find_refund(&call.intent, &call.key).await {
        Ok(Some(name)) => record_sent(app, id, name).await,
        Ok(None) => {
            let give_up = move |tx: &mut Tx<'_>| give_up_refund(tx, id);
            Ok(app.db.write(stamp(app), give_up).await?)
        }
        Err(error) => {
            let why = error.to_string();
            let report = move |tx: &mut Tx<'_>| report_unsure_refund(tx, id, &why);
            Ok(app.db.write(stamp(app), report).await?)
        }
    }
}

async fn record_sent(app: &App, id: i64, name: String) -> anyhow::Result<()> {
    let record = move |tx: &mut Tx<'_>| record_refund_sent(tx, id, &name);
    Ok(app.db.write(stamp(app), record).await?)
}

fn stamp(app: &App) -> Stamp {
    app.stamp(Actor::unnamed(ActorKind::Clock), None)
}
