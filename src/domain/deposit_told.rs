//! What a notice of a deposit tells: that one is asked for, that what was not paid is waived, that it was given back.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::deposits::DepositReason;
use crate::domain::ids::AccountNumber;
use crate::domain::money::Money;

/// What every notice of a deposit tells.
#[derive(Clone, Serialize, Deserialize)]
pub struct DepositTold {
    /// What we call the person.
    pub name: String,
    /// The account.
    pub account_number: AccountNumber,
    /// What happened.
    pub news: DepositNews,
}

/// What happened to a deposit.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DepositNews {
    /// It is asked for.
    Asked {
        /// How much.
        amount: Money,
        /// Why.
        reason: DepositReason,
        /// In how many parts it may be paid.
        parts: u32,
        /// The first of them.
        first: Money,
        /// When that is due.
        due_on: NaiveDate,
    },
    /// What was not paid of it is asked for no longer.
    Waived {
        /// How much.
        amount: Money,
    },
    /// It was given back.
    GivenBack {
        /// How much, with its interest.
        amount: Money,
    },
}
