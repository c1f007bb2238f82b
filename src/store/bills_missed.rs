//! Accounts that were served in a period and have no bill for it, and periods whose day of issue passed without a run: what a utility would
//! otherwise hear of from the customer. Reads only.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Date, Nullable, Text};

use crate::domain::bills::RunStatus;
use crate::domain::ids::{AccountId, BillRunId, CycleId, CyclePeriodId};
use crate::domain::period::Period;
use crate::store::any::native;
use crate::store::bills::listed;
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::kept::KeptDsl;
use crate::store::schema::{bill_runs, cycle_periods};

/// A period whose day of issue has passed.
#[derive(Debug, Clone, QueryableByName)]
pub struct PastPeriod {
    /// Row id.
    #[diesel(sql_type = BigInt)]
    pub id: CyclePeriodId,
    /// The cycle's name.
    #[diesel(sql_type = Text)]
    pub cycle: String,
    /// First day billed.
    #[diesel(sql_type = Date)]
    pub from_on: NaiveDate,
    /// First day after the last day billed.
    #[diesel(sql_type = Date)]
    pub read_on: NaiveDate,
    /// The run that billed it or is billing it.
    #[diesel(sql_type = Nullable<BigInt>)]
    pub run_id: Option<BillRunId>,
    /// Accounts of the cycle.
    #[diesel(sql_type = BigInt)]
    pub accounts: i64,
}

/// Periods whose day of issue lies between two days, oldest first.
pub fn list_past_periods(
    conn: &mut Conn,
    since: NaiveDate,
    before: NaiveDate,
) -> Result<Vec<PastPeriod>, StoreError> {
    let sql = "SELECT p.id, c.name AS cycle, p.from_on, p.read_on, \
                      (SELECT MAX(r.id) FROM bill_runs r WHERE r.cycle_period_id = p.id AND r.status <> 'void') AS run_id, \
                      (SELECT COUNT(*) FROM accounts a WHERE a.cycle_id = c.id AND a.opened_on < p.read_on \
                          AND a.status IN ('active', 'closing')) AS accounts \
               FROM cycle_periods p JOIN cycles c ON c.id = p.cycle_id \
               WHERE p.issue_on >= $1 AND p.issue_on < $2 ORDER BY p.issue_on, p.id";
    Ok(native!(conn, |c| diesel::sql_query(sql)
        .bind::<Date, _>(since)
        .bind::<Date, _>(before)
        .kept()
        .load(c))?)
}

/// The periods of a cycle that are read after a day and whose accounts were all drafted: whoever comes to the cycle now is in none of those
/// runs. Oldest first.
pub fn list_drafted_after(
    conn: &mut Conn,
    cycle: CycleId,
    day: NaiveDate,
) -> Result<Vec<PastPeriod>, StoreError> {
    let sql = "SELECT p.id, c.name AS cycle, p.from_on, p.read_on, r.id AS run_id, \
                      (SELECT COUNT(*) FROM accounts a WHERE a.cycle_id = c.id) AS accounts \
               FROM cycle_periods p JOIN cycles c ON c.id = p.cycle_id JOIN bill_runs r ON r.cycle_period_id = p.id \
               WHERE p.cycle_id = $1 AND p.read_on > $2 AND r.status IN ('drafted', 'issuing', 'issued') ORDER BY p.from_on";
    Ok(native!(conn, |c| diesel::sql_query(sql)
        .bind::<BigInt, _>(cycle.0)
        .bind::<Date, _>(day)
        .kept()
        .load(c))?)
}

#[derive(QueryableByName)]
struct Found {
    #[diesel(sql_type = BigInt)]
    id: AccountId,
}

