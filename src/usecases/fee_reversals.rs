//! A whole day of fees that should not have been charged is taken back, also those that were paid: one person orders it, another approves it,
//! and it is done in chunks. What was paid is held for the customers and put on what else they owe.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde_json::json;

use crate::domain::allocation::Part;
use crate::domain::corrections::CorrectionKind;
use crate::domain::entries::{self, Event, Standing as Applied};
use crate::domain::fee_reversals::{FeeKind, ReversalStatus};
use crate::domain::ids::{AccountId, EntryId, FeeReversalId};
use crate::domain::ledger::{Entry, LegId, Posting, Source, SourceKind};
use crate::domain::money::Money;
use crate::domain::staff::Role;
use crate::store;
use crate::store::audit::{self, Deed};
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::store::fee_reversals::{self as rows, NewReversal, ReversalRow, Standing};
use crate::usecases::books::{self, Books, BooksError};
use crate::usecases::ledger::{PostingError, apply_held};

/// How many fees one transaction takes back.
const CHUNK: i64 = 500;

/// Why nothing was taken back.
#[derive(Debug, thiserror::Error)]
pub enum ReversalError {
    /// No fee of the kind was charged on the day, or all were taken back.
    #[error("no fee of this kind stands on this day")]
    Nothing,
    /// The policy lets nobody waive fees.
    #[error("the policy for corrections says nothing of waivers")]
    NotAllowed,
    /// The reason is not one of the policy's list.
    #[error("{0:?} is no reason to waive fees")]
    Reason(String),
    /// A note must say why.
    #[error("a note must say why")]
    NoteMissing,
    /// The fees are not those that were seen; they are these now.
    #[error("the fees have changed since")]
    Changed(Standing),
    /// Somebody ordered the same already, and it is not finished.
    #[error("the same is ordered already")]
    Ordered(Box<ReversalRow>),
    /// The form ordered another reversal before.
    #[error("the form was used before")]
    KeyUsed,
    /// Nobody decides what they ordered.
    #[error("a second person must decide it")]
    SecondPerson,
    /// Somebody else ordered it.
    #[error("somebody else ordered it")]
    NotOwn,
    /// More than this job decides.
    #[error("more than {most} is decided by somebody else")]
    OverLimit {
        /// The most it may.
        most: Money,
    },
    /// It was decided before.
    #[error("the reversal is {0} already")]
    Decided(ReversalStatus),
    /// The books refused.
    #[error(transparent)]
    Posting(#[from] PostingError),
    /// The rows could not be read or written.
    #[error(transparent)]
    Fault(#[from] StoreError),
}

impl From<BooksError> for ReversalError {
    fn from(error: BooksError) -> Self {
        Self::Posting(error.into())
    }
}

impl From<crate::domain::ledger::LedgerError> for ReversalError {
    fn from(error: crate::domain::ledger::LedgerError) -> Self {
        Self::Posting(error.into())
    }
}

/// What somebody orders.
#[derive(Debug, Clone)]
pub struct Order {
    /// Which fees.
    pub kind: FeeKind,
    /// Charged on which day.
    pub on: NaiveDate,
    /// The reason, by its code in the policy.
    pub reason: String,
    /// What they wrote about it.
    pub note: String,
    /// One per form shown, so that a form sent twice orders once.
    pub key: i64,
    /// What they saw.
    pub seal: String,
}

/// The figures of a day's fees, as one word: whoever confirms them hands it back.
#[must_use]
pub fn seal(standing: &Standing) -> String {
    let Standing {
        fees,
        amount,
        paid,
        last,
    } = standing;
    format!("{fees}:{}:{}:{last}", amount.cents(), paid.cents())
}

/// How many fees a seal stands for, and what they come to; nothing where it is none.
#[must_use]
pub fn figures(seal: &str) -> Option<(i64, Money)> {
    let mut parts = seal.split(':').map(str::parse::<i64>);
    let (fees, cents) = (parts.next()?.ok()?, parts.next()?.ok()?);
    Some((fees, Money::from_cents(cents)))
}

/// Orders that a day of fees is taken back, once somebody else approved it. The same form again orders nothing; the answer is where it stands.
///
/// # Errors
/// `Nothing`, `Changed` where the fees are not those that were seen, `Ordered` where somebody ordered the same, `KeyUsed`, or a reason that the
/// policy does not know.
pub fn propose(
    tx: &mut Tx<'_>,
    order: &Order,
) -> Result<(FeeReversalId, ReversalStatus), ReversalError> {
    if let Some(known) = rows::find_by_key(tx, order.key)? {
        let row = rows::get(tx, known)?;
        let is_why = row.reason == order.reason && row.note == order.note.trim();
        let is_same = is_why && (row.kind, row.charged_on) == (order.kind, order.on);
        return if is_same {
            Ok((known, row.status))
        } else {
            Err(ReversalError::KeyUsed)
        };
    }
    let today = tx.stamp.on;
    let policy = books::corrections_on(tx, today)?;
    let rules = policy
        .rules(CorrectionKind::Waiver)
        .ok_or(ReversalError::NotAllowed)?;
    let reason = rules
        .reason(&order.reason)
        .ok_or_else(|| ReversalError::Reason(order.reason.clone()))?;
    if reason.takes_note && order.note.trim().is_empty() {
        return Err(ReversalError::NoteMissing);
    }
    if let Some(open) = rows::find_open(tx, (order.kind, order.on))? {
        return Err(ReversalError::Ordered(Box::new(open)));
    }
    let standing = rows::find_standing(tx, (order.kind, order.on), None)?;
    let standing = standing.ok_or(ReversalError::Nothing)?;
    if seal(&standing) != order.seal {
        return Err(ReversalError::Changed(standing));
    }
    let new = NewReversal {
        request_key: order.key,
        kind: order.kind,
        on: order.on,
        standing,
        reason: &order.reason,
        note: order.note.trim(),
    };
    let id = rows::insert(tx, &new)?;
    let row = rows::get(tx, id)?;
    record(tx, "fee_reversal.proposed", &row)?;
    Ok((id, row.status))
}

/// Approves a reversal, as it was seen; the clock's next round begins it.
///
/// # Errors
/// `SecondPerson`, `OverLimit`, `Decided`, `Nothing`, or `Changed` where the fees are not those that were seen.
pub fn approve(
    tx: &mut Tx<'_>,
    id: FeeReversalId,
    role: Role,
    seen: &str,
) -> Result<(), ReversalError> {
    let mut row = waiting(tx, id)?;
    if tx.stamp.by.is_person(row.made_by_id, &row.made_by) {
        return Err(ReversalError::SecondPerson);
    }
    let range = (row.kind, row.charged_on);
    let standing = rows::find_standing(tx, range, Some(row.last_entry_id))?;
    let standing = standing.ok_or(ReversalError::Nothing)?;
    let today = tx.stamp.on;
    let policy = books::corrections_on(tx, today)?;
    let rules = policy
        .rules(CorrectionKind::Waiver)
        .ok_or(ReversalError::NotAllowed)?;
    if let Some(most) = rules.limit(role).filter(|most| standing.amount > *most) {
        return Err(ReversalError::OverLimit { most });
    }
    if seal(&standing) != seen {
        return Err(ReversalError::Changed(standing));
    }
    (row.fees, row.amount, row.paid) = (standing.fees, standing.amount, standing.paid);
    let by = tx.stamp.by.name_beside(&row.made_by);
    rows::mark_decided(tx, &row, ReversalStatus::Approved, (&by, ""))?;
    record(tx, "fee_reversal.approved", &row)
}

/// Refuses a reversal, with the reason in words.
///
/// # Errors
/// `SecondPerson`, `NoteMissing`, `Decided`, or a fault.
pub fn refuse(tx: &mut Tx<'_>, id: FeeReversalId, words: &str) -> Result<(), ReversalError> {
    let row = waiting(tx, id)?;
    if tx.stamp.by.is_person(row.made_by_id, &row.made_by) {
        return Err(ReversalError::SecondPerson);
    }
    if words.trim().is_empty() {
        return Err(ReversalError::NoteMissing);
    }
    let by = tx.stamp.by.name_beside(&row.made_by);
    rows::mark_decided(tx, &row, ReversalStatus::Refused, (&by, words.trim()))?;
    record(tx, "fee_reversal.refused", &row)
}

/// Gives up a reversal that one ordered oneself.
///
/// # Errors
/// `NotOwn`, `Decided`, or a fault.
pub fn withdraw(tx: &mut Tx<'_>, id: FeeReversalId) -> Result<(), ReversalError> {
    let row = waiting(tx, id)?;
    if !tx.stamp.by.is_person(row.made_by_id, &row.made_by) {
        return Err(ReversalError::NotOwn);
    }
    let by = tx.stamp.by.name.clone();
    rows::mark_decided(tx, &row, ReversalStatus::Withdrawn, (&by, ""))?;
    record(tx, "fee_reversal.withdrawn", &row)
}

/// Takes the next fees of a reversal back. Says whether any may be left. A fee is taken back once, so that a chunk that was cut off is done
/// again as if it had never begun.
///
/// # Errors
/// A fund or account that is not in the chart, or the database.
pub fn go_on(tx: &mut Tx<'_>, id: FeeReversalId) -> Result<bool, ReversalError> {
    let row = rows::get(tx, id)?;
    if row.status != ReversalStatus::Approved {
        return Ok(false);
    }
    let seen = rows::list_next(tx, &row, CHUNK)?;
    let accounts: Vec<AccountId> = seen.iter().map(|(_, account, _)| *account).collect();
    store::ledger::lock(tx, &accounts)?;
    // Read again under the locks: somebody may have waived one of them meanwhile.
    let known: BTreeSet<EntryId> = seen.iter().map(|(entry, _, _)| *entry).collect();
    let mut fees = rows::list_next(tx, &row, CHUNK)?;
    fees.retain(|(entry, _, _)| known.contains(entry));
    if fees.is_empty() && seen.is_empty() {
        rows::mark_done(tx, id)?;
        record(tx, "fee_reversal.done", &row)?;
        return Ok(false);
    }
    take_back(tx, &row, &fees)?;
    let amount = fees.iter().map(|(_, _, amount)| *amount).sum();
    let count = i64::try_from(fees.len()).unwrap_or(i64::MAX);
    rows::mark_reversed(tx, &row, (count, amount))?;
    Ok(true)
}

/// Takes fees back, set-wise: what pays them comes off, they are canceled, and what is held then is put on what else is owed.
fn take_back(
    tx: &mut Tx<'_>,
    row: &ReversalRow,
    fees: &[(EntryId, AccountId, Money)],
) -> Result<(), ReversalError> {
    let on = tx.stamp.on;
    let books = books::open(tx, on)?;
    let memo = (!row.note.is_empty()).then(|| row.note.clone());
    let ids: Vec<EntryId> = fees.iter().map(|(entry, _, _)| *entry).collect();
    let mut postings = store::ledger_legs::list_postings(tx, &ids)?;
    let mut paying = store::ledger_legs::list_standing_on(tx, &ids)?;
    let (mut released, mut canceled, mut events) = (Vec::new(), Vec::new(), Vec::new());
    let mut told = BTreeSet::new();
    for (entry, account, _) in fees {
        let event = Event {
            account: *account,
            source: Source {
                kind: SourceKind::Entry,
                id: entry.0,
            },
            on,
            memo: memo.clone(),
        };
        let legs = postings.remove(entry).unwrap_or_default();
        let applied = paying.remove(entry).unwrap_or_default();
        released.extend(release(&books, &event, &applied)?);
        let debts = debts_of(*entry, &legs);
        canceled.push(entries::cancellation(
            &books.chart,
            &event,
            *entry,
            &legs,
            &debts,
        )?);
        if told.insert(*account) {
            tx.touch(*account);
            events.push(event);
        }
    }
    for entries in [released, canceled] {
        if !entries.is_empty() {
            store::ledger::insert(tx, &books.chart, &entries)?;
        }
    }
    apply_held(tx, &books, &events)?;
    Ok(())
}

fn release(
    books: &Books,
    event: &Event,
    applied: &[Applied],
) -> Result<Option<Entry>, ReversalError> {
    if applied.is_empty() {
        return Ok(None);
    }
    let entry = entries::credit_release(&books.chart, event, applied, Money::ZERO, event.on)?;
    Ok(Some(entry))
}

fn debts_of(entry: EntryId, legs: &[Posting]) -> Vec<Part> {
    (0_i32..)
        .zip(legs)
        .filter(|(_, leg)| leg.due_on.is_some())
        .map(|(position, leg)| Part {
            leg: LegId { entry, position },
            fund: leg.fund.clone(),
            amount: leg.amount,
        })
        .collect()
}

fn waiting(tx: &mut Tx<'_>, id: FeeReversalId) -> Result<ReversalRow, ReversalError> {
    let row = rows::get(tx, id)?;
    match row.status {
        ReversalStatus::Proposed => Ok(row),
        ReversalStatus::Approved
        | ReversalStatus::Done
        | ReversalStatus::Refused
        | ReversalStatus::Withdrawn => Err(ReversalError::Decided(row.status)),
    }
}

fn record(tx: &mut Tx<'_>, action: &str, row: &ReversalRow) -> Result<(), ReversalError> {
    let deed = Deed {
        action,
        subject_kind: "fee_reversal",
        subject_id: row.id.to_string(),
        account_id: None,
        facts: json!({
            "kind": row.kind, "on": row.charged_on, "fees": row.fees, "cents": row.amount, "paid_cents": row.paid,
            "reason": row.reason,
        }),
    };
    Ok(audit::insert(tx, &deed)?)
}
