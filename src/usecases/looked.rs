//! Looking at what would be posted before it counts: everything is done, told entry by entry, and taken back. Who confirms it hands back a seal of
//! what they saw, so that nothing else is posted.

use sha2::{Digest, Sha256};

use crate::domain::ids::{AccountId, EntryId};
use crate::domain::ledger::{EntryKind, Posting};
use crate::store;
use crate::store::db::Tx;
use crate::store::error::StoreError;

/// One entry of a preview.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// On which account.
    pub account: AccountId,
    /// What happens.
    pub kind: EntryKind,
    /// Its legs.
    pub postings: Vec<Posting>,
}

/// How accounts stand before something is posted on them.
pub(super) struct Look {
    accounts: Vec<AccountId>,
    before: EntryId,
    seal: Sha256,
}

impl Look {
    /// Notes what accounts, which are locked, owe and hold.
    pub(super) fn begin(tx: &mut Tx<'_>, accounts: Vec<AccountId>) -> Result<Self, StoreError> {
        let before = store::ledger::newest(tx, &accounts)?;
        let mut seal = Sha256::new();
        for account in &accounts {
            let balance = store::ledger::balance(tx, *account, None)?;
            let held = super::ledger::held_for(tx, *account)?;
            seal.update(format!("{account}:{}:{}\n", balance.cents(), held.cents()));
        }
        Ok(Self {
            accounts,
            before,
            seal,
        })
    }

    /// The newest entry of the accounts before anything was posted: what comes after it came meanwhile.
    pub(super) const fn since(&self) -> EntryId {
        self.before
    }

    /// What was posted on the accounts since, and the seal of it: what each owed before, and every leg.
    pub(super) fn end(mut self, tx: &mut Tx<'_>) -> Result<(Vec<Seen>, String), StoreError> {
        let posted = store::ledger::list_since(tx, &self.accounts, self.before)?;
        let mut entries: Vec<Seen> = Vec::with_capacity(posted.len());
        for (row, postings) in posted {
            let account = row.account_id.ok_or(StoreError::Missing("account"))?;
            self.seal.update(format!("{account}:{}\n", row.kind));
            for leg in &postings {
                self.seal.update(format!(
                    "{}:{}:{}:{:?}\n",
                    leg.fund,
                    leg.gl,
                    leg.amount.cents(),
                    leg.due_on
                ));
            }
            entries.push(Seen {
                account,
                kind: row.kind,
                postings,
            });
        }
        Ok((entries, hex::encode(self.seal.finalize())))
    }
}
