//! Validation, estimation, editing: may a value be believed, and what stands in where there is none.
//! `settings` are the thresholds that staff set, `checks` gives a verdict with reasons on one read, `days` on one day of intervals,
//! `class_average` says what others use,
//! `estimates` works out missing usage and re-spreads it when an actual read comes. Reasons carry facts; words live in `locales`.

pub mod checks;
pub mod class_average;
pub mod days;
pub mod estimates;
pub mod profiles;
pub mod settings;

use chrono::{NaiveDate, NaiveDateTime};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::domain::exceptions::ExceptionReason;
use crate::domain::reads::ReadVerdict;
use crate::domain::text_enum::text_enum;

/// What a check found, with the facts that explain it. Usage is in the unit of the register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "finding", rename_all = "snake_case")]
pub enum Finding {
    /// The same value at the same instant is there already.
    Duplicate,
    /// A later read is there already.
    OutOfOrder {
        /// When the latest read was taken, in UTC.
        latest: NaiveDateTime,
    },
    /// The read is dated after the present.
    Future {
        /// The present, in UTC.
        now: NaiveDateTime,
    },
    /// The register shows less than before, and the rollover rule does not explain it.
    Falling {
        /// The value before.
        previous: Decimal,
        /// The value now.
        current: Decimal,
    },
    /// The register passed its last digit within the rule.
    RolledOver {
        /// The value before.
        previous: Decimal,
        /// The value now.
        current: Decimal,
    },
    /// Nothing was used where something usually is.
    ZeroWithHistory {
        /// What was expected.
        expected: Decimal,
    },
    /// More was used than expected, past the warning threshold.
    High {
        /// What was used.
        usage: Decimal,
        /// What was expected.
        expected: Decimal,
    },
    /// So much more was used that the read has to be taken again.
    VeryHigh {
        /// What was used.
        usage: Decimal,
        /// What was expected.
        expected: Decimal,
    },
    /// Less was used than expected, past the warning threshold.
    Low {
        /// What was used.
        usage: Decimal,
        /// What was expected.
        expected: Decimal,
    },
    /// Usage where no service is active.
    InactiveUsage {
        /// What was used.
        usage: Decimal,
    },
    /// The days since the previous read lie outside the range.
    DaysOutsideRange {
        /// How many days.
        days: u32,
    },
    /// Too many estimates in a row, this one counted.
    EstimatesInARow {
        /// How many.
        count: u32,
    },
    /// A span of the interval data without values.
    IntervalGap {
        /// Where it begins, in UTC.
        from: NaiveDateTime,
        /// Where it ends, in UTC.
        until: NaiveDateTime,
    },
    /// Values of a register that do not fit those around them on one day.
    FallingRegister {
        /// The day.
        day: NaiveDate,
        /// How many values were set aside.
        values: u32,
        /// What the first of them showed.
        shown: Decimal,
        /// The believed value beside it.
        beside: Decimal,
    },
    /// A negative value in a slot.
    NegativeInterval {
        /// The day.
        day: NaiveDate,
        /// The value.
        usage: Decimal,
    },
    /// More in one slot than the service can deliver.
    Spike {
        /// The day.
        day: NaiveDate,
        /// The value.
        usage: Decimal,
        /// The most that is believed.
        most: Decimal,
    },
    /// The intervals of a period do not add up to the register.
    SumCheck {
        /// Sum of the intervals.
        intervals: Decimal,
        /// Usage by the register.
        register: Decimal,
    },
}

text_enum! {
    /// What a finding does to a read.
    Severity {
        /// Noted, nothing more.
        Note => "note",
        /// Accepted, and shown to a person.
        Flag => "flag",
        /// Held until a person decides.
        Hold => "hold",
    }
}