/// The accounts of a period's cycle with the days of the period on which each was with it: who was there all the time, who came within the
/// period, and who left within it. `which` says of which periods `p` and accounts `a`.
fn with_cycle(which: &str) -> String {
    format!(
        "SELECT p.id AS period_id, a.id, a.status, p.from_on AS from_on, p.read_on AS until_on \
             FROM cycle_periods p JOIN accounts a ON a.cycle_id = p.cycle_id \
             WHERE {which} \
             AND NOT EXISTS (SELECT 1 FROM former_cycles f WHERE f.account_id = a.id AND f.until_on > p.from_on) \
         UNION ALL SELECT p.id, a.id, a.status, f.until_on, p.read_on \
             FROM cycle_periods p JOIN accounts a ON a.cycle_id = p.cycle_id JOIN former_cycles f ON f.account_id = a.id \
             WHERE {which} AND f.until_on > p.from_on AND f.until_on < p.read_on \
             AND NOT EXISTS (SELECT 1 FROM former_cycles g WHERE g.account_id = a.id AND g.until_on > f.until_on) \
         UNION ALL SELECT p.id, a.id, a.status, p.from_on, CASE WHEN f.until_on < p.read_on THEN f.until_on ELSE p.read_on END \
             FROM cycle_periods p JOIN former_cycles f ON f.cycle_id = p.cycle_id JOIN accounts a ON a.id = f.account_id \
             WHERE {which} AND f.until_on > p.from_on \
             AND NOT EXISTS (SELECT 1 FROM former_cycles g WHERE g.account_id = a.id \
                 AND g.until_on > p.from_on AND g.until_on < f.until_on)"
    )
}

/// Of accounts `a` with their days: those that were served on some of them and have no bill that touches any. An account whose every service
/// was suspended all the time was not served.
const NOT_BILLED: &str = "a.status IN ('active', 'closing') \
     AND EXISTS (SELECT 1 FROM service_agreements s WHERE s.account_id = a.id AND s.withdrawn_at IS NULL AND s.from_on < a.until_on \
         AND (s.until_on IS NULL OR s.until_on > a.from_on) \
         AND NOT EXISTS (SELECT 1 FROM service_suspensions o WHERE o.service_agreement_id = s.id \
             AND o.from_on <= a.from_on AND (o.until_on IS NULL OR o.until_on >= a.until_on))) \
     AND NOT EXISTS (SELECT 1 FROM bills b WHERE b.account_id = a.id AND b.until_on > a.from_on AND b.from_on < a.until_on \
         AND b.status <> 'void' AND NOT EXISTS (SELECT 1 FROM bill_cancellations c WHERE c.bill_id = b.id))";

/// The next accounts of a period's cycle that were served in it, have no bill that touches their days with the cycle, and that the run says
/// nothing of; in the order of their ids, after the cursor. An account whose every service was suspended all the time was not served.
pub fn list_missed(
    conn: &mut Conn,
    (period, run): (CyclePeriodId, BillRunId),
    after: AccountId,
    limit: i64,
) -> Result<Vec<AccountId>, StoreError> {
    let sql = format!(
        "SELECT a.id AS id FROM ({}) a WHERE {NOT_BILLED} \
         AND NOT EXISTS (SELECT 1 FROM exceptions e WHERE e.account_id = a.id AND e.run_id = $3 AND e.status = 'open') \
         ORDER BY a.id LIMIT $4",
        with_cycle("p.id = $1 AND a.id > $2")
    );
    let found = native!(conn, |c| diesel::sql_query(sql)
        .bind::<BigInt, _>(period.0)
        .bind::<BigInt, _>(after.0)
        .bind::<BigInt, _>(run.0)
        .bind::<BigInt, _>(limit)
        .kept()
        .load::<Found>(c))?;
    Ok(found.into_iter().map(|found| found.id).collect())
}

