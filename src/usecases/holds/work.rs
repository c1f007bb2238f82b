//! The work that the end of a hold makes: taken by somebody of the office, and answered with a few words. Where the policy lets nothing follow
//! before somebody has looked, the answer is what lets it.

use serde_json::json;

use crate::domain::ids::{HoldId, StaffId};
use crate::domain::staff::Permission;
use crate::store;
use crate::store::db::Tx;
use crate::store::holds::{self, HoldRow, reviews};
use crate::usecases::holds::{HoldError, audit, clock, some_words};

/// Gives the work of a hold's end to a member of staff, or back to whoever comes next.
///
/// # Errors
/// `NotAnOwner` for somebody who does not work holds, `NotYet`, `HasEnded` where it was answered, or a fault.
pub fn own(tx: &mut Tx<'_>, id: HoldId, owner: Option<StaffId>) -> Result<(), HoldError> {
    let row = open(tx, id)?;
    if let Some(owner) = owner {
        let member = store::staff::get(tx, owner)?;
        if !member.is_active || !member.role.may(Permission::PlaceHold) {
            return Err(HoldError::NotAnOwner(owner));
        }
    }
    if !reviews::mark_owner(tx, id, owner)? {
        return Err(HoldError::HasEnded);
    }
    let facts = json!({ "owner": owner });
    Ok(audit(tx, (row.account_id, id), "hold.assigned", facts)?)
}

/// Answers the work of a hold's end: what follows may follow.
///
/// # Errors
/// `WordsMissing`, `WordsTooLong`, `NotYet`, `HasEnded` where it was answered, or a fault.
pub fn answer(tx: &mut Tx<'_>, id: HoldId, words: &str) -> Result<(), HoldError> {
    let words = some_words(words)?;
    let row = open(tx, id)?;
    if !reviews::mark_closed(tx, id, words)? {
        return Err(HoldError::HasEnded);
    }
    let facts = json!({ "kind": row.kind });
    Ok(audit(tx, (row.account_id, id), "hold.answered", facts)?)
}

/// The hold, with its work raised where the clock has not come by yet; one that was lifted or renewed has none, nor one of which nobody is to be
/// told yet: an answer ahead of that would let follow what nobody has looked at.
fn open(tx: &mut Tx<'_>, id: HoldId) -> Result<HoldRow, HoldError> {
    let account = holds::get(tx, id)?.account_id;
    store::ledger::lock(tx, &[account])?;
    let row = holds::get(tx, id)?;
    let is_renewed = holds::list_renewed(tx, &[id])?.contains(&id);
    let until = row.span.until_on.filter(|_| row.lift.is_none());
    let until = until.filter(|_| !is_renewed).ok_or(HoldError::HasEnded)?;
    if reviews::list(tx, &[id])?.is_empty() {
        let from = row.remind_on.map_or(until, |day| day.min(until));
        if from > tx.stamp.on {
            return Err(HoldError::NotYet(from));
        }
        clock::raise(tx, std::slice::from_ref(&row))?;
    }
    Ok(row)
}
