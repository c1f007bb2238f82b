//! Shut-offs for what is owed: the answer of the rules asked anew whenever one is handed out, begun or said to be done; and what a payment does by
//! itself: an open shut-off is canceled, and where service is off somebody is sent to turn it on.

use chrono::NaiveDate;

use crate::domain::ids::{AccountId, OrderId};
use crate::domain::orders::{OrderKind, Slot, Urgency, Why};
use crate::domain::shutoff::{Reason, Verdict};
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::orders::{self, OrderRow};
use crate::store::switches;
use crate::usecases::orders::{NewOrder, OrderError, end, fault, hold, make};
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

/// What follows from money that came for these accounts, whose ledgers are held: where nobody could be shut off for what is left, open shut-offs
/// are canceled, and service that is off is to be turned on the same day. Accounts that no shut-off is about cost two questions together.
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
    for account in touched {
        if !is_settled(tx, account)? {
            continue;
        }
        for row in open.iter().filter(|row| row.account_id == account) {
            let row = hold(tx, row.id)?;
            if row.state.is_open() {
                end(tx, &row, (Why::Paid, None)).map_err(fault)?;
            }
        }
        for (_, order) in off.iter().filter(|(owner, _)| *owner == account) {
            reconnect(tx, *order)?;
        }
    }
    Ok(())
}

/// Whether nobody could be shut off for what an account owes today, whatever was served.
fn is_settled(tx: &mut Tx<'_>, account: AccountId) -> Result<bool, StoreError> {
    let today = tx.stamp.on;
    let answer = shutoff::answer(tx, account, today)?;
    Ok(match answer.verdict {
        Verdict::May => false,
        Verdict::MayNot(why) => why
            .iter()
            .any(|reason| matches!(reason, Reason::NothingPastDue | Reason::TooLittle(..))),
    })
}

/// Sends somebody to turn on what an order shut off; once for each shut-off.
fn reconnect(tx: &mut Tx<'_>, shut: OrderId) -> Result<(), StoreError> {
    let row = orders::get(tx, shut)?;
    let new = NewOrder {
        key: format!("reconnect-{shut}"),
        kind: OrderKind::Reconnect,
        urgency: Urgency::SameDay,
        account: row.account_id,
        premise: row.premise_id,
        point: row.service_point_id,
        request: None,
        follows: Some(shut),
        instructions: String::new(),
        on: Some(tx.stamp.on),
        slot: Slot::AllDay,
    };
    make(tx, &new).map(drop).map_err(fault)
}
