//! What customers ask for: asked, answered, moved on, taken back. Every step is kept with its words, leaves an audit row, and what the
//! office does is told to the customer.

use chrono::NaiveDate;
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::domain::ids::{AccountId, RequestId, RequestNumber, StaffId};
use crate::domain::notice::{Notice, RequestNews, RequestTold, Urgency};
use crate::domain::orders::asked::ends_with;
use crate::domain::photos::PhotoKind;
use crate::domain::requests::asking::Answers;
use crate::domain::requests::{
    LONGEST_WORDS, MOST_A_DAY, MOST_OPEN, RequestKind, RequestState, Side, answer_by,
};
use crate::domain::staff::Permission;
use crate::domain::stamp::ActorKind;
use crate::store;
use crate::store::audit::{self, Deed};
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::store::request_documents;
use crate::store::requests::{self, Filter, NewRow, RequestRow};
use crate::usecases::disputes;
use crate::usecases::notices;
use crate::usecases::orders;
use crate::usecases::papers::{NewDocument, TooMany, fresh};

/// Why nothing was asked for or changed.
#[derive(Debug, thiserror::Error)]
pub enum RequestError {
    /// It stands otherwise than whoever moved it saw, or has ended.
    #[error("the request was moved meanwhile")]
    Moved,
    /// What an account asks for once at a time is open already.
    #[error("{0} is open already")]
    AlreadyOpen(RequestNumber),
    /// This side can't move it there.
    #[error("a request that is {0} can't become {1}")]
    NoSuchMove(RequestState, RequestState),
    /// The customer must be told in words.
    #[error("words are missing")]
    WordsMissing,
    /// The words are longer than the longest that are kept, in characters.
    #[error("the words are longer than {0} characters")]
    WordsTooLong(usize),
    /// The account has as many open requests as it may have.
    #[error("{0} requests are open already")]
    TooMany(i64),
    /// So often was asked or written today.
    #[error("{0} times today already")]
    TooOften(i64),
    /// More documents than one request may have.
    #[error("at most {0} documents")]
    TooManyDocuments(usize),
    /// Nobody of the office who works requests.
    #[error("{0} does not work requests")]
    NotAnOwner(StaffId),
    /// A fault.
    #[error(transparent)]
    Fault(#[from] StoreError),
}

/// A photo, told by its bytes.
#[derive(Debug, Clone)]
pub struct Photo {
    /// What it is.
    pub kind: PhotoKind,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// What a customer asks for.
#[derive(Debug, Clone)]
pub struct NewRequest {
    /// What makes it the same request when it is sent again.
    pub request_key: String,
    /// For which account.
    pub account: AccountId,
    /// What.
    pub kind: RequestKind,
    /// What was answered.
    pub answers: Answers,
    /// What was sent with it.
    pub photo: Option<Photo>,
}

/// Takes a request in and tells the customer that it came. Sent again under its key it is the same request.
///
/// # Errors
/// `AlreadyOpen`, `TooMany`, `TooOften`, or a fault.
pub fn ask(tx: &mut Tx<'_>, new: &NewRequest) -> Result<RequestNumber, RequestError> {
    if let Some(earlier) = sent_before(tx, new)? {
        return Ok(earlier);
    }
    if new.kind.is_asked_once()
        && let Some(open) = requests::find_open(tx, new.account, new.kind)?
    {
        return Err(RequestError::AlreadyOpen(open.number));
    }
    let due_on = answer_by(new.kind, &new.answers, tx.stamp.on);
    let row = record(tx, new, (Side::Customer, due_on))?;
    orders::asked::follow_request(tx, &row)?;
    let urgency = Urgency::GoodToKnow;
    let answer_by = row.due_on;
    tell(tx, &row, urgency, &RequestNews::Received { answer_by })?;
    Ok(row.number)
}

/// The request that was sent under the same key before. Holds the account, so that two at once are one after the other.
pub(super) fn sent_before(
    tx: &mut Tx<'_>,
    new: &NewRequest,
) -> Result<Option<RequestNumber>, StoreError> {
    store::ledger::lock(tx, &[new.account])?;
    let earlier = requests::find_by_key(tx, &new.request_key)?;
    match earlier {
        Some(row) if row.account_id == new.account => Ok(Some(row.number)),
        // Somebody else's key: as good as none of ours.
        Some(_) => Err(StoreError::Missing("request")),
        None => Ok(None),
    }
}

/// Writes the row with the day by which it is answered, its first step by whoever took it in, its photo and its audit row.
pub(super) fn record(
    tx: &mut Tx<'_>,
    new: &NewRequest,
    (side, due_on): (Side, NaiveDate),
) -> Result<RequestRow, RequestError> {
    let open = Filter {
        is_open: true,
        account: Some(new.account),
        ..Filter::default()
    };
    if requests::count(tx, &open)? >= MOST_OPEN {
        return Err(RequestError::TooMany(MOST_OPEN));
    }
    let today = tx.stamp.on;
    if requests::count_asked(tx, new.account, today)? >= MOST_A_DAY {
        return Err(RequestError::TooOften(MOST_A_DAY));
    }
    let row = NewRow {
        request_key: &new.request_key,
        account_id: new.account,
        kind: new.kind,
        answers: &new.answers,
        due_on,
    };
    let (id, number) = requests::insert(tx, &row)?;
    let received = (Some(RequestState::Received), None);
    requests::insert_step(tx, id, side, received)?;
    let mut facts = json!({ "number": number, "kind": new.kind });
    if let Some(photo) = &new.photo {
        let sha256 = hex::encode(Sha256::digest(&photo.bytes));
        requests::insert_photo(tx, id, (photo.kind, &sha256), &photo.bytes)?;
        facts = json!({ "number": number, "kind": new.kind, "photo": sha256 });
    }
    let row = requests::get(tx, id)?;
    audit(tx, &row, "request.received", facts)?;
    Ok(row)
}

/// The customer writes. What waited for an answer goes on.
///
/// # Errors
/// `WordsMissing`, `WordsTooLong`, `TooOften`, `Moved` where it has ended.
pub fn answer(tx: &mut Tx<'_>, id: RequestId, words: &str) -> Result<(), RequestError> {
    let words = checked(words)?.ok_or(RequestError::WordsMissing)?;
    let row = open(tx, id)?;
    if was_said(tx, id, (Side::Customer, words))? {
        return Ok(());
    }
    let today = tx.stamp.on;
    if requests::count_written(tx, id, today)? >= MOST_A_DAY {
        return Err(RequestError::TooOften(MOST_A_DAY));
    }
    let next = (row.state == RequestState::Waiting).then_some(RequestState::InProgress);
    if let Some(next) = next {
        moved(tx, &row, next)?;
    }
    requests::insert_step(tx, id, Side::Customer, (next, Some(words)))?;
    Ok(audit(
        tx,
        &row,
        "request.answered",
        json!({ "state": next }),
    )?)
}

/// The customer takes it back.
///
/// # Errors
/// `Moved` where it has ended.
pub fn withdraw(tx: &mut Tx<'_>, id: RequestId) -> Result<(), RequestError> {
    let row = open(tx, id)?;
    let next = RequestState::Withdrawn;
    moved(tx, &row, next)?;
    requests::insert_step(tx, id, Side::Customer, (Some(next), None))?;
    if row.kind == RequestKind::BillDispute {
        disputes::end_withdrawn(tx, &row)?;
    }
    orders::asked::end_request(tx, id)?;
    audit(tx, &row, "request.withdrawn", json!({}))?;
    let news = RequestNews::Moved {
        state: next,
        words: None,
    };
    Ok(tell(tx, &row, Urgency::GoodToKnow, &news)?)
}

/// The office writes to the customer.
///
/// # Errors
/// `WordsMissing`, `WordsTooLong`, `Moved` where it has ended.
pub fn write(tx: &mut Tx<'_>, id: RequestId, words: &str) -> Result<(), RequestError> {
    let words = checked(words)?.ok_or(RequestError::WordsMissing)?;
    let row = open(tx, id)?;
    if was_said(tx, id, (Side::Office, words))? {
        return Ok(());
    }
    requests::insert_step(tx, id, Side::Office, (None, Some(words)))?;
    audit(tx, &row, "request.written", json!({}))?;
    let words = words.to_owned();
    Ok(tell(
        tx,
        &row,
        Urgency::GoodToKnow,
        &RequestNews::Wrote { words },
    )?)
}

/// The office moves it on, with words where the customer needs them.
///
/// # Errors
/// `NoSuchMove`, `WordsMissing`, `WordsTooLong`, `Moved` where it has ended or stands otherwise by now.
pub fn move_on(
    tx: &mut Tx<'_>,
    id: RequestId,
    next: RequestState,
    words: &str,
) -> Result<(), RequestError> {
    let words = checked(words)?;
    let row = open(tx, id)?;
    if !row.state.moves(row.kind).contains(&next) {
        return Err(RequestError::NoSuchMove(row.state, next));
    }
    if next.needs_words() && words.is_none() {
        return Err(RequestError::WordsMissing);
    }
    take_if_free(tx, &row)?;
    moved(tx, &row, next)?;
    requests::insert_step(tx, id, Side::Office, (Some(next), words))?;
    if ends_with(row.kind, next) {
        orders::asked::end_request(tx, id)?;
    }
    let facts = json!({ "from": row.state, "to": next });
    audit(tx, &row, "request.moved", facts)?;
    let news = RequestNews::Moved {
        state: next,
        words: words.map(str::to_owned),
    };
    Ok(tell(tx, &row, Urgency::GoodToKnow, &news)?)
}

/// Keeps documents with an open request; the same one again is kept once.
///
/// # Errors
/// `TooManyDocuments`, `Moved` where it has ended.
pub fn add_documents(
    tx: &mut Tx<'_>,
    id: RequestId,
    new: &[NewDocument],
) -> Result<(), RequestError> {
    let row = open(tx, id)?;
    store::ledger::lock(tx, &[row.account_id])?;
    let kept = keep(tx, id, new)?;
    if kept.is_empty() {
        return Ok(());
    }
    let facts = json!({ "documents": kept });
    Ok(audit(tx, &row, "request.documented", facts)?)
}

/// Keeps what was handed in and was not before; gives the fingerprints of what is new.
pub(super) fn keep(
    tx: &mut Tx<'_>,
    id: RequestId,
    new: &[NewDocument],
) -> Result<Vec<String>, RequestError> {
    let known = request_documents::list(tx, id)?.into_iter();
    let known = known.map(|row| row.sha256).collect();
    let new = fresh(known, new).map_err(|TooMany(most)| RequestError::TooManyDocuments(most))?;
    for document in &new {
        let what = (
            document.name.as_str(),
            document.kind,
            document.sha256.as_str(),
        );
        request_documents::insert(tx, id, what, document.bytes)?;
    }
    Ok(new.into_iter().map(|document| document.sha256).collect())
}

/// Gives an open request to a member of staff, or back to whoever comes next.
///
/// # Errors
/// `NotAnOwner` for somebody who does not work requests, `Moved` where it has ended.
pub fn assign(tx: &mut Tx<'_>, id: RequestId, owner: Option<StaffId>) -> Result<(), RequestError> {
    let row = open(tx, id)?;
    if let Some(owner) = owner {
        let member = store::staff::get(tx, owner)?;
        if !member.is_active || !member.role.may(Permission::WorkRequests) {
            return Err(RequestError::NotAnOwner(owner));
        }
    }
    if !requests::mark_owner(tx, id, owner)? {
        return Err(RequestError::Moved);
    }
    Ok(audit(
        tx,
        &row,
        "request.assigned",
        json!({ "owner": owner }),
    )?)
}

/// Whoever of the office moves a request that nobody has taken is the one who handled it.
pub(super) fn take_if_free(tx: &mut Tx<'_>, row: &RequestRow) -> Result<(), StoreError> {
    let by = &tx.stamp.by;
    if let (ActorKind::Staff, Some(id), None) = (by.kind, by.id, row.owner_staff_id) {
        requests::mark_owner(tx, row.id, Some(StaffId(id)))?;
    }
    Ok(())
}

/// The request, where it has not ended.
pub(super) fn open(tx: &mut Tx<'_>, id: RequestId) -> Result<RequestRow, RequestError> {
    let row = requests::get(tx, id)?;
    if row.state.is_open() {
        Ok(row)
    } else {
        Err(RequestError::Moved)
    }
}

/// Moves it, where it still stands as it was read.
pub(super) fn moved(
    tx: &mut Tx<'_>,
    row: &RequestRow,
    next: RequestState,
) -> Result<(), RequestError> {
    if requests::mark_state(tx, row, next)? {
        Ok(())
    } else {
        Err(RequestError::Moved)
    }
}

/// Whether the last thing that was said is just this, by the same person: a form that was sent twice says it once.
fn was_said(
    tx: &mut Tx<'_>,
    id: RequestId,
    (side, words): (Side, &str),
) -> Result<bool, StoreError> {
    let by = tx.stamp.by.name.clone();
    let last = requests::last_step(tx, id)?;
    Ok(last.is_some_and(|step| {
        step.side == side && step.made_by == by && step.words.as_deref() == Some(words)
    }))
}

/// Words without the spaces around them; nothing where there are none.
pub(super) fn checked(words: &str) -> Result<Option<&str>, RequestError> {
    let words = words.trim();
    if words.chars().count() > LONGEST_WORDS {
        return Err(RequestError::WordsTooLong(LONGEST_WORDS));
    }
    Ok((!words.is_empty()).then_some(words))
}

/// Tells whoever follows the account.
pub(super) fn tell(
    tx: &mut Tx<'_>,
    row: &RequestRow,
    urgency: Urgency,
    news: &RequestNews,
) -> Result<(), StoreError> {
    notices::tell(tx, row.account_id, urgency, |reader| {
        Notice::Request(RequestTold {
            name: reader.name.clone(),
            account_number: reader.account_number.clone(),
            number: row.number.clone(),
            about: row.kind,
            news: news.clone(),
        })
    })
}

/// The audit row of a step; it names the request and not its words, which may be personal.
pub(super) fn audit(
    tx: &mut Tx<'_>,
    row: &RequestRow,
    action: &str,
    facts: serde_json::Value,
) -> Result<(), StoreError> {
    let deed = Deed {
        action,
        subject_kind: "request",
        subject_id: row.number.to_string(),
        account_id: Some(row.account_id),
        facts,
    };
    audit::insert(tx, &deed)?;
    tx.touch(row.account_id);
    Ok(())
}
