//! `mainstay check`: reads the whole house and lists every broken invariant. The process fails when there is one.

use std::process::ExitCode;

use anyhow::bail;

use crate::cli::hand_over::{self, Command, Work};
use crate::usecases::integrity;

/// What the check is asked to do.
#[derive(clap::Args)]
pub struct CheckArgs {
    /// First make the caches of what is owed and held anew from the ledger.
    #[arg(long)]
    rebuild_caches: bool,
}

/// Prints what is broken, one line each. Without a repair it only looks, beside whoever owns the database.
pub fn run(args: &CheckArgs) -> anyhow::Result<ExitCode> {
    if args.rebuild_caches {
        return hand_over::run(args);
    }
    hand_over::look(args)
}

impl Command for CheckArgs {
    fn run(&self, work: &mut Work<'_>) -> anyhow::Result<()> {
        if self.rebuild_caches {
            work.db
                .write_bulk(work.stamp(), integrity::rebuild_caches)?;
            (work.say)("The caches were made anew.".to_owned());
        }
        let on = work.clock.today();
        let findings = work.db.read_blocking(|conn| integrity::check(conn, on))?;
        for finding in &findings {
            (work.say)(format!(
                "{}: {} (not so: {})",
                finding.subject, finding.facts, finding.invariant
            ));
        }
        let asked = integrity::invariants();
        if !findings.is_empty() {
            bail!(
                "{} rows break an invariant; {asked} invariants were asked",
                findings.len()
            );
        }
        (work.say)(format!("Sound: {asked} invariants hold."));
        Ok(())
    }
}
