//! Bill cycles, their calendars, and which of them bills an account on which days.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::dsl::{count_star, max};
use diesel::prelude::*;

use crate::domain::bills::RunStatus;
use crate::domain::calendars::{CalendarRule, FallsOn, PeriodDates};
use crate::domain::cycles::CycleHistory;
use crate::domain::ids::{AccountId, CycleId, CyclePeriodId, PremiseId};
use crate::domain::period::Period;
use crate::store::any::AnyConnection;
use crate::store::bulk::insert_all;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::kept::KeptDsl;
use crate::store::schema::{
    accounts, bill_runs, cycle_periods, cycles, former_cycles, landlord_agreements, premises,
    service_agreements, service_points,
};

/// A bill cycle.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = cycles, treat_none_as_default_value = false)]
pub struct CycleRow {
    /// Row id.
    pub id: CycleId,
    /// Short code.
    pub code: String,
    /// What the office calls it.
    pub name: String,
    /// Months a period stands for.
    pub months: i32,
    /// Fewest days of a normal period.
    pub least_days: i32,
    /// Most days of a normal period.
    pub most_days: i32,
    /// The day of the month on which meters are read.
    pub read_day: i32,
    /// On which days meters are read and bills issued.
    pub falls_on: FallsOn,
    /// Days from the day of reading to that of issue.
    pub issue_after: i32,
    /// Days from issue to due.
    pub due_after: i32,
}

impl CycleRow {
    /// The rule by which its calendar goes on.
    #[must_use]
    pub fn rule(&self) -> CalendarRule {
        let whole = |number: i32| u32::try_from(number).unwrap_or_default();
        CalendarRule {
            months: whole(self.months),
            read_day: whole(self.read_day),
            falls_on: self.falls_on,
            issue_after: whole(self.issue_after),
            due_after: whole(self.due_after),
        }
    }

    /// Whether a period of so many days is of normal length.
    #[must_use]
    pub fn is_normal(&self, days: u32) -> bool {
        let days = i64::from(days);
        i64::from(self.least_days) <= days && days <= i64::from(self.most_days)
    }
}

/// One period of a cycle's calendar.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = cycle_periods, treat_none_as_default_value = false)]
pub struct CyclePeriodRow {
    /// Row id.
    pub id: CyclePeriodId,
    /// The cycle.
    pub cycle_id: CycleId,
    /// First day billed.
    pub from_on: NaiveDate,
    /// The day meters are read; the first day of the next period.
    pub read_on: NaiveDate,
    /// First day on which a read counts for this period.
    pub window_opens_on: NaiveDate,
    /// Last day on which a read is waited for.
    pub window_closes_on: NaiveDate,
    /// The day bills are dated.
    pub issue_on: NaiveDate,
    /// The day bills fall due.
    pub due_on: NaiveDate,
}

impl CyclePeriodRow {
    /// A row of the calendar.
    #[must_use]
    pub const fn of(id: CyclePeriodId, cycle_id: CycleId, dates: &PeriodDates) -> Self {
        Self {
            id,
            cycle_id,
            from_on: dates.from_on,
            read_on: dates.read_on,
            window_opens_on: dates.window_opens_on,
            window_closes_on: dates.window_closes_on,
            issue_on: dates.issue_on,
            due_on: dates.due_on,
        }
    }

    /// The days billed.
    #[must_use]
    pub fn period(&self) -> Period {
        Period {
            from: self.from_on,
            until: self.read_on,
        }
    }
}

/// Records cycles.
pub fn insert_all_rows(tx: &mut Tx<'_>, rows: &[CycleRow]) -> Result<(), StoreError> {
    insert_all!(tx, cycles::table, rows)
}

/// Records parts of calendars.
pub fn insert_periods(tx: &mut Tx<'_>, rows: &[CyclePeriodRow]) -> Result<(), StoreError> {
    insert_all!(tx, cycle_periods::table, rows)
}

/// All cycles, by code.
pub fn list(conn: &mut Conn) -> Result<Vec<CycleRow>, StoreError> {
    Ok(cycles::table
        .order(cycles::code)
        .select(CycleRow::as_select())
        .load(conn)?)
}

/// The cycle, which must exist.
pub fn get(conn: &mut Conn, id: CycleId) -> Result<CycleRow, StoreError> {
    cycles::table
        .find(id)
        .select(CycleRow::as_select())
        .first(conn)
        .optional()?
        .ok_or(StoreError::Missing("cycle"))
}

/// Waits until nobody else moves the calendar of a cycle or opens a run of it. On SQLite the one writer is enough.
pub fn lock(tx: &mut Tx<'_>, id: CycleId) -> Result<(), StoreError> {
    if let AnyConnection::Pg(conn) = tx.conn() {
        cycles::table
            .find(id)
            .select(cycles::id)
            .for_no_key_update()
            .load::<CycleId>(conn)?;
    }
    Ok(())
}

