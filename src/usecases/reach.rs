//! What must reach somebody: where the letter goes, and who looks for a way where there is none.

use std::collections::BTreeMap;

use serde_json::json;

use crate::domain::exceptions::{ExceptionKind, ExceptionReason};
use crate::domain::ids::AccountId;
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::store::exceptions::{self, NewException};
use crate::store::letter_addresses;
use crate::store::notices::Reader;

/// Whom letters to these accounts go to; with an empty address where none is known, so that the letter waits until somebody finds one out.
///
/// # Errors
/// A fault of the store.
pub(super) fn letter_readers(
    tx: &mut Tx<'_>,
    accounts: &[AccountId],
) -> Result<BTreeMap<AccountId, Reader>, StoreError> {
    let mut readers = BTreeMap::new();
    if accounts.is_empty() {
        return Ok(readers);
    }
    let on = tx.stamp.on;
    for (account, reader) in letter_addresses::list_all(tx, accounts, on)? {
        readers.entry(account).or_insert(reader);
    }
    Ok(readers)
}

/// Asks the office for a way to reach accounts to which there is none; each thing that is told is asked for once.
///
/// # Errors
/// A fault of the store.
pub(super) fn ask_for_help(
    tx: &mut Tx<'_>,
    unreached: &[(AccountId, String)],
) -> Result<(), StoreError> {
    let found = |(account, what): &(AccountId, String)| NewException {
        account_id: Some(*account),
        ..NewException::of(
            format!("unreached:{what}"),
            ExceptionKind::Delivery,
            ExceptionReason::Undelivered,
            json!({ "why": "nobody is known who could be told" }),
        )
    };
    let all: Vec<NewException> = unreached.iter().map(found).collect();
    exceptions::open_all(tx, &all)?;
    for (account, _) in unreached {
        tx.touch(*account);
    }
    Ok(())
}
