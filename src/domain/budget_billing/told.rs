//! What customers are told of their level payment plan.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::ids::AccountNumber;
use crate::domain::money::Money;

/// What every notice of a plan tells.
#[derive(Clone, Serialize, Deserialize)]
pub struct BudgetTold {
    /// What we call the person.
    pub name: String,
    /// The account.
    pub account_number: AccountNumber,
    /// What happened.
    pub news: BudgetNews,
}

/// What happened to a plan.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BudgetNews {
    /// It was agreed: the copy of the words.
    Joined {
        /// The words, as they were read.
        agreement: String,
    },
    /// The amount was looked at again and changed.
    Reviewed {
        /// What it was.
        before: Money,
        /// What the next bills ask.
        monthly: Money,
        /// What is put off by now; negative where more was asked than charged.
        difference: Money,
    },
    /// A year of it is over.
    Settled {
        /// What was credited.
        credit: Money,
        /// What is spread over the next year; negative where it lowers what is asked.
        spread: Money,
        /// What the next bills ask.
        monthly: Money,
    },
    /// It is over.
    Ended {
        /// Whether that is because its bills were not paid.
        is_removed: bool,
        /// What is owed of what was put off; negative where it is credited.
        difference: Money,
        /// When that is due.
        due_on: NaiveDate,
    },
}
