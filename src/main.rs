//! Words on the command line → what the program does.

use clap::{Parser, Subcommand};
use mainstay::cli;

/// A customer portal and back office for municipal water, electric and gas utilities.
#[derive(Parser)]
#[command(version)]
struct Words {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Prices a bill from files.
    Price(cli::price::PriceArgs),
}

fn main() -> anyhow::Result<()> {
    match Words::parse().command {
        Command::Price(args) => cli::price::run(&args),
    }
}
