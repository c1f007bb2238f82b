//! Budget billing, the level payment plan: the customer is asked for an even amount, the ledger goes on to know what was really charged, and
//! the difference of the two is put off or held ahead until it is settled. Not to be taken for the budget that customers set themselves to be
//! warned by (`ahead`).
//!
//! Three published variants. Fixed: the average of the last bills, looked at again some times in its year, settled after the last bill of it
//! (a surplus is credited, a deficit is spread over the next year: SMUD). Rolling: each bill asks for the average of the last bills, itself
//! among them, and a part of the difference so far; nothing is ever settled while it goes on (Morgan). Equal: even amounts, and the last bill
//! of the year settles: the customer chose to pay a deficit with it or to have it spread (Lamoni).

use chrono::{Months, NaiveDate};
use rust_decimal::Decimal;

use crate::domain::money::{Money, MoneyError};
use crate::domain::text_enum::text_enum;

mod policy;
#[cfg(test)]
mod tests;
mod told;

pub use crate::domain::budget_billing::policy::{BudgetPlanPolicy, BudgetTerms};
pub use crate::domain::budget_billing::told::{BudgetNews, BudgetTold};

text_enum! {
    /// How the amount is worked out.
    BudgetVariant {
        /// An average, looked at again, settled once a year.
        Fixed => "fixed",
        /// An average that goes along with every bill.
        Rolling => "rolling",
        /// Even amounts; the last bill of the year settles.
        Equal => "equal",
    }
}

text_enum! {
    /// What becomes of a deficit when a plan of even amounts settles.
    BudgetSettle {
        /// It is asked with the last bill of the year.
        Pay => "pay",
        /// It is spread over the next year.
        Spread => "spread",
    }
}

text_enum! {
    /// Where a plan stands.
    BudgetPlanState {
        /// In force.
        Open => "open",
        /// The customer left it.
        Left => "left",
        /// The office ended it.
        Ended => "ended",
        /// Too many of its bills were not paid.
        Removed => "removed",
        /// A final bill settled it, or the account closed.
        Final => "final",
    }
}

text_enum! {
    /// One move of a plan.
    BudgetStep {
        /// It was agreed.
        Enrolled => "enrolled",
        /// The amount was looked at again and changed.
        Reviewed => "reviewed",
        /// The difference was credited or asked, or its spread began anew.
        Settled => "settled",
        /// It is over.
        Ended => "ended",
    }
}

/// The average of amounts, rounded to the cent; nothing of none. A customer is never promised money by it.
///
/// # Errors
/// A sum past the range of money.
pub fn average(amounts: &[Money]) -> Result<Money, MoneyError> {
    let sum: Decimal = amounts.iter().map(|amount| amount.dollars()).sum();
    let count = Decimal::from(amounts.len());
    let mean = sum.checked_div(count).unwrap_or_default();
    Ok(Money::from_charge(mean)?.max(Money::ZERO))
}

/// The part of an amount that one bill of a year carries, rounded to the cent.
///
/// # Errors
/// An amount past the range of money.
pub fn part_of_year(amount: Money, year_bills: u32) -> Result<Money, MoneyError> {
    let part = amount.dollars().checked_div(Decimal::from(year_bills));
    Money::from_charge(part.unwrap_or_default())
}

/// The amount in force: the level, and the part of an earlier year's difference that comes with it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Amount {
    /// The average that it rests on.
    pub level: Money,
    /// What is added for a deficit that is spread; taken off for a surplus.
    pub spread: Money,
}

impl Amount {
    /// What a bill asks by it: never less than nothing.
    #[must_use]
    pub fn monthly(&self) -> Money {
        (self.level + self.spread).max(Money::ZERO)
    }
}

/// A bill that is to be asked for under a plan.
#[derive(Debug, Clone, Copy)]
pub struct Month<'a> {
    /// How the amount is worked out.
    pub variant: BudgetVariant,
    /// What becomes of a deficit.
    pub settle: BudgetSettle,
    /// The amount in force.
    pub amount: Amount,
    /// The place of the bill in its year, from 1.
    pub place: u32,
    /// What the bill charges.
    pub charges: Money,
    /// What was put off before it; negative where more was asked than charged.
    pub before: Money,
    /// What the bills before it charged, the newest first.
    pub earlier: &'a [Money],
}

