//! `mainstay check`: reads the whole house and lists every broken invariant. The process fails when there is one.

use anyhow::bail;

use crate::cli::say;
use crate::clock::Clock;
use crate::config::Config;
use crate::domain::stamp::{Actor, ActorKind, Stamp};
use crate::store::db::{Access, Db};
use crate::usecases::integrity;

/// What the check is asked to do.
#[derive(clap::Args)]
pub struct CheckArgs {
    /// First make the caches of what is owed and held anew from the ledger (the server must be stopped on SQLite).
    #[arg(long)]
    rebuild_caches: bool,
}

/// Prints what is broken, one line each.
pub fn run(args: &CheckArgs) -> anyhow::Result<()> {
    let config = Config::from_environment()?;
    let clock = Clock::new(config.zone);
    let access = if args.rebuild_caches {
        Access::Own
    } else {
        Access::Look
    };
    let db = Db::open(&config.database_url, access)?;
    if args.rebuild_caches {
        let by = Actor::unnamed(ActorKind::Operator);
        let stamp = Stamp {
            by,
            at: clock.now(),
            on: clock.today(),
            request_id: None,
        };
        db.write_bulk(stamp, integrity::rebuild_caches)?;
        say("The caches were made anew.");
    }
    let on = clock.today();
    let findings = db.read_blocking(|conn| integrity::check(conn, on))?;
    for finding in &findings {
        say(format!(
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
    say(format!("Sound: {asked} invariants hold."));
    Ok(())
}
