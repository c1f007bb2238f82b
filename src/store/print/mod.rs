//! Paper on its way out: what waits for the printer, batches, and what each holds. A piece is one row for ever and names at most one batch, so
//! that nothing is printed in two; what was printed in which place stays as it was.

pub mod waiting;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Timestamp};

use crate::domain::customers::Language;
use crate::domain::ids::{AccountId, AccountNumber, BillId, NoticeId, PrintBatchId, PrintPieceId};
use crate::domain::print::{BatchState, Ending, PullReason};
use crate::store::any::{AnyConnection, native};
use crate::store::bulk::{ROWS, insert_all};
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::kept::KeptDsl;
use crate::store::schema::{
    accounts, bill_cancellations, print_batches, print_items, print_letters, print_pieces,
    print_pulls,
};

/// A batch.
#[derive(Debug, Clone, Queryable)]
pub struct BatchRow {
    /// Its number.
    pub id: PrintBatchId,
    /// Where it stands.
    pub state: BatchState,
    /// How many pieces it was made of.
    pub pieces: i32,
    /// How many pages they have, without the cover.
    pub pages: i32,
    /// Who made it.
    pub made_by: String,
    /// When, in UTC.
    pub made_at: NaiveDateTime,
    /// On which day.
    pub made_on: NaiveDate,
    /// The day it was handed to the post.
    pub mailed_on: Option<NaiveDate>,
    /// Who said so, or canceled it.
    pub closed_by: Option<String>,
    /// When, in UTC.
    pub closed_at: Option<NaiveDateTime>,
}

/// One place of a batch.
#[derive(Debug, Clone, Insertable, Queryable)]
#[diesel(table_name = print_items, treat_none_as_default_value = false)]
pub struct ItemRow {
    /// The batch.
    pub batch_id: PrintBatchId,
    /// Its place, counted from one.
    pub position: i32,
    /// What it is.
    pub piece_id: PrintPieceId,
    /// Whose.
    pub account_id: Option<AccountId>,
    /// The code by which its return is keyed.
    pub code: String,
    /// Name and address, line by line.
    pub recipient: String,
    /// The language it is written in.
    pub language: Language,
    /// Its first page in the file, whose first page is the cover.
    pub first_page: i32,
    /// How many it has.
    pub pages: i32,
    /// Whether the address is set over another that the kept paper shows.
    pub is_readdressed: bool,
}

/// One place of a batch with what is known of it.
#[derive(Debug, Clone, Queryable)]
pub struct ItemLine {
    /// The place.
    pub item: ItemRow,
    /// The bill, where it is one.
    pub bill: Option<BillId>,
    /// The letter, where it is one.
    pub notice: Option<NoticeId>,
    /// The account's printed number.
    pub account: Option<AccountNumber>,
    /// Why it was taken out.
    pub pulled: Option<PullReason>,
    /// What whoever took it out wrote.
    pub note: Option<String>,
    /// The bill, where it was canceled.
    pub canceled: Option<BillId>,
    /// How its way ended.
    pub ending: Option<Ending>,
}

/// A letter of a batch as it was made.
#[derive(Debug, Clone, Insertable, Queryable)]
#[diesel(table_name = print_letters, treat_none_as_default_value = false)]
pub struct LetterRow {
    /// The batch.
    pub batch_id: PrintBatchId,
    /// What it is.
    pub piece_id: PrintPieceId,
    /// What it is about.
    pub subject: String,
    /// Its words; nothing where they hold a secret.
    pub body: Option<String>,
    /// The file, packed.
    pub packed: Vec<u8>,
}

/// Begins a batch.
pub fn insert_batch(tx: &mut Tx<'_>) -> Result<PrintBatchId, StoreError> {
    let stamp = tx.stamp;
    let row = (
        print_batches::state.eq(BatchState::Made),
        print_batches::pieces.eq(0),
        print_batches::pages.eq(0),
        print_batches::made_by.eq(&stamp.by.name),
        print_batches::made_at.eq(stamp.at),
        print_batches::made_on.eq(stamp.on),
    );
    Ok(native!(tx.conn(), |c| diesel::insert_into(
        print_batches::table
    )
    .values(row)
    .returning(print_batches::id)
    .get_result(c))?)
}

/// Puts pieces that still wait into a batch; gives those that did.
pub fn take(
    tx: &mut Tx<'_>,
    batch: PrintBatchId,
    ids: &[PrintPieceId],
) -> Result<Vec<PrintPieceId>, StoreError> {
    for some in ids.chunks(ROWS) {
        let waiting = print_pieces::table
            .filter(print_pieces::id.eq_any(some))
            .filter(print_pieces::batch_id.is_null())
            .filter(print_pieces::ending.is_null());
        diesel::update(waiting)
            .set((
                print_pieces::batch_id.eq(batch),
                print_pieces::wrong_recipient.eq(None::<String>),
                print_pieces::trouble.eq(None::<String>),
            ))
            .execute(tx.conn())?;
    }
    Ok(print_pieces::table
        .filter(print_pieces::batch_id.eq(batch))
        .select(print_pieces::id)
        .load(tx.conn())?)
}

