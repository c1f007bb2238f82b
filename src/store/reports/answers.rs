//! What three questions are answered from: how disputes are dealt with, what the trail of deeds holds, and how shut-offs and the way back stand.
//! Four queries.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Date, Text};

use crate::domain::holds::HoldKind;
use crate::store::any::{AnyConnection, native};
use crate::store::db::Conn;
use crate::store::error::StoreError;

/// How disputes are dealt with.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, QueryableByName)]
pub struct Disputes {
    /// How many came since the day.
    #[diesel(sql_type = BigInt)]
    pub came: i64,
    /// How many are open.
    #[diesel(sql_type = BigInt)]
    pub open: i64,
    /// How many of these are past the promised day.
    #[diesel(sql_type = BigInt)]
    pub overdue: i64,
    /// How many were decided since the day.
    #[diesel(sql_type = BigInt)]
    pub decided: i64,
    /// How many of these by the promised day.
    #[diesel(sql_type = BigInt)]
    pub in_time: i64,
    /// How many days those that were decided took together.
    #[diesel(sql_type = BigInt)]
    pub days: i64,
}

// SQLite counts what is bound by where it is first named.
const DISPUTES: &str = "\
    SELECT COUNT(CASE WHEN r.asked_on >= $1 THEN 1 END) AS came, \
           COUNT(CASE WHEN r.closed_on IS NULL THEN 1 END) AS open, \
           COUNT(CASE WHEN r.closed_on IS NULL AND r.due_on < $2 THEN 1 END) AS overdue, \
           COUNT(CASE WHEN d.outcome IS NOT NULL AND r.closed_on >= $1 THEN 1 END) AS decided, \
           COUNT(CASE WHEN d.outcome IS NOT NULL AND r.closed_on >= $1 AND r.closed_on <= r.due_on THEN 1 END) AS in_time, \
           CAST(COALESCE(SUM(CASE WHEN d.outcome IS NOT NULL AND r.closed_on >= $1 THEN :days END), 0) AS BIGINT) AS days \
      FROM service_requests r JOIN bill_disputes d ON d.request_id = r.id";

/// The disputes that came or were decided since a day, and those that are open today.
pub fn disputes(
    conn: &mut Conn,
    (since, today): (NaiveDate, NaiveDate),
) -> Result<Disputes, StoreError> {
    let days = match conn {
        AnyConnection::Pg(_) => "r.closed_on - r.asked_on",
        AnyConnection::Sqlite(_) => {
            "CAST(julianday(r.closed_on) - julianday(r.asked_on) AS INTEGER)"
        }
    };
    let sql = DISPUTES.replace(":days", days);
    Ok(native!(conn, |c| diesel::sql_query(&sql)
        .bind::<Date, _>(since)
        .bind::<Date, _>(today)
        .get_result(c))?)
}

/// What the trail of deeds holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, QueryableByName)]
pub struct Trail {
    /// Deeds since the day.
    #[diesel(sql_type = BigInt)]
    pub deeds: i64,
    /// Those of people of the office.
    #[diesel(sql_type = BigInt)]
    pub by_staff: i64,
    /// Entries of the ledger since the day.
    #[diesel(sql_type = BigInt)]
    pub entries: i64,
    /// Bills issued since the day.
    #[diesel(sql_type = BigInt)]
    pub bills: i64,
}

const TRAIL: &str = "\
    SELECT COUNT(*) AS deeds, COUNT(CASE WHEN actor_kind = 'staff' THEN 1 END) AS by_staff, \
           (SELECT COUNT(*) FROM ledger_entries WHERE on_date >= $1) AS entries, \
           (SELECT COUNT(*) FROM bills WHERE issued_on >= $1) AS bills \
      FROM audit_rows WHERE on_date >= $1";

/// What was written down since a day.
pub fn trail(conn: &mut Conn, since: NaiveDate) -> Result<Trail, StoreError> {
    Ok(native!(conn, |c| diesel::sql_query(TRAIL)
        .bind::<Date, _>(since)
        .get_result(c))?)
}

