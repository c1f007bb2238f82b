//! A bill that is said to be wrong: the disputed amount is out of reach of late fees in the same transaction, and in reach again some days
//! after somebody who can correct the bill has decided.

pub mod hearings;
pub mod outcomes;
pub mod pricing;
pub mod proposals;

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde_json::json;

use crate::domain::corrections::Correction;
use crate::domain::dispute_policy::DisputePolicy;
use crate::domain::disputes::{
    AmountRefused, CameBy, DisputeReason, DisputedLine, Outcome, disputed, frozen,
};
use crate::domain::ids::{BillId, CorrectionId, RequestId, RequestNumber, StaffId};
use crate::domain::money::Money;
use crate::domain::notice::{RequestNews, Urgency};
use crate::domain::requests::Side;
use crate::store;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::policies;
use crate::store::requests::{RequestRow, insert_step};
use crate::usecases::orders::shutoffs::after_protection;
use crate::usecases::papers::NewDocument;
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
    /// The same lines of the bill were disputed before, and that was decided.
    #[error("that was decided already: {0}")]
    Decided(RequestNumber),
    /// Only the customer takes a dispute back.
    #[error("the office can't take a dispute back")]
    NotADecision,
    /// That the bill was wrong is said where something was corrected.
    #[error("nothing was corrected yet")]
    NotCorrected,
    /// The policy cannot be read.
    #[error("the policy on disputes cannot be read: {0}")]
    Policy(serde_json::Error),
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
    /// How it came: by the customer's own hand, or by somebody of the office for them.
    pub came_by: CameBy,
    /// What was handed in with it.
    pub documents: Vec<NewDocument>,
    /// Who of the office handles it; nobody yet where nothing is said.
    pub owner: Option<StaffId>,
}

/// The kind of the policy.
const POLICY: &str = "disputes";

/// The policy of a day.
///
/// # Errors
/// `Policy`, or a fault.
pub fn policy_on(conn: &mut Conn, on: NaiveDate) -> Result<DisputePolicy, DisputeError> {
    match policies::find_version(conn, POLICY, on)? {
        Some((_, document)) => serde_json::from_str(&document).map_err(DisputeError::Policy),
        None => Ok(DisputePolicy::default()),
    }
}

