//! Intervals that never came: once nobody waits for them any more, what like days used stands in, marked as estimated. A later actual part
//! takes its place like any correction.

use std::collections::{BTreeMap, HashMap};

use chrono::{Days, NaiveDate};
use chrono_tz::Tz;

use crate::domain::ids::RegisterId;
use crate::domain::intervals::IntervalDay;
use crate::domain::intervals::calendar::CivilDay;
use crate::domain::period::Period;
use crate::domain::vee::profiles::fill;
use crate::store;
use crate::store::audit::Deed;
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::store::intervals::UsageDay;

/// How many days before a gap its likes are looked for.
const LIKE_DAYS: u64 = 28;

/// Fills the days of these registers that are not whole. A fixed number of queries. Says how many slots were filled; repeating it adds none.
///
/// # Errors
/// Those of the database.
pub fn fill_gaps(
    tx: &mut Tx<'_>,
    zone: Tz,
    wanted: &[(RegisterId, Period)],
) -> Result<u64, StoreError> {
    let from = wanted.iter().map(|(_, days)| days.from).min();
    let until = wanted.iter().map(|(_, days)| days.until).max();
    let (Some(from), Some(until)) = (from, until) else {
        return Ok(0);
    };
    let mut ids: Vec<RegisterId> = wanted.iter().map(|(register, _)| *register).collect();
    ids.sort_unstable();
    ids.dedup();
    let known = store::reads::list_registers(tx, &ids)?;
    let minutes: HashMap<RegisterId, i64> = known
        .into_iter()
        .filter_map(|row| Some((row.id, i64::from(row.resolution_minutes?))))
        .collect();
    let all = Period {
        from: from - Days::new(LIKE_DAYS),
        until,
    };
    let mut kept: HashMap<RegisterId, BTreeMap<NaiveDate, UsageDay>> = HashMap::new();
    for day in store::intervals::list_usage(tx, &ids, all)? {
        kept.entry(day.register_id)
            .or_default()
            .insert(day.day, day);
    }
    let mut filled = 0;
    let mut mended: Vec<UsageDay> = Vec::new();
    for (register, days) in wanted {
        let (Some(minutes), Some(kept)) = (minutes.get(register), kept.get(register)) else {
            continue;
        };
        let (count, mut days) = mend(zone, (*register, *minutes), *days, kept);
        filled += u64::from(count);
        mended.append(&mut days);
    }
    mended.sort_by_key(|day| (day.register_id, day.day));
    mended.dedup_by_key(|day| (day.register_id, day.day));
    if mended.is_empty() {
        return Ok(0);
    }
    store::intervals::insert_usage(tx, &mended, None)?;
    let deed = Deed {
        action: "intervals.estimated",
        subject_kind: "read_day",
        subject_id: until.to_string(),
        account_id: None,
        facts: serde_json::json!({ "days": mended.len(), "slots": filled }),
    };
    store::audit::insert(tx, &deed)?;
    Ok(filled)
}

fn mend(
    zone: Tz,
    (register, minutes): (RegisterId, i64),
    days: Period,
    kept: &BTreeMap<NaiveDate, UsageDay>,
) -> (u32, Vec<UsageDay>) {
    let known: Vec<(NaiveDate, &IntervalDay)> =
        kept.iter().map(|(day, kept)| (*day, &kept.usage)).collect();
    let Some(resolution) = crate::domain::intervals::Resolution::of_seconds(minutes * 60) else {
        return (0, Vec::new());
    };
    let mut filled = 0;
    let mut mended = Vec::new();
    for day in days.from.iter_days().take_while(|day| *day < days.until) {
        let before = kept.get(&day);
        let mut usage = before.map_or_else(
            || IntervalDay::empty(resolution, CivilDay::of(zone, day).slots(resolution)),
            |kept| kept.usage.clone(),
        );
        if usage.is_complete() {
            continue;
        }
        let count = fill(&mut usage, day, &known);
        if count > 0 {
            filled += count;
            mended.push(UsageDay {
                register_id: register,
                day,
                version: before.map_or(0, |kept| kept.version) + 1,
                usage,
            });
        }
    }
    (filled, mended)
}
