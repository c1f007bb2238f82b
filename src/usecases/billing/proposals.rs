//! Canceling a bill and billing its period again, where whoever finds that it is wrong may not do it alone: proposed with a reason, seen by a
//! second person as it stands on the day of their word, and carried out or refused by them.

use serde_json::json;

use crate::domain::corrections::CorrectionStatus;
use crate::domain::ids::{AccountId, BillId, BillNumber};
use crate::store;
use crate::store::audit::{self, Deed};
use crate::store::bills;
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::store::rebill_proposals::{self, RebillRow};
use crate::usecases::billing::rebill::{RebillError, cancel_and_rebill, plan};

/// The longest reason, in characters.
pub const LONGEST: usize = 2_000;

/// Why nothing was proposed or decided.
#[derive(Debug, thiserror::Error)]
pub enum ProposalError {
    /// Why is not said.
    #[error("a few words are needed")]
    WordsMissing,
    /// More words than are kept.
    #[error("at most {0} letters")]
    WordsTooLong(usize),
    /// What this person proposed waits already.
    #[error("what {0} proposed waits for a second person")]
    Waits(String),
    /// Nobody is their own second person; and nobody gives up what somebody else proposed.
    #[error("{0} proposed it")]
    SamePerson(String),
    /// Nothing waits any more.
    #[error("nothing waits any more")]
    Moved,
    /// The bills could not be made, or come to something else by now.
    #[error(transparent)]
    Rebill(#[from] RebillError),
    /// A fault.
    #[error(transparent)]
    Fault(#[from] StoreError),
}

/// Lets it wait for a second person, as it was looked at. The same proposal again is the same one.
///
/// # Errors
/// `WordsMissing`, `WordsTooLong`, `Waits` where another waits; `Rebill` with `Changed` where the seal is not that of what it comes to now, or
/// with why the period cannot be billed again.
pub fn propose(
    tx: &mut Tx<'_>,
    bill: BillId,
    reason: &str,
    seal: &str,
) -> Result<(), ProposalError> {
    let reason = checked(reason)?;
    let account = held(tx, bill)?;
    if let Some(waits) = rebill_proposals::find_waiting(tx, bill)? {
        let is_own = tx.stamp.by.is_person(waits.made_by_id, &waits.made_by);
        return if is_own && waits.reason == reason {
            Ok(())
        } else {
            Err(ProposalError::Waits(waits.made_by))
        };
    }
    let on = tx.stamp.on;
    let plan = plan(tx, bill, on)?;
    if !plan.is_possible() {
        return Err(RebillError::Held.into());
    }
    if plan.seal() != seal {
        return Err(RebillError::Changed.into());
    }
    let difference = plan.difference();
    rebill_proposals::insert(tx, (bill, account), difference, reason)?;
    let facts = json!({ "cents": difference, "reason": reason });
    Ok(record(tx, (bill, account), "bill.rebill_proposed", facts)?)
}

/// Carries out what waits, as the second person saw it.
///
/// # Errors
/// `Moved` where nothing waits, `SamePerson`; `Rebill` with `Changed` where the seal is not that of what it comes to now, or with why it was refused.
pub fn approve(
    tx: &mut Tx<'_>,
    bill: BillId,
    seal: &str,
) -> Result<Vec<BillNumber>, ProposalError> {
    let account = held(tx, bill)?;
    let waits = waiting(tx, bill)?;
    not_alone(tx, &waits)?;
    let by = tx.stamp.by.name_beside(&waits.made_by);
    rebill_proposals::mark_decided(tx, waits.id, CorrectionStatus::Posted, (&by, ""))?;
    let facts = json!({ "proposed_by": waits.made_by });
    record(tx, (bill, account), "bill.rebill_approved", facts)?;
    Ok(cancel_and_rebill(tx, bill, &waits.reason, seal)?)
}

/// Refuses what waits, with the reason.
///
/// # Errors
/// `Moved` where nothing waits, `SamePerson`, `WordsMissing`, `WordsTooLong`, or a fault.
pub fn refuse(tx: &mut Tx<'_>, bill: BillId, words: &str) -> Result<(), ProposalError> {
    let account = held(tx, bill)?;
    let waits = waiting(tx, bill)?;
    not_alone(tx, &waits)?;
    let words = checked(words)?;
    let by = tx.stamp.by.name_beside(&waits.made_by);
    rebill_proposals::mark_decided(tx, waits.id, CorrectionStatus::Refused, (&by, words))?;
    let facts = json!({ "proposed_by": waits.made_by });
    Ok(record(tx, (bill, account), "bill.rebill_refused", facts)?)
}

/// Gives up what one proposed oneself.
///
/// # Errors
/// `Moved` where nothing waits, `SamePerson` where somebody else proposed it, or a fault.
pub fn withdraw(tx: &mut Tx<'_>, bill: BillId) -> Result<(), ProposalError> {
    held(tx, bill)?;
    let waits = waiting(tx, bill)?;
    if !tx.stamp.by.is_person(waits.made_by_id, &waits.made_by) {
        return Err(ProposalError::SamePerson(waits.made_by));
    }
    Ok(give_up(tx, bill)?)
}

/// Gives up what waits for a bill that is taken back otherwise.
pub(in crate::usecases) fn give_up(tx: &mut Tx<'_>, bill: BillId) -> Result<(), StoreError> {
    let Some(waits) = rebill_proposals::find_waiting(tx, bill)? else {
        return Ok(());
    };
    let by = tx.stamp.by.name.clone();
    rebill_proposals::mark_decided(tx, waits.id, CorrectionStatus::Withdrawn, (&by, ""))?;
    let facts = json!({ "proposed_by": waits.made_by });
    let about = (bill, waits.account_id);
    record(tx, about, "bill.rebill_withdrawn", facts)
}

/// Whose bill it is, the account held: two people who decide at the same time do it one after the other.
fn held(tx: &mut Tx<'_>, bill: BillId) -> Result<AccountId, StoreError> {
    let account = bills::get(tx, bill)?.account_id;
    store::ledger::lock(tx, &[account])?;
    Ok(account)
}

fn waiting(tx: &mut Tx<'_>, bill: BillId) -> Result<RebillRow, ProposalError> {
    rebill_proposals::find_waiting(tx, bill)?.ok_or(ProposalError::Moved)
}

fn not_alone(tx: &Tx<'_>, waits: &RebillRow) -> Result<(), ProposalError> {
    if tx.stamp.by.is_person(waits.made_by_id, &waits.made_by) {
        return Err(ProposalError::SamePerson(waits.made_by.clone()));
    }
    Ok(())
}

fn checked(words: &str) -> Result<&str, ProposalError> {
    let words = words.trim();
    if words.is_empty() {
        return Err(ProposalError::WordsMissing);
    }
    if words.chars().count() > LONGEST {
        return Err(ProposalError::WordsTooLong(LONGEST));
    }
    Ok(words)
}

fn record(
    tx: &mut Tx<'_>,
    (bill, account): (BillId, AccountId),
    action: &str,
    facts: serde_json::Value,
) -> Result<(), StoreError> {
    let deed = Deed {
        action,
        subject_kind: "bill",
        subject_id: BillNumber::of(bill.0).to_string(),
        account_id: Some(account),
        facts,
    };
    audit::insert(tx, &deed)?;
    tx.touch(account);
    Ok(())
}
