//! How what was agreed stands: the debts as they are now against the installments.
//!
//! What is left of the covered debts is always the last part of the schedule, so that whatever was paid paid the first installments. What is
//! in dispute meanwhile is set aside from the end, and once it is decided or taken back it has the days that this leaves: nobody falls behind
//! by disputing a bill, nor by a decision about it.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};

use crate::domain::allocation::OpenLeg;
use crate::domain::arrangements::{ArrangementState, Installment, InstallmentState};
use crate::domain::disputes;
use crate::domain::ids::EntryId;
use crate::domain::money::Money;

/// An installment comes before whatever else is owed from so many days before its day, or as many as it has days of grace where these are
/// fewer.
const MOST_DAYS_FIRST: u32 = 10;

/// Days after a payment came back before which nothing is due of what it had paid to the end: a letter has to arrive, and money to be found.
pub const DAYS_AFTER_RETURN: u64 = 14;

/// A covered debt that is not paid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CoveredDebt {
    /// Its entry.
    pub entry: EntryId,
    /// When it falls or fell due by itself.
    pub due_on: NaiveDate,
    /// How much of it is covered.
    pub covered: Money,
    /// What of it was in dispute when this was agreed, and is not covered; nothing where the customer was right.
    pub beside: Money,
    /// What is left of it in all.
    pub remaining: Money,
    /// What of that is in dispute.
    pub disputed: Money,
    /// What was in dispute since this was agreed and is not any more, each with the first day on which it is a debt like any other.
    pub freed: Vec<(NaiveDate, Money)>,
}

impl CoveredDebt {
    /// What is left of the covered part: a payment pays what is covered first.
    fn left(&self) -> Money {
        disputes::frozen(self.remaining - self.beside, self.covered)
    }

    /// What of that nobody disputes.
    #[must_use]
    pub fn to_pay(&self) -> Money {
        self.left()
            .min(self.remaining - self.disputed)
            .max(Money::ZERO)
    }

    /// What of that was in dispute meanwhile: it is paid last, and what was set free last the very last.
    fn freed(&self) -> Vec<(NaiveDate, Money)> {
        let mut room = self.to_pay();
        let mut latest_first = self.freed.clone();
        latest_first.sort_unstable_by(|a, b| b.cmp(a));
        for (_, amount) in &mut latest_first {
            *amount = disputes::frozen(room, *amount);
            room -= *amount;
        }
        latest_first.retain(|(_, amount)| amount.is_positive());
        latest_first
    }
}

/// An arrangement in force: its installments, and what is left of its debts, the one due first first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cover {
    /// What was agreed.
    pub installments: Vec<Installment>,
    /// What is left.
    pub debts: Vec<CoveredDebt>,
    /// The day before which nothing is due, where it was kept and is in force again.
    pub not_before: Option<NaiveDate>,
}

/// A part of a debt, with the day by which it is to be paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    /// The debt.
    pub entry: EntryId,
    /// When the debt falls or fell due by itself.
    pub own_due_on: NaiveDate,
    /// When this part is due.
    pub due_on: NaiveDate,
    /// How much.
    pub amount: Money,
}

/// One installment as it stands, or one of its two parts where a dispute moved the day of the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// What was agreed; of a part, its amount.
    pub installment: Installment,
    /// The last day on which it is in time without grace: the day agreed, or a later one that a dispute left.
    pub due_on: NaiveDate,
    /// What of it is paid.
    pub paid: Money,
    /// What of it is in dispute.
    pub aside: Money,
    /// What is left to pay.
    pub unpaid: Money,
}

impl Progress {
    /// Where it stands on a day.
    #[must_use]
    pub fn state(&self, grace_days: u32, today: NaiveDate) -> InstallmentState {
        if !self.unpaid.is_positive() {
            if self.aside.is_positive() {
                InstallmentState::Aside
            } else {
                InstallmentState::Paid
            }
        } else if self.due_on >= today {
            InstallmentState::Due
        } else if self.last_day(grace_days) >= today {
            InstallmentState::Late
        } else {
            InstallmentState::Missed
        }
    }

    /// The last day on which it is in time.
    #[must_use]
    pub fn last_day(&self, grace_days: u32) -> NaiveDate {
        self.due_on + Days::new(u64::from(grace_days))
    }

