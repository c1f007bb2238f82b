//! The field's entries, each made from the facts of one event. All of them balance within each fund, or are refused.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::domain::allocation::{Allocation, Part};
use crate::domain::gl::{Chart, FundCode, GlCode, Role};
use crate::domain::ids::{AccountId, EntryId};
use crate::domain::ledger::{Application, Entry, EntryKind, Heading, LedgerError, Posting, Source};
use crate::domain::money::Money;

pub mod budget;
pub mod by_hand;
pub mod deposits;
pub mod own;

/// The event behind an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Whose ledger it stands in.
    pub account: AccountId,
    /// What the entry is made for.
    pub source: Source,
    /// The civil day it counts from.
    pub on: NaiveDate,
    /// What a person wrote about it.
    pub memo: Option<String>,
}

impl Event {
    fn heading(&self, kind: EntryKind, reverses: Option<EntryId>) -> Heading {
        Heading {
            account: Some(self.account),
            kind,
            on: self.on,
            source: self.source,
            reverses,
            memo: self.memo.clone(),
        }
    }
}

/// One amount charged: what earned it, and how much; negative for a credit line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Charge {
    /// The fund that earns it.
    pub fund: FundCode,
    /// The account that earns it: revenue, or a liability for taxes and franchise fees.
    pub gl: GlCode,
    /// How much.
    pub amount: Money,
}

/// So much of an earlier credit that stands on a debt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The entry whose credit it is.
    pub credit: EntryId,
    /// The debt, and how much of it the credit pays.
    pub part: Part,
}

/// Money received.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Receipt {
    /// How much.
    pub amount: Money,
    /// Where it was received: bank, drawer or processor clearing.
    pub into: Role,
}

/// An issued bill. What a fund's lines come to falls due on the due date; a fund whose lines come to less than nothing pays, through the
/// pool, for the others in proportion; what is then left is held for the customer.
///
/// # Errors
/// A fund or account that is not in the chart.
pub fn bill(
    chart: &Chart,
    event: &Event,
    due_on: NaiveDate,
    lines: &[Charge],
) -> Result<Entry, LedgerError> {
    charged(chart, event.heading(EntryKind::Bill, None), due_on, lines)
}

/// A late fee on a debt (the event's source is the debt's entry), earned by the funds given.
///
/// # Errors
/// A fund that is not in the chart, or a fee that is not positive.
pub fn late_fee(
    chart: &Chart,
    event: &Event,
    due_on: NaiveDate,
    shares: &[(FundCode, Money)],
) -> Result<Entry, LedgerError> {
    let earned = |(fund, amount): &(FundCode, Money)| Charge {
        fund: fund.clone(),
        gl: chart.code(Role::LateFeeRevenue).clone(),
        amount: *amount,
    };
    let lines: Vec<Charge> = shares.iter().map(earned).collect();
    must_be_positive(lines.iter().map(|line| line.amount).sum())?;
    charged(
        chart,
        event.heading(EntryKind::LateFee, None),
        due_on,
        &lines,
    )
}

/// The fee for a payment that came back (the event's source is the payment).
///
/// # Errors
/// A fund that is not in the chart, or a fee that is not positive.
pub fn returned_payment_fee(
    chart: &Chart,
    event: &Event,
    due_on: NaiveDate,
    fund: &FundCode,
    amount: Money,
) -> Result<Entry, LedgerError> {
    must_be_positive(amount)?;
    let gl = chart.code(Role::ReturnedPaymentFee).clone();
    let line = Charge {
        fund: fund.clone(),
        gl,
        amount,
    };
    charged(
        chart,
        event.heading(EntryKind::ReturnedPaymentFee, None),
        due_on,
        &[line],
    )
}

/// A correction that the customer is asked to pay.
///
/// # Errors
/// A code that is not in the chart, or an amount that is not positive.
pub fn debit_adjustment(
    chart: &Chart,
    event: &Event,
    due_on: NaiveDate,
    charge: Charge,
) -> Result<Entry, LedgerError> {
    must_be_positive(charge.amount)?;
    charged(
        chart,
        event.heading(EntryKind::Adjustment, None),
        due_on,
        &[charge],
    )
}

/// A correction in the customer's favor: `given` is what is given up, as a positive amount; it pays debts as laid out, and what is left is
/// held for the customer.
///
/// # Errors
/// A code that is not in the chart, or an allocation of another amount.
pub fn credit_adjustment(
    chart: &Chart,
    event: &Event,
    given: Charge,
    allocation: &Allocation,
) -> Result<Entry, LedgerError> {
    let from = Posting {
        gl: given.gl,
        fund: given.fund,
        amount: given.amount,
        due_on: None,
    };
    credited(
        chart,
        event.heading(EntryKind::Adjustment, None),
        from,
        allocation,
    )
}