/// Says what a new batch holds.
pub fn fill(
    tx: &mut Tx<'_>,
    batch: PrintBatchId,
    items: &[ItemRow],
    letters: &[LetterRow],
) -> Result<(), StoreError> {
    insert_all!(tx, print_items::table, items)?;
    insert_all!(tx, print_letters::table, letters)?;
    let pages: i32 = items.iter().map(|item| item.pages).sum();
    let pieces = i32::try_from(items.len()).unwrap_or(i32::MAX);
    diesel::update(print_batches::table.find(batch))
        .set((
            print_batches::pieces.eq(pieces),
            print_batches::pages.eq(pages),
        ))
        .kept()
        .execute(tx.conn())?;
    Ok(())
}

/// Batches, newest first.
pub fn list_batches(
    conn: &mut Conn,
    (limit, offset): (i64, i64),
) -> Result<Vec<BatchRow>, StoreError> {
    Ok(print_batches::table
        .order(print_batches::id.desc())
        .limit(limit)
        .offset(offset)
        .load(conn)?)
}

/// One batch.
pub fn find_batch(conn: &mut Conn, id: PrintBatchId) -> Result<Option<BatchRow>, StoreError> {
    Ok(print_batches::table.find(id).first(conn).optional()?)
}

/// One batch, kept from others until the end of the transaction.
pub fn lock_batch(tx: &mut Tx<'_>, id: PrintBatchId) -> Result<Option<BatchRow>, StoreError> {
    if let AnyConnection::Pg(conn) = tx.conn() {
        print_batches::table
            .find(id)
            .select(print_batches::id)
            .for_update()
            .load::<PrintBatchId>(conn)?;
    }
    find_batch(tx, id)
}

/// So many places of a batch after one, in their order.
pub fn list_items(
    conn: &mut Conn,
    batch: PrintBatchId,
    (after, limit): (i32, i64),
) -> Result<Vec<ItemLine>, StoreError> {
    Ok(print_items::table
        .inner_join(print_pieces::table)
        .left_join(accounts::table)
        .left_join(
            print_pulls::table.on(print_pulls::batch_id
                .eq(print_items::batch_id)
                .and(print_pulls::position.eq(print_items::position))),
        )
        .left_join(
            bill_cancellations::table
                .on(print_pieces::bill_id.eq(bill_cancellations::bill_id.nullable())),
        )
        .filter(print_items::batch_id.eq(batch))
        .filter(print_items::position.gt(after))
        .order(print_items::position)
        .limit(limit)
        .select((
            print_items::all_columns,
            print_pieces::bill_id,
            print_pieces::notice_id,
            accounts::number.nullable(),
            print_pulls::reason.nullable(),
            print_pulls::note.nullable(),
            bill_cancellations::bill_id.nullable(),
            print_pieces::ending,
        ))
        .load(conn)?)
}

/// How many pieces of a batch were taken out.
pub fn count_pulled(conn: &mut Conn, batch: PrintBatchId) -> Result<i64, StoreError> {
    Ok(print_pulls::table
        .filter(print_pulls::batch_id.eq(batch))
        .count()
        .get_result(conn)?)
}

/// The letters of these pieces as they were made for a batch; those that held a secret are gone once it was closed.
pub fn list_letters(
    conn: &mut Conn,
    batch: PrintBatchId,
    pieces: &[PrintPieceId],
) -> Result<Vec<LetterRow>, StoreError> {
    Ok(print_letters::table
        .filter(print_letters::batch_id.eq(batch))
        .filter(print_letters::piece_id.eq_any(pieces))
        .load(conn)?)
}

/// Closes a batch that is made and not closed yet; says whether it was.
pub fn close(
    tx: &mut Tx<'_>,
    batch: PrintBatchId,
    state: BatchState,
    mailed_on: Option<NaiveDate>,
) -> Result<bool, StoreError> {
    let stamp = tx.stamp;
    let closed = diesel::update(print_batches::table.find(batch))
        .filter(print_batches::state.eq(BatchState::Made))
        .set((
            print_batches::state.eq(state),
            print_batches::mailed_on.eq(mailed_on),
            print_batches::closed_by.eq(&stamp.by.name),
            print_batches::closed_at.eq(stamp.at),
        ))
        .kept()
        .execute(tx.conn())?;
    Ok(closed == 1)
}

/// Lets all pieces of a batch wait again. Its letters are made anew for the next one, and go.
pub fn release(tx: &mut Tx<'_>, batch: PrintBatchId) -> Result<(), StoreError> {
    diesel::update(print_pieces::table.filter(print_pieces::batch_id.eq(batch)))
        .set(print_pieces::batch_id.eq(None::<PrintBatchId>))
        .kept()
        .execute(tx.conn())?;
    diesel::delete(print_letters::table.filter(print_letters::batch_id.eq(batch)))
        .execute(tx.conn())?;
    Ok(())
}

