//! May this account be shut off today? One answer, worked out anew each day from facts of that day: `May`, or every reason why not.
//!
//! It fails closed. Where a rule or a fact is missing the answer is no, and says what is missing. Memphis Light, Gas & Water Division v. Craft,
//! 436 U.S. 1 (1978), binds every municipal utility beside whatever its state says: notice first, and nothing for what is in dispute.

use chrono::NaiveDate;

use crate::domain::accounts::AccountClass;
use crate::domain::holds::HoldKind;
use crate::domain::money::Money;
use crate::domain::premises::Commodity;
use crate::domain::text_enum::text_enum;
use crate::domain::weather::Degrees;

pub mod days;
mod policy;
mod served;
#[cfg(test)]
mod state_tests;
#[cfg(test)]
mod tests;
mod weather;

pub use crate::domain::shutoff::policy::{
    ClassTerms, ContactTerms, DayTerms, HardshipTerms, NoticeTerms, ShutoffPolicy, StateRules,
    TemperatureTerms, WinterNeed, WinterTerms,
};
pub use crate::domain::shutoff::weather::{Exposed, FeltDays, is_against_weather};

text_enum! {
    /// What was served on a customer before a shut-off.
    ServedKind {
        /// The written notice: how much, by when, and how to be heard.
        Written => "written",
        /// Somebody was spoken to, or was called for.
        Contact => "contact",
        /// A notice was left at the door.
        Posted => "posted",
        /// A notice to each unit, where people live there who are not the customer.
        Occupants => "occupants",
        /// A plan with the terms of winter was offered in writing.
        PlanOffered => "plan_offered",
    }
}

text_enum! {
    /// How it was served.
    ServedWay {
        /// By mail.
        Mail => "mail",
        /// Into somebody's hand.
        Hand => "hand",
        /// By telephone.
        Phone => "phone",
        /// By a visit.
        Visit => "visit",
        /// At the door.
        Door => "door",
    }
}

impl ServedKind {
    /// The ways in which it may be served.
    #[must_use]
    pub const fn ways(self) -> &'static [ServedWay] {
        match self {
            Self::Written | Self::Occupants => &[ServedWay::Mail, ServedWay::Hand, ServedWay::Door],
            Self::Contact => &[ServedWay::Phone, ServedWay::Visit],
            Self::Posted => &[ServedWay::Door],
            Self::PlanOffered => &[ServedWay::Mail, ServedWay::Hand],
        }
    }
}

/// One thing that was served.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Served {
    /// What.
    pub kind: ServedKind,
    /// How.
    pub way: ServedWay,
    /// On which day.
    pub given_on: NaiveDate,
    /// Whether there is proof that it arrived.
    pub is_proven: bool,
}

/// A debt, as a shut-off looks at it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Debt {
    /// When it fell due; where an arrangement that covered it was broken since, the day of that.
    pub due_on: NaiveDate,
    /// What is left of it.
    pub remaining: Money,
    /// What of that is in dispute, or was until a few days ago.
    pub disputed: Money,
    /// What of the rest an arrangement in force covers.
    pub arranged: Money,
    /// Whether it is a fee for late or returned payment: nobody is shut off for one.
    pub is_penalty: bool,
    /// Whether it is a deposit that was asked for: nobody is shut off for one, unless the rules of the class say so.
    pub is_deposit: bool,
}

/// A hold that keeps a shut-off away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Held {
    /// Why.
    pub kind: HoldKind,
    /// The last day on which it protects; nothing where it has no end.
    pub last_on: Option<NaiveDate>,
}

/// How cold and how warm a day is, or is forecast to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Felt {
    /// The lowest temperature.
    pub low: Degrees,
    /// The highest.
    pub high: Degrees,
}