/// How shut-offs and the way back stand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, QueryableByName)]
pub struct ShutOffs {
    /// Arrangements in force.
    #[diesel(sql_type = BigInt)]
    pub arranged: i64,
    /// Written notices that were served since the day, with proof.
    #[diesel(sql_type = BigInt)]
    pub served: i64,
    /// Shut-offs that were ordered and not done yet.
    #[diesel(sql_type = BigInt)]
    pub ordered: i64,
    /// Shut-offs that were done since the day.
    #[diesel(sql_type = BigInt)]
    pub done: i64,
    /// Shut-offs that were taken back since the day.
    #[diesel(sql_type = BigInt)]
    pub taken_back: i64,
    /// Reconnections that are still to be done.
    #[diesel(sql_type = BigInt)]
    pub to_reconnect: i64,
    /// Reconnections that were done since the day.
    #[diesel(sql_type = BigInt)]
    pub reconnected: i64,
    /// How many of these on the day on which they were ordered.
    #[diesel(sql_type = BigInt)]
    pub same_day: i64,
}

const SHUT_OFFS: &str = "\
    SELECT (SELECT COUNT(*) FROM arrangements WHERE ended_on IS NULL) AS arranged, \
           (SELECT COUNT(*) FROM shutoff_notices WHERE kind = 'written' AND is_proven AND given_on >= $1) AS served, \
           COUNT(CASE WHEN kind = 'shut_off' AND closed_on IS NULL THEN 1 END) AS ordered, \
           COUNT(CASE WHEN kind = 'shut_off' AND state = 'done' AND closed_on >= $1 THEN 1 END) AS done, \
           COUNT(CASE WHEN kind = 'shut_off' AND state = 'canceled' AND closed_on >= $1 THEN 1 END) AS taken_back, \
           COUNT(CASE WHEN kind = 'reconnect' AND closed_on IS NULL THEN 1 END) AS to_reconnect, \
           COUNT(CASE WHEN kind = 'reconnect' AND state = 'done' AND closed_on >= $1 THEN 1 END) AS reconnected, \
           COUNT(CASE WHEN kind = 'reconnect' AND state = 'done' AND closed_on >= $1 AND closed_on = made_on THEN 1 END) AS same_day \
      FROM service_orders WHERE kind IN ('shut_off', 'reconnect')";

/// Arrangements, notices, shut-offs and reconnections: those of today, and those since a day.
pub fn shut_offs(conn: &mut Conn, since: NaiveDate) -> Result<ShutOffs, StoreError> {
    Ok(native!(conn, |c| diesel::sql_query(SHUT_OFFS)
        .bind::<Date, _>(since)
        .get_result(c))?)
}

#[derive(QueryableByName)]
struct KeptRow {
    #[diesel(sql_type = Text)]
    kind: HoldKind,
    #[diesel(sql_type = BigInt)]
    accounts: i64,
}

const KEPT: &str = "\
    SELECT h.kind AS kind, COUNT(DISTINCT h.account_id) AS accounts \
      FROM holds h LEFT JOIN hold_lifts l ON l.hold_id = h.id \
     WHERE h.from_on <= $1 AND (h.until_on IS NULL OR h.until_on > $1) AND (l.ends_on IS NULL OR l.ends_on > $1) \
           AND h.stops LIKE '%shut_off%' GROUP BY h.kind ORDER BY h.kind";

/// How many accounts holds keep a shut-off away from today, by their reason.
pub fn kept(conn: &mut Conn, today: NaiveDate) -> Result<Vec<(HoldKind, i64)>, StoreError> {
    let rows: Vec<KeptRow> = native!(conn, |c| diesel::sql_query(KEPT)
        .bind::<Date, _>(today)
        .get_results(c))?;
    Ok(rows
        .into_iter()
        .map(|row| (row.kind, row.accounts))
        .collect())
}
