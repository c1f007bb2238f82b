//! What becomes of a batch: it is handed to the post, and only then its bills and letters count as sent; or it is canceled, and they wait
//! again. A piece is taken out before that. What is done already is not done again.

use chrono::{NaiveDate, NaiveDateTime};
use serde_json::json;

use crate::domain::access::Right;
use crate::domain::bills::{DeliveryChannel, DeliveryState};
use crate::domain::exceptions::{ExceptionKind, ExceptionReason};
use crate::domain::ids::{BillId, NoticeId, PrintBatchId, PrintPieceId};
use crate::domain::notice::{CLAIM_CODE, Notice};
use crate::domain::print::{BatchState, Ending, PullReason};
use crate::store;
use crate::store::alerts::Listener;
use crate::store::bill_deliveries::{self, DeliveryRow};
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::store::exceptions::{self, NewException};
use crate::store::print::{self, BatchRow, ItemLine, Onward, waiting};
use crate::usecases::billing::deliver;
use crate::usecases::bounces::{mailed_instead, reroute_letter};
use crate::usecases::print::record;

/// Why a batch was not changed.
#[derive(Debug, thiserror::Error)]
pub enum BatchError {
    /// There is no such batch or no such piece in it.
    #[error("there is no such batch or piece")]
    Missing,
    /// It was mailed or canceled before.
    #[error("the batch is closed")]
    Closed,
    /// It was handed to the post between the day it was made and today.
    #[error("it was not mailed on that day")]
    WrongDay,
    /// The piece was taken out before.
    #[error("the piece was taken out before")]
    Pulled,
    /// The database.
    #[error(transparent)]
    Fault(#[from] StoreError),
}

/// Notes that a batch was handed to the post on a day, with the instant of its noon: its bills and letters were sent then. Safe to repeat with
/// the same day.
///
/// # Errors
/// `Missing`, `WrongDay`, `Closed` where it was canceled or mailed on another day, or a fault.
pub fn confirm_mailed(
    tx: &mut Tx<'_>,
    id: PrintBatchId,
    (mailed_on, noon): (NaiveDate, NaiveDateTime),
) -> Result<(), BatchError> {
    let batch = get(tx, id)?;
    if batch.state == BatchState::Mailed && batch.mailed_on == Some(mailed_on) {
        return Ok(());
    }
    if mailed_on < batch.made_on || mailed_on > tx.stamp.on {
        return Err(BatchError::WrongDay);
    }
    if !print::close(tx, id, BatchState::Mailed, Some(mailed_on))? {
        return Err(BatchError::Closed);
    }
    let at = if mailed_on == tx.stamp.on {
        tx.stamp.at
    } else {
        // Nothing is sent before it was put together, nor in the future.
        noon.max(batch.made_at).min(tx.stamp.at)
    };
    // What was canceled meanwhile is not in the envelope: its page says so.
    print::end_canceled(tx, id)?;
    let (bills, accounts) = print::list_held(tx, id)?;
    bill_deliveries::insert_rows(tx, &sent(&bills, at))?;
    print::mail_held(tx, id, at)?;
    for account in accounts {
        tx.touch(account);
    }
    let facts = json!({ "on": mailed_on, "bills": bills.len() });
    Ok(record(tx, "print_batch.mailed", (id, None), facts)?)
}

fn sent(bills: &[BillId], at: NaiveDateTime) -> Vec<DeliveryRow> {
    let step = |bill: &BillId| DeliveryRow {
        bill_id: *bill,
        channel: DeliveryChannel::Paper,
        state: DeliveryState::Sent,
        at,
        facts: None,
    };
    bills.iter().map(step).collect()
}

/// Gives a batch up before it was mailed: what it holds waits again, as long as before. Safe to repeat.
///
/// # Errors
/// `Missing`, `Closed` where it was mailed, or a fault.
pub fn cancel(tx: &mut Tx<'_>, id: PrintBatchId) -> Result<(), BatchError> {
    let batch = get(tx, id)?;
    if batch.state == BatchState::Canceled {
        return Ok(());
    }
    if !print::close(tx, id, BatchState::Canceled, None)? {
        return Err(BatchError::Closed);
    }
    print::release(tx, id)?;
    waiting::end_canceled(tx)?;
    Ok(record(tx, "print_batch.canceled", (id, None), json!({}))?)
}

/// Takes a piece out of a batch that is not mailed yet: a spoiled one waits for the next batch, one with a wrong address goes out another way,
/// or waits for another address where there is no other way.
///
/// # Errors
/// `Missing`, `Closed`, `Pulled`, or a fault.
pub fn pull(
    tx: &mut Tx<'_>,
    (id, position): (PrintBatchId, i32),
    (reason, note): (PullReason, &str),
) -> Result<(), BatchError> {
    if get(tx, id)?.state != BatchState::Made {
        return Err(BatchError::Closed);
    }
    let line = print::list_items(tx, id, (position.saturating_sub(1), 1))?.pop();
    let line = line.filter(|line| line.item.position == position);
    let line = line.ok_or(BatchError::Missing)?;
    if line.pulled.is_some() {
        return Err(BatchError::Pulled);
    }
    let onward = onward(tx, &line, reason)?;
    if !print::pull(tx, &line.item, (reason, note), onward)? {
        return Err(BatchError::Closed);
    }
    match (onward, line.bill, line.notice) {
        (Onward::Ends(Ending::Rerouted), Some(bill), _) => {
            deliver::record_returned(tx, bill, note)?;
        }
        (Onward::Ends(Ending::Rerouted), None, Some(notice)) => {
            reroute_letter(tx, notice, note)?;
        }
        (Onward::WaitsForAddress, ..) => ask_for_address(tx, &line, note)?,
        (Onward::Waits | Onward::Ends(_), ..) => {}
    }
    let facts =
        json!({ "position": position, "code": line.item.code, "reason": reason, "note": note });
    let subject = (id, line.item.account_id);
    Ok(record(tx, "print_batch.piece_pulled", subject, facts)?)
}

/// What becomes of a piece that is taken out: one with a wrong address goes another way where there is one.
fn onward(tx: &mut Tx<'_>, line: &ItemLine, reason: PullReason) -> Result<Onward, StoreError> {
    if line.canceled.is_some() {
        return Ok(Onward::Ends(Ending::Moot));
    }
    Ok(match reason {
        PullReason::Spoiled => Onward::Waits,
        PullReason::Address if has_other_way(tx, line)? => Onward::Ends(Ending::Rerouted),
        PullReason::Address => Onward::WaitsForAddress,
    })
}

/// Whether what a piece brings reaches somebody without paper: a bill whoever looks after the account and is written to or may sign in, a
/// letter whom the post's return of it would be mailed to; one with a secret nobody else.
fn has_other_way(tx: &mut Tx<'_>, line: &ItemLine) -> Result<bool, StoreError> {
    let Some(account) = line.item.account_id else {
        return Ok(false);
    };
    if line.bill.is_some() {
        let on = tx.stamp.on;
        let listeners = store::alerts::list_listeners(tx, &[account], on)?;
        let may_see = |one: &Listener| !one.is_failing || one.reader.to.login_id.is_some();
        let looks_after = |one: &&Listener| one.gives(Right::Change);
        return Ok(listeners.iter().filter(looks_after).any(may_see));
    }
    let left = match line.notice {
        Some(notice) => store::outbox::find(tx, notice)?,
        None => None,
    };
    let notice = left.and_then(|left| serde_json::from_str::<Notice>(&left.facts).ok());
    let is_open = notice.is_some_and(|notice| !notice.has_secret());
    Ok(is_open && mailed_instead(tx, account)?.is_some())
}

/// Somebody finds out where the reader of a piece is written to.
fn ask_for_address(tx: &mut Tx<'_>, line: &ItemLine, why: &str) -> Result<(), StoreError> {
    let key = match (line.bill, line.notice) {
        (Some(bill), _) => format!("bill:{bill}:address"),
        (None, Some(notice)) => format!("notice:{notice}:address"),
        (None, None) => return Ok(()),
    };
    let found = NewException {
        account_id: line.item.account_id,
        bill_id: line.bill,
        ..NewException::of(
            key,
            ExceptionKind::Delivery,
            ExceptionReason::Undelivered,
            json!({ "why": why }),
        )
    };
    exceptions::open(tx, &found)?;
    if let Some(account) = line.item.account_id {
        tx.touch(account);
    }
    Ok(())
}

/// Notes that what has waited since the end of a day or longer left the house without a batch of ours: printed by whoever did so before. Gives
/// how many pieces; safe to repeat.
///
/// # Errors
/// A fault of the store.
pub fn settle_elsewhere(tx: &mut Tx<'_>, until: NaiveDateTime) -> Result<usize, StoreError> {
    waiting::gather(tx)?;
    let rows = waiting::list_since(tx, until)?;
    let pieces: Vec<PrintPieceId> = rows.iter().map(|(piece, ..)| *piece).collect();
    let bills: Vec<BillId> = rows.iter().filter_map(|(_, bill, _)| *bill).collect();
    let letters: Vec<NoticeId> = rows.iter().filter_map(|(.., notice)| *notice).collect();
    if pieces.is_empty() {
        return Ok(0);
    }
    waiting::end(tx, &pieces, Ending::Elsewhere)?;
    bill_deliveries::insert_rows(tx, &sent(&bills, until))?;
    waiting::mark_sent(tx, &letters, (until, CLAIM_CODE))?;
    let facts = json!({ "pieces": pieces.len(), "until": until });
    record(tx, "print_batch.elsewhere", (PrintBatchId(0), None), facts)?;
    Ok(pieces.len())
}

fn get(tx: &mut Tx<'_>, id: PrintBatchId) -> Result<BatchRow, BatchError> {
    print::lock_batch(tx, id)?.ok_or(BatchError::Missing)
}
