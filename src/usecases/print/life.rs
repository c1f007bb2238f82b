//! What becomes of a batch: it is handed to the post, and only then its bills and letters count as sent; or it is canceled, and they wait
//! again. A piece is taken out before that. What is done already is not done again.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use serde_json::json;

use crate::domain::bills::{DeliveryChannel, DeliveryState};
use crate::domain::ids::{BillId, NoticeId, PrintBatchId, PrintPieceId};
use crate::domain::notice::CLAIM_CODE;
use crate::domain::print::{BatchState, Ending, PullReason};
use crate::store::bill_deliveries::{self, DeliveryRow};
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::store::print::{self, BatchRow, waiting};
use crate::usecases::billing::deliver;
use crate::usecases::bounces::reroute_letter;
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

/// Notes that a batch was handed to the post on a day: its bills and letters were sent then. Safe to repeat with the same day.
///
/// # Errors
/// `Missing`, `WrongDay`, `Closed` where it was canceled or mailed on another day, or a fault.
pub fn confirm_mailed(
    tx: &mut Tx<'_>,
    id: PrintBatchId,
    mailed_on: NaiveDate,
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
    let at = instant_of(tx, mailed_on);
    let (bills, accounts) = print::list_held(tx, id)?;
    bill_deliveries::insert_rows(tx, &sent(&bills, at))?;
    print::mail_held(tx, id, at)?;
    for account in accounts {
        tx.touch(account);
    }
    let facts = json!({ "on": mailed_on, "bills": bills.len() });
    Ok(record(tx, "print_batch.mailed", (id, None), facts)?)
}

/// Now, where that is the day; else the middle of it.
fn instant_of(tx: &Tx<'_>, day: NaiveDate) -> NaiveDateTime {
    if day == tx.stamp.on {
        return tx.stamp.at;
    }
    let noon = NaiveTime::from_hms_opt(17, 0, 0).unwrap_or_default();
    day.and_time(noon).min(tx.stamp.at)
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

/// Takes a piece out of a batch that is not mailed yet: a spoiled one waits for the next batch, one with a wrong address goes out another way.
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
    let is_moot = line.canceled.is_some();
    let ending = match reason {
        _ if is_moot => Some(Ending::Moot),
        PullReason::Spoiled => None,
        PullReason::Address => Some(Ending::Rerouted),
    };
    print::pull(tx, &line.item, (reason, note), ending)?;
    if ending == Some(Ending::Rerouted) {
        match (line.bill, line.notice) {
            (Some(bill), _) => deliver::record_returned(tx, bill, note)?,
            (None, Some(notice)) => reroute_letter(tx, notice, note)?,
            (None, None) => {}
        }
    }
    let facts =
        json!({ "position": position, "code": line.item.code, "reason": reason, "note": note });
    let subject = (id, line.item.account_id);
    Ok(record(tx, "print_batch.piece_pulled", subject, facts)?)
}

/// Notes that what has waited since the end of a day or longer left the house without a batch of ours: printed by whoever did so before. Gives
/// how many pieces; safe to repeat.
///
/// # Errors
/// A fault of the store.
pub fn settle_elsewhere(tx: &mut Tx<'_>, until: NaiveDateTime) -> Result<usize, StoreError> {
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
    print::find_batch(tx, id)?.ok_or(BatchError::Missing)
}
