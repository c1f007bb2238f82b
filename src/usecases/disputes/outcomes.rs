//! Ends a dispute with one of its lawful outcomes. Whoever orders it has seen what it comes to: where that is no longer so, nothing is done but
//! to show it again. Money, bills, the outcome, the lifted freeze and the letter are one transaction.

use serde_json::json;
use sha2::{Digest, Sha256};

use crate::domain::corrections::Correction;
use crate::domain::customers::Language;
use crate::domain::gl::FundCode;
use crate::domain::ids::{BillNumber, RequestId, RequestNumber};
use crate::domain::leak_credits::{LeakCredit, NoCredit};
use crate::domain::money::Money;
use crate::domain::notice::{RequestNews, Urgency};
use crate::domain::premises::Commodity;
use crate::domain::remedies::{Interest, Remedy, shared};
use crate::domain::requests::asking::{Answers, Field};
use crate::domain::requests::{RequestKind, Side};
use crate::domain::staff::Role;
use crate::store;
use crate::store::db::{Conn, Tx};
use crate::store::disputes::DisputeRow;
use crate::store::error::StoreError;
use crate::store::requests::insert_step;
use crate::usecases::billing::rebill::{Plan, RebillError, cancel_and_rebill};
use crate::usecases::corrections::{self, CorrectionError, Decides};
use crate::usecases::disputes::pricing::{Priced, price, refund_interest};
use crate::usecases::disputes::{DisputeError, end};
use crate::usecases::requests::{self, NewRequest, RequestError};

