//! Dated factors kept outside the schedules, such as the month's power cost adjustment: proposed by one person, approved by another. Of two that
//! were approved for one day the later counts.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Date};

use crate::domain::ids::{RateFactorId, RateScheduleId};
use crate::domain::rate_status::ProposalStatus;
use crate::store::any::native;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::kept::KeptDsl;
use crate::store::schema::rate_factors;
use crate::store::sql_types::Exact;

/// A value as it was proposed, and what became of it.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = rate_factors)]
pub struct FactorRow {
    /// Row id.
    pub id: RateFactorId,
    /// Its name in the schedules.
    pub code: String,
    /// From this day until the next value.
    pub from_on: NaiveDate,
    /// The value.
    pub value: Exact,
    /// Where it was published, or how it was worked out.
    pub source: String,
    /// Where it stands.
    pub status: ProposalStatus,
    /// Who proposed it.
    pub proposed_by: String,
    /// The same by their row, where they have one.
    pub proposed_by_id: Option<i64>,
    /// When.
    pub proposed_at: NaiveDateTime,
    /// Who approved it or gave it up.
    pub decided_by: Option<String>,
    /// The same by their row, where they have one.
    pub decided_by_id: Option<i64>,
    /// When.
    pub decided_at: Option<NaiveDateTime>,
}

/// A value that bills are priced by.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct ApprovedFactor {
    /// Its name in the schedules.
    pub code: String,
    /// From this day until the next value.
    pub from_on: NaiveDate,
    /// The value.
    pub value: Exact,
}

/// Every value that counts, by name and day.
pub fn list_approved(conn: &mut Conn) -> Result<Vec<ApprovedFactor>, StoreError> {
    let rows: Vec<ApprovedFactor> = rate_factors::table
        .filter(rate_factors::status.eq(ProposalStatus::Approved))
        .order((
            rate_factors::code,
            rate_factors::from_on,
            rate_factors::decided_at,
            rate_factors::id,
        ))
        .select((
            rate_factors::code,
            rate_factors::from_on,
            rate_factors::value,
        ))
        .load(conn)?;
    let mut counting: Vec<ApprovedFactor> = Vec::with_capacity(rows.len());
    for row in rows {
        if let Some(last) = counting.last_mut()
            && (&last.code, last.from_on) == (&row.code, row.from_on)
        {
            *last = row;
        } else {
            counting.push(row);
        }
    }
    Ok(counting)
}

/// Everything that was ever proposed for a factor, the latest day first, and of one day the newest first.
pub fn list_of(conn: &mut Conn, code: &str) -> Result<Vec<FactorRow>, StoreError> {
    Ok(rate_factors::table
        .filter(rate_factors::code.eq(code))
        .order((rate_factors::from_on.desc(), rate_factors::id.desc()))
        .select(FactorRow::as_select())
        .load(conn)?)
}

/// What waits for a second person.
pub fn list_waiting(conn: &mut Conn) -> Result<Vec<FactorRow>, StoreError> {
    Ok(rate_factors::table
        .filter(rate_factors::status.eq(ProposalStatus::Proposed))
        .order((rate_factors::code, rate_factors::from_on))
        .select(FactorRow::as_select())
        .load(conn)?)
}

/// The value, which must exist.
pub fn get(conn: &mut Conn, id: RateFactorId) -> Result<FactorRow, StoreError> {
    rate_factors::table
        .find(id)
        .select(FactorRow::as_select())
        .first(conn)
        .optional()?
        .ok_or(StoreError::Missing("factor"))
}

/// The newest word on a factor for a day, given up ones left out.
pub fn find_newest(
    conn: &mut Conn,
    code: &str,
    from_on: NaiveDate,
) -> Result<Option<FactorRow>, StoreError> {
    Ok(rate_factors::table
        .filter(rate_factors::code.eq(code))
        .filter(rate_factors::from_on.eq(from_on))
        .filter(rate_factors::status.ne(ProposalStatus::Withdrawn))
        .order(rate_factors::id.desc())
        .select(FactorRow::as_select())
        .first(conn)
        .optional()?)
}

