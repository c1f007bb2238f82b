//! What the office corrects by hand on an account: credits and charges, refunds, waivers, transfers, write-offs. Each has a reason of the
//! policy's list, is looked at before it counts, is posted exactly as it was seen, and once however often its form is sent. What is above a
//! limit waits for a second person (`decide`); what is posted for each kind is in `effects`.

use chrono::NaiveDate;

use crate::domain::correction_policy::{CorrectionPolicy, KindRules};
use crate::domain::corrections::{Correction, CorrectionKind, CorrectionStatus};
use crate::domain::customers::Language;
use crate::domain::ids::{AccountId, EntryId};
use crate::domain::ledger::LedgerError;
use crate::domain::money::Money;
use crate::domain::staff::Role;
use crate::domain::stamp::Actor;
use crate::store;
use crate::store::corrections::NewCorrection;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::usecases::books::{self, BooksError};
use crate::usecases::fees::FeeError;
use crate::usecases::ledger::PostingError;
use crate::usecases::looked::Look;
use crate::usecases::orders::shutoffs::after_payments;
use crate::usecases::payments::REFUNDED;

mod applying;
mod decide;
mod effects;
mod reversing;
mod trail;

pub use crate::usecases::looked::Seen;
pub use applying::apply_credit;
pub use decide::{approve, refuse, withdraw};
use trail::{record, record_posted};

/// The days over which what one person decides on one account counts together, so that a limit cannot be passed in small steps.
const LIMIT_DAYS: chrono::Days = chrono::Days::new(30);

/// Why nothing was corrected.
#[derive(Debug, thiserror::Error)]
pub enum CorrectionError {
    /// The policy lets nobody do this.
    #[error("the policy for corrections says nothing of {0}")]
    NotAllowed(CorrectionKind),
    /// The reason is not one of the policy's list.
    #[error("{0:?} is no reason for this kind of correction")]
    Reason(String),
    /// The reason says too little by itself.
    #[error("a note must say why")]
    NoteMissing,
    /// More than this job may decide on one account in thirty days, also as the second person.
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
        last: NaiveDate,
    },
    /// There is no such fund, or it earns nothing of its own.
    #[error("this fund charges nobody")]
    NotAFund,
    /// Less is held for the customer than is to be paid out or carried.
    #[error("only {held} is held")]
    NotHeld {
        /// What is held.
        held: Money,
    },
    /// Less is owed, and not in dispute, than is to be carried or given up.
    #[error("only {owed} is owed and not in dispute")]
    NotOwed {
        /// What is owed.
        owed: Money,
    },
    /// What is owed is paid by an arrangement, which must end before.
    #[error("an arrangement is in force")]
    Arranged,
    /// Only what an account that ended owes is given up.
    #[error("the account has not ended")]
    NotEnded,
    /// Something keeps a write-off away: a hold, a dispute or money on its way.
    #[error("a hold, a dispute or money on its way keeps the write-off away")]
    Held,
    /// A hold protects what is owed here, and nothing would protect it on the other account.
    #[error("a hold protects what is owed, and there is none on the other account")]
    Protected,
    /// The form ordered another correction before.
    #[error("the form was used before")]
    KeyUsed,
    /// A deposit is still asked for or held: it is waived or given back before.
    #[error("a deposit is still asked for or held")]
    DepositOpen,
    /// What it posted is not answered by an entry.
    #[error("a correction of this kind is not reversed")]
    NotReversible,
    /// It is reversed already, or somebody ordered that.
    #[error("the correction is reversed already")]
    ReversedBefore,
    /// What was given up was paid since.
    #[error("what was given up came back")]
    CameBack,
    /// Nothing is carried from an account to itself.
    #[error("this is the same account")]
    SameAccount,
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
    /// The chart of accounts lacks an account for this.
    #[error(transparent)]
    Chart(LedgerError),
    /// Nothing was to be done but to look: this is what would have been posted.
    #[error("only looked at")]
    Looked(Preview),
    /// The account stands otherwise than when it was looked at; this is what would be posted now.
    #[error("the account has changed since")]
    Changed(Preview),
    /// It was looked at, and a second person decides.
    #[error("a second person decides")]
    SecondPerson(Preview),
    /// Nobody decides as the second person what they ordered.
    #[error("somebody else than {0} decides")]
    SamePerson(String),
    /// It was decided or given up before.
    #[error("the correction is {0} already")]
    Decided(CorrectionStatus),
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
            PostingError::Ledger(error) => error.into(),
            refused @ (PostingError::Books(_)
            | PostingError::NotPosted(_)
            | PostingError::NotACharge(_)) => Self::Refused(refused),
        }
    }
}

