//! Shut-offs for what is owed: the answer of the rules asked anew whenever one is handed out, begun or said to be done; what a payment, a hold, a
//! dispute or an arrangement does by itself: an open shut-off is canceled, and where service is off and paid for somebody is sent to turn it on;
//! and what becomes of one that was done at the door though it may not be by then.

use chrono::NaiveDate;

use crate::domain::ids::{AccountId, OrderId, OrderNumber};
use crate::domain::orders::{OrderKind, OrderState, Slot, Urgency, Why};
use crate::domain::shutoff::{Reason, Verdict};
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::orders::{self, OrderRow};
use crate::store::switches;
use crate::usecases::orders::{NewOrder, OrderError, end, fault, hold, make, places};
use crate::usecases::shutoff;

/// Whether an account may be shut off on a day: anything but an affirmative answer is no.
pub(super) fn may(conn: &mut Conn, account: AccountId, on: NaiveDate) -> Result<(), OrderError> {
    match shutoff::answer(conn, account, on)?.verdict {
        Verdict::May => Ok(()),
        Verdict::MayNot(why) => Err(OrderError::MayNot(why)),
    }
}

/// Whether a shut-off that was handed out may still be done: it was handed out today, and the rules still say so.
pub(super) fn still_may(tx: &mut Tx<'_>, row: &OrderRow) -> Result<(), OrderError> {
    let today = tx.stamp.on;
    if row.may_on != Some(today) {
        return Err(OrderError::NotToday);
    }
    may(tx, row.account_id, today)
}

/// Why a shut-off that a crew says was done may not be by now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TooLate {
    /// It was canceled meanwhile.
    Canceled,
    /// The office took it back from the crew meanwhile, and has not handed it out anew.
    TakenBack,
    /// It was not handed out today.
    NotToday,
    /// The account may not be shut off today, for these reasons.
    MayNot(Vec<Reason>),
}

/// Why a shut-off may not be any more that was handed out to whoever says that it was done; nothing where it may, or was done already.
pub(super) fn too_late(
    tx: &mut Tx<'_>,
    row: &OrderRow,
    worked_on: NaiveDate,
) -> Result<Option<TooLate>, OrderError> {
    match row.state {
        OrderState::Canceled => return Ok(Some(TooLate::Canceled)),
        OrderState::Open | OrderState::NotDone => return Ok(Some(TooLate::TakenBack)),
        OrderState::Done => return Ok(None),
        // What was handed out anew since is no leave for what was done before.
        OrderState::Assigned | OrderState::AtWork if worked_on != tx.stamp.on => {
            return Ok(Some(TooLate::NotToday));
        }
        OrderState::Assigned | OrderState::AtWork => {}
    }
    match still_may(tx, row) {
        Ok(()) => Ok(None),
        Err(OrderError::NotToday) => Ok(Some(TooLate::NotToday)),
        Err(OrderError::MayNot(why)) => Ok(Some(TooLate::MayNot(why))),
        Err(other) => Err(other),
    }
}

/// What follows from a hold, a dispute or an arrangement of an account whose ledger is held: where nobody may be shut off for what is owed any
/// more, open shut-offs are canceled, so that no crew goes out for them; and where a hold forbids it, such as a medical certificate, service that
/// is off is to be turned on the same day. Accounts that no shut-off is about cost two questions.
///
/// # Errors
/// A fault of the store.
pub fn after_protection(tx: &mut Tx<'_>, account: AccountId) -> Result<(), StoreError> {
    let open = orders::list_open_of(tx, &[account], OrderKind::ShutOff)?;
    let off = switches::list_shut_off(tx, &[account])?;
    if open.is_empty() && off.is_empty() {
        return Ok(());
    }
    let today = tx.stamp.on;
    let verdict = shutoff::answer(tx, account, today)?.verdict;
    if verdict.is_protected() {
        end_all(tx, &open, Why::Protected)?;
    }
    if verdict.is_held() {
        reconnect_all(tx, &off)?;
    }
    Ok(())
}

fn end_all(tx: &mut Tx<'_>, open: &[OrderRow], why: Why) -> Result<(), StoreError> {
    for row in open {
        let row = hold(tx, row.id)?;
        if row.state.is_open() {
            end(tx, &row, (why, None)).map_err(fault)?;
        }
    }
    Ok(())
}

/// What follows from money that came for these accounts, whose ledgers are held, or from what they owe no longer: where nobody could be shut off
/// for what is left, open shut-offs are canceled, and service that is off is to be turned on the same day, where the account is still served.
/// Accounts that no shut-off is about cost two questions together.
///
/// # Errors
/// A fault of the store.
pub fn after_payments(tx: &mut Tx<'_>, accounts: &[AccountId]) -> Result<(), StoreError> {
    let open = orders::list_open_of(tx, accounts, OrderKind::ShutOff)?;
    let off = switches::list_shut_off(tx, accounts)?;
    let mut touched: Vec<AccountId> = open.iter().map(|row| row.account_id).collect();
    touched.extend(off.iter().map(|(account, _)| *account));
    touched.sort_unstable();
    touched.dedup();
    let today = tx.stamp.on;
    for account in touched {
        if !shutoff::answer(tx, account, today)?.verdict.is_settled() {
            continue;
        }
        let own = open.iter().filter(|row| row.account_id == account);
        let own: Vec<OrderRow> = own.cloned().collect();
        end_all(tx, &own, Why::Paid)?;
        let theirs = off.iter().filter(|(owner, _)| *owner == account);
        let theirs: Vec<(AccountId, OrderId)> = theirs.copied().collect();
        reconnect_all(tx, &theirs)?;
    }
    Ok(())
}

fn reconnect_all(tx: &mut Tx<'_>, off: &[(AccountId, OrderId)]) -> Result<(), StoreError> {
    for (_, order) in off {
        reconnect(tx, *order)?;
    }
    Ok(())
}

/// Sends somebody to turn on what an order shut off; once for each shut-off. Nobody where the account is not served there any more: whoever moves
/// in next is turned on by an order of their own, and an empty house by none.
pub(super) fn reconnect(tx: &mut Tx<'_>, shut: OrderId) -> Result<Option<OrderNumber>, StoreError> {
    let row = orders::get(tx, shut)?;
    let (account, today) = (row.account_id, tx.stamp.on);
    let served = places::own(tx, (account, None), today)?;
    if !served.iter().any(|(at, _)| Some(*at) == row.premise_id) {
        return Ok(None);
    }
    let new = NewOrder {
        key: standing_key(tx, format!("reconnect-{shut}"))?,
        kind: OrderKind::Reconnect,
        urgency: Urgency::SameDay,
        account,
        premise: row.premise_id,
        point: row.service_point_id,
        request: None,
        follows: Some(shut),
        instructions: String::new(),
        on: Some(today),
        slot: Slot::AllDay,
    };
    let made = make(tx, &new).map_err(fault)?;
    Ok(Some(made.number))
}

/// The key of the order that stands under a first one: what the office took back once does not keep the next one away.
pub(super) fn standing_key(tx: &mut Tx<'_>, first: String) -> Result<String, StoreError> {
    let mut key = first.clone();
    while let Some(earlier) = orders::find_by_key(tx, &key)? {
        if earlier.state != OrderState::Canceled {
            break;
        }
        key = format!("{first}-{}", earlier.id);
    }
    Ok(key)
}
