//! What a notice of a hold tells: that it protects, that it ends soon, that it was lifted or will not begin.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::alerts::AlertKind;
use crate::domain::holds::{After, HoldKind};
use crate::domain::ids::AccountNumber;

/// What every notice of a hold tells.
#[derive(Clone, Serialize, Deserialize)]
pub struct HoldTold {
    /// What we call the person.
    pub name: String,
    /// The account.
    pub account_number: AccountNumber,
    /// Why it is protected.
    pub about: HoldKind,
    /// What happened, or will.
    pub news: HoldNews,
}

/// What happened to a hold, or will.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HoldNews {
    /// It protects.
    Placed {
        /// From this day.
        from_on: NaiveDate,
        /// Until this day; nothing where it has no end.
        last_on: Option<NaiveDate>,
        /// Whether its document is still to come.
        is_provisional: bool,
    },
    /// It ends soon.
    Ending {
        /// The last day on which it protects.
        last_on: NaiveDate,
        /// Whether its document is still to come.
        is_provisional: bool,
        /// What follows.
        then: After,
    },
    /// The office lifted it.
    Lifted {
        /// The first day on which it protects no more.
        on: NaiveDate,
    },
    /// The office lifted it before it began.
    NotBegun {
        /// The day on which it was to begin.
        from_on: NaiveDate,
    },
}

impl HoldNews {
    /// The kind of alert it is, where customers choose how they are told of it: what ends soon is told as what is overdue is.
    #[must_use]
    pub const fn alert(&self) -> Option<AlertKind> {
        match self {
            Self::Ending { .. } => Some(AlertKind::PastDue),
            Self::Placed { .. } | Self::Lifted { .. } | Self::NotBegun { .. } => None,
        }
    }
}
