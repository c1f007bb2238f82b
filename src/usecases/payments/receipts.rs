//! Money that came by another way than the processor: taken at the counter, from the drop box, by telephone or lockbox, or before this system;
//! one payment or all of a day in a fixed number of statements. And its taking back, when a check bounces or a payment was entered by mistake.

use std::collections::HashMap;

use serde_json::json;

use crate::domain::entries::Receipt;
use crate::domain::ids::{AccountId, PaymentId};
use crate::domain::money::Money;
use crate::domain::notice::{Notice, ReturnReason, Urgency};
use crate::domain::payments::{
    Channel, ClearedPayment, PaymentState, ReceiptRefused, received_into,
};
use crate::store;
use crate::store::audit::Deed;
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::store::payment_moves::Step;
use crate::store::payments::ReceivedRow;
use crate::usecases::ledger::{self, PaymentToPost};
use crate::usecases::payments::{
    PaymentError, charge_for_return, find_doubt, open_books, step, take_back, tell, tell_return,
};

/// Why money is taken back that did not come by the processor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TakenBack {
    /// The bank would not pay the check: the customer owes the fee for it, where there is one.
    Returned,
    /// The office entered it by mistake: nobody owes anything for that.
    Mistake,
}

/// Takes a payment that somebody of the office entered, and mails the receipt; one that looks like one too many only where they are sure of it.
///
/// # Errors
/// `Doubtful` where they are not; else as `receive_payment`.
pub fn take_payment(
    tx: &mut Tx<'_>,
    cleared: &ClearedPayment,
    is_sure: bool,
) -> Result<PaymentId, PaymentError> {
    let (account, amount, at) = (cleared.account_id, cleared.amount, tx.stamp.at);
    let channel = cleared.channel.as_str();
    let is_known = store::payments::find_by_reference(tx, channel, &cleared.reference)?.is_some();
    if !is_sure
        && !is_known
        && let Some(doubt) = find_doubt(tx, account, amount, at)?
    {
        return Err(PaymentError::Doubtful(doubt));
    }
    let id = receive_payment(tx, cleared)?;
    if !is_known {
        let row = store::payments::lock(tx, id)?;
        tell(
            tx,
            &row,
            (Urgency::GoodToKnow, amount),
            Notice::PaymentReceived,
        )?;
    }
    Ok(id)
}

/// Records money that came by another way than the processor, and posts it as of the day it came. Its reference is posted once.
///
/// # Errors
/// `Receipt` for money that can't be taken; `FormUsed` when its reference came with another amount or for another account before; a fault.
pub fn receive_payment(
    tx: &mut Tx<'_>,
    cleared: &ClearedPayment,
) -> Result<PaymentId, PaymentError> {
    let ids = receive_payments(tx, std::slice::from_ref(cleared))?;
    Ok(*ids.first().ok_or(StoreError::Missing("payment"))?)
}

/// Records and posts many payments in a fixed number of statements, each as of the day it came; the ids come back in the order given.
/// What was recorded before is left as it is, so that a batch may be sent again. Nobody is told: whoever mails to a bank's box, or came
/// with an older system, did not ask for a letter.
///
/// # Errors
/// As for one payment; then none of the batch is posted.
pub fn receive_payments(
    tx: &mut Tx<'_>,
    batch: &[ClearedPayment],
) -> Result<Vec<PaymentId>, PaymentError> {
    let today = tx.stamp.on;
    for payment in batch {
        payment.check(today)?;
    }
    let mut known = known(tx, batch)?;
    let mut new: Vec<&ClearedPayment> = Vec::new();
    for payment in batch {
        match known.get(&name_of(payment)) {
            Some(earlier) if earlier.is_of(payment) => {}
            Some(_) => return Err(PaymentError::FormUsed),
            None => {
                new.push(payment);
                known.insert(name_of(payment), Known::new(payment));
            }
        }
    }
    for (payment, row) in new.iter().zip(record(tx, &new)?) {
        if let Some(recorded) = known.get_mut(&name_of(payment)) {
            recorded.id = Some(row.id);
        }
    }
    let id_of = |payment: &ClearedPayment| known.get(&name_of(payment)).and_then(|row| row.id);
    let ids: Option<Vec<PaymentId>> = batch.iter().map(id_of).collect();
    Ok(ids.ok_or(StoreError::Missing("payment"))?)
}

/// A payment's name: the way it came, and its reference there.
type Name = (Channel, String);

/// What a name stands for; the row is not there yet for one that is new in this batch.
struct Known {
    id: Option<PaymentId>,
    account: AccountId,
    amount: Money,
}

impl Known {
    const fn new(payment: &ClearedPayment) -> Self {
        Self {
            id: None,
            account: payment.account_id,
            amount: payment.amount,
        }
    }

    fn is_of(&self, payment: &ClearedPayment) -> bool {
        self.account == payment.account_id && self.amount == payment.amount
    }
}