/// What is known of an account on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// Its class.
    pub class: AccountClass,
    /// Whether it is served and billed.
    pub is_active: bool,
    /// What it is served with on the day.
    pub services: Vec<Commodity>,
    /// The states in which its places lie, in two letters, each once.
    pub states: Vec<String>,
    /// What it owes.
    pub debts: Vec<Debt>,
    /// What is on its way.
    pub pending: Money,
    /// The holds in force that keep a shut-off away, those that were declared for everybody among them.
    pub holds: Vec<Held>,
    /// Every hold that protects or did, whatever it keeps away: hardship may ask for a longer notice after it too.
    pub eased: Vec<Held>,
    /// Holds that ended and that somebody of the office has to look at before anything follows, with the first day after each.
    pub unreviewed: Vec<(HoldKind, NaiveDate)>,
    /// Whether people live there who are not the customer.
    pub has_occupants: bool,
    /// What was served, in any order.
    pub served: Vec<Served>,
    /// The temperatures of days, each as it was forecast or measured: what one of them forbids is forbidden.
    pub felt: FeltDays,
}

/// The answer for one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It may be shut off on that day.
    May,
    /// It may not, for each of these reasons.
    MayNot(Vec<Reason>),
}

impl Verdict {
    /// Whether nobody could be shut off for what is owed, whatever was served and whatever the day: it is too little or too young, fees alone, in
    /// dispute, or paid by an arrangement. What is only on its way may still come back.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        let Self::MayNot(why) = self else {
            return false;
        };
        let is_coming = why.iter().any(|one| matches!(one, Reason::Pending(_)));
        !is_coming && why.iter().any(Reason::settles)
    }

    /// Whether the account is protected, on this day and on others: by a hold, a dispute or an arrangement.
    #[must_use]
    pub fn is_protected(&self) -> bool {
        let protects = |reason: &Reason| {
            matches!(
                reason,
                Reason::Held(..) | Reason::Disputed(_) | Reason::Arranged(_)
            )
        };
        matches!(self, Self::MayNot(why) if why.iter().any(protects))
    }

    /// The reasons for which no shut-off is even ordered: what protects the account, what leaves nothing to shut off for, and what nobody knows.
    /// What a notice, a call or a later day mends keeps nobody from preparing one, which is handed out on no day before.
    #[must_use]
    pub fn bars_order(&self) -> Vec<Reason> {
        match self {
            Self::May => Vec::new(),
            Self::MayNot(why) => why.iter().filter(|one| one.bars_order()).cloned().collect(),
        }
    }

    /// Whether a hold forbids it.
    #[must_use]
    pub fn is_held(&self) -> bool {
        let holds = |reason: &Reason| matches!(reason, Reason::Held(..));
        matches!(self, Self::MayNot(why) if why.iter().any(holds))
    }
}

impl Reason {
    /// Whether no shut-off is ordered while it lasts.
    const fn bars_order(&self) -> bool {
        match self {
            Self::NoRules(_)
            | Self::NoPlace
            | Self::NotServed
            | Self::NothingPastDue
            | Self::TooLittle(..)
            | Self::Disputed(_)
            | Self::Arranged(_)
            | Self::Pending(_)
            | Self::Penalties(_)
            | Self::Deposit(_)
            | Self::Held(..)
            | Self::Unreviewed(..)
            | Self::Winter(_) => true,
            Self::TooYoung(_)
            | Self::Unserved(_)
            | Self::Unproven(_)
            | Self::TooSoon(..)
            | Self::Hardship(..)
            | Self::TooOld(..)
            | Self::ContactsMissing(..)
            | Self::ContactTooSoon(_)
            | Self::Weekday(_)
            | Self::Holiday
            | Self::Eve
            | Self::BeforeClosed
            | Self::Cold(_)
            | Self::Heat(_)
            | Self::WeatherUnknown(_) => false,
        }
    }

    /// Whether it leaves nothing that is owed to be shut off for.
    const fn settles(&self) -> bool {
        matches!(
            self,
            Self::NothingPastDue
                | Self::TooLittle(..)
                | Self::TooYoung(_)
                | Self::Penalties(_)
                | Self::Disputed(_)
                | Self::Arranged(_)
        )
    }
}