/// Why a dispute was not ended so.
#[derive(Debug, thiserror::Error)]
pub enum RemedyError {
    /// This is what it comes to: not what was confirmed, or nothing was.
    #[error("only looked at")]
    Looked(Box<Looked>),
    /// How much is to be given was not said.
    #[error("an amount is missing")]
    AmountMissing,
    /// More than is in dispute.
    #[error("no more than {0} is in dispute")]
    MoreThan(Money),
    /// No leak adjustment, and why.
    #[error("the policy forgives nothing here")]
    NoCredit(NoCredit),
    /// Another outcome, which this person proposed, waits for a second one.
    #[error("what {0} proposed waits for a second person")]
    Waits(String),
    /// Whoever orders it may not do so alone.
    #[error("a second person decides it")]
    NotAlone,
    /// A period cannot be billed as things stand, or nothing would come out differently.
    #[error("there is nothing to bill again")]
    NothingToRebill,
    /// The correction was refused: over the limit, above all.
    #[error(transparent)]
    Correction(#[from] CorrectionError),
    /// The bills could not be made.
    #[error(transparent)]
    Rebill(#[from] RebillError),
    /// What every dispute may fail by.
    #[error(transparent)]
    Dispute(#[from] DisputeError),
    /// A fault.
    #[error(transparent)]
    Fault(#[from] StoreError),
}

impl From<RequestError> for RemedyError {
    fn from(error: RequestError) -> Self {
        Self::Dispute(error.into())
    }
}

/// What is ordered.
#[derive(Debug, Clone)]
pub struct Order {
    /// The dispute.
    pub request: RequestId,
    /// How it ends.
    pub remedy: Remedy,
    /// How much is given, where that is chosen.
    pub amount: Option<Money>,
    /// Why, in words for the customer.
    pub words: String,
    /// What was seen, as one word.
    pub seal: String,
    /// The job of whoever orders it.
    pub role: Role,
    /// The language that they write in.
    pub language: Language,
}

/// What an outcome comes to.
#[derive(Debug, Clone)]
pub struct Looked {
    /// How the dispute would end.
    pub remedy: Remedy,
    /// What is given by each fund, interest left aside.
    pub given: Vec<(FundCode, Money)>,
    /// Interest beside it.
    pub interest: Interest,
    /// The bills that are canceled and billed again.
    pub plan: Option<Plan>,
    /// From what a leak adjustment was worked out.
    pub leak: Option<LeakCredit>,
}

impl Looked {
    /// What is given in all, interest with it.
    #[must_use]
    pub fn credit(&self) -> Money {
        self.principal() + self.interest.amount
    }

    /// What is given, interest left aside.
    #[must_use]
    pub fn principal(&self) -> Money {
        self.given.iter().map(|(_, amount)| *amount).sum()
    }

    /// The figures that a person saw, as one word: whoever confirms them hands it back.
    #[must_use]
    pub fn seal(&self) -> String {
        let given = self.given.iter();
        let given = given.map(|(fund, amount)| format!("{fund}={}", amount.cents()));
        let given: Vec<String> = given.collect();
        let bills = self.plan.as_ref().map(Plan::seal).unwrap_or_default();
        format!(
            "{};{};{};{bills}",
            self.remedy,
            given.join("+"),
            self.interest.amount.cents()
        )
    }
}

/// What an outcome of a dispute would come to.
///
/// # Errors
/// `AmountMissing`, `MoreThan`, `NoCredit`, `NothingToRebill`, or what pricing may fail by.
pub fn look(
    conn: &mut Conn,
    dispute: &DisputeRow,
    (remedy, amount): (Remedy, Option<Money>),
    on: chrono::NaiveDate,
) -> Result<Looked, RemedyError> {
    let priced = price(conn, dispute, on)?;
    let nothing = Looked {
        remedy,
        given: Vec::new(),
        interest: Interest::default(),
        plan: None,
        leak: None,
    };
    match remedy {
        Remedy::Upheld => Ok(nothing),
        Remedy::Rebilled => {
            if !priced.rebill.changes() {
                return Err(RemedyError::NothingToRebill);
            }
            Ok(Looked {
                plan: priced.rebill.possible().cloned(),
                interest: priced.rebill_interest,
                ..nothing
            })
        }
        Remedy::LeakAdjustment => {
            let leak = priced.leak.map_err(RemedyError::NoCredit)?;
            if !leak.total().is_positive() {
                return Err(RemedyError::NoCredit(NoCredit::NotPriced));
            }
            Ok(Looked {
                given: leak.funds.clone().into_iter().collect(),
                leak: Some(leak),
                ..nothing
            })
        }
        Remedy::Goodwill => Ok(Looked {
            given: shared(chosen((dispute, &priced), amount)?, &priced.funds),
            ..nothing
        }),
        Remedy::Refund => refund(dispute, amount, &priced, (nothing, on)),
    }
}

fn refund(
    dispute: &DisputeRow,
    amount: Option<Money>,
    priced: &Priced,
    (nothing, on): (Looked, chrono::NaiveDate),
) -> Result<Looked, RemedyError> {
    let amount = chosen((dispute, priced), amount)?;
    Ok(Looked {
        given: shared(amount, &priced.funds),
        interest: refund_interest(&priced.policy, amount, (priced.unpaid, &priced.paid), on)?,
        ..nothing
    })
}

/// The amount that was chosen, where a fund is known that gives it.
fn chosen(
    (dispute, priced): (&DisputeRow, &Priced),
    amount: Option<Money>,
) -> Result<Money, RemedyError> {
    let amount = amount.filter(|amount| amount.is_positive());
    let amount = amount.ok_or(RemedyError::AmountMissing)?;
    if amount > dispute.amount {
        return Err(RemedyError::MoreThan(dispute.amount));
    }
    if priced.funds.is_empty() {
        return Err(StoreError::Missing("fund of the disputed lines").into());
    }
    Ok(amount)
}

/// Ends a dispute as it was looked at.
///
/// # Errors
/// `Looked` where the seal is not that of what it comes to now; `NotAlone` where the job does not carry the outcome; else why it was refused.
pub fn carry_out(tx: &mut Tx<'_>, order: &Order) -> Result<Vec<BillNumber>, RemedyError> {
    carry_out_as(tx, order, Decides::Alone)
}

/// The same by whoever decides alone, or as the second of two.
pub(super) fn carry_out_as(
    tx: &mut Tx<'_>,
    order: &Order,
    decides: Decides,
) -> Result<Vec<BillNumber>, RemedyError> {
    let words = requests::checked(&order.words)?.ok_or(RequestError::WordsMissing)?;
    let row = requests::open(tx, order.request)?;
    store::ledger::lock(tx, &[row.account_id])?;
    let dispute = store::disputes::find(tx, row.id)?.ok_or(StoreError::Missing("dispute"))?;
    let asked = (order.remedy, order.amount);
    let on = tx.stamp.on;
    let looked = look(tx, &dispute, asked, on)?;
    if looked.seal() != order.seal {
        return Err(RemedyError::Looked(Box::new(looked)));
    }
    if !order.role.may(order.remedy.permission()) {
        return Err(RemedyError::NotAlone);
    }
    let outcome = (order.remedy.outcome(), Some(words));
    let late_from = end(tx, &row, outcome, dispute.amount)?.ok_or(RequestError::Moved)?;
    let credit = looked.credit();
    store::disputes::mark_remedy(tx, row.id, Some(order.remedy), credit)?;
    let facts = json!({ "remedy": order.remedy, "cents": credit, "interest_cents": looked.interest.amount });
    requests::audit(tx, &row, "dispute.remedied", facts)?;
    let numbers = match &looked.plan {
        Some(plan) => cancel_and_rebill(tx, dispute.bill_id, &reason(&row.number), &plan.seal())?,
        None => Vec::new(),
    };
    give(tx, order, (&row.number, &looked), decides)?;
    let unpaid = if looked.plan.is_some() {
        // A bill that was taken back is owed no longer; the one that stands for it has a day of its own.
        Money::ZERO
    } else {
        dispute.set_aside(store::open_items::remaining_of(tx, dispute.bill_id)?)
    };
    let news = RequestNews::Decided {
        outcome: order.remedy.outcome(),
        remedy: Some(order.remedy),
        credit,
        unpaid,
        words: words.to_owned(),
        late_from,
    };
    requests::tell(tx, &row, Urgency::MustReach, &news)?;
    Ok(numbers)
}

/// What stands in the books about it.
fn reason(number: &RequestNumber) -> String {
    format!("dispute {number}")
}

/// Posts what is given, fund by fund, by the limits that corrections by hand have.
fn give(
    tx: &mut Tx<'_>,
    order: &Order,
    (number, looked): (&RequestNumber, &Looked),
    decides: Decides,
) -> Result<(), RemedyError> {
    let account = store::requests::get(tx, order.request)?.account_id;
    let on = tx.stamp.on;
    let dispute = store::disputes::find(tx, order.request)?;
    let dispute = dispute.ok_or(StoreError::Missing("dispute"))?;
    let bill = dispute.bill_id;
    let mut funds = looked.given.clone();
    if funds.is_empty() && looked.interest.amount.is_positive() {
        funds = price(tx, &dispute, on)?.funds;
    }
    let interest = shared(looked.interest.amount, &funds);
    let given = looked.given.iter().map(|part| ("", part));
    let interest = interest.iter().map(|part| (", interest", part));
    for (what, (fund, amount)) in given.chain(interest) {
        let order = corrections::Order {
            account,
            reason: by_hand(order.remedy).to_owned(),
            note: format!("{}{what}", reason(number)),
            role: order.role,
            language: order.language,
            key: key(order, (what, fund)),
        };
        let correction = Correction::Credit {
            fund: fund.clone(),
            amount: *amount,
            bill: Some(bill),
        };
        corrections::correct(tx, &order, &correction, decides)?;
    }
    Ok(())
}

/// The reason of the policy for corrections that an outcome has.
const fn by_hand(remedy: Remedy) -> &'static str {
    match remedy {
        Remedy::LeakAdjustment => "leak",
        Remedy::Goodwill => "goodwill",
        Remedy::Upheld | Remedy::Rebilled | Remedy::Refund => "billing_error",
    }
}

/// The number under which a part is posted: the same one for the same part of the same dispute, and no other's.
fn key(order: &Order, (what, fund): (&str, &FundCode)) -> i64 {
    let text = format!("dispute {} {} {what} {fund}", order.request, order.remedy);
    let digest = Sha256::digest(text.as_bytes());
    let mut bytes = [0_u8; 8];
    bytes
        .iter_mut()
        .zip(digest)
        .for_each(|(to, from)| *to = from);
    i64::try_from(u64::from_be_bytes(bytes) >> 2).unwrap_or_default()
}

/// Orders that a meter is read again. The dispute stays open, and the customer is told; ordered again, it is the same order.
///
/// # Errors
/// `WordsTooLong`, `Moved` where the dispute has ended, or what a request may fail by.
pub fn order_reread(
    tx: &mut Tx<'_>,
    id: RequestId,
    (commodity, words): (Commodity, &str),
) -> Result<RequestNumber, RemedyError> {
    let words = requests::checked(words)?.ok_or(RequestError::WordsMissing)?;
    let row = requests::open(tx, id)?;
    let answers = Answers::default()
        .with(Field::Service, commodity.as_str())
        .with(Field::Words, &reason(&row.number));
    let new = NewRequest {
        request_key: format!("{}-reread-{commodity}", reason(&row.number)),
        account: row.account_id,
        kind: RequestKind::MeterReread,
        answers,
        photo: None,
    };
    if let Some(earlier) = requests::sent_before(tx, &new)? {
        return Ok(earlier);
    }
    let number = requests::ask(tx, &new)?;
    requests::take_if_free(tx, &row)?;
    insert_step(tx, row.id, Side::Office, (None, Some(words)))?;
    requests::audit(
        tx,
        &row,
        "dispute.reread_ordered",
        json!({ "request": number }),
    )?;
    Ok(number)
}
