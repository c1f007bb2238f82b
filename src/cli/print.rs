//! `mainstay print`: makes a batch of what waits for paper and writes it out to be printed, as the office's page does.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use chrono::NaiveDate;

use crate::cli::hand_over::{self, Command, Work};
use crate::config::Config;
use crate::domain::customers::Language;
use crate::domain::ids::PrintBatchId;
use crate::i18n::words;
use crate::store::print::waiting::count_left_out;
use crate::usecases::print::life::{confirm_mailed, settle_elsewhere};
use crate::web::print_batches::{self, House};

/// What is printed.
#[derive(clap::Args)]
pub struct PrintArgs {
    /// The folder into which the file to print and its list are written.
    #[arg(long, default_value = ".")]
    out: PathBuf,
    /// Write out this batch again; without it, a new batch is made of what waits.
    #[arg(long)]
    batch: Option<i64>,
    /// Say that the batch was handed to the post on this day, and write nothing.
    #[arg(long, requires = "batch")]
    mailed_on: Option<NaiveDate>,
    /// Say that all that has waited since the end of this day or longer was printed and mailed elsewhere, and write nothing: for the first day
    /// of a house that printed with another program before.
    #[arg(long, conflicts_with_all = ["batch", "mailed_on"])]
    mailed_elsewhere_until: Option<NaiveDate>,
}

/// Prints at the server that owns the database, or here.
pub fn run(args: &PrintArgs) -> anyhow::Result<ExitCode> {
    hand_over::run(args)
}

impl Command for PrintArgs {
    fn run(&self, work: &mut Work<'_>) -> anyhow::Result<()> {
        if let Some(day) = self.mailed_elsewhere_until {
            return settle(work, day);
        }
        let house = House::of(&Config::from_environment()?);
        let id = match self.batch.map(PrintBatchId) {
            Some(id) => Some(id),
            None => print_batches::make(work.db, &house, &work.stamp())?,
        };
        let Some(id) = id else {
            (work.say)("Nothing waits for the printer that can be addressed.".to_owned());
            return Ok(());
        };
        match self.mailed_on {
            Some(day) => mail(work, id, day),
            None => self.write(work, &house, id),
        }
    }
}

impl PrintArgs {
    fn write(&self, work: &mut Work<'_>, house: &House, id: PrintBatchId) -> anyhow::Result<()> {
        let found = work
            .db
            .read_blocking(|conn| print_batches::load(conn, id))?;
        let batch = found.with_context(|| format!("there is no batch {id}"))?;
        let folder = work.file(&self.out);
        std::fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
        let pdf = folder.join(format!("batch-{id}.pdf"));
        let list = folder.join(format!("batch-{id}.csv"));
        let file = print_batches::file(work.db, house, words(Language::English), &batch)?;
        std::fs::write(&pdf, file).with_context(|| pdf.display().to_string())?;
        let table = print_batches::manifest(&batch)?;
        std::fs::write(&list, table).with_context(|| list.display().to_string())?;
        (work.say)(format!(
            "Batch {id}: {} pieces on {} pages, in {} and {}.",
            batch.0.pieces,
            batch.0.pages,
            pdf.display(),
            list.display()
        ));
        Ok(())
    }
}

fn mail(work: &mut Work<'_>, id: PrintBatchId, day: NaiveDate) -> anyhow::Result<()> {
    let noon = work.clock.noon_of(day);
    work.db
        .write_blocking(work.stamp(), move |tx| confirm_mailed(tx, id, (day, noon)))?;
    (work.say)(format!("Batch {id} was handed to the post on {day}."));
    Ok(())
}

fn settle(work: &mut Work<'_>, day: NaiveDate) -> anyhow::Result<()> {
    let end = day
        .succ_opt()
        .unwrap_or(day)
        .and_time(chrono::NaiveTime::MIN);
    let until = end.and_local_timezone(work.clock.zone()).earliest();
    let until = until.map_or(end, |instant| instant.naive_utc());
    let until = until.min(work.stamp().at);
    let pieces = work
        .db
        .write_blocking(work.stamp(), move |tx| settle_elsewhere(tx, until))?;
    (work.say)(format!("{pieces} pieces count as mailed elsewhere."));
    let left = work.db.read_blocking(count_left_out)?;
    if left > 0 {
        (work.say)(format!(
            "{left} pieces bear a wrong address or have no paper, and wait on: see them at the office."
        ));
    }
    Ok(())
}
