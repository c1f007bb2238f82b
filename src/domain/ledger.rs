//! The ledger: entries and their postings, and what of each credit is applied to which debt.
//!
//! An [`Entry`] can only be made balanced, in whole and within each fund; the constructors of the field's entries are in
//! [`crate::domain::entries`]. Nothing here is ever changed: a mistake is answered by another entry.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::domain::gl::{Chart, FundCode, GlCode, Role};
use crate::domain::ids::{AccountId, DepositMoveId, EntryId};
use crate::domain::money::Money;
use crate::domain::text_enum::text_enum;

text_enum! {
    /// What happened.
    EntryKind {
        /// A bill was issued.
        Bill => "bill",
        /// A bill, fee or adjustment was taken back whole.
        Cancellation => "cancellation",
        /// Money was received.
        Payment => "payment",
        /// Money received was taken back by a bank or card.
        PaymentReturn => "payment_return",
        /// Money that had gone back came again, because a refund failed.
        PaymentReinstatement => "payment_reinstatement",
        /// Money held for the customer was put on what is owed.
        CreditApplication => "credit_application",
        /// Money that was put on a debt was taken off it and is held for the customer again.
        CreditRelease => "credit_release",
        /// Money held for the customer was paid out.
        Refund => "refund",
        /// A fee for paying late.
        LateFee => "late_fee",
        /// A fee for a payment that came back.
        ReturnedPaymentFee => "returned_payment_fee",
        /// A correction by staff, for or against the customer.
        Adjustment => "adjustment",
        /// What the processor keeps for its work.
        ProcessorCost => "processor_cost",
        /// The processor paid out to the bank.
        Payout => "payout",
        /// The bank sent a payout back to the processor.
        PayoutReturn => "payout_return",
        /// The processor holds money back while a payment is disputed.
        DisputeWithheld => "dispute_withheld",
        /// A dispute was won, and the money is the utility's again.
        DisputeRestored => "dispute_restored",
    }
}

impl EntryKind {
    /// Whether a debt of this kind is a penalty: no late fee is ever charged on one.
    #[must_use]
    pub const fn is_penalty(self) -> bool {
        matches!(self, Self::LateFee | Self::ReturnedPaymentFee)
    }

    /// The word by which a customer reads of it: what settles a level payment plan is an adjustment by its source alone.
    #[must_use]
    pub const fn word(self, source_id: i64) -> &'static str {
        let is_of_plan = source_id <= -PLAN_STEPS && source_id > -DEPOSIT_MOVES;
        if matches!(self, Self::Adjustment) && is_of_plan {
            "plan_settlement"
        } else {
            self.as_str()
        }
    }
}

text_enum! {
    /// What an entry was made for. The same kind of entry is made once for the same source.
    SourceKind {
        /// A bill, by its row id.
        Bill => "bill",
        /// A payment, by its row id.
        Payment => "payment",
        /// One step of a payment, by its row id: a refund of part of it.
        PaymentMove => "payment_move",
        /// An earlier entry, by its id: the late fee on it, its cancellation.
        Entry => "entry",
        /// A correction, by a number that whoever orders it chooses once.
        Adjustment => "adjustment",
        /// A line of the utility's account at the processor, by its row id.
        ProcessorLine => "processor_line",
    }
}

/// The thing an entry was made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Source {
    /// Which sort of thing.
    pub kind: SourceKind,
    /// Which one.
    pub id: i64,
}

/// The numbers that people and files choose are never negative; what the program adjusts by itself is named by its own row below that, each kind in
/// a range of its own, so that no two rows of different tables are ever one source.
const PLAN_STEPS: i64 = 1 << 60;

/// Where the range of the moves of deposits begins.
const DEPOSIT_MOVES: i64 = 1 << 61;

impl Source {
    /// A step of a level payment plan that settles it.
    #[must_use]
    pub const fn of_plan_step(step: i64) -> Self {
        Self {
            kind: SourceKind::Adjustment,
            id: -PLAN_STEPS - step,
        }
    }

