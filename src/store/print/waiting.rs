//! What waits for the printer: put here in the transaction in which it was decided that a bill or a letter goes on paper.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Date, Nullable, Text, Timestamp};

use crate::domain::ids::{BillId, NoticeId, PrintPieceId};
use crate::domain::notice::NoticeState;
use crate::domain::print::Ending;
use crate::store::any::native;
use crate::store::bulk::{ROWS, insert_all};
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::schema::{notices, print_pieces};

/// What waits.
const WAITS: &str = "p.batch_id IS NULL AND p.ending IS NULL";

/// With the bill or the letter that it is.
const JOINED: &str = "print_pieces p LEFT JOIN bills b ON b.id = p.bill_id LEFT JOIN notices n ON n.id = p.notice_id";

/// Whether there is an address to write on it: the one the letter was written to, or the main customer's own or the place served on day $1.
const HAS_ADDRESS: &str = "(n.recipient <> '' OR EXISTS (
    SELECT 1 FROM account_roles r JOIN customers c ON c.id = r.customer_id
    WHERE r.account_id = COALESCE(b.account_id, n.account_id) AND r.role = 'main'
          AND r.from_on <= $1 AND (r.until_on IS NULL OR r.until_on > $1)
          AND (c.mailing_address <> '' OR EXISTS (SELECT 1 FROM service_agreements s WHERE s.account_id = r.account_id))))";

#[derive(Insertable)]
#[diesel(table_name = print_pieces, treat_none_as_default_value = false)]
struct NewPiece {
    bill_id: BillId,
    since_at: NaiveDateTime,
}

/// Lets bills wait that are to go on paper.
pub fn put_bills(tx: &mut Tx<'_>, bills: &[(BillId, NaiveDateTime)]) -> Result<(), StoreError> {
    let piece = |(bill_id, since_at): &(BillId, NaiveDateTime)| NewPiece {
        bill_id: *bill_id,
        since_at: *since_at,
    };
    let rows: Vec<NewPiece> = bills.iter().map(piece).collect();
    insert_all!(tx, print_pieces::table, rows.as_slice())
}

/// Lets all letters wait that are to go on paper and do not yet.
pub fn put_letters(tx: &mut Tx<'_>) -> Result<(), StoreError> {
    let sql = "INSERT INTO print_pieces (notice_id, since_at) \
               SELECT n.id, n.created_at FROM notices n WHERE n.channel = 'paper' AND n.state = 'queued' \
                      AND NOT EXISTS (SELECT 1 FROM print_pieces p WHERE p.notice_id = n.id) ORDER BY n.id";
    native!(tx.conn(), |c| diesel::sql_query(sql).execute(c))?;
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
        "SELECT COUNT(p.bill_id) AS bills, COUNT(p.notice_id) AS letters, MIN(p.since_at) AS since FROM print_pieces p WHERE {WAITS}"
    );
    Ok(native!(conn, |c| diesel::sql_query(&sql).get_result(c))?)
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
}

impl Waiting {
    /// The row.
    #[must_use]
    pub const fn piece(&self) -> PrintPieceId {
        PrintPieceId(self.id)
    }
}

/// What waits and can be addressed on a day, oldest first.
pub fn list(conn: &mut Conn, on: NaiveDate, limit: i64) -> Result<Vec<Waiting>, StoreError> {
    select(conn, HAS_ADDRESS, on, limit)
}

/// What waits for an address, oldest first.
pub fn list_without_address(
    conn: &mut Conn,
    on: NaiveDate,
    limit: i64,
) -> Result<Vec<Waiting>, StoreError> {
    let without = format!("(COALESCE({HAS_ADDRESS}, FALSE) = FALSE)");
    select(conn, &without, on, limit)
}

fn select(
    conn: &mut Conn,
    which: &str,
    on: NaiveDate,
    limit: i64,
) -> Result<Vec<Waiting>, StoreError> {
    let sql = format!(
        "SELECT p.id AS id, p.bill_id AS bill, b.number AS bill_number, p.notice_id AS notice, \
                COALESCE(b.account_id, n.account_id) AS account, a.number AS account_number, \
                n.recipient AS recipient, COALESCE(n.language, a.language) AS language, n.facts AS facts, n.kind AS kind, \
                p.since_at AS since \
         FROM {JOINED} LEFT JOIN accounts a ON a.id = COALESCE(b.account_id, n.account_id) \
         WHERE {WAITS} AND {which} ORDER BY p.since_at, p.id LIMIT $2"
    );
    Ok(native!(conn, |c| diesel::sql_query(&sql)
        .bind::<Date, _>(on)
        .bind::<BigInt, _>(limit)
        .load(c))?)
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

/// What has waited since an instant or longer: bills, and letters.
pub fn list_since(
    conn: &mut Conn,
    until: NaiveDateTime,
) -> Result<Vec<(PrintPieceId, Option<BillId>, Option<NoticeId>)>, StoreError> {
    Ok(print_pieces::table
        .filter(print_pieces::batch_id.is_null())
        .filter(print_pieces::ending.is_null())
        .filter(print_pieces::since_at.le(until))
        .order(print_pieces::id)
        .select((
            print_pieces::id,
            print_pieces::bill_id,
            print_pieces::notice_id,
        ))
        .load(conn)?)
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
    let waiting = print_pieces::table
        .filter(print_pieces::bill_id.eq(bill))
        .filter(print_pieces::batch_id.is_null())
        .filter(print_pieces::ending.is_null());
    diesel::update(waiting)
        .set(print_pieces::ending.eq(Ending::Moot))
        .execute(tx.conn())?;
    Ok(())
}

/// Ends the way of bills that wait and were canceled while they were in a batch.
pub fn end_canceled(tx: &mut Tx<'_>) -> Result<(), StoreError> {
    let sql = "UPDATE print_pieces SET ending = 'moot' \
               WHERE batch_id IS NULL AND ending IS NULL AND bill_id IN (SELECT bill_id FROM bill_cancellations)";
    native!(tx.conn(), |c| diesel::sql_query(sql).execute(c))?;
    Ok(())
}

/// Which of these still wait.
pub fn list_waiting(
    conn: &mut Conn,
    ids: &[PrintPieceId],
) -> Result<Vec<PrintPieceId>, StoreError> {
    let mut waiting = Vec::with_capacity(ids.len());
    for some in ids.chunks(ROWS) {
        let found: Vec<PrintPieceId> = print_pieces::table
            .filter(print_pieces::id.eq_any(some))
            .filter(print_pieces::batch_id.is_null())
            .filter(print_pieces::ending.is_null())
            .select(print_pieces::id)
            .load(conn)?;
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
            .filter(notices::state.eq(NoticeState::Queued));
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
