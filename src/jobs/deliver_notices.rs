//! Every few seconds: sends the mail that waits in the outbox. Without a mail server it stays there, and lies in a folder where one is set.
//!
//! A mail is claimed, handed over, and noted as soon as the server has answered; what was answered while others were noted is noted together. After a
//! crash between the server's answer and our note, and where the server falls silent in the middle, nobody can know whether a mail was taken: it
//! is sent again, with the same Message-ID, by which mail programs show it once. A crash leaves no more mails in that state than `UNSURE`; a
//! server that falls silent leaves each that it fell silent over. None is lost.

use std::collections::VecDeque;
use std::sync::Arc;

use chrono::{NaiveDateTime, TimeDelta};
use futures_util::future::{FutureExt as _, LocalBoxFuture};
use futures_util::stream::{FuturesUnordered, StreamExt as _};

use crate::adapters::email::{CONNECTIONS, MailError, Mailer};
use crate::adapters::mail_folder::MailFolder;
use crate::app::App;
use crate::i18n::Own;
use crate::jobs::file_notices;
use crate::jobs::written_mails::{Written, by_clock, write_out, writer};
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::store::notices::NoticeRow;
use crate::usecases::alerts::wishes::sign_mails;
use crate::usecases::notice_texts;
use crate::usecases::notices::{NotTaken, record_failed, record_sent, take_due};

/// How many mails are claimed at a time. The next are when no more than `CONNECTIONS` wait and as many are with the server: so few stand before
/// the last of them that a slow server answers it within the five minutes for which it is claimed.
const CLAIMED: i64 = 64;

/// How many mails at the most are with the server or answered and not noted yet: so many a crash may send again.
pub const UNSURE: usize = CONNECTIONS + 16;

/// After so many tries, which take about four days, a mail is given up.
const TRIES: i32 = 32;

/// The longest time between two tries, in seconds: four hours.
const LONGEST_WAIT: i64 = 14_400;

/// A mail with the server's answer.
type Sent = (Written, Result<(), MailError>);

/// What is being noted, and of how many mails.
type Noting<'a> = Option<(usize, LocalBoxFuture<'a, anyhow::Result<()>>)>;

/// The next mails while they are claimed and written out.
type Taking<'a> = Option<LocalBoxFuture<'a, anyhow::Result<Vec<Written>>>>;

/// Refuses at the start what would fail at every beat: an address, a key or a folder that cannot be used.
///
/// # Errors
/// The setting, and how to mend it.
pub fn check(app: &App) -> anyhow::Result<()> {
    writer(app)?;
    match (&app.config.smtp_url, &app.config.outbox_dir) {
        (Some(url), _) => {
            // The address may hold a password: it is not repeated.
            Mailer::check(url).map_err(|error| {
                anyhow::anyhow!("SMTP_URL: {error}; write it as smtps://user:password@host")
            })?;
        }
        (None, Some(dir)) => {
            MailFolder::open(dir)?;
        }
        (None, None) => {}
    }
    Ok(())
}

/// Sends until nothing is due. A server that takes nothing of what was claimed at once is left alone until the next beat.
///
/// # Errors
/// When the database fails; a mail that fails is noted with its reason.
pub async fn run(app: App) -> anyhow::Result<()> {
    match (&app.config.smtp_url, &app.config.outbox_dir) {
        (Some(url), _) => {
            let mailer = Mailer::new(url, writer(&app)?)?;
            send_all(&app, &mailer).await
        }
        (None, Some(dir)) => file_notices::run(&app, dir).await,
        (None, None) => Ok(()),
    }
}

