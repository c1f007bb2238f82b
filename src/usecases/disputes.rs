//! A bill that is said to be wrong: the disputed amount is out of reach of late fees in the same transaction, and in reach again some days
//! after somebody who can correct the bill has decided.

use serde_json::json;

use crate::domain::disputes::{AmountRefused, DisputeReason, DisputedLine, Outcome, disputed};
use crate::domain::ids::{BillId, RequestId, RequestNumber};
use crate::domain::money::Money;
use crate::domain::notice::{RequestNews, Urgency};
use crate::domain::requests::Side;
use crate::store;
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::store::requests::insert_step;
use crate::usecases::requests::{self, NewRequest, RequestError};

/// Why a bill is not in dispute, or the dispute is not decided.
#[derive(Debug, thiserror::Error)]
pub enum DisputeError {
    /// Nothing, or less, or nothing that the bill says.
    #[error("there is nothing to dispute")]
    Nothing,
    /// More than the lines or the bill say.
    #[error("no more than {0} can be disputed")]
    MoreThan(Money),
    /// The bill is in dispute already.
    #[error("the bill is in dispute already: {0}")]
    Open(RequestNumber),
    /// What every request may fail by.
    #[error(transparent)]
    Request(#[from] RequestError),
    /// A fault.
    #[error(transparent)]
    Fault(#[from] StoreError),
}

/// What a customer says of a bill.
#[derive(Debug, Clone)]
pub struct NewDispute {
    /// The request that carries it: whose, in which words, with which photo.
    pub request: NewRequest,
    /// The bill.
    pub bill: BillId,
    /// Why it is said to be wrong.
    pub reason: DisputeReason,
    /// The lines that were marked, by their places, with the words in which they were read.
    pub lines: Vec<(i32, String)>,
    /// The amount that was written; without one, all of what was marked.
    pub amount: Option<Money>,
}

/// Opens a dispute, freezes its amount and tells the customer what happens next. Sent again under its key it is the same dispute.
///
/// # Errors
/// `Nothing`, `MoreThan`, `Open` where the bill is in dispute already, or what a request may fail by.
pub fn open(tx: &mut Tx<'_>, new: &NewDispute) -> Result<RequestNumber, DisputeError> {
    if let Some(earlier) = requests::sent_before(tx, &new.request)? {
        return Ok(earlier);
    }
    let bill = store::disputes::bill_of(tx, new.request.account, new.bill)?;
    if let Some((number, _)) = store::disputes::find_open_of_bill(tx, new.bill)? {
        return Err(DisputeError::Open(number));
    }
    let mut lines: Vec<DisputedLine> = Vec::new();
    for (position, label) in &new.lines {
        let amount = bill.lines.get(position).copied();
        let line = DisputedLine {
            position: *position,
            label: label.clone(),
            amount: amount.ok_or(StoreError::Missing("bill line"))?,
        };
        if lines.iter().all(|other| other.position != line.position) {
            lines.push(line);
        }
    }
    let amounts: Vec<Money> = lines.iter().map(|line| line.amount).collect();
    let amount = disputed(new.amount, &amounts, bill.total).map_err(|refused| match refused {
        AmountRefused::Nothing => DisputeError::Nothing,
        AmountRefused::MoreThan(most) => DisputeError::MoreThan(most),
    })?;
    let row = requests::record(tx, &new.request)?;
    store::disputes::insert(tx, row.id, new.bill, (new.reason, &lines, amount))?;
    let facts = json!({ "bill": bill.number, "reason": new.reason, "cents": amount });
    requests::audit(tx, &row, "dispute.opened", facts)?;
    let news = RequestNews::Disputed {
        bill: bill.number,
        amount,
        answer_by: row.due_on,
    };
    requests::tell(tx, &row, Urgency::MustReach, &news)?;
    Ok(row.number)
}

/// Decides a dispute in words, and tells the customer what follows from it.
///
/// # Errors
/// `WordsMissing`, `WordsTooLong`, `Moved` where it has ended.
pub fn decide(
    tx: &mut Tx<'_>,
    id: RequestId,
    outcome: Outcome,
    words: &str,
) -> Result<(), DisputeError> {
    let words = requests::checked(words)?.ok_or(RequestError::WordsMissing)?;
    let row = requests::open(tx, id)?;
    let dispute = store::disputes::find(tx, id)?.ok_or(StoreError::Missing("dispute"))?;
    let next = outcome.state();
    let late_from = outcome.freed_on(tx.stamp.on);
    requests::moved(tx, &row, next)?;
    store::disputes::mark_outcome(tx, id, outcome, late_from)?;
    insert_step(tx, id, Side::Office, (Some(next), Some(words)))?;
    let days = (tx.stamp.on - row.asked_on).num_days();
    let facts = json!({ "outcome": outcome, "cents": dispute.amount, "late_from": late_from, "days": days });
    requests::audit(tx, &row, "dispute.decided", facts)?;
    let news = RequestNews::Decided {
        outcome,
        amount: dispute.amount,
        words: words.to_owned(),
        late_from,
    };
    requests::tell(tx, &row, Urgency::MustReach, &news)?;
    Ok(())
}

/// Ends the dispute of a request that the customer took back: the amount is in reach again from today.
pub(super) fn end_withdrawn(tx: &mut Tx<'_>, id: RequestId) -> Result<(), StoreError> {
    let outcome = Outcome::Withdrawn;
    let from = outcome.freed_on(tx.stamp.on);
    store::disputes::mark_outcome(tx, id, outcome, from)
}
