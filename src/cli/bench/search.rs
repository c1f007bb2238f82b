//! `mainstay bench search`: finding accounts among a million names and addresses, through the page's own door, as clerks type: the first letters,
//! whole words, several words, numbers, addresses of mail.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use chrono::NaiveDate;
use clap::Args;

use crate::app::App;
use crate::cli::bench::http::{Client, FRAGMENT, encoded};
use crate::cli::bench::pages::load::Times;
use crate::cli::bench::pages::{ms, people};
use crate::cli::bench::serving;
use crate::cli::say;
use crate::cli::seed::homes::home;
use crate::domain::ids::CycleId;
use crate::domain::stamp::{Actor, ActorKind, Stamp};
use crate::store;
use crate::store::db::{Access, Db};
use crate::store::labels::AccountLabel;
use crate::usecases::accounts::{open_accounts, opened_many};
use crate::usecases::cycles::{NewCycle, open_cycle};

/// How many accounts are opened at once.
const BATCH: usize = 1_000;

/// So many are opened between two words of how far it has come.
const TOLD_EVERY: u64 = 100_000;

/// A member of staff may search so often at once; one who asks faster than people type is refused.
const OF_A_CLERK: usize = 50;

#[derive(Args)]
pub struct SearchArgs {
    /// The database: an empty one is filled with names and addresses, one with accounts is asked as it is. A new SQLite file where none is named.
    #[arg(long)]
    database: Option<String>,
    /// How many accounts an empty database is filled with, each with a name and an address.
    #[arg(long, default_value_t = 1_000_000, value_parser = clap::value_parser!(u64).range(100..=9_000_000))]
    names: u64,
    /// How many searches of each kind.
    #[arg(long, default_value_t = 200)]
    each: u64,
}

/// What somebody may know of an account when they search for it.
struct Known {
    label: AccountLabel,
    phone: String,
    email: String,
}

impl Known {
    /// The account with what the city's own people have besides; other people are known by name, address and number alone.
    fn of(label: AccountLabel, on: NaiveDate) -> Option<Self> {
        let place = u64::try_from(label.id.0).ok()?;
        let customer = home(place, CycleId(1), on).customer;
        (customer.name == label.name).then_some(Self {
            label,
            phone: customer.phone.unwrap_or_default(),
            email: customer.email.unwrap_or_default(),
        })
    }

    fn given(&self) -> &str {
        self.label.name.split(' ').next().unwrap_or_default()
    }

    fn family(&self) -> &str {
        self.label.name.split(' ').nth(1).unwrap_or_default()
    }

    fn part_of_address(&self, part: usize) -> &str {
        self.label.address.split(' ').nth(part).unwrap_or_default()
    }

    fn number(&self) -> &str {
        self.label.number.as_str()
    }
}

fn first(text: &str, count: usize) -> String {
    text.chars().take(count).collect()
}

fn last(text: &str, count: usize) -> String {
    let all = text.chars().count();
    text.chars().skip(all.saturating_sub(count)).collect()
}

