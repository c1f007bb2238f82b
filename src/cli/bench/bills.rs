//! `mainstay bench bills`: a whole bill run, from drafts to the ledger, beside the floor of writing the same rows once.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use chrono::{Days, NaiveDate};
use chrono_tz::Tz;
use clap::Args;

use crate::cli::say;
use crate::cli::seed::homes::{Metered, home};
use crate::cli::seed::reads::{instant, noon, series};
use crate::cli::seed::schedules::publish_all;
use crate::domain::ids::{BillRunId, CycleId};
use crate::domain::stamp::{Actor, ActorKind, Stamp};
use crate::domain::vee::settings::VeeSettings;
use crate::store;
use crate::store::db::{Access, Db, Tx, is_postgres};
use crate::store::error::StoreError;
use crate::store::floor::fresh::Fresh;
use crate::store::floor::{self, Written, room};
use crate::usecases::accounts::open_accounts;
use crate::usecases::billing::{CHUNK, draft_run, issue_run, open_run};
use crate::usecases::cycles::{NewCycle, open_cycle};
use crate::usecases::reads::{ImportPlan, import_reads};

const ZONE: Tz = chrono_tz::America::Chicago;

/// The city that the cost of a bill is compared with.
const SMALL: u64 = 1_000;

/// How often the small city is measured; the best counts, since each run takes a fraction of a second.
const SMALL_RUNS: u32 = 5;

#[derive(Args)]
pub struct BillsArgs {
    /// How many accounts.
    #[arg(long, default_value_t = 100_000)]
    accounts: u64,
    /// A PostgreSQL database whose user may create others; a new SQLite file where none is named.
    #[arg(long)]
    database: Option<String>,
}

/// What one city's run came to.
struct Measured {
    accounts: u64,
    bills: u64,
    lines: u64,
    held: u64,
    draft: Duration,
    issue: Duration,
    peak_kib: Option<u64>,
    grown: BTreeMap<String, i64>,
    floor: Written,
}

impl Measured {
    fn took(&self) -> Duration {
        self.draft + self.issue
    }

    fn nanos_a_bill(&self) -> u128 {
        self.took().as_nanos() / u128::from(self.bills.max(1))
    }
}

/// Measures and tells.
pub fn run(args: &BillsArgs) -> anyhow::Result<()> {
    let server = args.database.as_deref();
    let mut small: Option<Measured> = None;
    for _ in 0..SMALL_RUNS {
        let again = measure(SMALL, server)?;
        if small.as_ref().is_none_or(|best| again.took() < best.took()) {
            small = Some(again);
        }
    }
    let small = small.context("the small city was measured")?;
    let whole = measure(args.accounts, server)?;
    tell(&small, &whole);
    Ok(())
}

fn measure(accounts: u64, server: Option<&str>) -> anyhow::Result<Measured> {
    let fresh = Fresh::create(server, "bench")?;
    let db = Db::open(&fresh.url, Access::Own)?;
    let run = set_up(&db, accounts)?;
    let before = fresh.beside("before.db");
    if !is_postgres(&fresh.url) {
        floor::sqlite::copy(&fresh.url, &before)?;
    }
    let sizes = db.read_blocking(room::by_table)?;
    let stamp = stamp_on(issue_day()?);
    forget_peak();
    let started = Instant::now();
    draft_run(&db, &stamp, ZONE, run, |_| {})?;
    let draft = started.elapsed();
    let started = Instant::now();
    issue_run(&db, &stamp, run, |_| {})?;
    let issue = started.elapsed();
    let peak_kib = peak_memory();
    let (row, lines, after) = db.read_blocking(|conn| {
        let lines = store::bills::count_lines(conn, run)?;
        let row = store::bill_runs::get(conn, run)?;
        Ok::<_, StoreError>((row, lines, room::by_table(conn)?))
    })?;
    let grown = after
        .into_iter()
        .map(|(table, bytes)| {
            let before = sizes.get(&table).copied().unwrap_or_default();
            (table, bytes - before)
        })
        .filter(|(_, bytes)| *bytes != 0)
        .collect();
    drop(db);
    let commit = usize::try_from(CHUNK)?;
    let floor = if is_postgres(&fresh.url) {
        floor::postgres::write_again(&fresh.url, commit)?
    } else {
        floor::sqlite::write_again(&fresh.url, &before, commit)?
    };
    Ok(Measured {
        accounts,
        bills: u64::try_from(row.bills_drafted)?,
        lines: u64::try_from(lines)?,
        held: u64::try_from(row.exceptions_found)?,
        draft,
        issue,
        peak_kib,
        grown,
        floor,
    })
}

fn first_day() -> anyhow::Result<NaiveDate> {
    NaiveDate::from_ymd_opt(2026, 6, 1).context("a day")
}

pub(super) fn issue_day() -> anyhow::Result<NaiveDate> {
    NaiveDate::from_ymd_opt(2026, 7, 4).context("a day")
}