/// A value before it is a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFactor {
    /// Its name in the schedules.
    pub code: String,
    /// From this day until the next value.
    pub from_on: NaiveDate,
    /// The value.
    pub value: Exact,
    /// Where it was published, or how it was worked out.
    pub source: String,
}

/// Keeps a proposal of the transaction's acting person.
pub fn insert(tx: &mut Tx<'_>, new: &NewFactor) -> Result<RateFactorId, StoreError> {
    let stamp = tx.stamp;
    Ok(diesel::insert_into(rate_factors::table)
        .values((
            rate_factors::code.eq(&new.code),
            rate_factors::from_on.eq(new.from_on),
            rate_factors::value.eq(new.value),
            rate_factors::source.eq(&new.source),
            rate_factors::status.eq(ProposalStatus::Proposed),
            rate_factors::proposed_by.eq(&stamp.by.name),
            rate_factors::proposed_by_id.eq(stamp.by.id),
            rate_factors::proposed_at.eq(stamp.at),
        ))
        .returning(rate_factors::id)
        .get_result(tx.conn())?)
}

/// Says what became of a proposal, and by whom. From now on the database refuses every change of it.
pub fn mark_decided(
    tx: &mut Tx<'_>,
    id: RateFactorId,
    (status, by): (ProposalStatus, &str),
) -> Result<(), StoreError> {
    let stamp = tx.stamp;
    diesel::update(rate_factors::table.find(id))
        .set((
            rate_factors::status.eq(status),
            rate_factors::decided_by.eq(by),
            rate_factors::decided_by_id.eq(stamp.by.id),
            rate_factors::decided_at.eq(stamp.at),
        ))
        .kept()
        .execute(tx.conn())?;
    Ok(())
}

#[derive(QueryableByName)]
struct Counted {
    #[diesel(sql_type = BigInt)]
    bills: i64,
}

/// How many bills charge days after a day by one of these versions: drafts that are not out yet, and issued bills that stand.
pub fn count_bills(
    conn: &mut Conn,
    versions: &[RateScheduleId],
    from_on: NaiveDate,
) -> Result<(i64, i64), StoreError> {
    if versions.is_empty() {
        return Ok((0, 0));
    }
    let ids: Vec<String> = versions.iter().map(|id| id.0.to_string()).collect();
    let of = |which: &str| {
        format!(
            "SELECT CAST(COUNT(*) AS BIGINT) AS bills FROM bills b WHERE {which} AND EXISTS (
                 SELECT 1 FROM bill_segments s WHERE s.bill_id = b.id AND s.rate_schedule_id IN ({}))",
            ids.join(", ")
        )
    };
    let drafts = of("b.run_id IN (SELECT r.id FROM bill_runs r JOIN cycle_periods p ON p.id = r.cycle_period_id WHERE p.read_on > $1)
                     AND b.status <> 'void' AND b.status = 'draft'");
    let issued = of("b.until_on > $1 AND b.status = 'issued'
                     AND NOT EXISTS (SELECT 1 FROM bill_cancellations c WHERE c.bill_id = b.id)");
    let mut count = |sql: String| -> Result<i64, StoreError> {
        let found: Vec<Counted> = native!(conn, |c| diesel::sql_query(sql)
            .bind::<Date, _>(from_on)
            .load(c))?;
        Ok(found.first().map_or(0, |counted| counted.bills))
    };
    Ok((count(drafts)?, count(issued)?))
}

/// Whether a run is working out drafts of days after a day: it took the factors with it when it began.
pub fn is_being_drafted(conn: &mut Conn, from_on: NaiveDate) -> Result<bool, StoreError> {
    let sql = "SELECT CAST(COUNT(*) AS BIGINT) AS bills FROM bill_runs r JOIN cycle_periods p ON p.id = r.cycle_period_id
               WHERE r.status = 'drafting' AND p.read_on > $1";
    let found: Vec<Counted> = native!(conn, |c| diesel::sql_query(sql)
        .bind::<Date, _>(from_on)
        .load(c))?;
    Ok(found.first().is_some_and(|counted| counted.bills > 0))
}
