//! Bills that rest on what a register no longer says: an estimate that an actual read spread anew, a read that was mended, intervals that
//! came late. Each becomes something for a clerk, who cancels and bills again, or says why not.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::{Days, NaiveDate, NaiveDateTime};

use crate::domain::exceptions::{ExceptionKind, ExceptionReason};
use crate::domain::ids::{AccountId, BillId, MeterId, RegisterId};
use crate::domain::metered::WINDOW_DAYS;
use crate::domain::period::Period;
use crate::domain::rates::working::Working;
use crate::store;
use crate::store::bills::RestingSegment;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::exceptions::NewException;
use crate::store::intervals::UsageDay;
use crate::store::reads::NewRead;

/// What has a newer version.
#[derive(Debug, Default)]
pub(crate) struct Changed {
    reads: Vec<NewRead>,
    days: Vec<(RegisterId, NaiveDate, i32)>,
}

impl Changed {
    /// What of these rows is no first version.
    pub(crate) fn of(reads: &[NewRead], days: &[UsageDay]) -> Self {
        let mut changed = Self::default();
        changed.add_reads(reads);
        let later = days.iter().filter(|day| day.version > 1);
        changed.days = later
            .map(|day| (day.register_id, day.day, day.version))
            .collect();
        changed
    }

    /// The same, with what of these reads is no first version.
    pub(crate) fn add_reads(&mut self, reads: &[NewRead]) {
        let later = reads.iter().filter(|read| read.version > 1);
        self.reads.extend(later.cloned());
    }

    fn registers(&self) -> Vec<RegisterId> {
        let of_reads = self.reads.iter().map(|read| read.register_id);
        let of_days = self.days.iter().map(|(register, _, _)| *register);
        let mut registers: Vec<RegisterId> = of_reads.chain(of_days).collect();
        registers.sort_unstable();
        registers.dedup();
        registers
    }

    /// The days in which a bill that rests on any of it begins or ends.
    fn span(&self) -> Option<Period> {
        let window = Days::new(u64::from(WINDOW_DAYS));
        let of_reads = self.reads.iter().map(|read| read.read_on);
        let days = || of_reads.clone().chain(self.days.iter().map(|day| day.1));
        Some(Period {
            from: days().min()?.checked_sub_days(window)?,
            until: days().max()?.checked_add_days(window)?.succ_opt()?,
        })
    }
}

/// What of a bill's basis has changed: how many values, and the first of them for the clerk.
struct Difference {
    account: AccountId,
    segment: RestingSegment,
    register: RegisterId,
    changes: u32,
    facts: serde_json::Value,
    key: String,
}

/// Opens an exception for each draft and standing bill that rests on an earlier version of what changed; a bill that has one open gets no second. A
/// fixed number of queries.
pub(crate) fn flag_bills(tx: &mut Tx<'_>, changed: &Changed) -> Result<(), StoreError> {
    let Some(span) = changed.span() else {
        return Ok(());
    };
    let accounts = accounts_of(tx, &changed.registers(), span)?;
    let segments = store::bills::list_resting(tx, &accounts, span)?;
    if segments.is_empty() {
        return Ok(());
    }
    let earlier = earlier_versions(tx, changed)?;
    let mut found: BTreeMap<BillId, Difference> = BTreeMap::new();
    for segment in segments {
        let working: Working = serde_json::from_str(&segment.working).map_err(|error| {
            StoreError::Unreadable(format!("working of bill {}: {error}", segment.bill_id))
        })?;
        for difference in differences(&segment, &working, changed, &earlier) {
            match found.get_mut(&segment.bill_id) {
                Some(known) => known.changes += 1,
                None => {
                    found.insert(segment.bill_id, difference);
                }
            }
        }
    }
    let bills: Vec<BillId> = found.keys().copied().collect();
    let reason = ExceptionReason::ActualDiffers;
    let known: HashSet<BillId> = store::exceptions::list_open_bills(tx, reason, &bills)?
        .into_iter()
        .collect();
    let new: Vec<NewException> = found
        .into_values()
        .filter(|difference| !known.contains(&difference.segment.bill_id))
        .map(exception)
        .collect();
    if !new.is_empty() {
        store::exceptions::open_all(tx, &new)?;
    }
    Ok(())
}

