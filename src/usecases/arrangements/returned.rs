//! What money that goes back does to an agreement: one that was kept is in force again, and nobody breaks one within the hour because a payment
//! came back.

use chrono::Days;
use serde_json::json;

use crate::domain::arrangements::DAYS_AFTER_RETURN;
use crate::domain::ids::AccountId;
use crate::domain::money::Money;
use crate::domain::notice::{ArrangementNews, Urgency};
use crate::store;
use crate::store::arrangements::{self, Standing};
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::usecases::arrangements::{audit, tell};

/// What is left of the arrangement in force before money goes back; nothing where there is none. The account is held from now on.
///
/// # Errors
/// A fault of the store.
pub(in crate::usecases) fn left_before(
    tx: &mut Tx<'_>,
    account: AccountId,
) -> Result<Money, StoreError> {
    store::ledger::lock(tx, &[account])?;
    let open = arrangements::list_open(tx, &[account])?;
    Ok(open.iter().map(|one| one.cover.left()).sum())
}

/// After money of an account went back, with what was left before: what an arrangement in force, or one that was kept, covers of what is owed
/// again is due by its days and not before two weeks have passed.
///
/// # Errors
/// A fault of the store.
pub(in crate::usecases) fn after_money_went_back(
    tx: &mut Tx<'_>,
    account: AccountId,
    before: Money,
) -> Result<(), StoreError> {
    match arrangements::list_open(tx, &[account])?.first() {
        Some(one) => give_respite(tx, one, before),
        None => reopen(tx, account),
    }
}

/// Once for each arrangement: whoever lets payments come back again and again is not given time each time.
fn give_respite(tx: &mut Tx<'_>, one: &Standing, before: Money) -> Result<(), StoreError> {
    let left = one.cover.left();
    if left <= before || one.cover.not_before.is_some() {
        return Ok(());
    }
    arrangements::insert_respite(tx, one.row.id)?;
    let facts = json!({ "left_cents": left });
    audit(tx, &one.row, "arrangement.respite", facts)
}

/// Puts the newest arrangement in force again that was kept and covers what is owed again.
fn reopen(tx: &mut Tx<'_>, account: AccountId) -> Result<(), StoreError> {
    let kept = arrangements::list_kept(tx, account)?;
    let standing = arrangements::with_cover(tx, kept)?;
    let Some(one) = standing.into_iter().find(|one| !one.cover.is_paid()) else {
        return Ok(());
    };
    let (row, left) = (one.row, one.cover.left());
    if !arrangements::mark_reopened(tx, row.id)? {
        return Ok(());
    }
    let facts = json!({ "left_cents": left });
    audit(tx, &row, "arrangement.reopened", facts)?;
    let due_on = tx.stamp.on + Days::new(DAYS_AFTER_RETURN);
    let news = ArrangementNews::Reopened { left, due_on };
    tell(tx, &row, Urgency::MustReach, &news)
}