/// The same, for every cycle.
pub fn lock_all(tx: &mut Tx<'_>) -> Result<(), StoreError> {
    if let AnyConnection::Pg(conn) = tx.conn() {
        cycles::table
            .order(cycles::id)
            .select(cycles::id)
            .for_no_key_update()
            .load::<CycleId>(conn)?;
    }
    Ok(())
}

/// The period, which must exist.
pub fn get_period(conn: &mut Conn, id: CyclePeriodId) -> Result<CyclePeriodRow, StoreError> {
    let row = cycle_periods::table
        .find(id)
        .select(CyclePeriodRow::as_select())
        .first(conn)
        .optional()?;
    row.ok_or(StoreError::Missing("cycle period"))
}

/// A cycle's calendar, oldest first.
pub fn list_periods(conn: &mut Conn, cycle: CycleId) -> Result<Vec<CyclePeriodRow>, StoreError> {
    Ok(cycle_periods::table
        .filter(cycle_periods::cycle_id.eq(cycle))
        .order(cycle_periods::read_on)
        .select(CyclePeriodRow::as_select())
        .load(conn)?)
}

/// What of a cycle's calendar is read on a day or later, oldest first.
pub fn list_periods_since(
    conn: &mut Conn,
    cycle: CycleId,
    since: NaiveDate,
) -> Result<Vec<CyclePeriodRow>, StoreError> {
    Ok(cycle_periods::table
        .filter(cycle_periods::cycle_id.eq(cycle))
        .filter(cycle_periods::read_on.ge(since))
        .order(cycle_periods::read_on)
        .select(CyclePeriodRow::as_select())
        .load(conn)?)
}

/// The cycles of those of these accounts that changed theirs; the others were always billed by the one that stands with them. One query.
pub fn list_histories(
    conn: &mut Conn,
    ids: &[AccountId],
) -> Result<HashMap<AccountId, CycleHistory>, StoreError> {
    let rows: Vec<(AccountId, CycleId, CycleId, NaiveDate)> = former_cycles::table
        .inner_join(accounts::table)
        .filter(former_cycles::account_id.eq_any(ids))
        .select((
            former_cycles::account_id,
            accounts::cycle_id,
            former_cycles::cycle_id,
            former_cycles::until_on,
        ))
        .load(conn)?;
    let mut found: HashMap<AccountId, (CycleId, Vec<(CycleId, NaiveDate)>)> = HashMap::new();
    for (account, present, former, until_on) in rows {
        let (_, all) = found.entry(account).or_insert((present, Vec::new()));
        all.push((former, until_on));
    }
    let history = |(account, (present, former))| (account, CycleHistory::of(present, former));
    Ok(found.into_iter().map(history).collect())
}

/// The cycles of one account.
pub fn history(conn: &mut Conn, account: AccountId) -> Result<CycleHistory, StoreError> {
    if let Some(found) = list_histories(conn, &[account])?.remove(&account) {
        return Ok(found);
    }
    let present: CycleId = accounts::table
        .find(account)
        .select(accounts::cycle_id)
        .first(conn)
        .optional()?
        .ok_or(StoreError::Missing("account"))?;
    Ok(CycleHistory::of(present, Vec::new()))
}

/// Lets an account be billed by another cycle from a day on; until then it stays with the one that it has.
pub fn change_over(
    tx: &mut Tx<'_>,
    account: AccountId,
    (from, to): (CycleId, CycleId),
    on: NaiveDate,
) -> Result<(), StoreError> {
    let stamp = tx.stamp;
    diesel::insert_into(former_cycles::table)
        .values((
            former_cycles::account_id.eq(account),
            former_cycles::cycle_id.eq(from),
            former_cycles::until_on.eq(on),
            former_cycles::changed_by.eq(&stamp.by.name),
            former_cycles::changed_at.eq(stamp.at),
        ))
        .execute(tx.conn())?;
    diesel::update(accounts::table.find(account))
        .set(accounts::cycle_id.eq(to))
        .kept()
        .execute(tx.conn())?;
    Ok(())
}

