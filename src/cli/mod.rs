//! Floor 3 · the operator's door: the words of the command line, one file for each command. It alone prints to the console.

mod bench;
pub mod check;
pub mod export;
mod factors;
pub mod hand_over;
mod import;
mod migrate;
pub mod price;
mod print;
mod seed;
mod serve;
mod setup;
pub mod town;
pub mod weather;
mod work;

use std::io::IsTerminal as _;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use tracing_subscriber::EnvFilter;

use crate::cli::hand_over::{Command as _, Work};

/// A customer portal and a utility's back office on one exact ledger.
#[derive(Parser)]
#[command(name = "mainstay", version)]
struct Line {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Build a demonstration town to walk through, and serve it.
    Demo(town::demo::DemoArgs),
    /// Serve the portal and the office, and run the jobs.
    Serve,
    /// Run the jobs alone, beside servers that share a PostgreSQL database.
    Work,
    /// Bring the database's tables up to date.
    Migrate(migrate::MigrateArgs),
    /// Make a city of any size with its history, in an empty database, to measure at scale.
    Seed(seed::SeedArgs),
    /// Measure figures on this machine.
    Bench(bench::BenchArgs),
    /// Import a file.
    Import(import::ImportArgs),
    /// Read the whole house and list every broken invariant.
    Check(check::CheckArgs),
    /// Write out what other programs read.
    Export(export::ExportArgs),
    /// Price a bill from files.
    Price(price::PriceArgs),
    /// Take what waits for paper to the printer.
    Print(print::PrintArgs),
}

/// A command that another process handed to the server that owns the database.
enum Handed {
    Import(import::ImportArgs),
    Check(check::CheckArgs),
    Migrate(migrate::MigrateArgs),
    Print(print::PrintArgs),
}

impl Handed {
    /// Reads the words of another process's command line.
    fn parse(words: &[String]) -> anyhow::Result<Self> {
        match Line::try_parse_from(words)?.command {
            Command::Import(args) => Ok(Self::Import(args)),
            Command::Check(args) => Ok(Self::Check(args)),
            Command::Migrate(args) => Ok(Self::Migrate(args)),
            Command::Print(args) => Ok(Self::Print(args)),
            _ => anyhow::bail!("a running server does not take this command; stop it first"),
        }
    }

    fn run(&self, work: &mut Work<'_>) -> anyhow::Result<()> {
        match self {
            Self::Import(args) => args.run(work),
            Self::Check(args) => args.run(work),
            Self::Migrate(args) => args.run(work),
            Self::Print(args) => args.run(work),
        }
    }
}

/// Reads the command line and does what it says.
#[must_use]
pub fn run() -> ExitCode {
    let done = match Line::parse().command {
        Command::Demo(args) => town::demo::run(&args).map(good),
        Command::Serve => serve::run().map(good),
        Command::Work => work::run().map(good),
        Command::Migrate(args) => migrate::run(&args),
        Command::Seed(args) => seed::run(&args).map(good),
        Command::Bench(args) => bench::run(&args).map(good),
        Command::Import(args) => import::run(&args),
        Command::Check(args) => check::run(&args),
        Command::Export(args) => export::run(&args).map(good),
        Command::Price(args) => price::run(&args).map(good),
        Command::Print(args) => print::run(&args),
    };
    done.unwrap_or_else(|error| {
        note(format_args!("mainstay: {error:#}"));
        ExitCode::FAILURE
    })
}

fn good((): ()) -> ExitCode {
    ExitCode::SUCCESS
}

/// Tells the operator what is not an answer: progress, and what went wrong.
#[expect(
    clippy::print_stderr,
    reason = "the command line tells its errors on the console"
)]
fn note(text: impl std::fmt::Display) {
    eprintln!("{text}");
}

/// Tells the operator something.
#[expect(
    clippy::print_stdout,
    reason = "the command line speaks on the console"
)]
fn say(text: impl std::fmt::Display) {
    println!("{text}");
}

/// Writes the log to the console: `RUST_LOG` says how much.
fn log() -> anyhow::Result<()> {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_unset| EnvFilter::new("info"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(std::io::stdout().is_terminal())
        .try_init()
        .map_err(|error| anyhow::anyhow!("logging: {error}"))
}
