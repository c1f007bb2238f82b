//! Which debts a payment pays: a policy that each utility's ordinance sets, written as a document (`policies.md` says how).
//!
//! Whatever the policy, nothing is lost and no debt is paid beyond what is owed.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::gl::FundCode;
use crate::domain::ledger::LegId;
use crate::domain::money::Money;

/// What is still owed on one leg, or on a part of it that is due on a day of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenLeg {
    /// The leg.
    pub leg: LegId,
    /// Its fund, which is its service.
    pub fund: FundCode,
    /// Whether it is a late fee or a returned-payment fee.
    pub is_penalty: bool,
    /// When it falls due.
    pub due_on: NaiveDate,
    /// What is still owed.
    pub remaining: Money,
    /// What of that is in dispute: it is paid last.
    pub disputed: Money,
    /// The day from which it comes before everything else: of an installment, some days before its own.
    pub first_from: Option<NaiveDate>,
}

impl OpenLeg {
    /// What is owed and nobody disputes.
    #[must_use]
    pub fn undisputed(&self) -> Money {
        self.remaining - self.disputed
    }

    /// By which day it takes its place.
    fn ranks_on(&self) -> NaiveDate {
        self.first_from.unwrap_or(self.due_on)
    }

    /// Takes what was paid off it.
    pub fn pay(&mut self, amount: Money) {
        self.remaining -= amount;
        self.disputed = self.disputed.min(self.remaining);
    }
}

/// So much for one debt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The debt.
    pub leg: LegId,
    /// Its fund.
    pub fund: FundCode,
    /// How much.
    pub amount: Money,
}

/// How an amount was laid out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allocation {
    /// What each debt gets, in the order in which they were served.
    pub parts: Vec<Part>,
    /// What is left when nothing more is owed.
    pub left: Money,
}

impl Allocation {
    /// The parts' sum.
    #[must_use]
    pub fn applied(&self) -> Money {
        self.parts.iter().map(|part| part.amount).sum()
    }
}

/// The order in which debts are served: by the first key, among equals by the second, and so on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AllocationPolicy {
    /// The keys, the most important first.
    pub order: Vec<Key>,
    /// How debts that are equal by every key share what does not cover them all.
    #[serde(default)]
    pub among_equals: AmongEquals,
}

/// One key of the order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Key {
    /// The debt that fell due first comes first.
    OldestDue,
    /// A debt's place is that of the first word in the list that fits it; one that fits none comes last.
    Listed(Vec<Word>),
}

/// A word of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Word {
    /// `penalty`: late fees and returned-payment fees.
    Penalty,
    /// `past`: what fell due before the day of the payment.
    Past,
    /// `current`: what falls due on the day of the payment or later.
    Current,
    /// `*`: whatever no other word of the list fits.
    Rest,
    /// A fund's code: the debts of that service.
    Fund(FundCode),
}

/// How debts that are equal by every key share.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AmongEquals {
    /// In proportion to what is owed on each.
    #[default]
    ProRata,
    /// One after the other, as they were posted.
    InTurn,
}

/// A word that is none of those a list may hold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not penalty, past, current, * or a fund's code")]
pub struct NotAWord(pub String);

impl TryFrom<String> for Word {
    type Error = NotAWord;
    fn try_from(text: String) -> Result<Self, NotAWord> {
        match text.as_str() {
            "penalty" => Ok(Self::Penalty),
            "past" => Ok(Self::Past),
            "current" => Ok(Self::Current),
            "*" => Ok(Self::Rest),
            _ => FundCode::try_from(text)
                .map(Self::Fund)
                .map_err(|not_a_code| NotAWord(not_a_code.0)),
        }
    }
}

impl From<Word> for String {
    fn from(word: Word) -> Self {
        match word {
            Word::Penalty => "penalty".to_owned(),
            Word::Past => "past".to_owned(),
            Word::Current => "current".to_owned(),
            Word::Rest => "*".to_owned(),
            Word::Fund(fund) => fund.into(),
        }
    }
}

/// Oldest due first; the services of one bill share in proportion.
impl Default for AllocationPolicy {
    fn default() -> Self {
        Self {
            order: vec![Key::OldestDue],
            among_equals: AmongEquals::ProRata,
        }
    }
}

