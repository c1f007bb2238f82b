//! What posts to the ledger going forward: bills, payments, credits, corrections. Set-wise wherever a run posts many at once; each posting
//! is safe to repeat, because its source is its key. What takes something back is next door, in `reversals.rs`.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::domain::allocation::{OpenLeg, Part};
use crate::domain::arrangements::redated;
use crate::domain::entries::{self, Charge, Event, Receipt};
use crate::domain::ids::{AccountId, BillId, EntryId, PaymentId};
use crate::domain::ledger::{Entry, EntryKind, LedgerError, LegId, Source, SourceKind};
use crate::domain::money::Money;
use crate::store;
use crate::store::arrangements;
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::store::open_items;
use crate::usecases::books::{Books, BooksError};
use crate::usecases::orders::shutoffs::after_payments;
use crate::usecases::recoveries::{self, Coming};

/// Why nothing was posted.
#[derive(Debug, thiserror::Error)]
pub enum PostingError {
    /// The entry would not have been a lawful one.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// The books could not be opened.
    #[error(transparent)]
    Books(#[from] BooksError),
    /// The payment was never posted, so that nothing can be taken back.
    #[error("payment {0} is not in the ledger")]
    NotPosted(PaymentId),
    /// Less is held for the customer than is to be paid out.
    #[error("only {held} is held for the customer")]
    NotHeld {
        /// What is held.
        held: Money,
    },
    /// Only bills, fees and corrections that the customer was asked to pay can be canceled.
    #[error("entry {0} is not a bill, fee or charge")]
    NotACharge(EntryId),
    /// The database.
    #[error(transparent)]
    Fault(#[from] StoreError),
}

/// An issued bill, as the ledger takes it.
#[derive(Debug, Clone)]
pub struct BillToPost {
    /// Whose bill.
    pub account: AccountId,
    /// Which bill.
    pub bill: BillId,
    /// Issued on.
    pub on: NaiveDate,
    /// Due on.
    pub due_on: NaiveDate,
    /// Its lines, by what earned them.
    pub lines: Vec<Charge>,
}

/// Money that came, as the ledger takes it.
#[derive(Debug, Clone, Copy)]
pub struct PaymentToPost {
    /// Whose money.
    pub account: AccountId,
    /// Which payment.
    pub payment: PaymentId,
    /// The civil day it counts from.
    pub on: NaiveDate,
    /// How much, and where it is now.
    pub receipt: Receipt,
    /// Whether the payer chose the amount: what a customer allowed us to take is what is owed.
    pub is_chosen: bool,
}

/// A correction by staff: positive, the customer is asked to pay it; negative, it is given.
#[derive(Debug, Clone)]
pub struct Adjustment {
    /// Whose account.
    pub account: AccountId,
    /// A number that whoever orders it chooses once, so that a form sent twice corrects once.
    pub key: i64,
    /// What is charged or given up. What is given pays what is owed to its fund first.
    pub charge: Charge,
    /// Of what is given: the bill that it is for, which it pays before everything else.
    pub bill: Option<BillId>,
    /// Due on, where it is to be paid.
    pub due_on: NaiveDate,
    /// The reason, in the words of whoever orders it.
    pub memo: String,
}

/// Posts issued bills, and puts what is held for their customers on what they owe. Each account at most once.
///
/// # Errors
/// A bill that was posted before, or a fund or account that is not in the chart.
pub fn post_bills(
    tx: &mut Tx<'_>,
    books: &Books,
    bills: &[BillToPost],
) -> Result<Vec<EntryId>, PostingError> {
    let ids = post_bills_unpaid(tx, books, bills)?;
    let events: Vec<Event> = bills.iter().map(bill_event).collect();
    apply_held(tx, books, &events)?;
    Ok(ids)
}

/// Posts issued bills, and leaves what is held for their customers where it is: more bills of the same accounts follow.
///
/// # Errors
/// A bill that was posted before, or a fund or account that is not in the chart.
pub(super) fn post_bills_unpaid(
    tx: &mut Tx<'_>,
    books: &Books,
    bills: &[BillToPost],
) -> Result<Vec<EntryId>, PostingError> {
    let owners: Vec<AccountId> = bills.iter().map(|bill| bill.account).collect();
    store::ledger::lock(tx, &owners)?;
    let entries = bills
        .iter()
        .map(|bill| entries::bill(&books.chart, &bill_event(bill), bill.due_on, &bill.lines))
        .collect::<Result<Vec<_>, _>>()?;
    let ids = store::ledger::insert(tx, &books.chart, &entries)?;
    for account in owners {
        tx.touch(account);
    }
    Ok(ids)
}

/// Posts money that came, oldest debts first or as the policy says; what is more than owed is held for the customer. A payment that was
/// posted before is left as it is.
///
/// # Errors
/// An amount that is not positive.
pub fn post_payments(
    tx: &mut Tx<'_>,
    books: &Books,
    payments: &[PaymentToPost],
) -> Result<Vec<EntryId>, PostingError> {
    let accounts: Vec<AccountId> = payments.iter().map(|payment| payment.account).collect();
    store::ledger::lock(tx, &accounts)?;
    let sources: Vec<i64> = payments.iter().map(|payment| payment.payment.0).collect();
    let mut known =
        store::ledger::list_made_for(tx, SourceKind::Payment, &sources, EntryKind::Payment)?;
    let mut legs = legs_of(tx, &accounts)?;
    let is_new = |payment: &&PaymentToPost| !known.contains_key(&payment.payment.0);
    let coming: Vec<Coming> = payments.iter().filter(is_new).map(Coming::from).collect();
    if recoveries::reinstate(tx, books, &coming, &legs)? {
        legs = legs_of(tx, &accounts)?;
    }
    let (mut new, mut postings) = (Vec::new(), Vec::new());
    for payment in payments
        .iter()
        .filter(|payment| !known.contains_key(&payment.payment.0))
    {
        let source = Source {
            kind: SourceKind::Payment,
            id: payment.payment.0,
        };
        let event = Event {
            account: payment.account,
            source,
            on: payment.on,
            memo: None,
        };
        let owed = legs.entry(payment.account).or_default();
        let (amount, policy) = (payment.receipt.amount, &books.allocation);
        let allocation = if payment.is_chosen {
            policy.lay_out_chosen(amount, owed, payment.on)
        } else {
            policy.lay_out(amount, owed, payment.on)
        };
        take_from(owed, &allocation.parts);
        postings.push(entries::payment(
            &books.chart,
            &event,
            payment.receipt,
            &allocation,
        )?);
        new.push(payment.payment.0);
        tx.touch(payment.account);
    }
    let ids = store::ledger::insert(tx, &books.chart, &postings)?;
    known.extend(new.into_iter().zip(ids));
    after_payments(tx, &accounts)?;
    Ok(sources
        .iter()
        .filter_map(|source| known.get(source).copied())
        .collect())
}

/// Posts money that had gone back and came again: a refund that failed. Safe to repeat by the event's source.
///
/// # Errors
/// An amount that is not positive.
pub fn post_reinstatement(
    tx: &mut Tx<'_>,
    books: &Books,
    event: &Event,
    receipt: Receipt,
) -> Result<EntryId, PostingError> {
    store::ledger::lock(tx, &[event.account])?;
    if let Some(earlier) = store::ledger::find(tx, event.source, EntryKind::PaymentReinstatement)? {
        return Ok(earlier.id);
    }
    let legs = legs_of(tx, &[event.account])?
        .remove(&event.account)
        .unwrap_or_default();
    let allocation = books.allocation.lay_out(receipt.amount, &legs, event.on);
    let entry = entries::payment_reinstatement(&books.chart, event, receipt, &allocation)?;
    post_one(tx, books, entry)
}

/// Posts a correction by staff. Safe to repeat by its key.
///
/// # Errors
/// A fund or account that is not in the chart, or an amount of nothing.
pub fn adjust(
    tx: &mut Tx<'_>,
    books: &Books,
    adjustment: &Adjustment,
) -> Result<EntryId, PostingError> {
    let source = Source {
        kind: SourceKind::Adjustment,
        id: adjustment.key,
    };
    store::ledger::lock(tx, &[adjustment.account])?;
    if let Some(earlier) = store::ledger::find(tx, source, EntryKind::Adjustment)? {
        return Ok(earlier.id);
    }
    let on = tx.stamp.on;
    let event = Event {
        account: adjustment.account,
        source,
        on,
        memo: Some(adjustment.memo.clone()),
    };
    let charge = adjustment.charge.clone();
    let entry = if charge.amount.is_negative() {
        let given = Charge {
            amount: -charge.amount,
            ..charge
        };
        let legs = legs_of(tx, &[event.account])?
            .remove(&event.account)
            .unwrap_or_default();
        let of_bill = match adjustment.bill {
            Some(bill) => {
                let source = Source {
                    kind: SourceKind::Bill,
                    id: bill.0,
                };
                store::ledger::find(tx, source, EntryKind::Bill)?.map(|entry| entry.id)
            }
            None => None,
        };
        let is_meant = |leg: LegId| Some(leg.entry) == of_bill;
        let is_meant: &dyn Fn(LegId) -> bool = &is_meant;
        let whose = (&given.fund, is_meant);
        let allocation = books
            .allocation
            .lay_out_given(given.amount, &legs, whose, on);
        entries::credit_adjustment(&books.chart, &event, given, &allocation)?
    } else {
        entries::debit_adjustment(&books.chart, &event, adjustment.due_on, charge)?
    };
    let id = post_one(tx, books, entry)?;
    apply_held(tx, books, std::slice::from_ref(&event))?;
    Ok(id)
}

/// Puts what is held for customers on what they owe, as of each event's day. Each account at most once.
///
/// # Errors
/// Credit that was applied for the same source before.
pub fn apply_held(tx: &mut Tx<'_>, books: &Books, events: &[Event]) -> Result<(), PostingError> {
    let accounts: Vec<AccountId> = events.iter().map(|event| event.account).collect();
    let held = open_items::list_held(tx, &accounts)?;
    if held.is_empty() {
        return Ok(());
    }
    let holders: Vec<AccountId> = held.keys().copied().collect();
    let mut legs = legs_of(tx, &holders)?;
    let coming: Vec<Coming> = events
        .iter()
        .filter_map(|event| {
            held.get(&event.account).map(|amount| Coming {
                account: event.account,
                on: event.on,
                amount: *amount,
            })
        })
        .collect();
    if recoveries::reinstate(tx, books, &coming, &legs)? {
        legs = legs_of(tx, &holders)?;
    }
    let mut postings = Vec::new();
    for event in events {
        let (Some(amount), Some(legs)) = (held.get(&event.account), legs.get(&event.account))
        else {
            continue;
        };
        let allocation = books.allocation.lay_out(*amount, legs, event.on);
        if !allocation.parts.is_empty() {
            postings.push(entries::credit_application(
                &books.chart,
                event,
                &allocation.parts,
            )?);
        }
    }
    if !postings.is_empty() {
        store::ledger::insert(tx, &books.chart, &postings)?;
    }
    Ok(())
}

pub(super) fn post_one(
    tx: &mut Tx<'_>,
    books: &Books,
    entry: Entry,
) -> Result<EntryId, PostingError> {
    if let Some(account) = entry.heading().account {
        tx.touch(account);
    }
    let ids = store::ledger::insert(tx, &books.chart, std::slice::from_ref(&entry))?;
    Ok(*ids.first().ok_or(StoreError::Missing("ledger entry"))?)
}

pub(super) fn held_for(tx: &mut Tx<'_>, account: AccountId) -> Result<Money, StoreError> {
    Ok(open_items::list_held(tx, &[account])?
        .remove(&account)
        .unwrap_or_default())
}

/// What is owed, leg by leg; what an arrangement covers is due with its installments.
pub(super) fn legs_of(
    tx: &mut Tx<'_>,
    accounts: &[AccountId],
) -> Result<BTreeMap<AccountId, Vec<OpenLeg>>, StoreError> {
    let mut legs: BTreeMap<AccountId, Vec<OpenLeg>> = BTreeMap::new();
    for (account, leg) in open_items::list_legs(tx, accounts)? {
        legs.entry(account).or_default().push(leg);
    }
    for open in arrangements::list_open(tx, accounts)? {
        if let Some(owed) = legs.get_mut(&open.row.account_id) {
            *owed = redated(
                std::mem::take(owed),
                &open.cover.shares(),
                open.row.grace_days(),
            );
        }
    }
    Ok(legs)
}

/// Takes what was just paid off the debts, so that the next payment of the same account in the same batch sees what is left.
fn take_from(owed: &mut [OpenLeg], parts: &[Part]) {
    for part in parts {
        let mut left = part.amount;
        for debt in owed.iter_mut().filter(|debt| debt.leg == part.leg) {
            let now = left.min(debt.remaining);
            debt.pay(now);
            left -= now;
        }
    }
}

impl From<&PaymentToPost> for Coming {
    fn from(payment: &PaymentToPost) -> Self {
        Self {
            account: payment.account,
            on: payment.on,
            amount: payment.receipt.amount,
        }
    }
}

fn bill_event(bill: &BillToPost) -> Event {
    let source = Source {
        kind: SourceKind::Bill,
        id: bill.bill.0,
    };
    Event {
        account: bill.account,
        source,
        on: bill.on,
        memo: None,
    }
}