/// Money received; it pays debts as laid out, and what is left is held for the customer.
///
/// # Errors
/// An amount that is not positive, or an allocation of another amount.
pub fn payment(
    chart: &Chart,
    event: &Event,
    receipt: Receipt,
    allocation: &Allocation,
) -> Result<Entry, LedgerError> {
    let into = pooled(chart, receipt.into, receipt.amount);
    credited(
        chart,
        event.heading(EntryKind::Payment, None),
        into,
        allocation,
    )
}

/// Money that was taken back came again; it pays debts as laid out, like any payment.
///
/// # Errors
/// An amount that is not positive, or an allocation of another amount.
pub fn payment_reinstatement(
    chart: &Chart,
    event: &Event,
    receipt: Receipt,
    allocation: &Allocation,
) -> Result<Entry, LedgerError> {
    let into = pooled(chart, receipt.into, receipt.amount);
    credited(
        chart,
        event.heading(EntryKind::PaymentReinstatement, None),
        into,
        allocation,
    )
}

/// Money held for the customer is put on debts.
///
/// # Errors
/// An amount that is not positive.
pub fn credit_application(
    chart: &Chart,
    event: &Event,
    parts: &[Part],
) -> Result<Entry, LedgerError> {
    let amount: Money = parts.iter().map(|part| part.amount).sum();
    let held = pooled(chart, Role::CustomerCredits, amount);
    let allocation = Allocation {
        parts: parts.to_vec(),
        left: Money::ZERO,
    };
    credited(
        chart,
        event.heading(EntryKind::CreditApplication, None),
        held,
        &allocation,
    )
}

/// Credits that stand on debts are taken off them and held for the customer: before a bill is canceled, or money goes back. Where more has
/// to be held than stands anywhere (it was paid out meanwhile), `owed` is asked of the customer, to the pool that paid.
///
/// # Errors
/// An amount that is not positive.
pub fn credit_release(
    chart: &Chart,
    event: &Event,
    standing: &[Standing],
    owed: Money,
    due_on: NaiveDate,
) -> Result<Entry, LedgerError> {
    let amount = owed + standing.iter().map(|standing| standing.part.amount).sum();
    must_be_positive(amount)?;
    let (mut legs, applications) = taken_off(chart, standing);
    legs.insert(0, receivable(chart, chart.pool(), owed, Some(due_on)));
    legs.push(pooled(chart, Role::CustomerCredits, -amount));
    Entry::balanced(
        chart,
        event.heading(EntryKind::CreditRelease, None),
        legs,
        applications,
    )
}

/// A payment that the bank or card took back. What of it stands on debts is taken off them, so that they are owed again from their original
/// due dates; the rest is no longer held for the customer.
///
/// # Errors
/// More standing than was received.
pub fn payment_return(
    chart: &Chart,
    event: &Event,
    receipt: Receipt,
    payment: EntryId,
    standing: &[Part],
) -> Result<Entry, LedgerError> {
    let parts: Money = standing.iter().map(|part| part.amount).sum();
    must_be_positive(receipt.amount)?;
    if parts > receipt.amount {
        return Err(LedgerError::Parts {
            parts,
            whole: receipt.amount,
        });
    }
    let standing: Vec<Standing> = standing
        .iter()
        .map(|part| Standing {
            credit: payment,
            part: part.clone(),
        })
        .collect();
    let (mut legs, applications) = taken_off(chart, &standing);
    legs.push(pooled(chart, Role::CustomerCredits, receipt.amount - parts));
    legs.push(pooled(chart, receipt.into, -receipt.amount));
    Entry::balanced(
        chart,
        event.heading(EntryKind::PaymentReturn, Some(payment)),
        legs,
        applications,
    )
}

/// Takes back a bill, fee or adjustment whole: the exact opposite of its postings. Its debts are settled by it, so that whatever stood on
/// them has to be released before.
///
/// # Errors
/// Postings that were not a balanced entry of this chart.
pub fn cancellation(
    chart: &Chart,
    event: &Event,
    canceled: EntryId,
    postings: &[Posting],
    debts: &[Part],
) -> Result<Entry, LedgerError> {
    let opposite = |posting: &Posting| Posting {
        amount: -posting.amount,
        due_on: None,
        ..posting.clone()
    };
    let applications = debts
        .iter()
        .map(|part| applied(None, part, part.amount))
        .collect();
    let legs = postings.iter().map(opposite).collect();
    Entry::balanced(
        chart,
        event.heading(EntryKind::Cancellation, Some(canceled)),
        legs,
        applications,
    )
}

