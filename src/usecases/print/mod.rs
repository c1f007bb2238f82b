//! Taking what waits for paper to the printer. A batch is made in one transaction of what still waits then, so that two people at once or a
//! crash put nothing into two batches and lose nothing; what happens to a batch later is in `life`.

pub mod life;

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use serde_json::json;

use crate::domain::customers::Language;
use crate::domain::ids::{AccountId, AccountNumber, BillId, NoticeId, PrintBatchId, PrintPieceId};
use crate::domain::notice::Notice;
use crate::domain::print::{Ending, MOST_PAGES, MailCode, fitting};
use crate::domain::sessions::TokenPurpose;
use crate::domain::text_enum::UnknownWord;
use crate::store;
use crate::store::audit::{self, Deed};
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::letter_addresses;
use crate::store::notices::Reader;
use crate::store::print::waiting::{self, Waiting, WaitingLetter};
use crate::store::print::{self, ItemRow, LetterRow};
use crate::usecases::notices::{give_up, goes_on_in};

/// What a piece is.
#[derive(Clone)]
pub enum Content {
    /// The paper of a bill.
    Bill(BillId),
    /// A letter, in words still to be found.
    Letter(NoticeId, Box<Notice>),
}

/// A piece that waits, with where it goes.
#[derive(Clone)]
pub struct Addressed {
    /// The row.
    pub piece: PrintPieceId,
    /// What it is.
    pub content: Content,
    /// Whose.
    pub account: Option<AccountId>,
    /// The code by which its return is keyed.
    pub code: MailCode,
    /// Name and address, line by line.
    pub recipient: String,
    /// The language of a letter; a bill's paper has its own.
    pub language: Language,
}

/// A letter as it was made.
#[derive(Debug, Clone)]
pub struct MadeLetter {
    /// What it is about.
    pub subject: String,
    /// Its words; nothing where they hold a secret.
    pub body: Option<String>,
    /// The file, packed.
    pub packed: Vec<u8>,
}

/// A piece that can be printed.
#[derive(Clone)]
pub struct Ready {
    /// What waits.
    pub waiting: Addressed,
    /// How many pages it has.
    pub pages: i32,
    /// Whether its kept paper shows another address.
    pub is_readdressed: bool,
    /// The letter, where it is one.
    pub letter: Option<MadeLetter>,
}

/// What waits and can be addressed on a day, oldest first, as much as one batch may hold; three queries.
///
/// # Errors
/// A fault of the store; `Unreadable` where a letter's facts cannot be read.
pub fn next(conn: &mut Conn, on: NaiveDate) -> Result<Vec<Addressed>, StoreError> {
    let rows = waiting::list(conn, on, i64::from(MOST_PAGES))?;
    let readers = readers(conn, &rows, on)?;
    let mut found = Vec::with_capacity(rows.len());
    for row in rows {
        let reader = row.account.and_then(|id| readers.get(&AccountId(id)));
        found.extend(addressed(row, reader)?);
    }
    Ok(found)
}

/// Where the accounts of these are written to now. Two queries.
fn readers(
    conn: &mut Conn,
    rows: &[Waiting],
    on: NaiveDate,
) -> Result<HashMap<AccountId, Reader>, StoreError> {
    let accounts: HashSet<AccountId> = rows
        .iter()
        .filter_map(|row| row.account.map(AccountId))
        .collect();
    let accounts: Vec<AccountId> = accounts.into_iter().collect();
    let found = letter_addresses::list(conn, &accounts, on)?;
    Ok(found.into_iter().collect())
}

fn addressed(row: Waiting, reader: Option<&Reader>) -> Result<Option<Addressed>, StoreError> {
    let unreadable = |error: UnknownWord| StoreError::Unreadable(error.to_string());
    let recipient = recipient(&row, reader).filter(|lines| row.wrong.as_ref() != Some(lines));
    let Some(recipient) = recipient else {
        return Ok(None);
    };
    let (piece, account) = (row.piece(), row.account.map(AccountId));
    let language = row.language.parse().map_err(unreadable)?;
    let (content, code) = match (row.bill, row.bill_number, row.notice, row.facts) {
        (Some(bill), Some(number), ..) => {
            let number = number
                .parse()
                .map_err(|_not_ours| StoreError::Missing("bill number"))?;
            (Content::Bill(BillId(bill)), MailCode::Bill(number))
        }
        (_, _, Some(notice), Some(facts)) => {
            let id = NoticeId(notice);
            let told = serde_json::from_str(&facts)
                .map_err(|error| StoreError::Unreadable(format!("notice {id}: {error}")))?;
            (Content::Letter(id, Box::new(told)), MailCode::Letter(id))
        }
        _ => return Ok(None),
    };
    Ok(Some(Addressed {
        piece,
        content,
        account,
        code,
        recipient,
        language,
    }))
}