/// Claims mails, hands each over, and notes what came of it; the next are written out while the server answers.
async fn send_all(app: &App, mailer: &Mailer) -> anyhow::Result<()> {
    let mut waiting = VecDeque::from(take(app).await?);
    let mut sending = FuturesUnordered::new();
    let mut answered: Vec<Sent> = Vec::new();
    let mut noting: Noting<'_> = None;
    let mut taking: Taking<'_> = None;
    // Whether the server took or refused any of what was claimed last: then more is claimed, until nothing is due.
    let (mut goes_on, mut is_all) = (false, false);
    let mut ended = Ok(());
    loop {
        if noting.is_none() && !answered.is_empty() {
            let all = std::mem::take(&mut answered);
            noting = Some((all.len(), record_all(app, all).boxed_local()));
        }
        if taking.is_none() && goes_on && !is_all && waiting.len() <= CONNECTIONS {
            goes_on = false;
            taking = Some(take(app).boxed_local());
        }
        let being_noted = noting.as_ref().map_or(0, |(mails, _)| *mails);
        while sending.len() < CONNECTIONS
            && sending.len() + answered.len() + being_noted < UNSURE
            && let Some(next) = waiting.pop_front()
        {
            sending.push(send(mailer, next));
        }
        if sending.is_empty() && noting.is_none() && taking.is_none() {
            return ended;
        }
        tokio::select! {
            Some(sent) = sending.next(), if !sending.is_empty() => {
                goes_on |= !matches!(sent.1, Err(MailError::Later(_)));
                answered.push(sent);
            }
            noted = finish(&mut noting), if noting.is_some() => {
                noted?;
                noting = None;
            }
            taken = written(&mut taking), if taking.is_some() => {
                taking = None;
                match taken {
                    Ok(next) => {
                        is_all = next.is_empty();
                        waiting.extend(next);
                    }
                    // What is with the server is noted before the fault is told.
                    Err(error) => {
                        is_all = true;
                        ended = Err(error);
                    }
                }
            }
        }
    }
}

/// Waits until what is being noted is.
async fn finish(noting: &mut Noting<'_>) -> anyhow::Result<()> {
    match noting {
        Some((_, work)) => work.await,
        None => Ok(()),
    }
}

/// Waits until the next mails are written out.
async fn written(taking: &mut Taking<'_>) -> anyhow::Result<Vec<Written>> {
    match taking {
        Some(work) => work.await,
        None => Ok(Vec::new()),
    }
}

async fn send(mailer: &Mailer, written: Written) -> Sent {
    let sent = mailer.send(&written.mail).await;
    (written, sent)
}

/// Notes what came of mails together; where that fails, each mail by itself, so that one takes no other with it.
async fn record_all(app: &App, sent: Vec<Sent>) -> anyhow::Result<()> {
    let sent = Arc::new(sent);
    let all = Arc::clone(&sent);
    let together = move |tx: &mut Tx<'_>| record(tx, &all);
    let Err(error) = app.db.write(by_clock(app), together).await else {
        return Ok(());
    };
    tracing::warn!(%error, "mails are noted one by one");
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
        let due = take_due(tx, CLAIMED)?;
        let signatures = sign_mails(tx, &due, &fresh)?;
        Ok((due, signatures, notice_texts::current(tx)?))
    };
    let (due, signatures, own) = app.db.write(by_clock(app), take).await?;
    let own = Own::keep(own);
    let mails = due.into_iter().zip(signatures);
    mails
        .map(|(row, signed)| write_out((app, own), row, signed))
        .collect()
}

fn record(tx: &mut Tx<'_>, all: &[Sent]) -> Result<(), StoreError> {
    let (mut left, mut failed) = (Vec::new(), Vec::new());
    for (Written { row, mail }, sent) in all {
        match sent {
            Ok(()) => left.push((row, mail.subject.as_str(), mail.text.as_str())),
            Err(error) => {
                let again_at = match error {
                    MailError::Refused(_) => None,
                    MailError::Later(_) => again_at(row, tx.stamp.at),
                };
                failed.push((row, error.to_string(), again_at));
            }
        }
    }
    record_sent(tx, &left)?;
    let failed: Vec<NotTaken<'_>> = failed
        .iter()
        .map(|(row, why, again_at)| (*row, why.as_str(), *again_at))
        .collect();
    record_failed(tx, &failed)
}

/// Twice as long after each try, up to four hours; `None` after the last.
fn again_at(row: &NoticeRow, now: NaiveDateTime) -> Option<NaiveDateTime> {
    let tries = row.attempts.clamp(0, TRIES);
    let seconds = 30_i64
        .saturating_mul(2_i64.saturating_pow(tries.unsigned_abs()))
        .min(LONGEST_WAIT);
    (tries + 1 < TRIES).then(|| now + TimeDelta::seconds(seconds))
}
