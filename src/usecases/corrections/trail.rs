//! What the trail keeps of corrections: what somebody decided is added up by it.

use serde_json::{Value, json};

use crate::domain::corrections::Correction;
use crate::domain::ids::AccountId;
use crate::domain::money::Money;
use crate::store;
use crate::store::audit::Deed;
use crate::store::db::Tx;
use crate::store::error::StoreError;

/// Records what was done.
pub(super) fn record(
    tx: &mut Tx<'_>,
    (account, reason): (AccountId, &str),
    action: &str,
    amount: Money,
) -> Result<(), StoreError> {
    let facts = json!({"cents": amount, "reason": reason});
    write(tx, account, action, facts)
}

/// Records what was posted. What reverses another says of which kind that was: it counts toward the limit of it.
pub(super) fn record_posted(
    tx: &mut Tx<'_>,
    (account, reason): (AccountId, &str),
    correction: &Correction,
    amount: Money,
) -> Result<(), StoreError> {
    let action = correction.verb();
    if correction.reverses().is_none() {
        return record(tx, (account, reason), action, amount);
    }
    let facts = json!({"cents": amount, "reason": reason, "kind": correction.kind()});
    write(tx, account, action, facts)
}

fn write(
    tx: &mut Tx<'_>,
    account: AccountId,
    action: &str,
    facts: Value,
) -> Result<(), StoreError> {
    let number = store::accounts::get(tx, account)?.number;
    let deed = Deed {
        action,
        subject_kind: "account",
        subject_id: number.to_string(),
        account_id: Some(account),
        facts,
    };
    store::audit::insert(tx, &deed)
}
