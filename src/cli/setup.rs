//! `mainstay import setup FOLDER`: a whole utility from its own files, all of them or none; with `--dry-run` only what they would do.

use std::path::PathBuf;

use anyhow::ensure;
use clap::Args;

use crate::adapters::setup::from_disk;
use crate::cli::hand_over::Work;
use crate::domain::customers::Language;
use crate::domain::setup::Refusal;
use crate::i18n::words;
use crate::usecases::setup::{Report, SetupError, import, weigh};

/// How many refused lines are told.
const TOLD: usize = 500;

#[derive(Args)]
pub struct SetupArgs {
    /// A folder with the files, such as accounts.csv, or one of them.
    path: PathBuf,
    /// Tell what would be done and which lines cannot be taken, and write nothing.
    #[arg(long)]
    dry_run: bool,
}

impl SetupArgs {
    /// Whether nothing is to be written.
    pub const fn is_dry_run(&self) -> bool {
        self.dry_run
    }

    /// Takes the files in, or only looks through them, and tells what became of them.
    pub fn run(&self, work: &mut Work<'_>) -> anyhow::Result<()> {
        let (tables, refused) = from_disk(&work.file(&self.path))?;
        let (stamp, zone, db) = (work.stamp(), work.clock.zone(), work.db);
        let outcome = if self.dry_run {
            db.read_blocking(|conn| weigh(conn, stamp.on, (&tables, &refused)))
        } else {
            db.write_bulk(stamp, move |tx| import(tx, zone, (&tables, &refused)))
        };
        let report = match outcome {
            Ok(report) | Err(SetupError::Refused(report)) => report,
            Err(fault) => return Err(fault.into()),
        };
        tell(work, &report, self.dry_run);
        ensure!(
            report.is_good(),
            "{} lines cannot be taken; nothing was written",
            report.refusals.len()
        );
        Ok(())
    }
}

fn tell(work: &mut Work<'_>, report: &Report, is_dry: bool) {
    for refusal in report.refusals.iter().take(TOLD) {
        (work.say)(said(refusal));
    }
    let more = report.refusals.len().saturating_sub(TOLD);
    if more > 0 {
        (work.say)(format!("and {more} lines more"));
    }
    if !report.is_good() {
        return;
    }
    let would = if is_dry {
        "Dry run, nothing written. "
    } else {
        ""
    };
    for (file, new, known) in &report.lines {
        (work.say)(format!("{would}{file}: {new} new, {known} known before."));
    }
    let (owed, held) = report.balances;
    if !owed.is_zero() || !held.is_zero() {
        (work.say)(format!(
            "{would}Opening balances: {owed} owed, {} held for customers.",
            -held
        ));
    }
    if !report.deposits.is_zero() {
        (work.say)(format!("{would}Deposits held: {}.", report.deposits));
    }
}

/// A refused line in English, as the console speaks.
fn said(refusal: &Refusal) -> String {
    let t = words(Language::English);
    let (column, value) = (refusal.column.as_str(), refusal.value.as_str());
    let why = t.setup_why(refusal.why.as_str(), column, value);
    format!("{} line {}: {why}", refusal.file, refusal.line)
}
