//! Each minute: asks the processor for refunds that were decided at the office and not asked for yet, because nobody answered or the program ended.
//! The key of a call keeps a second one from giving anything back twice.

use crate::adapters::desk::Desk;
use crate::app::App;
use crate::domain::stamp::{Actor, ActorKind, Stamp};
use crate::store::db::{Conn, Tx};
use crate::store::payment_refunds::list_ordered;
use crate::usecases::payments::{
    give_up_refund, record_refund_failed, record_refund_sent, refund_call,
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
    let give_up = move |tx: &mut Tx<'_>| give_up_refund(tx, id);
    if app.db.write(stamp(app), give_up).await? {
        return Ok(());
    }
    let read = move |conn: &mut Conn| refund_call(conn, id);
    let Some(call) = app.db.read(read).await? else {
        return Ok(());
    };
    match desk
        .stripe
        .refund(&call.intent, call.amount, &call.key)
        .await
    {
        Ok(refund) => {
            let record = move |tx: &mut Tx<'_>| record_refund_sent(tx, id, &refund.id);
            app.db.write(stamp(app), record).await?;
        }
        Err(error) => {
            let Some(why) = error.refusal().map(|(_, code)| code.to_owned()) else {
                tracing::warn!(refund = id, "a refund waits: {error}");
                return Ok(());
            };
            let record = move |tx: &mut Tx<'_>| record_refund_failed(tx, id, &why);
            app.db.write(stamp(app), record).await?;
        }
    }
    Ok(())
}

fn stamp(app: &App) -> Stamp {
    app.stamp(Actor::unnamed(ActorKind::Clock), None)
}
