//! The accounts a signed-in customer may see. Every query of the portal takes one, so that no page can show a neighbor's account by mistake.

use crate::domain::ids::AccountId;

/// The accounts that one login holds today. Only the session makes one, from the login's rows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Scope {
    accounts: Vec<AccountId>,
}

impl Scope {
    /// The scope of these accounts.
    #[must_use]
    pub fn of(accounts: impl IntoIterator<Item = AccountId>) -> Self {
        let mut accounts: Vec<AccountId> = accounts.into_iter().collect();
        accounts.sort_unstable();
        accounts.dedup();
        Self { accounts }
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

    /// The account a page shows when none is asked for.
    #[must_use]
    pub fn first(&self) -> Option<AccountId> {
        self.accounts.first().copied()
    }

    /// Whether the login holds no account yet.
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
        assert!(Scope::default().is_empty());
    }
}