    /// A move of a deposit.
    #[must_use]
    pub const fn of_deposit_move(id: DepositMoveId) -> Self {
        Self {
            kind: SourceKind::Adjustment,
            id: -DEPOSIT_MOVES - id.0,
        }
    }
}

/// One leg of an entry. Debits are positive, credits negative.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Posting {
    /// The general-ledger account.
    pub gl: GlCode,
    /// The fund.
    pub fund: FundCode,
    /// How much; never nothing.
    pub amount: Money,
    /// When it falls due: on legs that a customer is asked to pay, and on no other.
    pub due_on: Option<NaiveDate>,
}

/// One leg that a customer is asked to pay: its entry, and its place among the entry's postings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LegId {
    /// The entry.
    pub entry: EntryId,
    /// The place, from 0.
    pub position: i32,
}

/// That so much of a credit pays so much of a debt. A negative amount takes an earlier application back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Application {
    /// The entry whose credit pays; `None` is the entry that the application is part of.
    pub credit: Option<EntryId>,
    /// The leg that is paid.
    pub leg: LegId,
    /// The fund of that leg.
    pub fund: FundCode,
    /// How much.
    pub amount: Money,
}

/// What every entry says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// Whose ledger it stands in; `None` for the utility's own movements.
    pub account: Option<AccountId>,
    /// What happened.
    pub kind: EntryKind,
    /// The civil day it counts from.
    pub on: NaiveDate,
    /// What it was made for.
    pub source: Source,
    /// The entry it takes back.
    pub reverses: Option<EntryId>,
    /// What a person wrote about it.
    pub memo: Option<String>,
}

/// A balanced entry: the sum of its postings is nothing, in whole and within each fund.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    heading: Heading,
    postings: Vec<Posting>,
    applications: Vec<Application>,
    receivable: Money,
}

/// Why an entry could not be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LedgerError {
    /// The postings do not add up to nothing.
    #[error("the postings are out of balance by {0}")]
    Unbalanced(Money),
    /// A fund that the chart does not have.
    #[error("there is no fund {0} in the chart of accounts")]
    NoFund(FundCode),
    /// An account that the chart does not have.
    #[error("there is no account {0} in the chart of accounts")]
    NoGl(GlCode),
    /// No account of the chart plays the part.
    #[error("no account of the chart of accounts plays the part {0}")]
    NoPart(Role),
    /// What is applied to debts of a fund is not what the entry credits to that fund's receivables.
    #[error(
        "{applied} is applied to debts of fund {fund}, but its receivables change by {receivables}"
    )]
    Applied {
        /// The fund.
        fund: FundCode,
        /// The sum of the applications.
        applied: Money,
        /// The change of the receivables.
        receivables: Money,
    },
    /// An amount that must be more than nothing is not.
    #[error("{0} is not an amount that can be posted")]
    NotPositive(Money),
    /// The parts of an amount do not add up to it.
    #[error("the parts add up to {parts}, not to {whole}")]
    Parts {
        /// The sum of the parts.
        parts: Money,
        /// The amount.
        whole: Money,
    },
}

impl Entry {
    /// Makes an entry of its legs. Where a fund's legs do not add up to nothing, the difference goes through the pooled cash: the fund's
    /// claim on the pool moves by it, and the pool's debt to the fund by the opposite. Legs of the same account, fund and due date become
    /// one.
    ///
    /// # Errors
    /// When the whole is out of balance, a code is not in the chart, or the applications are not what the receivables say.
    pub fn balanced(
        chart: &Chart,
        heading: Heading,
        legs: Vec<Posting>,
        applications: Vec<Application>,
    ) -> Result<Self, LedgerError> {
        let out_of_balance: Money = legs.iter().map(|leg| leg.amount).sum();
        if !out_of_balance.is_zero() {
            return Err(LedgerError::Unbalanced(out_of_balance));
        }
        let mut legs = legs;
        settle_through_the_pool(chart, &mut legs)?;
        let postings = merged(legs);
        for posting in &postings {
            if chart.account(&posting.gl).is_none() {
                return Err(LedgerError::NoGl(posting.gl.clone()));
            }
        }
        check_applications(chart, &postings, &applications)?;
        let receivable = postings
            .iter()
            .filter(|posting| chart.is_customers(&posting.gl))
            .map(|posting| posting.amount)
            .sum();
        Ok(Self {
            heading,
            postings,
            applications,
            receivable,
        })
    }

