//! What needs a person before it can go on: every reason a read, a bill or a payment is held back, and how urgent it is.

use crate::domain::text_enum::text_enum;

/// Why something was not delivered, where nobody is known who could be told: the word that a finding keeps for it.
pub const NOBODY_KNOWN: &str = "nobody_known";

text_enum! {
    /// What kind of thing needs a person.
    ExceptionKind {
        /// A read.
        Read => "read",
        /// A bill that could not be drafted, or a draft to look at before issue.
        Bill => "bill",
        /// A payment.
        Payment => "payment",
        /// A file.
        Import => "import",
        /// A bill or notice that did not arrive.
        Delivery => "delivery",
    }
}

text_enum! {
    /// Where the work on it stands.
    ExceptionStatus {
        /// Nobody has answered it.
        Open => "open",
        /// Answered.
        Resolved => "resolved",
        /// Looked at; nothing to do.
        Dismissed => "dismissed",
    }
}

text_enum! {
    /// Why something needs a person.
    ExceptionReason {
        /// The register has no read at the period's end.
        NoRead => "no_read",
        /// The read fell and does not look like a rollover.
        NegativeUsage => "negative_usage",
        /// Far above what was expected.
        HighUsage => "high_usage",
        /// Far below what was expected.
        LowUsage => "low_usage",
        /// Nothing used where there is a history.
        ZeroUsage => "zero_usage",
        /// Use at a place without an agreement.
        UsageOnInactive => "usage_on_inactive",
        /// A read older than one already recorded.
        OutOfOrder => "out_of_order",
        /// A read of the future.
        FutureRead => "future_read",
        /// Intervals are missing inside the period.
        IntervalGap => "interval_gap",
        /// Intervals do not add up to the register.
        SumMismatch => "sum_mismatch",
        /// More estimates in a row than the policy allows.
        ProlongedEstimation => "prolonged_estimation",
        /// No published schedule covers the period for this service.
        RateMissing => "rate_missing",
        /// The schedule is not for this commodity or class.
        RateMismatch => "rate_mismatch",
        /// The bill is outside the bounds set for its class.
        OutOfRange => "out_of_range",
        /// The service is suspended or ended in the period, yet has usage.
        SuspendedService => "suspended_service",
        /// The second evaluator does not arrive at the same line.
        DoesNotRederive => "does_not_rederive",
        /// The period is shorter or longer than the cycle's normal range.
        PeriodOutOfRange => "period_out_of_range",
        /// The schedule asks for a fact that the agreement does not have.
        FactMissing => "fact_missing",
        /// A bill that stands rests on an estimate or read that has changed since.
        ActualDiffers => "actual_differs",
        /// A draft rests on facts of an agreement that have changed since.
        FactsChanged => "facts_changed",
        /// A period whose bills are due has none for an account that was served.
        NotBilled => "not_billed",
        /// The account's bill of an earlier period is not out yet.
        EarlierUnbilled => "earlier_unbilled",
        /// The service was changed after the bill was drafted.
        ServiceChanged => "service_changed",
        /// A tenant's service ended, and what the landlord wants then could not be done.
        LandlordNotFollowed => "landlord_not_followed",
        /// A payment for which no account is known.
        UnknownPayment => "unknown_payment",
        /// A processor's event that could not be applied.
        EventFailed => "event_failed",
        /// The bill or notice could not be delivered.
        Undelivered => "undelivered",
        /// A card payment that the cardholder disputes.
        PaymentDisputed => "payment_disputed",
        /// Money that was given back came to us again.
        RefundFailed => "refund_failed",
        /// A refund that the office ordered and the processor would not take.
        RefundNotTaken => "refund_not_taken",
        /// A refund that the office ordered, of which nobody knows whether the processor took it.
        RefundUnsure => "refund_unsure",
        /// Two equal payments within a day.
        PossibleDuplicate => "possible_duplicate",
        /// A movement at the processor that nothing here explains.
        UnexplainedMoney => "unexplained_money",
        /// The lines of a payout do not come to what it pays.
        PayoutDiffers => "payout_differs",
        /// The processor holds another amount than its lines come to.
        ProcessorBalanceDiffers => "processor_balance_differs",
    }
}

impl ExceptionReason {
    /// 1 holds a bill or money now, 2 will, 3 is to be looked at.
    #[must_use]
    pub fn priority(self) -> i32 {
        match self {
            Self::NegativeUsage
            | Self::RateMissing
            | Self::RateMismatch
            | Self::DoesNotRederive
            | Self::SuspendedService
            | Self::FactMissing
            | Self::FactsChanged
            | Self::LandlordNotFollowed
            | Self::UnknownPayment
            | Self::PaymentDisputed
            | Self::RefundFailed
            | Self::RefundNotTaken
            | Self::RefundUnsure
            | Self::UnexplainedMoney
            | Self::PayoutDiffers
            | Self::ProcessorBalanceDiffers
            | Self::EventFailed => 1,
            Self::NoRead
            | Self::HighUsage
            | Self::OutOfRange
            | Self::ActualDiffers
            | Self::NotBilled
            | Self::EarlierUnbilled
            | Self::ServiceChanged
            | Self::PeriodOutOfRange
            | Self::UsageOnInactive
            | Self::ProlongedEstimation
            | Self::SumMismatch
            | Self::Undelivered
            | Self::PossibleDuplicate => 2,
            Self::LowUsage
            | Self::ZeroUsage
            | Self::OutOfOrder
            | Self::FutureRead
            | Self::IntervalGap => 3,
        }
    }
}