/// Opens a dispute, freezes its amount and tells the customer what happens next. Sent again under its key it is the same dispute.
///
/// # Errors
/// `Nothing`, `MoreThan`, `Open` where the bill is in dispute already, `Decided` where these lines were, or what a request may fail by.
pub fn open(tx: &mut Tx<'_>, new: &NewDispute) -> Result<RequestNumber, DisputeError> {
    if let Some(earlier) = requests::sent_before(tx, &new.request)? {
        return Ok(earlier);
    }
    let bill = store::disputes::bill_of(tx, new.request.account, new.bill)?;
    let positions: Vec<i32> = new.lines.iter().map(|(position, _)| *position).collect();
    for earlier in store::disputes::list_of_bill(tx, new.bill)? {
        if earlier.outcome.is_none() {
            return Err(DisputeError::Open(earlier.number));
        }
        if earlier.has_decided(&positions) {
            return Err(DisputeError::Decided(earlier.number));
        }
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
    let on = tx.stamp.on;
    let policy = policy_on(tx, on)?;
    let side = match new.came_by {
        CameBy::Portal => Side::Customer,
        CameBy::Phone | CameBy::Letter | CameBy::Counter | CameBy::Email => Side::Office,
    };
    let row = requests::record(tx, &new.request, (side, policy.answer_by(on)))?;
    let about = (new.reason, lines.as_slice(), amount);
    let came = (new.came_by, policy.acknowledge_by(on));
    store::disputes::insert(tx, row.id, new.bill, about, came)?;
    let kept = requests::keep(tx, row.id, &new.documents)?;
    if new.owner.is_some() {
        requests::assign(tx, row.id, new.owner)?;
    }
    let facts = json!({
        "bill": bill.number, "reason": new.reason, "cents": amount, "came_by": new.came_by, "documents": kept,
    });
    requests::audit(tx, &row, "dispute.opened", facts)?;
    after_protection(tx, row.account_id)?;
    let news = RequestNews::Disputed {
        bill: bill.number,
        amount,
        set_aside: frozen(store::open_items::remaining_of(tx, new.bill)?, amount),
        answer_by: row.due_on,
    };
    requests::tell(tx, &row, Urgency::MustReach, &news)?;
    Ok(row.number)
}

/// What was credited and waived by hand on the account of a dispute since it was opened. What was given for another bill is not for this one.
///
/// # Errors
/// A correction that does not read, or a fault.
pub fn given_by_hand(conn: &mut Conn, row: &RequestRow, bill: BillId) -> Result<Money, StoreError> {
    let given = store::corrections::list_given(conn, row.account_id, row.asked_at)?;
    let reversed: BTreeSet<CorrectionId> = given.iter().filter_map(|one| one.reverses_id).collect();
    let mut sum = Money::ZERO;
    for given in given.iter().filter(|one| !reversed.contains(&one.id)) {
        let other = match given.correction()? {
            Correction::Credit { bill: of, .. } => of.is_some_and(|of| of != bill),
            Correction::Waiver { .. } => false,
            Correction::Charge { .. }
            | Correction::Refund { .. }
            | Correction::Transfer { .. }
            | Correction::WriteOff {}
            | Correction::Reversal { .. } => true,
        };
        if !other {
            sum += given.amount;
        }
    }
    Ok(sum)
}

/// Decides a dispute in words, and tells the customer what follows from it, with what was given by hand meanwhile. That the bill was wrong
/// is no decision by itself: the correction comes before it or with it, so that nobody is told of one that is still to be made.
///
/// # Errors
/// `WordsMissing`, `WordsTooLong`, `Moved` where it has ended, `NotADecision` for what only the customer may say, `NotCorrected` where
/// nothing was corrected since it was opened.
pub fn decide(
    tx: &mut Tx<'_>,
    id: RequestId,
    outcome: Outcome,
    words: &str,
) -> Result<(), DisputeError> {
    if !Outcome::DECISIONS.contains(&outcome) {
        return Err(DisputeError::NotADecision);
    }
    let words = requests::checked(words)?.ok_or(RequestError::WordsMissing)?;
    let row = requests::open(tx, id)?;
    let dispute = store::disputes::find(tx, id)?.ok_or(StoreError::Missing("dispute"))?;
    let credit = given_by_hand(tx, &row, dispute.bill_id)?;
    if outcome == Outcome::Corrected && !credit.is_positive() {
        return Err(DisputeError::NotCorrected);
    }
    let late_from =
        end(tx, &row, (outcome, Some(words)), dispute.amount)?.ok_or(RequestError::Moved)?;
    store::disputes::mark_remedy(tx, id, None, credit)?;
    let news = RequestNews::Decided {
        outcome,
        remedy: None,
        credit,
        unpaid: dispute.set_aside(store::open_items::remaining_of(tx, dispute.bill_id)?),
        words: words.to_owned(),
        late_from,
    };
    requests::tell(tx, &row, Urgency::MustReach, &news)?;
    Ok(())
}

/// Ends the open dispute of a bill that is taken back: what was disputed is owed no longer, and the customer is told so.
pub(super) fn end_canceled(tx: &mut Tx<'_>, bill: BillId) -> Result<(), StoreError> {
    let mut all = store::disputes::list_of_bill(tx, bill)?.into_iter();
    let Some(dispute) = all.find(|dispute| dispute.outcome.is_none()) else {
        return Ok(());
    };
    let row = store::requests::get(tx, dispute.request_id)?;
    let outcome = (Outcome::Corrected, None);
    if end(tx, &row, outcome, dispute.amount)?.is_none() {
        return Err(StoreError::Conflict(format!("request {}", row.number)));
    }
    let news = RequestNews::BillCanceled { bill: dispute.bill };
    requests::tell(tx, &row, Urgency::MustReach, &news)
}

/// Ends a dispute on the side of the office; gives the day from which what was disputed may be charged for being late, or nothing where it was
/// moved meanwhile.
fn end(
    tx: &mut Tx<'_>,
    row: &RequestRow,
    (outcome, words): (Outcome, Option<&str>),
    amount: Money,
) -> Result<Option<NaiveDate>, StoreError> {
    let (next, late_from) = (outcome.state(), outcome.freed_on(tx.stamp.on));
    requests::take_if_free(tx, row)?;
    if !store::requests::mark_state(tx, row, next)? {
        return Ok(None);
    }
    store::disputes::mark_outcome(tx, row.id, outcome, late_from)?;
    proposals::give_up(tx, row)?;
    insert_step(tx, row.id, Side::Office, (Some(next), words))?;
    let days = row.days(tx.stamp.on);
    let facts =
        json!({ "outcome": outcome, "cents": amount, "late_from": late_from, "days": days });
    requests::audit(tx, row, "dispute.decided", facts)?;
    Ok(Some(late_from))
}

/// Ends the dispute of a request that the customer took back: the amount is in reach again from today.
pub(super) fn end_withdrawn(tx: &mut Tx<'_>, row: &RequestRow) -> Result<(), StoreError> {
    let outcome = Outcome::Withdrawn;
    let late_from = outcome.freed_on(tx.stamp.on);
    store::disputes::mark_outcome(tx, row.id, outcome, late_from)?;
    proposals::give_up(tx, row)?;
    let facts = json!({ "late_from": late_from, "days": row.days(tx.stamp.on) });
    requests::audit(tx, row, "dispute.withdrawn", facts)
}