/// The place of a bill in its year, from 1, by how many bills the plan had before it.
#[must_use]
pub fn place(bills_before: u32, year_bills: u32) -> u32 {
    bills_before
        .checked_rem(year_bills)
        .unwrap_or_default()
        .saturating_add(1)
}

impl BudgetTerms {
    /// The same for bills that stand for so many months: terms are written for a bill each month, and a year is a year whatever the cycle. Never
    /// fewer than two bills make one.
    #[must_use]
    pub fn for_bills_of(&self, months: u32) -> Self {
        let months = months.max(1);
        let bills = |count: u32| count.div_ceil(months).max(2);
        let year_bills = bills(self.year_bills);
        let after = self.review_after.iter().map(|after| after.div_ceil(months));
        let mut review_after: Vec<u32> = after.filter(|after| *after < year_bills).collect();
        review_after.dedup();
        Self {
            history_bills: bills(self.history_bills),
            year_bills,
            review_after,
            ..self.clone()
        }
    }

    /// What a bill asks for. No more is put off in all than the terms allow, and no bill asks for less than nothing.
    ///
    /// # Errors
    /// Amounts past the range of money.
    pub fn asked(&self, month: &Month<'_>) -> Result<Money, MoneyError> {
        let whole = month.charges + month.before;
        let even = month.amount.monthly();
        let asked = match month.variant {
            BudgetVariant::Fixed => even,
            BudgetVariant::Rolling => {
                let window = usize::try_from(self.history_bills).unwrap_or(usize::MAX);
                let own = std::iter::once(month.charges);
                let amounts: Vec<Money> = own
                    .chain(month.earlier.iter().copied())
                    .take(window)
                    .collect();
                average(&amounts)? + part_of_year(month.before, self.year_bills)?
            }
            BudgetVariant::Equal if month.place < self.year_bills => even,
            BudgetVariant::Equal => match month.settle {
                BudgetSettle::Pay => whole,
                // A surplus comes off at once all the same.
                BudgetSettle::Spread => even.min(whole),
            },
        };
        let least = whole - self.most_deferred_cents;
        Ok(asked.max(least).max(Money::ZERO))
    }

    /// The amount of the next bills where a fixed one is to change after a bill of its year; `None` where it stays.
    ///
    /// # Errors
    /// Amounts past the range of money.
    pub fn reviewed(
        &self,
        (variant, place): (BudgetVariant, u32),
        amount: Amount,
        earlier: &[Money],
    ) -> Result<Option<Amount>, MoneyError> {
        if variant != BudgetVariant::Fixed || !self.review_after.contains(&place) {
            return Ok(None);
        }
        let level = self.level(earlier)?;
        let away = (level - amount.level).abs().dollars() * Decimal::ONE_HUNDRED;
        let allowed = amount.level.dollars() * self.review_percent;
        let changed = (away > allowed).then_some(Amount { level, ..amount });
        Ok(changed)
    }

    /// What becomes of the difference after the last bill of a year; `None` before it, and in a plan that never settles.
    ///
    /// # Errors
    /// Amounts past the range of money.
    pub fn settled(
        &self,
        (variant, place): (BudgetVariant, u32),
        difference: Money,
        earlier: &[Money],
    ) -> Result<Option<YearEnd>, MoneyError> {
        if variant == BudgetVariant::Rolling || place < self.year_bills {
            return Ok(None);
        }
        let is_credited = difference.is_negative()
            && (variant == BudgetVariant::Equal || -difference >= self.least_credit_cents);
        let credit = if is_credited {
            -difference
        } else {
            Money::ZERO
        };
        let spread = part_of_year(difference + credit, self.year_bills)?;
        let level = self.level(earlier)?;
        Ok(Some(YearEnd {
            credit,
            next: Amount { level, spread },
        }))
    }

    /// The average that the amount rests on, of the newest bills.
    ///
    /// # Errors
    /// Amounts past the range of money.
    pub fn level(&self, newest_first: &[Money]) -> Result<Money, MoneyError> {
        let window = usize::try_from(self.history_bills).unwrap_or(usize::MAX);
        let newest: Vec<Money> = newest_first.iter().copied().take(window).collect();
        average(&newest)
    }