/// Why an account may not be shut off on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// There are no rules for the state, so that nothing is allowed.
    NoRules(String),
    /// It is not known where the place lies.
    NoPlace,
    /// It is not served, or not any more.
    NotServed,
    /// Nothing is past due.
    NothingPastDue,
    /// What is past due counts from this day on.
    TooYoung(NaiveDate),
    /// So much counts; it must be so much at the least.
    TooLittle(Money, Money),
    /// So much of what is past due is in dispute.
    Disputed(Money),
    /// So much of it is covered by an arrangement that is kept.
    Arranged(Money),
    /// So much of it is on its way.
    Pending(Money),
    /// So much of it is fees for late or returned payment.
    Penalties(Money),
    /// So much of it is a deposit that was asked for.
    Deposit(Money),
    /// A hold protects it, until this day where it has an end.
    Held(HoldKind, Option<NaiveDate>),
    /// A hold ended on the day before this one, and nobody has looked at it since.
    Unreviewed(HoldKind, NaiveDate),
    /// This was not served for what is past due now.
    Unserved(ServedKind),
    /// It was served, and there is no proof that it arrived.
    Unproven(ServedKind),
    /// It was served, and counts from this day on.
    TooSoon(ServedKind, NaiveDate),
    /// Of that notice so many days more are needed, because this hold protects or did until a few days ago.
    Hardship(HoldKind, u32),
    /// It was served, and counted until this day.
    TooOld(ServedKind, NaiveDate),
    /// So many calls or visits were made; so many are needed, on so many days.
    ContactsMissing(u32, u32, u32),
    /// The last call or visit needed counts from this day on.
    ContactTooSoon(NaiveDate),
    /// Nobody is shut off on this day of the week.
    Weekday(days::Weekday),
    /// It is a holiday.
    Holiday,
    /// The next day is a holiday.
    Eve,
    /// The office is closed on the next day, and nobody could turn service on again.
    BeforeClosed,
    /// It is winter, until this day.
    Winter(NaiveDate),
    /// It is, or will be, too cold on this day.
    Cold(NaiveDate),
    /// It is, or will be, too hot on this day.
    Heat(NaiveDate),
    /// Nobody knows how cold or hot it is, or will be, on this day.
    WeatherUnknown(NaiveDate),
}

/// Whether an account may be shut off on a day. Every reason why not is given, but for notices and the day where nothing could be shut off for
/// anyway.
#[must_use]
pub fn may_shut_off(policy: &ShutoffPolicy, facts: &Facts, day: NaiveDate) -> Verdict {
    let mut why = Vec::new();
    if facts.states.is_empty() {
        why.push(Reason::NoPlace);
    }
    // A landlord's account may lie in two states: the rules of both hold.
    let mut sets: Vec<&StateRules> = Vec::new();
    for state in &facts.states {
        match policy.rules(state) {
            Some(rules) if sets.contains(&rules) => {}
            Some(rules) => sets.push(rules),
            None => why.push(Reason::NoRules(
                policy.state.as_ref().unwrap_or(state).clone(),
            )),
        }
    }
    if !facts.is_active || facts.services.is_empty() {
        why.push(Reason::NotServed);
    }
    why.extend(
        facts
            .holds
            .iter()
            .map(|held| Reason::Held(held.kind, held.last_on)),
    );
    let waits = |(kind, day): &(HoldKind, NaiveDate)| Reason::Unreviewed(*kind, *day);
    why.extend(facts.unreviewed.iter().map(waits));
    for rules in sets {
        let asked = Asked {
            rules,
            facts,
            day,
            least: rules.least_owed(facts.class).max(policy.least_owed_cents),
        };
        why.extend(asked.reasons());
    }
    let mut all: Vec<Reason> = Vec::new();
    for reason in why {
        if !all.contains(&reason) {
            all.push(reason);
        }
    }
    if all.is_empty() {
        Verdict::May
    } else {
        Verdict::MayNot(all)
    }
}

/// One set of rules asked about an account on a day.
#[derive(Clone, Copy)]
struct Asked<'a> {
    rules: &'a StateRules,
    facts: &'a Facts,
    day: NaiveDate,
    /// The least that must be owed.
    least: Money,
}

