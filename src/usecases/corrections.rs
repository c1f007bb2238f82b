//! What the office corrects by hand on an account: an amount charged or given, a credit paid out, a late fee waived. Each has a reason and
//! a limit by job, is looked at before it counts, and is posted once however often its form is sent.

use serde_json::json;

use crate::domain::entries::{Charge, Event};
use crate::domain::gl::{FundCode, Role};
use crate::domain::ids::{AccountId, EntryId};
use crate::domain::ledger::{EntryKind, Posting, Source, SourceKind};
use crate::domain::money::Money;
use crate::domain::notice::{Notice, PaymentTold, Urgency};
use crate::store;
use crate::store::audit::Deed;
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::usecases::books::{self, Books, BooksError};
use crate::usecases::fees::{self, FeeError};
use crate::usecases::ledger::{self, Adjustment, PostingError};
use crate::usecases::{notices, reversals};

/// The days over which what one person decides on one account counts together, so that a limit cannot be passed in small steps.
const LIMIT_DAYS: chrono::Days = chrono::Days::new(30);

/// How far ahead a charge by hand may be due.
const MOST_DUE: chrono::Days = chrono::Days::new(366);

/// Why nothing was corrected.
#[derive(Debug, thiserror::Error)]
pub enum CorrectionError {
    /// More than this job may decide on one account in thirty days.
    #[error("more than {most} is decided by somebody else; {decided} was decided already")]
    OverLimit {
        /// The most it may.
        most: Money,
        /// What the same person decided on the account in those days.
        decided: Money,
    },
    /// A charge is to be paid before today, or a long time from now.
    #[error("a charge is due from today to {last}")]
    DueDay {
        /// The last day that it may be due.
        last: chrono::NaiveDate,
    },
    /// There is no such fund, or it earns nothing of its own.
    #[error("this fund charges nobody")]
    NotAFund,
    /// Less is held for the customer than is to be paid out.
    #[error("only {held} is held")]
    NotHeld {
        /// What is held.
        held: Money,
    },
    /// The courtesy was used up: so many waivers in so many months.
    #[error("the courtesy of {waivers} in {months} months is used up")]
    CourtesyUsed {
        /// How many are allowed.
        waivers: usize,
        /// In how many months.
        months: u32,
    },
    /// Nothing, or an amount that cannot be posted.
    #[error("the amount cannot be posted")]
    Amount,
    /// Nothing was to be done but to look: this is what would have been posted.
    #[error("only looked at")]
    Looked(Vec<Posting>),
    /// The books refused.
    #[error(transparent)]
    Refused(PostingError),
    /// The rows could not be read or written.
    #[error(transparent)]
    Fault(#[from] StoreError),
}

impl From<PostingError> for CorrectionError {
    fn from(error: PostingError) -> Self {
        match error {
            PostingError::NotHeld { held } => Self::NotHeld { held },
            PostingError::Fault(fault) => Self::Fault(fault),
            PostingError::Ledger(crate::domain::ledger::LedgerError::NotPositive(_)) => {
                Self::Amount
            }
            refused @ (PostingError::Ledger(_)
            | PostingError::Books(_)
            | PostingError::NotPosted(_)
            | PostingError::NotACharge(_)) => Self::Refused(refused),
        }
    }
}

impl From<BooksError> for CorrectionError {
    fn from(error: BooksError) -> Self {
        Self::from(PostingError::from(error))
    }
}

impl From<FeeError> for CorrectionError {
    fn from(error: FeeError) -> Self {
        match error {
            FeeError::Posting(error) => error.into(),
            FeeError::CourtesyUsed { waivers, months } => Self::CourtesyUsed { waivers, months },
            FeeError::Fault(fault) => Self::Fault(fault),
            FeeError::Amount(_) | FeeError::NotALateFee(_) => {
                Self::Fault(StoreError::Missing("late fee"))
            }
        }
    }
}

/// What is corrected.
#[derive(Debug, Clone)]
pub enum Correction {
    /// An amount is charged, or given where it is negative.
    Adjust {
        /// The fund that earns or gives it.
        fund: FundCode,
        /// How much.
        amount: Money,
        /// When it is to be paid.
        due_on: chrono::NaiveDate,
    },
    /// Money held for the customer is paid out by the bank.
    Refund {
        /// How much.
        amount: Money,
    },
    /// A late fee is waived as a courtesy.
    Waive {
        /// The fee's entry.
        fee: EntryId,
    },
}

/// Who orders a correction, and how far.
#[derive(Debug, Clone)]
pub struct Order {
    /// On which account.
    pub account: AccountId,
    /// Why.
    pub reason: String,
    /// The most that this job may decide; nothing where it has no limit.
    pub most: Option<Money>,
    /// One per form shown, so that a form sent twice corrects once.
    pub key: i64,
    /// Whether it is posted, or only looked at.
    pub is_sure: bool,
}

/// Corrects an account. Where the order is not sure, everything is done and then taken back, and what would have been posted is told.
///
/// # Errors
/// `Looked` where the order was only to look; else why it was refused.
pub fn correct(
    tx: &mut Tx<'_>,
    order: &Order,
    correction: &Correction,
) -> Result<EntryId, CorrectionError> {
    let on = tx.stamp.on;
    let books = books::open(tx, on)?;
    let entry = match correction {
        Correction::Adjust {
            fund,
            amount,
            due_on,
        } => adjust(tx, &books, order, (fund, *amount, *due_on))?,
        Correction::Refund { amount } => refund(tx, &books, order, *amount)?,
        Correction::Waive { fee } => waive(tx, &books, order, *fee)?,
    };
    if order.is_sure {
        Ok(entry)
    } else {
        let postings = store::ledger::list_postings(tx, entry)?;
        Err(CorrectionError::Looked(postings))
    }
}

fn within(
    tx: &mut Tx<'_>,
    order: &Order,
    (action, amount): (&str, Money),
) -> Result<(), CorrectionError> {
    let Some(most) = order.most else {
        return Ok(());
    };
    let since = tx.stamp.on - LIMIT_DAYS;
    let decided = store::audit::decided_since(tx, order.account, action, since)?;
    let whole = decided.checked_add(amount.abs());
    if whole.is_none_or(|whole| whole > most) {
        return Err(CorrectionError::OverLimit { most, decided });
    }
    Ok(())
}

/// What is charged or given by hand: the verb of the trail.
const ADJUSTED: &str = "account.adjusted";
/// What is paid out of held credit: the verb of the trail.
const REFUNDED: &str = "credit.refunded";
/// What is waived: the verb of the trail.
const WAIVED: &str = "late_fee.waived";

fn check_charge(
    books: &Books,
    (fund, amount, due_on): (&FundCode, Money, chrono::NaiveDate),
    today: chrono::NaiveDate,
) -> Result<(), CorrectionError> {
    if amount.is_zero() {
        return Err(CorrectionError::Amount);
    }
    if !books
        .chart
        .earning_funds()
        .any(|earner| earner.code == *fund)
    {
        return Err(CorrectionError::NotAFund);
    }
    let last = today + MOST_DUE;
    if amount.is_positive() && !(today..=last).contains(&due_on) {
        return Err(CorrectionError::DueDay { last });
    }
    Ok(())
}

fn source(order: &Order) -> Source {
    Source {
        kind: SourceKind::Adjustment,
        id: order.key,
    }
}

fn adjust(
    tx: &mut Tx<'_>,
    books: &Books,
    order: &Order,
    (fund, amount, due_on): (&FundCode, Money, chrono::NaiveDate),
) -> Result<EntryId, CorrectionError> {
    check_charge(books, (fund, amount, due_on), tx.stamp.on)?;
    if let Some(earlier) = store::ledger::find(tx, source(order), EntryKind::Adjustment)? {
        return Ok(earlier.id);
    }
    within(tx, order, (ADJUSTED, amount))?;
    let adjustment = Adjustment {
        account: order.account,
        key: order.key,
        charge: Charge {
            fund: fund.clone(),
            gl: books.chart.code(Role::Adjustments).clone(),
            amount,
        },
        due_on,
        memo: order.reason.clone(),
    };
    let entry = ledger::adjust(tx, books, &adjustment)?;
    record(tx, order, ADJUSTED, amount)?;
    Ok(entry)
}

fn refund(
    tx: &mut Tx<'_>,
    books: &Books,
    order: &Order,
    amount: Money,
) -> Result<EntryId, CorrectionError> {
    if let Some(earlier) = store::ledger::find(tx, source(order), EntryKind::Refund)? {
        return Ok(earlier.id);
    }
    within(tx, order, (REFUNDED, amount))?;
    let on = tx.stamp.on;
    let event = Event {
        account: order.account,
        source: source(order),
        on,
        memo: Some(order.reason.clone()),
    };
    let entry = reversals::refund_credit(tx, books, &event, amount, Role::Bank)?;
    notices::tell(tx, order.account, Urgency::GoodToKnow, |reader| {
        Notice::RefundGiven(PaymentTold {
            name: reader.name.clone(),
            account_number: reader.account_number.clone(),
            payment: None,
            amount,
            on,
        })
    })?;
    record(tx, order, REFUNDED, amount)?;
    Ok(entry)
}

fn waive(
    tx: &mut Tx<'_>,
    books: &Books,
    order: &Order,
    fee: EntryId,
) -> Result<EntryId, CorrectionError> {
    let row = store::ledger::get(tx, fee)?;
    if row.account_id != Some(order.account) {
        return Err(StoreError::Missing("late fee").into());
    }
    let of_fee = Source {
        kind: SourceKind::Entry,
        id: fee.0,
    };
    if let Some(earlier) = store::ledger::find(tx, of_fee, EntryKind::Cancellation)? {
        return Ok(earlier.id);
    }
    within(tx, order, (WAIVED, row.receivable))?;
    let entry = fees::waive_late_fee(tx, books, fee, &order.reason)?;
    record(tx, order, WAIVED, row.receivable)?;
    Ok(entry)
}

fn record(
    tx: &mut Tx<'_>,
    order: &Order,
    action: &str,
    amount: Money,
) -> Result<(), CorrectionError> {
    let number = store::accounts::get(tx, order.account)?.number;
    let deed = Deed {
        action,
        subject_kind: "account",
        subject_id: number.to_string(),
        account_id: Some(order.account),
        facts: json!({"cents": amount, "reason": order.reason}),
    };
    Ok(store::audit::insert(tx, &deed)?)
}
