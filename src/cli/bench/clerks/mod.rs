//! `mainstay bench clerks`: clerks at work on one process, each on a connection of their own with a script of what clerks do. It tells how long each
//! deed takes, and that everything that was answered as done is in the audit trail, once.

mod script;

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use anyhow::{Context, bail, ensure};
use clap::Args;

use crate::app::App;
use crate::cli::bench::clerks::script::{Clerk, Worked};
use crate::cli::bench::pages::load::Times;
use crate::cli::bench::pages::{ms, people};
use crate::cli::bench::serving;
use crate::cli::say;
use crate::domain::ids::{AccountId, AccountNumber};
use crate::store;
use crate::store::audit::{Wanted, list};
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::labels::AccountLabel;

/// How many accounts each clerk has to work on.
const OF_A_CLERK: u64 = 20;

/// How many accounts all of them work on, besides their own.
const SHARED: usize = 5;

/// More rows of the trail than one account has.
const ALL: i64 = 1_000_000;

#[derive(Args)]
pub struct ClerksArgs {
    /// The city's database, as `mainstay seed` makes one; what is measured adds clerks, notes, calls and holds to it.
    #[arg(long)]
    database: String,
    /// How many clerks work at once.
    #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u64).range(1..=1_000))]
    clerks: u64,
    /// For how long, in seconds.
    #[arg(long, default_value_t = 20)]
    seconds: u64,
    /// How long a clerk thinks between two deeds, in milliseconds; half of it to one and a half of it.
    #[arg(long, default_value_t = 500)]
    think: u64,
}

/// Measures and tells.
pub fn run(args: &ClerksArgs) -> anyhow::Result<()> {
    let (app, listener, at) = serving::open(&args.database)?;
    let name = format!("Bench {}", uuid::Uuid::new_v4().simple());
    let accounts = people::spread(&app, args.clerks * OF_A_CLERK)?;
    ensure!(accounts.len() > SHARED, "the city has too few accounts");
    let hash = people::password_hash()?;
    let cookies = (0..args.clerks)
        .map(|_| people::clerk(&app, &name, &hash))
        .collect::<anyhow::Result<Vec<_>>>()?;
    let serving = serving::serve(&app, listener)?;
    let worked = work(args, at, (&accounts, &cookies));
    serving.stop()?;
    let worked = worked?;
    tell(args, &worked);
    compare(&app, &name, &worked)
}

/// All of the clerks at once, until the time is over.
fn work(
    args: &ClerksArgs,
    at: SocketAddr,
    (accounts, cookies): (&[AccountLabel], &[String]),
) -> anyhow::Result<Worked> {
    let (shared, own) = accounts.split_at(SHARED);
    let ends = Instant::now() + Duration::from_secs(args.seconds);
    let think = Duration::from_millis(args.think);
    let clerk = |number: usize, cookie: &str| -> anyhow::Result<Worked> {
        let mine: Vec<&AccountLabel> = own
            .iter()
            .skip(number)
            .step_by(cookies.len())
            .chain(shared)
            .collect();
        let mut clerk = Clerk::signed_in(at, (number, cookie), think)?;
        while Instant::now() < ends {
            clerk.round(&mine)?;
        }
        Ok(clerk.worked)
    };
    let clerk = &clerk;
    std::thread::scope(|scope| {
        let all: Vec<_> = cookies
            .iter()
            .enumerate()
            .map(|(number, cookie)| scope.spawn(move || clerk(number, cookie)))
            .collect();
        let mut together = Worked::default();
        for one in all {
            match one.join() {
                Ok(worked) => together.add(worked?),
                Err(_panic) => bail!("a clerk's thread panicked"),
            }
        }
        Ok(together)
    })
}

fn tell(args: &ClerksArgs, worked: &Worked) {
    say(format_args!(
        "{} clerks for {} s, thinking {} ms (target: p99 100 ms)",
        args.clerks, args.seconds, args.think
    ));
    say(format_args!(
        "{:<28} {:>8} {:>10} {:>10} {:>10}",
        "deed", "times", "p50", "p99", "most"
    ));
    let mut all = Vec::new();
    for (deed, times) in &worked.times {
        all.extend_from_slice(times);
        line(deed, times.clone());
    }
    line("all", all);
}

fn line(deed: &str, times: Vec<Duration>) {
    let times = Times::of(times);
    say(format_args!(
        "{deed:<28} {:>8} {:>10} {:>10} {:>10}",
        times.count(),
        ms(times.share(50)),
        ms(times.share(99)),
        ms(times.share(100))
    ));
}

/// What the trail of each account says of these clerks beside what they were told was done.
fn compare(app: &App, name: &str, worked: &Worked) -> anyhow::Result<()> {
    let mut found: BTreeMap<(String, String), u64> = BTreeMap::new();
    let mut numbers: Vec<&String> = worked.done.keys().map(|(number, _)| number).collect();
    numbers.dedup();
    for number in numbers {
        let number: AccountNumber = number.parse().ok().context("an account's number")?;
        let known = number.clone();
        let rows = app.db.read_blocking(move |conn: &mut Conn| {
            let id: AccountId =
                store::labels::id_of(conn, &known)?.ok_or(StoreError::Missing("account"))?;
            let wanted = Wanted {
                account: Some(id),
                action: String::new(),
                limit: ALL,
                offset: 0,
            };
            list(conn, &wanted)
        })?;
        for row in rows.into_iter().filter(|row| row.actor_name == name) {
            *found
                .entry((number.as_str().to_owned(), row.action))
                .or_default() += 1;
        }
    }
    let mut wrong = 0;
    for ((number, deed), done) in &worked.done {
        let kept = found.get(&(number.clone(), (*deed).to_owned()));
        let kept = kept.copied().unwrap_or_default();
        if kept != *done {
            wrong += 1;
            say(format_args!(
                "account {number}: {done} times {deed} was answered as done, {kept} times it is there"
            ));
        }
    }
    let done: u64 = worked.done.values().sum();
    say(format_args!(
        "{done} changes were answered as done; {} forms were refused because somebody else had changed the same; {wrong} differ from the audit trail",
        worked.conflicts
    ));
    ensure!(wrong == 0, "a change was lost, or made twice");
    Ok(())
}
