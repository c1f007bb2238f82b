//! `mainstay bench mail`: how fast mails are written out and handed to a mail server, by the job that `serve` runs.

use std::sync::Arc;
use std::time::Instant;

use anyhow::ensure;
use clap::Args;

use crate::app::App;
use crate::cli::bench::bills::{issue_day, stamp_on};
use crate::cli::say;
use crate::clock::Clock;
use crate::config::Config;
use crate::domain::customers::Language;
use crate::domain::ids::BillId;
use crate::domain::money::Money;
use crate::domain::notice::Notice;
use crate::jobs::deliver_notices;
use crate::store::db::{Access, Db, Tx};
use crate::store::error::StoreError;
use crate::store::floor::fresh::Fresh;
use crate::store::notices::{self, Addressee};

/// How many notices are put in the outbox at a time.
const CHUNK: u64 = 1_000;

#[derive(Args)]
pub struct MailArgs {
    /// A mail server on this machine that takes everything, as `smtp://127.0.0.1:2525`.
    #[arg(long)]
    smtp: String,
    /// How many mails.
    #[arg(long, default_value_t = 10_000)]
    mails: u64,
    /// A PostgreSQL database whose user may create others; a new SQLite file where none is named.
    #[arg(long)]
    database: Option<String>,
}

/// Measures and tells.
pub fn run(args: &MailArgs) -> anyhow::Result<()> {
    let fresh = Fresh::create(args.database.as_deref(), "bench")?;
    let config = Config::read(&|name| match name {
        "DATABASE_URL" => Some(fresh.url.clone()),
        "SMTP_URL" => Some(args.smtp.clone()),
        _ => None,
    })?;
    let app = App {
        db: Db::open(&fresh.url, Access::Own)?,
        clock: Clock::new(config.zone),
        config: Arc::new(config),
        desk: None,
        is_demonstration: false,
    };
    fill(&app.db, args.mails)?;
    let started = Instant::now();
    actix_web::rt::System::new().block_on(deliver_notices::run(app.clone()))?;
    let took = started.elapsed();
    let waiting = app
        .db
        .read_blocking(|conn| notices::list_waiting(conn, 1))?;
    ensure!(waiting.is_empty(), "the server did not take every mail");
    let a_second = u128::from(args.mails) * 1_000 / took.as_millis().max(1);
    say(format_args!("mails:           {}", args.mails));
    say(format_args!("mails a second:  {a_second} (at least 500)"));
    Ok(())
}

fn fill(db: &Db, mails: u64) -> anyhow::Result<()> {
    let stamp = stamp_on(issue_day()?);
    let mut left = mails;
    while left > 0 {
        let chunk = left.min(CHUNK);
        let put = move |tx: &mut Tx<'_>| -> Result<(), StoreError> {
            (0..chunk).try_for_each(|place| put_one(tx, left - place))
        };
        db.write_blocking(stamp.clone(), put)?;
        left -= chunk;
    }
    Ok(())
}

fn put_one(tx: &mut Tx<'_>, number: u64) -> Result<(), StoreError> {
    let to = Addressee::by_email(&format!("reader{number}@post.example"), Language::English);
    let notice = Notice::BillReady {
        name: format!("Reader {number}"),
        account_number: "4100-00001-9".parse().map_err(unreadable)?,
        bill: BillId(1),
        total: Money::from_cents(12_987),
        balance: Money::from_cents(12_987),
        due_on: tx.stamp.on,
    };
    notices::put(tx, &to, &notice).map(|_id| ())
}

fn unreadable(error: impl std::fmt::Display) -> StoreError {
    StoreError::Unreadable(error.to_string())
}