    /// Why an account may not pay level amounts; nothing where it may.
    ///
    /// # Errors
    /// Amounts past the range of money.
    pub fn refusals(&self, facts: &BudgetFacts) -> Result<Vec<BudgetRefusal>, MoneyError> {
        let mut why = Vec::new();
        if self.variants.is_empty() {
            why.push(BudgetRefusal::NotOffered);
        }
        if facts.is_on {
            why.push(BudgetRefusal::AlreadyOn);
        }
        if !facts.is_active {
            why.push(BudgetRefusal::NotActive);
        }
        if !facts.has_account {
            why.push(BudgetRefusal::NoLedgerAccount);
        }
        let have = u32::try_from(facts.earlier.len()).unwrap_or(u32::MAX);
        if have < self.history_bills {
            let need = self.history_bills;
            why.push(BudgetRefusal::HistoryShort { have, need });
        } else if !self.level(&facts.earlier)?.is_positive() {
            why.push(BudgetRefusal::NothingToLevel);
        }
        if facts.past_due.is_positive() {
            why.push(BudgetRefusal::PastDue(facts.past_due));
        }
        let again = facts
            .removed_on
            .and_then(|day| day.checked_add_months(Months::new(self.wait_months)));
        if let Some(day) = again.filter(|day| *day > facts.today) {
            why.push(BudgetRefusal::RemovedBefore(day));
        }
        Ok(why)
    }

    /// What earlier bills, the newest first, would have been asked for: each charge with the amount beside it, the oldest first. As the plan
    /// begins now, the amount of an even plan is the average of all of them.
    ///
    /// # Errors
    /// Amounts past the range of money.
    pub fn would_have_asked(
        &self,
        variant: BudgetVariant,
        earlier: &[Money],
    ) -> Result<Vec<Money>, MoneyError> {
        let window = usize::try_from(self.history_bills).unwrap_or(usize::MAX);
        let shown = earlier.len().min(window);
        let amount = Amount {
            level: self.level(earlier)?,
            spread: Money::ZERO,
        };
        let mut before = Money::ZERO;
        let mut asked = Vec::with_capacity(shown);
        for newer in (0..shown).rev() {
            let Some((charges, older)) = earlier.get(newer..).and_then(<[Money]>::split_first)
            else {
                continue;
            };
            let month = Month {
                variant,
                settle: BudgetSettle::Spread,
                amount,
                // The year would have begun with the oldest of them, and what settles it is told in words.
                place: 1,
                charges: *charges,
                before,
                earlier: older,
            };
            let one = self.asked(&month)?;
            before += *charges - one;
            asked.push(one);
        }
        Ok(asked)
    }
}

/// How a year of a plan ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct YearEnd {
    /// What is credited to the customer.
    pub credit: Money,
    /// The amount of the next year.
    pub next: Amount,
}

/// What the rules look at before somebody joins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BudgetFacts {
    /// Whether a plan is in force.
    pub is_on: bool,
    /// Whether the account is served and billed.
    pub is_active: bool,
    /// Whether the chart of accounts has the account that differences stand on.
    pub has_account: bool,
    /// What the bills that stand charged, the newest first.
    pub earlier: Vec<Money>,
    /// What is past due and nobody disputes.
    pub past_due: Money,
    /// The day on which a plan ended because its bills were not paid.
    pub removed_on: Option<NaiveDate>,
    /// Today.
    pub today: NaiveDate,
}

/// Why somebody may not join, with what is needed to say so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BudgetRefusal {
    /// Accounts of this class may not.
    NotOffered,
    /// A plan is in force.
    AlreadyOn,
    /// The account is not served and billed.
    NotActive,
    /// The utility's chart of accounts has no account for the differences.
    NoLedgerAccount,
    /// Fewer bills than an average needs.
    HistoryShort {
        /// How many stand.
        have: u32,
        /// How many must.
        need: u32,
    },
    /// The bills come to nothing.
    NothingToLevel,
    /// So much is past due.
    PastDue(Money),
    /// A plan ended because its bills were not paid; again from this day.
    RemovedBefore(NaiveDate),
}
