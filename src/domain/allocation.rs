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
    /// Lays an amount out over debts, as of a day. Debts without anything owed are passed over. Installments that have come, or that the
    /// amount is meant for, are served before everything else, and what is in dispute when nothing else is owed: who pays what an
    /// installment asks has paid it, and who pays all that nobody disputes is not late with any of it.
    #[must_use]
    pub fn lay_out(&self, amount: Money, debts: &[OpenLeg], on: NaiveDate) -> Allocation {
        let is_plain = |debt: &OpenLeg| debt.disputed.is_zero() && debt.first_from.is_none();
        if debts.iter().all(is_plain) {
            return merged(self.serve(amount, debts, on));
        }
        let until = meant_until(amount, debts).map_or(on, |day| day.max(on));
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

/// The day up to which installments come first because the amount is exactly what they ask, to the cent: it is meant for them.
fn meant_until(amount: Money, debts: &[OpenLeg]) -> Option<NaiveDate> {
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
mod tests {
    use super::*;
    use crate::domain::ids::EntryId;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn debt(entry: i64, fund: &str, due_on: &str, cents: i64) -> OpenLeg {
        let leg = LegId {
            entry: EntryId(entry),
            position: 0,
        };
        let remaining = Money::from_cents(cents);
        OpenLeg {
            leg,
            fund: fund.parse().unwrap(),
            is_penalty: fund == "GENERAL",
            due_on: day(due_on),
            remaining,
            disputed: Money::ZERO,
            first_from: None,
        }
    }

    /// January and February of four services at $10.00 each, and a late fee (in GENERAL) due in between; today is 20 February.
    fn debts() -> Vec<OpenLeg> {
        let services = ["WATER", "SEWER", "STORM", "REFUSE"];
        let january = services
            .iter()
            .zip(1..)
            .map(|(fund, entry)| debt(entry, fund, "2026-01-31", 1_000));
        let february = services
            .iter()
            .zip(6..)
            .map(|(fund, entry)| debt(entry, fund, "2026-02-28", 1_000));
        january
            .chain([debt(5, "GENERAL", "2026-02-10", 500)])
            .chain(february)
            .collect()
    }

    /// Lays out a payment large enough for everything and names the debts in the order in which they were served.
    fn served(policy: &str) -> String {
        let policy: AllocationPolicy = serde_json::from_str(policy).unwrap();
        let names = [
            "", "water1", "sewer1", "storm1", "refuse1", "fee", "water2", "sewer2", "storm2",
            "refuse2",
        ];
        let allocation = policy.lay_out(Money::from_cents(100_000), &debts(), day("2026-02-20"));
        let name = |part: &Part| names[usize::try_from(part.leg.entry.0).unwrap()];
        allocation
            .parts
            .iter()
            .map(name)
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn each_ordinance_has_its_order() {
        assert_eq!(
            served(r#"{"order":["oldest-due"]}"#),
            "water1 sewer1 storm1 refuse1 fee water2 sewer2 storm2 refuse2"
        );
        // Morgantown: for each of water, storm, sewer: penalty, past, current.
        assert_eq!(
            served(
                r#"{"order":[{"listed":["WATER","STORM","FIRE","SEWER"]},{"listed":["penalty","past","current"]}]}"#
            ),
            "water1 water2 storm1 storm2 sewer1 sewer2 fee refuse1 refuse2"
        );
        // Warr Acres: current first, trash, fees, sewer; then past.
        assert_eq!(
            served(
                r#"{"order":[{"listed":["current","past"]},{"listed":["REFUSE","penalty","SEWER"]}]}"#
            ),
            "refuse2 sewer2 water2 storm2 refuse1 fee sewer1 water1 storm1"
        );
        // Fairmont: oldest first, sewer before water.
        assert_eq!(
            served(r#"{"order":["oldest-due",{"listed":["SEWER","WATER"]}]}"#),
            "sewer1 water1 storm1 refuse1 fee sewer2 water2 storm2 refuse2"
        );
        // Lake Mary: garbage, storm, sewer, water last of all.
        assert_eq!(
            served(r#"{"order":[{"listed":["REFUSE","STORM","SEWER","*","WATER"]},"oldest-due"]}"#),
            "refuse1 refuse2 storm1 storm2 sewer1 sewer2 fee water1 water2"
        );
    }

    #[test]
    fn equal_debts_share_in_proportion_or_take_turns() {
        let debts = [
            debt(1, "WATER", "2026-01-31", 2_000),
            debt(2, "SEWER", "2026-01-31", 1_000),
        ];
        let pay = |among_equals| {
            let policy = AllocationPolicy {
                among_equals,
                ..AllocationPolicy::default()
            };
            let allocation = policy.lay_out(Money::from_cents(1_000), &debts, day("2026-02-20"));
            allocation
                .parts
                .iter()
                .map(|part| part.amount.cents())
                .collect::<Vec<_>>()
        };
        assert_eq!(pay(AmongEquals::ProRata), [667, 333]);
        assert_eq!(pay(AmongEquals::InTurn), [1_000]);
    }

    #[test]
    fn a_word_that_means_nothing_is_refused() {
        assert!(
            serde_json::from_str::<AllocationPolicy>(r#"{"order":[{"listed":["whenever"]}]}"#)
                .is_err()
        );
    }

    #[test]
    fn what_is_in_dispute_is_paid_last() {
        let disputed = OpenLeg {
            disputed: Money::from_cents(800),
            ..debt(1, "WATER", "2026-01-31", 1_000)
        };
        let debts = [disputed, debt(2, "WATER", "2026-02-28", 500)];
        let pay = |cents: i64| {
            let amount = Money::from_cents(cents);
            let allocation = AllocationPolicy::default().lay_out(amount, &debts, day("2026-02-20"));
            let part = |part: &Part| (part.leg.entry.0, part.amount.cents());
            let parts: Vec<_> = allocation.parts.iter().map(part).collect();
            (parts, allocation.left.cents())
        };
        assert_eq!(pay(600), (vec![(1, 200), (2, 400)], 0));
        assert_eq!(pay(1_000), (vec![(1, 500), (2, 500)], 0));
        assert_eq!(pay(2_000), (vec![(1, 1_000), (2, 500)], 500));
    }

    fn any_debts() -> impl Strategy<Value = Vec<OpenLeg>> {
        let one = (0_usize..4, 0_u64..400, -5_000_i64..50_000, any::<bool>());
        prop::collection::vec(one, 0..12).prop_map(|rows| {
            let funds = ["WATER", "SEWER", "STORM", "REFUSE"];
            let make =
                |(entry, (fund, days, cents, is_penalty)): (i64, (usize, u64, i64, bool))| {
                    let disputed = if days < 200 { cents.max(0) / 2 } else { 0 };
                    OpenLeg {
                        due_on: day("2026-01-01") + chrono::Days::new(days),
                        is_penalty,
                        disputed: Money::from_cents(disputed),
                        first_from: (days % 3 == 0 && disputed == 0)
                            .then_some(day("2026-05-01") + chrono::Days::new(days)),
                        ..debt(entry, funds[fund], "2026-01-01", cents)
                    }
                };
            (1..).zip(rows).map(make).collect()
        })
    }

    fn any_policy() -> impl Strategy<Value = AllocationPolicy> {
        let word = prop::sample::select(vec![
            "penalty", "past", "current", "*", "WATER", "SEWER", "STORM",
        ]);
        let listed = prop::collection::vec(word, 0..6).prop_map(|words| {
            Key::Listed(
                words
                    .iter()
                    .map(|word| Word::try_from((*word).to_owned()).unwrap())
                    .collect(),
            )
        });
        let key = prop_oneof![Just(Key::OldestDue), listed];
        let among_equals = prop_oneof![Just(AmongEquals::ProRata), Just(AmongEquals::InTurn)];
        (prop::collection::vec(key, 0..4), among_equals).prop_map(|(order, among_equals)| {
            AllocationPolicy {
                order,
                among_equals,
            }
        })
    }

    proptest! {
        #[test]
        fn nothing_is_lost_and_no_debt_is_overpaid(policy in any_policy(), debts in any_debts(), cents in -100_i64..400_000) {
            let on = day("2026-06-15");
            let amount = Money::from_cents(cents);
            let allocation = policy.lay_out(amount, &debts, on);
            prop_assert_eq!(allocation.applied() + allocation.left, amount.max(Money::ZERO));
            let mut short = false;
            for part in &allocation.parts {
                let debt = debts.iter().find(|debt| debt.leg == part.leg).unwrap();
                prop_assert!(part.amount.is_positive() && part.amount <= debt.remaining);
                short |= part.amount < debt.remaining;
            }
            // Money is left only when everything is paid.
            let owed: Money = debts.iter().map(|debt| debt.remaining.max(Money::ZERO)).sum();
            prop_assert_eq!(allocation.left.is_positive(), amount > owed);
            prop_assert!(!(short && allocation.left.is_positive()));
        }

        #[test]
        fn the_order_in_which_debts_are_handed_over_does_not_matter(policy in any_policy(), debts in any_debts(), cents in 0_i64..400_000) {
            let on = day("2026-06-15");
            let backwards: Vec<OpenLeg> = debts.iter().rev().cloned().collect();
            let amount = Money::from_cents(cents);
            prop_assert_eq!(policy.lay_out(amount, &debts, on), policy.lay_out(amount, &backwards, on));
        }

        #[test]
        fn a_policy_reads_back_as_it_was_written(policy in any_policy()) {
            let text = serde_json::to_string(&policy).unwrap();
            prop_assert_eq!(serde_json::from_str::<AllocationPolicy>(&text).unwrap(), policy);
        }
    }
}
