//! How customers are served: what reaches the office by telephone and what customers do by themselves, by month; and how many get by without
//! paper, with a sign-in, with autopay; whether those who are told of their bills call less; and what calls were about. Five queries.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Date, Text, Timestamp};

use crate::domain::alerts::AlertKind;
use crate::domain::calls::{CallFigures, CallTopic, LONGEST_CALL};
use crate::domain::payments::PaymentState;
use crate::store::any::{AnyConnection, native};
use crate::store::db::Conn;
use crate::store::error::StoreError;

/// How often something happened in a month.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct CountRow {
    /// The month, as `2026-11`.
    #[diesel(sql_type = Text)]
    pub month: String,
    /// What: `request`, `online`, `office`.
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

/// How often the telephone was noted in an hour.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct HourRow {
    /// The hour in UTC, as `2026-11-05 14`.
    #[diesel(sql_type = Text)]
    hour: String,
    /// How often.
    #[diesel(sql_type = BigInt)]
    pub calls: i64,
}

impl HourRow {
    /// When the hour begins, in UTC.
    #[must_use]
    pub fn at(&self) -> Option<NaiveDateTime> {
        let text = format!("{}:00", self.hour.replace('T', " "));
        NaiveDateTime::parse_from_str(&text, "%Y-%m-%d %H:%M").ok()
    }
}

// The first letters of a day as text are its month on both databases, those of an instant its hour.
const BY_MONTH: &str = "\
    SELECT substr(CAST(requested_on AS TEXT), 1, 7) AS month, \
           CASE WHEN channel = 'portal' THEN 'online' ELSE 'office' END AS what, COUNT(*) AS times \
      FROM payments WHERE requested_on >= $1 AND state IN (:happened) AND channel <> 'conversion' GROUP BY 1, 2 \
    UNION ALL \
    SELECT substr(CAST(asked_on AS TEXT), 1, 7), 'request', COUNT(*) FROM service_requests WHERE asked_on >= $1 GROUP BY 1, 2 \
    ORDER BY 1, 2";

/// What happened in each month since a day: requests asked online, payments made online and otherwise. A payment that did not come, or was
/// entered by mistake, did not happen.
pub fn by_month(conn: &mut Conn, since: NaiveDate) -> Result<Vec<CountRow>, StoreError> {
    let happened = |state: &&PaymentState| state.was_posted() && **state != PaymentState::Reversed;
    let states = PaymentState::ALL.iter().filter(happened);
    let states: Vec<String> = states.map(|state| format!("'{state}'")).collect();
    let sql = BY_MONTH.replace(":happened", &states.join(", "));
    Ok(native!(conn, |c| diesel::sql_query(&sql)
        .bind::<Date, _>(since)
        .get_results(c))?)
}

/// The calls that were noted in each hour since an instant.
pub fn calls_by_hour(conn: &mut Conn, since: NaiveDateTime) -> Result<Vec<HourRow>, StoreError> {
    let sql = "SELECT substr(CAST(written_at AS TEXT), 1, 13) AS hour, COUNT(*) AS calls FROM notes \
               WHERE kind = 'phone' AND written_at >= $1 GROUP BY 1 ORDER BY 1";
    Ok(native!(conn, |c| diesel::sql_query(sql)
        .bind::<Timestamp, _>(since)
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

/// How often accounts called that were told of their bills and use, or that were not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, QueryableByName)]
pub struct CallsRow {
    /// Whether they were told.
    #[diesel(sql_type = Bool)]
    pub is_told: bool,
    /// How many accounts.
    #[diesel(sql_type = BigInt)]
    pub accounts: i64,
    /// How many calls of theirs were noted.
    #[diesel(sql_type = BigInt)]
    pub calls: i64,
}

const CALLS_OF_TOLD: &str = "\
    SELECT t.account_id IS NOT NULL AS is_told, COUNT(*) AS accounts, CAST(COALESCE(SUM(c.calls), 0) AS BIGINT) AS calls \
      FROM accounts a \
      LEFT JOIN (SELECT DISTINCT account_id FROM notices \
                  WHERE created_at >= $1 AND state = 'sent' AND kind IN (:kinds)) t ON t.account_id = a.id \
      LEFT JOIN (SELECT account_id, COUNT(*) AS calls FROM notes \
                  WHERE kind = 'phone' AND written_at >= $1 GROUP BY account_id) c ON c.account_id = a.id \
     WHERE a.status = 'active' GROUP BY 1 ORDER BY 1";

/// The calls since an instant of the active accounts that were sent an alert since then, and of those that were not.
pub fn calls_of_told(conn: &mut Conn, since: NaiveDateTime) -> Result<Vec<CallsRow>, StoreError> {
    let kinds: Vec<String> = AlertKind::ALL
        .iter()
        .map(|kind| format!("'{kind}'"))
        .collect();
    let sql = CALLS_OF_TOLD.replace(":kinds", &kinds.join(", "));
    Ok(native!(conn, |c| diesel::sql_query(&sql)
        .bind::<Timestamp, _>(since)
        .get_results(c))?)
}

#[derive(QueryableByName)]
struct TopicRow {
    #[diesel(sql_type = Text)]
    topic: CallTopic,
    #[diesel(sql_type = BigInt)]
    calls: i64,
    #[diesel(sql_type = BigInt)]
    solved: i64,
    #[diesel(sql_type = BigInt)]
    timed: i64,
    #[diesel(sql_type = BigInt)]
    seconds: i64,
}

// SQLite counts what is bound by where it is first named.
const CALLS_BY_TOPIC: &str = "\
    SELECT topic, COUNT(*) AS calls, COUNT(CASE WHEN is_solved THEN 1 END) AS solved, COUNT(CASE WHEN lasted <= $1 THEN 1 END) AS timed, \
           CAST(COALESCE(SUM(CASE WHEN lasted <= $1 THEN lasted END), 0) AS BIGINT) AS seconds \
      FROM (SELECT topic, is_solved, :lasted AS lasted FROM calls WHERE topic IS NOT NULL AND began_at >= $2) c \
     GROUP BY topic ORDER BY topic";

/// The calls that began since an instant and were wrapped up, by what they were about. One that was forgotten when it ended takes no time.
pub fn calls_by_topic(
    conn: &mut Conn,
    since: NaiveDateTime,
) -> Result<Vec<(CallTopic, CallFigures)>, StoreError> {
    // How long a call lasted, in seconds.
    let lasted = match conn {
        AnyConnection::Pg(_) => "CAST(EXTRACT(EPOCH FROM ended_at - began_at) AS BIGINT)",
        AnyConnection::Sqlite(_) => "unixepoch(ended_at) - unixepoch(began_at)",
    };
    let sql = CALLS_BY_TOPIC.replace(":lasted", lasted);
    let rows: Vec<TopicRow> = native!(conn, |c| diesel::sql_query(&sql)
        .bind::<BigInt, _>(LONGEST_CALL.num_seconds())
        .bind::<Timestamp, _>(since)
        .get_results(c))?;
    let figures = |row: TopicRow| {
        let figures = CallFigures {
            calls: row.calls,
            solved: row.solved,
            timed: row.timed,
            seconds: row.seconds,
        };
        (row.topic, figures)
    };
    Ok(rows.into_iter().map(figures).collect())
}