impl AllocationPolicy {
    /// Lays an amount out over debts, as of a day. Debts without anything owed are passed over. Installments that have come are served before
    /// everything else, and what is in dispute when nothing else is owed: who pays all that nobody disputes is not late with any of it.
    #[must_use]
    pub fn lay_out(&self, amount: Money, debts: &[OpenLeg], on: NaiveDate) -> Allocation {
        self.lay_out_until(amount, debts, (on, on))
    }

    /// Lays out what is given for one service, and for one of its debts where `is_meant` knows it: that comes first, also where it is or was in
    /// dispute, then whatever else is owed for the service, and the rest as ever.
    #[must_use]
    pub fn lay_out_given(
        &self,
        amount: Money,
        debts: &[OpenLeg],
        (fund, is_meant): (&FundCode, &dyn Fn(LegId) -> bool),
        on: NaiveDate,
    ) -> Allocation {
        let plain = |debt: &OpenLeg| OpenLeg {
            disputed: Money::ZERO,
            ..debt.clone()
        };
        let is_own = |debt: &OpenLeg| debt.fund == *fund;
        let meant = |debt: &OpenLeg| is_own(debt) && is_meant(debt.leg);
        let first: Vec<OpenLeg> = debts.iter().filter(|debt| meant(debt)).map(plain).collect();
        let (own, others): (Vec<OpenLeg>, Vec<OpenLeg>) = debts
            .iter()
            .filter(|debt| !meant(debt))
            .cloned()
            .partition(is_own);
        let mut given = Allocation {
            parts: Vec::new(),
            left: amount.max(Money::ZERO),
        };
        for group in [&first, &own, &others] {
            let next = self.lay_out(given.left, group, on);
            given.left = next.left;
            given.parts.extend(next.parts);
        }
        merged(given)
    }

    /// The same for an amount that the payer chose: installments that it is meant for come first, too.
    #[must_use]
    pub fn lay_out_chosen(&self, amount: Money, debts: &[OpenLeg], on: NaiveDate) -> Allocation {
        let until = meant_until(amount, debts, on).map_or(on, |day| day.max(on));
        self.lay_out_until(amount, debts, (on, until))
    }

    /// The same, with the day up to which installments come first.
    fn lay_out_until(
        &self,
        amount: Money,
        debts: &[OpenLeg],
        (on, until): (NaiveDate, NaiveDate),
    ) -> Allocation {
        let is_plain = |debt: &OpenLeg| debt.disputed.is_zero() && debt.first_from.is_none();
        if debts.iter().all(is_plain) {
            return merged(self.serve(amount, debts, on));
        }
        let comes_first = |debt: &OpenLeg| debt.first_from.is_some_and(|from| from <= until);
        let with = |part: &dyn Fn(&OpenLeg) -> Money| -> Vec<OpenLeg> {
            let with = |debt: &OpenLeg| OpenLeg {
                remaining: part(debt),
                ..debt.clone()
            };
            debts.iter().map(with).collect()
        };
        let only = |debt: &OpenLeg, is_first: bool| {
            let is_in = comes_first(debt) == is_first;
            if is_in {
                debt.undisputed()
            } else {
                Money::ZERO
            }
        };
        let passes = [
            with(&|debt| only(debt, true)),
            with(&|debt| only(debt, false)),
            with(&|debt| debt.disputed),
        ];
        let mut served = Allocation {
            parts: Vec::new(),
            left: amount.max(Money::ZERO),
        };
        for pass in &passes {
            let next = self.serve(served.left, pass, on);
            served.left = next.left;
            served.parts.extend(next.parts);
        }
        merged(served)
    }

    fn serve(&self, amount: Money, debts: &[OpenLeg], on: NaiveDate) -> Allocation {
        let mut owed: Vec<&OpenLeg> = debts
            .iter()
            .filter(|debt| debt.remaining.is_positive())
            .collect();
        owed.sort_by(|a, b| self.compare(a, b, on).then(a.leg.cmp(&b.leg)));
        let mut left = amount.max(Money::ZERO);
        let mut parts = Vec::new();
        for equals in owed.chunk_by(|a, b| self.compare(a, b, on) == Ordering::Equal) {
            for (debt, amount) in equals.iter().zip(self.shares(left, equals)) {
                left -= amount;
                if amount.is_positive() {
                    parts.push(Part {
                        leg: debt.leg,
                        fund: debt.fund.clone(),
                        amount,
                    });
                }
            }
        }
        Allocation { parts, left }
    }

