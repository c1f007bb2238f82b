//! Every few seconds: sends the mail that waits in the outbox. Without a mail server it stays there. A mail may be sent twice after a crash,
//! never not at all; it has the same Message-ID both times.

use std::sync::Arc;

use chrono::{NaiveDateTime, TimeDelta};
use futures_util::stream::{self, StreamExt as _};

use crate::adapters::email::{CONNECTIONS, Mail, MailError, Mailer};
use crate::app::App;
use crate::documents::letters::{Action, Letter, Letterhead, letter};
use crate::domain::stamp::{Actor, ActorKind, Stamp};
use crate::i18n;
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::store::notices::NoticeRow;
use crate::usecases::alerts::pay_links::path;
use crate::usecases::alerts::wishes::{Signed, sign_mails};
use crate::usecases::notices::{NotTaken, record_failed, record_sent, take_due};

/// How many mails a round takes, and notes together once they are sent. A crash sends at the most these again.
const ROUND: i64 = 128;

/// After so many tries, which take about four days, a mail is given up.
const TRIES: i32 = 32;

/// The longest time between two tries, in seconds: four hours.
const LONGEST_WAIT: i64 = 14_400;

/// A mail written out.
struct Written {
    row: NoticeRow,
    mail: Mail,
}

/// A mail with the server's answer.
type Sent = (Written, Result<(), MailError>);

/// Rounds until nothing is due. A server that takes nothing of a round is left alone until the next beat.
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
        .buffer_unordered(CONNECTIONS)
        .collect()
        .await;
    let goes_on = sent
        .iter()
        .any(|(_, sent)| !matches!(sent, Err(MailError::Later(_))));
    record_all(app, sent).await?;
    Ok(goes_on)
}

/// Notes what came of a round together; where that fails, each mail by itself, so that one takes no other with it.
async fn record_all(app: &App, sent: Vec<Sent>) -> anyhow::Result<()> {
    let sent = Arc::new(sent);
    let all = Arc::clone(&sent);
    let together = move |tx: &mut Tx<'_>| record(tx, &all);
    let Err(error) = app.db.write(by_clock(app), together).await else {
        return Ok(());
    };
    tracing::warn!(%error, "a round of mails is noted one by one");
    for place in 0..sent.len() {
        let all = Arc::clone(&sent);
        let alone = move |tx: &mut Tx<'_>| {
            let one = all.get(place).map(std::slice::from_ref);
            record(tx, one.unwrap_or_default())
        };
        if let Err(error) = app.db.write(by_clock(app), alone).await {
            tracing::error!(%error, "what came of a mail could not be noted");
        }
    }
    Ok(())
}

/// Takes the mails that are due and writes them out.
async fn take(app: &App) -> anyhow::Result<Vec<Written>> {
    let fresh = app.fresh_token()?;
    let take = move |tx: &mut Tx<'_>| -> Result<_, StoreError> {
        let due = take_due(tx, ROUND)?;
        let signatures = sign_mails(tx, &due, &fresh)?;
        Ok((due, signatures))
    };
    let (due, signatures) = app.db.write(by_clock(app), take).await?;
    let mails = due.into_iter().zip(signatures);
    mails
        .map(|(row, signed)| write_out(app, row, signed))
        .collect()
}

fn write_out(app: &App, row: NoticeRow, signed: Signed) -> anyhow::Result<Written> {
    let url = &app.config.public_url;
    let leave = signed
        .leave
        .map(|signature| format!("{url}/unsubscribe?notice={}&signature={signature}", row.id));
    let head = Letterhead {
        public_url: url.clone(),
        phone: app.config.phone.clone(),
    };
    let mut words = letter(&row.notice, row.language, &head);
    let to_pay = signed.pay.map(|signature| path(row.id, &signature));
    let pay_now = i18n::words(row.language).notice_pay_action();
    let link = |path: String| Action {
        address: format!("{url}{path}"),
        words: pay_now,
    };
    put_link(&mut words, (to_pay.map(link), &format!("{url}/pay")));
    // What a mail carries stands after its greeting and its first sentence.
    if !signed.items.is_empty() {
        let links = signed.items.into_iter().map(|path| path.map(link));
        words.links = [None, None].into_iter().chain(links).collect();
    }
    let mail = Mail {
        number: row.id.0,
        tag: signed.tag,
        to: row.recipient.clone(),
        subject: words.subject.to_owned(),
        text: words.text(&head, leave.as_deref())?,
        html: words.html(&head, leave.as_deref())?,
        leave,
    };
    Ok(Written { row, mail })
}

/// Puts the link to pay in a letter: in the place of the door to which who signs in comes to pay, else under the last words.
fn put_link(words: &mut Letter, (to_pay, door): (Option<Action>, &str)) {
    let Some(to_pay) = to_pay else {
        return;
    };
    match &mut words.action {
        Some(action) if action.address == door => action.address = to_pay.address,
        Some(_) | None => {
            let last = words.paragraphs.len().saturating_sub(1);
            words.links.resize(last, None);
            words.links.push(Some(to_pay));
        }
    }
}

fn record(tx: &mut Tx<'_>, all: &[Sent]) -> Result<(), StoreError> {
    let mut failed = Vec::new();
    for (Written { row, mail }, sent) in all {
        match sent {
            Ok(()) => record_sent(tx, row, &mail.subject, &mail.text)?,
            Err(error) => {
                let again_at = match error {
                    MailError::Refused(_) => None,
                    MailError::Later(_) => again_at(row, tx.stamp.at),
                };
                failed.push((row, error.to_string(), again_at));
            }
        }
    }
    let failed: Vec<NotTaken<'_>> = failed
        .iter()
        .map(|(row, why, again_at)| (*row, why.as_str(), *again_at))
        .collect();
    record_failed(tx, &failed)
}

fn by_clock(app: &App) -> Stamp {
    app.stamp(Actor::unnamed(ActorKind::Clock), None)
}

/// Twice as long after each try, up to four hours; `None` after the last.
fn again_at(row: &NoticeRow, now: NaiveDateTime) -> Option<NaiveDateTime> {
    let tries = row.attempts.clamp(0, TRIES);
    let seconds = 30_i64
        .saturating_mul(2_i64.saturating_pow(tries.unsigned_abs()))
        .min(LONGEST_WAIT);
    (tries + 1 < TRIES).then(|| now + TimeDelta::seconds(seconds))
}
