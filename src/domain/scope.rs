//! The accounts a signed-in customer may see, and what they may do there. Every query of the portal takes one, so that no page can show a
//! neighbor's account by mistake.

use chrono::NaiveDate;

use crate::domain::access::{Access, Right};
use crate::domain::ids::AccountId;

/// The accounts that one login holds today, as far as they are open to what is asked. Only the session makes one, from the login's rows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Scope {
    held: Vec<(AccountId, Access)>,
    right: Right,
    accounts: Vec<AccountId>,
    on: Option<NaiveDate>,
}

impl Scope {
    /// The scope of somebody whose accounts these are.
    #[must_use]
    pub fn of(accounts: impl IntoIterator<Item = AccountId>) -> Self {
        Self::held(accounts.into_iter().map(|id| (id, Access::Owner)))
    }

    /// The scope of somebody to whom these accounts are open so far; of an account named twice the most counts.
    #[must_use]
    pub fn held(accounts: impl IntoIterator<Item = (AccountId, Access)>) -> Self {
        let mut held: Vec<(AccountId, Access)> = accounts.into_iter().collect();
        held.sort_unstable_by(|a, b| b.cmp(a));
        held.dedup_by_key(|(id, _)| *id);
        held.reverse();
        let accounts = held.iter().map(|(id, _)| *id).collect();
        Self {
            held,
            right: Right::See,
            accounts,
            on: None,
        }
    }

    /// The same, as of a day.
    #[must_use]
    pub fn as_of(mut self, on: NaiveDate) -> Self {
        self.on = Some(on);
        self
    }

    /// The day on which it is looked at; nothing where it is of no day.
    #[must_use]
    pub const fn day(&self) -> Option<NaiveDate> {
        self.on
    }

    /// The same, narrowed to the accounts that give a right.
    #[must_use]
    pub fn with(&self, right: Right) -> Self {
        let open = self.held.iter().filter(|(_, access)| access.gives(right));
        Self {
            held: self.held.clone(),
            right,
            accounts: open.map(|(id, _)| *id).collect(),
            on: self.on,
        }
    }

    /// The accounts, in the order they were opened; for `eq_any` in a query.
    #[must_use]
    pub fn accounts(&self) -> &[AccountId] {
        &self.accounts
    }

    /// Whether the account is one of them.
    #[must_use]
    pub fn holds(&self, account: AccountId) -> bool {
        self.accounts.binary_search(&account).is_ok()
    }

    /// How far an account is open, whatever is asked.
    #[must_use]
    pub fn access(&self, account: AccountId) -> Option<Access> {
        let at = self.held.binary_search_by_key(&account, |(id, _)| *id);
        at.ok()
            .and_then(|at| self.held.get(at))
            .map(|(_, access)| *access)
    }

    /// Whether there are accounts, but none that gives what is asked.
    #[must_use]
    pub fn falls_short(&self) -> bool {
        self.accounts.is_empty() && !self.held.is_empty()
    }

    /// Whether the login holds one account and no other, whatever is asked.
    #[must_use]
    pub const fn is_of_one(&self) -> bool {
        self.held.len() == 1
    }

    /// Whether the login holds no account yet that gives what is asked.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.accounts.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_neighbors_account_is_not_in_scope() {
        let scope = Scope::of([AccountId(9), AccountId(4), AccountId(9)]);
        assert!(scope.holds(AccountId(4)) && !scope.holds(AccountId(5)));
        assert_eq!(scope.accounts(), [AccountId(4), AccountId(9)]);
        assert!(Scope::default().is_empty() && !Scope::default().falls_short());
    }

    #[test]
    fn a_right_narrows_it_to_the_accounts_that_give_it() {
        let held = [
            (AccountId(4), Access::Owner),
            (AccountId(7), Access::View),
            (AccountId(9), Access::Pay),
            (AccountId(7), Access::Pay),
        ];
        let scope = Scope::held(held);
        assert_eq!(scope.accounts().len(), 3);
        assert_eq!(
            scope.access(AccountId(7)),
            Some(Access::Pay),
            "the most counts"
        );
        let changed = scope.with(Right::Change);
        assert_eq!(changed.accounts(), [AccountId(4)]);
        assert!(!changed.holds(AccountId(9)) && changed.access(AccountId(9)).is_some());
        assert!(
            Scope::held([(AccountId(7), Access::View)])
                .with(Right::Pay)
                .falls_short()
        );
    }
}
