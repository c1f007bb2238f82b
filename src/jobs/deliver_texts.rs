//! Every few seconds: sends the texts that wait in the outbox. Without a carrier they stay there. At night only the code that somebody waits
//! for goes out. A text whose answer was lost may be sent twice, never not at all.

use chrono::{NaiveDateTime, TimeDelta};

use crate::adapters::texts::{Carrier, NotTexted, Texter};
use crate::app::App;
use crate::documents::texts::text;
use crate::domain::stamp::{Actor, ActorKind, Stamp};
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::store::notices::NoticeRow;
use crate::usecases::bounces::heed_carrier;
use crate::usecases::notices::{may_be_texted, record_failed, record_texted, take_due_texts};

/// How many texts a round sends at the most.
const ROUND: i64 = 50;

/// After so many tries a text is given up.
const TRIES: i32 = 6;

/// One round.
///
/// # Errors
/// When the database fails; a text that fails is noted with its reason.
pub async fn run(app: App) -> anyhow::Result<()> {
    let Some(carrier) = &app.config.texts else {
        return Ok(());
    };
    let texter = Texter::new(&Carrier {
        api_base: &carrier.api_base,
        account: &carrier.account,
        token: &carrier.token,
        from: &carrier.from,
        status_url: &format!("{}/webhooks/texts/status", app.config.public_url),
    })?;
    let (stamp, is_quiet) = (by_clock(&app), app.is_quiet());
    let take = move |tx: &mut Tx<'_>| take_due_texts(tx, is_quiet, ROUND);
    for row in app.db.write(stamp, take).await? {
        deliver(&app, &texter, row).await?;
    }
    Ok(())
}

fn by_clock(app: &App) -> Stamp {
    app.stamp(Actor::unnamed(ActorKind::Clock), None)
}

async fn deliver(app: &App, texter: &Texter, row: NoticeRow) -> anyhow::Result<()> {
    let words = text(&row.notice, row.language, &app.config.public_url).unwrap_or_default();
    let asked = row.clone();
    let may = app.db.read(move |conn| may_be_texted(conn, &asked)).await?;
    let sent = if may {
        texter.send(&row.recipient, &words).await
    } else {
        Err(NotTexted::Refused("its holder wants no texts".to_owned()))
    };
    let stamp = by_clock(app);
    let again_at = again_at(&row, stamp.at);
    let recorded: Result<(), StoreError> = match sent {
        Ok(provider) => {
            app.db
                .write(stamp, move |tx| record_texted(tx, &row, &words, &provider))
                .await
        }
        Err(error) => {
            let again = match &error {
                NotTexted::Refused(_) => None,
                NotTexted::Later(_) => again_at,
            };
            let why = error.to_string();
            app.db
                .write(stamp, move |tx| {
                    heed_carrier(tx, &row.recipient, &why)?;
                    record_failed(tx, &row, &why, again)
                })
                .await
        }
    };
    Ok(recorded?)
}

/// Four times as long after each try; `None` after the last.
fn again_at(row: &NoticeRow, now: NaiveDateTime) -> Option<NaiveDateTime> {
    let tries = row.attempts.clamp(0, TRIES);
    let seconds = 15_i64.checked_shl(tries.unsigned_abs().checked_mul(2)?)?;
    (tries + 1 < TRIES).then(|| now + TimeDelta::seconds(seconds))
}