/// Money held for the customer is paid out.
///
/// # Errors
/// An amount that is not positive.
pub fn refund(
    chart: &Chart,
    event: &Event,
    amount: Money,
    from: Role,
) -> Result<Entry, LedgerError> {
    must_be_positive(amount)?;
    let legs = vec![
        pooled(chart, Role::CustomerCredits, amount),
        pooled(chart, from, -amount),
    ];
    Entry::balanced(
        chart,
        event.heading(EntryKind::Refund, None),
        legs,
        Vec::new(),
    )
}

fn must_be_positive(amount: Money) -> Result<(), LedgerError> {
    if amount.is_positive() {
        Ok(())
    } else {
        Err(LedgerError::NotPositive(amount))
    }
}

/// A leg in the fund that holds the cash.
fn pooled(chart: &Chart, role: Role, amount: Money) -> Posting {
    Posting {
        gl: chart.code(role).clone(),
        fund: chart.pool().clone(),
        amount,
        due_on: None,
    }
}

fn receivable(chart: &Chart, fund: &FundCode, amount: Money, due_on: Option<NaiveDate>) -> Posting {
    Posting {
        gl: chart.code(Role::Receivable).clone(),
        fund: fund.clone(),
        amount,
        due_on,
    }
}

fn applied(credit: Option<EntryId>, part: &Part, amount: Money) -> Application {
    Application {
        credit,
        leg: part.leg,
        fund: part.fund.clone(),
        amount,
    }
}

/// Debts first, so that their places are the lowest; then what earned them; the pool's legs follow.
fn charged(
    chart: &Chart,
    heading: Heading,
    due_on: NaiveDate,
    lines: &[Charge],
) -> Result<Entry, LedgerError> {
    let mut owed: Vec<(&FundCode, Money)> = Vec::new();
    for line in lines {
        match owed.iter_mut().find(|(fund, _)| *fund == &line.fund) {
            Some((_, sum)) => *sum += line.amount,
            None => owed.push((&line.fund, line.amount)),
        }
    }
    let total: Money = owed.iter().map(|(_, sum)| *sum).sum();
    owed.retain(|(_, sum)| sum.is_positive());
    let positive: Money = owed.iter().map(|(_, sum)| *sum).sum();
    let credit = positive - total.max(Money::ZERO);
    let weights: Vec<u64> = owed
        .iter()
        .map(|(_, sum)| sum.cents().unsigned_abs())
        .collect();

    let mut legs: Vec<Posting> = owed
        .iter()
        .zip(credit.split(&weights))
        .map(|((fund, sum), covered)| receivable(chart, fund, *sum - covered, Some(due_on)))
        .collect();
    legs.extend(lines.iter().map(|line| Posting {
        gl: line.gl.clone(),
        fund: line.fund.clone(),
        amount: -line.amount,
        due_on: None,
    }));
    legs.push(pooled(chart, Role::CustomerCredits, total.min(Money::ZERO)));
    Entry::balanced(chart, heading, legs, Vec::new())
}

/// A credit from somewhere, on debts as laid out; what is left is held for the customer.
fn credited(
    chart: &Chart,
    heading: Heading,
    from: Posting,
    allocation: &Allocation,
) -> Result<Entry, LedgerError> {
    must_be_positive(from.amount)?;
    let whole = from.amount;
    let parts = allocation.applied() + allocation.left;
    if parts != whole {
        return Err(LedgerError::Parts { parts, whole });
    }
    let mut legs = vec![from];
    legs.extend(
        allocation
            .parts
            .iter()
            .map(|part| receivable(chart, &part.fund, -part.amount, None)),
    );
    legs.push(pooled(chart, Role::CustomerCredits, -allocation.left));
    let applications = allocation
        .parts
        .iter()
        .map(|part| applied(None, part, part.amount))
        .collect();
    Entry::balanced(chart, heading, legs, applications)
}

/// The receivables that are owed again when credits are taken off debts.
fn taken_off(chart: &Chart, standing: &[Standing]) -> (Vec<Posting>, Vec<Application>) {
    let mut by_fund: BTreeMap<&FundCode, Money> = BTreeMap::new();
    for standing in standing {
        *by_fund.entry(&standing.part.fund).or_default() += standing.part.amount;
    }
    let legs = by_fund
        .into_iter()
        .map(|(fund, amount)| receivable(chart, fund, amount, None))
        .collect();
    let applications = standing
        .iter()
        .map(|standing| applied(Some(standing.credit), &standing.part, -standing.part.amount))
        .collect();
    (legs, applications)
}

#[cfg(test)]
mod tests;
