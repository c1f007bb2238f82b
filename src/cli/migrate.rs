//! `mainstay migrate`: brings the tables up to date and ends. A running server has brought them up to date when it started.

use std::process::ExitCode;

use crate::cli::hand_over::{self, Command, Work};

/// Nothing more is asked.
#[derive(clap::Args)]
pub struct MigrateArgs {}

/// Brings the tables up to date: whoever opens the database to write does.
pub fn run(args: &MigrateArgs) -> anyhow::Result<ExitCode> {
    hand_over::run(args)
}

impl Command for MigrateArgs {
    fn run(&self, work: &mut Work<'_>) -> anyhow::Result<()> {
        (work.say)("The tables are up to date.".to_owned());
        Ok(())
    }
}
