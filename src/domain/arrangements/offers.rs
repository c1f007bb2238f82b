//! What is offered today, with every day and cent, and why something is not.

use chrono::{Days, Months, NaiveDate};
use rust_decimal::Decimal;

use crate::domain::arrangement_policy::{ArrangementTerms, DownOf, ExtensionTerms, Often, Terms};
use crate::domain::arrangements::{
    ArrangementKind, ArrangementState, Cover, CoveredDebt, CoveredPart, Installment, Paydays, Plan,
};
use crate::domain::ids::{ArrangementNumber, EntryId};
use crate::domain::money::Money;
use crate::domain::working_days::on_or_after;

/// A debt that may be covered: what of it is unpaid and nobody disputes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Debt {
    /// Its entry.
    pub entry: EntryId,
    /// When it falls or fell due.
    pub due_on: NaiveDate,
    /// How much.
    pub amount: Money,
    /// What of it is in dispute beside that.
    pub disputed: Money,
}

/// An earlier extension or arrangement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Past {
    /// Its number.
    pub number: ArrangementNumber,
    /// Which sort.
    pub kind: ArrangementKind,
    /// The day it was made.
    pub made_on: NaiveDate,
    /// What became of it.
    pub state: ArrangementState,
    /// The day it ended.
    pub ended_on: Option<NaiveDate>,
}

/// What the rules look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// Whether the account is served and billed.
    pub is_active: bool,
    /// What is owed, the earliest due first.
    pub debts: Vec<Debt>,
    /// Every extension and arrangement before.
    pub history: Vec<Past>,
    /// Whether a payment came back and nothing was paid since.
    pub has_returned: bool,
    /// The days on which the account's bills to come fall due, the earliest first.
    pub bill_dues: Vec<NaiveDate>,
    /// Today.
    pub today: NaiveDate,
}

/// Why more time is not given, with what is needed to say so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// Nothing is owed that nobody disputes.
    NothingOwed,
    /// The account is not served and billed.
    NotActive,
    /// One is in force.
    AlreadyOn(ArrangementNumber),
    /// Accounts of this class get none.
    NotOffered,
    /// A payment came back.
    Returned,
    /// Less is owed than this.
    OwesLess(Money),
    /// More is owed than this.
    OwesMore(Money),
    /// Something is past due for more days than this.
    TooOld(u32),
    /// So many in so many months are used up.
    TooOften(Often),
    /// One was broken; again from this day.
    BrokenBefore(NaiveDate),
    /// A length that is not offered.
    NoSuchLength,
    /// The next payday is one of these days.
    NotAPayday(NaiveDate, NaiveDate),
    /// Less is paid first than must be.
    DownTooSmall(Money),
    /// More is paid first than leaves an installment.
    DownTooLarge(Money),
}

/// What somebody chooses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// So many days more.
    Extension {
        /// One of the policy's lengths.
        days: u32,
    },
    /// Installments.
    Arrangement {
        /// How many, beside what is paid first.
        installments: u32,
        /// What is paid first; the least that must be, where nothing is said.
        down: Option<Money>,
        /// By which paydays; by the days of the bills, where nothing is said.
        paydays: Option<Paydays>,
    },
}

/// The arrangements that may be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lengths {
    /// The least that is paid first.
    pub least_down: Money,
    /// The most that may be.
    pub most_down: Money,
    /// What is, in these plans.
    pub down: Money,
    /// The plans, by how many installments follow.
    pub plans: Vec<(u32, Plan)>,
}

/// What is offered, and why something is not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offers {
    /// Later due dates, by days.
    pub extensions: Result<Vec<(u32, Plan)>, Vec<Refusal>>,
    /// Installments.
    pub arrangements: Result<Lengths, Vec<Refusal>>,
}

/// By paydays, so many lengths are all listed; of longer ones every fourth.
const LISTED: u32 = 12;

