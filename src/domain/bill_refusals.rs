//! Why a service could not be billed, as the exception that a person works: what was missing or wrong, with the facts to judge it.

use crate::domain::bill_draft::{Finding, ServiceCase};
use crate::domain::billing::BillingError;
use crate::domain::exceptions::ExceptionReason;
use crate::domain::metered::NotCounted;
use crate::domain::rates::priced::PricingError;

/// A register whose usage is not known.
#[must_use]
pub fn not_counted(service: &ServiceCase, why: &NotCounted) -> Finding {
    let (reason, register, facts) = match why {
        NotCounted::NoRead { register, around } => (
            ExceptionReason::NoRead,
            *register,
            serde_json::json!({ "around": around }),
        ),
        NotCounted::Falling { register, by } => (
            ExceptionReason::NegativeUsage,
            *register,
            serde_json::json!({ "by": by.to_string() }),
        ),
    };
    Finding {
        reason,
        agreement: Some(service.agreement),
        register: Some(register),
        facts,
    }
}

/// A service that could not be priced, or whose lines do not re-derive.
#[must_use]
pub fn refused(service: &ServiceCase, error: &BillingError) -> Finding {
    let reason = match error {
        BillingError::NotRederived(_) => ExceptionReason::DoesNotRederive,
        BillingError::Pricing(PricingError::NoVersion(_) | PricingError::TwoVersions(_)) => {
            ExceptionReason::RateMissing
        }
        BillingError::Pricing(PricingError::IntervalGap { .. }) => ExceptionReason::IntervalGap,
        BillingError::Pricing(
            PricingError::WrongUnit { .. } | PricingError::UnknownMeterSize { .. },
        ) => ExceptionReason::RateMismatch,
        BillingError::Pricing(
            PricingError::EmptyPeriod
            | PricingError::MissingMeasure(_)
            | PricingError::NoMeterSize(_)
            | PricingError::MissingFactor { .. }
            | PricingError::OutOfRange(_)
            | PricingError::TooMuch(_),
        ) => ExceptionReason::FactMissing,
    };
    let facts = serde_json::json!({ "rate": service.rate_code, "why": error.to_string() });
    Finding {
        reason,
        agreement: Some(service.agreement),
        register: None,
        facts,
    }
}
