//! What waits for the printer: put here in the transaction in which it was decided that a bill or a letter goes on paper. A letter has its row
//! from then on; bills wait in one row with all that were decided at the same instant, and get rows of their own when a batch is made.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Date, Nullable, Text, Timestamp};

use crate::domain::ids::{BillId, NoticeId, PrintPieceId};
use crate::domain::notice::NoticeState;
use crate::domain::print::Ending;
use crate::store::any::{AnyConnection, native};
use crate::store::bulk::{ROWS, insert_all};
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::ext::literal;
use crate::store::kept::KeptDsl;
use crate::store::schema::{notices, print_pieces, print_waits};

/// What waits.
const WAITS: &str = "p.batch_id IS NULL AND p.ending IS NULL";

/// The bills that wait without a row of their own.
const TOGETHER: &str = "print_waits w JOIN bill_deliveries d ON d.bill_id BETWEEN w.first_bill_id AND w.last_bill_id \
     AND d.at = w.since_at AND d.channel = 'paper' AND d.state = 'queued'";

/// With the bill or the letter that it is.
const JOINED: &str =
    "LEFT JOIN bills b ON b.id = p.bill_id LEFT JOIN notices n ON n.id = p.notice_id";

/// Whether there is an address to write on it: the one the letter was written to, or the main customer's own or the place served on day $1.
const HAS_ADDRESS: &str = "(n.recipient <> '' OR EXISTS (
    SELECT 1 FROM account_roles r JOIN customers c ON c.id = r.customer_id
    WHERE r.account_id = COALESCE(b.account_id, n.account_id) AND r.role = 'main'
          AND r.from_on <= $1 AND (r.until_on IS NULL OR r.until_on > $1)
          AND (c.mailing_address <> '' OR EXISTS (SELECT 1 FROM service_agreements s WHERE s.account_id = r.account_id
               AND s.withdrawn_at IS NULL))))";

#[derive(Insertable)]
#[diesel(table_name = print_waits, treat_none_as_default_value = false)]
struct NewWait {
    first_bill_id: BillId,
    last_bill_id: BillId,
    bills: i32,
    since_at: NaiveDateTime,
}

/// Lets bills wait that are to go on paper, with the instant at which that was decided of each.
pub fn put_bills(tx: &mut Tx<'_>, bills: &[(BillId, NaiveDateTime)]) -> Result<(), StoreError> {
    let mut waits: BTreeMap<NaiveDateTime, NewWait> = BTreeMap::new();
    for (bill, since_at) in bills {
        let wait = waits.entry(*since_at).or_insert(NewWait {
            first_bill_id: *bill,
            last_bill_id: *bill,
            bills: 0,
            since_at: *since_at,
        });
        wait.first_bill_id = wait.first_bill_id.min(*bill);
        wait.last_bill_id = wait.last_bill_id.max(*bill);
        wait.bills += 1;
    }
    let rows: Vec<NewWait> = waits.into_values().collect();
    insert_all!(tx, print_waits::table, rows.as_slice())
}

/// Gives each bill that waits a row of its own. Of two who do so at once, each bill gets one.
pub fn gather(tx: &mut Tx<'_>) -> Result<(), StoreError> {
    let waits: Vec<i64> = print_waits::table
        .order(print_waits::id)
        .select(print_waits::id)
        .load(tx.conn())?;
    let sql = format!(
        "INSERT INTO print_pieces (bill_id, since_at) SELECT d.bill_id, d.at FROM {TOGETHER} WHERE w.id = $1 \
         ORDER BY d.bill_id ON CONFLICT (bill_id) DO NOTHING"
    );
    for wait in waits {
        native!(tx.conn(), |c| diesel::sql_query(&sql)
            .bind::<BigInt, _>(wait)
            .kept()
            .execute(c))?;
        diesel::delete(print_waits::table.find(wait)).execute(tx.conn())?;
    }
    Ok(())
}