    /// Whether a dispute moved its day.
    #[must_use]
    pub fn is_moved(&self) -> bool {
        self.due_on > self.installment.due_on
    }
}

/// What installments ask for on a day: the next one, and every other whose day has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked {
    /// How much.
    pub amount: Money,
    /// By when the first of it.
    pub due_on: NaiveDate,
    /// The day up to which installments are in it.
    pub until: NaiveDate,
}

/// What installments ask for today; nothing where nothing is left to pay.
#[must_use]
pub fn asked(progress: &[Progress], today: NaiveDate) -> Option<Asked> {
    let open = || progress.iter().filter(|one| one.unpaid.is_positive());
    let due_on = open().map(|one| one.due_on).min()?;
    let until = due_on.max(today);
    let amount = open().filter(|one| one.due_on <= until);
    Some(Asked {
        amount: amount.map(|one| one.unpaid).sum(),
        due_on,
        until,
    })
}

impl Cover {
    /// What was agreed in all.
    #[must_use]
    pub fn amount(&self) -> Money {
        self.installments.iter().map(|part| part.amount).sum()
    }

    /// What is left, in dispute or not.
    #[must_use]
    pub fn left(&self) -> Money {
        self.debts.iter().map(CoveredDebt::left).sum()
    }

    /// Whether nothing is left.
    #[must_use]
    pub fn is_paid(&self) -> bool {
        !self.left().is_positive()
    }

    /// What is left and nobody disputes.
    #[must_use]
    pub fn to_pay(&self) -> Money {
        self.debts.iter().map(CoveredDebt::to_pay).sum()
    }

    /// What is to be paid, by the day before which none of it is: first what was never in dispute, then what was, by the days of that.
    fn waiting(&self) -> Vec<(NaiveDate, Money)> {
        let mut freed: Vec<(NaiveDate, Money)> =
            self.debts.iter().flat_map(CoveredDebt::freed).collect();
        freed.sort_unstable();
        let later: Money = freed.iter().map(|(_, amount)| *amount).sum();
        let not_before = self.not_before.unwrap_or(NaiveDate::MIN);
        let mut all = vec![(not_before, self.to_pay() - later)];
        all.extend(
            freed
                .into_iter()
                .map(|(on, amount)| (on.max(not_before), amount)),
        );
        all
    }

    /// Each installment as it stands, in the order of their days.
    #[must_use]
    pub fn progress(&self) -> Vec<Progress> {
        let mut paid = self.amount() - self.left();
        let mut waiting = self.waiting();
        let mut all = Vec::new();
        for installment in &self.installments {
            let own_paid = paid.min(installment.amount);
            paid -= own_paid;
            all.extend(parts(*installment, own_paid, &mut waiting));
        }
        all
    }

    /// What is left of each debt, by the day of the installment that it belongs to: the debt due first with the installment due first.
    #[must_use]
    pub fn shares(&self) -> Vec<Share> {
        let progress = self.progress();
        let mut wanted = progress.iter().map(|one| (one.due_on, one.unpaid));
        let mut present = wanted.next();
        let mut shares = Vec::new();
        for debt in &self.debts {
            let mut left = debt.to_pay();
            while left.is_positive() {
                let Some((due_on, unpaid)) = present else {
                    break;
                };
                let amount = left.min(unpaid);
                left -= amount;
                if amount.is_positive() {
                    shares.push(Share {
                        entry: debt.entry,
                        own_due_on: debt.due_on,
                        due_on,
                        amount,
                    });
                }
                present = if amount == unpaid {
                    wanted.next()
                } else {
                    Some((due_on, unpaid - amount))
                };
            }
        }
        shares
    }

    /// What a payment of a day pays before everything else.
    #[must_use]
    pub fn comes_first(&self, grace_days: u32, on: NaiveDate) -> Money {
        let until = on + days_first(grace_days);
        let near = self
            .progress()
            .into_iter()
            .filter(|one| one.due_on <= until);
        near.map(|one| one.unpaid).sum()
    }