/// Everything that may be chosen today, with so much paid first, and by these paydays where some are named; where what is paid first is too
/// little or too much, with the least.
#[must_use]
pub fn offers(
    terms: &Terms,
    facts: &Facts,
    (down, paydays): (Option<Money>, Option<Paydays>),
) -> Offers {
    let extensions = extension_terms(terms, facts).map(|terms| {
        let plan = |days: &u32| (*days, extension(terms, facts, *days));
        let mut plans: Vec<(u32, Plan)> = terms.lengths_days.iter().map(plan).collect();
        // Two lengths over one weekend are one day.
        plans.dedup_by(|later, earlier| later.1 == earlier.1);
        plans
    });
    let arrangements = arrangement_terms(terms, facts).and_then(|terms| {
        let (least_down, most_down) = downs(terms, facts)?;
        let down = down.filter(|down| (least_down..=most_down).contains(down));
        let down = down.unwrap_or(least_down);
        soon(facts, paydays)?;
        let plan = |count| Some((count, arrangement(terms, facts, (count, down), paydays)?));
        let is_listed =
            |count: &u32| paydays.is_none() || *count <= LISTED || count.is_multiple_of(4);
        Ok(Lengths {
            least_down,
            most_down,
            down,
            plans: (1..=most_installments(terms, paydays))
                .filter(is_listed)
                .filter_map(plan)
                .collect(),
        })
    });
    Offers {
        extensions,
        arrangements,
    }
}

/// What was chosen, with every day and cent.
///
/// # Errors
/// Every reason why it is not given.
pub fn plan(terms: &Terms, facts: &Facts, choice: Choice) -> Result<Plan, Vec<Refusal>> {
    match choice {
        Choice::Extension { days } => {
            let terms = extension_terms(terms, facts)?;
            if !terms.lengths_days.contains(&days) {
                return Err(vec![Refusal::NoSuchLength]);
            }
            Ok(extension(terms, facts, days))
        }
        Choice::Arrangement {
            installments,
            down,
            paydays,
        } => {
            let terms = arrangement_terms(terms, facts)?;
            soon(facts, paydays)?;
            let (least, most) = downs(terms, facts)?;
            let down = down.unwrap_or(least);
            if down < least {
                return Err(vec![Refusal::DownTooSmall(least)]);
            }
            if down > most {
                return Err(vec![Refusal::DownTooLarge(most)]);
            }
            let plan = arrangement(terms, facts, (installments, down), paydays);
            plan.ok_or_else(|| vec![Refusal::NoSuchLength])
        }
    }
}

/// The terms of an extension, where nothing bars it.
fn extension_terms<'a>(
    terms: &'a Terms,
    facts: &Facts,
) -> Result<&'a ExtensionTerms, Vec<Refusal>> {
    let Some(terms) = &terms.extension else {
        return Err(vec![Refusal::NotOffered]);
    };
    let kind = ArrangementKind::Extension;
    let mut why = facts.bars(kind, terms.limit, terms.after_broken_months);
    if terms.refuse_returned && facts.has_returned {
        why.push(Refusal::Returned);
    }
    if facts.owed() > terms.most_owed_cents {
        why.push(Refusal::OwesMore(terms.most_owed_cents));
    }
    let oldest = facts.debts.first().map(|debt| facts.today - debt.due_on);
    if oldest.is_some_and(|age| age.num_days() > i64::from(terms.oldest_days)) {
        why.push(Refusal::TooOld(terms.oldest_days));
    }
    if why.is_empty() { Ok(terms) } else { Err(why) }
}

/// The terms of an arrangement, where nothing bars it.
fn arrangement_terms<'a>(
    terms: &'a Terms,
    facts: &Facts,
) -> Result<&'a ArrangementTerms, Vec<Refusal>> {
    let Some(terms) = &terms.arrangement else {
        return Err(vec![Refusal::NotOffered]);
    };
    let kind = ArrangementKind::Arrangement;
    let mut why = facts.bars(kind, terms.limit, terms.after_broken_months);
    if terms.refuse_returned && facts.has_returned {
        why.push(Refusal::Returned);
    }
    let owed = facts.owed();
    if owed > terms.most_owed_cents {
        why.push(Refusal::OwesMore(terms.most_owed_cents));
    }
    if owed.is_positive() && owed < terms.least_owed_cents {
        why.push(Refusal::OwesLess(terms.least_owed_cents));
    }
    if why.is_empty() { Ok(terms) } else { Err(why) }
}

