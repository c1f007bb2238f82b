//! `mainstay check`: reads the whole house and lists every broken invariant. The process fails when there is one.

use chrono::NaiveDate;

use crate::domain::stamp::Stamp;
use crate::store::db::Db;
use crate::usecases::integrity;

/// Prints what is broken, one line each, and tells whether the house is sound.
#[expect(
    clippy::print_stdout,
    reason = "the command line speaks to its operator"
)]
pub fn check(db: &Db, on: NaiveDate) -> anyhow::Result<bool> {
    let findings = db.read_blocking(|conn| integrity::check(conn, on))?;
    for finding in &findings {
        println!(
            "{}: {}. Broken: {}",
            finding.subject, finding.facts, finding.invariant
        );
    }
    println!(
        "{} invariants asked, {} broken rows named.",
        integrity::invariants(),
        findings.len()
    );
    Ok(findings.is_empty())
}

/// Makes the caches of what is owed and held anew from the ledger.
pub fn rebuild_caches(db: &Db, stamp: Stamp) -> anyhow::Result<()> {
    Ok(db.write_bulk(stamp, integrity::rebuild_caches)?)
}