/// Lets a letter wait that was just put in the outbox to go on paper.
pub fn put_letter(tx: &mut Tx<'_>, id: NoticeId) -> Result<(), StoreError> {
    let at = tx.stamp.at;
    diesel::insert_into(print_pieces::table)
        .values((
            print_pieces::notice_id.eq(id),
            print_pieces::since_at.eq(at),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Lets the letters wait that came into the outbox after a notice.
pub fn put_letters_after(tx: &mut Tx<'_>, last: NoticeId) -> Result<(), StoreError> {
    let sql = "INSERT INTO print_pieces (notice_id, since_at) \
               SELECT n.id, n.created_at FROM notices n WHERE n.id > $1 AND n.channel = 'paper' AND n.state = 'queued' \
                      AND NOT EXISTS (SELECT 1 FROM print_pieces p WHERE p.notice_id = n.id) ORDER BY n.id";
    native!(tx.conn(), |c| diesel::sql_query(sql)
        .bind::<BigInt, _>(last.0)
        .kept()
        .execute(c))?;
    Ok(())
}

/// How much waits, and since when.
#[derive(Debug, Clone, Copy, Default, QueryableByName)]
pub struct Count {
    /// Bills.
    #[diesel(sql_type = BigInt)]
    pub bills: i64,
    /// Letters.
    #[diesel(sql_type = BigInt)]
    pub letters: i64,
    /// Since when the first of them, in UTC.
    #[diesel(sql_type = Nullable<Timestamp>)]
    pub since: Option<NaiveDateTime>,
}

/// Counts what waits.
pub fn count(conn: &mut Conn) -> Result<Count, StoreError> {
    let sql = format!(
        "SELECT CAST(SUM(bills) AS BIGINT) AS bills, CAST(SUM(letters) AS BIGINT) AS letters, MIN(since) AS since FROM ( \
             SELECT COUNT(p.bill_id) AS bills, COUNT(p.notice_id) AS letters, MIN(p.since_at) AS since FROM print_pieces p WHERE {WAITS} \
             UNION ALL \
             SELECT COALESCE(SUM(w.bills), 0), 0, MIN(w.since_at) FROM print_waits w WHERE w.bills > 0) both_ways"
    );
    Ok(native!(conn, |c| diesel::sql_query(&sql)
        .kept()
        .get_result(c))?)
}

/// One piece that waits.
#[derive(Debug, Clone, QueryableByName)]
pub struct Waiting {
    /// The row.
    #[diesel(sql_type = BigInt)]
    pub id: i64,
    /// The bill, where it is one.
    #[diesel(sql_type = Nullable<BigInt>)]
    pub bill: Option<i64>,
    /// The bill's number.
    #[diesel(sql_type = Nullable<Text>)]
    pub bill_number: Option<String>,
    /// The letter, where it is one.
    #[diesel(sql_type = Nullable<BigInt>)]
    pub notice: Option<i64>,
    /// Whose.
    #[diesel(sql_type = Nullable<BigInt>)]
    pub account: Option<i64>,
    /// The account's printed number, as stored.
    #[diesel(sql_type = Nullable<Text>)]
    pub account_number: Option<String>,
    /// Whom a letter was written to, line by line; nothing where no address was known.
    #[diesel(sql_type = Nullable<Text>)]
    pub recipient: Option<String>,
    /// The language: a letter's own, a bill's as its account asks now.
    #[diesel(sql_type = Text)]
    pub language: String,
    /// What a letter tells, as JSON.
    #[diesel(sql_type = Nullable<Text>)]
    pub facts: Option<String>,
    /// What a letter tells of.
    #[diesel(sql_type = Nullable<Text>)]
    pub kind: Option<String>,
    /// Since when, in UTC.
    #[diesel(sql_type = Timestamp)]
    pub since: NaiveDateTime,
    /// The address, line by line, at which it does not reach its reader.
    #[diesel(sql_type = Nullable<Text>)]
    pub wrong: Option<String>,
    /// Why its paper was not made when a batch was.
    #[diesel(sql_type = Nullable<Text>)]
    pub trouble: Option<String>,
}

impl Waiting {
    /// The row.
    #[must_use]
    pub const fn piece(&self) -> PrintPieceId {
        PrintPieceId(self.id)
    }
}

/// The columns of a piece that the lists read.
const PIECE: &str = "p.id, p.bill_id, p.notice_id, p.since_at, p.wrong_recipient, p.trouble";

/// What waits in rows of its own and has an address on a day: oldest first, what was left out before at the end.
pub fn list(conn: &mut Conn, on: NaiveDate, limit: i64) -> Result<Vec<Waiting>, StoreError> {
    let from = format!("SELECT {PIECE} FROM print_pieces p WHERE {WAITS}");
    select(conn, (&from, HAS_ADDRESS), on, limit)
}

/// What waits and has no address on a day, or was left out before, oldest first.
pub fn list_left_out(
    conn: &mut Conn,
    on: NaiveDate,
    limit: i64,
) -> Result<Vec<Waiting>, StoreError> {
    let from = format!(
        "SELECT {PIECE} FROM print_pieces p WHERE {WAITS} \
         UNION ALL SELECT 0, d.bill_id, NULL, d.at, NULL, NULL FROM {TOGETHER} \
         WHERE NOT EXISTS (SELECT 1 FROM print_pieces q WHERE q.bill_id = d.bill_id)"
    );
    let which = format!(
        "(COALESCE({HAS_ADDRESS}, FALSE) = FALSE OR p.wrong_recipient IS NOT NULL OR p.trouble IS NOT NULL)"
    );
    select(conn, (&from, &which), on, limit)
}

fn select(
    conn: &mut Conn,
    (from, which): (&str, &str),
    on: NaiveDate,
    limit: i64,
) -> Result<Vec<Waiting>, StoreError> {
    let sql = format!(
        "SELECT p.id AS id, p.bill_id AS bill, b.number AS bill_number, p.notice_id AS notice, \
                COALESCE(b.account_id, n.account_id) AS account, a.number AS account_number, \
                n.recipient AS recipient, COALESCE(n.language, a.language) AS language, n.facts AS facts, n.kind AS kind, \
                p.since_at AS since, p.wrong_recipient AS wrong, p.trouble AS trouble \
         FROM ({from}) p {JOINED} LEFT JOIN accounts a ON a.id = COALESCE(b.account_id, n.account_id) \
         WHERE {which} ORDER BY (p.wrong_recipient IS NOT NULL OR p.trouble IS NOT NULL), p.since_at, p.id LIMIT $2"
    );
    Ok(native!(conn, |c| diesel::sql_query(&sql)
        .bind::<Date, _>(on)
        .bind::<BigInt, _>(limit)
        .kept()
        .load(c))?)
}

/// Notes of pieces why their papers were not made.
pub fn mark_trouble(
    tx: &mut Tx<'_>,
    left_out: &[(PrintPieceId, String)],
) -> Result<(), StoreError> {
    for (piece, why) in left_out {
        diesel::update(print_pieces::table.find(*piece))
            .set(print_pieces::trouble.eq(why))
            .kept()
            .execute(tx.conn())?;
    }
    Ok(())
}

/// A letter that waits.
#[derive(Debug, Clone, Queryable)]
pub struct WaitingLetter {
    /// The row.
    pub piece: PrintPieceId,
    /// The letter.
    pub notice: NoticeId,
    /// What it tells, as JSON.
    pub facts: String,
    /// Where the notice stands.
    pub state: NoticeState,
    /// When it was written, in UTC.
    pub created_at: NaiveDateTime,
}

/// The letters that wait.
pub fn list_letters(conn: &mut Conn) -> Result<Vec<WaitingLetter>, StoreError> {
    Ok(print_pieces::table
        .inner_join(notices::table)
        .filter(print_pieces::batch_id.is_null())
        .filter(print_pieces::ending.is_null())
        .order(print_pieces::id)
        .select((
            print_pieces::id,
            notices::id,
            notices::facts,
            notices::state,
            notices::created_at,
        ))
        .load(conn)?)
}

/// What has waited since an instant or longer and could have left: bills, and letters. What bears a wrong address, or whose paper could not be
/// made, did not.
pub fn list_since(
    conn: &mut Conn,
    until: NaiveDateTime,
) -> Result<Vec<(PrintPieceId, Option<BillId>, Option<NoticeId>)>, StoreError> {
    Ok(print_pieces::table
        .filter(print_pieces::batch_id.is_null())
        .filter(print_pieces::ending.is_null())
        .filter(print_pieces::since_at.le(until))
        .filter(print_pieces::wrong_recipient.is_null())
        .filter(print_pieces::trouble.is_null())
        .order(print_pieces::id)
        .select((
            print_pieces::id,
            print_pieces::bill_id,
            print_pieces::notice_id,
        ))
        .load(conn)?)
}

/// How many wait that were left out of a batch: at a wrong address, or without a paper.
pub fn count_left_out(conn: &mut Conn) -> Result<i64, StoreError> {
    let left_out = print_pieces::wrong_recipient
        .is_not_null()
        .or(print_pieces::trouble.is_not_null());
    Ok(print_pieces::table
        .filter(print_pieces::batch_id.is_null())
        .filter(print_pieces::ending.is_null())
        .filter(left_out)
        .count()
        .get_result(conn)?)
}

/// Ends the way of pieces that wait.
pub fn end(tx: &mut Tx<'_>, ids: &[PrintPieceId], ending: Ending) -> Result<(), StoreError> {
    for some in ids.chunks(ROWS) {
        let waiting = print_pieces::table
            .filter(print_pieces::id.eq_any(some))
            .filter(print_pieces::batch_id.is_null())
            .filter(print_pieces::ending.is_null());
        diesel::update(waiting)
            .set(print_pieces::ending.eq(ending))
            .execute(tx.conn())?;
    }
    Ok(())
}

/// Ends the way of a bill that waits and was canceled.
pub fn end_bill(tx: &mut Tx<'_>, bill: BillId) -> Result<(), StoreError> {
    let own_row = format!(
        "INSERT INTO print_pieces (bill_id, since_at) SELECT d.bill_id, d.at FROM {TOGETHER} WHERE d.bill_id = $1 LIMIT 1 \
         ON CONFLICT (bill_id) DO NOTHING"
    );
    let parted = native!(tx.conn(), |c| diesel::sql_query(&own_row)
        .bind::<BigInt, _>(bill.0)
        .kept()
        .execute(c))?;
    if parted == 1 {
        let one_less = "UPDATE print_waits SET bills = bills - 1 WHERE first_bill_id <= $1 AND last_bill_id >= $1 \
                        AND since_at = (SELECT p.since_at FROM print_pieces p WHERE p.bill_id = $1)";
        native!(tx.conn(), |c| diesel::sql_query(one_less)
            .bind::<BigInt, _>(bill.0)
            .kept()
            .execute(c))?;
    }
    let waiting = print_pieces::table
        .filter(print_pieces::bill_id.eq(bill))
        .filter(print_pieces::batch_id.is_null())
        .filter(print_pieces::ending.is_null());
    diesel::update(waiting)
        .set(print_pieces::ending.eq(Ending::Moot))
        .kept()
        .execute(tx.conn())?;
    Ok(())
}

/// Ends the way of bills that wait and were canceled: while they were in a batch, or before they came to wait.
pub fn end_canceled(tx: &mut Tx<'_>) -> Result<(), StoreError> {
    let sql = "UPDATE print_pieces SET ending = 'moot' \
               WHERE batch_id IS NULL AND ending IS NULL AND bill_id IN (SELECT bill_id FROM bill_cancellations)";
    native!(tx.conn(), |c| diesel::sql_query(sql).kept().execute(c))?;
    Ok(())
}

/// Which of these still wait, kept from others until the end of the transaction: of two who take at once, the second finds what is left.
pub fn list_waiting(
    tx: &mut Tx<'_>,
    ids: &[PrintPieceId],
) -> Result<Vec<PrintPieceId>, StoreError> {
    let mut ids = ids.to_vec();
    ids.sort_unstable();
    let mut waiting = Vec::with_capacity(ids.len());
    for some in ids.chunks(ROWS) {
        let still = print_pieces::table
            .filter(print_pieces::id.eq_any(some))
            .filter(print_pieces::batch_id.is_null())
            .filter(print_pieces::ending.is_null())
            .order(print_pieces::id)
            .select(print_pieces::id);
        let found: Vec<PrintPieceId> = match tx.conn() {
            AnyConnection::Pg(conn) => still.for_update().load(conn)?,
            AnyConnection::Sqlite(conn) => still.load(conn)?,
        };
        waiting.extend(found);
    }
    Ok(waiting)
}

/// Notes of letters that they were sent without a batch; their words are not known here. Those of one kind held a
/// secret and leave no facts behind.
pub fn mark_sent(
    tx: &mut Tx<'_>,
    ids: &[NoticeId],
    (at, secret): (NaiveDateTime, &str),
) -> Result<(), StoreError> {
    for some in ids.chunks(ROWS) {
        let queued = notices::table
            .filter(notices::id.eq_any(some))
            .filter(notices::state.eq(literal(NoticeState::Queued.as_str())));
        diesel::update(queued)
            .set((
                notices::state.eq(NoticeState::Sent),
                notices::sent_at.eq(at),
            ))
            .execute(tx.conn())?;
        let secret = notices::table
            .filter(notices::id.eq_any(some))
            .filter(notices::kind.eq(secret));
        diesel::update(secret)
            .set(notices::facts.eq("{}"))
            .execute(tx.conn())?;
    }
    Ok(())
}