impl From<LedgerError> for CorrectionError {
    fn from(error: LedgerError) -> Self {
        match error {
            LedgerError::NotPositive(_) => Self::Amount,
            LedgerError::NoPart(_) => Self::Chart(error),
            LedgerError::Unbalanced(_)
            | LedgerError::NoFund(_)
            | LedgerError::NoGl(_)
            | LedgerError::Applied { .. }
            | LedgerError::Parts { .. } => Self::Refused(error.into()),
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

/// Who orders a correction, and why.
#[derive(Debug, Clone)]
pub struct Order {
    /// On which account.
    pub account: AccountId,
    /// The reason, by its code in the policy.
    pub reason: String,
    /// What they wrote about it; may be empty where the reason says enough.
    pub note: String,
    /// Their job.
    pub role: Role,
    /// The language of what they write.
    pub language: Language,
    /// One per form shown, so that a form sent twice corrects once.
    pub key: i64,
}

/// What a correction would post, entry by entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    /// The entries in their order.
    pub entries: Vec<Seen>,
    /// What the correction comes to.
    pub amount: Money,
    /// Whether a second person decides.
    pub takes_two: bool,
    /// The newest entry when it was looked at: who confirms it hands this back, to be told what came since.
    pub since: EntryId,
    /// What each account owed before, and every leg: who confirms it hands this back, so that nothing else is posted.
    pub seal: String,
}

/// Corrects an account, once it was looked at: without a seal everything is done, taken back and told.
///
/// # Errors
/// `Looked` without a seal, `Changed` where something else would be posted than was sealed, `SecondPerson` where it was seen and takes two
/// (then [`propose`]); else why it was refused.
pub fn order(
    tx: &mut Tx<'_>,
    order: &Order,
    correction: &Correction,
    seal: Option<&str>,
) -> Result<CorrectionStatus, CorrectionError> {
    if let Some(known) = find_ordered(tx, order, correction)? {
        return Ok(known);
    }
    let (entry, preview) = carry_out(tx, order, correction)?;
    match seal {
        None => return Err(CorrectionError::Looked(preview)),
        Some(seal) if seal != preview.seal => return Err(CorrectionError::Changed(preview)),
        Some(_) => {}
    }
    if preview.takes_two {
        return Err(CorrectionError::SecondPerson(preview));
    }
    settle(tx, order, correction, (&preview, entry))?;
    Ok(CorrectionStatus::Posted)
}

/// How whoever acts decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decides {
    /// By themselves.
    Alone,
    /// What somebody else ordered.
    AsSecond,
}

/// Posts a correction that is part of something else and was looked at with it. What takes a second person is refused where nobody else has ordered
/// the whole, because the rest does not wait.
///
/// # Errors
/// `OverLimit` where a second person would decide, or more than the second person may; else why it was refused.
pub fn correct(
    tx: &mut Tx<'_>,
    order: &Order,
    correction: &Correction,
    decides: Decides,
) -> Result<(), CorrectionError> {
    if find_ordered(tx, order, correction)?.is_some() {
        return Ok(());
    }
    let kind = correction.kind();
    let (entry, preview) = carry_out(tx, order, correction)?;
    if preview.takes_two {
        let on = tx.stamp.on;
        let policy = books::corrections_on(tx, on)?;
        let (rules, decided) = (rules(&policy, kind)?, decided(tx, order.account, kind)?);
        let most = match decides {
            Decides::Alone => Some(rules.alone(order.role)),
            Decides::AsSecond if rules.is_within(order.role, preview.amount, decided) => None,
            Decides::AsSecond => Some(rules.limit(order.role).unwrap_or_default()),
        };
        if let Some(most) = most {
            return Err(CorrectionError::OverLimit { most, decided });
        }
    }
    settle(tx, order, correction, (&preview, entry))?;
    Ok(())
}

/// Where the correction stands that was ordered under the same key before.
///
/// # Errors
/// `KeyUsed` where that was another one: a form that somebody went back to orders nothing, and never says that it did.
fn find_ordered(
    tx: &mut Tx<'_>,
    order: &Order,
    correction: &Correction,
) -> Result<Option<CorrectionStatus>, CorrectionError> {
    let Some(row) = store::corrections::find_by_key(tx, order.key)? else {
        return Ok(None);
    };
    let is_why = row.reason == order.reason && row.note == order.note;
    let is_same = row.account_id == order.account && is_why && row.correction()? == *correction;
    if is_same {
        Ok(Some(row.status))
    } else {
        Err(CorrectionError::KeyUsed)
    }
}

/// Keeps what was posted, with who decided it.
fn settle(
    tx: &mut Tx<'_>,
    order: &Order,
    correction: &Correction,
    (preview, entry): (&Preview, EntryId),
) -> Result<(), StoreError> {
    keep(tx, order, correction, (preview, Some(entry)))?;
    after_payments(tx, &touched(order, correction))?;
    record_posted(
        tx,
        (order.account, &order.reason),
        correction,
        preview.amount,
    )
}

/// Lets a correction wait for a second person, as it was seen.
///
/// # Errors
/// A reason that the policy does not know, or a fault.
pub fn propose(
    tx: &mut Tx<'_>,
    order: &Order,
    correction: &Correction,
    preview: &Preview,
) -> Result<CorrectionStatus, CorrectionError> {
    if let Some(known) = find_ordered(tx, order, correction)? {
        return Ok(known);
    }
    let on = tx.stamp.on;
    let policy = books::corrections_on(tx, on)?;
    memo(&policy, order, correction.kind())?;
    keep(tx, order, correction, (preview, None))?;
    record(
        tx,
        (order.account, &order.reason),
        "correction.proposed",
        preview.amount,
    )?;
    Ok(CorrectionStatus::Proposed)
}

fn keep(
    tx: &mut Tx<'_>,
    order: &Order,
    correction: &Correction,
    (preview, entry): (&Preview, Option<EntryId>),
) -> Result<(), StoreError> {
    let new = NewCorrection {
        request_key: order.key,
        account: order.account,
        correction,
        amount: preview.amount,
        reason: &order.reason,
        note: &order.note,
        seal: &preview.seal,
        entry,
    };
    store::corrections::insert(tx, &new)?;
    for account in touched(order, correction) {
        tx.touch(account);
    }
    Ok(())
}

/// Posts a correction and says what came of it, entry by entry.
fn carry_out(
    tx: &mut Tx<'_>,
    order: &Order,
    correction: &Correction,
) -> Result<(EntryId, Preview), CorrectionError> {
    let on = tx.stamp.on;
    let books = books::open(tx, on)?;
    let policy = books::corrections_on(tx, on)?;
    let kind = correction.kind();
    let memo = memo(&policy, order, kind)?;
    let accounts = touched(order, correction);
    store::ledger::lock(tx, &accounts)?;
    let look = Look::begin(tx, accounts)?;
    let since = look.since();
    let (entry, amount) = effects::post(tx, &books, (order, &memo), correction)?;
    let (entries, seal) = look.end(tx)?;
    let decided = decided(tx, order.account, kind)?;
    let takes_two = rules(&policy, kind)?.takes_two(order.role, amount, decided);
    let preview = Preview {
        entries,
        amount,
        takes_two,
        since,
        seal,
    };
    Ok((entry, preview))
}

fn touched(order: &Order, correction: &Correction) -> Vec<AccountId> {
    let other = correction.other();
    std::iter::once(order.account).chain(other).collect()
}

fn rules(policy: &CorrectionPolicy, kind: CorrectionKind) -> Result<&KindRules, CorrectionError> {
    policy.rules(kind).ok_or(CorrectionError::NotAllowed(kind))
}

/// What the entry says of itself: the reason in the language of whoever orders it, and what they wrote.
fn memo(
    policy: &CorrectionPolicy,
    order: &Order,
    kind: CorrectionKind,
) -> Result<String, CorrectionError> {
    let reason = rules(policy, kind)?
        .reason(&order.reason)
        .ok_or_else(|| CorrectionError::Reason(order.reason.clone()))?;
    let (words, note) = (reason.words(order.language), order.note.trim());
    if reason.takes_note && note.is_empty() {
        return Err(CorrectionError::NoteMissing);
    }
    if note.is_empty() {
        Ok(words.to_owned())
    } else {
        Ok(format!("{words}: {note}"))
    }
}

/// What the acting person decided of a kind on an account in the days over which it counts together.
pub(in crate::usecases) fn decided(
    tx: &mut Tx<'_>,
    account: AccountId,
    kind: CorrectionKind,
) -> Result<Money, StoreError> {
    let (by, on) = (tx.stamp.by.clone(), tx.stamp.on);
    decided_by(tx, &by, (account, kind), on)
}

/// What somebody decided of a kind on an account in the days up to one over which it counts together: what is left of their limit is less by it.
/// What goes back by the processor counts with what is paid out otherwise.
///
/// # Errors
/// A fault of the store.
pub fn decided_by(
    conn: &mut Conn,
    by: &Actor,
    (account, kind): (AccountId, CorrectionKind),
    on: NaiveDate,
) -> Result<Money, StoreError> {
    let since = on - LIMIT_DAYS;
    let by_hand = store::audit::decided_since(conn, by, (account, kind.verb()), since)?;
    match kind {
        CorrectionKind::Refund => {
            Ok(by_hand + store::audit::decided_since(conn, by, (account, REFUNDED), since)?)
        }
        CorrectionKind::Credit
        | CorrectionKind::Charge
        | CorrectionKind::Waiver
        | CorrectionKind::Transfer
        | CorrectionKind::WriteOff => Ok(by_hand),
    }
}
