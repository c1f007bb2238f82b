//! Each minute: makes the papers of bills that were issued and have none, and keeps each with its bill. Whoever asks for a paper before it
//! is kept gets the same one, made on the way.

use std::num::NonZeroUsize;

use chrono::{Days, NaiveDate};
use rayon::prelude::*;
use rayon::{ThreadPool, ThreadPoolBuilder};

use crate::app::App;
use crate::documents::bill_pdf::{Sender, render};
use crate::domain::bill_paper::{BillPaper, DocumentKind};
use crate::domain::ids::BillId;
use crate::domain::stamp::{Actor, ActorKind};
use crate::store::bill_documents;
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::usecases::bill_papers::{self, MadePaper};

/// How many papers are made and written at a time.
const CHUNK: i64 = 128;

/// How long after its issue a bill gets its paper by itself. Older ones without one came from a time before papers were kept: theirs is made
/// when somebody asks for it.
const RECENT: u64 = 45;

/// What every round holds while it works, so that one process makes no paper twice.
const CLAIM: &str = "bill papers";

/// Makes and keeps what is missing.
///
/// # Errors
/// When the database fails; and at the end, when a paper could not be made: the others are kept all the same.
pub async fn run(app: App) -> anyhow::Result<()> {
    let Some(claim) = app.db.claim(CLAIM) else {
        return Ok(());
    };
    let work = move || {
        let done = make_all(&app);
        drop(claim);
        done
    };
    tokio::task::spawn_blocking(work).await?
}

/// As many threads as half the cores: the pages keep the others after a large run.
fn half_the_cores() -> anyhow::Result<ThreadPool> {
    let cores = std::thread::available_parallelism().map_or(1, NonZeroUsize::get);
    Ok(ThreadPoolBuilder::new()
        .num_threads((cores / 2).max(1))
        .build()?)
}

fn make_all(app: &App) -> anyhow::Result<()> {
    let pool = half_the_cores()?;
    let since = app.clock.today().checked_sub_days(Days::new(RECENT));
    let mut after = (since.unwrap_or_default(), BillId(0));
    let (mut kept, mut failed) = (0, Vec::new());
    while let Some(last) = make_chunk(app, &pool, after, (&mut kept, &mut failed))? {
        after = last;
    }
    if kept > 0 {
        tracing::info!(kept, "papers of bills were made");
    }
    anyhow::ensure!(
        failed.is_empty(),
        "no paper was made: {}",
        failed.join("; ")
    );
    Ok(())
}

/// Makes the next papers, and keeps them in one transaction; gives the last bill it looked at.
fn make_chunk(
    app: &App,
    pool: &ThreadPool,
    after: (NaiveDate, BillId),
    (kept, failed): (&mut usize, &mut Vec<String>),
) -> anyhow::Result<Option<(NaiveDate, BillId)>> {
    let (last, papers) = app.db.read_blocking(|conn| {
        let found = bill_documents::list_without(conn, DocumentKind::Bill, after, CHUNK)?;
        let ids: Vec<BillId> = found.iter().map(|(_, id)| *id).collect();
        Ok::<_, StoreError>((found.last().copied(), load(conn, &ids, failed)))
    })?;
    let sender = Sender {
        address: app.config.remit_to.clone(),
        phone: app.config.phone.clone(),
        site: app.config.public_url.clone(),
    };
    let make = |paper: &BillPaper| match render(paper, &sender) {
        Ok(file) => Ok(MadePaper::of(paper, &file)),
        Err(error) => Err(format!("bill {}: {error}", paper.number)),
    };
    let made: Vec<Result<MadePaper, String>> =
        pool.install(|| papers.par_iter().map(make).collect());
    let (made, refused): (Vec<_>, Vec<_>) = made.into_iter().partition(Result::is_ok);
    failed.extend(refused.into_iter().filter_map(Result::err));
    let made: Vec<MadePaper> = made.into_iter().flatten().collect();
    let stamp = app.stamp(Actor::unnamed(ActorKind::Clock), None);
    *kept += app
        .db
        .write_bulk(stamp, move |tx| bill_papers::keep(tx, &made))?;
    Ok(last)
}

/// What these papers say. Where one of them cannot be read, the others are read one by one.
fn load(conn: &mut Conn, ids: &[BillId], failed: &mut Vec<String>) -> Vec<BillPaper> {
    if let Ok(papers) = bill_papers::load(conn, ids) {
        return papers;
    }
    let mut papers = Vec::with_capacity(ids.len());
    for id in ids {
        match bill_papers::load(conn, &[*id]) {
            Ok(one) => papers.extend(one),
            Err(error) => failed.push(error.to_string()),
        }
    }
    papers
}