impl Facts {
    fn owed(&self) -> Money {
        self.debts.iter().map(|debt| debt.amount).sum()
    }

    fn past_due(&self) -> Money {
        let past = self.debts.iter().filter(|debt| debt.due_on < self.today);
        past.map(|debt| debt.amount).sum()
    }

    /// What bars either kind.
    fn bars(&self, kind: ArrangementKind, limit: Often, after_broken: u32) -> Vec<Refusal> {
        let mut why = Vec::new();
        if !self.is_active {
            why.push(Refusal::NotActive);
        }
        if !self.owed().is_positive() {
            why.push(Refusal::NothingOwed);
        }
        let mut history = self.history.iter();
        if let Some(open) = history.find(|past| past.state == ArrangementState::Open) {
            why.push(Refusal::AlreadyOn(open.number.clone()));
            return why;
        }
        let since = self.today.checked_sub_months(Months::new(limit.months));
        let counts = |past: &&Past| {
            past.kind == kind
                && past.state != ArrangementState::Canceled
                && since.is_some_and(|since| past.made_on > since)
        };
        let used = self.history.iter().filter(counts).count();
        if u32::try_from(used).is_ok_and(|used| used >= limit.most) {
            why.push(Refusal::TooOften(limit));
        }
        let broken = self.history.iter();
        let broken = broken.filter(|past| past.state == ArrangementState::Broken);
        let again = broken
            .filter_map(|past| past.ended_on?.checked_add_months(Months::new(after_broken)))
            .max();
        if let Some(again) = again.filter(|again| *again > self.today) {
            why.push(Refusal::BrokenBefore(again));
        }
        why
    }

    fn covered(&self, is_covered: impl Fn(&Debt) -> bool) -> Vec<CoveredPart> {
        let some = self.debts.iter().filter(|debt| is_covered(debt));
        some.filter(|debt| debt.amount.is_positive())
            .map(|debt| CoveredPart {
                entry: debt.entry,
                amount: debt.amount,
                beside: debt.disputed,
            })
            .collect()
    }
}

/// A later due date. It is counted from the earliest due date, from today where that has passed, and is a day on which the office is open, as
/// due dates of bills are; what falls due before the new day is to be paid on that day.
fn extension(terms: &ExtensionTerms, facts: &Facts, days: u32) -> Plan {
    let first = facts.debts.first().map(|debt| debt.due_on);
    let from = first.map_or(facts.today, |day| day.max(facts.today));
    let due_on = on_or_after(from + Days::new(u64::from(days)));
    let covered = facts.covered(|debt| debt.due_on < due_on);
    let amount = covered.iter().map(|part| part.amount).sum();
    Plan {
        kind: ArrangementKind::Extension,
        covered,
        installments: vec![Installment { due_on, amount }],
        grace_days: terms.grace_days,
    }
}

/// The least and the most that may be paid first.
fn downs(terms: &ArrangementTerms, facts: &Facts) -> Result<(Money, Money), Vec<Refusal>> {
    let base = match terms.down.of {
        DownOf::PastDue => facts.past_due(),
        DownOf::Owed => facts.owed(),
    };
    let share = base
        .dollars()
        .checked_mul(terms.down.percent)
        .and_then(|share| share.checked_mul(Decimal::new(1, 2)))
        .and_then(|share| Money::from_charge(share).ok());
    let least = share.unwrap_or(base);
    let most = facts.owed() - terms.least_installment_cents;
    if most.is_negative() || least > most {
        let needed = terms.least_installment_cents + least;
        return Err(vec![Refusal::OwesLess(needed.max(terms.least_owed_cents))]);
    }
    Ok((least, most))
}