    /// By how much it changes what is due by a day: its debts are due with their installments.
    #[must_use]
    pub fn moved_by(&self, by: NaiveDate) -> Money {
        let mut moved = Money::ZERO;
        for share in self.shares() {
            match (share.own_due_on <= by, share.due_on <= by) {
                (true, false) => moved -= share.amount,
                (false, true) => moved += share.amount,
                (true, true) | (false, false) => {}
            }
        }
        moved
    }

    /// What became of it by a day, with so much on its way: kept when nothing is left, broken when more was missed than is on its way.
    #[must_use]
    pub fn standing(&self, pending: Money, grace_days: u32, today: NaiveDate) -> ArrangementState {
        if self.is_paid() {
            return ArrangementState::Kept;
        }
        let is_missed = |one: &&Progress| one.state(grace_days, today) == InstallmentState::Missed;
        let progress = self.progress();
        let missed: Money = progress
            .iter()
            .filter(is_missed)
            .map(|one| one.unpaid)
            .sum();
        if missed > pending {
            ArrangementState::Broken
        } else {
            ArrangementState::Open
        }
    }
}

/// How many days before its day an installment comes before everything else.
fn days_first(grace_days: u32) -> Days {
    Days::new(u64::from(grace_days.min(MOST_DAYS_FIRST)))
}

/// An installment with what of it is paid, taking the rest from what waits: one part, and another one for what a dispute moved to a later day.
/// What then is missing is in dispute.
fn parts(
    installment: Installment,
    paid: Money,
    waiting: &mut [(NaiveDate, Money)],
) -> Vec<Progress> {
    let mut room = installment.amount - paid;
    let mut parts = vec![Progress {
        installment: Installment {
            amount: paid,
            ..installment
        },
        due_on: installment.due_on,
        paid,
        aside: Money::ZERO,
        unpaid: Money::ZERO,
    }];
    for (not_before, amount) in waiting {
        let due_on = installment.due_on.max(*not_before);
        let unpaid = room.min(*amount);
        room -= unpaid;
        *amount -= unpaid;
        if !unpaid.is_positive() {
            continue;
        }
        match parts.last_mut() {
            // Of what is paid the day does not matter any more.
            Some(last) if last.due_on == due_on || last.unpaid.is_zero() => {
                last.due_on = due_on;
                last.unpaid += unpaid;
                last.installment.amount += unpaid;
            }
            _ => parts.push(Progress {
                installment: Installment {
                    amount: unpaid,
                    ..installment
                },
                due_on,
                paid: Money::ZERO,
                aside: Money::ZERO,
                unpaid,
            }),
        }
    }
    if let Some(last) = parts.last_mut() {
        last.aside = room;
        last.installment.amount += room;
    }
    parts
}

/// The debts of an account as a payment meets them: what is covered is due with its installments, whatever day the bill said, and comes before
/// everything else from some days before that. One leg may appear several times then, each time with another day.
#[must_use]
pub fn redated(legs: Vec<OpenLeg>, shares: &[Share], grace_days: u32) -> Vec<OpenLeg> {
    let days_first = days_first(grace_days);
    if shares.is_empty() {
        return legs;
    }
    let mut by_entry: BTreeMap<EntryId, Vec<&Share>> = BTreeMap::new();
    for share in shares {
        by_entry.entry(share.entry).or_default().push(share);
    }
    let (mut covered, mut found): (Vec<OpenLeg>, Vec<OpenLeg>) = legs
        .into_iter()
        .partition(|leg| by_entry.contains_key(&leg.leg.entry));
    for (entry, shares) in by_entry {
        let of_entry = covered.iter_mut().filter(|leg| leg.leg.entry == entry);
        let mut of_entry: Vec<&mut OpenLeg> = of_entry.collect();
        for share in shares {
            let open: Vec<Money> = of_entry.iter().map(|leg| leg.undisputed()).collect();
            for (leg, part) in of_entry
                .iter_mut()
                .zip(disputes::shares(&open, share.amount))
            {
                if part.is_positive() {
                    leg.remaining -= part;
                    found.push(OpenLeg {
                        due_on: share.due_on,
                        first_from: Some(share.due_on - days_first),
                        remaining: part,
                        disputed: Money::ZERO,
                        ..(*leg).clone()
                    });
                }
            }
        }
    }
    found.extend(
        covered
            .into_iter()
            .filter(|leg| leg.remaining.is_positive()),
    );
    found
}
