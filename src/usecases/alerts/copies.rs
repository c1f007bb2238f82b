//! Copies of what is told when an account's money is overdue, for whoever said yes to them: the one place that says who gets them, and the link
//! in each that ends them.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use crate::domain::ids::AccountId;
use crate::domain::money::Money;
use crate::domain::notice::{Channel, DebtTold, Notice, SharingNews};
use crate::store::alerts::list_failing;
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::store::labels;
use crate::store::notices::{Addressee, NewNotice};
use crate::store::outbox::Left;
use crate::store::sharing::{self, CopyReader};
use crate::usecases::accounts::people::{self, PeopleError};
use crate::usecases::guests::{record, tell_owners};

/// Who gets copies for some accounts, and whose account each is.
pub(in crate::usecases) struct Copies(HashMap<AccountId, Vec<(CopyReader, String)>>);

impl Copies {
    /// Nobody: what is told is no news of overdue money.
    pub(in crate::usecases) fn none() -> Self {
        Self(HashMap::new())
    }

    /// Reads them; addresses where mail comes back get none. Three queries.
    ///
    /// # Errors
    /// A fault of the store.
    pub(in crate::usecases) fn read(
        tx: &mut Tx<'_>,
        accounts: &[AccountId],
    ) -> Result<Self, StoreError> {
        let on = tx.stamp.on;
        let readers = sharing::list_copy_readers(tx, accounts, on)?;
        let ids: Vec<AccountId> = readers.iter().map(|reader| reader.account_id).collect();
        if ids.is_empty() {
            return Ok(Self::none());
        }
        let names = labels::of_accounts(tx, &ids, on)?;
        let addresses: Vec<String> = readers.iter().map(address).collect();
        let failing: HashSet<String> = list_failing(tx, Channel::Email, &addresses)?;
        let mut of: HashMap<AccountId, Vec<(CopyReader, String)>> = HashMap::new();
        for reader in readers {
            if failing.contains(&address(&reader)) {
                continue;
            }
            let name = names
                .get(&reader.account_id)
                .map(|label| label.name.clone());
            let known = of.entry(reader.account_id).or_default();
            known.push((reader, name.unwrap_or_default()));
        }
        Ok(Self(of))
    }

    /// One copy for each reader of an account. `what` names the event: each reader is told of it once.
    pub(in crate::usecases) fn of(
        &self,
        account: AccountId,
        what: &str,
        (amount, due_on): (Money, NaiveDate),
    ) -> Vec<NewNotice> {
        let readers = self.0.get(&account).into_iter().flatten();
        let copy = |(reader, of): &(CopyReader, String)| {
            let to = Addressee::by_email(&reader.email, reader.language).of_account(account);
            let notice = Notice::PastDueCopy {
                told: DebtTold {
                    name: reader.name.clone(),
                    account_number: reader.account_number.clone(),
                    amount,
                    due_on,
                    bill: None,
                    is_guest: true,
                },
                of: of.clone(),
            };
            let key = format!("past_due_copy:{what}:{}", reader.part);
            NewNotice::once(to, notice, key)
        };
        readers.map(copy).collect()
    }
}

fn address(reader: &CopyReader) -> String {
    reader.email.to_lowercase()
}

/// Ends the copies of whoever got this one, by their own wish; whose account it is learns of it. Safe to repeat.
///
/// # Errors
/// A fault of the store.
pub(super) fn leave(tx: &mut Tx<'_>, left: &Left) -> Result<(), StoreError> {
    let (Some(account), on) = (left.account_id, tx.stamp.on) else {
        return Ok(());
    };
    for reader in sharing::list_copy_readers(tx, &[account], on)? {
        let is_theirs = reader.email.eq_ignore_ascii_case(&left.recipient);
        if !is_theirs || reader.until_on.is_some() {
            continue;
        }
        people::end_part(tx, account, reader.part, on).map_err(PeopleError::fault)?;
        tell_owners(tx, account, &reader.name, &SharingNews::CopiesLeft)?;
        let facts = serde_json::json!({ "part": reader.part });
        record(tx, account, "sharing.copies_left", facts)?;
    }
    Ok(())
}