fn exception(difference: Difference) -> NewException {
    let Difference {
        account,
        segment,
        register,
        changes,
        mut facts,
        key,
    } = difference;
    if let Some(facts) = facts.as_object_mut() {
        facts.insert("count".to_owned(), changes.into());
        facts.insert("from".to_owned(), segment.from_on.to_string().into());
        facts.insert("until".to_owned(), segment.until_on.to_string().into());
    }
    let (kind, reason) = (ExceptionKind::Bill, ExceptionReason::ActualDiffers);
    NewException {
        account_id: Some(account),
        service_agreement_id: Some(segment.service_agreement_id),
        register_id: Some(register),
        bill_id: Some(segment.bill_id),
        run_id: segment.run_id,
        ..NewException::of(key, kind, reason, facts)
    }
}

/// The accounts that were served through these registers on some of these days.
fn accounts_of(
    conn: &mut Conn,
    registers: &[RegisterId],
    span: Period,
) -> Result<Vec<AccountId>, StoreError> {
    let known = store::reads::list_registers(conn, registers)?;
    let mut meters: Vec<MeterId> = known.iter().map(|register| register.meter_id).collect();
    meters.sort_unstable();
    meters.dedup();
    let placements = store::reads::list_placements(conn, &meters)?;
    let mut points: Vec<_> = placements
        .iter()
        .map(|placement| placement.service_point_id)
        .collect();
    points.sort_unstable();
    points.dedup();
    let served = store::reads::list_served(conn, &points)?;
    let touches = |from: NaiveDate, until: Option<NaiveDate>| {
        from < span.until && until.is_none_or(|until| span.from <= until)
    };
    let mut accounts: Vec<AccountId> = served
        .iter()
        .filter(|served| touches(served.from_on, served.until_on))
        .map(|served| served.account_id)
        .collect();
    accounts.sort_unstable();
    accounts.dedup();
    Ok(accounts)
}

/// The rows of the earlier versions of the reads that changed, with the value each had.
fn earlier_versions<'a>(
    conn: &mut Conn,
    changed: &'a Changed,
) -> Result<HashMap<i64, (&'a NewRead, String)>, StoreError> {
    let newest: HashMap<(RegisterId, NaiveDateTime), &NewRead> = changed
        .reads
        .iter()
        .map(|read| ((read.register_id, read.read_at), read))
        .collect();
    let keys: Vec<(RegisterId, NaiveDateTime)> = newest.keys().copied().collect();
    let rows = store::reads::list_versions(conn, &keys)?;
    let earlier = rows.into_iter().filter_map(|row| {
        let read = *newest.get(&(row.register_id, row.read_at))?;
        let is_other =
            row.value.0 != read.value.0 || row.verdict.is_usable() != read.verdict.is_usable();
        (row.version < read.version && is_other)
            .then(|| (row.id.0, (read, row.value.0.normalize().to_string())))
    });
    Ok(earlier.collect())
}

fn differences(
    segment: &RestingSegment,
    working: &Working,
    changed: &Changed,
    earlier: &HashMap<i64, (&NewRead, String)>,
) -> Vec<Difference> {
    let difference = |register, facts, key: String| Difference {
        account: segment.account_id,
        segment: segment.clone(),
        register,
        changes: 1,
        facts,
        key: format!("bill:{}:{key}", segment.bill_id),
    };
    let of_reads = working.reads().iter().filter_map(|id| {
        let (read, before) = earlier.get(id)?;
        let facts = serde_json::json!({
            "day": read.read_on, "before": before, "now": read.value.0.normalize().to_string(),
        });
        let key = format!(
            "read:{}:{}:v{}",
            read.register_id, read.read_at, read.version
        );
        Some(difference(read.register_id, facts, key))
    });
    let of_days = changed.days.iter().filter_map(|(register, day, version)| {
        let used = working.days().iter().find(|used| {
            used.register == *register
                && used.period().contains(*day)
                && used.version(*day) < *version
        });
        used.map(|_| {
            let key = format!("day:{register}:{day}:v{version}");
            difference(*register, serde_json::json!({ "day": day }), key)
        })
    });
    of_reads.chain(of_days).collect()
}
