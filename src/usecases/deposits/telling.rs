//! Telling the customer what becomes of a deposit: in writing, by letter where there is no e-mail.

use crate::domain::access::Right;
use crate::domain::deposit_told::{DepositNews, DepositTold};
use crate::domain::ids::AccountId;
use crate::domain::notice::{Notice, Urgency};
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::usecases::notices;

/// Tells whoever owns an account.
///
/// # Errors
/// A fault of the store.
pub(super) fn tell(
    tx: &mut Tx<'_>,
    account: AccountId,
    news: &DepositNews,
) -> Result<(), StoreError> {
    let to_owner = (account, Right::Share);
    notices::tell_those(tx, to_owner, Urgency::MustReach, |reader| {
        Notice::Deposit(DepositTold {
            name: reader.name.clone(),
            account_number: reader.account_number.clone(),
            news: news.clone(),
        })
    })
}