/// Leaves no copy of the letters of a batch that hold a secret.
fn forget_secrets(tx: &mut Tx<'_>, batch: PrintBatchId) -> Result<(), StoreError> {
    let secret = print_letters::table
        .filter(print_letters::batch_id.eq(batch))
        .filter(print_letters::body.is_null());
    diesel::delete(secret).execute(tx.conn())?;
    Ok(())
}

/// What becomes of a piece that is taken out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Onward {
    /// It waits for the next batch.
    Waits,
    /// It waits until its reader has another address than the one it bears.
    WaitsForAddress,
    /// Its way ends.
    Ends(Ending),
}

/// Takes a piece out of its batch, where it still holds it; says whether it did.
pub fn pull(
    tx: &mut Tx<'_>,
    item: &ItemRow,
    (reason, note): (PullReason, &str),
    onward: Onward,
) -> Result<bool, StoreError> {
    let (ending, wrong) = match onward {
        Onward::Waits => (None, None),
        Onward::WaitsForAddress => (None, Some(&item.recipient)),
        Onward::Ends(ending) => (Some(ending), None),
    };
    let held = print_pieces::table
        .find(item.piece_id)
        .filter(print_pieces::batch_id.eq(item.batch_id))
        .filter(print_pieces::ending.is_null());
    let moved = diesel::update(held)
        .set((
            print_pieces::batch_id.eq(None::<PrintBatchId>),
            print_pieces::ending.eq(ending),
            print_pieces::wrong_recipient.eq(wrong),
        ))
        .kept()
        .execute(tx.conn())?;
    if moved != 1 {
        return Ok(false);
    }
    let stamp = tx.stamp;
    diesel::insert_into(print_pulls::table)
        .values((
            print_pulls::batch_id.eq(item.batch_id),
            print_pulls::position.eq(item.position),
            print_pulls::reason.eq(reason),
            print_pulls::note.eq(note),
            print_pulls::pulled_by.eq(&stamp.by.name),
            print_pulls::pulled_at.eq(stamp.at),
        ))
        .execute(tx.conn())?;
    Ok(true)
}

/// Ends the way of a batch's bills that were canceled.
pub fn end_canceled(tx: &mut Tx<'_>, batch: PrintBatchId) -> Result<(), StoreError> {
    let canceled = bill_cancellations::table.select(bill_cancellations::bill_id.nullable());
    let held = print_pieces::table
        .filter(print_pieces::batch_id.eq(batch))
        .filter(print_pieces::ending.is_null())
        .filter(print_pieces::bill_id.eq_any(canceled));
    diesel::update(held)
        .set(print_pieces::ending.eq(Ending::Moot))
        .execute(tx.conn())?;
    Ok(())
}

/// The bills that a batch still holds, and all accounts of what it holds.
pub fn list_held(
    conn: &mut Conn,
    batch: PrintBatchId,
) -> Result<(Vec<BillId>, Vec<AccountId>), StoreError> {
    let rows: Vec<(Option<BillId>, Option<AccountId>)> = print_items::table
        .inner_join(print_pieces::table)
        .filter(print_items::batch_id.eq(batch))
        .filter(print_pieces::batch_id.eq(batch))
        .filter(print_pieces::ending.is_null())
        .order(print_items::position)
        .select((print_pieces::bill_id, print_items::account_id))
        .load(conn)?;
    let bills = rows.iter().filter_map(|(bill, _)| *bill).collect();
    let accounts = rows.iter().filter_map(|(_, account)| *account).collect();
    Ok((bills, accounts))
}

/// Ends the way of what a batch holds, and notes of its letters that they were sent, with their words; what held a secret leaves none behind.
pub fn mail_held(
    tx: &mut Tx<'_>,
    batch: PrintBatchId,
    at: NaiveDateTime,
) -> Result<(), StoreError> {
    let held = print_pieces::table
        .filter(print_pieces::batch_id.eq(batch))
        .filter(print_pieces::ending.is_null());
    diesel::update(held)
        .set(print_pieces::ending.eq(Ending::Mailed))
        .kept()
        .execute(tx.conn())?;
    let of = "(SELECT p.notice_id FROM print_pieces p WHERE p.batch_id = $1 AND p.notice_id IS NOT NULL)";
    let letter = "FROM print_letters l JOIN print_pieces p ON p.id = l.piece_id \
                  WHERE l.batch_id = $1 AND p.notice_id = notices.id";
    let sent = format!(
        "UPDATE notices SET state = 'sent', error = NULL, subject = (SELECT l.subject {letter}), body = (SELECT l.body {letter}), \
                recipient = (SELECT i.recipient FROM print_items i JOIN print_pieces p ON p.id = i.piece_id \
                             WHERE i.batch_id = $1 AND p.notice_id = notices.id), \
                facts = CASE WHEN (SELECT l.body {letter}) IS NULL THEN '{{}}' ELSE facts END, sent_at = $2 \
         WHERE state = 'queued' AND id IN {of}"
    );
    native!(tx.conn(), |c| diesel::sql_query(&sent)
        .bind::<BigInt, _>(batch.0)
        .bind::<Timestamp, _>(at)
        .kept()
        .execute(c))?;
    forget_secrets(tx, batch)
}