/// A part of a debt for which somebody may be shut off.
#[derive(Debug, Clone, Copy)]
struct Free {
    due_on: NaiveDate,
    amount: Money,
}

impl Asked<'_> {
    fn reasons(&self) -> Vec<Reason> {
        let free = self.free();
        let mut why = self.owes_too_little(&free);
        let is_for_something = why.is_empty();
        why.extend(self.season());
        if is_for_something {
            why.extend(self.unserved(&free));
            why.extend(self.day_of_week());
            why.extend(self.temperature());
        }
        why
    }

    /// What is past due long enough, is neither disputed, arranged, on its way nor of a kind that does not count, the oldest first.
    fn free(&self) -> Vec<Free> {
        let mut on_its_way = self.facts.pending;
        let mut debts = self.past_due();
        debts.sort_by_key(|debt| debt.due_on);
        let mut free = Vec::new();
        for debt in debts {
            let open = (debt.remaining - debt.disputed - debt.arranged).max(Money::ZERO);
            let covered = open.min(on_its_way).max(Money::ZERO);
            on_its_way -= covered;
            let amount = open - covered;
            if amount.is_positive() && self.is_for(debt) && self.counts_from(debt) <= self.day {
                let due_on = debt.due_on;
                free.push(Free { due_on, amount });
            }
        }
        free
    }

    /// Whether anybody may be shut off for such a debt.
    fn is_for(&self, debt: &Debt) -> bool {
        let is_for_deposit = self.rules.counts_deposits(self.facts.class);
        !debt.is_penalty && (!debt.is_deposit || is_for_deposit)
    }

    fn past_due(&self) -> Vec<&Debt> {
        let is_late = |debt: &&Debt| debt.due_on < self.day && debt.remaining.is_positive();
        self.facts.debts.iter().filter(is_late).collect()
    }

    /// The first day on which a debt is past due for long enough.
    fn counts_from(&self, debt: &Debt) -> NaiveDate {
        let days = self.rules.past_due_days(self.facts.class).max(1);
        days::after(debt.due_on, days, false)
    }

    /// Why what is owed is nothing to be shut off for; nothing where it is.
    fn owes_too_little(&self, free: &[Free]) -> Vec<Reason> {
        let owed: Money = free.iter().map(|part| part.amount).sum();
        if owed.is_positive() && owed >= self.least {
            return Vec::new();
        }
        let late = self.past_due();
        if late.is_empty() {
            return vec![Reason::NothingPastDue];
        }
        let plain = |debt: &Debt| debt.remaining - debt.disputed - debt.arranged;
        let disputed = late.iter().map(|debt| debt.disputed).sum();
        let arranged = late.iter().map(|debt| debt.arranged).sum();
        let penalties = late.iter().filter(|debt| debt.is_penalty);
        let penalties = penalties.map(|debt| plain(debt)).sum();
        let deposits = late.iter().filter(|debt| debt.is_deposit);
        let deposits = deposits.filter(|debt| !self.is_for(debt));
        let deposits = deposits.map(|debt| plain(debt)).sum();
        let part = |amount: Money, reason: fn(Money) -> Reason| {
            amount.is_positive().then(|| reason(amount))
        };
        let parts = [
            part(disputed, Reason::Disputed),
            part(arranged, Reason::Arranged),
            part(self.facts.pending, Reason::Pending),
            part(penalties, Reason::Penalties),
            part(deposits, Reason::Deposit),
        ];
        let mut why: Vec<Reason> = parts.into_iter().flatten().collect();
        let young = late
            .iter()
            .filter(|debt| self.is_for(debt) && plain(debt).is_positive())
            .map(|debt| self.counts_from(debt))
            .filter(|from| *from > self.day)
            .min();
        why.extend(young.map(Reason::TooYoung));
        // Of a deposit alone nothing is to be paid for service.
        let is_nothing_else = why.iter().all(|one| matches!(one, Reason::Deposit(_)));
        if owed.is_positive() || is_nothing_else {
            why.push(Reason::TooLittle(owed, self.least));
        }
        why
    }
}
