//! `mainstay bench history`: what ten years of history cost. Households of their own move into a seeded city that many months ago, are read, billed and paid
//! ever since, and their account screens are asked for, live and as of a past moment, with their timelines and the evidence of disputes.

use std::net::SocketAddr;

use anyhow::Context;
use chrono::{Datelike, Days};
use clap::Args;

use crate::app::App;
use crate::cli::bench::pages::load::{Asking, Load};
use crate::cli::bench::pages::{CLERKS, ms, people, row};
use crate::cli::bench::serving;
use crate::cli::say;
use crate::cli::seed::deep::settle;
use crate::domain::disputes::{CameBy, DisputeReason};
use crate::domain::ids::{AccountId, AccountNumber, RequestNumber};
use crate::domain::requests::RequestKind;
use crate::domain::requests::asking::{Answers, Field};
use crate::domain::stamp::{Actor, ActorKind};
use crate::store;
use crate::store::db::Tx;
use crate::store::floor::queries;
use crate::usecases::disputes::{self, NewDispute};
use crate::usecases::requests::NewRequest;

#[derive(Args)]
pub struct HistoryArgs {
    /// The city's database; what is measured adds households to it.
    #[arg(long)]
    database: String,
    /// How many households with a long history are added.
    #[arg(long, default_value_t = 200, value_parser = clap::value_parser!(u64).range(1..=5_000))]
    households: u64,
    /// How many months of history each has.
    #[arg(long, default_value_t = 120, value_parser = clap::value_parser!(u32).range(30..=120))]
    months: u32,
}

/// How many of them dispute their latest bill.
const DISPUTES: usize = 20;

/// How often each page is asked for.
const TURNS: usize = 3;

/// The tabs of an account screen beside the first.
const TABS: [&str; 6] = ["bills", "payments", "usage", "reads", "contacts", "audit"];

/// Measures and tells.
pub fn run(args: &HistoryArgs) -> anyhow::Result<()> {
    queries::watch()?;
    let (app, listener, at) = serving::open(&args.database)?;
    let accounts = settle(&app.db, &app.clock, (args.households, args.months))?;
    let asked = Asked::of(&app, &accounts)?;
    let serving = serving::serve(&app, listener)?;
    let measured = asked.measure(at);
    serving.stop()?;
    measured
}

/// What is asked of the server.
struct Asked {
    numbers: Vec<AccountNumber>,
    disputes: Vec<RequestNumber>,
    clerks: Vec<String>,
    /// A moment two years ago, as an address has it.
    then: String,
}

impl Asked {
    fn of(app: &App, accounts: &[AccountId]) -> anyhow::Result<Self> {
        let hash = people::password_hash()?;
        let today = app.clock.today();
        let labels = app
            .db
            .read_blocking(|conn| store::labels::of_accounts(conn, accounts, today))?;
        let disputes = accounts
            .iter()
            .take(DISPUTES)
            .map(|account| dispute(app, *account))
            .collect::<anyhow::Result<Vec<_>>>()?;
        let then = today - Days::new(730);
        let (year, month, day) = (then.year(), then.month(), then.day());
        Ok(Self {
            numbers: labels.into_values().map(|label| label.number).collect(),
            disputes: disputes.into_iter().flatten().collect(),
            clerks: (0..CLERKS)
                .map(|_| people::clerk(app, "Bench", &hash))
                .collect::<anyhow::Result<_>>()?,
            then: format!("{year}-{month:02}-{day:02}T08:15"),
        })
    }

    fn measure(&self, at: SocketAddr) -> anyhow::Result<()> {
        say(format_args!(
            "{} accounts, {} disputes",
            self.numbers.len(),
            self.disputes.len()
        ));
        row("figure", "target", "measured");
        let accounts = |rest: &str| self.pages(&self.numbers, ("/office/accounts/", rest));
        let (screen, then) = (accounts(""), format!("?as_of={}", self.then));
        told(at, "account screen, ten years", "10 / 40 ms", &screen)?;
        for tab in TABS {
            let rest = format!("?tab={tab}");
            told(at, &format!("  its {tab}"), "10 / 40 ms", &accounts(&rest))?;
        }
        told(at, "as of two years ago", "10 / 40 ms", &accounts(&then))?;
        let timeline = accounts("/timeline");
        told(at, "timeline", "40 ms", &timeline)?;
        let requests = |rest: &str| self.pages(&self.disputes, ("/office/requests/", rest));
        told(at, "dispute's workbench", "300 ms", &requests(""))?;
        told(
            at,
            "dispute's evidence pack",
            "300 ms",
            &requests("/packet"),
        )?;
        let paper = requests("/packet.pdf");
        told(at, "  as a PDF", "", &paper)
    }

    /// The pages of some rows, each as often as it is asked for.
    fn pages<T: std::fmt::Display>(
        &self,
        rows: &[T],
        (before, after): (&str, &str),
    ) -> Vec<Asking> {
        let all = std::iter::repeat_n(rows, TURNS).flatten();
        let asked = all.zip(self.clerks.iter().cycle());
        asked
            .map(|(number, cookie)| Asking {
                path: format!("{before}{number}{after}"),
                cookie: cookie.clone(),
            })
            .collect()
    }
}

/// A dispute of the latest bill of an account; none where it has no bill that asks for anything.
fn dispute(app: &App, account: AccountId) -> anyhow::Result<Option<RequestNumber>> {
    let bills = app
        .db
        .read_blocking(|conn| store::account_history::list_bills(conn, account, 3))?;
    let stands = |bill: &&store::account_history::BillLine| {
        bill.issued_on.is_some() && bill.canceled_on.is_none() && bill.total.is_positive()
    };
    let Some(bill) = bills.iter().find(stands) else {
        return Ok(None);
    };
    let words = "Nobody watered anything and we are two people.";
    let new = NewDispute {
        request: NewRequest {
            request_key: uuid::Uuid::new_v4().to_string(),
            account,
            kind: RequestKind::BillDispute,
            answers: Answers::default().with(Field::Words, words),
            photo: None,
        },
        bill: bill.id,
        reason: DisputeReason::TooMuchUse,
        lines: Vec::new(),
        amount: Some(bill.total),
        came_by: CameBy::Phone,
        documents: Vec::new(),
        owner: None,
    };
    let stamp = app.stamp(Actor::unnamed(ActorKind::Operator), None);
    let opened = app
        .db
        .write_blocking(stamp, move |tx: &mut Tx<'_>| disputes::open(tx, &new));
    Ok(Some(opened.context("a dispute")?))
}

/// Pages asked for one at a time: the half and the slowest of a hundred, their bytes, and the queries of one.
fn told(at: SocketAddr, what: &str, target: &str, askings: &[Asking]) -> anyhow::Result<()> {
    let load = |askings| Load {
        to: at,
        askings,
        encoding: "identity",
        connections: 1,
    };
    let (times, bytes) = load(askings).in_turn()?;
    let (one, queries) = queries::count(|| load(askings.get(..1).unwrap_or_default()).in_turn());
    one?;
    let measured = format!(
        "p50 {}, p99 {}, {bytes} bytes, {queries} queries",
        ms(times.share(50)),
        ms(times.share(99))
    );
    row(what, target, measured);
    Ok(())
}
