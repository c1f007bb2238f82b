//! Taking an issued bill back: the bill stays as it is, new rows answer it. Payments stay too: what was paid on it is put on what else is
//! owed, and the rest is held for the next bill. A late fee that was charged on it goes with it,
//! what was in dispute of it is settled, and what was proposed about it is given up.

use serde_json::json;

use crate::domain::entries::Event;
use crate::domain::ids::{BillId, EntryId};
use crate::domain::ledger::{EntryKind, Source, SourceKind};
use crate::store;
use crate::store::audit::{self, Deed};
use crate::store::bill_cancellations;
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::usecases::billing::proposals;
use crate::usecases::books::{self, Books};
use crate::usecases::budget_plans;
use crate::usecases::disputes;
use crate::usecases::ledger::{PostingError, apply_held};
use crate::usecases::orders::shutoffs::after_payments;
use crate::usecases::reversals::cancel_charge;

/// Why a bill was not canceled.
#[derive(Debug, thiserror::Error)]
pub enum CancellationError {
    /// Only an issued bill is in the ledger; a draft is voided.
    #[error("the bill was not issued")]
    NotIssued,
    /// A cancellation says why.
    #[error("a cancellation needs a reason")]
    NoReason,
    /// The ledger refused.
    #[error(transparent)]
    Posting(#[from] PostingError),
    /// The database.
    #[error(transparent)]
    Fault(#[from] StoreError),
}

/// Cancels an issued bill as of the day of the transaction. Safe to repeat: a bill is canceled once.
///
/// # Errors
/// `NotIssued` for a draft or voided bill, `NoReason` without a reason.
pub fn cancel_bill(
    tx: &mut Tx<'_>,
    bill: BillId,
    reason: &str,
) -> Result<EntryId, CancellationError> {
    if let Some(earlier) = bill_cancellations::find(tx, bill)? {
        return Ok(earlier);
    }
    let on = tx.stamp.on;
    let books = books::open(tx, on).map_err(PostingError::from)?;
    let taken = take_back(tx, &books, bill, reason)?;
    apply_held(tx, &books, std::slice::from_ref(&taken.event))?;
    after_payments(tx, &[taken.event.account])?;
    Ok(taken.entry)
}

/// A bill that was taken back.
pub(crate) struct TakenBack {
    entry: EntryId,
    event: Event,
}

/// Cancels an issued bill and leaves what was paid on it held for the customer.
pub(crate) fn take_back(
    tx: &mut Tx<'_>,
    books: &Books,
    bill: BillId,
    reason: &str,
) -> Result<TakenBack, CancellationError> {
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(CancellationError::NoReason);
    }
    let source = Source {
        kind: SourceKind::Bill,
        id: bill.0,
    };
    let billed =
        store::ledger::find(tx, source, EntryKind::Bill)?.ok_or(CancellationError::NotIssued)?;
    let account = billed.account_id.ok_or(CancellationError::NotIssued)?;
    let on = tx.stamp.on;
    let of_entry = Source {
        kind: SourceKind::Entry,
        id: billed.id.0,
    };
    if let Some(fee) = store::ledger::find(tx, of_entry, EntryKind::LateFee)? {
        cancel_charge(tx, books, fee.id, on, Some(reason.to_owned()))?;
        // One that was waived, and asked for again since, stands by another entry.
        if let Some(again) = store::corrections::find_asked_again(tx, account, fee.id)? {
            cancel_charge(tx, books, again, on, Some(reason.to_owned()))?;
        }
    }
    let entry = cancel_charge(tx, books, billed.id, on, Some(reason.to_owned()))?;
    bill_cancellations::insert(tx, bill, entry, reason)?;
    budget_plans::settle_leftover(tx, books, account)?;
    store::exceptions::mark_bill_answered(tx, bill, reason)?;
    disputes::end_canceled(tx, bill)?;
    proposals::give_up(tx, bill)?;
    store::print::waiting::end_bill(tx, bill)?;
    audit::insert(
        tx,
        &Deed {
            action: "bill.canceled",
            subject_kind: "bill",
            subject_id: bill.to_string(),
            account_id: Some(account),
            facts: json!({ "entry": entry, "cents": billed.receivable.cents(), "reason": reason }),
        },
    )?;
    let event = Event {
        account,
        source: of_entry,
        on,
        memo: None,
    };
    Ok(TakenBack { entry, event })
}
