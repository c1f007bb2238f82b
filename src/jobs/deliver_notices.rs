//! Every few seconds: sends the mail that waits in the outbox. Without a mail server it stays there. A mail may be sent twice after a crash,
//! never not at all; it has the same Message-ID both times.

use chrono::{NaiveDateTime, TimeDelta};

use crate::adapters::email::{Mail, MailError, Mailer};
use crate::app::App;
use crate::documents::letters::{Letterhead, letter};
use crate::domain::stamp::{Actor, ActorKind};
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::store::notices::NoticeRow;
use crate::usecases::alerts::wishes::sign_links;
use crate::usecases::notices::{record_failed, record_sent, take_due};

/// How many mails a round sends at the most.
const ROUND: i64 = 50;

/// After so many tries a mail is given up.
const TRIES: i32 = 10;

/// One round.
///
/// # Errors
/// When the database fails; a mail that fails is noted with its reason.
pub async fn run(app: App) -> anyhow::Result<()> {
    let Some(url) = &app.config.smtp_url else {
        return Ok(());
    };
    let mailer = Mailer::new(url, &app.config.mail_from)?;
    let stamp = app.stamp(Actor::unnamed(ActorKind::Clock), None);
    let fresh = app.fresh_token()?;
    let take = move |tx: &mut Tx<'_>| -> Result<_, StoreError> {
        let due = take_due(tx, ROUND)?;
        let signatures = sign_links(tx, &due, &fresh)?;
        Ok((due, signatures))
    };
    let (due, signatures) = app.db.write(stamp, take).await?;
    for (row, signature) in due.into_iter().zip(signatures) {
        let leave = signature.map(|signature| {
            let url = &app.config.public_url;
            format!("{url}/unsubscribe?notice={}&signature={signature}", row.id)
        });
        deliver(&app, &mailer, (row, leave)).await?;
    }
    Ok(())
}

async fn deliver(
    app: &App,
    mailer: &Mailer,
    (row, leave): (NoticeRow, Option<String>),
) -> anyhow::Result<()> {
    let head = Letterhead {
        public_url: app.config.public_url.clone(),
        phone: app.config.phone.clone(),
    };
    let words = letter(&row.notice, row.language, &head);
    let mail = Mail {
        number: row.id.0,
        to: row.recipient.clone(),
        subject: words.subject.to_owned(),
        text: words.text(&head, leave.as_deref())?,
        html: words.html(&head, leave.as_deref())?,
        leave,
    };
    let sent = mailer.send(&mail).await;
    let stamp = app.stamp(Actor::unnamed(ActorKind::Clock), None);
    let again_at = again_at(&row, stamp.at);
    let recorded: Result<(), StoreError> = match sent {
        Ok(()) => {
            app.db
                .write(stamp, move |tx| {
                    record_sent(tx, &row, &mail.subject, &mail.text)
                })
                .await
        }
        Err(error) => {
            let again = match &error {
                MailError::Refused(_) => None,
                MailError::Later(_) => again_at,
            };
            let why = error.to_string();
            app.db
                .write(stamp, move |tx| record_failed(tx, &row, &why, again))
                .await
        }
    };
    Ok(recorded?)
}

/// Twice as long after each try, up to about four hours; `None` after the last.
fn again_at(row: &NoticeRow, now: NaiveDateTime) -> Option<NaiveDateTime> {
    let tries = row.attempts.clamp(0, TRIES);
    let seconds = 30_i64.checked_shl(tries.unsigned_abs())?;
    (tries + 1 < TRIES).then(|| now + TimeDelta::seconds(seconds))
}
