//! A draft tried on real accounts: the latest bills of its schedule, priced again under the draft, beside what was billed.

use std::collections::HashSet;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::ids::AccountId;
use crate::domain::money::Money;
use crate::domain::rates::compile;
use crate::domain::rates::price;
use crate::domain::rates::working::Working;
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::labels::{self, AccountLabel};
use crate::store::rate_trials::{self, BilledSegment};
use crate::store::rates::RateScheduleRow;

/// One account's bill, as it was and as the draft would make it.
pub struct TrialLine {
    /// Whose.
    pub account: Option<AccountLabel>,
    /// The bill that was looked at.
    pub billed: BilledSegment,
    /// What the draft comes to; nothing where it cannot be priced.
    pub drafted: Option<Money>,
    /// Why not.
    pub problem: Option<String>,
}

impl TrialLine {
    /// By how much the draft is more.
    #[must_use]
    pub fn difference(&self) -> Option<Money> {
        self.drafted.map(|drafted| drafted - self.billed.amount)
    }
}

/// What a trial found.
pub struct Trial {
    /// The accounts, the largest difference first.
    pub lines: Vec<TrialLine>,
    /// What the priced accounts were billed.
    pub billed: Money,
    /// What the draft makes of them.
    pub drafted: Money,
    /// How many could not be priced.
    pub failed: usize,
}

/// Prices the latest bill of so many accounts under a version. The periods lie before its first day, so the trial counts it as in force.
pub fn run(
    conn: &mut Conn,
    row: &RateScheduleRow,
    many: i64,
    on: NaiveDate,
) -> Result<Trial, StoreError> {
    let segments = rate_trials::list_latest(conn, &row.code, many)?;
    let mut seen = HashSet::new();
    let segments: Vec<BilledSegment> = segments
        .into_iter()
        .filter(|segment| seen.insert(segment.account_id))
        .take(usize::try_from(many).unwrap_or_default())
        .collect();
    let ids: Vec<AccountId> = segments.iter().map(|segment| segment.account_id).collect();
    let labels = labels::of_accounts(conn, &ids, on)?;
    let mut lines: Vec<TrialLine> = segments
        .into_iter()
        .map(|billed| {
            let outcome = priced(row, &billed);
            TrialLine {
                account: labels.get(&billed.account_id).cloned(),
                drafted: outcome.as_ref().ok().copied(),
                problem: outcome.err(),
                billed,
            }
        })
        .collect();
    lines.sort_by_key(|line| std::cmp::Reverse(line.difference().map(Money::abs)));
    let good = || lines.iter().filter(|line| line.drafted.is_some());
    Ok(Trial {
        billed: good().map(|line| line.billed.amount).sum(),
        drafted: good().filter_map(|line| line.drafted).sum(),
        failed: lines.len().saturating_sub(good().count()),
        lines,
    })
}

/// What the version makes of the determinants that the bill kept. The reason is for whoever writes the schedule.
fn priced(row: &RateScheduleRow, billed: &BilledSegment) -> Result<Money, String> {
    let working: Working =
        serde_json::from_str(&billed.working).map_err(|error| error.to_string())?;
    let facts = working.facts(Vec::new());
    let mut document = compile::read(&row.document).map_err(|error| error.to_string())?;
    document.effective_from = facts.period.from;
    let version = compile::compile(Arc::new(document)).map_err(|error| error.to_string())?;
    let bill = price(&[version], &facts).map_err(|error| error.to_string())?;
    Ok(bill.total)
}
