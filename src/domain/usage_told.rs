//! What notices of use in a period that goes on tell: of a budget, of the next step of a price, of what runs unnoticed.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::domain::alerts::AlertKind;
use crate::domain::commodity::Commodity;
use crate::domain::ids::AccountNumber;
use crate::domain::leaks;
use crate::domain::money::Money;
use crate::domain::quantity::Unit;

/// What every notice of use in a period that goes on tells.
#[derive(Clone, Serialize, Deserialize)]
pub struct UsageTold {
    /// What we call the person.
    pub name: String,
    /// The account.
    pub account_number: AccountNumber,
    /// The first day of the period.
    pub from: NaiveDate,
    /// Its last day.
    pub last: NaiveDate,
    /// The service that it shows in, and its unit.
    pub service: (Commodity, Unit),
    /// How many days of the service are counted, and what they used.
    pub counted: (u32, Decimal),
    /// What is told.
    pub news: UsageNews,
}

/// What is told of use in a period that goes on.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UsageNews {
    /// The bill will pass an amount that somebody set.
    OverDollars {
        /// The amount.
        limit: Money,
        /// What the bill will come to at the least, likely and at the most.
        amount: (Money, Money, Money),
    },
    /// The use of the service will pass an amount that somebody set.
    OverUnits {
        /// The amount.
        limit: Decimal,
        /// What the period will use at the least, likely and at the most.
        used: (Decimal, Decimal, Decimal),
    },
    /// The use will reach a dearer step of a price.
    Tier {
        /// Which step, the first counted as one.
        tier: u32,
        /// What the schedule calls it.
        name: String,
        /// The most that may be used before it.
        begins_at: Decimal,
        /// About when it is reached.
        on: NaiveDate,
        /// The price from there on.
        price: Decimal,
        /// The price until then.
        before: Decimal,
        /// How many of which unit the prices are for.
        per: (Decimal, Unit),
    },
    /// Something likely runs unnoticed.
    Leak {
        /// What it looks like.
        looks: leaks::Kind,
        /// Since when.
        since: NaiveDate,
        /// About how much a day.
        a_day: Decimal,
        /// What it likely costs on the next bill, where that can be told.
        costs: Option<Money>,
    },
}

impl UsageNews {
    /// The kind of alert it is.
    #[must_use]
    pub const fn alert(&self) -> AlertKind {
        match self {
            Self::OverDollars { .. } | Self::OverUnits { .. } => AlertKind::BudgetAhead,
            Self::Tier { .. } => AlertKind::TierAhead,
            Self::Leak { .. } => AlertKind::Leak,
        }
    }
}