/// The periods of an account's cycles that are read after a day, were drafted, and in which it was served and has no bill, where the run says
/// nothing of it. Oldest first.
pub fn list_missed_of(
    conn: &mut Conn,
    account: AccountId,
    day: NaiveDate,
) -> Result<Vec<PastPeriod>, StoreError> {
    let sql = format!(
        "SELECT p.id, c.name AS cycle, p.from_on, p.read_on, r.id AS run_id, \
                (SELECT COUNT(*) FROM accounts b WHERE b.cycle_id = c.id) AS accounts \
         FROM ({}) a JOIN cycle_periods p ON p.id = a.period_id JOIN cycles c ON c.id = p.cycle_id \
              JOIN bill_runs r ON r.cycle_period_id = p.id \
         WHERE r.status IN ('drafted', 'issuing', 'issued') AND {NOT_BILLED} \
         AND NOT EXISTS (SELECT 1 FROM exceptions e WHERE e.account_id = a.id AND e.run_id = r.id AND e.status = 'open') \
         ORDER BY p.from_on, p.id",
        with_cycle("a.id = $1 AND p.read_on > $2")
    );
    Ok(native!(conn, |c| diesel::sql_query(sql)
        .bind::<BigInt, _>(account.0)
        .bind::<Date, _>(day)
        .kept()
        .load(c))?)
}

/// Which of these accounts have a draft, or something that holds their bill, of a period that ended on a day or earlier. Use while everything
/// was suspended is to be looked at and holds no bill: there is none.
pub fn list_waiting(
    conn: &mut Conn,
    accounts: &[AccountId],
    until: NaiveDate,
) -> Result<Vec<AccountId>, StoreError> {
    if accounts.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT a.id AS id FROM accounts a WHERE a.id IN ({}) \
         AND (EXISTS (SELECT 1 FROM bills b WHERE b.account_id = a.id AND b.status = 'draft' AND b.until_on <= $1) \
             OR EXISTS (SELECT 1 FROM exceptions e JOIN bill_runs r ON r.id = e.run_id \
                 JOIN cycle_periods p ON p.id = r.cycle_period_id WHERE e.account_id = a.id AND e.status = 'open' \
                 AND e.bill_id IS NULL AND e.reason <> 'suspended_service' AND p.read_on <= $1)) ORDER BY a.id",
        listed(accounts.iter().map(|id| id.0))
    );
    let found = native!(conn, |c| diesel::sql_query(sql)
        .bind::<Date, _>(until)
        .load::<Found>(c))?;
    Ok(found.into_iter().map(|found| found.id).collect())
}

#[derive(QueryableByName)]
struct Days {
    #[diesel(sql_type = Date)]
    from_on: NaiveDate,
    #[diesel(sql_type = Date)]
    read_on: NaiveDate,
}

/// Whether a period of a cycle that begins after a day was issued: what lies before the first bills of a house is not billed any more.
pub fn is_later_issued(
    conn: &mut Conn,
    cycle: CycleId,
    from: NaiveDate,
) -> Result<bool, StoreError> {
    let later: i64 = cycle_periods::table
        .inner_join(bill_runs::table)
        .filter(cycle_periods::cycle_id.eq(cycle))
        .filter(cycle_periods::from_on.gt(from))
        .filter(bill_runs::status.eq(RunStatus::Issued))
        .count()
        .get_result(conn)?;
    Ok(later > 0)
}

/// The first period of a cycle before a day that must be billed before any later one: its run is not issued, or it has none although the
/// cycle was billed before.
pub fn find_unbilled_before(
    conn: &mut Conn,
    cycle: CycleId,
    from: NaiveDate,
) -> Result<Option<Period>, StoreError> {
    let sql = "SELECT p.from_on, p.read_on FROM cycle_periods p WHERE p.cycle_id = $1 AND p.from_on < $2 \
               AND NOT EXISTS (SELECT 1 FROM bill_runs r WHERE r.cycle_period_id = p.id AND r.status = 'issued') \
               AND EXISTS (SELECT 1 FROM bill_runs r JOIN cycle_periods q ON q.id = r.cycle_period_id \
                   WHERE q.cycle_id = p.cycle_id AND q.from_on <= p.from_on AND r.status <> 'void') \
               ORDER BY p.from_on LIMIT 1";
    let found: Option<Days> = native!(conn, |c| diesel::sql_query(sql)
        .bind::<BigInt, _>(cycle.0)
        .bind::<Date, _>(from)
        .kept()
        .get_result(c)
        .optional())?;
    Ok(found.map(|days| Period {
        from: days.from_on,
        until: days.read_on,
    }))
}
