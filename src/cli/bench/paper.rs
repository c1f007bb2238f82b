//! `mainstay bench paper`: how fast one core makes the papers of bills, and how large they are.

use std::time::{Duration, Instant};

use anyhow::ensure;
use clap::Args;

use crate::cli::bench::bills::{issue_day, set_up, stamp_on};
use crate::cli::say;
use crate::documents::bill_pdf::{Sender, render};
use crate::domain::bill_paper::DocumentKind;
use crate::domain::ids::BillId;
use crate::store::bill_documents;
use crate::store::db::{Access, Db};
use crate::store::error::StoreError;
use crate::store::floor::fresh::Fresh;
use crate::usecases::bill_papers::{self, MadePaper};
use crate::usecases::billing::{draft_run, issue_run};

/// How many bills are read at a time, as the job does.
const CHUNK: i64 = 128;

#[derive(Args)]
pub struct PaperArgs {
    /// How many bills.
    #[arg(long, default_value_t = 1_000)]
    bills: u64,
    /// A PostgreSQL database whose user may create others; a new SQLite file where none is named.
    #[arg(long)]
    database: Option<String>,
}

/// What the papers came to.
#[derive(Default)]
struct Measured {
    papers: u32,
    bytes: u64,
    packed: u64,
    reading: Duration,
    making: Duration,
    packing: Duration,
}

/// Measures and tells.
pub fn run(args: &PaperArgs) -> anyhow::Result<()> {
    let fresh = Fresh::create(args.database.as_deref(), "bench")?;
    let db = Db::open(&fresh.url, Access::Own)?;
    let run = set_up(&db, args.bills)?;
    let stamp = stamp_on(issue_day()?);
    draft_run(&db, &stamp, chrono_tz::America::Chicago, run, |_| {})?;
    issue_run(&db, &stamp, run, |_| {})?;
    let measured = measure(&db)?;
    ensure!(measured.papers > 0, "no bill was issued");
    tell(&measured);
    Ok(())
}

fn measure(db: &Db) -> anyhow::Result<Measured> {
    let sender = Sender {
        address: vec![
            "PO Box 1180".to_owned(),
            "Larkspur Bend, IA 52799".to_owned(),
        ],
        phone: "(555) 010-0142".to_owned(),
        site: "https://bills.larkspurbend.example".to_owned(),
    };
    let mut measured = Measured::default();
    let mut after = (issue_day()?, BillId(0));
    loop {
        let started = Instant::now();
        let (last, papers) = db.read_blocking(|conn| {
            let found = bill_documents::list_without(conn, DocumentKind::Bill, after, CHUNK)?;
            let ids: Vec<BillId> = found.iter().map(|(_, id)| *id).collect();
            Ok::<_, StoreError>((found.last().copied(), bill_papers::load(conn, &ids)?))
        })?;
        measured.reading += started.elapsed();
        let Some(last) = last else {
            return Ok(measured);
        };
        after = last;
        for paper in &papers {
            let started = Instant::now();
            let file = render(paper, &sender)?;
            measured.making += started.elapsed();
            let started = Instant::now();
            let made = MadePaper::of(paper, &file);
            measured.packing += started.elapsed();
            measured.papers += 1;
            measured.bytes += u64::try_from(made.size)?;
            measured.packed += u64::try_from(made.packed.len())?;
        }
    }
}

fn tell(measured: &Measured) {
    let each = |whole: Duration| (whole / measured.papers.max(1)).as_micros();
    let papers = u64::from(measured.papers);
    let a_second = 1_000_000 / each(measured.making).max(1);
    say(format_args!(
        "papers:            {papers}, made on one core"
    ));
    say(format_args!("papers a second:   {a_second} (at least 100)"));
    say(format_args!(
        "each took:         {} us to make, {} us to read, {} us to pack",
        each(measured.making),
        each(measured.reading),
        each(measured.packing)
    ));
    say(format_args!(
        "bytes a bill:      {}, kept as {}",
        measured.bytes / papers.max(1),
        measured.packed / papers.max(1)
    ));
}