    /// What the entry says of itself.
    #[must_use]
    pub const fn heading(&self) -> &Heading {
        &self.heading
    }

    /// The legs, in their places.
    #[must_use]
    pub fn postings(&self) -> &[Posting] {
        &self.postings
    }

    /// What is applied to which debt.
    #[must_use]
    pub fn applications(&self) -> &[Application] {
        &self.applications
    }

    /// By how much the entry changes what the customer owes.
    #[must_use]
    pub const fn receivable(&self) -> Money {
        self.receivable
    }

    /// The legs that the customer is asked to pay, with their places.
    pub fn debts(&self) -> impl Iterator<Item = (i32, &Posting)> {
        (0_i32..)
            .zip(&self.postings)
            .filter(|(_, posting)| posting.due_on.is_some())
    }
}

/// The sum of each fund's postings; a balanced set has nothing but zeros.
#[must_use]
pub fn sums_by_fund(postings: &[Posting]) -> BTreeMap<&FundCode, Money> {
    let mut sums = BTreeMap::new();
    for posting in postings {
        *sums.entry(&posting.fund).or_insert(Money::ZERO) += posting.amount;
    }
    sums
}

fn settle_through_the_pool(chart: &Chart, legs: &mut Vec<Posting>) -> Result<(), LedgerError> {
    let mut claims = Vec::new();
    for (fund, sum) in sums_by_fund(legs) {
        if chart.fund(fund).is_none() {
            return Err(LedgerError::NoFund(fund.clone()));
        }
        let Some(due_to) = chart.due_to(fund).filter(|_| !sum.is_zero()) else {
            continue;
        };
        let claim = |gl: &GlCode, fund: &FundCode, amount| Posting {
            gl: gl.clone(),
            fund: fund.clone(),
            amount,
            due_on: None,
        };
        claims.push(claim(chart.code(Role::DueFromPool), fund, -sum));
        claims.push(claim(due_to, chart.pool(), sum));
    }
    legs.append(&mut claims);
    Ok(())
}

/// Adds up legs of the same account, fund and due date, in the order in which they first appear, and leaves out what comes to nothing.
fn merged(legs: Vec<Posting>) -> Vec<Posting> {
    let mut postings: Vec<Posting> = Vec::with_capacity(legs.len());
    for leg in legs {
        let twin = postings.iter_mut().find(|posting| {
            posting.gl == leg.gl && posting.fund == leg.fund && posting.due_on == leg.due_on
        });
        match twin {
            Some(posting) => posting.amount += leg.amount,
            None => postings.push(leg),
        }
    }
    postings.retain(|posting| !posting.amount.is_zero());
    postings
}

