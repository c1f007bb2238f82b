//! Every few seconds: sends the texts that wait in the outbox. Without a carrier they stay there. At night only the code that somebody waits
//! for and what is urgent go out. A text whose answer was lost may be sent twice, never not at all.

use chrono::{NaiveDateTime, TimeDelta};

use crate::adapters::texts::{Carrier, NotTexted, Texter};
use crate::app::App;
use crate::documents::letters::Letterhead;
use crate::documents::texts::text;
use crate::domain::stamp::{Actor, ActorKind, Stamp};
use crate::i18n::Own;
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::store::notices::NoticeRow;
use crate::usecases::alerts::pay_links::{path, sign_texts};
use crate::usecases::bounces::heed_carrier;
use crate::usecases::notice_texts;
use crate::usecases::notices::{may_be_texted, record_failed, record_texted, take_due_texts};

/// How many texts a round takes: so many that a slow carrier answers each within the five minutes for which they are taken.
const ROUND: i64 = 16;

/// After so many tries a text is given up.
const TRIES: i32 = 6;

/// Rounds until nothing is due, or the carrier took nothing of one.
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
    while round(&app, &texter).await? {}
    Ok(())
}

/// One round; whether there may be more to send.
async fn round(app: &App, texter: &Texter) -> anyhow::Result<bool> {
    let is_quiet = app.is_quiet();
    let fresh = app.fresh_token()?;
    let take = move |tx: &mut Tx<'_>| -> Result<_, StoreError> {
        let due = take_due_texts(tx, is_quiet, ROUND)?;
        let signatures = sign_texts(tx, &due, &fresh)?;
        Ok((due, signatures, notice_texts::current(tx)?))
    };
    let (due, signatures, own) = app.db.write(by_clock(app), take).await?;
    let own = Own::keep(own);
    let mut goes_on = false;
    for (row, signature) in due.into_iter().zip(signatures) {
        goes_on |= deliver((app, own), texter, (row, signature)).await?;
    }
    Ok(goes_on)
}

fn by_clock(app: &App) -> Stamp {
    app.stamp(Actor::unnamed(ActorKind::Clock), None)
}

/// Sends one text, with the link to pay in one that asks for money; whether the carrier answered for good.
async fn deliver(
    (app, own): (&App, Own),
    texter: &Texter,
    (row, signature): (NoticeRow, Option<String>),
) -> anyhow::Result<bool> {
    let to_pay = signature.map(|signature| path(row.id, &signature));
    let head = Letterhead {
        public_url: format!("{}{}", app.config.public_url, to_pay.unwrap_or_default()),
        phone: app.config.phone.clone(),
        own,
    };
    let words = text(&row.notice, row.language, &head).unwrap_or_default();
    let asked = row.clone();
    let may = app.db.read(move |conn| may_be_texted(conn, &asked)).await?;
    let sent = if may {
        texter.send(&row.recipient, &words).await
    } else {
        Err(NotTexted::Refused("its holder wants no texts".to_owned()))
    };
    let is_answered = !matches!(sent, Err(NotTexted::Later(_)));
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
                    record_failed(tx, &[(&row, &why, again)])
                })
                .await
        }
    };
    recorded?;
    Ok(is_answered)
}

/// Four times as long after each try; `None` after the last.
fn again_at(row: &NoticeRow, now: NaiveDateTime) -> Option<NaiveDateTime> {
    let tries = row.attempts.clamp(0, TRIES);
    let seconds = 15_i64.checked_shl(tries.unsigned_abs().checked_mul(2)?)?;
    (tries + 1 < TRIES).then(|| now + TimeDelta::seconds(seconds))
}