/// A bill goes where its account's paper goes now; so does a letter whose reader is still the account's, and another where it was written to.
fn recipient(row: &Waiting, reader: Option<&Reader>) -> Option<String> {
    let now = reader.map(|reader| reader.to.address.clone());
    let written = row.recipient.clone().filter(|lines| !lines.is_empty());
    let Some(written) = written else { return now };
    let name = |lines: &str| lines.lines().next().map(str::to_owned);
    now.filter(|now| name(now) == name(&written))
        .or(Some(written))
}

/// Before a batch is made: each bill that waits gets its row, and the way of what no longer holds ends: of canceled bills, and of letters that
/// tell of an outage that is over or hold a code that no longer opens. Five queries and some for each run that waits and each letter that ends.
///
/// # Errors
/// A fault of the store.
pub fn sweep(tx: &mut Tx<'_>) -> Result<(), StoreError> {
    waiting::gather(tx)?;
    waiting::end_canceled(tx)?;
    let letters = waiting::list_letters(tx)?;
    let told = |letter: &WaitingLetter| serde_json::from_str::<Notice>(&letter.facts).ok();
    let read: Vec<(WaitingLetter, Option<Notice>)> = letters
        .into_iter()
        .map(|letter| {
            let notice = told(&letter);
            (letter, notice)
        })
        .collect();
    let outages: Vec<_> = read
        .iter()
        .filter_map(|(_, notice)| goes_on_in(notice.as_ref()?))
        .collect();
    let open = store::outages::list_open(tx, &outages)?;
    let now = tx.stamp.at;
    let mut moot = Vec::new();
    for (letter, notice) in &read {
        let outage = notice.as_ref().and_then(goes_on_in);
        let why = match notice {
            None => "it cannot be read",
            Some(Notice::ClaimCode { .. })
                if letter.created_at + TokenPurpose::ClaimCode.lasts() <= now =>
            {
                "its code no longer opens"
            }
            Some(_) if outage.is_some_and(|outage| !open.contains(&outage)) => {
                "what it tells of is over"
            }
            Some(_) => continue,
        };
        give_up(tx, letter.notice, why)?;
        moot.push(letter.piece);
    }
    waiting::end(tx, &moot, Ending::Moot)
}

/// Makes a batch of what of these still waits, in their order; nothing where none does.
///
/// # Errors
/// A fault of the store.
pub fn make(tx: &mut Tx<'_>, ready: &[Ready]) -> Result<Option<PrintBatchId>, StoreError> {
    let few = fitting(ready.iter().map(|piece| piece.pages));
    let ready = ready.get(..few).unwrap_or_default();
    let ids: Vec<PrintPieceId> = ready.iter().map(|piece| piece.waiting.piece).collect();
    let still: HashSet<PrintPieceId> = waiting::list_waiting(tx, &ids)?.into_iter().collect();
    if still.is_empty() {
        return Ok(None);
    }
    let batch = print::insert_batch(tx)?;
    let taken: HashSet<PrintPieceId> = print::take(tx, batch, &ids)?.into_iter().collect();
    let mut items = Vec::with_capacity(taken.len());
    let mut letters = Vec::new();
    // The cover is the first page.
    let mut first_page = 2;
    let ours = |piece: &&Ready| taken.contains(&piece.waiting.piece);
    for (position, piece) in (1..).zip(ready.iter().filter(ours)) {
        items.push(item(batch, (position, first_page), piece));
        letters.extend(letter(batch, piece));
        first_page += piece.pages;
    }
    print::fill(tx, batch, &items, &letters)?;
    let facts = json!({ "pieces": items.len(), "pages": first_page - 2, "letters": letters.len() });
    record(tx, "print_batch.made", (batch, None), facts)?;
    Ok(Some(batch))
}