fn name_of(payment: &ClearedPayment) -> Name {
    (payment.channel, payment.reference.clone())
}

/// The payments of the batch that were recorded before.
fn known(tx: &mut Tx<'_>, batch: &[ClearedPayment]) -> Result<HashMap<Name, Known>, StoreError> {
    let mut known = HashMap::new();
    for channel in Channel::ALL {
        let references: Vec<&str> = batch
            .iter()
            .filter(|payment| payment.channel == *channel)
            .map(|payment| payment.reference.as_str())
            .collect();
        let rows = store::payments::list_by_references(tx, channel.as_str(), &references)?;
        known.extend(rows.into_iter().map(|(reference, id, account, amount)| {
            let id = Some(id);
            (
                (*channel, reference),
                Known {
                    id,
                    account,
                    amount,
                },
            )
        }));
    }
    Ok(known)
}

/// Writes new payments with their entries and steps.
fn record(tx: &mut Tx<'_>, new: &[&ClearedPayment]) -> Result<Vec<ReceivedRow>, PaymentError> {
    if new.is_empty() {
        return Ok(Vec::new());
    }
    let books = open_books(tx)?;
    let rows = store::payments::insert_received(tx, new)?;
    let mut to_post = Vec::with_capacity(new.len());
    for (row, payment) in rows.iter().zip(new) {
        let (channel, tender) = (payment.channel, payment.tender);
        let into =
            received_into(channel, tender).ok_or(ReceiptRefused::NoSuchWay { tender, channel })?;
        to_post.push(PaymentToPost {
            account: payment.account_id,
            payment: row.id,
            on: payment.received_on,
            receipt: Receipt {
                amount: payment.amount,
                into,
            },
            is_chosen: true,
        });
    }
    let entries = ledger::post_payments(tx, &books, &to_post)?;
    let steps: Vec<(PaymentId, Step<'_>)> = to_post
        .iter()
        .zip(entries)
        .map(|(posted, entry)| {
            let step = Step {
                entry_id: Some(entry),
                ..step(PaymentState::Succeeded, posted.on)
            };
            (posted.payment, step)
        })
        .collect();
    store::payment_moves::insert_steps(tx, &steps)?;
    audit_received(tx, &rows, new)?;
    Ok(rows)
}

/// One audit row for one payment; one for a whole batch, so that a conversion of many does not write as many.
fn audit_received(
    tx: &mut Tx<'_>,
    rows: &[ReceivedRow],
    new: &[&ClearedPayment],
) -> Result<(), StoreError> {
    let (Some(first), Some(last), Some(payment)) = (rows.first(), rows.last(), new.first()) else {
        return Ok(());
    };
    let total: Money = new.iter().map(|payment| payment.amount).sum();
    let is_one = rows.len() == 1;
    let facts = if is_one {
        json!({"cents": total, "channel": payment.channel, "tender": payment.tender})
    } else {
        json!({"payments": rows.len(), "cents": total, "last": last.number})
    };
    let deed = Deed {
        action: "payment.received",
        subject_kind: "payment",
        subject_id: first.number.to_string(),
        account_id: is_one.then_some(payment.account_id),
        facts,
    };
    store::audit::insert(tx, &deed)
}

/// Takes money back that did not come by the processor: what it paid is owed again from its original due dates, and for a returned check
/// the fee is charged. Safe to repeat: the same for the same reason does nothing.
///
/// # Errors
/// `OfTheProcessor` for a payment that only the processor takes back; `NoBank` for cash that a bank is said to have returned; `NotStanding` where it is not, or not wholly, on the account.
pub fn take_payment_back(
    tx: &mut Tx<'_>,
    payment: PaymentId,
    why: TakenBack,
    reason: &str,
) -> Result<PaymentState, PaymentError> {
    let row = store::payments::lock(tx, payment)?;
    if row.channel == Channel::Portal {
        return Err(PaymentError::OfTheProcessor);
    }
    if why == TakenBack::Returned && !row.tender.may_be_returned() {
        return Err(PaymentError::NoBank);
    }
    let state = match why {
        TakenBack::Returned => PaymentState::Returned,
        TakenBack::Mistake => PaymentState::Reversed,
    };
    if row.state == state && row.failure.as_deref() == Some(reason) {
        return Ok(state);
    }
    if row.state != PaymentState::Succeeded {
        return Err(PaymentError::NotStanding(row.state));
    }
    let books = open_books(tx)?;
    take_back(tx, &books, &row, (state, None, reason))?;
    match why {
        TakenBack::Returned => {
            let fee = charge_for_return(tx, &books, &row)?;
            tell_return(tx, &row, &ReturnReason::Written(reason.to_owned()), fee)?;
        }
        TakenBack::Mistake => tell_return(tx, &row, &ReturnReason::Mistake, None)?,
    }
    Ok(state)
}
