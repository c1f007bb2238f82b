//! Putting money that is held for an account on what it owes, where that was left when the money came.

use crate::domain::entries::Event;
use crate::domain::ids::AccountId;
use crate::domain::ledger::{EntryKind, Source, SourceKind};
use crate::domain::money::Money;
use crate::store;
use crate::store::db::Tx;
use crate::usecases::books;
use crate::usecases::corrections::{CorrectionError, record};
use crate::usecases::ledger::{apply_held, held_for};
use crate::usecases::orders::shutoffs::after_payments;

/// The reason that the trail keeps.
const REASON: &str = "applied";

/// Puts what is held for an account on what it owes, as the policy lays it out; how much that was. The same form again does nothing.
///
/// # Errors
/// `NotHeld` where nothing is held, `NotOwed` where nothing is owed, `KeyUsed` for a form of another account, or why the books refused.
pub fn apply_credit(
    tx: &mut Tx<'_>,
    account: AccountId,
    key: i64,
) -> Result<Money, CorrectionError> {
    let on = tx.stamp.on;
    let books = books::open(tx, on)?;
    store::ledger::lock(tx, &[account])?;
    let source = Source {
        kind: SourceKind::Adjustment,
        id: key,
    };
    if let Some(earlier) = store::ledger::find(tx, source, EntryKind::CreditApplication)? {
        return if earlier.account_id == Some(account) {
            Ok(Money::ZERO)
        } else {
            Err(CorrectionError::KeyUsed)
        };
    }
    let held = held_for(tx, account)?;
    if !held.is_positive() {
        return Err(CorrectionError::NotHeld { held });
    }
    let event = Event {
        account,
        source,
        on,
        memo: None,
    };
    apply_held(tx, &books, std::slice::from_ref(&event))?;
    let applied = held - held_for(tx, account)?;
    if !applied.is_positive() {
        return Err(CorrectionError::NotOwed { owed: Money::ZERO });
    }
    tx.touch(account);
    after_payments(tx, &[account])?;
    record(tx, (account, REASON), "credit.applied", applied)?;
    Ok(applied)
}