    fn compare(&self, a: &OpenLeg, b: &OpenLeg, on: NaiveDate) -> Ordering {
        self.order
            .iter()
            .map(|key| match key {
                Key::OldestDue => rank(a).cmp(&rank(b)),
                Key::Listed(words) => place(words, a, on).cmp(&place(words, b, on)),
            })
            .find(|order| order.is_ne())
            .unwrap_or(Ordering::Equal)
    }

    /// What each of several equal debts gets: all of it where the money lasts.
    fn shares(&self, left: Money, equals: &[&OpenLeg]) -> Vec<Money> {
        let whole: Money = equals.iter().map(|debt| debt.remaining).sum();
        if left >= whole {
            return equals.iter().map(|debt| debt.remaining).collect();
        }
        match self.among_equals {
            AmongEquals::ProRata => {
                let weights: Vec<u64> = equals
                    .iter()
                    .map(|debt| debt.remaining.cents().unsigned_abs())
                    .collect();
                left.split(&weights)
            }
            AmongEquals::InTurn => {
                let mut left = left;
                let take = |debt: &&OpenLeg| {
                    let amount = debt.remaining.min(left);
                    left -= amount;
                    amount
                };
                equals.iter().map(take).collect()
            }
        }
    }
}

/// The place of a debt by its day; of an installment and a debt of the same day, the installment comes first.
fn rank(debt: &OpenLeg) -> (NaiveDate, bool) {
    (debt.ranks_on(), debt.first_from.is_none())
}

/// The day up to which installments come first because the amount is exactly what they ask, to the cent: it is meant for them. Where anything
/// else is due, it may as well be meant for that.
fn meant_until(amount: Money, debts: &[OpenLeg], on: NaiveDate) -> Option<NaiveDate> {
    let is_due = |debt: &OpenLeg| {
        debt.first_from.is_none() && debt.due_on <= on && debt.undisputed().is_positive()
    };
    if debts.iter().any(is_due) {
        return None;
    }
    let mut asked: BTreeMap<NaiveDate, Money> = BTreeMap::new();
    for debt in debts {
        if let Some(from) = debt.first_from {
            *asked.entry(from).or_default() += debt.undisputed();
        }
    }
    let mut sum = Money::ZERO;
    asked.into_iter().find_map(|(from, of_day)| {
        sum += of_day;
        (sum == amount && amount.is_positive()).then_some(from)
    })
}

/// One part for each leg: a debt may have been served in several pieces.
fn merged(mut served: Allocation) -> Allocation {
    let mut parts: Vec<Part> = Vec::new();
    for part in served.parts {
        match parts.iter_mut().find(|known| known.leg == part.leg) {
            Some(known) => known.amount += part.amount,
            None => parts.push(part),
        }
    }
    served.parts = parts;
    served
}

fn place(words: &[Word], debt: &OpenLeg, on: NaiveDate) -> usize {
    let fits = |word: &Word| match word {
        Word::Penalty => debt.is_penalty,
        Word::Past => debt.due_on < on,
        Word::Current => debt.due_on >= on,
        Word::Fund(fund) => *fund == debt.fund,
        Word::Rest => false,
    };
    let rest = || words.iter().position(|word| *word == Word::Rest);
    words
        .iter()
        .position(fits)
        .or_else(rest)
        .unwrap_or(words.len())
}

/// The sum of the parts by fund.
#[must_use]
pub fn by_fund(parts: &[Part]) -> BTreeMap<&FundCode, Money> {
    let mut sums = BTreeMap::new();
    for part in parts {
        *sums.entry(&part.fund).or_insert(Money::ZERO) += part.amount;
    }
    sums
}

#[cfg(test)]
#[path = "allocation_tests.rs"]
mod tests;
