//! `mainstay bench pages`: the real server over a city that `mainstay seed` made, asked by customers and clerks on the same machine.

pub mod history;
pub mod load;
pub mod people;
mod plain;

use std::net::SocketAddr;
use std::time::Duration;

use clap::Args;

use crate::app::App;
use crate::cli::bench::pages::load::{Asking, Load, Times};
use crate::cli::bench::serving;
use crate::cli::say;
use crate::store::floor::queries;

#[derive(Args)]
pub struct PagesArgs {
    /// The city's database; what is measured adds a few sign-ins to it.
    #[arg(long)]
    database: String,
    /// How many customers are signed in.
    #[arg(long, default_value_t = 50)]
    customers: u64,
    /// The steady beat, in requests a second.
    #[arg(long, default_value_t = 200)]
    beat: u64,
    /// How long each load lasts, in seconds.
    #[arg(long, default_value_t = 10)]
    seconds: u64,
    /// How many connections ask at once.
    #[arg(long, default_value_t = 8)]
    connections: usize,
    /// The encodings that are asked for: `identity`, or `br` for pages that are compressed as they are sent.
    #[arg(long, default_value = "identity")]
    encoding: String,
}

/// How many clerks ask; each may search so often and no more.
const CLERKS: usize = 6;

/// Of how many pages of a kind the queries are counted.
const COUNTED: usize = 10;

/// How many accounts are looked at in the office.
const LOOKED_AT: u64 = 200;

/// Measures and tells.
pub fn run(args: &PagesArgs) -> anyhow::Result<()> {
    queries::watch()?;
    let (app, listener, at) = serving::open(&args.database)?;
    let asked = Asked::of(&app, args)?;
    let serving = serving::serve(&app, listener)?;
    let measured = measure(args, at, &asked);
    serving.stop()?;
    measured
}

/// What is asked of the server.
struct Asked {
    homes: Vec<Asking>,
    usages: Vec<Asking>,
    screens: Vec<Asking>,
    searches: Vec<Asking>,
    aging: Vec<Asking>,
}

impl Asked {
    fn of(app: &App, args: &PagesArgs) -> anyhow::Result<Self> {
        let hash = people::password_hash()?;
        let customers = people::spread(app, args.customers)?;
        let homes = customers
            .iter()
            .map(|account| {
                Ok(Asking {
                    path: "/".to_owned(),
                    cookie: people::customer(app, account, &hash)?,
                })
            })
            .collect::<anyhow::Result<Vec<_>>>()?;
        let usage_of = |home: &Asking| Asking {
            path: "/usage".to_owned(),
            cookie: home.cookie.clone(),
        };
        let clerks = (0..CLERKS)
            .map(|_| people::clerk(app, "Bench", &hash))
            .collect::<anyhow::Result<Vec<_>>>()?;
        let looked_at = people::spread(app, LOOKED_AT)?;
        let of_clerk = |path: String, cookie: &String| Asking {
            path,
            cookie: cookie.clone(),
        };
        Ok(Self {
            usages: homes.iter().map(usage_of).collect(),
            homes,
            screens: looked_at
                .iter()
                .zip(clerks.iter().cycle())
                .map(|(account, cookie)| {
                    of_clerk(format!("/office/accounts/{}", account.number), cookie)
                })
                .collect(),
            searches: people::searches(&looked_at, &clerks),
            aging: (0..20)
                .zip(clerks.iter().cycle())
                .map(|(_, cookie)| of_clerk("/office/receivables".to_owned(), cookie))
                .collect(),
        })
    }
}

fn measure(args: &PagesArgs, at: SocketAddr, asked: &Asked) -> anyhow::Result<()> {
    let load = |askings| Load {
        to: at,
        askings,
        encoding: &args.encoding,
        connections: args.connections,
    };
    let homes = load(&asked.homes);
    let (_, bytes) = homes.in_turn()?;
    let (one, queries) =
        queries::count(|| load(asked.homes.get(..1).unwrap_or_default()).in_turn());
    one?;
    row("figure", "target", "measured");
    row("portal home, bytes", "", bytes);
    row("portal home, queries", "at most 8", queries);
    let steady = homes.steady(args.beat, args.seconds)?;
    row(
        &format!("portal home at {} a second, p50", args.beat),
        "5 ms",
        ms(steady.share(50)),
    );
    row("  p99", "25 ms", ms(steady.share(99)));
    let full = homes.full(args.seconds)?;
    let plain = plain(args)?;
    let a_second = |times: &Times| u64::try_from(times.count()).map(|count| count / args.seconds);
    row(
        "portal home, full load, a second",
        "1,000",
        a_second(&full)?,
    );
    row("a plain page of 13 kB, a second", "", a_second(&plain)?);
    let share = full.count() * 1_000 / plain.count().max(1);
    row(
        "  the home page's share of it",
        "",
        format!("{}.{} %", share / 10, share % 10),
    );
    told("portal usage", "25 ms", &load(&asked.usages))?;
    told("office account screen", "10 ms", &load(&asked.screens))?;
    told("office search", "20 ms", &load(&asked.searches))?;
    told(
        "office aging over all accounts",
        "100 ms",
        &load(&asked.aging),
    )
}

fn plain(args: &PagesArgs) -> anyhow::Result<Times> {
    let (to, serving) = plain::serve()?;
    let asking = Asking {
        path: "/".to_owned(),
        cookie: String::new(),
    };
    let load = Load {
        to,
        askings: std::slice::from_ref(&asking),
        encoding: "identity",
        connections: args.connections,
    };
    let times = load.full(args.seconds);
    serving.stop()?;
    times
}

/// A page asked for one at a time, and the most queries that one of the first takes.
fn told(what: &str, target: &str, load: &Load<'_>) -> anyhow::Result<()> {
    let (times, bytes) = load.in_turn()?;
    let mut most = 0;
    for asking in load.askings.iter().take(COUNTED) {
        let one = Load {
            askings: std::slice::from_ref(asking),
            ..*load
        };
        let (answered, queries) = queries::count(|| one.in_turn());
        answered?;
        most = most.max(queries);
    }
    row(&format!("{what}, p50"), target, ms(times.share(50)));
    row("  p99", "", ms(times.share(99)));
    row("  bytes at most", "", bytes);
    row("  queries at most", "", most);
    Ok(())
}

/// A time in words.
pub fn ms(time: Duration) -> String {
    let micros = time.as_micros();
    format!("{}.{:02} ms", micros / 1_000, micros / 10 % 100)
}

fn row(figure: &str, target: &str, measured: impl std::fmt::Display) {
    say(format_args!("{figure:<40} {target:>12}  {measured}"));
}