/// Whether the paydays begin soon.
fn soon(facts: &Facts, paydays: Option<Paydays>) -> Result<(), Vec<Refusal>> {
    if paydays.is_none_or(|paydays| paydays.is_soon(facts.today)) {
        return Ok(());
    }
    let last = Paydays::last_first(facts.today);
    Err(vec![Refusal::NotAPayday(facts.today, last)])
}

/// The most installments: one a month as the policy has it, or as many paydays as fit into these months.
fn most_installments(terms: &ArrangementTerms, paydays: Option<Paydays>) -> u32 {
    let in_a_month = paydays.map_or(1, |paydays| paydays.every.in_a_month());
    terms.most_installments.saturating_mul(in_a_month)
}

/// What is paid first, then equal installments on paydays, or on the days on which bills fall due; each on the next day on which the office is
/// open, as due dates of bills are. Each is the rest divided by how many there are, rounded down to the cent; the last one carries the cents left
/// over. Nothing where one would be less than the least.
fn arrangement(
    terms: &ArrangementTerms,
    facts: &Facts,
    (count, down): (u32, Money),
    paydays: Option<Paydays>,
) -> Option<Plan> {
    if !(1..=most_installments(terms, paydays)).contains(&count) {
        return None;
    }
    let rest = facts.owed() - down;
    let each = Money::from_cents(rest.cents().checked_div(i64::from(count))?);
    if each < terms.least_installment_cents {
        return None;
    }
    let first_on = on_or_after(facts.today + Days::new(u64::from(terms.down.within_days)));
    let mut installments = Vec::new();
    if down.is_positive() {
        installments.push(Installment {
            due_on: first_on,
            amount: down,
        });
    }
    let mut left = rest;
    let days = match paydays {
        Some(paydays) if down.is_positive() => paydays.after(first_on, count),
        Some(paydays) => paydays.after(facts.today, count),
        None => {
            let least = if down.is_positive() { 15 } else { 1 };
            monthly((first_on, least), &facts.bill_dues, count)
        }
    };
    for (day, place) in days.into_iter().zip(1..) {
        let amount = if place == count { left } else { each };
        left -= amount;
        installments.push(Installment {
            due_on: on_or_after(day),
            amount,
        });
    }
    // Who would pay all by its own day needs no arrangement, and keeps the one of the year.
    if !gives_time(&facts.debts, &installments) {
        return None;
    }
    Some(Plan {
        kind: ArrangementKind::Arrangement,
        covered: facts.covered(|_all| true),
        installments,
        grace_days: terms.grace_days,
    })
}

/// Whether a part of what is owed is due later than by itself.
fn gives_time(debts: &[Debt], installments: &[Installment]) -> bool {
    let debt = |debt: &Debt| CoveredDebt {
        entry: debt.entry,
        due_on: debt.due_on,
        covered: debt.amount,
        beside: Money::ZERO,
        remaining: debt.amount,
        disputed: Money::ZERO,
        freed: Vec::new(),
    };
    let cover = Cover {
        installments: installments.to_vec(),
        debts: debts.iter().map(debt).collect(),
        not_before: None,
    };
    let shares = cover.shares();
    shares.iter().any(|share| share.due_on > share.own_due_on)
}

/// So many days, each about a month after the one before, the first at least some days after another: those on which bills fall due as far as
/// the calendar says so, else a month after the one before.
fn monthly(
    (after, first_least): (NaiveDate, u64),
    bill_dues: &[NaiveDate],
    count: u32,
) -> Vec<NaiveDate> {
    let mut days: Vec<NaiveDate> = Vec::new();
    for _ in 0..count {
        let (last, least) = days.last().map_or((after, first_least), |last| (*last, 20));
        let span = last + Days::new(least)..=last + Days::new(45);
        let due = bill_dues.iter().find(|day| span.contains(day)).copied();
        let next = due.or_else(|| last.checked_add_months(Months::new(1)));
        days.extend(next);
    }
    days
}
