//! Fees that the rules charge: for paying late, once on each debt, and for a payment that came back; and their waiver by staff.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde_json::json;

use crate::domain::allocation::OpenLeg;
use crate::domain::entries::{self, Event};
use crate::domain::fees::{OverdueDebt, due_after};
use crate::domain::gl::FundCode;
use crate::domain::holds::HoldStop;
use crate::domain::ids::{AccountId, EntryId, PaymentId};
use crate::domain::ledger::{Entry, EntryKind, Source, SourceKind};
use crate::domain::money::{Money, MoneyError};
use crate::store;
use crate::store::audit::Deed;
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::store::holds;
use crate::store::open_items;
use crate::store::overdue::{self, OverdueRow};
use crate::usecases::books::{self, Books};
use crate::usecases::ledger::{self, PostingError};
use crate::usecases::reversals;

/// How many debts one chunk looks at.
const CHUNK: i64 = 1_000;

/// Why no fee was charged or waived.
#[derive(Debug, thiserror::Error)]
pub enum FeeError {
    /// The entry could not be posted.
    #[error(transparent)]
    Posting(#[from] PostingError),
    /// A percentage past the range of money.
    #[error(transparent)]
    Amount(#[from] MoneyError),
    /// The courtesy was used up: so many waivers in so many months.
    #[error("the courtesy of {waivers} in {months} months is used up")]
    CourtesyUsed {
        /// How many are allowed.
        waivers: usize,
        /// In how many months.
        months: u32,
    },
    /// Only a late fee can be waived.
    #[error("entry {0} is not a late fee")]
    NotALateFee(EntryId),
    /// The database.
    #[error(transparent)]
    Fault(#[from] StoreError),
}

impl From<crate::domain::ledger::LedgerError> for FeeError {
    fn from(error: crate::domain::ledger::LedgerError) -> Self {
        Self::Posting(error.into())
    }
}

/// What one chunk came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Assessed {
    /// How many fees were charged.
    pub fees: usize,
    /// Their sum.
    pub amount: Money,
    /// How many debts were let be because a hold keeps the fee away.
    pub held: usize,
    /// Where the next chunk begins; `None` when all debts were looked at.
    pub next: Option<EntryId>,
}

/// Charges late fees on the next chunk of overdue debts after an entry, as of a day. A debt is charged once in its life: run again, for
/// the same day or a later one, it finds nothing new. Money on its way to the account counts as paid; what is in dispute and what an
/// arrangement in force covers is left out, and whatever is owed while a hold keeps the fee away: once that ends, the clock of the fee goes on
/// from that day.
///
/// # Errors
/// The database, or a percentage past the range of money.
pub fn assess_late_fees(
    tx: &mut Tx<'_>,
    books: &Books,
    on: NaiveDate,
    after: Option<EntryId>,
) -> Result<Assessed, FeeError> {
    let Some(policy) = &books.fees.late_fee else {
        return Ok(Assessed::default());
    };
    let Some(last_due) = policy.last_due(on) else {
        return Ok(Assessed::default());
    };
    let seen = overdue::list(tx, (on, last_due), after, CHUNK)?;
    let next = seen
        .last()
        .filter(|_| i64::try_from(seen.len()).is_ok_and(|found| found == CHUNK))
        .map(|row| row.entry_id);
    let accounts: Vec<AccountId> = seen.iter().map(|row| row.account_id).collect();
    store::ledger::lock(tx, &accounts)?;
    // Read again under the locks: a payment, a dispute or an arrangement may have come between.
    let entries: BTreeSet<EntryId> = seen.iter().map(|row| row.entry_id).collect();
    let mut rows = overdue::list(tx, (on, last_due), after, CHUNK)?;
    rows.retain(|row| entries.contains(&row.entry_id));
    let mut pending = overdue::pending_payments(tx, &accounts)?;
    let stopped = holds::stopped(tx, &accounts, (HoldStop::LateFee, on))?;
    let found = rows.len();
    rows.retain(|row| !stopped.is(row.account_id));
    let held = found - rows.len();

    let mut due = Vec::new();
    for row in rows {
        let on_its_way = pending.entry(row.account_id).or_default();
        let chargeable = row.remaining - row.disputed - row.arranged;
        let covered = chargeable.min(*on_its_way);
        *on_its_way -= covered;
        let debt = OverdueDebt {
            class: row.account_class.as_str(),
            due_on: stopped
                .freed_on(row.account_id)
                .map_or(row.due_on, |day| day.max(row.due_on)),
            remaining: chargeable - covered,
            is_penalty: row.kind.is_penalty() || row.is_deposit,
            was_charged: row.was_charged,
        };
        if let Some(fee) = policy.fee(&debt, on)? {
            due.push((row, fee));
        }
    }
    let entries = late_fees(tx, books, on, &due)?;
    let ids = store::ledger::insert(tx, &books.chart, &entries)?;
    for (row, _) in &due {
        tx.touch(row.account_id);
    }
    let assessed = Assessed {
        fees: due.len(),
        amount: due.iter().map(|(_, fee)| *fee).sum(),
        held,
        next,
    };
    if let (Some(first), Some(last)) = (ids.first(), ids.last()) {
        let facts = json!({
            "fees": assessed.fees, "cents": assessed.amount, "first": first, "last": last,
        });
        let deed = Deed {
            action: "late_fees.charged",
            subject_kind: "late_fees",
            subject_id: on.to_string(),
            account_id: None,
            facts,
        };
        store::audit::insert(tx, &deed)?;
    }
    Ok(assessed)
}

/// Charges late fees on the next chunk of debts that are overdue on the day of the transaction, by the policy of that day.
///
/// # Errors
/// The database, a policy that cannot be read, or a percentage past the range of money.
pub fn assess_late_fees_today(
    tx: &mut Tx<'_>,
    after: Option<EntryId>,
) -> Result<Assessed, FeeError> {
    let on = tx.stamp.on;
    let books = books::open(tx, on).map_err(PostingError::from)?;
    assess_late_fees(tx, &books, on, after)
}

/// Charges the fee for a payment that came back, where the utility charges one; what is held for the customer pays it. Safe to repeat.
///
/// # Errors
/// The database.
pub fn charge_returned_payment(
    tx: &mut Tx<'_>,
    books: &Books,
    account: AccountId,
    payment: PaymentId,
    on: NaiveDate,
) -> Result<Option<EntryId>, FeeError> {
    let Some(policy) = &books.fees.returned_payment_fee else {
        return Ok(None);
    };
    let source = Source {
        kind: SourceKind::Payment,
        id: payment.0,
    };
    if let Some(earlier) = store::ledger::find(tx, source, EntryKind::ReturnedPaymentFee)? {
        return Ok(Some(earlier.id));
    }
    let event = Event {
        account,
        source,
        on,
        memo: None,
    };
    let due_on = due_after(on, policy.due_days);
    let entry = entries::returned_payment_fee(
        &books.chart,
        &event,
        due_on,
        &policy.fund,
        policy.amount_cents,
    )?;
    let ids = store::ledger::insert(tx, &books.chart, std::slice::from_ref(&entry))?;
    let fee = ids.first().copied();
    if let Some(id) = fee {
        let of_fee = Source {
            kind: SourceKind::Entry,
            id: id.0,
        };
        let event = Event {
            source: of_fee,
            ..event
        };
        ledger::apply_held(tx, books, &[event])?;
        let deed = Deed {
            action: "returned_payment_fee.charged",
            subject_kind: "ledger_entry",
            subject_id: id.to_string(),
            account_id: Some(account),
            facts: json!({ "payment": payment, "cents": policy.amount_cents }),
        };
        store::audit::insert(tx, &deed)?;
    }
    tx.touch(account);
    Ok(fee)
}

/// Waives a late fee as a courtesy, as often as the policy allows; what was paid on it is held for the customer, and put on what is owed.
///
/// # Errors
/// `CourtesyUsed` when it was waived too often, `NotALateFee` for another entry.
pub fn waive_late_fee(
    tx: &mut Tx<'_>,
    books: &Books,
    fee: EntryId,
    reason: &str,
) -> Result<EntryId, FeeError> {
    let on = tx.stamp.on;
    let entry = store::ledger::get(tx, fee)?;
    let account = entry
        .account_id
        .filter(|_| entry.kind == EntryKind::LateFee)
        .ok_or(FeeError::NotALateFee(fee))?;
    let policy = books.fees.late_fee.as_ref();
    let earlier = overdue::waivers(tx, account)?;
    if let Some(courtesy) = policy.and_then(|policy| policy.courtesy)
        && !policy.is_some_and(|policy| policy.may_waive(&earlier, on))
    {
        return Err(FeeError::CourtesyUsed {
            waivers: courtesy.waivers,
            months: courtesy.months,
        });
    }
    let canceled = reversals::cancel_charge(tx, books, fee, on, Some(reason.to_owned()))?;
    let source = Source {
        kind: SourceKind::Entry,
        id: fee.0,
    };
    ledger::apply_held(
        tx,
        books,
        &[Event {
            account,
            source,
            on,
            memo: None,
        }],
    )?;
    Ok(canceled)
}

/// The entries of fees that are due, each earned by the policy's fund or by the funds of its debt in proportion.
fn late_fees(
    tx: &mut Tx<'_>,
    books: &Books,
    on: NaiveDate,
    due: &[(OverdueRow, Money)],
) -> Result<Vec<Entry>, FeeError> {
    let Some(policy) = &books.fees.late_fee else {
        return Ok(Vec::new());
    };
    let accounts: Vec<AccountId> = due.iter().map(|(row, _)| row.account_id).collect();
    let mut legs: BTreeMap<EntryId, Vec<OpenLeg>> = BTreeMap::new();
    for (_, leg) in open_items::list_legs(tx, &accounts)? {
        legs.entry(leg.leg.entry).or_default().push(leg);
    }
    let entry = |(row, fee): &(OverdueRow, Money)| {
        let source = Source {
            kind: SourceKind::Entry,
            id: row.entry_id.0,
        };
        let event = Event {
            account: row.account_id,
            source,
            on,
            memo: None,
        };
        let shares = match &policy.fund {
            Some(fund) => vec![(fund.clone(), *fee)],
            None => shares(*fee, legs.get(&row.entry_id).map_or(&[], Vec::as_slice)),
        };
        Ok(entries::late_fee(
            &books.chart,
            &event,
            due_after(on, policy.due_days),
            &shares,
        )?)
    };
    due.iter().map(entry).collect()
}

fn shares(fee: Money, legs: &[OpenLeg]) -> Vec<(FundCode, Money)> {
    let weights: Vec<u64> = legs
        .iter()
        .map(|leg| leg.remaining.cents().unsigned_abs())
        .collect();
    legs.iter()
        .zip(fee.split(&weights))
        .map(|(leg, share)| (leg.fund.clone(), share))
        .collect()
}
