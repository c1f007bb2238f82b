//! How what was agreed stands: the debts as they are now against the installments.
//!
//! What is left of the covered debts is always the last part of the schedule, so that whatever was paid paid the first installments. What is
//! in dispute meanwhile is set aside from the end: nobody falls behind by disputing a bill, nor by a decision about it.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};

use crate::domain::allocation::OpenLeg;
use crate::domain::arrangements::{ArrangementState, Installment, InstallmentState};
use crate::domain::disputes;
use crate::domain::ids::EntryId;
use crate::domain::money::Money;

/// A covered debt that is not paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CoveredDebt {
    /// Its entry.
    pub entry: EntryId,
    /// When it falls or fell due by itself.
    pub due_on: NaiveDate,
    /// How much of it is covered.
    pub covered: Money,
    /// What is left of it in all.
    pub remaining: Money,
    /// What of that is in dispute.
    pub disputed: Money,
}

impl CoveredDebt {
    /// What is left of the covered part: a payment pays what is not covered first.
    fn left(&self) -> Money {
        disputes::frozen(self.remaining, self.covered)
    }

    /// What of that nobody disputes.
    #[must_use]
    pub fn to_pay(&self) -> Money {
        self.left()
            .min(self.remaining - self.disputed)
            .max(Money::ZERO)
    }
}

/// An arrangement in force: its installments, and what is left of its debts, the one due first first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cover {
    /// What was agreed.
    pub installments: Vec<Installment>,
    /// What is left.
    pub debts: Vec<CoveredDebt>,
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

/// One installment as it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// What was agreed.
    pub installment: Installment,
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
        let last = self.installment.due_on + Days::new(u64::from(grace_days));
        if !self.unpaid.is_positive() {
            if self.aside.is_positive() {
                InstallmentState::Aside
            } else {
                InstallmentState::Paid
            }
        } else if self.installment.due_on >= today {
            InstallmentState::Due
        } else if last >= today {
            InstallmentState::Late
        } else {
            InstallmentState::Missed
        }
    }
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

    /// Each installment as it stands.
    #[must_use]
    pub fn progress(&self) -> Vec<Progress> {
        let mut paid = self.amount() - self.left();
        let mut to_pay = self.to_pay();
        let one = |installment: &Installment| {
            let own_paid = paid.min(installment.amount);
            paid -= own_paid;
            let unpaid = to_pay.min(installment.amount - own_paid);
            to_pay -= unpaid;
            Progress {
                installment: *installment,
                paid: own_paid,
                aside: installment.amount - own_paid - unpaid,
                unpaid,
            }
        };
        self.installments.iter().map(one).collect()
    }

    /// What is left of each debt, by the day of the installment that it belongs to: the debt due first with the installment due first.
    #[must_use]
    pub fn shares(&self) -> Vec<Share> {
        let progress = self.progress();
        let mut wanted = progress
            .iter()
            .map(|one| (one.installment.due_on, one.unpaid));
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

/// The debts of an account as a payment meets them: what is covered is due with its installments, whatever day the bill said. One leg may
/// appear several times then, each time with another day.
#[must_use]
pub fn redated(legs: Vec<OpenLeg>, shares: &[Share]) -> Vec<OpenLeg> {
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