/// The cycle by which a place is billed: the one that the office gave it, else that of whoever was served there last, as it was on their last
/// day there. A landlord's, who took service over because a tenant left, says nothing of the place. Four queries at the most.
pub fn find_of_place(conn: &mut Conn, premise: PremiseId) -> Result<Option<CycleId>, StoreError> {
    let own: Option<Option<CycleId>> = premises::table
        .find(premise)
        .select(premises::cycle_id)
        .first(conn)
        .optional()?;
    if let Some(own) = own.flatten() {
        return Ok(Some(own));
    }
    let last: Option<(AccountId, NaiveDate, Option<NaiveDate>)> = service_agreements::table
        .inner_join(service_points::table)
        .left_join(landlord_agreements::table)
        .filter(service_points::premise_id.eq(premise))
        .filter(service_agreements::withdrawn_at.is_null())
        .filter(landlord_agreements::follows_id.nullable().is_null())
        .order((
            service_agreements::from_on.desc(),
            service_agreements::id.desc(),
        ))
        .select((
            service_agreements::account_id,
            service_agreements::from_on,
            service_agreements::until_on,
        ))
        .first(conn)
        .optional()?;
    let Some((account, from_on, until_on)) = last else {
        return Ok(None);
    };
    let history = history(conn, account)?;
    let last_day = until_on.and_then(|until| until.pred_opt());
    let since = history.came_on().map_or(from_on, |came| came.max(from_on));
    Ok(Some(history.on(last_day.unwrap_or(since))))
}

/// Every calendar that reaches to a day or later, the oldest period first.
pub fn list_periods_after(
    conn: &mut Conn,
    day: NaiveDate,
) -> Result<Vec<CyclePeriodRow>, StoreError> {
    Ok(cycle_periods::table
        .filter(cycle_periods::read_on.gt(day))
        .order(cycle_periods::read_on)
        .select(CyclePeriodRow::as_select())
        .load(conn)?)
}

/// How far each cycle's calendar goes: the last day on which meters are read.
pub fn list_last_reads(conn: &mut Conn) -> Result<HashMap<CycleId, NaiveDate>, StoreError> {
    let rows: Vec<(CycleId, Option<NaiveDate>)> = cycle_periods::table
        .group_by(cycle_periods::cycle_id)
        .select((cycle_periods::cycle_id, max(cycle_periods::read_on)))
        .load(conn)?;
    let known = rows.into_iter().filter_map(|(id, last)| Some((id, last?)));
    Ok(known.collect())
}

/// How many accounts each cycle bills.
pub fn count_accounts(conn: &mut Conn) -> Result<HashMap<CycleId, i64>, StoreError> {
    let rows: Vec<(CycleId, i64)> = accounts::table
        .group_by(accounts::cycle_id)
        .select((accounts::cycle_id, count_star()))
        .load(conn)?;
    Ok(rows.into_iter().collect())
}

/// Each cycle's first period that is read on a day or later.
pub fn list_next_periods(
    conn: &mut Conn,
    on: NaiveDate,
) -> Result<HashMap<CycleId, CyclePeriodRow>, StoreError> {
    let rows: Vec<CyclePeriodRow> = cycle_periods::table
        .filter(cycle_periods::read_on.ge(on))
        // The first of them is read into the map last.
        .order(cycle_periods::read_on.desc())
        .select(CyclePeriodRow::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(|row| (row.cycle_id, row)).collect())
}

/// The period that follows another in its cycle's calendar.
pub fn find_next(
    conn: &mut Conn,
    period: &CyclePeriodRow,
) -> Result<Option<CyclePeriodRow>, StoreError> {
    Ok(cycle_periods::table
        .filter(cycle_periods::cycle_id.eq(period.cycle_id))
        .filter(cycle_periods::read_on.gt(period.read_on))
        .order(cycle_periods::read_on)
        .select(CyclePeriodRow::as_select())
        .first(conn)
        .optional()?)
}

/// The runs of these periods that were not given up, as far as each has come.
pub fn list_runs(
    conn: &mut Conn,
    periods: &[CyclePeriodId],
) -> Result<HashMap<CyclePeriodId, RunStatus>, StoreError> {
    let rows: Vec<(CyclePeriodId, RunStatus)> = bill_runs::table
        .filter(bill_runs::cycle_period_id.eq_any(periods))
        .filter(bill_runs::status.ne(RunStatus::Void))
        .order(bill_runs::attempt)
        .select((bill_runs::cycle_period_id, bill_runs::status))
        .load(conn)?;
    Ok(rows.into_iter().collect())
}

/// Gives a period other dates.
pub fn mark_moved(
    tx: &mut Tx<'_>,
    id: CyclePeriodId,
    dates: &PeriodDates,
) -> Result<(), StoreError> {
    diesel::update(cycle_periods::table.find(id))
        .set((
            cycle_periods::from_on.eq(dates.from_on),
            cycle_periods::read_on.eq(dates.read_on),
            cycle_periods::window_opens_on.eq(dates.window_opens_on),
            cycle_periods::window_closes_on.eq(dates.window_closes_on),
            cycle_periods::issue_on.eq(dates.issue_on),
            cycle_periods::due_on.eq(dates.due_on),
        ))
        .kept()
        .execute(tx.conn())?;
    Ok(())
}
