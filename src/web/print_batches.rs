//! Making a batch for the printer and reading it again, for the office and the command line: what waits is read, its papers are made outside of
//! any transaction, and one transaction takes what still waits then. A paper that cannot be made is left out with its reason and stops no other.

use std::collections::HashMap;

use crate::documents::bill_pdf::{self, Sender};
use crate::documents::csv::{self, CsvError};
use crate::documents::letter_pdf;
use crate::documents::letters::{Letter, Letterhead, letter};
use crate::documents::pdf::export::{About, PdfError};
use crate::documents::pdf::stack::{NotAPdf, Stack, Stamp as Marks, count_pages};
use crate::documents::print_cover::{self, Facts};
use crate::documents::stationery;
use crate::domain::customers::Language;
use crate::domain::ids::{BillId, PrintBatchId, PrintPieceId};
use crate::domain::notice::Notice;
use crate::domain::print::{BatchState, Ending, MOST_PAGES};
use crate::domain::stamp::Stamp;
use crate::i18n::{Own, Words, words};
use crate::store::db::{Conn, Db, Tx};
use crate::store::error::StoreError;
use crate::store::print::{self, BatchRow, ItemLine};
use crate::usecases::bill_papers::{self, KeptPaper, MadePaper, pack, unpack};
use crate::usecases::notice_texts;
use crate::usecases::print::{self as verbs, Addressed, Content, MadeLetter, Ready};

/// How many pieces are read and made at a time.
const CHUNK: usize = 64;