pub(super) fn stamp_on(on: NaiveDate) -> Stamp {
    Stamp {
        by: Actor::unnamed(ActorKind::Operator),
        at: instant(noon(ZONE, on)),
        on,
        request_id: None,
    }
}

/// A city of homes with one period's reads, and its run, opened.
pub(super) fn set_up(db: &Db, accounts: u64) -> anyhow::Result<BillRunId> {
    let first = first_day()?;
    let stamp = stamp_on(first);
    publish_all(db, &stamp, first - Days::new(365))?;
    let new = NewCycle {
        code: "BENCH".to_owned(),
        name: "Bench".to_owned(),
        months: 1,
        read_day: 1,
        issue_after: 3,
        due_after: 20,
    };
    let cycle = db.write_bulk(stamp.clone(), move |tx| open_cycle(tx, &new, first, 1))?;
    settle(db, &stamp, accounts, cycle)?;
    let issue = stamp_on(issue_day()?);
    import(db, &issue, accounts)?;
    let period = db.read_blocking(|conn| store::cycles::list_periods(conn, cycle))?;
    let period = period.first().context("the cycle has a period")?.id;
    Ok(db.write_bulk(issue, move |tx: &mut Tx<'_>| open_run(tx, period))?)
}

fn settle(db: &Db, stamp: &Stamp, accounts: u64, cycle: CycleId) -> anyhow::Result<()> {
    let places: Vec<u64> = (1..=accounts).collect();
    for places in places.chunks(1_000) {
        let homes: Vec<_> = places
            .iter()
            .map(|place| home(*place, cycle, stamp.on))
            .collect();
        db.write_bulk(stamp.clone(), move |tx| open_accounts(tx, &homes))?;
    }
    Ok(())
}

fn import(db: &Db, stamp: &Stamp, accounts: u64) -> anyhow::Result<()> {
    let first = first_day()?;
    let at = [
        (noon(ZONE, first), 0),
        (noon(ZONE, first + chrono::Months::new(1)), 1),
    ];
    let items = (1..=accounts)
        .flat_map(|place| Metered::ALL.map(|of| series(of, place, &at)))
        .map(Ok);
    let plan = ImportPlan {
        file_name: "bench".to_owned(),
        sha256: "bench".to_owned(),
        format: "bench".to_owned(),
        options: "{}".to_owned(),
        zone: ZONE,
        settings: VeeSettings::default(),
    };
    let report = import_reads(db, stamp, &plan, items)?;
    let (got, wanted) = (report.counts.accepted, i64::try_from(accounts * 4)?);
    ensure!(got == wanted, "{got} of {wanted} reads were accepted");
    Ok(())
}

/// Lets the peak begin anew, so that it is the run's own; where the system does not allow it, the set-up counts too.
fn forget_peak() {
    if let Err(error) = std::fs::write("/proc/self/clear_refs", "5") {
        say(format_args!(
            "the peak of memory includes the set-up: {error}"
        ));
    }
}

/// The most memory this process held, where the system tells.
fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix("kB")?.trim().parse().ok()
}

fn tell(small: &Measured, whole: &Measured) {
    let a_second = |took: Duration| {
        let nanos = took.as_nanos().max(1);
        u128::from(whole.bills) * 1_000_000_000 / nanos
    };
    let hundredths = |part: u128, of: u128| {
        let share = part * 100 / of.max(1);
        format!("{}.{:02}", share / 100, share % 100)
    };
    let (run, floor) = (whole.took(), whole.floor.took);
    say(format_args!(
        "{} accounts: {} bills with {} lines, {} exceptions; drafted in {} ms, issued and posted in {} ms",
        whole.accounts,
        whole.bills,
        whole.lines,
        whole.held,
        whole.draft.as_millis(),
        whole.issue.as_millis()
    ));
    say(format_args!("the run:           {} bills/s", a_second(run)));
    say(format_args!(
        "the floor:         {} bills/s ({} rows, {} commits)",
        a_second(floor),
        whole.floor.rows,
        whole.floor.commits
    ));
    say(format_args!(
        "run over floor:    {} (at least 0.40)",
        hundredths(floor.as_nanos(), run.as_nanos())
    ));
    say(format_args!(
        "cost of a bill:    {} us at {}, {} us at {}: {} times (at most 1.20)",
        small.nanos_a_bill() / 1_000,
        small.accounts,
        whole.nanos_a_bill() / 1_000,
        whole.accounts,
        hundredths(whole.nanos_a_bill(), small.nanos_a_bill())
    ));
    match whole.peak_kib {
        Some(kib) => say(format_args!(
            "peak memory:       {} MB (under 500)",
            kib / 1024
        )),
        None => say("peak memory:       the system does not tell"),
    }
    tell_room(whole);
}

fn tell_room(whole: &Measured) {
    let bills = i64::try_from(whole.bills).unwrap_or(i64::MAX).max(1);
    let sum: i64 = whole.grown.values().sum();
    say(format_args!(
        "on disk:           {} bytes a bill",
        sum / bills
    ));
    for (table, bytes) in &whole.grown {
        say(format_args!("  {table:<20} {:>6}", bytes / bills));
    }
}
