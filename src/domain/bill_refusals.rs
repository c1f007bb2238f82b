//! Why a service could not be billed, as the exception that a person works: what was missing or wrong, with the facts to judge it.

use crate::domain::bill_case::ServiceCase;
use crate::domain::bill_draft::{Finding, Missing};
use crate::domain::billing::BillingError;
use crate::domain::exceptions::ExceptionReason;
use crate::domain::metered::NotCounted;
use crate::domain::period::Period;
use crate::domain::rates::priced::PricingError;

/// A register whose usage is not known, and what would tell it.
#[must_use]
pub fn not_counted(service: &ServiceCase, why: &NotCounted) -> (Finding, Vec<Missing>) {
    let (reason, register, facts, missing) = match why {
        NotCounted::NoRead { register, around } => (
            ExceptionReason::NoRead,
            *register,
            serde_json::json!({ "around": around }),
            around
                .iter()
                .map(|day| Missing::Read(*register, *day))
                .collect(),
        ),
        NotCounted::Gap {
            register,
            days,
            first,
        } => (
            ExceptionReason::IntervalGap,
            *register,
            serde_json::json!({ "from": first }),
            vec![Missing::Days(*register, *days)],
        ),
        NotCounted::Falling { register, by } => (
            ExceptionReason::NegativeUsage,
            *register,
            serde_json::json!({ "by": by.to_string() }),
            Vec::new(),
        ),
    };
    let finding = Finding {
        reason,
        agreement: Some(service.agreement),
        register: Some(register),
        facts,
    };
    (finding, missing)
}

/// A service that could not be priced, or whose lines do not re-derive; and the intervals that it lacks.
#[must_use]
pub fn refused(
    service: &ServiceCase,
    part: Period,
    error: &BillingError,
) -> (Finding, Vec<Missing>) {
    let reason = match error {
        BillingError::NotRederived(_) => ExceptionReason::DoesNotRederive,
        BillingError::Pricing(PricingError::NoVersion(_) | PricingError::TwoVersions(_)) => {
            ExceptionReason::RateMissing
        }
        BillingError::Pricing(PricingError::IntervalGap { .. }) => ExceptionReason::IntervalGap,
        BillingError::Pricing(
            PricingError::WrongUnit { .. }
            | PricingError::UnknownMeterSize { .. }
            | PricingError::UnitChanged(_),
        ) => ExceptionReason::RateMismatch,
        BillingError::Pricing(
            PricingError::EmptyPeriod
            | PricingError::MissingMeasure(_)
            | PricingError::NegativeThresholds(_)
            | PricingError::DivisionByZero { .. }
            | PricingError::NoMeterSize(_)
            | PricingError::MissingFactor { .. }
            | PricingError::OutOfRange(_)
            | PricingError::TooMuch(_),
        ) => ExceptionReason::FactMissing,
    };
    let facts = serde_json::json!({ "rate": service.rate_code, "why": error.to_string() });
    let finding = Finding {
        reason,
        agreement: Some(service.agreement),
        register: None,
        facts,
    };
    let lacks_intervals = reason == ExceptionReason::IntervalGap;
    let with_days = service
        .registers
        .iter()
        .filter(|register| lacks_intervals && !register.days.is_empty());
    let missing = with_days.map(|register| Missing::Days(register.id, part));
    (finding, missing.collect())
}
