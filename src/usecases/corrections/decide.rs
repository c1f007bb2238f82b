//! The second person's word on a correction that waits, and the first one's second thoughts.

use crate::domain::corrections::CorrectionStatus;
use crate::domain::customers::Language;
use crate::domain::ids::{AccountId, CorrectionId};
use crate::domain::staff::Role;
use crate::store;
use crate::store::corrections::CorrectionRow;
use crate::store::db::Tx;
use crate::usecases::books;
use crate::usecases::corrections::{
    CorrectionError, Order, carry_out, decided, record, record_posted, rules, touched,
};
use crate::usecases::orders::shutoffs::after_payments;

/// Posts a correction that waits, exactly as it was seen. Without a seal it only tells what would be posted now.
///
/// # Errors
/// `Looked` without a seal; `SamePerson`, `OverLimit`, `Decided`; `Changed` where something else would be posted than was sealed; else why the
/// correction is refused as things stand now.
pub fn approve(
    tx: &mut Tx<'_>,
    id: CorrectionId,
    (role, language): (Role, Language),
    seal: Option<&str>,
) -> Result<(), CorrectionError> {
    let row = waiting(tx, id)?;
    let (correction, order) = (row.correction()?, order_of(&row, role, language));
    let (entry, preview) = carry_out(tx, &order, &correction)?;
    let Some(seal) = seal else {
        return Err(CorrectionError::Looked(preview));
    };
    if tx.stamp.by.is_person(row.made_by_id, &row.made_by) {
        return Err(CorrectionError::SamePerson(row.made_by));
    }
    let on = tx.stamp.on;
    let policy = books::corrections_on(tx, on)?;
    let rules = rules(&policy, row.kind)?;
    let decided = decided(tx, row.account_id, row.kind)?;
    if !rules.is_within(role, preview.amount, decided) {
        let most = rules.limit(role).unwrap_or_default();
        return Err(CorrectionError::OverLimit { most, decided });
    }
    if seal != preview.seal {
        return Err(CorrectionError::Changed(preview));
    }
    let by = tx.stamp.by.name_beside(&row.made_by);
    let outcome = (CorrectionStatus::Posted, Some(entry), preview.amount);
    store::corrections::mark_decided(tx, id, outcome, (&by, ""))?;
    after_payments(tx, &touched(&order, &correction))?;
    record_posted(
        tx,
        (row.account_id, &row.reason),
        &correction,
        preview.amount,
    )?;
    Ok(())
}

/// Refuses a correction that waits, with the reason in words.
///
/// # Errors
/// `SamePerson`, `Decided`, `NoteMissing`, or a fault.
pub fn refuse(tx: &mut Tx<'_>, id: CorrectionId, words: &str) -> Result<(), CorrectionError> {
    let row = waiting(tx, id)?;
    if tx.stamp.by.is_person(row.made_by_id, &row.made_by) {
        return Err(CorrectionError::SamePerson(row.made_by));
    }
    if words.trim().is_empty() {
        return Err(CorrectionError::NoteMissing);
    }
    let by = tx.stamp.by.name_beside(&row.made_by);
    let outcome = (CorrectionStatus::Refused, None, row.amount);
    store::corrections::mark_decided(tx, id, outcome, (&by, words.trim()))?;
    told(tx, &row, "correction.refused")
}

/// Gives up a correction that one ordered oneself.
///
/// # Errors
/// `SamePerson` where somebody else ordered it, `Decided`, or a fault.
pub fn withdraw(tx: &mut Tx<'_>, id: CorrectionId) -> Result<(), CorrectionError> {
    let row = waiting(tx, id)?;
    if !tx.stamp.by.is_person(row.made_by_id, &row.made_by) {
        return Err(CorrectionError::SamePerson(row.made_by));
    }
    let by = tx.stamp.by.name.clone();
    let outcome = (CorrectionStatus::Withdrawn, None, row.amount);
    store::corrections::mark_decided(tx, id, outcome, (&by, ""))?;
    told(tx, &row, "correction.withdrawn")
}

fn told(tx: &mut Tx<'_>, row: &CorrectionRow, action: &str) -> Result<(), CorrectionError> {
    record(tx, (row.account_id, &row.reason), action, row.amount)?;
    tx.touch(row.account_id);
    Ok(())
}

fn waiting(tx: &mut Tx<'_>, id: CorrectionId) -> Result<CorrectionRow, CorrectionError> {
    let row = store::corrections::get(tx, id)?;
    // Two people who decide at the same time do it one after the other. Both accounts are held at once, in the order in which everybody holds them.
    let accounts: Vec<AccountId> = std::iter::once(row.account_id)
        .chain(row.other_account_id)
        .collect();
    store::ledger::lock(tx, &accounts)?;
    let row = store::corrections::get(tx, id)?;
    match row.status {
        CorrectionStatus::Proposed => Ok(row),
        CorrectionStatus::Posted | CorrectionStatus::Refused | CorrectionStatus::Withdrawn => {
            Err(CorrectionError::Decided(row.status))
        }
    }
}

fn order_of(row: &CorrectionRow, role: Role, language: Language) -> Order {
    Order {
        account: row.account_id,
        reason: row.reason.clone(),
        note: row.note.clone(),
        role,
        language,
        key: row.request_key,
    }
}
