//! Bill cycles and their calendars: when meters are read, bills issued and money due.

use chrono::{Datelike, Days, Months, NaiveDate};

use crate::domain::ids::{CycleId, CyclePeriodId};
use crate::domain::working_days;
use crate::store::audit::{self, Deed};
use crate::store::bulk::reserve;
use crate::store::cycles::{self, CyclePeriodRow, CycleRow};
use crate::store::db::Tx;
use crate::store::error::StoreError;

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

/// Sets up a cycle and its calendar from the first read to the last.
///
/// Due dates that fall on a weekend or a holiday move to the next day on which the office is open (16 Tex. Admin. Code 24.165). How many days
/// the law leaves to pay is seen to when a bill is issued: it goes by whose bill it is.
///
/// # Errors
/// `Conflict` when the code is taken.
pub fn open_cycle(
    tx: &mut Tx<'_>,
    new: &NewCycle,
    first: NaiveDate,
    periods: u32,
) -> Result<CycleId, StoreError> {
    let id = CycleId(
        reserve(tx, "cycles", 1)?
            .into_iter()
            .next()
            .ok_or(StoreError::Missing("cycle id"))?,
    );
    let months =
        i32::try_from(new.months).map_err(|error| StoreError::Unreadable(error.to_string()))?;
    // A monthly period is normal from 26 to 35 days (52 Pa. Code 56.2); longer cycles in proportion.
    let (least_days, most_days) = if months == 1 {
        (26, 35)
    } else {
        (months * 30 - 5, months * 31 + 4)
    };
    cycles::insert_all_rows(
        tx,
        &[CycleRow {
            id,
            code: new.code.clone(),
            name: new.name.clone(),
            months,
            least_days,
            most_days,
        }],
    )?;
    let ids = reserve(
        tx,
        "cycle_periods",
        usize::try_from(periods).unwrap_or_default(),
    )?;
    let rows: Vec<CyclePeriodRow> = ids
        .into_iter()
        .zip(0..periods)
        .map(|(row, place)| period_row(CyclePeriodId(row), id, new, read_day(new, first, place)))
        .collect();
    cycles::insert_periods(tx, &rows)?;
    audit::insert(
        tx,
        &Deed {
            action: "cycle.opened",
            subject_kind: "cycle",
            subject_id: new.code.clone(),
            account_id: None,
            facts: serde_json::json!({ "periods": periods, "first": first }),
        },
    )?;
    Ok(id)
}

fn read_day(new: &NewCycle, first: NaiveDate, place: u32) -> (NaiveDate, NaiveDate) {
    let at = |months: u32| {
        let month = first + Months::new(months);
        month.with_day(new.read_day.clamp(1, 28)).unwrap_or(month)
    };
    (at(place * new.months), at((place + 1) * new.months))
}

fn period_row(
    id: CyclePeriodId,
    cycle_id: CycleId,
    new: &NewCycle,
    (from_on, read_on): (NaiveDate, NaiveDate),
) -> CyclePeriodRow {
    let issue_on = read_on + Days::new(u64::from(new.issue_after));
    CyclePeriodRow {
        id,
        cycle_id,
        from_on,
        read_on,
        window_opens_on: read_on - Days::new(3),
        // The window is closed by the day of issue, so that estimates stand in before bills go out.
        window_closes_on: read_on + Days::new(u64::from(new.issue_after.clamp(1, 4) - 1)),
        issue_on,
        due_on: working_days::on_or_after(issue_on + Days::new(u64::from(new.due_after))),
    }
}