/// Why a batch was not made or not read.
#[derive(Debug, thiserror::Error)]
pub enum PrintFault {
    /// A paper was not made.
    #[error(transparent)]
    Pdf(#[from] PdfError),
    /// A kept paper cannot be laid in.
    #[error(transparent)]
    NotAPdf(#[from] NotAPdf),
    /// A letter was not written.
    #[error(transparent)]
    Letter(#[from] askama::Error),
    /// The list was not written.
    #[error(transparent)]
    Csv(#[from] CsvError),
    /// It was given up: what it held goes out with another.
    #[error("the batch was canceled, and there is nothing to print")]
    Canceled,
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What papers say of the house.
#[derive(Debug, Clone)]
pub struct House {
    /// On bills.
    pub sender: Sender,
    /// On letters.
    pub head: Letterhead,
}

impl House {
    /// As the program was asked to run.
    #[must_use]
    pub fn of(config: &crate::config::Config) -> Self {
        Self {
            sender: Sender {
                address: config.remit_to.clone(),
                phone: config.phone.clone(),
                site: config.public_url.clone(),
            },
            head: Letterhead {
                public_url: config.public_url.clone(),
                phone: config.phone.clone(),
                own: Own::default(),
            },
        }
    }
}

impl House {
    /// The same with the notices that the house puts in words of its own.
    fn with_own(&self, db: &Db) -> Result<Self, StoreError> {
        let own = Own::keep(db.read_blocking(notice_texts::current)?);
        Ok(Self {
            head: Letterhead {
                own,
                ..self.head.clone()
            },
            sender: self.sender.clone(),
        })
    }
}

/// What can be printed of what waits, and what is left out with the reason.
#[derive(Default)]
struct Sorted {
    ready: Vec<Ready>,
    left_out: Vec<(PrintPieceId, String)>,
}

/// Makes a batch of what waits, as much as one may hold; nothing where nothing waits that can be printed.
///
/// # Errors
/// `PrintFault`; then nothing was taken, and all of it still waits.
pub fn make(db: &Db, house: &House, stamp: &Stamp) -> Result<Option<PrintBatchId>, PrintFault> {
    let house = &house.with_own(db)?;
    db.write_blocking(stamp.clone(), verbs::sweep)?;
    let on = stamp.on;
    let waiting = db.read_blocking(|conn| verbs::next(conn, on))?;
    let mut sorted = Sorted::default();
    let mut pages = 0_i32;
    for some in waiting.chunks(CHUNK) {
        let before = sorted.ready.len();
        sort(db, (house, stamp), some, &mut sorted)?;
        let added = sorted.ready.iter().skip(before).map(|piece| piece.pages);
        pages = added.fold(pages, i32::saturating_add);
        if pages > MOST_PAGES {
            break;
        }
    }
    let Sorted { ready, left_out } = sorted;
    if !left_out.is_empty() {
        for (piece, why) in &left_out {
            tracing::error!(%piece, "a paper was left out of the batch: {why}");
        }
        db.write_blocking(stamp.clone(), move |tx| verbs::leave_out(tx, &left_out))?;
    }
    let take = move |tx: &mut Tx<'_>| verbs::make(tx, &ready);
    Ok(db.write_blocking(stamp.clone(), take)?)
}

fn bills_of(pieces: &[Addressed]) -> Vec<BillId> {
    let bill = |piece: &Addressed| match piece.content {
        Content::Bill(bill) => Some(bill),
        Content::Letter(..) => None,
    };
    pieces.iter().filter_map(bill).collect()
}

/// Why there is no paper of bills.
type Wrong = HashMap<BillId, String>;

/// Reads all at once; where that fails, one after the other, so that one bill stops no other.
fn each<T>(
    bills: &[BillId],
    read: impl Fn(&[BillId]) -> Result<Vec<T>, StoreError>,
) -> (Vec<T>, Wrong) {
    if let Ok(all) = read(bills) {
        return (all, Wrong::new());
    }
    let (mut found, mut wrong) = (Vec::with_capacity(bills.len()), Wrong::new());
    for bill in bills {
        match read(std::slice::from_ref(bill)) {
            Ok(one) => found.extend(one),
            Err(error) => {
                wrong.insert(*bill, error.to_string());
            }
        }
    }
    (found, wrong)
}

/// Makes and keeps the papers of bills that have none yet; says of which they were not made.
fn keep_missing(
    db: &Db,
    house: &House,
    stamp: &Stamp,
    bills: &[BillId],
) -> Result<Wrong, PrintFault> {
    let missing = db.read_blocking(|conn| bill_papers::list_missing(conn, bills))?;
    if missing.is_empty() {
        return Ok(Wrong::new());
    }
    let load = |some: &[BillId]| db.read_blocking(|conn| bill_papers::load(conn, some));
    let (papers, mut wrong) = each(&missing, load);
    let mut made = Vec::with_capacity(papers.len());
    for paper in &papers {
        match bill_pdf::render(paper, &house.sender) {
            Ok(file) => made.push(MadePaper::of(paper, &file)),
            Err(error) => {
                wrong.insert(paper.id, error.to_string());
            }
        }
    }
    if !made.is_empty() {
        db.write_blocking(stamp.clone(), move |tx| bill_papers::keep(tx, &made))?;
    }
    Ok(wrong)
}

/// Makes these pieces ready, in their order.
fn sort(
    db: &Db,
    (house, stamp): (&House, &Stamp),
    pieces: &[Addressed],
    sorted: &mut Sorted,
) -> Result<(), PrintFault> {
    let bills = bills_of(pieces);
    let mut wrong = keep_missing(db, house, stamp, &bills)?;
    let kept = |some: &[BillId]| db.read_blocking(|conn| bill_papers::list_kept(conn, some));
    let (kept, unreadable) = each(&bills, kept);
    wrong.extend(unreadable);
    let mut papers: HashMap<BillId, KeptPaper> =
        kept.into_iter().map(|paper| (paper.bill, paper)).collect();
    for piece in pieces {
        let ready = match &piece.content {
            Content::Bill(bill) => match papers.remove(bill) {
                Some(kept) => bill_ready(piece, kept).map_err(|error| error.to_string()),
                None => Err(wrong.remove(bill).unwrap_or_default()),
            },
            Content::Letter(_, notice) => {
                letter_ready(piece, notice, house, stamp).map_err(|error| error.to_string())
            }
        };
        match ready {
            Ok(ready) => sorted.ready.push(ready),
            Err(why) => sorted.left_out.push((piece.piece, why)),
        }
    }
    Ok(())
}

fn papers(conn: &mut Conn, bills: &[BillId]) -> Result<HashMap<BillId, KeptPaper>, StoreError> {
    let kept = bill_papers::list_kept(conn, bills)?;
    Ok(kept.into_iter().map(|paper| (paper.bill, paper)).collect())
}

fn pages_of(file: Vec<u8>) -> Result<i32, PrintFault> {
    Ok(i32::try_from(count_pages(file)?).unwrap_or(i32::MAX))
}

fn bill_ready(piece: &Addressed, kept: KeptPaper) -> Result<Ready, PrintFault> {
    let mut waiting = piece.clone();
    waiting.language = kept.language;
    Ok(Ready {
        is_readdressed: kept.recipient != waiting.recipient,
        waiting,
        pages: pages_of(kept.file)?,
        letter: None,
    })
}

fn letter_ready(
    piece: &Addressed,
    notice: &Notice,
    house: &House,
    stamp: &Stamp,
) -> Result<Ready, PrintFault> {
    let told = letter(notice, piece.language, &house.head);
    let file = letter_pdf::render(&told, &piece.recipient, &house.head, stamp.on)?;
    let body = (!notice.has_secret())
        .then(|| told.text(&house.head, None))
        .transpose()?;
    let made = MadeLetter {
        subject: told.subject.to_owned(),
        body,
        packed: pack(&file),
    };
    Ok(Ready {
        waiting: piece.clone(),
        pages: pages_of(file)?,
        is_readdressed: false,
        letter: Some(made),
    })
}

/// A batch with all its places, in their order.
///
/// # Errors
/// A fault of the store.
pub fn load(
    conn: &mut Conn,
    id: PrintBatchId,
) -> Result<Option<(BatchRow, Vec<ItemLine>)>, StoreError> {
    let Some(batch) = print::find_batch(conn, id)? else {
        return Ok(None);
    };
    let all = (0, i64::from(batch.pieces));
    Ok(Some((batch, print::list_items(conn, id, all)?)))
}

/// Whether a piece is not to be mailed with its batch, or was not: it was taken out, or is a bill that was canceled before that.
fn is_out(batch: &BatchRow, line: &ItemLine) -> bool {
    let is_moot = line.ending == Some(Ending::Moot);
    line.pulled.is_some() || is_moot || (line.canceled.is_some() && batch.state == BatchState::Made)
}

fn must_stand(batch: &BatchRow) -> Result<(), PrintFault> {
    match batch.state {
        BatchState::Made | BatchState::Mailed => Ok(()),
        BatchState::Canceled => Err(PrintFault::Canceled),
    }
}

/// The batch as one file: a cover, then each piece as it is kept. In the place of what is not to be mailed stands a page that says so.
///
/// # Errors
/// `Canceled`, or another `PrintFault`.
pub fn file(
    db: &Db,
    house: &House,
    t: Words,
    (batch, items): &(BatchRow, Vec<ItemLine>),
) -> Result<Vec<u8>, PrintFault> {
    must_stand(batch)?;
    let mut stack = Stack::default();
    let cover = print_cover::render(t, &facts(batch, items))?;
    stack.add(cover, 1, &Marks::default())?;
    for some in items.chunks(CHUNK) {
        let mut files = db.read_blocking(|conn| files(conn, batch.id, some))?;
        for line in some {
            let kept = files.remove(&line.item.piece_id);
            let pages = usize::try_from(line.item.pages).unwrap_or_default();
            match kept {
                _ if is_out(batch, line) => {
                    stack.add(taken_out(t, house, batch)?, pages, &marks(line, false))?;
                }
                Some(file) => stack.add(file, pages, &marks(line, true))?,
                None => stack.add(gone(line, house, batch)?, pages, &marks(line, true))?,
            }
        }
    }
    let about = About {
        title: t.print_batch_title(batch.id.0),
        author: t.utility_name().to_owned(),
        language: t.tag(),
        dated: batch.made_on,
    };
    Ok(stack.finish(&about)?)
}

fn files(
    conn: &mut Conn,
    batch: PrintBatchId,
    items: &[ItemLine],
) -> Result<HashMap<PrintPieceId, Vec<u8>>, StoreError> {
    let bills: Vec<BillId> = items.iter().filter_map(|line| line.bill).collect();
    let pieces: Vec<PrintPieceId> = items.iter().map(|line| line.item.piece_id).collect();
    let mut papers = papers(conn, &bills)?;
    let mut files = HashMap::with_capacity(items.len());
    for line in items {
        if let Some(paper) = line.bill.and_then(|bill| papers.remove(&bill)) {
            files.insert(line.item.piece_id, paper.file);
        }
    }
    for letter in print::list_letters(conn, batch, &pieces)? {
        files.insert(letter.piece_id, unpack(&letter.packed)?);
    }
    Ok(files)
}

/// What stands in the place of a letter that is not kept.
fn gone(line: &ItemLine, house: &House, batch: &BatchRow) -> Result<Vec<u8>, PrintFault> {
    let t = words(line.item.language);
    let letter = Letter::of(
        line.item.language,
        t.print_gone(),
        vec![t.print_gone_text().to_owned()],
    );
    let recipient = &line.item.recipient;
    Ok(letter_pdf::render(
        &letter,
        recipient,
        &house.head,
        batch.made_on,
    )?)
}

/// What stands in the place of a piece that is not to be mailed: no address, so that nobody mails it.
fn taken_out(t: Words, house: &House, batch: &BatchRow) -> Result<Vec<u8>, PrintFault> {
    let text = vec![t.print_taken_out_text().to_owned()];
    let letter = Letter::of(t.language, t.print_taken_out(), text);
    Ok(letter_pdf::render(&letter, "", &house.head, batch.made_on)?)
}

fn marks(line: &ItemLine, is_mailed: bool) -> Marks {
    let item = &line.item;
    let is_set_over = is_mailed && item.is_readdressed;
    Marks {
        keyline: format!("{:05} · {}", item.position, item.code),
        address: is_set_over.then(|| item.recipient.clone()),
    }
}

fn facts(batch: &BatchRow, items: &[ItemLine]) -> Facts {
    let code = |line: Option<&ItemLine>| line.map(|line| line.item.code.clone());
    let bills = items.iter().filter(|line| line.bill.is_some()).count();
    let is_spanish = |line: &&ItemLine| line.item.language == Language::Spanish;
    Facts {
        batch: batch.id,
        made_on: batch.made_on,
        made_by: batch.made_by.clone(),
        bills,
        letters: items.len() - bills,
        in_spanish: items.iter().filter(is_spanish).count(),
        pages: usize::try_from(batch.pages).unwrap_or_default(),
        codes: (
            code(items.first()).unwrap_or_default(),
            code(items.last()).unwrap_or_default(),
        ),
    }
}

/// What the batch holds, line by line, for the mail room's machines: their headings are the same in every language.
///
/// # Errors
/// `Canceled`, or another `PrintFault`.
pub fn manifest((batch, items): &(BatchRow, Vec<ItemLine>)) -> Result<Vec<u8>, PrintFault> {
    must_stand(batch)?;
    let heading = [
        "sequence",
        "first_page",
        "pages",
        "account",
        "kind",
        "code",
        "name",
        "address_1",
        "address_2",
        "address_3",
        "address_4",
        "language",
        "status",
    ];
    let fields = items.iter().map(|line| fields(line, is_out(batch, line)));
    Ok(csv::table(&heading, fields)?)
}

fn fields(line: &ItemLine, is_out: bool) -> Vec<String> {
    let item = &line.item;
    let account = line.account.as_ref().map(ToString::to_string);
    let kind = if line.bill.is_some() {
        "bill"
    } else {
        "letter"
    };
    let lines = stationery::shown(&item.recipient);
    let mut lines = lines.into_iter().map(str::to_owned);
    let name = lines.next().unwrap_or_default();
    let mut fields = vec![
        item.position.to_string(),
        item.first_page.to_string(),
        item.pages.to_string(),
        account.unwrap_or_default(),
        kind.to_owned(),
        item.code.clone(),
        name,
    ];
    fields.extend((1..stationery::LINES).map(|_| lines.next().unwrap_or_default()));
    fields.push(item.language.to_string());
    fields.push(if is_out { "taken_out" } else { "mail" }.to_owned());
    fields
}
