//! A draft tried on real accounts: the latest bills of its schedule, priced again under the draft, beside what was billed.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::ids::AccountId;
use crate::domain::money::Money;
use crate::domain::rates::compile;
use crate::domain::rates::compiled::CompiledVersion;
use crate::domain::rates::facts::IntervalDay;
use crate::domain::rates::price;
use crate::domain::rates::working::Working;
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::labels::{self, AccountLabel};
use crate::store::rate_trials::{self, BilledSegment};
use crate::store::rates::RateScheduleRow;
use crate::usecases::billing::trials;

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
    let version = tried(row, &segments);
    let days = match &version {
        Ok(version) if version.asks_for_intervals() => {
            let billed: Vec<_> = segments
                .iter()
                .map(|segment| (segment.service_point_id, segment.period()))
                .collect();
            let is_net = version.document().measures.contains_key("received");
            trials::interval_days(conn, &billed, is_net)?
        }
        Ok(_) | Err(_) => HashMap::new(),
    };
    let mut lines: Vec<TrialLine> = segments
        .into_iter()
        .map(|billed| {
            let days = days.get(&billed.service_point_id).cloned();
            let outcome = match &version {
                Ok(version) => priced(version, &billed, days.unwrap_or_default()),
                Err(problem) => Err(problem.clone()),
            };
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

/// The version as if it had been in force in every period looked at, ready for pricing.
fn tried(row: &RateScheduleRow, segments: &[BilledSegment]) -> Result<CompiledVersion, String> {
    let mut document = compile::read(&row.document).map_err(|error| error.to_string())?;
    let first = segments.iter().map(|segment| segment.from_on).min();
    document.effective_from = first.unwrap_or(document.effective_from);
    compile::compile(Arc::new(document)).map_err(|error| error.to_string())
}

/// What the version makes of the determinants that the bill kept. The reason is for whoever writes the schedule.
fn priced(
    version: &CompiledVersion,
    billed: &BilledSegment,
    days: Vec<IntervalDay>,
) -> Result<Money, String> {
    let working: Working =
        serde_json::from_str(&billed.working).map_err(|error| error.to_string())?;
    let facts = working.facts(days);
    let bill = price(std::slice::from_ref(version), &facts).map_err(|error| error.to_string())?;
    Ok(bill.total)
}
