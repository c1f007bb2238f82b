//! `mainstay bench notices`: the mails of a bill run, planned while its bills are issued, then written out and handed to a mail server that
//! stands by, such as `python -m aiosmtpd -n -l 127.0.0.1:2525` with `SMTP_URL=smtp://127.0.0.1:2525`.

use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use clap::Args;

use crate::app::App;
use crate::cli::bench::bills::{issue_day, set_up, stamp_on};
use crate::cli::say;
use crate::clock::Clock;
use crate::config::Config;
use crate::domain::notice::{Channel, NoticeState};
use crate::jobs::deliver_notices;
use crate::store::db::{Access, Db};
use crate::store::floor::fresh::Fresh;
use crate::store::outbox::count;
use crate::usecases::billing::{draft_run, issue_run};

#[derive(Args)]
pub struct NoticesArgs {
    /// How many accounts get their bills by e-mail; the city has half as many again that do not.
    #[arg(long, default_value_t = 100_000)]
    accounts: u64,
    /// The mail server that takes them; the one that `SMTP_URL` names where none is given.
    #[arg(long)]
    smtp: Option<String>,
    /// A PostgreSQL database whose user may create others; a new SQLite file where none is named.
    #[arg(long)]
    database: Option<String>,
}

/// Measures and tells.
pub fn run(args: &NoticesArgs) -> anyhow::Result<()> {
    let named = match &args.smtp {
        Some(url) => Some(url.clone()),
        None => Config::from_environment()?.smtp_url,
    };
    let smtp = named.context("name a mail server: SMTP_URL=smtp://127.0.0.1:2525")?;
    let fresh = Fresh::create(args.database.as_deref(), "bench")?;
    let db = Db::open(&fresh.url, Access::Own)?;
    let run = set_up(&db, args.accounts * 3 / 2)?;
    let stamp = stamp_on(issue_day()?);
    draft_run(&db, &stamp, chrono_tz::America::Chicago, run, |_| {})?;
    let started = Instant::now();
    issue_run(&db, &stamp, run, |_| {})?;
    let planning = started.elapsed();
    let planned = db.read_blocking(|conn| count(conn, Channel::Email, NoticeState::Queued))?;
    let app = open(&fresh.url, &smtp, db)?;
    let started = Instant::now();
    actix_web::rt::System::new().block_on(deliver_notices::run(app.clone()))?;
    let sending = started.elapsed();
    let read = |state| {
        app.db
            .read_blocking(|conn| count(conn, Channel::Email, state))
    };
    let (sent, left) = (read(NoticeState::Sent)?, read(NoticeState::Queued)?);
    ensure!(
        sent == planned && left == 0,
        "of {planned} mails {sent} left and {left} wait: does {smtp} take mail?"
    );
    tell(sent, planning, sending);
    Ok(())
}

fn open(url: &str, smtp: &str, db: Db) -> anyhow::Result<App> {
    let config = Config::read(&|name| match name {
        "DATABASE_URL" => Some(url.to_owned()),
        "SMTP_URL" => Some(smtp.to_owned()),
        _ => None,
    })?;
    Ok(App {
        db,
        clock: Clock::new(config.zone),
        config: Arc::new(config),
        desk: None,
        is_demonstration: false,
    })
}

fn tell(mails: i64, planning: Duration, sending: Duration) {
    let a_second = |took: Duration| {
        let millis = i64::try_from(took.as_millis()).unwrap_or(i64::MAX).max(1);
        mails * 1_000 / millis
    };
    say(format_args!(
        "{mails} mails: planned with their bills issued and posted in {} ms, written out and taken by the server in {} ms",
        planning.as_millis(),
        sending.as_millis()
    ));
    say(format_args!(
        "sending:           {} mails/s",
        a_second(sending)
    ));
    say(format_args!(
        "planning, too:     {} mails/s (at least 500)",
        a_second(planning + sending)
    ));
}
