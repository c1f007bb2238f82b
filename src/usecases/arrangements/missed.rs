//! What follows when an installment was missed for good, as the policy says: a notice at the door, or a shut-off that the rules still have to allow
//! on its day. Nobody goes to whom a hold keeps the shut-off away from.

use crate::domain::arrangement_policy::Missed;
use crate::domain::holds::HoldStop;
use crate::domain::ids::AccountId;
use crate::domain::orders::{Slot, Urgency};
use crate::store::arrangements::ArrangementRow;
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::store::holds;
use crate::usecases::arrangements::{ArrangementError, policy};
use crate::usecases::orders::{NewOrder, fault, make, places};

/// What the policy of the day says of missed installments.
pub(super) fn law(tx: &mut Tx<'_>) -> Result<Missed, StoreError> {
    let on = tx.stamp.on;
    match policy(tx, on) {
        Ok((_, policy)) => Ok(policy.missed),
        Err(ArrangementError::Fault(fault)) => Err(fault),
        Err(other) => Err(StoreError::Unreadable(other.to_string())),
    }
}

/// Makes the order that follows from each of these, which broke today: once for each.
pub(super) fn follow(
    tx: &mut Tx<'_>,
    broken: &[ArrangementRow],
    missed: Missed,
) -> Result<(), StoreError> {
    let Some(kind) = missed.next_order.filter(|_| !broken.is_empty()) else {
        return Ok(());
    };
    let on = tx.stamp.on;
    let accounts: Vec<AccountId> = broken.iter().map(|row| row.account_id).collect();
    let protected = holds::stopped(tx, &accounts, (HoldStop::ShutOff, on))?;
    for row in broken.iter().filter(|row| !protected.is(row.account_id)) {
        for (premise, point) in places::own(tx, (row.account_id, None), on)? {
            let new = NewOrder {
                key: format!("missed-{}-{premise}", row.id),
                kind,
                urgency: Urgency::Standard,
                account: row.account_id,
                premise: Some(premise),
                point,
                request: None,
                follows: None,
                instructions: row.number.to_string(),
                on: None,
                slot: Slot::AllDay,
            };
            make(tx, &new).map_err(fault)?;
        }
    }
    Ok(())
}
