//! `mainstay import reads FILE --format …`: a file of reads through VEE into the house, or with `--dry-run` only what it would do; and
//! `mainstay import weather FILE`, `mainstay import factors FILE` and `mainstay import setup FOLDER`.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, ensure};
use chrono_tz::Tz;
use clap::{Args, Subcommand};
use sha2::{Digest, Sha256};

use crate::adapters::ami::mapping::Mapping;
use crate::adapters::ami::{self, FeedOptions, FeedPlan};
use crate::cli::factors::FactorsArgs;
use crate::cli::hand_over::{self, Command, Work};
use crate::cli::setup::SetupArgs;
use crate::cli::weather::WeatherArgs;
use crate::domain::feed::{FeedFormat, Stamping};
use crate::store;
use crate::usecases::reads::desk::vee_settings;
use crate::usecases::reads::{ImportPlan, ImportReport, dry_run, import_reads};

#[derive(Args)]
pub struct ImportArgs {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Import a file of meter reads.
    Reads(ReadsArgs),
    /// Propose dated values of the factors that rate schedules refer to.
    Factors(FactorsArgs),
    /// Import a table of daily weather, as NOAA writes it.
    Weather(WeatherArgs),
    /// Bring a whole utility in from its files: cycles, places, meters, customers, accounts, reads and balances.
    Setup(SetupArgs),
}

#[derive(Args)]
struct ReadsArgs {
    /// The file; it may be compressed with gzip.
    file: PathBuf,
    /// alicante, cmep, beacon, nem12, greenbutton or csv.
    #[arg(long)]
    format: FeedFormat,
    /// For csv: the name of a saved column mapping, or a JSON file that holds one.
    #[arg(long)]
    mapping: Option<String>,
    /// The zone of the file's stamps, where it is not the format's usual one.
    #[arg(long)]
    zone: Option<Tz>,
    /// Which end of an interval a stamp names: start or end.
    #[arg(long)]
    stamping: Option<Stamping>,
    /// The meter, for a file that does not name one of ours.
    #[arg(long)]
    meter: Option<String>,
    /// Tell what would be done, and write nothing.
    #[arg(long)]
    dry_run: bool,
}

/// Does what `mainstay import …` asks. A dry run only looks, beside whoever owns the database.
pub fn run(args: &ImportArgs) -> anyhow::Result<ExitCode> {
    match &args.what {
        What::Reads(reads) if reads.dry_run => hand_over::look(args),
        What::Setup(setup) if setup.is_dry_run() => hand_over::look(args),
        What::Reads(_) | What::Factors(_) | What::Weather(_) | What::Setup(_) => {
            hand_over::run(args)
        }
    }
}

impl Command for ImportArgs {
    fn run(&self, work: &mut Work<'_>) -> anyhow::Result<()> {
        let args = match &self.what {
            What::Reads(args) => args,
            What::Weather(args) => return args.run(work),
            What::Setup(args) => return args.run(work),
            What::Factors(args) => return args.run(work),
        };
        let report = import(work, args)?;
        tell(work, &report, args.dry_run);
        let counts = report.counts;
        let used = counts.accepted + counts.corrections + counts.duplicates;
        ensure!(
            used > 0 || counts.rejected == 0,
            "no line of the file could be used; is it in the format {}?",
            args.format
        );
        Ok(())
    }
}

fn import(work: &Work<'_>, args: &ReadsArgs) -> anyhow::Result<ImportReport> {
    let (db, stamp, zone) = (work.db, work.stamp(), work.clock.zone());
    let mut options = FeedOptions::usual(args.format, zone);
    options.zone = args.zone.unwrap_or(options.zone);
    options.stamping = args.stamping.unwrap_or(options.stamping);
    options.meter.clone_from(&args.meter);
    let mapping = args
        .mapping
        .as_deref()
        .map(|name| find_mapping(work, name))
        .transpose()?;
    let path = work.file(&args.file);
    let open = || File::open(&path).with_context(|| args.file.display().to_string());
    let name = args
        .file
        .file_name()
        .map(|name| name.to_string_lossy().into_owned());
    let plan = ImportPlan {
        file_name: name.unwrap_or_default(),
        sha256: fingerprint(open()?)?,
        format: args.format.to_string(),
        options: options.kept(mapping.as_ref()),
        zone,
        settings: db.read_blocking(|conn| vee_settings(conn, stamp.on))?,
    };
    let feed = FeedPlan {
        format: args.format,
        options,
        mapping,
    };
    let items = ami::read(&feed, ami::unpacked(open()?)?)?;
    Ok(if args.dry_run {
        dry_run(db, &stamp, &plan, items)?
    } else {
        import_reads(db, &stamp, &plan, items)?
    })
}

/// A mapping from a file, where there is one of this name, or else a saved one.
fn find_mapping(work: &Work<'_>, name: &str) -> anyhow::Result<Mapping> {
    let path = work.file(Path::new(name));
    let text = if path.is_file() {
        std::fs::read_to_string(path)?
    } else {
        let name = name.to_owned();
        work.db
            .read_blocking(|conn| store::imports::find_mapping(conn, &name))?
            .with_context(|| format!("no mapping file and no saved mapping {name:?}"))?
    };
    serde_json::from_str(&text).with_context(|| format!("mapping {name:?}"))
}

fn fingerprint(mut file: impl Read) -> io::Result<String> {
    let mut hasher = Sha256::new();
    let mut part = vec![0; 1 << 16];
    loop {
        let count = file.read(&mut part)?;
        if count == 0 {
            return Ok(hex::encode(hasher.finalize()));
        }
        hasher.update(part.get(..count).unwrap_or_default());
    }
}

fn tell(work: &mut Work<'_>, report: &ImportReport, is_dry: bool) {
    let counts = report.counts;
    for rejection in &report.rejections {
        let fact = rejection.fact.as_deref().unwrap_or_default();
        (work.say)(format!(
            "line {}: {} {fact} | {}",
            rejection.line, rejection.reason, rejection.excerpt
        ));
    }
    for (reason, count) in &report.exceptions {
        (work.say)(format!("exceptions: {count} {reason}"));
    }
    let would = if is_dry {
        "Dry run, nothing written: "
    } else {
        ""
    };
    (work.say)(format!(
        "{would}{} new, {} corrected, {} there already, {} held, {} lines refused.",
        counts.accepted, counts.corrections, counts.duplicates, counts.held, counts.rejected
    ));
}