fn item(batch: PrintBatchId, (position, first_page): (i32, i32), piece: &Ready) -> ItemRow {
    let waiting = &piece.waiting;
    ItemRow {
        batch_id: batch,
        position,
        piece_id: waiting.piece,
        account_id: waiting.account,
        code: waiting.code.to_string(),
        recipient: waiting.recipient.clone(),
        language: waiting.language,
        first_page,
        pages: piece.pages,
        is_readdressed: piece.is_readdressed,
    }
}

fn letter(batch: PrintBatchId, piece: &Ready) -> Option<LetterRow> {
    let made = piece.letter.as_ref()?;
    Some(LetterRow {
        batch_id: batch,
        piece_id: piece.waiting.piece,
        subject: made.subject.clone(),
        body: made.body.clone(),
        packed: made.packed.clone(),
    })
}

/// Notes of pieces why they were left out of a batch: they are tried again with the next one.
///
/// # Errors
/// A fault of the store.
pub fn leave_out(tx: &mut Tx<'_>, left_out: &[(PrintPieceId, String)]) -> Result<(), StoreError> {
    waiting::mark_trouble(tx, left_out)?;
    let named: Vec<String> = left_out
        .iter()
        .map(|(piece, _)| piece.to_string())
        .collect();
    let facts = json!({ "pieces": named });
    record(tx, "print_batch.left_out", (PrintBatchId(0), None), facts)
}

/// Why a piece is in no batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Obstacle {
    /// No address is known.
    NoAddress,
    /// The one that is known is wrong.
    WrongAddress,
    /// Its paper was not made, for a reason.
    Paper(String),
}

impl Obstacle {
    /// A word for it.
    #[must_use]
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::NoAddress => "no_address",
            Self::WrongAddress => "wrong_address",
            Self::Paper(_) => "paper",
        }
    }

    /// What is known of it beside.
    #[must_use]
    pub fn why(&self) -> &str {
        match self {
            Self::NoAddress | Self::WrongAddress => "",
            Self::Paper(why) => why,
        }
    }
}

/// A piece that waits and goes into no batch as things are.
#[derive(Debug, Clone)]
pub struct LeftOut {
    /// The bill's number or the letter's.
    pub code: Option<MailCode>,
    /// What a letter tells of.
    pub kind: Option<String>,
    /// The account's printed number.
    pub account: Option<AccountNumber>,
    /// Since when it waits, in UTC.
    pub since: chrono::NaiveDateTime,
    /// Why.
    pub obstacle: Obstacle,
}

/// What waits on a day and goes into no batch as things are, oldest first; three queries.
///
/// # Errors
/// A fault of the store.
pub fn list_left_out(
    conn: &mut Conn,
    on: NaiveDate,
    limit: i64,
) -> Result<Vec<LeftOut>, StoreError> {
    let rows = waiting::list_left_out(conn, on, limit)?;
    let readers = readers(conn, &rows, on)?;
    let one = |row: Waiting| {
        let reader = row.account.and_then(|id| readers.get(&AccountId(id)));
        let obstacle = obstacle(&row, recipient(&row, reader).as_ref())?;
        let bill = row.bill_number.and_then(|number| number.parse().ok());
        let letter = row.notice.map(|id| MailCode::Letter(NoticeId(id)));
        Some(LeftOut {
            code: bill.map(MailCode::Bill).or(letter),
            kind: row.kind,
            account: row.account_number.and_then(|number| number.parse().ok()),
            since: row.since,
            obstacle,
        })
    };
    Ok(rows.into_iter().filter_map(one).collect())
}

/// What keeps a piece from the printer; nothing where its address was wrong and is another now.
fn obstacle(row: &Waiting, recipient: Option<&String>) -> Option<Obstacle> {
    let Some(recipient) = recipient else {
        return Some(Obstacle::NoAddress);
    };
    if row.wrong.as_ref() == Some(recipient) {
        return Some(Obstacle::WrongAddress);
    }
    row.trouble.clone().map(Obstacle::Paper)
}

fn record(
    tx: &mut Tx<'_>,
    action: &str,
    (batch, account_id): (PrintBatchId, Option<AccountId>),
    facts: serde_json::Value,
) -> Result<(), StoreError> {
    let deed = Deed {
        action,
        subject_kind: "print_batch",
        subject_id: batch.to_string(),
        account_id,
        facts,
    };
    audit::insert(tx, &deed)
}