impl Finding {
    /// The word under which the finding is stored, counted and explained.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Duplicate => "duplicate",
            Self::OutOfOrder { .. } => "out_of_order",
            Self::Future { .. } => "future",
            Self::Falling { .. } => "falling",
            Self::RolledOver { .. } => "rolled_over",
            Self::ZeroWithHistory { .. } => "zero_with_history",
            Self::High { .. } => "high",
            Self::VeryHigh { .. } => "very_high",
            Self::Low { .. } => "low",
            Self::InactiveUsage { .. } => "inactive_usage",
            Self::DaysOutsideRange { .. } => "days_outside_range",
            Self::EstimatesInARow { .. } => "estimates_in_a_row",
            Self::IntervalGap { .. } => "interval_gap",
            Self::FallingRegister { .. } => "falling_register",
            Self::NegativeInterval { .. } => "negative_interval",
            Self::Spike { .. } => "spike",
            Self::SumCheck { .. } => "sum_check",
        }
    }

    /// The reason under which a person works on it; `None` for what is only noted.
    #[must_use]
    pub const fn reason(&self) -> Option<ExceptionReason> {
        match self {
            Self::Duplicate | Self::RolledOver { .. } => None,
            Self::OutOfOrder { .. } => Some(ExceptionReason::OutOfOrder),
            Self::Future { .. } => Some(ExceptionReason::FutureRead),
            Self::Falling { .. } | Self::FallingRegister { .. } | Self::NegativeInterval { .. } => {
                Some(ExceptionReason::NegativeUsage)
            }
            Self::ZeroWithHistory { .. } => Some(ExceptionReason::ZeroUsage),
            Self::High { .. } | Self::VeryHigh { .. } | Self::Spike { .. } => {
                Some(ExceptionReason::HighUsage)
            }
            Self::Low { .. } => Some(ExceptionReason::LowUsage),
            Self::InactiveUsage { .. } => Some(ExceptionReason::UsageOnInactive),
            Self::DaysOutsideRange { .. } => Some(ExceptionReason::PeriodOutOfRange),
            Self::EstimatesInARow { .. } => Some(ExceptionReason::ProlongedEstimation),
            Self::IntervalGap { .. } => Some(ExceptionReason::IntervalGap),
            Self::SumCheck { .. } => Some(ExceptionReason::SumMismatch),
        }
    }

    /// What the finding does to a read.
    #[must_use]
    pub const fn severity(&self) -> Severity {
        match self {
            Self::Duplicate | Self::RolledOver { .. } => Severity::Note,
            Self::OutOfOrder { .. }
            | Self::ZeroWithHistory { .. }
            | Self::High { .. }
            | Self::Low { .. }
            | Self::InactiveUsage { .. }
            | Self::DaysOutsideRange { .. }
            | Self::EstimatesInARow { .. }
            | Self::IntervalGap { .. }
            | Self::FallingRegister { .. }
            | Self::NegativeInterval { .. }
            | Self::SumCheck { .. } => Severity::Flag,
            Self::Future { .. }
            | Self::Falling { .. }
            | Self::VeryHigh { .. }
            | Self::Spike { .. } => Severity::Hold,
        }
    }
}

/// What becomes of a read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Believed.
    Accept,
    /// Believed, with something for a person to look at.
    AcceptWithFlags(Vec<Finding>),
    /// Not used until a person decides.
    Hold(Vec<Finding>),
}

impl Verdict {
    /// The verdict that findings amount to: the worst of them decides.
    #[must_use]
    pub fn of(findings: Vec<Finding>) -> Self {
        match findings.iter().map(Finding::severity).max() {
            None => Self::Accept,
            Some(Severity::Note | Severity::Flag) => Self::AcceptWithFlags(findings),
            Some(Severity::Hold) => Self::Hold(findings),
        }
    }

    /// The reasons, in the order of the checks.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        match self {
            Self::Accept => &[],
            Self::AcceptWithFlags(findings) | Self::Hold(findings) => findings,
        }
    }

    /// The word under which the read is kept.
    #[must_use]
    pub fn word(&self) -> ReadVerdict {
        match self {
            Self::Hold(_) => ReadVerdict::Held,
            Self::AcceptWithFlags(findings)
                if findings
                    .iter()
                    .any(|finding| finding.severity() == Severity::Flag) =>
            {
                ReadVerdict::Flagged
            }
            Self::Accept | Self::AcceptWithFlags(_) => ReadVerdict::Accepted,
        }
    }

    /// Whether the read waits for a person.
    #[must_use]
    pub const fn is_held(&self) -> bool {
        matches!(self, Self::Hold(_))
    }
}
