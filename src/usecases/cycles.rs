//! Bill cycles and their calendars: when meters are read, bills issued and money due. A calendar is written ahead, mended before it is used,
//! and goes on by the cycle's rule.

use chrono::{Months, NaiveDate};
use serde_json::json;

use crate::domain::calendars::{
    CalendarRule, DatesRefused, FallsOn, LAST_READ_DAY, MONTHS, MOST_TO_ISSUE, MOST_TO_PAY,
    PeriodDates,
};
use crate::domain::ids::{CycleId, CyclePeriodId};
use crate::domain::working_days;
use crate::store::audit::{self, Deed};
use crate::store::bulk::reserve;
use crate::store::cycles::{self, CyclePeriodRow, CycleRow};
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;

/// How far ahead calendars are kept.
const AHEAD: Months = Months::new(18);

/// The most periods that a calendar begins with.
pub const MOST_PERIODS: u32 = 60;

/// The longest code and name of a cycle, in characters.
pub(in crate::usecases) const LONGEST: usize = 60;

/// Why a cycle or a date of its calendar was not taken.
#[derive(Debug, thiserror::Error)]
pub enum CycleError {
    /// A cycle has a code and a name, neither of them long.
    #[error("a cycle has a code and a name of at most {LONGEST} characters")]
    NameMissing,
    /// Another cycle has this code.
    #[error("another cycle has this code")]
    CodeTaken,
    /// A period stands for 1, 2, 3, 6 or 12 months.
    #[error("a period stands for 1, 2, 3, 6 or 12 months")]
    Months,
    /// Not every month has this day.
    #[error("meters are read on a day of the month from 1 to {LAST_READ_DAY}")]
    ReadDay,
    /// Too long until the bills go out.
    #[error("bills are issued at most {MOST_TO_ISSUE} days after the read")]
    IssueAfter,
    /// No time to pay, or too much.
    #[error("customers have from 1 to {MOST_TO_PAY} days to pay")]
    DueAfter,
    /// A calendar begins with one period at least.
    #[error("a calendar begins with 1 to {MOST_PERIODS} periods")]
    Periods,
    /// The dates do not stand in their order.
    #[error(transparent)]
    Dates(#[from] DatesRefused),
    /// A run bills the period, or the one after it.
    #[error("a bill run uses these dates")]
    Used,
    /// The rows could not be read or written.
    #[error(transparent)]
    Fault(#[from] StoreError),
}

/// A cycle as the office sets it up.
#[derive(Debug, Clone)]
pub struct NewCycle {
    /// Short code.
    pub code: String,
    /// What the office calls it.
    pub name: String,
    /// Months a period stands for.
    pub months: u32,
    /// The day of the month on which meters are read, 1 to 28.
    pub read_day: u32,
    /// Days from read to issue.
    pub issue_after: u32,
    /// Days from issue to due; at least what the law of the place asks.
    pub due_after: u32,
}

impl NewCycle {
    fn rule(&self, falls_on: FallsOn) -> CalendarRule {
        CalendarRule {
            months: self.months,
            read_day: self.read_day,
            falls_on,
            issue_after: self.issue_after,
            due_after: self.due_after,
        }
    }

    /// Whether everything about it is in bounds.
    pub(in crate::usecases) fn check(&self) -> Result<(), CycleError> {
        let is_said = |text: &str| !text.trim().is_empty() && text.chars().count() <= LONGEST;
        if !is_said(&self.code) || !is_said(&self.name) {
            return Err(CycleError::NameMissing);
        }
        if !MONTHS.contains(&self.months) {
            return Err(CycleError::Months);
        }
        if !(1..=LAST_READ_DAY).contains(&self.read_day) {
            return Err(CycleError::ReadDay);
        }
        if self.issue_after > MOST_TO_ISSUE {
            return Err(CycleError::IssueAfter);
        }
        if !(1..=MOST_TO_PAY).contains(&self.due_after) {
            return Err(CycleError::DueAfter);
        }
        Ok(())
    }
}

/// Where a new calendar begins and how far it goes at once.
#[derive(Debug, Clone, Copy)]
pub struct Beginning {
    /// The first day billed.
    pub from_on: NaiveDate,
    /// How many periods are written at once.
    pub periods: u32,
}

/// Sets up a cycle whose first period begins on the rule's day in a month, read and issued on whatever day that is.
///
/// How many days the law leaves to pay is seen to when a bill is issued: it goes by whose bill it is.
///
/// # Errors
/// `Conflict` when the code is taken.
pub fn open_cycle(
    tx: &mut Tx<'_>,
    new: &NewCycle,
    first: NaiveDate,
    periods: u32,
) -> Result<CycleId, StoreError> {
    let rule = new.rule(FallsOn::AnyDay);
    let from_on = rule.in_month(first);
    insert(tx, new, &rule, Beginning { from_on, periods })
}

/// Sets up a cycle as the office orders it, with the first periods of its calendar.
///
/// # Errors
/// What is out of bounds, `CodeTaken`, or a fault.
pub fn set_up_cycle(
    tx: &mut Tx<'_>,
    new: &NewCycle,
    falls_on: FallsOn,
    begins: Beginning,
) -> Result<CycleId, CycleError> {
    new.check()?;
    if !(1..=MOST_PERIODS).contains(&begins.periods) {
        return Err(CycleError::Periods);
    }
    let known = cycles::list(tx)?;
    if known.iter().any(|cycle| cycle.code == new.code.trim()) {
        return Err(CycleError::CodeTaken);
    }
    Ok(insert(tx, new, &new.rule(falls_on), begins)?)
}

fn insert(
    tx: &mut Tx<'_>,
    new: &NewCycle,
    rule: &CalendarRule,
    begins: Beginning,
) -> Result<CycleId, StoreError> {
    let reserved = reserve(tx, "cycles", 1)?.into_iter().next();
    let id = CycleId(reserved.ok_or(StoreError::Missing("cycle id"))?);
    let (least_days, most_days) = rule.normal_days();
    let row = CycleRow {
        id,
        code: new.code.trim().to_owned(),
        name: new.name.trim().to_owned(),
        months: column(rule.months)?,
        least_days: column(least_days)?,
        most_days: column(most_days)?,
        read_day: column(rule.read_day)?,
        falls_on: rule.falls_on,
        issue_after: column(rule.issue_after)?,
        due_after: column(rule.due_after)?,
    };
    cycles::insert_all_rows(tx, &[row])?;
    let mut from_on = begins.from_on;
    let mut dates = Vec::new();
    for _ in 0..begins.periods {
        let read_on = rule.next_read(from_on);
        dates.push((id, rule.period(from_on, read_on)));
        from_on = read_on;
    }
    insert_periods(tx, &dates)?;
    let facts = json!({ "periods": begins.periods, "first": begins.from_on });
    record(tx, &new.code, "cycle.opened", facts)?;
    Ok(id)
}

fn column(number: u32) -> Result<i32, StoreError> {
    i32::try_from(number).map_err(|error| StoreError::Unreadable(error.to_string()))
}

fn insert_periods(tx: &mut Tx<'_>, dates: &[(CycleId, PeriodDates)]) -> Result<(), StoreError> {
    let ids = reserve(tx, "cycle_periods", dates.len())?;
    let rows: Vec<CyclePeriodRow> = ids
        .into_iter()
        .zip(dates)
        .map(|(id, (cycle, dates))| CyclePeriodRow::of(CyclePeriodId(id), *cycle, dates))
        .collect();
    cycles::insert_periods(tx, &rows)
}

/// Lets every calendar go on by its rule until it reaches eighteen months ahead. Says how many periods are new; repeating it adds none.
///
/// # Errors
/// Those of the database.
pub fn extend_calendars(tx: &mut Tx<'_>) -> Result<usize, StoreError> {
    let on = tx.stamp.on;
    cycles::lock_all(tx)?;
    let missing = missing_periods(tx, on)?;
    let dates: Vec<(CycleId, PeriodDates)> = missing
        .iter()
        .flat_map(|(cycle, dates)| dates.iter().map(|dates| (cycle.id, *dates)))
        .collect();
    if dates.is_empty() {
        return Ok(0);
    }
    insert_periods(tx, &dates)?;
    for (cycle, dates) in &missing {
        let until = dates.last().map(|dates| dates.read_on);
        let facts = json!({ "periods": dates.len(), "until": until });
        record(tx, &cycle.code, "cycle.extended", facts)?;
    }
    Ok(dates.len())
}

/// What is missing of each calendar that does not reach far enough ahead of a day.
///
/// # Errors
/// Those of the database.
pub fn missing_periods(
    conn: &mut Conn,
    on: NaiveDate,
) -> Result<Vec<(CycleRow, Vec<PeriodDates>)>, StoreError> {
    let enough = on + AHEAD;
    let last = cycles::list_last_reads(conn)?;
    let mut missing = Vec::new();
    for cycle in cycles::list(conn)? {
        let (rule, mut dates) = (cycle.rule(), Vec::new());
        let mut from_on = last.get(&cycle.id).copied().unwrap_or(enough);
        while from_on < enough {
            let read_on = rule.next_read(from_on);
            dates.push(rule.period(from_on, read_on));
            from_on = read_on;
        }
        if !dates.is_empty() {
            missing.push((cycle, dates));
        }
    }
    Ok(missing)
}

/// What a person changes about a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moved {
    /// The day meters are read; the next period begins on it.
    pub read_on: NaiveDate,
    /// The day bills are dated.
    pub issue_on: NaiveDate,
    /// The day bills fall due: the next one on which the office is open, where it is closed then.
    pub due_on: NaiveDate,
}

/// Moves the dates of a period that no bill run uses. The period that follows begins on the new day of reading. The same dates again change
/// nothing.
///
/// # Errors
/// `Used`, `Dates`, that there is no such period, or a fault.
pub fn move_period(
    tx: &mut Tx<'_>,
    (cycle, id): (CycleId, CyclePeriodId),
    to: Moved,
) -> Result<(), CycleError> {
    cycles::lock(tx, cycle)?;
    let period = cycles::get_period(tx, id)?;
    if period.cycle_id != cycle {
        return Err(StoreError::Missing("cycle period").into());
    }
    let next = cycles::find_next(tx, &period)?;
    let ids: Vec<CyclePeriodId> = std::iter::once(id)
        .chain(next.iter().map(|next| next.id))
        .collect();
    // Bills say the day that the calendar says.
    let due_on = working_days::on_or_after(to.due_on);
    let before = (period.read_on, period.issue_on, period.due_on);
    if before == (to.read_on, to.issue_on, due_on) {
        return Ok(());
    }
    if !cycles::list_runs(tx, &ids)?.is_empty() {
        return Err(CycleError::Used);
    }
    let days = (period.from_on, to.read_on);
    let dates = PeriodDates::of(days, to.issue_on, due_on);
    dates.check(next.as_ref().map(|next| next.read_on))?;
    cycles::mark_moved(tx, id, &dates)?;
    if let Some(next) = next {
        let days = (to.read_on, next.read_on);
        let dates = PeriodDates::of(days, next.issue_on, next.due_on);
        cycles::mark_moved(tx, next.id, &dates)?;
    }
    let cycle = cycles::get(tx, cycle)?;
    let facts = json!({
        "from": period.from_on, "read_before": period.read_on, "read": to.read_on, "issue": to.issue_on, "due": due_on,
    });
    Ok(record(tx, &cycle.code, "cycle.period_moved", facts)?)
}

fn record(
    tx: &mut Tx<'_>,
    code: &str,
    action: &str,
    facts: serde_json::Value,
) -> Result<(), StoreError> {
    let deed = Deed {
        action,
        subject_kind: "cycle",
        subject_id: code.trim().to_owned(),
        account_id: None,
        facts,
    };
    audit::insert(tx, &deed)
}
