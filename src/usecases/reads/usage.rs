//! Interval usage against what is kept: a new day, a later part, a correction, or the same again.

use std::collections::HashMap;

use crate::domain::intervals::series::same_usage;
use crate::domain::period::Period;
use crate::domain::reads::ReadQuality;
use crate::domain::vee::days::{DayRule, check_day};
use crate::domain::vee::{Finding, Severity};
use crate::store;
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::intervals::UsageDay;
use crate::usecases::reads::incoming::Incoming;
use crate::usecases::reads::{Context, Decision, count, distinct, exception};

/// Decides the interval days of a chunk.
pub(crate) fn decide(
    conn: &mut Conn,
    context: &Context,
    incoming: &Incoming,
    decision: &mut Decision,
) -> Result<(), StoreError> {
    let days = incoming.usage.iter().map(|(_, civil, _)| civil.day);
    let (Some(first), Some(last)) = (days.clone().min(), days.max()) else {
        return Ok(());
    };
    let registers = distinct(incoming.usage.iter().map(|(register, _, _)| *register));
    let period = Period {
        from: first,
        until: last.succ_opt().unwrap_or(last),
    };
    let mut kept: HashMap<_, UsageDay> = store::intervals::list_usage(conn, &registers, period)?
        .into_iter()
        .map(|day| ((day.register_id, day.day), day))
        .collect();
    decision.usage.reserve(incoming.usage.len());
    for (register_id, civil, came) in &incoming.usage {
        let Some(register) = incoming.registers.get(register_id) else {
            continue;
        };
        let limits = context.settings.limits(register.commodity());
        let rule = DayRule::new(limits, register.unit, came.resolution());
        let before = kept.remove(&(*register_id, civil.day));
        let present = count(came.slots() - came.count(ReadQuality::Missing));
        let mut usage = came.clone();
        let mut counts = (present, 0, 0);
        let mut version = 1;
        if let Some(before) = &before {
            usage = before.usage.clone();
            let merged = usage.merge(came);
            counts = (
                i64::from(merged.added),
                i64::from(merged.corrected),
                i64::from(merged.unchanged),
            );
            version = before.version + 1;
        }
        let findings = check_day(&rule, *civil, &mut usage);
        if before.is_some_and(|before| same_usage(&before.usage, &usage)) {
            decision.counts.duplicates += present;
            continue;
        }
        let held = findings
            .iter()
            .filter(|found| found.severity() == Severity::Hold)
            .count();
        decision.counts.accepted += counts.0;
        decision.counts.corrections += counts.1;
        decision.counts.duplicates += counts.2;
        decision.counts.held += count(held);
        let about = format!("usage:{register_id}:{}", civil.day);
        let found = |finding: &Finding| exception(finding, register, civil.day, &about);
        decision
            .exceptions
            .extend(findings.iter().filter_map(found));
        decision.usage.push(UsageDay {
            register_id: *register_id,
            day: civil.day,
            version,
            usage,
        });
    }
    Ok(())
}