/// Receivables move in two ways: by legs with a due date, which are new debts, and by what is applied to debts. The second sort has no due
/// date and must be, fund by fund, the opposite of the applications.
fn check_applications(
    chart: &Chart,
    postings: &[Posting],
    applications: &[Application],
) -> Result<(), LedgerError> {
    let mut both: BTreeMap<&FundCode, (Money, Money)> = BTreeMap::new();
    for application in applications {
        both.entry(&application.fund).or_default().0 += application.amount;
    }
    let receivable = chart.code(Role::Receivable);
    for posting in postings
        .iter()
        .filter(|posting| posting.gl == *receivable && posting.due_on.is_none())
    {
        both.entry(&posting.fund).or_default().1 += posting.amount;
    }
    for (fund, (applied, receivables)) in both {
        if applied != -receivables {
            return Err(LedgerError::Applied {
                fund: fund.clone(),
                applied,
                receivables,
            });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn leg(gl: &str, fund: &str, cents: i64) -> Posting {
        Posting {
            gl: gl.parse().unwrap(),
            fund: fund.parse().unwrap(),
            amount: Money::from_cents(cents),
            due_on: None,
        }
    }

    fn heading() -> Heading {
        Heading {
            account: None,
            kind: EntryKind::Refund,
            on: NaiveDate::MIN,
            source: Source {
                kind: SourceKind::PaymentMove,
                id: 1,
            },
            reverses: None,
            memo: None,
        }
    }

    fn entry(legs: Vec<Posting>) -> Result<Entry, LedgerError> {
        Entry::balanced(Chart::standard(), heading(), legs, Vec::new())
    }

    #[test]
    fn what_the_program_adjusts_by_itself_has_a_range_for_each_kind() {
        let plan = Source::of_plan_step(3);
        let deposit = Source::of_deposit_move(DepositMoveId(3));
        assert_ne!(plan, deposit);
        assert!(plan.id < 0 && deposit.id < 0);
        assert_eq!(EntryKind::Adjustment.word(plan.id), "plan_settlement");
        for id in [deposit.id, 3, -3] {
            assert_eq!(EntryKind::Adjustment.word(id), "adjustment");
        }
        assert_eq!(EntryKind::Payment.word(plan.id), "payment");
    }

    #[test]
    fn an_entry_that_is_out_by_a_cent_is_refused() {
        let legs = vec![leg("1010", "POOL", 100), leg("2200", "POOL", -99)];
        assert_eq!(
            entry(legs),
            Err(LedgerError::Unbalanced(Money::from_cents(1)))
        );
    }

    #[test]
    fn codes_that_are_not_in_the_chart_are_refused() {
        let no_fund = entry(vec![leg("1010", "LAKE", 1), leg("2200", "POOL", -1)]);
        assert!(matches!(no_fund, Err(LedgerError::NoFund(_))));
        let no_account = entry(vec![leg("9999", "POOL", 1), leg("2200", "POOL", -1)]);
        assert!(matches!(no_account, Err(LedgerError::NoGl(_))));
    }

    #[test]
    fn a_receivable_moves_by_debts_and_applications_alone() {
        let unexplained = entry(vec![leg("1200", "WATER", -100), leg("1010", "POOL", 100)]);
        assert!(matches!(unexplained, Err(LedgerError::Applied { .. })));
    }

    proptest! {
        #[test]
        fn whatever_crosses_funds_each_fund_balances(amounts in prop::collection::vec((0_usize..8, -100_000_i64..100_000), 1..12)) {
            let chart = Chart::standard();
            let funds: Vec<&str> = chart.funds().map(|fund| fund.code.as_str()).collect();
            let mut legs: Vec<Posting> = amounts.iter().map(|(fund, cents)| leg("4000", funds[*fund], *cents)).collect();
            let total: i64 = amounts.iter().map(|(_, cents)| cents).sum();
            legs.push(leg("1010", "POOL", -total));
            let entry = entry(legs).unwrap();
            prop_assert!(sums_by_fund(entry.postings()).values().all(|sum| sum.is_zero()));
            prop_assert!(entry.postings().iter().all(|posting| !posting.amount.is_zero()));
            // What a fund may claim of the pool is what the pool says it owes the fund.
            for fund in chart.funds().filter(|fund| fund.due_to.is_some()) {
                let sum = |gl: &GlCode, in_fund: &FundCode| -> Money {
                    entry.postings().iter().filter(|p| p.gl == *gl && p.fund == *in_fund).map(|p| p.amount).sum()
                };
                let claim = sum(chart.code(Role::DueFromPool), &fund.code);
                prop_assert_eq!(claim, -sum(fund.due_to.as_ref().unwrap(), chart.pool()));
            }
        }
    }
}
