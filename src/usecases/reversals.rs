//! What takes a posting back: a returned payment, a refund, a canceled bill or fee. Everything is answered by new entries; credits that were
//! spent meanwhile come off the debts they paid, the newest first.

use chrono::NaiveDate;

use crate::domain::allocation::Part;
use crate::domain::entries::{self, Event, Receipt, Standing};
use crate::domain::gl::Role;
use crate::domain::ids::{EntryId, PaymentId};
use crate::domain::ledger::{EntryKind, LegId, Posting, Source, SourceKind};
use crate::domain::money::Money;
use crate::store;
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::store::ledger::EntryRow;
use crate::usecases::books::Books;
use crate::usecases::ledger::{PostingError, held_for, post_one};

/// A payment that the bank or card took back.
#[derive(Debug, Clone)]
pub struct Returned {
    /// Which payment.
    pub payment: PaymentId,
    /// The civil day it counts from.
    pub on: NaiveDate,
    /// Why, in the words of whoever took it.
    pub memo: Option<String>,
    /// Where the money was taken from; where it was received, if nothing else is said.
    pub from: Option<Role>,
}

/// So much of a payment that goes back.
#[derive(Debug, Clone, Copy)]
pub struct GivenBack {
    /// Which payment.
    pub payment: PaymentId,
    /// How much.
    pub amount: Money,
    /// Where the money is taken from; where it was received, if nothing else is said.
    pub from: Option<Role>,
}

/// Takes a payment back that the bank or card took back: the debts it paid are owed again from their original due dates. Safe to repeat.
///
/// # Errors
/// `NotPosted` where the payment is not in the ledger.
pub fn return_payment(
    tx: &mut Tx<'_>,
    books: &Books,
    returned: &Returned,
) -> Result<EntryId, PostingError> {
    let payment = returned.payment;
    let source = Source {
        kind: SourceKind::Payment,
        id: payment.0,
    };
    let not_posted = || PostingError::NotPosted(payment);
    let original = store::ledger::find(tx, source, EntryKind::Payment)?.ok_or_else(not_posted)?;
    let account = original.account_id.ok_or_else(not_posted)?;
    store::ledger::lock(tx, &[account])?;
    if let Some(earlier) = store::ledger::find(tx, source, EntryKind::PaymentReturn)? {
        return Ok(earlier.id);
    }
    let receipt = Receipt {
        amount: -original.receivable,
        into: place_of(tx, books, original.id, returned.from)?,
    };
    let standing = store::ledger::list_standing_of(tx, original.id)?;
    let on_debts: Money = standing.iter().map(|part| part.amount).sum();
    let event = Event {
        account,
        source,
        on: returned.on,
        memo: returned.memo.clone(),
    };
    free_credit(tx, books, &event, receipt.amount - on_debts, Vec::new())?;
    let entry = entries::payment_return(&books.chart, &event, receipt, original.id, &standing)?;
    post_one(tx, books, entry)
}

/// Pays out what is held for the customer, from where the money is. The key makes it safe to repeat.
///
/// # Errors
/// `NotHeld` when less is held.
pub fn refund_credit(
    tx: &mut Tx<'_>,
    books: &Books,
    event: &Event,
    amount: Money,
    from: Role,
) -> Result<EntryId, PostingError> {
    store::ledger::lock(tx, &[event.account])?;
    if let Some(earlier) = store::ledger::find(tx, event.source, EntryKind::Refund)? {
        return Ok(earlier.id);
    }
    let held = held_for(tx, event.account)?;
    if held < amount {
        return Err(PostingError::NotHeld { held });
    }
    let entry = entries::refund(&books.chart, event, amount, from)?;
    post_one(tx, books, entry)
}

/// Gives part of a payment back to where it came from. What of it stands on debts is taken off them first; what was held and is spent by now
/// comes off the debts that it paid, the newest first, and what was paid out is asked of the customer: the money is gone already, so that the
/// books never refuse it. Safe to repeat by the event's source.
///
/// # Errors
/// `NotPosted` where the payment is not in the ledger.
pub fn refund_payment(
    tx: &mut Tx<'_>,
    books: &Books,
    event: &Event,
    given: GivenBack,
) -> Result<EntryId, PostingError> {
    let GivenBack {
        payment, amount, ..
    } = given;
    let source = Source {
        kind: SourceKind::Payment,
        id: payment.0,
    };
    let original = store::ledger::find(tx, source, EntryKind::Payment)?
        .ok_or(PostingError::NotPosted(payment))?;
    store::ledger::lock(tx, &[event.account])?;
    if let Some(earlier) = store::ledger::find(tx, event.source, EntryKind::Refund)? {
        return Ok(earlier.id);
    }
    let from = place_of(tx, books, original.id, given.from)?;
    let parts = store::ledger::list_standing_of(tx, original.id)?;
    let own = parts
        .into_iter()
        .map(|part| Standing {
            credit: original.id,
            part,
        })
        .collect();
    free_credit(tx, books, event, amount, own)?;
    let entry = entries::refund(&books.chart, event, amount, from)?;
    post_one(tx, books, entry)
}

