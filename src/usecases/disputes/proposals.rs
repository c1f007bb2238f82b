//! Outcomes of a dispute that give more than one person decides, or that their job does not carry: proposed by one, decided by another, and then carried out as they stand on that
//! day, or back with whoever works the dispute.

use serde_json::json;

use crate::domain::corrections::CorrectionStatus;
use crate::domain::customers::Language;
use crate::domain::ids::{BillNumber, RequestId};
use crate::domain::money::Money;
use crate::domain::staff::Role;
use crate::store;
use crate::store::db::Tx;
use crate::store::dispute_proposals::{self, NewProposal, ProposalRow};
use crate::store::error::StoreError;
use crate::store::requests::RequestRow;
use crate::usecases::billing::rebill::Plan;
use crate::usecases::corrections::{CorrectionError, Decides};
use crate::usecases::disputes::outcomes::{Order, RemedyError, carry_out_as, look};
use crate::usecases::requests::{self, RequestError};

/// Lets an outcome wait for a second person, as it was looked at. The dispute stays open, and what is in dispute out of reach. The same proposal
/// again is the same one.
///
/// # Errors
/// `Looked` where the seal is not that of what it comes to now, `Waits` where another waits; else why it was refused.
pub fn propose(tx: &mut Tx<'_>, order: &Order) -> Result<(), RemedyError> {
    let words = requests::checked(&order.words)?.ok_or(RequestError::WordsMissing)?;
    let row = held(tx, order.request)?;
    let dispute = store::disputes::find(tx, row.id)?.ok_or(StoreError::Missing("dispute"))?;
    let on = tx.stamp.on;
    let looked = look(tx, &dispute, (order.remedy, order.amount), on)?;
    if looked.seal() != order.seal {
        return Err(RemedyError::Looked(Box::new(looked)));
    }
    if let Some(waits) = dispute_proposals::find_waiting(tx, row.id)? {
        let is_same = waits.remedy == order.remedy && waits.chosen == order.amount;
        let is_own = tx.stamp.by.is_person(waits.made_by_id, &waits.made_by);
        return if is_same && is_own && waits.words == words {
            Ok(())
        } else {
            Err(RemedyError::Waits(waits.made_by))
        };
    }
    let new = NewProposal {
        request: row.id,
        remedy: order.remedy,
        chosen: order.amount,
        credit: looked.credit(),
        difference: looked.plan.as_ref().map_or(Money::ZERO, Plan::difference),
        words,
    };
    dispute_proposals::insert(tx, &new)?;
    requests::take_if_free(tx, &row)?;
    let facts = json!({ "remedy": order.remedy, "cents": looked.credit() });
    Ok(requests::audit(tx, &row, "dispute.proposed", facts)?)
}

/// Carries out what waits, as the second person saw it, within what their job decides.
///
/// # Errors
/// `Looked` where the seal is not that of what it comes to now; `Correction` with `SamePerson` or `OverLimit`; `Moved` where nothing waits any more;
/// else why it was refused.
pub fn approve(
    tx: &mut Tx<'_>,
    request: RequestId,
    (role, language): (Role, Language),
    seal: &str,
) -> Result<Vec<BillNumber>, RemedyError> {
    let row = held(tx, request)?;
    let waits = waiting(tx, &row)?;
    not_alone(tx, &waits)?;
    let by = tx.stamp.by.name_beside(&waits.made_by);
    dispute_proposals::mark_decided(tx, waits.id, CorrectionStatus::Posted, (&by, ""))?;
    let facts = json!({ "remedy": waits.remedy, "proposed_by": waits.made_by });
    requests::audit(tx, &row, "dispute.approved", facts)?;
    let order = Order {
        request,
        remedy: waits.remedy,
        amount: waits.chosen,
        words: waits.words,
        seal: seal.to_owned(),
        role,
        language,
    };
    carry_out_as(tx, &order, Decides::AsSecond)
}

/// Refuses what waits, with the reason: the dispute is back with whoever works it.
///
/// # Errors
/// `Correction` with `SamePerson` or `NoteMissing`; `Moved` where nothing waits any more; or a fault.
pub fn refuse(tx: &mut Tx<'_>, request: RequestId, words: &str) -> Result<(), RemedyError> {
    let row = held(tx, request)?;
    let waits = waiting(tx, &row)?;
    not_alone(tx, &waits)?;
    let words = requests::checked(words)?.ok_or(CorrectionError::NoteMissing)?;
    let by = tx.stamp.by.name_beside(&waits.made_by);
    dispute_proposals::mark_decided(tx, waits.id, CorrectionStatus::Refused, (&by, words))?;
    let facts = json!({ "remedy": waits.remedy, "proposed_by": waits.made_by });
    Ok(requests::audit(
        tx,
        &row,
        "dispute.proposal_refused",
        facts,
    )?)
}

/// Gives up what one proposed oneself.
///
/// # Errors
/// `Correction` with `SamePerson` where somebody else proposed it; `Moved` where nothing waits any more; or a fault.
pub fn withdraw(tx: &mut Tx<'_>, request: RequestId) -> Result<(), RemedyError> {
    let row = held(tx, request)?;
    let waits = waiting(tx, &row)?;
    if !tx.stamp.by.is_person(waits.made_by_id, &waits.made_by) {
        return Err(CorrectionError::SamePerson(waits.made_by).into());
    }
    Ok(give_up(tx, &row)?)
}

/// Gives up what waits for a dispute that ends otherwise.
pub(super) fn give_up(tx: &mut Tx<'_>, row: &RequestRow) -> Result<(), StoreError> {
    let Some(waits) = dispute_proposals::find_waiting(tx, row.id)? else {
        return Ok(());
    };
    let by = tx.stamp.by.name.clone();
    dispute_proposals::mark_decided(tx, waits.id, CorrectionStatus::Withdrawn, (&by, ""))?;
    let facts = json!({ "remedy": waits.remedy, "proposed_by": waits.made_by });
    requests::audit(tx, row, "dispute.proposal_withdrawn", facts)
}

/// The open request, held with its account: two people who decide at the same time do it one after the other.
fn held(tx: &mut Tx<'_>, request: RequestId) -> Result<RequestRow, RemedyError> {
    let row = requests::open(tx, request)?;
    store::ledger::lock(tx, &[row.account_id])?;
    Ok(requests::open(tx, request)?)
}

fn waiting(tx: &mut Tx<'_>, row: &RequestRow) -> Result<ProposalRow, RemedyError> {
    let found = dispute_proposals::find_waiting(tx, row.id)?;
    Ok(found.ok_or(RequestError::Moved)?)
}

fn not_alone(tx: &Tx<'_>, waits: &ProposalRow) -> Result<(), CorrectionError> {
    if tx.stamp.by.is_person(waits.made_by_id, &waits.made_by) {
        return Err(CorrectionError::SamePerson(waits.made_by.clone()));
    }
    Ok(())
}
