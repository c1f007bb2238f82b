//! How customers are served: what reaches the office by telephone and what customers do by themselves, by month; and how many get by without
//! paper, with a sign-in, with autopay. Two queries.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Date, Text, Timestamp};

use crate::store::any::native;
use crate::store::db::Conn;
use crate::store::error::StoreError;

/// How often something happened in a month.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct CountRow {
    /// The month, as `2026-11`.
    #[diesel(sql_type = Text)]
    pub month: String,
    /// What: `call`, `request`, `online`, `office`.
    #[diesel(sql_type = Text)]
    pub what: String,
    /// How often.
    #[diesel(sql_type = BigInt)]
    pub times: i64,
}

/// How many of the active accounts have what spares them letters, calls and counters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, QueryableByName)]
pub struct Reach {
    /// Active accounts.
    #[diesel(sql_type = BigInt)]
    pub accounts: i64,
    /// Those whose bills do not come on paper.
    #[diesel(sql_type = BigInt)]
    pub paperless: i64,
    /// Those that a sign-in holds.
    #[diesel(sql_type = BigInt)]
    pub with_sign_in: i64,
    /// Those that autopay pays.
    #[diesel(sql_type = BigInt)]
    pub with_autopay: i64,
}

// The first letters of a day or an instant as text are its month on both databases.
const BY_MONTH: &str = "\
    SELECT substr(CAST(requested_on AS TEXT), 1, 7) AS month, \
           CASE WHEN channel = 'portal' THEN 'online' ELSE 'office' END AS what, COUNT(*) AS times \
      FROM payments WHERE requested_on >= $1 AND state NOT IN ('requested', 'canceled') AND channel <> 'conversion' GROUP BY 1, 2 \
    UNION ALL \
    SELECT substr(CAST(asked_on AS TEXT), 1, 7), 'request', COUNT(*) FROM service_requests WHERE asked_on >= $1 GROUP BY 1, 2 \
    UNION ALL \
    SELECT substr(CAST(written_at AS TEXT), 1, 7), 'call', COUNT(*) FROM notes WHERE kind = 'phone' AND written_at >= $2 GROUP BY 1, 2 \
    ORDER BY 1, 2";

/// What happened in each month since a day: calls that were noted, requests asked online, payments made online and otherwise.
pub fn by_month(
    conn: &mut Conn,
    since: NaiveDate,
    instant: NaiveDateTime,
) -> Result<Vec<CountRow>, StoreError> {
    Ok(native!(conn, |c| diesel::sql_query(BY_MONTH)
        .bind::<Date, _>(since)
        .bind::<Timestamp, _>(instant)
        .get_results(c))?)
}

const REACH: &str = "\
    SELECT COUNT(*) AS accounts, \
           COUNT(CASE WHEN NOT a.paper THEN 1 END) AS paperless, \
           COUNT(CASE WHEN EXISTS (SELECT 1 FROM login_accounts h WHERE h.account_id = a.id AND (h.until_on IS NULL OR h.until_on > $1)) \
                 THEN 1 END) AS with_sign_in, \
           COUNT(CASE WHEN EXISTS (SELECT 1 FROM autopay_enrolments e WHERE e.account_id = a.id AND e.ended_at IS NULL) \
                 THEN 1 END) AS with_autopay \
      FROM accounts a WHERE a.status = 'active'";

/// How many accounts have what, today.
pub fn reach(conn: &mut Conn, today: NaiveDate) -> Result<Reach, StoreError> {
    Ok(native!(conn, |c| diesel::sql_query(REACH)
        .bind::<Date, _>(today)
        .get_result(c))?)
}