/// Takes back a bill, fee or charge whole. What was paid on it is held for the customer; [`crate::usecases::ledger::apply_held`] puts it elsewhere. Safe to repeat.
///
/// # Errors
/// `NotACharge` for an entry of another kind.
pub fn cancel_charge(
    tx: &mut Tx<'_>,
    books: &Books,
    entry: EntryId,
    on: NaiveDate,
    memo: Option<String>,
) -> Result<EntryId, PostingError> {
    let original = store::ledger::get(tx, entry)?;
    let account = original.account_id.ok_or(PostingError::NotACharge(entry))?;
    store::ledger::lock(tx, &[account])?;
    let source = Source {
        kind: SourceKind::Entry,
        id: entry.0,
    };
    if let Some(earlier) = store::ledger::find(tx, source, EntryKind::Cancellation)? {
        return Ok(earlier.id);
    }
    let postings = store::ledger::list_postings(tx, entry)?;
    if !is_charge(&original, &postings) {
        return Err(PostingError::NotACharge(entry));
    }
    let event = Event {
        account,
        source,
        on,
        memo,
    };
    let standing = store::ledger::list_standing_on(tx, entry)?;
    if standing.is_empty() {
        let given = credit_given(books, &postings);
        free_credit(tx, books, &event, given, Vec::new())?;
    } else {
        let release = entries::credit_release(&books.chart, &event, &standing, Money::ZERO, on)?;
        post_one(tx, books, release)?;
    }
    let debts = debts_of(entry, &postings);
    let cancellation = entries::cancellation(&books.chart, &event, entry, &postings, &debts)?;
    post_one(tx, books, cancellation)
}

/// Sees to it that so much is held for a customer: of what is held already, then these credits come off their debts, then others that were put
/// on debts after they were held, the newest first. What is still missing (it was paid out) is asked of the customer.
fn free_credit(
    tx: &mut Tx<'_>,
    books: &Books,
    event: &Event,
    needed: Money,
    mut standing: Vec<Standing>,
) -> Result<(), PostingError> {
    let missing = needed - held_for(tx, event.account)?;
    if !missing.is_positive() {
        return Ok(());
    }
    if sum_of(&standing) < missing {
        for credit in store::ledger::list_credit_applications(tx, event.account)? {
            let parts = store::ledger::list_standing_of(tx, credit)?;
            standing.extend(parts.into_iter().map(|part| Standing { credit, part }));
            if sum_of(&standing) >= missing {
                break;
            }
        }
    }
    let released = some_of(standing, missing);
    let owed = missing - sum_of(&released);
    let release = entries::credit_release(&books.chart, event, &released, owed, event.on)?;
    post_one(tx, books, release)?;
    Ok(())
}

fn sum_of(standing: &[Standing]) -> Money {
    standing.iter().map(|standing| standing.part.amount).sum()
}

/// The first of these credits that together come to an amount, the last of them in part.
fn some_of(standing: Vec<Standing>, amount: Money) -> Vec<Standing> {
    let mut left = amount.max(Money::ZERO);
    let take = |mut standing: Standing| {
        standing.part.amount = standing.part.amount.min(left);
        left -= standing.part.amount;
        standing
    };
    standing
        .into_iter()
        .map(take)
        .filter(|standing| standing.part.amount.is_positive())
        .collect()
}

/// Where money is taken from: where it is said to be, else where it was received.
fn place_of(
    tx: &mut Tx<'_>,
    books: &Books,
    entry: EntryId,
    said: Option<Role>,
) -> Result<Role, PostingError> {
    match said {
        Some(role) => Ok(role),
        None => received_into(tx, books, entry),
    }
}

/// Where the money of a payment was received: the one leg of its entry that is neither the customer's nor a fund's claim.
fn received_into(tx: &mut Tx<'_>, books: &Books, entry: EntryId) -> Result<Role, PostingError> {
    let postings = store::ledger::list_postings(tx, entry)?;
    let places = [
        Role::ProcessorClearing,
        Role::Bank,
        Role::CashDrawer,
        Role::LockboxClearing,
        Role::TerminalClearing,
    ];
    let found = places.into_iter().find(|role| {
        postings
            .iter()
            .any(|posting| posting.gl == *books.chart.code(*role))
    });
    Ok(found.ok_or(StoreError::Missing("leg of the money received"))?)
}

/// Whether the entry asked something of the customer, or, for a bill, might have.
fn is_charge(entry: &EntryRow, postings: &[Posting]) -> bool {
    let has_debts = postings.iter().any(|posting| posting.due_on.is_some());
    match entry.kind {
        EntryKind::Bill => true,
        EntryKind::LateFee | EntryKind::ReturnedPaymentFee | EntryKind::Adjustment => has_debts,
        EntryKind::Cancellation
        | EntryKind::Payment
        | EntryKind::PaymentReturn
        | EntryKind::PaymentReinstatement
        | EntryKind::CreditApplication
        | EntryKind::CreditRelease
        | EntryKind::Refund
        | EntryKind::ProcessorCost
        | EntryKind::Payout
        | EntryKind::PayoutReturn
        | EntryKind::DisputeWithheld
        | EntryKind::DisputeRestored => false,
    }
}

/// What a bill of less than nothing gave to the customer.
fn credit_given(books: &Books, postings: &[Posting]) -> Money {
    let credits = books.chart.code(Role::CustomerCredits);
    -postings
        .iter()
        .filter(|posting| posting.gl == *credits)
        .map(|posting| posting.amount)
        .sum::<Money>()
}

fn debts_of(entry: EntryId, postings: &[Posting]) -> Vec<Part> {
    (0_i32..)
        .zip(postings)
        .filter(|(_, posting)| posting.due_on.is_some())
        .map(|(position, posting)| Part {
            leg: LegId { entry, position },
            fund: posting.fund.clone(),
            amount: posting.amount,
        })
        .collect()
}
