//! What was written off is owed again when money comes that nothing else is owed for: by so much, to the funds that bore it.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::domain::allocation::OpenLeg;
use crate::domain::entries::{Event, by_hand};
use crate::domain::gl::FundCode;
use crate::domain::ids::AccountId;
use crate::domain::ledger::{Source, SourceKind};
use crate::domain::money::Money;
use crate::store;
use crate::store::db::Tx;
use crate::usecases::books::Books;
use crate::usecases::ledger::{PostingError, post_one};

/// Money that is about to be put on an account's debts.
#[derive(Debug, Clone, Copy)]
pub(super) struct Coming {
    /// Whose.
    pub account: AccountId,
    /// The civil day it counts from.
    pub on: NaiveDate,
    /// How much.
    pub amount: Money,
}

/// Asks again for what was written off on the accounts to which more comes than they owe. Whether it did for any: what they owe is then to
/// be read anew. One query where nothing was written off.
pub(super) fn reinstate(
    tx: &mut Tx<'_>,
    books: &Books,
    coming: &[Coming],
    owed: &BTreeMap<AccountId, Vec<OpenLeg>>,
) -> Result<bool, PostingError> {
    let mut by_account: BTreeMap<AccountId, Coming> = BTreeMap::new();
    for money in coming {
        let sum = by_account.entry(money.account).or_insert(Coming {
            amount: Money::ZERO,
            ..*money
        });
        sum.amount += money.amount;
    }
    let accounts: Vec<AccountId> = by_account.keys().copied().collect();
    let given_up = store::write_offs::list_given_up(tx, &accounts)?;
    let mut is_any = false;
    for (account, shares) in given_up {
        let Some(money) = by_account.get(&account) else {
            continue;
        };
        let legs = owed.get(&account).map(Vec::as_slice).unwrap_or_default();
        let owes: Money = legs.iter().map(|leg| leg.remaining).sum();
        let shares = shares_of(shares, money.amount - owes);
        if shares.is_empty() {
            continue;
        }
        ask_again(tx, books, (account, money.on), &shares)?;
        is_any = true;
    }
    Ok(is_any)
}

/// So much of each fund's share as comes to an amount, in proportion.
fn shares_of(shares: Vec<(FundCode, Money)>, amount: Money) -> Vec<(FundCode, Money)> {
    let whole: Money = shares.iter().map(|(_, share)| *share).sum();
    if !amount.is_positive() {
        return Vec::new();
    }
    if amount >= whole {
        return shares;
    }
    let weights: Vec<u64> = shares
        .iter()
        .map(|(_, share)| share.cents().unsigned_abs())
        .collect();
    shares
        .into_iter()
        .zip(amount.split(&weights))
        .map(|((fund, _), part)| (fund, part))
        .filter(|(_, part)| part.is_positive())
        .collect()
}

fn ask_again(
    tx: &mut Tx<'_>,
    books: &Books,
    (account, on): (AccountId, NaiveDate),
    shares: &[(FundCode, Money)],
) -> Result<(), PostingError> {
    // Each recovery follows an entry of the account that none followed yet: its own is the newest from then on.
    let newest = store::ledger::newest(tx, &[account])?;
    let event = Event {
        account,
        source: Source {
            kind: SourceKind::Entry,
            id: newest.0,
        },
        on,
        memo: None,
    };
    let entry = by_hand::recovery(&books.chart, &event, on, shares)?;
    let entry = post_one(tx, books, entry)?;
    let back: Vec<(FundCode, Money)> = shares
        .iter()
        .map(|(fund, amount)| (fund.clone(), -*amount))
        .collect();
    Ok(store::write_offs::insert(tx, (account, entry), &back)?)
}
