//! Every few seconds: sends the mail that waits in the outbox. Without a mail server it stays there. A mail may be sent twice after a crash,
//! never not at all; it has the same Message-ID both times.

use chrono::{NaiveDateTime, TimeDelta};
use futures_util::stream::{self, StreamExt as _};

use crate::adapters::email::{Mail, MailError, Mailer};
use crate::app::App;
use crate::documents::letters::{Letterhead, letter};
use crate::domain::stamp::{Actor, ActorKind, Stamp};
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::store::notices::NoticeRow;
use crate::usecases::alerts::wishes::sign_links;
use crate::usecases::notices::{record_failed, record_sent, take_due};

/// How many mails a round takes, and notes together once they are sent. A crash sends at the most these again.
const ROUND: i64 = 64;

/// How many mails are on their way at once; the mailer keeps so many connections open.
const AT_ONCE: usize = 8;

/// After so many tries a mail is given up.
const TRIES: i32 = 10;

/// A mail written out.
struct Written {
    row: NoticeRow,
    mail: Mail,
}

/// Rounds until nothing is due. A server that takes no more for now is left alone until the next beat.
///
/// # Errors
/// When the database fails; a mail that fails is noted with its reason.
pub async fn run(app: App) -> anyhow::Result<()> {
    let Some(url) = &app.config.smtp_url else {
        return Ok(());
    };
    let mailer = Mailer::new(url, &app.config.mail_from)?;
    while round(&app, &mailer).await? {}
    Ok(())
}

/// One round; whether there may be more to send.
async fn round(app: &App, mailer: &Mailer) -> anyhow::Result<bool> {
    let written = take(app).await?;
    if written.is_empty() {
        return Ok(false);
    }
    let sending = written.into_iter().map(|written| async {
        let sent = mailer.send(&written.mail).await;
        (written, sent)
    });
    let sent: Vec<_> = stream::iter(sending)
        .buffer_unordered(AT_ONCE)
        .collect()
        .await;
    let goes_on = !sent
        .iter()
        .any(|(_, sent)| matches!(sent, Err(MailError::Later(_))));
    let record = move |tx: &mut Tx<'_>| {
        sent.iter()
            .try_for_each(|(written, sent)| record(tx, written, sent))
    };
    app.db.write(by_clock(app), record).await?;
    Ok(goes_on)
}

/// Takes the mails that are due and writes them out.
async fn take(app: &App) -> anyhow::Result<Vec<Written>> {
    let fresh = app.fresh_token()?;
    let take = move |tx: &mut Tx<'_>| -> Result<_, StoreError> {
        let due = take_due(tx, ROUND)?;
        let signatures = sign_links(tx, &due, &fresh)?;
        Ok((due, signatures))
    };
    let (due, signatures) = app.db.write(by_clock(app), take).await?;
    let mails = due.into_iter().zip(signatures);
    mails
        .map(|(row, signature)| write_out(app, row, signature))
        .collect()
}

fn write_out(app: &App, row: NoticeRow, signature: Option<String>) -> anyhow::Result<Written> {
    let url = &app.config.public_url;
    let leave = signature
        .map(|signature| format!("{url}/unsubscribe?notice={}&signature={signature}", row.id));
    let head = Letterhead {
        public_url: url.clone(),
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
    Ok(Written { row, mail })
}

fn record(
    tx: &mut Tx<'_>,
    Written { row, mail }: &Written,
    sent: &Result<(), MailError>,
) -> Result<(), StoreError> {
    match sent {
        Ok(()) => record_sent(tx, row, &mail.subject, &mail.text),
        Err(error) => {
            let again_at = match error {
                MailError::Refused(_) => None,
                MailError::Later(_) => again_at(row, tx.stamp.at),
            };
            record_failed(tx, row, &error.to_string(), again_at)
        }
    }
}

fn by_clock(app: &App) -> Stamp {
    app.stamp(Actor::unnamed(ActorKind::Clock), None)
}

/// Twice as long after each try, up to about four hours; `None` after the last.
fn again_at(row: &NoticeRow, now: NaiveDateTime) -> Option<NaiveDateTime> {
    let tries = row.attempts.clamp(0, TRIES);
    let seconds = 30_i64.checked_shl(tries.unsigned_abs())?;
    (tries + 1 < TRIES).then(|| now + TimeDelta::seconds(seconds))
}