/// A kind of search: what it is called, and what is typed to find somebody by it.
type Kind = (&'static str, fn(&Known) -> String);

const KINDS: &[Kind] = &[
    ("one letter", |k| first(k.family(), 1)),
    ("two letters", |k| first(k.family(), 2)),
    ("three letters", |k| first(k.family(), 3)),
    ("a family name", |k| k.family().to_owned()),
    ("a given name and a letter", |k| {
        format!("{} {}", k.given(), first(k.family(), 1))
    }),
    ("two letters of each name", |k| {
        format!("{} {}", first(k.given(), 2), first(k.family(), 2))
    }),
    ("a whole name", |k| k.label.name.clone()),
    ("a name and a street", |k| {
        format!("{} {}", k.label.name, k.part_of_address(1))
    }),
    ("a house number", |k| k.part_of_address(0).to_owned()),
    ("a house number and a letter", |k| {
        format!(
            "{} {}",
            k.part_of_address(0),
            first(k.part_of_address(1), 1)
        )
    }),
    ("a house number and a street", |k| {
        format!("{} {}", k.part_of_address(0), k.part_of_address(1))
    }),
    ("a street", |k| {
        format!("{} {}", k.part_of_address(1), k.part_of_address(2))
    }),
    ("a family name and a street", |k| {
        let (street, kind) = (k.part_of_address(1), k.part_of_address(2));
        format!("{} {street} {kind}", k.family())
    }),
    ("four digits of a number", |k| first(k.number(), 4)),
    ("an account's number", |k| k.number().to_owned()),
    ("its last six digits", |k| last(k.number(), 6)),
    ("a telephone number", |k| k.phone.clone()),
    ("its last seven digits", |k| last(&k.phone, 8)),
    ("the beginning of an e-mail", |k| first(&k.email, 5)),
    ("an e-mail address", |k| k.email.clone()),
];

/// Fills, measures and tells.
pub fn run(args: &SearchArgs) -> anyhow::Result<()> {
    let folder = std::env::temp_dir().join(format!("mainstay-search-{}", uuid::Uuid::new_v4()));
    std::fs::create_dir_all(&folder)?;
    let file = folder.join("search.db").display().to_string();
    let url = args.database.clone().unwrap_or(file);
    let measured = fill(&url, args.names).and_then(|()| asked(&url, args));
    std::fs::remove_dir_all(&folder)?;
    measured
}

/// Opens so many accounts in a database that has none, as the house itself does, a thousand at once.
fn fill(url: &str, names: u64) -> anyhow::Result<()> {
    let db = Db::open(url, Access::Build)?;
    if db.read_blocking(store::accounts::count)? > 0 {
        return Ok(());
    }
    let on = NaiveDate::from_ymd_opt(2026, 1, 1).context("a day")?;
    let stamp = Stamp {
        by: Actor::unnamed(ActorKind::Operator),
        at: on.and_time(chrono::NaiveTime::MIN),
        on,
        request_id: None,
    };
    let new = NewCycle {
        code: "BENCH".to_owned(),
        name: "Bench".to_owned(),
        months: 1,
        read_day: 1,
        issue_after: 3,
        due_after: 20,
    };
    let cycle = db.write_bulk(stamp.clone(), move |tx| open_cycle(tx, &new, on, 12))?;
    let started = Instant::now();
    let places: Vec<u64> = (1..=names).collect();
    for places in places.chunks(BATCH) {
        let homes: Vec<_> = places
            .iter()
            .map(|place| {
                let mut home = home(*place, cycle, on);
                home.services.truncate(1);
                home
            })
            .collect();
        db.write_bulk(stamp.clone(), move |tx| open_accounts(tx, &homes))?;
        if let Some(done) = places.last().filter(|done| done.is_multiple_of(TOLD_EVERY)) {
            let took = started.elapsed().as_secs();
            say(format_args!("{done} names and addresses in {took} s"));
        }
    }
    db.write_bulk(stamp, opened_many)?;
    Ok(())
}

fn asked(url: &str, args: &SearchArgs) -> anyhow::Result<()> {
    let (app, listener, at) = serving::open(url)?;
    let known = known(&app, args.each)?;
    let questions = KINDS.len() * known.len() * 2;
    let hash = people::password_hash()?;
    let clerks = (0..=questions / OF_A_CLERK)
        .map(|_| people::clerk(&app, "Bench", &hash))
        .collect::<anyhow::Result<Vec<_>>>()?;
    let serving = serving::serve(&app, listener)?;
    let measured = measure(at, &known, &clerks);
    serving.stop()?;
    let count = app.db.read_blocking(store::accounts::count)?;
    let (typing, whole) = measured?;
    say(format_args!(
        "{} searches over {count} accounts, each with a name and an address (target: p99 30 ms)",
        typing.count() + whole.count()
    ));
    tell("all, while one types", &typing);
    tell("all, as a page of its own", &whole);
    Ok(())
}

fn known(app: &App, count: u64) -> anyhow::Result<Vec<Known>> {
    let today = app.clock.today();
    let labels = people::spread(app, count)?;
    let known: Vec<Known> = labels
        .into_iter()
        .filter_map(|label| Known::of(label, today))
        .collect();
    ensure!(
        !known.is_empty(),
        "the accounts are not of a city that `mainstay seed` or this bench made"
    );
    Ok(known)
}

/// Every kind of search, one after another: what the field shows while one types, and the page that shows more.
fn measure(at: SocketAddr, known: &[Known], clerks: &[String]) -> anyhow::Result<(Times, Times)> {
    let mut client = Client::connect(at)?;
    let mut turn = 0_usize;
    let (mut typing, mut whole) = (Vec::new(), Vec::new());
    say(format_args!(
        "{:<32} {:>10} {:>10} {:>10}",
        "what is typed", "p50", "p99", "most"
    ));
    for (name, typed) in KINDS {
        let mut times = Vec::new();
        for one in known {
            let path = format!("/office/search?q={}", encoded(&typed(one)));
            for (more, kept) in [(FRAGMENT, &mut times), ("", &mut whole)] {
                let cookie = clerks.get(turn / OF_A_CLERK).context("a clerk")?;
                turn += 1;
                kept.push(timed(&mut client, (&path, cookie), more)?);
            }
        }
        typing.extend_from_slice(&times);
        tell(name, &Times::of(times));
    }
    Ok((Times::of(typing), Times::of(whole)))
}

fn timed(
    client: &mut Client,
    (path, cookie): (&str, &str),
    more: &str,
) -> anyhow::Result<Duration> {
    let started = Instant::now();
    let answer = client.get(path, cookie, more)?;
    let took = started.elapsed();
    ensure!(answer.status == 200, "{path}: {}", answer.status);
    Ok(took)
}

fn tell(name: &str, times: &Times) {
    say(format_args!(
        "{name:<32} {:>10} {:>10} {:>10}",
        ms(times.share(50)),
        ms(times.share(99)),
        ms(times.share(100))
    ));
}
