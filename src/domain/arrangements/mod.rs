//! More time to pay: an extension is a later due date, an arrangement is installments. What is offered and why something is not
//! (`offers`), and how what was agreed stands (`cover`).
//!
//! There is one ledger. An arrangement moves no money: it says by when the debts that it covers are to be paid, installment by installment,
//! the one due first first. Whatever brings these debts down (a payment, a credit, a bill taken back) counts, and nothing else does.

use std::borrow::Borrow;

use chrono::NaiveDate;

use crate::domain::ids::EntryId;
use crate::domain::money::Money;
use crate::domain::text_enum::text_enum;

mod contested;
mod cover;
#[cfg(test)]
mod cover_tests;
mod offers;
mod paydays;
#[cfg(test)]
mod tests;

pub use crate::domain::arrangements::contested::{Contest, beside, freed};
pub use crate::domain::arrangements::cover::{
    Asked, Cover, CoveredDebt, DAYS_AFTER_RETURN, Progress, Share, asked, redated,
};
pub use crate::domain::arrangements::offers::{
    Choice, Debt, Facts, Lengths, Offers, Past, Refusal, offers, plan,
};
pub use crate::domain::arrangements::paydays::{Every, Paydays};

text_enum! {
    /// What sort of time is given.
    ArrangementKind {
        /// A later due date.
        Extension => "extension",
        /// Installments.
        Arrangement => "arrangement",
    }
}

text_enum! {
    /// Where it stands.
    ArrangementState {
        /// In force.
        Open => "open",
        /// Everything it covered is paid.
        Kept => "kept",
        /// An installment was not paid within its days of grace.
        Broken => "broken",
        /// The office ended it.
        Canceled => "canceled",
    }
}

text_enum! {
    /// By which door it was agreed.
    ArrangementChannel {
        /// The customer's.
        Portal => "portal",
        /// The office's.
        Office => "office",
    }
}

text_enum! {
    /// Where one installment stands on a day.
    InstallmentState {
        /// Nothing is left of it.
        Paid => "paid",
        /// To come, or due today.
        Due => "due",
        /// Its day has passed; the days of grace have not.
        Late => "late",
        /// The days of grace have passed.
        Missed => "missed",
        /// What is left of it is in dispute.
        Aside => "aside",
    }
}

/// So much by a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Installment {
    /// The last day on which it is in time without grace.
    pub due_on: NaiveDate,
    /// How much.
    pub amount: Money,
}

/// What is covered of a debt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CoveredPart {
    /// Its entry.
    pub entry: EntryId,
    /// How much.
    pub amount: Money,
    /// What of the debt is in dispute, and not covered.
    pub beside: Money,
}

/// What is agreed to: which debts, how much of each, and when it is paid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// An extension or installments.
    pub kind: ArrangementKind,
    /// The debts, the one due first first, each with what is covered of it.
    pub covered: Vec<CoveredPart>,
    /// The installments, the first first; they come to what is covered.
    pub installments: Vec<Installment>,
    /// Days after its date on which each is still in time.
    pub grace_days: u32,
}

impl Plan {
    /// All that is covered.
    #[must_use]
    pub fn amount(&self) -> Money {
        self.covered.iter().map(|part| part.amount).sum()
    }

    /// What is paid each time in a plan of so many installments; the last one may carry some cents more.
    #[must_use]
    pub fn each(&self, count: impl Borrow<u32>) -> Money {
        let after_it = usize::from(*count.borrow() > 1);
        let mut parts = self.installments.iter().rev().skip(after_it);
        parts.next().map_or(Money::ZERO, |part| part.amount)
    }

    /// The days and amounts in one line: what somebody saw is what they agree to, or they look again.
    #[must_use]
    pub fn mark(&self) -> String {
        let one = |part: &Installment| format!("{}:{}", part.due_on, part.amount.cents());
        let all: Vec<String> = self.installments.iter().map(one).collect();
        all.join(",")
    }
}
